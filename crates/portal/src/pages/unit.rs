//! One unit: where it stands, what became of it, what it owes.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use nhipcau_actions::basis::TreeDay;
use nhipcau_domain::{
    Date,
    definitions::Definitions,
    figure,
    id::UnitId,
    indicator::{Formula, Indicator},
    period::Period,
    returns::Status,
    tree::Ix,
};

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    state::PortalState,
    views::{FigureLine, NodeView, PeriodView, UnitLink},
};

/// A unit's page.
#[derive(Debug, Clone, Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    /// What every page carries.
    pub page: Page,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its official code.
    pub code: Option<String>,
    /// Who is above it, the highest first.
    pub above: Vec<UnitLink>,
    /// That it is no more, where it is.
    pub closed: Option<String>,
    /// What it became.
    pub successors: Vec<UnitLink>,
    /// What it owes for the period.
    pub owes: Vec<OweLine>,
    /// For which period the figures are.
    pub period: PeriodView,
    /// Its figures.
    pub figures: Vec<FigureLine>,
    /// Who reports to it.
    pub children: Vec<NodeView>,
    /// What happened to it, in order.
    pub history: Vec<HistoryLine>,
}

/// A return that a unit owes.
#[derive(Debug, Clone)]
pub struct OweLine {
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// Where it stands.
    pub status: Status,
    /// Its page, once something came.
    pub href: Option<String>,
}

/// Something that happened to a unit.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// From which day on.
    pub day: Date,
    /// What.
    pub what: String,
    /// The other unit that it concerns.
    pub unit: Option<UnitLink>,
}

/// Shows a unit: as it is today, or as it was last.
pub async fn show(
    State(state): State<PortalState>,
    reader: Reader,
    Path(unit): Path<String>,
) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let ix = reading.unit(&unit)?;
    let period = reading.period().await?;
    let mut page = reading.page(Section::Tree);
    page.period = Some(period.id.to_string());
    let setting = Arc::clone(&reading.setting);
    let tree = &setting.tree;
    let closed = tree.closed(ix).filter(|closed| *closed <= reading.today);
    let day = closed.and_then(|c| c.yesterday().ok()).unwrap_or(reading.today);
    let numbers = Numbers::load(&mut reading, &period).await?;
    let owes = owes(&mut reading, &page, tree.id(ix), &period).await?;
    let successors: Vec<UnitLink> =
        tree.successors(ix).iter().map(|s| reading.link(&page, *s, reading.today)).collect();
    let said = if successors.is_empty() { "portal-unit-closed" } else { "portal-unit-closed-became" };
    html(&UnitPage {
        name: tree.name(ix, day).to_owned(),
        kind: reading.kind_name(ix, day),
        code: tree.code(ix, day).map(str::to_owned),
        above: reading.above(&page, ix, day),
        closed: closed.map(|c| page.say1(said, "day", c)),
        successors,
        owes,
        figures: figures(&reading, &page, &numbers, tree.id(ix))?,
        children: tree.children(ix, day).map(|c| reading.node(&page, c, day)).collect(),
        history: history(&reading, &page, ix),
        period: PeriodView::new(&period),
        page,
    })
}

/// What a unit owes within a period, and where each return stands.
async fn owes(
    reading: &mut Reading,
    page: &Page,
    unit: &UnitId,
    period: &Period,
) -> Result<Vec<OweLine>, Failure> {
    let setting = Arc::clone(&reading.setting);
    let held = reading.tx.returns_of_unit(unit).await?;
    let Some(ix) = setting.tree.find(unit) else { return Ok(Vec::new()) };
    let mut lines = Vec::new();
    for form in &setting.definitions.data_sets {
        for part in setting.definitions.parts_of(form, period) {
            let found = held.iter().find(|r| r.key.data_set == form.id && r.key.period == part.id);
            let on_roster = form.roster.in_force(part)
                && setting.tree.is_open(ix, part.last)
                && form.roster.names(unit, setting.tree.kind(ix, part.last));
            if found.is_none() && !on_roster {
                continue;
            }
            lines.push(OweLine {
                form: form.name.clone(),
                period: part.name.clone(),
                status: found.map_or(Status::Expected, |r| r.state.status),
                href: found.map(|r| page.return_page(&r.id.to_string())),
            });
        }
    }
    Ok(lines)
}

/// The figures that the unit, with everything below it, has something for.
fn figures(
    reading: &Reading,
    page: &Page,
    numbers: &Numbers,
    unit: &UnitId,
) -> Result<Vec<FigureLine>, Failure> {
    // Under the period's own tree if the unit was there; one that came later counts under today's.
    let then = numbers.evidence.basis(&reading.setting, unit, TreeDay::Then).map(|b| (b, TreeDay::Then));
    let now = TreeDay::On(reading.today);
    let found = then.or_else(|_| numbers.evidence.basis(&reading.setting, unit, now).map(|b| (b, now)));
    let Ok((basis, tree)) = found else { return Ok(Vec::new()) };
    let mut page = page.clone();
    if tree == now {
        page.tree = Some(crate::routes::TREE_NOW.to_owned());
    }
    let definitions = &reading.setting.definitions;
    let elsewhere = *unit != definitions.campaign.scope;
    let mut lines = Vec::new();
    for indicator in
        definitions.indicators.iter().filter(|i| !(elsewhere && asks_for_the_scope(definitions, i)))
    {
        let line = numbers.line(reading, &page, &basis, indicator, tree)?;
        let empty =
            matches!(line.status, figure::Status::Missing) && line.coverage.is_none_or(|c| c.expected == 0);
        if !empty && line.status != figure::Status::Claim {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Whether an indicator asks who reports straight to the scope: of another unit it would say
/// something else than its name does.
fn asks_for_the_scope(definitions: &Definitions, indicator: &Indicator) -> bool {
    match &indicator.formula {
        _ if indicator.filter.direct.is_some() => true,
        Formula::Derived { sum } => sum
            .iter()
            .filter_map(|key| definitions.indicator(key))
            .any(|part| asks_for_the_scope(definitions, part)),
        _ => false,
    }
}

/// Everything that happened to a unit, in order of days.
fn history(reading: &Reading, page: &Page, ix: Ix) -> Vec<HistoryLine> {
    let tree = &reading.setting.tree;
    let line = |day: Date, what: String, unit: Option<Ix>| HistoryLine {
        day,
        what,
        unit: unit.map(|u| reading.link(page, u, day)),
    };
    let opened = tree.opened(ix);
    let mut lines = Vec::new();
    for (day, name) in tree.names(ix) {
        let id = if *day == opened { "portal-event-opened" } else { "portal-event-renamed" };
        lines.push(line(*day, page.say1(id, "name", name), None));
    }
    for (day, code) in tree.codes(ix) {
        match code {
            Some(code) => lines.push(line(*day, page.say1("portal-event-recoded", "code", code), None)),
            None if *day != opened => lines.push(line(*day, page.t("portal-event-uncoded"), None)),
            None => {}
        }
    }
    for (day, parent) in tree.parents(ix) {
        let id = match parent {
            Some(_) if *day == opened => "portal-event-under",
            Some(_) => "portal-event-moved",
            None if *day == opened => continue,
            None => "portal-event-root",
        };
        lines.push(line(*day, page.t(id), *parent));
    }
    for from in tree.predecessors(ix) {
        if let Some(day) = tree.closed(from) {
            // By the name that it had: the day before.
            let unit = reading.link(page, from, day.yesterday().unwrap_or(day));
            lines.push(HistoryLine { day, what: page.t("portal-event-from"), unit: Some(unit) });
        }
    }
    if let Some(day) = tree.closed(ix) {
        let successors = tree.successors(ix);
        let id = match successors.len() {
            0 => "portal-event-closed",
            1 => "portal-event-merged-into",
            _ => "portal-event-split-into",
        };
        if successors.is_empty() {
            lines.push(line(day, page.t(id), None));
        }
        lines.extend(successors.iter().map(|s| line(day, page.t(id), Some(*s))));
    }
    lines.sort_by_key(|l| l.day);
    lines
}
