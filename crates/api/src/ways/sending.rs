//! Keeping a draft, checking, sending; the same by workbook.

mod uploads;

use axum::{extract::State, response::Response};
use nhipcau_actions::{
    powers::Report,
    reporting::{self, Differing, Save, Saved, Sent},
};
use nhipcau_domain::{Timestamp, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Ways,
    returns::{Filled, looked},
};
use crate::{
    body::{self, Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::{DONE, Done, Key, Said, Status},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(save_draft, discard_draft))
        .routes(routes!(check_return))
        .routes(routes!(send_return))
        .routes(routes!(receipt))
        .routes(routes!(aside, take_aside))
        .routes(routes!(template))
}

pub(super) fn files() -> Ways {
    uploads::files()
}

/// What a program calls its drafts, where another's was saved meanwhile.
const COPY: &str = "api";

/// A draft to be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DraftSave {
    /// What is filled in.
    filled: Filled,
    /// The draft's version that it began from; 0 for none.
    #[serde(default)]
    version: i64,
    /// The return's last revision that it began from; 0 for none.
    #[serde(default)]
    revision: u32,
}

/// What became of saving.
#[derive(Serialize, ToSchema)]
struct DraftSaved {
    /// Whether it is the draft now; else somebody else saved or sent something else meanwhile, and it is
    /// kept aside under the name `aside`.
    kept: bool,
    /// The draft's version, for the next save; 0 where it says what was sent.
    version: i64,
    /// When it was kept.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// The name under which it is kept aside.
    aside: Option<String>,
}

/// Keeps what is filled in. It is never refused for what it says, and nobody's is overwritten.
#[utoipa::path(put, path = "/returns/{data_set}/{period}/{unit}/draft", tag = "reporting",
    security(("token" = ["report"])), params(Key), request_body = DraftSave,
    responses((status = 200, description = "What became of it.", body = DraftSaved), Refusals))]
async fn save_draft(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(asked): Brought<DraftSave>,
) -> Result<DraftSaved> {
    let over = caller.over::<Report>(&api)?;
    let typed = asked.filled.typed(&api, &at).await?;
    let (key, version, revision) = (at.key(), asked.version, asked.revision);
    let save = Save { key: &key, copy: COPY, version, revision, typed: &typed };
    Ok(Answer(match reporting::save(api.ws(), &over, &save).await? {
        Saved::Kept { version, at } => DraftSaved { kept: true, version, at: Some(at), aside: None },
        Saved::Aside => DraftSaved { kept: false, version, at: None, aside: Some(COPY.to_owned()) },
    }))
}

/// Which draft.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DraftVersion {
    /// The draft's version that is to be thrown away.
    version: i64,
}

/// Throws the draft away; what was sent stays.
#[utoipa::path(delete, path = "/returns/{data_set}/{period}/{unit}/draft", tag = "reporting",
    security(("token" = ["report"])), params(Key, DraftVersion),
    responses((status = 200, description = "It is gone.", body = Done), Refusals))]
async fn discard_draft(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Asked(asked): Asked<DraftVersion>,
) -> Result<Done> {
    let over = caller.over::<Report>(&api)?;
    reporting::discard(api.ws(), &over, &at.key(), asked.version).await?;
    Ok(Answer(DONE))
}

/// What the checks say.
#[derive(Serialize, ToSchema)]
struct Checked {
    /// Whether it could be sent as it is.
    may_be_sent: bool,
    /// What is to be mended or explained, at lines.
    lines: Vec<CheckedLine>,
    /// What concerns no single line.
    problems: Vec<Said>,
}

/// What is to be mended or explained at a line.
#[derive(Serialize, ToSchema)]
struct CheckedLine {
    /// The element.
    element: String,
    /// What.
    problems: Vec<Said>,
}

/// Says what sending would say; keeps nothing.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/check", tag = "reporting",
    security(("token" = ["report"])), params(Key), request_body = Filled,
    responses((status = 200, description = "What the checks say.", body = Checked), Refusals))]
async fn check_return(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(filled): Brought<Filled>,
) -> Result<Checked> {
    let over = caller.over::<Report>(&api)?;
    let typed = filled.typed(&api, &at).await?;
    let found = reporting::check(api.ws(), &over, &at.key(), &typed, reporting::Asked::Sending).await?;
    // A check's sentence may quote what the unit sent before.
    if !found.lines.is_empty() || !found.general.is_empty() {
        looked(&api, &caller, &over, &at).await?;
    }
    let line = |(element, problems): &(nhipcau_domain::id::ElementId, Vec<Problem>)| CheckedLine {
        element: element.to_string(),
        problems: Said::all(caller.lang, problems),
    };
    Ok(Answer(Checked {
        may_be_sent: found.same || !found.is_refused(),
        lines: found.lines.iter().map(line).collect(),
        problems: Said::all(caller.lang, &found.general),
    }))
}

/// A return to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Sending {
    /// What is filled in.
    filled: Filled,
    /// The draft's version that it began from; 0 for none.
    #[serde(default)]
    version: i64,
    /// The return's last revision that it replaces; 0 for none. Another one that came meanwhile is not
    /// replaced: the answer is 409.
    #[serde(default)]
    revision: u32,
}

/// That a return is on record.
#[derive(Serialize, ToSchema)]
struct Received {
    /// Whether it says what was on record already, so that nothing new was stored.
    unchanged: bool,
    /// What may be shown for it.
    receipt: Option<Receipt>,
}

/// What a unit may show for a return.
#[derive(Serialize, ToSchema)]
struct Receipt {
    /// The revision's number.
    revision: u32,
    /// When it came in.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The office that sent it.
    office: String,
    /// Whether that was on the unit's behalf.
    on_behalf: bool,
    /// Where the return stands.
    status: Status,
    /// The offices that read it next.
    readers: Vec<String>,
}

async fn receipt_of(
    api: &ApiState,
    caller: &Caller,
    at: &Key,
) -> std::result::Result<Option<Receipt>, Failure> {
    let over = caller.over::<Report>(api)?;
    let found = reporting::receipt(api.ws(), &over, &at.key()).await?;
    Ok(found.map(|r| Receipt {
        revision: r.revision,
        at: r.at,
        office: r.office.to_string(),
        on_behalf: r.on_behalf,
        status: r.status.into(),
        readers: r.readers,
    }))
}

/// Sends what is filled in. Sent twice it changes nothing. An accepted return is corrected: with a reason,
/// and naming the revision that it replaces.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/send", tag = "reporting",
    security(("token" = ["report"])), params(Key), request_body = Sending,
    responses((status = 200, description = "It is on record.", body = Received), Refusals))]
async fn send_return(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    Brought(asked): Brought<Sending>,
) -> Result<Received> {
    let over = caller.over::<Report>(&api)?;
    let typed = asked.filled.typed(&api, &at).await?;
    let key = at.key();
    // What cannot be sent is told, and not kept: a program has it still.
    let sending = reporting::Asked::Sending;
    let found = reporting::check(api.ws(), &over, &key, &typed, sending).await?;
    if found.is_refused() && !found.same {
        looked(&api, &caller, &over, &at).await?;
        let all = found.lines.into_iter().flat_map(|(_, problems)| problems).chain(found.general);
        return Err(Failure::refused(all.collect()));
    }
    let save =
        Save { key: &key, copy: COPY, version: asked.version, revision: asked.revision, typed: &typed };
    match reporting::send(api.ws(), &over, &save, true).await? {
        Sent::Received { unchanged } => {
            Ok(Answer(Received { unchanged, receipt: receipt_of(&api, &caller, &at).await? }))
        }
        Sent::Aside => Err(Failure::conflict(vec![Problem::new("api-kept-aside").with("aside", COPY)])),
        Sent::Confirm(changed) => {
            let problem = Problem::new("api-other-revision").with("revision", changed.revision);
            Err(Failure::conflict(vec![problem]))
        }
        Sent::Refused(problems) => {
            looked(&api, &caller, &over, &at).await?;
            Err(Failure::refused(problems))
        }
    }
}

/// What may be shown for what was last sent.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/receipt", tag = "reporting",
    security(("token" = ["report"])), params(Key),
    responses((status = 200, description = "The receipt.", body = Receipt), Refusals))]
async fn receipt(State(api): State<ApiState>, caller: Caller, At(at): At<Key>) -> Result<Receipt> {
    receipt_of(&api, &caller, &at).await?.map(Answer).ok_or_else(Failure::not_found)
}

/// A draft that is kept aside.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct AsideAt {
    /// The form's id.
    data_set: String,
    /// The period's id.
    period: String,
    /// The unit's id.
    unit: String,
    /// The name under which it is kept.
    aside: String,
}

impl AsideAt {
    fn key(&self) -> Key {
        Key { data_set: self.data_set.clone(), period: self.period.clone(), unit: self.unit.clone() }
    }
}

/// What stands, and what is kept aside.
#[derive(Serialize, ToSchema)]
struct BothDrafts {
    /// The version of what stands, for choosing; 0 where it was sent.
    version: i64,
    /// Who wrote what stands.
    stands_by: String,
    /// Who wrote what is kept aside.
    aside_by: String,
    /// When that was kept.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Where they differ.
    differing: Vec<DifferingField>,
}

/// A field that two say differently.
#[derive(Serialize, ToSchema)]
struct DifferingField {
    /// The element, or the field of words.
    field: String,
    /// Its name.
    name: String,
    /// What stands, as it was typed.
    stands: String,
    /// What is kept aside, as it was typed.
    aside: String,
}

/// A draft that was kept aside because somebody else saved meanwhile, beside what stands.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/asides/{aside}", tag = "reporting",
    security(("token" = ["report"])), params(AsideAt),
    responses((status = 200, description = "Both.", body = BothDrafts), Refusals))]
async fn aside(State(api): State<ApiState>, caller: Caller, At(at): At<AsideAt>) -> Result<BothDrafts> {
    let over = caller.over::<Report>(&api)?;
    let found = reporting::conflict(api.ws(), &over, &at.key().key(), &at.aside).await?;
    let found = found.ok_or_else(Failure::not_found)?;
    looked(&api, &caller, &over, &at.key()).await?;
    let answered = |a: &reporting::Answer| match a.choice {
        reporting::Choice::Number => a.text.clone(),
        reporting::Choice::NotReported => "not-reported".to_owned(),
        reporting::Choice::NotApplicable => "not-applicable".to_owned(),
        reporting::Choice::Exempt => format!("exempt: {}", a.reason),
    };
    let field = |d: &Differing| match d {
        Differing::Line(id, name, stands, aside) => DifferingField {
            field: id.to_string(),
            name: name.clone(),
            stands: answered(stands),
            aside: answered(aside),
        },
        Differing::Words(id, name, stands, aside) => DifferingField {
            field: id.clone(),
            name: name.clone(),
            stands: stands.clone(),
            aside: aside.clone(),
        },
    };
    Ok(Answer(BothDrafts {
        version: found.version,
        stands_by: found.stands.holder.clone(),
        aside_by: found.aside.holder.clone(),
        at: found.aside.at,
        differing: found.differing.iter().map(field).collect(),
    }))
}

/// Which fields to take.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Taken {
    /// The version of what stands, as it was read.
    version: i64,
    /// Fields that are taken from what is kept aside; the others stay as they stand.
    take: Vec<String>,
}

/// Makes one draft of both; what was kept aside ends.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/asides/{aside}", tag = "reporting",
    security(("token" = ["report"])), params(AsideAt), request_body = Taken,
    responses((status = 200, description = "There is one draft.", body = Done), Refusals))]
async fn take_aside(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<AsideAt>,
    Brought(taken): Brought<Taken>,
) -> Result<Done> {
    let over = caller.over::<Report>(&api)?;
    let key = at.key().key();
    if reporting::choose(api.ws(), &over, &key, &at.aside, taken.version, &taken.take).await? {
        return Ok(Answer(DONE));
    }
    Err(Failure::conflict(vec![Problem::new("api-aside-changed")]))
}

/// A workbook's media type.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The workbook of what a unit owes for the period, to be filled in and uploaded.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/template", tag = "reporting",
    security(("token" = ["report"])), params(Key),
    responses(
        (status = 200, description = "The workbook.", content_type =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8]),
        Refusals))]
async fn template(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
) -> std::result::Result<Response, Failure> {
    let over = caller.over::<Report>(&api)?;
    let found = reporting::template(api.ws(), &over, &at.key()).await?;
    looked(&api, &caller, &over, &at).await?;
    Ok(body::file(XLSX, &found.name, found.bytes))
}
