//! Articles: found, begun, revised, and the acts of their life.

use axum::extract::State;
use nhipcau_actions::press::{self, DESK_PAGE, DeskArticle, Doing, NewArticle};
use nhipcau_domain::{
    Timestamp,
    press::{ArticleAct, ArticleKind, ArticleStatus, ContentLang},
    problem::Problem,
};
use nhipcau_store::site::{ArticleRecord, Content, Cover, DeskFilter, RevisionRecord};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Turn, following},
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(articles, add_article))
        .routes(routes!(one_article, revise_article))
        .routes(routes!(article_revision, restore_article_revision))
        .routes(routes!(act_on_article))
        .routes(routes!(place_article))
        .routes(routes!(set_article_expiry))
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

/// A revision of an article.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ArticleRevisionAt {
    /// The article's id.
    id: Uuid,
    /// The revision's number, from 1.
    number: u32,
}

/// A revision of an article.
#[derive(Serialize, ToSchema)]
struct ArticleRevision {
    /// Its number.
    number: u32,
    /// What it says.
    content: ArticleContent,
    /// What its writer noted.
    note: String,
    /// By which office.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn revision(r: &RevisionRecord) -> ArticleRevision {
    ArticleRevision {
        number: r.number,
        content: ArticleContent::of(&r.content),
        note: r.note.clone(),
        office: r.office.to_string(),
        at: r.at,
    }
}

/// One revision of an article.
#[utoipa::path(get, path = "/articles/{id}/revisions/{number}", tag = "site", security(("token" = ["site"])),
    params(ArticleRevisionAt),
    responses((status = 200, description = "The revision.", body = ArticleRevision), Refusals))]
async fn article_revision(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleRevisionAt>,
) -> Result<ArticleRevision> {
    let found = press::desk_revision(api.ws(), caller.bearer.site()?, at.id, at.number).await?;
    Ok(Answer(revision(&found)))
}

/// Makes an earlier revision the newest one.
#[utoipa::path(post, path = "/articles/{id}/revisions/{number}", tag = "site", security(("token" = ["site"])),
    params(ArticleRevisionAt),
    responses((status = 200, description = "It is kept.", body = RevisionKept), Refusals))]
async fn restore_article_revision(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleRevisionAt>,
) -> Result<RevisionKept> {
    let acting = caller.bearer.site()?;
    let revision = press::restore_revision(api.ws(), acting, caller.holder(), at.id, at.number).await?;
    Ok(Answer(RevisionKept { revision }))
}

/// What is done with an article.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Act {
    /// The writer hands it in.
    Submit,
    /// The editor hands it back, with a reason.
    Return,
    /// The editor approves it.
    Approve,
    /// The publisher sets a time.
    Schedule,
    /// It goes out.
    Publish,
    /// Its time is over.
    Expire,
    /// The publisher takes it back, with a reason.
    Withdraw,
}

/// An act of an article's life.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Acting {
    /// What.
    act: Act,
    /// Why; a return and a withdrawal need it.
    #[serde(default)]
    reason: String,
    /// Of a schedule: for when.
    #[schema(value_type = Option<String>, format = DateTime)]
    due: Option<Timestamp>,
}

/// Where an article stands.
#[derive(Serialize, ToSchema)]
struct ArticleNow {
    /// How far it has come.
    status: &'static str,
}

/// Submits, hands back, approves, schedules, publishes, expires or withdraws an article.
#[utoipa::path(post, path = "/articles/{id}/acts", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Acting,
    responses((status = 200, description = "Where it stands now.", body = ArticleNow), Refusals))]
async fn act_on_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Acting>,
) -> Result<ArticleNow> {
    let act = match asked.act {
        Act::Submit => ArticleAct::Submit,
        Act::Return => ArticleAct::Return,
        Act::Approve => ArticleAct::Approve,
        Act::Schedule => ArticleAct::Schedule,
        Act::Publish => ArticleAct::Publish,
        Act::Expire => ArticleAct::Expire,
        Act::Withdraw => ArticleAct::Withdraw,
    };
    let doing = Doing { act, reason: asked.reason.trim().to_owned(), due: asked.due };
    let acting = caller.bearer.site()?;
    let status = press::act(api.ws(), acting, caller.holder(), at.id, &doing).await?;
    Ok(Answer(ArticleNow { status: status.as_str() }))
}

/// Where an article is found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Placing {
    /// Its part of the address; none leaves it.
    slug: Option<String>,
    /// Its column; none leaves it.
    column: Option<String>,
}

/// Gives an article another address; the old one leads to it.
#[utoipa::path(put, path = "/articles/{id}/place", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Placing,
    responses((status = 200, description = "It is there.", body = Done), Refusals))]
async fn place_article(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Placing>,
) -> Result<Done> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    // Whoever may not see it is told so, also where nothing is to be changed.
    press::desk_article(api.ws(), acting, at.id).await?;
    if let Some(column) = asked.column {
        press::move_article(api.ws(), acting, holder, at.id, &column.into()).await?;
    }
    if let Some(slug) = asked.slug {
        press::set_slug(api.ws(), acting, holder, at.id, &slug).await?;
    }
    Ok(Answer(DONE))
}

/// When an article's time is over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Expiring {
    /// When; none is never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires: Option<Timestamp>,
}

/// Sets when an article's time is over.
#[utoipa::path(put, path = "/articles/{id}/expiry", tag = "site", security(("token" = ["site"])),
    params(ArticleAt), request_body = Expiring,
    responses((status = 200, description = "It is set.", body = Done), Refusals))]
async fn set_article_expiry(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ArticleAt>,
    Brought(asked): Brought<Expiring>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    press::set_expiry(api.ws(), acting, caller.holder(), at.id, asked.expires).await?;
    Ok(Answer(DONE))
}
