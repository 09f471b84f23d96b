//! What differs between two versions, record by record and field by field.

use std::collections::BTreeSet;

use nhipcau_campaign::records::{Book, Part, Record, Value};

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
}

/// A field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub field: &'static str,
    /// What it said.
    pub before: Option<Value>,
    /// What it says.
    pub after: Option<Value>,
}

/// A record that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// Of which part.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What became of it.
    pub how: How,
    /// Its fields that differ.
    pub fields: Vec<FieldChange>,
}

/// What differs, in the order of the parts.
#[must_use]
pub fn differences(before: &Book, after: &Book) -> Vec<RecordChange> {
    let mut found = Vec::new();
    for part in Part::ALL {
        let (was, is) = (before.records(part), after.records(part));
        let mut seen = BTreeSet::new();
        for record in is.iter().chain(was) {
            let name = part.name_of(record);
            if !seen.insert(name.clone()) {
                continue;
            }
            let (was, is) = (before.record(part, &name), after.record(part, &name));
            let how = match (was, is) {
                (None, _) => How::Added,
                (_, None) => How::Removed,
                (Some(was), Some(is)) if was == is => continue,
                _ => How::Changed,
            };
            let title = part.title_of(is.or(was).unwrap_or(record));
            found.push(RecordChange { part, title, name, how, fields: fields(part, was, is) });
        }
    }
    found
}

fn fields(part: Part, was: Option<&Record>, is: Option<&Record>) -> Vec<FieldChange> {
    let value = |record: Option<&Record>, field: &str| record.and_then(|r| r.get(field)).cloned();
    let changed = part.fields().iter().map(|f| FieldChange {
        field: f.name,
        before: value(was, f.name),
        after: value(is, f.name),
    });
    changed.filter(|f| f.before != f.after).collect()
}
