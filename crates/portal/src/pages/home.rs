//! The campaign: its name, its latest report, its figures.

use askama::Template;

use crate::{
    page::Page,
    views::{EditionLine, FigureLine, PeriodView},
};

/// The campaign's page.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// What every page carries.
    pub page: Page,
    /// The period that the figures are for.
    pub period: Option<PeriodView>,
    /// The latest frozen edition.
    pub latest: Option<EditionLine>,
    /// The figures, in the order of configuration.
    pub cards: Vec<FigureLine>,
}
