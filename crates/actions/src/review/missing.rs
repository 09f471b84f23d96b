//! Who has not reported: by branch of the tree, with the last day and whom to call.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Date,
    id::{OfficeId, UnitId},
    returns::{ReturnKey, Status},
    text,
};
use nhipcau_store::OfficeContact;

use super::owing::{self, Asked, Choices, Standing, Standings};
use crate::{
    error::Result,
    powers::{Over, Review},
    workspace::Workspace,
};

/// How many missing returns are listed at most; what is more is counted.
pub const MISSING_MOST: usize = 1000;

/// A return that is not there.
#[derive(Debug, Clone)]
pub struct MissingReturn {
    /// Which.
    pub key: ReturnKey,
    /// The unit's name on the period's last day.
    pub unit: String,
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// The last day for it.
    pub due: Option<Date>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Its status on record: nothing came, or it was sent back.
    pub status: Status,
    /// The unit's office and who holds it; none where it has no account.
    pub contact: Option<OfficeContact>,
}

/// A branch, with what is missing of it.
#[derive(Debug, Clone)]
pub struct MissingBranch {
    /// The unit to which those report that are missing; none for those that report to nobody.
    pub branch: Option<(UnitId, String)>,
    /// That unit's office and who holds it.
    pub contact: Option<OfficeContact>,
    /// What is missing: the earliest last day first, then by name.
    pub missing: Vec<MissingReturn>,
}

/// Who has not reported.
#[derive(Debug, Clone)]
pub struct WhoIsMissing {
    /// By branch: with the earliest last day first, then by name.
    pub branches: Vec<MissingBranch>,
    /// How many more there are than are listed.
    pub more: usize,
    /// Where all that is owed stands.
    pub standings: Standings,
    /// What may be asked for.
    pub choices: Choices,
}

/// Who in reach has not reported: beside what the queue reads, one statement for whom to call.
pub async fn missing(ws: &Workspace, over: &Over<Review>, asked: &Asked) -> Result<WhoIsMissing> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let today = over.today();
    let mut standings = Standings::default();
    let mut found: Vec<(Option<(UnitId, String)>, MissingReturn)> = Vec::new();
    for part in owing::parts(&mut tx, &setting, over, asked).await? {
        for one in &part.owing {
            let standing = one.standing(today);
            standings.count(standing);
            if !matches!(standing, Standing::Overdue | Standing::Later) {
                continue;
            }
            let missing = MissingReturn {
                key: one.key.clone(),
                unit: setting.tree.name(one.unit, part.period.last).to_owned(),
                form: part.form.name.clone(),
                period: part.period.name.clone(),
                due: one.due,
                overdue: standing == Standing::Overdue,
                status: one.status(),
                contact: None,
            };
            found.push((owing::parent(&setting, one.unit, part.period.last), missing));
        }
    }
    found.sort_by_cached_key(|(branch, m)| {
        let branch = branch.as_ref().map(|(id, name)| (text::sort_key(name), id.clone()));
        (m.due.is_none(), m.due, branch, text::sort_key(&m.unit))
    });
    let more = found.len().saturating_sub(MISSING_MOST);
    found.truncate(MISSING_MOST);
    // An office of a unit has the unit's id.
    let offices: Vec<OfficeId> = found
        .iter()
        .flat_map(|(branch, m)| branch.iter().map(|(id, _)| id).chain([&m.key.unit]))
        .map(|unit| OfficeId::new(unit))
        .collect();
    let contacts = tx.office_contacts(&offices).await?;
    let contact = |unit: &UnitId| contacts.get(unit.as_str()).cloned();
    let mut places: BTreeMap<Option<UnitId>, usize> = BTreeMap::new();
    let mut branches: Vec<MissingBranch> = Vec::new();
    for (branch, mut missing) in found {
        missing.contact = contact(&missing.key.unit);
        let id = branch.as_ref().map(|(id, _)| id.clone());
        let place = *places.entry(id.clone()).or_insert_with(|| {
            let contact = id.as_ref().and_then(contact);
            branches.push(MissingBranch { branch, contact, missing: Vec::new() });
            branches.len() - 1
        });
        if let Some(branch) = branches.get_mut(place) {
            branch.missing.push(missing);
        }
    }
    Ok(WhoIsMissing { branches, more, standings, choices: owing::choices(&setting, over, asked) })
}
