//! A column: what it is about, the columns below it, its articles page by page.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use nhipcau_actions::press;
use nhipcau_domain::problem::Problem;

use crate::{
    failure::Failure,
    page::{Page, Section},
    pages::{article::crumbs_json, moved},
    reader::Reader,
    reading::html,
    routes,
    site::{
        feed,
        making::{cards, content_lang, every_language, in_language},
        views::{Card, Link, Paging},
    },
    state::PortalState,
};

/// A column's page.
#[derive(Debug, Clone, Template)]
#[template(path = "column.html")]
pub struct ColumnPage {
    /// What every page carries.
    pub page: Page,
    /// The columns above it, the highest first.
    pub trail: Vec<Link>,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The columns right below it.
    pub below: Vec<Link>,
    /// The articles of this page of the list.
    pub cards: Vec<Card>,
    /// How many there are in all.
    pub total: u32,
    /// The pages of the list.
    pub paging: Paging,
}

/// Shows a column.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let mut page = Page::new(&reader, Section::Site);
    let lang = content_lang(page.lang);
    let number = match reader.parameter(routes::PAGE) {
        None => 1,
        Some(found) => {
            found.parse().map_err(|_| Problem::new("site-list-page-unreadable").with("found", found))?
        }
    };
    let Some(found) = press::column_page(&state.workspace, &slug, number, lang).await? else {
        return moved::elsewhere(&state, &reader).await;
    };
    let site = press::site(&state.workspace).await?;
    let base = state.base(&site);
    page.column = Some(found.column.id.to_string());
    let name = found.column.names.get(lang).to_owned();
    let description = found.column.description.get(lang).to_owned();
    let path = found.column.href();
    let turned = |n: u32| routes::and(&path, &[(routes::PAGE, (n > 1).then(|| n.to_string()).as_deref())]);
    page.head.canonical = format!("{base}{}", in_language(&turned(found.page), page.lang));
    page.head.alternates = every_language(&base, &turned(found.page));
    page.head.feeds = feed::of_column(&page, &found.column.slug, &name);
    page.head.description.clone_from(&description);
    let link =
        |c: &press::ColumnView| Link { name: c.names.get(lang).to_owned(), href: page.to(&c.href(), &[]) };
    let mut trail: Vec<Link> = found.trail.iter().map(link).collect();
    let json = crumbs_json(&page, &base, &found.trail, None);
    trail.pop();
    let below = found.children.iter().map(link).collect();
    let paging = Paging::new(found.page, found.pages, |n| page.to(&turned(n), &[]));
    page.head.turns = [("prev", &paging.newer), ("next", &paging.older)]
        .into_iter()
        .filter_map(|(rel, href)| Some((rel, href.clone()?)))
        .collect();
    page.head.json_ld = vec![json];
    let cards = cards(&page, &found.articles);
    Ok(html(&ColumnPage { trail, name, description, below, cards, total: found.total, paging, page })?
        .into_response())
}
