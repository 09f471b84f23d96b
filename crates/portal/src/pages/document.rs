//! An edition's files, byte for byte as they were kept.

use axum::{
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};
use nhipcau_actions::report::FORMATS;
use uuid::Uuid;

use crate::{failure::Failure, reader::Reader, reading::Reading, routes, state::PortalState};

/// Hands out a document of a frozen edition.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path((report, number, format)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    let (_, _, ending, reviewers) = FORMATS.iter().find(|f| f.0 == format).ok_or(Failure::NotFound)?;
    if *reviewers && !reader.is_reviewer() {
        return Err(Failure::NotFound);
    }
    let mut reading = Reading::begin(state, reader).await?;
    let edition = public(&mut reading, &report, number).await?;
    let document = reading.tx.document(edition, &format).await?.ok_or(Failure::NotFound)?;
    let name = format!("{report}-{number}{ending}");
    Ok(file(&headers, &document.media_type, &document.sha256, &name, document.bytes))
}

/// Hands out the scan of an edition's signed copy.
pub async fn signed_copy(
    State(state): State<PortalState>,
    reader: Reader,
    Path((report, number, attachment)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    let id: Uuid = attachment.parse().map_err(|_| Failure::NotFound)?;
    let mut reading = Reading::begin(state, reader).await?;
    let edition = public(&mut reading, &report, number).await?;
    let found =
        reading.tx.attachment(id).await?.filter(|a| a.edition_id == edition).ok_or(Failure::NotFound)?;
    Ok(file(&headers, &found.media_type, &found.sha256, &found.name, found.bytes))
}

/// An edition that readers have.
async fn public(reading: &mut Reading, report: &str, number: u32) -> Result<Uuid, Failure> {
    let editions = reading.tx.public_editions(report).await?;
    Ok(editions.into_iter().find(|e| e.number == number).ok_or(Failure::NotFound)?.id)
}

/// Bytes under their hash, to be saved under a name.
fn file(asked: &HeaderMap, media_type: &str, sha256: &str, name: &str, bytes: Vec<u8>) -> Response {
    let etag = format!("\"{sha256}\"");
    let known = asked.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let mut response =
        if known.is_some_and(|k| k.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            bytes.into_response()
        };
    // The plain name for old browsers, the true one for the others (RFC 6266).
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", routes::encode(name));
    for (header, value) in
        [(CONTENT_TYPE, media_type.to_owned()), (ETAG, etag), (CONTENT_DISPOSITION, disposition)]
    {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(header, value);
        }
    }
    response
}
