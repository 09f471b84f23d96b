//! Figures under the tree then and now: merged communes, closed units, splits, other processes.

use jiff::civil::{Date, date};
use nhipcau_actions::{
    basis::TreeDay,
    campaign::{change_tree, set_up},
    figures::{Query, figures},
};
use nhipcau_domain::{
    figure::Status,
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{TestDatabase, district, each_database};

use crate::support::{House, each_house, open_beside, refusal};

const REFORM: Date = date(2025, 7, 1);
const NOW: TreeDay = TreeDay::On(date(2026, 11, 23));

async fn members(house: &House, scope: &str, tree: TreeDay) -> (Status, Option<i64>, Option<i64>) {
    let query = Query { period: "nam-1".into(), scope: Some(scope.into()), tree };
    let row = figures(&house.ws, &query).await.expect("figures").remove(0).answer.figure;
    assert_eq!(row.key.as_str(), "members.registered");
    (row.status, row.numerator, row.denominator)
}

async fn change(house: &House, on: Date, change: Change) {
    change_tree(&house.ws, &"h".into(), TreeEvent { on, change }).await.expect("changes the tree");
}

async fn all_report(house: &House) {
    let d = &house.district;
    let cells = [("a1", 10, 10), ("a2", 20, 21), ("a3", 5, 9), ("b1", 30, 30), ("b2", 7, 8)];
    house.take(cells.iter().map(|(u, n, t)| d.members(u, *n, *t)).collect()).await;
}

#[tokio::test]
async fn a_merged_commune_adds_exactly_under_the_tree_now() {
    each_house(async |house| {
        all_report(house).await;
        change(house, REFORM, Change::Merge { from: vec!["xa-a".into()], into: "xa-b".into() }).await;
        let measured = |n, d| (Status::Measured, Some(n), Some(d));
        assert_eq!(members(house, "xa-b", TreeDay::Then).await, measured(37, 38));
        assert_eq!(members(house, "xa-b", NOW).await, measured(72, 78));
        assert_eq!(
            members(house, "xa-a", NOW).await,
            measured(35, 40),
            "what is gone keeps what was its own"
        );
        assert_eq!(members(house, "h", TreeDay::Then).await, members(house, "h", NOW).await);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_closed_cell_keeps_a_line_of_its_own() {
    each_house(async |house| {
        all_report(house).await;
        change(house, REFORM, Change::Close { unit: "a3".into() }).await;
        assert_eq!(members(house, "xa-a", NOW).await, (Status::Measured, Some(35), Some(40)));
        assert_eq!(members(house, "h", TreeDay::Then).await, members(house, "h", NOW).await);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_split_agrees_at_the_common_ancestor_and_is_unanswerable_below() {
    each_house(async |house| {
        all_report(house).await;
        let mut events = house.district.tree.clone();
        let open = |unit: &str| Change::Open {
            unit: unit.into(),
            kind: "chi-bo".into(),
            parent: Some(if unit == "a4" { "xa-a" } else { "xa-b" }.into()),
            name: unit.into(),
            code: None,
        };
        let split = Change::Split { from: "a1".into(), into: vec!["a4".into(), "b4".into()] };
        events.extend([open("a4"), open("b4"), split].map(|change| TreeEvent { on: REFORM, change }));
        set_up(&house.ws, &"h".into(), &house.district.definitions, &events).await.expect("splits");
        let undecided = (Status::Unanswerable, None, None);
        for part in ["a4", "b4", "xa-a", "xa-b"] {
            assert_eq!(members(house, part, NOW).await, undecided, "{part}: no share is invented");
        }
        assert_eq!(members(house, "h", NOW).await, (Status::Measured, Some(72), Some(78)));
        assert_eq!(members(house, "xa-a", TreeDay::Then).await, (Status::Measured, Some(35), Some(40)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_closed_within_the_period_keeps_its_flows_and_ends_its_stock() {
    each_house(async |house| {
        let d = &house.district;
        house.take(vec![d.members("a1", 10, 10), d.members("a2", 20, 21), d.bulletins("xa-a", 2, 3)]).await;
        // Recorded late: the cell had closed before the period's last day.
        change(house, date(2022, 11, 1), Change::Merge { from: vec!["a1".into()], into: "a2".into() }).await;
        assert_eq!(members(house, "h", TreeDay::Then).await, (Status::Measured, Some(20), Some(21)));
        change(house, date(2022, 11, 2), Change::Merge { from: vec!["xa-a".into()], into: "xa-b".into() })
            .await;
        assert_eq!(house.value("radio.bulletins", "nam-1").await.0, Some(3));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_tree_cannot_be_is_refused_and_nothing_is_stored() {
    each_house(async |house| {
        let before = house.ws.store().data_version().await.expect("reads");
        let outlives = Change::Close { unit: "xa-a".into() };
        let cycle = Change::Merge { from: vec!["h".into()], into: "xa-b".into() };
        for (refused, id) in [(outlives, "tree-child-outlives-parent"), (cycle, "tree-cycle")] {
            let done = change_tree(&house.ws, &"h".into(), TreeEvent { on: REFORM, change: refused }).await;
            assert_eq!(refusal(done).id, id);
        }
        assert_eq!(house.ws.store().data_version().await.expect("reads"), before);
    })
    .await;
}

#[tokio::test]
async fn the_same_configuration_twice_changes_nothing() {
    each_house(async |house| {
        let again = set_up(&house.ws, &"h".into(), &house.district.definitions, &house.district.tree)
            .await
            .expect("sets up");
        assert_eq!((again.version, again.events, again.definitions_changed), (1, 0, false));
    })
    .await;
}

#[tokio::test]
async fn what_another_process_changes_is_seen_at_once() {
    each_database(async |database: &TestDatabase| {
        let here = House::on(database, district()).await;
        let there = House { ws: open_beside(database, &here.ws).await, district: district() };
        all_report(&here).await;
        assert_eq!(members(&there, "xa-b", NOW).await.1, Some(37));
        change(&there, REFORM, Change::Merge { from: vec!["xa-a".into()], into: "xa-b".into() }).await;
        assert_eq!(members(&here, "xa-b", NOW).await.1, Some(72));
        let mut definitions = here.district.definitions.clone();
        definitions.indicators.retain(|i| i.id.as_str() != "radio.bulletins");
        set_up(&here.ws, &"h".into(), &definitions, &[]).await.expect("sets up");
        assert_eq!(there.figures("nam-1").await.len(), 1);
    })
    .await;
}
