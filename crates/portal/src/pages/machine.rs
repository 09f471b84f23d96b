//! What machines read: feeds, site maps, and the small files that browsers and robots ask for.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use nhipcau_actions::{
    press::{self, SitemapEntry, Teaser},
    register,
};
use nhipcau_domain::{Timestamp, press::ArticleKind};
use nhipcau_messages::Lang;
use serde_json::json;

use crate::{
    assets,
    failure::Failure,
    page::{Page, Section},
    pages::front::description,
    reader::Reader,
    routes,
    site::making::{content_lang, in_language, interface_lang, machine},
    state::PortalState,
};

/// How many articles a feed has.
const IN_FEED: u32 = 30;
/// How many addresses a site map may have (sitemaps.org).
const IN_MAP: usize = 50_000;
/// How old an article of the news map may be (as search engines ask for).
const NEWS: SignedDuration = SignedDuration::from_hours(48);
/// Feeds are asked for often, and may be some minutes old.
const A_WHILE: &str = "public, max-age=300, stale-while-revalidate=3600";

/// Without the control characters that XML cannot hold.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// An article in a feed.
struct Item {
    title: String,
    href: String,
    id: String,
    summary: String,
    column: String,
    lang: &'static str,
    published: Timestamp,
    updated: Timestamp,
    /// Address, media type, bytes.
    picture: Option<(String, String, i64)>,
}

impl Item {
    fn of(page: &Page, base: &str, teaser: &Teaser) -> Self {
        let lang = interface_lang(teaser.lang);
        let cover = teaser.cover.as_ref().and_then(|(cover, view)| crate::site::making::picture(cover, view));
        Self {
            title: plain(&teaser.title),
            href: format!("{base}{}", in_language(&teaser.href, lang)),
            id: format!("urn:uuid:{}", teaser.id),
            summary: plain(&teaser.lead),
            column: teaser
                .column
                .as_ref()
                .map(|c| c.names.get(content_lang(page.lang)).to_owned())
                .unwrap_or_default(),
            lang: lang.code(),
            published: teaser.published_at,
            updated: teaser.updated_at.unwrap_or(teaser.published_at),
            picture: cover.map(|c| (format!("{base}{}", c.src), c.media_type, c.size)),
        }
    }

    /// RFC 822, as RSS has it.
    fn rss_day(&self) -> String {
        self.published.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }

    fn published(&self) -> String {
        machine(self.published)
    }

    fn updated(&self) -> String {
        machine(self.updated)
    }
}

#[derive(Template)]
#[template(path = "machine/rss.xml")]
struct Rss {
    channel: Channel,
}

#[derive(Template)]
#[template(path = "machine/atom.xml")]
struct Atom {
    channel: Channel,
}

/// A feed.
struct Channel {
    title: String,
    description: String,
    /// The page that it belongs to.
    home: String,
    /// Its own address.
    here: String,
    lang: &'static str,
    authority: String,
    items: Vec<Item>,
}

impl Channel {
    /// When something in it last changed.
    fn updated(&self) -> String {
        machine(self.items.iter().map(|i| i.updated).max().unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

async fn channel(
    state: &PortalState,
    reader: &Reader,
    column: Option<&str>,
    path: &str,
) -> Result<Channel, Failure> {
    let page = Page::new(reader, Section::Site);
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let column = match column {
        Some(slug) => Some(site.column_by_slug(slug).ok_or(Failure::NotFound)?),
        None => None,
    };
    let lang = content_lang(page.lang);
    let found = press::feed(&state.workspace, column.map(|c| &c.id), lang, IN_FEED).await?;
    let (title, home) = match column {
        Some(c) => (format!("{} · {}", c.names.get(lang), page.authority()), c.href()),
        None => (page.authority(), routes::HOME.to_owned()),
    };
    let about = column.map(|c| c.description.get(lang).to_owned()).filter(|d| !d.is_empty());
    Ok(Channel {
        title,
        description: about.unwrap_or_else(|| description(&page)),
        home: format!("{base}{}", in_language(&home, page.lang)),
        here: format!("{base}{}", in_language(path, page.lang)),
        lang: page.lang.code(),
        authority: page.authority(),
        items: found.iter().map(|t| Item::of(&page, &base, t)).collect(),
    })
}

fn told(media_type: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, A_WHILE)], text).into_response()
}

const RSS_TYPE: &str = "application/rss+xml; charset=utf-8";
const ATOM_TYPE: &str = "application/atom+xml; charset=utf-8";
const XML_TYPE: &str = "application/xml; charset=utf-8";

/// The site's newest articles.
pub async fn rss(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    Ok(told(RSS_TYPE, Rss { channel: channel(&state, &reader, None, routes::RSS).await? }.render()?))
}

/// The same as Atom.
pub async fn atom(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    Ok(told(ATOM_TYPE, Atom { channel: channel(&state, &reader, None, routes::ATOM).await? }.render()?))
}

/// A column's newest articles.
pub async fn column_rss(
    State(state): State<PortalState>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let path = format!("{}/rss.xml", routes::column(&slug));
    match channel(&state, &reader, Some(&slug), &path).await {
        Ok(channel) => Ok(told(RSS_TYPE, Rss { channel }.render()?)),
        Err(Failure::NotFound) => super::moved::elsewhere(&state, &reader).await,
        Err(other) => Err(other),
    }
}

/// The same as Atom.
pub async fn column_atom(
    State(state): State<PortalState>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let path = format!("{}/atom.xml", routes::column(&slug));
    match channel(&state, &reader, Some(&slug), &path).await {
        Ok(channel) => Ok(told(ATOM_TYPE, Atom { channel }.render()?)),
        Err(Failure::NotFound) => super::moved::elsewhere(&state, &reader).await,
        Err(other) => Err(other),
    }
}

/// The same as a JSON feed (version 1.1), for the province's parent portal.
pub async fn json_feed(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    let channel = channel(&state, &reader, None, routes::JSON_FEED).await?;
    let items: Vec<_> = channel
        .items
        .iter()
        .map(|i| {
            let mut item = json!({
                "id": i.id,
                "url": i.href,
                "title": i.title,
                "summary": i.summary,
                "content_text": i.summary,
                "date_published": i.published(),
                "date_modified": i.updated(),
                "language": i.lang,
                "tags": [i.column],
            });
            if let (Some((href, ..)), Some(item)) = (&i.picture, item.as_object_mut()) {
                item.insert("image".to_owned(), json!(href));
            }
            item
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home,
        "feed_url": channel.here,
        "language": channel.lang,
        "authors": [{ "name": channel.authority, "url": channel.home }],
        "items": items,
    });
    Ok(told("application/feed+json; charset=utf-8", feed.to_string()))
}

/// An address in a site map.
struct Place {
    href: String,
    changed: Option<String>,
    /// The same in other languages: code and address.
    alternates: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "machine/sitemap.xml")]
struct SitemapXml {
    places: Vec<Place>,
}

#[derive(Template)]
#[template(path = "machine/sitemap_index.xml")]
struct SitemapIndex {
    parts: Vec<String>,
}

#[derive(Template)]
#[template(path = "machine/sitemap_news.xml")]
struct SitemapNews {
    authority: String,
    items: Vec<(String, &'static str, String, String)>,
}

/// Every page that search engines should know.
async fn places(state: &PortalState) -> Result<Vec<Place>, Failure> {
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let mut places = Vec::new();
    let mut everywhere = |path: &str| {
        let alternates: Vec<_> = Lang::OF_PAGES
            .into_iter()
            .map(|l| (l.code(), format!("{base}{}", in_language(path, l))))
            .collect();
        places.extend(alternates.clone().into_iter().map(|(_, href)| Place {
            href,
            changed: None,
            alternates: alternates.clone(),
        }));
    };
    for room in [
        routes::HOME,
        routes::RESULTS,
        routes::REPORTS,
        routes::FIGURES,
        routes::COVERAGE,
        routes::TREE,
        routes::SITE_MAP,
        routes::FEEDBACK,
        routes::VISITS,
    ] {
        everywhere(room);
    }
    for column in site.columns.iter().filter(|c| !c.hidden) {
        everywhere(&column.href());
    }
    everywhere(routes::DOCUMENTS);
    for (href, _) in register::addresses(&state.workspace).await? {
        everywhere(&href);
    }
    let entries = press::sitemap_entries(&state.workspace).await?;
    let address = |e: &SitemapEntry| format!("{base}{}", in_language(&e.href, interface_lang(e.lang)));
    let mut families: std::collections::HashMap<uuid::Uuid, Vec<(&'static str, String)>> =
        std::collections::HashMap::new();
    for entry in &entries {
        families.entry(entry.family).or_default().push((interface_lang(entry.lang).code(), address(entry)));
    }
    places.extend(entries.iter().map(|e| Place {
        href: address(e),
        changed: Some(machine(e.changed_at)),
        alternates: families.get(&e.family).filter(|f| f.len() > 1).cloned().unwrap_or_default(),
    }));
    Ok(places)
}

/// The map of all pages; an index of maps where one file may not hold them.
pub async fn sitemap(State(state): State<PortalState>) -> Result<Response, Failure> {
    let places = places(&state).await?;
    if places.len() <= IN_MAP {
        return Ok(told(XML_TYPE, SitemapXml { places }.render()?));
    }
    let base = state.base(&*press::site(&state.workspace).await?);
    let parts = (1..=places.len().div_ceil(IN_MAP)).map(|n| format!("{base}/sitemap/{n}.xml")).collect();
    Ok(told(XML_TYPE, SitemapIndex { parts }.render()?))
}

/// A part of the map.
pub async fn sitemap_part(
    State(state): State<PortalState>,
    Path(part): Path<String>,
) -> Result<Response, Failure> {
    let number: usize = part.strip_suffix(".xml").and_then(|n| n.parse().ok()).ok_or(Failure::NotFound)?;
    let all = places(&state).await?;
    let from = number.checked_sub(1).and_then(|n| n.checked_mul(IN_MAP)).ok_or(Failure::NotFound)?;
    let places: Vec<_> = all.into_iter().skip(from).take(IN_MAP).collect();
    if places.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(told(XML_TYPE, SitemapXml { places }.render()?))
}

/// The articles of the last two days, for news search.
pub async fn sitemap_news(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    let page = Page::new(&reader, Section::Site);
    let base = state.base(&*press::site(&state.workspace).await?);
    let since = state.workspace.now().checked_sub(NEWS).unwrap_or(Timestamp::UNIX_EPOCH);
    let entries = press::sitemap_entries(&state.workspace).await?;
    let fresh = entries.into_iter().filter(|e| e.kind == ArticleKind::Article && e.published_at >= since);
    let items = fresh
        .take(1000)
        .map(|e| {
            let lang = interface_lang(e.lang);
            (
                format!("{base}{}", in_language(&e.href, lang)),
                lang.code(),
                machine(e.published_at),
                plain(&e.title),
            )
        })
        .collect();
    Ok(told(XML_TYPE, SitemapNews { authority: page.authority(), items }.render()?))
}

/// What robots may read: everything that readers may, but not the same page in another dress.
pub async fn robots(State(state): State<PortalState>) -> Result<Response, Failure> {
    let base = state.base(&*press::site(&state.workspace).await?);
    let text = format!(
        "User-agent: *\nDisallow: {desk}\nDisallow: {search}\nDisallow: /*?*co=\nDisallow: /*?*tuong-phan=\n\
         Disallow: /*?*gian=\nDisallow: /*?*nen=\n\nSitemap: {base}{map}\nSitemap: {base}{news}\n",
        desk = routes::DESK,
        search = routes::SEARCH,
        map = routes::SITEMAP_XML,
        news = routes::SITEMAP_NEWS,
    );
    Ok(told("text/plain; charset=utf-8", text))
}

/// Whom to tell of a weakness (RFC 9116): the site's own address, for the year to come.
pub async fn security(State(state): State<PortalState>) -> Result<Response, Failure> {
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    let until = state.workspace.now().checked_add(SignedDuration::from_hours(24 * 364));
    let until = machine(until.unwrap_or(Timestamp::MAX));
    let by_mail =
        (!site.settings.email.is_empty()).then(|| format!("Contact: mailto:{}\n", site.settings.email));
    let text = format!(
        "{}Contact: {base}{}\nExpires: {until}\nPreferred-Languages: vi, en\nCanonical: {base}{}\n",
        by_mail.unwrap_or_default(),
        routes::FEEDBACK,
        routes::SECURITY,
    );
    Ok(told("text/plain; charset=utf-8", text))
}

/// How the site looks on a telephone's first screen.
pub async fn manifest(reader: Reader) -> Result<Response, Failure> {
    let page = Page::new(&reader, Section::Site);
    let manifest = json!({
        "name": page.authority(),
        "short_name": page.authority(),
        "lang": page.lang.code(),
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#faf9f5",
        "theme_color": "#0b5a60",
        "icons": [{ "src": page.icon(), "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
    });
    Ok(told("application/manifest+json; charset=utf-8", manifest.to_string()))
}

/// The icon, for those that do not read where it is.
pub async fn favicon() -> Response {
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, assets::ICON.body()).into_response()
}
