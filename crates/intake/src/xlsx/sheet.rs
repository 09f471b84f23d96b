//! A worksheet's cells.

use nhipcau_domain::problem::Problem;
use quick_xml::events::{BytesStart, Event};

use super::{
    Refused, too_much_text,
    xml::{Part, attribute, push_reference},
};
use crate::{
    grid::{Format, Grid, Kind, Merge, Stored, parse_address},
    limits::Limits,
};

/// What the reader is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Cell,
    Value,
    InlineText,
}

/// Reads the cells that hold something, in order; empty styled cells cost nothing.
pub(crate) fn read(
    mut part: Part<'_>,
    styles: &[Format],
    cells_left: usize,
    limits: &Limits,
    grid: &mut Grid<'_>,
) -> Result<(), Refused> {
    let mut inside = Inside::Nothing;
    let mut hint = false;
    let mut open = Open::default();
    while let Some(event) = part.next()? {
        let mut whole = Some(());
        match event {
            Event::Start(e) => match (e.local_name().into_inner(), inside) {
                ("row", _) => whole = open.row(&e),
                ("c", _) => {
                    whole = open.cell(&e, styles, grid.buffer.len());
                    inside = Inside::Cell;
                }
                ("v", Inside::Cell) => inside = Inside::Value,
                ("t", Inside::Cell) if !hint => inside = Inside::InlineText,
                ("rPh", Inside::Cell) => hint = true,
                ("f", Inside::Cell) => open.formula = true,
                ("mergeCell", _) => merge(&e, limits, grid)?,
                _ => {}
            },
            Event::Empty(e) => match (e.local_name().into_inner(), inside) {
                ("row", _) => whole = open.row(&e),
                ("c", _) => whole = open.skip(&e),
                ("f", Inside::Cell) => open.formula = true,
                ("mergeCell", _) => merge(&e, limits, grid)?,
                _ => {}
            },
            Event::End(e) => match (e.local_name().into_inner(), inside) {
                ("v", Inside::Value) | ("t", Inside::InlineText) => inside = Inside::Cell,
                ("rPh", _) => hint = false,
                ("c", Inside::Cell) => {
                    inside = Inside::Nothing;
                    open.close(grid, cells_left, limits)?;
                }
                _ => {}
            },
            Event::Text(t) if matches!(inside, Inside::Value | Inside::InlineText) => {
                grid.buffer.push_str(&t);
            }
            Event::CData(t) if matches!(inside, Inside::Value | Inside::InlineText) => {
                grid.buffer.push_str(&t);
            }
            Event::GeneralRef(r) if matches!(inside, Inside::Value | Inside::InlineText) => {
                whole = push_reference(&mut grid.buffer, &r);
            }
            _ => {}
        }
        if whole.is_none() {
            return Err(part.damaged());
        }
        if grid.buffer.len() > limits.max_text_bytes {
            return Err(too_much_text(limits));
        }
    }
    if !grid.cells.is_sorted_by_key(|c| (c.row, c.col)) {
        grid.cells.sort_by_key(|c| (c.row, c.col));
    }
    // Two cells in one place: which of them a person sees depends on the program.
    if grid.cells.windows(2).any(|w| matches!(w, [a, b] if (a.row, a.col) == (b.row, b.col))) {
        return Err(part.damaged());
    }
    Ok(())
}

/// The cell being read.
#[derive(Default)]
struct Open {
    row: u32,
    next_col: u16,
    col: u16,
    kind: Option<Kind>,
    format: Format,
    formula: bool,
    start: usize,
    /// What the shared texts would take if each cell had its own: one long text in a million cells
    /// is small in the file and endless to read.
    shared_bytes: u64,
}

impl Open {
    fn row(&mut self, e: &BytesStart<'_>) -> Option<()> {
        self.row = match attribute(e, "r") {
            Some(r) => r.trim().parse().ok().filter(|r| (1..=1_048_576).contains(r))?,
            None => self.row.checked_add(1)?,
        };
        self.next_col = 0;
        Some(())
    }

    fn place(&mut self, reference: Option<&str>) -> Option<()> {
        match reference {
            Some(r) => (self.row, self.col) = parse_address(r)?,
            None => self.col = self.next_col,
        }
        self.next_col = self.col.checked_add(1)?;
        (self.row > 0).then_some(())
    }

    fn skip(&mut self, e: &BytesStart<'_>) -> Option<()> {
        let reference = attribute(e, "r");
        self.place(reference.as_deref())
    }

    fn cell(&mut self, e: &BytesStart<'_>, styles: &[Format], start: usize) -> Option<()> {
        let (mut reference, mut style, mut kind) = (None, 0_usize, Some(Kind::Number));
        let mut is_date = false;
        for a in e.attributes().with_checks(false) {
            let a = a.ok()?;
            match a.key.into_inner() {
                "r" => reference = Some(a.value),
                "s" => style = a.value.parse().ok()?,
                "t" => {
                    kind = match &*a.value {
                        "s" => Some(Kind::Shared),
                        "str" | "inlineStr" => Some(Kind::Text),
                        "b" => Some(Kind::Bool),
                        "e" => Some(Kind::Error),
                        "n" => Some(Kind::Number),
                        "d" => {
                            is_date = true;
                            Some(Kind::Number)
                        }
                        _ => return None,
                    }
                }
                _ => {}
            }
        }
        self.place(reference.as_deref())?;
        self.kind = kind;
        self.format = if is_date { Format::Date } else { styles.get(style).copied().unwrap_or_default() };
        self.formula = false;
        self.start = start;
        Some(())
    }

    fn close(&mut self, grid: &mut Grid<'_>, cells_left: usize, limits: &Limits) -> Result<(), Refused> {
        let Some(kind) = self.kind.take() else { return Ok(()) };
        let text = grid.buffer.get(self.start..).unwrap_or_default();
        if text.is_empty() && !self.formula {
            return Ok(());
        }
        let bad = || Box::new(Problem::new("intake-workbook-damaged").with("part", &*grid.name));
        let mut start = u32::try_from(self.start).map_err(|_| bad())?;
        let mut len = u32::try_from(text.len()).map_err(|_| bad())?;
        let mut kind = if text.is_empty() { Kind::Nothing } else { kind };
        if kind == Kind::Shared {
            start = text.trim().parse().map_err(|_| bad())?;
            let shared = grid.strings.get(start).ok_or_else(bad)?;
            len = 0;
            self.shared_bytes += shared.len() as u64;
            if shared.is_empty() {
                kind = Kind::Nothing;
            }
            grid.buffer.truncate(self.start);
        }
        if kind == Kind::Nothing && !self.formula {
            return Ok(());
        }
        if usize::from(self.col) >= limits.max_columns {
            let found = usize::from(self.col) + 1;
            let problem = Problem::new("intake-too-many-columns");
            return Err(Box::new(problem.with("found", found).with("expected", limits.max_columns)));
        }
        if self.row > limits.max_rows {
            let problem = Problem::new("intake-too-many-rows");
            return Err(Box::new(problem.with("found", self.row).with("expected", limits.max_rows)));
        }
        if self.shared_bytes > limits.max_text_bytes as u64 {
            return Err(too_much_text(limits));
        }
        if grid.cells.len() >= cells_left {
            return Err(Box::new(Problem::new("intake-too-many-cells").with("expected", limits.max_cells)));
        }
        grid.cells.push(Stored {
            row: self.row,
            col: self.col,
            kind,
            format: self.format,
            formula: self.formula,
            start,
            len,
        });
        Ok(())
    }
}

fn merge(e: &BytesStart<'_>, limits: &Limits, grid: &mut Grid<'_>) -> Result<(), Refused> {
    let Some(range) = attribute(e, "ref") else { return Ok(()) };
    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
    let (Some(first), Some(last)) = (parse_address(first), parse_address(last)) else { return Ok(()) };
    if grid.merges.len() >= limits.max_merges {
        return Err(Box::new(Problem::new("intake-too-many-merges").with("expected", limits.max_merges)));
    }
    grid.merges.push(Merge { first, last });
    Ok(())
}
