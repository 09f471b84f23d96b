//! A change is tried, then carried out as it was seen.

use axum::extract::State;
use nhipcau_actions::configuration::{self, Edit, Outcome};
use nhipcau_domain::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ConfigurationPins, Ways, edits::ConfigurationEdit, effects::DryRun, power, refused};
use crate::{
    body::{Answer, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(try_configuration)).routes(routes!(change_configuration))
}

/// What a change would do, or why it cannot be.
pub(super) async fn tried(api: &ApiState, caller: &Caller, edit: &Edit) -> Result<DryRun> {
    let power = power(api, caller)?;
    let turn = api.heavy.enter()?;
    let found = configuration::preview(api.ws(), &power, edit).await?.map_err(refused)?;
    drop(turn);
    if found.is_raw() {
        caller.looked(api).await?;
    }
    Ok(Answer(DryRun::of(caller.lang, edit, &found, power.today())))
}

/// Says what a change would do: which figures are said otherwise, which totals change, who comes to owe a
/// return or owes it no longer, of which accepted returns a check would speak. Nothing is stored. What
/// cannot be is answered with 422, each sentence with the record's `field` among its values.
#[utoipa::path(post, path = "/configuration/dry-runs", tag = "configuration",
    security(("token" = ["configure"])), request_body = ConfigurationEdit,
    responses((status = 200, description = "What it would do.", body = DryRun), Refusals))]
async fn try_configuration(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<ConfigurationEdit>,
) -> Result<DryRun> {
    tried(&api, &caller, &asked.edit()).await
}

/// A change to be carried out as its dry run said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CarryingOut {
    /// The change, as its dry run gave it.
    change: ConfigurationEdit,
    /// What its dry run was made of.
    pins: ConfigurationPins,
    /// Why: it stands on the audit chain. At most 500 characters of it are kept.
    #[schema(min_length = 1)]
    reason: String,
}

/// What became of a change.
#[derive(Serialize, ToSchema)]
struct ConfigurationChanged {
    /// The version of the definitions that is in force.
    version: i64,
    /// Whether it is a new one.
    definitions: bool,
    /// How many events of units were put on record.
    events: usize,
}

/// Carries a change out, if what is set up is still what its dry run was made of: else nothing is done, and
/// the answer is 409. Totals are made anew; frozen editions stay as they are.
#[utoipa::path(post, path = "/configuration/changes", tag = "configuration",
    security(("token" = ["configure"])), request_body = CarryingOut,
    responses((status = 200, description = "It is in force.", body = ConfigurationChanged), Refusals))]
async fn change_configuration(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<CarryingOut>,
) -> Result<ConfigurationChanged> {
    let power = power(&api, &caller)?;
    let (edit, pins) = (asked.change.edit(), asked.pins.pins());
    let _turn = api.heavy.enter()?;
    match configuration::carry_out(api.ws(), &power, &edit, pins, &asked.reason).await? {
        Outcome::Done(done) => Ok(Answer(ConfigurationChanged {
            version: done.version,
            definitions: done.definitions_changed,
            events: done.events,
        })),
        Outcome::Meanwhile => Err(Failure::conflict(vec![Problem::new("configuration-changed-since")])),
        Outcome::Refused(wrong) => Err(refused(wrong)),
    }
}
