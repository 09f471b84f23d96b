//! The evidence annex of an edition, for an audience.

use nhipcau_documents::{
    Speech,
    annex::{
        Annex, ContributionLine, CorrectionLine, Count, DefinitionLine, ExclusionLine, FigureLine,
        MissingLine,
    },
    bind::WITHHELD,
};
use nhipcau_domain::{
    disclosure::Audience,
    figure::{Figure, Status},
    indicator::{Formula, Indicator},
    returns,
};
use nhipcau_store::Tx;

use super::{Request, binder::measure_name};
use crate::{
    error::Result,
    explain::{self, Contributor, Explanation, UnitRef},
    figures::FigureRow,
    publication::{Publication, public_reason},
    workspace::Setting,
};

/// What annexes of one edition are about.
pub struct About<'a> {
    pub setting: &'a Setting,
    pub request: &'a Request,
    pub rows: &'a [FigureRow],
    pub explanations: Vec<Explanation>,
    /// The report's language, as its template names it.
    pub language: String,
    pub title: String,
    pub author: String,
}

impl About<'_> {
    /// Reads what each figure rests on.
    pub async fn explain(&mut self, tx: &mut Tx) -> Result<()> {
        for row in self.rows {
            let Some(indicator) = self.setting.definitions.indicator(&row.answer.figure.key) else {
                continue;
            };
            let explained =
                explain::from_answer(tx, self.setting, indicator, row.answer.clone(), self.request.tree)
                    .await?;
            self.explanations.push(explained);
        }
        Ok(())
    }

    /// The annex, as an audience may see it.
    pub fn annex(&self, publication: &Publication) -> Annex {
        let mut annex = Annex {
            language: self.language.clone(),
            title: self.title.clone(),
            notice: self.setting.definitions.campaign.notice.clone(),
            author: self.author.clone(),
            date: self.request.date,
            ..Annex::default()
        };
        for e in &self.explanations {
            self.add(&mut annex, e, publication);
        }
        annex.missing.sort_by(|a, b| (&a.form, &a.unit, &a.period).cmp(&(&b.form, &b.unit, &b.period)));
        annex.missing.dedup();
        annex.corrections.dedup();
        annex
    }

    fn speech(&self) -> Speech {
        Speech::of(&self.language)
    }

    fn add(&self, annex: &mut Annex, e: &Explanation, publication: &Publication) {
        let raw = publication.protected().audience() == Audience::Reviewer;
        let figure = &e.figure;
        let shown = raw || !publication.protected().figure(figure).is_withheld();
        annex.figures.push(self.figure(figure, shown));
        annex.definitions.push(definition(&e.indicator));
        for c in &e.contributions {
            let open = raw || publication.shows(self.setting, &c.unit.unit, &figure.key);
            annex.contributions.extend(Self::contribution(figure, c, open));
        }
        if let Some(x) = &figure.excluded {
            // Parts of an exclusion are small counts of people and stand in no protected table.
            let open = raw || !figure.people;
            annex.exclusions.extend(x.parts.iter().map(|(groups, n, d)| ExclusionLine {
                figure: figure.key.to_string(),
                groups: groups.clone(),
                numerator: count(Some(*n), open),
                denominator: count(Some(*d), open),
            }));
        }
        annex.missing.extend(e.missing.iter().map(|m| MissingLine {
            unit: m.unit.unit.to_string(),
            unit_name: m.unit.name.clone(),
            path: path(&m.unit),
            form: self.form(&m.data_set),
            period: self.period(&m.period),
            status: status_word(self.speech(), m.status),
        }));
        for c in &e.corrections {
            let reason = match public_reason(&c.reason) {
                None if !raw => self.speech().word("annex-withheld"),
                _ => c.reason.clone(),
            };
            for (element, before, after) in &c.differences {
                let of_people = self
                    .setting
                    .definitions
                    .element(element)
                    .and_then(|e| self.setting.definitions.measure(&e.measure))
                    .is_none_or(|m| m.people);
                let open = raw || !of_people;
                annex.corrections.push(CorrectionLine {
                    unit_name: c.unit.name.clone(),
                    form: self
                        .setting
                        .definitions
                        .element(element)
                        .map(|e| self.form(&e.data_set))
                        .unwrap_or_default(),
                    element: self
                        .setting
                        .definitions
                        .element(element)
                        .map(|e| e.name.clone())
                        .unwrap_or_default(),
                    before: count(before.as_ref().and_then(returns::Value::number), open),
                    after: count(after.number(), open),
                    revision: c.revision,
                    office: self.office(&c.office),
                    at: self.speech().date_time(c.at),
                    reason: reason.clone(),
                });
            }
        }
    }

    fn figure(&self, f: &Figure, shown: bool) -> FigureLine {
        let speech = self.speech();
        let rule = self.setting.definitions.indicator(&f.key).map(|i| &i.wording);
        let wording = rule.map_or_else(|| f.wording.clone(), |rule| speech.wording(f, rule));
        FigureLine {
            key: f.key.to_string(),
            name: f.name.clone(),
            wording: if shown { wording } else { WITHHELD.to_owned() },
            numerator: count(f.numerator.or(f.claimed), shown),
            denominator: count(f.denominator, shown),
            measure: if f.percent { "%".to_owned() } else { measure_name(self.setting, speech, &f.measure) },
            exclusions: f.excluded.as_ref().map(|x| x.name.clone()).unwrap_or_default(),
            as_of: self.setting.definitions.period(&f.period).map_or(f.tree, |p| p.last),
            tree: f.tree,
            status: standing_word(speech, f.status),
            expected: f.coverage.expected,
            accepted: f.coverage.accepted,
            exempt: f.coverage.exempt,
            missing: f.coverage.missing,
        }
    }

    fn contribution(figure: &Figure, c: &Contributor, open: bool) -> Vec<ContributionLine> {
        let line = |(i, source): (usize, Option<&explain::Source>)| ContributionLine {
            figure: figure.key.to_string(),
            unit: c.unit.unit.to_string(),
            unit_name: c.unit.name.clone(),
            path: path(&c.unit),
            // A unit with several returns stands on several lines; its number stands on the first.
            numerator: if i == 0 { count(Some(c.numerator), open) } else { Count::None },
            denominator: if i == 0 {
                count(c.denominator, open || c.denominator.is_none())
            } else {
                Count::None
            },
            revision: source.map_or(0, |s| s.revision),
            file: source.map(|s| s.origin.file.clone()).unwrap_or_default(),
            sheet: source.map(|s| s.origin.sheet.clone()).unwrap_or_default(),
            cell: source.map(cells).unwrap_or_default(),
        };
        if c.returns.is_empty() {
            vec![line((0, None))]
        } else {
            c.returns.iter().map(Some).enumerate().map(line).collect()
        }
    }

    fn form(&self, id: &str) -> String {
        self.setting.definitions.data_set(id).map(|d| d.name.clone()).unwrap_or_default()
    }

    fn period(&self, id: &str) -> String {
        self.setting.definitions.period(id).map(|p| p.name.clone()).unwrap_or_default()
    }

    fn office(&self, id: &str) -> String {
        let office =
            self.setting.definitions.offices.iter().find(|o| o.id.as_str() == id).map(|o| o.name.clone());
        let unit =
            || self.setting.tree.find(id).map(|ix| self.setting.tree.name(ix, self.request.date).to_owned());
        office.or_else(unit).unwrap_or_else(|| id.to_owned())
    }
}

fn count(n: Option<i64>, open: bool) -> Count {
    match n {
        Some(_) if !open => Count::Withheld,
        n => n.into(),
    }
}

fn path(unit: &UnitRef) -> String {
    unit.path.iter().rev().cloned().collect::<Vec<_>>().join(" › ")
}

fn cells(source: &explain::Source) -> String {
    source.entries.iter().filter_map(|e| e.cell.as_deref()).collect::<Vec<_>>().join(" ")
}

fn definition(indicator: &Indicator) -> DefinitionLine {
    let list = |of: &[nhipcau_domain::id::ElementId]| {
        of.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ")
    };
    let formula = match &indicator.formula {
        Formula::Count { of } => list(of),
        Formula::Ratio { numerator, denominator, exclusions } => {
            let off =
                |pick: fn(&nhipcau_domain::indicator::ExcludedPart) -> &nhipcau_domain::id::ElementId| {
                    let parts = exclusions.iter().flat_map(|x| &x.parts);
                    parts.flat_map(|p| [" - ", pick(p).as_str()]).collect::<String>()
                };
            format!(
                "({}{}) / ({}{})",
                list(numerator),
                off(|p| &p.numerator),
                list(denominator),
                off(|p| &p.denominator)
            )
        }
        Formula::Rate { of } => of.to_string(),
        Formula::Derived { sum } => sum.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
        Formula::Claim { source, .. } => source.clone(),
    };
    DefinitionLine {
        figure: indicator.id.to_string(),
        name: indicator.name.clone(),
        definition: indicator.definition.clone(),
        formula,
        quote: indicator.quote.clone().unwrap_or_default(),
    }
}

/// Where a return stands, in a document's words.
pub fn status_word(speech: Speech, status: returns::Status) -> String {
    speech.word(match status {
        returns::Status::Expected => "report-return-expected",
        returns::Status::Draft => "report-return-draft",
        returns::Status::Submitted => "report-return-submitted",
        returns::Status::Returned => "report-return-returned",
        returns::Status::Accepted => "report-return-accepted",
        returns::Status::Exempt => "report-return-exempt",
    })
}

fn standing_word(speech: Speech, status: Status) -> String {
    speech.word(match status {
        Status::Measured => "report-figure-measured",
        Status::Derived => "report-figure-derived",
        Status::Claim => "report-figure-claim",
        Status::Missing => "report-figure-missing",
        Status::Unanswerable => "report-figure-unanswerable",
    })
}
