//! The table with its two sides, in JSON and as a file.

use axum::{extract::State, response::Response};
use nhipcau_actions::{
    analysis::{self, Cell, Head, Key, Pivot, words},
    powers::See,
};
use nhipcau_domain::{Date, figure::Figure};
use nhipcau_messages::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Looking, PivotAsked, Ways};
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Turn, following},
    shape::{Named, Period},
    state::ApiState,
    ways::{
        figures::{Coverage, Kind},
        table::{TableFileAt, table_file},
    },
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(analysis_table)).routes(routes!(analysis_as_file))
}

/// A piece of the table.
#[derive(Serialize, ToSchema)]
pub(crate) struct PivotTable {
    /// What was asked for, with what was chosen where nothing was said.
    asked: Looking,
    /// The branch.
    branch: Named,
    /// The period, where periods are on no side.
    period: Option<Period>,
    /// The element or indicator, where they are on no side.
    item: Option<PivotHead>,
    /// The columns.
    columns: Vec<PivotHead>,
    /// The lines. Units come by name, 400 at a time; each piece ends with those of the branch who are in no
    /// line of their own, where there are such, and with the branch as a whole.
    items: Vec<PivotRow>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
    /// Where what is counted was defined anew: across it nothing is compared.
    breaks: Vec<SeriesBreak>,
    /// How many units of the branch are out of reach, and so in no number.
    left_out: usize,
    /// How many units could not stand across: at most forty can.
    not_across: usize,
    /// The day that the tree is read on; none for each period's own.
    #[schema(value_type = Option<String>, format = Date)]
    tree: Option<Date>,
    /// The day on which units have their names.
    #[schema(value_type = String, format = Date)]
    named_on: Date,
    /// What the campaign says of its data, such as that they are made up.
    notice: String,
}

/// The head of a line or a column.
#[derive(Serialize, ToSchema)]
pub(super) struct PivotHead {
    /// What it is of.
    of: HeadOf,
    /// What it is asked for by: a unit's or a period's id, an item as it is asked for; of the branch as a
    /// whole empty.
    key: String,
    /// Its name, in the language that was asked for.
    name: String,
    /// An item's unit of measure; the name of a unit between a unit and the branch. May be empty.
    more: String,
}

/// What a line or a column is of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum HeadOf {
    /// A unit with everyone below it.
    Unit,
    /// Of the branch, those who are in no line of their own.
    Rest,
    /// The branch as a whole.
    Whole,
    /// A period.
    Period,
    /// An element or an indicator.
    Item,
}

impl PivotHead {
    pub fn of(lang: Lang, asked: &analysis::Asked, branch: &str, head: &Head) -> Self {
        Self {
            of: match head.key {
                Key::Unit(_) => HeadOf::Unit,
                Key::Rest => HeadOf::Rest,
                Key::Whole => HeadOf::Whole,
                Key::Period(_) => HeadOf::Period,
                Key::Item(_) => HeadOf::Item,
            },
            key: head.key.name(),
            name: words::called(lang, asked, branch, head),
            more: head.more.clone(),
        }
    }
}

/// A line.
#[derive(Serialize, ToSchema)]
struct PivotRow {
    /// Its head.
    head: PivotHead,
    /// A cell for each column; none where nothing of the kind is collected.
    cells: Vec<Option<PivotCell>>,
}

/// A cell.
#[derive(Serialize, ToSchema)]
struct PivotCell {
    /// What stands in it, raw.
    figure: CellFigure,
    /// The same period of the year before, where that was asked for and reported.
    before: Option<CellFigure>,
    /// The target that was set for it: whole per cent for a share.
    target: Option<i64>,
    /// With how many decimals a share is said.
    decimals: u8,
}

/// A figure in a cell. Missing is never zero.
#[derive(Serialize, ToSchema)]
struct CellFigure {
    /// After exclusions. Of a count, the count.
    numerator: Option<i64>,
    /// After exclusions; none for a count.
    denominator: Option<i64>,
    /// A count; of a share whole per cent, cut and never rounded up.
    value: Option<i64>,
    /// As the desk's table says it, in the language that was asked for.
    said: String,
    /// Whether it counts people.
    people: bool,
    /// Whether it is a share in per cent.
    percent: bool,
    /// What kind of statement it is.
    status: Kind,
    /// On how many of the returns that are owed it rests.
    coverage: Coverage,
}

/// A break in a series.
#[derive(Serialize, ToSchema)]
struct SeriesBreak {
    /// The first period that is counted by the new definition.
    period: String,
    /// The day from which it holds.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Of which item, as it is asked for.
    item: String,
}

fn cell(lang: Lang, c: &Cell) -> PivotCell {
    let figure = |f: &Figure| CellFigure {
        numerator: f.numerator,
        denominator: f.denominator,
        value: f.value(),
        said: words::said(lang, f, c.decimals),
        people: f.people,
        percent: f.percent,
        status: f.status.into(),
        coverage: f.coverage.into(),
    };
    PivotCell {
        figure: figure(&c.figure),
        before: c.before.as_ref().map(figure),
        target: c.target,
        decimals: c.decimals,
    }
}

/// The table as a piece of it is answered; `number` is the piece that was asked for.
pub(super) fn shown(lang: Lang, found: &Pivot, number: u32) -> PivotTable {
    let page = usize::try_from(number).unwrap_or(usize::MAX);
    let head = |head: &Head| PivotHead::of(lang, &found.asked, &found.branch, head);
    let lines = found.rows.iter().zip(&found.cells).filter(|_| page <= found.pages);
    let lines = lines.map(|(row, cells)| PivotRow {
        head: head(row),
        cells: cells.iter().map(|c| c.as_ref().map(|c| cell(lang, c))).collect(),
    });
    let breaks = found.breaks.iter().map(|b| SeriesBreak {
        period: b.period.to_string(),
        from: b.from,
        item: b.item.to_string(),
    });
    PivotTable {
        asked: Looking::of(&found.asked),
        branch: Named::new(found.asked.branch.as_deref().unwrap_or_default(), found.branch.clone()),
        period: found.period.as_ref().map(Period::of),
        item: found.item.as_ref().map(head),
        columns: found.columns.iter().map(head).collect(),
        items: lines.collect(),
        next: following(number, page < found.pages),
        breaks: breaks.collect(),
        left_out: found.left_out,
        not_across: found.not_across,
        tree: found.tree,
        named_on: found.day,
        notice: found.notice.clone(),
    }
}

/// Units, periods and items against one another: any two of them, with the third as one. Every number is
/// made as a report's is.
#[utoipa::path(get, path = "/analysis", tag = "figures", security(("token" = ["read"])),
    params(PivotAsked, Turn),
    responses((status = 200, description = "The table.", body = PivotTable), Refusals))]
async fn analysis_table(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<PivotAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<PivotTable> {
    let over = caller.over::<See>(&api)?;
    let number = turn.number()?;
    let page = usize::try_from(number).unwrap_or(usize::MAX);
    let asked = analysis::Asked { page, ..asked.asked()? };
    let found = analysis::pivot(api.ws(), &over, &asked, false).await?;
    caller.looked(&api).await?;
    Ok(Answer(shown(caller.lang, &found, number)))
}

/// The table as a file, every line of it, as the desk gives it.
#[utoipa::path(get, path = "/analysis/files/{ending}", tag = "figures", security(("token" = ["read"])),
    params(TableFileAt, PivotAsked),
    responses(
        (status = 200, description = "The table.", content(
            (String = "text/csv"),
            ([u8] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Refusals))]
async fn analysis_as_file(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<TableFileAt>,
    Asked(asked): Asked<PivotAsked>,
) -> std::result::Result<Response, Failure> {
    let over = caller.over::<See>(&api)?;
    let (lang, author) = (caller.lang, &*caller.bearer.office_name);
    let found = analysis::file(api.ws(), &over, &asked.asked()?, lang, author).await?;
    caller.looked(&api).await?;
    table_file(&api, &at, &found.name, found.grid).await
}
