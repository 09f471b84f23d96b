//! What differs, record by record and field by field.

use nhipcau_actions::configuration::{How, RecordChange};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ConfigurationPart, FieldValue};

/// The most of a kind that are listed; the rest is counted.
pub(super) const MOST: usize = 500;

/// What became of a record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RecordBecame {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
    /// It says the same in another place of the order.
    Moved,
}

/// A record that differs.
#[derive(Serialize, ToSchema)]
pub(super) struct RecordEffect {
    /// Of which part.
    part: ConfigurationPart,
    /// Its name.
    name: String,
    /// What it is called.
    title: String,
    /// What became of it.
    how: RecordBecame,
    /// Its fields that differ.
    fields: Vec<FieldEffect>,
}

/// A field that says something else.
#[derive(Serialize, ToSchema)]
struct FieldEffect {
    /// The field.
    field: &'static str,
    /// What it said; none where it held nothing.
    before: Option<FieldValue>,
    /// What it says.
    after: Option<FieldValue>,
}

impl RecordEffect {
    pub fn of(change: &RecordChange) -> Self {
        let fields = change.fields.iter().map(|f| FieldEffect {
            field: f.field,
            before: f.before.as_ref().map(FieldValue::of),
            after: f.after.as_ref().map(FieldValue::of),
        });
        Self {
            part: ConfigurationPart::of(change.part),
            name: change.name.clone(),
            title: change.title.clone(),
            how: match change.how {
                How::Added => RecordBecame::Added,
                How::Changed => RecordBecame::Changed,
                How::Removed => RecordBecame::Removed,
                How::Moved => RecordBecame::Moved,
            },
            fields: fields.collect(),
        }
    }
}
