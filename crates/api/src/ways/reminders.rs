//! Messages that the system sends: reminding, looked at before it is sent.

mod log;
mod plan;

use axum::extract::State;
use nhipcau_actions::{
    outbox::{self, ByHand, Proposed, Reaching, Unreached},
    powers::Consolidate,
    review,
};
use nhipcau_domain::{Date, Timestamp, id::UnitId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use self::log::{MessageState, MessageWay};
use super::{
    Ways,
    missing::{Contact, contact},
};
use crate::{
    body::{Answer, Asked, Brought, Result},
    caller::Caller,
    describe::Refusals,
    shape::Named,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(reminder, remind)).merge(plan::ways()).merge(log::ways())
}

/// Of which returns.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReminderAsked {
    /// Of this form.
    data_set: String,
    /// For this period.
    period: String,
    /// Only of this unit and everyone below it.
    #[param(required = false)]
    branch: Option<String>,
}

/// What reminding would come to.
#[derive(Serialize, ToSchema)]
struct ReminderPreview {
    /// The form's title.
    form: String,
    /// The period's name.
    period: String,
    /// By which ways anyone can be written to.
    ways: SendingWays,
    /// Nothing goes out before that time.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Whether that is later than now: nobody is written to at night.
    waits: bool,
    /// What would be sent, to each holder of the offices of a thousand units at most.
    messages: Vec<ProposedMessage>,
    /// Units to which the program can write nothing.
    by_hand: Vec<CallByHand>,
    /// How many more have not reported than are reminded at once.
    more: usize,
}

/// By which ways anyone can be written to.
#[derive(Serialize, ToSchema)]
struct SendingWays {
    /// By e-mail.
    mail: bool,
    /// By telephone number.
    phone: bool,
}

impl SendingWays {
    fn of(reaching: &Reaching) -> Self {
        Self { mail: reaching.mail, phone: reaching.phone }
    }
}

/// A message that would be sent.
#[derive(Serialize, ToSchema)]
struct ProposedMessage {
    /// To the office of which unit.
    unit: Named,
    /// Who holds that office.
    holder: String,
    /// By which way.
    way: MessageWay,
    /// To whom: an e-mail address, or a number as `+84912345678`.
    to: String,
    /// The last day for the return.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Its first line, for mail.
    subject: String,
    /// What it says.
    text: String,
    /// The one of today that there is already: it is not sent again.
    already: Option<SentToday>,
}

/// A message of today.
#[derive(Serialize, ToSchema)]
struct SentToday {
    /// Its id.
    id: Uuid,
    /// Where it stands.
    state: MessageState,
}

/// A unit to which the program can write nothing.
#[derive(Serialize, ToSchema)]
struct CallByHand {
    /// Which.
    unit: Named,
    /// Whom to call.
    contact: Option<Contact>,
    /// Why: `no-office`, `no-holder`, `no-address` (no contact is an e-mail address or a mobile number) or
    /// `not-set-up` (one is, but that way of sending is not set up).
    why: &'static str,
}

fn proposed(p: Proposed) -> ProposedMessage {
    ProposedMessage {
        unit: Named::new(p.unit.as_str(), p.name),
        holder: p.holder,
        way: MessageWay::of(p.address.channel),
        to: p.address.to,
        due: p.due,
        subject: p.text.subject,
        text: p.text.body,
        already: p.already.map(|m| SentToday { id: m.id, state: MessageState::of(m.state) }),
    }
}

fn by_hand(one: ByHand) -> CallByHand {
    CallByHand {
        unit: Named::new(one.unit.as_str(), one.name),
        contact: one.contact.map(contact),
        why: match one.why {
            Unreached::NoOffice => "no-office",
            Unreached::NoHolder => "no-holder",
            Unreached::NoAddress => "no-address",
            Unreached::NotSetUp => "not-set-up",
        },
    }
}

/// Who would be reminded, by which way, in which words, and who must be called. Nothing is sent.
#[utoipa::path(get, path = "/reminders", tag = "messages", security(("token" = ["consolidate"])),
    params(ReminderAsked),
    responses((status = 200, description = "What would be sent.", body = ReminderPreview), Refusals))]
async fn reminder(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<ReminderAsked>,
) -> Result<ReminderPreview> {
    let over = caller.over::<Consolidate>(&api)?;
    let of = which(asked.data_set, asked.period, asked.branch);
    let found = outbox::preview(api.ws(), &over, &of).await?;
    Ok(Answer(ReminderPreview {
        form: found.form,
        period: found.period,
        ways: SendingWays::of(api.ws().outbound()),
        from: found.from,
        waits: found.waits,
        messages: found.proposed.into_iter().map(proposed).collect(),
        by_hand: found.by_hand.into_iter().map(by_hand).collect(),
        more: found.more,
    }))
}

fn which(data_set: String, period: String, branch: Option<String>) -> review::Asked {
    review::Asked {
        data_set: Some(data_set.into()),
        period: Some(period.into()),
        branch: branch.filter(|b| !b.is_empty()).map(Into::into),
    }
}

/// Whom to remind.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reminding {
    /// Of this form.
    data_set: String,
    /// For this period.
    period: String,
    /// Only of this unit and everyone below it.
    branch: Option<String>,
    /// These units, as far as they have not reported.
    units: Vec<String>,
}

/// What came of reminding.
#[derive(Serialize, ToSchema)]
struct RemindersSent {
    /// Messages that are on their way.
    new: usize,
    /// Messages of today that there were already.
    already: usize,
    /// Units that were asked for and have reported meanwhile, or cannot be written to.
    left: usize,
}

/// Reminds units, each holder once a day for a form and period. Whoever has reported by the time when it
/// goes out gets none.
#[utoipa::path(post, path = "/reminders", tag = "messages", security(("token" = ["consolidate"])),
    request_body = Reminding,
    responses((status = 200, description = "What came of it.", body = RemindersSent), Refusals))]
async fn remind(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<Reminding>,
) -> Result<RemindersSent> {
    let over = caller.over::<Consolidate>(&api)?;
    let units: Vec<UnitId> = asked.units.into_iter().map(Into::into).collect();
    let of = which(asked.data_set, asked.period, asked.branch);
    let done = outbox::remind(api.ws(), &over, &of, &units).await?;
    Ok(Answer(RemindersSent { new: done.new, already: done.already, left: done.left }))
}
