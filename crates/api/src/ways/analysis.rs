//! Analysis: units × elements or indicators × periods, a cell explained, views that an office keeps. Raw, and
//! within reach: what is out of it is in no number, and that some is left out is said.

mod cell;
mod table;
mod views;

use axum::extract::State;
use nhipcau_actions::{
    analysis::{self, Axis, Item, Level, TreeAsked},
    powers::See,
};
use nhipcau_domain::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Ways, figures::tree_asked};
use crate::{
    body::{Answer, Asked, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::Named,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(analysis_choices))
        .merge(table::ways())
        .merge(cell::ways())
        .merge(views::ways())
}

/// What stands on a side of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Side {
    /// Units.
    Unit,
    /// Periods.
    Period,
    /// Elements or indicators.
    Item,
}

impl Side {
    fn of(axis: Axis) -> Self {
        match axis {
            Axis::Unit => Self::Unit,
            Axis::Period => Self::Period,
            Axis::Item => Self::Item,
        }
    }

    fn axis(self) -> Axis {
        match self {
            Self::Unit => Axis::Unit,
            Self::Period => Axis::Period,
            Self::Item => Axis::Item,
        }
    }
}

/// Which table. What is not named is chosen, and the answer says how; what stands on no side is one.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PivotAsked {
    /// What stands down the side: units, unless it is said otherwise.
    #[param(required = false, inline)]
    rows: Option<Side>,
    /// What stands across, another: items, unless it is said otherwise; where items are down the side,
    /// periods.
    #[param(required = false, inline)]
    columns: Option<Side>,
    /// Of this unit with everyone below it.
    #[param(required = false)]
    branch: Option<String>,
    /// Which units make a line: those straight below with everyone below each (`below`, unless it is said
    /// otherwise), each unit that reports (`each`), or units of a kind, by its id.
    #[param(required = false)]
    level: Option<String>,
    /// For this period, where periods are on no side.
    #[param(required = false)]
    period: Option<String>,
    /// Periods of this calendar, where they are on a side: the last that have begun, at most 24.
    #[param(required = false)]
    calendar: Option<String>,
    /// Of this, where items are on no side: `e.` and an element's id, or `i.` and an indicator's.
    #[param(required = false)]
    item: Option<String>,
    /// The elements of this form, where items are on a side; the indicators, unless one is named.
    #[param(required = false)]
    data_set: Option<String>,
    /// Under the tree of each period (`then`, unless it is said otherwise), of today (`now`), or of a day.
    #[param(required = false)]
    tree: Option<String>,
    /// With the same period of the year before.
    #[serde(default)]
    #[param(required = false)]
    year_before: bool,
}

impl PivotAsked {
    /// # Errors
    /// As [`Looking::asked`].
    fn asked(self) -> std::result::Result<analysis::Asked, Failure> {
        let looking = Looking {
            rows: self.rows,
            columns: self.columns,
            branch: self.branch,
            level: self.level,
            period: self.period,
            calendar: self.calendar,
            item: self.item,
            data_set: self.data_set,
            tree: self.tree,
            year_before: self.year_before,
            drawn: None,
        };
        looking.asked()
    }
}

/// A way of looking: which table. What is not named is chosen; what stands on no side is one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Looking {
    /// What stands down the side: units, unless it is said otherwise.
    rows: Option<Side>,
    /// What stands across, another: items, unless it is said otherwise; where items are down the side,
    /// periods.
    columns: Option<Side>,
    /// Of this unit with everyone below it.
    branch: Option<String>,
    /// Which units make a line: `below`, `each`, or a kind's id.
    level: Option<String>,
    /// For this period, where periods are on no side.
    period: Option<String>,
    /// Periods of this calendar, where they are on a side.
    calendar: Option<String>,
    /// Of this, where items are on no side: `e.` and an element's id, or `i.` and an indicator's.
    item: Option<String>,
    /// The elements of this form, where items are on a side; the indicators, unless one is named.
    data_set: Option<String>,
    /// Under which tree: `then`, `now`, or a day.
    tree: Option<String>,
    /// With the same period of the year before.
    #[serde(default)]
    year_before: bool,
    /// What the desk draws of it: the key of a line or a column on the side that is not drawn along.
    drawn: Option<String>,
}

impl Looking {
    fn of(asked: &analysis::Asked) -> Self {
        let said = |id: Option<&str>| id.map(str::to_owned);
        let level = match &asked.level {
            Level::Below => "below",
            Level::Each => "each",
            Level::Kind(kind) => kind.as_str(),
        };
        let tree = match asked.tree {
            TreeAsked::Then => "then".to_owned(),
            TreeAsked::Now => "now".to_owned(),
            TreeAsked::On(day) => day.to_string(),
        };
        Self {
            rows: Some(Side::of(asked.rows)),
            columns: Some(Side::of(asked.columns)),
            branch: said(asked.branch.as_deref()),
            level: Some(level.to_owned()),
            period: said(asked.period.as_deref()),
            calendar: said(asked.calendar.as_deref()),
            item: asked.item.as_ref().map(ToString::to_string),
            data_set: said(asked.form.as_deref()),
            tree: Some(tree),
            year_before: asked.year_before,
            drawn: Some(asked.drawn.clone()).filter(|key| !key.is_empty()),
        }
    }

    /// # Errors
    /// `analysis-item-unknown`; `api-parameter-wrong` for a tree that is none.
    fn asked(&self) -> std::result::Result<analysis::Asked, Failure> {
        let rows = self.rows.map_or(Axis::Unit, Side::axis);
        Ok(analysis::Asked {
            rows,
            columns: self.columns.map_or_else(|| rows.usually_across(), Side::axis),
            branch: self.branch.as_deref().map(Into::into),
            level: match self.level.as_deref() {
                None | Some("" | "below") => Level::Below,
                Some("each") => Level::Each,
                Some(kind) => Level::Kind(kind.into()),
            },
            period: self.period.as_deref().map(Into::into),
            calendar: self.calendar.as_deref().map(Into::into),
            item: self.item.as_deref().map(item_of).transpose()?,
            form: self.data_set.as_deref().map(Into::into),
            tree: tree_asked(self.tree.as_deref())?,
            year_before: self.year_before,
            drawn: self.drawn.clone().unwrap_or_default(),
            page: 1,
        })
    }
}

fn item_of(said: &str) -> std::result::Result<Item, Failure> {
    said.parse::<Item>().map_err(|()| {
        let found = said.chars().take(60).collect::<String>();
        Failure::from(Problem::new("analysis-item-unknown").with("found", found))
    })
}

/// What a table may be asked for, within reach: ids as they are asked for, with names.
#[derive(Serialize, ToSchema)]
struct AnalysisChoices {
    /// For `branch`: units with others below them.
    branches: Vec<Named>,
    /// For `level`: kinds of units that are below the branch.
    kinds: Vec<Named>,
    /// For `period`: those that have begun, the latest first.
    periods: Vec<Named>,
    /// For `calendar`.
    calendars: Vec<Named>,
    /// For `data_set`.
    data_sets: Vec<Named>,
    /// For `item`: indicators.
    indicators: Vec<Named>,
    /// For `item`: elements.
    elements: Vec<Named>,
}

/// What may be asked for instead of the table that is asked for. No number is in it.
#[utoipa::path(get, path = "/analysis/choices", tag = "figures", security(("token" = ["read"])),
    params(PivotAsked),
    responses((status = 200, description = "The choices.", body = AnalysisChoices), Refusals))]
async fn analysis_choices(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<PivotAsked>,
) -> Result<AnalysisChoices> {
    let over = caller.over::<See>(&api)?;
    let found = analysis::choices_for(api.ws(), &over, &asked.asked()?).await?;
    let named = |all: Vec<(String, String)>| -> Vec<Named> {
        all.into_iter().map(|(id, name)| Named::new(&id, name)).collect()
    };
    Ok(Answer(AnalysisChoices {
        branches: named(found.branches),
        kinds: named(found.kinds),
        periods: named(found.periods),
        calendars: named(found.calendars),
        data_sets: named(found.forms),
        indicators: named(found.indicators),
        elements: named(found.elements),
    }))
}
