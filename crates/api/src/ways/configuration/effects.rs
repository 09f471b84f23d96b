//! What a change would do, as the dry run finds it.

use nhipcau_actions::{
    Setting,
    configuration::{
        CheckChange, Edit, FigureChange, FormChange, OwedChange, Preview, TotalChange, TotalsChange,
    },
};
use nhipcau_domain::{
    Date,
    id::{PeriodId, UnitId},
    problem::Severity,
};
use nhipcau_messages::Lang;
use nhipcau_store::EditionSummary;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ConfigurationPins,
    differences::{MOST, RecordEffect},
    edits::{ConfigurationEdit, UnitEvent},
};
use crate::{
    shape::{Named, Said, Weight},
    ways::figures::Figure,
};

/// The most units that are named at a line.
const NAMED: usize = 100;

/// What a change would do, reckoned on what has been reported so far. Nothing has changed yet.
#[derive(Serialize, ToSchema)]
pub(super) struct DryRun {
    /// The change, as it is to be handed on to be carried out.
    change: ConfigurationEdit,
    /// What this dry run was made of, to be handed on with it.
    pins: ConfigurationPins,
    /// Whether it would change nothing.
    nothing: bool,
    /// Records that differ, at most 500.
    records: Vec<RecordEffect>,
    /// What happens to units: at most 500 events.
    events: Vec<UnitEvent>,
    /// Events on record that the files leave out: the record of units is only added to, so they stay.
    events_left_out: usize,
    /// Worth knowing.
    warnings: Vec<Said>,
    /// Figures of the campaign's scope that are said otherwise, at most 500.
    figures: Vec<FigureEffect>,
    /// Totals of units that change, by form and period, at most 500.
    totals: Vec<TotalsEffect>,
    /// Who comes to owe a return and who owes it no longer, by form and period, at most 500.
    owed: Vec<OwedEffect>,
    /// Forms that ask something else.
    forms: Vec<FormEffect>,
    /// What changed checks say of accepted returns of the newest period, at most 500.
    checks: Vec<CheckEffect>,
    /// Frozen editions of periods whose numbers change: they stay as they are.
    editions: Vec<EditionEffect>,
    /// How many more there are than are listed.
    more: MoreEffects,
    /// How many periods were looked at: those with returns, and those that today is in.
    tried: usize,
    /// Periods with returns that were not looked at, because it would take too long. When the change is
    /// carried out they are made anew in full.
    left_out: Vec<Named>,
}

/// How many more there are than are listed.
#[derive(Serialize, ToSchema)]
struct MoreEffects {
    /// Records.
    records: usize,
    /// Events of units.
    events: usize,
    /// Figures.
    figures: usize,
    /// Forms and periods with totals that change.
    totals: usize,
    /// Forms and periods of which others owe a return.
    owed: usize,
    /// Checks.
    checks: usize,
}

/// A figure that is said otherwise.
#[derive(Serialize, ToSchema)]
struct FigureEffect {
    /// Its indicator.
    indicator: Named,
    /// For which period.
    period: Named,
    /// How it stands; none where there is no such figure.
    before: Option<Figure>,
    /// How it would stand.
    after: Option<Figure>,
}

/// Totals of a form and period that change.
#[derive(Serialize, ToSchema)]
struct TotalsEffect {
    /// The form.
    data_set: Named,
    /// The period.
    period: Named,
    /// How many units come to something else.
    units: usize,
    /// The first of what changes.
    some: Vec<TotalEffect>,
}

/// What a unit comes to, of one element.
#[derive(Serialize, ToSchema)]
struct TotalEffect {
    /// The unit.
    unit: Named,
    /// What is counted.
    element: Named,
    /// As it stands; none where nothing is counted.
    before: Option<Summed>,
    /// As it would stand.
    after: Option<Summed>,
}

/// A sum.
#[derive(Serialize, ToSchema)]
struct Summed {
    /// The sum.
    sum: i64,
    /// On how many answers it rests.
    answers: i64,
}

/// Who owes a form for a period.
#[derive(Serialize, ToSchema)]
struct OwedEffect {
    /// The form.
    data_set: Named,
    /// The period.
    period: Named,
    /// How many returns are owed, as it stands.
    before: usize,
    /// How many would be.
    after: usize,
    /// Who comes to owe it.
    joined: SomeUnits,
    /// Who owes it no longer.
    left: SomeUnits,
}

/// Units.
#[derive(Serialize, ToSchema)]
struct SomeUnits {
    /// How many.
    count: usize,
    /// The first hundred of them.
    units: Vec<Named>,
}

/// A form that would ask something else.
#[derive(Serialize, ToSchema)]
struct FormEffect {
    /// The form.
    data_set: Named,
    /// How many units have it before them now.
    units: usize,
}

/// What a check says of the accepted returns of its form's newest period.
#[derive(Serialize, ToSchema)]
struct CheckEffect {
    /// The check's name.
    check: String,
    /// How it weighs; none where it is gone.
    severity: Option<Weight>,
    /// The form.
    data_set: Named,
    /// The period.
    period: Named,
    /// How many returns there are.
    returns: usize,
    /// On how many it was tried.
    tried: usize,
    /// Of how many it speaks, as it stands.
    before: usize,
    /// Of how many it would speak.
    after: usize,
    /// Some of those of which it would speak.
    examples: Vec<CheckExample>,
}

/// A return of which a check would speak.
#[derive(Serialize, ToSchema)]
struct CheckExample {
    /// Whose it is.
    unit: Named,
    /// What the check would say.
    said: Said,
}

/// A frozen edition of a period whose numbers change.
#[derive(Serialize, ToSchema)]
struct EditionEffect {
    /// The report's name.
    report: String,
    /// The edition's number.
    number: u32,
    /// For which period.
    period: Named,
}

/// What the change's setting calls things, on a day.
struct Names<'a> {
    setting: &'a Setting,
    today: Date,
}

impl Names<'_> {
    fn unit(&self, id: &UnitId) -> Named {
        let tree = &self.setting.tree;
        let name = tree.find(id).map_or(id.as_str(), |ix| tree.name(ix, self.today));
        Named::new(id.as_str(), name)
    }

    fn units(&self, ids: &[UnitId]) -> SomeUnits {
        SomeUnits { count: ids.len(), units: ids.iter().take(NAMED).map(|id| self.unit(id)).collect() }
    }

    fn form(&self, id: &str) -> Named {
        Named::new(id, self.setting.definitions.data_set(id).map_or(id, |f| f.name.as_str()))
    }

    fn period(&self, id: &PeriodId) -> Named {
        Named::new(id.as_str(), self.setting.definitions.period(id).map_or(id.as_str(), |p| p.name.as_str()))
    }

    fn figure(&self, change: &FigureChange) -> FigureEffect {
        FigureEffect {
            indicator: Named::new(change.indicator.as_str(), change.name.as_str()),
            period: self.period(&change.period),
            before: change.before.as_ref().map(Figure::of),
            after: change.after.as_ref().map(Figure::of),
        }
    }

    fn totals(&self, change: &TotalsChange) -> TotalsEffect {
        let summed = |(sum, answers): (i64, i64)| Summed { sum, answers };
        let total = |t: &TotalChange| {
            let element = self.setting.definitions.element(&t.element);
            TotalEffect {
                unit: self.unit(&t.unit),
                element: Named::new(
                    t.element.as_str(),
                    element.map_or(t.element.as_str(), |e| e.name.as_str()),
                ),
                before: t.before.map(summed),
                after: t.after.map(summed),
            }
        };
        TotalsEffect {
            data_set: self.form(&change.form),
            period: self.period(&change.period),
            units: change.units,
            some: change.some.iter().map(total).collect(),
        }
    }

    fn owed(&self, change: &OwedChange) -> OwedEffect {
        OwedEffect {
            data_set: self.form(&change.form),
            period: self.period(&change.period),
            before: change.expected.0,
            after: change.expected.1,
            joined: self.units(&change.joined),
            left: self.units(&change.left),
        }
    }

    fn form_effect(&self, change: &FormChange) -> FormEffect {
        FormEffect { data_set: self.form(&change.form), units: change.units }
    }

    fn check(&self, lang: Lang, change: &CheckChange) -> CheckEffect {
        let examples = change
            .examples
            .iter()
            .map(|e| CheckExample { unit: self.unit(&e.unit), said: Said::of(lang, &e.problem) });
        CheckEffect {
            check: change.rule.clone(),
            severity: change.severity.map(weight),
            data_set: self.form(&change.form),
            period: self.period(&change.period),
            returns: change.returns,
            tried: change.tried,
            before: change.speaks.0,
            after: change.speaks.1,
            examples: examples.collect(),
        }
    }

    fn edition(&self, edition: &EditionSummary) -> EditionEffect {
        EditionEffect {
            report: edition.report.clone(),
            number: edition.number,
            period: self.period(&edition.period),
        }
    }
}

fn weight(severity: Severity) -> Weight {
    match severity {
        Severity::Notice => Weight::Notice,
        Severity::Explain => Weight::Explain,
        Severity::Refuse => Weight::Refuse,
    }
}

/// The first of them, as they are shown.
fn first<T, U>(all: &[T], show: impl FnMut(&T) -> U) -> Vec<U> {
    all.iter().take(MOST).map(show).collect()
}

impl DryRun {
    pub fn of(lang: Lang, edit: &Edit, found: &Preview, today: Date) -> Self {
        let names = Names { setting: &found.setting, today };
        let more = |count: usize| count.saturating_sub(MOST);
        Self {
            change: ConfigurationEdit::of(edit),
            pins: ConfigurationPins::of(found.pins),
            nothing: found.is_empty(),
            records: first(&found.records, RecordEffect::of),
            events: first(&found.events, UnitEvent::of),
            events_left_out: found.events_left_out,
            warnings: Said::all(lang, &found.warnings),
            figures: first(&found.figures, |c| names.figure(c)),
            totals: first(&found.totals, |c| names.totals(c)),
            owed: first(&found.owed, |c| names.owed(c)),
            forms: first(&found.forms, |c| names.form_effect(c)),
            checks: first(&found.checks, |c| names.check(lang, c)),
            editions: first(&found.editions, |e| names.edition(e)),
            more: MoreEffects {
                records: more(found.records.len()),
                events: more(found.events.len()),
                figures: more(found.figures.len()),
                totals: more(found.totals.len()),
                owed: more(found.owed.len()),
                checks: more(found.checks.len()),
            },
            tried: found.tried,
            left_out: found.left_out.iter().map(|p| names.period(p)).collect(),
        }
    }
}
