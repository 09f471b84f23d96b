//! What of the table is drawn: lines along periods, bars along units. The numbers stand in the table beside.

use nhipcau_actions::analysis::{
    Axis, Cell, Head, Key, Pivot,
    chart::{Bar, Bars, Chart, Line, Point},
    length,
};
use nhipcau_messages::Lang;

use super::{called, place, said};
use crate::page::Page;

/// The most bars in one drawing.
const BARS: usize = 60;

/// The side that the drawing does not run along, and so draws one of: the choice is the reader's.
fn across(found: &Pivot) -> Axis {
    let (rows, columns) = (found.asked.rows, found.asked.columns);
    let along = if [rows, columns].contains(&Axis::Unit) { Axis::Unit } else { Axis::Period };
    if rows == along { columns } else { rows }
}

/// What may be drawn, by name.
pub(super) fn choices(page: &Page, found: &Pivot) -> Vec<(String, String)> {
    let heads = if found.asked.rows == across(found) { &found.rows } else { &found.columns };
    heads.iter().map(|h| (h.key.name(), called(page, &found.asked, &found.branch, h))).collect()
}

/// The line or column that is drawn: what was chosen; else the last period, or the item that is
/// given for the most.
pub(super) fn chosen(found: &Pivot) -> (bool, usize) {
    let axis = across(found);
    let on_rows = found.asked.rows == axis;
    let heads = if on_rows { &found.rows } else { &found.columns };
    let asked = Some(found.asked.drawn.as_str()).filter(|d| !d.is_empty());
    let at = asked.and_then(|key| place(found, key, on_rows)).unwrap_or_else(|| match axis {
        Axis::Period => last_given(found, on_rows, heads.len()),
        _ => fullest(found, on_rows, heads.len()),
    });
    (on_rows, at)
}

/// The name of what is drawn, as the reader chooses it.
pub(super) fn key(found: &Pivot) -> String {
    let (on_rows, at) = chosen(found);
    let heads = if on_rows { &found.rows } else { &found.columns };
    heads.get(at).map(|h| h.key.name()).unwrap_or_default()
}

/// The last period in which anything was given.
fn last_given(found: &Pivot, on_rows: bool, len: usize) -> usize {
    let given = |at: &usize| given(found, on_rows, *at) > 0;
    (0..len).rev().find(given).unwrap_or_else(|| len.saturating_sub(1))
}

/// The first item that is given for the most.
fn fullest(found: &Pivot, on_rows: bool, len: usize) -> usize {
    (0..len).rev().max_by_key(|at| given(found, on_rows, *at)).unwrap_or(0)
}

/// How many cells of a row or a column give anything.
fn given(found: &Pivot, on_rows: bool, at: usize) -> usize {
    let side = cells(found, on_rows, at);
    side.iter().filter(|(_, cell)| cell.is_some_and(|c| c.figure.numerator.is_some())).count()
}

/// The cells of a row or a column, each with the head across.
pub(super) fn cells(found: &Pivot, row: bool, at: usize) -> Vec<(&Head, Option<&Cell>)> {
    if row {
        let cells = found.cells.get(at).map(Vec::as_slice).unwrap_or_default();
        found.columns.iter().zip(cells.iter().map(Option::as_ref)).collect()
    } else {
        let cells = found.cells.iter().map(|r| r.get(at).and_then(Option::as_ref));
        found.rows.iter().zip(cells).collect()
    }
}

/// The drawings, as SVG.
pub(super) fn charts(page: &Page, found: &Pivot) -> Vec<String> {
    let language = if page.lang == Lang::En { "en" } else { "vi" };
    let mut charts = Vec::new();
    let (on_rows, at) = chosen(found);
    let heads = if on_rows { &found.rows } else { &found.columns };
    let Some(head) = heads.get(at) else { return Vec::new() };
    let along = cells(found, on_rows, at);
    let title = title(page, found, head);
    if [found.asked.rows, found.asked.columns].contains(&Axis::Unit) {
        charts.extend(bars(page, found, title, &along));
        // Over time, the branch as a whole.
        let units_on_rows = found.asked.rows == Axis::Unit;
        let periods = across(found) == Axis::Period;
        if let Some(whole) = place(found, "", units_on_rows).filter(|_| periods) {
            let along = cells(found, units_on_rows, whole);
            let item = found.item.as_ref().map(|i| i.key.clone());
            charts.extend(line(
                page,
                found,
                self::title(page, found, whole_head(found)),
                item.as_ref(),
                &along,
            ));
        }
    } else {
        charts.extend(line(page, found, title, Some(&head.key), &along));
    }
    charts.iter().map(|c| c.svg(language)).collect()
}

fn whole_head(found: &Pivot) -> &Head {
    let heads = found.rows.iter().chain(&found.columns);
    // A side of units ends with the whole.
    heads.into_iter().find(|h| h.key == Key::Whole).unwrap_or(&found.rows[0])
}

fn title(page: &Page, found: &Pivot, head: &Head) -> String {
    let own = called(page, &found.asked, &found.branch, head);
    let more = if head.more.is_empty() { own } else { format!("{own} ({})", head.more) };
    match (&found.item, &found.period) {
        (Some(item), _) => format!("{}: {more}", item.name),
        (_, Some(period)) => format!("{more}, {}", period.name),
        _ => more,
    }
}

fn bars(page: &Page, found: &Pivot, title: String, along: &[(&Head, Option<&Cell>)]) -> Option<Chart> {
    let percent = along.iter().filter_map(|(_, c)| *c).any(|c| c.figure.percent);
    let shown = along.iter().filter(|(head, _)| head.key != Key::Whole);
    let bars: Vec<Bar> = shown
        .filter_map(|(head, cell)| {
            let cell = (*cell)?;
            let length = length(&cell.figure);
            Some(Bar {
                label: called(page, &found.asked, &found.branch, head),
                text: if length.is_some() { said(page, &cell.figure, cell.decimals) } else { String::new() },
                length,
                withheld: false,
            })
        })
        .take(BARS)
        .collect();
    bars.iter().any(|b| b.length.is_some()).then_some(Chart::Bars(Bars { title, percent, bars }))
}

fn line(
    page: &Page,
    found: &Pivot,
    title: String,
    item: Option<&Key>,
    along: &[(&Head, Option<&Cell>)],
) -> Option<Chart> {
    let percent = along.iter().filter_map(|(_, c)| *c).any(|c| c.figure.percent);
    let anew = |key: &Key| {
        let period = |id: &str| matches!(key, Key::Period(p) if p.as_str() == id);
        found.breaks.iter().any(|b| period(&b.period) && item == Some(&Key::Item(b.item.clone())))
    };
    let points: Vec<Point> = along
        .iter()
        .map(|(head, cell)| {
            let height = cell.and_then(|c| length(&c.figure));
            Point {
                label: head.name.clone(),
                text: cell
                    .filter(|_| height.is_some())
                    .map(|c| said(page, &c.figure, c.decimals))
                    .unwrap_or_default(),
                height,
                anew: anew(&head.key),
            }
        })
        .collect();
    points.iter().any(|p| p.height.is_some()).then_some(Chart::Line(Line { title, percent, points }))
}
