//! Reads a workbook's cells in one pass a part, within bounds: sparse, so that a lone cell far
//! down costs nothing, and without following anything that a part points at outside the file.

mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use nhipcau_domain::problem::Problem;

use crate::limits::Limits;

pub(crate) use workbook::Workbook;

/// Why a whole workbook, or a sheet of it, is not read.
pub(crate) type Refused = Box<Problem>;

/// What of a workbook may still be unpacked and read.
struct Left {
    /// Bytes, of `all_bytes`.
    bytes: u64,
    all_bytes: u64,
    /// Tags, texts and ends of tags; a cell is five.
    events: u64,
    /// Of one tag or text, in bytes.
    token: u64,
    /// The limit that a person is told of.
    cells: usize,
}

fn bomb(unpacked: u64) -> Refused {
    let mebibytes = i64::try_from(unpacked >> 20).unwrap_or(i64::MAX);
    Box::new(Problem::new("intake-zip-bomb").with("found", mebibytes))
}

fn too_much_text(limits: &Limits) -> Refused {
    let mebibytes = i64::try_from(limits.max_text_bytes >> 20).unwrap_or(i64::MAX);
    Box::new(Problem::new("intake-too-much-text").with("expected", mebibytes))
}

fn damaged(part: &str) -> Refused {
    Box::new(Problem::new("intake-workbook-damaged").with("part", part))
}
