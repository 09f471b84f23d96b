//! What a reviewer decides: accepted, sent back, excused.

use axum::extract::State;
use nhipcau_actions::{
    powers::Review,
    review::{self, Decided, Shown},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Ways;
use crate::{
    body::{Answer, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::{DONE, Done, Key, Said},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(accept))
        .routes(routes!(send_back))
        .routes(routes!(excuse))
        .routes(routes!(accept_many))
}

/// What is decided about: the revision as it was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Revisioned {
    /// The revision that was read. One that came meanwhile is not decided about: the answer is 409.
    revision: u32,
}

fn decided(decided: Decided) -> Result<Done> {
    if decided.left.is_empty() { Ok(Answer(DONE)) } else { Err(Failure::conflict(decided.left)) }
}

/// Accepts a return as it was read.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/accept", tag = "review",
    security(("token" = ["review"])), params(Key), request_body = Revisioned,
    responses((status = 200, description = "It is accepted.", body = Done), Refusals))]
async fn accept(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(asked): Brought<Revisioned>,
) -> Result<Done> {
    let over = caller.over::<Review>(&api)?;
    let shown = Shown { key: at.key(), revision: asked.revision };
    decided(review::accept_shown(api.ws(), &over, &[shown]).await?)
}

/// Why a return goes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SentBack {
    /// The revision that was read.
    revision: u32,
    /// What is to be mended.
    reason: String,
    /// The elements that it is about.
    #[serde(default)]
    elements: Vec<String>,
}

/// Sends a return back as it was read.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/send-back", tag = "review",
    security(("token" = ["review"])), params(Key), request_body = SentBack,
    responses((status = 200, description = "It is back.", body = Done), Refusals))]
async fn send_back(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(asked): Brought<SentBack>,
) -> Result<Done> {
    let over = caller.over::<Review>(&api)?;
    let shown = Shown { key: at.key(), revision: asked.revision };
    let elements: Vec<_> = asked.elements.iter().map(|e| e.as_str().into()).collect();
    decided(review::send_back_shown(api.ws(), &over, &shown, &asked.reason, &elements).await?)
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reasoned {
    /// Why.
    reason: String,
}

/// Excuses a unit from a return that did not come.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/excuse", tag = "review",
    security(("token" = ["review"])), params(Key), request_body = Reasoned,
    responses((status = 200, description = "It is excused.", body = Done), Refusals))]
async fn excuse(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(asked): Brought<Reasoned>,
) -> Result<Done> {
    let over = caller.over::<Review>(&api)?;
    review::excuse(api.ws(), &over, &at.key(), &asked.reason).await?;
    Ok(Answer(DONE))
}

/// Returns to be accepted as they were read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Accepting {
    /// At most a thousand.
    returns: Vec<AcceptOne>,
}

/// A return to be accepted as it was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptOne {
    /// Which.
    key: Key,
    /// The revision that was read.
    revision: u32,
}

/// What came of accepting.
#[derive(Serialize, ToSchema)]
struct Accepted {
    /// How many were accepted.
    accepted: usize,
    /// Why the others were not: each is no longer as it was read.
    left: Vec<Said>,
}

/// Accepts many returns as they were read. Those that changed meanwhile are left; one that is out of reach
/// refuses all.
#[utoipa::path(post, path = "/acceptances", tag = "review", security(("token" = ["review"])),
    request_body = Accepting,
    responses((status = 200, description = "What came of it.", body = Accepted), Refusals))]
async fn accept_many(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Accepting>,
) -> Result<Accepted> {
    let over = caller.over::<Review>(&api)?;
    let shown: Vec<Shown> =
        asked.returns.iter().map(|r| Shown { key: r.key.key(), revision: r.revision }).collect();
    let done = review::accept_shown(api.ws(), &over, &shown).await?;
    Ok(Answer(Accepted { accepted: done.done, left: Said::all(caller.lang, &done.left) }))
}
