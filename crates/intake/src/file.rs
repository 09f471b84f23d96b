//! One file of any kind: what it is, is decided by its content.

use std::fmt::Write;

use nhipcau_domain::problem::{Problem, Severity};
use sha2::{Digest, Sha256};

use crate::{
    Limits, Reading, World,
    csv_rows::CsvRows,
    csv_wide::{self, Source},
    find, form,
    gather::Gather,
    grid::{Cell, Content, Grid, Kind, Stored, Strings, letters},
    hidden::{self, Hidden},
    layout::Layout,
    place::Where,
    resolve,
    tags::Tag,
    text::short,
    wide::{RowOutcome, Wide},
    wide_header::{Search, Step},
    xlsx::Workbook,
};

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Reads a workbook or a CSV file: every form and every wide table in it. Whatever the bytes are,
/// it returns, within the limits on time and memory; `name` is only quoted in problems.
pub fn read_file(name: &str, bytes: &[u8], world: &dyn World, limits: &Limits) -> Reading {
    let sha256 = sha256(bytes);
    let at = Where { file: name, sheet: "" };
    let mut gather = Gather::new(name, limits);
    let read = match kind(bytes, limits) {
        Ok(FileKind::Workbook) => workbook(at, bytes, &sha256, world, limits, &mut gather),
        Ok(FileKind::Text) => text(at, bytes, &sha256, world, limits, &mut gather),
        Err(problem) => Err(problem),
    };
    if let Err(problem) = read {
        let mut reading = Reading { sha256, ..Reading::default() };
        reading.problems.push(at.sheet(problem));
        return reading;
    }
    let mut reading = gather.finish(sha256);
    if reading.submissions.is_empty() && reading.problems.is_empty() {
        reading.problems.push(at.sheet(nothing_in_it()));
    }
    reading
}

/// A table's header and no rows: nothing is wrong, and whoever sent it should know.
pub(crate) fn nothing_in_it() -> Problem {
    Problem::new("intake-table-empty").severity(Severity::Notice)
}

enum FileKind {
    Workbook,
    Text,
}

fn kind(bytes: &[u8], limits: &Limits) -> Result<FileKind, Problem> {
    let size = bytes.len() as u64;
    if size > limits.max_file_bytes {
        let mebibytes = |n: u64| i64::try_from(n >> 20).unwrap_or(i64::MAX);
        let problem = Problem::new("intake-file-too-large").with("found", mebibytes(size));
        return Err(problem.with("expected", mebibytes(limits.max_file_bytes)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new("intake-file-empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(FileKind::Workbook);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // An encrypted workbook is put into the old container, under this name.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = find::find(bytes, &name);
        return Err(if encrypted { Problem::new("intake-encrypted") } else { Problem::new("intake-is-xls") });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Problem::new("intake-is-pdf"));
    }
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let utf16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let markup = start.trim_ascii_start().starts_with(b"<") || start.starts_with(b"{\\rtf");
    let control = |b: &u8| *b < 0x20 && !b.is_ascii_whitespace();
    if !utf16 && (markup || start.iter().any(control)) {
        return Err(Problem::new("intake-kind-unknown"));
    }
    Ok(FileKind::Text)
}

fn workbook(
    at: Where<'_>,
    bytes: &[u8],
    sha256: &str,
    world: &dyn World,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<(), Problem> {
    let mut workbook = Workbook::open(bytes, limits).map_err(|p| *p)?;
    let mut hidden = Hidden::default();
    let mut recognised = false;
    let mut strange: Vec<Problem> = Vec::new();
    let macros = workbook.macros;
    workbook
        .each_sheet(limits, |grid| {
            if grid.name == hidden::NAME {
                hidden = Hidden::read(grid);
                return;
            }
            let at = Where { file: at.file, sheet: &grid.name };
            if sheet(at, grid, sha256, world, &hidden, gather) {
                recognised = true;
            } else if !grid.hidden && !grid.is_blank() {
                strange.push(at.sheet(unrecognised(grid, world)));
            }
        })
        .map_err(|p| *p)?;
    if macros {
        gather.problem(at.sheet(Problem::new("intake-macros-ignored").severity(Severity::Notice)));
    }
    // A sheet of one's own beside the forms is no mistake.
    let severity = if recognised { Severity::Notice } else { Severity::Refuse };
    if strange.is_empty() && !recognised && gather.is_empty() {
        return Err(Problem::new("intake-file-empty"));
    }
    for problem in strange {
        gather.problem(problem.severity(severity));
    }
    Ok(())
}

/// Reads one sheet, if it is anything that is known.
fn sheet(
    at: Where<'_>,
    grid: &Grid<'_>,
    sha256: &str,
    world: &dyn World,
    hidden: &Hidden,
    gather: &mut Gather<'_>,
) -> bool {
    let has = |wanted: fn(&Tag<'_>) -> bool| {
        grid.texts().any(|(_, _, t)| Tag::parse(t).is_some_and(|t| wanted(&t)))
    };
    let is_wide = has(|tag| matches!(tag, Tag::Wide(_)));
    // A form's labels are compared in many ways; a table has rows without end and only one header.
    let small = gather.has_room_for_form(grid.cells.len());
    if !is_wide && !small && has(|tag| matches!(tag, Tag::Form(_))) {
        let problem = Problem::new("intake-too-many-cells").with("expected", gather.max_form_cells);
        gather.problem(at.sheet(problem));
        return true;
    }
    if !is_wide
        && small
        && let Some(layout) = Layout::of(grid, hidden)
    {
        gather.form(form::read(world, grid, at, sha256, layout), at.sheet);
        return true;
    }
    wide_sheet(at, grid, sha256, world, gather)
}

fn wide_sheet(
    at: Where<'_>,
    grid: &Grid<'_>,
    sha256: &str,
    world: &dyn World,
    gather: &mut Gather<'_>,
) -> bool {
    let width = grid.cells.iter().map(|c| usize::from(c.col) + 1).max().unwrap_or(0);
    let mut search = Some(Search::new(world.definitions()));
    let mut wide: Option<Wide<'_>> = None;
    let merged = merged_rows(grid);
    for (row, cells) in grid.rows() {
        if let Some(mut looking) = search.take() {
            let mut texts = vec![""; width];
            for cell in cells {
                if let Some(text) = texts.get_mut(usize::from(cell.col)) {
                    *text = grid.read(cell).shown();
                }
            }
            match looking.row(&texts) {
                Step::Above => {
                    search = Some(looking);
                    continue;
                }
                Step::NotWide => return false,
                Step::Below => match open_wide(looking, at, grid, sha256, world) {
                    Some(Ok(opened)) => wide = Some(opened),
                    Some(Err(problem)) => {
                        gather.problem(problem);
                        return true;
                    }
                    None => return false,
                },
            }
        }
        let Some(wide) = &mut wide else { continue };
        let cell = |col: usize| u16::try_from(col).map_or(Cell::EMPTY, |col| grid.at(row, col));
        if let Some(mut outcome) = wide.row(row, width, cell) {
            refuse_merged(grid, &merged, &mut outcome, at);
            gather.row(outcome, at.sheet);
            if gather.is_flooded() {
                break;
            }
        }
    }
    match search.and_then(|s| s.finish(at, grid.from_1904)) {
        Some(Err(problem)) => {
            gather.problem(problem);
            true
        }
        Some(Ok(_)) => true,
        None => wide.is_some(),
    }
}

fn open_wide<'w>(
    search: Search<'w>,
    at: Where<'w>,
    grid: &Grid<'_>,
    sha256: &'w str,
    world: &'w dyn World,
) -> Option<Result<Wide<'w>, Problem>> {
    let header = match search.finish(at, grid.from_1904)? {
        Ok(header) => header,
        Err(problem) => return Some(Err(problem)),
    };
    let mut wide = Wide::new(world, at, sha256, header);
    Some(wide.check().map(|()| wide))
}

/// A merge gives one value to all its cells, or to the first: in a table nobody can say. First and
/// last rows of merged stretches, in order, each with a cell to point at.
fn merged_rows(grid: &Grid<'_>) -> Vec<(u32, u32, (u32, u16))> {
    let mut merges: Vec<_> = grid.merges.iter().filter(|m| m.first != m.last).collect();
    merges.sort_unstable_by_key(|m| m.first);
    let mut stretches: Vec<(u32, u32, (u32, u16))> = Vec::new();
    for merge in merges {
        match stretches.last_mut().filter(|s| merge.first.0 <= s.1) {
            Some(stretch) => stretch.1 = stretch.1.max(merge.last.0),
            None => stretches.push((merge.first.0, merge.last.0, merge.first)),
        }
    }
    stretches
}

fn refuse_merged(
    grid: &Grid<'_>,
    stretches: &[(u32, u32, (u32, u16))],
    outcome: &mut RowOutcome,
    at: Where<'_>,
) {
    let before = stretches.partition_point(|s| s.0 <= outcome.row);
    let stretch = before.checked_sub(1).and_then(|i| stretches.get(i)).filter(|s| outcome.row <= s.1);
    let (Some((_, _, (row, col))), Some(key)) = (stretch, &outcome.key) else { return };
    let found = grid.at(*row, *col);
    let problem = Problem::new("intake-merged")
        .with("label", letters(*col))
        .with("found", short(found.shown(), 40))
        .with("unit", &key.unit);
    outcome.problems.push(at.cell(problem, *row, *col));
    outcome.submission = None;
}

/// What a strange sheet looks like, and what was expected.
fn unrecognised(grid: &Grid<'_>, world: &dyn World) -> Problem {
    let texts: Vec<String> =
        grid.texts().map(|(_, _, t)| short(t, 40)).filter(|t| !t.is_empty()).take(3).collect();
    Problem::new("intake-sheet-unknown")
        .with("found", texts.join(" | "))
        .with("expected", resolve::forms(world.definitions()))
}

fn text(
    at: Where<'_>,
    bytes: &[u8],
    sha256: &str,
    world: &dyn World,
    limits: &Limits,
    gather: &mut Gather<'_>,
) -> Result<(), Problem> {
    let source = Source { name: at.file, sha256 };
    match csv_wide::rows(bytes, &source, world, limits, &mut |outcome| gather.row(outcome, "")) {
        Ok(()) => return Ok(()),
        Err(problem) if problem.id != "intake-not-wide" => return Err(problem),
        Err(_) => {}
    }
    let strings = Strings::default();
    let (grid, small) = csv_grid(bytes, limits, &strings)?;
    match small.then(|| Layout::of(&grid, &Hidden::default())).flatten() {
        Some(layout) => gather.form(form::read(world, &grid, at, sha256, layout), ""),
        None => return Err(unrecognised(&grid, world)),
    }
    Ok(())
}

/// A CSV file as a sheet; false where it is larger than any form, and only its beginning was read.
fn csv_grid<'s>(bytes: &[u8], limits: &Limits, strings: &'s Strings) -> Result<(Grid<'s>, bool), Problem> {
    let mut grid = Grid {
        name: String::new(),
        hidden: false,
        cells: Vec::new(),
        buffer: String::new(),
        merges: Vec::new(),
        strings,
        from_1904: false,
    };
    let mut rows = CsvRows::open(bytes, limits).map_err(|p| *p)?;
    while let Some(row) = rows.next().map_err(|p| *p)? {
        for (col, text) in rows.record().iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            if grid.cells.len() >= limits.max_form_cells {
                return Ok((grid, false));
            }
            let start = u32::try_from(grid.buffer.len()).unwrap_or(u32::MAX);
            grid.buffer.push_str(text);
            let kind =
                if matches!(Cell::text(text).content, Content::Empty) { Kind::Nothing } else { Kind::Text };
            grid.cells.push(Stored {
                row,
                col: u16::try_from(col).unwrap_or(u16::MAX),
                kind,
                format: crate::grid::Format::Plain,
                formula: false,
                start,
                len: u32::try_from(text.len()).unwrap_or(u32::MAX),
            });
        }
    }
    Ok((grid, true))
}
