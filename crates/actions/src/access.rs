//! A reviewer's way in to raw counts: a token that works once, a session after it, and a record of
//! every raw page that was looked at. Only hashes are stored.

use nhipcau_domain::{Timestamp, id::OfficeId, problem::Problem};
use sha2::{Digest, Sha256};

use crate::{error::Result, workspace::Workspace};

/// How long a token and the session that it opens are good for.
const HOURS: i64 = 12;
/// After how many seconds a look that goes on is put on record anew.
const ANEW: i64 = 3600;

/// Issues a reviewer's token that works once within 12 hours. `random` is the caller's.
pub async fn issue_token(ws: &Workspace, random: &[u8; 16]) -> Result<String> {
    let token = hex(random);
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    tx.add_reviewer_token(&hash(&token), now, later(now)?).await?;
    tx.commit().await?;
    Ok(token)
}

/// Opens a session with a token that was not used; false if it was, or is none of ours, or too old.
/// The session's secret is the caller's.
pub async fn open_session(ws: &Workspace, token: &str, session: &str) -> Result<bool> {
    let mut tx = ws.store().write().await?;
    let opened = tx.use_reviewer_token(&hash(token), &hash(session), ws.now()).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Whether a session is open.
pub async fn is_reviewer(ws: &Workspace, session: &str) -> Result<bool> {
    let mut tx = ws.store().read().await?;
    Ok(tx.reviewer_session(&hash(session), ws.now()).await?)
}

/// Puts on record that raw counts were looked at: which page, in which session.
pub async fn log_raw_view(ws: &Workspace, what: &str, session: &str) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    tx.log_raw_view(ws.id(at), at, what, &hash(session)).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts on record that an office looked at raw counts at the desk: which page, which office.
pub async fn log_office_view(ws: &Workspace, what: &str, office: &OfficeId) -> Result<()> {
    log_office_views(ws, &[what.to_owned()], office).await
}

/// The same for an answer that shows several.
pub async fn log_office_views(ws: &Workspace, pages: &[String], office: &OfficeId) -> Result<()> {
    if pages.is_empty() {
        return Ok(());
    }
    let (at, by) = (ws.now(), by_office(office));
    let mut tx = ws.store().write().await?;
    for what in pages {
        tx.log_raw_view(ws.id(at), at, what, &by).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The same for what a page asks for again and again by itself: on record once an hour.
pub async fn log_office_view_anew(ws: &Workspace, what: &str, office: &OfficeId) -> Result<()> {
    let now = ws.now();
    let since = now.checked_sub(jiff::SignedDuration::from_secs(ANEW)).unwrap_or(Timestamp::MIN);
    let known = ws.store().read().await?.raw_view_since(what, &by_office(office), since).await?;
    if known { Ok(()) } else { log_office_view(ws, what, office).await }
}

/// An office as the record of looks names it.
fn by_office(office: &OfficeId) -> String {
    format!("office:{office}")
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{b:02x}");
        text
    })
}

fn later(now: Timestamp) -> Result<Timestamp> {
    let later = now.checked_add(jiff::Span::new().hours(HOURS));
    later.map_err(|_| Problem::new("clock-out-of-range").into())
}
