//! Who has reported: by form and by committee, and who has not.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::basis::{Evidence, TreeDay, due, granted};
use nhipcau_domain::{
    Date,
    dataset::DataSet,
    figure::{Basis, Coverage, Owed},
    returns::Status,
};
use nhipcau_store::DeadlineExtension;

use crate::{
    failure::Failure,
    numbers::by_name,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    state::PortalState,
    views::{Choice, MissingLine, PeriodView, UnitLink},
};

/// The page of who has reported.
#[derive(Debug, Clone, Template)]
#[template(path = "coverage.html")]
pub struct CoveragePage {
    /// What every page carries.
    pub page: Page,
    /// Whose branch.
    pub scope: String,
    /// For which period.
    pub period: PeriodView,
    /// The other periods.
    pub periods: Vec<Choice>,
    /// The forms that are owed.
    pub forms: Vec<FormCoverage>,
}

/// One form's coverage.
#[derive(Debug, Clone)]
pub struct FormCoverage {
    /// The form's title.
    pub name: String,
    /// All of it.
    pub total: Coverage,
    /// By committee.
    pub rows: Vec<CommitteeCoverage>,
    /// Who has not an accepted return yet.
    pub missing: Vec<Owing>,
}

/// Who has not an accepted return yet.
#[derive(Debug, Clone)]
pub struct Owing {
    /// Whose, and where it stands.
    pub line: MissingLine,
    /// The day by which it is owed, later deadlines included; none where the form sets none.
    pub due: Option<Date>,
}

/// One committee's coverage.
#[derive(Debug, Clone)]
pub struct CommitteeCoverage {
    /// The committee.
    pub unit: UnitLink,
    /// Its returns, owed and accepted.
    pub coverage: Coverage,
}

/// Shows who has reported.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let period = reading.period().await?;
    let mut page = reading.page(Section::Coverage);
    page.period = Some(period.id.to_string());
    let periods = reading.choices(&period, |p| page.for_period(routes::COVERAGE, None, p)).await?;
    let setting = std::sync::Arc::clone(&reading.setting);
    let evidence = Evidence::load(&mut reading.tx, &setting, &period).await?;
    let basis = evidence.basis(&setting, &reading.scope(), TreeDay::Then)?;
    let granted = granted(&mut reading.tx, &setting, &period).await?;
    let forms = setting.definitions.data_sets.iter();
    let forms = forms.filter_map(|form| form_coverage(&reading, &page, &basis, &granted, form));
    html(&CoveragePage {
        forms: forms.collect(),
        scope: setting.tree.name(basis.scope, period.last).to_owned(),
        periods,
        period: PeriodView::new(&period),
        page,
    })
}

/// One form's coverage; none where nobody owes it.
fn form_coverage(
    reading: &Reading,
    page: &Page,
    basis: &Basis<'_>,
    granted: &[DeadlineExtension],
    form: &DataSet,
) -> Option<FormCoverage> {
    let day = basis.period.last;
    let of_form = |owed: &&Owed| owed.data_set == form.id;
    let total = count(basis.owed().iter().filter(of_form));
    if total.expected == 0 {
        return None;
    }
    let (straight, mut parts): (Vec<Basis<'_>>, Vec<_>) =
        basis.parts().into_iter().partition(|p| p.scope == basis.scope);
    // Those that report straight to the scope come last.
    parts.extend(straight);
    let rows = parts.into_iter().filter_map(|part| {
        let coverage = count(part.owed().iter().filter(of_form));
        let mut unit = reading.link(page, part.scope, day);
        if part.scope == basis.scope {
            unit.name = page.say1("portal-direct-units", "name", unit.name);
        }
        (coverage.expected > 0).then_some(CommitteeCoverage { unit, coverage })
    });
    Some(FormCoverage {
        name: form.name.clone(),
        total,
        rows: rows.collect(),
        missing: missing(reading, page, basis, granted, form),
    })
}

fn missing(
    reading: &Reading,
    page: &Page,
    basis: &Basis<'_>,
    granted: &[DeadlineExtension],
    form: &DataSet,
) -> Vec<Owing> {
    let (tree, day) = (&reading.setting.tree, basis.period.last);
    let open =
        basis.owed().iter().filter(|o| o.data_set == form.id && !o.accepted && o.status != Status::Exempt);
    let due_day = |owed: &Owed| {
        due(&reading.setting, granted, form, reading.setting.definitions.period(&owed.period)?, owed.unit)
    };
    let mut lines: Vec<Owing> = open
        .map(|owed| Owing {
            line: MissingLine {
                unit: reading.link(page, owed.unit, day),
                under: tree
                    .parent(owed.unit, day)
                    .map(|up| tree.name(up, day).to_owned())
                    .unwrap_or_default(),
                form: if owed.period == basis.period.id {
                    String::new()
                } else {
                    reading.period_name(&owed.period)
                },
                status: owed.status,
            },
            due: due_day(owed),
        })
        .collect();
    by_name(&mut lines, |owing| &owing.line.unit.name);
    lines
}

/// Adds up what is owed, as the figures do.
pub(crate) fn count<'a>(owed: impl Iterator<Item = &'a Owed>) -> Coverage {
    let mut coverage = Coverage::default();
    for o in owed {
        let exempt = o.status == Status::Exempt;
        let came = !matches!(o.status, Status::Expected | Status::Draft | Status::Exempt);
        coverage.expected += 1;
        coverage.reported += u32::from(came || o.accepted);
        coverage.accepted += u32::from(o.accepted);
        coverage.exempt += u32::from(exempt);
        coverage.missing += u32::from(!o.accepted && !exempt);
    }
    coverage
}
