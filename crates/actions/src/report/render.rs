//! From an edition's body to bytes, off the event loop.

use nhipcau_documents::{annex, docx, html, html::Pieces, model::Reference, pdf};

use super::Body;
use crate::error::{ActionError, Result};

/// The formats of an edition: name, media type, file name's ending, and whether it is only for reviewers.
pub const FORMATS: [(&str, &str, &str, bool); 5] = [
    ("pdf", "application/pdf", ".pdf", false),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", false),
    ("html", "text/html; charset=utf-8", ".html", false),
    ("annex", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "-phu-luc.xlsx", false),
    (
        "annex-raw",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "-phu-luc-noi-bo.xlsx",
        true,
    ),
];

/// A document's bytes.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The format's name, one of [`FORMATS`].
    pub format: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Renders every format. The same body gives the same bytes.
pub async fn render(body: Body) -> Result<Vec<Rendered>> {
    tokio::task::spawn_blocking(move || all(&body)).await.map_err(|_| ActionError::Worker)?
}

/// An edition as a fragment of a page, before it is frozen or after.
#[must_use]
pub fn page(body: &Body) -> String {
    let period = body.figures.first().map(|f| f.period.to_string()).unwrap_or_default();
    html(&body.document, &|to| Some(address(to, &period)))
}

/// The same in pieces: what stands above, each passage, what stands below.
#[must_use]
pub fn page_pieces(body: &Body) -> Pieces {
    let period = body.figures.first().map(|f| f.period.to_string()).unwrap_or_default();
    nhipcau_documents::html::pieces(&body.document, &|to| Some(address(to, &period)))
}

fn all(body: &Body) -> Result<Vec<Rendered>> {
    let period = body.figures.first().map(|f| f.period.to_string()).unwrap_or_default();
    let mut out = Vec::with_capacity(FORMATS.len());
    for (format, media_type, _, _) in FORMATS {
        let bytes = match format {
            "pdf" => pdf(&body.document)?,
            "docx" => docx(&body.document)?,
            "html" => html(&body.document, &|to| Some(address(to, &period))).into_bytes(),
            "annex" => annex(&body.annex)?,
            _ => annex(&body.annex_raw)?,
        };
        out.push(Rendered { format, media_type, bytes });
    }
    Ok(out)
}

/// Where a reader goes on from a number or a unit: the portal's addresses.
fn address(to: &Reference, period: &str) -> String {
    match to {
        Reference::Figure { key } => format!("/chi-so/{key}?ky={period}"),
        Reference::FigureAt { key, unit } => format!("/chi-so/{key}?ky={period}&don-vi={unit}"),
        Reference::Unit { unit } => format!("/don-vi/{unit}"),
    }
}
