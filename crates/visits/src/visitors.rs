//! The visits that are open now, and how many of them are online.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A visit ends after 30 minutes without a hit.
pub(crate) const OPEN_MS: i64 = 30 * 60_000;
const OPEN: i64 = OPEN_MS / 1_000;
/// Online is a hit within the last five minutes.
const ONLINE: usize = 300;
/// A clock that goes back by more than this is believed; by less, time stands still.
const BACK: i64 = 60;

/// Visitors' numbers come out of a keyed hash: they need no second one.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |n, b| n << 8 | u64::from(*b));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Open {
    /// The second of its last hit.
    pub last: i64,
    /// The minute in which page changes are counted began then.
    pub since: i64,
    pub changes: u16,
    /// The page seen last, as a short hash.
    pub page: u32,
    /// Found to be a machine: its hits are left out.
    pub robot: bool,
}

/// How a visitor stands before a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// No open visit.
    New,
    /// Within an open visit; how many page changes this minute if this page comes next.
    Open { changes: u16 },
    /// A machine.
    Robot,
    /// No open visit, and no room for another.
    NoRoom,
}

/// The table of open visits.
#[derive(Debug, Clone)]
pub(crate) struct Visitors {
    open: HashMap<u64, Open, BuildHasherDefault<AsItIs>>,
    limit: usize,
    /// The present second.
    now: i64,
    /// Of each of the last 300 seconds, how many visitors were seen last in it.
    seen: Vec<u32>,
    online: u64,
    /// The second in which those that are over were forgotten last.
    closed: i64,
}

impl Visitors {
    pub fn new(limit: usize) -> Self {
        Self {
            open: HashMap::default(),
            limit: limit.max(1),
            now: 0,
            seen: vec![0; ONLINE],
            online: 0,
            closed: 0,
        }
    }

    /// Visitors with a hit in the last five minutes, at the moment of the last `advance`.
    pub fn online(&self) -> u64 {
        self.online
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.open.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = (u64, Open)> {
        self.open.iter().map(|(n, o)| (*n, *o))
    }

    /// Puts back the visits that were written down.
    pub fn restore(&mut self, visits: impl Iterator<Item = (u64, Open)>) {
        self.open.extend(visits);
        self.now = self.open.values().map(|o| o.last).max().unwrap_or(0);
        self.count_online();
    }

    /// Lets time pass to a moment.
    pub fn advance(&mut self, ms: i64) {
        let second = ms.div_euclid(1_000);
        if second < self.now - BACK {
            // The clock was set back: nobody was seen later than now.
            self.now = second;
            for open in self.open.values_mut() {
                open.last = open.last.min(second);
                open.since = open.since.min(second);
            }
            self.count_online();
        }
        let steps = usize::try_from(second - self.now).unwrap_or(0).min(ONLINE);
        for step in 0..steps {
            let leaving = second - i64::try_from(step).unwrap_or(0);
            if let Some(slot) = self.seen.get_mut(slot(leaving)) {
                self.online = self.online.saturating_sub(u64::from(*slot));
                *slot = 0;
            }
        }
        self.now = self.now.max(second);
    }

    fn count_online(&mut self) {
        self.seen.fill(0);
        self.online = 0;
        for open in self.open.values().filter(|o| !o.robot) {
            if self.now - open.last < i64::try_from(ONLINE).unwrap_or(0)
                && let Some(slot) = self.seen.get_mut(slot(open.last))
            {
                *slot += 1;
                self.online += 1;
            }
        }
    }

    fn alive(&self, number: u64) -> Option<&Open> {
        self.open.get(&number).filter(|o| self.now - o.last < OPEN)
    }

    /// Under which number a visitor has an open visit, if under any.
    pub fn known_as(&self, now: u64, before: Option<u64>) -> Option<u64> {
        [Some(now), before].into_iter().flatten().find(|n| self.alive(*n).is_some())
    }

    /// How a visitor stands, if this page comes next.
    pub fn standing(&mut self, number: u64, page: u32) -> Standing {
        match self.alive(number) {
            Some(open) if open.robot => Standing::Robot,
            Some(open) => Standing::Open { changes: next_changes(open, self.now, page).1 },
            None if self.open.len() < self.limit || self.open.contains_key(&number) => Standing::New,
            None => {
                // Those whose visit is over make room, at most once a second.
                if self.now > self.closed {
                    self.close();
                }
                if self.open.len() < self.limit { Standing::New } else { Standing::NoRoom }
            }
        }
    }

    /// Notes a hit of a visitor.
    pub fn touch(&mut self, number: u64, page: u32, robot: bool) {
        let now = self.now;
        if let Some(old) = self.open.get(&number).copied() {
            self.unsee(old);
        } else if self.open.len() >= self.limit {
            return;
        }
        let fresh = Open { last: now, since: now, changes: 0, page, robot: false };
        let open = self.open.entry(number).or_insert(fresh);
        if now - open.last >= OPEN {
            *open = fresh;
        }
        (open.since, open.changes) = next_changes(open, now, page);
        (open.last, open.page) = (now, page);
        open.robot |= robot;
        if !open.robot
            && let Some(slot) = self.seen.get_mut(slot(now))
        {
            *slot += 1;
            self.online += 1;
        }
    }

    /// Takes a visit from yesterday's number to today's.
    pub fn rename(&mut self, before: u64, now: u64) {
        if let Some(open) = self.open.remove(&before) {
            self.open.insert(now, open);
        }
    }

    fn unsee(&mut self, open: Open) {
        if !open.robot
            && self.now - open.last < i64::try_from(ONLINE).unwrap_or(0)
            && let Some(slot) = self.seen.get_mut(slot(open.last))
        {
            *slot = slot.saturating_sub(1);
            self.online = self.online.saturating_sub(1);
        }
    }

    /// Forgets the visits that are over.
    pub fn close(&mut self) {
        let now = self.now;
        self.closed = now;
        self.open.retain(|_, o| now - o.last < OPEN);
    }
}

/// The second of the ring in which a moment is counted.
fn slot(second: i64) -> usize {
    usize::try_from(second.rem_euclid(300)).unwrap_or(0)
}

/// When the counted minute began, and the changes in it, if this page comes next.
fn next_changes(open: &Open, now: i64, page: u32) -> (i64, u16) {
    let changed = u16::from(page != open.page);
    if now - open.since >= 60 { (now, changed) } else { (open.since, open.changes.saturating_add(changed)) }
}

#[cfg(test)]
mod tests;
