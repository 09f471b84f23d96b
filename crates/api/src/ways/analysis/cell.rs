//! A cell explained: of whom, excluding whom, as of when, from which returns, and who is missing.

use axum::extract::State;
use nhipcau_actions::{
    analysis::{self, AskedCell},
    explain::ElementNote,
    powers::See,
};
use nhipcau_domain::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Looking, PivotAsked, Ways, item_of, table::PivotHead};
use crate::{
    body::{Answer, Asked, Result},
    caller::Caller,
    describe::Refusals,
    shape::{Named, Period},
    state::ApiState,
    ways::figures::Explained,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(analysis_cell))
}

/// Which cell of the table.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CellAsked {
    /// The line or column of units, by its key; empty, or left out, for the branch as a whole.
    #[serde(default)]
    #[param(required = false)]
    line: String,
    /// The period's id.
    cell_period: String,
    /// The item, by its key.
    cell_item: String,
}

/// A cell, explained.
#[derive(Serialize, ToSchema)]
struct CellExplained {
    /// The table, with what was chosen where nothing was said.
    asked: Looking,
    /// Whose it is.
    line: PivotHead,
    /// The branch.
    branch: Named,
    /// The period.
    period: Period,
    /// The figure's unit of measure.
    measure: String,
    /// The elements that it rests on.
    elements: Vec<ElementNoted>,
    /// How many units of the branch are out of reach, and so in no number.
    left_out: usize,
    /// The day that the tree is read on.
    #[schema(value_type = String, format = Date)]
    tree: Date,
    /// The figure, down to the returns that it rests on.
    explained: Explained,
}

/// An element that a figure rests on.
#[derive(Serialize, ToSchema)]
struct ElementNoted {
    /// The element.
    element: Named,
    /// What counts, in the words that are in force on the period's last day.
    definition: String,
}

fn noted(note: &ElementNote) -> ElementNoted {
    ElementNoted {
        element: Named::new(&*note.element, note.name.clone()),
        definition: note.definition.clone(),
    }
}

/// A cell of the table down to the return and the cell of the workbook that each number was read from.
#[utoipa::path(get, path = "/analysis/cell", tag = "figures", security(("token" = ["read"])),
    params(PivotAsked, CellAsked),
    responses((status = 200, description = "The cell, explained.", body = CellExplained), Refusals))]
async fn analysis_cell(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(of): Asked<PivotAsked>,
    Asked(cell): Asked<CellAsked>,
) -> Result<CellExplained> {
    let over = caller.over::<See>(&api)?;
    let asked = AskedCell {
        of: of.asked()?,
        unit: cell.line,
        period: cell.cell_period.into(),
        item: item_of(&cell.cell_item)?,
    };
    let found = analysis::explain(api.ws(), &over, &asked).await?;
    caller.looked(&api).await?;
    let branch = found.asked.branch.as_deref().unwrap_or_default();
    Ok(Answer(CellExplained {
        asked: Looking::of(&found.asked),
        line: PivotHead::of(caller.lang, &found.asked, &found.branch, &found.line),
        branch: Named::new(branch, found.branch.clone()),
        period: Period::of(&found.period),
        elements: found.explanation.elements.iter().map(noted).collect(),
        left_out: found.left_out,
        tree: found.tree,
        explained: Explained::of(&found.explanation),
        measure: found.measure,
    }))
}
