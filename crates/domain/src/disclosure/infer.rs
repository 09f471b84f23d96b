//! What a reader who reasons exactly can work out, within one connected part of the unseen.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cone,
    linear::{Pivots, Row, eliminate, movement},
    state::State,
    system::System,
};

/// The unseen classes tied to `from`: by an equation, or as the two numbers of one cell. In order.
pub(super) fn component(system: &System<'_>, state: &State<'_, '_>, from: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        let class = &system.classes[at];
        let by_sum = class.equations.iter().flat_map(|e| system.equations[*e].iter().map(|t| t.0));
        let by_cell = class.slots.iter().flat_map(|s| {
            let slot = &system.slots[*s];
            [Some(slot.n), slot.d].into_iter().flatten()
        });
        for other in by_sum.chain(by_cell) {
            if state.unseen(other) && found.insert(other) {
                next.push(other);
            }
        }
    }
    found
}

/// Something that a reader is not to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secret {
    /// The number of a class.
    Number(usize),
    /// By how much a cell's denominator exceeds its numerator, which is of that class.
    LeftOut(usize),
}

impl Secret {
    pub fn class(self) -> usize {
        match self {
            Self::Number(class) | Self::LeftOut(class) => class,
        }
    }
}

/// What of a component the reader can work out.
pub(super) fn determined(
    system: &System<'_>,
    state: &State<'_, '_>,
    component: &BTreeSet<usize>,
) -> BTreeSet<Secret> {
    let question = Question::new(system, state, component);
    question.answer().unwrap_or_else(|| component.iter().copied().map(Secret::Number).collect())
}

struct Question<'q> {
    system: &'q System<'q>,
    local: BTreeMap<usize, u32>,
    slots: BTreeSet<usize>,
    rows: Vec<Row>,
    /// Columns of the unknowns; those after them are distances from a bound that they are at.
    unknowns: u32,
    columns: u32,
}

impl<'q> Question<'q> {
    fn new(system: &'q System<'q>, state: &State<'_, '_>, component: &BTreeSet<usize>) -> Self {
        let local: BTreeMap<usize, u32> = component.iter().copied().zip(0..).collect();
        let classes = || component.iter().map(|c| &system.classes[*c]);
        let equations: BTreeSet<usize> = classes().flat_map(|c| c.equations.iter().copied()).collect();
        let slots =
            classes().flat_map(|c| c.slots.iter().copied()).filter(|s| state.is_withheld(*s)).collect();
        let rows = equations.iter().map(|e| {
            system.equations[*e].iter().filter_map(|(c, times)| Some((*local.get(c)?, *times))).collect()
        });
        let rows = rows.filter(|r: &Row| !r.is_empty()).collect();
        let unknowns = u32::try_from(component.len()).unwrap_or(u32::MAX);
        let mut question = Self { system, local, slots, rows, unknowns, columns: unknowns };
        question.add_bounds();
        question
    }

    /// For every number at its bound, a distance that cannot become negative.
    fn add_bounds(&mut self) {
        for at in self.slots.clone() {
            let slot = &self.system.slots[at];
            let n = self.local.get(&slot.n).copied();
            let d = slot.d.and_then(|d| self.local.get(&d).copied());
            if let Some(n) = n.filter(|_| slot.cell.numerator == 0) {
                self.at_bound(vec![(n, 1)]);
            }
            if slot.cell.denominator == Some(slot.cell.numerator) && slot.d != Some(slot.n) {
                let terms = [d.map(|d| (d, 1)), n.map(|n| (n, -1))];
                let mut row: Row = terms.into_iter().flatten().collect();
                row.sort_unstable();
                self.at_bound(row);
            }
        }
    }

    fn at_bound(&mut self, mut row: Row) {
        if !row.is_empty() {
            row.push((self.columns, -1));
            self.columns += 1;
            self.rows.push(row);
        }
    }

    /// None if a number became too large to be sure.
    fn answer(&self) -> Option<BTreeSet<Secret>> {
        let mut pivots = Pivots::new();
        let mut left = eliminate(self.rows.clone(), self.unknowns, &mut pivots)?;
        let forced = cone::forced(&left);
        for row in &mut left {
            row.retain(|c| !forced.contains(&c.0));
        }
        eliminate(left, self.columns, &mut pivots)?;
        let moves = movement(&pivots, self.columns, &|c| forced.contains(&c))?;
        let moves = |class: usize| self.local.get(&class).map_or(0, |c| moves[*c as usize]);
        let still = self.local.keys().copied().filter(|c| moves(*c) == 0);
        let mut found: BTreeSet<Secret> = still.map(Secret::Number).collect();
        for at in &self.slots {
            let slot = &self.system.slots[*at];
            let Some(d) = slot.d.filter(|d| *d != slot.n) else { continue };
            if self.local.contains_key(&slot.n) && moves(slot.n) == moves(d) {
                found.insert(Secret::LeftOut(slot.n));
            }
        }
        Some(found)
    }
}
