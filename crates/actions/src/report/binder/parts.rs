//! A figure by the parts of the scope: committees one by one, what reports straight to it together.

use std::collections::{BTreeMap, HashMap};

use nhipcau_documents::bind::{Shown, UnitRow, UnitTable, WITHHELD};
use nhipcau_domain::{
    disclosure::Cell,
    id::{IndicatorId, UnitId},
    indicator::Indicator,
};

use super::ReportBinder;
use crate::publication::direct;

impl ReportBinder<'_> {
    /// What each part of the scope adds to a figure: committees one by one, the rest together.
    pub(super) fn by_part(&self, key: &str) -> BTreeMap<UnitId, Cell> {
        let mut cells: BTreeMap<UnitId, Cell> = BTreeMap::new();
        let Some(row) = self.rows.get(key) else { return cells };
        let mut part_of: HashMap<&UnitId, UnitId> = HashMap::new();
        let parts = self.parts();
        for (part, units) in &parts {
            part_of.extend(units.iter().map(|u| (u, part.clone())));
        }
        for c in &row.answer.contributions {
            let Some(part) = part_of.get(&c.unit) else { continue };
            let cell = cells
                .entry(part.clone())
                .or_insert(Cell { numerator: 0, denominator: c.denominator.map(|_| 0) });
            cell.numerator += c.numerator;
            cell.denominator = cell.denominator.map(|d| d + c.denominator.unwrap_or(0));
        }
        cells
    }

    pub(super) fn parts(&self) -> Vec<(UnitId, Vec<UnitId>)> {
        let tree = self.basis.tree;
        let mut parts: Vec<(UnitId, Vec<UnitId>)> = self
            .basis
            .parts()
            .iter()
            .map(|p| {
                let id = if p.scope == self.basis.scope {
                    direct(tree.id(p.scope))
                } else {
                    tree.id(p.scope).clone()
                };
                (id, p.leaves().iter().map(|l| tree.id(l.unit).clone()).collect())
            })
            .collect();
        // Committees in the tree's order, those that report straight to the scope last.
        parts.sort_by_key(|(id, _)| (id.ends_with("#direct"), tree.find(id)));
        parts
    }

    pub(super) fn part_name(&self, part: &UnitId) -> String {
        let tree = self.basis.tree;
        let direct = || self.speech.word("report-direct-units");
        tree.find(part).map_or_else(direct, |ix| tree.name(ix, self.basis.tree_day).to_owned())
    }

    /// A part's cell as the public may see it.
    pub(super) fn part_cell(&self, key: &str, part: &UnitId, cell: Cell, indicator: &Indicator) -> Shown {
        if self.publication.shows(self.setting, part, &IndicatorId::new(key)) {
            Shown::open(self.cell_words(&cell, indicator))
        } else {
            Shown::withheld(WITHHELD)
        }
    }

    /// The table of the parts, the scope's own figure below them.
    pub(super) fn communes_table(&self, keys: &[&str]) -> Option<UnitTable> {
        let indicators: Vec<&Indicator> = keys.iter().map(|k| self.indicator(k)).collect::<Option<_>>()?;
        let cells: Vec<BTreeMap<UnitId, Cell>> = keys.iter().map(|k| self.by_part(k)).collect();
        let mut rows: Vec<UnitRow> = Vec::new();
        for (part, _) in self.parts() {
            let shown = keys.iter().zip(&indicators).zip(&cells).map(|((key, indicator), cells)| {
                cells.get(&part).map(|cell| self.part_cell(key, &part, *cell, indicator))
            });
            let shown: Vec<Option<Shown>> = shown.collect();
            if shown.iter().any(Option::is_some) {
                let unit =
                    if self.basis.tree.find(&part).is_some() { part.to_string() } else { String::new() };
                rows.push(UnitRow { unit, name: self.part_name(&part), cells: shown, total: false });
            }
        }
        let total = keys
            .iter()
            .map(|k| self.rows.get(k).map(|r| self.shown(&r.answer.figure, |f| self.total_words(f))))
            .collect();
        let scope = self.basis.tree.id(self.basis.scope);
        let name = self.part_name(scope);
        rows.push(UnitRow { unit: scope.to_string(), name, cells: total, total: true });
        let columns = indicators.iter().map(|i| (i.id.to_string(), i.name.clone(), self.measure_name(i)));
        Some(UnitTable { unit_title: String::new(), columns: columns.collect(), rows })
    }
}
