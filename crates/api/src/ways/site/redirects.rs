//! Addresses that lead to others: listed, loaded from a file of a former site, forgotten.

use axum::extract::State;
use nhipcau_actions::press;
use nhipcau_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Ways;
use crate::{
    body::{self, Answer, Asked, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{DONE, Done, Said},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(redirects, forget_redirect))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(load_redirects))
}

/// How many lines of a file are told that were not taken; the rest is counted.
const TOLD: usize = 500;

/// An address that leads to another.
#[derive(Serialize, ToSchema)]
struct Redirect {
    /// The old address.
    path: String,
    /// Where it leads.
    target: String,
    /// What made it: `slug` (an address was changed) or `import` (a file was loaded).
    source: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// Addresses that lead to others, by address.
#[utoipa::path(get, path = "/redirects", tag = "site", security(("token" = ["site"])), params(Turn),
    responses((status = 200, description = "Addresses.", body = Piece<Redirect>), Refusals))]
async fn redirects(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Redirect>> {
    let (acting, limit) = (caller.bearer.site()?, turn.limit.unwrap_or(100).clamp(1, 500));
    let after = turn.after.unwrap_or_default();
    let mut found = press::redirects(api.ws(), acting, &after, limit + 1).await?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|r| r.path.clone());
    let shown =
        found.into_iter().map(|r| Redirect { path: r.path, target: r.target, source: r.source, at: r.at });
    Ok(Answer(Piece { items: shown.collect(), next }))
}

/// A file of redirects.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct RedirectFile {
    /// A .csv file in UTF-8, of 200,000 lines at most. A line has the old address (a path of this site, or a
    /// whole address of a former one), a comma, semicolon or tab, and the path that it leads to.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// What came of a file of redirects.
#[derive(Serialize, ToSchema)]
struct RedirectsLoaded {
    /// How many were taken.
    added: u32,
    /// How many lines were not.
    refused: usize,
    /// What is wrong with those, by line; of the first 500.
    problems: Vec<Said>,
}

/// Loads redirects from a file. Good lines are taken, each bad one is told; one that would lead in a circle
/// is bad. An address that led elsewhere leads to the new one.
#[utoipa::path(post, path = "/redirects", tag = "site", security(("token" = ["site"])),
    request_body(content = RedirectFile, content_type = "multipart/form-data"),
    responses((status = 200, description = "What came of it.", body = RedirectsLoaded), Refusals))]
async fn load_redirects(
    State(api): State<ApiState>,
    caller: Caller,
    file: body::File,
) -> Result<RedirectsLoaded> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    let done = press::load_redirects(api.ws(), acting, holder, &file.name, file.bytes).await?;
    let told = done.problems.iter().take(TOLD).map(|p| Said::of(caller.lang, p));
    Ok(Answer(RedirectsLoaded { added: done.added, refused: done.problems.len(), problems: told.collect() }))
}

/// Which redirect.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RedirectAsked {
    /// The old address.
    path: String,
}

/// Forgets a redirect: nothing is at the old address from then on.
#[utoipa::path(delete, path = "/redirects", tag = "site", security(("token" = ["site"])),
    params(RedirectAsked),
    responses((status = 200, description = "It is forgotten.", body = Done), Refusals))]
async fn forget_redirect(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<RedirectAsked>,
) -> Result<Done> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    press::remove_redirect(api.ws(), acting, holder, &asked.path).await?;
    Ok(Answer(DONE))
}
