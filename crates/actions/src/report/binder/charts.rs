//! Charts: a figure by part, and how returns came in.

use std::collections::BTreeMap;

use nhipcau_documents::chart::{Bar, Bars, Chart, CoverageChart};
use nhipcau_domain::{Date, figure::Owed, returns::Status};

use super::ReportBinder;
use crate::basis::due;

impl ReportBinder<'_> {
    /// A bar a part.
    pub(super) fn bars(&self, key: &str) -> Option<Chart> {
        let indicator = self.indicator(key)?;
        let percent = self.rows.get(key)?.answer.figure.percent;
        let cells = self.by_part(key);
        let mut bars = Vec::new();
        for (part, _) in self.parts() {
            let Some(cell) = cells.get(&part) else { continue };
            let shown = self.part_cell(key, &part, *cell, indicator);
            let length = match cell.denominator {
                Some(0) => None,
                Some(d) => i64::try_from(i128::from(cell.numerator) * 1000 / i128::from(d)).ok(),
                None => Some(cell.numerator),
            };
            bars.push(if shown.withheld {
                Bar { label: self.part_name(&part), text: String::new(), length: None, withheld: true }
            } else {
                Bar { label: self.part_name(&part), text: shown.text, length, withheld: false }
            });
        }
        Some(Chart::Bars(Bars { title: indicator.name.clone(), percent, bars }))
    }

    /// How returns came in, with the last day on which those who owe the widest form may report.
    pub(super) fn progress(&self) -> Option<Chart> {
        let owed = self.basis.owed();
        let mut days: BTreeMap<Date, u32> = BTreeMap::new();
        for day in &self.accepted_on {
            *days.entry(*day).or_default() += 1;
        }
        let mut sum = 0;
        let days: Vec<(Date, u32)> = days
            .into_iter()
            .map(|(day, n)| {
                sum += n;
                (day, sum)
            })
            .collect();
        let forms = &self.setting.definitions.data_sets;
        let widest = forms.iter().max_by_key(|f| owed.iter().filter(|o| o.data_set == f.id).count());
        let due_day = |o: &Owed| {
            let form = widest.filter(|f| f.id == o.data_set)?;
            due(self.setting, &self.granted, form, self.setting.definitions.period(&o.period)?, o.unit)
        };
        let deadline = owed.iter().filter_map(due_day).max();
        let expected = u32::try_from(owed.iter().filter(|o| o.status != Status::Exempt).count()).ok()?;
        Some(Chart::Coverage(CoverageChart {
            title: self.speech.word("report-coverage-title"),
            expected,
            days,
            deadline,
        }))
    }
}
