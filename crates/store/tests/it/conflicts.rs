//! Who comes second is told so, by name, and nothing of what they wrote is kept.

use nhipcau_store::{Step, Store, StoreError};
use nhipcau_testkit::district;

use crate::support::{accepted, correction, each_store, next_id};

async fn refused(store: &Store, steps: &[Step]) -> StoreError {
    let mut tx = store.write().await.expect("begins");
    tx.append_steps(steps).await.expect_err("a conflict")
}

fn is_conflict(error: &StoreError, table: &str) {
    assert!(matches!(error, StoreError::Conflict { what } if what == table), "{error:?}");
}

#[tokio::test]
async fn a_return_a_revision_and_an_act_are_there_once() {
    each_store(async |store| {
        let d = district();
        let first = accepted(d.members("a1", 8, 10));
        let mut tx = store.write().await.expect("begins");
        tx.append_steps(std::slice::from_ref(&first)).await.expect("appends");
        tx.commit().await.expect("commits");

        is_conflict(&refused(store, &[accepted(d.members("a1", 9, 10))]).await, "return_state");
        let mut same_revision = correction(&first, d.members("a1", 9, 10));
        same_revision.revision.as_mut().expect("a revision").number = 1;
        is_conflict(&refused(store, &[same_revision]).await, "revision");
        let mut same_act = correction(&first, d.members("a1", 9, 10));
        same_act.acts[0].ordinal = 2;
        is_conflict(&refused(store, &[same_act]).await, "return_act");
        let mut unknown = correction(&first, d.members("a1", 9, 10));
        unknown.id = next_id();
        is_conflict(&refused(store, &[unknown]).await, "return_state");

        let mut tx = store.read().await.expect("begins");
        assert_eq!(tx.revisions_of(first.id).await.expect("reads").len(), 1);
        assert_eq!(tx.act_count(first.id).await.expect("counts"), 2);
    })
    .await;
}

#[tokio::test]
async fn what_refers_to_nothing_is_refused() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let edition = crate::editions::draft();
        let error = tx.insert_edition(&edition).await.expect_err("no such definitions");
        assert!(matches!(error, StoreError::MissingReference { .. }), "{error:?}");
        assert_eq!(error.problem().id, "store-missing-reference");
    })
    .await;
}

#[tokio::test]
async fn a_unit_without_a_name_is_refused() {
    each_store(async |store| {
        let error = refused(store, &[accepted(district().members("", 8, 10))]).await;
        assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
    })
    .await;
}

/// Two writers want the same new return at the same time: one has it, the other hears of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_one_is_first() {
    each_store(async |store| {
        let d = district();
        let write = |step: Step| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut tx = store.write().await?;
                tx.append_steps(&[step]).await?;
                tx.commit().await
            })
        };
        let tasks = [8, 9].map(|n| write(accepted(d.members("a1", n, 10))));
        let mut done = Vec::new();
        for task in tasks {
            done.push(task.await.expect("runs"));
        }
        assert_eq!(done.iter().filter(|r| r.is_ok()).count(), 1, "{done:?}");
        is_conflict(done.iter().find_map(|r| r.as_ref().err()).expect("one is second"), "return_state");
    })
    .await;
}
