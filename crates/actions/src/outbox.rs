//! Messages that the system sends: reminders, returns that were sent back, what waits for a reviewer.
//!
//! A message is put in once under its key, and goes out through a lease ([`run`]): `docs/reminders.md`
//! says what is promised. What a message says is made here (`words`), never by a page, and has no
//! figure in it.

mod log;
mod notice;
mod plan;
mod recipients;
mod remind;
pub mod run;
mod words;

use jiff::SignedDuration;
use nhipcau_domain::{
    Timestamp,
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    outbox::{Address, Channel, Kind, State, allowed_from},
    text,
};
use nhipcau_store::{Tx, outbox::OutboxMessage};
use tokio::sync::Notify;

pub(crate) use self::notice::sent_back;
pub use self::{
    log::{Decision, Entry, LOG_PAGE, Log, LogAsked, Standing, Viewer, decide, log, one, standing},
    notice::{digest_wanted, run_digests, send_test, set_digest},
    plan::{PlanOf, plans, run_plans, set_plan},
    recipients::Unreached,
    remind::{ByHand, Proposed, REMIND_MOST, Reminded, Reminder, preview, remind},
    words::Text,
};
use crate::{
    error::{Result, again_if_busy},
    workspace::Workspace,
};

/// Where messages can be sent, and where the site is that they lead to.
#[derive(Debug, Default)]
pub struct Reaching {
    /// The site's address, without a slash at the end.
    pub base: String,
    /// Whether mail can be sent.
    pub mail: bool,
    /// Whether telephone numbers can be written to.
    pub phone: bool,
    /// Rung when a message was put in.
    pub wake: Notify,
}

impl Reaching {
    /// Whether anyone can be written to by a way.
    #[must_use]
    pub fn by(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail,
            Channel::Phone => self.phone,
        }
    }

    /// Whether anyone can be written to at all.
    #[must_use]
    pub fn anyone(&self) -> bool {
        self.mail || self.phone
    }
}

impl Workspace {
    /// Where messages can be sent.
    #[must_use]
    pub fn outbound(&self) -> &Reaching {
        &self.reaching
    }
}

/// What a message is about, and for whom.
#[derive(Debug, Clone)]
struct Draft {
    kind: Kind,
    address: Address,
    office: OfficeId,
    unit: UnitId,
    data_set: DataSetId,
    period: PeriodId,
    text: Text,
    /// What tells this occasion from others of the same kind, recipient, unit, form and period.
    occasion: String,
}

impl Draft {
    /// The key of a message: the same parts are the same message, whoever asks, on whichever node.
    fn key(&self) -> String {
        let parts = [
            self.kind.as_str(),
            self.address.channel.as_str(),
            &self.address.to,
            &self.data_set,
            &self.period,
            &self.unit,
            &self.occasion,
        ];
        // As JSON: no part can reach into the next.
        serde_json::Value::from(&parts[..]).to_string()
    }

    /// The message, asked for by an office.
    fn message(self, ws: &Workspace, office: &OfficeId, holder: &str, at: Timestamp) -> OutboxMessage {
        let key = self.key();
        OutboxMessage {
            id: ws.id(at),
            key,
            kind: self.kind,
            channel: self.address.channel,
            recipient: self.address.to,
            office: self.office,
            unit: self.unit,
            data_set: self.data_set,
            period: self.period,
            subject: self.text.subject,
            body: self.text.body,
            by_office: office.clone(),
            by_holder: holder.to_owned(),
            at,
            state: State::Waiting,
            due: if self.kind.keeps_hours() { allowed_from(at) } else { at },
            tries: 0,
            changes: 0,
            lease: None,
            lease_by: String::new(),
        }
    }
}

/// Puts messages in; how many are new. Those whose key is taken are left as they are.
async fn put(tx: &mut Tx, messages: &mut [OutboxMessage]) -> Result<usize> {
    // In the order of their keys, so that two who put the same ones in do not wait for each other.
    messages.sort_by(|a, b| a.key.cmp(&b.key));
    let mut new = 0;
    for message in messages {
        new += usize::from(tx.add_message(message).await?);
    }
    Ok(new)
}

/// How long a message is kept after it was asked for: a year's campaign and the accounts of it. It names how
/// a person can be reached, so it is not kept for ever.
pub const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Removes messages that are done with and have been kept long enough. How many. To be called once a day.
pub async fn forget(ws: &Workspace) -> Result<u64> {
    let Ok(before) = ws.now().checked_sub(KEPT) else { return Ok(0) };
    let mut tx = ws.store().write().await?;
    let removed = tx.drop_messages_before(before).await?;
    tx.commit().await?;
    Ok(removed)
}

/// How many messages are put in by one transaction at most: other writers wait for it.
const PIECE: usize = 500;

/// Puts any number of messages in; how many are new. Where it breaks off, those that are in are found by
/// their keys when it is done again.
async fn put_in_pieces(ws: &Workspace, messages: &mut [OutboxMessage]) -> Result<usize> {
    let mut new = 0;
    for piece in messages.chunks_mut(PIECE) {
        let put = again_if_busy!(put_piece(ws, piece))?;
        if put > 0 {
            ws.outbound().wake.notify_one();
        }
        new += put;
    }
    Ok(new)
}

async fn put_piece(ws: &Workspace, piece: &mut [OutboxMessage]) -> Result<usize> {
    let mut tx = ws.store().write().await?;
    let new = put(&mut tx, piece).await?;
    tx.commit().await?;
    Ok(new)
}

/// The local day on which a message that is asked for now goes out: a reminder of the evening and one
/// of the next morning are one.
fn day_of(at: Timestamp) -> String {
    text::local_day(allowed_from(at)).to_string()
}
