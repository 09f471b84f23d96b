//! A return as it stands on record: every revision that was sent, and what was done with them.

use nhipcau_domain::{
    Date,
    dataset::DataSet,
    id::OfficeId,
    period::Period,
    returns::{Act, ReturnKey, ReturnState, Status},
};
use nhipcau_store::RevisionRecord;

use super::{
    history::{self, Event},
    owing,
};
use crate::{
    basis,
    error::Result,
    powers::{Kind, Over},
    returns::owes,
    workspace::Workspace,
};

/// A return on record.
#[derive(Debug, Clone)]
pub struct OnRecord {
    /// Which.
    pub key: ReturnKey,
    /// The unit's name on the period's last day.
    pub unit: String,
    /// The form.
    pub form: DataSet,
    /// The period.
    pub period: Period,
    /// The last day for it.
    pub due: Option<Date>,
    /// Where it stands.
    pub state: ReturnState,
    /// What was sent, the first revision first.
    pub revisions: Vec<Revision>,
    /// What was done with it, the latest first.
    pub history: Vec<Event>,
}

/// A revision that was sent, with the office that sent it.
#[derive(Debug, Clone)]
pub struct Revision {
    /// What was sent.
    pub record: RevisionRecord,
    /// The office on whose behalf, if another's.
    pub on_behalf_of: Option<OfficeId>,
    /// Whether the totals rest on it.
    pub counts: bool,
}

/// A return as whoever may see it as it was sent sees it. What its unit is still writing is its own.
///
/// # Errors
/// `form-unknown`, `period-unknown`, `unit-out-of-reach`, or that the unit does not owe the form.
pub async fn on_record<K: Kind>(ws: &Workspace, over: &Over<K>, key: &ReturnKey) -> Result<OnRecord> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let form = owing::form(&setting, &key.data_set)?;
    let period = basis::period(&setting, &key.period)?;
    let unit = over.require(&setting, &key.unit, period.last)?;
    let stored = tx.returns(std::slice::from_ref(key)).await?.remove(key);
    if stored.is_none() {
        owes(&setting, key)?;
    }
    let (mut revisions, acts) = match &stored {
        Some(stored) => (tx.revisions_of(stored.id).await?, tx.acts_of(stored.id).await?),
        None => (Vec::new(), Vec::new()),
    };
    let sent = |n: u32| acts.iter().any(|a| matches!(&a.act, Act::Submit { revision, .. } if *revision == n));
    revisions.retain(|r| sent(r.number));
    let offices = history::offices(&mut tx, &setting, &revisions, &acts, period.last).await?;
    let mut state = stored.map(|s| s.state).unwrap_or_default();
    if state.status == Status::Draft {
        state.status = if state.accepted.is_some() { Status::Accepted } else { Status::Expected };
    }
    let extensions = tx.deadline_extensions(&form.id, &period.id).await?;
    Ok(OnRecord {
        key: key.clone(),
        unit: setting.tree.name(unit, period.last).to_owned(),
        due: basis::due(&setting, &extensions, form, period, unit),
        form: form.clone(),
        period: period.clone(),
        history: history::events(&setting, &offices, &revisions, acts),
        revisions: revisions
            .into_iter()
            .map(|record| Revision {
                on_behalf_of: record.on_behalf_of.clone(),
                counts: state.accepted == Some(record.number),
                record,
            })
            .collect(),
        state,
    })
}
