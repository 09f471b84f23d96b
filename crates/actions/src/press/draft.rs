//! Writing: beginning an article, keeping what is typed, saving a revision, going back to an earlier one.

use nhipcau_domain::{
    Timestamp,
    id::ColumnId,
    office::{Acting, Role},
    press::{self, ArticleAct, ArticleKind, ArticleStatus, ContentLang},
    problem::Problem,
    text,
};
use nhipcau_store::{
    Tx,
    site::{ArticleActRecord, ArticleRecord, Autosave, Content, RevisionRecord},
};
use uuid::Uuid;

use super::{held::Held, resolve::shown_media, site::site_in};
use crate::{
    error::{Result, again_if_busy},
    workspace::Workspace,
};

/// The longest title, in characters.
pub const TITLE_MAX: usize = 300;

/// The longest lead, in characters.
pub const LEAD_MAX: usize = 2000;

/// An article that is begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewArticle {
    /// What it is.
    pub kind: ArticleKind,
    /// Its column; a page has none.
    pub column: Option<ColumnId>,
    /// Its language.
    pub lang: ContentLang,
    /// The article that it translates.
    pub translation_of: Option<Uuid>,
    /// What it says so far.
    pub content: Content,
}

/// Begins an article. Its slug follows the title until someone chooses one or it goes out.
pub async fn create_article(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    new: &NewArticle,
) -> Result<ArticleRecord> {
    again_if_busy!(create_once(ws, acting, holder, new))
}

async fn create_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    new: &NewArticle,
) -> Result<ArticleRecord> {
    let mut tx = ws.store().write().await?;
    let article = create_in(ws, &mut tx, acting, holder, new).await?;
    tx.commit().await?;
    Ok(article)
}

/// Begins an article in a transaction of which it is a part.
pub(crate) async fn create_in(
    ws: &Workspace,
    tx: &mut Tx,
    acting: &Acting,
    holder: &str,
    new: &NewArticle,
) -> Result<ArticleRecord> {
    let content = tidy(&new.content)?;
    let at = ws.now();
    let site = site_in(ws, tx).await?;
    let path = match (&new.column, new.kind) {
        (Some(column), ArticleKind::Article) if site.column(column).is_some() => site.path(column),
        (None, ArticleKind::Page) => Vec::new(),
        (Some(column), ArticleKind::Article) => {
            return Err(Problem::new("column-unknown").with("column", column.as_str()).into());
        }
        _ => return Err(Problem::new("article-needs-column").into()),
    };
    acting.require(Role::Writer, &path)?;
    let id = ws.id(at);
    let family = match new.translation_of {
        None => id,
        Some(original) => {
            let found = tx.article(original).await?;
            let original = found.ok_or_else(|| Problem::new("article-unknown"))?;
            if original.kind != new.kind {
                return Err(Problem::new("article-unknown").into());
            }
            let taken = tx.article_family(original.family).await?.iter().any(|a| a.lang == new.lang);
            if taken {
                return Err(Problem::new("article-translation-exists")
                    .with("lang", new.lang.as_str())
                    .into());
            }
            original.family
        }
    };
    let slug = free_slug(tx, new.kind, &content.title, id).await?;
    let mut article = ArticleRecord {
        id,
        kind: new.kind,
        column: new.column.clone(),
        slug,
        slug_by_hand: false,
        lang: new.lang,
        family,
        status: ArticleStatus::Draft,
        title: content.title.clone(),
        last_revision: 0,
        last_act: 0,
        published_revision: None,
        published_act: None,
        published_at: None,
        updated_at: None,
        scheduled_at: None,
        expires_at: None,
        ended_at: None,
        office: acting.office.clone(),
        at,
        changed_at: at,
        lock: None,
    };
    tx.add_article(&article).await?;
    append(tx, &mut article, content, "", acting, holder, at).await?;
    tx.change_article(&article).await?;
    Ok(article)
}

/// Keeps what an office has typed, so that nothing is lost; it is not a revision. The office's lock is
/// renewed. When it was kept.
pub async fn autosave(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    base: u32,
    content: &Content,
) -> Result<Timestamp> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    let kept = Autosave {
        article,
        office: acting.office.clone(),
        base,
        content: bounded(content)?,
        holder: holder.to_owned(),
        at,
    };
    tx.put_autosave(&kept).await?;
    if held.renew_lock(acting, holder, at) {
        tx.change_article(&held.article).await?;
    }
    tx.commit().await?;
    Ok(at)
}

/// Forgets what an office has typed since the last revision.
pub async fn discard_autosave(ws: &Workspace, acting: &Acting, article: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.drop_autosave(article, &acting.office).await?;
    tx.commit().await?;
    Ok(())
}

/// Saves a revision; its number. `base` is the revision that the writer began from: if another came
/// meanwhile, this one is refused (and stays in the autosave), so that nobody's work is overwritten.
/// Content that changes nothing makes no revision.
pub async fn revise(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    base: u32,
    content: &Content,
    note: &str,
) -> Result<u32> {
    let content = tidy(content)?;
    again_if_busy!(revise_once(ws, acting, holder, article, base, &content, note))
}

/// Makes an earlier revision's content the newest revision; its number.
pub async fn restore_revision(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    number: u32,
) -> Result<u32> {
    let mut tx = ws.store().read().await?;
    let held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    let unknown = || Problem::new("revision-unknown").with("number", number);
    let earlier = tx.article_revision(article, number).await?.ok_or_else(unknown)?;
    drop(tx);
    let base = held.article.last_revision;
    let note = format!("↺ {number}");
    again_if_busy!(revise_once(ws, acting, holder, article, base, &earlier.content, &note))
}

async fn revise_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    article: Uuid,
    base: u32,
    content: &Content,
    note: &str,
) -> Result<u32> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let mut held = Held::open(ws, &mut tx, article).await?;
    held.may_write(acting)?;
    let last = held.article.last_revision;
    let newest = tx.article_revision(article, last).await?;
    if base != last {
        let by = newest.map(|r| r.holder).unwrap_or_default();
        return Err(Problem::new("article-changed-meanwhile").with("by", by).with("number", last).into());
    }
    tx.drop_autosave(article, &acting.office).await?;
    if newest.is_none_or(|r| r.content != *content) {
        held.article.status = press::next(held.article.status, ArticleAct::Revise)?;
        held.article.scheduled_at = None;
        append(&mut tx, &mut held.article, content.clone(), note, acting, holder, at).await?;
        if !held.article.slug_by_hand && held.article.published_at.is_none() {
            held.article.slug = free_slug(&mut tx, held.article.kind, &content.title, article).await?;
        }
    }
    held.renew_lock(acting, holder, at);
    tx.change_article(&held.article).await?;
    tx.commit().await?;
    Ok(held.article.last_revision)
}

/// Appends a revision with its act; the article's row is the caller's to write.
async fn append(
    tx: &mut Tx,
    article: &mut ArticleRecord,
    content: Content,
    note: &str,
    acting: &Acting,
    holder: &str,
    at: Timestamp,
) -> Result<()> {
    article.last_revision += 1;
    article.last_act += 1;
    article.title.clone_from(&content.title);
    article.changed_at = at;
    // What it shows and is not there is told when it is handed in.
    let shows: Vec<Uuid> = tx.media(&shown_media(&content)).await?.into_iter().map(|m| m.id).collect();
    let mut shows = shows;
    shows.sort_unstable();
    shows.dedup();
    let revision = RevisionRecord {
        article: article.id,
        number: article.last_revision,
        content,
        note: text::tidy(note),
        office: acting.office.clone(),
        holder: holder.to_owned(),
        at,
    };
    tx.append_article_revision(&revision, &shows).await?;
    let act = ArticleActRecord {
        article: article.id,
        ordinal: article.last_act,
        act: ArticleAct::Revise,
        reason: String::new(),
        revision: article.last_revision,
        due: None,
        office: acting.office.clone(),
        holder: holder.to_owned(),
        at,
    };
    tx.append_article_act(&act).await?;
    Ok(())
}

/// A slug of a title that no other article of the kind has.
async fn free_slug(tx: &mut Tx, kind: ArticleKind, title: &str, own: Uuid) -> Result<String> {
    let mut wanted = press::slug(title);
    if wanted.is_empty() {
        let id = own.simple().to_string();
        wanted = format!("bai-{}", id.get(id.len().saturating_sub(12)..).unwrap_or(&id));
    }
    for n in 1..=999_u32 {
        let slug = if n == 1 { wanted.clone() } else { numbered(&wanted, n) };
        if tx.article_by_slug(kind, &slug).await?.is_none_or(|other| other.id == own) {
            return Ok(slug);
        }
    }
    Err(Problem::new("slug-taken").with("slug", wanted).into())
}

fn numbered(slug: &str, n: u32) -> String {
    let tail = format!("-{n}");
    let room = press::SLUG_MAX.saturating_sub(tail.len());
    let head = slug.get(..room.min(slug.len())).unwrap_or(slug).trim_end_matches('-');
    format!("{head}{tail}")
}

/// Content as it is kept: composed letters, single spaces in single lines; refused where it is too long.
fn tidy(content: &Content) -> Result<Content> {
    let mut c = bounded(content)?;
    c.title = text::tidy(&c.title);
    c.lead = text::tidy(&c.lead);
    c.byline = text::tidy(&c.byline);
    c.source = text::tidy(&c.source);
    c.tags = c.tags.iter().map(|t| text::tidy(t)).filter(|t| !t.is_empty()).collect();
    c.tags.dedup();
    if let Some(cover) = &mut c.cover {
        cover.alt = text::tidy(&cover.alt);
        cover.caption = text::tidy(&cover.caption);
        cover.credit = text::tidy(&cover.credit);
        cover.focus_x = cover.focus_x.min(1000);
        cover.focus_y = cover.focus_y.min(1000);
    }
    Ok(c)
}

/// Content without what cannot be kept, or the sentence that it is too long.
fn bounded(content: &Content) -> Result<Content> {
    let mut c = content.clone();
    c.body = text::nfc(&c.body.replace("\r\n", "\n"));
    let lines = [&mut c.title, &mut c.lead, &mut c.byline, &mut c.source, &mut c.body];
    for line in lines {
        line.retain(|ch| !ch.is_control() || ch == '\n' || ch == '\t');
    }
    let long = |what: &'static str, found: usize, expected: usize| {
        Err(Problem::new("article-too-long")
            .with("what", what)
            .with("found", found)
            .with("expected", expected)
            .into())
    };
    let short = [&c.byline, &c.source].iter().map(|t| t.chars().count()).max().unwrap_or(0);
    match (c.title.chars().count(), c.lead.chars().count(), c.body.len(), short) {
        (n, ..) if n > TITLE_MAX => long("title", n, TITLE_MAX),
        (_, n, ..) if n > LEAD_MAX => long("lead", n, LEAD_MAX),
        (_, _, n, _) if n > nhipcau_writing::MAX_MARKDOWN_BYTES => {
            long("body", n, nhipcau_writing::MAX_MARKDOWN_BYTES)
        }
        (.., n) if n > TITLE_MAX => long("byline", n, TITLE_MAX),
        _ if c.tags.len() > 30 || c.related.len() > 30 => long("tags", c.tags.len().max(c.related.len()), 30),
        _ => Ok(c),
    }
}
