//! Articles: found, begun and revised.

mod life;
mod previews;
mod revisions;
mod word;

use axum::extract::State;
use nhipcau_actions::press::{self, DESK_PAGE, DeskArticle, NewArticle};
use nhipcau_domain::{
    Timestamp,
    press::{ArticleKind, ArticleStatus, ContentLang},
    problem::Problem,
};
use nhipcau_store::site::{ArticleRecord, Content, Cover, DeskFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Turn, following},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(articles, add_article))
        .routes(routes!(one_article, revise_article))
        .merge(revisions::ways())
        .merge(life::ways())
}

/// What takes files, or gives secrets out.
pub(super) fn files() -> Ways {
    previews::secrets().merge(word::files())
}

/// Which articles; empty is everything.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ArticlesAsked {
    /// Words in the title, with or without marks.
    #[serde(default)]
    #[param(required = false)]
    words: String,
    /// `draft`, `submitted`, `approved`, `scheduled`, `published`, `expired` or `withdrawn`.
    #[param(required = false)]
    status: Option<String>,
    /// `article` or `page`.
    #[param(required = false)]
    kind: Option<String>,
    /// In that column.
    #[param(required = false)]
    column: Option<String>,
    /// `vi`, `en` or `km`.
    #[param(required = false)]
    lang: Option<String>,
}

fn read<T>(
    name: &str,
    value: Option<&str>,
    parse: fn(&str) -> Option<T>,
) -> std::result::Result<Option<T>, Failure> {
    let wrong = |found: &str| {
        let detail = format!("{name}: {}", found.chars().take(60).collect::<String>());
        Failure::bad(Problem::new("api-parameter-wrong").with("detail", detail))
    };
    value.map(|v| parse(v).ok_or_else(|| wrong(v))).transpose()
}

/// An article in a list.
#[derive(Serialize, ToSchema)]
struct ArticleLine {
    /// Its id.
    id: Uuid,
    /// `article` or `page`.
    kind: &'static str,
    /// Its column; a page has none.
    column: Option<String>,
    /// Its part of the address.
    slug: String,
    /// Its language.
    lang: &'static str,
    /// How far it has come.
    status: &'static str,
    /// Its title.
    title: String,
    /// Its last revision's number: what a change is begun from, as `base`.
    last_revision: u32,
    /// The revision that is out.
    published_revision: Option<u32>,
    /// When it is to go out.
    #[schema(value_type = Option<String>, format = DateTime)]
    scheduled_at: Option<Timestamp>,
    /// When its time is over.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// The office that began it.
    office: String,
    /// When anything of it changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

impl ArticleLine {
    fn of(a: &ArticleRecord) -> Self {
        Self {
            id: a.id,
            kind: a.kind.as_str(),
            column: a.column.as_ref().map(ToString::to_string),
            slug: a.slug.clone(),
            lang: a.lang.as_str(),
            status: a.status.as_str(),
            title: a.title.clone(),
            last_revision: a.last_revision,
            published_revision: a.published_revision,
            scheduled_at: a.scheduled_at,
            expires_at: a.expires_at,
            office: a.office.to_string(),
            changed_at: a.changed_at,
        }
    }
}

/// A piece of the articles.
#[derive(Serialize, ToSchema)]
struct ArticleList {
    /// The articles, the last changed first; fifty at a time.
    items: Vec<ArticleLine>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
}

/// Articles and pages of the columns on which the office has a role.
#[utoipa::path(get, path = "/articles", tag = "site", security(("token" = ["site"])),
    params(ArticlesAsked, Turn),
    responses((status = 200, description = "Articles.", body = ArticleList), Refusals))]
async fn articles(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<ArticlesAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<ArticleList> {
    let acting = caller.bearer.site()?;
    let filter = DeskFilter {
        status: read("status", asked.status.as_deref(), ArticleStatus::parse)?,
        kind: read("kind", asked.kind.as_deref(), ArticleKind::parse)?,
        column: asked.column.as_deref().map(Into::into),
        lang: read("lang", asked.lang.as_deref(), ContentLang::parse)?,
        ..DeskFilter::default()
    };
    let page = turn.number()?.min(u32::MAX / DESK_PAGE);
    let found = press::desk_find(api.ws(), acting, &filter, &asked.words, page).await?;
    Ok(Answer(ArticleList {
        items: found.articles.iter().map(ArticleLine::of).collect(),
        next: following(page, found.more),
    }))
}

/// What an article says.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArticleContent {
    /// The title.
    title: String,
    /// The lead.
    #[serde(default)]
    lead: String,
    /// The text, in Markdown; figures are bound, not typed.
    #[serde(default)]
    body: String,
    /// Who wrote it, as it is printed.
    #[serde(default)]
    byline: String,
    /// Where it was taken from.
    #[serde(default)]
    source: String,
    /// The picture above it.
    cover: Option<CoverPicture>,
    /// Articles that belong to it.
    #[serde(default)]
    related: Vec<Uuid>,
    /// Tags.
    #[serde(default)]
    tags: Vec<String>,
    /// Of a translation: the original's revision that it is of.
    translates: Option<u32>,
    /// The period whose figures it says; the latest report's unless it is said otherwise.
    period: Option<String>,
}

/// The picture above an article.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CoverPicture {
    /// The picture.
    media: Uuid,
    /// What matters most in it, in hundredths from the left.
    #[serde(default)]
    focus_x: u32,
    /// The same from the top.
    #[serde(default)]
    focus_y: u32,
    /// What it shows, for those who do not see it.
    #[serde(default)]
    alt: String,
    /// What is said beneath it.
    #[serde(default)]
    caption: String,
    /// Who took it.
    #[serde(default)]
    credit: String,
}

impl ArticleContent {
    fn of(c: &Content) -> Self {
        let c = c.clone();
        Self {
            title: c.title,
            lead: c.lead,
            body: c.body,
            byline: c.byline,
            source: c.source,
            cover: c.cover.map(|c| CoverPicture {
                media: c.media,
                focus_x: c.focus_x,
                focus_y: c.focus_y,
                alt: c.alt,
                caption: c.caption,
                credit: c.credit,
            }),
            related: c.related,
            tags: c.tags,
            translates: c.translates,
            period: c.period.map(|p| p.to_string()),
        }
    }

    fn content(self) -> Content {
        Content {
            title: self.title,
            lead: self.lead,
            body: self.body,
            byline: self.byline,
            source: self.source,
            cover: self.cover.map(|c| Cover {
                media: c.media,
                focus_x: c.focus_x,
                focus_y: c.focus_y,
                alt: c.alt,
                caption: c.caption,
                credit: c.credit,
            }),
            related: self.related,
            tags: self.tags,
            translates: self.translates,
            period: self.period.map(Into::into),
        }
    }
}

/// An article to be begun.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArticleNew {
    /// Its column; none makes a static page.
    column: Option<String>,
    /// `vi` unless it is said otherwise, `en` or `km`.
    lang: Option<String>,
    /// The article that it translates.
    translation_of: Option<Uuid>,
    /// What it says.
    content: ArticleContent,
}

/// Begins an article, as a draft.
#[utoipa::path(post, path = "/articles", tag = "site", security(("token" = ["site"])),
    request_body = ArticleNew,
    responses((status = 200, description = "The article.", body = ArticleLine), Refusals))]
async fn add_article(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<ArticleNew>,
) -> Result<ArticleLine> {
    let acting = caller.bearer.site()?;
    let new = NewArticle {
        kind: if asked.column.is_some() { ArticleKind::Article } else { ArticleKind::Page },
        column: asked.column.map(Into::into),
        lang: read("lang", asked.lang.as_deref(), ContentLang::parse)?.unwrap_or_default(),
        translation_of: asked.translation_of,
        content: asked.content.content(),
    };
    let made = press::create_article(api.ws(), acting, caller.holder(), &new).await?;
    Ok(Answer(ArticleLine::of(&made)))
}

/// An article's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ArticleAt {
    /// The article's id.
    id: Uuid,
}

/// An article at the desk.
#[derive(Serialize, ToSchema)]
struct OneArticle {
    /// Where it stands.
    article: ArticleLine,
    /// Its address, now or once it is out.
    href: String,
    /// What its newest revision says.
    content: ArticleContent,
    /// Its revisions, the newest first.
    revisions: Vec<RevisionLine>,
    /// What was done with it, in order.
    acts: Vec<ArticleActLine>,
    /// What this office may do with it now.
    may: Vec<&'static str>,
}

/// A revision in a list.
#[derive(Serialize, ToSchema)]
struct RevisionLine {
    /// Its number, from 1.
    number: u32,
    /// Its title.
    title: String,
    /// What its writer noted.
    note: String,
    /// By which office.
    office: String,
    /// Who held it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// What was done with an article.
#[derive(Serialize, ToSchema)]
struct ArticleActLine {
    /// What.
    act: &'static str,
    /// Why.
    reason: String,
    /// With which revision.
    revision: u32,
    /// By which office.
    office: String,
    /// Who held it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn one(a: &DeskArticle) -> OneArticle {
    let revisions = a.revisions.iter().map(|r| RevisionLine {
        number: r.number,
        title: r.title.clone(),
        note: r.note.clone(),
        office: r.office.to_string(),
        holder: r.holder.clone(),
        at: r.at,
    });
    let acts = a.acts.iter().map(|act| ArticleActLine {
        act: act.act.as_str(),
        reason: act.reason.clone(),
        revision: act.revision,
        office: act.office.to_string(),
        holder: act.holder.clone(),
        at: act.at,
    });
    OneArticle {
        article: ArticleLine::of(&a.article),
        href: a.href.clone(),
        content: ArticleContent::of(&a.revision.content),
        revisions: revisions.collect(),
        acts: acts.collect(),
        may: a.may.iter().map(|act| act.as_str()).collect(),
    }
}

/// One article.
#[utoipa::path(get, path = "/articles/{id}", tag = "site", security(("token" = ["site"])), params(ArticleAt),
    responses((status = 200, description = "The article.", body = OneArticle), Refusals))]
async fn one_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
) -> Result<OneArticle> {
    let found = press::desk_article(api.ws(), caller.bearer.site()?, at.id).await?;
    Ok(Answer(one(&found)))
}

/// A change of what an article says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArticleChange {
    /// What it says from now on.
    content: ArticleContent,
    /// The last revision when it was read. An article that changed since is not changed.
    base: u32,
    /// What the writer notes.
    #[serde(default)]
    note: String,
}

/// That a revision is kept.
#[derive(Serialize, ToSchema)]
struct RevisionKept {
    /// Its number.
    revision: u32,
}

/// Saves a revision. Of an article that is out it is a draft beside it, until it is published.
#[utoipa::path(put, path = "/articles/{id}", tag = "site", security(("token" = ["site"])), params(ArticleAt),
    request_body = ArticleChange,
    responses((status = 200, description = "It is kept.", body = RevisionKept), Refusals))]
async fn revise_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<ArticleChange>,
) -> Result<RevisionKept> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    let (base, note, content) = (asked.base, asked.note, asked.content.content());
    let revision = press::revise(api.ws(), acting, holder, at.id, base, &content, &note).await?;
    Ok(Answer(RevisionKept { revision }))
}
