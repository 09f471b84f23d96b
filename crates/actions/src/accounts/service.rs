//! Another's sign-in service (`OpenID Connect`): somebody is sent there and comes back as one of its
//! subjects. No account is made by that: a subject lets in the holder who bound themselves to it, and nobody
//! else. What is kept of them is the service's address and its name for them.

use nhipcau_domain::{problem::Problem, text};
use nhipcau_store::{DeskIdentity, Holder, StoreError, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    challenges::may_ask,
    door::{Door, after, hash},
    enrol::{open_kept_link, open_link, wrong_person},
    entry::{Asking, Entered, Entry, is_open},
    offices::event,
    sessions::{FULL, SERVICE, come_in, is_current, open, renew},
    ways::keep_a_way,
};
use crate::{error::Result, workspace::Workspace};

/// How long whoever goes to the service may stay away, in seconds.
const AWAY: i64 = 600;

/// What is kept under a journey's state.
const KIND: &str = "sso";

/// Why somebody is sent to the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// To sign in, and to go on to a page of the desk.
    SignIn {
        /// That page.
        next: String,
    },
    /// To set themselves up by a link.
    SetUp {
        /// What is kept of the link.
        link: String,
        /// Their name, as typed.
        name: String,
        /// A way to reach them.
        contact: String,
    },
    /// To be bound, signed in as they are.
    Bind {
        /// Their session.
        session: Uuid,
    },
    /// To prove anew who they are, and to go on.
    Prove {
        /// Their session.
        session: Uuid,
        /// The page to go on to.
        next: String,
    },
}

/// Somebody on the way to the service and back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// Why.
    pub errand: Errand,
    /// What the service's word must carry.
    pub nonce: String,
    /// The secret half of what was shown to the service (PKCE).
    pub verifier: String,
}

/// Who somebody is at the service, which has just said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The service.
    pub issuer: String,
    /// Its name for them.
    pub subject: String,
    /// Whether it says that it took two factors, and is believed.
    pub two_factors: bool,
}

/// Slows down whoever asks to be sent to the service, and never comes back.
pub fn may_travel(door: &Door, asking: &Asking) -> Result<()> {
    Ok(may_ask(door, asking).map(|_| ())?)
}

/// What is kept of a link for the errand of setting up, once what was typed is right.
pub async fn errand_of_link(
    ws: &Workspace,
    token: &str,
    name: &str,
    contact: &str,
) -> Result<std::result::Result<Errand, Vec<(&'static str, Problem)>>> {
    open_link(ws, token).await?.ok_or_else(|| Problem::new("setup-link-spent"))?;
    let (name, contact) = (text::tidy(name), text::tidy(contact));
    let problems = wrong_person(&name, &contact);
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    Ok(Ok(Errand::SetUp { link: hash(token), name, contact }))
}

/// Keeps a journey, under its state and the secret that the browser was given for it.
pub async fn set_out(door: &Door, state: &str, browser: &str, journey: &Journey) -> Result<()> {
    let now = door.workspace.now();
    let body = serde_json::to_string(journey)?;
    let mut tx = door.workspace.store().write().await?;
    tx.add_challenge(&hash(state), KIND, &hash(browser), &body, now, after(now, AWAY)).await?;
    Ok(tx.commit().await?)
}

/// Takes a journey that comes back: once, in time, and in the browser that set out.
pub async fn come_back(door: &Door, state: &str, browser: &str) -> Result<Option<Journey>> {
    let mut tx = door.workspace.store().write().await?;
    let taken = tx.take_challenge(&hash(state), KIND, door.workspace.now()).await?;
    tx.commit().await?;
    let body = taken.filter(|(whose, _)| *whose == hash(browser)).map(|(_, body)| body);
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Lets in the holder who is bound to the subject. Where the service is not believed to have taken two
/// factors, whoever has codes is asked for one, and whoever needs codes enrols, as after a password.
pub async fn sign_in_by_service(door: &Door, identity: &Identity, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let bound = tx.identity(&identity.issuer, &identity.subject).await?;
    let holder = match &bound {
        Some(bound) => tx.holder(bound.holder).await?,
        None => None,
    };
    let (Some(bound), Some(holder)) = (bound, holder) else { return Ok(Entry::NotBound) };
    if !is_open(&mut tx, &holder).await? {
        return Ok(Entry::NotBound);
    }
    tx.identity_used(bound.id, now).await?;
    let entry = let_in(door, &mut tx, &holder, identity, asking).await?;
    tx.commit().await?;
    Ok(entry)
}

async fn let_in(
    door: &Door,
    tx: &mut Tx,
    holder: &Holder,
    identity: &Identity,
    asking: &Asking,
) -> Result<Entry> {
    let now = door.workspace.now();
    if identity.two_factors {
        return come_in(door, tx, holder, SERVICE, now, asking).await;
    }
    if holder.totp.is_some() {
        return Ok(Entry::Code { session: open(door, tx, holder, "code", now, now, asking).await? });
    }
    come_in(door, tx, holder, FULL, now, asking).await
}

/// Sets a holder up by a link, as a subject of the service.
pub async fn set_up_by_service(
    door: &Door,
    link: &str,
    name: &str,
    contact: &str,
    identity: &Identity,
    asking: &Asking,
) -> Result<Entry> {
    let ws = &door.workspace;
    let spent = || Problem::new("setup-link-spent");
    let (holder, office) = open_kept_link(ws, link).await?.ok_or_else(spent)?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    if !tx.use_setup_link(link, now).await? {
        return Err(spent().into());
    }
    tx.describe_holder(holder.id, name, contact, holder.sign_in.as_deref()).await?;
    bind_to(door, &mut tx, holder.id, identity).await?;
    event(ws, &mut tx, &office.id, "service-bound", &identity.issuer, &office.id, name).await?;
    let entry = let_in(door, &mut tx, &holder, identity, asking).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Binds whoever is in to a subject of the service.
pub async fn bind(door: &Door, entered: &Entered, identity: &Identity) -> Result<()> {
    let ws = &door.workspace;
    let mut tx = ws.store().write().await?;
    if tx.identity(&identity.issuer, &identity.subject).await?.is_some_and(|b| b.holder == entered.holder) {
        return Ok(());
    }
    bind_to(door, &mut tx, entered.holder, identity).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "service-bound", &identity.issuer, office, &entered.name).await?;
    Ok(tx.commit().await?)
}

/// One subject lets one holder in: someone else who is bound to it has to leave first.
async fn bind_to(door: &Door, tx: &mut Tx, holder: Uuid, identity: &Identity) -> Result<()> {
    let at = door.workspace.now();
    let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
    let bound = DeskIdentity { id: door.workspace.id(at), holder, issuer, subject, at, used: None };
    match tx.add_identity(&bound).await {
        Err(StoreError::Conflict { .. }) => Err(Problem::new("sso-bound-elsewhere").into()),
        other => Ok(other?),
    }
}

/// Ends what one is bound to; never the last way in.
pub async fn unbind(ws: &Workspace, entered: &Entered, id: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    let found = tx.identities(entered.holder).await?.into_iter().find(|bound| bound.id == id);
    let bound = found.ok_or_else(|| Problem::new("sso-gone"))?;
    tx.end_identity(id, entered.holder, ws.now()).await?;
    keep_a_way(&mut tx, entered.holder).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "service-unbound", &bound.issuer, office, &entered.name).await?;
    Ok(tx.commit().await?)
}

/// Proves anew who one is: the service has just asked them again. The session gets a new secret.
pub async fn prove_by_service(
    door: &Door,
    session: &str,
    of: Uuid,
    identity: &Identity,
    asking: &Asking,
) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let found = tx.desk_session(&hash(session)).await?.filter(|s| s.id == of && is_current(s, now));
    let Some(found) = found else { return Ok(Entry::Refused) };
    let bound = tx.identity(&identity.issuer, &identity.subject).await?;
    let holder = tx.holder(found.holder).await?;
    drop(tx);
    match (bound, holder) {
        (Some(bound), Some(holder)) if bound.holder == holder.id => {
            renew(door, session, &found, &holder, asking).await
        }
        _ => Ok(Entry::NotBound),
    }
}
