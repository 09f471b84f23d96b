//! The change counter: how a process sees that another has changed the tree or the definitions.

use crate::{Result, Store, StoreError, Tx, statement::statements, value::args};

statements! {
    CHANGE = "SELECT value FROM meta WHERE key = 'change'";
    CHANGE_SHARED = "SELECT value FROM meta WHERE key = 'change' /*share*/";
    BUMP = "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value";
}

impl Store {
    /// The change counter: cheap to ask whether anyone has changed the tree or the definitions.
    pub async fn data_version(&self) -> Result<i64> {
        self.read().await?.change().await
    }
}

impl Tx {
    /// The change counter.
    pub async fn change(&mut self) -> Result<i64> {
        self.counter(CHANGE).await
    }

    /// Raises the change counter, in each transaction that changes the tree or the definitions. The
    /// row stays locked until the end, so such transactions come one after another.
    pub async fn bump_change(&mut self) -> Result<i64> {
        self.counter(BUMP).await
    }

    /// The change counter, and no one may raise it until this transaction ends: for a writer that
    /// rests on the tree that it has read. Many writers hold it at once.
    pub async fn lock_change_shared(&mut self) -> Result<i64> {
        self.counter(CHANGE_SHARED).await
    }

    async fn counter(&mut self, sql: &'static str) -> Result<i64> {
        let row = self.row(sql, &args![]).await?;
        row.ok_or_else(|| StoreError::corrupt("meta: change"))?.int(0)
    }
}
