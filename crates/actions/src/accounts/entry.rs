//! Signing in, step by step.

use nhipcau_domain::{
    Timestamp,
    office::{Acting, Power, Role},
    problem::Problem,
};
use nhipcau_store::{Holder, Tx};
use uuid::Uuid;

use super::{
    devices,
    door::{Door, before, hash},
    pin::{self, Tried},
    sessions::{FULL, come_in, is_current, open, renew, sign_out},
    throttle::{CLIENT, CODES, DEVICE, Key, NAME_AND_CLIENT, Rule},
    totp,
};
use crate::error::Result;

/// How long a code may be waited for after the password, in seconds.
const CODE_TIME: i64 = 10 * 60;

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
    /// The passkey is unknown here, void, or was not used as it must be.
    KeyRefused,
    /// Whoever the sign-in service says it is holds no office here, or none any more.
    NotBound,
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
        let whose = holder.as_ref().map_or(Uuid::nil(), |h| h.id);
        (holder, devices::knows(&mut tx, asking, whose, now).await?)
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
    // It took a while to hash: the password may have been taken away since.
    let Some(holder) = still(&mut tx, &holder).await? else { return Ok(Entry::Refused) };
    if !is_open(&mut tx, &holder).await? {
        return Ok(Entry::Refused);
    }
    if holder.totp.is_some() {
        // Not forgiven before the code is right, or codes could be guessed for ever.
        let session = open(door, &mut tx, &holder, "code", now, now, asking).await?;
        tx.commit().await?;
        return Ok(Entry::Code { session });
    }
    let entry = come_in(door, &mut tx, &holder, FULL, now, asking).await?;
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
    let known = devices::knows(&mut tx, asking, holder.id, now).await?;
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
    let entry = come_in(door, &mut tx, &holder, FULL, now, asking).await?;
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
    let entry = renew(door, session, &found, &holder, asking).await?;
    door.with_throttle(|t| t.forgive(&keys));
    Ok(entry)
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

pub(super) async fn is_open(tx: &mut Tx, holder: &Holder) -> Result<bool> {
    let office = tx.office(&holder.office).await?;
    Ok(holder.until.is_none() && office.is_some_and(|o| o.closed.is_none()))
}

/// The holder as they are now, if they hold the office and have the password that they had; locked.
pub(super) async fn still(tx: &mut Tx, was: &Holder) -> Result<Option<Holder>> {
    let is = tx.holder(was.id).await?;
    Ok(is.filter(|is| is.until.is_none() && is.password == was.password))
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
            Self::KeyRefused => Some(Problem::new("passkey-refused")),
            Self::NotBound => Some(Problem::new("sso-not-bound")),
            Self::Code { .. } | Self::In { .. } => None,
        }
    }
}
