//! A wide CSV file, a row at a time: what a country's import goes through.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    io::Read,
};

use nhipcau_domain::problem::{Problem, Severity};

use crate::{
    Limits, World,
    csv_rows::CsvRows,
    file::nothing_in_it,
    grid::{Cell, address},
    place::Where,
    wide::{RowOutcome, Wide, content_hash},
    wide_header::{Search, Step},
};

/// A file that is read as it streams by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its name, without the folders above it.
    pub name: &'a str,
    /// SHA-256 of its bytes in hexadecimal, which each submission carries as its origin; empty if
    /// it is not known yet.
    pub sha256: &'a str,
}

/// What a whole wide file came to, besides its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WideSummary {
    /// Rows that were handed out.
    pub rows: u64,
    /// What is wrong with the file as a whole. Rows that were handed out before it stay good.
    pub problems: Vec<Problem>,
}

/// Reads a wide CSV file and hands out each row as it is read; memory does not grow with what the
/// rows hold. For every return that it has seen it keeps 24 bytes, to tell a row that
/// is repeated (a notice) from one that contradicts an earlier row ([`RowOutcome::contradicts`]).
pub fn read_wide_csv(
    reader: impl Read,
    source: &Source<'_>,
    world: &dyn World,
    limits: &Limits,
    sink: &mut dyn FnMut(RowOutcome),
) -> WideSummary {
    let at = Where { file: source.name, sheet: "" };
    let mut summary = WideSummary::default();
    let mut seen: HashMap<u64, (u32, u64)> = HashMap::new();
    let mut each = |mut outcome: RowOutcome| {
        if let (Some(key), Some(submission)) = (&outcome.key, &outcome.submission) {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            let content = content_hash(submission);
            let first = *seen.entry(hasher.finish()).or_insert((outcome.row, content));
            if first.0 != outcome.row {
                let here = address(outcome.row, 0);
                let problem = if first.1 == content {
                    Problem::new("intake-form-repeated").severity(Severity::Notice)
                } else {
                    outcome.contradicts = Some(first.0);
                    Problem::new("intake-form-twice")
                };
                let problem =
                    problem.with("first", address(first.0, 0)).with("second", here).with("unit", &key.unit);
                outcome.problems.push(at.cell(problem, outcome.row, 0));
                outcome.submission = None;
            }
        }
        summary.rows += 1;
        sink(outcome);
    };
    if let Err(problem) = rows(reader, source, world, limits, &mut each) {
        summary.problems.push(at.sheet(problem));
    } else if summary.rows == 0 {
        summary.problems.push(at.sheet(nothing_in_it()));
    }
    summary
}

/// Reads the rows, repetitions included.
pub(crate) fn rows(
    reader: impl Read,
    source: &Source<'_>,
    world: &dyn World,
    limits: &Limits,
    each: &mut dyn FnMut(RowOutcome),
) -> Result<(), Problem> {
    let at = Where { file: source.name, sheet: "" };
    let mut csv = CsvRows::open(reader, limits).map_err(|p| *p)?;
    let mut search = Some(Search::new(world.definitions()));
    let mut wide: Option<Wide<'_>> = None;
    while let Some(line) = csv.next().map_err(|p| *p)? {
        if let Some(mut looking) = search.take() {
            let texts: Vec<&str> = csv.record().iter().collect();
            match looking.row(&texts) {
                Step::Above => {
                    search = Some(looking);
                    continue;
                }
                Step::NotWide => return Err(Problem::new("intake-not-wide")),
                Step::Below => {
                    let Some(header) = looking.finish(at, false) else {
                        return Err(Problem::new("intake-not-wide"));
                    };
                    let mut opened = Wide::new(world, at, source.sha256, header?);
                    opened.check()?;
                    wide = Some(opened);
                }
            }
        }
        let Some(wide) = &mut wide else { continue };
        let record = csv.record();
        let cell = |col: usize| Cell::text(record.get(col).unwrap_or(""));
        if let Some(outcome) = wide.row(line, record.len(), cell) {
            each(outcome);
        }
    }
    match (wide, search.and_then(|s| s.finish(at, false))) {
        (Some(_), _) | (None, Some(Ok(_))) => Ok(()),
        (None, Some(Err(problem))) => Err(problem),
        (None, None) => Err(Problem::new("intake-not-wide")),
    }
}
