//! Says where a problem is.

use nhipcau_domain::problem::Problem;

use crate::grid::address;

/// The file and the sheet that are being read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Where<'a> {
    pub(crate) file: &'a str,
    /// Empty for a CSV file.
    pub(crate) sheet: &'a str,
}

impl Where<'_> {
    /// In the sheet, at no cell.
    pub(crate) fn sheet(&self, mut problem: Problem) -> Problem {
        problem.place.file = Some(self.file.to_owned());
        if problem.place.sheet.is_none() && !self.sheet.is_empty() {
            problem.place.sheet = Some(self.sheet.to_owned());
        }
        problem
    }

    /// At a cell.
    pub(crate) fn cell(&self, problem: Problem, row: u32, col: u16) -> Problem {
        let mut problem = self.sheet(problem);
        problem.place.cell = Some(address(row, col));
        problem
    }
}
