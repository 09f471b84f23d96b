//! What the public reads: no office acts here, and nothing is given out that is not out.

use std::{collections::HashMap, sync::Arc};

use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    press::{ArticleKind, ArticleStatus, ContentLang},
};
use nhipcau_store::{
    Tx,
    site::{ArticleLine, ArticleRecord, BoundFigure, Content, RenditionBytes},
};
use uuid::Uuid;

use super::{
    resolve::{Resolved, shown_media},
    site::{ColumnView, Site, site_in},
    teaser::{MediaView, Teaser, teaser, teasers, views},
};
use crate::{error::Result, workspace::Workspace};

/// How many articles a column's page lists.
pub const PAGE_SIZE: u32 = 20;

/// How many articles the front page has of each column.
const FRONT_EACH: u32 = 5;

/// How many articles stand first on the front page.
const FRONT_FIRST: u32 = 6;

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// What stands first: what the administrators chose, then the newest.
    pub first: Vec<Teaser>,
    /// The newest of each outermost column that is not hidden and has any, with those under it.
    pub columns: Vec<(ColumnView, Vec<Teaser>)>,
}

/// A column's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPage {
    /// The column.
    pub column: ColumnView,
    /// The columns above it, the outermost first, itself last.
    pub trail: Vec<ColumnView>,
    /// The columns right under it that are not hidden.
    pub children: Vec<ColumnView>,
    /// The articles of this page, of the column and those under it, the newest first.
    pub articles: Vec<Teaser>,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are; at least 1.
    pub pages: u32,
    /// How many articles there are.
    pub total: u32,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An article or a page.
    Article(Box<ArticlePage>),
    /// Its address is another now.
    Moved(String),
    /// It was there, and is not any more.
    Gone(Gone),
    /// Nothing, and nothing that anyone may know of.
    Missing,
}

/// That an article is not out any more. Why it was withdrawn is the offices' own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// Whether its time was over; if not, it was withdrawn.
    pub expired: bool,
    /// Since when.
    pub since: Timestamp,
}

/// Another language of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Its language.
    pub lang: ContentLang,
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
}

/// An article or page as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticlePage {
    /// What lists show of it.
    pub teaser: Teaser,
    /// Which revision it is.
    pub revision: u32,
    /// What it says.
    pub content: Content,
    /// The columns that it is in, the outermost first.
    pub trail: Vec<ColumnView>,
    /// What its body refers to: give it to [`nhipcau_writing::render`].
    pub resolved: Resolved,
    /// Its other languages.
    pub translations: Vec<Translation>,
    /// Of a translation: the original, if it is out.
    pub original: Option<Translation>,
    /// Whether the original has gone out anew since it was translated.
    pub older_than_original: bool,
    /// Articles that belong to it.
    pub related: Vec<Teaser>,
    /// The one before it in its column.
    pub previous: Option<Teaser>,
    /// The one after it.
    pub next: Option<Teaser>,
}

impl ArticlePage {
    /// Its bound figures, as they were worded when it went out.
    #[must_use]
    pub fn figures(&self) -> &[BoundFigure] {
        &self.resolved.figures
    }
}

/// An address for the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// The address.
    pub href: String,
    /// Its language.
    pub lang: ContentLang,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: ArticleKind,
    /// The original that it translates, or itself: entries of one family are each other's languages.
    pub family: Uuid,
    /// When it went out first.
    pub published_at: Timestamp,
    /// When it last changed for readers.
    pub changed_at: Timestamp,
}

/// The front page.
pub async fn front(ws: &Workspace, lang: ContentLang) -> Result<Front> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let chosen = tx.lines(&site.settings.front).await?;
    let mut first: Vec<ArticleLine> =
        site.settings.front.iter().filter_map(|id| chosen.iter().find(|l| l.id == *id).cloned()).collect();
    for line in tx.newest(lang, FRONT_FIRST, 0).await? {
        if first.len() < FRONT_FIRST as usize && !first.iter().any(|f| f.family == line.family) {
            first.push(line);
        }
    }
    let mut columns = Vec::new();
    for column in site.children(None).filter(|c| !c.hidden) {
        let lines = tx.newest_in(&site.under(&column.id), lang, FRONT_EACH, 0).await?;
        if !lines.is_empty() {
            columns.push((column.clone(), teasers(&mut tx, &site, lines).await?));
        }
    }
    Ok(Front { first: teasers(&mut tx, &site, first).await?, columns })
}

/// A column's page by its slug, pages from 1; none where there is no such column or page.
pub async fn column_page(
    ws: &Workspace,
    slug: &str,
    page: u32,
    lang: ContentLang,
) -> Result<Option<ColumnPage>> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let Some(column) = site.column_by_slug(slug) else { return Ok(None) };
    let under = site.under(&column.id);
    let total = tx.count_in(&under, lang).await?;
    let pages = total.div_ceil(PAGE_SIZE).max(1);
    if page == 0 || page > pages {
        return Ok(None);
    }
    let lines = tx.newest_in(&under, lang, PAGE_SIZE, (page - 1) * PAGE_SIZE).await?;
    Ok(Some(ColumnPage {
        column: column.clone(),
        trail: site.trail(&column.id).into_iter().cloned().collect(),
        children: site.children(Some(&column.id)).filter(|c| !c.hidden).cloned().collect(),
        articles: teasers(&mut tx, &site, lines).await?,
        page,
        pages,
        total,
    }))
}

/// What stands at `/{column}/{slug}`.
pub async fn article(ws: &Workspace, column: &str, slug: &str) -> Result<Found> {
    find(ws, ArticleKind::Article, &format!("/{column}/{slug}"), slug).await
}

/// What stands at `/trang/{slug}`.
pub async fn static_page(ws: &Workspace, slug: &str) -> Result<Found> {
    find(ws, ArticleKind::Page, &format!("/trang/{slug}"), slug).await
}

async fn find(ws: &Workspace, kind: ArticleKind, path: &str, slug: &str) -> Result<Found> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let held = match tx.article_by_slug(kind, slug).await? {
        Some(held) if held.published_at.is_some() => held,
        _ => return Ok(moved(&mut tx, path).await?.map_or(Found::Missing, Found::Moved)),
    };
    let here = site.href(held.column.as_ref(), &held.slug);
    if here != path {
        return Ok(Found::Moved(here));
    }
    if held.status != ArticleStatus::Published {
        let since = held.ended_at.unwrap_or(held.changed_at);
        let expired = held.expires_at.is_some_and(|at| at <= since);
        return Ok(Found::Gone(Gone { expired, since }));
    }
    Ok(page(&mut tx, &site, &held).await?.map_or(Found::Missing, |p| Found::Article(Box::new(p))))
}

async fn page(tx: &mut Tx, site: &Arc<Site>, held: &ArticleRecord) -> Result<Option<ArticlePage>> {
    let (Some(number), Some(act)) = (held.published_revision, held.published_act) else { return Ok(None) };
    let Some(revision) = tx.article_revision(held.id, number).await? else { return Ok(None) };
    let Some(line) = tx.lines(&[held.id]).await?.pop() else { return Ok(None) };
    let content = revision.content;
    let related = tx.lines(&content.related).await?;
    let related: Vec<ArticleLine> =
        content.related.iter().filter_map(|id| related.iter().find(|l| l.id == *id).cloned()).collect();
    let (before, after) = tx.neighbours(&line).await?;
    let family = tx.family_out(held.family).await?;
    let other = |l: &ArticleLine| Translation { lang: l.lang, href: site.href_of(l), title: l.title.clone() };
    let original = family.iter().find(|l| held.is_translation() && l.id == held.family);
    // Older: the original's revision that is out is a later one than was translated.
    let older_than_original = match (original, content.translates) {
        (Some(original), Some(translated)) => tx
            .article(original.id)
            .await?
            .and_then(|o| o.public_revision())
            .is_some_and(|now| now > translated),
        _ => false,
    };
    let resolved = Resolved {
        figures: tx.article_figures(held.id, act).await?,
        media: views(tx, &shown_media(&content)).await?,
        ..Resolved::default()
    };
    let trail = held.column.as_ref().map(|c| site.trail(c).into_iter().cloned().collect());
    Ok(Some(ArticlePage {
        revision: number,
        trail: trail.unwrap_or_default(),
        resolved,
        translations: family.iter().filter(|l| l.id != held.id).map(other).collect(),
        original: original.map(other),
        older_than_original,
        related: teasers(tx, site, related).await?,
        previous: teasers(tx, site, before.into_iter().collect()).await?.pop(),
        next: teasers(tx, site, after.into_iter().collect()).await?.pop(),
        teaser: teaser(site, line, &resolved_cover(tx, &content).await?),
        content,
    }))
}

async fn resolved_cover(tx: &mut Tx, content: &Content) -> Result<HashMap<Uuid, MediaView>> {
    let ids: Vec<Uuid> = content.cover.iter().map(|c| c.media).collect();
    views(tx, &ids).await
}

/// The newest articles of a column with those under it, or of the whole site, for feeds. Only in that
/// language, or in Vietnamese where an article has no other.
pub async fn feed(
    ws: &Workspace,
    column: Option<&ColumnId>,
    lang: ContentLang,
    limit: u32,
) -> Result<Vec<Teaser>> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let lines = match column {
        Some(column) => tx.newest_in(&site.under(column), lang, limit, 0).await?,
        None => tx.newest(lang, limit, 0).await?,
    };
    teasers(&mut tx, &site, lines).await
}

/// Every article and page that is out.
pub async fn sitemap_entries(ws: &Workspace) -> Result<Vec<SitemapEntry>> {
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let mut found = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let lines = tx.lines_after(after, 2000).await?;
        let Some(last) = lines.last() else { break };
        after = last.id;
        found.extend(lines.into_iter().map(|l| SitemapEntry {
            href: site.href_of(&l),
            lang: l.lang,
            kind: l.kind,
            family: l.family,
            published_at: l.published_at,
            changed_at: l.updated_at.unwrap_or(l.published_at),
            title: l.title,
        }));
    }
    Ok(found)
}

/// A picture's rendition or an attachment, if an article that is out shows it; and whether its name
/// is one that will never have other bytes (it always is: a changed picture is another id).
pub async fn media(ws: &Workspace, id: Uuid, name: &str) -> Result<Option<RenditionBytes>> {
    let mut tx = ws.store().read().await?;
    if !tx.media_is_out(id).await? {
        return Ok(None);
    }
    Ok(tx.rendition(id, name).await?)
}

/// Where an old address leads: a path of this site. With its query, or without it.
pub async fn redirect(ws: &Workspace, path_and_query: &str) -> Result<Option<String>> {
    let mut tx = ws.store().read().await?;
    if let Some(found) = moved(&mut tx, path_and_query).await? {
        return Ok(Some(found));
    }
    match path_and_query.split_once('?') {
        Some((path, _)) => moved(&mut tx, path).await,
        None => Ok(None),
    }
}

async fn moved(tx: &mut Tx, path: &str) -> Result<Option<String>> {
    // Redirects are kept so that each leads to the end at once; a chain made by hand is followed a little.
    let mut at = path.to_owned();
    for _ in 0..32 {
        match tx.redirect(&at).await? {
            Some(next) => at = next.target,
            None => break,
        }
    }
    Ok(Some(at).filter(|to| to != path))
}
