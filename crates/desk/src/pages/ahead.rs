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
use nhipcau_domain::press::ContentLang;
use nhipcau_messages::Lang;
use nhipcau_writing::{Picture, Resolve as _, reading_minutes};
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
    /// The site's name, and what stands beneath it.
    site: String,
    motto: String,
    /// The public pages' stylesheet and script; without them the desk's stylesheet.
    style: String,
    script: String,
    trail: Vec<String>,
    lead: String,
    /// Its picture as HTML, caption, credit.
    cover: Option<(Cover, String, String)>,
    body: String,
    /// Its headings, where there are enough to need a list of them: anchor and words.
    contents: Vec<(String, String)>,
    /// How long it takes to read, in minutes.
    minutes: u32,
    byline: String,
    source: String,
    tags: String,
    /// Which revision this is, and when it was written.
    revision: String,
}

/// A cover as the public pages write it: every size of every format.
struct Cover {
    /// Media type, addresses with their widths.
    sources: Vec<(String, String)>,
    src: String,
    width: u32,
    height: u32,
    alt: String,
}

fn cover(picture: &Picture, alt: String) -> Option<Cover> {
    // The last source is one that every browser reads.
    let src = picture.sources.last()?.href.clone();
    let mut sources: Vec<(String, String)> = Vec::new();
    for source in &picture.sources {
        let entry = format!("{} {}w", source.href, source.width);
        match sources.iter_mut().find(|(mime, _)| *mime == source.mime) {
            Some((_, set)) => {
                set.push_str(", ");
                set.push_str(&entry);
            }
            None => sources.push((source.mime.clone(), entry)),
        }
    }
    Some(Cover { sources, src, width: picture.width, height: picture.height, alt })
}

/// Fewer headings than this need no list: as the public pages have it.
const CONTENTS_FROM: usize = 4;

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let found = press::preview(state.ws(), &token).await?.ok_or(Failure::NotFound)?;
    let page = Page { lang: visitor.page.lang, ..Page::default() };
    let resolved = found.resolved.saying(&page.t("portal-withheld"));
    let content = found.revision.content;
    let either = |own: &str, general: &str| if own.is_empty() { general } else { own }.to_owned();
    let cover = content.cover.as_ref().and_then(|c| {
        let picture = resolved.picture(&c.media.to_string())?;
        let (caption, credit) = (either(&c.caption, &picture.caption), either(&c.credit, &picture.credit));
        let alt = either(&c.alt, &picture.alt);
        Some((cover(&picture, alt)?, caption, credit))
    });
    let lang = found.article.lang;
    let body = content.body.clone();
    let work = tokio::task::spawn_blocking(move || nhipcau_writing::render(&body, &resolved, lang.as_str()));
    let rendered = work.await.map_err(|_| Failure::Internal)?;
    let contents: Vec<(String, String)> =
        rendered.headings.iter().filter(|h| h.level == 2).map(|h| (h.id.clone(), h.text.clone())).collect();
    let site = press::site(state.ws()).await?;
    let here = content_lang(page.lang);
    let own = site.settings.name.get(here).to_owned();
    let (style, script) = state.look.clone().unwrap_or_else(|| (page.style(), String::new()));
    let view = Ahead {
        revision: page.say(
            "desk-ahead-revision",
            &[("number", found.revision.number.into()), ("at", page.time(found.revision.at).into())],
        ),
        title: content.title,
        lang: (lang.as_str() != page.lang.code()).then(|| lang.as_str()),
        trail: found.trail.iter().map(|c| c.names.get(here).to_owned()).collect(),
        site: if own.is_empty() { page.t("desk-name") } else { own },
        motto: site.settings.motto.get(here).to_owned(),
        style,
        script,
        lead: content.lead,
        cover,
        contents: if contents.len() >= CONTENTS_FROM { contents } else { Vec::new() },
        minutes: reading_minutes(rendered.words),
        body: rendered.html,
        byline: content.byline,
        source: content.source,
        tags: content.tags.join(", "),
        page,
    };
    let mut answer = Html(view.render()?).into_response();
    answer.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    Ok(answer)
}

fn content_lang(lang: Lang) -> ContentLang {
    match lang {
        Lang::Vi => ContentLang::Vi,
        Lang::En => ContentLang::En,
        Lang::Km => ContentLang::Km,
    }
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
