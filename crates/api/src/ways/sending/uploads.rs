//! Returns by workbook or CSV file.

use axum::extract::State;
use nhipcau_actions::{
    access,
    powers::Report,
    reporting,
    returns::{Outcome, Verdict},
};
use nhipcau_domain::returns::ReturnKey;
use serde::Serialize;
use utoipa::ToSchema;

use super::Ways;
use crate::{
    PATH,
    body::{self, Answer, Result},
    caller::Caller,
    describe::Refusals,
    shape::{Key, Said},
    state::ApiState,
};

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(upload))
}

/// A file that is brought.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct Workbook {
    /// An .xlsx, .xls, .ods or .csv file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// Why accepted returns are corrected by it.
    reason: Option<String>,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
struct Uploaded {
    /// Its name.
    file: String,
    /// Its returns.
    returns: Vec<UploadedReturn>,
    /// What is wrong with the file, or with parts of it that gave no return.
    problems: Vec<Said>,
}

/// What became of a return of a file.
#[derive(Serialize, ToSchema)]
struct UploadedReturn {
    /// Which.
    key: Key,
    /// `received`, `corrected`, `unchanged` or `refused`.
    verdict: &'static str,
    /// The revision's number, where one was stored.
    revision: Option<u32>,
    /// What was found, by cell.
    problems: Vec<Said>,
}

/// Sends what a workbook or a CSV file holds. One return that is refused does not stop the others; each
/// problem says its sheet and cell.
#[utoipa::path(post, path = "/uploads", tag = "reporting", security(("token" = ["report"])),
    request_body(content = Workbook, content_type = "multipart/form-data"),
    responses((status = 200, description = "What became of it.", body = Uploaded), Refusals))]
async fn upload(State(api): State<ApiState>, caller: Caller, file: body::File) -> Result<Uploaded> {
    let over = caller.over::<Report>(&api)?;
    let reason = file.field("reason").to_owned();
    let done = reporting::upload(api.ws(), &over, &file.name, file.bytes, &reason).await?;
    let address =
        |k: &ReturnKey| format!("{PATH}/uploads?data_set={}&period={}&unit={}", k.data_set, k.period, k.unit);
    let quoted: Vec<String> = done.quoted(over.office()).into_iter().map(address).collect();
    access::log_office_views(api.ws(), &quoted, over.office()).await?;
    let one = |o: &Outcome| {
        let (verdict, revision) = match o.verdict {
            Verdict::Received { revision } => ("received", Some(revision)),
            Verdict::Corrected { revision } => ("corrected", Some(revision)),
            Verdict::Unchanged => ("unchanged", None),
            Verdict::Refused => ("refused", None),
        };
        let problems = Said::all(caller.lang, &o.problems);
        UploadedReturn { key: Key::of(&o.key), verdict, revision, problems }
    };
    Ok(Answer(Uploaded {
        returns: done.returns.iter().map(one).collect(),
        problems: Said::all(caller.lang, &done.problems),
        file: done.file,
    }))
}
