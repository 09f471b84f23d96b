//! Which cells are withheld: the small ones, and as many others as it takes.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    Audience, Pattern, Protected, Table,
    infer::{Secret, component, determined},
    small,
    state::State,
    system::{System, Unchanged},
};
use crate::id::UnitId;

/// An edition that is out: what it was made of, and what it withheld ([`Protected::pattern`]).
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Everything it was made of, raw.
    pub table: Table,
    /// What it withheld.
    pub withheld: Pattern,
}

/// Protects a publication for an audience.
///
/// Withheld are, of the figures that count people: what earlier editions withheld, what is small
/// by `threshold` (see [`small`]), and further cells until a reader of all editions can work out
/// none of them (see the [module](super)). Further cells are chosen rather from units than from
/// totals, the topmost total only where nothing else helps, rather in rows that have withheld
/// cells already, rather small than large, then by unit and figure: the same input gives the same
/// pattern. `earlier` has the oldest edition first.
#[must_use]
pub fn protect(table: &Table, threshold: i64, earlier: &[Edition], audience: Audience) -> Protected {
    let mut protected =
        Protected { audience, cells: table.cells.clone(), withheld: Pattern::new(), exposed: Pattern::new() };
    if audience == Audience::Reviewer {
        return protected;
    }
    let before: Pattern = earlier.iter().flat_map(|e| e.withheld.iter().cloned()).collect();
    let tables: Vec<&Table> = earlier.iter().map(|e| &e.table).collect();
    // The second reader knows more, so that more is beyond help: what can be kept from the first
    // is kept, whatever the second knows. Alone, both are one.
    let all = [Unchanged::Units, Unchanged::Figures];
    let readers = &all[usize::from(earlier.is_empty())..];
    protected.withheld = before;
    loop {
        let size = protected.withheld.len();
        for reader in readers {
            let system = System::new(&tables, table, *reader);
            let mut work = Work::new(&system, table);
            work.withhold_first(threshold, earlier, &protected.withheld);
            work.settle_sums();
            work.settle_all();
            protected.withheld.extend(work.withheld());
            protected.exposed = work.exposed();
        }
        if readers.len() == 1 || protected.withheld.len() == size {
            return protected;
        }
    }
}

/// Withholds from the public everything that counts people: of a publication that is only a part of another,
/// any number would give away one of the other parts by subtraction.
#[must_use]
pub fn withhold_all(table: &Table) -> Protected {
    let withheld = table.cells.keys().filter(|(_, column)| table.people(column)).cloned().collect();
    Protected { audience: Audience::Public, cells: table.cells.clone(), withheld, exposed: Pattern::new() }
}

struct Work<'s, 'a> {
    system: &'s System<'a>,
    state: State<'s, 'a>,
    totals: BTreeSet<&'a UnitId>,
    parts: BTreeSet<&'a UnitId>,
    /// Equations to look at again.
    open: BTreeSet<usize>,
    /// Classes whose component is to be looked at again.
    changed: BTreeSet<usize>,
    /// What can be known whatever is withheld, as far as it was asked.
    hopeless: BTreeSet<Secret>,
    asked: BTreeSet<usize>,
    has_hopeless: bool,
}

impl<'s, 'a> Work<'s, 'a> {
    fn new(system: &'s System<'a>, table: &'a Table) -> Self {
        Self {
            system,
            state: State::new(system),
            totals: table.all_sums().map(|(total, _)| total).collect(),
            parts: table.all_sums().flat_map(|(_, parts)| parts).collect(),
            open: BTreeSet::new(),
            changed: BTreeSet::new(),
            hopeless: BTreeSet::new(),
            asked: BTreeSet::new(),
            has_hopeless: system.slots.iter().any(|s| !s.current || !s.people),
        }
    }

    fn withhold(&mut self, slot: usize) {
        for class in self.state.withhold(slot) {
            self.open.extend(&self.system.classes[class].equations);
            self.changed.insert(class);
        }
    }

    /// The small ones and those of a pattern; and of earlier editions what they withheld.
    fn withhold_first(&mut self, threshold: i64, earlier: &[Edition], pattern: &Pattern) {
        for (at, slot) in self.system.slots.iter().enumerate() {
            let key = (slot.unit.clone(), slot.column.clone());
            let withheld = match earlier.get(slot.edition) {
                Some(before) => before.withheld.contains(&key),
                None => slot.people && (small(&slot.cell, threshold) || pattern.contains(&key)),
            };
            if withheld {
                self.withhold(at);
            }
        }
    }

    /// Sums that give away what is unseen in them: with one unseen number, or with unseen numbers
    /// that are all at a bound and could only go the same way. What such a sum needs is another
    /// unseen number of its own.
    fn settle_sums(&mut self) {
        while let Some(equation) = self.open.pop_first() {
            if self.gives_away(equation) {
                let terms = self.system.equations[equation].iter().map(|t| t.0);
                if self.hide_one_of(terms.collect()) {
                    self.open.insert(equation);
                }
            }
        }
    }

    fn gives_away(&self, equation: usize) -> bool {
        let (mut more, mut less, mut both, mut any) = (0, 0, 0, false);
        for (class, times) in &self.system.equations[equation] {
            if self.state.unseen(*class) {
                any = true;
                let ways = self.state.ways(*class);
                let (up, down) = if *times > 0 { (ways.up, ways.down) } else { (ways.down, ways.up) };
                more += usize::from(up);
                less += usize::from(down);
                both += usize::from(up && down);
            }
        }
        any && (more == 0 || less == 0 || (more == 1 && less == 1 && both == 1))
    }

    /// Goes through the connected parts of the unseen until a reader can work out none of it.
    fn settle_all(&mut self) {
        while let Some(class) = self.changed.pop_first() {
            if !self.state.unseen(class) {
                continue;
            }
            let part = component(self.system, &self.state, class);
            let known = determined(self.system, &self.state, &part);
            let known: Vec<Secret> = known.into_iter().filter(|s| !self.is_hopeless(*s)).collect();
            if known.iter().any(|s| self.unlock(s.class())) {
                self.changed.insert(class);
                self.settle_sums();
            } else {
                self.changed.retain(|c| !part.contains(c));
            }
        }
    }

    /// Whether it can be known even with everything withheld that may be: from earlier editions,
    /// or from what does not count people.
    fn is_hopeless(&mut self, secret: Secret) -> bool {
        if self.has_hopeless && !self.asked.contains(&secret.class()) {
            let bare = State::bare(self.system, &self.state, false);
            let part = component(self.system, &bare, secret.class());
            self.hopeless.extend(determined(self.system, &bare, &part));
            self.asked.extend(part);
        }
        self.hopeless.contains(&secret)
    }

    /// Withholds the best cell near a class that can be worked out: of all that is tied to it, not
    /// a topmost total if there is anything else, and as near as possible.
    fn unlock(&mut self, class: usize) -> bool {
        let mut reached = BTreeSet::from([class]);
        let mut ring = vec![class];
        let mut topmost = Vec::new();
        while !ring.is_empty() {
            let equations: BTreeSet<usize> =
                ring.iter().flat_map(|c| self.system.classes[*c].equations.iter().copied()).collect();
            let terms = equations.iter().flat_map(|e| self.system.equations[*e].iter().map(|t| t.0));
            let cells = ring.iter().flat_map(|c| &self.system.classes[*c].slots);
            let cells = cells.flat_map(|s| [Some(self.system.slots[*s].n), self.system.slots[*s].d]);
            let cells = cells.flatten().filter(|c| self.state.unseen(*c));
            let near: BTreeSet<usize> = terms.chain(cells).filter(|c| reached.insert(*c)).collect();
            let (unseen, seen): (Vec<usize>, Vec<usize>) =
                near.into_iter().partition(|c| self.state.unseen(*c));
            let (top, others): (Vec<usize>, Vec<usize>) = seen.into_iter().partition(|c| self.has_top(*c));
            if self.hide_one_of(others) {
                return true;
            }
            topmost.extend(top);
            ring = unseen;
        }
        self.hide_one_of(topmost)
    }

    /// Withholds what it takes to hide the best of these classes; whether there was one.
    fn hide_one_of(&mut self, classes: Vec<usize>) -> bool {
        let ways = classes.into_iter().filter_map(|c| self.state.to_hide(c));
        let Some(best) = ways.min_by_key(|slots| self.price(slots)) else { return false };
        for slot in best {
            self.withhold(slot);
        }
        true
    }

    /// What hiding costs: the least is chosen.
    fn price(&self, slots: &[usize]) -> impl Ord + use<'a> {
        let all = || slots.iter().map(|s| &self.system.slots[*s]);
        let top = all().any(|s| self.is_top(s.unit));
        let total = all().any(|s| self.totals.contains(s.unit));
        let with_others = all().map(|s| self.state.withheld_of(s.unit)).min();
        let size = all().map(|s| s.cell.denominator.unwrap_or(s.cell.numerator)).max();
        let name = all().map(|s| (s.unit, s.column)).min();
        (top, total, Reverse(with_others), slots.len(), size, name)
    }

    fn has_top(&self, class: usize) -> bool {
        self.system.classes[class].slots.iter().any(|s| self.is_top(self.system.slots[*s].unit))
    }

    fn is_top(&self, unit: &UnitId) -> bool {
        self.totals.contains(unit) && !self.parts.contains(unit)
    }

    fn withheld(&self) -> Pattern {
        let slots = self.system.slots.iter().enumerate();
        let withheld = slots.filter(|(at, s)| s.current && self.state.is_withheld(*at));
        withheld.map(|(_, s)| (s.unit.clone(), s.column.clone())).collect()
    }

    /// Withheld cells that this edition gives away by what it may not withhold.
    fn exposed(&self) -> Pattern {
        let mut exposed = Pattern::new();
        if self.system.slots.iter().all(|s| s.people || !s.current) {
            return exposed;
        }
        let (open, shut) =
            (State::bare(self.system, &self.state, false), State::bare(self.system, &self.state, true));
        for (at, slot) in self.system.slots.iter().enumerate() {
            if self.state.is_withheld(at) && shut.unseen(slot.n) {
                let known = |state: &State<'_, '_>| {
                    let all = determined(self.system, state, &component(self.system, state, slot.n));
                    all.contains(&Secret::Number(slot.n)) || all.contains(&Secret::LeftOut(slot.n))
                };
                if !open.unseen(slot.n) || (known(&open) && !known(&shut)) {
                    exposed.insert((slot.unit.clone(), slot.column.clone()));
                }
            }
        }
        exposed
    }
}
