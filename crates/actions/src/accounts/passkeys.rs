//! Passkeys: a key pair on the holder's own phone or computer, behind their finger, face or screen lock. The
//! device verifies the person and holds the key, so that one gesture is two factors (NIST SP 800-63B-4,
//! 3.1.7, and appendix B for keys that are copied to the owner's other devices): it is a way in for every
//! office, also for those that need codes beside a password.

use nhipcau_domain::{problem::Problem, text};
use nhipcau_passkeys::{
    Assertion, Attestation, CHALLENGE, Known, PasskeyError, Person, creation, decode, encode, register,
    request, sign_in,
};
use nhipcau_store::{DeskPasskey, Holder, Tx};
use serde_json::Value;
use uuid::Uuid;

use super::{
    challenges::{Purpose, answered, ask, may_ask},
    devices,
    door::{Door, hash},
    enrol::{open_link, wrong_person},
    entry::{Asking, Entered, Entry, is_open},
    offices::event,
    sessions::{KEY, come_in, is_current, renew},
    throttle::{ASKED, CLIENT, DEVICE, NAME_AND_CLIENT},
    ways::keep_a_way,
};
use crate::{error::Result, workspace::Workspace};

/// The most passkeys of one holder.
const MOST: usize = 10;

/// What devices list the site's keys under.
const CALLED: &str = "Nhịp Cầu";

/// What a browser answered, as its script writes it: bytes in the text of [`nhipcau_passkeys::encode`].
#[derive(Debug, Clone, Default)]
pub struct KeyAnswer {
    /// The credential's id.
    pub id: String,
    /// What the browser says.
    pub client: String,
    /// What the device says in registering.
    pub object: String,
    /// What the device says in signing in.
    pub data: String,
    /// The signature.
    pub signature: String,
    /// For whom the key was made, where the device says it.
    pub person: String,
}

impl KeyAnswer {
    fn client(&self) -> Vec<u8> {
        decode(&self.client).unwrap_or_default()
    }

    fn attestation(&self) -> Attestation {
        let bytes = |text: &str| decode(text).unwrap_or_default();
        Attestation { id: bytes(&self.id), client: self.client(), object: bytes(&self.object) }
    }

    fn assertion(&self) -> Assertion {
        let bytes = |text: &str| decode(text).unwrap_or_default();
        Assertion {
            id: bytes(&self.id),
            client: self.client(),
            data: bytes(&self.data),
            signature: bytes(&self.signature),
            person: decode(&self.person).filter(|person| !person.is_empty()),
        }
    }
}

/// What a holder says of themselves in setting up with a passkey.
#[derive(Debug, Clone, Default)]
pub struct KeySetUp {
    /// Their name.
    pub name: String,
    /// A way to reach them.
    pub contact: String,
}

fn refused() -> Problem {
    Problem::new("passkey-refused")
}

/// What a browser is asked for that wants to sign in: any passkey of this site.
pub async fn ask_key(door: &Door, asking: &Asking) -> Result<Value> {
    let site = door.passkeys()?;
    may_ask(door, asking)?;
    Ok(request(site, &ask(door, Purpose::SignIn, "").await?, &[]))
}

/// Takes a passkey's signature.
pub async fn sign_in_by_key(door: &Door, answer: &KeyAnswer, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    door.passkeys()?;
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let kept = tx.passkey(&answer.id).await.or_else(unheard)?.filter(|key| key.ended.is_none());
    let whose = kept.as_ref().map_or(Uuid::nil(), |key| key.holder);
    let known = devices::knows(&mut tx, asking, whose, now).await?;
    let holder = tx.holder(whose).await?;
    drop(tx);
    let keys = door.with_throttle(|t| match asking.device.as_deref().filter(|_| known) {
        Some(device) => vec![t.key(DEVICE, &["key", device])],
        None => {
            vec![t.key(NAME_AND_CLIENT, &[&answer.id, &asking.client]), t.key(CLIENT, &[&asking.client])]
        }
    });
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    let challenge = answered(door, Purpose::SignIn, "", &answer.client()).await?;
    let (Some(kept), Some(holder), Some(challenge)) = (kept, holder, challenge) else {
        return Ok(Entry::KeyRefused);
    };
    let mut tx = ws.store().write().await?;
    if !is_open(&mut tx, &holder).await? || !used(door, &mut tx, &kept, &challenge, answer).await? {
        // A key that was made void stays so.
        tx.commit().await?;
        return Ok(Entry::KeyRefused);
    }
    let entry = come_in(door, &mut tx, &holder, KEY, now, asking).await?;
    tx.commit().await?;
    door.with_throttle(|t| {
        let asked = t.key(ASKED, &[&asking.client]);
        t.forgive(&keys);
        t.forgive(&[asked]);
    });
    Ok(entry)
}

/// Whether an answer is a key's own. One whose counter went back may be a copy: it is void from now on, and
/// that is on record.
async fn used(
    door: &Door,
    tx: &mut Tx,
    kept: &DeskPasskey,
    challenge: &[u8; CHALLENGE],
    answer: &KeyAnswer,
) -> Result<bool> {
    let (ws, now) = (&door.workspace, door.workspace.now());
    // Read again, locked: of two answers at once the second finds the first's counter.
    let Some(key) = tx.passkey(&kept.credential).await?.filter(|key| key.ended.is_none()) else {
        return Ok(false);
    };
    let (id, public) =
        (decode(&key.credential).unwrap_or_default(), decode(&key.public_key).unwrap_or_default());
    let known = Known {
        id: &id,
        key: &public,
        count: key.count,
        may_be_backed_up: key.portable,
        person: key.holder.as_bytes(),
    };
    match sign_in(door.passkeys()?, challenge, known, &answer.assertion()) {
        Ok(used) => Ok(tx.passkey_used(key.id, used.count, now).await?),
        Err(error) => {
            tracing::warn!(%error, "a passkey was refused");
            if matches!(error, PasskeyError::Copied { .. })
                && tx.end_passkey(key.id, key.holder, now).await?
                && let Some(Holder { office, .. }) = tx.holder(key.holder).await?
            {
                event(ws, tx, &office, "key-void", &key.name, &office, "").await?;
            }
            Ok(false)
        }
    }
}

/// A new key of a holder, of what the browser answered.
fn new_key(
    door: &Door,
    challenge: Option<[u8; CHALLENGE]>,
    holder: Uuid,
    name: &str,
    answer: &KeyAnswer,
) -> std::result::Result<DeskPasskey, Problem> {
    let (site, at) = (door.passkeys()?, door.workspace.now());
    let challenge = challenge.ok_or_else(refused)?;
    let made = register(site, &challenge, &answer.attestation()).map_err(|error| {
        tracing::warn!(%error, "a new passkey was refused");
        refused()
    })?;
    Ok(DeskPasskey {
        id: door.workspace.id(at),
        holder,
        credential: encode(&made.id),
        public_key: encode(&made.key),
        count: made.count,
        portable: made.may_be_backed_up,
        name: name.to_owned(),
        at,
        used: None,
        ended: None,
    })
}

/// What a browser is asked for whose holder sets themselves up by a link.
pub async fn ask_new_key(door: &Door, token: &str, form: &KeySetUp, asking: &Asking) -> Result<Value> {
    let site = door.passkeys()?;
    may_ask(door, asking)?;
    let found = open_link(&door.workspace, token).await?;
    let (holder, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
    let name = text::tidy(&form.name);
    if let Some((_, problem)) = wrong_person(&name, &text::tidy(&form.contact)).into_iter().next() {
        return Err(problem.into());
    }
    let challenge = ask(door, Purpose::SetUp, &hash(token)).await?;
    Ok(creation(site, CALLED, &challenge, person(&holder.id, &office.name, &name), &[]))
}

fn person<'a>(id: &'a Uuid, office: &'a str, holder: &'a str) -> Person<'a> {
    Person { id: id.as_bytes(), name: office, display: holder }
}

/// Sets a holder up by a link, with a passkey. Every problem at once, each under its field's name.
pub async fn set_up_by_key(
    door: &Door,
    token: &str,
    form: &KeySetUp,
    answer: &KeyAnswer,
    asking: &Asking,
) -> Result<std::result::Result<Entry, Vec<(&'static str, Problem)>>> {
    let ws = &door.workspace;
    let spent = || Problem::new("setup-link-spent");
    let (holder, office) = open_link(ws, token).await?.ok_or_else(spent)?;
    let (name, contact) = (text::tidy(&form.name), text::tidy(&form.contact));
    let mut problems = wrong_person(&name, &contact);
    let challenge = answered(door, Purpose::SetUp, &hash(token), &answer.client()).await?;
    let key = match new_key(door, challenge, holder.id, &named("", asking), answer) {
        Ok(key) if problems.is_empty() => key,
        Ok(_) => return Ok(Err(problems)),
        Err(problem) => {
            problems.push(("key", problem));
            return Ok(Err(problems));
        }
    };
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    if !tx.use_setup_link(&hash(token), now).await? {
        return Err(spent().into());
    }
    tx.describe_holder(holder.id, &name, &contact, holder.sign_in.as_deref()).await?;
    tx.add_passkey(&key).await?;
    event(ws, &mut tx, &office.id, "key-added", &key.name, &office.id, &name).await?;
    let entry = come_in(door, &mut tx, &holder, KEY, now, asking).await?;
    tx.commit().await?;
    Ok(Ok(entry))
}

/// What a key is called: as its owner says, or by the browser that made it.
fn named(typed: &str, asking: &Asking) -> String {
    let typed: String = text::tidy(typed).chars().take(60).collect();
    if typed.is_empty() { asking.browser.clone() } else { typed }
}

/// What a browser is asked for whose holder adds a passkey.
pub async fn ask_another_key(door: &Door, entered: &Entered) -> Result<Value> {
    let site = door.passkeys()?;
    let have = door.workspace.store().read().await?.passkeys(entered.holder).await?;
    if have.len() >= MOST {
        return Err(Problem::new("passkey-too-many").with("most", MOST).into());
    }
    let have: Vec<String> = have.into_iter().map(|key| key.credential).collect();
    let challenge = ask(door, Purpose::Add, &entered.session.to_string()).await?;
    let person = person(&entered.holder, &entered.office_name, &entered.name);
    Ok(creation(site, CALLED, &challenge, person, &have))
}

/// Adds a passkey to one's account.
pub async fn add_key(
    door: &Door,
    entered: &Entered,
    name: &str,
    answer: &KeyAnswer,
    asking: &Asking,
) -> Result<()> {
    let ws = &door.workspace;
    let challenge = answered(door, Purpose::Add, &entered.session.to_string(), &answer.client()).await?;
    let key = new_key(door, challenge, entered.holder, &named(name, asking), answer)?;
    let mut tx = ws.store().write().await?;
    // The holder's row is locked: of two at once the second is counted as well.
    tx.holder(entered.holder).await?.filter(|h| h.until.is_none()).ok_or_else(refused)?;
    if tx.passkeys(entered.holder).await?.len() >= MOST {
        return Err(Problem::new("passkey-too-many").with("most", MOST).into());
    }
    if tx.passkey(&key.credential).await?.is_some() {
        return Err(refused().into());
    }
    tx.add_passkey(&key).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "key-added", &key.name, office, &entered.name).await?;
    Ok(tx.commit().await?)
}

/// Takes one of one's passkeys away; never the last way in.
pub async fn remove_key(ws: &Workspace, entered: &Entered, id: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    let found = tx.passkeys(entered.holder).await?.into_iter().find(|key| key.id == id);
    let key = found.ok_or_else(|| Problem::new("passkey-gone"))?;
    tx.end_passkey(id, entered.holder, ws.now()).await?;
    keep_a_way(&mut tx, entered.holder).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "key-removed", &key.name, office, &entered.name).await?;
    Ok(tx.commit().await?)
}

/// What a browser is asked for whose holder proves anew who they are: one of their own passkeys.
pub async fn ask_key_again(door: &Door, entered: &Entered) -> Result<Value> {
    let site = door.passkeys()?;
    let have = door.workspace.store().read().await?.passkeys(entered.holder).await?;
    let have: Vec<String> = have.into_iter().map(|key| key.credential).collect();
    if have.is_empty() {
        return Err(refused().into());
    }
    let challenge = ask(door, Purpose::Prove, &entered.session.to_string()).await?;
    Ok(request(site, &challenge, &have))
}

/// Proves anew who one is, by a passkey. The session gets a new secret.
pub async fn prove_by_key(door: &Door, session: &str, answer: &KeyAnswer, asking: &Asking) -> Result<Entry> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let found = tx.desk_session(&hash(session)).await?.filter(|s| is_current(s, now));
    let Some(found) = found else { return Ok(Entry::Refused) };
    let holder = tx.holder(found.holder).await?;
    let kept = tx.passkey(&answer.id).await.or_else(unheard)?.filter(|key| key.holder == found.holder);
    drop(tx);
    let keys = door.with_throttle(|t| vec![t.key(DEVICE, &["prove", &found.id.to_string()])]);
    if let Err(seconds) = door.with_throttle(|t| t.begin(&keys, now)) {
        return Ok(Entry::Wait(seconds));
    }
    let challenge = answered(door, Purpose::Prove, &found.id.to_string(), &answer.client()).await?;
    let (Some(kept), Some(holder), Some(challenge)) = (kept, holder, challenge) else {
        return Ok(Entry::KeyRefused);
    };
    let mut tx = ws.store().write().await?;
    let right = used(door, &mut tx, &kept, &challenge, answer).await?;
    tx.commit().await?;
    if !right {
        return Ok(Entry::KeyRefused);
    }
    let entry = renew(door, session, &found, &holder, asking).await?;
    door.with_throttle(|t| t.forgive(&keys));
    Ok(entry)
}

/// A credential that no table can hold is nobody's.
fn unheard(
    error: nhipcau_store::StoreError,
) -> std::result::Result<Option<DeskPasskey>, nhipcau_store::StoreError> {
    match error {
        nhipcau_store::StoreError::Invalid { .. } => Ok(None),
        other => Err(other),
    }
}
