//! Publications as a reader would meet them.

use super::super::*;
use crate::{
    figure::{Coverage, Excluded, Figure, Status},
    id::{IndicatorId, UnitId},
};

fn column() -> IndicatorId {
    IndicatorId::from("members.registered")
}

/// A unit, and how many of how many of its members registered.
type Registered = (&'static str, i64, i64);

/// A district over communes over cells.
fn district(communes: &[(&str, &[Registered])]) -> Table {
    let mut table = Table::new();
    table.column(&column(), true);
    let root = UnitId::from("district");
    let mut all = (0, 0);
    for (commune, cells) in communes {
        let commune = UnitId::from(*commune);
        table.row(&commune, Some(&root));
        for (cell, n, d) in *cells {
            table.row(&UnitId::from(*cell), Some(&commune));
            table.cell(&UnitId::from(*cell), &column(), Cell::share(*n, *d));
        }
        let sum = cells.iter().fold((0, 0), |s, c| (s.0 + c.1, s.1 + c.2));
        table.cell(&commune, &column(), Cell::share(sum.0, sum.1));
        all = (all.0 + sum.0, all.1 + sum.1);
    }
    table.cell(&root, &column(), Cell::share(all.0, all.1));
    table
}

fn withheld(table: &Table) -> Vec<String> {
    let protected = protect(table, 5, &[], Audience::Public);
    assert!(protected.exposed().is_empty());
    protected.pattern().iter().map(|(unit, _)| unit.to_string()).collect()
}

#[test]
fn none_and_all_are_small_and_the_threshold_is_not() {
    for (cell, expected) in [
        (Cell::share(5, 10), false),
        (Cell::share(4, 10), true),
        (Cell::share(6, 10), true),
        (Cell::share(0, 100), true),
        (Cell::share(100, 100), true),
        (Cell::share(0, 0), true),
        (Cell::count(0), true),
        (Cell::count(4), true),
        (Cell::count(5), false),
        (Cell::share(i64::MIN, i64::MAX), true),
    ] {
        assert_eq!(small(&cell, 5), expected, "{cell:?}");
        assert!(!small(&cell, 0));
    }
}

#[test]
fn one_small_cell_takes_the_smallest_sibling_with_it_and_leaves_the_totals() {
    let table = district(&[
        ("a", &[("a1", 20, 40), ("a2", 28, 30), ("a3", 10, 25), ("a4", 30, 60)]),
        ("b", &[("b1", 20, 40), ("b2", 15, 30)]),
    ]);
    assert_eq!(withheld(&table), ["a2", "a3"]);
}

#[test]
fn of_a_part_nothing_that_counts_people_is_shown_and_the_rest_is() {
    let mut table = district(&[("a", &[("a1", 20, 40), ("a2", 28, 60)])]);
    let bulletins = IndicatorId::from("radio.bulletins");
    table.column(&bulletins, false).cell(&"a1".into(), &bulletins, Cell::count(2));
    assert!(withheld(&table).is_empty(), "nothing is small");
    let protected = withhold_all(&table);
    let shown = |unit: &str, column: &IndicatorId| {
        protected.cell(&unit.into(), column).and_then(|c| c.shown().value())
    };
    for unit in ["a1", "a2", "a", "district"] {
        assert_eq!(shown(unit, &column()), None, "{unit}");
    }
    assert_eq!(shown("a1", &bulletins), Some(Cell::count(2)));
    assert_eq!((protected.audience(), protected.pattern().len()), (Audience::Public, 4));
    assert!(protected.exposed().is_empty());
}

#[test]
fn two_small_cells_protect_each_other() {
    let table = district(&[("a", &[("a1", 20, 40), ("a2", 28, 30), ("a3", 2, 25), ("a4", 30, 60)])]);
    assert_eq!(withheld(&table), ["a2", "a3"]);
}

#[test]
fn zeros_that_add_up_to_zero_need_more_than_each_other() {
    let mut table = Table::new();
    table.column(&column(), true);
    for (unit, n) in [("a1", 0), ("a2", 0), ("a3", 9), ("a4", 20)] {
        table.row(&unit.into(), Some(&"a".into())).cell(&unit.into(), &column(), Cell::count(n));
    }
    table.cell(&"a".into(), &column(), Cell::count(29));
    assert_eq!(withheld(&table), ["a1", "a2", "a3"]);
}

#[test]
fn an_only_child_takes_its_parent_along_but_not_the_district() {
    let table = district(&[
        ("a", &[("a1", 1, 30)]),
        ("b", &[("b1", 20, 40), ("b2", 15, 30)]),
        ("c", &[("c1", 20, 40), ("c2", 15, 30)]),
    ]);
    // Commune a hides behind the smaller of its siblings, which then hides nothing of its own.
    let withheld = withheld(&table);
    assert!(!withheld.contains(&"district".to_owned()));
    assert!(withheld.starts_with(&["a".to_owned(), "a1".to_owned(), "b".to_owned()]), "{withheld:?}");
}

#[test]
fn a_shared_denominator_may_be_printed_by_another_figure() {
    let (registered, planned) = (IndicatorId::from("registered"), IndicatorId::from("planned"));
    let mut table = Table::new();
    table.column(&registered, true).column(&planned, true);
    table.relation(Relation::same_denominator(&registered, &planned));
    for (unit, r, p, d) in [("a1", 29, 15, 30), ("a2", 30, 15, 40), ("a3", 25, 25, 50)] {
        table.row(&unit.into(), Some(&"a".into()));
        table.cell(&unit.into(), &registered, Cell::share(r, d)).cell(
            &unit.into(),
            &planned,
            Cell::share(p, d),
        );
    }
    table.cell(&"a".into(), &registered, Cell::share(84, 120));
    table.cell(&"a".into(), &planned, Cell::share(55, 120));
    let protected = protect(&table, 5, &[], Audience::Public);
    let units: Vec<_> = protected.pattern().iter().map(|(u, c)| (u.as_str(), c.as_str())).collect();
    assert_eq!(units, [("a1", "registered"), ("a2", "registered")]);
}

#[test]
fn parts_of_a_figure_cannot_be_had_from_its_total() {
    let [total, men, women] = ["total", "men", "women"].map(IndicatorId::from);
    let mut table = Table::new();
    table.relation(Relation::sum(&total, &[men.clone(), women.clone()]));
    for (unit, m, w) in [("a1", 3, 20), ("a2", 30, 15), ("a3", 25, 26), ("a", 58, 61)] {
        if unit != "a" {
            table.row(&unit.into(), Some(&"a".into()));
        }
        table.cell(&unit.into(), &men, Cell::count(m)).cell(&unit.into(), &women, Cell::count(w));
        table.cell(&unit.into(), &total, Cell::count(m + w));
    }
    let protected = protect(&table, 5, &[], Audience::Public);
    let cell = |u: &str, c: &IndicatorId| protected.cell(&u.into(), c).unwrap();
    assert!(cell("a1", &men).is_withheld());
    assert!(cell("a1", &women).is_withheld() || cell("a1", &total).is_withheld());
    assert!(["total", "men", "women"].iter().all(|c| !cell("a", &(*c).into()).is_withheld()));
}

#[test]
fn what_does_not_count_people_is_shown_and_says_so_where_it_gives_people_away() {
    let (documents, people) = (IndicatorId::from("documents"), IndicatorId::from("people"));
    let mut table = Table::new();
    table.column(&documents, false).column(&people, true);
    table.cell(&"a".into(), &documents, Cell::count(1)).cell(&"a".into(), &people, Cell::count(1));
    let protected = protect(&table, 5, &[], Audience::Public);
    assert_eq!(protected.cell(&"a".into(), &documents).unwrap().numerator(), Shown::Shown(1));
    assert_eq!(protected.cell(&"a".into(), &people).unwrap().numerator(), Shown::Withheld);
    assert!(protected.exposed().is_empty());

    table.relation(Relation::same((&documents, Part::Numerator), (&people, Part::Numerator)));
    assert_eq!(protect(&table, 5, &[], Audience::Public).exposed().len(), 1);
}

#[test]
fn a_second_tree_over_the_same_cells_does_not_give_them_away() {
    let mut table = district(&[
        ("a", &[("a1", 20, 40), ("a2", 28, 30), ("a3", 10, 25)]),
        ("b", &[("b1", 20, 40), ("b2", 15, 30)]),
    ]);
    // Since the reform, a2 and b1 are one commune.
    table.sum(&"new".into(), ["a2".into(), "b1".into()]).cell(&"new".into(), &column(), Cell::share(48, 70));
    let withheld = withheld(&table);
    assert!(withheld.contains(&"b1".to_owned()) || withheld.contains(&"new".to_owned()), "{withheld:?}");
}

#[test]
fn a_reviewer_sees_everything() {
    let table = district(&[("a", &[("a1", 0, 40), ("a2", 28, 30)])]);
    let protected = protect(&table, 5, &[], Audience::Reviewer);
    assert!(protected.cells().all(|(_, _, cell)| !cell.is_withheld()));
    assert!(protected.pattern().is_empty());
}

#[test]
fn a_figure_keeps_its_name_and_coverage_but_no_number() {
    let table = district(&[("a", &[("a1", 28, 30), ("a2", 20, 30), ("a3", 10, 30)])]);
    let figure = |scope: &str, n: i64, d: i64| Figure {
        key: column(),
        name: "Đảng viên đăng ký".into(),
        period: "nam-1".into(),
        scope: scope.into(),
        tree: jiff::civil::date(2022, 5, 18),
        numerator: Some(n),
        denominator: Some(d),
        claimed: None,
        excluded: Some(Excluded {
            name: "đã trừ các đồng chí miễn sinh hoạt".into(),
            numerator: 1,
            denominator: 2,
            parts: vec![],
        }),
        wording: "93,3%".into(),
        measure: "people".into(),
        people: true,
        percent: true,
        status: Status::Measured,
        coverage: Coverage { expected: 3, accepted: 3, ..Coverage::default() },
    };
    let public = protect(&table, 5, &[], Audience::Public);
    let small = public.figure(&figure("a1", 28, 30));
    assert!(small.is_withheld());
    assert_eq!((small.wording(), small.value()), ("•", Shown::Withheld));
    assert_eq!((small.figure().numerator, small.figure().denominator), (None, None));
    assert_eq!(small.figure().coverage.accepted, 3);
    assert_eq!(small.excluded(), Some("đã trừ các đồng chí miễn sinh hoạt"));
    let printed = serde_json::to_string(&small).unwrap();
    assert!(!printed.contains("28") && !printed.contains("93"), "{printed}");

    let total = public.figure(&figure("a", 58, 90));
    assert_eq!((total.is_withheld(), total.value()), (false, Shown::Shown(Some(64))));
    assert_eq!(total.figure().excluded, None, "the excluded are few");
    assert!(public.figure(&figure("a", 59, 90)).is_withheld(), "not the number that was protected");
    assert!(public.figure(&figure("elsewhere", 58, 90)).is_withheld());
    let documents = Figure { people: false, ..figure("elsewhere", 1, 2) };
    assert!(!public.figure(&documents).is_withheld());

    let reviewer = protect(&table, 5, &[], Audience::Reviewer);
    assert_eq!(reviewer.figure(&figure("a1", 28, 30)).figure(), &figure("a1", 28, 30));
}

#[test]
fn a_withheld_cell_prints_as_a_dot_whatever_is_asked_of_it() {
    let table = district(&[("a", &[("a1", 28, 30), ("a2", 20, 30), ("a3", 10, 30)])]);
    let protected = protect(&table, 5, &[], Audience::Public);
    let cell = protected.cell(&"a1".into(), &column()).unwrap();
    let rule = crate::indicator::WordingRule::default();
    assert_eq!(cell.wording(&rule), "•");
    assert_eq!(cell.numerator().to_string(), "•");
    assert_eq!(serde_json::to_string(&cell).unwrap(), "\"withheld\"");
    assert_eq!(protected.cell(&"a".into(), &column()).unwrap().wording(&rule), "64,4%");
    assert_eq!(protected.cell(&"a".into(), &"other".into()), None);
}
