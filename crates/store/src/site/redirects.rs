//! Old addresses and where they lead now.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    PUT = "INSERT INTO redirect (path, target, source, office, at) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (path) DO UPDATE SET target = excluded.target, source = excluded.source, \
           office = excluded.office, at = excluded.at";
    ONE = "SELECT path, target, source, office, at FROM redirect WHERE path = $1";
    RETARGET = "UPDATE redirect SET target = $2 WHERE target = $1";
    DROP = "DELETE FROM redirect WHERE path = $1";
    SOME = "SELECT path, target, source, office, at FROM redirect WHERE path > $1 ORDER BY path LIMIT $2";
}

/// A permanent redirect (301).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectRecord {
    /// The old path on this site, with its query if it had one.
    pub path: String,
    /// The path that it leads to: never another site.
    pub target: String,
    /// What made it: `slug` (an address changed) or `import` (a former site's).
    pub source: String,
    /// By which office.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Sets where an old path leads.
    pub async fn put_redirect(&mut self, r: &RedirectRecord) -> Result<()> {
        let values = args![r.path.as_str(), r.target.as_str(), r.source.as_str(), r.office.as_str(), r.at];
        self.run(PUT, &values).await?;
        Ok(())
    }

    /// Where an old path leads.
    pub async fn redirect(&mut self, path: &str) -> Result<Option<RedirectRecord>> {
        self.row(ONE, &args![path]).await?.as_ref().map(read).transpose()
    }

    /// Everything that led to a path leads to another from now on; how many there were.
    pub async fn retarget_redirects(&mut self, from: &str, to: &str) -> Result<u64> {
        self.run(RETARGET, &args![from, to]).await
    }

    /// Forgets a redirect; whether there was one.
    pub async fn drop_redirect(&mut self, path: &str) -> Result<bool> {
        Ok(self.run(DROP, &args![path]).await? > 0)
    }

    /// Redirects in order of their paths, after one.
    pub async fn redirects_after(&mut self, after: &str, limit: u32) -> Result<Vec<RedirectRecord>> {
        self.rows(SOME, &args![after, limit]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<RedirectRecord> {
    Ok(RedirectRecord {
        path: row.text(0)?.to_owned(),
        target: row.text(1)?.to_owned(),
        source: row.text(2)?.to_owned(),
        office: row.text(3)?.into(),
        at: row.time(4)?,
    })
}
