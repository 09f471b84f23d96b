//! The hidden sheet `_nhipcau`: which sheet is whose form, with the labels as they were written.
//! It is what is left when somebody deletes a form's hidden column.

use crate::grid::Grid;

/// The sheet's name.
pub(crate) const NAME: &str = "_nhipcau";

/// More lines than forms fit into one workbook.
const MOST_ROWS: usize = 50_000;

/// What the hidden sheet says of one visible sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) sheet: String,
    pub(crate) data_set: String,
    pub(crate) unit: String,
    pub(crate) unit_name: String,
    pub(crate) period: String,
    pub(crate) period_name: String,
    /// Tag and label of each row, as written.
    pub(crate) rows: Vec<(String, String)>,
}

impl Entry {
    /// The label that a tag's row had when the template was written.
    pub(crate) fn label(&self, tag: &str) -> Option<&str> {
        self.rows.iter().find(|(t, _)| t == tag).map(|(_, label)| &**label)
    }
}

/// What the hidden sheet says; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) entries: Vec<Entry>,
}

impl Hidden {
    /// Reads the sheet; lines that it does not know are left out.
    pub(crate) fn read(grid: &Grid<'_>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (row, _) in grid.rows().take(MOST_ROWS) {
            let text = |col: u16| grid.at(row, col).shown().to_owned();
            match grid.at(row, 0).shown() {
                "sheet" => entries.push(Entry {
                    sheet: text(1),
                    data_set: text(2),
                    unit: text(3),
                    unit_name: text(4),
                    period: text(5),
                    period_name: text(6),
                    rows: Vec::new(),
                }),
                "row" => {
                    if let Some(entry) = entries.last_mut() {
                        entry.rows.push((text(1), text(2)));
                    }
                }
                _ => {}
            }
        }
        Self { entries }
    }

    /// The lines to write.
    pub(crate) fn lines(&self) -> Vec<Vec<&str>> {
        let mut lines = vec![vec!["nhipcau", "1"]];
        for e in &self.entries {
            lines.push(vec![
                "sheet",
                &e.sheet,
                &e.data_set,
                &e.unit,
                &e.unit_name,
                &e.period,
                &e.period_name,
            ]);
            lines.extend(e.rows.iter().map(|(tag, label)| vec!["row", &**tag, &**label]));
        }
        lines
    }

    /// What it says of a sheet of that name.
    pub(crate) fn of(&self, sheet: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.sheet == sheet)
    }
}
