//! One file a page.

pub(crate) mod account;
pub(crate) mod ahead;
pub(crate) mod articles;
pub(crate) mod begin;
pub(crate) mod calendar;
pub(crate) mod columns;
pub(crate) mod edit;
pub(crate) mod feedback;
pub(crate) mod history;
pub(crate) mod life;
pub(crate) mod media;
pub(crate) mod offices;
pub(crate) mod overview;
pub(crate) mod redirects;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod typed;
pub(crate) mod visits;
pub(crate) mod word;

use axum::{
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};

/// Sends the browser on after a form was taken.
pub(crate) fn on_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}
