//! Several writers at once: totals are exact, whoever was first.

use std::sync::Arc;

use nhipcau_actions::{
    Workspace,
    reporting::{self, Save, Sent},
    returns::{Mode, OVERTAKEN, Verdict, submit_all},
    review,
};
use nhipcau_domain::{
    office::{Duty, Reach},
    returns::{ReturnKey, Submission},
};
use nhipcau_testkit::{district, each_database};

use crate::{
    reporting::{kept, over, page, typed},
    support::{House, ids, members_of, open_beside},
};

/// Lets each task wait for the others before it begins.
async fn at_once<T: Send + 'static>(tasks: Vec<impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let start = Arc::new(tokio::sync::Barrier::new(tasks.len()));
    let handles: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                task.await
            })
        })
        .collect();
    let mut done = Vec::new();
    for handle in handles {
        done.push(handle.await.expect("a task ends"));
    }
    done
}

async fn take(ws: Workspace, submission: Submission) {
    let mode = Mode { accept_by: Some("h".into()), ..Mode::default() };
    let outcomes =
        submit_all(&ws, vec![submission], &mode, &std::collections::HashMap::new()).await.expect("submits");
    assert!(outcomes[0].accepted, "{:?}", outcomes[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cells_that_are_accepted_at_once_give_exact_totals() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let beside = open_beside(database, &house.ws).await;
        let cells = ["a1", "a2", "a3", "b1", "b2"];
        house.send(cells.iter().map(|unit| house.district.members(unit, 9, 10)).collect()).await;
        let accept = |(i, unit): (usize, &&str)| {
            let ws = if i % 2 == 0 { house.ws.clone() } else { beside.clone() };
            let key =
                ReturnKey { unit: (*unit).into(), data_set: "dang-vien".into(), period: "nam-1".into() };
            async move { review::accept(&ws, &"h".into(), &[key]).await.expect("accepts") }
        };
        at_once(cells.iter().enumerate().map(accept).collect()).await;
        assert_eq!(house.value("members.registered", "nam-1").await, (Some(45), Some(50)));
        house.agrees().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn months_of_one_commune_that_come_in_at_once_make_an_exact_year() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let beside = open_beside(database, &house.ws).await;
        let month = |m: u8| {
            let ws = if m.is_multiple_of(2) { house.ws.clone() } else { beside.clone() };
            take(ws, house.district.bulletins("xa-a", m, i64::from(m)))
        };
        at_once((1..=12).map(month).collect()).await;
        assert_eq!(house.value("radio.bulletins", "nam-1").await.0, Some(78));
        house.agrees().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_return_that_comes_in_twice_at_once_is_there_once() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let beside = open_beside(database, &house.ws).await;
        let both = [house.ws.clone(), beside].map(|ws| take(ws, house.district.members("a1", 9, 10)));
        at_once(both.into_iter().collect()).await;
        let mut tx = house.ws.store().read().await.expect("reads");
        let held = tx.returns_of(&"dang-vien".into(), &["nam-1".into()]).await.expect("reads");
        drop(tx);
        assert_eq!((held.len(), held[0].state.last), (1, 1));
        house.agrees().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_offices_that_send_at_once_one_is_asked_and_neither_loses_anything() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let beside = open_beside(database, &house.ws).await;
        for (unit, commune) in
            [("a1", "xa-a"), ("a2", "xa-a"), ("a3", "xa-a"), ("b1", "xa-b"), ("b2", "xa-b")]
        {
            for period in ["nam-1", "nam-2"] {
                let key = ReturnKey { period: period.into(), ..members_of(unit) };
                let cell = over(&house, unit, Duty::Reporter, Reach::Unit(unit.into()));
                let above = over(&house, commune, Duty::Reviewer, Reach::Branch(commune.into()));
                let both = [(&house.ws, cell, typed("30", "24")), (&beside, above, typed("30", "25"))];
                let mut sends = Vec::new();
                for (ws, over, typed) in both {
                    // Kept before: what is sent at once begins with nothing that could wait.
                    let version = kept(&house, &over, page(&key, "x", 0, &typed)).await;
                    let (ws, key) = (ws.clone(), key.clone());
                    sends.push(async move {
                        let save = Save { version, ..page(&key, "x", 0, &typed) };
                        reporting::send(&ws, &over, &save, true).await.expect("sends")
                    });
                }
                let sent = at_once(sends).await;
                let received = sent.iter().filter(|s| matches!(s, Sent::Received { unchanged: false }));
                let asked = sent.iter().filter(|s| matches!(s, Sent::Confirm(c) if c.revision == 1));
                assert_eq!((received.count(), asked.count()), (1, 1), "{unit} {period}: {sent:?}");
                let mut tx = house.ws.store().read().await.expect("reads");
                let held = tx.returns(std::slice::from_ref(&key)).await.expect("reads");
                assert_eq!(held[&key].state.last, 1, "{unit} {period}");
                let mut drafts = tx.drafts(&key, &unit.into()).await.expect("reads");
                drafts.append(&mut tx.drafts(&key, &commune.into()).await.expect("reads"));
                assert_eq!(drafts.len(), 1, "what was not taken is still typed");
            }
        }
        house.agrees().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_sent_of_a_revision_that_another_replaced_is_refused() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let beside = open_beside(database, &house.ws).await;
        let send = |ws: &Workspace, registered, expected| {
            let (ws, submission) = (ws.clone(), house.district.members("a1", registered, 30));
            async move {
                let mode = Mode { expected, ..Mode::default() };
                let none = std::collections::HashMap::new();
                submit_all(&ws, vec![submission], &mode, &none).await.expect("submits").remove(0)
            }
        };
        for last in [0, 1, 2] {
            let both =
                [(&house.ws, 10), (&beside, 20)].map(|(ws, n)| send(ws, n + i64::from(last), Some(last)));
            let outcomes = at_once(both.into_iter().collect()).await;
            let (taken, left): (Vec<_>, Vec<_>) = outcomes.iter().partition(|o| o.verdict.is_new());
            assert_eq!((taken.len(), left.len()), (1, 1), "{outcomes:?}");
            assert_eq!((&left[0].verdict, &ids(left[0])[..]), (&Verdict::Refused, &[OVERTAKEN][..]));
        }
        // A file says nothing of what it has seen.
        assert!(send(&house.ws, 29, None).await.verdict.is_new());
        house.agrees().await;
    })
    .await;
}
