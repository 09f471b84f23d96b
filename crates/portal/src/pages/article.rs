//! An article under its column, and a static page.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use nhipcau_actions::press::{self, ColumnView, Found};
use nhipcau_domain::{press::ArticleKind, text};
use nhipcau_messages::Lang;
use nhipcau_writing::{Rendered, excerpt, reading_minutes, render};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    page::{Page, Section},
    pages::{front::publisher, moved},
    reader::Reader,
    reading::html,
    routes,
    site::{
        feed,
        head::{ArticleHead, JsonLd},
        making::{InPage, card, cards, content_lang, in_language, interface_lang, machine, moment, picture},
        views::{Card, Link, Moment, PictureView},
    },
    state::PortalState,
};

/// An article's page.
#[derive(Debug, Clone, Template)]
#[template(path = "article.html")]
pub struct ArticlePage {
    /// What every page carries.
    pub page: Page,
    /// Whether it is a static page: no day at its head, none before and after it.
    pub fixed: bool,
    /// Its columns, the highest first.
    pub trail: Vec<Link>,
    /// The language that it is in.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its cover.
    pub cover: Option<PictureView>,
    /// Its text: safe HTML.
    pub body: String,
    /// Its headings, where there are enough to need a list of them: anchor and words.
    pub contents: Vec<Link>,
    /// Who wrote it.
    pub byline: String,
    /// Where it was taken from.
    pub source: String,
    /// When it went out.
    pub published: Moment,
    /// When it was changed.
    pub updated: Option<Moment>,
    /// How long it takes to read; 0 for not worth saying.
    pub minutes: u32,
    /// The day that its figures are of; none without any.
    pub figures_of: Option<String>,
    /// It in other languages: language, address, title.
    pub translations: Vec<(Lang, String, String)>,
    /// Of a translation that is older than its original: the original.
    pub newer_original: Option<String>,
    /// What belongs to it.
    pub related: Vec<Card>,
    /// The article before it in its column.
    pub previous: Option<Card>,
    /// The article after it.
    pub next: Option<Card>,
    /// Where readers say what they think of it.
    pub feedback: String,
}

/// Shows an article.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path((column, slug)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let found = press::article(&state.workspace, &column, &slug).await?;
    answer(&state, &reader, found).await
}

/// Shows a static page.
pub async fn show_fixed(
    State(state): State<PortalState>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let found = press::static_page(&state.workspace, &slug).await?;
    answer(&state, &reader, found).await
}

async fn answer(state: &PortalState, reader: &Reader, found: Found) -> Result<Response, Failure> {
    match found {
        Found::Article(found) => Ok(html(&view(state, reader, *found).await?)?.into_response()),
        Found::Moved(to) => Ok(moved::to(reader, &to)),
        Found::Gone(_) => Err(Failure::Gone),
        Found::Missing => moved::elsewhere(state, reader).await,
    }
}

/// Fewer headings than this need no list.
const CONTENTS_FROM: usize = 4;

/// An article as a page; the desk's preview shows it too.
pub async fn view(
    state: &PortalState,
    reader: &Reader,
    found: press::ArticlePage,
) -> Result<ArticlePage, Failure> {
    let mut page = Page::new(reader, Section::Site);
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let teaser = &found.teaser;
    let lang = interface_lang(teaser.lang);
    page.column = teaser.column.as_ref().map(|c| c.id.to_string());
    let (rendered, lead) = rendered(&page, &found).await?;
    let cover = teaser.cover.as_ref().and_then(|(cover, view)| picture(cover, view));
    head(&mut page, &base, &found, cover.as_ref(), &rendered, &lead);
    let here = content_lang(page.lang);
    let link = |c: &ColumnView| Link { name: c.names.get(here).to_owned(), href: page.to(&c.href(), &[]) };
    let heading = |h: &nhipcau_writing::Heading| Link { name: h.text.clone(), href: format!("#{}", h.id) };
    let contents: Vec<Link> = rendered.headings.iter().filter(|h| h.level == 2).map(heading).collect();
    let in_words = |t: &press::Translation| {
        let lang = interface_lang(t.lang);
        let aids: Vec<_> = page.aids.parameters().collect();
        (lang, routes::and(&in_language(&t.href, lang), &aids), t.title.clone())
    };
    let bound_on = text::local_day(teaser.updated_at.unwrap_or(teaser.published_at));
    let newer = found.original.as_ref().filter(|_| found.older_than_original);
    Ok(ArticlePage {
        fixed: teaser.kind == ArticleKind::Page,
        trail: found.trail.iter().map(link).collect(),
        lang,
        title: teaser.title.clone(),
        cover,
        contents: if contents.len() >= CONTENTS_FROM { contents } else { Vec::new() },
        byline: found.content.byline.clone(),
        source: found.content.source.clone(),
        published: moment(&page, teaser.published_at),
        updated: teaser.updated_at.map(|at| moment(&page, at)),
        minutes: reading_minutes(rendered.words),
        figures_of: (!rendered.figures.is_empty()).then(|| page.date(&bound_on)),
        translations: found.translations.iter().map(in_words).collect(),
        newer_original: newer.map(|o| in_words(o).1),
        related: cards(&page, &found.related),
        previous: found.previous.as_ref().map(|t| card(&page, t)),
        next: found.next.as_ref().map(|t| card(&page, t)),
        feedback: page.to(routes::FEEDBACK, &[(routes::ABOUT, Some(&teaser.href))]),
        body: rendered.html,
        lead: teaser.lead.clone(),
        page,
    })
}

/// The body as HTML, and the lead or what stands for it. A long text takes the processor a while.
async fn rendered(page: &Page, found: &press::ArticlePage) -> Result<(Rendered, String), Failure> {
    let resolve =
        InPage { resolved: found.resolved.clone().saying(&page.t("portal-withheld")), page: page.clone() };
    let (body, lead, lang) =
        (found.content.body.clone(), found.teaser.lead.clone(), found.teaser.lang.as_str());
    let done = tokio::task::spawn_blocking(move || {
        let rendered = render(&body, &resolve, lang);
        let lead = if lead.is_empty() { excerpt(&body, &resolve, 200) } else { lead };
        (rendered, lead)
    });
    done.await.map_err(|_| Failure::Internal)
}

/// What an article says of itself to machines.
fn head(
    page: &mut Page,
    base: &str,
    found: &press::ArticlePage,
    cover: Option<&PictureView>,
    rendered: &Rendered,
    lead: &str,
) {
    let teaser = &found.teaser;
    let lang = interface_lang(teaser.lang);
    let canonical = format!("{base}{}", in_language(&teaser.href, lang));
    let mut alternates = vec![(lang.code(), canonical.clone())];
    alternates.extend(found.translations.iter().map(|t| {
        let lang = interface_lang(t.lang);
        (lang.code(), format!("{base}{}", in_language(&t.href, lang)))
    }));
    if alternates.len() > 1 {
        let original = alternates.iter().find(|(code, _)| *code == "vi").map(|(_, href)| href.clone());
        alternates.push(("x-default", original.unwrap_or_else(|| canonical.clone())));
    } else {
        alternates.clear();
    }
    let byline = &found.content.byline;
    let author = if byline.is_empty() { page.authority() } else { byline.clone() };
    let here = content_lang(page.lang);
    let section = teaser.column.as_ref().map(|c| c.names.get(here).to_owned()).unwrap_or_default();
    let (published, modified) = (machine(teaser.published_at), teaser.updated_at.map(machine));
    let kind = if byline.is_empty() { "Organization" } else { "Person" };
    let image = cover.map(|c| {
        let (href, width, height) = &c.widest;
        json!({ "@type": "ImageObject", "url": format!("{base}{href}"), "width": width, "height": height, "caption": c.caption })
    });
    let about = json!({
        "@context": "https://schema.org",
        "@type": if teaser.kind == ArticleKind::Page { "WebPage" } else { "NewsArticle" },
        "headline": teaser.title,
        "description": lead,
        "url": canonical,
        "mainEntityOfPage": canonical,
        "inLanguage": teaser.lang.as_str(),
        "datePublished": published,
        "dateModified": modified.as_ref().unwrap_or(&published),
        "author": { "@type": kind, "name": author },
        "publisher": publisher(page, base),
        "articleSection": section,
        "keywords": found.content.tags,
        "wordCount": rendered.words,
        "isAccessibleForFree": true,
        "image": image.into_iter().collect::<Vec<Value>>(),
    });
    page.head.json_ld = vec![JsonLd::new(&about)];
    if !found.trail.is_empty() {
        page.head.json_ld.push(crumbs_json(page, base, &found.trail, Some((&teaser.title, &canonical))));
    }
    page.head.feeds = match &teaser.column {
        Some(column) => feed::of_column(page, &column.slug, &section),
        None => Vec::new(),
    };
    lead.clone_into(&mut page.head.description);
    page.head.article = Some(ArticleHead {
        title: teaser.title.clone(),
        published,
        modified: modified.unwrap_or_default(),
        author,
        section,
        image: cover.map(|c| (format!("{base}{}", c.widest.0), c.widest.1, c.widest.2, c.alt.clone())),
    });
    page.head.alternates = alternates;
    page.head.canonical = canonical;
}

/// The way to a page through its columns, for search engines.
pub(crate) fn crumbs_json(
    page: &Page,
    base: &str,
    trail: &[ColumnView],
    last: Option<(&str, &str)>,
) -> JsonLd {
    let here = content_lang(page.lang);
    let columns = trail
        .iter()
        .map(|c| (c.names.get(here).to_owned(), format!("{base}{}", in_language(&c.href(), page.lang))));
    let last = last.map(|(name, href)| (name.to_owned(), href.to_owned()));
    let items: Vec<Value> = columns
        .chain(last)
        .enumerate()
        .map(
            |(i, (name, item))| json!({ "@type": "ListItem", "position": i + 1, "name": name, "item": item }),
        )
        .collect();
    JsonLd::new(
        &json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }),
    )
}

impl ArticlePage {
    /// The language of the text, where it is not the page's.
    #[must_use]
    pub fn other_lang(&self) -> Option<&'static str> {
        (self.lang != self.page.lang).then(|| self.lang.code())
    }

    /// Its one true address, which stands on the print.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.page.head.canonical
    }
}
