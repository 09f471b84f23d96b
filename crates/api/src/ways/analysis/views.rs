//! Views that an office keeps: a way of looking with a name, never a number. Whoever opens one sees it within
//! their own rights.

use axum::extract::State;
use nhipcau_actions::{analysis, powers::See};
use nhipcau_domain::Timestamp;
use nhipcau_store::SavedView;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Looking, Ways,
    table::{PivotTable, shown},
};
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(views, add_view))
        .routes(routes!(view, rename_view, remove_view))
        .routes(routes!(view_table))
}

/// A view that an office keeps.
#[derive(Serialize, ToSchema)]
struct KeptView {
    /// Its id.
    id: Uuid,
    /// What it is called.
    name: String,
    /// The office that keeps it.
    office: String,
    /// Who kept it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What it asks for.
    looking: Looking,
}

fn kept(view: SavedView) -> KeptView {
    KeptView {
        looking: Looking::of(&analysis::asks(&view)),
        id: view.id,
        name: view.name,
        office: view.office.to_string(),
        holder: view.holder,
        at: view.at,
    }
}

/// The office's views, the oldest first.
#[utoipa::path(get, path = "/analysis/views", tag = "figures", security(("token" = ["read"])), params(Turn),
    responses((status = 200, description = "Views.", body = Piece<KeptView>), Refusals))]
async fn views(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<KeptView>> {
    let over = caller.over::<See>(&api)?;
    let found = analysis::views(api.ws(), over.office()).await?;
    Ok(Answer(turn.of(found, |v| v.id.to_string(), kept)))
}

/// A view to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewView {
    /// What it is called: at most 120 characters.
    name: String,
    /// What it asks for.
    looking: Looking,
}

/// That a view is kept.
#[derive(Serialize, ToSchema)]
struct ViewKept {
    /// Its id.
    id: Uuid,
}

/// Keeps a view for the office.
#[utoipa::path(post, path = "/analysis/views", tag = "figures", security(("token" = ["read"])),
    request_body = NewView,
    responses((status = 200, description = "It is kept.", body = ViewKept), Refusals))]
async fn add_view(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(new): Brought<NewView>,
) -> Result<ViewKept> {
    let over = caller.over::<See>(&api)?;
    let id = analysis::save_view(api.ws(), &over, &new.name, &new.looking.asked()?).await?;
    Ok(Answer(ViewKept { id }))
}

/// A view's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ViewAt {
    /// The view's id.
    id: Uuid,
}

/// One view, whichever office keeps it: what it asks for, and no number.
#[utoipa::path(get, path = "/analysis/views/{id}", tag = "figures", security(("token" = ["read"])),
    params(ViewAt),
    responses((status = 200, description = "The view.", body = KeptView), Refusals))]
async fn view(State(api): State<ApiState>, caller: Caller, At(at): At<ViewAt>) -> Result<KeptView> {
    let over = caller.over::<See>(&api)?;
    let (found, _) = analysis::open_view(api.ws(), &over, at.id).await?;
    Ok(Answer(kept(found)))
}

/// A view's new name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewName {
    /// What it is called from now on: at most 120 characters.
    name: String,
}

/// Calls one of the office's views something else.
#[utoipa::path(put, path = "/analysis/views/{id}", tag = "figures", security(("token" = ["read"])),
    params(ViewAt), request_body = ViewName,
    responses((status = 200, description = "It is renamed.", body = Done), Refusals))]
async fn rename_view(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ViewAt>,
    Brought(asked): Brought<ViewName>,
) -> Result<Done> {
    let over = caller.over::<See>(&api)?;
    analysis::rename_view(api.ws(), &over, at.id, &asked.name).await?;
    Ok(Answer(DONE))
}

/// Forgets one of the office's views.
#[utoipa::path(delete, path = "/analysis/views/{id}", tag = "figures", security(("token" = ["read"])),
    params(ViewAt),
    responses((status = 200, description = "It is gone.", body = Done), Refusals))]
async fn remove_view(State(api): State<ApiState>, caller: Caller, At(at): At<ViewAt>) -> Result<Done> {
    let over = caller.over::<See>(&api)?;
    analysis::delete_view(api.ws(), &over, at.id).await?;
    Ok(Answer(DONE))
}

/// The table that a view asks for, within the rights of whoever opens it.
#[utoipa::path(get, path = "/analysis/views/{id}/table", tag = "figures", security(("token" = ["read"])),
    params(ViewAt, Turn),
    responses((status = 200, description = "The table.", body = PivotTable), Refusals))]
async fn view_table(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ViewAt>,
    Asked(turn): Asked<Turn>,
) -> Result<PivotTable> {
    let over = caller.over::<See>(&api)?;
    let number = turn.number()?;
    let (view, asked) = analysis::open_view(api.ws(), &over, at.id).await?;
    let page = usize::try_from(number).unwrap_or(usize::MAX);
    let found = analysis::pivot(api.ws(), &over, &analysis::Asked { page, ..asked }, false).await?;
    // The view may be gone when the record is read.
    caller.looked_at(&api, &view.query.replace('\n', "&")).await?;
    Ok(Answer(shown(caller.lang, &found, number)))
}
