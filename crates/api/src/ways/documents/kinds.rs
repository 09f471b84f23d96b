//! The types of documents.

use axum::extract::State;
use nhipcau_actions::register::{self, DocumentKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InLanguages, Ways};
use crate::{
    body::{Answer, Brought, Result},
    caller::Caller,
    describe::Refusals,
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(document_kinds, save_document_kinds))
}

/// A type of document.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KindOfDocument {
    /// Its name for the program, such as `ke-hoach`.
    id: String,
    /// Its name.
    names: InLanguages,
}

/// The types of documents, in the order of lists.
#[utoipa::path(get, path = "/document-kinds", tag = "site", security(("token" = ["site"])),
    responses((status = 200, description = "Types.", body = Vec<KindOfDocument>), Refusals))]
async fn document_kinds(State(api): State<ApiState>, caller: Caller) -> Result<Vec<KindOfDocument>> {
    caller.bearer.site()?;
    let found = register::kinds(api.ws()).await?;
    let shown = found.iter().map(|k| KindOfDocument { id: k.id.clone(), names: InLanguages::of(&k.names) });
    Ok(Answer(shown.collect()))
}

/// Sets the types of documents; one that documents are of stays.
#[utoipa::path(put, path = "/document-kinds", tag = "site", security(("token" = ["site"])),
    request_body = Vec<KindOfDocument>,
    responses((status = 200, description = "They are set.", body = Done), Refusals))]
async fn save_document_kinds(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Vec<KindOfDocument>>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    let kinds: Vec<DocumentKind> =
        asked.into_iter().map(|k| DocumentKind { id: k.id, names: k.names.texts() }).collect();
    register::save_kinds(api.ws(), acting, caller.holder(), &kinds).await?;
    Ok(Answer(DONE))
}
