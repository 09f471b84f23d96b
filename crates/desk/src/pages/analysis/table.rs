//! The table: its two sides, drawn; as a page, CSV and a workbook.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    analysis::{self, Asked, Axis, Cell, Head, Key, Level, Pivot, TreeAsked, words},
    review::grid,
};
use nhipcau_store::SavedView;

use super::{HERE, address, called, covered, drawn, fraction, map, over, query, said, seen, target, worth};
use crate::{
    assets,
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::{finding, review::encode},
    sheet::Block,
    state::DeskState,
    visitor::SignedIn,
};

/// The page.
#[derive(Template)]
#[template(path = "analysis/table.html")]
struct TablePage {
    page: Page,
    style: String,
    table_style: String,
    title: String,
    lead: String,
    /// Whose view it is, where it was opened by its link.
    shared: String,
    notice: String,
    /// That some units are out of reach, and other sentences that must not be overlooked.
    told: Vec<String>,
    ways: Vec<(String, String, bool)>,
    files: Vec<(String, String)>,
    filters: String,
    caption: String,
    corner: String,
    columns: Vec<(String, String)>,
    rows: Vec<Line>,
    turns: Vec<(String, String)>,
    place: String,
    charts: Vec<String>,
    map: Option<map::Drawn>,
    save: Form,
}

struct Line {
    name: String,
    more: String,
    whole: bool,
    cells: Vec<Option<Shown>>,
}

struct Shown {
    text: String,
    href: String,
    label: String,
    more: Vec<String>,
    whole: bool,
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &Asked::read(&pairs), None).await
}

/// Draws a table; `view` is whose it is, where it was opened by its link.
pub(super) async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    asked: &Asked,
    view: Option<&SavedView>,
) -> Result<Html<String>, Failure> {
    let over = over(state, signed)?;
    let found = analysis::pivot(state.ws(), &over, asked, false).await?;
    let page = signed.page.at(HERE);
    let map = map::of(state.ws(), &page, &found).await?;
    let html = Html(view_of(signed, page, &found, view, map)?.render()?);
    seen(state, signed, &query(&found.asked)).await?;
    Ok(html)
}

fn view_of(
    signed: &SignedIn,
    page: Page,
    found: &Pivot,
    view: Option<&SavedView>,
    map: Option<map::Drawn>,
) -> Result<TablePage, Failure> {
    let asked = &found.asked;
    let kept = query(&Asked { page: 1, ..asked.clone() });
    let files = vec![
        (page.t("review-csv"), format!("{HERE}.csv?{kept}")),
        (page.t("review-xlsx"), format!("{HERE}.xlsx?{kept}")),
        (page.t("analysis-saved"), format!("{HERE}/da-luu")),
    ];
    let name = |head: &Head| called(&page, asked, &found.branch, head);
    let columns = found.columns.iter().map(|h| (name(h), h.more.clone())).collect();
    let lines = found.rows.iter().zip(&found.cells);
    let rows = lines.map(|(head, cells)| line(&page, found, head, cells)).collect();
    let turn = |id: &str, to: usize| (page.t(id), address(&Asked { page: to, ..asked.clone() }));
    let before = (found.page > 1).then(|| turn("desk-page-before", found.page - 1));
    let after = (found.page < found.pages).then(|| turn("desk-page-next", found.page + 1));
    let fields = choosing(&page, found);
    let filters = match finding::filters(&page, fields)? {
        Block::Svg(html) => html,
        _ => String::new(),
    };
    let save = Form::new(signed.csrf(), format!("{HERE}/luu"), page.t("analysis-save-button"))
        .heading(page.t("analysis-save-heading"))
        .field(Field::text("ten", page.t("analysis-save-name")).required())
        .field(Field::hidden("cau-hoi", kept));
    Ok(TablePage {
        style: assets::REVIEW_STYLE.href(),
        table_style: assets::ANALYSIS_STYLE.href(),
        title: view.map_or_else(|| page.t("analysis-title"), |v| v.name.clone()),
        lead: words::lead(page.lang, found),
        shared: view
            .map(|v| {
                let args = [
                    ("office", v.office.as_str().into()),
                    ("holder", v.holder.as_str().into()),
                    ("at", page.time(v.at).into()),
                ];
                page.say("analysis-shared", &args)
            })
            .unwrap_or_default(),
        notice: found.notice.clone(),
        told: words::told(page.lang, found),
        ways: ways(&page, asked),
        files,
        filters,
        caption: words::lead(page.lang, found),
        corner: page.t(&format!("analysis-axis-{}", asked.rows.as_str())),
        columns,
        rows,
        turns: [before, after].into_iter().flatten().collect(),
        place: if found.pages > 1 {
            page.say("review-page-of", &[("page", found.page.into()), ("pages", found.pages.into())])
        } else {
            String::new()
        },
        charts: drawn::charts(&page, found),
        map,
        save,
        page,
    })
}

/// The ways in which a table is usually read, with what was chosen kept.
fn ways(page: &Page, asked: &Asked) -> Vec<(String, String, bool)> {
    let usual = [
        ("analysis-way-units", Axis::Unit, Axis::Item),
        ("analysis-way-units-time", Axis::Unit, Axis::Period),
        ("analysis-way-time", Axis::Period, Axis::Item),
    ];
    let way = |(id, rows, columns): (&str, Axis, Axis)| {
        let to = Asked { rows, columns, page: 1, drawn: String::new(), ..asked.clone() };
        (page.t(id), address(&to), asked.rows == rows && asked.columns == columns)
    };
    usual.into_iter().map(way).collect()
}

fn line(page: &Page, found: &Pivot, head: &Head, cells: &[Option<Cell>]) -> Line {
    let asked = &found.asked;
    let of = cells.iter().zip(&found.columns);
    Line {
        name: called(page, asked, &found.branch, head),
        more: head.more.clone(),
        whole: head.key == Key::Whole,
        cells: of.map(|(cell, column)| cell.as_ref().map(|c| shown(page, found, head, column, c))).collect(),
    }
}

fn shown(page: &Page, found: &Pivot, row: &Head, column: &Head, cell: &Cell) -> Shown {
    let figure = &cell.figure;
    let unit = [row, column].into_iter().find(|h| matches!(h.key, Key::Unit(_) | Key::Rest | Key::Whole));
    let whole = unit.is_none_or(|h| h.key == Key::Whole);
    let key = unit.map_or(&Key::Whole, |h| &h.key);
    let mut more = vec![fraction(page, figure)];
    if worth(key, figure) {
        more.push(covered(page, figure));
    }
    if let Some(before) = &cell.before {
        let value = said(page, before, cell.decimals);
        more.push(page.say1("review-year-before-short", "value", value));
    }
    more.extend(target(page, cell));
    more.retain(|m| !m.is_empty());
    let names = [row, column].map(|h| called(page, &found.asked, &found.branch, h)).join(", ");
    let text = said(page, figure, cell.decimals);
    Shown {
        href: explained(found, row, column),
        label: page.say("analysis-explain", &[("of", names.into()), ("value", text.as_str().into())]),
        text,
        more,
        whole,
    }
}

/// The address that explains a cell.
fn explained(found: &Pivot, row: &Head, column: &Head) -> String {
    let mut unit = String::new();
    let mut period = found.period.as_ref().map(|p| p.id.to_string()).unwrap_or_default();
    let mut item = found.item.as_ref().map(|h| h.key.name()).unwrap_or_default();
    for head in [row, column] {
        match &head.key {
            Key::Unit(_) | Key::Rest | Key::Whole => unit = head.key.name(),
            Key::Period(_) => period = head.key.name(),
            Key::Item(_) => item = head.key.name(),
        }
    }
    let of = [("o-don-vi", unit), ("o-ky", period), ("o-so", item)];
    let of: Vec<String> = of.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{HERE}/o?{}&{}", query(&found.asked), of.join("&"))
}

fn choosing(page: &Page, found: &Pivot) -> Vec<Field> {
    let (asked, choices) = (&found.asked, &found.choices);
    let select = |name: &str, label: &str, options: Vec<(String, String)>, value: &str| {
        Field::select(name, page.t(label), options).value(value)
    };
    let axes = || {
        Axis::ALL.map(|a| (a.as_str().to_owned(), page.t(&format!("analysis-axis-{}", a.as_str())))).to_vec()
    };
    let with = |id: &str, more: &[(String, String)]| {
        std::iter::once((String::new(), page.t(id))).chain(more.iter().cloned()).collect::<Vec<_>>()
    };
    let mut fields = vec![
        select("hang", "analysis-rows", axes(), asked.rows.as_str()),
        select("cot", "analysis-columns", axes(), asked.columns.as_str()),
        select(
            "nhanh",
            "review-branch",
            choices.branches.clone(),
            asked.branch.as_deref().unwrap_or_default(),
        ),
    ];
    if asked.filtered() != Axis::Unit {
        let each = (Level::Each.as_str().to_owned(), page.t("analysis-level-each"));
        let kinds: Vec<_> = std::iter::once(each).chain(choices.kinds.iter().cloned()).collect();
        fields.push(select(
            "cap",
            "analysis-level",
            with("analysis-level-below", &kinds),
            asked.level.as_str(),
        ));
    }
    if asked.filtered() == Axis::Period {
        fields.push(select(
            "ky",
            "review-period",
            choices.periods.clone(),
            asked.period.as_deref().unwrap_or_default(),
        ));
    } else {
        let chosen = asked.calendar.as_deref().unwrap_or_default();
        fields.push(select("lich", "analysis-calendar", choices.calendars.clone(), chosen));
    }
    if asked.filtered() == Axis::Item {
        let item = asked.item.as_ref().map(ToString::to_string).unwrap_or_default();
        let elements = choices
            .elements
            .iter()
            .map(|(id, name)| (id.clone(), page.say1("analysis-element", "name", name.as_str())));
        fields.push(select(
            "so",
            "analysis-item",
            choices.indicators.iter().cloned().chain(elements).collect(),
            &item,
        ));
    } else {
        let chosen = asked.form.as_deref().unwrap_or_default();
        fields.push(select("bieu", "analysis-items", with("analysis-indicators", &choices.forms), chosen));
    }
    let options = drawn::choices(page, found);
    if options.len() > 1 {
        fields.push(select("ve", "analysis-drawn", options, &drawn::key(found)));
    }
    let trees = vec![
        (String::new(), page.t("analysis-tree-then")),
        (TreeAsked::Now.name(), page.t("analysis-tree-now")),
    ];
    let typed = match asked.tree {
        TreeAsked::On(on) => on.to_string(),
        _ => String::new(),
    };
    fields.push(select(
        "cay",
        "analysis-tree",
        trees,
        &if typed.is_empty() { asked.tree.name() } else { String::new() },
    ));
    fields.push(Field::new("date", "cay-ngay", page.t("analysis-tree-day")).value(typed));
    let before = if asked.year_before { "1" } else { "" };
    fields.push(Field::new("check", "nam-truoc", page.t("analysis-year-before")).value(before));
    fields
}

pub(super) async fn csv(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (table, name) = file(&state, &signed, &Asked::read(&pairs)).await?;
    Ok(download("text/csv; charset=utf-8", &name, "csv", grid::csv(&table).into_bytes()))
}

pub(super) async fn xlsx(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (table, name) = file(&state, &signed, &Asked::read(&pairs)).await?;
    let turn = state.heavy.enter()?;
    let bytes = turn.run(move || grid::xlsx(&table)).await?.map_err(|error| {
        tracing::error!(%error, "a table could not be written as a workbook");
        Failure::Internal
    })?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(kind, &name, "xlsx", bytes))
}

fn download(kind: &'static str, name: &str, ending: &str, bytes: Vec<u8>) -> Response {
    let name = encode(&format!("{name}.{ending}"));
    let name = format!("attachment; filename=\"phan-tich.{ending}\"; filename*=UTF-8''{name}");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// The table of a file: the same rows and columns as on the page, all pages of them.
async fn file(state: &DeskState, signed: &SignedIn, asked: &Asked) -> Result<(grid::Grid, String), Failure> {
    let (over, page) = (over(state, signed)?, &signed.page);
    let found = analysis::file(state.ws(), &over, asked, page.lang, &page.office).await?;
    seen(state, signed, &query(&found.asked)).await?;
    Ok((found.grid, found.name))
}
