//! What editors see: lists, one article with its history, what needs attention, the calendar.

use jiff::{ToSpan as _, civil::Date, tz::Offset};
use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    office::{Acting, Role},
    press::{self, ArticleAct, ArticleStatus, ContentLang},
    problem::Problem,
};
use nhipcau_store::site::{
    ArticleActRecord, ArticleRecord, Autosave, BoundFigure, RevisionRecord, RevisionSummary,
};
use uuid::Uuid;

use super::{
    bind::{ChangedFigures, changed_figures},
    held::Held,
    site::{ColumnView, Site, site_in},
};
use crate::{error::Result, workspace::Workspace};

/// How many articles a list at the desk has.
pub const DESK_PAGE: u32 = 50;

/// One article at the desk, with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskArticle {
    /// Where it stands.
    pub article: ArticleRecord,
    /// Its address, now or once it is out.
    pub href: String,
    /// The columns that it is in, the outermost first.
    pub trail: Vec<ColumnView>,
    /// The newest revision.
    pub revision: RevisionRecord,
    /// All revisions, the newest first.
    pub revisions: Vec<RevisionSummary>,
    /// What was done with it, in order.
    pub acts: Vec<ArticleActRecord>,
    /// What is typed and not saved, by whichever office, the newest first.
    pub autosaves: Vec<Autosave>,
    /// It and its other languages, in the order in which they were begun.
    pub family: Vec<ArticleRecord>,
    /// The figures as they were bound when it went out last.
    pub figures: Vec<BoundFigure>,
    /// What this office may do with it now; a revision is among them.
    pub may: Vec<ArticleAct>,
}

/// An article for its editors.
pub async fn desk_article(ws: &Workspace, acting: &Acting, id: Uuid) -> Result<DeskArticle> {
    let mut tx = ws.store().read().await?;
    let held = Held::open(ws, &mut tx, id).await?;
    acting.require(Role::Writer, &held.path)?;
    let a = &held.article;
    let unknown = || Problem::new("revision-unknown").with("number", a.last_revision);
    let may = |act: &ArticleAct| {
        let role = acting.role_on(&held.path).is_some_and(|r| r >= act.role());
        let own = !matches!(act, ArticleAct::Revise | ArticleAct::Submit) || held.may_write(acting).is_ok();
        role && own && press::next(a.status, *act).is_ok()
    };
    Ok(DeskArticle {
        href: held.href(),
        trail: a
            .column
            .as_ref()
            .map(|c| held.site.trail(c).into_iter().cloned().collect())
            .unwrap_or_default(),
        revision: tx.article_revision(id, a.last_revision).await?.ok_or_else(unknown)?,
        revisions: tx.article_revisions(id).await?,
        acts: tx.article_acts(id).await?,
        autosaves: tx.autosaves(id).await?,
        family: tx.article_family(a.family).await?,
        figures: match a.published_act {
            Some(act) => tx.article_figures(id, act).await?,
            None => Vec::new(),
        },
        may: ArticleAct::ALL.into_iter().filter(may).collect(),
        article: held.article,
    })
}

/// Whether an office has typed something into an article that it has not saved: what is done with the article
/// would be done with something else than what is seen.
pub async fn has_unsaved(ws: &Workspace, acting: &Acting, id: Uuid) -> Result<bool> {
    let mut tx = ws.store().read().await?;
    let kept = tx.autosaves(id).await?.into_iter().find(|a| a.office == acting.office);
    let Some(kept) = kept else { return Ok(false) };
    let last = tx.article_revisions(id).await?.first().map_or(0, |r| r.number);
    Ok(tx.article_revision(id, last).await?.is_none_or(|r| r.content != kept.content))
}

/// A revision for its editors.
pub async fn desk_revision(ws: &Workspace, acting: &Acting, id: Uuid, number: u32) -> Result<RevisionRecord> {
    let mut tx = ws.store().read().await?;
    let held = Held::open(ws, &mut tx, id).await?;
    acting.require(Role::Writer, &held.path)?;
    let found = tx.article_revision(id, number).await?;
    Ok(found.ok_or_else(|| Problem::new("revision-unknown").with("number", number))?)
}

fn path(site: &Site, article: &ArticleRecord) -> Vec<ColumnId> {
    article.column.as_ref().map(|c| site.path(c)).unwrap_or_default()
}

fn role(site: &Site, acting: &Acting, article: &ArticleRecord) -> Option<Role> {
    acting.role_on(&path(site, article))
}

/// What waits for an office. Everything is the longest waiting first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attention {
    /// Its own articles that were handed back, with the reason.
    pub returned: Vec<(ArticleRecord, String)>,
    /// Its own drafts.
    pub drafts: Vec<ArticleRecord>,
    /// Handed in: it may approve them.
    pub to_approve: Vec<ArticleRecord>,
    /// Approved: it may put them out.
    pub to_publish: Vec<ArticleRecord>,
    /// Out, with a newer revision that is not.
    pub newer: Vec<ArticleRecord>,
    /// Should have gone out by now, and did not.
    pub overdue: Vec<ArticleRecord>,
    /// Out, and say figures otherwise than they are said by now; for editors.
    pub figures: Vec<ChangedFigures>,
    /// Translations that are older than their original; for editors.
    pub translations: Vec<NeedsTranslation>,
    /// Readers' messages that nobody has dealt with; for administrators.
    pub feedback: u32,
}

/// What needs an office's attention.
pub async fn attention(ws: &Workspace, acting: &Acting) -> Result<Attention> {
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let mut found = Attention::default();
    for article in tx.articles_waiting().await? {
        let Some(role) = role(&site, acting, &article) else { continue };
        let own = article.office == acting.office;
        match article.status {
            ArticleStatus::Draft if own => {
                let last = tx.article_acts(article.id).await?.pop();
                match last.filter(|a| a.act == ArticleAct::Return) {
                    Some(returned) => found.returned.push((article, returned.reason)),
                    None => found.drafts.push(article),
                }
            }
            ArticleStatus::Submitted if role >= Role::Editor => found.to_approve.push(article),
            ArticleStatus::Approved if role >= Role::Publisher => found.to_publish.push(article),
            ArticleStatus::Published if role >= Role::Publisher => found.newer.push(article),
            ArticleStatus::Scheduled
                if role >= Role::Publisher && article.scheduled_at.is_some_and(|due| due < now) =>
            {
                found.overdue.push(article);
            }
            _ => {}
        }
    }
    if acting.role_on(&[]).is_some_and(|r| r >= Role::Administrator) {
        found.feedback = tx.feedback_waiting().await?;
    }
    drop(tx);
    let editor = |column: Option<&ColumnView>| {
        let path = column.map(|c| site.path(&c.id)).unwrap_or_default();
        acting.role_on(&path).is_some_and(|r| r >= Role::Editor)
    };
    if acting.highest().is_some_and(|r| r >= Role::Editor) {
        found.figures = changed_figures(ws).await?;
        found.figures.retain(|c| editor(c.article.column.as_ref()));
        for lang in [ContentLang::En, ContentLang::Km] {
            found.translations.extend(needs_translation(ws, lang).await?.into_iter().filter(|n| {
                n.older && acting.role_on(&path(&site, &n.original)).is_some_and(|r| r >= Role::Editor)
            }));
        }
    }
    Ok(found)
}

/// An original without an up-to-date translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsTranslation {
    /// The original, which is out.
    pub original: ArticleRecord,
    /// Into which language.
    pub lang: ContentLang,
    /// The translation that was begun.
    pub translation: Option<ArticleRecord>,
    /// Whether the translation is out, of an earlier revision than the original's.
    pub older: bool,
}

/// Originals that are out and have no translation into a language that is out and up to date.
pub async fn needs_translation(ws: &Workspace, lang: ContentLang) -> Result<Vec<NeedsTranslation>> {
    let mut tx = ws.store().read().await?;
    let mut found = Vec::new();
    for (original, translation) in tx.originals_beside(lang).await? {
        let Some(original) = tx.article(original).await? else { continue };
        let translation = match translation {
            Some(id) => tx.article(id).await?,
            None => None,
        };
        let out = match translation.as_ref().and_then(|t| t.public_revision().map(|n| (t.id, n))) {
            Some((id, number)) => tx.article_revision(id, number).await?,
            None => None,
        };
        let older = out.as_ref().is_some_and(|r| r.content.translates < original.published_revision);
        if out.is_none() || older {
            found.push(NeedsTranslation { original, lang, translation, older });
        }
    }
    Ok(found)
}

/// What happens to an article on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// It is to go out.
    Scheduled,
    /// It went out first.
    Published,
    /// A later revision went out.
    Updated,
    /// Its time is over.
    Expires,
}

/// An entry of the publishing calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
    /// To which article.
    pub article: ArticleRecord,
}

/// The publishing calendar of the month (by the local clock) that a day is in, in order of time.
pub async fn calendar(ws: &Workspace, acting: &Acting, day: Date) -> Result<Vec<CalendarEntry>> {
    let local = |d: Date| Offset::constant(7).to_timestamp(d.to_datetime(jiff::civil::Time::midnight()));
    let range = || Problem::new("clock-out-of-range");
    let first = day.first_of_month();
    let next = first.checked_add(1.month()).map_err(|_| range())?;
    let (from, until) = (local(first).map_err(|_| range())?, local(next).map_err(|_| range())?);
    let mut tx = ws.store().read().await?;
    let site = site_in(ws, &mut tx).await?;
    let mut entries = Vec::new();
    for article in tx.articles_between(from, until).await? {
        if role(&site, acting, &article).is_none() {
            continue;
        }
        let scheduled = article.scheduled_at.filter(|_| article.status == ArticleStatus::Scheduled);
        let times = [
            (scheduled, Happening::Scheduled),
            (article.published_at, Happening::Published),
            (article.updated_at, Happening::Updated),
            (article.expires_at, Happening::Expires),
        ];
        for (at, what) in times {
            if let Some(at) = at.filter(|at| (from..until).contains(at)) {
                entries.push(CalendarEntry { at, what, article: article.clone() });
            }
        }
    }
    entries.sort_by_key(|e| (e.at, e.article.id, e.what));
    Ok(entries)
}
