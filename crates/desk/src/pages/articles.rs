//! Articles and static pages, with filters.

use axum::{
    extract::{Query, RawQuery, State},
    response::Html,
};
use nhipcau_actions::press;
use nhipcau_domain::press::{ArticleKind, ArticleStatus, ContentLang};
use nhipcau_store::site::DeskFilter;

use super::{
    finding::{asked_page, filters, turns},
    overview::article_link,
};
use crate::{
    failure::Failure,
    field::Field,
    page::Page,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

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

fn filter_fields(page: &Page, site: &press::Site, asked: &Fields) -> Vec<Field> {
    let all = || vec![(String::new(), page.t("desk-all"))];
    let statuses = ArticleStatus::ALL
        .iter()
        .map(|s| (s.as_str().to_owned(), page.t(&format!("desk-status-{}", s.as_str()))));
    let kinds = [ArticleKind::Article, ArticleKind::Page]
        .map(|k| (k.as_str().to_owned(), page.t(&format!("desk-kind-{}", k.as_str()))));
    let kept = |name: &str, label: &str, options: Vec<(String, String)>| {
        Field::select(name, page.t(label), options).value(asked.get(name))
    };
    vec![
        Field::new("search", "q", page.t("desk-find-title")).value(asked.get("q")),
        kept("tinh-trang", "desk-status", all().into_iter().chain(statuses).collect()),
        kept("chuyen-muc", "desk-column", column_options(site, Some(page.t("desk-all")))),
        kept("loai", "desk-kind", all().into_iter().chain(kinds).collect()),
        kept("ngon-ngu", "desk-language", all().into_iter().chain(lang_options(page)).collect()),
        Field::new("check", "cua-toi", page.t("desk-own")).value(asked.get("cua-toi")),
    ]
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
    let number = asked_page(asked.get("trang"));
    let found = press::desk_find(state.ws(), signed.acting(), &filter, asked.get("q"), number).await?;
    let rows = found.articles.iter().map(|a| {
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
    Sheet::new(page.clone(), page.t("desk-nav-articles"))
        .with(Block::Links(vec![
            (page.t("desk-new-article"), "/lam-viec/bai-viet/moi".to_owned()),
            (page.t("desk-new-page"), "/lam-viec/bai-viet/moi?loai=page".to_owned()),
        ]))
        .with(filters(&page, filter_fields(&page, &site, &asked))?)
        .with(if empty { Block::Text(page.t("desk-no-articles")) } else { Block::Table(table) })
        .with(turns(&page, "/lam-viec/bai-viet", query.as_deref(), number, found.more))
        .html()
}
