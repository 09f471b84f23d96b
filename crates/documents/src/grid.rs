//! A table as it is seen on a page, as a workbook or as CSV: words and whole numbers, nothing computed.

use std::fmt::Write as _;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::{
    DocumentError,
    annex::sheet::{Kind, Sheet, Top, Value},
    speech::Speech,
};

/// The longest name that a sheet may have.
const NAME: usize = 31;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The sheet's name.
    pub name: String,
    /// What it is a table of.
    pub title: String,
    /// The sentence that stands above it, such as that the data are synthetic.
    pub notice: String,
    /// Who made it.
    pub author: String,
    /// The day that it was made: the workbook's only date.
    pub date: Date,
    /// Its columns.
    pub heads: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its width in characters.
    pub width: u16,
    /// Whether it holds numbers.
    pub numbers: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
}

/// The workbook's bytes. The same table gives the same bytes.
///
/// # Errors
/// [`DocumentError::Xlsx`] when there are more rows than a sheet holds.
pub fn xlsx(grid: &Grid) -> Result<Vec<u8>, DocumentError> {
    let mut book = Workbook::new();
    let year = u16::try_from(grid.date.year()).unwrap_or(1900).clamp(1900, 9999);
    let (month, day) = (grid.date.month().unsigned_abs(), grid.date.day().unsigned_abs());
    let properties = DocProperties::new()
        .set_title(&grid.title)
        .set_author(&grid.author)
        .set_comment(&grid.notice)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    book.set_properties(&properties);
    let top = Top { speech: Speech::default(), title: &grid.title, notice: &grid.notice };
    let kind = |numbers| if numbers { Kind::Number } else { Kind::Text };
    let heads = grid.heads.iter().map(|c| (c.title.clone(), c.width, kind(c.numbers)));
    let mut sheet = Sheet::open(&mut book, &sheet_name(&grid.name), heads, &top)?;
    for row in &grid.rows {
        sheet.row(row.iter().map(|cell| match cell {
            Cell::Text(text) => Value::text(text),
            Cell::Number(n) => Value::Number(*n),
        }))?;
    }
    sheet.finish()?;
    Ok(book.save_to_buffer()?)
}

/// A name that Excel takes: short, without the characters that it keeps for itself.
fn sheet_name(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .take(NAME)
        .collect();
    if kept.trim().is_empty() { "1".to_owned() } else { kept }
}

/// The same as CSV (RFC 4180), with the mark by which spreadsheets know that it is UTF-8. Words that
/// a spreadsheet would take for a formula begin with an apostrophe.
#[must_use]
pub fn csv(grid: &Grid) -> String {
    let mut out = String::from('\u{feff}');
    let heads = grid.heads.iter().map(|c| field(&c.title)).collect::<Vec<_>>();
    out.push_str(&heads.join(","));
    out.push_str("\r\n");
    for row in &grid.rows {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            match cell {
                Cell::Text(text) => out.push_str(&field(text)),
                Cell::Number(n) => {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "{n}");
                }
            }
        }
        out.push_str("\r\n");
    }
    out
}

fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let column = |title: &str, numbers| Column { title: title.to_owned(), width: 20, numbers };
        Grid {
            name: "Biểu 1: [chi bộ]".to_owned(),
            title: "Bảng".to_owned(),
            date: jiff::civil::date(2023, 1, 1),
            heads: vec![column("Đơn vị", false), column("Đảng viên, tổng số", true)],
            rows: vec![
                vec![Cell::Text("Chi bộ \"ấp\" 1".to_owned()), Cell::Number(12)],
                vec![Cell::Text("=1+1".to_owned()), Cell::Text(String::new())],
            ],
            ..Grid::default()
        }
    }

    #[test]
    fn csv_is_quoted_where_it_must_be_and_never_a_formula() {
        let expected = "\u{feff}Đơn vị,\"Đảng viên, tổng số\"\r\n\"Chi bộ \"\"ấp\"\" 1\",12\r\n'=1+1,\r\n";
        assert_eq!(csv(&grid()), expected);
    }

    #[test]
    fn the_same_table_gives_the_same_workbook() {
        let book = xlsx(&grid()).unwrap();
        assert!(book.starts_with(b"PK"));
        assert_eq!(book, xlsx(&grid()).unwrap());
    }

    #[test]
    fn a_sheet_has_a_name_that_excel_takes() {
        assert_eq!(sheet_name("Biểu 1: [chi bộ]"), "Biểu 1 chi bộ");
        assert_eq!(sheet_name("***"), "1");
        assert_eq!(sheet_name(&"ă".repeat(40)).chars().count(), NAME);
    }
}
