//! Requests that carry a key of their own: asked again, they are answered the same and do nothing twice.

use nhipcau_store::{ApiAnswer, StoreError};
use uuid::Uuid;

use crate::{ActionError, error::Result, workspace::Workspace};

/// For how long an answer is kept, in seconds.
const KEPT: i64 = 24 * 3600;
/// After how many seconds an answer that never came is given up: the process that made it is gone.
const GIVEN_UP: i64 = 300;
/// The status that is kept of a request of which nobody knows what became; no answer has it.
const LOST: u32 = 1;

/// What there is to do about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// It is new: it is to be answered, and [`keep`], [`forget`] or [`lose`] to be called.
    New,
    /// It was answered so.
    Answered {
        /// The answer's status.
        status: u32,
        /// Its body.
        body: Vec<u8>,
    },
    /// It is being answered right now.
    UnderWay,
    /// Nobody knows whether it was done: it is not done again.
    Lost,
    /// Something else was asked with the same key.
    Other,
}

/// Begins to answer a request: a token's, by its key and the hash of what it asks.
///
/// # Errors
/// Where the store fails.
pub async fn begin(ws: &Workspace, token: Uuid, key: &str, asked: &str) -> Result<Begun> {
    match begin_once(ws, token, key, asked).await {
        // Another one was a moment faster.
        Err(ActionError::Store(StoreError::Conflict { .. } | StoreError::Busy)) => Ok(Begun::UnderWay),
        other => other,
    }
}

async fn begin_once(ws: &Workspace, token: Uuid, key: &str, asked: &str) -> Result<Begun> {
    let now = ws.now();
    let before = |seconds| now.checked_sub(jiff::SignedDuration::from_secs(seconds)).unwrap_or(now);
    let mut tx = ws.store().write().await?;
    tx.sweep_api_answers(before(KEPT)).await?;
    match tx.api_answer(token, key).await? {
        Some(ApiAnswer { asked: other, .. }) if other != asked => return Ok(Begun::Other),
        Some(ApiAnswer { status: LOST, .. }) => return Ok(Begun::Lost),
        Some(ApiAnswer { status, body, .. }) if status > 0 => return Ok(Begun::Answered { status, body }),
        Some(ApiAnswer { at, .. }) if at > before(GIVEN_UP) => return Ok(Begun::UnderWay),
        // What it asked for is done in a transaction of its own: it may be on record without its answer.
        Some(_) => return Ok(Begun::Lost),
        None => {}
    }
    tx.begin_api_answer(token, key, asked, now).await?;
    tx.commit().await?;
    Ok(Begun::New)
}

/// Keeps an answer.
///
/// # Errors
/// Where the store fails.
pub async fn keep(ws: &Workspace, token: Uuid, key: &str, status: u32, body: &[u8]) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.keep_api_answer(token, key, status, body).await?;
    Ok(tx.commit().await?)
}

/// Keeps that nobody knows whether a request was done: it failed on the way.
///
/// # Errors
/// Where the store fails.
pub async fn lose(ws: &Workspace, token: Uuid, key: &str) -> Result<()> {
    keep(ws, token, key, LOST, &[]).await
}

/// Forgets a request that came to nothing: it may be sent again, mended.
///
/// # Errors
/// Where the store fails.
pub async fn forget(ws: &Workspace, token: Uuid, key: &str) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.forget_api_answer(token, key).await?;
    Ok(tx.commit().await?)
}
