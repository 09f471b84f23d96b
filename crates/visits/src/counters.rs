//! The counters in memory: what all records come to. A running site and one that starts again apply the
//! same records by the same function.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::{
    Options, VisitsError, checkpoint,
    clock::{Day, day_of, first_of_month, monday},
    gaps::{self, GapRow},
    import::{Carried, Imported},
    record::{Reader, Record, Visitor, What},
    tally::{Detail, LANGUAGES, Sums},
    totals::Totals,
    visitors::Visitors,
};

pub(crate) struct Counters {
    pub folder: PathBuf,
    pub options: Options,
    /// The number of the last record that is counted.
    pub seq: u64,
    /// The first hit that was counted here.
    pub since: Option<i64>,
    pub days: BTreeMap<Day, Sums>,
    /// Days whose detail is in memory: today, and those that were changed since the last checkpoint.
    pub hot: BTreeMap<Day, Detail>,
    /// Days whose detail was changed since the last checkpoint.
    pub changed: BTreeSet<Day>,
    /// How many checkpoints were written.
    pub generation: u64,
    /// Days whose detail is in a file, with the number of the checkpoint that wrote it.
    pub filed: BTreeMap<Day, u64>,
    pub visitors: Visitors,
    pub gaps: Vec<GapRow>,
    pub carried: Vec<Carried>,
    pub imported: Vec<Imported>,
    /// Why a day's detail could not be read.
    pub unread: Option<VisitsError>,
    base: Base,
}

/// The sums of the days before today within the week, the month and all.
#[derive(Debug, Clone, Copy, Default)]
struct Base {
    today: Option<Day>,
    week: (u64, u64),
    month: (u64, u64),
    all: (u64, u64),
}

/// A path as a short number, to see a change of page.
pub(crate) fn page(path: &str) -> u32 {
    crc32fast::hash(path.as_bytes())
}

impl Counters {
    pub fn new(folder: &Path, options: &Options) -> Self {
        Self {
            folder: folder.to_owned(),
            options: options.clone(),
            seq: 0,
            since: None,
            days: BTreeMap::new(),
            hot: BTreeMap::new(),
            changed: BTreeSet::new(),
            generation: 0,
            filed: BTreeMap::new(),
            visitors: Visitors::new(options.open_visits),
            gaps: Vec::new(),
            carried: Vec::new(),
            imported: Vec::new(),
            unread: None,
            base: Base::default(),
        }
    }

    /// Counts a record.
    pub fn apply(&mut self, seq: u64, record: &Record<'_>) {
        self.seq = seq;
        self.visitors.advance(record.at);
        let day = day_of(record.at);
        if self.base.today != Some(day) {
            self.base.today = None;
        }
        if !matches!(record.what, What::Gap(_)) {
            self.since = Some(self.since.map_or(record.at, |s| s.min(record.at)));
        }
        match record.what {
            What::View { path, reader } => self.view(day, path, reader),
            What::LeftOut { reason, machine } => {
                self.days.entry(day).or_default().leave_out(reason, 1);
                if let Some(visitor) = machine {
                    self.touch(visitor, 0, true);
                }
            }
            What::Search { visitor, words } => {
                let limit = self.options.searches_a_day;
                self.detail(day).search(words, visitor, limit);
            }
            What::Gap(gap) => self.gap(gap),
        }
    }

    fn view(&mut self, day: Day, path: &str, reader: Reader<'_>) {
        let (paths, referrers) = (self.options.paths_a_day, self.options.referrers_a_day);
        let detail = self.detail(day);
        detail.pages.add(path, 1, paths);
        if let Reader::Arrives { referrer, language, .. } = reader {
            detail.referrers.add(referrer, 1, referrers);
            detail.languages.add(language, 1, LANGUAGES);
        }
        let sums = self.days.entry(day).or_default();
        sums.views += 1;
        match reader {
            Reader::Unfollowed => sums.unfollowed += 1,
            Reader::Untracked => sums.untracked += 1,
            Reader::Open(visitor) => self.touch(visitor, page(path), false),
            Reader::Arrives { visitor, device, .. } => {
                sums.visits += 1;
                sums.device(device, 1);
                self.touch(Visitor { number: visitor, before: None }, page(path), false);
            }
        }
    }

    fn touch(&mut self, visitor: Visitor, page: u32, robot: bool) {
        if let Some(before) = visitor.before {
            self.visitors.rename(before, visitor.number);
        }
        self.visitors.touch(visitor.number, page, robot);
    }

    pub fn gap(&mut self, gap: GapRow) {
        if !self.gaps.iter().any(|g| g.seq == gap.seq) {
            gaps::add(&mut self.gaps, gap);
        }
    }

    /// A day's detail, read from its file if it is not in memory.
    pub fn detail(&mut self, day: Day) -> &mut Detail {
        self.changed.insert(day);
        let (folder, filed, days) = (&self.folder, &self.filed, &self.days);
        let unread = &mut self.unread;
        self.hot.entry(day).or_insert_with(|| match filed.get(&day) {
            None => Detail::default(),
            Some(generation) => checkpoint::read_day(folder, day, *generation).unwrap_or_else(|error| {
                *unread = Some(error);
                Detail::lost(days.get(&day).unwrap_or(&Sums::default()))
            }),
        })
    }

    /// After days other than today were changed: sums of weeks and months are made anew.
    pub fn forget_base(&mut self) {
        self.base.today = None;
    }

    /// What is shown at a moment.
    pub fn totals(&mut self, now: i64) -> Totals {
        self.visitors.advance(now);
        let today = day_of(now);
        if self.base.today != Some(today) {
            self.base = self.base_of(today);
        }
        let sums = self.days.get(&today);
        let (visits, views) = sums.map_or((0, 0), |s| (s.all_visits(), s.all_views()));
        let base = self.base;
        Totals {
            as_of: now,
            online: self.visitors.online(),
            today: visits,
            week: base.week.0 + visits,
            month: base.month.0 + visits,
            all_visits: base.all.0 + visits,
            today_views: views,
            week_views: base.week.1 + views,
            month_views: base.month.1 + views,
            all_views: base.all.1 + views,
            left_out_today: sums.map_or(0, |s| s.left_out.iter().sum()),
        }
    }

    fn base_of(&self, today: Day) -> Base {
        let sum = |from: Day| {
            let days = self.days.range(from..).filter(|(day, _)| **day != today);
            days.fold((0, 0), |(visits, views), (_, s)| (visits + s.all_visits(), views + s.all_views()))
        };
        // A week or month ends today: what a wrong clock counted on later days is in "all" only.
        let until = |from: Day| {
            let days = self.days.range(from..today.max(from));
            days.fold((0, 0), |(visits, views), (_, s)| (visits + s.all_visits(), views + s.all_views()))
        };
        Base {
            today: Some(today),
            week: until(monday(today)),
            month: until(first_of_month(today)),
            all: sum(Day::MIN),
        }
    }
}
