//! The wide table: every unit beside every element, with totals.

mod events;
mod file;

use axum::extract::State;
use nhipcau_actions::{
    powers::See,
    review::{self, Total, Totals, WideAsked},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) use self::file::{TableFileAt, table_file};
use super::{
    Ways,
    queue::{Standings, Which},
};
use crate::{
    body::{Answer, Asked, Result},
    caller::Caller,
    describe::Refusals,
    page::{Turn, following},
    shape::{Given, Key, Named, Period, Status},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(table)).routes(routes!(table_totals)).merge(events::ways()).merge(file::ways())
}

/// Of what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TableAsked {
    /// Only returns with this status.
    #[param(required = false, inline)]
    status: Option<Status>,
    /// With the same period of the year before.
    #[serde(default)]
    #[param(required = false)]
    year_before: bool,
}

fn wide(which: Which, asked: &TableAsked) -> WideAsked {
    WideAsked { of: which.asked(), status: asked.status.map(Status::status), year_before: asked.year_before }
}

/// A piece of the table.
#[derive(Serialize, ToSchema)]
struct Table {
    /// The form.
    data_set: Named,
    /// The period.
    period: Period,
    /// The columns.
    columns: Vec<Column>,
    /// The rows: by branch, then by name.
    items: Vec<TableRow>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
    /// The totals of everything that was asked for.
    totals: TableTotals,
    /// What the campaign says of its data, such as that they are made up.
    notice: String,
}

/// A column.
#[derive(Serialize, ToSchema)]
struct Column {
    /// The element.
    element: Named,
    /// Its unit of measure.
    measure: String,
    /// A figure that rests on it.
    figure: Option<String>,
    /// The target that was set.
    target: Option<i64>,
}

/// A unit's return in the table.
#[derive(Serialize, ToSchema)]
struct TableRow {
    /// Which return.
    key: Key,
    /// The unit's name then.
    unit: String,
    /// The unit that it reports to.
    branch: Option<Named>,
    /// Its status.
    status: Status,
    /// Whether its numbers count in the totals.
    counts: bool,
    /// A cell for each column.
    cells: Vec<TableCell>,
}

/// A cell.
#[derive(Serialize, ToSchema)]
struct TableCell {
    /// What was answered; none where nothing was.
    value: Option<Given>,
    /// What was accepted for the same period of the year before.
    before: Option<i64>,
}

/// The totals: of what was accepted.
#[derive(Serialize, ToSchema)]
struct TableTotals {
    /// Where the returns stand.
    standings: Standings,
    /// A total for each column.
    columns: Vec<TableTotal>,
}

/// The total of a column.
#[derive(Serialize, ToSchema)]
struct TableTotal {
    /// The sum; none where the element does not add, or nobody gave a number.
    sum: Option<i64>,
    /// On how many units' numbers it rests.
    units: i64,
    /// The same for the same period of the year before.
    before: Option<i64>,
}

fn totals(t: &Totals) -> TableTotals {
    let total = |t: &Total| TableTotal { sum: t.sum, units: t.units, before: t.before };
    TableTotals { standings: Standings::of(&t.standings), columns: t.columns.iter().map(total).collect() }
}

/// Every unit beside every element of a form, 400 rows at a time. Without a form the first one; without a
/// period its last that has ended.
#[utoipa::path(get, path = "/table", tag = "figures", security(("token" = ["read"])),
    params(Which, TableAsked, Turn),
    responses((status = 200, description = "The table.", body = Table), Refusals))]
async fn table(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(which): Asked<Which>,
    Asked(asked): Asked<TableAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Table> {
    let over = caller.over::<See>(&api)?;
    let number = turn.number()?;
    let page = usize::try_from(number).unwrap_or(usize::MAX);
    let found = review::wide(api.ws(), &over, &wide(which, &asked), Some(page)).await?;
    caller.looked(&api).await?;
    let columns = found.columns.iter().map(|c| Column {
        element: Named::new(&*c.element.id, c.element.name.clone()),
        measure: c.measure.clone(),
        figure: c.figure.as_ref().map(ToString::to_string),
        target: c.target.as_ref().map(|(target, _)| *target),
    });
    let rows = found.rows.iter().filter(|_| page <= found.pages).map(|r| TableRow {
        key: Key::of(&r.key),
        unit: r.unit.clone(),
        branch: r.branch.as_ref().map(|(id, name)| Named::new(&**id, name.clone())),
        status: r.status.into(),
        counts: r.counts,
        cells: r
            .cells
            .iter()
            .map(|c| TableCell { value: c.value.as_ref().map(Given::of), before: c.before })
            .collect(),
    });
    Ok(Answer(Table {
        data_set: Named::new(&*found.form.id, found.form.name.clone()),
        period: Period::of(&found.period),
        columns: columns.collect(),
        items: rows.collect(),
        next: following(number, page < found.pages),
        totals: totals(&found.totals),
        notice: found.notice.clone(),
    }))
}

/// The totals alone: live, as returns are accepted.
#[utoipa::path(get, path = "/table/totals", tag = "figures", security(("token" = ["read"])),
    params(Which, TableAsked),
    responses((status = 200, description = "The totals.", body = TableTotals), Refusals))]
async fn table_totals(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(which): Asked<Which>,
    Asked(asked): Asked<TableAsked>,
) -> Result<TableTotals> {
    let over = caller.over::<See>(&api)?;
    let found = review::wide_totals(api.ws(), &over, &wide(which, &asked)).await?;
    caller.looked(&api).await?;
    Ok(Answer(totals(&found)))
}
