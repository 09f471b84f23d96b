//! Messages that the system sends: each once under its key, its steps, and what offices chose about them.
//!
//! Every step names the number of steps that it rests on: of two processes that want to take the same
//! one, the second finds that somebody else was first, and nothing is changed.

use jiff::Timestamp;
use nhipcau_domain::{
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    outbox::{Channel, Kind, State},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! columns {
    () => {
        "id, key, kind, channel, recipient, office, unit, data_set, period, subject, body, by_office, \
         by_holder, at, state, due, tries, changes, lease, lease_by"
    };
}

statements! {
    ADD = concat!(
        "INSERT INTO outbox_message (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
         $12, $13, $14, $15, $16, $17, $18, NULL, '') ON CONFLICT (key) DO NOTHING"
    );
    ONE = concat!("SELECT ", columns!(), " FROM outbox_message WHERE id = $1 /*lock*/");
    DUE = concat!(
        "SELECT ", columns!(), " FROM outbox_message WHERE state = 'waiting' AND due <= $1 \
         ORDER BY due, id LIMIT $2 /*lock*/"
    );
    ENDED = concat!(
        "SELECT ", columns!(), " FROM outbox_message WHERE state IN ('claimed', 'sending') AND lease <= $1 \
         ORDER BY id LIMIT $2 /*lock*/"
    );
    OPEN = concat!(
        "SELECT ", columns!(), " FROM outbox_message WHERE state IN ('waiting', 'claimed', 'sending') \
         ORDER BY id /*lock*/"
    );
    STEP = "UPDATE outbox_message SET state = $3, due = $4, tries = $5, changes = changes + 1, lease = $6, \
            lease_by = $7 WHERE id = $1 AND changes = $2";
    LINE = "INSERT INTO outbox_step (message, ordinal, at, what, detail, office, holder) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LINES = "SELECT message, ordinal, at, what, detail, office, holder FROM outbox_step \
             WHERE message IN (/*list*/) ORDER BY message, ordinal";
    BEFORE = concat!(
        "SELECT ", columns!(), " FROM outbox_message WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2) \
         AND (at < $3 OR (at = $3 AND id < $4)) ORDER BY at DESC, id DESC LIMIT $5"
    );
    KEYS = concat!("SELECT ", columns!(), " FROM outbox_message WHERE key IN (/*list*/)");
    // Each database counts in a type of its own.
    COUNTS = "SELECT state, CAST(count(*) AS bigint), min(CASE WHEN state = 'waiting' THEN due ELSE at END) \
              FROM outbox_message GROUP BY state ORDER BY state";
    NEXT = "SELECT min(due) FROM outbox_message WHERE state = 'waiting'";
    // What nobody knows the end of waits for a person, however old it is.
    DROP_STEPS = "DELETE FROM outbox_step WHERE message IN (SELECT id FROM outbox_message \
                  WHERE state IN ('sent', 'given-up', 'dropped') AND at < $1)";
    DROP = "DELETE FROM outbox_message WHERE state IN ('sent', 'given-up', 'dropped') AND at < $1";
    CHOOSE = "INSERT INTO outbox_choice (id, what, subject, body, office, holder, at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHOICES = "SELECT id, what, subject, body, office, holder, at FROM outbox_choice WHERE what = $1 \
               ORDER BY at, id";
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Its id; the other side is told it, so that it can see a repetition too.
    pub id: Uuid,
    /// What makes it one: a second one of the same key is not taken.
    pub key: String,
    /// Why it is sent.
    pub kind: Kind,
    /// By which way.
    pub channel: Channel,
    /// To whom there.
    pub recipient: String,
    /// The office whose holder it is for.
    pub office: OfficeId,
    /// The unit that it is about; may be empty.
    pub unit: UnitId,
    /// The form that it is about; may be empty.
    pub data_set: DataSetId,
    /// The period that it is about; may be empty.
    pub period: PeriodId,
    /// Its first line, for mail.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// Which office asked for it.
    pub by_office: OfficeId,
    /// Who in it; empty where the system did, as the office had set.
    pub by_holder: String,
    /// When it was asked for.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Not to be sent before.
    pub due: Timestamp,
    /// How often it was tried since a person last asked for it.
    pub tries: u32,
    /// How many steps there were.
    pub changes: u32,
    /// Until when a process has it.
    pub lease: Option<Timestamp>,
    /// Which process has it, or had it last.
    pub lease_by: String,
}

/// A step of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxStep {
    /// Of which.
    pub message: Uuid,
    /// Its place, from 1.
    pub ordinal: u32,
    /// When.
    pub at: Timestamp,
    /// What happened, such as `sending` or `decided-again`.
    pub what: String,
    /// What the other side said, shortened.
    pub detail: String,
    /// Which office decided it; empty for the program.
    pub office: String,
    /// Who in it.
    pub holder: String,
}

/// What an office chose about messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxChoice {
    /// Its id.
    pub id: Uuid,
    /// `plan` or `digest`.
    pub what: String,
    /// Of what: a branch, an office.
    pub subject: String,
    /// What was chosen (JSON).
    pub body: String,
    /// By which office.
    pub office: OfficeId,
    /// By whom in it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// How many messages stand somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxCount {
    /// Where.
    pub state: State,
    /// How many.
    pub count: u32,
    /// The earliest: of those that wait, when it was due; of the others, when it was asked for.
    pub oldest: Timestamp,
}

/// Which messages; what is none is not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// That stand there.
    pub state: Option<State>,
    /// Of that kind.
    pub kind: Option<Kind>,
    /// Asked for before that one: its time and id.
    pub before: Option<(Timestamp, Uuid)>,
}

impl Tx {
    /// Puts a message in; false if there is one of its key.
    pub async fn add_message(&mut self, m: &OutboxMessage) -> Result<bool> {
        let values = args![
            m.id,
            m.key.as_str(),
            m.kind.as_str(),
            m.channel.as_str(),
            m.recipient.as_str(),
            m.office.as_str(),
            m.unit.as_str(),
            m.data_set.as_str(),
            m.period.as_str(),
            m.subject.as_str(),
            m.body.as_str(),
            m.by_office.as_str(),
            m.by_holder.as_str(),
            m.at,
            m.state.as_str(),
            m.due,
            m.tries,
            m.changes,
        ];
        Ok(self.run(ADD, &values).await? == 1)
    }

    /// A message; locked where this transaction writes.
    pub async fn message(&mut self, id: Uuid) -> Result<Option<OutboxMessage>> {
        self.row(ONE, &args![id]).await?.as_ref().map(message).transpose()
    }

    /// Messages that wait and are due; locked where this transaction writes.
    pub async fn messages_due(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OutboxMessage>> {
        self.rows(DUE, &args![now, limit]).await?.iter().map(message).collect()
    }

    /// Messages that a process took and did not settle in its time; locked where this transaction writes.
    pub async fn messages_left(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OutboxMessage>> {
        self.rows(ENDED, &args![now, limit]).await?.iter().map(message).collect()
    }

    /// Every message that is still to go out, or going out; locked where this transaction writes.
    pub async fn messages_open(&mut self) -> Result<Vec<OutboxMessage>> {
        self.rows(OPEN, &args![]).await?.iter().map(message).collect()
    }

    /// Moves a message on from how it was read, to where `then` has it, and keeps the step; false if
    /// somebody else was first. `then` has its new state, time, number of tries, and lease.
    pub async fn step_message(&mut self, then: &OutboxMessage, step: &OutboxStep) -> Result<bool> {
        let values = args![
            then.id,
            then.changes,
            then.state.as_str(),
            then.due,
            then.tries,
            then.lease.map(Timestamp::as_microsecond),
            then.lease_by.as_str(),
        ];
        if self.run(STEP, &values).await? != 1 {
            return Ok(false);
        }
        let values = args![
            step.message,
            then.changes.saturating_add(1),
            step.at,
            step.what.as_str(),
            step.detail.as_str(),
            step.office.as_str(),
            step.holder.as_str(),
        ];
        self.run(LINE, &values).await?;
        Ok(true)
    }

    /// The steps of messages, by message, the first one first.
    pub async fn message_steps(&mut self, messages: &[Uuid]) -> Result<Vec<OutboxStep>> {
        let list: Vec<Arg<'_>> = messages.iter().map(|id| (*id).into()).collect();
        let read = |row: &Row| {
            Ok(OutboxStep {
                message: row.id(0)?,
                ordinal: row.count(1)?,
                at: row.time(2)?,
                what: row.text(3)?.to_owned(),
                detail: row.text(4)?.to_owned(),
                office: row.text(5)?.to_owned(),
                holder: row.text(6)?.to_owned(),
            })
        };
        self.rows_in(LINES, &args![], &list).await?.iter().map(read).collect()
    }

    /// Messages, the newest first.
    pub async fn messages(&mut self, f: &OutboxFilter, limit: u32) -> Result<Vec<OutboxMessage>> {
        let (at, id) = f.before.map_or((i64::MAX, Uuid::max()), |(at, id)| (at.as_microsecond(), id));
        let values = args![
            f.state.map(State::as_str).unwrap_or_default(),
            f.kind.map(Kind::as_str).unwrap_or_default(),
            at,
            id,
            limit,
        ];
        self.rows(BEFORE, &values).await?.iter().map(message).collect()
    }

    /// Those of these keys that there are.
    pub async fn messages_of_keys(&mut self, keys: &[String]) -> Result<Vec<OutboxMessage>> {
        let list: Vec<Arg<'_>> = keys.iter().map(|key| key.as_str().into()).collect();
        self.rows_in(KEYS, &args![], &list).await?.iter().map(message).collect()
    }

    /// How many messages stand where.
    pub async fn message_counts(&mut self) -> Result<Vec<OutboxCount>> {
        let read = |row: &Row| {
            Ok(OutboxCount { state: state(row.text(0)?)?, count: row.count(1)?, oldest: row.time(2)? })
        };
        self.rows(COUNTS, &args![]).await?.iter().map(read).collect()
    }

    /// When the next message that waits is due.
    pub async fn next_message_due(&mut self) -> Result<Option<Timestamp>> {
        self.row(NEXT, &args![]).await?.map_or(Ok(None), |row| row.maybe_time(0))
    }

    /// Removes messages that are done with and were asked for before that, with their steps. How many messages.
    pub async fn drop_messages_before(&mut self, at: Timestamp) -> Result<u64> {
        self.run(DROP_STEPS, &args![at]).await?;
        self.run(DROP, &args![at]).await
    }

    /// Keeps what an office chose; the newest of a subject holds.
    pub async fn add_choice(&mut self, c: &OutboxChoice) -> Result<()> {
        let values = args![
            c.id,
            c.what.as_str(),
            c.subject.as_str(),
            c.body.as_str(),
            c.office.as_str(),
            c.holder.as_str(),
            c.at,
        ];
        self.run(CHOOSE, &values).await?;
        Ok(())
    }

    /// Every choice of a kind, the oldest first.
    pub async fn choices(&mut self, what: &str) -> Result<Vec<OutboxChoice>> {
        let read = |row: &Row| {
            Ok(OutboxChoice {
                id: row.id(0)?,
                what: row.text(1)?.to_owned(),
                subject: row.text(2)?.to_owned(),
                body: row.text(3)?.to_owned(),
                office: row.text(4)?.into(),
                holder: row.text(5)?.to_owned(),
                at: row.time(6)?,
            })
        };
        self.rows(CHOICES, &args![what]).await?.iter().map(read).collect()
    }
}

fn state(name: &str) -> Result<State> {
    State::parse(name).ok_or_else(|| StoreError::corrupt(format!("message state {name}")))
}

fn message(row: &Row) -> Result<OutboxMessage> {
    let kind = row.text(2)?;
    let channel = row.text(3)?;
    Ok(OutboxMessage {
        id: row.id(0)?,
        key: row.text(1)?.to_owned(),
        kind: Kind::parse(kind).ok_or_else(|| StoreError::corrupt(format!("message kind {kind}")))?,
        channel: Channel::parse(channel)
            .ok_or_else(|| StoreError::corrupt(format!("message channel {channel}")))?,
        recipient: row.text(4)?.to_owned(),
        office: row.text(5)?.into(),
        unit: row.text(6)?.into(),
        data_set: row.text(7)?.into(),
        period: row.text(8)?.into(),
        subject: row.text(9)?.to_owned(),
        body: row.text(10)?.to_owned(),
        by_office: row.text(11)?.into(),
        by_holder: row.text(12)?.to_owned(),
        at: row.time(13)?,
        state: state(row.text(14)?)?,
        due: row.time(15)?,
        tries: row.count(16)?,
        changes: row.count(17)?,
        lease: row.maybe_time(18)?,
        lease_by: row.text(19)?.to_owned(),
    })
}
