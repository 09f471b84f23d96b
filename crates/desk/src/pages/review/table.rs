//! The wide table: every unit beside every element, with totals; as a page, CSV and a workbook.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    powers::{Over, See},
    review::{self, Cell, Column, Totals, Wide, WideAsked, WideRow, grid, words},
};
use nhipcau_domain::{
    element::{TimeRule, UnitRule},
    office::Power,
    problem::Arg,
    returns::Status,
};

use super::{
    TABLE, asked, choosing, encode, filters, number, over, query_of, return_address, seen, standings, status,
    value,
};
use crate::{
    assets, failure::Failure, field::Field, page::Page, received::Fields, state::DeskState, visitor::SignedIn,
};

/// The statuses that rows may be chosen by.
const STATUSES: [Status; 5] =
    [Status::Submitted, Status::Accepted, Status::Returned, Status::Expected, Status::Exempt];

/// The table.
#[derive(Template)]
#[template(path = "review/table.html")]
struct TablePage {
    page: Page,
    style: String,
    script: String,
    notice: String,
    standings: String,
    filters: String,
    ways: Vec<(String, String)>,
    heads: Vec<Head>,
    rows: Vec<Line>,
    totals: Vec<Sum>,
    /// Where each total is explained; empty where rows were chosen by their status.
    explained: Vec<String>,
    targets: Vec<String>,
    has_targets: bool,
    caption: String,
    turns: Vec<(String, String)>,
    place: String,
    /// Where the totals are heard of as they change.
    events: String,
}

struct Head {
    name: String,
    measure: String,
    href: String,
    /// What is counted and how it adds, where it stands.
    about: Vec<String>,
}

struct Line {
    unit: String,
    href: String,
    branch: String,
    status: String,
    counts: bool,
    cells: Vec<Shown>,
}

struct Shown {
    text: String,
    before: String,
}

pub(super) struct Sum {
    pub text: String,
    pub rests: String,
    before: String,
}

pub(super) fn wide_asked(fields: &Fields) -> WideAsked {
    WideAsked {
        of: asked(fields),
        status: Status::parse(fields.get("tinh-trang")),
        year_before: fields.get("nam-truoc") == "1",
    }
}

pub(super) fn query_of_wide(asked: &WideAsked) -> String {
    let status = asked.status.map(|s| format!("tinh-trang={}", s.as_str()));
    let before = asked.year_before.then(|| "nam-truoc=1".to_owned());
    let of = Some(query_of(&asked.of)).filter(|q| !q.is_empty());
    [of, status, before].into_iter().flatten().collect::<Vec<_>>().join("&")
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = over::<See>(&state, &signed)?;
    let fields = Fields(query);
    let mut asked = wide_asked(&fields);
    let number = fields.get("trang").parse().unwrap_or(1);
    let page = signed.page.at(TABLE);
    let found = review::wide(state.ws(), &over, &asked, Some(number)).await?;
    // What was not named is what is shown: files and links say it.
    asked.of.data_set = Some(found.form.id.clone());
    asked.of.period = Some(found.period.id.clone());
    let html = draw(&page, &found, &asked, signed.acting().holds(Power::Review))?;
    seen(&state, &signed).await?;
    Ok(html)
}

pub(crate) async fn csv(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (table, name) = file(&state, &signed, &Fields(query)).await?;
    let text = grid::csv(&table);
    seen(&state, &signed).await?;
    Ok(download("text/csv; charset=utf-8", &format!("{name}.csv"), text.into_bytes()))
}

pub(crate) async fn xlsx(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (table, name) = file(&state, &signed, &Fields(query)).await?;
    let turn = state.heavy.enter()?;
    let bytes = turn.run(move || grid::xlsx(&table)).await?.map_err(|error| {
        tracing::error!(%error, "a table could not be written as a workbook");
        Failure::Internal
    })?;
    seen(&state, &signed).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(kind, &format!("{name}.xlsx"), bytes))
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"bang.{}\"; filename*=UTF-8''{}", ending(name), encode(name));
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The table of a file: the same rows and columns as on the page, all pages of them.
async fn file(
    state: &DeskState,
    signed: &SignedIn,
    fields: &Fields,
) -> Result<(grid::Grid, String), Failure> {
    let over: Over<See> = over(state, signed)?;
    let (asked, page) = (wide_asked(fields), &signed.page);
    Ok(review::wide_file(state.ws(), &over, &asked, page.lang, &page.office).await?)
}

fn draw(page: &Page, found: &Wide, asked: &WideAsked, reviews: bool) -> Result<Html<String>, Failure> {
    let kept = query_of_wide(asked);
    let other = WideAsked { year_before: !asked.year_before, ..asked.clone() };
    let mut ways = vec![
        (page.t("review-csv"), format!("{TABLE}.csv?{kept}")),
        (page.t("review-xlsx"), format!("{TABLE}.xlsx?{kept}")),
    ];
    if found.earlier.is_some() {
        let id = if asked.year_before { "review-year-before-hide" } else { "review-year-before-show" };
        ways.push((page.t(id), format!("{TABLE}?{}", query_of_wide(&other))));
    }
    let statuses = STATUSES.map(|s| (s.as_str().to_owned(), status(page, s)));
    let all = std::iter::once((String::new(), page.t("desk-all")));
    let chosen = Field::select("tinh-trang", page.t("review-status"), all.chain(statuses).collect())
        .value(asked.status.map(Status::as_str).unwrap_or_default());
    let mut fields = choosing(page, &found.choices, &asked.of, None);
    fields.push(chosen);
    if asked.year_before {
        fields.push(Field::hidden("nam-truoc", "1"));
    }
    let to = |n: usize| format!("{TABLE}?{kept}&trang={n}");
    let mut turns = Vec::new();
    if found.page > 1 {
        turns.push((page.t("desk-page-before"), to(found.page - 1)));
    }
    if found.page < found.pages {
        turns.push((page.t("desk-page-next"), to(found.page + 1)));
    }
    let targets: Vec<String> = found.columns.iter().map(|c| target(page, c)).collect();
    let view = TablePage {
        style: assets::REVIEW_STYLE.href(),
        script: assets::REVIEW.href(),
        notice: found.notice.clone(),
        standings: standings(page, &found.totals.standings),
        filters: filters(page, fields)?,
        ways,
        heads: found.columns.iter().map(|c| head(page, c, found)).collect(),
        rows: found.rows.iter().map(|row| line(page, row, reviews, asked.year_before)).collect(),
        totals: sums(page, &found.totals, asked.year_before),
        explained: found.columns.iter().map(|c| explained(c, found, asked)).collect(),
        has_targets: targets.iter().any(|t| !t.is_empty()),
        targets,
        caption: format!("{} · {}", found.form.name, found.period.name),
        turns,
        place: page.say("review-page-of", &[("page", found.page.into()), ("pages", found.pages.into())]),
        events: format!("{TABLE}/su-kien?{kept}"),
        page: page.clone(),
    };
    Ok(Html(view.render()?))
}

/// The address at which a column's total is explained: its units, their returns, who is missing.
fn explained(c: &Column, found: &Wide, asked: &WideAsked) -> String {
    if asked.status.is_some() {
        return String::new();
    }
    let branch = asked.of.branch.as_ref().map(|b| format!("nhanh={}&", encode(b))).unwrap_or_default();
    let (period, form, element) = (encode(&found.period.id), encode(&found.form.id), encode(&c.element.id));
    format!("/lam-viec/phan-tich/o?{branch}ky={period}&bieu={form}&o-ky={period}&o-so=e.{element}")
}

/// A column's head leads to a figure that rests on it, explained, and says itself what is counted.
fn head(page: &Page, c: &Column, found: &Wide) -> Head {
    let definition = c.element.definition_on(found.period.last).map(|d| d.text.clone());
    let time = match c.element.time {
        TimeRule::Flow => "review-about-flow",
        TimeRule::Stock => "review-about-stock",
    };
    let adds = match c.element.adds {
        UnitRule::Adds => "review-about-adds",
        UnitRule::Lists => "review-about-lists",
    };
    let rules = [time, adds].map(|id| page.t(id));
    let more = definition.filter(|d| !d.is_empty() && *d != c.element.name);
    let about = more.into_iter().chain(rules).collect();
    Head {
        about,
        name: c.element.name.clone(),
        measure: c.measure.clone(),
        href: c
            .figure
            .as_ref()
            .map(|key| format!("/chi-so/{}?ky={}", encode(key), encode(&found.period.id)))
            .unwrap_or_default(),
    }
}

fn line(page: &Page, row: &WideRow, reviews: bool, before: bool) -> Line {
    let shown = |c: &Cell| Shown {
        text: c.value.as_ref().map(|v| value(page, v)).unwrap_or_default(),
        before: c.before.filter(|_| before).map(|n| number(page, n)).unwrap_or_default(),
    };
    Line {
        unit: row.unit.clone(),
        // A reviewer's rooms explain a return; others are led to its page on the site.
        href: match (reviews, row.return_id) {
            (true, _) => return_address(&row.key),
            (false, Some(id)) => format!("/bieu-mau/{id}"),
            (false, None) => String::new(),
        },
        branch: row.branch.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        status: words::standing(page.lang, row),
        counts: row.counts,
        cells: row.cells.iter().map(shown).collect(),
    }
}

pub(super) fn sums(page: &Page, totals: &Totals, before: bool) -> Vec<Sum> {
    let said = |n: Option<i64>| n.map_or_else(|| page.t("review-value-none"), |n| number(page, n));
    let sum = |total: &review::Total| Sum {
        text: said(total.sum),
        rests: page.say1("review-total-units", "units", total.units),
        before: if before { said(total.before) } else { String::new() },
    };
    totals.columns.iter().map(sum).collect()
}

fn target(page: &Page, c: &Column) -> String {
    match &c.target {
        None => String::new(),
        Some((n, None)) => number(page, *n),
        Some((n, Some(share))) => {
            let args: [(&str, Arg); 2] = [("percent", (*n).into()), ("share", share.as_str().into())];
            page.say("review-target-share", &args)
        }
    }
}
