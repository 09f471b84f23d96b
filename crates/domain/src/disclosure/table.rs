//! What is to be published together: units by figures, and how they add up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{IndicatorId, UnitId};

/// The cells of one publication that are withheld. Kept with each edition: once withheld, always withheld.
pub type Pattern = BTreeSet<(UnitId, IndicatorId)>;

/// One unit's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// After exclusions. For a count, the count.
    pub numerator: i64,
    /// After exclusions; none for a count.
    pub denominator: Option<i64>,
}

impl Cell {
    /// A count.
    #[must_use]
    pub const fn count(numerator: i64) -> Self {
        Self { numerator, denominator: None }
    }

    /// So many of so many.
    #[must_use]
    pub const fn share(numerator: i64, denominator: i64) -> Self {
        Self { numerator, denominator: Some(denominator) }
    }
}

/// Whether a people-count is too small for the public: the numerator, or those it leaves out, are
/// fewer than the threshold. So none and all are small. A threshold of 0 or less protects nothing.
#[must_use]
pub fn small(cell: &Cell, threshold: i64) -> bool {
    let left_out = cell.denominator.map(|d| d.saturating_sub(cell.numerator));
    threshold > 0 && (cell.numerator < threshold || left_out.is_some_and(|l| l < threshold))
}

/// One of a cell's two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The count itself.
    Numerator,
    /// What it is a share of.
    Denominator,
}

/// One summand of a relation: so many times a number of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The figure.
    pub column: IndicatorId,
    /// Which of its numbers.
    pub part: Part,
    /// How many times it is taken.
    pub times: i64,
}

/// Something that holds between figures within every unit: the terms add up to a constant (mostly 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The terms, the total first. A unit's missing figures add nothing to its total; for a unit
    /// without the total, the relation says nothing.
    pub terms: Vec<Term>,
}

impl Relation {
    /// One figure is the sum of others: total = collective + individual, numerators only.
    #[must_use]
    pub fn sum(total: &IndicatorId, parts: &[IndicatorId]) -> Self {
        Self::sum_of(Part::Numerator, total, parts)
    }

    /// One figure is the sum of others in that number: for shares of disjoint groups, call it for both.
    #[must_use]
    pub fn sum_of(part: Part, total: &IndicatorId, parts: &[IndicatorId]) -> Self {
        let total = Term { column: total.clone(), part, times: 1 };
        let parts = parts.iter().map(|p| Term { column: p.clone(), part, times: -1 });
        Self { terms: std::iter::once(total).chain(parts).collect() }
    }

    /// Two numbers are the same: a denominator that two figures share, or that is itself a figure.
    #[must_use]
    pub fn same(a: (&IndicatorId, Part), b: (&IndicatorId, Part)) -> Self {
        let term = |(column, part): (&IndicatorId, Part), times| Term { column: column.clone(), part, times };
        Self { terms: vec![term(a, 1), term(b, -1)] }
    }

    /// Two figures share their denominator.
    #[must_use]
    pub fn same_denominator(a: &IndicatorId, b: &IndicatorId) -> Self {
        Self::same((a, Part::Denominator), (b, Part::Denominator))
    }
}

/// Everything that is published together, raw: units by figures, with all that ties them.
///
/// A unit's value is the sum of the units below it. What a unit adds of its own is a row of its
/// own below it (an id such as `xa-long-son#own`).
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(super) columns: BTreeMap<IndicatorId, bool>,
    pub(super) sums: BTreeMap<UnitId, BTreeSet<UnitId>>,
    pub(super) more_sums: Vec<(UnitId, BTreeSet<UnitId>)>,
    pub(super) cells: BTreeMap<(UnitId, IndicatorId), Cell>,
    pub(super) relations: Vec<Relation>,
}

impl Table {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a figure, and whether it counts people: one that does not is never withheld.
    pub fn column(&mut self, id: &IndicatorId, people: bool) -> &mut Self {
        self.columns.insert(id.clone(), people);
        self
    }

    /// Adds a unit, and the unit whose values it is added into.
    pub fn row(&mut self, id: &UnitId, parent: Option<&UnitId>) -> &mut Self {
        if let Some(parent) = parent {
            self.sums.entry(parent.clone()).or_default().insert(id.clone());
        }
        self
    }

    /// Says that a unit's values are also the sum of other units': a second tree over the same
    /// leaves, such as the communes of today over the cells of then.
    pub fn sum(&mut self, total: &UnitId, parts: impl IntoIterator<Item = UnitId>) -> &mut Self {
        self.more_sums.push((total.clone(), parts.into_iter().collect()));
        self
    }

    /// Sets a unit's figure. A figure of no known column is taken to count people.
    pub fn cell(&mut self, unit: &UnitId, column: &IndicatorId, cell: Cell) -> &mut Self {
        self.cells.insert((unit.clone(), column.clone()), cell);
        self
    }

    /// Adds something that holds between figures within every unit.
    pub fn relation(&mut self, relation: Relation) -> &mut Self {
        self.relations.push(relation);
        self
    }

    pub(super) fn people(&self, column: &IndicatorId) -> bool {
        self.columns.get(column).copied().unwrap_or(true)
    }

    pub(super) fn all_sums(&self) -> impl Iterator<Item = (&UnitId, &BTreeSet<UnitId>)> {
        self.sums.iter().chain(self.more_sums.iter().map(|(total, parts)| (total, parts)))
    }
}
