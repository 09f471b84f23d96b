//! Reads a CSV file with a header, a row at a time, with the place of each field.

use csv::StringRecord;
use nhipcau_domain::problem::Problem;

use crate::notes::{Notes, Spot, What};

/// A row; fields by the position of their column in the list that was asked for.
pub(crate) struct Row<'a> {
    file: u16,
    text: &'a str,
    record: &'a StringRecord,
    columns: &'a [Option<usize>],
}

impl<'a> Row<'a> {
    /// A field without the spaces around it; empty where the file has no such column.
    pub(crate) fn get(&self, column: usize) -> &'a str {
        let at = self.columns.get(column).copied().flatten();
        at.and_then(|i| self.record.get(i)).unwrap_or("").trim()
    }

    /// A field that may be empty.
    pub(crate) fn some(&self, column: usize) -> Option<&'a str> {
        Some(self.get(column)).filter(|t| !t.is_empty())
    }

    /// Where a field stands.
    pub(crate) fn at(&self, column: usize) -> Spot {
        let field = self.columns.get(column).copied().flatten().unwrap_or(0);
        let (line, start) =
            self.record.position().map_or((0, 0), |p| (p.line(), usize::try_from(p.byte()).unwrap_or(0)));
        let row = self.text.get(start..).unwrap_or("").trim_start_matches(['\r', '\n']);
        Spot { file: self.file, line: u32::try_from(line).unwrap_or(u32::MAX), column: column_of(row, field) }
    }

    /// A field that must not be empty.
    pub(crate) fn need(&self, column: usize, name: &'static str, notes: &mut Notes) -> &'a str {
        let found = self.get(column);
        if found.is_empty() {
            notes.push(Problem::new("campaign-empty-field").with("field", name), self.at(column));
        }
        found
    }

    /// A field that names something.
    pub(crate) fn refer(&self, column: usize, what: What, notes: &mut Notes) {
        let name = self.get(column);
        if !name.is_empty() && !notes.knows(what, name) {
            let at = self.at(column);
            notes.refer(what, name, at);
        }
    }
}

/// The column, in characters from 1, at which a field begins.
fn column_of(row: &str, field: usize) -> u32 {
    let (mut seen, mut quoted, mut column) = (0, false, 1);
    for c in row.chars() {
        if seen == field || (c == '\n' && !quoted) {
            break;
        }
        column += 1;
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => seen += 1,
            _ => {}
        }
    }
    column
}

/// Calls `each` with every row. Reports missing and unknown columns and rows of another length.
pub(crate) fn read(
    notes: &mut Notes,
    file: u16,
    text: &str,
    required: &[&'static str],
    optional: &[&'static str],
    mut each: impl FnMut(&mut Notes, &Row<'_>),
) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(e) => return broken(notes, file, &e),
    };
    let wanted: Vec<&str> = required.iter().chain(optional).copied().collect();
    let find = |name: &&str| header.iter().position(|h| h.trim() == *name);
    let columns: Vec<Option<usize>> = wanted.iter().map(find).collect();
    let top = |column| Spot { file, line: 1, column };
    for name in required.iter().filter(|n| find(n).is_none()) {
        notes.push(Problem::new("campaign-column-missing").with("name", *name), top(1));
    }
    let first_line = text.lines().next().unwrap_or("");
    for (i, name) in header.iter().enumerate().filter(|(_, h)| !wanted.contains(&h.trim())) {
        let problem = Problem::new("campaign-column-unknown")
            .with("found", name.trim())
            .with("expected", wanted.join(", "));
        notes.push(problem, top(column_of(first_line, i)));
    }
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(e) => return broken(notes, file, &e),
        }
        let row = Row { file, text, record: &record, columns: &columns };
        if record.len() == header.len() {
            each(notes, &row);
        } else {
            let line = row.at(0).line;
            let problem = Problem::new("campaign-row-length")
                .with("found", record.len())
                .with("expected", header.len());
            notes.push(problem, Spot { file, line, column: 1 });
        }
    }
}

fn broken(notes: &mut Notes, file: u16, error: &csv::Error) {
    let line = error.position().map_or(0, csv::Position::line);
    let problem = Problem::new("campaign-csv-broken").with("detail", error.to_string());
    notes.push(problem, Spot { file, line: u32::try_from(line).unwrap_or(u32::MAX), column: 1 });
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn a_field_begins_after_the_commas_that_are_not_quoted() {
        assert_eq!(column_of("ấp,b,c", 0), 1);
        assert_eq!(column_of("ấp,b,c", 1), 4);
        assert_eq!(column_of("\"a,b\",c", 1), 7);
    }
}
