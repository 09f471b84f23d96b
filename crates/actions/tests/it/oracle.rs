//! The rules of tree, returns and totals once more, told as plainly as can be: what the histories
//! are compared with. Slow, small, and shares no code with what it judges.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{
    Date,
    returns::{ReturnKey, Status, Submission, Value},
    tree::{Change, TreeEvent},
};

/// A return as the record has it.
#[derive(Debug, Clone)]
pub struct Held {
    pub status: Status,
    pub last: Option<Submission>,
    pub accepted: Option<Submission>,
}

/// The tree on a day: who is open, who is above whom, what the closed became.
#[derive(Debug, Default)]
pub struct Day {
    pub open: BTreeMap<String, String>,
    pub parent: BTreeMap<String, Option<String>>,
    successors: BTreeMap<String, Vec<String>>,
}

impl Day {
    /// What events come to on a day.
    pub fn of(events: &[TreeEvent], on: Date) -> Self {
        let mut sorted: Vec<&TreeEvent> = events.iter().filter(|e| e.on <= on).collect();
        sorted.sort_by_key(|e| e.on);
        let mut day = Self::default();
        for event in sorted {
            match &event.change {
                Change::Open { unit, kind, parent, .. } => {
                    day.open.insert(unit.to_string(), kind.to_string());
                    day.parent.insert(unit.to_string(), parent.as_ref().map(ToString::to_string));
                }
                Change::Close { unit } => {
                    day.open.remove(unit.as_str());
                }
                Change::Move { unit, parent } => {
                    day.parent.insert(unit.to_string(), parent.as_ref().map(ToString::to_string));
                }
                Change::Merge { from, into } => {
                    for unit in from {
                        for child in day.children(unit) {
                            day.parent.insert(child, Some(into.to_string()));
                        }
                        day.open.remove(unit.as_str());
                        day.successors.insert(unit.to_string(), vec![into.to_string()]);
                    }
                }
                Change::Split { from, into } => {
                    day.open.remove(from.as_str());
                    day.successors.insert(from.to_string(), into.iter().map(ToString::to_string).collect());
                }
                _ => {}
            }
        }
        day
    }

    /// Who reports to a unit.
    pub fn children(&self, unit: &str) -> Vec<String> {
        let below = |u: &&String| self.parent.get(*u).is_some_and(|p| p.as_deref() == Some(unit));
        self.open.keys().filter(below).cloned().collect()
    }

    /// The open units that a unit's returns may count in: one, unless it was split.
    fn places(&self, unit: &str) -> BTreeSet<String> {
        if self.open.contains_key(unit) {
            return BTreeSet::from([unit.to_owned()]);
        }
        match (self.successors.get(unit), self.parent.get(unit).cloned().flatten()) {
            (Some(successors), _) => successors.iter().flat_map(|s| self.places(s)).collect(),
            (None, Some(parent)) => self.places(&parent),
            (None, None) => BTreeSet::new(),
        }
    }

    fn is_within(&self, unit: &str, scope: &str) -> bool {
        let mut at = Some(unit.to_owned());
        while let Some(here) = at {
            if here == scope {
                return true;
            }
            at = self.parent.get(&here).cloned().flatten();
        }
        false
    }

    /// Whether a unit's returns count in a scope: for certain; or perhaps, because of a split.
    pub fn counts(&self, unit: &str, scope: &str) -> (bool, bool) {
        let places = self.places(unit);
        let within = places.iter().filter(|p| self.is_within(p, scope)).count();
        (within > 0 && within == places.len(), within > 0 && within < places.len())
    }
}

/// What a unit adds to an element of a period.
pub type Numbers = BTreeMap<String, i64>;

/// What each unit adds for a year or month: the yearly form's stocks only of units that are open on
/// the last day, the monthly form's flows of all that came in.
pub fn numbers(
    held: &BTreeMap<ReturnKey, Held>,
    day: &Day,
    form: &str,
    parts: &[&str],
    element: &str,
) -> Numbers {
    let mut found = Numbers::new();
    for (key, held) in held {
        if key.data_set.as_str() != form || !parts.contains(&key.period.as_str()) {
            continue;
        }
        if form == "dang-vien" && !day.open.contains_key(key.unit.as_str()) {
            continue;
        }
        if let Some(Value::Number(n)) = held.accepted.as_ref().and_then(|s| s.value(element)) {
            *found.entry(key.unit.to_string()).or_default() += n;
        }
    }
    found
}
