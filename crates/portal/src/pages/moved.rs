//! Addresses that lead elsewhere: changed slugs, a former site's addresses.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use nhipcau_actions::press;

use crate::{failure::Failure, reader::Reader, routes, state::PortalState};

/// Where nothing is routed: an address of a former site, perhaps.
pub async fn unknown(State(state): State<PortalState>, reader: Reader) -> Result<Response, Failure> {
    elsewhere(&state, &reader).await
}

/// Leads on if the address is known to have moved; else there is no such page.
pub(crate) async fn elsewhere(state: &PortalState, reader: &Reader) -> Result<Response, Failure> {
    match press::redirect(&state.workspace, &reader.address()).await? {
        Some(path) => Ok(to(reader, &path)),
        None => Err(Failure::NotFound),
    }
}

/// Leads on for good, with the reader's language and reading aids. Only paths of this site are kept as
/// targets, so nobody is sent elsewhere.
pub(crate) fn to(reader: &Reader, path: &str) -> Response {
    let lang = (reader.lang != nhipcau_messages::Lang::default()).then(|| reader.lang.code());
    let carried: Vec<_> = [(routes::LANG, lang)].into_iter().chain(reader.aids.parameters()).collect();
    let address = routes::and(path, &carried);
    match HeaderValue::from_str(&address) {
        Ok(address) => (StatusCode::MOVED_PERMANENTLY, [(LOCATION, address)]).into_response(),
        Err(_) => Failure::NotFound.into_response(),
    }
}
