//! Excel and CSV documents to typed returns with a problem for each cell that would be a guess,
//! and back to templates.
//!
//! [`read_file`] takes one file of any kind; [`read_wide_csv`] takes a consolidator's table of any
//! length, a row at a time; [`write_workbook`] writes the forms that come back. A form is
//! recognised by its hidden cells, never by its file's name.

mod csv_rows;
mod csv_wide;
mod file;
mod find;
mod form;
mod gather;
mod grid;
mod hidden;
mod layout;
mod limits;
mod number;
mod place;
mod preamble;
mod resolve;
mod style;
mod tags;
mod template;
mod text;
mod value;
mod wide;
mod wide_header;
mod wide_template;
mod xlsx;

use nhipcau_domain::{
    definitions::Definitions,
    id::{KindId, UnitId},
    problem::Problem,
    returns::{Submission, Value},
};

pub use csv_wide::{Source, WideSummary, read_wide_csv};
pub use file::{read_file, sha256};
pub use limits::Limits;
pub use template::{TemplateError, TemplateSheet, write_workbook, write_workbook_typed};
pub use wide::RowOutcome;
pub use wide_template::{wide_csv_header, wide_csv_row, write_wide_workbook};

/// What intake asks of the world: filled in by the caller.
pub trait World {
    /// What is set up.
    fn definitions(&self) -> &Definitions;

    /// The unit of exactly that id.
    fn unit(&self, id: &str) -> Option<UnitInfo>;

    /// Every unit, open in the periods that are reported, of that folded name
    /// ([`nhipcau_domain::text::fold`]) or of that official code.
    fn units_named(&self, folded: &str) -> Vec<UnitInfo>;
}

/// A unit, as far as intake needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitInfo {
    /// Its identity.
    pub id: UnitId,
    /// Its name, as the form shows it.
    pub name: String,
    /// What it is.
    pub kind: KindId,
    /// Its official code.
    pub code: Option<String>,
}

/// What reading one file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// What can be taken as it is: nothing in them is a guess.
    pub submissions: Vec<Submission>,
    /// What is wrong, each with its place. Where it is known whose form it is, the argument `unit`
    /// is the unit's id; a form with a problem that refuses has no submission.
    pub problems: Vec<Problem>,
}

/// An answer as it is typed into a field of a page: read as a cell of a form is, refused with the same
/// sentence. `reasons` are the exemptions: code and words.
///
/// # Errors
/// An `intake-cell-…` or `intake-exempt-reason`, without the element's `label`.
pub fn read_typed(
    text: &str,
    reasons: &std::collections::BTreeMap<String, String>,
) -> Result<Value, Problem> {
    value::read(grid::Cell::text(text), reasons, false).map_err(|problem| *problem)
}

/// What is fuzzed and not public otherwise (`fuzz/`).
#[cfg(fuzzing)]
pub mod fuzzing {
    use crate::number;

    /// The largest number that is read.
    pub const LARGEST: i64 = number::LARGEST;

    /// A number typed as text.
    #[must_use]
    pub fn number_typed(text: &str) -> Option<i64> {
        number::from_text(text).ok()
    }

    /// A number as a workbook stores it.
    #[must_use]
    pub fn number_stored(text: &str) -> Option<i64> {
        number::from_stored(text).ok()
    }
}
