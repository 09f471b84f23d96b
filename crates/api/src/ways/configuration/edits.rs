//! A change as a program asks for it, and the same as the use cases have it.

use std::collections::BTreeMap;

use nhipcau_actions::configuration::{
    Edit,
    records::{Part, Record},
};
use nhipcau_domain::{
    Date,
    id::UnitId,
    tree::{Change, TreeEvent},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ConfigurationPart, FieldValue, fields};

/// A change that is asked for.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum ConfigurationEdit {
    /// Something happens to units.
    Units {
        /// What, in this order: a unit that is split into new ones is closed after they have opened.
        events: Vec<UnitEvent>,
    },
    /// A record is added, or says something else.
    Record {
        /// Of which part.
        part: ConfigurationPart,
        /// The name of the one that changes; none adds one.
        name: Option<String>,
        /// All that it is to say: a field that is left out holds nothing.
        record: BTreeMap<String, FieldValue>,
    },
    /// A record is taken away.
    Removal {
        /// Of which part.
        part: ConfigurationPart,
        /// The record's name.
        name: String,
    },
    /// Files say something else; the others stay as they are.
    Files {
        /// Their whole text, by path.
        files: BTreeMap<String, String>,
    },
    /// What an earlier version said is to hold again.
    Restore {
        /// The version of the definitions.
        version: i64,
    },
}

/// Something that happens to units.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEvent {
    /// The first day on which it holds; it may have passed.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// What happens.
    change: UnitChange,
}

/// What can happen to units.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
enum UnitChange {
    /// A unit opens.
    Open {
        /// Its id: chosen once, never used again.
        unit: String,
        /// What it is.
        kind: String,
        /// Whom it reports to; none is the top.
        parent: Option<String>,
        /// Its name.
        name: String,
        /// Its official code.
        code: Option<String>,
    },
    /// A unit closes: its last day is the day before. Those below it must have gone first.
    Close {
        /// Which.
        unit: String,
    },
    /// A unit reports to another from now on.
    Move {
        /// Which.
        unit: String,
        /// To whom; none is the top.
        parent: Option<String>,
    },
    /// A unit has another name from now on.
    Rename {
        /// Which.
        unit: String,
        /// The new name.
        name: String,
    },
    /// A unit has another official code from now on.
    Recode {
        /// Which.
        unit: String,
        /// The new code; none takes it away.
        code: Option<String>,
    },
    /// A unit is of another kind from now on.
    Rekind {
        /// Which.
        unit: String,
        /// The new kind.
        kind: String,
    },
    /// Units close and become part of another, which is open on that day. Those below them move to it.
    Merge {
        /// Those that close.
        from: Vec<String>,
        /// What they become part of.
        into: String,
    },
    /// A unit closes and becomes several, which are open on that day. Those below it must have moved.
    Split {
        /// What closes.
        from: String,
        /// What it becomes.
        into: Vec<String>,
    },
}

/// Nothing stands around what is written, as at the desk.
fn word(said: &str) -> String {
    said.trim().to_owned()
}

fn some(said: Option<String>) -> Option<String> {
    said.map(|s| word(&s)).filter(|s| !s.is_empty())
}

fn units(ids: &[String]) -> Vec<UnitId> {
    ids.iter().map(|id| UnitId::new(id.trim())).collect()
}

impl UnitEvent {
    pub fn of(event: &TreeEvent) -> Self {
        let ids = |units: &[UnitId]| units.iter().map(ToString::to_string).collect();
        let above = |parent: Option<&UnitId>| parent.map(ToString::to_string);
        let change = match &event.change {
            Change::Open { unit, kind, parent, name, code } => UnitChange::Open {
                unit: unit.to_string(),
                kind: kind.to_string(),
                parent: above(parent.as_ref()),
                name: name.clone(),
                code: code.clone(),
            },
            Change::Close { unit } => UnitChange::Close { unit: unit.to_string() },
            Change::Move { unit, parent } => {
                UnitChange::Move { unit: unit.to_string(), parent: above(parent.as_ref()) }
            }
            Change::Rename { unit, name } => {
                UnitChange::Rename { unit: unit.to_string(), name: name.clone() }
            }
            Change::Recode { unit, code } => {
                UnitChange::Recode { unit: unit.to_string(), code: code.clone() }
            }
            Change::Rekind { unit, kind } => {
                UnitChange::Rekind { unit: unit.to_string(), kind: kind.to_string() }
            }
            Change::Merge { from, into } => UnitChange::Merge { from: ids(from), into: into.to_string() },
            Change::Split { from, into } => UnitChange::Split { from: from.to_string(), into: ids(into) },
        };
        Self { on: event.on, change }
    }

    fn event(self) -> TreeEvent {
        let id = |said: &str| UnitId::new(said.trim());
        let change = match self.change {
            UnitChange::Open { unit, kind, parent, name, code } => Change::Open {
                unit: id(&unit),
                kind: kind.trim().into(),
                parent: some(parent).map(UnitId::from),
                name: word(&name),
                code: some(code),
            },
            UnitChange::Close { unit } => Change::Close { unit: id(&unit) },
            UnitChange::Move { unit, parent } => {
                Change::Move { unit: id(&unit), parent: some(parent).map(UnitId::from) }
            }
            UnitChange::Rename { unit, name } => Change::Rename { unit: id(&unit), name: word(&name) },
            UnitChange::Recode { unit, code } => Change::Recode { unit: id(&unit), code: some(code) },
            UnitChange::Rekind { unit, kind } => Change::Rekind { unit: id(&unit), kind: kind.trim().into() },
            UnitChange::Merge { from, into } => Change::Merge { from: units(&from), into: id(&into) },
            UnitChange::Split { from, into } => Change::Split { from: id(&from), into: units(&into) },
        };
        TreeEvent { on: self.on, change }
    }
}

/// A record as it is kept: nothing around its words, lines that end as they do in files, no empty items.
fn record(part: Part, fields: BTreeMap<String, FieldValue>) -> Record {
    let mut record = Record::default();
    for (name, value) in fields {
        match value {
            // A report's text is kept as it is written.
            FieldValue::Text(text) if part == Part::Report && name == "text" => {
                record.set_text(&name, text.replace("\r\n", "\n"));
            }
            FieldValue::Text(text) => record.set_text(&name, word(&text.replace("\r\n", "\n"))),
            FieldValue::List(items) => {
                let items = items.iter().map(|i| word(i)).filter(|i| !i.is_empty());
                record.set_list(&name, items);
            }
            FieldValue::Rows(rows) => {
                let rows = rows.iter().map(|row| row.iter().map(|c| word(c)).collect::<Vec<_>>());
                let rows = rows.filter(|row| row.iter().any(|c| !c.is_empty()));
                record.set_rows(&name, rows.collect());
            }
        }
    }
    record
}

impl ConfigurationEdit {
    pub fn of(edit: &Edit) -> Self {
        match edit {
            Edit::Tree { events } => Self::Units { events: events.iter().map(UnitEvent::of).collect() },
            Edit::Put { part, name, record } => Self::Record {
                part: ConfigurationPart::of(*part),
                name: name.clone(),
                record: fields(record),
            },
            Edit::Remove { part, name } => {
                Self::Removal { part: ConfigurationPart::of(*part), name: name.clone() }
            }
            Edit::Files { files } => Self::Files { files: files.clone() },
            Edit::Restore { version } => Self::Restore { version: *version },
        }
    }

    pub fn edit(self) -> Edit {
        match self {
            Self::Units { events } => {
                Edit::Tree { events: events.into_iter().map(UnitEvent::event).collect() }
            }
            Self::Record { part, name, record: said } => {
                Edit::Put { part: part.part(), name, record: record(part.part(), said) }
            }
            Self::Removal { part, name } => Edit::Remove { part: part.part(), name },
            Self::Files { files } => Edit::Files { files },
            Self::Restore { version } => Edit::Restore { version },
        }
    }
}
