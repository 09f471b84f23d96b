//! One cell explained: of whom, excluding whom, as of when, from which returns, and who is missing.

use axum::{
    extract::{Query, State},
    response::Html,
};
use nhipcau_actions::{
    analysis::{self, Asked, AskedCell, Explained, Item},
    explain::{Contributor, Source},
};
use nhipcau_domain::{
    indicator::{Formula, Indicator},
    office::Power,
    problem::Problem,
};

use super::{HERE, address, called, covered, day, fraction, number, over, query, said, seen};
use crate::{
    failure::Failure,
    page::Page,
    pages::review::encode,
    received::Fields,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The most lines of a list.
const LINES: usize = 400;

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let over = over(&state, &signed)?;
    let fields = Fields(pairs);
    let item: Item = fields.get("o-so").parse().map_err(|()| Problem::new("analysis-cell-unknown"))?;
    let asked = AskedCell {
        of: Asked::read(&fields.0),
        unit: fields.get("o-don-vi").to_owned(),
        period: fields.get("o-ky").into(),
        item,
    };
    let found = analysis::explain(state.ws(), &over, &asked).await?;
    let page = signed.page.at(HERE);
    let html = sheet(&page, &found, signed.acting().holds(Power::Review)).html()?;
    let of = [("o-don-vi", asked.unit), ("o-ky", asked.period.to_string()), ("o-so", asked.item.to_string())];
    let of: Vec<String> = of.iter().map(|(n, v)| format!("{n}={}", encode(v))).collect();
    seen(&state, &signed, &format!("{}&{}", of.join("&"), query(&found.asked))).await?;
    Ok(html)
}

fn sheet(page: &Page, found: &Explained, reviews: bool) -> Sheet {
    let x = &found.explanation;
    let figure = &x.figure;
    let line = called(page, &found.asked, &found.branch, &found.line);
    let decimals = x.indicator.wording.decimals.unwrap_or(1);
    let share = fraction(page, figure);
    let value = said(page, figure, decimals);
    let value = if share.is_empty() { value } else { format!("{value} ({share})") };
    let lead = page.say(
        "analysis-cell-lead",
        &[
            ("line", line.into()),
            ("period", found.period.name.as_str().into()),
            ("value", value.into()),
            ("measure", found.measure.as_str().into()),
        ],
    );
    let mut sheet = Sheet::new(page.clone(), x.indicator.name.clone()).lead(lead);
    sheet.push(Block::Links(vec![(page.t("analysis-back"), address(&found.asked))]));
    if found.left_out > 0 {
        sheet.push(Block::Text(page.say1("analysis-left-out", "count", found.left_out)));
    }
    sheet.push(Block::Table(facts(page, found)));
    contributions(&mut sheet, page, x, reviews);
    missing(&mut sheet, page, found, reviews);
    corrections(&mut sheet, page, found);
    sheet
}

/// Of whom, excluding whom, as of when.
fn facts(page: &Page, found: &Explained) -> Table {
    let x = &found.explanation;
    let fact = |id: &str, said: String| vec![Cell::text(page.t(id)), Cell::text(said)];
    let mut rows = Vec::new();
    if !x.indicator.definition.is_empty() {
        rows.push(fact("analysis-fact-what", x.indicator.definition.clone()));
    }
    for element in &x.elements {
        let breaks = element.breaks.join(", ");
        let anew = if breaks.is_empty() { breaks } else { page.say1("analysis-fact-anew", "days", breaks) };
        let cell =
            Cell::text(if element.definition.is_empty() { &*element.name } else { &*element.definition });
        rows.push(vec![Cell::text(&*element.name), cell.more(anew)]);
    }
    rows.push(fact("analysis-fact-rule", rule(page, &x.indicator)));
    if let Some(off) = &x.figure.excluded {
        let args = [("numerator", off.numerator.into()), ("denominator", off.denominator.into())];
        let parts: Vec<String> = off
            .parts
            .iter()
            .map(|(name, n, d)| format!("{name}: {}/{}", number(page, *n), number(page, *d)))
            .collect();
        let cell = Cell::text(format!("{}: {}", off.name, page.say("analysis-fact-taken-off", &args)));
        rows.push(vec![Cell::text(page.t("analysis-fact-excluded")), cell.more(parts.join("; "))]);
    }
    rows.push(fact("analysis-fact-tree", page.say1("analysis-tree-on", "day", day(page, found.tree))));
    let c = &x.figure.coverage;
    let args = [("missing", c.missing.into()), ("exempt", c.exempt.into())];
    let rests = Cell::text(covered(page, &x.figure)).more(page.say("analysis-fact-not", &args));
    rows.push(vec![Cell::text(page.t("analysis-fact-rests")), rests]);
    Table { caption: String::new(), head: Vec::new(), rows }
}

/// How it is added up, in one sentence.
fn rule(page: &Page, indicator: &Indicator) -> String {
    page.t(match &indicator.formula {
        Formula::Count { .. } => "analysis-rule-count",
        Formula::Ratio { .. } => "analysis-rule-ratio",
        Formula::Rate { .. } => "analysis-rule-rate",
        Formula::Derived { .. } => "analysis-rule-derived",
        Formula::Claim { .. } => "analysis-rule-claim",
    })
}

fn contributions(sheet: &mut Sheet, page: &Page, x: &nhipcau_actions::explain::Explanation, reviews: bool) {
    let count = x.contributions.len();
    sheet.push(Block::Heading(page.say1("analysis-from", "count", count)));
    if count == 0 {
        sheet.push(Block::Text(page.t("analysis-from-none")));
        return;
    }
    let rows = x.contributions.iter().take(LINES).map(|c| {
        let amount = match c.denominator {
            Some(d) => format!("{}/{}", number(page, c.numerator), number(page, d)),
            None => number(page, c.numerator),
        };
        let path = c.unit.path.first().cloned().unwrap_or_default();
        vec![Cell::text(&*c.unit.name).more(path), Cell::text(amount), source(page, c, reviews)]
    });
    let head = ["column-unit", "analysis-amount", "analysis-return"].map(|id| page.t(id)).to_vec();
    let caption = if count > LINES { page.say1("analysis-first", "count", LINES) } else { String::new() };
    sheet.push(Block::Table(Table { caption, head, rows: rows.collect() }));
    if !x.incomplete.is_empty() {
        let names: Vec<&str> = x.incomplete.iter().take(LINES).map(|u| u.name.as_str()).collect();
        sheet.push(Block::Text(page.say1("analysis-incomplete", "units", names.join(", "))));
    }
}

/// The return that numbers were read from, and how many others.
fn source(page: &Page, c: &Contributor, reviews: bool) -> Cell {
    let Some(first) = c.returns.last() else { return Cell::default() };
    let to = |s: &Source| {
        if reviews {
            let parts = [&*s.data_set, &*s.period, &*c.unit.unit].map(encode).join("/");
            format!("/lam-viec/duyet/{parts}")
        } else {
            format!("/bieu-mau/{}", s.return_id)
        }
    };
    let revision = page.say1("analysis-revision", "number", first.revision);
    let more = if c.returns.len() > 1 {
        page.say1("analysis-and-others", "count", c.returns.len() - 1)
    } else {
        String::new()
    };
    Cell::link(revision, to(first)).more(more)
}

fn missing(sheet: &mut Sheet, page: &Page, found: &Explained, reviews: bool) {
    let missing = &found.explanation.missing;
    sheet.push(Block::Heading(page.say1("analysis-missing", "count", missing.len())));
    if missing.is_empty() {
        sheet.push(Block::Text(page.t("analysis-missing-none")));
        return;
    }
    let rows = missing.iter().take(LINES).map(|m| {
        let path = m.unit.path.first().cloned().unwrap_or_default();
        let unit = if reviews {
            let parts = [&*m.data_set, &*m.period, &*m.unit.unit].map(encode).join("/");
            Cell::link(&*m.unit.name, format!("/lam-viec/duyet/{parts}"))
        } else {
            Cell::text(&*m.unit.name)
        };
        let status = page.t(&format!("review-status-{}", m.status.as_str()));
        vec![unit.more(path), Cell::text(&*m.period), Cell::text(status)]
    });
    let head = ["column-unit", "column-period", "column-status"].map(|id| page.t(id)).to_vec();
    let count = missing.len();
    let caption = if count > LINES { page.say1("analysis-first", "count", LINES) } else { String::new() };
    sheet.push(Block::Table(Table { caption, head, rows: rows.collect() }));
}

fn corrections(sheet: &mut Sheet, page: &Page, found: &Explained) {
    let corrections = &found.explanation.corrections;
    if corrections.is_empty() {
        return;
    }
    sheet.push(Block::Heading(page.say1("analysis-corrections", "count", corrections.len())));
    let rows = corrections.iter().take(LINES).map(|c| {
        vec![
            Cell::text(&*c.unit.name),
            Cell::text(&*c.reason).more(page.say1("analysis-revision", "number", c.revision)),
            Cell::text(c.office.as_str()).more(page.time(c.at)),
        ]
    });
    let head = ["column-unit", "analysis-reason", "audit-who"].map(|id| page.t(id)).to_vec();
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
}
