//! Who owes what, within an office's reach: what the queue, the list of the missing and the wide table
//! are all made from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nhipcau_domain::{
    Date,
    dataset::DataSet,
    id::{DataSetId, PeriodId, UnitId},
    period::Period,
    problem::Problem,
    returns::{ReturnKey, Status},
    text,
    tree::Ix,
};
use nhipcau_store::{DeadlineExtension, StoredReturn, Tx};

use crate::{
    basis,
    error::Result,
    powers::{Kind, Over},
    workspace::{Setting, Workspace},
};

/// Which returns are asked for; what is not named is everything in reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of this form.
    pub data_set: Option<DataSetId>,
    /// For this period. None: for each form the last period that has ended, and every one of which a
    /// return waits.
    pub period: Option<PeriodId>,
    /// Of this unit and everyone below it.
    pub branch: Option<UnitId>,
}

/// What may be asked for: ids with names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Forms.
    pub forms: Vec<(String, String)>,
    /// Periods that have begun, the latest first.
    pub periods: Vec<(String, String)>,
    /// Units to which others in reach report.
    pub branches: Vec<(String, String)>,
}

/// Where an owed return stands for those who wait for it; each is in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Sent, not reviewed.
    Waiting,
    /// Not there, and its deadline has passed.
    Overdue,
    /// Not there, and there is time yet.
    Later,
    /// Accepted; also while a correction of it was sent back and did not come again.
    Accepted,
    /// Excused.
    Exempt,
}

/// A return that a unit in reach owes.
#[derive(Debug, Clone)]
pub struct Owing {
    /// Whose.
    pub unit: Ix,
    /// Which.
    pub key: ReturnKey,
    /// The last day for it; none where the form sets no deadline.
    pub due: Option<Date>,
    /// What came; none where nothing ever did.
    pub stored: Option<StoredReturn>,
}

impl Owing {
    /// Its status on record.
    #[must_use]
    pub fn status(&self) -> Status {
        self.stored.as_ref().map_or(Status::Expected, |s| s.state.status)
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        let accepted = self.stored.as_ref().is_some_and(|s| s.state.accepted.is_some());
        match self.status() {
            Status::Submitted => Standing::Waiting,
            Status::Exempt => Standing::Exempt,
            _ if accepted => Standing::Accepted,
            _ if self.due.is_some_and(|due| due < today) => Standing::Overdue,
            _ => Standing::Later,
        }
    }
}

/// How many returns stand where. They add up to what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standings {
    /// All of them.
    pub expected: usize,
    /// Sent, not reviewed.
    pub waiting: usize,
    /// Not there, too late.
    pub overdue: usize,
    /// Not there, in time yet.
    pub later: usize,
    /// Accepted.
    pub accepted: usize,
    /// Excused.
    pub exempt: usize,
}

impl Standings {
    /// Counts one more.
    pub fn count(&mut self, standing: Standing) {
        self.expected += 1;
        *match standing {
            Standing::Waiting => &mut self.waiting,
            Standing::Overdue => &mut self.overdue,
            Standing::Later => &mut self.later,
            Standing::Accepted => &mut self.accepted,
            Standing::Exempt => &mut self.exempt,
        } += 1;
    }
}

/// One form for one period, with who owes it.
pub(crate) struct Part<'a> {
    pub form: &'a DataSet,
    pub period: &'a Period,
    pub owing: Vec<Owing>,
}

/// What is asked for, read: one statement for the extensions, one for what waits, one for each form and
/// period.
pub(crate) async fn parts<'a, K: Kind>(
    tx: &mut Tx,
    setting: &'a Setting,
    over: &Over<K>,
    asked: &Asked,
) -> Result<Vec<Part<'a>>> {
    let extensions = tx.all_deadline_extensions().await?;
    let mut found = Vec::new();
    for (form, period) in forms_and_periods(tx, setting, over.today(), asked).await? {
        let branch = branch(setting, over, asked, period)?;
        let owing = owing(tx, setting, over, (form, period), branch, &extensions).await?;
        if !owing.is_empty() {
            found.push(Part { form, period, owing });
        }
    }
    Ok(found)
}

/// The branch that is asked for, if it is in reach.
pub(crate) fn branch<K: Kind>(
    setting: &Setting,
    over: &Over<K>,
    asked: &Asked,
    period: &Period,
) -> Result<Option<Ix>> {
    let Some(unit) = &asked.branch else { return Ok(None) };
    Ok(Some(over.require(setting, unit, period.last)?))
}

/// Who in reach owes a form for a period, in the order in which the tree knows them.
pub(crate) async fn owing<K: Kind>(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<K>,
    (form, period): (&DataSet, &Period),
    branch: Option<Ix>,
    extensions: &[DeadlineExtension],
) -> Result<Vec<Owing>> {
    let tree = &setting.tree;
    let returns = tx.returns_of(&form.id, std::slice::from_ref(&period.id)).await?;
    let mut held: HashMap<UnitId, StoredReturn> =
        returns.into_iter().map(|r| (r.key.unit.clone(), r)).collect();
    let mut units: Vec<(Ix, Option<StoredReturn>)> = Vec::new();
    if form.roster.in_force(period) {
        for unit in tree.open_on(period.last) {
            let id = tree.id(unit);
            if form.roster.names(id, tree.kind(unit, period.last)) {
                units.push((unit, held.remove(id)));
            }
        }
    }
    // Units that closed within the period and had reported: what came in was owed.
    let mut closed: Vec<_> =
        held.into_iter().filter_map(|(id, stored)| Some((tree.find(&id)?, Some(stored)))).collect();
    closed.sort_by_key(|(unit, _)| *unit);
    units.append(&mut closed);
    let inside = |unit: Ix| {
        branch.is_none_or(|top| unit == top || tree.above(unit, period.last).any(|above| above == top))
    };
    Ok(units
        .into_iter()
        .filter(|(unit, _)| inside(*unit) && over.reaches(setting, *unit, period.last))
        .map(|(unit, stored)| Owing {
            unit,
            key: ReturnKey {
                unit: tree.id(unit).clone(),
                data_set: form.id.clone(),
                period: period.id.clone(),
            },
            due: basis::due(setting, extensions, form, period, unit),
            stored,
        })
        .collect())
}

/// The forms and periods that are asked for, in the order of forms, then of time.
async fn forms_and_periods<'a>(
    tx: &mut Tx,
    setting: &'a Setting,
    today: Date,
    asked: &Asked,
) -> Result<Vec<(&'a DataSet, &'a Period)>> {
    let definitions = &setting.definitions;
    let forms: Vec<&DataSet> = match &asked.data_set {
        Some(id) => vec![form(setting, id)?],
        None => definitions.data_sets.iter().collect(),
    };
    if let Some(id) = &asked.period {
        let period = basis::period(setting, id)?;
        let of_calendar = |f: &&DataSet| f.calendar == period.calendar;
        return Ok(forms.into_iter().filter(of_calendar).map(|f| (f, period)).collect());
    }
    let waiting = tx.forms_waiting().await?;
    let mut found = Vec::new();
    for form in forms {
        let waits = waiting.iter().filter(|(id, _)| *id == form.id).map(|(_, period)| period);
        let mut periods: Vec<&Period> = waits.filter_map(|id| definitions.period(id)).collect();
        periods.extend(last_ended(setting, form, today));
        periods.sort_by_key(|p| p.first);
        periods.dedup_by(|a, b| a.id == b.id);
        found.extend(periods.into_iter().map(|period| (form, period)));
    }
    Ok(found)
}

/// The last period of a form that has ended and is owed by anyone.
pub(crate) fn last_ended<'a>(setting: &'a Setting, form: &DataSet, today: Date) -> Option<&'a Period> {
    let calendar = setting.definitions.calendar(&form.calendar)?;
    calendar.periods.iter().rev().find(|p| p.last < today && form.roster.in_force(p))
}

/// A form by name, or the sentence that there is none.
pub(crate) fn form<'a>(setting: &'a Setting, id: &DataSetId) -> Result<&'a DataSet> {
    let found = setting.definitions.data_set(id);
    found.ok_or_else(|| Problem::new("form-unknown").with("form", id).into())
}

/// What may be asked for beside what was found.
pub(crate) fn choices<K: Kind>(setting: &Setting, over: &Over<K>, asked: &Asked) -> Choices {
    let definitions = &setting.definitions;
    let today = over.today();
    let chosen = asked.data_set.as_ref().and_then(|id| definitions.data_set(id));
    let calendars: BTreeSet<&str> = match chosen {
        Some(form) => std::iter::once(form.calendar.as_str()).collect(),
        None => definitions.data_sets.iter().map(|f| f.calendar.as_str()).collect(),
    };
    let mut periods: Vec<&Period> = definitions
        .calendars
        .iter()
        .filter(|c| calendars.contains(c.id.as_str()))
        .flat_map(|c| &c.periods)
        .filter(|p| p.first <= today)
        .collect();
    periods.sort_by(|a, b| (b.last, a.first).cmp(&(a.last, b.first)));
    let day = asked.period.as_ref().and_then(|id| definitions.period(id)).map_or(today, |p| p.last);
    Choices {
        forms: definitions.data_sets.iter().map(|f| (f.id.to_string(), f.name.clone())).collect(),
        periods: periods.into_iter().map(|p| (p.id.to_string(), p.name.clone())).collect(),
        branches: branches(setting, over, day),
    }
}

/// Units in reach to which others report on a day, by name.
fn branches<K: Kind>(setting: &Setting, over: &Over<K>, day: Date) -> Vec<(String, String)> {
    let tree = &setting.tree;
    let parents: BTreeSet<Ix> = tree.open_on(day).filter_map(|unit| tree.parent(unit, day)).collect();
    let mut found: BTreeMap<Vec<u8>, (String, String)> = BTreeMap::new();
    for unit in parents.into_iter().filter(|unit| over.reaches(setting, *unit, day)) {
        let name = tree.name(unit, day);
        found.insert(
            text::sort_key(&format!("{name} {}", tree.id(unit))),
            (tree.id(unit).to_string(), name.to_owned()),
        );
    }
    found.into_values().collect()
}

/// The unit that a unit reports to on a day, if any: id and name.
pub(crate) fn parent(setting: &Setting, unit: Ix, day: Date) -> Option<(UnitId, String)> {
    let tree = &setting.tree;
    tree.parent(unit, day).map(|p| (tree.id(p).clone(), tree.name(p, day).to_owned()))
}

/// Later deadlines that were granted to branches whose top is in reach.
///
/// # Errors
/// Where the store fails.
pub async fn extensions<K: Kind>(ws: &Workspace, over: &Over<K>) -> Result<Vec<DeadlineExtension>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let mut found = tx.all_deadline_extensions().await?;
    found.retain(|e| {
        let day = setting.definitions.period(&e.period).map_or(over.today(), |p| p.last);
        setting.tree.find(&e.unit).is_some_and(|ix| over.reaches(&setting, ix, day))
    });
    Ok(found)
}
