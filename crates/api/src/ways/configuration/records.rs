//! The records of each part, and what their fields take.

use std::collections::BTreeMap;

use axum::extract::State;
use nhipcau_actions::configuration::{
    self,
    records::{Cell, Field, Is, Part, Record},
};
use nhipcau_messages::{Lang, word};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ConfigurationPart, FieldValue, Ways, fields, power};
use crate::{
    body::{Answer, Asked, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Piece, Turn},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(configuration_part))
        .routes(routes!(configuration_records))
        .routes(routes!(configuration_record))
}

/// A part's name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PartAt {
    /// The part.
    #[param(inline)]
    part: ConfigurationPart,
}

/// A part of the configuration: what its records are made of.
#[derive(Serialize, ToSchema)]
struct PartShown {
    /// The part.
    part: ConfigurationPart,
    /// Whether records can be added and taken away.
    list: bool,
    /// The field that is a record's name, chosen once; none where two make it (`indicator:period`), or
    /// where there is one record only.
    key: Option<&'static str>,
    /// The file that its records stand in.
    file: &'static str,
    /// The fields, in the order of their form.
    fields: Vec<RecordField>,
}

/// A field of a record.
#[derive(Serialize, ToSchema)]
struct RecordField {
    /// Its name.
    name: &'static str,
    /// What it is called.
    label: String,
    /// How it is written: `text`, `list` or `rows`.
    shape: &'static str,
    /// What it takes: `name`, `text`, `words`, `day`, `number`, `flag`, `choice`, `record`, `records`,
    /// `ordered-records`, `period`, `unit`, `units`, `lines` or `rows`.
    takes: &'static str,
    /// The part whose records it names.
    of: Option<ConfigurationPart>,
    /// What can be chosen; an empty one is to leave it out.
    choices: Vec<&'static str>,
    /// The columns of its rows.
    columns: Vec<FieldColumn>,
    /// Whether it must hold something.
    needed: bool,
}

/// A column of a field's rows.
#[derive(Serialize, ToSchema)]
struct FieldColumn {
    /// Its name.
    name: &'static str,
    /// What it takes: `text`, `day`, `number`, or `list` (names with `+` between them).
    takes: &'static str,
}

fn takes(is: Is) -> (&'static str, Option<Part>) {
    match is {
        Is::Name => ("name", None),
        Is::Text => ("text", None),
        Is::Words => ("words", None),
        Is::Day => ("day", None),
        Is::Number => ("number", None),
        Is::Flag => ("flag", None),
        Is::Choice(_) => ("choice", None),
        Is::One(part) => ("record", Some(part)),
        Is::Many(part) => ("records", Some(part)),
        Is::Ordered(part) => ("ordered-records", Some(part)),
        Is::Period => ("period", None),
        Is::Unit => ("unit", None),
        Is::Units => ("units", None),
        Is::Lines => ("lines", None),
        Is::Rows(_) => ("rows", None),
    }
}

fn field(lang: Lang, field: &Field) -> RecordField {
    let (takes, of) = takes(field.is);
    let cell = |cell: Cell| match cell {
        Cell::Text => "text",
        Cell::Day => "day",
        Cell::Number => "number",
        Cell::List => "list",
    };
    RecordField {
        name: field.name,
        label: word(lang, &format!("configuration-field-{}", field.name.replace('.', "-"))),
        shape: field.is.shape().as_str(),
        takes,
        of: of.map(ConfigurationPart::of),
        choices: match field.is {
            Is::Choice(choices) => choices.to_vec(),
            _ => Vec::new(),
        },
        columns: match field.is {
            Is::Rows(columns) => {
                columns.iter().map(|c| FieldColumn { name: c.name, takes: cell(c.is) }).collect()
            }
            _ => Vec::new(),
        },
        needed: field.needed,
    }
}

/// A part: what its records are made of.
#[utoipa::path(get, path = "/configuration/parts/{part}", tag = "configuration",
    security(("token" = ["configure"])), params(PartAt),
    responses((status = 200, description = "The part.", body = PartShown), Refusals))]
async fn configuration_part(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<PartAt>,
) -> Result<PartShown> {
    power(&api, &caller)?;
    let part = at.part.part();
    Ok(Answer(PartShown {
        part: at.part,
        list: part.is_list(),
        key: part.key(),
        file: part.file(),
        fields: part.fields().iter().map(|f| field(caller.lang, f)).collect(),
    }))
}

/// A record of the configuration.
#[derive(Serialize, ToSchema)]
struct ConfigurationRecord {
    /// Its name.
    name: String,
    /// What it is called.
    title: String,
    /// Its fields that hold something.
    record: BTreeMap<String, FieldValue>,
}

impl ConfigurationRecord {
    fn of(part: Part, record: &Record) -> Self {
        Self { name: part.name_of(record), title: part.title_of(record), record: fields(record) }
    }
}

/// The records of a part, by name.
#[utoipa::path(get, path = "/configuration/parts/{part}/records", tag = "configuration",
    security(("token" = ["configure"])), params(PartAt, Turn),
    responses((status = 200, description = "Records.", body = Piece<ConfigurationRecord>), Refusals))]
async fn configuration_records(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<PartAt>,
    Asked(turn): Asked<Turn>,
) -> Result<Piece<ConfigurationRecord>> {
    let power = power(&api, &caller)?;
    let part = at.part.part();
    let book = configuration::book(api.ws(), &power).await?;
    let all: Vec<&Record> = book.records(part).iter().collect();
    Ok(Answer(turn.of(all, |r| part.name_of(r), |r| ConfigurationRecord::of(part, r))))
}

/// A record's name, with its part's.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RecordAt {
    /// The part.
    #[param(inline)]
    part: ConfigurationPart,
    /// The record's name; of the campaign itself `campaign`, of a target its indicator and its period with
    /// a colon between.
    record: String,
}

/// One record: changed and sent back in a dry run, it is what one edits.
#[utoipa::path(get, path = "/configuration/parts/{part}/records/{record}", tag = "configuration",
    security(("token" = ["configure"])), params(RecordAt),
    responses((status = 200, description = "The record.", body = ConfigurationRecord), Refusals))]
async fn configuration_record(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<RecordAt>,
) -> Result<ConfigurationRecord> {
    let power = power(&api, &caller)?;
    let part = at.part.part();
    let book = configuration::book(api.ws(), &power).await?;
    let found = book.record(part, &at.record).ok_or_else(Failure::not_found)?;
    Ok(Answer(ConfigurationRecord::of(part, found)))
}
