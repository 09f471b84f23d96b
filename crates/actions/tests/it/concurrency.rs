//! Several writers at once: totals are exact, whoever was first.

use std::sync::Arc;

use nhipcau_actions::{
    Workspace,
    returns::{Mode, submit_all},
    review,
};
use nhipcau_domain::returns::{ReturnKey, Submission};
use nhipcau_testkit::{district, each_database};

use crate::support::{House, open_beside};

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
