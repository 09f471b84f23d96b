//! What editors ask of the counters.

use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeInclusive,
    path::Path,
};

use jiff::civil::Date;

use crate::{
    DayCount, Device, Gap, Named, Reason, Searches, Top, Total, VisitsError, checkpoint,
    clock::{Day, date_of, number_of, timestamp},
    counters::Counters,
    tally::{Detail, Sums, Tally},
};

/// Days of a trend at most: somewhat over ten years.
const TREND: Day = 4_000;

fn shown(date: Date, sums: &Sums) -> DayCount {
    let left_out = Reason::ALL.iter().zip(&sums.left_out).filter(|(_, n)| **n > 0);
    let devices = Device::ALL.iter().zip(&sums.devices).filter(|(_, n)| **n > 0);
    DayCount {
        date,
        visits: sums.all_visits(),
        views: sums.all_views(),
        carried_visits: sums.carried_visits,
        carried_views: sums.carried_views,
        unfollowed_views: sums.unfollowed,
        untracked_views: sums.untracked,
        left_out: left_out.map(|(r, n)| (*r, *n)).collect(),
        devices: devices.map(|(d, n)| (*d, *n)).collect(),
    }
}

pub(crate) fn day(counters: &Counters, date: Date) -> DayCount {
    shown(date, counters.days.get(&number_of(date)).unwrap_or(&Sums::default()))
}

pub(crate) fn trend(counters: &Counters, from: Date, to: Date) -> Vec<DayCount> {
    let (from, to) = (number_of(from), number_of(to));
    let last = to.min(from.saturating_add(TREND - 1));
    (from..=last).map(|d| day(counters, date_of(d))).collect()
}

pub(crate) fn sum(counters: &Counters, range: &RangeInclusive<Date>) -> DayCount {
    let mut all = Sums::default();
    for sums in within(&counters.days, range).map(|(_, s)| s) {
        all.merge(sums);
    }
    shown(*range.start(), &all)
}

fn within<'a, T>(
    days: &'a BTreeMap<Day, T>,
    range: &RangeInclusive<Date>,
) -> impl Iterator<Item = (Day, &'a T)> {
    let (from, to) = (number_of(*range.start()), number_of(*range.end()));
    let found = (from <= to).then(|| days.range(from..=to));
    found.into_iter().flatten().map(|(day, value)| (*day, value))
}

pub(crate) fn total(counters: &mut Counters, now: i64, gaps: Vec<Gap>) -> Total {
    let totals = counters.totals(now);
    let mut all = Sums::default();
    for sums in counters.days.values() {
        all.merge(sums);
    }
    let left_out: u64 = all.left_out.iter().sum();
    let shown = shown(date_of(0), &all);
    Total {
        as_of: totals.as_of(),
        visits: totals.all_visits,
        views: totals.all_views,
        online: totals.online,
        today: totals.today,
        week: totals.week,
        month: totals.month,
        today_views: totals.today_views,
        week_views: totals.week_views,
        month_views: totals.month_views,
        carried_visits: all.carried_visits,
        carried_views: all.carried_views,
        unfollowed_views: all.unfollowed,
        untracked_views: all.untracked,
        left_out: shown.left_out,
        hits: all.views + left_out,
        not_recorded: gaps.iter().map(|g| g.hits).sum(),
        gaps,
        since: counters.since.map(timestamp),
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Pages,
    Referrers,
    Languages,
}

/// The details of a range of days: those in memory, and the files of the others.
pub(crate) struct Wanted {
    details: Vec<Detail>,
    files: Vec<(Day, u64)>,
}

impl Wanted {
    pub fn of(counters: &Counters, range: &RangeInclusive<Date>) -> Self {
        let details = within(&counters.hot, range).map(|(_, d)| d.clone()).collect();
        let files = within(&counters.filed, range).filter(|(day, _)| !counters.hot.contains_key(day));
        Self { details, files: files.map(|(day, generation)| (day, *generation)).collect() }
    }

    pub fn load(mut self, folder: &Path) -> Result<Self, VisitsError> {
        for (day, generation) in std::mem::take(&mut self.files) {
            self.details.push(checkpoint::read_day(folder, day, generation)?);
        }
        Ok(self)
    }

    pub fn top(&self, kind: Kind, n: usize) -> Top {
        let mut all = Tally::default();
        for detail in &self.details {
            let tally = match kind {
                Kind::Pages => &detail.pages,
                Kind::Referrers => &detail.referrers,
                Kind::Languages => &detail.languages,
            };
            all.merge(tally, usize::MAX);
        }
        let (named, rest) = highest(all.named.into_iter().map(|(name, n)| (name.into(), n)).collect(), n);
        Top { named, nameless: all.nameless, others: all.others + rest }
    }

    /// Words that one person alone may have typed are not shown.
    pub fn searches(&self, n: usize) -> Searches {
        let mut words: HashMap<&str, (u64, u32, bool)> = HashMap::new();
        let mut withheld = 0;
        for detail in &self.details {
            withheld += detail.searches_withheld;
            for (name, asked) in &detail.searches {
                let (times, days, several) = words.entry(name).or_default();
                (*times, *days, *several) = (*times + asked.times, *days + 1, *several || asked.several);
            }
        }
        let (open, alone): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|(_, (_, days, several))| *several || *days >= 3);
        withheld += alone.iter().map(|(_, (times, ..))| times).sum::<u64>();
        let (named, rest) =
            highest(open.into_iter().map(|(w, (times, ..))| (w.to_owned(), times)).collect(), n);
        Searches { named, withheld: withheld + rest }
    }
}

/// The n highest, and the sum of the rest.
fn highest(mut all: Vec<(String, u64)>, n: usize) -> (Vec<Named>, u64) {
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let rest = all.split_off(n.min(all.len()));
    let named = all.into_iter().map(|(name, count)| Named { name, count }).collect();
    (named, rest.iter().map(|(_, n)| n).sum())
}
