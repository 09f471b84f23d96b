//! Every figure of the campaign, beside its target and the year before.

use askama::Template;

use crate::{
    page::Page,
    views::{Choice, FigureLine, PeriodView},
};

/// The table of figures.
#[derive(Debug, Clone, Template)]
#[template(path = "figures.html")]
pub struct Figures {
    /// What every page carries.
    pub page: Page,
    /// The unit whose figures these are.
    pub scope: String,
    /// For which period.
    pub period: PeriodView,
    /// The other periods.
    pub periods: Vec<Choice>,
    /// The figures.
    pub rows: Vec<FigureLine>,
}
