//! What pages take. None of these can be made but by [`protect`](super::protect) and
//! [`withhold_all`](super::withhold_all).

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::{Audience, Cell, Pattern};
use crate::{
    figure::Figure,
    id::{IndicatorId, UnitId},
    indicator::WordingRule,
    wording,
};

/// What stands in a table where a number is withheld; the catalogue's `withheld-label` says it in words.
pub(super) const MARK: &str = "•";

/// A value, or that it is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown<T> {
    /// May be seen.
    Shown(T),
    /// Protected; prints as "•".
    Withheld,
}

impl<T> Shown<T> {
    /// The value, unless it is withheld.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Shown(value) => Some(value),
            Self::Withheld => None,
        }
    }

    /// Whether it is withheld.
    pub const fn is_withheld(&self) -> bool {
        matches!(self, Self::Withheld)
    }

    /// Goes on with the value, unless it is withheld.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Self::Shown(value) => Shown::Shown(with(value)),
            Self::Withheld => Shown::Withheld,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(value) => value.fmt(f),
            Self::Withheld => MARK.fmt(f),
        }
    }
}

/// A unit's figure as its audience may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ProtectedCell(Shown<Cell>);

impl ProtectedCell {
    /// Both numbers, or that they are withheld.
    #[must_use]
    pub const fn shown(&self) -> Shown<Cell> {
        self.0
    }

    /// Whether it is withheld.
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        self.0.is_withheld()
    }

    /// The numerator.
    #[must_use]
    pub fn numerator(&self) -> Shown<i64> {
        self.0.map(|c| c.numerator)
    }

    /// The denominator; none for a count.
    #[must_use]
    pub fn denominator(&self) -> Shown<Option<i64>> {
        self.0.map(|c| c.denominator)
    }

    /// As a report would say it; "•" if it is withheld.
    #[must_use]
    pub fn wording(&self, rule: &WordingRule) -> String {
        let said = self.0.map(|c| match c.denominator {
            Some(d) => wording::percent(c.numerator, d, rule),
            None => wording::count(c.numerator, rule),
        });
        said.to_string()
    }
}

/// A figure as its audience may see it. Withheld, it keeps its name, period, scope and coverage,
/// and no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProtectedFigure {
    figure: Figure,
    excluded: Option<String>,
    withheld: bool,
}

impl ProtectedFigure {
    /// The figure without what is withheld. For the public it has no counts of the excluded: they
    /// are small counts of people and stand in no protected table.
    #[must_use]
    pub const fn figure(&self) -> &Figure {
        &self.figure
    }

    /// Whom it excludes, in the report's words.
    #[must_use]
    pub fn excluded(&self) -> Option<&str> {
        self.excluded.as_deref()
    }

    /// Whether it is withheld.
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        self.withheld
    }

    /// The value that scripts read, see [`Figure::value`].
    #[must_use]
    pub fn value(&self) -> Shown<Option<i64>> {
        if self.withheld { Shown::Withheld } else { Shown::Shown(self.figure.value()) }
    }

    /// As the report says it; "•" if it is withheld.
    #[must_use]
    pub fn wording(&self) -> &str {
        &self.figure.wording
    }
}

/// A publication as its audience may see it.
#[derive(Debug, Clone)]
pub struct Protected {
    pub(super) audience: Audience,
    pub(super) cells: BTreeMap<(UnitId, IndicatorId), Cell>,
    pub(super) withheld: Pattern,
    pub(super) exposed: Pattern,
}

impl Protected {
    /// Whom it is for.
    #[must_use]
    pub const fn audience(&self) -> Audience {
        self.audience
    }

    /// What is withheld, with what earlier editions withheld: kept with the edition. Empty for a reviewer.
    #[must_use]
    pub const fn pattern(&self) -> &Pattern {
        &self.withheld
    }

    /// Withheld cells that can be had all the same, because a figure that does not count people
    /// or an earlier edition gives them away. An edition with any of these must not go out.
    #[must_use]
    pub const fn exposed(&self) -> &Pattern {
        &self.exposed
    }

    /// A unit's figure; none if the table has none.
    #[must_use]
    pub fn cell(&self, unit: &UnitId, column: &IndicatorId) -> Option<ProtectedCell> {
        let key = (unit.clone(), column.clone());
        let cell = self.cells.get(&key)?;
        let withheld = self.withheld.contains(&key);
        Some(ProtectedCell(if withheld { Shown::Withheld } else { Shown::Shown(*cell) }))
    }

    /// Every cell, by unit and figure.
    pub fn cells(&self) -> impl Iterator<Item = (&UnitId, &IndicatorId, ProtectedCell)> {
        self.cells.iter().map(|(key, cell)| {
            let withheld = self.withheld.contains(key);
            let shown = if withheld { Shown::Withheld } else { Shown::Shown(*cell) };
            (&key.0, &key.1, ProtectedCell(shown))
        })
    }

    /// A figure as this audience may see it. One that counts people and whose numbers are not
    /// those of the table is withheld from the public: nothing vouches for it.
    #[must_use]
    pub fn figure(&self, figure: &Figure) -> ProtectedFigure {
        let excluded = figure.excluded.as_ref().map(|e| e.name.clone());
        let mut figure = figure.clone();
        if self.audience == Audience::Reviewer {
            return ProtectedFigure { figure, excluded, withheld: false };
        }
        figure.excluded = None;
        let withheld = figure.people && figure.numerator.is_some() && !self.vouches_for(&figure);
        if withheld {
            (figure.numerator, figure.denominator) = (None, None);
            MARK.clone_into(&mut figure.wording);
        }
        ProtectedFigure { figure, excluded, withheld }
    }

    fn vouches_for(&self, figure: &Figure) -> bool {
        let key = (figure.scope.clone(), figure.key.clone());
        let Some(numerator) = figure.numerator else { return false };
        let cell = Cell { numerator, denominator: figure.denominator };
        self.cells.get(&key) == Some(&cell) && !self.withheld.contains(&key)
    }
}
