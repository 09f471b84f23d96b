//! Reports and their editions.

use askama::Template;

use crate::{page::Page, views::EditionLine};

/// The list of reports.
#[derive(Debug, Clone, Template)]
#[template(path = "reports.html")]
pub struct Reports {
    /// What every page carries.
    pub page: Page,
    /// The reports.
    pub reports: Vec<ReportGroup>,
}

/// A report with its frozen editions, the latest first.
#[derive(Debug, Clone)]
pub struct ReportGroup {
    /// Its title.
    pub title: String,
    /// Its editions.
    pub editions: Vec<EditionLine>,
}
