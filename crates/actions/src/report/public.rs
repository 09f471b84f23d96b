//! Editions that were handed over to readers, for whoever asks: their figures and evidence as they were
//! protected when they were frozen.

use nhipcau_documents::annex::Annex;
use nhipcau_domain::{Timestamp, problem::Problem};
use nhipcau_store::{DocumentSummary, EditionSummary};

use super::{FORMATS, edition};
use crate::{error::Result, workspace::Workspace};

/// An edition that is out.
#[derive(Debug, Clone)]
pub struct OutEdition {
    /// Which.
    pub summary: EditionSummary,
    /// Its title.
    pub title: String,
    /// When it was frozen.
    pub frozen: Timestamp,
    /// The number of the last edition that corrects it, if one does.
    pub corrected_by: Option<u32>,
    /// The evidence, as the public may read it.
    pub annex: Annex,
    /// Its documents, those that are not for offices only.
    pub documents: Vec<DocumentSummary>,
}

/// Every edition that is out: by report, the oldest first.
///
/// # Errors
/// Where the store fails.
pub async fn out(ws: &Workspace) -> Result<Vec<EditionSummary>> {
    let mut tx = ws.store().read().await?;
    let mut found = Vec::new();
    for report in tx.reports().await? {
        found.extend(tx.public_editions(&report).await?);
    }
    Ok(found)
}

/// An edition that is out, with its evidence.
///
/// # Errors
/// `edition-unknown` where there is none of that number, or it is not out.
pub async fn out_edition(ws: &Workspace, report: &str, number: u32) -> Result<OutEdition> {
    let mut tx = ws.store().read().await?;
    let unknown = || Problem::new("edition-unknown").with("report", report).with("number", number);
    let all = tx.public_editions(report).await?;
    all.iter().find(|e| e.number == number).ok_or_else(unknown)?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    let acts = tx.edition_acts(found.record.id).await?;
    let frozen = acts.iter().rfind(|a| a.act == "frozen").map_or(found.record.at, |a| a.at);
    let mut documents = tx.documents(found.record.id).await?;
    documents.retain(|d| FORMATS.iter().any(|(name, _, _, inside)| *name == d.format && !inside));
    Ok(OutEdition {
        title: found.body.document.front.title(),
        frozen,
        corrected_by: all.iter().map(|e| e.number).max().filter(|last| *last > number),
        annex: found.body.annex,
        documents,
        summary: found.record.summary,
    })
}
