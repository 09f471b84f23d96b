//! Reminders by the calendar, for a branch; and whether an office is told each morning what waits.

use axum::extract::State;
use nhipcau_actions::{
    outbox::{self, PlanOf},
    powers::{Consolidate, Review},
};
use nhipcau_domain::{Timestamp, id::UnitId, outbox::Plan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Ways;
use crate::{
    body::{Answer, Asked, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{DONE, Done, Named},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(reminder_plans, set_reminder_plan))
        .routes(routes!(morning_digest, set_morning_digest))
}

/// Reminders of a branch by the calendar.
#[derive(Serialize, ToSchema)]
struct PlanInForce {
    /// Of which branch; none is every unit.
    branch: Option<Named>,
    /// So many days before the deadline.
    before: Option<u8>,
    /// Whether on the deadline's day.
    on_day: bool,
    /// So many days after the deadline.
    after: Option<u8>,
    /// Which office set it: messages go out in its name, as long as it may remind that branch.
    office: String,
    /// Who held it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn in_force(p: PlanOf) -> PlanInForce {
    PlanInForce {
        branch: p.branch.map(|id| Named::new(id.as_str(), p.name)),
        before: p.plan.before,
        on_day: p.plan.on_day,
        after: p.plan.after,
        office: p.office.to_string(),
        holder: p.holder,
        at: p.at,
    }
}

/// Reminders by the calendar that are in force, of branches that the office may remind, by the branch's id.
#[utoipa::path(get, path = "/reminder-plans", tag = "messages", security(("token" = ["consolidate"])),
    params(Turn),
    responses((status = 200, description = "Those in force.", body = Piece<PlanInForce>), Refusals))]
async fn reminder_plans(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<PlanInForce>> {
    let over = caller.over::<Consolidate>(&api)?;
    let found = outbox::plans(api.ws(), &over).await?;
    let name = |p: &PlanOf| p.branch.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(Answer(turn.of(found, name, in_force)))
}

/// The days on which those of a branch are reminded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanToSet {
    /// Of which branch: wholly in reach. None is every unit.
    branch: Option<String>,
    /// So many days before the deadline.
    #[schema(minimum = 1, maximum = 30)]
    before: Option<u8>,
    /// Whether on the deadline's day.
    #[serde(default)]
    on_day: bool,
    /// So many days after the deadline.
    #[schema(minimum = 1, maximum = 30)]
    after: Option<u8>,
}

/// Sets the days on which those of a branch are reminded who have not reported; without any day it is off.
#[utoipa::path(put, path = "/reminder-plans", tag = "messages", security(("token" = ["consolidate"])),
    request_body = PlanToSet,
    responses((status = 200, description = "It is set.", body = Done), Refusals))]
async fn set_reminder_plan(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<PlanToSet>,
) -> Result<Done> {
    let over = caller.over::<Consolidate>(&api)?;
    let branch: Option<UnitId> = asked.branch.filter(|b| !b.is_empty()).map(Into::into);
    let plan = Plan { before: asked.before, on_day: asked.on_day, after: asked.after };
    outbox::set_plan(api.ws(), &over, branch.as_ref(), plan).await?;
    Ok(Answer(DONE))
}

/// Whether an office is told each morning what waits for it.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MorningDigest {
    /// Whether it is.
    wanted: bool,
}

/// Whether this office is told each morning what waits for it.
#[utoipa::path(get, path = "/morning-digest", tag = "messages", security(("token" = ["review"])),
    responses((status = 200, description = "Whether it is.", body = MorningDigest), Refusals))]
async fn morning_digest(State(api): State<ApiState>, caller: Caller) -> Result<MorningDigest> {
    let over = caller.over::<Review>(&api)?;
    Ok(Answer(MorningDigest { wanted: outbox::digest_wanted(api.ws(), &over).await? }))
}

/// Sets whether this office is told each morning what waits for it.
#[utoipa::path(put, path = "/morning-digest", tag = "messages", security(("token" = ["review"])),
    request_body = MorningDigest,
    responses((status = 200, description = "It is set.", body = Done), Refusals))]
async fn set_morning_digest(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<MorningDigest>,
) -> Result<Done> {
    let over = caller.over::<Review>(&api)?;
    outbox::set_digest(api.ws(), &over, asked.wanted).await?;
    Ok(Answer(DONE))
}
