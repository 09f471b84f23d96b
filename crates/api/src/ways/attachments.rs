//! Files that go with a return: minutes of a meeting, a photograph, a list that holds no names.

use axum::{extract::State, response::Response};
use nhipcau_actions::{
    powers::{Report, See},
    reporting,
};
use nhipcau_domain::Timestamp;
use nhipcau_store::ReturnFile;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{self, Answer, At, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    shape::{DONE, Done, Key},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(return_files)).routes(routes!(return_file, take_return_file_out))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(bring_return_file))
}

/// A file that goes with a return.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReturnAttachment {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
    /// Its media type.
    media_type: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    sha256: String,
    /// Its size in bytes.
    size: i64,
    /// The office that brought it.
    office: String,
    /// Who brought it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl ReturnAttachment {
    pub fn of(f: &ReturnFile) -> Self {
        Self {
            id: f.id,
            name: f.name.clone(),
            media_type: f.media_type.clone(),
            sha256: f.sha256.clone(),
            size: f.size,
            office: f.office.to_string(),
            holder: f.holder.clone(),
            at: f.at,
        }
    }
}

/// The files of a return, for whoever fills it in; at most five. A reviewer has them with what was sent.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/files", tag = "reporting",
    security(("token" = ["report"])), params(Key),
    responses((status = 200, description = "The files.", body = Vec<ReturnAttachment>), Refusals))]
async fn return_files(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
) -> Result<Vec<ReturnAttachment>> {
    let over = caller.over::<Report>(&api)?;
    let found = reporting::files(api.ws(), &over, &at.key()).await?;
    Ok(Answer(found.iter().map(ReturnAttachment::of).collect()))
}

/// A file that is to go with a return.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct NewAttachment {
    /// A .pdf, .docx, .xlsx, .odt or .ods file, or a picture.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// That a file is kept.
#[derive(Serialize, ToSchema)]
struct AttachmentKept {
    /// Its id.
    id: Uuid,
}

/// Puts a file beside a return. A picture is decoded within bounds and written anew, without what it says of
/// its maker and its place; the same file twice is kept once.
#[utoipa::path(post, path = "/returns/{data_set}/{period}/{unit}/files", tag = "reporting",
    security(("token" = ["report"])), params(Key),
    request_body(content = NewAttachment, content_type = "multipart/form-data"),
    responses((status = 200, description = "It is kept.", body = AttachmentKept), Refusals))]
async fn bring_return_file(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<Key>,
    file: body::File,
) -> Result<AttachmentKept> {
    let over = caller.over::<Report>(&api)?;
    let turn = api.heavy.enter()?;
    let id = reporting::bring(api.ws(), &over, &turn, &at.key(), file.name, file.bytes).await?;
    Ok(Answer(AttachmentKept { id }))
}

/// A file of a return.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct AttachmentAt {
    /// The form's id.
    data_set: String,
    /// The period's id.
    period: String,
    /// The unit's id.
    unit: String,
    /// The file's id.
    id: Uuid,
}

impl AttachmentAt {
    fn key(&self) -> Key {
        Key { data_set: self.data_set.clone(), period: self.period.clone(), unit: self.unit.clone() }
    }
}

/// A file's bytes, for whoever sees the unit's returns.
#[utoipa::path(get, path = "/returns/{data_set}/{period}/{unit}/files/{id}", tag = "reporting",
    security(("token" = ["read"])), params(AttachmentAt),
    responses((status = 200, description = "The bytes.", content_type = "*/*", body = [u8]), Refusals))]
async fn return_file(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<AttachmentAt>,
) -> std::result::Result<Response, Failure> {
    let over = caller.over::<See>(&api)?;
    let found = reporting::file(api.ws(), &over, &at.key().key(), at.id).await?;
    let (file, bytes) = found.ok_or_else(Failure::not_found)?;
    if over.office().as_str() != at.unit {
        caller.looked(&api).await?;
    }
    Ok(body::file(&file.media_type, &file.name, bytes))
}

/// Takes a file out again, as long as nothing that was accepted rests on it. Its hash stays on record.
#[utoipa::path(delete, path = "/returns/{data_set}/{period}/{unit}/files/{id}", tag = "reporting",
    security(("token" = ["report"])), params(AttachmentAt),
    responses((status = 200, description = "It is out.", body = Done), Refusals))]
async fn take_return_file_out(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<AttachmentAt>,
) -> Result<Done> {
    let over = caller.over::<Report>(&api)?;
    reporting::detach(api.ws(), &over, &at.key().key(), at.id).await?;
    Ok(Answer(DONE))
}
