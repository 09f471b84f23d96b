//! The sessions that come of signing in: who is in by one, how long, and how each is ended.

use nhipcau_domain::{Timestamp, office::Acting};
use nhipcau_store::{DeskSession, Holder, Tx};
use uuid::Uuid;

use super::{
    devices,
    door::{Door, after, before, hash},
    entry::{Asking, Entered, Entry, Stage, needs_codes, still},
    pin,
};
use crate::{error::Result, workspace::Workspace};

/// A session that is not used for so many hours is over.
pub const IDLE_HOURS: i64 = 2;
/// A session is over after so many hours, however much it is used.
pub const ABSOLUTE_HOURS: i64 = 12;

/// A session that a PIN opened and that is not used for so many hours is over.
pub const PIN_IDLE_HOURS: i64 = 12;
/// A session that a PIN opened is over after so many hours, however much it is used.
pub const PIN_ABSOLUTE_HOURS: i64 = 24;

/// How long a proof of who one is counts for what matters most, in seconds.
const PROVEN: i64 = 15 * 60;
/// A session's last use is written down no more often than this, in seconds.
const SEEN_EVERY: i64 = 60;

/// The stage of a session that a password opened, with a code where there is one.
pub(super) const FULL: &str = "full";
/// The stage of a session that a passkey opened.
pub(super) const KEY: &str = "key";
/// The stage of a session that another's sign-in service opened, by two factors.
pub(super) const SERVICE: &str = "service";

/// Who has come in with a session; none where there is no such session, or it is over.
pub async fn find(ws: &Workspace, session: &str) -> Result<Option<Entered>> {
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let hash = hash(session);
    let Some(found) = tx.desk_session(&hash).await?.filter(|s| is_current(s, now)) else { return Ok(None) };
    let Some(holder) = tx.holder(found.holder).await? else { return Ok(None) };
    let Some(office) = tx.office(&holder.office).await?.filter(|o| o.closed.is_none()) else {
        return Ok(None);
    };
    if holder.until.is_some() {
        return Ok(None);
    }
    let (grants, postings) = (tx.grants(&office.id).await?, tx.postings(&office.id).await?);
    let acting = Acting { office: office.id, grants, postings };
    drop(tx);
    if found.seen < before(now, SEEN_EVERY) {
        let mut tx = ws.store().write().await?;
        tx.desk_session_seen(&hash, now).await?;
        tx.commit().await?;
    }
    let stage = match found.stage.as_str() {
        FULL if holder.totp.is_none() && needs_codes(&acting) => Stage::Enrol,
        // Given more since: it takes a password now.
        pin::STAGE if !pin::may_use(&acting) => return Ok(None),
        // A passkey is two factors, and so is a service that says so and is believed.
        FULL | KEY | SERVICE | pin::STAGE => Stage::Full,
        _ => Stage::Code,
    };
    Ok(Some(Entered {
        holder: holder.id,
        name: holder.name,
        office_name: office.name,
        acting,
        session: found.id,
        stage,
        has_codes: holder.totp.is_some(),
        by_pin: found.stage == pin::STAGE,
        proven: found.proven > before(now, PROVEN),
    }))
}

/// Gives a session another secret, its holder having proved anew who they are.
pub(super) async fn renew(
    door: &Door,
    session: &str,
    found: &DeskSession,
    holder: &Holder,
    asking: &Asking,
) -> Result<Entry> {
    let now = door.workspace.now();
    let mut tx = door.workspace.store().write().await?;
    let Some(holder) = still(&mut tx, holder).await? else { return Ok(Entry::Refused) };
    if !tx.end_desk_session(&hash(session), now).await? {
        return Ok(Entry::Refused);
    }
    let session = open(door, &mut tx, &holder, &found.stage, found.created, now, asking).await?;
    tx.commit().await?;
    Ok(Entry::In { session, device: None })
}

/// A holder's sessions that are open, the newest first.
pub async fn sessions(ws: &Workspace, holder: Uuid) -> Result<Vec<DeskSession>> {
    let now = ws.now();
    let (seen, created) = (before(now, PIN_IDLE_HOURS * 3600), before(now, PIN_ABSOLUTE_HOURS * 3600));
    let mut found = ws.store().read().await?.desk_sessions(holder, seen, created).await?;
    found.retain(|s| is_current(s, now));
    Ok(found)
}

/// Ends one of one's sessions.
pub async fn end_session(ws: &Workspace, holder: Uuid, session: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.end_desk_session_of(session, holder, ws.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends all of one's sessions but this one, and forgets the other browsers: to guess from there takes as long
/// as from anywhere.
pub async fn end_other_sessions(ws: &Workspace, entered: &Entered, asking: &Asking) -> Result<()> {
    let others = sessions(ws, entered.holder).await?;
    let mut tx = ws.store().write().await?;
    for other in others.iter().filter(|s| s.id != entered.session) {
        tx.end_desk_session_of(other.id, entered.holder, ws.now()).await?;
    }
    devices::forget_others(&mut tx, asking, entered.holder).await?;
    Ok(tx.commit().await?)
}

/// Ends a session.
pub async fn sign_out(ws: &Workspace, session: &str) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.end_desk_session(&hash(session), ws.now()).await?;
    Ok(tx.commit().await?)
}

/// Opens a session of a stage that is in, and makes the browser known.
pub(super) async fn come_in(
    door: &Door,
    tx: &mut Tx,
    holder: &Holder,
    stage: &str,
    now: Timestamp,
    asking: &Asking,
) -> Result<Entry> {
    sweep(tx, now).await?;
    let session = open(door, tx, holder, stage, now, now, asking).await?;
    let device = devices::remember(door, tx, asking, holder.id, now).await?;
    Ok(Entry::In { session, device })
}

/// Opens a session of a stage.
pub(super) async fn open(
    door: &Door,
    tx: &mut Tx,
    holder: &Holder,
    stage: &str,
    created: Timestamp,
    now: Timestamp,
    asking: &Asking,
) -> Result<String> {
    let secret = door.secret();
    let session = DeskSession {
        id: door.workspace.id(now),
        holder: holder.id,
        stage: stage.to_owned(),
        created,
        seen: now,
        proven: now,
        device: asking.browser.clone(),
        ended: None,
    };
    tx.add_desk_session(&hash(&secret), &session).await?;
    Ok(secret)
}

/// Forgets what is long over.
pub(super) async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<()> {
    tx.sweep_desk(before(now, 30 * 86_400), before(now, devices::KEPT)).await?;
    Ok(tx.sweep_desk_pins(before(now, 2 * pin::KEPT)).await?)
}

pub(super) fn is_current(session: &DeskSession, now: Timestamp) -> bool {
    let (idle, absolute) = match session.stage.as_str() {
        pin::STAGE => (PIN_IDLE_HOURS, PIN_ABSOLUTE_HOURS),
        _ => (IDLE_HOURS, ABSOLUTE_HOURS),
    };
    session.ended.is_none()
        && now < after(session.seen, idle * 3600)
        && now < after(session.created, absolute * 3600)
}
