//! What is said of a figure beside its number.

use nhipcau_actions::{
    basis::TreeDay,
    explain::{self, Correction, Explanation},
};
use nhipcau_domain::{
    figure::{Basis, Excluded, Figure, Status},
    id::UnitId,
    indicator::{Formula, Indicator},
    problem::Problem,
};

use super::{CorrectionView, ElementView, ExcludedLine, ExcludedView};
use crate::{
    numbers::{Numbers, by_name},
    page::Page,
    reading::Reading,
    routes,
    veil::Veil,
    views::{Choice, FigureLine, MissingLine, UnitLink},
};

/// Tells of a figure what its audience may see.
pub(super) struct Told<'a> {
    pub reading: &'a Reading,
    pub page: &'a Page,
    pub veil: &'a Veil,
    pub basis: &'a Basis<'a>,
    pub explained: &'a Explanation,
}

impl Told<'_> {
    pub fn figure(&self) -> &Figure {
        &self.explained.figure
    }

    pub fn link(&self, unit: &UnitId, name: &str) -> UnitLink {
        UnitLink { name: name.to_owned(), href: self.page.unit(unit) }
    }

    pub fn kind_note(&self) -> String {
        self.page.t(match self.figure().status {
            Status::Measured => "portal-kind-note-measured",
            Status::Derived => "portal-kind-note-derived",
            Status::Claim => "portal-kind-note-claim",
            Status::Missing => "portal-kind-note-missing",
            Status::Unanswerable => "portal-kind-note-unanswerable",
        })
    }

    pub fn trees(&self, chosen: TreeDay, under: impl Fn(&str) -> String) -> Vec<Choice> {
        let then = self.page.say1("portal-tree-then", "day", self.basis.period.last);
        let now = TreeDay::On(self.reading.today);
        let mut choices = vec![
            Choice { label: then, href: under(routes::TREE_THEN), current: chosen == TreeDay::Then },
            Choice {
                label: self.page.t("portal-tree-now"),
                href: under(routes::TREE_NOW),
                current: chosen == now,
            },
        ];
        if let TreeDay::On(day) = chosen
            && chosen != now
        {
            choices.push(Choice {
                label: self.page.date(&day),
                href: under(&day.to_string()),
                current: true,
            });
        }
        choices
    }

    /// Another tree's breakdown beside the period's own would give small counts away by difference.
    pub fn only_totals(&self) -> bool {
        !self.veil.is_raw() && self.figure().people && self.basis.tree_day != self.basis.period.last
    }

    pub fn excluded(&self, excluded: &Excluded) -> ExcludedView {
        let part = |(name, n, d): &(String, i64, i64)| {
            let part = self.veil.excluded(*n, *d)?;
            Some(ExcludedLine { name: name.clone(), part })
        };
        ExcludedView {
            name: excluded.name.clone(),
            total: self.veil.excluded(excluded.numerator, excluded.denominator),
            parts: excluded.parts.iter().filter_map(part).collect(),
        }
    }

    pub fn target_source(&self, line: &FigureLine) -> String {
        let targets = &self.reading.setting.definitions.targets;
        let set = targets.iter().filter(|_| line.target.is_some());
        let set = set.filter(|t| t.indicator == self.figure().key && t.period == self.figure().period);
        set.map(|t| t.source.clone()).next().unwrap_or_default()
    }

    /// The figures that a derived one is the sum of.
    pub fn parts(
        &self,
        numbers: &Numbers,
        indicator: &Indicator,
        tree: TreeDay,
    ) -> Result<Vec<FigureLine>, Problem> {
        let Formula::Derived { sum } = &indicator.formula else { return Ok(Vec::new()) };
        let parts = sum.iter().filter_map(|key| self.reading.setting.definitions.indicator(key));
        parts
            .map(|part| {
                let figure = self.basis.evaluate(part)?.figure;
                Ok(numbers.line_of(self.reading, self.page, &figure, part, tree))
            })
            .collect()
    }

    pub fn missing(&self) -> Vec<MissingLine> {
        let several = self.reading.setting.definitions.data_sets_of(&self.explained.indicator).len() > 1;
        let mut lines: Vec<MissingLine> = self
            .explained
            .missing
            .iter()
            .map(|m| {
                let form = if several { self.reading.form_name(&m.data_set) } else { String::new() };
                let part = if m.period == self.figure().period {
                    String::new()
                } else {
                    self.reading.period_name(&m.period)
                };
                MissingLine {
                    unit: self.link(&m.unit.unit, &m.unit.name),
                    under: m.unit.path.first().cloned().unwrap_or_default(),
                    form: [form, part].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", "),
                    status: m.status,
                }
            })
            .collect();
        by_name(&mut lines, |line| &line.unit.name);
        lines
    }

    pub fn elements(&self) -> Vec<ElementView> {
        let view = |e: &explain::ElementNote| ElementView {
            name: e.name.clone(),
            definition: e.definition.clone(),
            breaks: e.breaks.clone(),
        };
        self.explained.elements.iter().map(view).collect()
    }

    pub fn correction(&self, c: &Correction) -> CorrectionView {
        let difference = |(element, old, new): &(_, Option<_>, _)| {
            self.reading.difference(self.page, self.veil, element, old.as_ref(), new)
        };
        CorrectionView {
            unit: self.link(&c.unit.unit, &c.unit.name),
            href: self.page.return_page(&c.return_id.to_string()),
            revision: c.revision,
            at: self.page.time(c.at),
            office: self.reading.office_name(&c.office),
            reason: self.veil.sent_words(&c.reason),
            differences: c.differences.iter().map(difference).collect(),
        }
    }
}
