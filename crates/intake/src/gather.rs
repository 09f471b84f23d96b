//! Puts together what a file's sheets and rows came to: each return once, and none that the file
//! itself contradicts.

use std::collections::HashMap;

use nhipcau_domain::{
    problem::{Problem, Severity},
    returns::{ReturnKey, Submission},
};

use crate::{Limits, Reading, form::Found, place::Where, wide::RowOutcome};

/// One place that speaks for a return.
struct Seen {
    place: String,
    submission: Option<Submission>,
    told: bool,
}

/// What was gathered so far.
pub(crate) struct Gather<'a> {
    file: &'a str,
    max: usize,
    max_problems: usize,
    untold: usize,
    pub(crate) max_form_cells: usize,
    form_cells: usize,
    order: Vec<ReturnKey>,
    seen: HashMap<ReturnKey, Seen>,
    problems: Vec<Problem>,
    full: bool,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(file: &'a str, limits: &Limits) -> Self {
        Self {
            file,
            max: limits.max_submissions,
            max_problems: limits.max_problems,
            untold: 0,
            max_form_cells: limits.max_form_cells,
            form_cells: 0,
            order: Vec::new(),
            seen: HashMap::new(),
            problems: Vec::new(),
            full: false,
        }
    }

    pub(crate) fn problem(&mut self, problem: Problem) {
        if self.problems.len() < self.max_problems {
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }

    /// Whether a sheet of so many cells may still be looked at as a form.
    pub(crate) fn has_room_for_form(&mut self, cells: usize) -> bool {
        let all = self.form_cells.saturating_add(cells);
        let room = all <= self.max_form_cells;
        if room {
            self.form_cells = all;
        }
        room
    }

    /// Whether so much is wrong that reading on helps nobody; nothing is taken of such a file.
    pub(crate) fn is_flooded(&mut self) -> bool {
        let flooded = self.untold > self.max_problems.saturating_mul(20);
        self.full |= flooded;
        flooded
    }

    /// Whether anything was recognised, good or bad.
    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty() && self.problems.is_empty()
    }

    pub(crate) fn form(&mut self, found: Found, sheet: &str) {
        found.problems.into_iter().for_each(|p| self.problem(p));
        if let Some(key) = found.key {
            self.add(key, found.submission, format!("“{sheet}”"), sheet, None);
        }
    }

    pub(crate) fn row(&mut self, outcome: RowOutcome, sheet: &str) {
        outcome.problems.into_iter().for_each(|p| self.problem(p));
        if let Some(key) = outcome.key {
            let cell = crate::grid::address(outcome.row, 0);
            let place = if sheet.is_empty() { cell } else { format!("“{sheet}” {cell}") };
            self.add(key, outcome.submission, place, sheet, Some(outcome.row));
        }
    }

    fn add(
        &mut self,
        key: ReturnKey,
        found: Option<Submission>,
        place: String,
        sheet: &str,
        row: Option<u32>,
    ) {
        let at = Where { file: self.file, sheet };
        let Some(seen) = self.seen.get_mut(&key) else {
            if self.order.len() < self.max {
                self.order.push(key.clone());
                self.seen.insert(key, Seen { place, submission: found, told: false });
            } else if !self.full {
                self.full = true;
                self.problem(at.sheet(Problem::new("intake-too-many-returns").with("expected", self.max)));
            }
            return;
        };
        let same =
            seen.submission.as_ref().is_some_and(|a| found.as_ref().is_some_and(|b| a.same_content(b)));
        let problem = if same {
            Problem::new("intake-form-repeated").severity(Severity::Notice)
        } else {
            // One of the two is meant, and nothing says which.
            seen.submission = None;
            if std::mem::replace(&mut seen.told, true) && found.is_none() {
                return;
            }
            Problem::new("intake-form-twice")
        };
        let problem = problem.with("first", &*seen.place).with("second", place).with("unit", &key.unit);
        self.problem(row.map_or_else(|| at.sheet(problem.clone()), |r| at.cell(problem.clone(), r, 0)));
    }

    pub(crate) fn finish(mut self, sha256: String) -> Reading {
        let mut submissions = Vec::new();
        // A file that was not read to its end is not taken in part: what was cut off is not known.
        if !self.full {
            submissions.extend(self.order.iter().filter_map(|key| self.seen.remove(key)?.submission));
        }
        if self.untold > 0 {
            let problem = Problem::new("intake-more-problems").with("count", self.untold);
            self.problems.push(Where { file: self.file, sheet: "" }.sheet(problem));
        }
        Reading { sha256, submissions, problems: self.problems }
    }
}
