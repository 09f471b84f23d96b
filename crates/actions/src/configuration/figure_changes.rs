//! What a change does to the numbers of one period: figures, totals, who owes. Both sides are made by
//! what makes them in force; nothing is reckoned a second way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nhipcau_domain::{
    dataset::DataSet,
    figure::Figure,
    id::{DataSetId, IndicatorId, PeriodId, UnitId},
    period::Period,
};
use nhipcau_store::{ContributionRow, TotalRow, Tx};

use crate::{
    basis::{Evidence, TreeDay},
    error::Result,
    totals,
    workspace::Setting,
};

/// A figure of the scope that is said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// Its indicator.
    pub indicator: IndicatorId,
    /// What it is called.
    pub name: String,
    /// For which period.
    pub period: PeriodId,
    /// How it stands; none where there is no such figure.
    pub before: Option<Figure>,
    /// How it would stand.
    pub after: Option<Figure>,
}

/// What a unit comes to, of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalChange {
    /// The unit.
    pub unit: UnitId,
    /// What is counted.
    pub element: String,
    /// The sum as it stands, and on how many answers it rests.
    pub before: Option<(i64, i64)>,
    /// As it would stand.
    pub after: Option<(i64, i64)>,
}

/// Totals of a form and period that change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsChange {
    /// The form.
    pub form: DataSetId,
    /// The period.
    pub period: PeriodId,
    /// How many units come to something else.
    pub units: usize,
    /// The first of what changes.
    pub some: Vec<TotalChange>,
}

/// Who owes a form for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedChange {
    /// The form.
    pub form: DataSetId,
    /// The period of its own calendar.
    pub period: PeriodId,
    /// How many returns are owed, as it stands and as it would.
    pub expected: (usize, usize),
    /// Who comes to owe it.
    pub joined: Vec<UnitId>,
    /// Who owes it no longer.
    pub left: Vec<UnitId>,
}

/// The most changes of totals that are named.
pub(super) const NAMED: usize = 12;

/// What a change does to a period.
#[derive(Debug, Default)]
pub(super) struct OfPeriod {
    pub figures: Vec<FigureChange>,
    pub totals: Vec<TotalsChange>,
    pub owed: Vec<OwedChange>,
}

/// Compares a period under two settings. Either may lack the period.
pub(super) async fn compare(
    tx: &mut Tx,
    before: &Setting,
    after: &Setting,
    period: &PeriodId,
) -> Result<OfPeriod> {
    let mut found = OfPeriod::default();
    let was = match before.definitions.period(period) {
        Some(period) => Some(Evidence::load(tx, before, period).await?),
        None => None,
    };
    let mut made: HashMap<DataSetId, Vec<ContributionRow>> = HashMap::new();
    let mut anew: BTreeMap<DataSetId, Vec<TotalRow>> = BTreeMap::new();
    let is = match after.definitions.period(period) {
        Some(p) => {
            for form in counted(after, p) {
                let (contributions, totals) = totals::recompute(tx, after, form, p).await?;
                anew.insert(form.id.clone(), totals);
                made.insert(form.id.clone(), contributions);
            }
            Some(Evidence::gather(tx, after, p, &made).await?)
        }
        None => None,
    };
    let mut kept: BTreeMap<DataSetId, Vec<TotalRow>> = BTreeMap::new();
    let forms = before.definitions.period(period).map(|p| counted(before, p));
    for form in forms.unwrap_or_default() {
        kept.insert(form.id.clone(), tx.all_totals(period, &form.id).await?);
    }
    let forms: BTreeSet<&DataSetId> = kept.keys().chain(anew.keys()).collect();
    for form in forms {
        let rows = |of: &BTreeMap<DataSetId, Vec<TotalRow>>| of.get(form).cloned().unwrap_or_default();
        found.totals.extend(totals_of(before, after, (form, period), &rows(&kept), &rows(&anew)));
    }
    found.figures = figures(before, after, (was.as_ref(), is.as_ref()), period);
    found.owed = owed(before, after, (was.as_ref(), is.as_ref()), period);
    Ok(found)
}

/// The forms whose returns count in a period.
fn counted<'a>(setting: &'a Setting, period: &Period) -> Vec<&'a DataSet> {
    let forms = setting.definitions.data_sets.iter();
    forms.filter(|form| !setting.definitions.parts_of(form, period).is_empty()).collect()
}

fn figures(
    before: &Setting,
    after: &Setting,
    (was, is): (Option<&Evidence>, Option<&Evidence>),
    period: &PeriodId,
) -> Vec<FigureChange> {
    let (mut was, mut is) = (standing(before, was), standing(after, is));
    let keys: BTreeSet<IndicatorId> = was.keys().chain(is.keys()).cloned().collect();
    let mut found = Vec::new();
    for key in keys {
        let (before, after) = (was.remove(&key), is.remove(&key));
        if before.as_ref().map(said) == after.as_ref().map(said) {
            continue;
        }
        let name = after.as_ref().or(before.as_ref()).map(|f| f.name.clone()).unwrap_or_default();
        found.push(FigureChange { indicator: key, name, period: period.clone(), before, after });
    }
    found
}

/// The scope's figures under the period's own tree, as [`crate::figures::rows`] has them.
fn standing(setting: &Setting, evidence: Option<&Evidence>) -> BTreeMap<IndicatorId, Figure> {
    let scope = &setting.definitions.campaign.scope;
    let basis = evidence.and_then(|e| e.basis(setting, scope, TreeDay::Then).ok());
    let Some(basis) = basis else { return BTreeMap::new() };
    let figures = setting.definitions.indicators.iter().filter_map(|i| basis.evaluate(i).ok());
    figures.map(|answer| (answer.figure.key.clone(), answer.figure)).collect()
}

/// What a figure says, without what it is called.
fn said(f: &Figure) -> Figure {
    Figure { name: String::new(), ..f.clone() }
}

/// What each unit comes to by element: sum, and number of answers.
fn by_unit(setting: &Setting, form: &str, rows: &[TotalRow]) -> BTreeMap<(UnitId, String), (i64, i64)> {
    let mut found: BTreeMap<(UnitId, String), (i64, i64)> = BTreeMap::new();
    let Some(form) = setting.definitions.data_set(form) else { return found };
    for row in rows {
        for (element, sum) in form.elements.iter().zip(&row.sums.elements) {
            let slot = found.entry((row.unit.clone(), element.to_string())).or_default();
            slot.0 = slot.0.saturating_add(sum.sum);
            slot.1 = slot.1.saturating_add(sum.numbers);
        }
    }
    found.retain(|_, (sum, numbers)| (*sum, *numbers) != (0, 0));
    found
}

fn totals_of(
    before: &Setting,
    after: &Setting,
    (form, period): (&DataSetId, &PeriodId),
    kept: &[TotalRow],
    made: &[TotalRow],
) -> Option<TotalsChange> {
    let (was, is) = (by_unit(before, form, kept), by_unit(after, form, made));
    let keys: BTreeSet<&(UnitId, String)> = was.keys().chain(is.keys()).collect();
    let mut units = BTreeSet::new();
    let mut some = Vec::new();
    for key in keys {
        let (before, after) = (was.get(key).copied(), is.get(key).copied());
        if before == after {
            continue;
        }
        units.insert(&key.0);
        if some.len() < NAMED {
            some.push(TotalChange { unit: key.0.clone(), element: key.1.clone(), before, after });
        }
    }
    let units = units.len();
    (units > 0).then(|| TotalsChange { form: form.clone(), period: period.clone(), units, some })
}

/// Who owes which form for which period of the form's own calendar.
fn owing(
    setting: &Setting,
    evidence: Option<&Evidence>,
) -> BTreeMap<(DataSetId, PeriodId), BTreeSet<UnitId>> {
    let mut found: BTreeMap<(DataSetId, PeriodId), BTreeSet<UnitId>> = BTreeMap::new();
    for owed in evidence.iter().flat_map(|e| &e.owed) {
        let unit = setting.tree.id(owed.unit).clone();
        found.entry((owed.data_set.clone(), owed.period.clone())).or_default().insert(unit);
    }
    found
}

fn owed(
    before: &Setting,
    after: &Setting,
    (was, is): (Option<&Evidence>, Option<&Evidence>),
    period: &PeriodId,
) -> Vec<OwedChange> {
    let (was, is) = (owing(before, was), owing(after, is));
    // A month that no longer makes up the year is owed as before.
    let within = |setting: &Setting, form: &str, part: &PeriodId| {
        let found = setting.definitions.data_set(form).zip(setting.definitions.period(period));
        found.is_some_and(|(f, p)| setting.definitions.parts_of(f, p).iter().any(|own| own.id == *part))
    };
    let none = BTreeSet::new();
    let keys: BTreeSet<&(DataSetId, PeriodId)> = was.keys().chain(is.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (was, is) = (was.get(key).unwrap_or(&none), is.get(key).unwrap_or(&none));
        let both = within(before, &key.0, &key.1) && within(after, &key.0, &key.1);
        if was == is || (key.1 != *period && !both) {
            continue;
        }
        found.push(OwedChange {
            form: key.0.clone(),
            period: key.1.clone(),
            expected: (was.len(), is.len()),
            joined: is.difference(was).cloned().collect(),
            left: was.difference(is).cloned().collect(),
        });
    }
    found
}
