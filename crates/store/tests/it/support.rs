//! Opening the test's databases, and making steps without ceremony.

use std::sync::atomic::{AtomicU32, Ordering};

use nhipcau_domain::returns::{Act, ReturnState, Status, Submission};
use nhipcau_store::{NewAct, NewRevision, Step, Store, Target};
use nhipcau_testkit::{TestDatabase, at, each_database};
use uuid::Uuid;

/// Where the database is.
pub fn target(database: &TestDatabase) -> Target {
    match database {
        TestDatabase::Sqlite { file, .. } => Target::Sqlite(file.clone()),
        TestDatabase::Postgres { url } => Target::Postgres(url.clone()),
    }
}

/// The database, opened and migrated.
pub async fn open(database: &TestDatabase) -> Store {
    let store = Store::open(&target(database)).await.expect("opens");
    store.migrate().await.expect("migrates");
    store
}

/// Runs a test with a migrated store, on both databases.
pub async fn each_store(test: impl AsyncFn(&Store)) {
    each_database(async |database| test(&open(database).await).await).await;
}

/// An id that no other call gives, in the order of calls.
pub fn next_id() -> Uuid {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

/// A new return that was sent and accepted at once.
pub fn accepted(submission: Submission) -> Step {
    let acts = [Act::Submit { revision: 1, reason: String::new() }, Act::Accept];
    let act = |(ordinal, act)| NewAct { id: next_id(), ordinal, act, office: "xa-a".into() };
    Step {
        id: next_id(),
        key: submission.key.clone(),
        new: true,
        revision: Some(NewRevision {
            id: next_id(),
            number: 1,
            submission,
            office: "xa-a".into(),
            on_behalf_of: Some("a1".into()),
        }),
        acts: (1..).zip(acts).map(act).collect(),
        state: ReturnState { status: Status::Accepted, last: 1, accepted: Some(1), locked: false },
        at: at(60),
    }
}

/// A correction that waits for review: the second revision of `before`.
pub fn correction(before: &Step, submission: Submission) -> Step {
    let act = Act::Submit { revision: 2, reason: "đếm lại".to_owned() };
    Step {
        id: before.id,
        key: submission.key.clone(),
        new: false,
        revision: Some(NewRevision {
            id: next_id(),
            number: 2,
            submission,
            office: "a1".into(),
            on_behalf_of: None,
        }),
        acts: vec![NewAct { id: next_id(), ordinal: 3, act, office: "a1".into() }],
        state: ReturnState { status: Status::Submitted, last: 2, accepted: Some(1), locked: false },
        at: at(120),
    }
}
