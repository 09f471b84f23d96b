//! Reads a TOML file an item at a time, so that one bad item does not hide the others' mistakes.

use std::borrow::Cow;

use nhipcau_domain::problem::Problem;
use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::notes::{Notes, Spot, What};

/// A name that refers to something, with its place.
pub(crate) type Ref = Spanned<String>;

/// A file's text, to turn byte offsets into lines and columns.
pub(crate) struct Source<'t> {
    file: u16,
    text: &'t str,
}

impl Source<'_> {
    /// The line and column, both from 1, of a byte offset.
    pub(crate) fn spot(&self, offset: usize) -> Spot {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = self.text.get(..offset).unwrap_or("");
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let small = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Spot { file: self.file, line: small(line), column: small(column) }
    }

    /// Notes a name.
    pub(crate) fn declare(&self, what: What, name: &Ref, notes: &mut Notes) {
        notes.declare(what, name.get_ref(), self.spot(name.span().start));
    }

    /// Notes that a name is used.
    pub(crate) fn refer<'r>(&self, what: What, names: impl IntoIterator<Item = &'r Ref>, notes: &mut Notes) {
        for name in names {
            notes.refer(what, name.get_ref(), self.spot(name.span().start));
        }
    }

    /// Notes a problem at a value.
    pub(crate) fn push<T>(&self, problem: Problem, value: &Spanned<T>, notes: &mut Notes) {
        notes.push(problem, self.spot(value.span().start));
    }
}

/// A parsed file; what is taken out of it is gone, what remains at the end nobody knows.
pub(crate) struct Document<'t> {
    pub(crate) source: Source<'t>,
    table: DeTable<'t>,
}

impl<'t> Document<'t> {
    /// Parses; reports every place that is not TOML.
    pub(crate) fn parse(file: u16, text: &'t str, notes: &mut Notes) -> Self {
        let source = Source { file, text };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            report(&source, error, notes);
        }
        Self { source, table: table.into_inner() }
    }

    /// Takes the `[[key]]` items that can be read; reports the others.
    pub(crate) fn items<T: DeserializeOwned>(&mut self, key: &str, notes: &mut Notes) -> Vec<T> {
        let Some(value) = self.table.remove(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            let problem = Problem::new("campaign-not-a-list").with("name", key);
            notes.push(problem, self.source.spot(span.start));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.read(item, notes)).collect()
    }

    /// Takes the `[key]` table; reports it where it is missing or cannot be read.
    pub(crate) fn one<T: DeserializeOwned>(&mut self, key: &str, notes: &mut Notes) -> Option<T> {
        if let Some(value) = self.table.remove(key) {
            self.read(value, notes)
        } else {
            notes.push(Problem::new("campaign-field-missing").with("name", key), self.source.spot(0));
            None
        }
    }

    fn read<T: DeserializeOwned>(&self, value: Spanned<DeValue<'t>>, notes: &mut Notes) -> Option<T> {
        let start = value.span().start;
        let id = value.get_ref().get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(mut error) => {
                error.set_input(None);
                let at = error.span().map_or(start, |s| s.start);
                notes.push(explain(&self.source, &error), self.source.spot(at));
                notes.unread(id);
                None
            }
        }
    }

    /// Reports what nobody took.
    pub(crate) fn finish(self, expected: &str, notes: &mut Notes) -> Source<'t> {
        for key in self.table.keys() {
            let name: &Cow<'_, str> = key.get_ref();
            let problem =
                Problem::new("campaign-field-unknown").with("found", &**name).with("expected", expected);
            notes.push(problem, self.source.spot(key.span().start));
        }
        self.source
    }
}

fn report(source: &Source<'_>, error: &toml::de::Error, notes: &mut Notes) {
    let at = error.span().map_or(0, |s| s.start);
    notes.push(explain(source, error), source.spot(at));
}

/// Says in our words what the parser says in English.
fn explain(source: &Source<'_>, error: &toml::de::Error) -> Problem {
    let message = error.message().trim();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
    if message.starts_with("missing field") {
        return Problem::new("campaign-field-missing").with("name", quoted(message));
    }
    if let Some((found, expected)) = message.split_once(", expected ") {
        let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        if message.starts_with("unknown field") {
            return Problem::new("campaign-field-unknown")
                .with("found", quoted(found))
                .with("expected", names.join(", "));
        }
        if message.starts_with("unknown variant") {
            return Problem::new("campaign-bad-choice")
                .with("found", quoted(found))
                .with("expected", names.join(", "));
        }
        if message.starts_with("invalid type") || message.starts_with("invalid value") {
            let text = error.span().and_then(|s| source.text.get(s)).unwrap_or("");
            let text: String = text.lines().next().unwrap_or("").chars().take(40).collect();
            return Problem::new("campaign-wrong-type")
                .with("found", text)
                .with("expected", type_word(expected));
        }
    }
    if message.starts_with("duplicate key") {
        return Problem::new("campaign-duplicate-key");
    }
    Problem::new("campaign-toml-broken").with("detail", message)
}

/// The word that the message catalogue selects on.
fn type_word(expected: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|w| expected.contains(w));
    if says(&["string"]) {
        "string"
    } else if says(&["boolean"]) {
        "boolean"
    } else if says(&["sequence", "array"]) {
        "list"
    } else if says(&["datetime", "date"]) {
        "date"
    } else if says(&["struct", "map"]) {
        "table"
    } else if says(&["i64", "i32", "u16", "u32", "u8", "usize", "integer"]) {
        "integer"
    } else {
        "other"
    }
}

/// The names without their places.
pub(crate) fn into_ids<I: From<String>>(names: Vec<Ref>) -> Vec<I> {
    names.into_iter().map(|n| I::from(n.into_inner())).collect()
}

/// The name without its place.
pub(crate) fn into_id<I: From<String>>(name: Ref) -> I {
    I::from(name.into_inner())
}
