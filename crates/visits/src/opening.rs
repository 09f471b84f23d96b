//! What a folder holds: the last checkpoint and the log after it.

use std::{io, path::Path};

use crate::{Options, VisitsError, checkpoint, counters::Counters, error::at, gaps::GapRow, log};

/// What was found when the counter was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// Hits that were read from the log after the last checkpoint.
    pub replayed: u64,
    /// Bytes at the end of the log that were no whole record, and were cut: what a crash left of a hit that
    /// was never acknowledged, or what a power cut took.
    pub cut_bytes: u64,
    /// Acknowledged records that are missing within the log; they are in the gaps too.
    pub missing: u64,
    /// 1 if the counts by name of a day in the log could not be read; its sums are whole.
    pub lost_days: u64,
}

/// How often a second process tries again when a file that it was about to read has been replaced.
const TRIES: usize = 50;

/// Reads the counters; as the owner, cuts torn ends. A second process reads beside a running one.
pub(crate) fn read(
    folder: &Path,
    options: &Options,
    owner: bool,
) -> Result<(Counters, Opening), VisitsError> {
    let mut last = VisitsError::Damaged(folder.to_owned());
    for _ in 0..TRIES {
        match once(folder, options, owner) {
            Err(VisitsError::Io { source, path }) if !owner && source.kind() == io::ErrorKind::NotFound => {
                last = VisitsError::Io { source, path };
            }
            other => return other,
        }
    }
    Err(last)
}

fn once(folder: &Path, options: &Options, owner: bool) -> Result<(Counters, Opening), VisitsError> {
    // The segments are listed before the checkpoint is read: one that is removed meanwhile is included in
    // the checkpoint that is read then.
    let segments = log::segments(folder)?;
    let mut counters = checkpoint::load(folder, options)?;
    let mut opening = Opening::default();
    for (i, (first, path)) in segments.iter().enumerate() {
        // Wholly within the checkpoint: the next one begins at or before what follows it.
        if segments.get(i + 1).is_some_and(|(next, _)| *next <= counters.seq + 1) && *first <= counters.seq {
            continue;
        }
        let read = log::replay(path, |seq, record| {
            if seq <= counters.seq {
                return;
            }
            let missing = seq - counters.seq - 1;
            if missing > 0 {
                opening.missing += missing;
                let seq = counters.seq + 1;
                counters.gap(GapRow { from: record.at, to: record.at, hits: missing, seq });
            }
            counters.apply(seq, record);
            opening.replayed += 1;
        });
        let (whole, bytes) = read.map_err(at(path))?;
        if whole < bytes && owner {
            opening.cut_bytes += bytes - whole;
            log::cut(path, whole).map_err(at(path))?;
        }
    }
    match counters.unread.take() {
        Some(error) if !owner => Err(error),
        Some(_) => {
            opening.lost_days = 1;
            Ok((counters, opening))
        }
        None => Ok((counters, opening)),
    }
}
