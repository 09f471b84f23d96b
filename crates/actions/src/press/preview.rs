//! Looking at a revision that is not out, by a link that stops working.

use jiff::SignedDuration;
use nhipcau_domain::{Timestamp, office::Acting, problem::Problem};
use nhipcau_store::site::{ArticleRecord, Content, PreviewToken, RenditionBytes, RevisionRecord};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    bind::{figure_uses, words},
    held::Held,
    resolve::{Resolved, shown_media},
    site::ColumnView,
    teaser::views,
};
use crate::{access::hex, error::Result, workspace::Workspace};

/// For how many hours a link may work at most.
pub const PREVIEW_HOURS_MAX: u32 = 14 * 24;

/// A revision as it would look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The article.
    pub article: ArticleRecord,
    /// The revision.
    pub revision: RevisionRecord,
    /// The columns that it is in, the outermost first.
    pub trail: Vec<ColumnView>,
    /// What its body refers to, figures as they would be bound now.
    pub resolved: Resolved,
}

/// A link that was made. Its token is shown this once; only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLink {
    /// What its address has at its end.
    pub token: String,
    /// The revision that it shows.
    pub revision: u32,
    /// When it stops working.
    pub expires: Timestamp,
}

impl PreviewLink {
    /// Its address on the site.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/xem-truoc/{}", self.token)
    }
}

/// Makes a link to the newest revision. `random` is the caller's.
///
/// # Errors
/// `preview-hours`; `article-unknown`; that the office may not write it.
pub async fn preview_link(
    ws: &Workspace,
    acting: &Acting,
    article: Uuid,
    hours: u32,
    random: &[u8; 16],
) -> Result<PreviewLink> {
    let at = ws.now();
    if hours == 0 || hours > PREVIEW_HOURS_MAX {
        return Err(Problem::new("preview-hours").with("expected", PREVIEW_HOURS_MAX).into());
    }
    let mut tx = ws.store().write().await?;
    let held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    let later = at.checked_add(SignedDuration::from_hours(hours.into()));
    let token = hex(random);
    let link = PreviewToken {
        article,
        revision: held.article.last_revision,
        office: acting.office.clone(),
        created: at,
        expires: later.map_err(|_| Problem::new("clock-out-of-range"))?,
    };
    tx.add_preview_token(&hash(&token), &link).await?;
    tx.commit().await?;
    Ok(PreviewLink { token, revision: link.revision, expires: link.expires })
}

/// What a link shows, while it works.
pub async fn preview(ws: &Workspace, token: &str) -> Result<Option<Preview>> {
    let mut tx = ws.store().read().await?;
    let Some(link) = tx.preview_token(&hash(token), ws.now()).await? else { return Ok(None) };
    let held = Held::open(ws, &mut tx, link.article).await?;
    let Some(revision) = tx.article_revision(link.article, link.revision).await? else { return Ok(None) };
    drop(tx);
    let mut resolved = resolve(ws, &held.article, &revision.content).await?;
    resolved.base = format!("/xem-truoc/{token}/tep");
    let trail = held.article.column.as_ref().map(|c| held.site.trail(c).into_iter().cloned().collect());
    Ok(Some(Preview { article: held.article, revision, trail: trail.unwrap_or_default(), resolved }))
}

/// A picture or an attachment of a revision that a link shows.
pub async fn preview_media(
    ws: &Workspace,
    token: &str,
    id: Uuid,
    name: &str,
) -> Result<Option<RenditionBytes>> {
    let mut tx = ws.store().read().await?;
    let Some(link) = tx.preview_token(&hash(token), ws.now()).await? else { return Ok(None) };
    let Some(revision) = tx.article_revision(link.article, link.revision).await? else { return Ok(None) };
    if !shown_media(&revision.content).contains(&id) {
        return Ok(None);
    }
    Ok(tx.rendition(id, name).await?)
}

/// What a text refers to as it is being written: figures as they would be bound now. A figure that cannot
/// be said, or a campaign that is not set up, leaves its figures unknown.
pub async fn resolve(ws: &Workspace, article: &ArticleRecord, content: &Content) -> Result<Resolved> {
    let figures = match words(ws, &figure_uses(&content.body), content.period.as_ref(), article.lang).await {
        Err(crate::ActionError::Refused(_)) => Vec::new(),
        other => other?,
    };
    let mut tx = ws.store().read().await?;
    let media = views(&mut tx, &shown_media(content)).await?;
    Ok(Resolved { figures, media, base: "/lam-viec/tep".to_owned(), ..Resolved::default() })
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
