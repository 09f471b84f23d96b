//! From records to files: the other way of [`crate::load`]. What is loaded, written and loaded again is
//! the same; a test holds to it.
//!
//! Calendars are written period by period: a rule that made them stands in no record.

mod toml_text;
mod units;

use nhipcau_domain::tree::TreeEvent;

use crate::{
    files::Memory,
    records::{Book, Is, Part, Record, Value},
};
use toml_text::Text;

/// A campaign's files, with what stands where in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files.
    pub files: Memory,
    marks: Vec<Mark>,
}

/// From which line of a file on a field of a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    file: String,
    line: u32,
    part: Part,
    name: String,
    field: &'static str,
}

impl Written {
    /// Which record a line of a file belongs to, and which of its fields; empty for the whole record.
    #[must_use]
    pub fn at(&self, file: &str, line: u32) -> Option<(Part, &str, &'static str)> {
        let marks = self.marks.iter().filter(|m| m.file == file && m.line <= line);
        marks.max_by_key(|m| m.line).map(|m| (m.part, m.name.as_str(), m.field))
    }
}

/// Writes records and the tree's record as files.
#[must_use]
pub fn write(book: &Book, tree: &[TreeEvent]) -> Written {
    let mut written = Written::default();
    let general = [
        (Part::Campaign, "[campaign]"),
        (Part::Kind, "[[kind]]"),
        (Part::Measure, "[[measure]]"),
        (Part::Office, "[[office]]"),
        (Part::Reason, "[[exempt-reason]]"),
    ];
    toml(&mut written, book, &general);
    for part in [
        (Part::Calendar, "[[calendar]]"),
        (Part::Form, "[[data-set]]"),
        (Part::Indicator, "[[indicator]]"),
        (Part::Check, "[[check]]"),
    ] {
        toml(&mut written, book, &[part]);
    }
    csv(
        &mut written,
        book,
        Part::Element,
        &["id", "section", "name", "measure", "time", "adds", "from", "definition"],
    );
    csv(&mut written, book, Part::Target, &["indicator", "period", "value", "source"]);
    csv(
        &mut written,
        book,
        Part::Directive,
        &["id", "number", "kind", "issuer", "unit", "issued", "subject", "relations"],
    );
    csv(
        &mut written,
        book,
        Part::Initiative,
        &["unit", "name", "field", "type", "owner", "started", "ended"],
    );
    for report in book.records(Part::Report) {
        let (name, path) = (report.text("id"), format!("reports/{}.md", report.text("id")));
        let mark =
            Mark { file: path.clone(), line: 1, part: Part::Report, name: name.to_owned(), field: "text" };
        written.marks.push(mark);
        written.files.put(&path, report.text("text"));
    }
    units::write(&mut written.files, book, tree);
    written
}

/// Files that a campaign always has; the others are written where there is something in them.
fn always(part: Part) -> bool {
    !matches!(part, Part::Check | Part::Target | Part::Directive | Part::Initiative)
}

fn toml(written: &mut Written, book: &Book, parts: &[(Part, &str)]) {
    let Some((first, _)) = parts.first() else { return };
    let mut text = Text::default();
    for (part, head) in parts {
        for record in book.records(*part) {
            let name = part.name_of(record);
            let mut mark = |line, field| {
                let file = part.file().to_owned();
                written.marks.push(Mark { file, line, part: *part, name: name.clone(), field });
            };
            mark(text.line(), "");
            text.push(head);
            for field in part.fields() {
                let value = record.get(field.name);
                let always = field.needed || opened(record, field.name, field.is);
                if value.is_some() || always {
                    mark(text.line(), field.name);
                    text.field(field, value);
                }
            }
            text.push("");
        }
    }
    if !text.is_empty() || always(*first) {
        written.files.put(first.file(), text.into_bytes());
    }
}

/// Whether a yes or no must be said, because its table is there.
fn opened(record: &Record, field: &str, is: Is) -> bool {
    is == Is::Flag && field.rsplit_once('.').is_some_and(|(table, _)| record.has_under(&format!("{table}.")))
}

fn csv(written: &mut Written, book: &Book, part: Part, columns: &[&'static str]) {
    let records = book.records(part);
    if records.is_empty() && !always(part) {
        return;
    }
    let mut bytes = row(columns.iter().copied());
    for record in records {
        let name = part.name_of(record);
        for line in lines(part, record, columns) {
            let at = bytes.split(|b| *b == b'\n').count();
            let line_number = u32::try_from(at).unwrap_or(u32::MAX);
            let file = part.file().to_owned();
            written.marks.push(Mark { file, line: line_number, part, name: name.clone(), field: "" });
            bytes.extend(row(line.iter().map(String::as_str)));
        }
    }
    written.files.put(part.file(), bytes);
}

/// A record's lines: an element has one for each of its definitions.
fn lines(part: Part, record: &Record, columns: &[&str]) -> Vec<Vec<String>> {
    let first: Vec<String> = columns
        .iter()
        .map(|column| match record.get(column) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Rows(rows)) => rows.iter().map(|r| r.join(":")).collect::<Vec<_>>().join(";"),
            _ => String::new(),
        })
        .collect();
    if part != Part::Element {
        return vec![first];
    }
    let rows = record.rows("definitions");
    let mut lines = Vec::with_capacity(rows.len().max(1));
    let (from, words) = (columns.len().saturating_sub(2), columns.len().saturating_sub(1));
    for (i, definition) in rows.iter().enumerate() {
        let blank = vec![String::new(); columns.len()];
        let mut line = if i == 0 { first.clone() } else { blank };
        let mut put = |at: usize, text: Option<&String>| {
            if let (Some(slot), Some(text)) = (line.get_mut(at), text) {
                slot.clone_from(text);
            }
        };
        put(0, Some(&record.text("id").to_owned()));
        put(from, definition.first());
        put(words, definition.get(1));
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(first);
    }
    lines
}

/// A line of a CSV file.
pub(crate) fn row<'f>(fields: impl Iterator<Item = &'f str>) -> Vec<u8> {
    let mut out = Vec::new();
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        if field.contains(['"', ',', '\n', '\r']) || field.trim() != field {
            out.push(b'"');
            out.extend(field.replace('"', "\"\"").bytes());
            out.push(b'"');
        } else {
            out.extend(field.bytes());
        }
    }
    out.push(b'\n');
    out
}
