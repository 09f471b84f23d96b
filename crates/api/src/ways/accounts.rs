//! Offices, offices of units, slips. What would widen rights, or take an account over that somebody holds,
//! stays at the desk: it takes a proof of who one is.

use axum::extract::State;
use nhipcau_actions::accounts::{self, OfficeView, UnitOffice, Whom};
use nhipcau_domain::{Timestamp, id::UnitId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::{DONE, Done, Named, Said},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(offices))
        .routes(routes!(one_office))
        .routes(routes!(unit_offices, make_unit_offices))
        .routes(routes!(end_unit_holder))
}

/// What gives secrets out: never answered from memory.
pub(super) fn secrets() -> Ways {
    Ways::new().routes(routes!(print_slips))
}

/// An office.
#[derive(Serialize, ToSchema)]
struct OfficeShown {
    /// The office.
    office: Named,
    /// Whether it was closed.
    closed: bool,
    /// Roles on the site: each with its column, or on the whole site.
    grants: Vec<String>,
    /// Duties: each with the units that it reaches.
    postings: Vec<String>,
    /// Who holds it now.
    holders: Vec<OfficeHolder>,
}

/// Who holds an office.
#[derive(Serialize, ToSchema)]
struct OfficeHolder {
    /// Their id.
    id: Uuid,
    /// Their name; empty before they have set themselves up.
    name: String,
    /// A way to reach them.
    contact: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Whether they sign in with codes.
    codes: bool,
}

fn office(view: OfficeView) -> OfficeShown {
    let grants = view.grants.iter().map(|g| match &g.column {
        Some(column) => format!("{}:{column}", g.role.as_str()),
        None => g.role.as_str().to_owned(),
    });
    let postings = view.postings.iter().map(accounts::told_posting);
    let holders = view.holders.into_iter().filter(|h| h.until.is_none()).map(|h| OfficeHolder {
        id: h.id,
        name: h.name,
        contact: h.contact,
        since: h.since,
        codes: h.totp.is_some(),
    });
    OfficeShown {
        office: Named::new(view.office.id.as_str(), view.office.name),
        closed: view.office.closed.is_some(),
        grants: grants.collect(),
        postings: postings.collect(),
        holders: holders.collect(),
    }
}

/// The offices, by id.
#[utoipa::path(get, path = "/offices", tag = "accounts", security(("token" = ["accounts"])), params(Turn),
    responses((status = 200, description = "Offices.", body = Piece<OfficeShown>), Refusals))]
async fn offices(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<OfficeShown>> {
    let found = accounts::offices(api.ws(), caller.bearer.accounts()?).await?;
    Ok(Answer(turn.of(found, |v| v.office.id.to_string(), office)))
}

/// An office's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct OfficeAt {
    /// The office's id.
    office: String,
}

/// One office.
#[utoipa::path(get, path = "/offices/{office}", tag = "accounts", security(("token" = ["accounts"])),
    params(OfficeAt), responses((status = 200, description = "The office.", body = OfficeShown), Refusals))]
async fn one_office(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<OfficeAt>,
) -> Result<OfficeShown> {
    let found = accounts::office(api.ws(), caller.bearer.accounts()?, &at.office.into()).await?;
    Ok(Answer(office(found)))
}

/// Below which unit.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Below {
    /// Directly below this unit; at the top of what may be seen unless it is said otherwise.
    #[param(required = false)]
    under: Option<String>,
}

/// A unit with its office.
#[derive(Serialize, ToSchema)]
struct UnitWithOffice {
    /// The unit.
    unit: Named,
    /// Whether it has an office that is open.
    open: bool,
    /// Whether whoever asks may hand that office out.
    handed: bool,
    /// Whoever holds it.
    holders: Vec<UnitHolder>,
    /// How many units with an office are below it.
    below: usize,
    /// How many of those have nobody who can sign in.
    waiting: usize,
}

/// Whoever holds a unit's office.
#[derive(Serialize, ToSchema)]
struct UnitHolder {
    /// Their id.
    id: Uuid,
    /// Their name; empty before they have got in.
    name: String,
    /// A way to reach them.
    contact: String,
    /// Whether they can sign in.
    set_up: bool,
    /// Until when a slip waits for them.
    #[schema(value_type = Option<String>, format = DateTime)]
    slip: Option<Timestamp>,
}

fn unit_office(u: UnitOffice) -> UnitWithOffice {
    let holders = u.holders.into_iter().map(|h| UnitHolder {
        id: h.id,
        name: h.name,
        contact: h.contact,
        set_up: h.set_up,
        slip: h.slip,
    });
    UnitWithOffice {
        unit: Named::new(&*u.unit, u.name),
        open: u.open,
        handed: u.handed,
        holders: holders.collect(),
        below: u.below,
        waiting: u.waiting,
    }
}

/// Units directly below one, with their offices, by id.
#[utoipa::path(get, path = "/unit-offices", tag = "accounts", security(("token" = ["accounts"])),
    params(Below, Turn),
    responses((status = 200, description = "Units.", body = Piece<UnitWithOffice>), Refusals))]
async fn unit_offices(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<Below>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<UnitWithOffice>> {
    let keeper = caller.bearer.keeper(api.ws())?;
    let under = asked.under.map(UnitId::from);
    let found = accounts::unit_offices(api.ws(), &keeper, under.as_ref()).await?;
    Ok(Answer(turn.of(found.units, |u| u.unit.to_string(), unit_office)))
}

/// For which units.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Making {
    /// For this unit and those below it; for all unless it is said otherwise.
    under: Option<String>,
}

/// What making offices came to.
#[derive(Serialize, ToSchema)]
struct OfficesMade {
    /// Offices that are new.
    made: usize,
    /// Offices that took their unit's present name.
    renamed: usize,
    /// Offices that there were.
    there: usize,
}

/// Makes an office for each unit that reports and each unit above one. Those that there are stay.
#[utoipa::path(post, path = "/unit-offices", tag = "accounts", security(("token" = ["accounts"])),
    request_body = Making,
    responses((status = 200, description = "What it came to.", body = OfficesMade), Refusals))]
async fn make_unit_offices(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Making>,
) -> Result<OfficesMade> {
    let (acting, under) = (caller.bearer.accounts()?, asked.under.map(UnitId::from));
    let made = accounts::make_unit_offices(api.ws(), acting, caller.holder(), under.as_ref()).await?;
    Ok(Answer(OfficesMade { made: made.made, renamed: made.renamed, there: made.there }))
}

/// A holder of a unit's office.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct UnitHolderAt {
    /// The unit's id.
    unit: String,
    /// The holder's id.
    holder: Uuid,
}

/// Ends a holder of a unit's office: what they signed in with is void, what they did stays.
#[utoipa::path(delete, path = "/unit-offices/{unit}/holders/{holder}", tag = "accounts",
    security(("token" = ["accounts"])), params(UnitHolderAt),
    responses((status = 200, description = "They hold it no more.", body = Done), Refusals))]
async fn end_unit_holder(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<UnitHolderAt>,
) -> Result<Done> {
    let keeper = caller.bearer.keeper(api.ws())?;
    accounts::end_unit_holder(api.ws(), &keeper, &at.unit.into(), at.holder).await?;
    Ok(Answer(DONE))
}

/// For whom slips are printed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Printing {
    /// For every office below this unit that nobody can sign in to.
    under: String,
}

/// Slips.
#[derive(Serialize, ToSchema)]
struct Slips {
    /// The slips, by place in the tree.
    slips: Vec<Slip>,
    /// Offices that were left out, and why.
    left_out: Vec<LeftOut>,
}

/// A slip. Its code is stored nowhere: whoever has it gets in, once.
#[derive(Serialize, ToSchema)]
struct Slip {
    /// The unit.
    unit: Named,
    /// Whom it is for, where that is known.
    holder: String,
    /// The name of the unit above, which gives another slip if this one is lost.
    above: String,
    /// The code, to be typed at `/lam-viec/phieu`.
    code: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

/// An office that was left out.
#[derive(Serialize, ToSchema)]
struct LeftOut {
    /// The unit.
    unit: String,
    /// Why.
    why: Said,
}

/// Prints slips for the offices below a unit that nobody can sign in to: nobody who can is shut out.
#[utoipa::path(post, path = "/slips", tag = "accounts", security(("token" = ["accounts"])),
    request_body = Printing,
    responses((status = 200, description = "The slips.", body = Slips), Refusals))]
async fn print_slips(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Printing>,
) -> Result<Slips> {
    let keeper = caller.bearer.keeper(api.ws())?;
    let under = asked.under.into();
    let printed = accounts::print_slips(&api.door, &keeper, Whom::Waiting(&under)).await?;
    let slips = printed.slips.into_iter().map(|s| Slip {
        unit: Named::new(&*s.unit, s.office),
        holder: s.holder,
        above: s.above,
        code: s.code,
        until: s.until,
    });
    let left_out = printed
        .left_out
        .iter()
        .map(|h| LeftOut { unit: h.unit.to_string(), why: Said::of(caller.lang, &h.problem) });
    Ok(Answer(Slips { slips: slips.collect(), left_out: left_out.collect() }))
}
