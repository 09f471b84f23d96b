//! The campaign: its name, its latest report, its figures.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::basis::TreeDay;

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    pages::reports,
    reader::Reader,
    reading::{Reading, html},
    state::PortalState,
    views::{EditionLine, FigureLine, PeriodView},
};

/// The campaign's page.
#[derive(Debug, Clone, Template)]
#[template(path = "results.html")]
pub struct Results {
    /// What every page carries.
    pub page: Page,
    /// The period that the figures are for.
    pub period: Option<PeriodView>,
    /// The latest frozen edition of each report.
    pub latest: Vec<EditionLine>,
    /// The figures, in the order of configuration.
    pub cards: Vec<FigureLine>,
}

/// Shows the campaign.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let period = reading.period().await?;
    let mut page = reading.page(Section::Results);
    page.period = Some(period.id.to_string());
    let numbers = Numbers::load(&mut reading, &period).await?;
    let groups = reports::groups(&mut reading, &page).await?;
    let latest = groups.into_iter().filter_map(|group| group.editions.into_iter().next()).collect();
    let basis = numbers.evidence.basis(&reading.setting, &reading.scope(), TreeDay::Then)?;
    let indicators = reading.setting.definitions.indicators.iter();
    let cards = indicators
        .map(|i| numbers.line(&reading, &page, &basis, i, TreeDay::Then))
        .collect::<Result<_, _>>()?;
    html(&Results { period: Some(PeriodView::new(&period)), latest, cards, page })
}
