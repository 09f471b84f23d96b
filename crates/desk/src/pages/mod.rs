//! One file a page.

pub(crate) mod account;
pub(crate) mod ahead;
pub(crate) mod analysis;
pub(crate) mod articles;
pub(crate) mod audit;
pub(crate) mod begin;
pub(crate) mod calendar;
pub(crate) mod columns;
pub(crate) mod documents;
pub(crate) mod edit;
pub(crate) mod feedback;
mod finding;
pub(crate) mod history;
pub(crate) mod life;
pub(crate) mod maps;
pub(crate) mod media;
pub(crate) mod offices;
pub(crate) mod overview;
pub(crate) mod redirects;
pub(crate) mod results;
pub(crate) mod returns;
pub(crate) mod review;
pub(crate) mod rooms;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod slips;
pub(crate) mod typed;
pub(crate) mod unit_offices;
pub(crate) mod visits;
pub(crate) mod word;

use axum::{
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};

use crate::{page::Page, sheet::Block};

/// Sends the browser on after a form was taken.
pub(crate) fn on_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// A line at the head of a long page that a form further down says why it was refused.
pub(crate) fn below(page: &Page) -> Block {
    Block::Links(vec![(page.t("desk-refused-below"), "#loi".to_owned())])
}
