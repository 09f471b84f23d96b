//! The counters of a folder, read beside the process that counts.

use std::{ops::RangeInclusive, path::Path, sync::Arc};

use jiff::civil::Date;

use crate::{
    Clock, DayCount, Gap, Options, Searches, Top, Total, Totals, VisitsError,
    counters::Counters,
    gaps::GapFile,
    opening,
    questions::{self, Kind, Wanted},
    visits::Visits,
};

/// The counters of a folder as they were when it was read; nothing in the folder is changed.
pub struct Reading {
    counters: Counters,
    now: i64,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("folder", &self.counters.folder).finish_non_exhaustive()
    }
}

impl Visits {
    /// Reads the counters of a folder, also while another process counts into it: every hit that was
    /// acknowledged before the call is in it.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read or is damaged.
    pub fn read(folder: &Path, clock: &Arc<dyn Clock>) -> Result<Reading, VisitsError> {
        let (mut counters, _) = opening::read(folder, &Options::default(), false)?;
        if let Some(gap) = GapFile::read(&folder.join("gap")) {
            counters.gap(gap);
        }
        Ok(Reading { counters, now: clock.now().as_millisecond() })
    }
}

/// The same questions, asked of a running counter or of a reading.
macro_rules! questions {
    ($with:ident, $find:ident) => {
        /// One local day.
        #[must_use]
        pub fn day(&self, date: Date) -> DayCount {
            self.$with(|c| questions::day(c, date))
        }

        /// Every local day from one to another, at most 4,000 of them.
        #[must_use]
        pub fn trend(&self, from: Date, to: Date) -> Vec<DayCount> {
            self.$with(|c| questions::trend(c, from, to))
        }

        /// The days of a range added together: views, visits, devices, and what was left out and why. Its
        /// date is the range's first.
        #[must_use]
        pub fn sum(&self, range: RangeInclusive<Date>) -> DayCount {
            self.$with(|c| questions::sum(c, &range))
        }

        /// The pages viewed most.
        pub fn top_pages(&self, range: RangeInclusive<Date>, n: usize) -> Result<Top, VisitsError> {
            self.$find(&range).map(|w| w.top(Kind::Pages, n))
        }

        /// The hosts from which most visits came.
        pub fn top_referrers(&self, range: RangeInclusive<Date>, n: usize) -> Result<Top, VisitsError> {
            self.$find(&range).map(|w| w.top(Kind::Referrers, n))
        }

        /// The readers' languages, by visits.
        pub fn top_languages(&self, range: RangeInclusive<Date>, n: usize) -> Result<Top, VisitsError> {
            self.$find(&range).map(|w| w.top(Kind::Languages, n))
        }

        /// What was searched for and not found.
        pub fn searches_without_result(
            &self,
            range: RangeInclusive<Date>,
            n: usize,
        ) -> Result<Searches, VisitsError> {
            self.$find(&range).map(|w| w.searches(n))
        }
    };
}

impl Visits {
    questions!(with, find);

    /// Hits that could not be written, and when.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let state = self.core.state();
        let pending = state.pending();
        state.counters.gaps.iter().copied().chain(pending).map(crate::gaps::GapRow::shown).collect()
    }

    /// All counters, as the command line prints them.
    #[must_use]
    pub fn total(&self) -> Total {
        let now = self.core.clock.now().as_millisecond();
        let gaps = self.gaps();
        questions::total(&mut self.core.state().counters, now, gaps)
    }

    fn with<T>(&self, ask: impl FnOnce(&Counters) -> T) -> T {
        ask(&self.core.state().counters)
    }

    /// Files are read without holding up those who count; if one was replaced meanwhile, once more.
    fn find(&self, range: &RangeInclusive<Date>) -> Result<Wanted, VisitsError> {
        let wanted = || self.with(|c| Wanted::of(c, range));
        wanted().load(&self.core.folder).or_else(|_| wanted().load(&self.core.folder))
    }
}

impl Reading {
    questions!(with, find);

    /// The live counters at the moment of reading.
    #[must_use]
    pub fn totals(&mut self) -> Totals {
        self.counters.totals(self.now)
    }

    /// Hits that could not be written, and when.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        self.counters.gaps.iter().map(|g| g.shown()).collect()
    }

    /// All counters, as the command line prints them.
    #[must_use]
    pub fn total(&mut self) -> Total {
        let gaps = self.gaps();
        questions::total(&mut self.counters, self.now, gaps)
    }

    fn with<T>(&self, ask: impl FnOnce(&Counters) -> T) -> T {
        ask(&self.counters)
    }

    /// A day's file may have been replaced since; then the folder is to be read anew.
    fn find(&self, range: &RangeInclusive<Date>) -> Result<Wanted, VisitsError> {
        let folder = &self.counters.folder;
        Wanted::of(&self.counters, range).load(folder).or_else(|_| {
            let (counters, _) = opening::read(folder, &self.counters.options, false)?;
            Wanted::of(&counters, range).load(folder)
        })
    }
}
