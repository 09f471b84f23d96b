//! What readers say: messages for a while, and ratings as counts only.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO feedback (id, path, message, contact, at, handled_by, handled_at) \
           VALUES ($1, $2, $3, $4, $5, NULL, NULL)";
    SOME = "SELECT id, path, message, contact, at, handled_by, handled_at FROM feedback \
            ORDER BY at DESC, id DESC LIMIT $1";
    HANDLED = "UPDATE feedback SET handled_by = $2, handled_at = $3 WHERE id = $1 AND handled_by IS NULL";
    WAITING = "SELECT count(*) FROM feedback WHERE handled_by IS NULL";
    OLD = "DELETE FROM feedback WHERE at < $1";
    RATE = "INSERT INTO rating (path, score, count) VALUES ($1, $2, 1) \
            ON CONFLICT (path, score) DO UPDATE SET count = rating.count + 1";
    RATINGS = "SELECT path, score, count FROM rating ORDER BY path, score";
}

/// A reader's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRecord {
    /// Its id.
    pub id: Uuid,
    /// The page that it is about; may be empty.
    pub path: String,
    /// What was written.
    pub message: String,
    /// What the reader chose to leave for an answer; may be empty.
    pub contact: String,
    /// When.
    pub at: Timestamp,
    /// The office that dealt with it, and when.
    pub handled: Option<(OfficeId, Timestamp)>,
}

/// How often a page was given a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingCount {
    /// The page.
    pub path: String,
    /// The score, 1 to 5.
    pub score: u32,
    /// How often.
    pub count: u32,
}

impl Tx {
    /// Keeps a message.
    pub async fn add_feedback(&mut self, f: &FeedbackRecord) -> Result<()> {
        let values = args![f.id, f.path.as_str(), f.message.as_str(), f.contact.as_str(), f.at];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The latest messages, the newest first.
    pub async fn feedback(&mut self, limit: u32) -> Result<Vec<FeedbackRecord>> {
        let read = |row: &Row| {
            let handled = row.maybe_text(5)?.map(OfficeId::from).zip(row.maybe_time(6)?);
            Ok(FeedbackRecord {
                id: row.id(0)?,
                path: row.text(1)?.to_owned(),
                message: row.text(2)?.to_owned(),
                contact: row.text(3)?.to_owned(),
                at: row.time(4)?,
                handled,
            })
        };
        self.rows(SOME, &args![limit]).await?.iter().map(read).collect()
    }

    /// Notes that a message was dealt with; false if it was, or is not there.
    pub async fn handle_feedback(&mut self, id: Uuid, office: &OfficeId, at: Timestamp) -> Result<bool> {
        Ok(self.run(HANDLED, &args![id, office.as_str(), at]).await? == 1)
    }

    /// How many messages wait.
    pub async fn feedback_waiting(&mut self) -> Result<u32> {
        self.row(WAITING, &args![]).await?.map_or(Ok(0), |row| row.count(0))
    }

    /// Removes messages from before a time; how many.
    pub async fn drop_feedback_before(&mut self, before: Timestamp) -> Result<u64> {
        self.run(OLD, &args![before]).await
    }

    /// Counts a score, 1 to 5, of a page.
    pub async fn add_rating(&mut self, path: &str, score: u32) -> Result<()> {
        self.run(RATE, &args![path, score]).await?;
        Ok(())
    }

    /// Every page's scores.
    pub async fn ratings(&mut self) -> Result<Vec<RatingCount>> {
        let read = |row: &Row| {
            Ok(RatingCount { path: row.text(0)?.to_owned(), score: row.count(1)?, count: row.count(2)? })
        };
        self.rows(RATINGS, &args![]).await?.iter().map(read).collect()
    }
}
