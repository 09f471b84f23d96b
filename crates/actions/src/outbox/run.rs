//! How messages go out: taken with a lease, looked at again, marked as going out (committed), handed over
//! by the caller, and settled.
//!
//! Between "going out" and "settled" the process may die: nobody can know then whether the other side has
//! the message. Once its lease has ended it is unknown, and a person decides; it never goes out again by
//! itself. A message that was only taken goes back to waiting.

use jiff::SignedDuration;
use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    outbox::{Event, Kind, Outcome, State, address, allowed_from, is_allowed, next, wait_minutes},
    returns::{ReturnKey, Status},
    text,
};
use nhipcau_store::{
    Tx,
    outbox::{OutboxChoice, OutboxMessage, OutboxStep},
};
use uuid::Uuid;

use crate::{
    error::{Result, again_if_busy},
    returns::owes,
    workspace::{Setting, Workspace},
};

/// How long a process has a message: longer than any attempt takes.
pub const LEASE_MINUTES: i64 = 5;

/// The stored name of the mark that a backup was put back.
const RESTORED: &str = "restored";

/// How many that were left are looked at at once.
const LEFT_MOST: u32 = 500;

/// Takes messages that are due, for a while, in the name of a process. First puts right what processes
/// left that are gone: what was only taken waits again, what was going out is unknown.
pub async fn claim(ws: &Workspace, by: &str, most: u32) -> Result<Vec<OutboxMessage>> {
    let now = ws.now();
    {
        // Mostly there is nothing to do: a look costs no writer.
        let mut tx = ws.store().read().await?;
        let due = tx.next_message_due().await?.is_some_and(|due| due <= now);
        if !due && tx.messages_left(now, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
    }
    again_if_busy!(claim_once(ws, by, most))
}

async fn claim_once(ws: &Workspace, by: &str, most: u32) -> Result<Vec<OutboxMessage>> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    for left in tx.messages_left(now, LEFT_MOST).await? {
        let state = next(left.state, left.tries, Event::LeaseEnded)?;
        let what = if state == State::Unknown { "unknown" } else { "let-go" };
        // Its last process may still say what came of it.
        let then = OutboxMessage { state, lease: None, ..left };
        tx.step_message(&then, &step(&then, now, what, "")).await?;
    }
    let mut taken = Vec::new();
    for due in tx.messages_due(now, most).await? {
        if due.kind.keeps_hours() && !is_allowed(now) {
            // Due at night only where nothing was sent for long.
            let then = OutboxMessage { due: allowed_from(now), ..due };
            tx.step_message(&then, &step(&then, now, "postponed", "")).await?;
            continue;
        }
        let state = next(due.state, due.tries, Event::Claim)?;
        let lease = later(now, LEASE_MINUTES);
        let then = OutboxMessage { state, lease: Some(lease), lease_by: by.to_owned(), ..due };
        if tx.step_message(&then, &step(&then, now, "claimed", "")).await? {
            taken.push(OutboxMessage { changes: then.changes + 1, ..then });
        }
    }
    tx.commit().await?;
    Ok(taken)
}

/// Looks once more whether a message that was taken is needed, and marks it as going out: when this
/// returns it, that is on disk, and it is to be handed over now. None if it is not to be sent.
pub async fn begin(ws: &Workspace, by: &str, id: Uuid) -> Result<Option<OutboxMessage>> {
    again_if_busy!(begin_once(ws, by, id))
}

async fn begin_once(ws: &Workspace, by: &str, id: Uuid) -> Result<Option<OutboxMessage>> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let Some(message) = tx.message(id).await? else { return Ok(None) };
    let ours = message.state == State::Claimed
        && message.lease_by == by
        && message.lease.is_some_and(|lease| now < lease);
    if !ours {
        return Ok(None);
    }
    if let Some(why) = not_needed(ws, &mut tx, &message, now).await? {
        let state = next(message.state, message.tries, Event::NotNeeded)?;
        let then = OutboxMessage { state, lease: None, ..message };
        tx.step_message(&then, &step(&then, now, "not-needed", why)).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let state = next(message.state, message.tries, Event::Begin)?;
    let lease = Some(later(now, LEASE_MINUTES));
    let then = OutboxMessage { state, lease, tries: message.tries + 1, ..message };
    if !tx.step_message(&then, &step(&then, now, "sending", "")).await? {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(OutboxMessage { changes: then.changes + 1, ..then }))
}

/// Keeps what came of an attempt. Where it stands now; none if a person decided meanwhile.
pub async fn settle(
    ws: &Workspace,
    by: &str,
    id: Uuid,
    outcome: Outcome,
    said: &str,
) -> Result<Option<State>> {
    again_if_busy!(settle_once(ws, by, id, outcome, said))
}

async fn settle_once(
    ws: &Workspace,
    by: &str,
    id: Uuid,
    outcome: Outcome,
    said: &str,
) -> Result<Option<State>> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let Some(message) = tx.message(id).await? else { return Ok(None) };
    // Whoever decides takes it out of the process's hands.
    if message.lease_by != by {
        return Ok(None);
    }
    let Ok(state) = next(message.state, message.tries, Event::Done(outcome)) else { return Ok(None) };
    let mut due = message.due;
    if state == State::Waiting {
        due = later(now, wait_minutes(message.tries).unwrap_or(1));
        if message.kind.keeps_hours() {
            due = allowed_from(due);
        }
    }
    let what = match outcome {
        Outcome::Sent => "sent",
        Outcome::Later => "later",
        Outcome::Refused => "refused",
        Outcome::Unclear => "unclear",
    };
    let then = OutboxMessage { state, due, lease: None, ..message };
    if !tx.step_message(&then, &step(&then, now, what, said)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(state))
}

/// After a backup was put back: what was still to go out may have gone out since the backup was made, so
/// a person decides; and nothing goes out by the calendar today. How many there are.
pub async fn after_restore(ws: &Workspace) -> Result<usize> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let open = tx.messages_open().await?;
    let count = open.len();
    for message in open {
        let state = next(message.state, message.tries, Event::Restored)?;
        let then = OutboxMessage { state, lease: None, lease_by: String::new(), ..message };
        tx.step_message(&then, &step(&then, now, "restored", "")).await?;
    }
    let choice = OutboxChoice {
        id: ws.id(now),
        what: RESTORED.to_owned(),
        subject: String::new(),
        body: String::new(),
        office: OfficeId::new(""),
        holder: String::new(),
        at: now,
    };
    tx.add_choice(&choice).await?;
    tx.commit().await?;
    Ok(count)
}

/// Whether a backup was put back today.
pub(super) async fn restored_today(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let restored = tx.choices(RESTORED).await?;
    Ok(restored.last().is_some_and(|last| text::local_day(last.at) == text::local_day(now)))
}

/// Why a message is not needed any more, if it is not.
async fn not_needed(
    ws: &Workspace,
    tx: &mut Tx,
    message: &OutboxMessage,
    now: Timestamp,
) -> Result<Option<&'static str>> {
    if message.kind == Kind::Test {
        return Ok(None);
    }
    // Whoever left the office, or changed how they are reached, is not written to any more.
    let contacts = tx.office_contacts(std::slice::from_ref(&message.office)).await?;
    let holders = contacts.get(&message.office).map(|o| o.holders.as_slice()).unwrap_or_default();
    let there = |contact: &str| {
        address(contact).is_some_and(|a| a.channel == message.channel && a.to == message.recipient)
    };
    if !holders.iter().any(|(_, contact)| there(contact)) {
        return Ok(Some("recipient"));
    }
    let setting = ws.setting(tx).await?;
    Ok(match message.kind {
        Kind::Reminder => (!is_missing(tx, &setting, message).await?).then_some("reported"),
        Kind::SentBack => {
            let returned = status(tx, message).await?.is_some_and(|(status, _)| status == Status::Returned);
            (!returned).then_some("reported")
        }
        Kind::Digest => (text::local_day(message.at) != text::local_day(now)).then_some("late"),
        Kind::Test => None,
    })
}

async fn is_missing(tx: &mut Tx, setting: &Setting, message: &OutboxMessage) -> Result<bool> {
    if owes(setting, &key(message)).is_err() {
        return Ok(false);
    }
    Ok(match status(tx, message).await? {
        Some((Status::Submitted | Status::Exempt, _) | (_, true)) => false,
        None | Some(_) => true,
    })
}

/// Where the return stands that a message is about, and whether a revision of it was accepted.
async fn status(tx: &mut Tx, message: &OutboxMessage) -> Result<Option<(Status, bool)>> {
    let key = key(message);
    let returns = tx.returns(std::slice::from_ref(&key)).await?;
    Ok(returns.get(&key).map(|r| (r.state.status, r.state.accepted.is_some())))
}

fn key(m: &OutboxMessage) -> ReturnKey {
    ReturnKey { unit: m.unit.clone(), data_set: m.data_set.clone(), period: m.period.clone() }
}

/// A step that the program took.
pub(super) fn step(of: &OutboxMessage, at: Timestamp, what: &str, detail: &str) -> OutboxStep {
    OutboxStep {
        message: of.id,
        ordinal: of.changes + 1,
        at,
        what: what.to_owned(),
        detail: detail.to_owned(),
        office: String::new(),
        holder: String::new(),
    }
}

/// So many minutes after; at the end of time, then.
fn later(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}
