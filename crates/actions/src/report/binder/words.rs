//! How figures are said in the report's language.

use nhipcau_documents::bind::{Shown, WITHHELD};
use nhipcau_domain::{
    disclosure::{Cell, small},
    figure::{Figure, Status},
    indicator::Indicator,
};

use super::ReportBinder;
use crate::figures::FigureRow;

/// Decimals of a share where its indicator says nothing.
const DECIMALS: u8 = 1;

impl ReportBinder<'_> {
    /// Whether a figure that stands in no table of this publication is withheld: too small for the public,
    /// or a count of people of a part of a period.
    pub(super) fn hides(&self, figure: &Figure) -> bool {
        let threshold = self.setting.definitions.campaign.small_cell_threshold;
        let cell = figure.numerator.map(|numerator| Cell { numerator, denominator: figure.denominator });
        let too_small = |c: &Cell| self.publication.withholds_people() || small(c, threshold);
        figure.people && cell.as_ref().is_some_and(too_small)
    }

    /// A figure as the public may see it.
    pub(super) fn shown(&self, figure: &Figure, words: impl FnOnce(&Figure) -> String) -> Shown {
        match figure.status {
            Status::Missing => Shown::open(self.speech.word("report-no-data")),
            Status::Unanswerable => Shown::open(self.speech.word("report-undecided")),
            _ if self.publication.protected().figure(figure).is_withheld() => Shown::withheld(WITHHELD),
            _ => Shown::open(words(figure)),
        }
    }

    /// The same period of the year before, as the public may see it.
    pub(super) fn before(&self, row: &FigureRow) -> Option<Shown> {
        let before = row.before.as_ref()?;
        Some(if self.hides(before) { Shown::withheld(WITHHELD) } else { Shown::open(self.wording(before)) })
    }

    /// The target set for a figure.
    pub(super) fn target(&self, row: &FigureRow) -> Option<String> {
        let sign = if row.answer.figure.percent { "%" } else { "" };
        row.target.map(|t| format!("{}{sign}", self.speech.number(t)))
    }

    /// A figure as its rule words it.
    pub(super) fn wording(&self, figure: &Figure) -> String {
        let rule = self.indicator(&figure.key).map(|i| &i.wording);
        rule.map_or_else(|| figure.wording.clone(), |rule| self.speech.wording(figure, rule))
    }

    /// A figure with all its digits: a share with its decimals, or the count.
    pub(super) fn exact(&self, figure: &Figure) -> String {
        match (figure.numerator, figure.denominator) {
            (Some(n), Some(d)) => self.speech.share(n, d, self.decimals(&figure.key)),
            _ => self.count(figure),
        }
    }

    /// Numerator and denominator, or the count.
    pub(super) fn fraction(&self, figure: &Figure) -> String {
        match (figure.numerator, figure.denominator) {
            (Some(n), Some(d)) => self.over(n, d),
            _ => self.count(figure),
        }
    }

    /// What a figure rests on: returns accepted over returns owed.
    pub(super) fn covered(&self, figure: &Figure) -> String {
        self.over(figure.coverage.accepted.into(), figure.coverage.expected.into())
    }

    /// A share as its rule words it, with what it is made of; a count as its rule words it.
    pub(super) fn with_fraction(&self, figure: &Figure) -> String {
        let words = self.wording(figure);
        if figure.percent { format!("{words} ({})", self.fraction(figure)) } else { words }
    }

    /// A figure below the cells of its parts.
    pub(super) fn total_words(&self, figure: &Figure) -> String {
        match (figure.numerator, figure.denominator) {
            (Some(n), Some(d)) => self.share_of(n, d, DECIMALS),
            _ => self.count(figure),
        }
    }

    /// A part's cell.
    pub(super) fn cell_words(&self, cell: &Cell, indicator: &Indicator) -> String {
        match cell.denominator {
            Some(d) => self.share_of(cell.numerator, d, indicator.wording.decimals.unwrap_or(DECIMALS)),
            None => self.speech.number(cell.numerator),
        }
    }

    /// An indicator's unit of measure.
    pub(super) fn measure_name(&self, indicator: &Indicator) -> String {
        super::measure_name(self.setting, self.speech, &indicator.measure)
    }

    fn decimals(&self, key: &str) -> u8 {
        self.indicator(key).and_then(|i| i.wording.decimals).unwrap_or(DECIMALS)
    }

    fn count(&self, figure: &Figure) -> String {
        figure.value().map(|n| self.speech.number(n)).unwrap_or_default()
    }

    fn over(&self, n: i64, d: i64) -> String {
        format!("{}/{}", self.speech.number(n), self.speech.number(d))
    }

    fn share_of(&self, n: i64, d: i64, decimals: u8) -> String {
        format!("{} ({})", self.over(n, d), self.speech.share(n, d, decimals))
    }
}
