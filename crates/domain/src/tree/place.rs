//! Where a unit's returns count on a day, when the unit itself may be gone by then.
//!
//! A merge adds exactly: its successor counts them. A unit without a successor keeps a line of its
//! own below whoever its parent became, so that grand totals agree under every tree. A split has no
//! exact answer below the point where its successors meet: that is said, and no share is invented.

use jiff::civil::Date;

use super::{Ix, Tree};

/// Where a unit's returns count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Everyone whose total holds them, nearest first. The first is the unit itself, its successor,
    /// or its own line where it has none.
    pub path: Vec<Ix>,
    /// Units of which it cannot be told how much is theirs, because a split lies between.
    pub undecided: Vec<Ix>,
}

/// A chain of mergers longer than this is a mistake in the record, not history.
const MOST_STEPS: u32 = 64;

impl Tree {
    /// Where the returns of `unit` count under the tree of the day `on`.
    #[must_use]
    pub fn place(&self, unit: Ix, on: Date) -> Placement {
        self.place_within(unit, on, MOST_STEPS)
    }

    fn place_within(&self, unit: Ix, on: Date, steps: u32) -> Placement {
        let successors = self.successors(unit);
        if self.is_open(unit, on) {
            let path = std::iter::once(unit).chain(self.above(unit, on)).collect();
            return Placement { path, undecided: Vec::new() };
        }
        let closed_by_then = self.closed(unit).is_some_and(|c| c <= on);
        if steps == 0 || !closed_by_then || successors.is_empty() {
            return self.own_line(unit, on, steps);
        }
        let mut places = successors.iter().map(|s| self.place_within(*s, on, steps - 1));
        let Some(first) = places.next() else { return self.own_line(unit, on, steps) };
        if successors.len() == 1 {
            return first;
        }
        let mut undecided = first.undecided;
        let mut common = first.path.clone();
        let mut seen = first.path;
        for place in places {
            common.retain(|ix| place.path.contains(ix));
            seen.extend(place.path);
            undecided.extend(place.undecided);
        }
        undecided.extend(seen.into_iter().filter(|ix| !common.contains(ix)));
        undecided.sort_unstable();
        undecided.dedup();
        let path = std::iter::once(unit).chain(common).collect();
        Placement { path, undecided }
    }

    /// A line of its own, below whoever its last parent became.
    fn own_line(&self, unit: Ix, on: Date, steps: u32) -> Placement {
        let parent = self.parent(unit, on).filter(|_| steps > 0);
        let mut place = match parent {
            Some(parent) => self.place_within(parent, on, steps - 1),
            None => Placement { path: Vec::new(), undecided: Vec::new() },
        };
        place.path.insert(0, unit);
        place
    }
}
