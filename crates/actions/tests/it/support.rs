//! Workspaces on databases of their own, with a clock and ids that tell the same on every run.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use nhipcau_actions::{
    ActionError, Clock, Ids, Workspace,
    basis::TreeDay,
    campaign::set_up,
    figures::{FigureRow, Query, figures},
    returns::{Mode, Outcome, submit_all},
    verify::{Difference, verify},
};
use nhipcau_domain::{
    Timestamp,
    problem::Problem,
    returns::{ReturnKey, Submission},
};
use nhipcau_store::{Store, Target};
use nhipcau_testkit::{District, TestDatabase, at, district, each_database};
use uuid::Uuid;

/// A clock that goes on by a second each time that it is asked.
#[derive(Default)]
pub struct StepClock(AtomicI64);

impl Clock for StepClock {
    fn now(&self) -> Timestamp {
        at(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// Ids in the order of calls.
#[derive(Default)]
pub struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn next(&self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).expect("after 1970");
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// Where the database is.
pub fn target(database: &TestDatabase) -> Target {
    match database {
        TestDatabase::Sqlite { file, .. } => Target::Sqlite(file.clone()),
        TestDatabase::Postgres { url } => Target::Postgres(url.clone()),
    }
}

/// A workspace on a database, migrated.
pub async fn open(database: &TestDatabase) -> Workspace {
    let store = Store::open(&target(database)).await.expect("opens");
    store.migrate().await.expect("migrates");
    Workspace::new(store, Arc::new(StepClock::default()), Arc::new(CountedIds::default()))
}

/// The same database as another process has it open: nothing is shared but the records.
pub async fn open_beside(database: &TestDatabase, ws: &Workspace) -> Workspace {
    struct Same(Workspace);
    impl Clock for Same {
        fn now(&self) -> Timestamp {
            self.0.now()
        }
    }
    impl Ids for Same {
        fn next(&self, at: Timestamp) -> Uuid {
            self.0.id(at)
        }
    }
    let store = Store::open(&target(database)).await.expect("opens");
    Workspace::new(store, Arc::new(Same(ws.clone())), Arc::new(Same(ws.clone())))
}

/// The tiny district on a database.
pub struct House {
    pub ws: Workspace,
    pub district: District,
}

/// Runs a test in the tiny district, on both databases.
pub async fn each_house(test: impl AsyncFn(&House)) {
    each_house_of(district(), test).await;
}

/// The same with a district that the test has changed.
pub async fn each_house_of(district: District, test: impl AsyncFn(&House)) {
    each_database(async |database| test(&House::on(database, district.clone()).await).await).await;
}

impl House {
    /// A district set up on a database.
    pub async fn on(database: &TestDatabase, district: District) -> Self {
        let ws = open(database).await;
        set_up(&ws, &"h".into(), &district.definitions, &district.tree).await.expect("sets up");
        Self { ws, district }
    }

    /// Units send their returns.
    pub async fn send(&self, submissions: Vec<Submission>) -> Vec<Outcome> {
        self.submit(submissions, Mode::default()).await
    }

    /// The district accepts returns as they come in.
    pub async fn take(&self, submissions: Vec<Submission>) -> Vec<Outcome> {
        self.submit(submissions, Mode { accept_by: Some("h".into()), ..Mode::default() }).await
    }

    /// Corrects accepted returns, with a reason.
    pub async fn correct(&self, submission: Submission, reason: &str) -> Outcome {
        let mode = Mode { accept_by: Some("h".into()), reason: reason.to_owned(), ..Mode::default() };
        self.submit(vec![submission], mode).await.remove(0)
    }

    /// Sends returns in any way.
    pub async fn submit(&self, submissions: Vec<Submission>, mode: Mode) -> Vec<Outcome> {
        submit_all(&self.ws, submissions, &mode, &HashMap::new()).await.expect("submits")
    }

    /// Figures of a period under its own tree.
    pub async fn figures(&self, period: &str) -> Vec<FigureRow> {
        let query = Query { period: period.into(), scope: None, tree: TreeDay::Then };
        figures(&self.ws, &query).await.expect("figures")
    }

    /// One figure of the scope.
    pub async fn figure(&self, key: &str, period: &str) -> FigureRow {
        let found = self.figures(period).await.into_iter().find(|r| r.answer.figure.key.as_str() == key);
        found.expect("a figure of that key")
    }

    /// Numerator and denominator of a figure of the scope.
    pub async fn value(&self, key: &str, period: &str) -> (Option<i64>, Option<i64>) {
        let figure = self.figure(key, period).await.answer.figure;
        (figure.numerator, figure.denominator)
    }

    /// What `verify` finds.
    pub async fn differences(&self) -> Vec<Difference> {
        verify(&self.ws, &mut |_| {}).await.expect("verifies").differences
    }

    /// Insists that everything that is kept agrees with the record.
    pub async fn agrees(&self) {
        assert_eq!(self.differences().await, []);
    }
}

/// A cell's yearly return's key.
pub fn members_of(unit: &str) -> ReturnKey {
    ReturnKey { unit: unit.into(), data_set: "dang-vien".into(), period: "nam-1".into() }
}

/// The sentence of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, ActionError>) -> Problem {
    match result {
        Err(ActionError::Refused(problem)) => problem,
        other => panic!("not refused: {other:?}"),
    }
}

/// The sentences of an outcome, by id.
pub fn ids(outcome: &Outcome) -> Vec<&str> {
    outcome.problems.iter().map(|p| p.id.as_str()).collect()
}
