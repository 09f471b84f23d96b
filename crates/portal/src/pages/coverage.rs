//! Who has reported: by form and by committee, and who has not.

use askama::Template;
use nhipcau_domain::figure::Coverage;

use crate::{
    page::Page,
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
    pub missing: Vec<MissingLine>,
}

/// One committee's coverage.
#[derive(Debug, Clone)]
pub struct CommitteeCoverage {
    /// The committee.
    pub unit: UnitLink,
    /// Its returns, owed and accepted.
    pub coverage: Coverage,
}
