//! Pictures and attachments: the library, bringing in, describing.

use axum::{
    extract::{Path, Query, State},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    press::{self, MediaView},
};
use nhipcau_domain::problem::Problem;
use serde_json::json;
use uuid::Uuid;

use super::{finding::asked_page, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    heavy::Turn,
    received::{Fields, Posted, Sent, Upload},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How large a picture is in lists, in pixels.
const THUMB: u32 = 300;

/// Takes a picture: decoded within bounds, written anew, kept.
pub(crate) async fn take(
    state: &DeskState,
    turn: &Turn,
    signed: &SignedIn,
    name: &str,
    bytes: Vec<u8>,
    alt: &str,
) -> Result<Uuid, ActionError> {
    let (name, alt) = (name.to_owned(), alt.to_owned());
    let picture = turn.run(move || crate::pictures::take(&name, &bytes, &alt)).await??;
    press::add_picture(state.ws(), signed.acting(), picture).await
}

pub(crate) fn is_picture(name: &str, bytes: &[u8]) -> bool {
    let known = ["jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "svg", "bmp", "tif", "tiff"];
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    known.contains(&&*ending) || bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG")
}

pub(crate) fn thumb(view: &MediaView) -> String {
    let mut fits = view.renditions.iter().filter(|r| r.width >= THUMB);
    let found = fits.next().or(view.renditions.last());
    found.map(|r| format!("/lam-viec/tep/{}/{}", r.media, r.name)).unwrap_or_default()
}

/// How a picture or an attachment is written in an article's text.
pub(crate) fn written(view: &MediaView) -> String {
    let m = &view.media;
    if m.kind == "picture" {
        format!("![{}](tep:{})", plain(&m.alt), m.id)
    } else {
        format!("[{}](tep:{})", plain(&m.name), m.id)
    }
}

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    library(&state, &signed, &Fields(asked), &Fields::default(), "").await
}

/// The library, with the form for bringing in as it was filled in.
async fn library(
    state: &DeskState,
    signed: &SignedIn,
    asked: &Fields,
    typed: &Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tep");
    let pictures = asked.get("loai") != "tep";
    let number = asked_page(asked.get("trang"));
    let found = press::media_library(state.ws(), signed.acting(), pictures, number).await?;
    let rows = found.iter().map(|view| {
        let m = &view.media;
        let size = page.say1("desk-kilobytes", "size", m.size / 1024);
        let about = if pictures { format!("{} × {}, {size}", m.width, m.height) } else { size };
        let alt = if pictures && m.alt.is_empty() { page.t("desk-alt-missing") } else { m.alt.clone() };
        vec![
            if pictures { Cell { picture: thumb(view), ..Cell::default() } } else { Cell::default() },
            Cell::link(&*m.name, format!("/lam-viec/tep/{}", m.id)).more(about),
            Cell::text(alt).more(m.credit.clone()),
            Cell::text(page.time(m.at)).more(m.office.to_string()),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let full = rows.len() >= 40;
    let head = ["desk-picture", "desk-file", "desk-alt", "desk-at"];
    let table = Table { caption: String::new(), head: head.iter().map(|id| page.t(id)).collect(), rows };
    let form = Form::new(signed.csrf(), "/lam-viec/tep", page.t("desk-upload-button"))
        .heading(page.t("desk-upload"))
        .with_files()
        .field(
            Field::new("file", "file", page.t("desk-file"))
                .hint(page.t("desk-upload-hint"))
                .several()
                .required(),
        )
        .field(Field::text("alt", page.t("desk-alt")).value(typed.get("alt")).hint(page.t("desk-alt-hint")))
        .field(Field::text("caption", page.t("desk-caption")).value(typed.get("caption")))
        .field(Field::text("credit", page.t("desk-credit")).value(typed.get("credit")))
        .error(error);
    let mut links = vec![
        (page.t("desk-pictures"), "/lam-viec/tep".to_owned()),
        (page.t("desk-attachments"), "/lam-viec/tep?loai=tep".to_owned()),
    ];
    if full {
        let kind = if pictures { "anh" } else { "tep" };
        links.push((page.t("desk-page-next"), format!("/lam-viec/tep?loai={kind}&trang={}", number + 1)));
    }
    Sheet::new(page.clone(), page.t("desk-nav-media"))
        .with(Block::Links(links))
        .with(Block::Form(form))
        .with(Block::Table(table))
        .html()
}

pub(crate) async fn upload(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let (signed, fields) = (sent.signed, sent.fields);
    let by_script = fields.get("tra-loi") == "json";
    match bring_in(&state, &signed, &fields, sent.files).await {
        Ok((id, markdown)) if by_script => {
            Ok(json_of(StatusCode::OK, &json!({ "id": id, "markdown": markdown })))
        }
        Ok((id, _)) => Ok(on_to(&format!("/lam-viec/tep/{id}?xong=uploaded"))),
        Err(error) => {
            let problem = Failure::of_file(error)?;
            let said = signed.page.problem(&problem);
            let status = Failure::Refused(problem).status();
            if by_script {
                return Ok(json_of(status, &json!({ "problem": said })));
            }
            Ok((status, library(&state, &signed, &Fields::default(), &fields, &said).await?).into_response())
        }
    }
}

pub(crate) fn json_of(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Keeps what was sent; the last one's id, and how it is written in a text.
async fn bring_in(
    state: &DeskState,
    signed: &SignedIn,
    fields: &Fields,
    files: Vec<Upload>,
) -> Result<(Uuid, String), ActionError> {
    let turn = state.heavy.enter()?;
    let (alt, caption, credit) = (fields.get("alt"), fields.get("caption"), fields.get("credit"));
    let mut last = None;
    for file in files {
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let picture = is_picture(&name, &file.bytes);
        let id = if picture {
            let id = take(state, &turn, signed, &name, file.bytes, alt).await;
            let id = id.map_err(|e| placed(e, &name))?;
            if ![alt, caption, credit].iter().all(|t| t.is_empty()) {
                press::describe_media(state.ws(), signed.acting(), id, alt, caption, credit).await?;
            }
            id
        } else {
            let id = press::add_attachment(state.ws(), signed.acting(), &name, file.bytes).await;
            id.map_err(|e| placed(e, &name))?
        };
        let markdown = if picture {
            format!("![{}](tep:{id})", plain(alt))
        } else {
            format!("[{}](tep:{id})", plain(&name))
        };
        last = Some((id, markdown));
    }
    last.ok_or_else(|| Problem::new("desk-no-file").into())
}

/// Words that stand in the brackets of Markdown.
fn plain(text: &str) -> String {
    text.replace(['[', ']', '\n'], " ")
}

fn placed(error: ActionError, name: &str) -> ActionError {
    match error {
        ActionError::Refused(problem) => ActionError::Refused(problem.in_file(name)),
        other => other,
    }
}

pub(crate) async fn find(state: &DeskState, id: Uuid) -> Result<MediaView, Failure> {
    let mut tx = state.ws().store().read().await?;
    let media = tx.media(&[id]).await?.into_iter().next().ok_or(Failure::NotFound)?;
    let renditions = tx.renditions(&[id]).await?;
    Ok(MediaView { media, renditions })
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, Failure> {
    one(&state, &signed, id, None, "").await
}

/// A picture or an attachment, with what was typed about it where that was refused.
async fn one(
    state: &DeskState,
    signed: &SignedIn,
    id: Uuid,
    typed: Option<&Fields>,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tep");
    // Whoever may see the library may see this.
    press::media_library(state.ws(), signed.acting(), true, 1).await?;
    let view = find(state, id).await?;
    let m = &view.media;
    let mut sheet = Sheet::new(page.clone(), m.name.clone())
        .with(Block::Links(vec![(page.t("desk-back"), "/lam-viec/tep".to_owned())]))
        .with(Block::Text(page.t("desk-media-written")))
        .with(Block::Copy(written(&view)));
    if m.kind == "picture" {
        sheet.push(Block::Picture(thumb(&view), m.alt.clone()));
        let or = |name: &str, kept: &str| typed.map_or(kept, |t| t.get(name)).to_owned();
        let alt = Field::area("alt", page.t("desk-alt"), 2).hint(page.t("desk-alt-hint"));
        let form = Form::new(signed.csrf(), format!("/lam-viec/tep/{id}"), page.t("desk-save"))
            .heading(page.t("desk-describe"))
            .field(alt.value(or("alt", &m.alt)))
            .field(Field::text("caption", page.t("desk-caption")).value(or("caption", &m.caption)))
            .field(Field::text("credit", page.t("desk-credit")).value(or("credit", &m.credit)));
        sheet.push(Block::Form(form.error(error)));
    } else {
        let name = view.renditions.first().map(|r| r.name.clone()).unwrap_or_default();
        sheet.push(Block::Links(vec![(page.t("desk-open"), format!("/lam-viec/tep/{id}/{name}"))]));
    }
    sheet.html()
}

pub(crate) async fn describe(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, f) = (posted.signed, posted.fields);
    let (alt, caption, credit) = (f.get("alt"), f.get("caption"), f.get("credit"));
    match press::describe_media(state.ws(), signed.acting(), id, alt, caption, credit).await {
        Ok(()) => Ok(on_to(&format!("/lam-viec/tep/{id}?xong=described"))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let html = one(&state, &signed, id, Some(&f), &said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

pub(crate) async fn bytes(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((id, name)): Path<(Uuid, String)>,
) -> Result<Response, Failure> {
    let found = press::desk_media(state.ws(), signed.acting(), id, &name).await?.ok_or(Failure::NotFound)?;
    let shown = found.media_type.starts_with("image/");
    let disposition = if shown { "inline" } else { "attachment" };
    Ok(([(CONTENT_TYPE, found.media_type), (CONTENT_DISPOSITION, disposition.to_owned())], found.bytes)
        .into_response())
}
