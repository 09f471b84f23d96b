//! Everything that happened to a return, told: who, when, on whose behalf, why, and what changed.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Date, Timestamp,
    id::OfficeId,
    returns::{Act, Value},
};
use nhipcau_store::{ActRecord, RevisionRecord, Tx};

use crate::{error::Result, workspace::Setting};

/// Something that happened to a return.
#[derive(Debug, Clone)]
pub struct Event {
    /// What.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// By which office: id and name.
    pub office: (OfficeId, String),
    /// The name of the office on whose behalf it was sent.
    pub on_behalf_of: Option<String>,
    /// What a revision changed of the one that was sent before it: the element's name, before, after.
    pub differences: Vec<(String, Option<Value>, Value)>,
}

/// The acts of a return, the latest first. What its unit was still writing is left out.
pub(super) fn events(
    setting: &Setting,
    offices: &BTreeMap<OfficeId, String>,
    revisions: &[RevisionRecord],
    acts: Vec<ActRecord>,
) -> Vec<Event> {
    let name = |office: &OfficeId| offices.get(office).cloned().unwrap_or_else(|| office.to_string());
    let at = |number: u32| revisions.iter().find(|r| r.number == number);
    let mut sent: Option<&RevisionRecord> = None;
    let mut events = Vec::with_capacity(acts.len());
    for record in acts {
        let (mut differences, mut behalf) = (Vec::new(), None);
        match &record.act {
            Act::Draft { .. } => continue,
            Act::Submit { revision, .. } => {
                let now = at(*revision);
                if let (Some(before), Some(now)) = (sent, now) {
                    let changed = now.submission.differences(&before.submission);
                    differences = changed
                        .into_iter()
                        .map(|(id, old, new)| {
                            let element = setting.definitions.element(id);
                            let name = element.map_or_else(|| id.to_string(), |e| e.name.clone());
                            (name, old.cloned(), new.clone())
                        })
                        .collect();
                }
                behalf = now.and_then(|r| r.on_behalf_of.as_ref());
                sent = now.or(sent);
            }
            _ => {}
        }
        events.push(Event {
            on_behalf_of: behalf.map(name),
            office: (record.office.clone(), name(&record.office)),
            act: record.act,
            at: record.at,
            differences,
        });
    }
    events.reverse();
    events
}

/// The names of the offices that acted: as their accounts say, else as configured, else their unit's.
pub(super) async fn offices(
    tx: &mut Tx,
    setting: &Setting,
    revisions: &[RevisionRecord],
    acts: &[ActRecord],
    day: Date,
) -> Result<BTreeMap<OfficeId, String>> {
    let acted = acts.iter().map(|a| &a.office);
    let behalf = revisions.iter().filter_map(|r| r.on_behalf_of.as_ref());
    let ids: Vec<OfficeId> = acted.chain(behalf).cloned().collect();
    let mut accounts = tx.office_contacts(&ids).await?;
    let configured =
        |id: &OfficeId| setting.definitions.offices.iter().find(|o| o.id == *id).map(|o| o.name.clone());
    let unit = |id: &OfficeId| setting.tree.find(id).map(|ix| setting.tree.name(ix, day).to_owned());
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(name) =
            accounts.remove(&id).map(|a| a.name).or_else(|| configured(&id)).or_else(|| unit(&id))
        {
            names.entry(id).or_insert(name);
        }
    }
    Ok(names)
}
