//! One unit: where it stands, what became of it, what it owes.

use askama::Template;
use nhipcau_domain::{Date, returns::Status};

use crate::{
    page::Page,
    views::{FigureLine, NodeView, PeriodView, UnitLink},
};

/// A unit's page.
#[derive(Debug, Clone, Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    /// What every page carries.
    pub page: Page,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its official code.
    pub code: Option<String>,
    /// Who is above it, the highest first.
    pub above: Vec<UnitLink>,
    /// That it is no more, where it is.
    pub closed: Option<String>,
    /// What it became.
    pub successors: Vec<UnitLink>,
    /// What it owes for the period.
    pub owes: Vec<OweLine>,
    /// For which period the figures are.
    pub period: PeriodView,
    /// Its figures.
    pub figures: Vec<FigureLine>,
    /// Who reports to it.
    pub children: Vec<NodeView>,
    /// What happened to it, in order.
    pub history: Vec<HistoryLine>,
}

/// A return that a unit owes.
#[derive(Debug, Clone)]
pub struct OweLine {
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// Where it stands.
    pub status: Status,
    /// Its page, once something came.
    pub href: Option<String>,
}

/// Something that happened to a unit.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// From which day on.
    pub day: Date,
    /// What.
    pub what: String,
    /// The other unit that it concerns.
    pub unit: Option<UnitLink>,
}
