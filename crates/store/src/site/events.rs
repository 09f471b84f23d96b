//! What was done to the site's set-up, append-only; and the counter that page caches watch.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO site_event (id, what, body, office, holder, at) VALUES ($1, $2, $3, $4, $5, $6)";
    LATEST = "SELECT id, what, body, office, holder, at FROM site_event ORDER BY at DESC, id DESC LIMIT $1";
    BUMP = "UPDATE meta SET value = value + 1 WHERE key = 'site'";
    PEEK = "SELECT CAST(sum(value) AS bigint) FROM meta WHERE key IN ('change', 'site')";
}

/// A change of the site's set-up: a column, a setting, a redirect, a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteEvent {
    /// Its id.
    pub id: Uuid,
    /// What was done, such as `column-changed`.
    pub what: String,
    /// What it was done to, and how it is now (JSON).
    pub body: String,
    /// By which office.
    pub office: OfficeId,
    /// Who held the office.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// A number that grows with everything that changes what the public sees, in whichever process:
    /// cheap to ask, for the owner of a page cache.
    pub async fn change_peek(&self) -> Result<i64> {
        self.read().await?.change_peek().await
    }
}

impl Tx {
    /// As [`Store::change_peek`], as this transaction sees it.
    pub async fn change_peek(&mut self) -> Result<i64> {
        let row = self.row(PEEK, &args![]).await?;
        row.ok_or_else(|| StoreError::corrupt("meta: site"))?.int(0)
    }

    /// Raises the counter that page caches watch; what [`Store::change_peek`] will be. The last
    /// statement before a commit: the row stays locked until then, and writers wait for it.
    pub async fn bump_site(&mut self) -> Result<i64> {
        if self.run(BUMP, &args![]).await? != 1 {
            return Err(StoreError::corrupt("meta: site"));
        }
        self.change_peek().await
    }

    /// Puts a change of the set-up on record.
    pub async fn append_site_event(&mut self, e: &SiteEvent) -> Result<()> {
        let values =
            args![e.id, e.what.as_str(), e.body.as_str(), e.office.as_str(), e.holder.as_str(), e.at];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The latest changes of the set-up, the newest first.
    pub async fn site_events(&mut self, limit: u32) -> Result<Vec<SiteEvent>> {
        let read = |row: &Row| {
            Ok(SiteEvent {
                id: row.id(0)?,
                what: row.text(1)?.to_owned(),
                body: row.text(2)?.to_owned(),
                office: row.text(3)?.into(),
                holder: row.text(4)?.to_owned(),
                at: row.time(5)?,
            })
        };
        self.rows(LATEST, &args![limit]).await?.iter().map(read).collect()
    }
}
