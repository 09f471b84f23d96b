//! What editors have open: what was typed and not yet saved as a revision, and links for looking ahead.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use super::Content;
use crate::{
    Result, Tx,
    packing::{json, parse},
    statement::statements,
    value::{Row, args},
};

statements! {
    PUT = "INSERT INTO article_autosave (article_id, office, base, content, holder, at) VALUES ($1, $2, $3, $4, $5, $6) \
           ON CONFLICT (article_id, office) DO UPDATE SET base = excluded.base, content = excluded.content, \
           holder = excluded.holder, at = excluded.at";
    OF_ARTICLE = "SELECT article_id, office, base, content, holder, at FROM article_autosave WHERE article_id = $1 \
                  ORDER BY at DESC, office";
    DROP = "DELETE FROM article_autosave WHERE article_id = $1 AND office = $2";
    ADD_TOKEN = "INSERT INTO preview_token (hash, article_id, revision, office, created, expires) \
                 VALUES ($1, $2, $3, $4, $5, $6)";
    TOKEN = "SELECT article_id, revision, office, created, expires FROM preview_token WHERE hash = $1 AND expires > $2";
    DROP_TOKENS = "DELETE FROM preview_token WHERE expires <= $1";
}

/// What an office has typed and not saved as a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autosave {
    /// In which article.
    pub article: Uuid,
    /// Which office.
    pub office: OfficeId,
    /// The revision that it began from.
    pub base: u32,
    /// What was typed.
    pub content: Content,
    /// Who holds the office.
    pub holder: String,
    /// When it was kept.
    pub at: Timestamp,
}

/// A link for looking at a revision that is not out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewToken {
    /// Which article.
    pub article: Uuid,
    /// Which revision.
    pub revision: u32,
    /// Who gave it out.
    pub office: OfficeId,
    /// When.
    pub created: Timestamp,
    /// When it stops working.
    pub expires: Timestamp,
}

impl Tx {
    /// Keeps what was typed, in place of what that office had typed before.
    pub async fn put_autosave(&mut self, a: &Autosave) -> Result<()> {
        let values = args![a.article, a.office.as_str(), a.base, json(&a.content)?, a.holder.as_str(), a.at];
        self.run(PUT, &values).await?;
        Ok(())
    }

    /// What is typed in an article and not saved, by whichever office, the newest first.
    pub async fn autosaves(&mut self, article: Uuid) -> Result<Vec<Autosave>> {
        let read = |row: &Row| {
            Ok(Autosave {
                article: row.id(0)?,
                office: row.text(1)?.into(),
                base: row.count(2)?,
                content: parse("autosave", row.text(3)?)?,
                holder: row.text(4)?.to_owned(),
                at: row.time(5)?,
            })
        };
        self.rows(OF_ARTICLE, &args![article]).await?.iter().map(read).collect()
    }

    /// Forgets what was typed: it became a revision, or is not wanted.
    pub async fn drop_autosave(&mut self, article: Uuid, office: &OfficeId) -> Result<()> {
        self.run(DROP, &args![article, office.as_str()]).await?;
        Ok(())
    }

    /// Remembers a preview link by its token's hash.
    pub async fn add_preview_token(&mut self, hash: &str, t: &PreviewToken) -> Result<()> {
        let values = args![hash, t.article, t.revision, t.office.as_str(), t.created, t.expires];
        self.run(ADD_TOKEN, &values).await?;
        Ok(())
    }

    /// A preview link that still works.
    pub async fn preview_token(&mut self, hash: &str, now: Timestamp) -> Result<Option<PreviewToken>> {
        let read = |row: &Row| {
            Ok(PreviewToken {
                article: row.id(0)?,
                revision: row.count(1)?,
                office: row.text(2)?.into(),
                created: row.time(3)?,
                expires: row.time(4)?,
            })
        };
        self.row(TOKEN, &args![hash, now]).await?.as_ref().map(read).transpose()
    }

    /// Forgets links that have stopped working; how many.
    pub async fn drop_preview_tokens(&mut self, now: Timestamp) -> Result<u64> {
        self.run(DROP_TOKENS, &args![now]).await
    }
}
