//! Reads one unit's form into a submission, or into sentences that say why not.

use std::collections::BTreeSet;

use nhipcau_domain::{
    dataset::DataSet,
    id::ElementId,
    period::Period,
    problem::{Problem, Severity},
    returns::{Entry, Origin, ReturnKey, Submission, Value},
};

use crate::{
    UnitInfo, World,
    grid::{Cell, Grid, address},
    hidden,
    layout::{Layout, Named},
    place::Where,
    resolve,
    tags::{Column, Tag},
    text::{clean, fold, short, tidy},
    value,
};

/// What reading a form came to.
pub(crate) struct Found {
    /// Which return it is, as far as that could be said.
    pub(crate) key: Option<ReturnKey>,
    /// What it says; none where something in it would be a guess.
    pub(crate) submission: Option<Submission>,
    pub(crate) problems: Vec<Problem>,
}

/// A form whose unit, data set and period are known.
struct Form<'a> {
    world: &'a dyn World,
    grid: &'a Grid<'a>,
    at: Where<'a>,
    layout: Layout,
    entry: Option<hidden::Entry>,
    data_set: &'a DataSet,
    period: &'a Period,
    unit: UnitInfo,
    value_col: u16,
    label_col: Option<u16>,
    problems: Vec<Problem>,
}

/// Reads the form that `layout` was found for.
pub(crate) fn read<'a>(
    world: &'a dyn World,
    grid: &'a Grid<'a>,
    at: Where<'a>,
    sha256: &str,
    (layout, entry): (Layout, Option<hidden::Entry>),
) -> Found {
    match Form::open(world, grid, at, layout, entry) {
        Ok(form) => form.read(sha256),
        Err(problems) => Found { key: None, submission: None, problems },
    }
}

impl<'a> Form<'a> {
    fn open(
        world: &'a dyn World,
        grid: &'a Grid<'a>,
        at: Where<'a>,
        mut layout: Layout,
        entry: Option<hidden::Entry>,
    ) -> Result<Self, Vec<Problem>> {
        let definitions = world.definitions();
        let fail = |p: Problem| vec![at.sheet(p)];
        let Some(data_set) = layout.data_set.as_deref() else {
            let expected = resolve::forms(definitions);
            return Err(fail(Problem::new("intake-form-unnamed").with("expected", expected)));
        };
        let data_set = resolve::data_set(definitions, data_set).map_err(|p| fail(*p))?;
        let mut problems = Vec::new();
        let unit = match layout.unit.as_deref() {
            Some(unit) => resolve::unit(world, unit).map_err(|p| *p),
            None => Err(Problem::new("intake-unit-unnamed")),
        };
        let period = match layout.period.as_deref() {
            Some(period) => resolve::period(definitions, data_set, period).map_err(|p| *p),
            None => Err(Problem::new("intake-period-unnamed")),
        };
        let value_col = match layout.column(Column::Value) {
            Ok(Some(col)) => Ok(col),
            Ok(None) => Err(Problem::new("intake-no-value-column")),
            Err(()) => Err(Problem::new("intake-value-column-unclear")),
        };
        let label_col = layout.column(Column::Label).ok().flatten();
        layout.find_by_label(grid, definitions, data_set, entry.as_ref());
        match (unit, period, value_col) {
            (Ok(unit), Ok(period), Ok(value_col)) => Ok(Self {
                world,
                grid,
                at,
                layout,
                entry,
                data_set,
                period,
                unit,
                value_col,
                label_col,
                problems,
            }),
            (unit, period, value_col) => {
                let name = unit.as_ref().map(|u| u.id.clone()).ok();
                problems.extend([unit.err(), period.err(), value_col.err()].into_iter().flatten());
                let name_it = |p: Problem| match &name {
                    Some(id) => p.with("unit", id),
                    None => p,
                };
                Err(problems.into_iter().map(|p| at.sheet(name_it(p))).collect())
            }
        }
    }

    fn read(mut self, sha256: &str) -> Found {
        self.check_face();
        let entries: Vec<Entry> =
            self.data_set.elements.clone().into_iter().filter_map(|id| self.entry(id)).collect();
        self.look_for_lost_values();
        let words = self.words();
        let explanation = self.explanation();
        let key = ReturnKey {
            unit: self.unit.id.clone(),
            data_set: self.data_set.id.clone(),
            period: self.period.id.clone(),
        };
        let refused = self.problems.iter().any(|p| p.severity == Severity::Refuse);
        let untouched = !refused && words.is_empty() && entries.iter().all(|e| self.is_untouched(e));
        if untouched {
            let problem = Problem::new("intake-form-empty").severity(Severity::Notice);
            self.tell(problem.with("form", &*self.data_set.name).with("unit_name", &*self.unit.name));
        }
        let whole = !refused && !untouched;
        let submission = whole.then(|| Submission {
            key: key.clone(),
            entries,
            words,
            explanation,
            origin: Origin {
                file: self.at.file.to_owned(),
                sha256: sha256.to_owned(),
                sheet: self.at.sheet.to_owned(),
            },
        });
        Found { key: Some(key), submission, problems: self.problems }
    }

    fn tell(&mut self, problem: Problem) {
        let problem = problem.with("unit", &self.unit.id);
        self.problems.push(self.at.sheet(problem));
    }

    fn tell_at(&mut self, problem: Problem, row: u32, col: u16) {
        let problem = self.at.cell(problem.with("unit", &self.unit.id), row, col);
        self.problems.push(problem);
    }

    /// Nothing was entered: said by an empty cell, not by the words “không báo cáo”.
    fn is_untouched(&self, entry: &Entry) -> bool {
        let place = entry.cell.as_deref().and_then(crate::grid::parse_address);
        entry.value == Value::NotReported && place.is_none_or(|(row, col)| self.grid.at(row, col).is_blank())
    }

    /// Somebody who types another unit's name over a form means that unit, or not: ask.
    fn check_face(&mut self) {
        let unit =
            (self.layout.unit_row, self.unit.name.clone(), self.entry.as_ref().map(|e| e.unit_name.clone()));
        let period = (
            self.layout.period_row,
            self.period.name.clone(),
            self.entry.as_ref().map(|e| e.period_name.clone()),
        );
        for ((row, name, written), is_unit) in [(unit, true), (period, false)] {
            let Some(row) = row else { continue };
            let seen: Vec<(u16, String)> = self
                .grid
                .row(row)
                .iter()
                .map(|c| (c.col, clean(self.grid.read(c).shown())))
                .filter(|(_, t)| !t.is_empty() && Tag::parse(t).is_none() && !t.ends_with(':'))
                .collect();
            let expected = [Some(fold(&name)), written.map(|w| fold(&w))];
            let agrees = seen.iter().any(|(_, t)| expected.contains(&Some(fold(t))));
            if let Some((col, found)) = seen.first().filter(|_| !agrees) {
                let problem = if is_unit {
                    Problem::new("intake-unit-retyped")
                } else {
                    Problem::new("intake-period-retyped")
                };
                self.tell_at(problem.with("found", short(found, 80)).with("expected", name), row, *col);
            }
        }
    }

    fn label(&self, id: &str) -> String {
        self.world.definitions().element(id).map_or_else(|| id.to_owned(), |e| e.name.clone())
    }

    /// One element's answer; a problem where it cannot be said.
    fn entry(&mut self, id: ElementId) -> Option<Entry> {
        let label = self.label(&id);
        let rows = self.layout.rows.get(&Tag::Element(&id).text()).cloned().unwrap_or_default();
        let named = match rows.as_slice() {
            [one] => *one,
            [] => {
                self.tell(Problem::new("intake-row-missing").with("label", label));
                return None;
            }
            [first, second, ..] => {
                let problem = Problem::new("intake-row-twice")
                    .with("label", label)
                    .with("first", address(first.row, self.value_col))
                    .with("second", address(second.row, self.value_col));
                let row = second.row;
                self.tell_at(problem, row, self.value_col);
                return None;
            }
        };
        if let Some(other) = self.other_label(&id, named) {
            let col = self.label_col.unwrap_or(self.value_col);
            let problem =
                Problem::new("intake-row-contradiction").with("found", other).with("expected", label);
            self.tell_at(problem, named.row, col);
            return None;
        }
        let (cell, row, col) = self.value_cell(named, &label)?;
        match value::read(cell, &self.world.definitions().exempt_reasons, self.grid.from_1904) {
            Ok(value) => Some(Entry { element: id, value, cell: Some(address(row, col)) }),
            Err(problem) => {
                self.tell_at(problem.with("label", label), row, col);
                None
            }
        }
    }

    /// The label on the row, where it is that of another element: rows were sorted or pasted over.
    fn other_label(&self, id: &str, named: Named) -> Option<String> {
        named.tag?;
        let seen = self.grid.at(named.row, self.label_col?).shown();
        let folded = fold(seen);
        let definitions = self.world.definitions();
        let labels_of = |id: &str| {
            let tag = Tag::Element(id).text();
            let written = self.entry.as_ref().and_then(|e| e.label(&tag)).map(fold);
            [definitions.element(id).map(|e| fold(&e.name)), written]
        };
        if folded.is_empty() || labels_of(id).contains(&Some(folded.clone())) {
            return None;
        }
        let mut others = self.data_set.elements.iter().filter(|other| other.as_str() != id);
        others.any(|other| labels_of(other).contains(&Some(folded.clone()))).then(|| short(seen, 80))
    }

    /// The cell that holds a row's value, through a merge where that is plain.
    fn value_cell(&mut self, named: Named, label: &str) -> Option<(Cell<'a>, u32, u16)> {
        let (row, col) = (named.row, self.value_col);
        let Some(merge) = self.grid.merge_at(row, col).copied() else {
            return Some((self.grid.at(row, col), row, col));
        };
        let rows_in = self.layout.rows.values().flatten().filter(|n| merge.has_row(n.row)).count();
        let mut known = self.layout.columns.values().copied().chain(self.label_col);
        let columns_in = known.any(|c| c != col && merge.has_col(c));
        let (first_row, first_col) = merge.first;
        let cell = self.grid.at(first_row, first_col);
        if rows_in > 1 || (columns_in && !cell.is_blank()) {
            let problem =
                Problem::new("intake-merged").with("label", label).with("found", short(cell.shown(), 40));
            self.tell_at(problem, first_row, first_col);
            return None;
        }
        Some((cell, first_row, first_col))
    }

    /// Values in rows that nothing names: said, so that nobody thinks they were taken.
    fn look_for_lost_values(&mut self) {
        let elements = self.data_set.elements.iter().map(|id| Tag::Element(id).text());
        let words = self.data_set.words.iter().map(|field| Tag::Words(&field.id).text());
        let known: BTreeSet<u32> = elements
            .chain(words)
            .chain([Tag::Explanation.text()])
            .filter_map(|tag| self.layout.rows.get(&tag))
            .flatten()
            .map(|n| n.row)
            .collect();
        let Some(first) = known.first().copied() else { return };
        let merged: Vec<(u32, u32)> = self.grid.merged_rows(|merge| merge.has_col(self.value_col));
        let is_merged = |row: u32| {
            let before = merged.partition_point(|(first, _)| *first <= row);
            before.checked_sub(1).and_then(|i| merged.get(i)).is_some_and(|(_, last)| row <= *last)
        };
        let strange: Vec<(u32, String, bool)> = self
            .grid
            .cells
            .iter()
            .filter(|c| c.col == self.value_col && c.row > first && !known.contains(&c.row))
            .map(|c| (c.row, self.grid.read(c)))
            .filter(|(row, c)| !c.is_blank() && !is_merged(*row))
            .take(20)
            .map(|(row, c)| (row, short(c.shown(), 40), self.names_unknown_element(row)))
            .collect();
        for (row, found, gone) in strange {
            let problem = if gone {
                Problem::new("intake-row-unknown")
            } else {
                Problem::new("intake-row-not-read").severity(Severity::Notice)
            };
            self.tell_at(problem.with("found", found), row, self.value_col);
        }
    }

    /// Whether a hidden cell names something that the form does not have (any more).
    fn names_unknown_element(&self, row: u32) -> bool {
        self.grid
            .row(row)
            .iter()
            .any(|c| matches!(Tag::parse(self.grid.read(c).shown()), Some(Tag::Element(_))))
    }

    fn words(&mut self) -> Vec<(String, String)> {
        let fields = &self.data_set.words;
        fields
            .iter()
            .filter_map(|field| {
                let text = self.answer(&Tag::Words(&field.id))?;
                Some((field.id.clone(), text))
            })
            .collect()
    }

    /// What stands right of the label, in words.
    fn answer(&self, tag: &Tag<'_>) -> Option<String> {
        let named = self.layout.rows.get(&tag.text())?.first()?;
        let after = self.label_col.unwrap_or(0);
        let cells = self.grid.row(named.row).iter();
        let texts: Vec<String> = cells
            .filter(|c| c.col > after && Some(c.col) != named.tag)
            .map(|c| tidy(&clean(self.grid.read(c).shown())))
            .filter(|t| !t.is_empty())
            .collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// The explanation, and the notes beside the values: each was written to explain.
    fn explanation(&self) -> String {
        let mut lines: Vec<String> = self.answer(&Tag::Explanation).into_iter().collect();
        if let Ok(Some(col)) = self.layout.column(Column::Note) {
            for id in &self.data_set.elements {
                let named = self.layout.rows.get(&Tag::Element(id).text()).and_then(|r| r.first());
                let note = named.map(|n| tidy(&clean(self.grid.at(n.row, col).shown()))).unwrap_or_default();
                if !note.is_empty() {
                    lines.push(format!("{}: {note}", self.label(id)));
                }
            }
        }
        lines.join("\n")
    }
}
