//! Figures with their coverage, and of any figure: of whom, excluding whom, as of when, from which units,
//! and who is missing. Raw: for an office that sees every unit that they rest on.

mod explained;

use axum::extract::State;
use nhipcau_actions::{
    analysis::TreeAsked,
    explain,
    figures::{self, FigureRow, Query},
    powers::See,
};
use nhipcau_domain::{Date, figure, problem::Problem, text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) use self::explained::Explained;
use super::Ways;
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(figures_of)).routes(routes!(figure_explained))
}

/// Of what, for when, under which tree.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FiguresAsked {
    /// For this period.
    period: String,
    /// Of this unit and everyone below it; the campaign's scope unless it is said otherwise.
    #[param(required = false)]
    unit: Option<String>,
    /// Under the tree of the period's last day (`then`, unless it is said otherwise), of today (`now`), or
    /// of a day.
    #[param(required = false)]
    tree: Option<String>,
}

impl FiguresAsked {
    fn query(&self, api: &ApiState) -> std::result::Result<Query, Failure> {
        let tree = tree_asked(self.tree.as_deref())?.day(text::local_day(api.ws().now()));
        let scope = self.unit.as_deref().map(Into::into);
        Ok(Query { period: self.period.as_str().into(), scope, tree })
    }
}

/// Under which tree: `then`, which is usual, `now`, or a day.
pub(super) fn tree_asked(said: Option<&str>) -> std::result::Result<TreeAsked, Failure> {
    let wrong = |found: &str| {
        let found = found.chars().take(60).collect::<String>();
        Failure::bad(Problem::new("api-parameter-wrong").with("detail", format!("tree: {found}")))
    };
    match said {
        None | Some("then") => Ok(TreeAsked::Then),
        Some("now") => Ok(TreeAsked::Now),
        Some(day) => day.parse().map(TreeAsked::On).map_err(|_| wrong(day)),
    }
}

/// A figure.
#[derive(Serialize, ToSchema)]
pub(super) struct Figure {
    /// Its indicator's id.
    key: String,
    /// Its name.
    name: String,
    /// For which period.
    period: String,
    /// Of which unit, with everyone below it.
    unit: String,
    /// The day that the tree is read on.
    #[schema(value_type = String, format = Date)]
    tree: Date,
    /// After exclusions. Of a count, the count.
    numerator: Option<i64>,
    /// After exclusions; none for a count.
    denominator: Option<i64>,
    /// The number of a published claim: quoted, never computed with.
    claimed: Option<i64>,
    /// A count; of a share whole per cent, cut and never rounded up.
    value: Option<i64>,
    /// As a report says it.
    wording: String,
    /// Its unit of measure.
    measure: String,
    /// Whether it counts people.
    people: bool,
    /// Whether it is a share in per cent.
    percent: bool,
    /// What kind of statement it is.
    status: Kind,
    /// On how many of the returns that are owed it rests.
    coverage: Coverage,
}

/// What kind of statement a figure is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// From returns.
    Measured,
    /// By a rule, from measured ones.
    Derived,
    /// Quoted from elsewhere.
    Claim,
    /// No accepted return reports it.
    Missing,
    /// A unit was split: there is no exact answer under that tree.
    Unanswerable,
}

impl From<figure::Status> for Kind {
    fn from(status: figure::Status) -> Self {
        match status {
            figure::Status::Measured => Self::Measured,
            figure::Status::Derived => Self::Derived,
            figure::Status::Claim => Self::Claim,
            figure::Status::Missing => Self::Missing,
            figure::Status::Unanswerable => Self::Unanswerable,
        }
    }
}

/// On how many of the returns that are owed a figure rests.
#[derive(Serialize, ToSchema)]
pub(crate) struct Coverage {
    /// Owed.
    expected: u32,
    /// Came in.
    reported: u32,
    /// Accepted: the figure rests on these.
    accepted: u32,
    /// Excused.
    exempt: u32,
    /// Owed, not excused, and not accepted.
    missing: u32,
}

impl From<figure::Coverage> for Coverage {
    fn from(c: figure::Coverage) -> Self {
        let figure::Coverage { expected, reported, accepted, exempt, missing } = c;
        Self { expected, reported, accepted, exempt, missing }
    }
}

impl Figure {
    pub fn of(f: &figure::Figure) -> Self {
        Self {
            key: f.key.to_string(),
            name: f.name.clone(),
            period: f.period.to_string(),
            unit: f.scope.to_string(),
            tree: f.tree,
            numerator: f.numerator,
            denominator: f.denominator,
            claimed: f.claimed,
            value: f.value(),
            wording: f.wording.clone(),
            measure: f.measure.to_string(),
            people: f.people,
            percent: f.percent,
            status: f.status.into(),
            coverage: f.coverage.into(),
        }
    }
}

/// A figure beside what it is compared with.
#[derive(Serialize, ToSchema)]
struct FigureLine {
    /// The figure.
    figure: Figure,
    /// The target: whole per cent for a share.
    target: Option<i64>,
    /// The same period of the year before, where it was reported.
    before: Option<Figure>,
    /// How many units it rests on.
    units: usize,
}

/// Every figure of a unit for a period.
#[utoipa::path(get, path = "/figures", tag = "figures", security(("token" = ["read"])),
    params(FiguresAsked, Turn),
    responses((status = 200, description = "Figures, by key.", body = Piece<FigureLine>), Refusals))]
async fn figures_of(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<FiguresAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<FigureLine>> {
    let over = caller.over::<See>(&api)?;
    let found = figures::seen(api.ws(), &over, &asked.query(&api)?).await?;
    caller.looked(&api).await?;
    let name = |row: &FigureRow| row.answer.figure.key.to_string();
    Ok(Answer(turn.of(found, name, |row| FigureLine {
        figure: Figure::of(&row.answer.figure),
        target: row.target,
        before: row.before.as_ref().map(Figure::of),
        units: row.answer.contributions.len(),
    })))
}

/// A figure's key.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct FigureAt {
    /// The indicator's id.
    figure: String,
}

/// A figure down to the return and the cell of the workbook that each number was read from.
#[utoipa::path(get, path = "/figures/{figure}", tag = "figures", security(("token" = ["read"])),
    params(FigureAt, FiguresAsked),
    responses((status = 200, description = "The figure, explained.", body = Explained), Refusals))]
async fn figure_explained(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<FigureAt>,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Explained> {
    let over = caller.over::<See>(&api)?;
    let found = explain::seen(api.ws(), &over, &at.figure, &asked.query(&api)?).await?;
    caller.looked(&api).await?;
    Ok(Answer(Explained::of(&found)))
}
