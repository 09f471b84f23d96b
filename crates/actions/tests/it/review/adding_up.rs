//! Whatever units and reviewers do: what waits, what is missing, what is accepted and what is excused add
//! up to what is owed.

use nhipcau_actions::{
    powers::{Over, Review},
    returns::{Mode, Sender},
    review::{Shown, accept_shown, excuse, missing, queue, send_back_shown},
};
use nhipcau_testkit::{TestDatabase, district};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{of_all, of_xa_a, yearly};
use crate::support::{House, members_of};

const CELLS: [&str; 5] = ["a1", "a2", "a3", "b1", "b2"];

#[derive(Debug, Clone, Copy)]
enum Step {
    Send(usize, i64),
    Accept(usize, u32),
    SendBack(usize, u32),
    Excuse(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let cell = 0..CELLS.len();
    prop_oneof![
        (cell.clone(), 0..30_i64).prop_map(|(c, n)| Step::Send(c, n)),
        (cell.clone(), 0..4_u32).prop_map(|(c, r)| Step::Accept(c, r)),
        (cell.clone(), 0..4_u32).prop_map(|(c, r)| Step::SendBack(c, r)),
        cell.prop_map(Step::Excuse),
    ]
}

async fn take(house: &House, over: &Over<Review>, step: Step) {
    let shown = |cell: usize, revision| Shown { key: members_of(CELLS[cell]), revision };
    // Much of it is refused: that must change nothing of the sum either.
    match step {
        Step::Send(cell, n) => {
            let mode = Mode { office: Sender::Unit, reason: "lại".to_owned(), ..Mode::default() };
            house.submit(vec![house.district.members(CELLS[cell], n, 30)], mode).await;
        }
        Step::Accept(cell, revision) => {
            let _ = accept_shown(&house.ws, over, &[shown(cell, revision)]).await;
        }
        Step::SendBack(cell, revision) => {
            let _ = send_back_shown(&house.ws, over, &shown(cell, revision), "xem lại", &[]).await;
        }
        Step::Excuse(cell) => {
            let _ = excuse(&house.ws, over, &members_of(CELLS[cell]), "mới lập").await;
        }
    }
}

async fn adds_up(house: &House, over: &Over<Review>, roster: usize) -> [usize; 4] {
    let found = queue(&house.ws, over, &yearly(), None, 1).await.expect("reads");
    let absent = missing(&house.ws, over, &yearly()).await.expect("reads");
    let s = found.standings;
    assert_eq!(s, absent.standings);
    assert_eq!(s.expected, roster);
    assert_eq!(s.waiting + s.overdue + s.later + s.accepted + s.exempt, roster);
    let waiting = found.items.iter().filter(|i| i.revision > 0).count();
    let listed: usize = absent.branches.iter().map(|b| b.missing.len()).sum();
    assert_eq!((waiting, found.items.len() - waiting), (s.waiting, s.overdue));
    assert_eq!(listed, s.overdue + s.later);
    [s.waiting, listed, s.accepted, s.exempt]
}

async fn tell(database: &TestDatabase, steps: &[Step]) {
    let house = House::on(database, district()).await;
    for step in steps {
        take(&house, &of_all(&house), *step).await;
        let all = adds_up(&house, &of_all(&house), 5).await;
        let commune = adds_up(&house, &of_xa_a(&house), 3).await;
        assert!(commune.iter().zip(all).all(|(part, whole)| *part <= whole));
    }
    house.agrees().await;
    house.ws.store().clone().close().await;
}

fn histories(cases: u32, database: impl Fn() -> TestDatabase) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let told = TestRunner::new(config).run(&proptest::collection::vec(step(), 1..24), |steps| {
        runtime.block_on(tell(&database(), &steps));
        Ok(())
    });
    if let Err(failed) = told {
        panic!("{failed}");
    }
}

#[test]
fn what_waits_is_missing_accepted_or_excused_is_what_is_owed() {
    histories(32, TestDatabase::sqlite);
}

#[test]
fn the_same_on_postgres() {
    if TestDatabase::postgres().is_some() {
        histories(4, || TestDatabase::postgres().expect("it was there before"));
    }
}
