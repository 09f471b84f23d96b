//! A unit with everything that was ever so of it.

use axum::extract::State;
use nhipcau_actions::Setting;
use nhipcau_domain::{Date, problem::Problem, tree::Ix};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Ways, power, setting};
use crate::{
    body::{Answer, At, Result},
    caller::Caller,
    describe::Refusals,
    shape::Named,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(configuration_unit))
}

/// A unit's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct HistoryAt {
    /// The unit's id.
    unit: String,
}

/// Everything that was ever so of a unit, each in order of days.
#[derive(Serialize, ToSchema)]
struct UnitHistory {
    /// Its id.
    id: String,
    /// The first day on which it is open.
    #[schema(value_type = String, format = Date)]
    opened: Date,
    /// The first day on which it is no more.
    #[schema(value_type = Option<String>, format = Date)]
    closed: Option<Date>,
    /// Its names.
    names: Vec<NameSince>,
    /// What it was.
    kinds: Vec<KindSince>,
    /// Its official codes.
    codes: Vec<CodeSince>,
    /// Whom it reported to.
    parents: Vec<ParentSince>,
    /// Units that became part of it, or that it came from by a split.
    predecessors: Vec<Named>,
    /// What it became: one unit after a merge, several after a split.
    successors: Vec<Named>,
}

/// A name, from a day on.
#[derive(Serialize, ToSchema)]
struct NameSince {
    /// From that day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The name.
    name: String,
}

/// A kind, from a day on.
#[derive(Serialize, ToSchema)]
struct KindSince {
    /// From that day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The kind.
    kind: String,
}

/// An official code, from a day on.
#[derive(Serialize, ToSchema)]
struct CodeSince {
    /// From that day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The code; none where it had none.
    code: Option<String>,
}

/// Whom a unit reported to, from a day on.
#[derive(Serialize, ToSchema)]
struct ParentSince {
    /// From that day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// That unit, by its name then; none at the top.
    parent: Option<Named>,
}

fn told(setting: &Setting, ix: Ix) -> UnitHistory {
    let tree = &setting.tree;
    let (opened, closed) = (tree.opened(ix), tree.closed(ix));
    let unit_then = |unit: Ix, on: Date| Named::new(tree.id(unit).as_str(), tree.name(unit, on));
    let names = tree.names(ix).iter().map(|(from, name)| NameSince { from: *from, name: name.clone() });
    let kinds = tree.kinds(ix).iter().map(|(from, kind)| KindSince { from: *from, kind: kind.to_string() });
    let codes = tree.codes(ix).iter().map(|(from, code)| CodeSince { from: *from, code: code.clone() });
    let parents = tree
        .parents(ix)
        .iter()
        .map(|(from, parent)| ParentSince { from: *from, parent: parent.map(|p| unit_then(p, *from)) });
    UnitHistory {
        id: tree.id(ix).to_string(),
        opened,
        closed,
        names: names.collect(),
        kinds: kinds.collect(),
        codes: codes.collect(),
        parents: parents.collect(),
        predecessors: tree.predecessors(ix).map(|p| unit_then(p, tree.opened(p))).collect(),
        successors: tree.successors(ix).iter().map(|s| unit_then(*s, closed.unwrap_or(opened))).collect(),
    }
}

/// A unit with everything that was ever so of it.
#[utoipa::path(get, path = "/configuration/units/{unit}", tag = "configuration",
    security(("token" = ["configure"])), params(HistoryAt),
    responses((status = 200, description = "The unit.", body = UnitHistory), Refusals))]
async fn configuration_unit(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<HistoryAt>,
) -> Result<UnitHistory> {
    power(&api, &caller)?;
    let setting = setting(&api).await?;
    let unknown = || Problem::new("unit-unknown").with("unit", at.unit.as_str());
    let ix = setting.tree.find(&at.unit).ok_or_else(unknown)?;
    Ok(Answer(told(&setting, ix)))
}
