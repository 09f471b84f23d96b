//! Figures of a scope and period, each with its target and the same period of the year before.

use nhipcau_domain::{
    figure::{Answer, Figure, Status},
    id::{PeriodId, UnitId},
    problem::Problem,
};
use nhipcau_store::Tx;

use crate::{
    basis::{self, Evidence, TreeDay},
    error::Result,
    powers::{Over, See},
    workspace::{Setting, Workspace},
};

/// Which figures are asked for.
#[derive(Debug, Clone)]
pub struct Query {
    /// For which period.
    pub period: PeriodId,
    /// Of which unit; the campaign's scope if none is named.
    pub scope: Option<UnitId>,
    /// Under which tree.
    pub tree: TreeDay,
}

/// A figure beside what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// The figure and what it is made of.
    pub answer: Answer,
    /// The target set for it: whole per cent for a share, else in its unit of measure.
    pub target: Option<i64>,
    /// The same period of the year before, where it was reported.
    pub before: Option<Figure>,
}

/// Every figure of the campaign, in the order of their keys.
pub async fn figures(ws: &Workspace, query: &Query) -> Result<Vec<FigureRow>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    rows(&mut tx, &setting, query).await
}

/// The same, raw, for an office that sees every unit that they rest on. A year before that rests on others is
/// left out.
///
/// # Errors
/// `unit-out-of-reach`, with the scope, where it does not.
pub async fn seen(ws: &Workspace, over: &Over<See>, query: &Query) -> Result<Vec<FigureRow>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let before = |answer: &Answer| require(&setting, over, answer).is_ok();
    let found = rows_with(&mut tx, &setting, query, &before).await?;
    for row in &found {
        require(&setting, over, &row.answer)?;
    }
    Ok(found)
}

/// Refuses a figure that rests on units which the office does not see, or leaves such open.
pub(crate) fn require(setting: &Setting, over: &Over<See>, answer: &Answer) -> Result<()> {
    let (scope, period) = (&answer.figure.scope, &answer.figure.period);
    let then = basis::period(setting, period)?.last;
    over.require(setting, scope, then)?;
    let rests = answer.contributions.iter().map(|c| &c.unit);
    let mut units = rests.chain(&answer.incomplete).chain(answer.missing.iter().map(|m| &m.unit));
    let seen = |unit: &UnitId| setting.tree.find(unit).is_some_and(|ix| over.reaches(setting, ix, then));
    if units.all(seen) {
        return Ok(());
    }
    Err(Problem::new("unit-out-of-reach").with("unit", scope).into())
}

/// The same, within a transaction.
pub async fn rows(tx: &mut Tx, setting: &Setting, query: &Query) -> Result<Vec<FigureRow>> {
    rows_with(tx, setting, query, &|_| true).await
}

/// The same, with those of the year before that are wanted.
async fn rows_with(
    tx: &mut Tx,
    setting: &Setting,
    query: &Query,
    wanted: &(dyn Fn(&Answer) -> bool + Sync),
) -> Result<Vec<FigureRow>> {
    let definitions = &setting.definitions;
    let period = basis::period(setting, &query.period)?;
    let scope = query.scope.as_ref().unwrap_or(&definitions.campaign.scope);
    let evidence = Evidence::load(tx, setting, period).await?;
    let now = evidence.basis(setting, scope, query.tree)?;
    let earlier = match definitions.year_before(period) {
        Some(earlier) => Some(Evidence::load(tx, setting, earlier).await?),
        None => None,
    };
    // A unit that was not there a year ago has no year before: that is not an error.
    let before = earlier.as_ref().and_then(|e| e.basis(setting, scope, query.tree).ok());
    let mut indicators: Vec<_> = definitions.indicators.iter().collect();
    indicators.sort_by(|a, b| a.id.cmp(&b.id));
    let mut rows = Vec::with_capacity(indicators.len());
    for indicator in indicators {
        let answer = now.evaluate(indicator)?;
        let target = definitions.targets.iter().find(|t| {
            t.indicator == indicator.id && t.period == period.id && *scope == definitions.campaign.scope
        });
        let before = before.as_ref().and_then(|b| b.evaluate(indicator).ok());
        let reported = |a: &Answer| matches!(a.figure.status, Status::Measured | Status::Derived);
        let before = before.filter(|a| reported(a) && wanted(a)).map(|a| a.figure);
        rows.push(FigureRow { answer, target: target.map(|t| t.value), before });
    }
    Ok(rows)
}
