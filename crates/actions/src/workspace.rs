//! What every use case needs: the store, the setting that is in force, a clock and fresh ids.

use std::sync::{Arc, Mutex, PoisonError};

use nhipcau_domain::{
    Timestamp,
    checks::{self, Check},
    definitions::Definitions,
    problem::Problem,
    tree::Tree,
};
use nhipcau_store::{Store, Tx};
use tokio::sync::watch;
use uuid::Uuid;

use crate::error::{Doing, Result};

/// Tells the time. Handed in, so that a test or a rehearsal can have its own.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// Makes ids. Handed in, like the clock.
pub trait Ids: Send + Sync {
    /// A new `UUIDv7` for something that happens at `at`.
    fn next(&self, at: Timestamp) -> Uuid;
}

/// The definitions and the tree in force, read once and shared until they change.
#[derive(Debug)]
pub struct Setting {
    /// The store's change counter when this was read.
    pub change: i64,
    /// The version of the definitions.
    pub version: i64,
    /// The definitions.
    pub definitions: Definitions,
    /// The tree, with its history.
    pub tree: Tree,
    /// The definitions' checks, ready to run.
    pub checks: Vec<Check>,
}

/// Where use cases happen.
#[derive(Clone)]
pub struct Workspace {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    setting: Arc<Mutex<Option<Arc<Setting>>>>,
    pub(crate) site: Arc<Mutex<Option<Arc<crate::press::Site>>>>,
    /// How figures now stand, protected for the public; made by one at a time.
    pub(crate) live: Arc<tokio::sync::Mutex<Vec<Arc<crate::press::Live>>>>,
    changes: Arc<watch::Sender<i64>>,
    holder: Arc<str>,
    pub(crate) reaching: Arc<crate::outbox::Reaching>,
}

impl Workspace {
    /// A workspace on a store that is migrated.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            store,
            clock,
            ids,
            setting: Arc::default(),
            site: Arc::default(),
            live: Arc::default(),
            changes: Arc::new(watch::Sender::new(0)),
            holder: Arc::from(""),
            reaching: Arc::default(),
        }
    }

    /// The same workspace where messages can be sent: by which ways, and where the site is that they
    /// lead to. Without, nobody is written to.
    #[must_use]
    pub fn reaching(&self, reaching: crate::outbox::Reaching) -> Self {
        Self { reaching: Arc::new(reaching), ..self.clone() }
    }

    /// The same workspace in the hands of someone: the audit trail names them beside the office.
    #[must_use]
    pub fn held_by(&self, holder: &str) -> Self {
        Self { holder: Arc::from(holder), ..self.clone() }
    }

    /// Who acts in the office; empty for the program itself.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Now, in UTC.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn id(&self, at: Timestamp) -> Uuid {
        self.ids.next(at)
    }

    /// Hears, after the commit, of every write by this process that changes what the public sees: a
    /// number that grows, as [`Store::change_peek`] gives it. Another process's writes are seen by
    /// asking that from time to time.
    #[must_use]
    pub fn changed(&self) -> watch::Receiver<i64> {
        self.changes.subscribe()
    }

    /// Commits a write that changes what the public sees, and lets everyone know.
    pub(crate) async fn commit_public(&self, mut tx: Tx) -> Result<()> {
        let change = tx.bump_site().await?;
        tx.commit().await?;
        self.changes.send_if_modified(|known| {
            let newer = change > *known;
            *known = change.max(*known);
            newer
        });
        Ok(())
    }

    /// The setting in force, as this transaction sees it. Another process may have changed it: the
    /// store's change counter tells.
    pub fn setting<'a>(&'a self, tx: &'a mut Tx) -> Doing<'a, Arc<Setting>> {
        Box::pin(async move {
            let change = tx.change().await?;
            let held = self.setting.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(held) = held.filter(|s| s.change == change) {
                return Ok(held);
            }
            let setting = Arc::new(Setting::read(tx, change).await?);
            *self.setting.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&setting));
            Ok(setting)
        })
    }
}

impl Setting {
    /// The setting as a transaction has it, read anew.
    pub(crate) async fn read(tx: &mut Tx, change: i64) -> Result<Self> {
        let (version, definitions) =
            tx.definitions().await?.ok_or_else(|| Problem::new("campaign-not-set-up"))?;
        let tree = Tree::from_events(&tx.tree_events().await?)?;
        let checks = compile(&definitions)?;
        Ok(Self { change, version, definitions, tree, checks })
    }
}

/// The definitions' checks, ready to run.
pub fn compile(definitions: &Definitions) -> std::result::Result<Vec<Check>, Problem> {
    let elements: Vec<_> = definitions.elements.iter().map(|e| e.id.clone()).collect();
    definitions.rules.iter().map(|rule| checks::compile(rule, &elements)).collect()
}
