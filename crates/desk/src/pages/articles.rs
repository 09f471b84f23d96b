//! Articles and static pages, with filters.

use askama::Template;
use axum::{
    extract::{Query, RawQuery, State},
    response::Html,
};
use nhipcau_actions::press::{self, DESK_PAGE};
use nhipcau_domain::press::{ArticleKind, ArticleStatus, ContentLang};
use nhipcau_store::site::DeskFilter;

use super::overview::article_link;
use crate::{
    failure::Failure,
    field::Field,
    page::Page,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The filters: a form that is read, not sent.
#[derive(Template)]
#[template(path = "parts/filter.html")]
struct Filter {
    fields: Vec<Field>,
    button: String,
}

/// Columns to choose from, indented by depth.
pub(crate) fn column_options(site: &press::Site, none: Option<String>) -> Vec<(String, String)> {
    let none = none.map(|words| (String::new(), words));
    let columns = site.columns.iter().map(|c| {
        let indent = "— ".repeat(usize::try_from(c.depth).unwrap_or(0));
        (c.id.to_string(), format!("{indent}{}", c.names.vi))
    });
    none.into_iter().chain(columns).collect()
}

pub(crate) fn lang_options(page: &Page) -> Vec<(String, String)> {
    ContentLang::ALL
        .iter()
        .map(|l| (l.as_str().to_owned(), page.t(&format!("desk-lang-{}", l.as_str()))))
        .collect()
}

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/bai-viet");
    let asked = Fields(asked);
    let site = press::site(state.ws()).await?;
    let filter = DeskFilter {
        status: ArticleStatus::parse(asked.get("tinh-trang")),
        kind: ArticleKind::parse(asked.get("loai")),
        column: asked.some("chuyen-muc").map(Into::into),
        office: (asked.get("cua-toi") == "1").then(|| signed.acting().office.clone()),
        lang: ContentLang::parse(asked.get("ngon-ngu")),
    };
    let number: u32 = asked.get("trang").parse().unwrap_or(1).max(1);
    let found = press::desk_list(state.ws(), signed.acting(), &filter, number).await?;
    let all = || vec![(String::new(), page.t("desk-all"))];
    let statuses = ArticleStatus::ALL
        .iter()
        .map(|s| (s.as_str().to_owned(), page.t(&format!("desk-status-{}", s.as_str()))));
    let kinds = [ArticleKind::Article, ArticleKind::Page]
        .map(|k| (k.as_str().to_owned(), page.t(&format!("desk-kind-{}", k.as_str()))));
    let kept = |name: &str, label: &str, options: Vec<(String, String)>| {
        Field::select(name, page.t(label), options).value(asked.get(name))
    };
    let fields = vec![
        kept("tinh-trang", "desk-status", all().into_iter().chain(statuses).collect()),
        kept("chuyen-muc", "desk-column", column_options(&site, Some(page.t("desk-all")))),
        kept("loai", "desk-kind", all().into_iter().chain(kinds).collect()),
        kept("ngon-ngu", "desk-language", all().into_iter().chain(lang_options(&page)).collect()),
        Field::new("check", "cua-toi", page.t("desk-own")).value(asked.get("cua-toi")),
    ];
    let filters = Filter { fields, button: page.t("desk-filter") }.render()?;
    let rows = found.iter().map(|a| {
        let column = a.column.as_ref().and_then(|c| site.column(c)).map(|c| c.names.vi.clone());
        let lock = a.lock.as_ref().filter(|l| l.until > state.ws().now());
        let lock = lock.map(|l| {
            page.say("desk-locked", &[("by", l.holder.as_str().into()), ("since", page.time(l.since).into())])
        });
        vec![
            article_link(a).more(lock.unwrap_or_default()),
            Cell::text(page.t(&format!("desk-status-{}", a.status.as_str())))
                .more(page.t(&format!("desk-lang-{}", a.lang.as_str()))),
            Cell::text(column.unwrap_or_else(|| page.t("desk-kind-page"))),
            Cell::text(&*a.office),
            Cell::text(page.time(a.changed_at)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let head = ["desk-title", "desk-status", "desk-column", "desk-office", "desk-changed"];
    let empty = rows.is_empty();
    let table = Table { caption: String::new(), head: head.iter().map(|id| page.t(id)).collect(), rows };
    let mut sheet = Sheet::new(page.clone(), page.t("desk-nav-articles"))
        .with(Block::Links(vec![
            (page.t("desk-new-article"), "/lam-viec/bai-viet/moi".to_owned()),
            (page.t("desk-new-page"), "/lam-viec/bai-viet/moi?loai=page".to_owned()),
        ]))
        .with(Block::Svg(filters))
        .with(if empty { Block::Text(page.t("desk-no-articles")) } else { Block::Table(table) });
    let others = query.unwrap_or_default();
    let others: Vec<&str> = others
        .split('&')
        .filter(|p| !p.starts_with("trang=") && !p.starts_with("xong=") && !p.is_empty())
        .collect();
    let to = |n: u32| {
        format!("/lam-viec/bai-viet?{}", [others.clone(), vec![&*format!("trang={n}")]].concat().join("&"))
    };
    let mut links = Vec::new();
    if number > 1 {
        links.push((page.t("desk-page-before"), to(number - 1)));
    }
    if found.len() >= usize::try_from(DESK_PAGE).unwrap_or(usize::MAX) {
        links.push((page.t("desk-page-next"), to(number + 1)));
    }
    sheet.push(Block::Links(links));
    sheet.html()
}
