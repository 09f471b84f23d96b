//! Frozen editions that were handed over to the site: what readers find is these and no others.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    EditionStatus, EditionSummary, Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO edition_handover (edition_id, article, office, holder, at) VALUES ($1, $2, $3, $4, $5)";
    ONE = "SELECT edition_id, article, office, holder, at FROM edition_handover WHERE edition_id = $1";
    ALL = "SELECT edition_id FROM edition_handover ORDER BY edition_id";
}

/// That an edition was handed over to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRecord {
    /// The edition.
    pub edition: Uuid,
    /// The article that was begun of it; none where none was asked for.
    pub article: Option<Uuid>,
    /// By which office.
    pub office: OfficeId,
    /// By whom; empty for what was public before this was recorded.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Records that an edition was handed over; a conflict where it already was.
    pub async fn add_handover(&mut self, h: &HandoverRecord) -> Result<()> {
        let article = h.article.map(|id| id.to_string()).unwrap_or_default();
        self.run(ADD, &args![h.edition, article, h.office.as_str(), h.holder.as_str(), h.at]).await?;
        Ok(())
    }

    /// When and by whom an edition was handed over; none where it was not.
    pub async fn handover(&mut self, edition: Uuid) -> Result<Option<HandoverRecord>> {
        self.row(ONE, &args![edition]).await?.as_ref().map(handover).transpose()
    }

    /// The editions that were handed over.
    pub async fn handed_over(&mut self) -> Result<Vec<Uuid>> {
        self.rows(ALL, &args![]).await?.iter().map(|row| row.id(0)).collect()
    }

    /// A report's editions that the public may read, by number: frozen, and handed over.
    pub async fn public_editions(&mut self, report: &str) -> Result<Vec<EditionSummary>> {
        let public = self.handed_over().await?;
        let mut editions = self.editions(report).await?;
        editions.retain(|e| e.status == EditionStatus::Frozen && public.binary_search(&e.id).is_ok());
        Ok(editions)
    }
}

fn handover(row: &Row) -> Result<HandoverRecord> {
    Ok(HandoverRecord {
        edition: row.id(0)?,
        article: row.text(1)?.parse().ok(),
        office: row.text(2)?.into(),
        holder: row.text(3)?.to_owned(),
        at: row.time(4)?,
    })
}
