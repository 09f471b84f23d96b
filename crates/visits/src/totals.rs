//! What is shown: the live block of every page, and the counters of days.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Device, Gap, Reason, clock::timestamp};

/// The counters at a moment. Each is a sum of the same visits by local day, so `today ≤ week ≤ all_visits`
/// and `today ≤ month ≤ all_visits`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The moment, in milliseconds since 1970 (UTC); see [`Totals::as_of`].
    pub(crate) as_of: i64,
    /// Visitors with a counted hit within the last five minutes.
    pub online: u64,
    /// Visits that began today.
    pub today: u64,
    /// Visits since Monday.
    pub week: u64,
    /// Visits since the first of the month.
    pub month: u64,
    /// All visits, with those carried over from an old site.
    pub all_visits: u64,
    /// Views today.
    pub today_views: u64,
    /// Views since Monday.
    pub week_views: u64,
    /// Views since the first of the month.
    pub month_views: u64,
    /// All views, with those carried over.
    pub all_views: u64,
    /// Hits today that are not in the views.
    pub left_out_today: u64,
}

impl Totals {
    /// The moment for which these hold.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        timestamp(self.as_of)
    }
}

/// One local day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// The local day (UTC+7).
    pub date: Date,
    /// Visits that began on it, carried-over ones too.
    pub visits: u64,
    /// Views on it, carried-over ones too.
    pub views: u64,
    /// Of the visits, those carried over from an old site's total.
    pub carried_visits: u64,
    /// Of the views, those carried over.
    pub carried_views: u64,
    /// Of the views, those of readers who asked not to be tracked; they belong to no visit.
    pub unfollowed_views: u64,
    /// Of the views, those for whose visit there was no room: the true number of visits lies between
    /// `visits` and `visits + untracked_views`.
    pub untracked_views: u64,
    /// Hits that are in neither, by reason.
    pub left_out: BTreeMap<Reason, u64>,
    /// Counted visits by device; their sum is `visits − carried_visits`.
    pub devices: BTreeMap<Device, u64>,
}

/// A name and how often it was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The path, host, language or search.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// The names counted most, and the rest, so that the sum is exact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Top {
    /// The highest first; equal ones by name.
    pub named: Vec<Named>,
    /// Without a name: pages that are not the site's; visits without a referrer or from the site itself.
    pub nameless: u64,
    /// All other names together.
    pub others: u64,
}

/// Searches that found nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Searches {
    /// Those asked by at least two visitors on one day or on at least three days, the most frequent first.
    pub named: Vec<Named>,
    /// All others, whose words are not shown: asked by one person perhaps, or like personal data.
    pub withheld: u64,
}

/// The counters as `nhipcau visits total --format json` prints them. Fields are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// The moment.
    pub as_of: Timestamp,
    /// All visits, carried-over ones too.
    pub visits: u64,
    /// All views, carried-over ones too.
    pub views: u64,
    /// Visitors within the last five minutes.
    pub online: u64,
    /// Visits today, by local day (UTC+7).
    pub today: u64,
    /// Visits since Monday.
    pub week: u64,
    /// Visits since the first of the month.
    pub month: u64,
    /// Views today.
    pub today_views: u64,
    /// Views since Monday.
    pub week_views: u64,
    /// Views since the first of the month.
    pub month_views: u64,
    /// Of the visits, those carried over from an old site's total.
    pub carried_visits: u64,
    /// Of the views, those carried over.
    pub carried_views: u64,
    /// Of the views, those of readers who asked not to be tracked.
    pub unfollowed_views: u64,
    /// Of the views, those for whose visit there was no room in memory.
    pub untracked_views: u64,
    /// Hits that are not in the views, by reason.
    pub left_out: BTreeMap<Reason, u64>,
    /// Every request that was told to the counter and written: counted views (not carried over) and
    /// left-out hits. A load test compares it with the requests that it sent.
    pub hits: u64,
    /// Hits that could not be written.
    pub not_recorded: u64,
    /// When they could not be written.
    pub gaps: Vec<Gap>,
    /// The first moment that was counted here.
    pub since: Option<Timestamp>,
}
