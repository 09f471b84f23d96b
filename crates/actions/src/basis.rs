//! What figures rest on, read from the store: contributions, and what is owed.

use std::collections::{BTreeMap, HashMap};

use nhipcau_domain::{
    Date,
    dataset::DataSet,
    figure::{Basis, Leaf, Owed},
    id::{DataSetId, PeriodId, UnitId},
    period::Period,
    problem::Problem,
    returns::{ReturnKey, Status},
    tree::Ix,
};
use nhipcau_store::{ContributionRow, DeadlineExtension, Tx};

use crate::{error::Result, workspace::Setting};

/// The day that a tree is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TreeDay {
    /// The period's last day.
    #[default]
    Then,
    /// A date that is handed in; "now" is today.
    On(Date),
}

impl TreeDay {
    /// The day, for a period.
    #[must_use]
    pub fn day(self, period: &Period) -> Date {
        match self {
            Self::Then => period.last,
            Self::On(day) => day,
        }
    }
}

/// What was reported and what was owed for a period, by everyone.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The period.
    pub period: PeriodId,
    /// What each unit adds, for each form.
    pub leaves: Vec<Leaf>,
    /// What each unit owes.
    pub owed: Vec<Owed>,
}

impl Evidence {
    /// Reads a period's evidence.
    pub async fn load(tx: &mut Tx, setting: &Setting, period: &Period) -> Result<Self> {
        Self::of(tx, setting, period, &|_| true, None).await
    }

    /// Reads a period's evidence from some forms.
    pub async fn load_of(
        tx: &mut Tx,
        setting: &Setting,
        period: &Period,
        wanted: &(dyn Fn(&DataSetId) -> bool + Sync),
    ) -> Result<Self> {
        Self::of(tx, setting, period, wanted, None).await
    }

    /// The same under a setting that is not in force: what each unit adds, by form, was made for it.
    pub(crate) async fn gather(
        tx: &mut Tx,
        setting: &Setting,
        period: &Period,
        made: &HashMap<DataSetId, Vec<ContributionRow>>,
    ) -> Result<Self> {
        Self::of(tx, setting, period, &|_| true, Some(made)).await
    }

    async fn of(
        tx: &mut Tx,
        setting: &Setting,
        period: &Period,
        wanted: &(dyn Fn(&DataSetId) -> bool + Sync),
        made: Option<&HashMap<DataSetId, Vec<ContributionRow>>>,
    ) -> Result<Self> {
        let (mut leaves, mut owed) = (Vec::new(), Vec::new());
        for form in setting.definitions.data_sets.iter().filter(|f| wanted(&f.id)) {
            let parts = setting.definitions.parts_of(form, period);
            if parts.is_empty() {
                continue;
            }
            let rows = match made {
                Some(made) => made.get(&form.id).cloned().unwrap_or_default(),
                None => tx.contributions(&period.id, &form.id, None).await?,
            };
            for row in rows {
                if let Some(unit) = setting.tree.find(&row.unit) {
                    leaves.push(Leaf { unit, data_set: form.id.clone(), kind: row.kind, sums: row.sums });
                }
            }
            let ids: Vec<PeriodId> = parts.iter().map(|p| p.id.clone()).collect();
            let returns = tx.returns_of(&form.id, &ids).await?;
            let mut held: BTreeMap<(&str, &str), (Status, bool)> = returns
                .iter()
                .map(|r| {
                    (
                        (r.key.unit.as_str(), r.key.period.as_str()),
                        (r.state.status, r.state.accepted.is_some()),
                    )
                })
                .collect();
            for part in parts.into_iter().filter(|p| form.roster.in_force(p)) {
                for unit in setting.tree.open_on(part.last) {
                    let id = setting.tree.id(unit);
                    if !form.roster.names(id, setting.tree.kind(unit, part.last)) {
                        continue;
                    }
                    let (status, accepted) =
                        held.remove(&(id.as_str(), part.id.as_str())).unwrap_or((Status::Expected, false));
                    owed.push(Owed {
                        unit,
                        data_set: form.id.clone(),
                        period: part.id.clone(),
                        status,
                        accepted,
                    });
                }
            }
            // Units that closed within the period and had reported: what came in was owed.
            for ((unit, part), (status, accepted)) in held {
                if let Some(unit) = setting.tree.find(unit) {
                    owed.push(Owed {
                        unit,
                        data_set: form.id.clone(),
                        period: part.into(),
                        status,
                        accepted,
                    });
                }
            }
        }
        leaves.sort_by(|a, b| (a.unit, &a.data_set).cmp(&(b.unit, &b.data_set)));
        Ok(Self { period: period.id.clone(), leaves, owed })
    }

    /// What a scope's figures rest on, under a tree.
    pub fn basis<'a>(&self, setting: &'a Setting, scope: &str, tree: TreeDay) -> Result<Basis<'a>> {
        let period = period(setting, &self.period)?;
        let ix = setting.tree.find(scope).ok_or_else(|| Problem::new("unit-unknown").with("unit", scope))?;
        let day = tree.day(period);
        Ok(Basis::select(&setting.definitions, &setting.tree, period, ix, day, &self.leaves, &self.owed)?)
    }
}

/// A period by name, or the sentence that there is none.
pub fn period<'a>(setting: &'a Setting, id: &str) -> Result<&'a Period> {
    let found = setting.definitions.period(id);
    found.ok_or_else(|| Problem::new("period-unknown").with("period", id).into())
}

/// The keys of the returns that `units` gave for a form within a period.
#[must_use]
pub fn return_keys(setting: &Setting, data_set: &str, period: &Period, units: &[UnitId]) -> Vec<ReturnKey> {
    let Some(form) = setting.definitions.data_set(data_set) else { return Vec::new() };
    let parts = setting.definitions.parts_of(form, period);
    let key = |unit: &UnitId, part: &Period| ReturnKey {
        unit: unit.clone(),
        data_set: form.id.clone(),
        period: part.id.clone(),
    };
    units.iter().flat_map(|u| parts.iter().map(move |p| key(u, p))).collect()
}

/// Names of units on a day, for those who read the ids elsewhere.
#[must_use]
pub fn names(setting: &Setting, units: impl Iterator<Item = UnitId>, on: Date) -> HashMap<UnitId, String> {
    units.filter_map(|u| setting.tree.find(&u).map(|ix| (u, setting.tree.name(ix, on).to_owned()))).collect()
}

/// The later deadlines that were granted for what makes up a period, in the order of forms.
pub async fn granted(tx: &mut Tx, setting: &Setting, period: &Period) -> Result<Vec<DeadlineExtension>> {
    let mut found = Vec::new();
    for form in &setting.definitions.data_sets {
        for part in setting.definitions.parts_of(form, period) {
            found.extend(tx.deadline_extensions(&form.id, &part.id).await?);
        }
    }
    Ok(found)
}

/// The day by which a unit owes a return: its level's deadline, or a later day that was granted to it
/// or to a branch that it is in. None where the form sets no deadline.
#[must_use]
pub fn due(
    setting: &Setting,
    granted: &[DeadlineExtension],
    form: &DataSet,
    period: &Period,
    unit: Ix,
) -> Option<Date> {
    let tree = &setting.tree;
    let days = form.deadline_days(tree.kind(unit, period.last))?;
    let own = period.last.checked_add(jiff::Span::new().days(i64::from(days))).ok()?;
    let branch =
        |id: &UnitId| tree.id(unit) == id || tree.above(unit, period.last).any(|above| tree.id(above) == id);
    let later = granted.iter().filter(|g| g.data_set == form.id && g.period == period.id && branch(&g.unit));
    Some(later.map(|g| g.until_day).max().map_or(own, |until| until.max(own)))
}
