//! Where things are on a one-unit form: by its hidden cells, which move with rows and columns;
//! without them, by the hidden sheet and the labels; without that, by what can be read on it.

use std::collections::{BTreeMap, HashMap, HashSet};

use nhipcau_domain::{dataset::DataSet, definitions::Definitions};

use crate::{
    grid::Grid,
    hidden::{Entry, Hidden},
    preamble::Preamble,
    tags::{Column, Tag},
    text::fold,
};

/// The header above the values; it is what people see of the column's identity.
pub(crate) const VALUE_HEADER: &str = "Số liệu kỳ này";
/// The header above the labels.
pub(crate) const LABEL_HEADER: &str = "Chỉ tiêu";
/// The header above the notes.
pub(crate) const NOTE_HEADER: &str = "Ghi chú";
/// The label of the explanation.
pub(crate) const EXPLANATION_LABEL: &str = "Giải trình";

/// Where a row was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) row: u32,
    /// The hidden cell's column; none where the row was found by its label.
    pub(crate) tag: Option<u16>,
}

/// What was found out about a sheet, as texts: nothing is looked up yet.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) data_set: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) period: Option<String>,
    /// The rows that show the unit's and the period's names.
    pub(crate) unit_row: Option<u32>,
    pub(crate) period_row: Option<u32>,
    /// Columns by their hidden cells.
    pub(crate) columns: HashMap<Column, u16>,
    /// Columns by their header, with the header's row.
    pub(crate) headers: HashMap<Column, Vec<(u32, u16)>>,
    /// Rows of elements and words, by tag text.
    pub(crate) rows: BTreeMap<String, Vec<Named>>,
}

impl Layout {
    /// Looks at a sheet; none where it is not a one-unit form.
    pub(crate) fn of(grid: &Grid<'_>, hidden: &Hidden) -> Option<(Self, Option<Entry>)> {
        let mut layout = Self::default();
        layout.take_tags(grid);
        layout.take_headers(grid);
        let tagged = layout.data_set.is_some() || !layout.rows.is_empty();
        let like_a_form = [Column::Label, Column::Value].iter().all(|c| layout.headers.contains_key(c));
        let entry = hidden.of(&grid.name).or_else(|| only_one(hidden).filter(|_| !tagged && like_a_form));
        if !tagged && entry.is_none() {
            let visible = layout.take_visible(grid);
            return visible.then_some((layout, None));
        }
        let by = |slot: &mut Option<String>, entry: &str| {
            if slot.is_none() && !entry.is_empty() {
                *slot = Some(entry.to_owned());
            }
        };
        // A sheet's own hidden cells are believed before the hidden sheet: they came along when the
        // sheet was copied here, or when the hidden sheet's names were left behind by a renaming.
        let same = entry.is_some_and(|e| layout.data_set.as_ref().is_none_or(|d| *d == e.data_set));
        let entry = entry.filter(|_| same).cloned();
        if let Some(e) = &entry {
            by(&mut layout.data_set, &e.data_set);
            by(&mut layout.unit, &e.unit);
            by(&mut layout.period, &e.period);
        }
        Some((layout, entry))
    }

    fn take_tags(&mut self, grid: &Grid<'_>) {
        for (row, col, text) in grid.texts() {
            let Some(tag) = Tag::parse(text) else { continue };
            match tag {
                Tag::Form(id) => self.data_set = Some(id.to_owned()),
                Tag::Unit(id) => (self.unit, self.unit_row) = (Some(id.to_owned()), Some(row)),
                Tag::Period(id) => (self.period, self.period_row) = (Some(id.to_owned()), Some(row)),
                Tag::Column(column) => drop(self.columns.insert(column, col)),
                Tag::Element(_) | Tag::Words(_) | Tag::Explanation => {
                    self.rows.entry(text.trim().to_owned()).or_default().push(Named { row, tag: Some(col) });
                }
                Tag::Wide(_) => {}
            }
        }
    }

    fn take_headers(&mut self, grid: &Grid<'_>) {
        let names: [(Column, &[&str]); 3] = [
            (Column::Value, &[VALUE_HEADER, "Số liệu", "Giá trị", "value"]),
            (Column::Label, &[LABEL_HEADER, "Tên chỉ tiêu", "Mã chỉ tiêu", "element"]),
            (Column::Note, &[NOTE_HEADER, "note"]),
        ];
        let names = names.map(|(column, texts)| (column, texts.iter().map(|t| fold(t)).collect::<Vec<_>>()));
        for (row, col, text) in grid.texts() {
            if text.len() > 60 {
                continue;
            }
            let folded = fold(text);
            for (column, texts) in &names {
                if texts.contains(&folded) {
                    self.headers.entry(*column).or_default().push((row, col));
                }
            }
        }
    }

    /// A form without any hidden part: it must say on its face what it is.
    fn take_visible(&mut self, grid: &Grid<'_>) -> bool {
        let header = |column| self.headers.get(&column).and_then(|cells| cells.first()).copied();
        let (Some(label), Some(value)) = (header(Column::Label), header(Column::Value)) else {
            return false;
        };
        if label.0 != value.0 {
            return false;
        }
        let preamble = Preamble::of(grid);
        (self.data_set, self.period, self.unit) = (preamble.data_set, preamble.period, preamble.unit);
        true
    }

    /// The column that everything agrees on; none where nothing says it, an error where the hidden
    /// cell and the header disagree or two columns claim it.
    pub(crate) fn column(&self, column: Column) -> Result<Option<u16>, ()> {
        let tagged = self.columns.get(&column).copied();
        let mut headers: Vec<u16> =
            self.headers.get(&column).into_iter().flatten().map(|(_, col)| *col).collect();
        headers.sort_unstable();
        headers.dedup();
        match (tagged, headers.as_slice()) {
            (Some(col), []) => Ok(Some(col)),
            (None, []) => Ok(None),
            (Some(col), cols) if cols.contains(&col) => Ok(Some(col)),
            (None, [col]) => Ok(Some(*col)),
            _ => Err(()),
        }
    }

    /// Finds rows by their labels, for what has no hidden cell left.
    pub(crate) fn find_by_label(
        &mut self,
        grid: &Grid<'_>,
        definitions: &Definitions,
        data_set: &DataSet,
        entry: Option<&Entry>,
    ) {
        let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
        let mut want = |tag: Tag<'_>, names: &[&str]| {
            let text = tag.text();
            if self.rows.contains_key(&text) {
                return;
            }
            let written = entry.and_then(|e| e.label(&text));
            let names = names.iter().copied().chain(written).map(fold).collect();
            wanted.push((text, names));
        };
        for id in &data_set.elements {
            let label = definitions.element(id).map_or("", |e| &*e.name);
            want(Tag::Element(id), &[label, id]);
        }
        for field in &data_set.words {
            want(Tag::Words(&field.id), &[&field.name, &field.id]);
        }
        want(Tag::Explanation, &[EXPLANATION_LABEL, "explanation"]);
        if wanted.is_empty() {
            return;
        }
        let Ok(Some(label_col)) = self.column(Column::Label) else { return };
        let taken: HashSet<u32> = self.rows.values().flatten().map(|n| n.row).collect();
        let labels: Vec<(u32, String)> = grid
            .texts()
            .filter(|(row, col, text)| *col == label_col && !taken.contains(row) && text.len() < 600)
            .map(|(row, _, text)| (row, fold(text)))
            .collect();
        for (text, names) in &wanted {
            // A label that two wanted rows share names neither of them.
            let shared =
                wanted.iter().filter(|(_, other)| other.iter().any(|n| names.contains(n))).count() > 1;
            if shared {
                continue;
            }
            for (row, label) in &labels {
                if names.contains(label) {
                    self.rows.entry(text.clone()).or_default().push(Named { row: *row, tag: None });
                }
            }
        }
    }
}

/// The hidden sheet's only form: a renamed sheet can be no other.
fn only_one(hidden: &Hidden) -> Option<&Entry> {
    match hidden.entries.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}
