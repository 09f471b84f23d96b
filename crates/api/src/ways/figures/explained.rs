//! A figure explained: of whom, excluding whom, from which cells, and who is missing.

use nhipcau_actions::explain::{self, Explanation, UnitRef};
use nhipcau_domain::{Timestamp, figure};
use serde::Serialize;
use utoipa::ToSchema;

use super::Figure;
use crate::shape::{Difference, Given, Status};

/// A figure, explained.
#[derive(Serialize, ToSchema)]
pub(crate) struct Explained {
    /// The figure.
    figure: Figure,
    /// What it says and of whom.
    definition: String,
    /// What was taken off, as a union.
    excluded: Option<Excluded>,
    /// What each unit adds, the largest first; a rate's are listed and do not sum.
    contributions: Vec<Contribution>,
    /// Units that are accepted but do not count, because one of the numbers is not reported.
    incomplete: Vec<Placed>,
    /// What is owed and not accepted.
    missing: Vec<NotThere>,
    /// Corrections of the returns that it rests on, the latest first.
    corrections: Vec<Correction>,
}

/// What was taken off.
#[derive(Serialize, ToSchema)]
struct Excluded {
    /// In the report's words.
    name: String,
    /// Off the numerator.
    numerator: i64,
    /// Off the denominator.
    denominator: i64,
    /// The parts that it is made of, which have nobody in common.
    parts: Vec<ExcludedPart>,
}

/// A part of what was taken off.
#[derive(Serialize, ToSchema)]
struct ExcludedPart {
    /// The names of the groups that are in it.
    name: String,
    /// Off the numerator.
    numerator: i64,
    /// Off the denominator.
    denominator: i64,
}

/// A unit with its place.
#[derive(Serialize, ToSchema)]
struct Placed {
    /// The unit's id.
    unit: String,
    /// Its name.
    name: String,
    /// The names of those above it, nearest first.
    path: Vec<String>,
}

impl Placed {
    fn of(unit: &UnitRef) -> Self {
        Self { unit: unit.unit.to_string(), name: unit.name.clone(), path: unit.path.clone() }
    }
}

/// What a unit adds.
#[derive(Serialize, ToSchema)]
struct Contribution {
    /// Whose.
    unit: Placed,
    /// After exclusions.
    numerator: i64,
    /// After exclusions; none for a count.
    denominator: Option<i64>,
    /// The returns that it was read from.
    returns: Vec<Source>,
}

/// A return that numbers were read from.
#[derive(Serialize, ToSchema)]
struct Source {
    /// Which form.
    data_set: String,
    /// For which period.
    period: String,
    /// The accepted revision's number.
    revision: u32,
    /// The workbook's name; empty where it was typed.
    file: String,
    /// The sheet.
    sheet: String,
    /// The numbers.
    entries: Vec<SourceEntry>,
}

/// A number, with its cell.
#[derive(Serialize, ToSchema)]
struct SourceEntry {
    /// Which element.
    element: String,
    /// What was answered.
    value: Given,
    /// The cell that it was read from.
    cell: Option<String>,
}

/// A return that is owed and not accepted.
#[derive(Serialize, ToSchema)]
struct NotThere {
    /// Whose.
    unit: Placed,
    /// Which form.
    data_set: String,
    /// For which period.
    period: String,
    /// Where it stands.
    status: Status,
}

/// A correction of a return.
#[derive(Serialize, ToSchema)]
struct Correction {
    /// Whose.
    unit: Placed,
    /// The new revision's number.
    revision: u32,
    /// Who corrected.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Why.
    reason: String,
    /// What changed.
    differences: Vec<Difference>,
}

impl Explained {
    pub fn of(found: &Explanation) -> Self {
        let contributions = found.contributions.iter().map(|c| Contribution {
            unit: Placed::of(&c.unit),
            numerator: c.numerator,
            denominator: c.denominator,
            returns: c.returns.iter().map(source).collect(),
        });
        let missing = found.missing.iter().map(|m| NotThere {
            unit: Placed::of(&m.unit),
            data_set: m.data_set.to_string(),
            period: m.period.to_string(),
            status: m.status.into(),
        });
        let corrections = found.corrections.iter().map(|c| Correction {
            unit: Placed::of(&c.unit),
            revision: c.revision,
            office: c.office.to_string(),
            at: c.at,
            reason: c.reason.clone(),
            differences: c
                .differences
                .iter()
                .map(|(id, before, now)| Difference::new(id.to_string(), before.as_ref(), now))
                .collect(),
        });
        Self {
            figure: Figure::of(&found.figure),
            definition: found.indicator.definition.clone(),
            excluded: found.figure.excluded.as_ref().map(excluded),
            contributions: contributions.collect(),
            incomplete: found.incomplete.iter().map(Placed::of).collect(),
            missing: missing.collect(),
            corrections: corrections.collect(),
        }
    }
}

fn excluded(x: &figure::Excluded) -> Excluded {
    let part = |(name, numerator, denominator): &(String, i64, i64)| ExcludedPart {
        name: name.clone(),
        numerator: *numerator,
        denominator: *denominator,
    };
    Excluded {
        name: x.name.clone(),
        numerator: x.numerator,
        denominator: x.denominator,
        parts: x.parts.iter().map(part).collect(),
    }
}

fn source(s: &explain::Source) -> Source {
    let entry = |e: &nhipcau_domain::returns::Entry| SourceEntry {
        element: e.element.to_string(),
        value: Given::of(&e.value),
        cell: e.cell.clone(),
    };
    Source {
        data_set: s.data_set.to_string(),
        period: s.period.to_string(),
        revision: s.revision,
        file: s.origin.file.clone(),
        sheet: s.origin.sheet.clone(),
        entries: s.entries.iter().map(entry).collect(),
    }
}
