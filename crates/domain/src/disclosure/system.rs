//! What the reader knows of a publication's numbers: which are the same, and which add up.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Part, Table};
use crate::id::{IndicatorId, UnitId};

/// A cell of one edition.
pub(super) struct Slot<'a> {
    pub unit: &'a UnitId,
    pub column: &'a IndicatorId,
    pub cell: Cell,
    /// The edition, oldest first.
    pub edition: usize,
    /// Of the edition that is being protected: earlier ones are out.
    pub current: bool,
    pub people: bool,
    /// The class that its numerator is in.
    pub n: usize,
    /// The class that its denominator is in.
    pub d: Option<usize>,
}

/// Numbers that are known to be the same one: shared denominators, and cells that did
/// not change between editions.
#[derive(Default)]
pub(super) struct Class {
    pub slots: Vec<usize>,
    pub equations: Vec<usize>,
}

/// A sum of classes, each so many times, that is known to be a constant.
pub(super) type Equation = Vec<(usize, i64)>;

pub(super) struct System<'a> {
    pub slots: Vec<Slot<'a>>,
    pub classes: Vec<Class>,
    pub equations: Vec<Equation>,
}

/// What a reader knows not to have changed between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unchanged {
    /// Units of which no figure changed: their returns were not corrected.
    Units,
    /// Every figure that did not change, as the published differences may tell.
    Figures,
}

type Index<'a> = BTreeMap<(&'a UnitId, &'a IndicatorId), usize>;

impl<'a> System<'a> {
    /// Earlier editions come first, oldest first.
    pub fn new(earlier: &[&'a Table], current: &'a Table, known: Unchanged) -> Self {
        let mut slots = Vec::new();
        let mut editions: Vec<(&Table, Index<'a>)> = Vec::new();
        for table in earlier.iter().copied().chain([current]) {
            let edition = editions.len();
            let index = index(table, edition, edition == earlier.len(), &mut slots);
            editions.push((table, index));
        }
        let mut same = Same::new(slots.len() * 2);
        for pair in editions.windows(2) {
            unchanged(&slots, &pair[0].1, &pair[1].1, known, &mut same);
        }
        let mut equations: Vec<Equation> = Vec::new();
        for (table, index) in &editions {
            sums(table, index, &slots, &mut equations);
            relations(table, index, &slots, &mut equations);
        }
        equations.retain(|e| match e[..] {
            [(a, x), (b, y)] if i128::from(x) + i128::from(y) == 0 => {
                same.join(a, b);
                false
            }
            _ => true,
        });
        Self::in_classes(slots, equations, &mut same)
    }

    fn in_classes(mut slots: Vec<Slot<'a>>, equations: Vec<Equation>, same: &mut Same) -> Self {
        let mut number = BTreeMap::new();
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = |variable: usize, classes: &mut Vec<Class>| {
            *number.entry(same.first(variable)).or_insert_with(|| {
                classes.push(Class::default());
                classes.len() - 1
            })
        };
        for (at, slot) in slots.iter_mut().enumerate() {
            slot.n = class_of(at * 2, &mut classes);
            classes[slot.n].slots.push(at);
            if slot.cell.denominator.is_some() {
                let d = class_of(at * 2 + 1, &mut classes);
                slot.d = Some(d);
                if d != slot.n {
                    classes[d].slots.push(at);
                }
            }
        }
        let mut unique = BTreeSet::new();
        for equation in equations {
            let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
            for (variable, times) in equation {
                let total = sum.entry(class_of(variable, &mut classes)).or_default();
                *total = total.saturating_add(times);
            }
            sum.retain(|_, times| *times != 0);
            unique.insert(sum.into_iter().collect::<Equation>());
        }
        unique.remove(&Equation::new());
        let equations: Vec<Equation> = unique.into_iter().collect();
        for (at, equation) in equations.iter().enumerate() {
            for (class, _) in equation {
                classes[*class].equations.push(at);
            }
        }
        Self { slots, classes, equations }
    }
}

fn index<'a>(table: &'a Table, edition: usize, current: bool, slots: &mut Vec<Slot<'a>>) -> Index<'a> {
    let mut index = BTreeMap::new();
    for ((unit, column), cell) in &table.cells {
        index.insert((unit, column), slots.len());
        let people = table.people(column);
        slots.push(Slot { unit, column, cell: *cell, edition, current, people, n: 0, d: None });
    }
    index
}

/// Cells that a reader knows to be the same in both editions, shown or not.
fn unchanged(slots: &[Slot<'_>], before: &Index<'_>, after: &Index<'_>, known: Unchanged, same: &mut Same) {
    let differs = |a: Option<&usize>, b: Option<&usize>| match (a, b) {
        (Some(a), Some(b)) => slots[*a].cell != slots[*b].cell,
        _ => true,
    };
    let mut corrected: BTreeSet<&UnitId> = BTreeSet::new();
    if known == Unchanged::Units {
        let all = before.keys().chain(after.keys());
        corrected.extend(all.filter(|k| differs(before.get(*k), after.get(*k))).map(|k| k.0));
    }
    for (key, a) in before {
        let Some(b) = after.get(key).filter(|b| !differs(Some(a), Some(b))) else { continue };
        if !corrected.contains(key.0) {
            same.join(a * 2, b * 2);
            same.join(a * 2 + 1, b * 2 + 1);
        }
    }
}

fn sums(table: &Table, index: &Index<'_>, slots: &[Slot<'_>], equations: &mut Vec<Equation>) {
    let columns: BTreeSet<&IndicatorId> = table.cells.keys().map(|(_, column)| column).collect();
    for (total, parts) in table.all_sums() {
        for column in &columns {
            let Some(&whole) = index.get(&(total, *column)) else { continue };
            let parts: Vec<usize> = parts.iter().filter_map(|p| index.get(&(p, *column)).copied()).collect();
            if parts.is_empty() {
                continue;
            }
            let numerators = parts.iter().map(|p| (p * 2, -1));
            equations.push(std::iter::once((whole * 2, 1)).chain(numerators).collect());
            if slots[whole].cell.denominator.is_some() {
                let with = parts.iter().filter(|p| slots[**p].cell.denominator.is_some());
                let denominators: Equation = with.map(|p| (p * 2 + 1, -1)).collect();
                if !denominators.is_empty() {
                    equations.push(std::iter::once((whole * 2 + 1, 1)).chain(denominators).collect());
                }
            }
        }
    }
}

fn relations(table: &Table, index: &Index<'_>, slots: &[Slot<'_>], equations: &mut Vec<Equation>) {
    let units: BTreeSet<&UnitId> = table.cells.keys().map(|(unit, _)| unit).collect();
    for relation in &table.relations {
        for unit in &units {
            let terms = relation.terms.iter().filter(|t| t.times != 0).filter_map(|t| {
                let slot = *index.get(&(*unit, &t.column))?;
                match t.part {
                    Part::Numerator => Some((slot * 2, t.times)),
                    Part::Denominator => slots[slot].cell.denominator.map(|_| (slot * 2 + 1, t.times)),
                }
            });
            let terms: Equation = terms.collect();
            // What is left of a relation when all but one figure are missing says nothing.
            if terms.len() > 1 {
                equations.push(terms);
            }
        }
    }
}

/// Which variables are the same (a forest of sets).
struct Same(Vec<usize>);

impl Same {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
