//! What is in a record: by field, as it is written, never empty.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Shape;

/// What is in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Words, a day, a number, `true`.
    Text(String),
    /// Several of them.
    List(Vec<String>),
    /// Lines of several columns.
    Rows(Vec<Vec<String>>),
}

impl Value {
    /// How it is written.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self {
            Self::Text(_) => Shape::Text,
            Self::List(_) => Shape::List,
            Self::Rows(_) => Shape::Rows,
        }
    }
}

/// A record of the configuration: its fields that hold something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(BTreeMap<String, Value>);

impl Record {
    /// What is in a field, if anything.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// The fields that hold something, by name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The words of a field; empty where there are none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        match self.0.get(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The names or lines of a field.
    #[must_use]
    pub fn list(&self, field: &str) -> &[String] {
        match self.0.get(field) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// The rows of a field.
    #[must_use]
    pub fn rows(&self, field: &str) -> &[Vec<String>] {
        match self.0.get(field) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// Puts words in a field; none take the field away.
    pub fn set_text(&mut self, field: &str, text: impl Into<String>) {
        let text = text.into();
        self.set(field, (!text.is_empty()).then_some(Value::Text(text)));
    }

    /// Puts a list in a field.
    pub fn set_list<S: Into<String>>(&mut self, field: &str, list: impl IntoIterator<Item = S>) {
        let list: Vec<String> = list.into_iter().map(Into::into).collect();
        self.set(field, (!list.is_empty()).then_some(Value::List(list)));
    }

    /// Puts rows in a field.
    pub fn set_rows(&mut self, field: &str, rows: Vec<Vec<String>>) {
        self.set(field, (!rows.is_empty()).then_some(Value::Rows(rows)));
    }

    fn set(&mut self, field: &str, value: Option<Value>) {
        match value {
            Some(value) => drop(self.0.insert(field.to_owned(), value)),
            None => drop(self.0.remove(field)),
        }
    }

    /// With words in a field: for what is built at once.
    #[must_use]
    pub fn with(mut self, field: &str, text: impl Into<String>) -> Self {
        self.set_text(field, text);
        self
    }

    /// With a list in a field.
    #[must_use]
    pub fn with_list<S: Into<String>>(mut self, field: &str, list: impl IntoIterator<Item = S>) -> Self {
        self.set_list(field, list);
        self
    }

    /// With rows in a field.
    #[must_use]
    pub fn with_rows(mut self, field: &str, rows: Vec<Vec<String>>) -> Self {
        self.set_rows(field, rows);
        self
    }

    /// Whether a field of this table holds something: `ratio.exclusions.` and the like.
    #[must_use]
    pub fn has_under(&self, table: &str) -> bool {
        self.0.keys().any(|field| field.starts_with(table))
    }
}
