//! Setting offices up: names, grants, holders, one-time links; what was done is on record.

use std::collections::{BTreeMap, HashSet};

use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    office::{Acting, Grant, Posting, Reach, Role},
    press,
    problem::Problem,
    text,
};
use nhipcau_store::{Holder, OfficeEvent, OfficeRecord, StoreError, Tx};
use uuid::Uuid;

use super::door::{Door, after, hash};
use crate::{error::Result, workspace::Workspace};

/// For how many hours a one-time link is good.
pub const LINK_HOURS: i64 = 72;

/// An office that is set up.
#[derive(Debug, Clone, Default)]
pub struct NewOffice {
    /// Its id; none makes one of the name.
    pub id: Option<OfficeId>,
    /// Its name for people.
    pub name: String,
    /// What it is granted on the site.
    pub grants: Vec<Grant>,
    /// What it does with returns and reports.
    pub postings: Vec<Posting>,
    /// The first holder's name; may be empty until they set themselves up.
    pub holder: String,
    /// A way to reach them.
    pub contact: String,
}

/// An office with what belongs to it.
#[derive(Debug, Clone)]
pub struct OfficeView {
    /// The office.
    pub office: OfficeRecord,
    /// What it was granted on the site.
    pub grants: Vec<Grant>,
    /// What it does with returns and reports.
    pub postings: Vec<Posting>,
    /// Its holders, former ones too.
    pub holders: Vec<Holder>,
    /// The holders who come in without a password: by a PIN, a passkey, another's sign-in service.
    pub pinned: Vec<Uuid>,
    /// What was done with its account, the oldest first.
    pub events: Vec<OfficeEvent>,
}

/// An office's id made of its name.
#[must_use]
pub fn office_id(name: &str) -> OfficeId {
    press::slug(name).as_str().into()
}

/// Sets an office up with its first holder; the token of the one-time link by which the holder comes in.
pub async fn create_office(
    door: &Door,
    acting: &Acting,
    by: &str,
    new: &NewOffice,
) -> Result<(OfficeId, String)> {
    acting.require(Role::Administrator, &[])?;
    let ws = &door.workspace;
    let name = named(&new.name)?;
    let id = new.id.clone().unwrap_or_else(|| office_id(&name));
    if id.is_empty() {
        return Err(Problem::new("office-name").into());
    }
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    match tx.add_office(&id, &name, now).await {
        Err(StoreError::Conflict { .. }) => {
            return Err(Problem::new("office-exists").with("office", id.as_str()).into());
        }
        other => other?,
    }
    tx.set_grants(&id, &tidy(&new.grants)).await?;
    event(ws, &mut tx, &id, "created", &name, &acting.office, by).await?;
    event(ws, &mut tx, &id, "granted", &told(&new.grants), &acting.office, by).await?;
    if !new.postings.is_empty() {
        known_units(ws, &mut tx, &new.postings).await?;
        let postings = tidy_postings(&new.postings);
        tx.set_postings(&id, &postings).await?;
        event(ws, &mut tx, &id, "posted", &told_postings(&postings), &acting.office, by).await?;
    }
    let holder = ws.id(now);
    tx.add_holder(holder, &id, &text::tidy(&new.holder), &text::tidy(&new.contact), now).await?;
    let token = link(door, &mut tx, holder).await?;
    event(ws, &mut tx, &id, "link-given", &new.holder, &acting.office, by).await?;
    tx.commit().await?;
    Ok((id, token))
}

/// Every office, by id, with those who hold it now; without its history.
pub async fn offices(ws: &Workspace, acting: &Acting) -> Result<Vec<OfficeView>> {
    acting.require(Role::Administrator, &[])?;
    let mut tx = ws.store().read().await?;
    let mut views: BTreeMap<OfficeId, OfficeView> = BTreeMap::new();
    for office in tx.offices().await? {
        let (grants, postings, events) = (Vec::new(), Vec::new(), Vec::new());
        let (holders, pinned) = (Vec::new(), Vec::new());
        let view = OfficeView { office, grants, postings, holders, pinned, events };
        views.insert(view.office.id.clone(), view);
    }
    // Of thousands of offices: a statement for each kind of thing, not for each office.
    for (id, grant) in tx.all_grants().await? {
        views.entry(id).and_modify(|view| view.grants.push(grant));
    }
    for (id, posting) in tx.all_postings().await? {
        views.entry(id).and_modify(|view| view.postings.push(posting));
    }
    let mut pinned: HashSet<Uuid> = tx.pin_holders(Timestamp::MIN).await?.into_iter().collect();
    pinned.extend(tx.passkey_holders().await?);
    pinned.extend(tx.identity_holders().await?);
    for holder in tx.current_holders().await? {
        views.entry(holder.office.clone()).and_modify(|view| {
            view.pinned.extend(Some(holder.id).filter(|id| pinned.contains(id)));
            view.holders.push(holder);
        });
    }
    Ok(views.into_values().collect())
}

/// One office.
pub async fn office(ws: &Workspace, acting: &Acting, id: &OfficeId) -> Result<OfficeView> {
    acting.require(Role::Administrator, &[])?;
    let mut tx = ws.store().read().await?;
    let office = tx.office(id).await?.ok_or_else(|| unknown(id))?;
    view(&mut tx, office).await
}

async fn view(tx: &mut Tx, office: OfficeRecord) -> Result<OfficeView> {
    let grants = tx.grants(&office.id).await?;
    let postings = tx.postings(&office.id).await?;
    let holders = tx.holders(&office.id).await?;
    let mut pinned = Vec::new();
    for holder in &holders {
        if !tx.desk_pins(holder.id).await?.is_empty()
            || !tx.passkeys(holder.id).await?.is_empty()
            || !tx.identities(holder.id).await?.is_empty()
        {
            pinned.push(holder.id);
        }
    }
    let events = tx.office_events(&office.id).await?;
    Ok(OfficeView { office, grants, postings, holders, pinned, events })
}

/// Gives an office another name.
pub async fn rename_office(
    ws: &Workspace,
    acting: &Acting,
    by: &str,
    id: &OfficeId,
    name: &str,
) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let name = named(name)?;
    let mut tx = ws.store().write().await?;
    let office = tx.office(id).await?.ok_or_else(|| unknown(id))?;
    if office.name != name {
        tx.rename_office(id, &name).await?;
        event(ws, &mut tx, id, "renamed", &name, &acting.office, by).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Sets what an office may do. The last administrator stays one.
pub async fn set_grants(
    ws: &Workspace,
    acting: &Acting,
    by: &str,
    id: &OfficeId,
    grants: &[Grant],
) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let grants = tidy(grants);
    let mut tx = ws.store().write().await?;
    tx.office(id).await?.ok_or_else(|| unknown(id))?;
    if tx.grants(id).await? == grants {
        return Ok(());
    }
    tx.set_grants(id, &grants).await?;
    keep_an_administrator(&mut tx).await?;
    event(ws, &mut tx, id, "granted", &told(&grants), &acting.office, by).await?;
    Ok(tx.commit().await?)
}

/// Sets what an office does with returns and reports.
pub async fn set_postings(
    ws: &Workspace,
    acting: &Acting,
    by: &str,
    id: &OfficeId,
    postings: &[Posting],
) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let postings = tidy_postings(postings);
    let mut tx = ws.store().write().await?;
    tx.office(id).await?.ok_or_else(|| unknown(id))?;
    if tx.postings(id).await? == postings {
        return Ok(());
    }
    known_units(ws, &mut tx, &postings).await?;
    tx.set_postings(id, &postings).await?;
    event(ws, &mut tx, id, "posted", &told_postings(&postings), &acting.office, by).await?;
    Ok(tx.commit().await?)
}

/// Refuses a posting over a unit that is in no tree.
async fn known_units(ws: &Workspace, tx: &mut Tx, postings: &[Posting]) -> Result<()> {
    let units: Vec<_> = postings
        .iter()
        .filter_map(|p| match &p.reach {
            Reach::Unit(unit) | Reach::Branch(unit) => Some(unit),
            Reach::All => None,
        })
        .collect();
    if units.is_empty() {
        return Ok(());
    }
    let setting = ws.setting(tx).await?;
    match units.into_iter().find(|unit| setting.tree.find(unit).is_none()) {
        Some(unit) => Err(Problem::new("unit-unknown").with("unit", unit).into()),
        None => Ok(()),
    }
}

/// Closes an office, or opens it again. Its holders' sessions and its API tokens end with it.
pub async fn close_office(
    ws: &Workspace,
    acting: &Acting,
    by: &str,
    id: &OfficeId,
    closed: bool,
) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    tx.office(id).await?.ok_or_else(|| unknown(id))?;
    tx.close_office(id, closed.then_some(now)).await?;
    keep_an_administrator(&mut tx).await?;
    if closed {
        tx.end_api_tokens(id, now).await?;
        for holder in tx.holders(id).await? {
            tx.end_desk_sessions(holder.id, now).await?;
        }
    }
    event(ws, &mut tx, id, if closed { "closed" } else { "opened" }, "", &acting.office, by).await?;
    Ok(tx.commit().await?)
}

/// Adds a holder to an office; the token of their one-time link.
pub async fn add_holder(
    door: &Door,
    acting: &Acting,
    by: &str,
    id: &OfficeId,
    name: &str,
    contact: &str,
) -> Result<String> {
    acting.require(Role::Administrator, &[])?;
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    tx.office(id).await?.ok_or_else(|| unknown(id))?;
    let (name, holder) = (text::tidy(name), ws.id(now));
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Problem::new("holder-name").into());
    }
    tx.add_holder(holder, id, &name, &text::tidy(contact), now).await?;
    let token = link(door, &mut tx, holder).await?;
    event(ws, &mut tx, id, "holder-added", &name, &acting.office, by).await?;
    tx.commit().await?;
    Ok(token)
}

/// A holder leaves the office: their sessions end, what they did stays.
pub async fn end_holder(ws: &Workspace, acting: &Acting, by: &str, holder: Uuid) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let found = tx.holder(holder).await?.filter(|h| h.until.is_none());
    let found = found.ok_or_else(|| Problem::new("holder-unknown"))?;
    tx.end_holder(holder, now).await?;
    tx.end_desk_sessions(holder, now).await?;
    keep_an_administrator(&mut tx).await?;
    event(ws, &mut tx, &found.office, "holder-left", &found.name, &acting.office, by).await?;
    Ok(tx.commit().await?)
}

/// Takes away what a holder signs in with, and gives a new one-time link; its token.
pub async fn give_link(door: &Door, acting: &Acting, by: &str, holder: Uuid) -> Result<String> {
    acting.require(Role::Administrator, &[])?;
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let found = tx.holder(holder).await?.filter(|h| h.until.is_none());
    let found = found.ok_or_else(|| Problem::new("holder-unknown"))?;
    tx.forget_secrets(holder).await?;
    tx.end_desk_sessions(holder, now).await?;
    let token = link(door, &mut tx, holder).await?;
    event(ws, &mut tx, &found.office, "link-given", &found.name, &acting.office, by).await?;
    tx.commit().await?;
    Ok(token)
}

async fn link(door: &Door, tx: &mut Tx, holder: Uuid) -> Result<String> {
    let (token, now) = (door.secret(), door.workspace.now());
    tx.add_setup_link(&hash(&token), holder, now, after(now, LINK_HOURS * 3600)).await?;
    Ok(token)
}

/// Refuses a change after which nobody could set anything up.
async fn keep_an_administrator(tx: &mut Tx) -> Result<()> {
    if tx.has_administrator().await? {
        return Ok(());
    }
    Err(Problem::new("office-last-administrator").into())
}

pub(super) async fn event(
    ws: &Workspace,
    tx: &mut Tx,
    office: &OfficeId,
    act: &str,
    body: &str,
    by_office: &OfficeId,
    by_holder: &str,
) -> Result<()> {
    let at = ws.now();
    let event = OfficeEvent {
        id: ws.id(at),
        office: office.clone(),
        act: act.to_owned(),
        body: body.to_owned(),
        by_office: by_office.clone(),
        by_holder: by_holder.to_owned(),
        at,
    };
    tx.add_office_event(&event).await?;
    crate::audit::offices(tx, &[event]).await
}

fn named(name: &str) -> std::result::Result<String, Problem> {
    let name = text::tidy(name);
    let fits = !name.is_empty() && name.chars().count() <= 200;
    if fits { Ok(name) } else { Err(Problem::new("office-name")) }
}

fn tidy(grants: &[Grant]) -> Vec<Grant> {
    let mut grants = grants.to_vec();
    let key = |g: &Grant| (g.column.clone(), g.role.as_str());
    grants.sort_by_key(key);
    grants.dedup();
    grants
}

pub(super) fn told(grants: &[Grant]) -> String {
    let told = tidy(grants).into_iter().map(|g| match g.column {
        Some(column) => format!("{} {column}", g.role.as_str()),
        None => g.role.as_str().to_owned(),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// In the order in which the store keeps them.
fn tidy_postings(postings: &[Posting]) -> Vec<Posting> {
    let mut postings = postings.to_vec();
    postings.sort_by_cached_key(told_posting);
    postings.dedup();
    postings
}

/// A duty with the units that it reaches, as it stands on record.
#[must_use]
pub fn told_posting(posting: &Posting) -> String {
    let duty = posting.duty.as_str();
    match &posting.reach {
        Reach::All => format!("{duty} all"),
        Reach::Branch(unit) => format!("{duty} branch {unit}"),
        Reach::Unit(unit) => format!("{duty} unit {unit}"),
    }
}

pub(super) fn told_postings(postings: &[Posting]) -> String {
    postings.iter().map(told_posting).collect::<Vec<_>>().join(", ")
}

fn unknown(id: &OfficeId) -> Problem {
    Problem::new("office-unknown").with("office", id.as_str())
}
