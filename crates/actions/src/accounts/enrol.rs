//! A holder sets themselves up: from a one-time link, a name and a password; then codes.

use nhipcau_domain::{problem::Problem, text};
use nhipcau_store::{Holder, OfficeRecord, StoreError};

use super::{
    door::{Door, hash},
    entry::{Asking, Entered, Entry},
    offices::event,
    password,
    sessions::{FULL, come_in, end_other_sessions},
    totp::{base32, matching_step},
};
use crate::{
    error::{ActionError, Result},
    workspace::Workspace,
};

/// How many recovery codes a holder gets.
const CODES: usize = 10;

/// Random bytes of a recovery code: with 112 bits a quick hash is enough (OWASP ASVS 6.5.2).
const CODE: usize = 14;

/// What a holder says of themselves in setting up.
#[derive(Debug, Clone, Default)]
pub struct SetUp {
    /// Their name.
    pub name: String,
    /// A way to reach them.
    pub contact: String,
    /// What they will sign in as.
    pub sign_in: String,
    /// Their password.
    pub password: String,
}

/// Whom a one-time link is for, while it is good.
pub async fn open_link(ws: &Workspace, token: &str) -> Result<Option<(Holder, OfficeRecord)>> {
    open_kept_link(ws, &hash(token)).await
}

/// The same, of what is kept of a link.
pub(super) async fn open_kept_link(ws: &Workspace, kept: &str) -> Result<Option<(Holder, OfficeRecord)>> {
    let mut tx = ws.store().read().await?;
    let Some(id) = tx.setup_link(kept, ws.now()).await? else { return Ok(None) };
    let Some(holder) = tx.holder(id).await? else { return Ok(None) };
    let office = tx.office(&holder.office).await?;
    Ok(office.filter(|o| o.closed.is_none()).map(|office| (holder, office)))
}

/// Sets a holder up by a link, which is spent by it. Every problem at once, each under its field's name.
pub async fn set_up(
    door: &Door,
    token: &str,
    form: &SetUp,
    asking: &Asking,
) -> Result<std::result::Result<Entry, Vec<(&'static str, Problem)>>> {
    let ws = &door.workspace;
    let Some((holder, office)) = open_link(ws, token).await? else {
        return Err(Problem::new("setup-link-spent").into());
    };
    let form = SetUp {
        name: text::tidy(&form.name),
        contact: text::tidy(&form.contact),
        sign_in: form.sign_in.trim().to_lowercase(),
        password: form.password.clone(),
    };
    let mut problems = wrong_person(&form.name, &form.contact);
    if !is_sign_in_name(&form.sign_in) {
        problems.push(("sign_in", Problem::new("sign-in-name").with("found", form.sign_in.as_str())));
    }
    let own = [form.name.as_str(), &form.sign_in, &office.name, office.id.as_str(), "nhipcau"];
    if let Err(problem) = password::check(&form.password, &own) {
        problems.push(("password", problem));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let hashed = door.passwords.hash(&form.password, door.bytes()).await?;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    if !tx.use_setup_link(&hash(token), now).await? {
        return Err(Problem::new("setup-link-spent").into());
    }
    match tx.describe_holder(holder.id, &form.name, &form.contact, Some(&form.sign_in)).await {
        Err(StoreError::Conflict { .. }) => {
            let clash = Problem::new("sign-in-name-taken").with("found", form.sign_in.as_str());
            return Ok(Err(vec![("sign_in", clash)]));
        }
        other => other?,
    }
    tx.set_password(holder.id, &hashed).await?;
    event(ws, &mut tx, &office.id, "set-up", &form.name, &office.id, &form.name).await?;
    let entry = come_in(door, &mut tx, &holder, FULL, now, asking).await?;
    tx.commit().await?;
    Ok(Ok(entry))
}

/// What is wrong with a name and a way to reach someone, each under its field's name.
pub(super) fn wrong_person(name: &str, contact: &str) -> Vec<(&'static str, Problem)> {
    let mut problems = Vec::new();
    if name.is_empty() || name.chars().count() > 100 {
        problems.push(("name", Problem::new("holder-name")));
    }
    if contact.chars().count() > 200 {
        problems.push(("contact", Problem::new("holder-contact")));
    }
    problems
}

/// Changes one's password; the others of one's sessions end.
pub async fn change_password(door: &Door, entered: &Entered, new: &str, asking: &Asking) -> Result<()> {
    let ws = &door.workspace;
    let sign_in = ws.store().read().await?.holder(entered.holder).await?.and_then(|h| h.sign_in);
    let own =
        [entered.name.as_str(), sign_in.as_deref().unwrap_or_default(), &entered.office_name, "nhipcau"];
    password::check(new, &own)?;
    let hashed = door.passwords.hash(new, door.bytes()).await?;
    let mut tx = ws.store().write().await?;
    tx.set_password(entered.holder, &hashed).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "password-changed", &entered.name, office, &entered.name).await?;
    tx.commit().await?;
    end_other_sessions(ws, entered, asking).await
}

/// The secret that a holder is to enter into their application: the same one until it is confirmed.
pub async fn begin_totp(door: &Door, entered: &Entered) -> Result<Vec<u8>> {
    let ws = &door.workspace;
    let mut tx = ws.store().write().await?;
    let holder = tx.holder(entered.holder).await?.ok_or_else(|| Problem::new("holder-unknown"))?;
    if let Some(pending) = holder.totp_pending.as_deref().and_then(|p| door.unsealed(holder.id, p)) {
        return Ok(pending);
    }
    let secret = door.bytes::<20>();
    tx.set_pending_totp(holder.id, Some(&door.sealed(holder.id, &secret)?)).await?;
    tx.commit().await?;
    Ok(secret.to_vec())
}

/// Confirms the secret by a code of it; the recovery codes, which are shown this once.
pub async fn confirm_totp(door: &Door, entered: &Entered, code: &str) -> Result<Vec<String>> {
    let ws = &door.workspace;
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let holder = tx.holder(entered.holder).await?.ok_or_else(|| Problem::new("holder-unknown"))?;
    let pending = holder.totp_pending.as_deref().and_then(|p| door.unsealed(holder.id, p));
    let step = pending.and_then(|secret| matching_step(&secret, code, now));
    let Some(step) = step else { return Err(ActionError::Refused(Problem::new("code-wrong"))) };
    let codes: Vec<String> = (0..CODES).map(|_| base32(&door.bytes::<CODE>())).collect();
    let hashes: Vec<String> = codes.iter().map(|c| hash(&format!("{}:{c}", holder.id))).collect();
    tx.enrol_totp(holder.id, step, &hashes).await?;
    let office = &entered.acting.office;
    event(ws, &mut tx, office, "codes-enrolled", &entered.name, office, &entered.name).await?;
    tx.commit().await?;
    Ok(codes.into_iter().map(|c| in_fours(&c)).collect())
}

fn in_fours(code: &str) -> String {
    let fours: Vec<String> =
        code.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    fours.join("-")
}

/// Three to forty small letters, digits, dots and hyphens, beginning with a letter or digit.
fn is_sign_in_name(name: &str) -> bool {
    (3..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
        && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
}
