//! Forms: what a roster of units owes for each period, and by when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CalendarId, DataSetId, ElementId, KindId, UnitId};

/// Who owes a form: units of these kinds, plus and minus named ones, while open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Roster {
    /// Kinds that owe it.
    pub kinds: Vec<KindId>,
    /// Units that owe it whatever their kind.
    pub units: Vec<UnitId>,
    /// Units that do not, although their kind does.
    pub except: Vec<UnitId>,
    /// First day of the roster; periods that end before it are not owed.
    pub from: Option<Date>,
    /// Last day of the roster; periods that begin after it are not owed.
    pub until: Option<Date>,
}

/// A deadline for a level: whole days after the period's last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The units' kind that this deadline is for; none: every other kind.
    pub kind: Option<KindId>,
    /// Days after the period's last day.
    pub days: u16,
}

/// A question that is answered in words (khó khăn, kiến nghị).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsField {
    /// Its name in configuration.
    pub id: String,
    /// The question.
    pub name: String,
}

/// A form (biểu mẫu).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSet {
    /// Its name in configuration.
    pub id: DataSetId,
    /// Its title.
    pub name: String,
    /// Its calendar: one return is owed for each of its periods.
    pub calendar: CalendarId,
    /// Who owes it.
    pub roster: Roster,
    /// Its elements, in the form's order.
    pub elements: Vec<ElementId>,
    /// Deadlines by level.
    #[serde(default)]
    pub deadlines: Vec<Deadline>,
    /// Its questions in words.
    #[serde(default)]
    pub words: Vec<WordsField>,
    /// What to mind when filling it in, a sentence a line.
    #[serde(default)]
    pub instructions: Vec<String>,
}

impl DataSet {
    /// Where an element stands in the form.
    #[must_use]
    pub fn position(&self, element: &str) -> Option<usize> {
        self.elements.iter().position(|e| e.as_str() == element)
    }

    /// Days after the period's end by which a unit of that kind reports.
    #[must_use]
    pub fn deadline_days(&self, kind: &str) -> Option<u16> {
        let own = self.deadlines.iter().find(|d| d.kind.as_deref() == Some(kind));
        own.or_else(|| self.deadlines.iter().find(|d| d.kind.is_none())).map(|d| d.days)
    }
}
