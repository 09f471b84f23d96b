use jiff::civil::{Date, date};

use super::*;

const START: Date = date(2021, 5, 18);
const REFORM: Date = date(2025, 7, 1);

fn open(on: Date, unit: &str, parent: Option<&str>, code: Option<&str>) -> TreeEvent {
    TreeEvent {
        on,
        change: Change::Open {
            unit: unit.into(),
            kind: "cell".into(),
            parent: parent.map(Into::into),
            name: format!("Tên của {unit}"),
            code: code.map(Into::into),
        },
    }
}

fn event(on: Date, change: Change) -> TreeEvent {
    TreeEvent { on, change }
}

fn merge(on: Date, from: &[&str], into: &str) -> TreeEvent {
    event(on, Change::Merge { from: from.iter().map(|u| (*u).into()).collect(), into: into.into() })
}

fn close(on: Date, unit: &str) -> TreeEvent {
    event(on, Change::Close { unit: unit.into() })
}

fn relocate(on: Date, unit: &str, parent: &str) -> TreeEvent {
    event(on, Change::Move { unit: unit.into(), parent: Some(parent.into()) })
}

/// A province with a district of two communes, a cell in each, and a cell straight under the district.
fn district() -> Vec<TreeEvent> {
    vec![
        open(START, "province", None, Some("84")),
        open(START, "district", Some("province"), None),
        open(START, "town", Some("district"), Some("29416")),
        open(START, "village", Some("district"), Some("29428")),
        open(START, "cell-1", Some("town"), None),
        open(START, "cell-2", Some("village"), None),
        open(START, "sector", Some("district"), None),
    ]
}

fn reformed() -> Vec<TreeEvent> {
    let mut events = district();
    events.extend([
        open(REFORM, "new-province", None, Some("86")),
        open(REFORM, "new-commune", Some("new-province"), Some("29416")),
        merge(REFORM, &["town", "village"], "new-commune"),
        close(REFORM, "sector"),
        close(REFORM, "district"),
        merge(REFORM, &["province"], "new-province"),
    ]);
    events
}

fn path(tree: &Tree, unit: &str, on: Date) -> Vec<String> {
    let place = tree.place(tree.find(unit).unwrap(), on);
    place.path.into_iter().map(|ix| tree.id(ix).to_string()).collect()
}

fn refusal(events: &[TreeEvent]) -> String {
    Tree::from_events(events).unwrap_err().id
}

#[test]
fn a_merged_commune_takes_its_cells_and_may_take_a_code_over() {
    let tree = Tree::from_events(&reformed()).unwrap();
    assert_eq!(path(&tree, "cell-1", START), ["cell-1", "town", "district", "province"]);
    assert_eq!(path(&tree, "cell-1", REFORM), ["cell-1", "new-commune", "new-province"]);
    let (old, new) = (tree.find("town").unwrap(), tree.find("new-commune").unwrap());
    assert_eq!(tree.code(old, START), tree.code(new, REFORM), "the code is reused, the identity is not");
}

#[test]
fn a_closed_unit_without_successor_keeps_a_line_of_its_own() {
    let tree = Tree::from_events(&reformed()).unwrap();
    assert_eq!(path(&tree, "sector", REFORM), ["sector", "district", "new-province"]);
}

#[test]
fn a_merged_unit_counts_under_its_successor() {
    let tree = Tree::from_events(&reformed()).unwrap();
    assert_eq!(path(&tree, "town", REFORM), ["new-commune", "new-province"]);
}

#[test]
fn a_split_is_undecided_below_the_point_where_its_parts_meet() {
    let later = date(2022, 1, 1);
    let mut events = district();
    events.extend([
        open(later, "half-a", Some("town"), None),
        open(later, "half-b", Some("village"), None),
        event(later, Change::Split { from: "cell-1".into(), into: vec!["half-a".into(), "half-b".into()] }),
    ]);
    let tree = Tree::from_events(&events).unwrap();
    let place = tree.place(tree.find("cell-1").unwrap(), later);
    assert_eq!(path(&tree, "cell-1", later), ["cell-1", "district", "province"]);
    let mut undecided: Vec<_> = place.undecided.iter().map(|ix| tree.id(*ix).to_string()).collect();
    undecided.sort();
    assert_eq!(undecided, ["half-a", "half-b", "town", "village"]);
}

#[test]
fn the_order_in_which_days_are_recorded_does_not_matter() {
    let mut events = reformed();
    events.reverse();
    // Within a day a parent is named before its children; across days anything goes.
    events.sort_by_key(|e| e.on == REFORM);
    let mut backwards = reformed();
    backwards.rotate_left(7);
    let (a, b) = (Tree::from_events(&reformed()).unwrap(), Tree::from_events(&backwards).unwrap());
    for unit in ["cell-1", "sector", "town"] {
        assert_eq!(path(&a, unit, REFORM), path(&b, unit, REFORM));
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let with = |extra: Vec<TreeEvent>| [district(), extra].concat();
    let later = date(2023, 1, 1);
    assert_eq!(refusal(&with(vec![relocate(later, "district", "town")])), "tree-cycle");
    assert_eq!(
        refusal(&with(vec![relocate(later, "cell-1", "village"), relocate(later, "cell-1", "district")])),
        "tree-two-parents"
    );
    assert_eq!(refusal(&with(vec![open(later, "town", None, None)])), "tree-opened-twice");
    assert_eq!(refusal(&with(vec![close(later, "town")])), "tree-child-outlives-parent");
    assert_eq!(
        refusal(&with(vec![close(later, "cell-1"), close(date(2024, 1, 1), "cell-1")])),
        "tree-unit-closed"
    );
    assert_eq!(
        refusal(&with(vec![open(later, "other", Some("district"), Some("29416"))])),
        "tree-code-held-twice"
    );
    assert_eq!(refusal(&with(vec![open(later, "other", Some("nobody"), None)])), "tree-unit-unknown");
    assert_eq!(refusal(&with(vec![merge(later, &["town"], "town")])), "tree-merges-into-itself");
    // The cycle is above the unit that is looked at: it must still be found.
    assert_eq!(refusal(&with(vec![merge(later, &["district"], "village")])), "tree-cycle");
}

#[test]
fn a_unit_moves_and_is_renamed_from_a_day_on() {
    let later = date(2023, 1, 1);
    let mut events = district();
    events.push(relocate(later, "cell-1", "village"));
    events.push(event(later, Change::Rename { unit: "cell-1".into(), name: "Chi bộ mới".into() }));
    let tree = Tree::from_events(&events).unwrap();
    let cell = tree.find("cell-1").unwrap();
    let before = later.yesterday().unwrap();
    assert_eq!(tree.id(tree.parent(cell, before).unwrap()).as_str(), "town");
    assert_eq!(tree.id(tree.parent(cell, later).unwrap()).as_str(), "village");
    assert_eq!((tree.name(cell, before), tree.name(cell, later)), ("Tên của cell-1", "Chi bộ mới"));
}
