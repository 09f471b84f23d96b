//! Keeping totals: what a unit's changed return changes in each unit above it.
//!
//! A unit's contribution to a period is made anew from its returns; the difference to the
//! contribution that was kept is added to every unit on its path, deepest first and the root last,
//! so that writers on `PostgreSQL` take their locks in one order.

use std::collections::{BTreeMap, HashMap, HashSet};

use nhipcau_domain::{
    dataset::DataSet,
    id::{DataSetId, PeriodId, UnitId},
    period::Period,
    returns::{ReturnKey, Status, Submission},
    totals::{self, Counted, Sums},
    tree::{Ix, Tree},
};
use nhipcau_store::{ContributionRow, NewContribution, NewTotal, TotalDelta, TotalRow, Tx};

use crate::{
    error::{Doing, Result},
    workspace::Setting,
};

/// A return as it counts after a change.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Where it stands.
    pub status: Status,
    /// Its accepted submission, if one counts.
    pub accepted: Option<Submission>,
}

/// Brings contributions and totals up to date with returns that changed, in their transaction.
pub fn update<'a>(
    tx: &'a mut Tx,
    setting: &'a Setting,
    changed: &'a HashMap<ReturnKey, Standing>,
) -> Doing<'a, ()> {
    Box::pin(async move {
        let mut by_form: BTreeMap<(&DataSetId, &PeriodId), Vec<(&UnitId, &Standing)>> = BTreeMap::new();
        for (key, standing) in changed {
            by_form.entry((&key.data_set, &key.period)).or_default().push((&key.unit, standing));
        }
        // A unit may change in several parts of one larger period: what is made anew is per (larger period, unit).
        let mut todo: BTreeMap<(&DataSetId, PeriodId), HashSet<&UnitId>> = BTreeMap::new();
        for ((data_set, period), units) in &by_form {
            let Some((form, part)) = find(setting, data_set, period) else { continue };
            for larger in setting.definitions.periods_with(form, part) {
                todo.entry((data_set, larger.id.clone())).or_default().extend(units.iter().map(|(u, _)| *u));
            }
        }
        let mut deltas = Vec::new();
        for ((data_set, period), units) in todo {
            let Some((form, period)) = find(setting, data_set, &period) else { continue };
            let mut units: Vec<UnitId> = units.into_iter().cloned().collect();
            units.sort();
            let held = if setting.definitions.parts_of(form, period).len() > 1 {
                // Another month of the same unit may come in at this moment: the year waits for us.
                let kind = |u: &UnitId| {
                    setting.tree.find(u).map(|ix| (u.clone(), setting.tree.kind(ix, period.last).clone()))
                };
                let with_kinds: Vec<_> = units.iter().filter_map(kind).collect();
                tx.contributions_to_change(&period.id, &form.id, &with_kinds).await?
            } else {
                tx.contributions(&period.id, &form.id, Some(&units)).await?
            };
            let before: HashMap<UnitId, Sums> = held.into_iter().map(|row| (row.unit, row.sums)).collect();
            let after = contributions_of(tx, setting, form, period, &units, changed).await?;
            for row in &after {
                let Some(unit) = setting.tree.find(&row.unit) else { continue };
                let mut delta = row.sums.clone().rolled_up(&setting.definitions, form);
                if let Some(old) = before.get(&row.unit) {
                    delta.subtract(&old.clone().rolled_up(&setting.definitions, form))?;
                }
                if !delta.is_zero() {
                    spread(&setting.tree, form, period, unit, &delta, &mut deltas);
                }
            }
            tx.put_contributions(&as_new(period, form, after)).await?;
        }
        tx.add_totals(&fold(deltas)?).await?;
        Ok(())
    })
}

/// What units add for a period, made from their returns: those that changed as they now stand, the
/// others as stored.
async fn contributions_of(
    tx: &mut Tx,
    setting: &Setting,
    form: &DataSet,
    period: &Period,
    units: &[UnitId],
    changed: &HashMap<ReturnKey, Standing>,
) -> Result<Vec<ContributionRow>> {
    let parts: Vec<&Period> = setting.definitions.parts_of(form, period);
    let mut stored: HashMap<ReturnKey, Standing> = HashMap::new();
    if parts.len() > 1 {
        let ids: Vec<PeriodId> = parts.iter().map(|p| p.id.clone()).collect();
        for row in tx.accepted(&form.id, &ids, Some(units)).await? {
            stored.insert(
                row.key,
                Standing { status: row.status, accepted: row.revision.map(|r| r.submission) },
            );
        }
    }
    let mut rows = Vec::with_capacity(units.len());
    for unit in units {
        let standings = parts.iter().filter_map(|part| {
            let key = ReturnKey { unit: unit.clone(), data_set: form.id.clone(), period: part.id.clone() };
            changed.get(&key).or_else(|| stored.get(&key))
        });
        rows.push(contribution(setting, form, period, unit, standings)?);
    }
    Ok(rows)
}

/// What one unit adds for a period.
pub fn contribution<'a>(
    setting: &Setting,
    form: &DataSet,
    period: &Period,
    unit: &UnitId,
    standings: impl Iterator<Item = &'a Standing>,
) -> Result<ContributionRow> {
    let ix = setting
        .tree
        .find(unit)
        .ok_or_else(|| nhipcau_domain::problem::Problem::new("unit-unknown").with("unit", unit))?;
    let open = setting.tree.is_open(ix, period.last);
    let counted: Vec<Counted<'_>> =
        standings.map(|s| Counted { status: s.status, accepted: s.accepted.as_ref() }).collect();
    let sums = totals::contribution(&setting.definitions, form, &counted, open)?;
    Ok(ContributionRow { unit: unit.clone(), kind: setting.tree.kind(ix, period.last).clone(), sums })
}

/// A difference, for every unit on the path of the one that made it.
fn spread(
    tree: &Tree,
    form: &DataSet,
    period: &Period,
    unit: Ix,
    delta: &Sums,
    deltas: &mut Vec<(usize, TotalDelta)>,
) {
    let path = tree.place(unit, period.last).path;
    let depth = path.len();
    for (step, at) in path.into_iter().enumerate() {
        deltas.push((
            depth - step,
            TotalDelta {
                period: period.id.clone(),
                data_set: form.id.clone(),
                level: tree.kind(at, period.last).clone(),
                unit: tree.id(at).clone(),
                kind: tree.kind(unit, period.last).clone(),
                delta: delta.clone(),
            },
        ));
    }
}

/// Folds differences of the same row into one, and orders them: deepest first, the root last.
fn fold(deltas: Vec<(usize, TotalDelta)>) -> Result<Vec<TotalDelta>> {
    type RowKey = (std::cmp::Reverse<usize>, UnitId, PeriodId, DataSetId, nhipcau_domain::id::KindId);
    let mut folded: BTreeMap<RowKey, TotalDelta> = BTreeMap::new();
    for (depth, d) in deltas {
        let key =
            (std::cmp::Reverse(depth), d.unit.clone(), d.period.clone(), d.data_set.clone(), d.kind.clone());
        match folded.entry(key) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(d);
            }
            std::collections::btree_map::Entry::Occupied(mut slot) => slot.get_mut().delta.add(&d.delta)?,
        }
    }
    Ok(folded.into_values().filter(|d| !d.delta.is_zero()).collect())
}

/// Everything that a form's period comes to, made anew from accepted returns: for a change of tree
/// or definitions, and for `verify`, which compares.
pub async fn recompute(
    tx: &mut Tx,
    setting: &Setting,
    form: &DataSet,
    period: &Period,
) -> Result<(Vec<ContributionRow>, Vec<TotalRow>)> {
    let parts: Vec<PeriodId> =
        setting.definitions.parts_of(form, period).iter().map(|p| p.id.clone()).collect();
    let mut by_unit: BTreeMap<UnitId, BTreeMap<PeriodId, Standing>> = BTreeMap::new();
    for part in &parts {
        tx.for_each_accepted(&form.id, part, &mut |row| {
            let standing = Standing { status: row.status, accepted: row.revision.map(|r| r.submission) };
            by_unit.entry(row.key.unit).or_default().insert(row.key.period, standing);
            Ok(())
        })
        .await?;
    }
    let mut rows = Vec::with_capacity(by_unit.len());
    let mut totals: BTreeMap<(UnitId, nhipcau_domain::id::KindId), TotalRow> = BTreeMap::new();
    for (unit, standings) in by_unit {
        let in_order = parts.iter().filter_map(|p| standings.get(p));
        let row = contribution(setting, form, period, &unit, in_order)?;
        let Some(ix) = setting.tree.find(&unit) else { continue };
        let rolled = row.sums.clone().rolled_up(&setting.definitions, form);
        for at in setting.tree.place(ix, period.last).path {
            let key = (setting.tree.id(at).clone(), row.kind.clone());
            let slot = totals.entry(key).or_insert_with(|| TotalRow {
                level: setting.tree.kind(at, period.last).clone(),
                unit: setting.tree.id(at).clone(),
                kind: row.kind.clone(),
                sums: Sums::zero(form.elements.len()),
            });
            slot.sums.add(&rolled)?;
        }
        rows.push(row);
    }
    rows.retain(|r| !r.sums.is_zero());
    Ok((rows, totals.into_values().filter(|t| !t.sums.is_zero()).collect()))
}

/// Puts a form's period right after its tree or definitions changed.
pub async fn rebuild(tx: &mut Tx, setting: &Setting, form: &DataSet, period: &Period) -> Result<()> {
    let (contributions, totals) = recompute(tx, setting, form, period).await?;
    tx.delete_contributions(&period.id, &form.id).await?;
    tx.delete_totals(&period.id, &form.id).await?;
    tx.put_contributions(&as_new(period, form, contributions)).await?;
    let (period, data_set) = (&period.id, &form.id);
    let totals: Vec<NewTotal> = totals
        .into_iter()
        .map(|row| NewTotal { period: period.clone(), data_set: data_set.clone(), row })
        .collect();
    tx.put_totals(&totals).await?;
    Ok(())
}

fn as_new(period: &Period, form: &DataSet, rows: Vec<ContributionRow>) -> Vec<NewContribution> {
    let new = |row| NewContribution { period: period.id.clone(), data_set: form.id.clone(), row };
    rows.into_iter().map(new).collect()
}

fn find<'a>(setting: &'a Setting, data_set: &str, period: &str) -> Option<(&'a DataSet, &'a Period)> {
    Some((setting.definitions.data_set(data_set)?, setting.definitions.period(period)?))
}
