//! Who comes second is told so, by name, and nothing of what they wrote is kept.

use std::time::Duration;

use nhipcau_store::{Step, Store, StoreError};
use nhipcau_testkit::district;
use tokio::time::timeout;

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

#[tokio::test]
async fn text_that_one_database_could_not_take_is_refused_by_both() {
    each_store(async |store| {
        let mut submission = district().members("a1", 8, 10);
        submission.explanation = "đếm\u{0}lại".to_owned();
        let error = refused(store, &[accepted(submission)]).await;
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

/// Who reads a return in order to change it has it until the end: the next one waits, and then sees
/// what became of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_waits_for_the_one_that_holds_the_return() {
    each_store(async |store| {
        let d = district();
        let first = accepted(d.members("a1", 8, 10));
        let mut tx = store.write().await.expect("begins");
        tx.append_steps(std::slice::from_ref(&first)).await.expect("appends");
        tx.commit().await.expect("commits");

        let keys = [first.key.clone()];
        let mut holder = store.write().await.expect("begins");
        holder.returns(&keys).await.expect("reads");
        let mut next = {
            let (store, keys) = (store.clone(), keys.clone());
            tokio::spawn(async move { store.write().await?.returns(&keys).await })
        };
        let early = timeout(Duration::from_millis(200), &mut next).await;
        assert!(early.is_err(), "it did not wait: {early:?}");
        let second = correction(&first, d.members("a1", 9, 10));
        holder.append_steps(std::slice::from_ref(&second)).await.expect("appends");
        holder.commit().await.expect("commits");
        let found = next.await.expect("runs").expect("reads");
        assert_eq!(found[&keys[0]].state, second.state);
    })
    .await;
}

/// Accepting writers do not wait for each other; who changes the tree waits for them all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_server_the_tree_stands_still_while_returns_are_accepted() {
    let Some(database) = nhipcau_testkit::TestDatabase::postgres() else { return };
    let store = crate::support::open(&database).await;
    let (mut one, mut two) = (store.write().await.expect("begins"), store.write().await.expect("begins"));
    let at_once = async {
        one.lock_change_shared().await.expect("locks");
        two.lock_change_shared().await.expect("locks")
    };
    let before = timeout(Duration::from_secs(20), at_once).await.expect("both hold it");
    let mut change = {
        let store = store.clone();
        tokio::spawn(async move { store.write().await?.bump_change().await })
    };
    for tx in [one, two] {
        let early = timeout(Duration::from_millis(100), &mut change).await;
        assert!(early.is_err(), "it did not wait: {early:?}");
        tx.commit().await.expect("commits");
    }
    assert_eq!(change.await.expect("runs").expect("bumps"), before + 1);
}
