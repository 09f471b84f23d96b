//! The site's settings, as JSON by name, and notices of outages.

use jiff::Timestamp;
use nhipcau_domain::{id::OfficeId, press::Texts};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    packing::{json, parse},
    statement::statements,
    value::{Row, args},
};

statements! {
    PUT = "INSERT INTO site_setting (key, value, office, at) VALUES ($1, $2, $3, $4) \
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, office = excluded.office, at = excluded.at";
    ONE = "SELECT value FROM site_setting WHERE key = $1";
    ADD_NOTICE = "INSERT INTO notice (id, text, from_at, until_at, office, at) VALUES ($1, $2, $3, $4, $5, $6)";
    END_NOTICE = "UPDATE notice SET until_at = $2 WHERE id = $1 AND until_at > $2";
    NOTICES = "SELECT id, text, from_at, until_at, office, at FROM notice WHERE until_at > $1 ORDER BY from_at, id";
}

/// A notice that something will not work for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub text: Texts,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// By which office.
    pub office: OfficeId,
    /// When it was written.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a setting (JSON) under a name.
    pub async fn put_site_setting(
        &mut self,
        key: &str,
        value: &str,
        office: &OfficeId,
        at: Timestamp,
    ) -> Result<()> {
        self.run(PUT, &args![key, value, office.as_str(), at]).await?;
        Ok(())
    }

    /// A setting (JSON) by its name.
    pub async fn site_setting(&mut self, key: &str) -> Result<Option<String>> {
        let row = self.row(ONE, &args![key]).await?;
        row.map(|r| Ok(r.text(0)?.to_owned())).transpose()
    }

    /// Adds a notice.
    pub async fn add_notice(&mut self, n: &NoticeRecord) -> Result<()> {
        let values = args![n.id, json(&n.text)?, n.from, n.until, n.office.as_str(), n.at];
        self.run(ADD_NOTICE, &values).await?;
        Ok(())
    }

    /// Ends a notice at that time; one that is over, or not there, is a [`StoreError::Conflict`].
    pub async fn end_notice(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        let done = self.run(END_NOTICE, &args![id, at]).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("notice")) }
    }

    /// Notices that are not over, in order of their beginning.
    pub async fn notices(&mut self, now: Timestamp) -> Result<Vec<NoticeRecord>> {
        let read = |row: &Row| {
            Ok(NoticeRecord {
                id: row.id(0)?,
                text: parse("notice", row.text(1)?)?,
                from: row.time(2)?,
                until: row.time(3)?,
                office: row.text(4)?.into(),
                at: row.time(5)?,
            })
        };
        self.rows(NOTICES, &args![now]).await?.iter().map(read).collect()
    }
}
