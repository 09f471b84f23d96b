//! A cell explained: of whom, excluding whom, as of when, from which returns, and who is missing.

use nhipcau_domain::{Date, id::PeriodId, period::Period, problem::Problem, tree::Ix};

use super::{
    Asked, Axis, Head, Item, Key,
    gather::{Seen, groups},
    scope::resolve,
};
use crate::{
    error::Result,
    explain::{self, Explanation},
    powers::{Kind, Over},
    workspace::Workspace,
};

/// Which cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCell {
    /// The table.
    pub of: Asked,
    /// The line of units, by its name in addresses; empty for the branch as a whole.
    pub unit: String,
    /// The period.
    pub period: PeriodId,
    /// The item.
    pub item: Item,
}

/// A cell explained.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The table, with what was chosen where nothing was said.
    pub asked: Asked,
    /// Whose: the line's head; the branch's where it is the whole.
    pub line: Head,
    /// The branch's name.
    pub branch: String,
    /// The period.
    pub period: Period,
    /// What it rests on.
    pub explanation: Explanation,
    /// How many units of the branch are out of reach, and so in no number.
    pub left_out: usize,
    /// The tree's day.
    pub tree: Date,
    /// The unit of measure.
    pub measure: String,
}

/// Explains a cell, within reach.
///
/// # Errors
/// `analysis-cell-unknown` where there is no such line, and what refuses the table.
pub async fn explain<K: Kind>(ws: &Workspace, over: &Over<K>, asked: &AskedCell) -> Result<Explained> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let unknown = || Problem::new("analysis-cell-unknown");
    let mut scope = resolve(&setting, over, &asked.of)?;
    let indicator = asked.item.indicator(&setting.definitions).ok_or_else(unknown)?;
    let period = crate::basis::period(&setting, &asked.period)?.clone();
    let indicators = [indicator.clone()];
    let seen = Seen::load(&mut tx, &setting, over, &period, &indicators).await?;
    let left_out = seen.left_out(&setting, scope.branch, &period, scope.tree).len();
    let basis = seen.basis(&setting, scope.branch, scope.tree).ok_or_else(unknown)?;
    let tree = &setting.tree;
    let day = scope.tree.day(&period);
    let (answer, key) = if asked.unit.is_empty() {
        (basis.evaluate(&indicator)?, Key::Whole)
    } else {
        let key = |ix: Ix| match ix {
            ix if ix == scope.branch => Key::Rest,
            ix => Key::Unit(tree.id(ix).clone()),
        };
        let found = groups(&scope.asked, &basis).into_iter().find(|(ix, _)| key(*ix).name() == asked.unit);
        let (ix, part) = found.ok_or_else(unknown)?;
        (part.evaluate(&indicator)?, key(ix))
    };
    let name = match &key {
        Key::Unit(id) => tree.find(id).map(|ix| tree.name(ix, day).to_owned()).unwrap_or_default(),
        _ => String::new(),
    };
    let explanation = explain::from_answer(&mut tx, &setting, &indicator, answer, scope.tree).await?;
    // The address goes back to the table as it was.
    if scope.asked.filtered() == Axis::Item {
        scope.asked.item = Some(asked.item.clone());
    }
    Ok(Explained {
        measure: setting.definitions.measure(&indicator.measure).map(|m| m.name.clone()).unwrap_or_default(),
        branch: tree.name(scope.branch, day).to_owned(),
        line: Head { key, name, more: String::new() },
        asked: scope.asked,
        period,
        explanation,
        left_out,
        tree: day,
    })
}
