//! Everything on one page: columns, pages, rooms, feeds.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::press;

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::html,
    routes,
    site::{
        feed,
        head::Feed,
        making::{content_lang, every_language, in_language},
        views::Link,
    },
    state::PortalState,
};

/// The page of everything.
#[derive(Debug, Clone, Template)]
#[template(path = "site_map.html")]
pub struct SiteMap {
    /// What every page carries.
    pub page: Page,
    /// Static pages.
    pub pages: Vec<Link>,
    /// Feeds, the site's first.
    pub feeds: Vec<Feed>,
}

/// Shows it.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut page = Page::new(&reader, Section::Site);
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    page.head.canonical = format!("{base}{}", in_language(routes::SITE_MAP, page.lang));
    page.head.alternates = every_language(&base, routes::SITE_MAP);
    page.head.description = page.t("site-map-lead");
    let here = content_lang(page.lang);
    let of_here = |l: &&press::PageLink| l.lang == here;
    let own = site.pages.iter().any(|l| of_here(&l));
    let pages = site
        .pages
        .iter()
        .filter(|l| if own { of_here(l) } else { l.lang == nhipcau_domain::press::ContentLang::Vi })
        .map(|l| Link { name: l.title.clone(), href: page.to(&l.href, &[]) })
        .collect();
    let mut feeds = feed::of_site(&page);
    feeds.truncate(1);
    for column in &page.frame.columns {
        feeds.extend(feed::of_column(&page, &column.slug, &column.name).into_iter().take(1));
    }
    html(&SiteMap { page, pages, feeds })
}
