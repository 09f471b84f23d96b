//! What readers say: messages, kept for some days, and satisfaction as counts.

use jiff::SignedDuration;
use nhipcau_domain::{
    office::{Acting, Role},
    press,
    problem::Problem,
    text,
};
use nhipcau_store::site::{FeedbackRecord, RatingCount};
use uuid::Uuid;

use super::site::{settings_in, site_in};
use crate::{error::Result, workspace::Workspace};

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 5000;

/// Keeps a reader's message; its id. `contact` is what the reader chose to leave for an answer, nothing
/// else about the reader is kept.
pub async fn give_feedback(ws: &Workspace, path: &str, message: &str, contact: &str) -> Result<Uuid> {
    let message: String =
        text::nfc(message.trim()).chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let contact = text::tidy(contact);
    let length = message.chars().count();
    if length == 0 {
        return Err(Problem::new("feedback-empty").into());
    }
    if length > MESSAGE_MAX || contact.chars().count() > 200 {
        return Err(Problem::new("feedback-too-long")
            .with("found", length)
            .with("expected", MESSAGE_MAX)
            .into());
    }
    let at = ws.now();
    let path = if press::is_site_path(path) { path.to_owned() } else { String::new() };
    let contact: String = contact.chars().filter(|c| !c.is_control()).collect();
    let record = FeedbackRecord { id: ws.id(at), path, message, contact, at, handled: None };
    let mut tx = ws.store().write().await?;
    tx.add_feedback(&record).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// Counts how satisfied a reader is with a page, 1 to 5. Only a page that there is: an article or a page
/// by its address, everything else by the first part of it.
pub async fn rate(ws: &Workspace, path: &str, score: u32) -> Result<()> {
    if !(1..=5).contains(&score) {
        return Err(Problem::new("rating-score").into());
    }
    let unknown = || Problem::new("rating-page-unknown");
    let plain = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let mut parts = plain.split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let mut tx = ws.store().write().await?;
    let site = site_in(ws, &mut tx).await?;
    let kind = if first == "trang" { press::ArticleKind::Page } else { press::ArticleKind::Article };
    let rated = match second {
        Some(slug) if first == "trang" || site.column_by_slug(first).is_some() => {
            let held = tx.article_by_slug(kind, slug).await?.filter(|a| a.public_revision().is_some());
            held.map(|a| site.href(a.column.as_ref(), &a.slug)).ok_or_else(unknown)?
        }
        _ if first.is_empty() => "/".to_owned(),
        _ if press::RESERVED.contains(&first) || site.column_by_slug(first).is_some() => format!("/{first}"),
        _ => return Err(unknown().into()),
    };
    tx.add_rating(&rated, score).await?;
    Ok(tx.commit().await?)
}

/// The latest messages, the newest first.
pub async fn feedback(ws: &Workspace, acting: &Acting, limit: u32) -> Result<Vec<FeedbackRecord>> {
    acting.require(Role::Administrator, &[])?;
    Ok(ws.store().read().await?.feedback(limit).await?)
}

/// Notes that a message was dealt with.
pub async fn handle_feedback(ws: &Workspace, acting: &Acting, id: Uuid) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let mut tx = ws.store().write().await?;
    if !tx.handle_feedback(id, &acting.office, ws.now()).await? {
        return Err(Problem::new("feedback-handled").into());
    }
    Ok(tx.commit().await?)
}

/// Every page's scores.
pub async fn ratings(ws: &Workspace, acting: &Acting) -> Result<Vec<RatingCount>> {
    acting.require(Role::Editor, &[])?;
    Ok(ws.store().read().await?.ratings().await?)
}

/// Removes what has been kept long enough: messages after the days that the settings say, preview links
/// that have stopped working. How many messages. To be called once a day or more often.
pub async fn forget(ws: &Workspace) -> Result<u64> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let days = i64::from(settings_in(&mut tx).await?.feedback_days);
    let before = now.checked_sub(SignedDuration::from_hours(days * 24));
    let removed = match before {
        Ok(before) => tx.drop_feedback_before(before).await?,
        Err(_) => 0,
    };
    tx.drop_preview_tokens(now).await?;
    tx.commit().await?;
    Ok(removed)
}
