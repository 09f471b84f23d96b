//! Looking at an article before it is out: whoever has the link, for as long as it works.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{
        HeaderName, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press;
use nhipcau_messages::Lang;
use nhipcau_writing::Resolve as _;
use uuid::Uuid;

use crate::{failure::Failure, page::Page, state::DeskState, visitor::Visitor};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The page: what the article will say, under a line that it is not out.
#[derive(Template)]
#[template(path = "ahead.html")]
struct Ahead {
    page: Page,
    title: String,
    /// The text's own language, where it is not the page's.
    lang: Option<&'static str>,
    trail: Vec<String>,
    lead: String,
    /// Address, words for who cannot see it, caption, credit.
    cover: Option<(String, String, String, String)>,
    body: String,
    byline: String,
    source: String,
    tags: String,
    /// Which revision this is, and when it was written.
    revision: String,
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let found = press::preview(state.ws(), &token).await?.ok_or(Failure::NotFound)?;
    let page = Page { lang: visitor.page.lang, ..Page::default() };
    let resolved = found.resolved.saying(&page.t("portal-withheld"));
    let content = found.revision.content;
    let cover = content.cover.as_ref().and_then(|c| {
        let picture = resolved.picture(&c.media.to_string())?;
        // The last source is one that every browser reads.
        let either = |own: &str, general: String| if own.is_empty() { general } else { own.to_owned() };
        let src = picture.sources.last()?.href.clone();
        Some((
            src,
            either(&c.alt, picture.alt),
            either(&c.caption, picture.caption),
            either(&c.credit, picture.credit),
        ))
    });
    let lang = found.article.lang;
    let body = content.body.clone();
    let work = tokio::task::spawn_blocking(move || nhipcau_writing::render(&body, &resolved, lang.as_str()));
    let body = work.await.map_err(|_| Failure::Internal)?.html;
    let here = match page.lang {
        Lang::Vi => nhipcau_domain::press::ContentLang::Vi,
        Lang::En => nhipcau_domain::press::ContentLang::En,
        Lang::Km => nhipcau_domain::press::ContentLang::Km,
    };
    let view = Ahead {
        revision: page.say(
            "desk-ahead-revision",
            &[("number", found.revision.number.into()), ("at", page.time(found.revision.at).into())],
        ),
        title: content.title,
        lang: (lang.as_str() != page.lang.code()).then(|| lang.as_str()),
        trail: found.trail.iter().map(|c| c.names.get(here).to_owned()).collect(),
        lead: content.lead,
        cover,
        body,
        byline: content.byline,
        source: content.source,
        tags: content.tags.join(", "),
        page,
    };
    let mut answer = Html(view.render()?).into_response();
    answer.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    Ok(answer)
}

/// What the article shows, by the same link.
pub(crate) async fn bytes(
    State(state): State<DeskState>,
    Path((token, id, name)): Path<(String, Uuid, String)>,
) -> Result<Response, Failure> {
    let found = press::preview_media(state.ws(), &token, id, &name).await?.ok_or(Failure::NotFound)?;
    let disposition = if found.media_type.starts_with("image/") { "inline" } else { "attachment" };
    let headers = [
        (CONTENT_TYPE, found.media_type),
        (CONTENT_DISPOSITION, disposition.to_owned()),
        (ROBOTS, "noindex".to_owned()),
    ];
    Ok((headers, found.bytes).into_response())
}
