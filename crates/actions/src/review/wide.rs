//! The wide table: every unit in reach beside every element of a form, with a row of totals that says on
//! how many returns it rests.

use std::collections::HashMap;

use nhipcau_domain::{
    dataset::DataSet,
    element::{DataElement, UnitRule},
    id::{ElementId, IndicatorId, UnitId},
    indicator::{Formula, Indicator},
    period::Period,
    problem::Problem,
    returns::{ReturnKey, Status, Submission, Value},
    text,
    totals::Sums,
    tree::Ix,
};
use nhipcau_store::Tx;
use uuid::Uuid;

use super::owing::{self, Asked, Choices, Owing, Standings};
use crate::{
    error::Result,
    powers::{Kind, Over},
    workspace::{Setting, Workspace},
};

/// How many rows a page of the table has.
pub const WIDE_PAGE: usize = 400;

/// Which table is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WideAsked {
    /// Which form, period and branch. Without a form the first that is owed; without a period its last
    /// that has ended.
    pub of: Asked,
    /// Only returns with this status.
    pub status: Option<Status>,
    /// With the same period of the year before.
    pub year_before: bool,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The element.
    pub element: DataElement,
    /// Its unit of measure in Vietnamese.
    pub measure: String,
    /// A figure that rests on it, where it is explained.
    pub figure: Option<IndicatorId>,
    /// The target that was set: for the number itself, or in whole per cent for a share (by name).
    pub target: Option<(i64, Option<String>)>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What was answered; none where nothing was.
    pub value: Option<Value>,
    /// What was accepted for the same period of the year before.
    pub before: Option<i64>,
}

/// A row: a unit's return.
#[derive(Debug, Clone)]
pub struct WideRow {
    /// Which return.
    pub key: ReturnKey,
    /// The unit's name on the period's last day.
    pub unit: String,
    /// The unit that it reports to.
    pub branch: Option<(UnitId, String)>,
    /// Its status on record.
    pub status: Status,
    /// Whether its numbers count in the totals: they are the accepted ones.
    pub counts: bool,
    /// The return's id.
    pub return_id: Option<Uuid>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// The total of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Σ of what was accepted; none where the element does not add, or nobody gave a number.
    pub sum: Option<i64>,
    /// On how many units' numbers it rests.
    pub units: i64,
    /// The same for the same period of the year before.
    pub before: Option<i64>,
}

/// The row of totals: of everything that was asked for, on whichever page it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Where the returns stand.
    pub standings: Standings,
    /// A total for each column.
    pub columns: Vec<Total>,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Wide {
    /// The form.
    pub form: DataSet,
    /// The period.
    pub period: Period,
    /// The same period of the year before, where there is one.
    pub earlier: Option<Period>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The page's rows, by branch, then by name.
    pub rows: Vec<WideRow>,
    /// The totals.
    pub totals: Totals,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// The campaign's notice.
    pub notice: String,
    /// What may be asked for.
    pub choices: Choices,
}

/// The table; `page` none gives every row, for a file.
pub async fn wide<K: Kind>(
    ws: &Workspace,
    over: &Over<K>,
    asked: &WideAsked,
    page: Option<usize>,
) -> Result<Wide> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Table { form, period, mut owing } = table(&mut tx, &setting, over, asked).await?;
    let earlier = setting.definitions.year_before(period).filter(|_| asked.year_before);
    let totals = totals(&mut tx, &setting, over, form, (period, earlier), &owing).await?;
    let day = period.last;
    let name = |unit: Ix| setting.tree.name(unit, day);
    owing.sort_by_cached_key(|o| {
        let branch = setting.tree.parent(o.unit, day).map(|p| (text::sort_key(name(p)), p));
        (branch, text::sort_key(name(o.unit)))
    });
    let size = page.map_or(usize::MAX, |_| WIDE_PAGE);
    let pages = owing.len().div_ceil(size).max(1);
    let page = page.unwrap_or(1).clamp(1, pages);
    let shown: Vec<Owing> = owing.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
    let rows = rows(&mut tx, &setting, (form, period, earlier), shown).await?;
    let asked_of =
        Asked { data_set: Some(form.id.clone()), period: Some(period.id.clone()), ..asked.of.clone() };
    Ok(Wide {
        columns: columns(&setting, over, form, period, asked),
        form: form.clone(),
        period: period.clone(),
        earlier: setting.definitions.year_before(period).cloned(),
        rows,
        totals,
        page,
        pages,
        notice: setting.definitions.campaign.notice.clone(),
        choices: owing::choices(&setting, over, &asked_of),
    })
}

/// The row of totals alone: for a page that is kept up to date.
pub async fn wide_totals<K: Kind>(ws: &Workspace, over: &Over<K>, asked: &WideAsked) -> Result<Totals> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Table { form, period, owing } = table(&mut tx, &setting, over, asked).await?;
    let earlier = setting.definitions.year_before(period).filter(|_| asked.year_before);
    totals(&mut tx, &setting, over, form, (period, earlier), &owing).await
}

/// What was asked for.
struct Table<'a> {
    form: &'a DataSet,
    period: &'a Period,
    owing: Vec<Owing>,
}

/// Two reads: the extensions, and the form's returns for the period.
async fn table<'a, K: Kind>(
    tx: &mut Tx,
    setting: &'a Setting,
    over: &Over<K>,
    asked: &WideAsked,
) -> Result<Table<'a>> {
    let definitions = &setting.definitions;
    let asked_period = asked.of.period.as_ref().and_then(|id| definitions.period(id));
    let form = if let Some(id) = &asked.of.data_set {
        owing::form(setting, id)?
    } else {
        let fits = |f: &&DataSet| asked_period.is_none_or(|p| p.calendar == f.calendar);
        definitions.data_sets.iter().find(fits).ok_or_else(|| Problem::new("review-no-forms"))?
    };
    // A period of another form's calendar is what is left over from a filter: the form decides.
    let period = match &asked.of.period {
        Some(id) if asked_period.is_none() => crate::basis::period(setting, id)?,
        _ => asked_period
            .filter(|p| p.calendar == form.calendar)
            .or_else(|| owing::last_ended(setting, form, over.today()))
            .or_else(|| definitions.calendar(&form.calendar)?.periods.first())
            .ok_or_else(|| Problem::new("review-no-forms"))?,
    };
    let extensions = tx.deadline_extensions(&form.id, &period.id).await?;
    let branch = owing::branch(setting, over, &asked.of, period)?;
    let mut owing = owing::owing(tx, setting, over, (form, period), branch, &extensions).await?;
    owing.retain(|o| asked.status.is_none_or(|status| o.status() == status));
    Ok(Table { form, period, owing })
}

/// One read for each period: what each unit adds, as the totals of figures are made of it.
async fn totals<K: Kind>(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<K>,
    form: &DataSet,
    (period, earlier): (&Period, Option<&Period>),
    owing: &[Owing],
) -> Result<Totals> {
    let mut standings = Standings::default();
    for one in owing {
        standings.count(one.standing(over.today()));
    }
    let units: Vec<UnitId> = owing.iter().map(|o| o.key.unit.clone()).collect();
    let now = sums(tx, form, period, &units).await?;
    let before = match earlier {
        Some(earlier) => Some(sums(tx, form, earlier, &units).await?),
        None => None,
    };
    let adds = |element: &DataElement| element.adds == UnitRule::Adds;
    let sum = |of: &Sums, i: usize| of.elements.get(i).filter(|e| e.numbers > 0).map(|e| e.sum);
    let columns = setting.definitions.elements_of(form).enumerate().map(|(i, element)| Total {
        sum: sum(&now, i).filter(|_| adds(element)),
        units: now.elements.get(i).map_or(0, |e| e.numbers),
        before: before.as_ref().and_then(|b| sum(b, i)).filter(|_| adds(element)),
    });
    Ok(Totals { standings, columns: columns.collect() })
}

async fn sums(tx: &mut Tx, form: &DataSet, period: &Period, units: &[UnitId]) -> Result<Sums> {
    let mut sums = Sums::zero(form.elements.len());
    for row in tx.contributions(&period.id, &form.id, Some(units)).await? {
        sums.add(&row.sums)?;
    }
    Ok(sums)
}

/// Two reads for a page, three with the year before: what counts, and what waits.
async fn rows(
    tx: &mut Tx,
    setting: &Setting,
    (form, period, earlier): (&DataSet, &Period, Option<&Period>),
    shown: Vec<Owing>,
) -> Result<Vec<WideRow>> {
    let units: Vec<UnitId> = shown.iter().map(|o| o.key.unit.clone()).collect();
    let counted = accepted(tx, form, period, &units).await?;
    let before = match earlier {
        Some(earlier) => accepted(tx, form, earlier, &units).await?,
        None => HashMap::new(),
    };
    let mut waiting: HashMap<UnitId, Submission> = HashMap::new();
    if shown.iter().any(|o| o.status() == Status::Submitted) {
        for (stored, revision) in tx.waiting(&form.id, &period.id, Some(&units)).await? {
            waiting.insert(stored.key.unit, revision.submission);
        }
    }
    let row = |owing: Owing| {
        let unit = &owing.key.unit;
        // What counts is shown; what waits only where nothing counts yet.
        let counts = counted.get(unit);
        let said = counts.or_else(|| waiting.get(unit));
        let earlier = before.get(unit);
        let cells = form.elements.iter().map(|id| Cell {
            value: said.and_then(|s| s.value(id)).cloned(),
            before: earlier.and_then(|s| s.value(id)?.number()),
        });
        WideRow {
            cells: cells.collect(),
            unit: setting.tree.name(owing.unit, period.last).to_owned(),
            branch: owing::parent(setting, owing.unit, period.last),
            status: owing.status(),
            counts: counts.is_some(),
            return_id: owing.stored.as_ref().map(|s| s.id),
            key: owing.key,
        }
    };
    Ok(shown.into_iter().map(row).collect())
}

async fn accepted(
    tx: &mut Tx,
    form: &DataSet,
    period: &Period,
    units: &[UnitId],
) -> Result<HashMap<UnitId, Submission>> {
    let rows = tx.accepted(&form.id, std::slice::from_ref(&period.id), Some(units)).await?;
    Ok(rows.into_iter().filter_map(|r| Some((r.key.unit, r.revision?.submission))).collect())
}

fn columns<K: Kind>(
    setting: &Setting,
    over: &Over<K>,
    form: &DataSet,
    period: &Period,
    asked: &WideAsked,
) -> Vec<Column> {
    let definitions = &setting.definitions;
    // A target is set for the campaign's scope as a whole.
    let whole = over.is_over_all() && asked.of.branch.is_none() && asked.status.is_none();
    let column = |element: &DataElement| {
        let rests = |i: &&Indicator| definitions.leaf_elements(i).contains(&element.id);
        let target = definitions.targets.iter().filter(|t| whole && t.period == period.id).find_map(|t| {
            let indicator = definitions.indicator(&t.indicator)?;
            let alone = |of: &[ElementId]| matches!(of, [one] if *one == element.id);
            match &indicator.formula {
                Formula::Count { of } if alone(of) => Some((t.value, None)),
                Formula::Ratio { numerator, .. } if alone(numerator) => {
                    Some((t.value, Some(indicator.name.clone())))
                }
                _ => None,
            }
        });
        Column {
            measure: definitions.measure(&element.measure).map(|m| m.name.clone()).unwrap_or_default(),
            figure: definitions.indicators.iter().find(rests).map(|i| i.id.clone()),
            target,
            element: element.clone(),
        }
    };
    definitions.elements_of(form).map(column).collect()
}
