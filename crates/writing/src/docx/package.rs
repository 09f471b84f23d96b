//! The zip file around a Word text: looked at as a whole before anything in it is unpacked.

use std::io::{Cursor, Read};

use nhipcau_domain::problem::Problem;
use zip::ZipArchive;

use super::{DocxLimits, Refused};

/// Below this size a high ratio is harmless, and common in small texts.
const RATIO_FREE: u64 = 4 << 20;

/// An open Word file.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    read: Vec<bool>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Refuses what is no .docx, bombs, overlapping or repeated entries, names that climb out, and
    /// encrypted files.
    pub(super) fn open(bytes: &'a [u8], limits: &DocxLimits) -> Result<Self, Refused> {
        kind(bytes, limits)?;
        let whole = || Box::new(Problem::new("docx-damaged-zip"));
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| whole())?;
        if zip.len() > limits.max_parts {
            let problem = Problem::new("docx-too-many-parts").with("found", zip.len());
            return Err(Box::new(problem.with("expected", limits.max_parts)));
        }
        if zip.has_duplicate_names() || zip.has_overlapping_entries().map_err(|_| whole())? {
            return Err(Box::new(Problem::new("docx-parts-overlap")));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut unpacked = 0_u64;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| whole())?;
            let name = part.name().map_err(|_| whole())?.replace('\\', "/");
            let climbs = name.starts_with('/') || name.contains(':') || name.split('/').any(|s| s == "..");
            if climbs {
                return Err(Box::new(Problem::new("docx-unsafe-name").with("found", name)));
            }
            if part.encrypted() {
                return Err(Box::new(Problem::new("docx-encrypted")));
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
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether it brings a program along.
    pub(super) fn has_macros(&self) -> bool {
        self.names.iter().any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin"))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names.iter().position(|n| n.eq_ignore_ascii_case(name))
    }

    /// A part as text.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| damaged(name))?;
        match text.strip_prefix('\u{feff}') {
            Some(rest) => Ok(Some(rest.to_owned())),
            None => Ok(Some(text)),
        }
    }

    /// A part's bytes. Counts what is really unpacked: the sizes that the file claims may be lies.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        match self.find(name) {
            Some(index) => self.unpack(index, name).map(Some),
            None => Ok(None),
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

    /// Refuses a document type declaration in the parts that nobody asked for: no honest text has one.
    pub(super) fn refuse_doctype_in_the_rest(&mut self) -> Result<(), Refused> {
        for index in 0..self.names.len() {
            let Some(name) = self.names.get(index).cloned() else { continue };
            let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
            if !is_xml || self.read.get(index) != Some(&false) {
                continue;
            }
            let bytes = self.unpack(index, &name)?;
            if bytes.windows(9).any(|w| w == b"<!DOCTYPE") {
                return Err(doctype(&name));
            }
        }
        Ok(())
    }
}

/// Says what the file is instead, where its first bytes tell.
fn kind(bytes: &[u8], limits: &DocxLimits) -> Result<(), Refused> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.max_file_bytes {
        let mebibytes = |n: u64| i64::try_from(n.div_ceil(1 << 20)).unwrap_or(i64::MAX);
        let problem = Problem::new("docx-too-large").with("found", mebibytes(size));
        return Err(Box::new(problem.with("expected", mebibytes(limits.max_file_bytes))));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // An encrypted file is put into the old container, under this name.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(name.len()).any(|w| w == name);
        return Err(Box::new(Problem::new(if encrypted { "docx-encrypted" } else { "docx-is-doc" })));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Box::new(Problem::new("docx-is-pdf")));
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Box::new(Problem::new("docx-not-a-docx")));
    }
    Ok(())
}

fn bomb(unpacked: u64) -> Refused {
    let mebibytes = i64::try_from(unpacked >> 20).unwrap_or(i64::MAX);
    Box::new(Problem::new("docx-bomb").with("found", mebibytes))
}

/// A part that cannot be read.
pub(super) fn damaged(part: &str) -> Refused {
    Box::new(Problem::new("docx-damaged").with("part", part))
}

/// A part that declares a document type.
pub(super) fn doctype(part: &str) -> Refused {
    Box::new(Problem::new("docx-doctype").with("part", part))
}
