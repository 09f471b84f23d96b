//! An article that is about to be changed, with the columns above it; who may; who is editing it.

use std::sync::Arc;

use jiff::SignedDuration;
use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    office::{Acting, Role},
    press::{self, ArticleKind},
    problem::Problem,
};
use nhipcau_store::{
    Tx,
    site::{ArticleLock, ArticleRecord, RedirectRecord, SiteEvent},
};
use serde_json::json;
use uuid::Uuid;

use super::site::{Site, site_in};
use crate::{
    error::{Result, again_if_busy},
    search,
    workspace::Workspace,
};

/// How long a lock holds that is not renewed.
const LOCK: SignedDuration = SignedDuration::from_mins(10);

/// An article with the columns above it.
pub(super) struct Held {
    pub site: Arc<Site>,
    pub article: ArticleRecord,
    /// Its column with those above it; empty for a page.
    pub path: Vec<ColumnId>,
}

impl Held {
    pub async fn open(ws: &Workspace, tx: &mut Tx, id: Uuid) -> Result<Self> {
        let article = tx.article(id).await?.ok_or_else(|| Problem::new("article-unknown"))?;
        let site = site_in(ws, tx).await?;
        let path = article.column.as_ref().map(|c| site.path(c)).unwrap_or_default();
        Ok(Self { site, article, path })
    }

    /// A writer changes what its own office began; an editor what others did.
    pub fn may_write(&self, acting: &Acting) -> std::result::Result<(), Problem> {
        acting.require(Role::Writer, &self.path)?;
        if self.article.office == acting.office {
            return Ok(());
        }
        acting
            .require(Role::Editor, &self.path)
            .map_err(|_| Problem::new("article-of-another-office").with("office", &self.article.office))
    }

    pub fn href(&self) -> String {
        self.site.href(self.article.column.as_ref(), &self.article.slug)
    }

    /// Renews the lock, or takes it where nobody has it; whether it changed.
    pub fn renew_lock(&mut self, acting: &Acting, holder: &str, at: Timestamp) -> bool {
        let theirs = self.article.lock.as_ref().filter(|l| !is_of(l, acting, holder) && l.until > at);
        if theirs.is_some() {
            return false;
        }
        let since = self.article.lock.as_ref().filter(|l| l.until > at).map_or(at, |l| l.since);
        let until = at.saturating_add(LOCK).unwrap_or(at);
        let (office, holder) = (acting.office.clone(), holder.to_owned());
        self.article.lock = Some(ArticleLock { office, holder, since, until });
        true
    }
}

fn is_of(lock: &ArticleLock, acting: &Acting, holder: &str) -> bool {
    lock.office == acting.office && lock.holder == holder
}

/// Whether one may go on writing without being in another's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locked {
    /// Yes: the lock is the asker's.
    Mine(ArticleLock),
    /// Somebody else is editing, since and until when; asking to take over makes it the asker's.
    Theirs(ArticleLock),
}

/// Says that one is editing an article; it ends by itself after ten minutes without autosave.
pub async fn lock(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    take_over: bool,
) -> Result<Locked> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    if take_over {
        held.article.lock = held.article.lock.filter(|l| is_of(l, acting, holder));
    }
    let mine = held.renew_lock(acting, holder, at);
    let Some(lock) = held.article.lock.clone() else { return Err(Problem::new("article-unknown").into()) };
    if !mine {
        return Ok(Locked::Theirs(lock));
    }
    tx.change_article(&held.article).await?;
    tx.commit().await?;
    Ok(Locked::Mine(lock))
}

/// Says that one is not editing any more; another's lock stays.
pub async fn unlock(ws: &Workspace, acting: &Acting, holder: &str, article: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    if held.article.lock.as_ref().is_some_and(|l| is_of(l, acting, holder)) {
        held.article.lock = None;
        tx.change_article(&held.article).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Gives an article another part of the address, another column, or both at once. If it has been out, its old
/// address leads to the new one.
pub async fn place_article(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    slug: Option<&str>,
    column: Option<&ColumnId>,
) -> Result<()> {
    if let Some(slug) = slug.filter(|slug| !press::is_slug(slug)) {
        let problem = Problem::new("slug-invalid").with("slug", slug);
        return Err(problem.with("expected", press::slug(slug)).into());
    }
    again_if_busy!(place_once(ws, acting, holder, article, slug, column))
}

/// Gives an article another part of the address.
pub async fn set_slug(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    slug: &str,
) -> Result<()> {
    place_article(ws, acting, holder, article, Some(slug), None).await
}

/// Moves an article to another column.
pub async fn move_article(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    column: &ColumnId,
) -> Result<()> {
    place_article(ws, acting, holder, article, None, Some(column)).await
}

async fn place_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    slug: Option<&str>,
    column: Option<&ColumnId>,
) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    let was_out = held.article.published_at.is_some();
    // An address that readers know is the publisher's to change.
    if was_out {
        acting.require(Role::Publisher, &held.path)?;
    }
    let before = held.href();
    if let Some(slug) = slug {
        let other = tx.article_by_slug(held.article.kind, slug).await?;
        if other.is_some_and(|o| o.id != article) {
            return Err(Problem::new("slug-taken").with("slug", slug).into());
        }
        slug.clone_into(&mut held.article.slug);
        held.article.slug_by_hand = true;
    }
    if let Some(column) = column {
        if held.article.kind == ArticleKind::Page {
            return Err(Problem::new("article-needs-column").into());
        }
        if held.site.column(column).is_none() {
            return Err(Problem::new("column-unknown").with("column", column.as_str()).into());
        }
        let needed = if was_out { Role::Publisher } else { Role::Writer };
        acting.require(needed, &held.site.path(column))?;
        held.article.column = Some(column.clone());
    }
    let after = held.href();
    if after == before {
        return Ok(());
    }
    held.article.changed_at = at;
    tx.change_article(&held.article).await?;
    let body = json!({ "article": article, "from": before, "to": after });
    event(ws, &mut tx, acting, holder, "article-moved", &body, at).await?;
    if let Some(item) = search::article_out(&mut tx, article).await? {
        search::put(&mut tx, &item).await?;
    }
    if was_out {
        lead_on(&mut tx, acting, &before, &after, at).await?;
        ws.commit_public(tx).await
    } else {
        Ok(tx.commit().await?)
    }
}

/// Leads an old address, and all that led to it, to a new one: never in a circle, always in one step.
pub(super) async fn lead_on(tx: &mut Tx, acting: &Acting, from: &str, to: &str, at: Timestamp) -> Result<()> {
    tx.drop_redirect(to).await?;
    tx.retarget_redirects(from, to).await?;
    let redirect = RedirectRecord {
        path: from.to_owned(),
        target: to.to_owned(),
        source: "slug".to_owned(),
        office: acting.office.clone(),
        at,
    };
    tx.put_redirect(&redirect).await?;
    Ok(())
}

/// Puts a change of the set-up on record.
pub(super) async fn event(
    ws: &Workspace,
    tx: &mut Tx,
    acting: &Acting,
    holder: &str,
    what: &str,
    body: &serde_json::Value,
    at: Timestamp,
) -> Result<()> {
    let event = SiteEvent {
        id: ws.id(at),
        what: what.to_owned(),
        body: body.to_string(),
        office: acting.office.clone(),
        holder: holder.to_owned(),
        at,
    };
    Ok(tx.append_site_event(&event).await?)
}
