//! An edition of a report, as it was frozen; whether it was corrected stands at its top.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_actions::report::FORMATS;
use nhipcau_domain::Date;
use uuid::Uuid;

use crate::{
    failure::Failure,
    page::{Page, Section},
    pages::reports,
    reader::Reader,
    reading::{Reading, html},
    routes,
    state::PortalState,
    views::EditionLine,
};

/// An edition's page.
#[derive(Debug, Clone, Template)]
#[template(path = "edition.html")]
pub struct Edition {
    /// What every page carries.
    pub page: Page,
    /// The report's title.
    pub title: String,
    /// The edition's number.
    pub number: u32,
    /// The day it was frozen.
    pub frozen: Date,
    /// The later edition that corrects it.
    pub corrected_by: Option<EditionLine>,
    /// The earlier edition that it corrects.
    pub corrects: Option<EditionLine>,
    /// Its documents.
    pub downloads: Vec<Download>,
    /// The report's HTML, as it was frozen: rendered and escaped by `nhipcau_documents`.
    pub body: String,
}

/// A file to take away.
#[derive(Debug, Clone)]
pub struct Download {
    /// What it is.
    pub label: String,
    /// Its size, in words.
    pub size: String,
    /// Its address.
    pub href: String,
}

/// Shows the latest edition of a report that was handed over.
pub async fn latest(
    State(state): State<PortalState>,
    reader: Reader,
    Path(report): Path<String>,
) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let latest = reading.tx.public_editions(&report).await?.pop().ok_or(Failure::NotFound)?;
    page_of(reading, &report, latest.number).await
}

/// Shows one frozen edition.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path((report, number)): Path<(String, String)>,
) -> Result<Html<String>, Failure> {
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    page_of(Reading::begin(state, reader).await?, &report, number).await
}

async fn page_of(mut reading: Reading, report: &str, number: u32) -> Result<Html<String>, Failure> {
    let page = reading.page(Section::Reports);
    let editions = reports::lines(&mut reading, &page, report).await?;
    let at = editions.iter().position(|e| e.number == number).ok_or(Failure::NotFound)?;
    let this = &editions[at];
    let record = reading.tx.edition(report, number).await?.ok_or(Failure::NotFound)?;
    let body = match reading.tx.document(record.id, "html").await? {
        Some(document) => String::from_utf8_lossy(&document.bytes).into_owned(),
        None => String::new(),
    };
    let downloads = downloads(&mut reading, &page, record.id, report, number).await?;
    html(&Edition {
        title: this.title.clone(),
        number,
        frozen: this.frozen,
        // The last word, not only the next one.
        corrected_by: editions.last().filter(|e| e.number > number).cloned(),
        corrects: at.checked_sub(1).and_then(|before| editions.get(before)).cloned(),
        downloads,
        body,
        page,
    })
}

async fn downloads(
    reading: &mut Reading,
    page: &Page,
    edition: Uuid,
    report: &str,
    number: u32,
) -> Result<Vec<Download>, Failure> {
    let size = |bytes: u64| {
        page.say1("portal-file-size", "size", i64::try_from(bytes.div_ceil(1024)).unwrap_or(i64::MAX))
    };
    let mut found = Vec::new();
    let kept = reading.tx.documents(edition).await?;
    for (format, label) in [
        ("pdf", "portal-file-pdf"),
        ("docx", "portal-file-docx"),
        ("annex", "portal-file-annex"),
        ("annex-raw", "portal-file-annex-raw"),
    ] {
        let for_reviewers = FORMATS.iter().any(|(name, _, _, reviewers)| *name == format && *reviewers);
        if let Some(file) = kept.iter().find(|d| d.format == format)
            && (!for_reviewers || page.reviewer)
        {
            let href = routes::document(report, number, format);
            found.push(Download { label: page.t(label), size: size(file.size), href });
        }
    }
    for file in reading.tx.attachments(edition).await? {
        let href = routes::signed_copy(report, number, &file.id.to_string());
        found.push(Download { label: page.t("portal-file-signed"), size: size(file.size), href });
    }
    Ok(found)
}
