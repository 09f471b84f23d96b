//! Reminding where more units have not reported than are shown at once: nobody is left out.

use jiff::civil::date;
use nhipcau_actions::outbox::{self, REMIND_MOST};
use nhipcau_domain::{
    id::{OfficeId, UnitId},
    office::{Duty, Reach},
    outbox::Plan,
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{District, district, each_database};

use crate::{
    outbox::{Node, yearly},
    support::House,
    tampering::behind_our_back,
};

/// Cells besides the district's own.
const CELLS: usize = REMIND_MOST + 300;

fn cells() -> impl Iterator<Item = String> {
    (0..CELLS).map(|n| format!("c{n:04}"))
}

/// A commune with very many cells.
fn large() -> District {
    let mut large = district();
    large.tree.extend(cells().map(|unit| TreeEvent {
        on: date(2020, 1, 1),
        change: Change::Open {
            name: format!("Chi bộ {unit}"),
            unit: unit.into(),
            kind: "chi-bo".into(),
            parent: Some("xa-a".into()),
            code: None,
        },
    }));
    large
}

/// A node that sends, where each of the many cells has an office that somebody holds.
async fn furnished(house: &House) -> Node {
    let node = Node::of(house);
    let mut tx = node.ws.store().write().await.expect("begins");
    let now = node.ws.now();
    for unit in cells() {
        let (office, contact) = (OfficeId::new(&unit), format!("{unit}@xa.example"));
        tx.add_office(&office, &unit, now).await.expect("office");
        tx.add_holder(node.ws.id(now), &office, "Chị Lan", &contact, now).await.expect("holder");
    }
    tx.commit().await.expect("commits");
    node.office("h", Duty::Consolidator, Reach::All, &[]).await;
    node
}

#[tokio::test]
async fn the_calendar_reminds_all_of_them_and_goes_on_where_it_broke_off() {
    each_database(async |database| {
        let house = House::on(database, large()).await;
        let node = furnished(&house).await;
        let plan = Plan { before: Some(4), ..Plan::default() };
        outbox::set_plan(&node.ws, &node.chase(), None, plan).await.expect("sets");
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), CELLS);
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 0, "nobody is reminded twice");
        // As if it had been killed between two pieces.
        let lost = behind_our_back(database, "DELETE FROM outbox_message WHERE unit > 'c1000'").await;
        assert_eq!(lost, 299);
        assert_eq!(outbox::run_plans(&node.ws).await.expect("runs"), 299);
    })
    .await;
}

#[tokio::test]
async fn by_hand_those_come_next_who_were_not_reminded_yet() {
    each_database(async |database| {
        let house = House::on(database, large()).await;
        let node = furnished(&house).await;
        let round = async || {
            let shown = outbox::preview(&node.ws, &node.chase(), &yearly()).await.expect("reads");
            let units: Vec<UnitId> = shown.proposed.iter().map(|p| p.unit.clone()).collect();
            let done = outbox::remind(&node.ws, &node.chase(), &yearly(), &units).await.expect("reminds");
            assert_eq!((shown.proposed.len(), done.left), (REMIND_MOST, 0));
            (done.new, done.already, shown.more)
        };
        assert_eq!(round().await, (REMIND_MOST, 0, 300));
        assert_eq!(round().await, (300, REMIND_MOST - 300, 0));
        assert_eq!(round().await, (0, REMIND_MOST, 0));
    })
    .await;
}
