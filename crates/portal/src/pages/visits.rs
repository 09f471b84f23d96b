//! What the visit counters mean.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::press;

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::html,
    routes,
    site::making::{every_language, in_language},
    state::PortalState,
};

/// The page that says what a visit is.
#[derive(Debug, Clone, Template)]
#[template(path = "visits.html")]
pub struct Visits {
    /// What every page carries.
    pub page: Page,
}

impl Visits {
    /// What each number means: its name and its sentence in the catalogue.
    #[must_use]
    pub fn numbers(&self) -> [(&'static str, &'static str); 4] {
        [
            ("site-visits-online", "site-visits-online-long"),
            ("site-visits-today", "site-visits-today-long"),
            ("site-visits-week", "site-visits-week-long"),
            ("site-visits-all", "site-visits-all-long"),
        ]
    }

    /// How they come about.
    #[must_use]
    pub fn rules(&self) -> [(&'static str, &'static str); 4] {
        [
            ("site-visits-visit", "site-visits-visit-long"),
            ("site-visits-bots", "site-visits-bots-long"),
            ("site-visits-private", "site-visits-private-long"),
            ("site-visits-signals", "site-visits-signals-long"),
        ]
    }
}

/// Shows it.
pub async fn show(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut page = Page::new(&reader, Section::Site);
    let base = state.base(&*press::site(&state.workspace).await?);
    page.head.canonical = format!("{base}{}", in_language(routes::VISITS, page.lang));
    page.head.alternates = every_language(&base, routes::VISITS);
    page.head.description = page.t("site-visits-lead");
    html(&Visits { page })
}
