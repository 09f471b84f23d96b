//! What is told without being asked for: that a return was sent back, what waits for a reviewer; and the
//! test by which an administrator sees that sending works.

use nhipcau_domain::{
    Date,
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    office::{Acting, Role},
    outbox::{Kind, address, is_allowed},
    problem::Problem,
    returns::ReturnKey,
    text,
};
use nhipcau_store::{
    Tx,
    outbox::{OutboxChoice, OutboxMessage},
};

use super::{
    Draft, day_of,
    plan::{newest, power_of},
    put,
    recipients::recipients,
    remind::office_name,
    run::restored_today,
    words::{self, About},
};
use crate::{
    basis,
    error::{Result, again_if_busy},
    powers::{Over, Review},
    review::{self, Asked, Standing},
    workspace::{Setting, Workspace},
};

/// The stored name of the choice.
const DIGEST: &str = "digest";

/// Tells those who hold a unit's office that its return was sent back: in the transaction that does so,
/// before anything of the audit trail is locked. Each revision is told of once.
pub(crate) async fn sent_back(
    ws: &Workspace,
    tx: &mut Tx,
    setting: &Setting,
    (office, holder): (&OfficeId, &str),
    returns: &[(ReturnKey, u32)],
) -> Result<()> {
    let reaching = ws.outbound();
    if returns.is_empty() || !reaching.anyone() {
        return Ok(());
    }
    let at = ws.now();
    let offices: Vec<OfficeId> = returns.iter().map(|(key, _)| OfficeId::new(&key.unit)).collect();
    let contacts = tx.office_contacts(&offices).await?;
    let from = office_name(tx, office).await?;
    let to_sign_in = format!("{}/lam-viec", reaching.base);
    let mut messages = Vec::new();
    for (key, revision) in returns {
        let Ok(to) = recipients(reaching, contacts.get(key.unit.as_str())) else { continue };
        let period = basis::period(setting, &key.period)?;
        let form = review::form_of(setting, &key.data_set)?;
        let Some(ix) = setting.tree.find(&key.unit) else { continue };
        let about = About {
            unit: setting.tree.name(ix, period.last),
            form: &form.name,
            period: &period.name,
            address: &to_sign_in,
            from: &from,
        };
        for (_, address) in to {
            let draft = Draft {
                kind: Kind::SentBack,
                text: words::sent_back(address.channel, &about),
                address,
                office: OfficeId::new(&key.unit),
                unit: key.unit.clone(),
                data_set: key.data_set.clone(),
                period: key.period.clone(),
                occasion: revision.to_string(),
            };
            messages.push(draft.message(ws, office, holder, at));
        }
    }
    put(tx, &mut messages).await?;
    Ok(())
}

/// Whether an office is told each morning what waits for it.
pub async fn digest_wanted(ws: &Workspace, over: &Over<Review>) -> Result<bool> {
    let mut tx = ws.store().read().await?;
    let chosen = newest(tx.choices(DIGEST).await?);
    Ok(chosen.iter().any(|c| c.subject == over.office().as_str() && c.body == "true"))
}

/// Sets whether an office is told each morning what waits for it.
pub async fn set_digest(ws: &Workspace, over: &Over<Review>, wanted: bool) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let choice = OutboxChoice {
        id: ws.id(at),
        what: DIGEST.to_owned(),
        subject: over.office().to_string(),
        body: wanted.to_string(),
        office: over.office().clone(),
        holder: over.holder().to_owned(),
        at,
    };
    tx.add_choice(&choice).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells each office that wants it what waits today. False means that it is not the time for it yet.
pub async fn run_digests(ws: &Workspace) -> Result<bool> {
    if !ws.outbound().anyone() {
        return Ok(true);
    }
    if !is_allowed(ws.now()) {
        return Ok(false);
    }
    let mut messages = again_if_busy!(digests(ws))?;
    if messages.is_empty() {
        return Ok(true);
    }
    let mut tx = ws.store().write().await?;
    put(&mut tx, &mut messages).await?;
    tx.commit().await?;
    ws.outbound().wake.notify_one();
    Ok(true)
}

async fn digests(ws: &Workspace) -> Result<Vec<OutboxMessage>> {
    let at = ws.now();
    let mut messages = Vec::new();
    let mut tx = ws.store().read().await?;
    let Ok(setting) = ws.setting(&mut tx).await else { return Ok(messages) };
    if restored_today(&mut tx, at).await? {
        return Ok(messages);
    }
    for choice in newest(tx.choices(DIGEST).await?).into_iter().filter(|c| c.body == "true") {
        let office = OfficeId::from(choice.subject);
        let Some(over) = power_of::<Review>(ws, &mut tx, &office).await? else { continue };
        let contacts = tx.office_contacts(std::slice::from_ref(&office)).await?;
        let Ok(to) = recipients(ws.outbound(), contacts.get(&office)) else { continue };
        let standing = waiting(&mut tx, &setting, &over, text::local_day(at)).await?;
        if standing == (0, 0) {
            continue;
        }
        let name = office_name(&mut tx, &office).await?;
        let there = format!("{}/lam-viec/duyet", ws.outbound().base);
        for (_, address) in to {
            let draft = Draft {
                kind: Kind::Digest,
                text: words::digest(address.channel, &there, &name, standing),
                address,
                office: office.clone(),
                unit: UnitId::new(""),
                data_set: DataSetId::new(""),
                period: PeriodId::new(""),
                occasion: format!("{office} {}", day_of(at)),
            };
            messages.push(draft.message(ws, &office, "", at));
        }
    }
    Ok(messages)
}

/// How many returns in reach wait, and how many are overdue.
async fn waiting(tx: &mut Tx, setting: &Setting, over: &Over<Review>, today: Date) -> Result<(usize, usize)> {
    let (mut waiting, mut overdue) = (0, 0);
    for part in review::owing_parts(tx, setting, over, &Asked::default()).await? {
        for one in &part.owing {
            match one.standing(today) {
                Standing::Waiting => waiting += 1,
                Standing::Overdue => overdue += 1,
                _ => {}
            }
        }
    }
    Ok((waiting, overdue))
}

/// Sends an administrator a test, to their own contact: one a minute. The address that it goes to. `name`
/// is who stands on record as having asked for it.
pub async fn send_test(
    ws: &Workspace,
    acting: &Acting,
    (holder, name): (uuid::Uuid, &str),
) -> Result<String> {
    acting.require(Role::Administrator, &[])?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let Some(who) = tx.holder(holder).await? else { return Err(Problem::new("outbox-test-nobody").into()) };
    let address = address(&who.contact).ok_or_else(|| Problem::new("outbox-test-nobody"))?;
    if !ws.outbound().by(address.channel) {
        return Err(Problem::new("outbox-not-set-up").into());
    }
    let office = office_name(&mut tx, &acting.office).await?;
    let there = format!("{}/lam-viec", ws.outbound().base);
    let to = address.to.clone();
    let draft = Draft {
        kind: Kind::Test,
        text: words::test(address.channel, &there, &office),
        address,
        office: acting.office.clone(),
        unit: UnitId::new(""),
        data_set: DataSetId::new(""),
        period: PeriodId::new(""),
        occasion: (at.as_second() / 60).to_string(),
    };
    let new = put(&mut tx, &mut [draft.message(ws, &acting.office, name, at)]).await?;
    if new == 0 {
        return Err(Problem::new("outbox-test-just-now").into());
    }
    tx.commit().await?;
    ws.outbound().wake.notify_one();
    Ok(to)
}
