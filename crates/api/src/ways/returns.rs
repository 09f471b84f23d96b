//! What is owed, a return on record, and its form as it is being filled in.

use axum::extract::State;
use nhipcau_actions::{
    powers::{Over, Report, See},
    reporting::{self, Answer as TypedAnswer, Choice, Span, Typed},
    review,
};
use nhipcau_domain::{
    Date, Timestamp,
    returns::{ReturnState, Value},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    shape::{Content, Event, Given, Key, Named, Period, Said, Status},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(owed))
        .routes(routes!(reportable_units))
        .routes(routes!(return_on_record))
        .routes(routes!(form))
}

/// Where a return stands.
#[derive(Serialize, ToSchema)]
pub(super) struct Standing {
    /// Its status. While a correction waits or was sent back the accepted revision still counts.
    status: Status,
    /// The last revision's number; 0 for none.
    last: u32,
    /// The revision that the totals rest on.
    accepted: Option<u32>,
    /// Whether a frozen report rests on it.
    locked: bool,
}

impl Standing {
    pub fn of(state: &ReturnState) -> Self {
        Self { status: state.status.into(), last: state.last, accepted: state.accepted, locked: state.locked }
    }
}

/// A return that is owed, or was.
#[derive(Serialize, ToSchema)]
struct Owed {
    /// Which.
    key: Key,
    /// The form's title.
    form: String,
    /// The period.
    period: Period,
    /// The unit's name then.
    unit: String,
    /// Where it stands.
    state: Standing,
    /// When something was last done with it.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Whether this office has a draft of it.
    drafted: bool,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Days until then; below zero where it is past.
    days_left: Option<i32>,
    /// Why it was sent back.
    sent_back: Option<String>,
}

/// What is owed of whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OwedAsked {
    /// Of this unit; of those at which the office itself stands unless it is said otherwise.
    #[param(required = false)]
    unit: Option<String>,
    /// All that was ever owed, not only of the last year.
    #[serde(default)]
    #[param(required = false)]
    all: bool,
}

/// What the office owes, and by when.
#[utoipa::path(get, path = "/owed", tag = "reporting", security(("token" = ["report"])), params(OwedAsked, Turn),
    responses((status = 200, description = "What is owed.", body = Piece<Owed>), Refusals))]
async fn owed(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<OwedAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<Owed>> {
    let over = caller.over::<Report>(&api)?;
    let span = if asked.all { Span::All } else { Span::Recent };
    let unit = asked.unit.map(Into::into);
    let found = reporting::owed(api.ws(), &over, unit.as_ref(), span).await?;
    // By its last day, the earliest first; then by name.
    let name = |o: &reporting::OwedReturn| {
        let due = o.due.map_or("9999".to_owned(), |d| d.to_string());
        format!("{due}/{}/{}/{}", o.key.data_set, o.key.period, o.key.unit)
    };
    Ok(Answer(turn.of(found, name, |o| Owed {
        key: Key::of(&o.key),
        period: Period::of(&o.period),
        state: Standing::of(&o.state),
        at: o.at,
        drafted: o.drafted.is_some(),
        due: o.due,
        days_left: o.days_left,
        sent_back: o.sent_back,
        form: o.form,
        unit: o.unit,
    })))
}

/// A unit for which the office may report.
#[derive(Serialize, ToSchema)]
struct Reportable {
    /// The unit.
    unit: Named,
    /// The name of the unit above it.
    above: String,
}

/// Which units.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Words {
    /// Words in the name, id or code, with or without marks.
    #[serde(default)]
    #[param(required = false)]
    words: String,
}

/// Units for which the office may report, by words; at most forty.
#[utoipa::path(get, path = "/reportable-units", tag = "reporting", security(("token" = ["report"])), params(Words),
    responses((status = 200, description = "Units.", body = Vec<Reportable>), Refusals))]
async fn reportable_units(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<Words>,
) -> Result<Vec<Reportable>> {
    let over = caller.over::<Report>(&api)?;
    let found = reporting::units_near(api.ws(), &over, &asked.words).await?;
    let shown = found.into_iter().map(|n| Reportable { unit: Named::new(&*n.unit, n.name), above: n.above });
    Ok(Answer(shown.collect()))
}

/// A return as it stands on record.
#[derive(Serialize, ToSchema)]
struct OnRecord {
    /// Which.
    key: Key,
    /// The form's title.
    form: String,
    /// The period.
    period: Period,
    /// The unit's name then.
    unit: String,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Where it stands.
    state: Standing,
    /// What was sent, the first revision first.
    revisions: Vec<Revision>,
    /// What was done with it, the latest first.
    history: Vec<Event>,
}

/// A revision that was sent.
#[derive(Serialize, ToSchema)]
struct Revision {
    /// Its number, from 1.
    number: u32,
    /// When it came in.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The office that sent it.
    office: String,
    /// On whose behalf, where it was another's.
    on_behalf_of: Option<String>,
    /// Whether the totals rest on it.
    counts: bool,
    /// What it says.
    content: Content,
}

/// A return on record, with every revision. What its unit is still writing is the unit's own.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}", tag = "reporting",
    security(("token" = ["read"])), params(Key),
    responses((status = 200, description = "The return.", body = OnRecord), Refusals))]
async fn return_on_record(State(api): State<ApiState>, caller: Caller, At(at): At<Key>) -> Result<OnRecord> {
    let over = caller.over::<See>(&api)?;
    let found = review::on_record(api.ws(), &over, &at.key()).await?;
    if over.office().as_str() != at.unit {
        caller.looked(&api).await?;
    }
    let revisions = found.revisions.iter().map(|r| Revision {
        number: r.record.number,
        at: r.record.at,
        office: r.record.office.to_string(),
        on_behalf_of: r.on_behalf_of.as_ref().map(ToString::to_string),
        counts: r.counts,
        content: Content::of(&r.record.submission),
    });
    Ok(Answer(OnRecord {
        key: at,
        form: found.form.name.clone(),
        period: Period::of(&found.period),
        due: found.due,
        state: Standing::of(&found.state),
        revisions: revisions.collect(),
        history: found.history.iter().map(Event::of).collect(),
        unit: found.unit,
    }))
}

/// An answer to a line as it was typed: one of the four kinds, or a text that is not read yet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Draft {
    /// An answer.
    Given(Given),
    /// As it was typed, such as `1.234`.
    Text(String),
}

impl Draft {
    fn of(answer: &TypedAnswer) -> Option<Self> {
        let given = match answer.choice {
            Choice::Number if answer.is_blank() => return None,
            Choice::Number => return Some(Self::Text(answer.text.clone())),
            Choice::NotReported => Given::NotReported {},
            Choice::Exempt => Given::Exempt { reason: answer.reason.clone() },
            Choice::NotApplicable => Given::NotApplicable {},
        };
        Some(Self::Given(given))
    }

    fn answer(&self) -> TypedAnswer {
        match self {
            Self::Given(given) => TypedAnswer::of(&given.value()),
            Self::Text(text) => TypedAnswer { text: text.clone(), ..TypedAnswer::default() },
        }
    }
}

/// What is filled in. An element of the form that is not named is blank: it cannot be sent so.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Filled {
    /// Answers, by element.
    #[serde(default)]
    answers: BTreeMap<String, Draft>,
    /// Answers in words, by field.
    #[serde(default)]
    words: BTreeMap<String, String>,
    /// The explanation for warnings.
    #[serde(default)]
    explanation: String,
    /// Why an accepted return is corrected.
    #[serde(default)]
    reason: String,
}

impl Filled {
    /// # Errors
    /// `element-unknown` or `words-unknown`, with the name, for what the form does not ask.
    pub async fn typed(self, api: &ApiState, at: &Key) -> std::result::Result<Typed, Failure> {
        let setting = super::setting::setting(api).await?;
        if let Some(form) = setting.definitions.data_set(&at.data_set) {
            let problem = nhipcau_domain::problem::Problem::new;
            let strange = self.answers.keys().find(|id| form.position(id).is_none());
            if let Some(id) = strange {
                return Err(Failure::refused(vec![
                    problem("api-element-not-asked").with("element", id.as_str()),
                ]));
            }
            let strange = self.words.keys().find(|id| form.words.iter().all(|f| f.id != **id));
            if let Some(id) = strange {
                return Err(Failure::refused(vec![
                    problem("api-words-not-asked").with("field", id.as_str()),
                ]));
            }
        }
        Ok(Typed {
            answers: self.answers.iter().map(|(id, d)| (id.as_str().into(), d.answer())).collect(),
            words: self.words.into_iter().collect(),
            explanation: self.explanation,
            reason: self.reason,
        })
    }
}

/// A form as it is being filled in.
#[derive(Serialize, ToSchema)]
struct FormShown {
    /// Which return.
    key: Key,
    /// The form's title.
    form: String,
    /// The period.
    period: Period,
    /// The unit's name then.
    unit: String,
    /// Whether the office is the unit's own; else it fills in on the unit's behalf.
    own: bool,
    /// The last day for it.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Where it stands. `last` is what a draft is begun from, as `revision`.
    state: Standing,
    /// The draft's version, for the next save as `version`; 0 for none.
    version: i64,
    /// Its lines.
    lines: Vec<Line>,
    /// Questions in words, with what is filled in.
    words: BTreeMap<String, String>,
    /// The explanation that is filled in.
    explanation: String,
    /// Whether a warning asks for one.
    asks_explanation: bool,
    /// Why an accepted one is corrected, as it is filled in.
    reason: String,
    /// What concerns no single line.
    problems: Vec<Said>,
    /// Names of drafts that others saved meanwhile, kept aside.
    asides: Vec<String>,
    /// Why it was sent back.
    sent_back: Option<String>,
}

/// A line of a form.
#[derive(Serialize, ToSchema)]
struct Line {
    /// Which element.
    element: String,
    /// What is counted.
    name: String,
    /// What counts, in words.
    definition: String,
    /// What is filled in; none while it is blank.
    answer: Option<Draft>,
    /// What was accepted for the period before.
    previous: Option<Given>,
    /// What counts now.
    accepted: Option<Given>,
    /// What is to be mended or explained here.
    problems: Vec<Said>,
    /// Whether a sentence at another line is about this one too.
    marked: bool,
    /// Whether the reviewer, in sending it back, asks to look at this one again.
    asked: bool,
}

/// The form of a return with the draft in it, or what was last sent; and the period before.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/form", tag = "reporting",
    security(("token" = ["report"])), params(Key),
    responses((status = 200, description = "The form.", body = FormShown), Refusals))]
async fn form(State(api): State<ApiState>, caller: Caller, At(at): At<Key>) -> Result<FormShown> {
    let over = caller.over::<Report>(&api)?;
    let found = reporting::form(api.ws(), &over, &at.key(), reporting::Asked::Filling).await?;
    looked(&api, &caller, &over, &at).await?;
    let (lang, given) = (caller.lang, |v: &Option<Value>| v.as_ref().map(Given::of));
    let lines = found.lines.iter().map(|l| Line {
        element: l.element.to_string(),
        name: l.name.clone(),
        definition: l.definition.clone(),
        answer: Draft::of(&l.answer),
        previous: given(&l.previous),
        accepted: given(&l.accepted),
        problems: Said::all(lang, &l.problems),
        marked: l.marked,
        asked: l.asked,
    });
    Ok(Answer(FormShown {
        key: at,
        form: found.form.clone(),
        period: Period::of(&found.period),
        unit: found.unit.clone(),
        own: found.own,
        due: found.due,
        state: Standing::of(&found.state),
        version: found.version,
        lines: lines.collect(),
        words: found.words.iter().map(|(f, text)| (f.id.clone(), text.clone())).collect(),
        explanation: found.explanation.clone(),
        asks_explanation: found.asks_explanation,
        reason: found.reason.clone(),
        problems: Said::all(lang, &found.problems),
        asides: found.asides.iter().map(|(name, _, _)| name.clone()).collect(),
        sent_back: found.sent_back.clone().map(|(reason, _)| reason),
    }))
}

/// Another unit's counts are in it: that they were looked at is put on record.
pub(super) async fn looked(
    api: &ApiState,
    caller: &Caller,
    over: &Over<Report>,
    at: &Key,
) -> std::result::Result<(), Failure> {
    if over.office().as_str() == at.unit { Ok(()) } else { caller.looked(api).await }
}
