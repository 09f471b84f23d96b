//! What several answers are made of.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Date, Timestamp, period,
    problem::{self, Arg, Problem, Severity},
    returns::{self, ReturnKey, Submission},
};
use nhipcau_messages::{Lang, sentence};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A value inside a sentence.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Value {
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
}

/// A problem's values, by name.
pub(crate) fn args(problem: &Problem) -> BTreeMap<String, Value> {
    let value = |arg: &Arg| match arg {
        Arg::Number(n) => Value::Number(*n),
        Arg::Text(t) => Value::Text(t.clone()),
    };
    problem.args.iter().map(|(name, arg)| (name.clone(), value(arg))).collect()
}

/// How much something that was found weighs.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Weight {
    /// Worth knowing; nothing is asked.
    Notice,
    /// Accepted only together with an explanation.
    Explain,
    /// Not accepted.
    Refuse,
}

/// Where in an input something was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Place {
    /// The file's name.
    file: Option<String>,
    /// The sheet of a workbook.
    sheet: Option<String>,
    /// The cell's address, such as `D7`.
    cell: Option<String>,
    /// The line of a text, from 1.
    line: Option<u32>,
    /// The column of a text, from 1.
    column: Option<u32>,
}

/// A sentence about what was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Said {
    /// The sentence's name: it does not change with the words.
    id: String,
    /// The sentence, in the language that was asked for.
    detail: String,
    /// Its weight.
    severity: Weight,
    /// Its values.
    args: BTreeMap<String, Value>,
    /// Where it was found.
    place: Place,
}

impl Said {
    pub fn of(lang: Lang, problem: &Problem) -> Self {
        let problem::Place { file, sheet, cell, line, column } = problem.place.clone();
        Self {
            id: problem.id.clone(),
            detail: sentence(lang, problem),
            severity: match problem.severity {
                Severity::Notice => Weight::Notice,
                Severity::Explain => Weight::Explain,
                Severity::Refuse => Weight::Refuse,
            },
            args: args(problem),
            place: Place { file, sheet, cell, line, column },
        }
    }

    pub fn all(lang: Lang, problems: &[Problem]) -> Vec<Self> {
        problems.iter().map(|p| Self::of(lang, p)).collect()
    }
}

/// Which return: one unit, one form, one period.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Path)]
pub(crate) struct Key {
    /// The form's id.
    pub data_set: String,
    /// The period's id.
    pub period: String,
    /// The unit's id.
    pub unit: String,
}

impl Key {
    pub fn of(key: &ReturnKey) -> Self {
        let ReturnKey { unit, data_set, period } = key;
        Self { data_set: data_set.to_string(), period: period.to_string(), unit: unit.to_string() }
    }

    pub fn key(&self) -> ReturnKey {
        ReturnKey {
            unit: self.unit.as_str().into(),
            data_set: self.data_set.as_str().into(),
            period: self.period.as_str().into(),
        }
    }
}

/// What is answered for an element. Missing is never zero.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Given {
    /// A whole number; zero is a number. Money is whole đồng.
    Number {
        /// The number.
        number: i64,
    },
    /// The unit does not report this one.
    NotReported {},
    /// Exempt, for a reason.
    Exempt {
        /// The reason's code.
        reason: String,
    },
    /// Does not apply to the unit.
    NotApplicable {},
}

impl Given {
    pub fn of(value: &returns::Value) -> Self {
        match value {
            returns::Value::Number(number) => Self::Number { number: *number },
            returns::Value::NotReported => Self::NotReported {},
            returns::Value::Exempt(reason) => Self::Exempt { reason: reason.to_string() },
            returns::Value::NotApplicable => Self::NotApplicable {},
        }
    }

    pub fn value(&self) -> returns::Value {
        match self {
            Self::Number { number } => returns::Value::Number(*number),
            Self::NotReported {} => returns::Value::NotReported,
            Self::Exempt { reason } => returns::Value::Exempt(reason.as_str().into()),
            Self::NotApplicable {} => returns::Value::NotApplicable,
        }
    }
}

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// Owed; nothing came.
    Expected,
    /// Entered, not sent.
    Draft,
    /// Sent; waits for review.
    Submitted,
    /// Sent back with a reason.
    Returned,
    /// Accepted: counts in the totals.
    Accepted,
    /// Excused, with a reason.
    Exempt,
}

impl From<returns::Status> for Status {
    fn from(status: returns::Status) -> Self {
        match status {
            returns::Status::Expected => Self::Expected,
            returns::Status::Draft => Self::Draft,
            returns::Status::Submitted => Self::Submitted,
            returns::Status::Returned => Self::Returned,
            returns::Status::Accepted => Self::Accepted,
            returns::Status::Exempt => Self::Exempt,
        }
    }
}

impl Status {
    pub fn status(self) -> returns::Status {
        match self {
            Self::Expected => returns::Status::Expected,
            Self::Draft => returns::Status::Draft,
            Self::Submitted => returns::Status::Submitted,
            Self::Returned => returns::Status::Returned,
            Self::Accepted => returns::Status::Accepted,
            Self::Exempt => returns::Status::Exempt,
        }
    }
}

/// Something by its id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Named {
    pub fn new(id: &(impl ToString + ?Sized), name: impl Into<String>) -> Self {
        Self { id: id.to_string(), name: name.into() }
    }
}

/// A reporting period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Period {
    /// Its id.
    id: String,
    /// Its calendar's id.
    calendar: String,
    /// Its name.
    name: String,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    first: Date,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    last: Date,
}

impl Period {
    pub fn of(p: &period::Period) -> Self {
        Self {
            id: p.id.to_string(),
            calendar: p.calendar.to_string(),
            name: p.name.clone(),
            first: p.first,
            last: p.last,
        }
    }
}

/// What a unit sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Content {
    /// What was answered, by element.
    values: BTreeMap<String, Given>,
    /// Answers in words, by field.
    words: BTreeMap<String, String>,
    /// The explanation for warnings; empty for none.
    explanation: String,
    /// The cell of each element that was read from a workbook.
    cells: BTreeMap<String, String>,
    /// The workbook's name; empty where it was typed.
    file: String,
}

impl Content {
    pub fn of(s: &Submission) -> Self {
        let cell = |e: &returns::Entry| Some((e.element.to_string(), e.cell.clone()?));
        Self {
            values: s.entries.iter().map(|e| (e.element.to_string(), Given::of(&e.value))).collect(),
            words: s.words.iter().cloned().collect(),
            explanation: s.explanation.clone(),
            cells: s.entries.iter().filter_map(cell).collect(),
            file: s.origin.file.clone(),
        }
    }
}

/// Something that happened to a return.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Event {
    /// What: `submit`, `send-back`, `accept`, `exempt` or `lock`.
    act: &'static str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By which office.
    office: Named,
    /// On whose behalf, where it was another's.
    on_behalf_of: Option<String>,
    /// Of what was sent: the revision's number.
    revision: Option<u32>,
    /// Why.
    reason: String,
    /// What a revision changed of the one before.
    differences: Vec<Difference>,
}

/// What a revision changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Difference {
    /// The element, by its name; where a figure is explained, by its id.
    name: String,
    /// What it said before.
    before: Option<Given>,
    /// What it says.
    now: Given,
}

impl Difference {
    pub fn new(name: String, before: Option<&returns::Value>, now: &returns::Value) -> Self {
        Self { name, before: before.map(Given::of), now: Given::of(now) }
    }
}

impl Event {
    pub fn of(e: &nhipcau_actions::review::Event) -> Self {
        use returns::Act;
        let (act, revision, reason) = match &e.act {
            Act::Draft { revision } => ("draft", Some(*revision), ""),
            Act::Submit { revision, reason } => ("submit", Some(*revision), reason.as_str()),
            Act::SendBack { reason } => ("send-back", None, reason.as_str()),
            Act::Accept => ("accept", None, ""),
            Act::Exempt { reason } => ("exempt", None, reason.as_str()),
            Act::Lock { edition } => ("lock", None, edition.as_str()),
        };
        let difference = |(name, before, now): &(String, Option<returns::Value>, returns::Value)| {
            Difference::new(name.clone(), before.as_ref(), now)
        };
        Self {
            act,
            at: e.at,
            office: Named::new(&*e.office.0, e.office.1.clone()),
            on_behalf_of: e.on_behalf_of.clone(),
            revision,
            reason: reason.to_owned(),
            differences: e.differences.iter().map(difference).collect(),
        }
    }
}

/// That it was done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Done {
    /// Always true: what is not done is answered with a problem.
    pub done: bool,
}

pub(crate) const DONE: Done = Done { done: true };
