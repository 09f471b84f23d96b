//! Reviewers' tokens and sessions, as hashes only, and the log of who looked at raw counts.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO reviewer_token (hash, created, expires, used_at, session_hash) \
           VALUES ($1, $2, $3, NULL, NULL)";
    USE = "UPDATE reviewer_token SET used_at = $3, session_hash = $2 \
           WHERE hash = $1 AND used_at IS NULL AND expires > $3";
    SESSION = "SELECT 1 FROM reviewer_token WHERE session_hash = $1 AND expires > $2";
    LOG = "INSERT INTO raw_view (id, at, what, reviewer) VALUES ($1, $2, $3, $4)";
    VIEWS = "SELECT id, at, what, reviewer FROM raw_view ORDER BY at DESC, id DESC LIMIT $1";
    SINCE = "SELECT 1 FROM raw_view WHERE at > $3 AND what = $1 AND reviewer = $2 LIMIT 1";
}

/// That a reviewer looked at raw counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawView {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// What was looked at: the page's address.
    pub what: String,
    /// By whom: the hash of a session that a token opened, or `office:` and the office's id.
    pub reviewer: String,
}

impl Tx {
    /// Remembers a token that was given out, by its hash. It, and the session that it opens, ends
    /// at `expires`.
    pub async fn add_reviewer_token(
        &mut self,
        hash: &str,
        created: Timestamp,
        expires: Timestamp,
    ) -> Result<()> {
        self.run(ADD, &args![hash, created, expires]).await?;
        Ok(())
    }

    /// Uses a token for a session; true once only, and never after it has expired.
    pub async fn use_reviewer_token(
        &mut self,
        hash: &str,
        session_hash: &str,
        at: Timestamp,
    ) -> Result<bool> {
        Ok(self.run(USE, &args![hash, session_hash, at]).await? == 1)
    }

    /// Whether a session is a reviewer's, at that time.
    pub async fn reviewer_session(&mut self, session_hash: &str, at: Timestamp) -> Result<bool> {
        Ok(self.row(SESSION, &args![session_hash, at]).await?.is_some())
    }

    /// Records that a reviewer looked at raw counts.
    pub async fn log_raw_view(&mut self, id: Uuid, at: Timestamp, what: &str, reviewer: &str) -> Result<()> {
        self.run(LOG, &args![id, at, what, reviewer]).await?;
        Ok(())
    }

    /// Whether that a reviewer looked at something is on record since then.
    pub async fn raw_view_since(&mut self, what: &str, reviewer: &str, since: Timestamp) -> Result<bool> {
        Ok(self.row(SINCE, &args![what, reviewer, since]).await?.is_some())
    }

    /// The latest looks at raw counts, the newest first.
    pub async fn raw_views(&mut self, limit: u32) -> Result<Vec<RawView>> {
        let read = |row: &Row| {
            Ok(RawView {
                id: row.id(0)?,
                at: row.time(1)?,
                what: row.text(2)?.to_owned(),
                reviewer: row.text(3)?.to_owned(),
            })
        };
        self.rows(VIEWS, &args![limit]).await?.iter().map(read).collect()
    }
}
