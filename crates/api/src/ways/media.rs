//! Pictures and attachments.

use axum::{extract::State, response::Response};
use nhipcau_actions::press::{self, MediaView};
use nhipcau_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{self, Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Turn, following},
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(media_library)).routes(routes!(describe_media)).routes(routes!(media_bytes))
}

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(bring_media))
}

/// How many the library gives at a time.
const PAGE: usize = 40;

/// Of which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MediaAsked {
    /// Attachments instead of pictures.
    #[serde(default)]
    #[param(required = false)]
    attachments: bool,
}

/// A picture or an attachment.
#[derive(Serialize, ToSchema)]
struct Medium {
    /// Its id: in an article's text it is `tep:` and the id.
    id: Uuid,
    /// `picture` or `attachment`.
    kind: String,
    /// Its file's name.
    name: String,
    /// The media type of what was brought in.
    media_type: String,
    /// Its size in bytes.
    size: i64,
    /// Its width in pixels; 0 for an attachment.
    width: u32,
    /// Its height in pixels; 0 for an attachment.
    height: u32,
    /// What it shows, for those who do not see it.
    alt: String,
    /// What is said beneath it.
    caption: String,
    /// Who took it.
    credit: String,
    /// The office that brought it in.
    office: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Its forms, the smallest first: each by its name.
    renditions: Vec<String>,
}

fn medium(view: &MediaView) -> Medium {
    let m = &view.media;
    Medium {
        id: m.id,
        kind: m.kind.clone(),
        name: m.name.clone(),
        media_type: m.media_type.clone(),
        size: m.size,
        width: m.width,
        height: m.height,
        alt: m.alt.clone(),
        caption: m.caption.clone(),
        credit: m.credit.clone(),
        office: m.office.to_string(),
        at: m.at,
        renditions: view.renditions.iter().map(|r| r.name.clone()).collect(),
    }
}

/// A piece of the library.
#[derive(Serialize, ToSchema)]
struct Library {
    /// Pictures or attachments, the newest first; forty at a time.
    items: Vec<Medium>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
}

/// Pictures, or attachments.
#[utoipa::path(get, path = "/media", tag = "site", security(("token" = ["site"])), params(MediaAsked, Turn),
    responses((status = 200, description = "The library.", body = Library), Refusals))]
async fn media_library(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<MediaAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<Library> {
    let (acting, page) = (caller.bearer.site()?, turn.number()?);
    let found = press::media_library(api.ws(), acting, !asked.attachments, page).await?;
    Ok(Answer(Library {
        next: following(page, found.len() >= PAGE),
        items: found.iter().map(medium).collect(),
    }))
}

/// A picture or an attachment that is brought.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct NewMedium {
    /// The file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// What a picture shows, for those who do not see it.
    alt: Option<String>,
    /// What is said beneath it.
    caption: Option<String>,
    /// Who took it.
    credit: Option<String>,
}

/// That a file is kept.
#[derive(Serialize, ToSchema)]
struct MediumKept {
    /// Its id.
    id: Uuid,
    /// Whether it is a picture.
    picture: bool,
}

/// Brings a picture or an attachment in. A picture is decoded within bounds and written anew; the same one
/// is kept once.
#[utoipa::path(post, path = "/media", tag = "site", security(("token" = ["site"])),
    request_body(content = NewMedium, content_type = "multipart/form-data"),
    responses((status = 200, description = "It is kept.", body = MediumKept), Refusals))]
async fn bring_media(
    State(api): State<ApiState>,
    caller: Caller,
    mut file: body::File,
) -> Result<MediumKept> {
    let acting = caller.bearer.site()?;
    let turn = api.heavy.enter()?;
    let bytes = std::mem::take(&mut file.bytes);
    let sent = press::Sent {
        name: &file.name,
        bytes,
        alt: file.field("alt"),
        caption: file.field("caption"),
        credit: file.field("credit"),
    };
    let (id, picture) = press::bring_in(api.ws(), acting, &turn, sent).await?;
    Ok(Answer(MediumKept { id, picture }))
}

/// A medium's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MediumAt {
    /// The medium's id.
    id: Uuid,
}

/// What is said of a picture.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Description {
    /// What it shows, for those who do not see it.
    alt: String,
    /// What is said beneath it.
    #[serde(default)]
    caption: String,
    /// Who took it.
    #[serde(default)]
    credit: String,
}

/// Says what a picture shows.
#[utoipa::path(put, path = "/media/{id}", tag = "site", security(("token" = ["site"])), params(MediumAt),
    request_body = Description,
    responses((status = 200, description = "It is said.", body = Done), Refusals))]
async fn describe_media(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<MediumAt>,
    Brought(asked): Brought<Description>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    press::describe_media(api.ws(), acting, at.id, &asked.alt, &asked.caption, &asked.credit).await?;
    Ok(Answer(DONE))
}

/// A form of a medium.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RenditionAt {
    /// The medium's id.
    id: Uuid,
    /// The form's name.
    name: String,
}

/// A medium's bytes, in one of its forms.
#[utoipa::path(get, path = "/media/{id}/{name}", tag = "site", security(("token" = ["site"])),
    params(RenditionAt),
    responses((status = 200, description = "The bytes.", content_type = "*/*", body = [u8]), Refusals))]
async fn media_bytes(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<RenditionAt>,
) -> std::result::Result<Response, Failure> {
    let found = press::desk_media(api.ws(), caller.bearer.site()?, at.id, &at.name).await?;
    let found = found.ok_or_else(Failure::not_found)?;
    Ok(body::file(&found.media_type, &at.name, found.bytes))
}
