//! Writing an article: the page with its form and what can be done beneath it.

mod around;
mod fields;
mod keeping;
mod picker;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, DeskArticle, Locked};
use nhipcau_domain::{
    office::Role,
    press::{ArticleAct, ArticleStatus},
    problem::Problem,
};
use nhipcau_store::site::Content;
use uuid::Uuid;

pub(crate) use self::keeping::{autosave, discard, preview, take_over};
use self::picker::Picks;
use super::{
    articles::column_options,
    life::{self, Offered, Tried},
    on_to, typed,
};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// The page of an article at the desk.
#[derive(Template)]
#[template(path = "edit.html")]
struct Edit {
    page: Page,
    /// What the script says, as JSON.
    words: String,
    id: Uuid,
    title: String,
    /// Status, language, column, in a line.
    standing: String,
    /// What must not be overlooked, each in a line.
    notices: Vec<String>,
    /// The public page, where there is one.
    public: String,
    may_write: bool,
    base: u32,
    error: String,
    /// What keeps it from being done, where no form beneath the article is the one that was sent.
    refused: Vec<String>,
    /// Whether a form beneath the article says why it was refused.
    below: bool,
    main: Vec<Field>,
    body: Field,
    picks: Picks,
    cover: Vec<Field>,
    cover_error: String,
    /// The cover picture, to choose its focal point on.
    cover_picture: String,
    more: Vec<Field>,
    /// Keys of figures with their words now.
    figures: Vec<(String, String)>,
    /// The text, as it will look.
    preview: String,
    /// What keeps it from going out, or is worth knowing.
    problems: Vec<String>,
    buttons: Vec<Form>,
    acts: Vec<String>,
    /// Other languages: words, address.
    family: Vec<(String, String)>,
    revisions: usize,
}

/// What stands in the form.
struct Typing<'a> {
    content: &'a Content,
    base: u32,
    note: &'a str,
    problems: &'a [Problem],
}

impl<'a> Typing<'a> {
    /// What was typed and not saved comes first: nothing is lost when a session ends.
    fn standing(signed: &SignedIn, found: &'a DeskArticle) -> Self {
        let saved = found.autosaves.iter().find(|s| s.office == signed.acting().office);
        let (content, base) = match saved {
            Some(saved) => (&saved.content, saved.base),
            None => (&found.revision.content, found.article.last_revision),
        };
        Self { content, base, note: "", problems: &[] }
    }
}

async fn html(
    state: &DeskState,
    signed: &SignedIn,
    found: &DeskArticle,
    typing: &Typing<'_>,
    lock: Option<&Locked>,
    tried: Option<&Tried<'_>>,
) -> Result<Html<String>, Failure> {
    let (ws, page) = (state.ws(), signed.page.at("/lam-viec/bai-viet"));
    let (a, c) = (&found.article, typing.content);
    let resolved = press::resolve(ws, a, c).await?.saying(&page.t("portal-withheld"));
    let rendered = nhipcau_writing::render(&c.body, &resolved, a.lang.as_str());
    let cover_picture = c
        .cover
        .as_ref()
        .and_then(|k| resolved.media.get(&k.media))
        .and_then(|m| m.renditions.iter().find(|r| r.width >= 300).or(m.renditions.last()));
    let (periods, figures) = around::choices(state, &page, a, c).await?;
    let site = press::site(ws).await?;
    let column = a.column.as_ref().and_then(|c| site.column(c));
    let column = column.map_or_else(|| page.t("desk-kind-page"), |c| c.names.vi.clone());
    let standing = [
        page.t(&format!("desk-status-{}", a.status.as_str())),
        page.t(&format!("desk-lang-{}", a.lang.as_str())),
        column,
    ];
    let role = signed.acting().role_on(&found.trail.iter().map(|c| c.id.clone()).collect::<Vec<_>>());
    let may_write = found.may.contains(&ArticleAct::Revise);
    let out = a.published_at.is_some() && a.status == ArticleStatus::Published;
    let offered = Offered {
        publishes: role >= Some(Role::Publisher),
        writes: may_write,
        columns: column_options(&site, None),
        locked: matches!(lock, Some(Locked::Theirs(_))),
    };
    let buttons = life::forms(&page, signed.csrf(), found, offered, tried);
    let below = buttons.iter().any(|f| !f.error.is_empty());
    let refused = tried.filter(|_| !below).map(|t| t.problems).unwrap_or_default();
    let edit = Edit {
        words: around::script_words(&page),
        id: a.id,
        title: a.title.clone(),
        standing: standing.join(" · "),
        notices: around::notices(&page, signed, found, typing, lock),
        public: if out { found.href.clone() } else { String::new() },
        may_write,
        base: typing.base,
        error: fields::general(&page, typing.problems),
        refused: refused.iter().map(|p| page.problem(p)).collect(),
        below,
        main: fields::main(&page, typing),
        body: fields::body(&page, typing),
        picks: Picks::load(state, signed, c.cover.as_ref()).await?,
        cover: fields::cover(&page, typing),
        cover_error: fields::cover_error(&page, typing),
        cover_picture: cover_picture
            .map(|r| format!("/lam-viec/tep/{}/{}", r.media, r.name))
            .unwrap_or_default(),
        more: fields::more(&page, typing, periods, around::original(found)),
        figures,
        preview: rendered.html,
        problems: rendered.problems.iter().map(|p| page.problem(p)).collect(),
        buttons,
        acts: found.acts.iter().rev().take(12).map(|act| life::told(&page, act)).collect(),
        family: around::family(&page, found),
        revisions: found.revisions.len(),
        page,
    };
    Ok(Html(edit.render()?))
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let lock = if found.may.contains(&ArticleAct::Revise) {
        Some(press::lock(state.ws(), signed.acting(), signed.holder(), id, false).await?)
    } else {
        None
    };
    html(&state, &signed, &found, &Typing::standing(&signed, &found), lock.as_ref(), None).await
}

/// The article's page again, after a form beneath it was refused: what was typed stands in that form.
pub(super) async fn refused(
    state: &DeskState,
    signed: &SignedIn,
    id: Uuid,
    tried: &Tried<'_>,
) -> Result<Response, Failure> {
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let typing = Typing::standing(signed, &found);
    let html = html(state, signed, &found, &typing, None, Some(tried)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

fn base(fields: &Fields, found: &DeskArticle) -> u32 {
    fields.get("base").parse().unwrap_or(found.article.last_revision)
}

pub(crate) async fn save(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let (base, note) = (base(&fields, &found), fields.get("note"));
    // Kept before anything is decided: whatever is refused, the text is there.
    let kept = press::autosave(state.ws(), signed.acting(), signed.holder(), id, base, &content).await;
    let saved = match kept {
        Ok(_) => press::revise(state.ws(), signed.acting(), signed.holder(), id, base, &content, note).await,
        Err(error) => Err(error),
    };
    let problems = match saved {
        Ok(_) => return Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=saved"))),
        Err(error) => Failure::all_of_form(error)?,
    };
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    // After someone else's revision, sending again means: this text, on top of theirs, which is shown above.
    let base = if problems.iter().any(|p| p.id == "article-changed-meanwhile") {
        found.article.last_revision
    } else {
        base
    };
    let typing = Typing { content: &content, base, note, problems: &problems };
    let html = html(&state, &signed, &found, &typing, None, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
