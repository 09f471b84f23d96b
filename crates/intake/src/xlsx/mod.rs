//! Reads a workbook's cells in one pass a part, within bounds: sparse, so that a lone cell far
//! down costs nothing, and without following anything that a part points at outside the file.

mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use nhipcau_domain::problem::Problem;

pub(crate) use workbook::Workbook;

/// Why a whole workbook, or a sheet of it, is not read.
pub(crate) type Refused = Box<Problem>;

fn damaged(part: &str) -> Refused {
    Box::new(Problem::new("intake-workbook-damaged").with("part", part))
}
