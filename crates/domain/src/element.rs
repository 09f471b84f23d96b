//! What is counted: units of measure and data elements.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{DataSetId, ElementId, MeasureId};

/// A unit of measure (đơn vị tính). Different units of measure never add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its name in configuration, such as `people`.
    pub id: MeasureId,
    /// Its name in Vietnamese, such as `người`.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Whether it counts people (or memberships), so that small counts are protected.
    #[serde(default)]
    pub people: bool,
}

/// How values add over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeRule {
    /// Adds over time: bulletins broadcast.
    Flow,
    /// The last accepted value within the period: members registered so far. Never carried in.
    Stock,
}

/// How values add across units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitRule {
    /// Values of several units add up.
    #[default]
    Adds,
    /// They do not: a rate, a price.
    Lists,
}

/// A definition in force from a day on; a second one is a break in the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// First day.
    pub from: Date,
    /// What is counted, in words.
    pub text: String,
}

/// One thing counted (chỉ tiêu số liệu).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataElement {
    /// Its name in configuration, such as `members.registered`.
    pub id: ElementId,
    /// The label on the form.
    pub name: String,
    /// Its unit of measure.
    pub measure: MeasureId,
    /// How it adds over time.
    pub time: TimeRule,
    /// How it adds across units.
    #[serde(default)]
    pub adds: UnitRule,
    /// The one form that it belongs to.
    pub data_set: DataSetId,
    /// Its heading on the form; empty for none.
    #[serde(default)]
    pub section: String,
    /// What is counted, by date; the last one that began is in force.
    pub definitions: Vec<Definition>,
}

impl DataElement {
    /// The definition in force on a day.
    #[must_use]
    pub fn definition_on(&self, day: Date) -> Option<&Definition> {
        self.definitions.iter().filter(|d| d.from <= day).max_by_key(|d| d.from)
    }

    /// Days on which the definition changed: breaks in the series.
    pub fn breaks(&self) -> impl Iterator<Item = Date> + '_ {
        let first = self.definitions.iter().map(|d| d.from).min();
        self.definitions.iter().map(|d| d.from).filter(move |d| Some(*d) != first)
    }
}
