//! The pages that anyone may read: reports, and of any number where it comes from.
//!
//! Read-only, server-rendered, without JavaScript. The audience is the public's unless a reviewer's
//! one-time token opened a session: what either may see of a count of people is decided in one
//! place, [`veil`], and page contexts hold [`shown::Shown`] values only.

mod assets;
mod counters;
mod dress;
pub mod failure;
mod numbers;
pub mod page;
pub mod pages;
pub mod reader;
mod reading;
pub mod routes;
#[cfg(test)]
mod samples;
pub mod shown;
pub mod site;
mod state;
#[cfg(test)]
mod tests;
pub mod veil;
pub mod views;

use std::{future::Future, io};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use nhipcau_web::held::{get, post};
use tokio::net::TcpListener;

pub use self::{
    counters::{COUNTERS, COUNTERS_EN, counted},
    numbers::warm,
    pages::search::SearchEvent,
    state::{Heard, PortalState, Secrets},
};
use self::{failure::Failure, pages as p};

/// Every page. HEAD works wherever GET does.
pub fn router(state: PortalState) -> Router {
    Router::new()
        .route(routes::HOME, get(p::front::show))
        .route(routes::COLUMN, get(p::column::show))
        .route(routes::ARTICLE, get(p::article::show))
        .route(routes::STATIC_PAGE, get(p::article::show_fixed))
        .route(routes::MEDIA, get(p::media::show))
        .route(routes::SITE_MAP, get(p::site_map::show))
        .route(routes::MAP, get(p::map::show))
        .route(routes::VISITS, get(p::visits::show))
        .route(routes::FEEDBACK, get(p::feedback::show).merge(post(p::feedback::send)).layer(small()))
        .route(routes::RATING, post(p::feedback::rate).layer(small()))
        .route(routes::RSS, get(p::machine::rss))
        .route(routes::ATOM, get(p::machine::atom))
        .route(routes::JSON_FEED, get(p::machine::json_feed))
        .route(routes::COLUMN_RSS, get(p::machine::column_rss))
        .route(routes::COLUMN_ATOM, get(p::machine::column_atom))
        .route(routes::SITEMAP_XML, get(p::machine::sitemap))
        .route(routes::SITEMAP_PART, get(p::machine::sitemap_part))
        .route(routes::SITEMAP_NEWS, get(p::machine::sitemap_news))
        .route(routes::ROBOTS, get(p::machine::robots))
        .route(routes::SECURITY, get(p::machine::security))
        .route(routes::MANIFEST, get(p::machine::manifest))
        .route(routes::FAVICON, get(p::machine::favicon))
        .route(routes::DOCUMENTS, get(p::register::list))
        .route(routes::REGISTER_RSS, get(p::register::rss))
        .route(routes::REGISTERED, get(p::register::show))
        .route(routes::SEARCH, get(p::search::show))
        .route(routes::RESULTS, get(p::results::show))
        .route(routes::REPORTS, get(p::reports::list))
        .route(routes::REPORT, get(p::edition::latest))
        .route(routes::EDITION, get(p::edition::show))
        .route(routes::DOCUMENT, get(p::document::show))
        .route(routes::SIGNED_COPY, get(p::document::signed_copy))
        .route(routes::FIGURES, get(p::figures::list))
        .route(routes::FIGURE, get(p::figure::show))
        .route(routes::RETURN, get(p::return_page::show))
        .route(routes::UNIT, get(p::unit::show))
        .route(routes::COVERAGE, get(p::coverage::show))
        .route(routes::TREE, get(p::tree::show))
        .fallback(p::moved::unknown)
        .method_not_allowed_fallback(async || Failure::Method)
        .layer(middleware::from_fn_with_state(state.clone(), dress::dress))
        // Outside of the layer: these are the same for everyone, and never ask the store.
        .route(routes::HEALTH, get(async || "ok"))
        .route(routes::ASSET, get(assets::show))
        .with_state(state)
}

/// The addresses of the stylesheet and the script, for a page of others that wears the same look.
#[must_use]
pub fn look() -> (String, String) {
    (assets::STYLE.href(), assets::SCRIPT.href())
}

/// What a reader may send: the longest message, percent-encoded.
fn small() -> DefaultBodyLimit {
    DefaultBodyLimit::max(64 * 1024)
}

/// Serves the pages until `shutdown` is done; requests under way are finished.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: PortalState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // What the first reader would wait for is made while nobody waits.
    let warming = state.clone();
    tokio::spawn(async move { numbers::warm(warming).await });
    axum::serve(listener, router(state)).with_graceful_shutdown(shutdown).await
}
