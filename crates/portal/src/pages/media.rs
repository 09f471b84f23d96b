//! Pictures in their sizes, and attachments: only what an article that is out shows.

use axum::{
    extract::{Path, State},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use nhipcau_actions::press;
use uuid::Uuid;

use crate::{failure::Failure, routes, state::PortalState};

/// An id never has other bytes: a changed picture is another one.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Whatever a file holds, opened by itself it can do nothing.
const LOCKED_UP: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

/// Gives a file.
pub async fn show(
    State(state): State<PortalState>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: Uuid = id.parse().map_err(|_| Failure::NotFound)?;
    let found = press::media(&state.workspace, id, &name).await?.ok_or(Failure::NotFound)?;
    let media_type = HeaderValue::from_str(&found.media_type).map_err(|_| Failure::Internal)?;
    let shown = if found.media_type.starts_with("image/") { "inline" } else { "attachment" };
    let disposition = format!("{shown}; filename*=UTF-8''{}", routes::encode(&name));
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Failure::Internal)?;
    let headers = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, HeaderValue::from_static(FOR_GOOD)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(LOCKED_UP)),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, found.bytes).into_response())
}
