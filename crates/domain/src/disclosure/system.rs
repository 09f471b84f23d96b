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

/// The cells of one edition: for each unit, the slot of each figure, by the figure's place among all.
struct Index<'a> {
    table: &'a Table,
    units: BTreeMap<&'a UnitId, Vec<Option<usize>>>,
}

/// The numerator's and the denominator's variable of a slot.
const fn variable(slot: usize, part: Part) -> usize {
    match part {
        Part::Numerator => slot * 2,
        Part::Denominator => slot * 2 + 1,
    }
}

impl<'a> System<'a> {
    /// Earlier editions come first, oldest first.
    pub fn new(earlier: &[&'a Table], current: &'a Table, known: Unchanged) -> Self {
        let tables = || earlier.iter().copied().chain([current]);
        let columns: BTreeSet<&IndicatorId> = tables().flat_map(|t| t.cells.keys().map(|k| &k.1)).collect();
        let columns: Vec<&IndicatorId> = columns.into_iter().collect();
        let mut slots = Vec::new();
        let mut editions = Vec::new();
        for (edition, table) in tables().enumerate() {
            editions.push(index(table, &columns, edition, edition == earlier.len(), &mut slots));
        }
        let mut same = Same::new(slots.len() * 2);
        for pair in editions.windows(2) {
            unchanged(&slots, &pair[0], &pair[1], known, &mut same);
        }
        let mut equations: Vec<Equation> = Vec::new();
        for index in &editions {
            sums(index, &slots, &mut equations);
            relations(index, &columns, &slots, &mut equations);
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

    fn in_classes(mut slots: Vec<Slot<'a>>, mut equations: Vec<Equation>, same: &mut Same) -> Self {
        let mut number: Vec<Option<usize>> = vec![None; slots.len() * 2];
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = |variable: usize, classes: &mut Vec<Class>| {
            *number[same.first(variable)].get_or_insert_with(|| {
                classes.push(Class::default());
                classes.len() - 1
            })
        };
        for (at, slot) in slots.iter_mut().enumerate() {
            slot.n = class_of(variable(at, Part::Numerator), &mut classes);
            classes[slot.n].slots.push(at);
            if slot.cell.denominator.is_some() {
                let d = class_of(variable(at, Part::Denominator), &mut classes);
                slot.d = Some(d);
                if d != slot.n {
                    classes[d].slots.push(at);
                }
            }
        }
        for equation in &mut equations {
            for term in equation.iter_mut() {
                term.0 = class_of(term.0, &mut classes);
            }
            equation.sort_unstable();
            equation.dedup_by(|term, sum| {
                let alike = term.0 == sum.0;
                if alike {
                    sum.1 = sum.1.saturating_add(term.1);
                }
                alike
            });
            equation.retain(|term| term.1 != 0);
        }
        equations.sort_unstable();
        equations.dedup();
        equations.retain(|e| !e.is_empty());
        for (at, equation) in equations.iter().enumerate() {
            for (class, _) in equation {
                classes[*class].equations.push(at);
            }
        }
        Self { slots, classes, equations }
    }
}

fn index<'a>(
    table: &'a Table,
    columns: &[&'a IndicatorId],
    edition: usize,
    current: bool,
    slots: &mut Vec<Slot<'a>>,
) -> Index<'a> {
    let people: Vec<bool> = columns.iter().map(|c| table.people(c)).collect();
    let mut units: BTreeMap<&UnitId, Vec<Option<usize>>> = BTreeMap::new();
    for ((unit, column), cell) in &table.cells {
        let Ok(c) = columns.binary_search(&column) else { continue };
        units.entry(unit).or_insert_with(|| vec![None; columns.len()])[c] = Some(slots.len());
        let people = people[c];
        slots.push(Slot { unit, column, cell: *cell, edition, current, people, n: 0, d: None });
    }
    Index { table, units }
}

/// Cells that a reader knows to be the same in both editions, shown or not.
fn unchanged(slots: &[Slot<'_>], before: &Index<'_>, after: &Index<'_>, known: Unchanged, same: &mut Same) {
    for (unit, old) in &before.units {
        let Some(new) = after.units.get(unit) else { continue };
        let cell = |slot: Option<usize>| slot.map(|s| slots[s].cell);
        let corrected = old.iter().zip(new).any(|(a, b)| cell(*a) != cell(*b));
        if corrected && known == Unchanged::Units {
            continue;
        }
        for (a, b) in old.iter().zip(new).filter(|(a, b)| cell(**a) == cell(**b)) {
            if let (Some(a), Some(b)) = (a, b) {
                same.join(variable(*a, Part::Numerator), variable(*b, Part::Numerator));
                same.join(variable(*a, Part::Denominator), variable(*b, Part::Denominator));
            }
        }
    }
}

/// In each figure, a total is what its parts add up to.
fn sums(index: &Index<'_>, slots: &[Slot<'_>], equations: &mut Vec<Equation>) {
    for (total, parts) in index.table.all_sums() {
        let Some(whole) = index.units.get(total) else { continue };
        let parts: Vec<&Vec<Option<usize>>> = parts.iter().filter_map(|p| index.units.get(p)).collect();
        for (c, whole) in whole.iter().enumerate() {
            let Some(whole) = *whole else { continue };
            for part in [Part::Numerator, Part::Denominator] {
                let has = |slot: &usize| part == Part::Numerator || slots[*slot].cell.denominator.is_some();
                let slots = parts.iter().filter_map(|row| row[c].filter(has));
                let mut terms: Equation = slots.map(|slot| (variable(slot, part), -1)).collect();
                if has(&whole) && !terms.is_empty() {
                    terms.push((variable(whole, part), 1));
                    equations.push(terms);
                }
            }
        }
    }
}

/// What holds between the figures of a unit.
fn relations(index: &Index<'_>, columns: &[&IndicatorId], slots: &[Slot<'_>], equations: &mut Vec<Equation>) {
    for relation in &index.table.relations {
        let terms: Vec<(Option<usize>, Part, i64)> = relation
            .terms
            .iter()
            .map(|t| (columns.binary_search(&&t.column).ok(), t.part, t.times))
            .collect();
        for row in index.units.values() {
            let term = |(c, part, times): &(Option<usize>, Part, i64)| {
                let slot = row[(*c)?]?;
                let has = *part == Part::Numerator || slots[slot].cell.denominator.is_some();
                (has && *times != 0).then_some((variable(slot, *part), *times))
            };
            // Without its total, or with nothing else, a relation says nothing.
            if terms.first().and_then(term).is_none() {
                continue;
            }
            let present = terms.iter().filter_map(term);
            let present: Equation = present.collect();
            if present.len() > 1 {
                equations.push(present);
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
