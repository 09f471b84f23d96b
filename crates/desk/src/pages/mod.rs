//! One file a page.

pub(crate) mod account;
pub(crate) mod ahead;
pub(crate) mod analysis;
pub(crate) mod articles;
pub(crate) mod audit;
pub(crate) mod begin;
pub(crate) mod calendar;
pub(crate) mod columns;
pub(crate) mod configuration;
pub(crate) mod documents;
pub(crate) mod edit;
pub(crate) mod feedback;
mod finding;
pub(crate) mod history;
pub(crate) mod keys;
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
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod slips;
pub(crate) mod tokens;
pub(crate) mod typed;
pub(crate) mod unit_offices;
pub(crate) mod visits;
pub(crate) mod word;

use axum::{
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};

use crate::{page::Page, received::Fields, sheet::Block};

/// Sends the browser on after a form was taken.
pub(crate) fn on_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Where to go after signing in: a page of the desk, never another site's.
pub(crate) fn next(query: Option<&str>) -> String {
    let found = query.and_then(|q| q.split('&').find_map(|p| p.strip_prefix("tiep="))).unwrap_or_default();
    let found = found.replace("%2F", "/").replace("%2f", "/");
    let plain = found.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    let desk = found.starts_with("/lam-viec/") && !found.contains("//") && !found.contains("..");
    if plain && desk { found } else { "/lam-viec".to_owned() }
}

/// The same, as a form brings it.
pub(crate) fn next_of(fields: &Fields) -> String {
    next(Some(&format!("tiep={}", fields.get("tiep"))))
}

/// A line at the head of a long page that a form further down says why it was refused.
pub(crate) fn below(page: &Page) -> Block {
    Block::Links(vec![(page.t("desk-refused-below"), "#loi".to_owned())])
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn signing_in_leads_nowhere_but_to_the_desk() {
        assert_eq!(next(Some("tiep=/lam-viec/bai-viet")), "/lam-viec/bai-viet");
        for bad in
            ["https://x.vn", "//x.vn", "/lam-viec/..//x", "/lam-viec/\\x.vn", "/", "", "/lam-viec/a\r\nb"]
        {
            assert_eq!(next(Some(&format!("tiep={bad}"))), "/lam-viec", "{bad}");
        }
    }
}
