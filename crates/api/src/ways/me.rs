//! Who asks, and giving the token back.

use axum::extract::State;
use nhipcau_actions::accounts;
use nhipcau_domain::{
    Timestamp,
    office::{Power, Reach},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::Ways;
use crate::{
    body::{Answer, Result},
    caller::Caller,
    describe::Refusals,
    shape::{DONE, Done, Named},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(me)).routes(routes!(end_token))
}

/// Who asks, and what the token opens of what the office may do now.
#[derive(Serialize, ToSchema)]
struct Me {
    /// The office.
    office: Named,
    /// In whose name, and by which token: as it stands on record beside the office.
    holder: String,
    /// The token's name.
    token: String,
    /// What the token may be used for.
    scopes: Vec<&'static str>,
    /// Until when the token is good.
    #[schema(value_type = String, format = DateTime)]
    expires: Timestamp,
    /// Powers with returns and reports, as far as the scopes lend them.
    powers: Vec<Lent>,
    /// Roles on the site, as far as the scopes lend them.
    roles: Vec<Role>,
}

/// Powers over some units.
#[derive(Serialize, ToSchema)]
struct Lent {
    /// `see`, `report`, `review`, `consolidate`, `approve`, `audit`.
    powers: Vec<&'static str>,
    /// `unit`, `branch` (with everyone below it) or `all`.
    reach: &'static str,
    /// The unit; none where it is all.
    unit: Option<String>,
}

/// A role on the site.
#[derive(Serialize, ToSchema)]
struct Role {
    /// `writer`, `editor`, `publisher` or `administrator`.
    role: &'static str,
    /// On which column; none is the whole site.
    column: Option<String>,
}

fn power(power: Power) -> &'static str {
    match power {
        Power::See => "see",
        Power::Report => "report",
        Power::Review => "review",
        Power::Consolidate => "consolidate",
        Power::Approve => "approve",
        Power::Audit => "audit",
    }
}

/// Who asks.
#[utoipa::path(get, path = "/me", tag = "self", security(("token" = [])),
    responses((status = 200, description = "Who asks.", body = Me), Refusals))]
async fn me(caller: Caller) -> Result<Me> {
    let bearer = &caller.bearer;
    let told = bearer.told();
    let lent = told.powers.iter().map(|(powers, reach)| {
        let (reach, unit) = match reach {
            Reach::All => ("all", None),
            Reach::Branch(unit) => ("branch", Some(unit.to_string())),
            Reach::Unit(unit) => ("unit", Some(unit.to_string())),
        };
        Lent { powers: powers.iter().copied().map(power).collect(), reach, unit }
    });
    let role = told
        .roles
        .iter()
        .map(|(role, column)| Role { role: role.as_str(), column: column.map(str::to_owned) });
    Ok(Answer(Me {
        office: Named::new(bearer.office().as_str(), bearer.office_name.clone()),
        holder: bearer.holder.clone(),
        token: bearer.token.name.clone(),
        scopes: bearer.scopes.iter().map(|s| s.as_str()).collect(),
        expires: bearer.token.expires,
        powers: lent.collect(),
        roles: role.collect(),
    }))
}

/// Ends the token that asks: nobody gets in with it any more.
#[utoipa::path(delete, path = "/me/token", tag = "self", security(("token" = [])),
    responses((status = 200, description = "It has ended.", body = Done), Refusals))]
async fn end_token(State(api): State<ApiState>, caller: Caller) -> Result<Done> {
    let (token, office) = (caller.bearer.token.id, caller.bearer.office());
    accounts::end_token(api.ws(), (office, caller.holder()), office, token).await?;
    Ok(Answer(DONE))
}
