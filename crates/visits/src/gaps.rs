//! Hits that could not be written, kept even on a full disk.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::timestamp;

/// A time in which hits were not recorded: the disk was full, or a log was damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The first hit that was not recorded.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// How many there were, left-out ones too.
    pub hits: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GapRow {
    pub from: i64,
    pub to: i64,
    pub hits: u64,
    /// The sequence number that the first lost hit would have had: a gap's name.
    pub seq: u64,
}

/// Gaps that are kept apart; beyond, the two oldest become one.
const KEPT: usize = 500;

pub(crate) fn add(gaps: &mut Vec<GapRow>, gap: GapRow) {
    gaps.push(gap);
    if gaps.len() > KEPT {
        let oldest = gaps.remove(0);
        if let Some(next) = gaps.first_mut() {
            next.from = next.from.min(oldest.from);
            next.hits += oldest.hits;
        }
    }
}

impl GapRow {
    pub fn to_bytes(self) -> [u8; 32] {
        let parts =
            [self.from.to_le_bytes(), self.to.to_le_bytes(), self.hits.to_le_bytes(), self.seq.to_le_bytes()];
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = from;
        }
        bytes
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let word = |i: usize| {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(bytes.iter().skip(8 * i)) {
                *to = *from;
            }
            word
        };
        Self {
            from: i64::from_le_bytes(word(0)),
            to: i64::from_le_bytes(word(1)),
            hits: u64::from_le_bytes(word(2)),
            seq: u64::from_le_bytes(word(3)),
        }
    }

    pub fn shown(self) -> Gap {
        Gap { from: timestamp(self.from), to: timestamp(self.to), hits: self.hits }
    }
}

/// A file of a fixed size that is overwritten in place: a full disk has room for it.
pub(crate) struct GapFile(File);

impl GapFile {
    pub fn open(path: &Path) -> io::Result<Self> {
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        let gaps = Self(file);
        if gaps.0.metadata()?.len() < 36 {
            gaps.write(None)?;
            gaps.0.sync_all()?;
        }
        Ok(gaps)
    }

    pub fn write(&self, gap: Option<GapRow>) -> io::Result<()> {
        let body = gap.unwrap_or(GapRow { from: 0, to: 0, hits: 0, seq: 0 }).to_bytes();
        let mut bytes = crc32fast::hash(&body).to_le_bytes().to_vec();
        bytes.extend(body);
        self.0.write_all_at(&bytes, 0)
    }

    pub fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    /// The gap that was open when the process ended.
    pub fn read(path: &Path) -> Option<GapRow> {
        let bytes = std::fs::read(path).ok()?;
        let (sum, body) = bytes.split_first_chunk::<4>()?;
        let body: [u8; 32] = body.try_into().ok()?;
        let gap = GapRow::from_bytes(body);
        (u32::from_le_bytes(*sum) == crc32fast::hash(&body) && gap.hits > 0).then_some(gap)
    }
}
