//! What is said about the passages of a report while it is a draft: append-only, never part of a document.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO edition_comment (id, edition_id, thread, act, anchor, passage, body, office, holder, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_EDITION = "SELECT id, edition_id, thread, act, anchor, passage, body, office, holder, at \
                  FROM edition_comment WHERE edition_id = $1 ORDER BY at, id";
}

/// Something that was said about a passage, or done with what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRecord {
    /// Its id.
    pub id: Uuid,
    /// The edition.
    pub edition: Uuid,
    /// The comment that began it; its own id where it is the first.
    pub thread: Uuid,
    /// `comment`, `answer`, `resolve` or `reopen`.
    pub act: String,
    /// The passage, by the name that it keeps from draft to draft.
    pub anchor: String,
    /// The passage's words when it was said.
    pub passage: String,
    /// What was said; may be empty for what resolves or reopens.
    pub body: String,
    /// Which office said it.
    pub office: OfficeId,
    /// Who acted in the office.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Adds to what is said about an edition.
    pub async fn add_comment(&mut self, c: &CommentRecord) -> Result<()> {
        let values = args![
            c.id,
            c.edition,
            c.thread,
            c.act.as_str(),
            c.anchor.as_str(),
            c.passage.as_str(),
            c.body.as_str(),
            c.office.as_str(),
            c.holder.as_str(),
            c.at,
        ];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// What was said about an edition, the oldest first.
    pub async fn comments(&mut self, edition: Uuid) -> Result<Vec<CommentRecord>> {
        self.rows(OF_EDITION, &args![edition]).await?.iter().map(comment).collect()
    }
}

fn comment(row: &Row) -> Result<CommentRecord> {
    Ok(CommentRecord {
        id: row.id(0)?,
        edition: row.id(1)?,
        thread: row.id(2)?,
        act: row.text(3)?.to_owned(),
        anchor: row.text(4)?.to_owned(),
        passage: row.text(5)?.to_owned(),
        body: row.text(6)?.to_owned(),
        office: row.text(7)?.into(),
        holder: row.text(8)?.to_owned(),
        at: row.time(9)?,
    })
}
