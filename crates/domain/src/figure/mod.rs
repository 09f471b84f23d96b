//! Figures: an indicator for a scope and a period, with everything that it answers for.

mod basis;
mod evaluate;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{DataSetId, IndicatorId, MeasureId, PeriodId, UnitId};

pub use self::{
    basis::{Basis, Leaf, Owed},
    evaluate::Answer,
};

/// What kind of statement a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// From returns.
    Measured,
    /// By a rule, from measured ones.
    Derived,
    /// Quoted from elsewhere; numerator and denominator unknown.
    Claim,
    /// No accepted return reports it. Missing is not zero.
    Missing,
    /// A unit was split: there is no exact answer under that tree.
    Unanswerable,
}

/// How many of the returns that are owed a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Returns owed.
    pub expected: u32,
    /// Came in (submitted, returned or accepted).
    pub reported: u32,
    /// Accepted: the figure rests on these.
    pub accepted: u32,
    /// Excused.
    pub exempt: u32,
    /// Owed, not excused, and not accepted.
    pub missing: u32,
}

/// A return that is owed and not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingReturn {
    /// Whose.
    pub unit: UnitId,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period.
    pub period: PeriodId,
    /// Where it stands.
    pub status: crate::returns::Status,
}

/// What was taken off, as a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// The words that stand in the report.
    pub name: String,
    /// Taken off the numerator.
    pub numerator: i64,
    /// Taken off the denominator.
    pub denominator: i64,
    /// The disjoint parts, by the names of their groups: numerator, denominator.
    pub parts: Vec<(String, i64, i64)>,
}

/// A figure, raw: only for reviewers. The public's is [`crate::disclosure`]'s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its indicator.
    pub key: IndicatorId,
    /// The indicator's name in Vietnamese.
    pub name: String,
    /// For which period.
    pub period: PeriodId,
    /// Of which unit, with everything below it.
    pub scope: UnitId,
    /// The day that the tree is read on.
    pub tree: Date,
    /// After exclusions. For a count, the count.
    pub numerator: Option<i64>,
    /// After exclusions; none for a count.
    pub denominator: Option<i64>,
    /// The number of a published claim: quoted, never computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<i64>,
    /// What was taken off both.
    pub excluded: Option<Excluded>,
    /// As the report says it.
    pub wording: String,
    /// Its unit of measure.
    pub measure: MeasureId,
    /// Whether it counts people, so that small counts are protected.
    pub people: bool,
    /// Whether it is a share in per cent.
    pub percent: bool,
    /// What kind of statement it is.
    pub status: Status,
    /// What it rests on.
    pub coverage: Coverage,
}

impl Figure {
    /// The value that scripts read: a count; for a share, whole per cent, cut and never rounded up.
    #[must_use]
    pub fn value(&self) -> Option<i64> {
        match (self.numerator, self.denominator) {
            (Some(n), Some(d)) if self.percent => {
                (d != 0).then(|| i64::try_from(i128::from(n) * 100 / i128::from(d)).unwrap_or(i64::MAX))
            }
            (n, _) => n.or(self.claimed),
        }
    }
}

/// What one unit adds to a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Whose.
    pub unit: UnitId,
    /// After exclusions.
    pub numerator: i64,
    /// After exclusions; none for a count.
    pub denominator: Option<i64>,
}
