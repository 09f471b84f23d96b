//! The audit trail: who did what that binds, each record with the hash of the one before.

use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    audit::{self, Export},
    powers::Audit,
};
use nhipcau_domain::{Date, Timestamp, problem::Problem};
use nhipcau_store::audit::AuditRecord;
use nhipcau_web::flow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Ways;
use crate::{
    body::{Answer, Asked, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(trail)).routes(routes!(head)).routes(routes!(export))
}

/// What is asked of the trail; what is empty is not asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TrailAsked {
    /// Of that office.
    #[serde(default)]
    #[param(required = false)]
    office: String,
    /// Concerning that unit, edition or office.
    #[serde(default)]
    #[param(required = false)]
    subject: String,
    /// From that local day on.
    #[param(required = false, value_type = String, format = Date)]
    from: Option<Date>,
    /// To that local day.
    #[param(required = false, value_type = String, format = Date)]
    to: Option<Date>,
    /// The `next` of the piece before.
    #[param(required = false)]
    after: Option<i64>,
}

/// A record of the trail.
#[derive(Serialize, ToSchema)]
struct Record {
    /// Its number, from 1.
    seq: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By which office.
    office: String,
    /// Who held it; empty for the program itself.
    holder: String,
    /// What was done.
    what: String,
    /// What it concerns.
    subject: String,
    /// What exactly: JSON, as it is hashed. Of a batch that holds units beyond reach too, without their
    /// lines: `beyond` says how many.
    body: String,
    /// The hash of the record before; empty for whoever audits some units only.
    before: String,
    /// Its own hash; empty where lines are left out.
    hash: String,
}

impl Record {
    fn of(r: AuditRecord) -> Self {
        Self {
            seq: r.seq,
            at: r.at,
            office: r.office.to_string(),
            holder: r.holder,
            what: r.what,
            subject: r.subject,
            body: r.body,
            before: r.before,
            hash: r.hash,
        }
    }
}

/// A piece of the trail.
#[derive(Serialize, ToSchema)]
struct Trail {
    /// Records, the newest first; fifty at most. Before the end there may be fewer, or none.
    items: Vec<Record>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<i64>,
}

/// The trail: an office that audits some units sees what concerns those, what itself did, and what concerns
/// the whole.
#[utoipa::path(get, path = "/audit", tag = "audit", security(("token" = ["audit"])), params(TrailAsked),
    responses((status = 200, description = "Records.", body = Trail), Refusals))]
async fn trail(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<TrailAsked>,
) -> Result<Trail> {
    let over = caller.over::<Audit>(&api)?;
    let TrailAsked { office, subject, from, to, after } = asked;
    let asked = audit::Asked { office, subject, from, to, before: after };
    let found = audit::trail(api.ws(), &over, &asked).await?;
    let items = found.records.into_iter().map(Record::of).collect();
    Ok(Answer(Trail { items, next: found.older }))
}

/// The newest record of all.
#[derive(Serialize, ToSchema)]
struct Head {
    /// It; none before anything was done. Its hash, kept elsewhere, makes later rewriting visible.
    head: Option<Record>,
}

/// The newest record of all: for whoever may read all of the trail.
#[utoipa::path(get, path = "/audit/head", tag = "audit", security(("token" = ["audit"])),
    responses((status = 200, description = "The newest record.", body = Head), Refusals))]
async fn head(State(api): State<ApiState>, caller: Caller) -> Result<Head> {
    of_all(&api, &caller)?;
    let mut tx = api.ws().store().read().await?;
    Ok(Answer(Head { head: audit::head(&mut tx).await?.map(Record::of) }))
}

fn of_all(api: &ApiState, caller: &Caller) -> std::result::Result<(), Failure> {
    let over = caller.over::<Audit>(api)?;
    if over.is_over_all() {
        return Ok(());
    }
    Err(Problem::new("office-may-not").with("office", over.office().as_str()).into())
}

/// From when on.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Since {
    /// Only from that local day on.
    #[param(required = false, value_type = String, format = Date)]
    since: Option<Date>,
}

/// All of it as JSON lines, oldest first: the file that `nhipcau audit export` writes, to be checked by
/// someone who does not trust us.
#[utoipa::path(get, path = "/audit/export", tag = "audit", security(("token" = ["audit"])), params(Since),
    responses((status = 200, description = "Records, a line each.", content_type = "application/jsonl",
        body = String), Refusals))]
async fn export(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<Since>,
) -> std::result::Result<Response, Failure> {
    of_all(&api, &caller)?;
    let all = Export::begin(api.ws(), asked.since).await?;
    Ok(([(CONTENT_TYPE, "application/jsonl")], flow::body(all, Export::piece)).into_response())
}
