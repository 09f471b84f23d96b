//! Six digits on one phone, for those who report and review: the phone keeps a secret of 256 bits, the
//! store its hash, and the digits are hashed together with the secret, so that neither is worth anything
//! alone. Five wrong tries in a row make the PIN void; nobody but that phone is locked out.

use nhipcau_domain::{
    id::OfficeId,
    office::{Acting, Power},
    problem::Problem,
    text,
};
use nhipcau_store::{Holder, Tx};
use uuid::Uuid;

use super::{
    door::{Door, before, hash},
    enrol::{open_link, wrong_person},
    entry::{Asking, Entered, Entry, is_open, needs_codes},
    offices::event,
    sessions::{open, sweep},
    throttle::{DEVICE, Key, Rule},
};
use crate::{error::Result, workspace::Workspace};

/// Wrong tries in a row after which a PIN is void.
pub const PIN_TRIES: u32 = 5;

/// The stage of a session that a PIN opened.
pub(super) const STAGE: &str = "pin";

/// A PIN that is not used for so many seconds is void.
pub(super) const KEPT: i64 = 180 * 86_400;

/// What a holder says of themselves in setting up with a PIN.
#[derive(Debug, Clone, Default)]
pub struct PinSetUp {
    /// Their name.
    pub name: String,
    /// A way to reach them.
    pub contact: String,
    /// Six digits.
    pub pin: String,
}

/// Whose PIN a browser has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinOwner {
    /// The holder's name.
    pub name: String,
    /// The office's name for people.
    pub office: String,
}

/// What came of a try.
pub(super) enum Tried {
    /// Right: whose it is.
    Right(Uuid),
    Wrong {
        left: u32,
    },
    /// There is none, or it is void by now.
    Void,
}

/// Whether the holders of an office may have a PIN: it reports or reviews, and does nothing that takes
/// a password and codes.
#[must_use]
pub(super) fn may_use(acting: &Acting) -> bool {
    acting.grants.is_empty() && acting.holds(Power::Report) && !needs_codes(acting)
}

/// The same, of an office by its id.
pub async fn may_use_pin(ws: &Workspace, office: &OfficeId) -> Result<bool> {
    let mut tx = ws.store().read().await?;
    Ok(may_use(&acting_of(&mut tx, office).await?))
}

/// Whose PIN a browser has; none where it has none that would be taken.
pub async fn pin_owner(ws: &Workspace, device: Option<&str>) -> Result<Option<PinOwner>> {
    let Some(device) = device else { return Ok(None) };
    let since = before(ws.now(), KEPT);
    let mut tx = ws.store().read().await?;
    let found = tx.desk_pin(&hash(device)).await?.filter(|p| p.ended.is_none() && p.at > since);
    let Some(pin) = found else { return Ok(None) };
    let Some(holder) = tx.holder(pin.holder).await? else { return Ok(None) };
    let office = tx.office(&holder.office).await?;
    let Some(office) = office.filter(|o| o.closed.is_none() && holder.until.is_none()) else {
        return Ok(None);
    };
    let may = may_use(&acting_of(&mut tx, &office.id).await?);
    Ok(may.then_some(PinOwner { name: holder.name, office: office.name }))
}

/// Takes the PIN of the browser that asks.
pub async fn sign_in_by_pin(door: &Door, typed: &str, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let Some(device) = asking.device.as_deref() else { return Ok(Entry::NoPin) };
    let keys = keys(door, device);
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    let whose = match attempt(door, device, typed).await? {
        Tried::Right(whose) => whose,
        Tried::Wrong { left } => return Ok(Entry::WrongPin { left }),
        Tried::Void => return Ok(Entry::NoPin),
    };
    let mut tx = ws.store().write().await?;
    let Some(holder) = tx.holder(whose).await? else { return Ok(Entry::NoPin) };
    // A reset may have come between the two transactions.
    if tx.desk_pin(&hash(device)).await?.is_none_or(|pin| pin.ended.is_some()) {
        return Ok(Entry::NoPin);
    }
    if !is_open(&mut tx, &holder).await? || !may_use(&acting_of(&mut tx, &holder.office).await?) {
        return Ok(Entry::NoPin);
    }
    sweep(&mut tx, now).await?;
    let session = open(door, &mut tx, &holder, STAGE, now, now, asking).await?;
    tx.commit().await?;
    door.with_throttle(|t| t.forgive(&keys));
    // Given again, so that the browser keeps it for as long as the PIN is used.
    Ok(Entry::In { session, device: Some(device.to_owned()) })
}

/// Sets a holder up by a link, with a PIN on the browser that asks. Every problem at once, each under its
/// field's name.
pub async fn set_up_by_pin(
    door: &Door,
    token: &str,
    form: &PinSetUp,
    asking: &Asking,
) -> Result<std::result::Result<Entry, Vec<(&'static str, Problem)>>> {
    let ws = &door.workspace;
    let spent = || Problem::new("setup-link-spent");
    let (holder, office) = open_link(ws, token).await?.ok_or_else(spent)?;
    if !may_use_pin(ws, &office.id).await? {
        return Err(Problem::new("pin-not-for-office").into());
    }
    let (name, contact) = (text::tidy(&form.name), text::tidy(&form.contact));
    let mut problems = wrong_person(&name, &contact);
    let digits = match digits(&form.pin) {
        Ok(digits) if problems.is_empty() => digits,
        Ok(_) => return Ok(Err(problems)),
        Err(problem) => {
            problems.push(("pin", problem));
            return Ok(Err(problems));
        }
    };
    let device = door.secret();
    let hashed = hashed(door, &device, &digits).await?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    if !tx.use_setup_link(&hash(token), now).await? {
        return Err(spent().into());
    }
    tx.describe_holder(holder.id, &name, &contact, holder.sign_in.as_deref()).await?;
    tx.add_desk_device(&hash(&device), holder.id, now).await?;
    tx.add_desk_pin(&hash(&device), holder.id, &hashed, now).await?;
    event(ws, &mut tx, &office.id, "pin-set", &name, &office.id, &name).await?;
    let session = open(door, &mut tx, &holder, STAGE, now, now, asking).await?;
    tx.commit().await?;
    Ok(Ok(Entry::In { session, device: Some(device) }))
}

/// Sets another PIN on the browser that asks, in the place of the one that it had; the browser's new
/// secret.
pub async fn set_pin(door: &Door, entered: &Entered, typed: &str, asking: &Asking) -> Result<String> {
    let ws = &door.workspace;
    if !may_use(&entered.acting) {
        return Err(Problem::new("pin-not-for-office").into());
    }
    let digits = digits(typed)?;
    let device = door.secret();
    let hashed = hashed(door, &device, &digits).await?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    if let Some(old) = &asking.device {
        tx.end_desk_pin(&hash(old), now).await?;
    }
    tx.add_desk_device(&hash(&device), entered.holder, now).await?;
    tx.add_desk_pin(&hash(&device), entered.holder, &hashed, now).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "pin-set", &entered.name, office, &entered.name).await?;
    tx.commit().await?;
    Ok(device)
}

/// Tries the PIN of a browser. A try is counted before the digits are looked at, so that many at once
/// gain nothing.
pub(super) async fn attempt(door: &Door, device: &str, typed: &str) -> Result<Tried> {
    let ws = &door.workspace;
    let (now, key) = (ws.now(), hash(device));
    let mut tx = ws.store().write().await?;
    let found = tx.desk_pin(&key).await?.filter(|p| p.ended.is_none() && p.at > before(now, KEPT));
    let Some(pin) = found else { return Ok(Tried::Void) };
    let left = PIN_TRIES.saturating_sub(pin.tries);
    let Some(digits) = six(typed) else { return Ok(Tried::Wrong { left }) };
    if !tx.try_desk_pin(&key, PIN_TRIES).await? {
        return Ok(Tried::Void);
    }
    tx.commit().await?;
    let right = door.passwords.verify(Some(&pin.hash), &under(device, &digits)).await;
    let mut tx = ws.store().write().await?;
    let right = match right {
        Ok(right) => right,
        Err(busy) => {
            tx.untry_desk_pin(&key).await?;
            tx.commit().await?;
            return Err(busy);
        }
    };
    let tried = if right && tx.desk_pin_used(&key, now).await? {
        Tried::Right(pin.holder)
    } else if !right && left > 1 {
        Tried::Wrong { left: left - 1 }
    } else {
        if tx.end_desk_pin(&key, now).await? {
            void(ws, &mut tx, pin.holder).await?;
        }
        Tried::Void
    };
    tx.commit().await?;
    Ok(tried)
}

/// Puts on record that a PIN was made void by guesses.
async fn void(ws: &Workspace, tx: &mut Tx, holder: Uuid) -> Result<()> {
    let Some(Holder { office, name, .. }) = tx.holder(holder).await? else { return Ok(()) };
    event(ws, tx, &office, "pin-void", &name, &office, "").await
}

async fn acting_of(tx: &mut Tx, office: &OfficeId) -> Result<Acting> {
    let (grants, postings) = (tx.grants(office).await?, tx.postings(office).await?);
    Ok(Acting { office: office.clone(), grants, postings })
}

fn keys(door: &Door, device: &str) -> Vec<(Key, Rule)> {
    door.with_throttle(|t| vec![t.key(DEVICE, &["pin", device])])
}

/// What is hashed: the digits under the browser's secret. The store alone cannot be searched for them.
fn under(device: &str, digits: &str) -> String {
    format!("{digits} {device}")
}

async fn hashed(door: &Door, device: &str, digits: &str) -> Result<String> {
    door.passwords.hash(&under(device, digits), door.bytes()).await
}

/// Six digits, however they are spaced.
fn six(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Six digits that others would not try first.
///
/// # Errors
/// `pin-digits`, `pin-trivial`.
fn digits(typed: &str) -> std::result::Result<String, Problem> {
    let digits = six(typed).ok_or_else(|| Problem::new("pin-digits"))?;
    if is_trivial(digits.as_bytes()) { Err(Problem::new("pin-trivial")) } else { Ok(digits) }
}

/// One or two digits only, a run up or down, something repeated, or three pairs.
fn is_trivial(digits: &[u8]) -> bool {
    let mut kinds = digits.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let step = |by: u8| {
        digits.iter().zip(digits.iter().skip(1)).all(|(a, b)| (a - b'0' + by) % 10 == b.wrapping_sub(b'0'))
    };
    let repeats = |every: usize| digits.iter().zip(digits.iter().skip(every)).all(|(a, b)| a == b);
    let pairs = digits.chunks(2).all(|pair| pair.first() == pair.last());
    kinds.len() < 3 || step(1) || step(9) || repeats(3) || pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_try_first_is_refused_and_dates_are_not() {
        let said = |pin: &str| digits(pin).err().map(|p| p.id);
        for pin in ["000000", "123456", "654321", "890123", "121212", "123123", "112233", "770077", "998877"]
        {
            assert_eq!(said(pin).as_deref(), Some("pin-trivial"), "{pin}");
        }
        for pin in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345", "12 34 5"] {
            assert_eq!(said(pin).as_deref(), Some("pin-digits"), "{pin}");
        }
        for pin in ["190575", "240815", "135790", "204060", "48 15 16"] {
            assert_eq!(said(pin), None, "{pin}");
        }
    }
}
