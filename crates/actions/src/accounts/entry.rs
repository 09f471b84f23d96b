//! Signing in, step by step, and the sessions that come of it.

use nhipcau_domain::{
    Timestamp,
    office::{Acting, Power, Role},
    problem::Problem,
};
use nhipcau_store::{DeskSession, Holder, Tx};
use uuid::Uuid;

use super::{
    door::{Door, after, before, hash},
    pin::{self, Tried},
    throttle::{CLIENT, CODES, DEVICE, Key, NAME_AND_CLIENT, Rule},
    totp,
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
/// How long a code may be waited for after the password, in seconds.
const CODE_TIME: i64 = 10 * 60;
/// How long a browser that has signed in is known, in seconds.
const DEVICE_TIME: i64 = 180 * 86_400;
/// A session's last use is written down no more often than this, in seconds.
const SEEN_EVERY: i64 = 60;

/// Who asks to come in.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// The client's address, or the part of it that is one client's. Never stored.
    pub client: String,
    /// The secret of a browser that has signed in before.
    pub device: Option<String>,
    /// The kind of browser, for the holder to recognise in the list of sessions.
    pub browser: String,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The name, the password or the code is not right: which, nobody is told.
    Refused,
    /// The PIN is not right; so many tries are left before it is void.
    WrongPin {
        /// How many.
        left: u32,
    },
    /// This browser has no PIN, or none any more.
    NoPin,
    /// Too many tries: so many seconds to wait.
    Wait(i64),
    /// The password is right; a code is needed. The session of that step.
    Code {
        /// The session's secret.
        session: String,
    },
    /// In.
    In {
        /// The session's secret.
        session: String,
        /// The browser's secret, where it has none yet.
        device: Option<String>,
    },
}

/// How far signing in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; a code is needed.
    Code,
    /// In, but whoever may publish has to enrol a code before anything else.
    Enrol,
    /// In.
    Full,
}

/// Who has come in.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The holder's id.
    pub holder: Uuid,
    /// The holder's name.
    pub name: String,
    /// The office's name for people.
    pub office_name: String,
    /// The office, with what it was granted.
    pub acting: Acting,
    /// The session's id.
    pub session: Uuid,
    /// How far signing in has come.
    pub stage: Stage,
    /// Whether codes are enrolled.
    pub has_codes: bool,
    /// Whether a PIN opened the session.
    pub by_pin: bool,
    /// Whether the holder proved who they are a short while ago.
    pub proven: bool,
}

/// Takes a name and a password. An unknown name takes as long to refuse as a wrong password.
pub async fn sign_in(door: &Door, name: &str, password: &str, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let name = name.trim().to_lowercase();
    let (holder, known) = {
        let mut tx = ws.store().read().await?;
        let holder = tx.holder_by_sign_in(&name).await.or_else(unheard)?;
        let device = hash(asking.device.as_deref().unwrap_or_default());
        let whose = holder.as_ref().map_or(Uuid::nil(), |h| h.id);
        (holder, tx.knows_desk_device(&device, whose, before(now, DEVICE_TIME)).await?)
    };
    let keys = door.with_throttle(|t| match asking.device.as_deref().filter(|_| known) {
        Some(device) => vec![t.key(DEVICE, &[&name, device])],
        None => vec![t.key(NAME_AND_CLIENT, &[&name, &asking.client]), t.key(CLIENT, &[&asking.client])],
    });
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    let password_hash = holder.as_ref().and_then(|h| h.password.as_deref());
    let right = door.passwords.verify(password_hash, password).await?;
    let Some(holder) = holder.filter(|_| right) else { return Ok(Entry::Refused) };
    let mut tx = ws.store().write().await?;
    if !is_open(&mut tx, &holder).await? {
        return Ok(Entry::Refused);
    }
    sweep(&mut tx, now).await?;
    if holder.totp.is_some() {
        // Not forgiven before the code is right, or codes could be guessed for ever.
        let session = open(door, &mut tx, &holder, "code", now, now, asking).await?;
        tx.commit().await?;
        return Ok(Entry::Code { session });
    }
    let entry = come_in(door, &mut tx, &holder, known, now, asking).await?;
    tx.commit().await?;
    door.with_throttle(|t| t.forgive(&keys));
    Ok(entry)
}

/// Takes the code that follows a password: of the application, or a recovery code. No code is taken twice.
pub async fn second_step(door: &Door, session: &str, code: &str, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let Some(found) = tx.desk_session(&hash(session)).await? else { return Ok(Entry::Refused) };
    let waiting = found.stage == "code" && found.ended.is_none() && found.created > before(now, CODE_TIME);
    let Some(holder) = tx.holder(found.holder).await?.filter(|_| waiting) else { return Ok(Entry::Refused) };
    let whose = holder.id.to_string();
    let device = hash(asking.device.as_deref().unwrap_or_default());
    let known = tx.knows_desk_device(&device, holder.id, before(now, DEVICE_TIME)).await?;
    let keys: Vec<(Key, Rule)> = door.with_throttle(|t| match asking.device.as_deref().filter(|_| known) {
        Some(device) => vec![t.key(DEVICE, &[&whose, device])],
        None => vec![t.key(CODES, &[&whose]), t.key(CLIENT, &[&asking.client])],
    });
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    if !is_open(&mut tx, &holder).await? || !take_code(door, &mut tx, &holder, code, now).await? {
        return Ok(Entry::Refused);
    }
    if let Some(stored) = &holder.totp
        && let Some(sealed) = door.sealed_anew(holder.id, stored)?
    {
        tx.reseal_totp(holder.id, stored, &sealed).await?;
    }
    tx.end_desk_session(&hash(session), now).await?;
    let entry = come_in(door, &mut tx, &holder, known, now, asking).await?;
    tx.commit().await?;
    let sign_in = holder.sign_in.clone().unwrap_or_default();
    door.with_throttle(|t| {
        let first = [t.key(NAME_AND_CLIENT, &[&sign_in, &asking.client]), t.key(CLIENT, &[&asking.client])];
        t.forgive(&keys);
        t.forgive(&first);
        if let Some(device) = &asking.device {
            let device = t.key(DEVICE, &[&sign_in, device]);
            t.forgive(&[device]);
        }
    });
    Ok(entry)
}

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
        "full" if holder.totp.is_none() && needs_codes(&acting) => Stage::Enrol,
        "full" => Stage::Full,
        // Given more since: it takes a password now.
        pin::STAGE if !pin::may_use(&acting) => return Ok(None),
        pin::STAGE => Stage::Full,
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

/// Proves anew who one is, before what matters most: by the PIN where that opened the session. The
/// session gets a new secret; none if the password is wrong.
pub async fn prove(door: &Door, session: &str, password: &str, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let Some(found) = tx.desk_session(&hash(session)).await?.filter(|s| is_current(s, now)) else {
        return Ok(Entry::Refused);
    };
    let Some(holder) = tx.holder(found.holder).await? else { return Ok(Entry::Refused) };
    drop(tx);
    let keys = door.with_throttle(|t| vec![t.key(DEVICE, &["prove", &found.id.to_string()])]);
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    if found.stage == pin::STAGE {
        match pin::attempt(door, asking.device.as_deref().unwrap_or_default(), password).await? {
            Tried::Right(whose) if whose == holder.id => {}
            Tried::Wrong { left } => return Ok(Entry::WrongPin { left }),
            // Someone else holds the phone.
            Tried::Right(_) | Tried::Void => {
                sign_out(ws, session).await?;
                return Ok(Entry::NoPin);
            }
        }
    } else if !door.passwords.verify(holder.password.as_deref(), password).await? {
        return Ok(Entry::Refused);
    }
    let mut tx = ws.store().write().await?;
    if !tx.end_desk_session(&hash(session), now).await? {
        return Ok(Entry::Refused);
    }
    let session = open(door, &mut tx, &holder, &found.stage, found.created, now, asking).await?;
    tx.commit().await?;
    door.with_throttle(|t| t.forgive(&keys));
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

/// Ends all of one's sessions but this one, and forgets the browsers.
pub async fn end_other_sessions(ws: &Workspace, entered: &Entered) -> Result<()> {
    for other in sessions(ws, entered.holder).await? {
        if other.id != entered.session {
            end_session(ws, entered.holder, other.id).await?;
        }
    }
    Ok(())
}

/// Ends a session.
pub async fn sign_out(ws: &Workspace, session: &str) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.end_desk_session(&hash(session), ws.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether an office's holders must have codes: those who may publish, administrators, and whoever
/// consolidates, approves or audits.
pub(super) fn needs_codes(acting: &Acting) -> bool {
    acting.highest().is_some_and(|role| role >= Role::Publisher)
        || [Power::Consolidate, Power::Approve, Power::Audit].into_iter().any(|p| acting.holds(p))
}

/// Takes a code of the application, or a recovery code.
pub(super) async fn take_code(
    door: &Door,
    tx: &mut Tx,
    holder: &Holder,
    code: &str,
    now: Timestamp,
) -> Result<bool> {
    let secret =
        holder.totp.as_deref().and_then(|stored| door.unsealed(holder.id, stored)).unwrap_or_default();
    if let Some(step) = totp::matching_step(&secret, code, now).filter(|_| !secret.is_empty()) {
        return Ok(tx.take_totp_step(holder.id, step).await?);
    }
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let recovery = hash(&format!("{}:{}", holder.id, bare.to_ascii_uppercase()));
    Ok(tx.take_recovery_code(holder.id, &recovery, now).await?)
}

/// Opens a full session, and makes the browser known.
pub(super) async fn come_in(
    door: &Door,
    tx: &mut Tx,
    holder: &Holder,
    known: bool,
    now: Timestamp,
    asking: &Asking,
) -> Result<Entry> {
    let session = open(door, tx, holder, "full", now, now, asking).await?;
    let device = if known { None } else { Some(door.secret()) };
    if let Some(device) = &device {
        tx.add_desk_device(&hash(device), holder.id, now).await?;
    }
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
    tx.sweep_desk(before(now, 30 * 86_400), before(now, DEVICE_TIME)).await?;
    Ok(tx.sweep_desk_pins(before(now, 2 * pin::KEPT)).await?)
}

fn is_current(session: &DeskSession, now: Timestamp) -> bool {
    let (idle, absolute) = match session.stage.as_str() {
        pin::STAGE => (PIN_IDLE_HOURS, PIN_ABSOLUTE_HOURS),
        _ => (IDLE_HOURS, ABSOLUTE_HOURS),
    };
    session.ended.is_none()
        && now < after(session.seen, idle * 3600)
        && now < after(session.created, absolute * 3600)
}

pub(super) async fn is_open(tx: &mut Tx, holder: &Holder) -> Result<bool> {
    let office = tx.office(&holder.office).await?;
    Ok(holder.until.is_none() && office.is_some_and(|o| o.closed.is_none()))
}

/// A name that no table can hold is nobody's.
fn unheard(
    error: nhipcau_store::StoreError,
) -> std::result::Result<Option<Holder>, nhipcau_store::StoreError> {
    match error {
        nhipcau_store::StoreError::Invalid { .. } => Ok(None),
        other => Err(other),
    }
}

/// Reads hexadecimal.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    text.as_bytes().chunks(2).map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// The sentence for an entry that is refused.
impl Entry {
    /// Why one is not in; none where one is, or a code is needed.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Refused => Some(Problem::new("sign-in-refused")),
            Self::Wait(seconds) => Some(Problem::new("sign-in-wait").with("seconds", *seconds)),
            Self::WrongPin { left } => Some(Problem::new("pin-wrong").with("left", *left)),
            Self::NoPin => Some(Problem::new("pin-void")),
            Self::Code { .. } | Self::In { .. } => None,
        }
    }
}
