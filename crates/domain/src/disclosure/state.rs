//! What is withheld so far, and what the reader therefore does not see.

use std::collections::BTreeMap;

use super::system::{Class, System};
use crate::id::UnitId;

/// Which ways an unseen number can go without leaving 0 ≤ n ≤ d.
#[derive(Clone, Copy)]
pub(super) struct Ways {
    pub up: bool,
    pub down: bool,
}

pub(super) struct State<'s, 'a> {
    system: &'s System<'a>,
    withheld: Vec<bool>,
    /// For each class, how many shown cells print it.
    printed: Vec<usize>,
    per_unit: BTreeMap<&'a UnitId, usize>,
}

impl<'s, 'a> State<'s, 'a> {
    pub fn new(system: &'s System<'a>) -> Self {
        Self {
            system,
            withheld: vec![false; system.slots.len()],
            printed: system.classes.iter().map(|c| c.slots.len()).collect(),
            per_unit: BTreeMap::new(),
        }
    }

    /// The same with everything of the current edition withheld, or everything that may be.
    pub fn bare(system: &'s System<'a>, now: &Self, all: bool) -> Self {
        let mut bare = Self::new(system);
        for (at, slot) in system.slots.iter().enumerate() {
            if now.withheld[at] || (slot.current && (all || slot.people)) {
                bare.withhold(at);
            }
        }
        bare
    }

    pub fn is_withheld(&self, slot: usize) -> bool {
        self.withheld[slot]
    }

    /// Whether no shown cell prints it.
    pub fn unseen(&self, class: usize) -> bool {
        self.printed[class] == 0
    }

    /// How many cells of the unit are withheld in the current edition.
    pub fn withheld_of(&self, unit: &UnitId) -> usize {
        self.per_unit.get(unit).copied().unwrap_or(0)
    }

    /// Withholds a cell, and every cell of this edition that would print its numerator all the
    /// same. Gives the classes that are now unseen.
    pub fn withhold(&mut self, slot: usize) -> Vec<usize> {
        let mut gone = Vec::new();
        let mut next = vec![slot];
        while let Some(at) = next.pop() {
            if std::mem::replace(&mut self.withheld[at], true) {
                continue;
            }
            let slot = &self.system.slots[at];
            if slot.current {
                *self.per_unit.entry(slot.unit).or_default() += 1;
            }
            for class in [Some(slot.n), slot.d.filter(|d| *d != slot.n)].into_iter().flatten() {
                self.printed[class] -= 1;
                if self.printed[class] == 0 {
                    gone.push(class);
                }
            }
            next.extend(self.printers(&self.system.classes[slot.n]).filter(|s| self.may_withhold(*s)));
        }
        gone
    }

    /// Which cells would have to go so that the class is unseen; none if it is or must stay seen.
    pub fn to_hide(&self, class: usize) -> Option<Vec<usize>> {
        let printers: Vec<usize> = self.printers(&self.system.classes[class]).collect();
        (!printers.is_empty() && printers.iter().all(|s| self.may_withhold(*s))).then_some(printers)
    }

    fn printers<'c>(&'c self, class: &'c Class) -> impl Iterator<Item = usize> + 'c {
        class.slots.iter().copied().filter(|s| !self.withheld[*s])
    }

    fn may_withhold(&self, slot: usize) -> bool {
        let slot = &self.system.slots[slot];
        slot.current && slot.people
    }

    /// Which ways an unseen class can go by itself, or together with an unseen other number of its cell.
    pub fn ways(&self, class: usize) -> Ways {
        let mut ways = Ways { up: true, down: true };
        for at in &self.system.classes[class].slots {
            let slot = &self.system.slots[*at];
            let (n, d) = (slot.cell.numerator, slot.cell.denominator);
            if slot.n == class {
                ways.down &= n != 0;
                let fixed = slot.d.is_some_and(|d| d != class && !self.unseen(d));
                ways.up &= !(fixed && d == Some(n));
            }
            if slot.d == Some(class) {
                let fixed = !self.unseen(slot.n);
                ways.down &= d != Some(0) && !(fixed && d == Some(n));
            }
        }
        ways
    }
}
