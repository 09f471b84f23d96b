//! The JSON API under `/api/v1`: everything that the desk can do, for programs.
//!
//! A program acts by a token of an office ([`nhipcau_actions::accounts::make_token`]); what it may do is
//! never more than what the office holds at that moment and the token's scopes lend. Each address calls the
//! use case that the desk's page calls: no rule stands here. What is described ([`describe`]) is made from
//! the handlers and from the types that they answer with; nothing is routed that is not described.

/// `utoipa_axum::routes!` of handlers whose futures stand behind a pointer ([`nhipcau_web::held`]).
macro_rules! routes {
    ($($handler:ident),+ $(,)?) => {{
        $(let $handler = nhipcau_web::held::held($handler);)+
        utoipa_axum::routes!($($handler),+)
    }};
}

mod body;
mod caller;
mod describe;
mod failure;
mod guard;
mod page;
mod shape;
mod state;
mod ways;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get},
};

pub use self::{
    describe::describe,
    state::{ApiState, Limits},
};

/// Where the API is.
pub const PATH: &str = "/api/v1";

/// Whether an address is for anyone, and the same for everyone: what stands before it may keep its answer.
#[must_use]
pub fn is_public(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or(address);
    path == PATH || path == "/api/v1/openapi.json" || path.starts_with("/api/v1/public/")
}

/// Every address of the API. It has no fallback of its own, so that it can be merged with the pages.
pub fn router(state: ApiState) -> Router {
    let (json, files) = ways::all();
    let once = middleware::from_fn_with_state(state.clone(), guard::once);
    let json = json.split_for_parts().0.layer(once).layer(DefaultBodyLimit::max(guard::JSON));
    let files = files.split_for_parts().0.layer(DefaultBodyLimit::max(guard::FILE));
    let routes = Router::new()
        .merge(json)
        .merge(files)
        .route("/openapi.json", get(describe::document))
        .route("/{*rest}", any(async || failure::Failure::not_found()))
        .layer(middleware::from_fn_with_state(state.clone(), guard::guard));
    let reading = Router::new().route(PATH, get(describe::page));
    let reading = reading.layer(middleware::from_fn_with_state(state.clone(), guard::guard));
    Router::new().nest(PATH, routes).merge(reading).with_state(state)
}
