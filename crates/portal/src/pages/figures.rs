//! Every figure of the campaign, beside its target and the year before.

use askama::Template;
use axum::{extract::State, response::Html};

use crate::{
    failure::Failure,
    numbers::Numbers,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    routes,
    state::PortalState,
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

/// Lists the figures of the campaign's scope, or of the unit that the address names.
pub async fn list(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let tree = reading.reader.tree(reading.today)?;
    let period = reading.period().await?;
    let scope = match reading.reader.parameter(routes::SCOPE) {
        Some(unit) => reading.setting.tree.id(reading.unit(unit)?).clone(),
        None => reading.scope(),
    };
    let mut page = reading.page(Section::Figures);
    page.period = Some(period.id.to_string());
    let asked = reading.reader.parameter(routes::SCOPE).map(str::to_owned);
    let periods = reading.choices(&period, |p| page.for_period(routes::FIGURES, asked.as_deref(), p)).await?;
    let numbers = Numbers::load(&mut reading, &period).await?;
    let basis = numbers.evidence.basis(&reading.setting, &scope, tree)?;
    let indicators = reading.setting.definitions.indicators.iter();
    let rows =
        indicators.map(|i| numbers.line(&reading, &page, &basis, i, tree)).collect::<Result<_, _>>()?;
    html(&Figures {
        scope: reading.setting.tree.name(basis.scope, period.last).to_owned(),
        periods,
        period: PeriodView::new(&period),
        rows,
        page,
    })
}
