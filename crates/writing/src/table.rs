//! A table of a word processor: its cells in order, merged ones flattened.

use crate::model::{Line, Look, Piece, is_blank, push};

/// More columns than this are not a table for a page.
const WIDEST: usize = 40;
/// More rows than this are not read.
const LONGEST: usize = 5_000;

/// A table being read.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Line>>,
    row: Vec<Line>,
    cell: Option<Line>,
    /// Rows for which each column is still taken by a cell above.
    taken: Vec<usize>,
    across: usize,
    pub merged: usize,
    /// Tables inside of it: their words are joined into its cell.
    pub inner: usize,
}

impl Table {
    pub(crate) fn start_row(&mut self) {
        self.end_row();
    }

    pub(crate) fn start_cell(&mut self, across: usize, down: usize) {
        self.end_cell();
        self.fill_taken();
        let (across, down) = (across.clamp(1, WIDEST), down.clamp(1, LONGEST));
        self.merged += usize::from(across > 1 || down > 1);
        self.across = across;
        let at = self.row.len();
        for column in at..(at + across).min(WIDEST) {
            if self.taken.len() <= column {
                self.taken.resize(column + 1, 0);
            }
            if let Some(taken) = self.taken.get_mut(column) {
                *taken = down - 1;
            }
        }
        self.cell = Some(Line::new());
    }

    /// The open cell stands over that many columns.
    pub(crate) fn widen(&mut self, across: usize) {
        self.merged += usize::from(across > 1);
        self.across = across.clamp(1, WIDEST);
    }

    /// Columns that a cell above reaches into stay empty.
    fn fill_taken(&mut self) {
        while let Some(taken) = self.taken.get_mut(self.row.len()).filter(|t| **t > 0) {
            *taken -= 1;
            self.row.push(Line::new());
        }
    }

    /// Adds a paragraph to the open cell; words outside of cells are lost to no one: they open one.
    pub(crate) fn add(&mut self, line: Line) {
        if is_blank(&line) {
            return;
        }
        let cell = self.cell.get_or_insert_default();
        if !cell.is_empty() {
            push(cell, " ", &Look::default());
        }
        cell.extend(line);
    }

    pub(crate) fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let across = std::mem::replace(&mut self.across, 1).max(1);
        if self.row.len() < WIDEST {
            self.row.push(cell);
            let room = WIDEST - self.row.len();
            self.row.extend(std::iter::repeat_n(Line::new(), (across - 1).min(room)));
        } else if let Some(last) = self.row.last_mut() {
            last.push(Piece::Words(" ".to_owned(), Look::default()));
            last.extend(cell);
        }
    }

    pub(crate) fn end_row(&mut self) {
        self.end_cell();
        if self.row.is_empty() {
            return;
        }
        self.fill_taken();
        let row = std::mem::take(&mut self.row);
        if self.rows.len() < LONGEST {
            self.rows.push(row);
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Vec<Line>> {
        self.end_row();
        self.rows
    }
}
