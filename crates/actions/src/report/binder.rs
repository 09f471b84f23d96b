//! What a report's template is bound to: figures as the public may see them, in the report's language.

mod charts;
mod differences;
mod parts;
mod registers;
mod words;

use std::collections::HashMap;

use nhipcau_documents::{
    Binder, Speech,
    bind::{DifferenceRow, DirectiveRow, FigureRow as Row, InitiativeRow, MissingUnit, Shown, UnitTable},
    chart::Chart,
    template::Form,
};
use nhipcau_domain::{
    Date,
    figure::{Basis, Status},
    indicator::Indicator,
};
use nhipcau_store::DeadlineExtension;

use crate::{figures::FigureRow, publication::Publication, workspace::Setting};

/// Stands where there is nothing to say.
const NONE: &str = "–";

/// Figures of an edition, for its template.
pub struct ReportBinder<'a> {
    pub setting: &'a Setting,
    /// The template's language.
    pub speech: Speech,
    pub basis: &'a Basis<'a>,
    /// The figures, by their keys.
    pub rows: HashMap<&'a str, &'a FigureRow>,
    pub publication: &'a Publication,
    /// The days on which the returns were first accepted.
    pub accepted_on: Vec<Date>,
    /// Later deadlines that were granted.
    pub granted: Vec<DeadlineExtension>,
    /// What differs from the edition before; none in a first edition.
    pub differences: Option<Vec<DifferenceRow>>,
}

impl<'a> ReportBinder<'a> {
    fn indicator(&self, key: &str) -> Option<&'a Indicator> {
        self.setting.definitions.indicator(key)
    }
}

impl Binder for ReportBinder<'_> {
    fn figure(&self, key: &str, form: Form) -> Option<Shown> {
        let row = self.rows.get(key)?;
        let figure = &row.answer.figure;
        match form {
            Form::Wording => Some(self.shown(figure, |f| self.wording(f))),
            Form::Value => Some(self.shown(figure, |f| self.exact(f))),
            Form::Percent => figure.percent.then(|| self.shown(figure, |f| self.exact(f))),
            Form::Fraction => Some(self.shown(figure, |f| self.fraction(f))),
            Form::Coverage => Some(Shown::open(self.covered(figure))),
            Form::Missing => Some(Shown::open(self.speech.number(figure.coverage.missing.into()))),
            // A target or a year before that does not exist is said by a dash, not refused.
            Form::Target => Some(Shown::open(self.target(row).unwrap_or_else(|| NONE.to_owned()))),
            Form::Before => Some(self.before(row).unwrap_or_else(|| Shown::open(NONE))),
        }
    }

    fn figures(&self, keys: &[&str]) -> Option<Vec<Row>> {
        keys.iter()
            .map(|key| {
                let row = self.rows.get(key)?;
                let figure = &row.answer.figure;
                let claim = figure.status == Status::Claim;
                Some(Row {
                    key: (*key).to_owned(),
                    name: figure.name.clone(),
                    wording: self.shown(figure, |f| self.wording(f)),
                    fraction: figure.numerator.map(|_| self.shown(figure, |f| self.fraction(f))),
                    coverage: (!claim).then(|| self.covered(figure)),
                    target: self.target(row),
                    before: self.before(row),
                })
            })
            .collect()
    }

    fn communes(&self, keys: &[&str]) -> Option<UnitTable> {
        self.communes_table(keys)
    }

    fn communes_chart(&self, key: &str) -> Option<Chart> {
        self.bars(key)
    }

    fn coverage_chart(&self) -> Option<Chart> {
        self.progress()
    }

    fn missing(&self) -> Option<Vec<MissingUnit>> {
        Some(self.missing_units())
    }

    fn initiatives(&self) -> Option<Vec<InitiativeRow>> {
        Some(self.initiative_rows())
    }

    fn directives(&self) -> Option<Vec<DirectiveRow>> {
        Some(self.directive_rows())
    }

    fn differences(&self) -> Option<Vec<DifferenceRow>> {
        self.differences.clone()
    }

    fn notice(&self) -> Option<String> {
        Some(self.setting.definitions.campaign.notice.clone())
    }
}

/// A unit of measure's name in the report's language, where the campaign gives it one.
pub(super) fn measure_name(setting: &Setting, speech: Speech, id: &str) -> String {
    let Some(measure) = setting.definitions.measure(id) else { return String::new() };
    let english = speech.is_english() && !measure.name_en.is_empty();
    if english { measure.name_en.clone() } else { measure.name.clone() }
}
