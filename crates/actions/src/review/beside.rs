//! One return under review, beside what it can be compared with: its last two periods, and the units
//! that report the same to the same committee. Exact integers throughout.

use std::collections::HashMap;

use nhipcau_domain::{
    Date,
    dataset::DataSet,
    element::DataElement,
    id::{ElementId, PeriodId, UnitId},
    period::Period,
    problem::Problem,
    returns::{ReturnKey, ReturnState, Status, Submission, Value},
    text,
    tree::Ix,
};
use nhipcau_store::{ReturnFile, RevisionRecord, Tx};
use uuid::Uuid;

use super::{
    history::{self, Event},
    owing,
};
use crate::{
    basis,
    error::Result,
    powers::{Over, Review},
    returns::{owes, run_checks},
    workspace::{Setting, Workspace},
};

/// From how many siblings on a median says anything.
const ENOUGH: usize = 4;
/// How many times above or below the median a number stands out.
const TIMES: i64 = 4;
/// Numbers that differ by less do not stand out: 1 and 4 of something are no outliers.
const APART: i64 = 5;

/// A return under review.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Which return.
    pub key: ReturnKey,
    /// The unit's name on the period's last day.
    pub unit: String,
    /// The unit that it reports to.
    pub branch: Option<(UnitId, String)>,
    /// The form.
    pub form: DataSet,
    /// The period.
    pub period: Period,
    /// The periods before it, the nearest first; at most two.
    pub before: Vec<Period>,
    /// The last day for it.
    pub due: Option<Date>,
    /// The return's id; none where nothing ever came.
    pub return_id: Option<Uuid>,
    /// Where it stands.
    pub state: ReturnState,
    /// The files that go with it.
    pub files: Vec<ReturnFile>,
    /// What is shown: the revision that waits, else the one that counts, else the last that was sent.
    pub shown: Option<RevisionRecord>,
    /// Every element.
    pub rows: Vec<Row>,
    /// Over how many siblings the spreads are taken at most.
    pub siblings: usize,
    /// What the checks say about what is shown.
    pub findings: Vec<Problem>,
    /// Everything that happened to it, the latest first.
    pub history: Vec<Event>,
    /// The unit of the next return of this form and period that waits, if another does.
    pub next: Option<UnitId>,
}

/// An element, beside what it can be compared with.
#[derive(Debug, Clone)]
pub struct Row {
    /// The element.
    pub element: DataElement,
    /// Its unit of measure in Vietnamese.
    pub measure: String,
    /// What is shown.
    pub value: Option<Value>,
    /// The cell that it was read from.
    pub cell: Option<String>,
    /// What counts until now, where that is another revision and differs.
    pub counts: Option<Value>,
    /// What was accepted for the periods before, the nearest first.
    pub before: Vec<Option<Value>>,
    /// The siblings' numbers.
    pub siblings: Option<Spread>,
    /// What stands out.
    pub remarks: Vec<Remark>,
}

/// The numbers of several units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// How many.
    pub units: usize,
    /// The least.
    pub least: i64,
    /// The median; between two middle ones the lower: a number that a unit did report.
    pub median: i64,
    /// The most.
    pub most: i64,
}

impl Spread {
    /// Of some numbers; none of none.
    #[must_use]
    pub fn of(mut numbers: Vec<i64>) -> Option<Self> {
        numbers.sort_unstable();
        let median = *numbers.get(numbers.len().checked_sub(1)? / 2)?;
        Some(Self { units: numbers.len(), least: *numbers.first()?, median, most: *numbers.last()? })
    }
}

/// How a number stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// So many times (cut) the median of the siblings.
    AboveSiblings(i64),
    /// The median of the siblings is so many times (cut) as large; none where the number is 0.
    BelowSiblings(Option<i64>),
    /// So many times (cut) the period before.
    AbovePrevious(i64),
    /// The period before was so many times (cut) as large; none where the number is 0.
    BelowPrevious(Option<i64>),
}

/// What stands out of a number beside the siblings' and the one of the period before.
#[must_use]
pub fn remarks(number: i64, siblings: Option<&Spread>, previous: Option<i64>) -> Vec<Remark> {
    let mut found = Vec::new();
    let times = |large: i64, small: i64| {
        (large.abs_diff(small) >= APART.unsigned_abs()).then_some(())?;
        (small > 0 && large / small >= TIMES).then(|| large / small)
    };
    let from_zero = |large: i64, small: i64| small == 0 && large >= APART;
    if let Some(spread) = siblings.filter(|s| s.units >= ENOUGH) {
        let median = spread.median;
        if number > spread.most
            && let Some(times) = times(number, median)
        {
            found.push(Remark::AboveSiblings(times));
        } else if number < spread.least && from_zero(median, number) {
            found.push(Remark::BelowSiblings(None));
        } else if number < spread.least
            && let Some(times) = times(median, number)
        {
            found.push(Remark::BelowSiblings(Some(times)));
        }
    }
    if let Some(previous) = previous {
        if let Some(times) = times(number, previous) {
            found.push(Remark::AbovePrevious(times));
        } else if from_zero(previous, number) {
            found.push(Remark::BelowPrevious(None));
        } else if let Some(times) = times(previous, number) {
            found.push(Remark::BelowPrevious(Some(times)));
        }
    }
    found
}

/// A return as its reviewer looks at it.
pub async fn beside(ws: &Workspace, over: &Over<Review>, key: &ReturnKey) -> Result<Beside> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let period = basis::period(&setting, &key.period)?;
    let unit = over.require(&setting, &key.unit, period.last)?;
    let form = owing::form(&setting, &key.data_set)?;
    let returns = tx.returns_of(&form.id, std::slice::from_ref(&period.id)).await?;
    let stored = returns.iter().find(|r| r.key == *key).cloned();
    if stored.is_none() {
        owes(&setting, key)?;
    }
    let waits = returns.iter().filter(|r| r.state.status == Status::Submitted).map(|r| &r.key.unit);
    let next = next(&setting, over, period.last, &key.unit, waits);
    let state = stored.as_ref().map(|s| s.state.clone()).unwrap_or_default();
    let id = stored.as_ref().map(|s| s.id);
    let (revisions, acts) = match id {
        Some(id) => (tx.revisions_of(id).await?, tx.acts_of(id).await?),
        None => (Vec::new(), Vec::new()),
    };
    let at = |number: Option<u32>| number.and_then(|n| revisions.iter().find(|r| r.number == n));
    let shown = match state.status {
        // What is being written is its unit's own until it is sent.
        Status::Draft => at(state.accepted),
        Status::Submitted | Status::Returned => at(Some(state.last)),
        _ => at(state.accepted).or_else(|| at(Some(state.last))),
    };
    let findings = match shown {
        Some(shown) => run_checks(&mut tx, &setting, &[&shown.submission]).await?.pop().unwrap_or_default(),
        None => Vec::new(),
    };
    let before = periods_before(&setting, period);
    let beside = Around {
        counts: at(state.accepted)
            .filter(|a| shown.is_some_and(|s| s.number != a.number))
            .map(|r| &r.submission),
        before: accepted_before(&mut tx, form, &before, &key.unit).await?,
        siblings: siblings(&mut tx, &setting, over, form, period, unit).await?,
    };
    let extensions = tx.deadline_extensions(&form.id, &period.id).await?;
    let offices = history::offices(&mut tx, &setting, &revisions, &acts, period.last).await?;
    Ok(Beside {
        rows: rows(&setting, form, shown.map(|r| &r.submission), &beside),
        siblings: beside.siblings.len(),
        key: key.clone(),
        unit: setting.tree.name(unit, period.last).to_owned(),
        branch: owing::parent(&setting, unit, period.last),
        due: basis::due(&setting, &extensions, form, period, unit),
        before: before.into_iter().cloned().collect(),
        form: form.clone(),
        period: period.clone(),
        return_id: id,
        // As long as nothing was sent, they are the unit's own as well.
        files: if shown.is_some() { tx.return_files(key).await? } else { Vec::new() },
        history: history::events(&setting, &offices, &revisions, acts),
        shown: shown.cloned(),
        state,
        findings,
        next,
    })
}

/// The next of these units in reach by name, after one; the first one after the last.
fn next<'a>(
    setting: &Setting,
    over: &Over<Review>,
    day: Date,
    after: &UnitId,
    units: impl Iterator<Item = &'a UnitId>,
) -> Option<UnitId> {
    let tree = &setting.tree;
    let key = |id: &UnitId, ix: Ix| (text::sort_key(tree.name(ix, day)), id.clone());
    let own = tree.find(after).map(|ix| key(after, ix))?;
    let mut others: Vec<_> = units
        .filter(|id| *id != after)
        .filter_map(|id| Some((id, tree.find(id)?)))
        .filter(|(_, ix)| over.reaches(setting, *ix, day))
        .map(|(id, ix)| key(id, ix))
        .collect();
    others.sort();
    others.iter().find(|k| **k > own).or_else(|| others.first()).map(|(_, id)| id.clone())
}

/// What a return is compared with.
struct Around<'a> {
    counts: Option<&'a Submission>,
    before: Vec<Option<Submission>>,
    siblings: Vec<Submission>,
}

fn periods_before<'a>(setting: &'a Setting, period: &Period) -> Vec<&'a Period> {
    let definitions = &setting.definitions;
    std::iter::successors(definitions.period_before(period), |p| definitions.period_before(p))
        .take(2)
        .collect()
}

async fn accepted_before(
    tx: &mut Tx,
    form: &DataSet,
    periods: &[&Period],
    unit: &UnitId,
) -> Result<Vec<Option<Submission>>> {
    let ids: Vec<PeriodId> = periods.iter().map(|p| p.id.clone()).collect();
    let rows = tx.accepted(&form.id, &ids, Some(std::slice::from_ref(unit))).await?;
    let mut by_period: HashMap<PeriodId, Submission> =
        rows.into_iter().filter_map(|r| Some((r.key.period, r.revision?.submission))).collect();
    Ok(ids.iter().map(|id| by_period.remove(id)).collect())
}

/// What the units say that report the same to the same unit, as far as they are in reach: what waits,
/// else what was accepted.
async fn siblings(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<Review>,
    form: &DataSet,
    period: &Period,
    unit: Ix,
) -> Result<Vec<Submission>> {
    let (tree, day) = (&setting.tree, period.last);
    let Some(parent) = tree.parent(unit, day) else { return Ok(Vec::new()) };
    let units: Vec<UnitId> = tree
        .children(parent, day)
        .filter(|ix| *ix != unit && over.reaches(setting, *ix, day))
        .map(|ix| tree.id(ix).clone())
        .collect();
    let mut found: HashMap<UnitId, Submission> = HashMap::new();
    for row in tx.accepted(&form.id, std::slice::from_ref(&period.id), Some(&units)).await? {
        if let Some(revision) = row.revision {
            found.insert(row.key.unit, revision.submission);
        }
    }
    for (stored, revision) in tx.waiting(&form.id, &period.id, Some(&units)).await? {
        found.insert(stored.key.unit, revision.submission);
    }
    Ok(found.into_values().collect())
}

fn rows(setting: &Setting, form: &DataSet, shown: Option<&Submission>, around: &Around<'_>) -> Vec<Row> {
    let row = |element: &DataElement| {
        let value = |of: Option<&Submission>| of.and_then(|s| s.value(&element.id)).cloned();
        let numbers =
            around.siblings.iter().filter_map(|s| s.value(&element.id)?.number()).collect::<Vec<_>>();
        let spread = Spread::of(numbers);
        let before: Vec<Option<Value>> = around.before.iter().map(|b| value(b.as_ref())).collect();
        let previous = before.first().and_then(|b| b.as_ref()?.number());
        let now = value(shown);
        let number = now.as_ref().and_then(Value::number);
        Row {
            measure: setting
                .definitions
                .measure(&element.measure)
                .map(|m| m.name.clone())
                .unwrap_or_default(),
            cell: shown.and_then(|s| cell(s, &element.id)),
            counts: value(around.counts).filter(|counts| now.as_ref() != Some(counts)),
            remarks: number.map_or_else(Vec::new, |n| remarks(n, spread.as_ref(), previous)),
            value: now,
            before,
            siblings: spread,
            element: element.clone(),
        }
    };
    setting.definitions.elements_of(form).map(row).collect()
}

fn cell(submission: &Submission, element: &ElementId) -> Option<String> {
    submission.entries.iter().find(|e| e.element == *element)?.cell.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_number_that_was_reported() {
        let of = |numbers: &[i64]| Spread::of(numbers.to_vec()).map(|s| (s.least, s.median, s.most));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some((7, 7, 7)));
        assert_eq!(of(&[9, 1, 4]), Some((1, 4, 9)));
        assert_eq!(of(&[9, 1, 4, 5]), Some((1, 4, 9)));
    }

    #[test]
    fn a_number_stands_out_by_whole_times_only_beyond_all_siblings_and_not_by_a_little() {
        let spread = Spread::of(vec![10, 11, 12, 13, 14]);
        let said = |n| remarks(n, spread.as_ref(), None);
        assert_eq!(said(48), [Remark::AboveSiblings(4)]);
        assert_eq!(said(59), [Remark::AboveSiblings(4)]);
        assert_eq!(said(47), []);
        assert_eq!(said(3), [Remark::BelowSiblings(Some(4))]);
        assert_eq!(said(0), [Remark::BelowSiblings(None)]);
        assert_eq!(said(4), []);
        // Three siblings say nothing, nor do small numbers, nor one that another sibling has as well.
        assert_eq!(remarks(480, Spread::of(vec![10, 11, 12]).as_ref(), None), []);
        assert_eq!(remarks(4, Spread::of(vec![1, 1, 1, 1]).as_ref(), None), []);
        assert_eq!(remarks(48, Spread::of(vec![10, 11, 12, 13, 48]).as_ref(), None), []);
    }

    #[test]
    fn a_number_stands_out_beside_the_period_before() {
        assert_eq!(remarks(40, None, Some(10)), [Remark::AbovePrevious(4)]);
        assert_eq!(remarks(39, None, Some(10)), []);
        assert_eq!(remarks(10, None, Some(40)), [Remark::BelowPrevious(Some(4))]);
        assert_eq!(remarks(0, None, Some(40)), [Remark::BelowPrevious(None)]);
        assert_eq!(remarks(40, None, Some(0)), []);
        assert_eq!(remarks(i64::MAX, None, Some(i64::MIN)), []);
        assert_eq!(remarks(i64::MIN, Spread::of(vec![i64::MAX; 9]).as_ref(), Some(i64::MAX)), []);
    }
}
