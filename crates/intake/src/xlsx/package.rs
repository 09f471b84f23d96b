//! The zip file around a workbook: looked at as a whole before anything in it is unpacked.

use std::io::{Cursor, Read};

use nhipcau_domain::problem::Problem;
use zip::ZipArchive;

use super::{Refused, damaged};
use crate::limits::Limits;

/// Below this size a high ratio is harmless, and common in small sheets.
const RATIO_FREE: u64 = 4 << 20;

/// An open workbook file.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    read: Vec<bool>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Refuses bombs, overlapping or repeated entries, names that climb out, and encrypted entries.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refused> {
        let whole = || Box::new(Problem::new("intake-zip-damaged"));
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
        Ok(Self { zip, names, read, left: limits.max_unpacked_bytes })
    }

    /// Whether it has a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names.iter().position(|n| n.eq_ignore_ascii_case(name))
    }

    /// A part as text. Counts what is really unpacked: the sizes that the file claims may be lies.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(index) = self.find(name) else { return Ok(None) };
        let bytes = self.unpack(index, name)?;
        let text = String::from_utf8(bytes).map_err(|_| damaged(name))?;
        match text.strip_prefix('\u{feff}') {
            Some(rest) => Ok(Some(rest.to_owned())),
            None => Ok(Some(text)),
        }
    }

    fn unpack(&mut self, index: usize, name: &str) -> Result<Vec<u8>, Refused> {
        let part = self.zip.by_index(index).map_err(|_| damaged(name))?;
        let claimed = part.size().min(self.left);
        let mut bytes = Vec::with_capacity(usize::try_from(claimed).unwrap_or(0).min(1 << 24));
        part.take(claimed.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| damaged(name))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > claimed {
            return Err(bomb(size));
        }
        self.left -= size;
        if let Some(read) = self.read.get_mut(index) {
            *read = true;
        }
        Ok(bytes)
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
            let bytes = self.unpack(index, &name)?;
            if String::from_utf8_lossy(&bytes).contains("<!DOCTYPE") {
                return Err(Box::new(Problem::new("intake-workbook-doctype").with("part", name)));
            }
        }
        Ok(())
    }
}

fn bomb(unpacked: u64) -> Refused {
    let mebibytes = i64::try_from(unpacked >> 20).unwrap_or(i64::MAX);
    Box::new(Problem::new("intake-zip-bomb").with("found", mebibytes))
}
