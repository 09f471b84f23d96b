//! The tree by day, and a unit with everything that was ever so of it.

use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use nhipcau_actions::Setting;
use nhipcau_domain::{
    Date,
    problem::Problem,
    text,
    tree::{Ix, Tree},
};

use super::{HERE, day, power, segment, setting, unit_acts};
use crate::{
    failure::Failure,
    field::Field,
    page::Page,
    pages::finding::filters,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The most units that a list has.
const MOST: usize = 200;

pub(super) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(&state, &signed)?;
    let setting = setting(&state).await?;
    let fields = Fields(asked);
    let typed = fields.get("ngay").trim();
    let on: Date = typed.parse().unwrap_or(power.today());
    let tree = &setting.tree;
    let at = tree.find(fields.get("goc"));
    let sought = text::fold(fields.get("tim"));
    let units: Vec<Ix> = match (sought.is_empty(), at) {
        (false, _) => tree.open_on(on).filter(|ix| matches(tree, *ix, on, &sought)).take(MOST + 1).collect(),
        (true, Some(at)) => tree.children(at, on).collect(),
        (true, None) => tree.roots(on).collect(),
    };
    let mut sheet = Sheet::new(page.clone(), page.t("configuration-units")).lead(page.say1(
        "configuration-units-on",
        "day",
        day(&page, on),
    ));
    if !typed.is_empty() && typed.parse::<Date>().is_err() {
        sheet.push(Block::Text(page.say1("configuration-day-unreadable", "found", typed)));
    }
    let of = vec![
        Field::new("date", "ngay", page.t("configuration-on-day")).value(on.to_string()),
        Field::text("tim", page.t("configuration-find-unit")).value(fields.get("tim")),
    ];
    sheet.push(filters(&page, of)?);
    if let Some(at) = at.filter(|_| sought.is_empty()) {
        sheet.push(Block::Links(path(&page, tree, at, on)));
    }
    sheet.push(Block::Links(vec![(page.t("configuration-open"), format!("{HERE}/mo-don-vi"))]));
    if units.is_empty() {
        sheet.push(Block::Text(page.t("configuration-no-units")));
    } else {
        let rows = units.iter().take(MOST).map(|ix| row(&page, &setting, *ix, on));
        let head = ["configuration-unit", "configuration-kind", "configuration-code", "configuration-below"];
        sheet.push(Block::Table(Table {
            caption: String::new(),
            head: head.iter().map(|h| page.t(h)).collect(),
            rows: rows.collect(),
        }));
    }
    if units.len() > MOST {
        sheet.push(Block::Text(page.say1("configuration-first-only", "most", MOST)));
    }
    sheet.html()
}

/// Whether a unit is called so, or has that name or code.
fn matches(tree: &Tree, ix: Ix, on: Date, sought: &str) -> bool {
    let code = tree.code(ix, on).is_some_and(|c| c == sought);
    code || tree.id(ix).contains(sought) || text::fold(tree.name(ix, on)).contains(sought)
}

fn below(unit: &str, on: Date) -> String {
    format!("{HERE}/don-vi?goc={}&ngay={on}", segment(unit))
}

/// A unit's own page.
pub(super) fn address(unit: &str) -> String {
    format!("{HERE}/don-vi/{}", segment(unit))
}

/// The way down to a unit: everyone above it, then itself.
fn path(page: &Page, tree: &Tree, at: Ix, on: Date) -> Vec<(String, String)> {
    let mut above: Vec<Ix> = tree.above(at, on).collect();
    above.reverse();
    let top = std::iter::once((page.t("configuration-top"), format!("{HERE}/don-vi?ngay={on}")));
    let down = above.into_iter().map(|ix| (tree.name(ix, on).to_owned(), below(tree.id(ix), on)));
    top.chain(down).chain([(tree.name(at, on).to_owned(), address(tree.id(at)))]).collect()
}

fn kind_name(setting: &Setting, kind: &str) -> String {
    setting.definitions.kind(kind).map_or_else(|| kind.to_owned(), |k| k.name.clone())
}

fn row(page: &Page, setting: &Setting, ix: Ix, on: Date) -> Vec<Cell> {
    let tree = &setting.tree;
    let children = tree.children(ix, on).count();
    vec![
        Cell::link(tree.name(ix, on), address(tree.id(ix))).more(tree.id(ix).as_str()),
        Cell::text(kind_name(setting, tree.kind(ix, on))),
        Cell::text(tree.code(ix, on).unwrap_or("–")),
        if children == 0 {
            Cell::text("–")
        } else {
            Cell::link(page.say1("configuration-count", "count", children), below(tree.id(ix), on))
        },
    ]
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(unit): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let fields = Fields(asked);
    draw(&state, &signed, &unit, fields.get("viec"), (&Fields::default(), &[])).await
}

/// A unit's page, with the form of an act where one is asked for.
pub(super) async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    unit: &str,
    act: &str,
    typed: unit_acts::Typed<'_>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(state, signed)?;
    let setting = setting(state).await?;
    let tree = &setting.tree;
    let ix = tree.find(unit).ok_or_else(|| Problem::new("unit-unknown").with("unit", unit))?;
    let today = power.today();
    let mut sheet = Sheet::new(page.clone(), tree.name(ix, today)).lead(lead(&page, &setting, ix, today));
    sheet.push(Block::Links(path(&page, tree, ix, tree.closed(ix).map_or(today, |_| tree.opened(ix)))));
    if tree.closed(ix).is_none() {
        let links = unit_acts::ACTS.iter().map(|act| {
            let words = page.t(&format!("configuration-act-{act}"));
            (words, format!("{}?viec={act}#viec", address(unit)))
        });
        sheet.push(Block::Links(links.collect()));
        if unit_acts::ACTS.contains(&act) {
            let book = nhipcau_actions::configuration::book(state.ws(), &power).await?;
            let form = unit_acts::form(signed, &setting, &book, (ix, today), act, typed);
            sheet.push(Block::Form(form));
        }
    }
    sheet.push(Block::Heading(page.t("configuration-unit-history")));
    let head = ["configuration-from-day", "configuration-event"];
    sheet.push(Block::Table(Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: history(&page, &setting, ix),
    }));
    let children: Vec<_> =
        tree.children(ix, today).take(MOST).map(|c| row(&page, &setting, c, today)).collect();
    if !children.is_empty() {
        sheet.push(Block::Heading(page.say1("configuration-below-heading", "day", day(&page, today))));
        let head = ["configuration-unit", "configuration-kind", "configuration-code", "configuration-below"];
        let head = head.iter().map(|h| page.t(h)).collect();
        sheet.push(Block::Table(Table { caption: String::new(), head, rows: children }));
    }
    sheet.html()
}

fn lead(page: &Page, setting: &Setting, ix: Ix, today: Date) -> String {
    let tree = &setting.tree;
    let args = [
        ("id", tree.id(ix).as_str().into()),
        ("kind", kind_name(setting, tree.kind(ix, today)).into()),
        ("code", tree.code(ix, today).unwrap_or("–").into()),
        ("opened", day(page, tree.opened(ix)).into()),
    ];
    match tree.closed(ix) {
        None => page.say("configuration-unit-open", &args),
        Some(closed) => {
            let closed = [("closed", day(page, closed).into())];
            page.say("configuration-unit-closed", &[&args[..], &closed[..]].concat())
        }
    }
}

/// Everything that was ever so of a unit, in order of days.
fn history(page: &Page, setting: &Setting, ix: Ix) -> Vec<Vec<Cell>> {
    let tree = &setting.tree;
    let name = |other: Ix, on: Date| tree.name(other, on).to_owned();
    let mut lines: Vec<(Date, String)> = Vec::new();
    for (on, parent) in tree.parents(ix) {
        let parent = parent.map_or_else(|| page.t("configuration-event-top"), |p| name(p, *on));
        lines.push((*on, page.say1("configuration-was-under", "parent", parent)));
    }
    for (on, called) in tree.names(ix) {
        lines.push((*on, page.say1("configuration-was-called", "name", called.as_str())));
    }
    for (on, code) in tree.codes(ix) {
        match code {
            Some(code) => lines.push((*on, page.say1("configuration-was-coded", "code", code.as_str()))),
            // A unit that never had one.
            None if *on == tree.opened(ix) => {}
            None => lines.push((*on, page.t("configuration-was-uncoded"))),
        }
    }
    for (on, kind) in tree.kinds(ix) {
        lines.push((*on, page.say1("configuration-was-of-kind", "kind", kind_name(setting, kind))));
    }
    for other in tree.predecessors(ix) {
        if let Some(closed) = tree.closed(other) {
            let came = page.say1("configuration-came-from", "unit", name(other, tree.opened(other)));
            lines.push((closed, came));
        }
    }
    if let Some(closed) = tree.closed(ix) {
        let into: Vec<String> = tree.successors(ix).iter().map(|s| name(*s, closed)).collect();
        lines.push((
            closed,
            match &into[..] {
                [] => page.t("configuration-was-closed"),
                [one] => page.say1("configuration-was-merged", "into", one.as_str()),
                _ => page.say1("configuration-was-split", "into", into.join(", ")),
            },
        ));
    }
    lines.sort_by_key(|(on, _)| *on);
    lines.into_iter().map(|(on, said)| vec![Cell::text(day(page, on)), Cell::text(said)]).collect()
}
