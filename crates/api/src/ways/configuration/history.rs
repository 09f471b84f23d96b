//! The history of what is set up: who changed what, when and why.

use axum::extract::State;
use nhipcau_actions::configuration::{self, Change};
use nhipcau_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Ways,
    differences::{MOST, RecordEffect},
    edits::UnitEvent,
    power,
};
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(configuration_changes)).routes(routes!(configuration_change))
}

/// A change of what is set up.
#[derive(Serialize, ToSchema)]
struct ConfigurationChange {
    /// Its number, from 1.
    number: usize,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By which office.
    office: String,
    /// By whom; empty for what was done at the machine.
    holder: String,
    /// Why; empty where no one said.
    reason: String,
    /// The version of the definitions that it made: what it said can be restored.
    version: Option<i64>,
    /// How many events of units it put on record.
    events: i64,
}

impl ConfigurationChange {
    fn of(change: Change) -> Self {
        Self {
            number: change.number,
            at: change.at,
            office: change.office.to_string(),
            holder: change.holder,
            reason: change.reason,
            version: change.version,
            events: change.events.map_or(0, |(first, last)| last - first + 1),
        }
    }
}

/// Every change, the newest first.
#[utoipa::path(get, path = "/configuration/changes", tag = "configuration",
    security(("token" = ["configure"])), params(Turn),
    responses((status = 200, description = "Changes.", body = Piece<ConfigurationChange>), Refusals))]
async fn configuration_changes(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<ConfigurationChange>> {
    let power = power(&api, &caller)?;
    let found = configuration::changes(api.ws(), &power).await?;
    Ok(Answer(turn.newest(found, |c| c.number, ConfigurationChange::of)?))
}

/// Which change.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ChangeAt {
    /// Its number.
    number: u32,
}

/// A change with what it said.
#[derive(Serialize, ToSchema)]
struct ChangeShown {
    /// The change.
    change: ConfigurationChange,
    /// Records that differ from the version before, at most 500. None, where there is a new version: only
    /// the order of records changed.
    records: Vec<RecordEffect>,
    /// How many more records differ.
    more_records: usize,
    /// What happened to units: the first 500 events.
    events: Vec<UnitEvent>,
}

/// One change, with what it said.
#[utoipa::path(get, path = "/configuration/changes/{number}", tag = "configuration",
    security(("token" = ["configure"])), params(ChangeAt),
    responses((status = 200, description = "The change.", body = ChangeShown), Refusals))]
async fn configuration_change(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<ChangeAt>,
) -> Result<ChangeShown> {
    let power = power(&api, &caller)?;
    let number = usize::try_from(at.number).unwrap_or(usize::MAX);
    let found = configuration::details(api.ws(), &power, number).await?.ok_or_else(Failure::not_found)?;
    Ok(Answer(ChangeShown {
        records: found.records.iter().take(MOST).map(RecordEffect::of).collect(),
        more_records: found.records.len().saturating_sub(MOST),
        events: found.events.iter().map(UnitEvent::of).collect(),
        change: ConfigurationChange::of(found.change),
    }))
}
