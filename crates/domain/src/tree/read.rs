//! Reading the tree on a day.

use jiff::civil::Date;

use super::{Dated, Ix, Node, Tree};
use crate::id::{KindId, UnitId};

impl Tree {
    /// Where a unit stands, if there ever was one of that name.
    #[must_use]
    pub fn find(&self, unit: &str) -> Option<Ix> {
        self.index.get(unit).copied()
    }

    /// How many units there ever were.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there never was a unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every unit that ever was, in the order in which they opened.
    pub fn all(&self) -> impl Iterator<Item = Ix> + '_ {
        (0..self.nodes.len()).map(|i| Ix(u32::try_from(i).unwrap_or(u32::MAX)))
    }

    /// Every unit that is open on that day.
    pub fn open_on(&self, on: Date) -> impl Iterator<Item = Ix> + '_ {
        self.all().filter(move |ix| self.is_open(*ix, on))
    }

    /// A unit's identity.
    #[must_use]
    pub fn id(&self, ix: Ix) -> &UnitId {
        &self.node(ix).id
    }

    /// Whether it is open on that day.
    #[must_use]
    pub fn is_open(&self, ix: Ix, on: Date) -> bool {
        let node = self.node(ix);
        node.opened <= on && node.closed.is_none_or(|c| on < c)
    }

    /// Its first day.
    #[must_use]
    pub fn opened(&self, ix: Ix) -> Date {
        self.node(ix).opened
    }

    /// The first day on which it is no more.
    #[must_use]
    pub fn closed(&self, ix: Ix) -> Option<Date> {
        self.node(ix).closed
    }

    /// What it became when it closed: one unit after a merge, several after a split.
    #[must_use]
    pub fn successors(&self, ix: Ix) -> &[Ix] {
        &self.node(ix).successors
    }

    /// Whom it reports to on that day; after its last day, whom it reported to last.
    #[must_use]
    pub fn parent(&self, ix: Ix, on: Date) -> Option<Ix> {
        as_of(&self.node(ix).parents, on).copied().flatten()
    }

    /// Its name on that day; before its first day, its first.
    #[must_use]
    pub fn name(&self, ix: Ix, on: Date) -> &str {
        as_of(&self.node(ix).names, on).map_or("", String::as_str)
    }

    /// Its official code on that day.
    #[must_use]
    pub fn code(&self, ix: Ix, on: Date) -> Option<&str> {
        as_of(&self.node(ix).codes, on)?.as_deref()
    }

    /// What it is on that day.
    #[must_use]
    pub fn kind(&self, ix: Ix, on: Date) -> &KindId {
        let kinds = &self.node(ix).kinds;
        as_of(kinds, on).unwrap_or(&kinds[0].1)
    }

    /// Everyone above it on that day, nearest first.
    pub fn above(&self, ix: Ix, on: Date) -> impl Iterator<Item = Ix> + '_ {
        std::iter::successors(self.parent(ix, on), move |at| self.parent(*at, on))
    }

    /// Who reports to it on that day, in the order in which they came.
    pub fn children(&self, ix: Ix, on: Date) -> impl Iterator<Item = Ix> + '_ {
        let ever = self.ever_children.get(&ix).map_or(&[][..], Vec::as_slice);
        ever.iter().copied().filter(move |c| self.is_open(*c, on) && self.parent(*c, on) == Some(ix))
    }

    /// The unit and everyone below it on that day, parents before children.
    #[must_use]
    pub fn within(&self, ix: Ix, on: Date) -> Vec<Ix> {
        let mut found = vec![ix];
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            found.extend(self.children(at, on));
            next += 1;
        }
        found
    }

    /// Units that report to nobody on that day.
    pub fn roots(&self, on: Date) -> impl Iterator<Item = Ix> + '_ {
        self.open_on(on).filter(move |ix| self.parent(*ix, on).is_none())
    }

    /// The days on which anything about a unit changed, with its history of names, in order.
    #[must_use]
    pub fn names(&self, ix: Ix) -> &[(Date, String)] {
        &self.node(ix).names
    }

    /// Its codes with the days from which they hold.
    #[must_use]
    pub fn codes(&self, ix: Ix) -> &[(Date, Option<String>)] {
        &self.node(ix).codes
    }

    /// Whom it reported to, with the days from which that held.
    #[must_use]
    pub fn parents(&self, ix: Ix) -> &[(Date, Option<Ix>)] {
        &self.node(ix).parents
    }

    /// What it was, with the days from which that held.
    #[must_use]
    pub fn kinds(&self, ix: Ix) -> &[(Date, KindId)] {
        &self.node(ix).kinds
    }

    /// The units that became part of it, or that it came from by a split.
    pub fn predecessors(&self, ix: Ix) -> impl Iterator<Item = Ix> + '_ {
        self.all().filter(move |p| self.node(*p).successors.contains(&ix))
    }

    pub(super) fn node(&self, ix: Ix) -> &Node {
        &self.nodes[ix.0 as usize]
    }
}

/// The value in force on a day; before the first one, the first one.
fn as_of<T>(dated: &Dated<T>, on: Date) -> Option<&T> {
    let after = dated.partition_point(|(from, _)| *from <= on);
    dated.get(after.saturating_sub(1)).map(|(_, value)| value)
}
