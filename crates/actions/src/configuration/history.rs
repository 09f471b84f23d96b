//! The history of what is set up: every change, by whom, when and why. Made of the records themselves and
//! of the audit chain, which has the holder and the reason.

use std::collections::BTreeMap;

use nhipcau_campaign::records::Book;
use nhipcau_domain::{Timestamp, definitions::Definitions, id::OfficeId, tree::TreeEvent};
use nhipcau_store::Tx;
use serde_json::Value;

use super::{Configure, RecordChange, difference::differences};
use crate::{error::Result, workspace::Workspace};

/// A change of what is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number, from 1.
    pub number: usize,
    /// When.
    pub at: Timestamp,
    /// By which office.
    pub office: OfficeId,
    /// By whom; empty for what was done at the machine, or before the chain began.
    pub holder: String,
    /// Why; empty where no one said.
    pub reason: String,
    /// The version of the definitions that it made.
    pub version: Option<i64>,
    /// The places of the tree's record that it wrote.
    pub events: Option<(i64, i64)>,
}

/// A change with what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDetails {
    /// The change.
    pub change: Change,
    /// Records that differ from the version before.
    pub records: Vec<RecordChange>,
    /// What happened to units.
    pub events: Vec<TreeEvent>,
}

/// The most units' events that are listed of one change.
const LISTED: i64 = 500;

/// Every change, the newest first.
pub async fn changes(ws: &Workspace, _power: &Configure) -> Result<Vec<Change>> {
    let mut tx = ws.store().read().await?;
    let mut found = all(&mut tx).await?;
    found.reverse();
    Ok(found)
}

/// A change by its number, with what it said.
pub async fn details(ws: &Workspace, _power: &Configure, number: usize) -> Result<Option<ChangeDetails>> {
    let mut tx = ws.store().read().await?;
    let change = all(&mut tx).await?.into_iter().find(|c| c.number == number);
    let Some(change) = change else { return Ok(None) };
    let records = match change.version {
        Some(version) => {
            let before = tx.definitions_at(version - 1).await?;
            let after = tx.definitions_at(version).await?;
            let book = |d: Option<Definitions>| d.map(|d| Book::of(&d, &[])).unwrap_or_default();
            differences(&book(before), &book(after))
        }
        None => Vec::new(),
    };
    let events = match change.events {
        Some((first, last)) => tx.tree_events_between(first, last.min(first + LISTED - 1)).await?,
        None => Vec::new(),
    };
    Ok(Some(ChangeDetails { change, records, events }))
}

/// Every change in order: what was entered at one time by one office is one.
async fn all(tx: &mut Tx) -> Result<Vec<Change>> {
    let mut told: BTreeMap<(Timestamp, OfficeId), (String, String)> = BTreeMap::new();
    for record in tx.audit_of_setting().await? {
        let body: Value = serde_json::from_str(&record.body).unwrap_or_default();
        let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
        told.insert((record.at, record.office), (record.holder, reason));
    }
    let mut found: BTreeMap<(Timestamp, OfficeId), Change> = BTreeMap::new();
    let mut entry = |at: Timestamp, office: OfficeId, write: &dyn Fn(&mut Change)| {
        let change = found.entry((at, office.clone())).or_insert_with(|| {
            let (holder, reason) = told.get(&(at, office.clone())).cloned().unwrap_or_default();
            Change { number: 0, at, office, holder, reason, version: None, events: None }
        });
        write(change);
    };
    for version in tx.definition_versions().await? {
        entry(version.at, version.office, &|change| change.version = Some(version.version));
    }
    for batch in tx.tree_batches().await? {
        entry(batch.at, batch.office, &|change| change.events = Some((batch.first, batch.last)));
    }
    let mut found: Vec<Change> = found.into_values().collect();
    for (i, change) in found.iter_mut().enumerate() {
        change.number = i + 1;
    }
    Ok(found)
}
