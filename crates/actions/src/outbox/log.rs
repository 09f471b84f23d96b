//! What became of messages: read by whoever asked for them, and by whoever reviews those they are about;
//! what is unknown is decided by a person.

use nhipcau_domain::{
    Date, Timestamp,
    id::OfficeId,
    office::{Acting, Role},
    outbox::{Event, Kind, State, allowed_from, next},
    problem::Problem,
};
use nhipcau_store::{
    Tx,
    outbox::{OutboxFilter, OutboxMessage, OutboxStep},
};
use uuid::Uuid;

use super::run::step;
use crate::{
    error::{Result, again_if_busy},
    powers::{Consolidate, Over, Review},
    workspace::{Setting, Workspace},
};

/// How many messages are read at once.
pub const LOG_PAGE: usize = 50;
/// How many are looked through for them at most: what is out of reach is passed over.
const LOOKED_AT: usize = 5000;

/// Who reads: an office that reviews, or one that administers the site.
#[derive(Debug, Clone)]
pub struct Viewer {
    office: OfficeId,
    holder: String,
    review: Option<Over<Review>>,
    chase: Option<Over<Consolidate>>,
}

impl Viewer {
    /// An office that may read about messages.
    ///
    /// # Errors
    /// `office-may-not` if it neither reviews nor administers the site.
    pub fn of(ws: &Workspace, acting: &Acting, holder: &str) -> std::result::Result<Self, Problem> {
        let administers = acting.require(Role::Administrator, &[]).is_ok();
        let (review, chase) = (Over::held_by(ws, acting, holder), Over::held_by(ws, acting, holder).ok());
        Self::lent((&acting.office, holder), review, chase, administers)
    }

    /// The same by what a token lends of it: to review, or why not; to remind; the site.
    pub(crate) fn lent(
        (office, holder): (&OfficeId, &str),
        review: std::result::Result<Over<Review>, Problem>,
        chase: Option<Over<Consolidate>>,
        administers: bool,
    ) -> std::result::Result<Self, Problem> {
        let review = match review {
            Err(problem) if !administers => return Err(problem),
            review => review.ok(),
        };
        Ok(Self { office: office.clone(), holder: holder.to_owned(), review, chase })
    }

    /// Whoever has the machine.
    #[must_use]
    pub fn at_the_machine(ws: &Workspace, acting: &Acting) -> Self {
        let (review, chase) = (Over::held_by(ws, acting, "").ok(), Over::held_by(ws, acting, "").ok());
        Self { office: acting.office.clone(), holder: String::new(), review, chase }
    }

    /// Its own, and those about units in reach; of those about no unit whoever reviews all.
    fn sees(&self, setting: Option<&Setting>, m: &OutboxMessage) -> bool {
        m.by_office == self.office || within(self.review.as_ref(), setting, m)
    }

    /// Its own, and those about units that it may remind.
    fn decides(&self, setting: Option<&Setting>, m: &OutboxMessage) -> bool {
        m.by_office == self.office || within(self.chase.as_ref(), setting, m)
    }
}

fn within<K: crate::powers::Kind>(
    over: Option<&Over<K>>,
    setting: Option<&Setting>,
    m: &OutboxMessage,
) -> bool {
    let Some(over) = over else { return false };
    if m.unit.is_empty() {
        return over.is_over_all();
    }
    let Some(setting) = setting else { return false };
    let then = setting.definitions.period(&m.period).map_or(over.today(), |p| p.last);
    setting.tree.find(&m.unit).is_some_and(|ix| over.reaches(setting, ix, then))
}

/// Which messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LogAsked {
    /// That stand there.
    pub state: Option<State>,
    /// Of that kind.
    pub kind: Option<Kind>,
    /// Older than that one.
    pub before: Option<Uuid>,
}

/// A message, as it is read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The message.
    pub message: OutboxMessage,
    /// The unit's name; empty where it is about none.
    pub unit: String,
    /// The form's title and the period's name; empty where it is about none.
    pub about: String,
    /// What happened to it, the first first.
    pub steps: Vec<OutboxStep>,
    /// Whether this reader may decide about it.
    pub may_decide: bool,
}

/// Messages, the newest first.
#[derive(Debug, Clone)]
pub struct Log {
    /// The messages.
    pub entries: Vec<Entry>,
    /// Whether there may be older ones, after the last that was looked at.
    pub older: Option<Uuid>,
}

/// The messages that an office may read about.
pub async fn log(ws: &Workspace, viewer: &Viewer, asked: &LogAsked) -> Result<Log> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await.ok();
    let mut before = None;
    if let Some(id) = asked.before {
        let Some(from) = tx.message(id).await? else { return Err(unknown(id)) };
        before = Some((from.at, from.id));
    }
    let (mut found, mut looked, mut older) = (Vec::new(), 0, None);
    'all: loop {
        let filter = OutboxFilter { state: asked.state, kind: asked.kind, before };
        let batch = tx.messages(&filter, 500).await?;
        let last = batch.len() < 500;
        for message in batch {
            if found.len() == LOG_PAGE || looked == LOOKED_AT {
                older = before.map(|(_, id)| id);
                break 'all;
            }
            looked += 1;
            before = Some((message.at, message.id));
            if viewer.sees(setting.as_deref(), &message) {
                found.push(message);
            }
        }
        if last {
            break;
        }
    }
    let entries = entries(&mut tx, setting.as_deref(), viewer, found).await?;
    Ok(Log { entries, older })
}

/// One message with all that happened to it.
pub async fn one(ws: &Workspace, viewer: &Viewer, id: Uuid) -> Result<Entry> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await.ok();
    let message = tx.message(id).await?.filter(|m| viewer.sees(setting.as_deref(), m));
    let message = message.ok_or_else(|| unknown(id))?;
    let found = entries(&mut tx, setting.as_deref(), viewer, vec![message]).await?;
    found.into_iter().next().ok_or_else(|| unknown(id))
}

fn unknown(id: Uuid) -> crate::ActionError {
    Problem::new("outbox-message-unknown").with("id", id.to_string()).into()
}

async fn entries(
    tx: &mut Tx,
    setting: Option<&Setting>,
    viewer: &Viewer,
    messages: Vec<OutboxMessage>,
) -> Result<Vec<Entry>> {
    let ids: Vec<Uuid> = messages.iter().map(|m| m.id).collect();
    let steps = tx.message_steps(&ids).await?;
    let entry = |message: OutboxMessage| {
        let (unit, about) = names(setting, &message);
        let own = steps.iter().filter(|s| s.message == message.id).cloned().collect();
        Entry { unit, about, steps: own, may_decide: viewer.decides(setting, &message), message }
    };
    Ok(messages.into_iter().map(entry).collect())
}

fn names(setting: Option<&Setting>, m: &OutboxMessage) -> (String, String) {
    let Some(setting) = setting else { return (m.unit.to_string(), String::new()) };
    let period = setting.definitions.period(&m.period);
    let day = period.map_or(Date::MAX, |p| p.last);
    let unit = setting.tree.find(&m.unit).map(|ix| setting.tree.name(ix, day).to_owned());
    let form = setting.definitions.data_set(&m.data_set).map(|f| f.name.as_str());
    let parts = [form, period.map(|p| p.name.as_str())];
    let about = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    (unit.unwrap_or_else(|| m.unit.to_string()), about)
}

impl Entry {
    /// What this reader may decide about it where it stands.
    #[must_use]
    pub fn decisions(&self) -> Vec<Decision> {
        let m = &self.message;
        let open = |d: &Decision| self.may_decide && next(m.state, m.tries, d.event()).is_ok();
        Decision::ALL.into_iter().filter(open).collect()
    }
}

/// What a person decides about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It has arrived.
    Sent,
    /// It shall go out again.
    Again,
    /// It shall not go out.
    Off,
}

impl Decision {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Sent, Self::Again, Self::Off];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Again => "again",
            Self::Off => "off",
        }
    }

    /// Reads its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }

    /// What it is to a message.
    fn event(self) -> Event {
        match self {
            Self::Sent => Event::DecidedSent,
            Self::Again => Event::DecidedAgain,
            Self::Off => Event::CalledOff,
        }
    }
}

/// Decides about a message as it was shown: `changes` is the number of its steps that the page knew. One
/// that went on meanwhile is left as it is.
pub async fn decide(
    ws: &Workspace,
    viewer: &Viewer,
    id: Uuid,
    changes: u32,
    decision: Decision,
) -> Result<State> {
    let state = again_if_busy!(decide_once(ws, viewer, id, changes, decision))?;
    ws.outbound().wake.notify_one();
    Ok(state)
}

async fn decide_once(
    ws: &Workspace,
    viewer: &Viewer,
    id: Uuid,
    changes: u32,
    decision: Decision,
) -> Result<State> {
    let now = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await.ok();
    let message = tx.message(id).await?.filter(|m| viewer.sees(setting.as_deref(), m));
    let message = message.ok_or_else(|| unknown(id))?;
    if !viewer.decides(setting.as_deref(), &message) {
        return Err(Problem::new("office-may-not").with("office", viewer.office.as_str()).into());
    }
    if message.changes != changes {
        return Err(Problem::new("outbox-changed-since").into());
    }
    let what = match decision {
        Decision::Sent => "decided-sent",
        Decision::Again => "decided-again",
        Decision::Off => "called-off",
    };
    let state = next(message.state, message.tries, decision.event())?;
    let again = decision == Decision::Again;
    let due = match (again, message.kind.keeps_hours()) {
        (false, _) => message.due,
        (true, true) => allowed_from(now),
        (true, false) => now,
    };
    let tries = if again { 0 } else { message.tries };
    // From here on no process has a say about what it did before.
    let then = OutboxMessage { state, due, tries, lease: None, lease_by: String::new(), ..message };
    let by = OutboxStep {
        office: viewer.office.to_string(),
        holder: viewer.holder.clone(),
        ..step(&then, now, what, "")
    };
    if !tx.step_message(&then, &by).await? {
        return Err(Problem::new("outbox-changed-since").into());
    }
    tx.commit().await?;
    Ok(state)
}

/// How the outbox stands, for whoever runs the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Waiting for their time, or to be tried again.
    pub waiting: u32,
    /// Of these, due.
    pub due_since: Option<Timestamp>,
    /// Going out now.
    pub going: u32,
    /// Sent.
    pub sent: u32,
    /// Given up.
    pub given_up: u32,
    /// To be decided by a person.
    pub unknown: u32,
}

/// How the outbox stands.
pub async fn standing(ws: &Workspace) -> Result<Standing> {
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let mut standing = Standing::default();
    for of in tx.message_counts().await? {
        match of.state {
            State::Waiting => {
                standing.waiting += of.count;
                standing.due_since = Some(of.oldest).filter(|oldest| *oldest <= now);
            }
            State::Claimed | State::Sending => standing.going += of.count,
            State::Sent => standing.sent += of.count,
            State::GivenUp => standing.given_up += of.count,
            State::Unknown => standing.unknown += of.count,
            State::Dropped => {}
        }
    }
    Ok(standing)
}
