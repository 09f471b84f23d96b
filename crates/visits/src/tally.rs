//! What is counted on one local day.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{Device, Reason};

/// A day's sums: small, kept in memory for every day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums {
    pub visits: u64,
    pub views: u64,
    /// Views of readers who asked not to be tracked: within `views`, of no visit.
    pub unfollowed: u64,
    /// Views for whose visit there was no room: within `views`, of no visit.
    pub untracked: u64,
    /// Carried over from an old site's total.
    pub carried_visits: u64,
    pub carried_views: u64,
    /// By [`Reason`]'s number.
    pub left_out: Vec<u64>,
    /// Visits by [`Device`]'s number.
    pub devices: Vec<u64>,
}

impl Sums {
    pub fn leave_out(&mut self, reason: Reason, n: u64) {
        bump(&mut self.left_out, reason as usize, n);
    }

    pub fn device(&mut self, device: Device, n: u64) {
        bump(&mut self.devices, device as usize, n);
    }

    pub fn all_visits(&self) -> u64 {
        self.visits + self.carried_visits
    }

    pub fn all_views(&self) -> u64 {
        self.views + self.carried_views
    }

    pub fn merge(&mut self, other: &Self) {
        self.visits += other.visits;
        self.views += other.views;
        self.unfollowed += other.unfollowed;
        self.untracked += other.untracked;
        self.carried_visits += other.carried_visits;
        self.carried_views += other.carried_views;
        for (i, n) in other.left_out.iter().enumerate() {
            bump(&mut self.left_out, i, *n);
        }
        for (i, n) in other.devices.iter().enumerate() {
            bump(&mut self.devices, i, *n);
        }
    }
}

fn bump(counts: &mut Vec<u64>, at: usize, n: u64) {
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    if let Some(count) = counts.get_mut(at) {
        *count += n;
    }
}

/// Counts by name, with a bound: who comes after it is counted among the others, so the sum stays exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub named: HashMap<Box<str>, u64>,
    /// Counted without a name of their own: no name was given (an unknown page, no referrer).
    pub nameless: u64,
    /// Named, beyond the bound.
    pub others: u64,
}

impl Tally {
    pub fn add(&mut self, name: &str, n: u64, limit: usize) {
        if name.is_empty() {
            self.nameless += n;
        } else if let Some(count) = self.named.get_mut(name) {
            *count += n;
        } else if self.named.len() < limit {
            self.named.insert(name.into(), n);
        } else {
            self.others += n;
        }
    }

    pub fn merge(&mut self, other: &Self, limit: usize) {
        self.nameless += other.nameless;
        self.others += other.others;
        for (name, n) in &other.named {
            self.add(name, *n, limit);
        }
    }
}

/// How often a search without a result was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub times: u64,
    /// Whether two visitors asked it that day.
    pub several: bool,
    /// Who asked first; 0 once the day is over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub first: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// A day's counts by name: in memory while the day lasts, in a file after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// Views by path.
    pub pages: Tally,
    /// Visits by referring host; nameless: came directly or from the site itself.
    pub referrers: Tally,
    /// Visits by the reader's first language.
    pub languages: Tally,
    /// Searches without a result.
    pub searches: HashMap<Box<str>, Asked>,
    /// Searches whose words were not kept: perhaps personal, or beyond the bound.
    pub searches_withheld: u64,
}

/// Languages with a count of their own per day.
pub(crate) const LANGUAGES: usize = 50;

impl Detail {
    pub fn search(&mut self, words: Option<&str>, visitor: u64, limit: usize) {
        let Some(words) = words else { return self.searches_withheld += 1 };
        if let Some(asked) = self.searches.get_mut(words) {
            asked.times += 1;
            asked.several |= asked.first != visitor;
        } else if self.searches.len() < limit {
            self.searches.insert(words.into(), Asked { times: 1, several: false, first: visitor });
        } else {
            self.searches_withheld += 1;
        }
    }

    /// A day whose file cannot be read: its names are lost, its sums are not.
    pub fn lost(sums: &Sums) -> Self {
        let mut detail = Self::default();
        detail.pages.others = sums.views;
        detail.referrers.others = sums.visits;
        detail.languages.others = sums.visits;
        detail
    }

    /// Forgets who asked, once the day is over.
    pub fn end(&mut self) {
        for asked in self.searches.values_mut() {
            asked.first = 0;
        }
    }
}
