//! The package: what docx-rs has no word for is added, and the zip holds no clock.

use std::{
    fmt::Write as _,
    io::{Cursor, Read, Write as _},
};

use docx_rs::Docx;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{DocumentError, escape::escape, front::Front};

/// A row that heads its table on every page: docx-rs cannot say so, so `body` gives it, and nothing
/// else, a height of 1.
const HEAD_MARK: (&str, &str) = ("<w:trHeight w:val=\"1\" w:hRule=\"atLeast\" />", "<w:tblHeader />");
/// The name that docx-rs gives every picture.
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
const RUN_DEFAULTS: &str = "</w:rPr></w:rPrDefault>";

/// The package's bytes. `charts` says what each picture shows, in order.
pub(super) fn pack(paper: Docx, front: &Front, charts: &[String]) -> Result<Vec<u8>, DocumentError> {
    let mut parts = paper.build();
    parts.doc_props.core = core(front).into_bytes();
    let document = String::from_utf8_lossy(&parts.document).replace(HEAD_MARK.0, HEAD_MARK.1);
    parts.document = described(&document, charts).into_bytes();
    let language = if front.language().starts_with("en") { "en-GB" } else { "vi-VN" };
    let spoken = format!("<w:lang w:val=\"{language}\" w:eastAsia=\"{language}\" />{RUN_DEFAULTS}");
    parts.styles = String::from_utf8_lossy(&parts.styles).replace(RUN_DEFAULTS, &spoken).into_bytes();
    let mut stored = Cursor::new(Vec::new());
    parts.pack(&mut stored).map_err(|e| DocumentError::Docx(e.to_string()))?;
    compress(stored).map_err(|e| DocumentError::Docx(e.to_string()))
}

/// Gives each picture a number and its words, for who cannot see it.
fn described(document: &str, charts: &[String]) -> String {
    let mut pieces = document.split(PICTURE);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (i, piece) in pieces.enumerate() {
        let words = charts.get(i).map(|c| escape(c)).unwrap_or_default();
        let id = i + 1;
        // Writing to a String cannot fail.
        let _ = write!(out, "<wp:docPr id=\"{id}\" name=\"Chart {id}\" descr=\"{words}\" />{piece}");
    }
    out
}

/// Title, author and dates; the only date is the document's.
fn core(front: &Front) -> String {
    let day = front.date.map_or_else(|| "1970-01-01".to_owned(), |d| d.to_string());
    let (title, author) = (escape(&front.title()), escape(&front.issuer.name));
    let (subject, language) = (escape(&front.subject), escape(front.language()));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>\
         <cp:lastModifiedBy>{author}</cp:lastModifiedBy><dc:language>{language}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified>\
         </cp:coreProperties>"
    )
}

/// The same parts, compressed, in the same order, with no time but the format's first.
fn compress(stored: Cursor<Vec<u8>>) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut from = ZipArchive::new(stored)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for i in 0..from.len() {
        let mut part = from.by_index(i)?;
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        to.start_file(part.name()?, options)?;
        to.write_all(&bytes)?;
    }
    Ok(to.finish()?.into_inner())
}
