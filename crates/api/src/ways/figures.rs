//! Figures with their coverage, and of any figure: of whom, excluding whom, as of when, from which units,
//! and who is missing. Raw: for an office that sees every unit that they rest on.

use axum::extract::State;
use nhipcau_actions::{
    basis::TreeDay,
    explain::{self, UnitRef},
    figures::{self, FigureRow, Query},
    powers::See,
};
use nhipcau_domain::{Date, Timestamp, figure, problem::Problem, text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::{Difference, Given, Status},
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
        let wrong = |found: &str| {
            let found = found.chars().take(60).collect::<String>();
            Failure::bad(Problem::new("api-parameter-wrong").with("detail", format!("tree: {found}")))
        };
        let tree = match self.tree.as_deref() {
            None | Some("then") => TreeDay::Then,
            Some("now") => TreeDay::On(text::local_day(api.ws().now())),
            Some(day) => TreeDay::On(day.parse().map_err(|_| wrong(day))?),
        };
        let scope = self.unit.as_deref().map(Into::into);
        Ok(Query { period: self.period.as_str().into(), scope, tree })
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
enum Kind {
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

/// On how many of the returns that are owed a figure rests.
#[derive(Serialize, ToSchema)]
struct Coverage {
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

impl Figure {
    pub fn of(f: &figure::Figure) -> Self {
        let c = f.coverage;
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
            status: match f.status {
                figure::Status::Measured => Kind::Measured,
                figure::Status::Derived => Kind::Derived,
                figure::Status::Claim => Kind::Claim,
                figure::Status::Missing => Kind::Missing,
                figure::Status::Unanswerable => Kind::Unanswerable,
            },
            coverage: Coverage {
                expected: c.expected,
                reported: c.reported,
                accepted: c.accepted,
                exempt: c.exempt,
                missing: c.missing,
            },
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

/// A figure, explained.
#[derive(Serialize, ToSchema)]
struct Explained {
    /// The figure.
    figure: Figure,
    /// What it says and of whom.
    definition: String,
    /// What was taken off, as a union.
    excluded: Option<Excluded>,
    /// What each unit adds, the largest first; a rate's are listed and do not sum.
    contributions: Vec<Contribution>,
    /// Units that are accepted but do not count, because one of the numbers is not reported.
    incomplete: Vec<Placed>,
    /// What is owed and not accepted.
    missing: Vec<NotThere>,
    /// Corrections of the returns that it rests on, the latest first.
    corrections: Vec<Correction>,
}

/// What was taken off.
#[derive(Serialize, ToSchema)]
struct Excluded {
    /// In the report's words.
    name: String,
    /// Off the numerator.
    numerator: i64,
    /// Off the denominator.
    denominator: i64,
}

/// A unit with its place.
#[derive(Serialize, ToSchema)]
struct Placed {
    /// The unit's id.
    unit: String,
    /// Its name.
    name: String,
    /// The names of those above it, nearest first.
    path: Vec<String>,
}

impl Placed {
    fn of(unit: &UnitRef) -> Self {
        Self { unit: unit.unit.to_string(), name: unit.name.clone(), path: unit.path.clone() }
    }
}

/// What a unit adds.
#[derive(Serialize, ToSchema)]
struct Contribution {
    /// Whose.
    unit: Placed,
    /// After exclusions.
    numerator: i64,
    /// After exclusions; none for a count.
    denominator: Option<i64>,
    /// The returns that it was read from.
    returns: Vec<Source>,
}

/// A return that numbers were read from.
#[derive(Serialize, ToSchema)]
struct Source {
    /// Which form.
    data_set: String,
    /// For which period.
    period: String,
    /// The accepted revision's number.
    revision: u32,
    /// The workbook's name; empty where it was typed.
    file: String,
    /// The sheet.
    sheet: String,
    /// The numbers.
    entries: Vec<SourceEntry>,
}

/// A number, with its cell.
#[derive(Serialize, ToSchema)]
struct SourceEntry {
    /// Which element.
    element: String,
    /// What was answered.
    value: Given,
    /// The cell that it was read from.
    cell: Option<String>,
}

/// A return that is owed and not accepted.
#[derive(Serialize, ToSchema)]
struct NotThere {
    /// Whose.
    unit: Placed,
    /// Which form.
    data_set: String,
    /// For which period.
    period: String,
    /// Where it stands.
    status: Status,
}

/// A correction of a return.
#[derive(Serialize, ToSchema)]
struct Correction {
    /// Whose.
    unit: Placed,
    /// The new revision's number.
    revision: u32,
    /// Who corrected.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Why.
    reason: String,
    /// What changed.
    differences: Vec<Difference>,
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
    let source = |s: &explain::Source| Source {
        data_set: s.data_set.to_string(),
        period: s.period.to_string(),
        revision: s.revision,
        file: s.origin.file.clone(),
        sheet: s.origin.sheet.clone(),
        entries: s
            .entries
            .iter()
            .map(|e| SourceEntry {
                element: e.element.to_string(),
                value: Given::of(&e.value),
                cell: e.cell.clone(),
            })
            .collect(),
    };
    let contributions = found.contributions.iter().map(|c| Contribution {
        unit: Placed::of(&c.unit),
        numerator: c.numerator,
        denominator: c.denominator,
        returns: c.returns.iter().map(source).collect(),
    });
    let missing = found.missing.iter().map(|m| NotThere {
        unit: Placed::of(&m.unit),
        data_set: m.data_set.to_string(),
        period: m.period.to_string(),
        status: m.status.into(),
    });
    let corrections = found.corrections.iter().map(|c| Correction {
        unit: Placed::of(&c.unit),
        revision: c.revision,
        office: c.office.to_string(),
        at: c.at,
        reason: c.reason.clone(),
        differences: c
            .differences
            .iter()
            .map(|(id, before, now)| Difference::new(id.to_string(), before.as_ref(), now))
            .collect(),
    });
    Ok(Answer(Explained {
        figure: Figure::of(&found.figure),
        definition: found.indicator.definition.clone(),
        excluded: found.figure.excluded.as_ref().map(|x| Excluded {
            name: x.name.clone(),
            numerator: x.numerator,
            denominator: x.denominator,
        }),
        contributions: contributions.collect(),
        incomplete: found.incomplete.iter().map(Placed::of).collect(),
        missing: missing.collect(),
        corrections: corrections.collect(),
    }))
}
