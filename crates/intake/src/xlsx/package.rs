//! The zip file around a workbook: looked at as a whole before anything in it is unpacked.

use std::io::{Cursor, Read};

use nhipcau_domain::problem::Problem;
use zip::ZipArchive;

use super::{Left, Refused, bomb, damaged, xml::Part};
use crate::{
    find::{count, find},
    limits::Limits,
};

/// Below this size a high ratio is harmless, and common in small sheets.
const RATIO_FREE: u64 = 4 << 20;

/// An open workbook file.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    read: Vec<bool>,
    left: Left,
}

impl<'a> Package<'a> {
    /// Refuses bombs, overlapping or repeated entries, names that climb out, and encrypted entries.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refused> {
        let whole = || Box::new(Problem::new("intake-zip-damaged"));
        // Counted before the table of contents is read: that alone can be most of a file.
        let entries = count(bytes, b"PK\x01\x02");
        if entries > limits.max_parts.saturating_mul(20) {
            let problem = Problem::new("intake-zip-too-many-parts");
            return Err(Box::new(problem.with("found", entries).with("expected", limits.max_parts)));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| whole())?;
        if zip.len() > limits.max_parts {
            let problem = Problem::new("intake-zip-too-many-parts");
            return Err(Box::new(problem.with("found", zip.len()).with("expected", limits.max_parts)));
        }
        if zip.has_duplicate_names() || zip.has_overlapping_entries().map_err(|_| whole())? {
            return Err(Box::new(Problem::new("intake-zip-overlap")));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut unpacked = 0_u64;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| whole())?;
            let name = part.name().map_err(|_| whole())?.replace('\\', "/");
            let climbs = name.starts_with('/') || name.contains(':') || name.split('/').any(|s| s == "..");
            if climbs {
                return Err(Box::new(Problem::new("intake-zip-unsafe-name").with("found", name)));
            }
            if part.encrypted() {
                return Err(Box::new(Problem::new("intake-encrypted")));
            }
            unpacked = unpacked.saturating_add(part.size());
            names.push(name);
        }
        let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let steep = unpacked > RATIO_FREE && unpacked / packed.max(1) > limits.max_ratio;
        if steep || unpacked > limits.max_unpacked_bytes {
            return Err(bomb(unpacked));
        }
        let read = vec![false; names.len()];
        let left = Left {
            bytes: limits.max_unpacked_bytes,
            all_bytes: limits.max_unpacked_bytes,
            events: u64::try_from(limits.max_cells).unwrap_or(u64::MAX).saturating_mul(8).max(100_000),
            token: limits.max_line_bytes,
            cells: limits.max_cells,
        };
        Ok(Self { zip, names, read, left })
    }

    /// Whether it has a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names.iter().position(|n| n.eq_ignore_ascii_case(name))
    }

    /// A part, to be read as it is unpacked; counts what is really unpacked, for the sizes that the
    /// file claims may be lies.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Refused> {
        let Some(index) = self.find(name) else { return Ok(None) };
        if let Some(read) = self.read.get_mut(index) {
            *read = true;
        }
        let packed = self.zip.by_index(index).map_err(|_| damaged(name))?;
        let claimed = packed.size();
        Ok(Some(Part::new(packed, claimed, name, &mut self.left)))
    }

    /// Refuses a document type declaration in the parts that nobody asked for: no honest workbook
    /// has one.
    pub(crate) fn refuse_doctype_in_the_rest(&mut self) -> Result<(), Refused> {
        for index in 0..self.names.len() {
            let Some(name) = self.names.get(index).cloned() else { continue };
            let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
            if !is_xml || self.read.get(index) != Some(&false) {
                continue;
            }
            let mut packed = self.zip.by_index(index).map_err(|_| damaged(&name))?;
            if has_doctype(&mut packed, &mut self.left, &name)? {
                return Err(Box::new(Problem::new("intake-workbook-doctype").with("part", name)));
            }
        }
        Ok(())
    }
}

/// Looks through a part piece by piece.
fn has_doctype(packed: &mut impl Read, left: &mut Left, name: &str) -> Result<bool, Refused> {
    const DOCTYPE: &[u8] = b"<!DOCTYPE";
    let mut buffer = vec![0; 32 << 10];
    let mut kept = 0;
    loop {
        let free = buffer.get_mut(kept..).unwrap_or_default();
        let n = packed.read(free).map_err(|_| damaged(name))?;
        if n == 0 {
            return Ok(false);
        }
        left.bytes = left.bytes.checked_sub(n as u64).ok_or_else(|| bomb(left.all_bytes))?;
        let piece = buffer.get(..kept + n).unwrap_or_default();
        if find(piece, DOCTYPE) {
            return Ok(true);
        }
        // The word may lie across two pieces.
        let end = piece.len();
        let start = end.saturating_sub(DOCTYPE.len() - 1);
        kept = end - start;
        buffer.copy_within(start..end, 0);
    }
}
