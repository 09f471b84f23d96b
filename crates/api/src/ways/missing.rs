//! Who has not reported, and later deadlines.

use axum::extract::State;
use nhipcau_actions::{
    powers::{Consolidate, Review, See},
    review::{self, MissingReturn},
};
use nhipcau_domain::{Date, Timestamp};
use nhipcau_store::OfficeContact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Ways,
    queue::{Standings, Which},
};
use crate::{
    body::{Answer, Asked, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{DONE, Done, Key, Named, Status},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(missing)).routes(routes!(extensions, extend))
}

/// Who has not reported.
#[derive(Serialize, ToSchema)]
struct WhoIsMissing {
    /// By branch: the one with the earliest last day first. At most a thousand returns in all.
    branches: Vec<MissingBranch>,
    /// How many more there are than are listed.
    more: usize,
    /// Where all that is owed stands.
    standings: Standings,
}

/// A branch, with what is missing of it.
#[derive(Serialize, ToSchema)]
struct MissingBranch {
    /// The unit to which those report that are missing.
    branch: Option<Named>,
    /// Whom to call there.
    contact: Option<Contact>,
    /// What is missing.
    missing: Vec<Missing>,
}

/// A return that is not there.
#[derive(Serialize, ToSchema)]
struct Missing {
    /// Which.
    key: Key,
    /// The unit's name then.
    unit: String,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Whether that has passed.
    overdue: bool,
    /// Its status.
    status: Status,
    /// Whom to call.
    contact: Option<Contact>,
}

/// An office and who holds it.
#[derive(Serialize, ToSchema)]
pub(super) struct Contact {
    /// The office's name.
    office: String,
    /// Its holders.
    holders: Vec<ContactHolder>,
}

/// Who holds an office.
#[derive(Serialize, ToSchema)]
struct ContactHolder {
    /// The name.
    name: String,
    /// A way to reach them.
    contact: String,
}

pub(super) fn contact(c: OfficeContact) -> Contact {
    let holders = c.holders.into_iter().map(|(name, contact)| ContactHolder { name, contact });
    Contact { office: c.name, holders: holders.collect() }
}

fn missing_return(m: MissingReturn) -> Missing {
    Missing {
        key: Key::of(&m.key),
        unit: m.unit,
        due: m.due,
        overdue: m.overdue,
        status: m.status.into(),
        contact: m.contact.map(contact),
    }
}

/// Who has not reported, by branch, with whom to call.
#[utoipa::path(get, path = "/missing", tag = "review", security(("token" = ["review"])), params(Which),
    responses((status = 200, description = "Who is missing.", body = WhoIsMissing), Refusals))]
async fn missing(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(which): Asked<Which>,
) -> Result<WhoIsMissing> {
    let over = caller.over::<Review>(&api)?;
    let found = review::missing(api.ws(), &over, &which.asked()).await?;
    let branches = found.branches.into_iter().map(|b| MissingBranch {
        branch: b.branch.map(|(id, name)| Named::new(&*id, name)),
        contact: b.contact.map(contact),
        missing: b.missing.into_iter().map(missing_return).collect(),
    });
    Ok(Answer(WhoIsMissing {
        branches: branches.collect(),
        more: found.more,
        standings: Standings::of(&found.standings),
    }))
}

/// A later deadline.
#[derive(Serialize, ToSchema)]
struct Extension {
    /// Its id.
    id: String,
    /// Of which form.
    data_set: String,
    /// For which period.
    period: String,
    /// For this unit and everyone below it.
    branch: String,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why.
    reason: String,
    /// By which office.
    office: String,
    /// When it was granted.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// Later deadlines that were granted to branches whose top the office sees.
#[utoipa::path(get, path = "/extensions", tag = "review", security(("token" = ["read"])), params(Turn),
    responses((status = 200, description = "Later deadlines.", body = Piece<Extension>), Refusals))]
async fn extensions(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Extension>> {
    let over = caller.over::<See>(&api)?;
    let found = review::extensions(api.ws(), &over).await?;
    Ok(Answer(turn.of(
        found,
        |e| e.id.to_string(),
        |e| Extension {
            id: e.id.to_string(),
            data_set: e.data_set.to_string(),
            period: e.period.to_string(),
            branch: e.unit.to_string(),
            until: e.until_day,
            reason: e.reason,
            office: e.office.to_string(),
            at: e.at,
        },
    )))
}

/// A later deadline to be granted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Extending {
    /// Of which form.
    data_set: String,
    /// For which period.
    period: String,
    /// For this unit and everyone below it.
    branch: String,
    /// The last day: to come, and later than any of its units has now.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why.
    reason: String,
}

/// Extends a deadline for a branch, on record.
#[utoipa::path(post, path = "/extensions", tag = "review", security(("token" = ["consolidate"])),
    request_body = Extending,
    responses((status = 200, description = "It is granted.", body = Done), Refusals))]
async fn extend(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Extending>,
) -> Result<Done> {
    let over = caller.over::<Consolidate>(&api)?;
    let of = (&asked.data_set.as_str().into(), &asked.period.as_str().into());
    let branch = asked.branch.as_str().into();
    review::extend(api.ws(), &over, of, &branch, asked.until, &asked.reason).await?;
    Ok(Answer(DONE))
}
