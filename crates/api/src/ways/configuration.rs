//! What is set up, for whoever consolidates everything: looked at, tried, changed, restored.

mod archive;
mod differences;
mod doing;
mod edits;
mod effects;
mod history;
mod records;
mod units;

use std::collections::BTreeMap;

use axum::extract::State;
use nhipcau_actions::configuration::{
    self, Configure, Pins, Trouble,
    records::{Part, Record, Value},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Ways, setting::setting};
use crate::{
    body::{Answer, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(configuration_now))
        .merge(records::ways())
        .merge(units::ways())
        .merge(archive::ways())
        .merge(doing::ways())
        .merge(history::ways())
}

/// What takes files.
pub(super) fn files() -> Ways {
    archive::files()
}

/// The power of whoever asks.
fn power(api: &ApiState, caller: &Caller) -> std::result::Result<Configure, Failure> {
    Ok(caller.bearer.configure(api.ws())?)
}

/// Why a change cannot be. The field that a sentence is about stands among its values.
fn refused(wrong: Vec<Trouble>) -> Failure {
    let problems = wrong.into_iter().map(|t| match t.field {
        Some(field) if t.problem.arg("field").is_none() => t.problem.with("field", field),
        _ => t.problem,
    });
    Failure::refused(problems.collect())
}

/// What a dry run was made of: a change is carried out only while it is so.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfigurationPins {
    /// The version of the definitions.
    version: i64,
    /// How many events the units' record had.
    events: i64,
}

impl ConfigurationPins {
    fn of(pins: Pins) -> Self {
        Self { version: pins.version, events: pins.events }
    }

    fn pins(self) -> Pins {
        Pins { version: self.version, events: self.events }
    }
}

/// A part of the configuration.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ConfigurationPart {
    /// Whose campaign it is: one record.
    Campaign,
    /// What a unit can be.
    Kind,
    /// Units of measure.
    Measure,
    /// Offices that are named in files.
    Office,
    /// Reasons for an exemption.
    Reason,
    /// Calendars with their periods.
    Calendar,
    /// What is counted.
    Element,
    /// Forms with their rosters.
    Form,
    /// What is said of it.
    Indicator,
    /// What must hold in a return.
    Check,
    /// Targets.
    Target,
    /// The directives that the campaign stands on.
    Directive,
    /// Initiatives, each a unit too.
    Initiative,
    /// Templates of reports.
    Report,
}

impl ConfigurationPart {
    fn of(part: Part) -> Self {
        match part {
            Part::Campaign => Self::Campaign,
            Part::Kind => Self::Kind,
            Part::Measure => Self::Measure,
            Part::Office => Self::Office,
            Part::Reason => Self::Reason,
            Part::Calendar => Self::Calendar,
            Part::Element => Self::Element,
            Part::Form => Self::Form,
            Part::Indicator => Self::Indicator,
            Part::Check => Self::Check,
            Part::Target => Self::Target,
            Part::Directive => Self::Directive,
            Part::Initiative => Self::Initiative,
            Part::Report => Self::Report,
        }
    }

    fn part(self) -> Part {
        match self {
            Self::Campaign => Part::Campaign,
            Self::Kind => Part::Kind,
            Self::Measure => Part::Measure,
            Self::Office => Part::Office,
            Self::Reason => Part::Reason,
            Self::Calendar => Part::Calendar,
            Self::Element => Part::Element,
            Self::Form => Part::Form,
            Self::Indicator => Part::Indicator,
            Self::Check => Part::Check,
            Self::Target => Part::Target,
            Self::Directive => Part::Directive,
            Self::Initiative => Part::Initiative,
            Self::Report => Part::Report,
        }
    }
}

/// What is in a field: one text (a day and a number too), several, or lines of several columns.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum FieldValue {
    /// Words, a day, a number, `true`.
    Text(String),
    /// Several of them.
    List(Vec<String>),
    /// Lines of several columns.
    Rows(Vec<Vec<String>>),
}

impl FieldValue {
    fn of(value: &Value) -> Self {
        match value.clone() {
            Value::Text(text) => Self::Text(text),
            Value::List(list) => Self::List(list),
            Value::Rows(rows) => Self::Rows(rows),
        }
    }
}

/// A record's fields that hold something.
fn fields(record: &Record) -> BTreeMap<String, FieldValue> {
    record.fields().map(|(name, value)| (name.to_owned(), FieldValue::of(value))).collect()
}

/// What is set up now.
#[derive(Serialize, ToSchema)]
struct ConfigurationNow {
    /// What a dry run would be made of.
    pins: ConfigurationPins,
    /// How many units are open today.
    units: usize,
    /// Its parts, in the order in which one sets a campaign up.
    parts: Vec<PartCount>,
}

/// How many records a part has.
#[derive(Serialize, ToSchema)]
struct PartCount {
    /// The part.
    part: ConfigurationPart,
    /// How many.
    records: usize,
}

/// What is set up now: the version in force, and its parts.
#[utoipa::path(get, path = "/configuration", tag = "configuration", security(("token" = ["configure"])),
    responses((status = 200, description = "What is set up.", body = ConfigurationNow), Refusals))]
async fn configuration_now(State(api): State<ApiState>, caller: Caller) -> Result<ConfigurationNow> {
    let power = power(&api, &caller)?;
    let pins = configuration::pins(api.ws(), &power).await?;
    let book = configuration::book(api.ws(), &power).await?;
    let units = setting(&api).await?.tree.open_on(power.today()).count();
    let count =
        |part: Part| PartCount { part: ConfigurationPart::of(part), records: book.records(part).len() };
    let parts = Part::ALL.into_iter().map(count).collect();
    Ok(Answer(ConfigurationNow { pins: ConfigurationPins::of(pins), units, parts }))
}
