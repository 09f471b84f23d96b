//! Putting a document out, taking it off, and how it stands to others.

use axum::extract::State;
use nhipcau_actions::register;
use nhipcau_domain::register::Relation;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{IdAt, Ways};
use crate::{
    body::{Answer, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(publish_document))
        .routes(routes!(withdraw_document))
        .routes(routes!(relate_document, unrelate_document))
}

/// Puts a document out.
#[utoipa::path(post, path = "/documents/{id}/publish", tag = "site", security(("token" = ["site"])),
    params(IdAt), responses((status = 200, description = "It is out.", body = Done), Refusals))]
async fn publish_document(State(api): State<ApiState>, caller: Caller, At(at): At<IdAt>) -> Result<Done> {
    register::publish(api.ws(), caller.bearer.site()?, caller.holder(), at.id).await?;
    Ok(Answer(DONE))
}

/// Why a document is taken off the site.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Withdrawing {
    /// Why.
    reason: String,
}

/// Takes a document off the site.
#[utoipa::path(post, path = "/documents/{id}/withdraw", tag = "site", security(("token" = ["site"])),
    params(IdAt), request_body = Withdrawing,
    responses((status = 200, description = "It is off the site.", body = Done), Refusals))]
async fn withdraw_document(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<IdAt>,
    Brought(asked): Brought<Withdrawing>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    register::withdraw(api.ws(), acting, caller.holder(), at.id, &asked.reason).await?;
    Ok(Answer(DONE))
}

/// A relation of one document to another.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RelationAt {
    /// The document's id.
    id: Uuid,
    /// `based-on`, `implements`, `guides`, `amends`, `replaces-part` or `replaces`.
    relation: String,
    /// The other document's id.
    other: Uuid,
}

fn relation(at: &RelationAt) -> std::result::Result<Relation, Failure> {
    Relation::parse(&at.relation).ok_or_else(Failure::not_found)
}

/// Sets a document in relation to another.
#[utoipa::path(put, path = "/documents/{id}/relations/{relation}/{other}", tag = "site",
    security(("token" = ["site"])), params(RelationAt),
    responses((status = 200, description = "It is so.", body = Done), Refusals))]
async fn relate_document(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<RelationAt>,
) -> Result<Done> {
    let (acting, relation) = (caller.bearer.site()?, relation(&at)?);
    register::relate(api.ws(), acting, caller.holder(), at.id, relation, at.other).await?;
    Ok(Answer(DONE))
}

/// Takes a relation back.
#[utoipa::path(delete, path = "/documents/{id}/relations/{relation}/{other}", tag = "site",
    security(("token" = ["site"])), params(RelationAt),
    responses((status = 200, description = "It is no more.", body = Done), Refusals))]
async fn unrelate_document(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<RelationAt>,
) -> Result<Done> {
    let (acting, relation) = (caller.bearer.site()?, relation(&at)?);
    register::unrelate(api.ws(), acting, caller.holder(), at.id, relation, at.other).await?;
    Ok(Answer(DONE))
}
