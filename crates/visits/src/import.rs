//! Bringing an old site's visits along: its access logs, or only its total.

mod line;
mod log;

use std::{io::BufRead, ops::ControlFlow};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use line::BadLine;
pub use log::{ImportOptions, ImportReport, LineProblem};

use crate::{
    Visits, VisitsError,
    clock::{date_of, day_of, number_of},
    keeper,
};

/// A log that was imported: its hash, so that it is imported once, and what it covered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Imported {
    pub hash: String,
    pub from: i64,
    pub to: i64,
    pub visits: u64,
    pub views: u64,
}

/// A total that was carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The last local day of the old counting.
    pub day: Date,
    /// Visits.
    pub visits: u64,
    /// Views, 0 if the old site did not count them.
    pub views: u64,
    /// Where the number comes from.
    pub note: String,
}

impl Visits {
    /// Imports an access log (Apache's or nginx's "combined" format; a rotated one is to be unpacked),
    /// read line by line. Lines from the first hit on that this site counted itself are left, so that
    /// nothing counts twice; the same file a second time changes nothing. All or nothing: it is counted when
    /// the whole log was read, and is on the disk when this returns; where it could not be written, importing
    /// it once more writes it and counts nothing twice.
    ///
    /// # Errors
    /// If the log cannot be read, covers a time that another import covers (unless the options allow it),
    /// or the counters cannot be written.
    pub fn import_access_log(
        &self,
        reader: impl BufRead,
        options: &ImportOptions,
    ) -> Result<ImportReport, VisitsError> {
        let counted = {
            let counters = &self.core.state().counters;
            let in_total = counters.carried.iter().map(|c| number_of(c.day)).max();
            log::Counted { here: counters.since, in_total }
        };
        let gathered = log::gather(reader, options, &self.core.options, counted, &*self.core.random)?;
        let log::Gathered { mut report, days, hash, from, to } = gathered;
        {
            let mut state = self.core.state();
            let counters = &mut state.counters;
            if counters.imported.iter().any(|i| i.hash == hash) {
                report.already = true;
                drop(state);
                // Perhaps the first attempt was counted and could not be written.
                return self.settle().map(|()| report);
            }
            let clash = counters.imported.iter().find(|i| report.views > 0 && from < i.to && to > i.from);
            if let Some(other) = clash.filter(|_| !options.overlap) {
                let (from, to) = (date_of(day_of(other.from)), date_of(day_of(other.to)));
                return Err(VisitsError::Overlaps { from, to });
            }
            let (paths, referrers) = (counters.options.paths_a_day, counters.options.referrers_a_day);
            for (day, (sums, detail)) in &days {
                let kept = counters.detail(*day);
                kept.pages.merge(&detail.pages, paths);
                kept.referrers.merge(&detail.referrers, referrers);
                kept.languages.merge(&detail.languages, usize::MAX);
                counters.days.entry(*day).or_default().merge(sums);
            }
            let (visits, views) = (report.visits, report.views);
            counters.imported.push(Imported { hash, from, to, visits, views });
            counters.forget_base();
        }
        self.settle()?;
        Ok(report)
    }

    /// Adds an old site's total, on the last local day of its counting. The same total with the same note a
    /// second time changes nothing; says whether something changed.
    ///
    /// # Errors
    /// If the day is not before the first day with views of its own (counted here or imported), or the counters cannot be written.
    pub fn import_total(&self, day: Date, visits: u64, views: u64, note: &str) -> Result<bool, VisitsError> {
        let carried = Carried { day, visits, views, note: note.to_owned() };
        let changed = {
            let mut state = self.core.state();
            let counters = &mut state.counters;
            if counters.carried.contains(&carried) {
                ControlFlow::Break(())
            } else {
                let mut counted = counters.days.iter().filter(|(_, s)| s.views > 0 || s.visits > 0);
                let since = counted.next().map(|(first, _)| date_of(*first));
                if let Some(since) = since.filter(|since| day >= *since) {
                    return Err(VisitsError::TotalTooLate { day, since });
                }
                let sums = counters.days.entry(number_of(day)).or_default();
                sums.carried_visits += visits;
                sums.carried_views += views;
                counters.carried.push(carried);
                counters.forget_base();
                ControlFlow::Continue(())
            }
        };
        self.settle()?;
        Ok(changed.is_continue())
    }

    /// The totals that were carried over.
    #[must_use]
    pub fn carried(&self) -> Vec<Carried> {
        self.core.state().counters.carried.clone()
    }

    fn settle(&self) -> Result<(), VisitsError> {
        keeper::checkpoint(&self.core)?;
        self.core.refresh(self.core.clock.now().as_millisecond());
        Ok(())
    }
}

/// What is fuzzed and not public otherwise (`fuzz/`).
#[cfg(fuzzing)]
pub mod fuzzing {
    use super::log::{Counted, gather};
    use crate::{ImportOptions, ImportReport, Options, VisitsError};

    /// Reads an access log without a folder of counters.
    pub fn read_log(bytes: &[u8]) -> Result<ImportReport, VisitsError> {
        let (options, bounds) = (ImportOptions::default(), Options::default());
        gather(bytes, &options, &bounds, Counted::default(), &|| [1; 32]).map(|gathered| gathered.report)
    }
}

#[cfg(test)]
mod tests;
