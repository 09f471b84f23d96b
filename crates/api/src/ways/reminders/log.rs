//! What became of messages: sent, waiting, given up, unknown; and what is decided about them.

use axum::extract::State;
use nhipcau_actions::outbox::{self, Decision, Entry, LogAsked};
use nhipcau_domain::{
    Timestamp,
    outbox::{Channel, Kind, State as Stand},
};
use nhipcau_store::outbox::OutboxStep;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    page::{Piece, Turn},
    shape::Named,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(messages))
        .routes(routes!(message))
        .routes(routes!(decide_about_message))
        .routes(routes!(send_test_message))
}

/// Where a message stands.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MessageState {
    /// To be sent at its time.
    Waiting,
    /// A process has taken it; nothing has gone out yet.
    Claimed,
    /// It is going out.
    Sending,
    /// The other side has taken it.
    Sent,
    /// It was refused, or tried often enough.
    GivenUp,
    /// It may or may not have gone out: a person decides.
    Unknown,
    /// It was not needed any more, or called off.
    Dropped,
}

impl MessageState {
    pub fn of(state: Stand) -> Self {
        match state {
            Stand::Waiting => Self::Waiting,
            Stand::Claimed => Self::Claimed,
            Stand::Sending => Self::Sending,
            Stand::Sent => Self::Sent,
            Stand::GivenUp => Self::GivenUp,
            Stand::Unknown => Self::Unknown,
            Stand::Dropped => Self::Dropped,
        }
    }

    fn state(self) -> Stand {
        match self {
            Self::Waiting => Stand::Waiting,
            Self::Claimed => Stand::Claimed,
            Self::Sending => Stand::Sending,
            Self::Sent => Stand::Sent,
            Self::GivenUp => Stand::GivenUp,
            Self::Unknown => Stand::Unknown,
            Self::Dropped => Stand::Dropped,
        }
    }
}

/// By which way a message goes.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MessageWay {
    /// E-mail.
    Mail,
    /// SMS or Zalo, by telephone number.
    Phone,
}

impl MessageWay {
    pub fn of(channel: Channel) -> Self {
        match channel {
            Channel::Mail => Self::Mail,
            Channel::Phone => Self::Phone,
        }
    }
}

/// Why a message is sent.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum MessageKind {
    /// A return has not come.
    Reminder,
    /// A return was sent back.
    SentBack,
    /// What waits for a reviewer.
    Digest,
    /// Whether sending works.
    Test,
}

impl MessageKind {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Reminder => Self::Reminder,
            Kind::SentBack => Self::SentBack,
            Kind::Digest => Self::Digest,
            Kind::Test => Self::Test,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Reminder => Kind::Reminder,
            Self::SentBack => Kind::SentBack,
            Self::Digest => Kind::Digest,
            Self::Test => Kind::Test,
        }
    }
}

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MessagesAsked {
    /// Only those that stand there.
    #[param(required = false, inline)]
    state: Option<MessageState>,
    /// Only those of this kind.
    #[param(required = false, inline)]
    kind: Option<MessageKind>,
}

/// A message in a list.
#[derive(Serialize, ToSchema)]
struct MessageLine {
    /// Its id.
    id: Uuid,
    /// Why it is sent.
    kind: MessageKind,
    /// By which way.
    way: MessageWay,
    /// To whom: an e-mail address, or a number as `+84912345678`.
    to: String,
    /// The office whose holder it is for.
    office: String,
    /// The unit that it is about; none where it is about none.
    unit: Option<Named>,
    /// The form that it is about.
    data_set: Option<String>,
    /// The period that it is about.
    period: Option<String>,
    /// Which office asked for it.
    asked_by: String,
    /// Who held that; none where the system did, as the office had set.
    asked_by_holder: Option<String>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Where it stands.
    state: MessageState,
    /// It does not go out before that time.
    #[schema(value_type = String, format = DateTime)]
    due: Timestamp,
    /// How often it was tried since a person last asked for it.
    tries: u32,
    /// How many steps there were: to be named when it is decided about.
    changes: u32,
    /// What happened to it last.
    last: Option<MessageStep>,
    /// What this office may decide about it now.
    may: Vec<MessageDecision>,
}

/// A step of a message.
#[derive(Serialize, ToSchema)]
struct MessageStep {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What happened, such as `sending`, `later` or `decided-again`.
    what: String,
    /// What the other side said, shortened; of `not-needed` why it was not: `reported`, `recipient` or
    /// `late`.
    said: String,
    /// Which office decided it; none for the program.
    office: Option<String>,
    /// Who held that.
    holder: Option<String>,
}

/// What is decided about a message.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum MessageDecision {
    /// It has arrived.
    Sent,
    /// It shall go out again.
    Again,
    /// It shall not go out.
    Off,
}

impl MessageDecision {
    fn of(decision: Decision) -> Self {
        match decision {
            Decision::Sent => Self::Sent,
            Decision::Again => Self::Again,
            Decision::Off => Self::Off,
        }
    }

    fn decision(self) -> Decision {
        match self {
            Self::Sent => Decision::Sent,
            Self::Again => Decision::Again,
            Self::Off => Decision::Off,
        }
    }
}

/// None where nothing is said.
fn some(said: &str) -> Option<String> {
    (!said.is_empty()).then(|| said.to_owned())
}

fn step(s: &OutboxStep) -> MessageStep {
    MessageStep {
        at: s.at,
        what: s.what.clone(),
        said: s.detail.clone(),
        office: some(&s.office),
        holder: some(&s.holder),
    }
}

fn line(e: &Entry) -> MessageLine {
    let m = &e.message;
    MessageLine {
        id: m.id,
        kind: MessageKind::of(m.kind),
        way: MessageWay::of(m.channel),
        to: m.recipient.clone(),
        office: m.office.to_string(),
        unit: some(&m.unit).map(|id| Named::new(&id, e.unit.clone())),
        data_set: some(&m.data_set),
        period: some(&m.period),
        asked_by: m.by_office.to_string(),
        asked_by_holder: some(&m.by_holder),
        at: m.at,
        state: MessageState::of(m.state),
        due: m.due,
        tries: m.tries,
        changes: m.changes,
        last: e.steps.last().map(step),
        may: e.decisions().into_iter().map(MessageDecision::of).collect(),
    }
}

/// Messages that the office asked for, and those about units that it reviews, the newest first; fifty at a
/// time.
#[utoipa::path(get, path = "/outbox", tag = "messages",
    security(("token" = ["review"]), ("token" = ["site"])), params(MessagesAsked, Turn),
    responses((status = 200, description = "Messages.", body = Piece<MessageLine>), Refusals))]
async fn messages(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<MessagesAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<MessageLine>> {
    let viewer = caller.bearer.viewer(api.ws())?;
    let asked = LogAsked {
        state: asked.state.map(MessageState::state),
        kind: asked.kind.map(MessageKind::kind),
        before: turn.id()?,
    };
    let found = outbox::log(api.ws(), &viewer, &asked).await?;
    let next = found.older.map(|id| id.to_string());
    Ok(Answer(Piece { items: found.entries.iter().map(line).collect(), next }))
}

/// A message's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MessageAt {
    /// The message's id.
    id: Uuid,
}

/// A message with all that happened to it.
#[derive(Serialize, ToSchema)]
struct MessageShown {
    /// Which, and where it stands.
    message: MessageLine,
    /// Its first line, for mail.
    subject: String,
    /// What it says.
    text: String,
    /// What happened to it, the first first.
    steps: Vec<MessageStep>,
}

/// One message.
#[utoipa::path(get, path = "/outbox/{id}", tag = "messages",
    security(("token" = ["review"]), ("token" = ["site"])), params(MessageAt),
    responses((status = 200, description = "The message.", body = MessageShown), Refusals))]
async fn message(State(api): State<ApiState>, caller: Caller, At(at): At<MessageAt>) -> Result<MessageShown> {
    let viewer = caller.bearer.viewer(api.ws())?;
    let found = outbox::one(api.ws(), &viewer, at.id).await?;
    Ok(Answer(MessageShown {
        message: line(&found),
        steps: found.steps.iter().map(step).collect(),
        subject: found.message.subject,
        text: found.message.body,
    }))
}

/// What is decided about a message as it was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Deciding {
    /// What is decided.
    decision: MessageDecision,
    /// How many steps there were when it was read. One that went on meanwhile is left as it is: the answer
    /// is 409.
    changes: u32,
}

/// Where a message stands now.
#[derive(Serialize, ToSchema)]
struct MessageNow {
    /// Where.
    state: MessageState,
}

/// Decides about a message: that an unknown one has arrived, that one goes out again, that one that waits
/// does not. For the office that asked for it, and for those that may remind its unit.
#[utoipa::path(post, path = "/outbox/{id}/decisions", tag = "messages",
    security(("token" = ["review"]), ("token" = ["site"])), params(MessageAt), request_body = Deciding,
    responses((status = 200, description = "Where it stands now.", body = MessageNow), Refusals))]
async fn decide_about_message(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<MessageAt>,
    Brought(asked): Brought<Deciding>,
) -> Result<MessageNow> {
    let viewer = caller.bearer.viewer(api.ws())?;
    let decision = asked.decision.decision();
    let state = outbox::decide(api.ws(), &viewer, at.id, asked.changes, decision).await?;
    Ok(Answer(MessageNow { state: MessageState::of(state) }))
}

/// That a test is on its way.
#[derive(Serialize, ToSchema)]
struct TestSent {
    /// To whom.
    to: String,
}

/// Sends the token's holder a test, for an office that administers the site: one a minute.
#[utoipa::path(post, path = "/outbox-tests", tag = "messages", security(("token" = ["site"])),
    responses((status = 200, description = "It is on its way.", body = TestSent), Refusals))]
async fn send_test_message(State(api): State<ApiState>, caller: Caller) -> Result<TestSent> {
    let acting = caller.bearer.site()?;
    let by = (caller.bearer.token.holder, caller.holder());
    Ok(Answer(TestSent { to: outbox::send_test(api.ws(), acting, by).await? }))
}
