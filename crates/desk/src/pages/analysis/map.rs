//! The table's lines of units on the map of their day, shaded by the column that is drawn.

use nhipcau_actions::{
    Workspace,
    analysis::{Axis, Cell, Key, Pivot},
    maps,
};
use nhipcau_domain::figure::Figure;
use nhipcau_maps::draw;

use super::{called, drawn, said};
use crate::{failure::Failure, page::Page};

/// Width of the drawing, in units of its view box.
const WIDTH: u32 = 600;
/// How many shades there are.
const SHADES: usize = 4;

/// A map.
pub(super) struct Drawn {
    pub height: u32,
    pub note: String,
    pub title: String,
    pub areas: Vec<Area>,
    pub legend: Vec<(usize, String)>,
}

/// An area.
pub(super) struct Area {
    pub name: String,
    pub path: String,
    pub lines: Vec<(String, String, String)>,
    pub tight: bool,
    pub said: String,
    /// From 1; 0 where nothing is known of it.
    pub shade: usize,
}

/// The map of the table's units; none where units are on no side, or there is no map of them.
pub(super) async fn of(ws: &Workspace, page: &Page, found: &Pivot) -> Result<Option<Drawn>, Failure> {
    if found.asked.filtered() == Axis::Unit {
        return Ok(None);
    }
    let (on_rows, at) = drawn::chosen(found);
    let along = drawn::cells(found, on_rows, at);
    let of_unit = |id: &str| {
        let found = along.iter().find(|(head, _)| matches!(&head.key, Key::Unit(u) if u.as_str() == id));
        found.and_then(|(_, cell)| *cell)
    };
    let Some(map) = maps::on(ws, found.day).await? else { return Ok(None) };
    let values: Vec<Option<&Cell>> =
        map.areas.iter().map(|a| map.units.get(&a.code).and_then(|unit| of_unit(unit))).collect();
    // One area alone says nothing that its line does not.
    if values.iter().flatten().count() < 2 {
        return Ok(None);
    }
    let (shades, legend) = shade(page, &values);
    let drawing = draw(&map.areas, WIDTH, |a| a.name.clone());
    let heads = if on_rows { &found.rows } else { &found.columns };
    let areas = drawing.areas.into_iter().zip(values).zip(shades).map(|((area, cell), shade)| Area {
        path: area.path,
        lines: (area.label.lines.iter())
            .map(|l| (format!("{:.1}", l.x), format!("{:.1}", l.y), l.text.clone()))
            .collect(),
        tight: area.label.size < 16.0,
        said: cell.map(|c| said(page, &c.figure, c.decimals)).unwrap_or_default(),
        name: area.name,
        shade,
    });
    Ok(Some(Drawn {
        height: drawing.height,
        note: map.note,
        title: heads.get(at).map(|h| called(page, &found.asked, &found.branch, h)).unwrap_or_default(),
        areas: areas.collect(),
        legend,
    }))
}

/// What areas are ordered by: exact, a share in millionths.
fn rank(figure: &Figure) -> Option<i128> {
    match (figure.numerator?, figure.denominator) {
        (_, Some(0)) => None,
        (n, Some(d)) => Some(i128::from(n) * 1_000_000 / i128::from(d)),
        (n, None) => Some(i128::from(n)),
    }
}

/// A shade for each value, as many different values in each; and what each shade means.
fn shade(page: &Page, values: &[Option<&Cell>]) -> (Vec<usize>, Vec<(usize, String)>) {
    let mut ranks: Vec<i128> = values.iter().flatten().filter_map(|c| rank(&c.figure)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let shades = SHADES.min(ranks.len()).max(1);
    let of = |value: i128| ranks.partition_point(|v| *v < value) * shades / ranks.len().max(1) + 1;
    let of_cell = |cell: &&Cell| rank(&cell.figure).map(of);
    let by_area = values.iter().map(|c| c.as_ref().and_then(of_cell).unwrap_or(0)).collect();
    let legend = (1..=shades).filter_map(|shade| {
        let mut cells: Vec<&&Cell> = values.iter().flatten().filter(|c| of_cell(c) == Some(shade)).collect();
        cells.sort_by_key(|c| rank(&c.figure));
        let words = |c: &&&Cell| said(page, &c.figure, c.decimals);
        let (first, last) = (words(cells.first()?), words(cells.last()?));
        Some((shade, if first == last { first } else { format!("{first} – {last}") }))
    });
    (by_area, legend.collect())
}
