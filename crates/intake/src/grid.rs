//! A sheet's cells, wherever they came from: sparse, in order, with what a value rests on.

use crate::text;

/// How a number cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// As a number.
    #[default]
    Plain,
    /// As a share.
    Percent,
    /// As a date or a time.
    Date,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content<'a> {
    Empty,
    Text(&'a str),
    /// The number as it is stored, never as a float.
    Number(&'a str),
    Bool(bool),
    /// `#REF!` and its like.
    Error(&'a str),
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) format: Format,
    /// Whether it holds a formula; its content is then the saved result.
    pub(crate) formula: bool,
}

impl<'a> Cell<'a> {
    pub(crate) const EMPTY: Self = Self { content: Content::Empty, format: Format::Plain, formula: false };

    pub(crate) fn text(text: &'a str) -> Self {
        let content = if text.is_empty() { Content::Empty } else { Content::Text(text) };
        Self { content, ..Self::EMPTY }
    }

    /// Whether a person sees nothing in it.
    pub(crate) fn is_blank(&self) -> bool {
        match self.content {
            Content::Empty => !self.formula,
            Content::Text(t) => text::is_blank(t),
            _ => false,
        }
    }

    /// What a person would call its content.
    pub(crate) fn shown(&self) -> &'a str {
        match self.content {
            Content::Empty => "",
            Content::Text(t) | Content::Number(t) | Content::Error(t) => t,
            Content::Bool(true) => "TRUE",
            Content::Bool(false) => "FALSE",
        }
    }
}

/// Where a stored cell's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Shared,
    Number,
    Bool,
    Error,
    /// A formula without a saved result.
    Nothing,
}

/// A cell as it is kept: its text lies in the grid's one buffer, or in the workbook's list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) row: u32,
    pub(crate) col: u16,
    pub(crate) kind: Kind,
    pub(crate) format: Format,
    pub(crate) formula: bool,
    /// Where the text starts; for a shared one, which.
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A list of texts in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    pub(crate) buffer: String,
    pub(crate) ends: Vec<u32>,
}

impl Strings {
    pub(crate) fn get(&self, index: u32) -> Option<&str> {
        let index = usize::try_from(index).ok()?;
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.buffer.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }
}

/// Merged cells, corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) first: (u32, u16),
    pub(crate) last: (u32, u16),
}

impl Merge {
    fn holds(&self, row: u32, col: u16) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&col)
    }

    pub(crate) fn has_row(&self, row: u32) -> bool {
        (self.first.0..=self.last.0).contains(&row)
    }

    pub(crate) fn has_col(&self, col: u16) -> bool {
        (self.first.1..=self.last.1).contains(&col)
    }
}

/// A sheet. Rows count from 1, columns from 0.
#[derive(Debug)]
pub(crate) struct Grid<'s> {
    /// Its name; empty for a CSV file.
    pub(crate) name: String,
    /// Whether people do not see it.
    pub(crate) hidden: bool,
    pub(crate) cells: Vec<Stored>,
    pub(crate) buffer: String,
    pub(crate) merges: Vec<Merge>,
    pub(crate) strings: &'s Strings,
    /// Whether dates count from 1904.
    pub(crate) from_1904: bool,
}

impl Grid<'_> {
    pub(crate) fn read(&self, stored: &Stored) -> Cell<'_> {
        let own = || {
            let start = usize::try_from(stored.start).unwrap_or(usize::MAX);
            let end = start.saturating_add(usize::try_from(stored.len).unwrap_or(usize::MAX));
            self.buffer.get(start..end).unwrap_or("")
        };
        let content = match stored.kind {
            Kind::Text => Content::Text(own()),
            Kind::Shared => Content::Text(self.strings.get(stored.start).unwrap_or("")),
            Kind::Number => Content::Number(own()),
            Kind::Bool => Content::Bool(own().trim() == "1"),
            Kind::Error => Content::Error(own()),
            Kind::Nothing => Content::Empty,
        };
        Cell { content, format: stored.format, formula: stored.formula }
    }

    /// The cell there; an empty one where nothing is stored.
    pub(crate) fn at(&self, row: u32, col: u16) -> Cell<'_> {
        match self.cells.binary_search_by_key(&(row, col), |c| (c.row, c.col)) {
            Ok(i) => self.cells.get(i).map_or(Cell::EMPTY, |c| self.read(c)),
            Err(_) => Cell::EMPTY,
        }
    }

    /// The cells of a row, in order.
    pub(crate) fn row(&self, row: u32) -> &[Stored] {
        let from = self.cells.partition_point(|c| c.row < row);
        let rest = self.cells.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|c| c.row == row)).unwrap_or_default()
    }

    /// Every row that has a cell, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u32, &[Stored])> {
        self.cells.chunk_by(|a, b| a.row == b.row).filter_map(|cells| Some((cells.first()?.row, cells)))
    }

    /// Every text, with its row and column.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (u32, u16, &str)> {
        self.cells.iter().filter_map(|c| match self.read(c).content {
            Content::Text(t) => Some((c.row, c.col, t)),
            _ => None,
        })
    }

    /// The merge that a cell is part of.
    pub(crate) fn merge_at(&self, row: u32, col: u16) -> Option<&Merge> {
        self.merges.iter().find(|m| m.holds(row, col))
    }

    /// First and last rows of the merged stretches, in order, those that touch joined.
    pub(crate) fn merged_rows(&self, of: impl Fn(&Merge) -> bool) -> Vec<(u32, u32)> {
        let mut rows: Vec<(u32, u32)> =
            self.merges.iter().filter(|m| of(m)).map(|m| (m.first.0, m.last.0)).collect();
        rows.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in rows {
            match joined.last_mut().filter(|j| first <= j.1) {
                Some(stretch) => stretch.1 = stretch.1.max(last),
                None => joined.push((first, last)),
            }
        }
        joined
    }

    /// Whether nothing can be seen in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| self.read(c).is_blank())
    }
}

/// A column's letters: 0 is `A`.
pub(crate) fn letters(col: u16) -> String {
    let mut n = u32::from(col) + 1;
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    out.iter().rev().collect()
}

/// A cell's address, such as `D7`.
pub(crate) fn address(row: u32, col: u16) -> String {
    format!("{}{row}", letters(col))
}

/// Reads an address: row from 1 and column from 0, within what a workbook can have.
pub(crate) fn parse_address(text: &str) -> Option<(u32, u16)> {
    let text = text.as_bytes();
    let mut col = 0_u32;
    let mut row = 0_u32;
    let mut at = 0;
    while let Some(b) = text.get(at).filter(|b| b.is_ascii_alphabetic()) {
        col = col.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1)?;
        at += 1;
    }
    while let Some(b) = text.get(at).filter(|b| b.is_ascii_digit()) {
        row = row.checked_mul(10)?.checked_add(u32::from(b - b'0'))?;
        at += 1;
    }
    let within = at == text.len() && (1..=16_384).contains(&col) && (1..=1_048_576).contains(&row);
    within.then_some(())?;
    Some((row, u16::try_from(col - 1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_both_ways() {
        for (text, place) in
            [("A1", (1, 0)), ("Z9", (9, 25)), ("AA10", (10, 26)), ("XFD1048576", (1_048_576, 16_383))]
        {
            assert_eq!(parse_address(text), Some(place));
            assert_eq!(address(place.0, place.1), text);
        }
        for text in ["", "A", "7", "A0", "XFE1", "A1048577", "A1B", "ÂÂ", "AAAAAAAAAAAA1", "A99999999999"] {
            assert_eq!(parse_address(text), None, "{text}");
        }
    }
}
