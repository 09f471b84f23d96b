//! TOML, a field a line, so that a problem's line is its field's.

use std::fmt::Write as _;

use nhipcau_domain::Date;

use crate::records::{Cell, Column, Field, Is, Value};

/// Longer lists stand below each other.
const WIDE: usize = 80;

/// The text of a file as it grows.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// The number of the line that comes next.
    pub fn line(&self) -> u32 {
        u32::try_from(self.0.bytes().filter(|b| *b == b'\n').count() + 1).unwrap_or(u32::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    pub fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// A field that has nothing in it is written as such: the loader says what it needs.
    pub fn field(&mut self, field: &Field, value: Option<&Value>) {
        let written = match (field.is, value) {
            (Is::Rows(columns), value) => rows(columns, value),
            (Is::Many(_) | Is::Ordered(_) | Is::Units | Is::Lines, Some(Value::List(items))) => {
                list(&items.iter().map(|i| string(i)).collect::<Vec<_>>())
            }
            (Is::Many(_) | Is::Ordered(_) | Is::Units | Is::Lines, _) => "[]".to_owned(),
            (is, Some(Value::Text(text))) => scalar(is, text),
            (Is::Flag, _) => "false".to_owned(),
            _ => "\"\"".to_owned(),
        };
        self.push(&format!("{} = {written}", field.name));
    }
}

/// A number, a day or a truth without quotation marks where it is one; else as it was typed, so that
/// the loader says what it found.
fn scalar(is: Is, text: &str) -> String {
    let bare = match is {
        Is::Number => text.parse::<i64>().is_ok(),
        Is::Day => is_day(text),
        Is::Flag => matches!(text, "true" | "false"),
        Is::Choice(choices) => matches!(text, "true" | "false") && choices.contains(&text),
        _ => false,
    };
    if bare { text.trim_start_matches('+').to_owned() } else { string(text) }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

fn list(items: &[String]) -> String {
    let line = format!("[{}]", items.join(", "));
    if line.chars().count() <= WIDE || items.len() < 2 {
        return line;
    }
    items.iter().fold("[\n".to_owned(), |out, item| out + "  " + item + ",\n") + "]"
}

fn rows(columns: &[Column], value: Option<&Value>) -> String {
    let Some(Value::Rows(rows)) = value else { return "[]".to_owned() };
    let table = |row: &Vec<String>| {
        let cells =
            columns.iter().zip(row).filter(|(column, cell)| !cell.is_empty() || column.is == Cell::List);
        let cells: Vec<String> = cells
            .map(|(column, cell)| format!("{} = {}", column.name, self::cell(column.is, cell)))
            .collect();
        format!("{{ {} }}", cells.join(", "))
    };
    let tables: Vec<String> = rows.iter().map(table).collect();
    tables.iter().fold("[\n".to_owned(), |out, item| out + "  " + item + ",\n") + "]"
}

fn cell(is: Cell, text: &str) -> String {
    match is {
        Cell::Text => string(text),
        Cell::Day => scalar(Is::Day, text),
        Cell::Number => scalar(Is::Number, text),
        Cell::List => {
            let items: Vec<String> =
                text.split('+').map(str::trim).filter(|i| !i.is_empty()).map(string).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// Words in quotation marks.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Writing to a string does not fail.
            c if c.is_control() => drop(write!(out, "\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
