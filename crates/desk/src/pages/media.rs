//! Pictures and attachments: the library, bringing in, describing.

use axum::{
    extract::{Path, Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    press::{self, MediaView},
};
use serde_json::json;
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How large a picture is in lists, in pixels.
const THUMB: u32 = 300;

/// Takes a picture: decoded within bounds, written anew, kept.
pub(crate) async fn take(
    state: &DeskState,
    signed: &SignedIn,
    name: &str,
    bytes: Vec<u8>,
    alt: &str,
) -> Result<Uuid, ActionError> {
    let (name, alt) = (name.to_owned(), alt.to_owned());
    let taken = tokio::task::spawn_blocking(move || crate::pictures::take(&name, &bytes, &alt));
    let picture = taken.await.map_err(|_| ActionError::Worker)??;
    press::add_picture(state.ws(), signed.acting(), picture).await
}

fn is_picture(name: &str, bytes: &[u8]) -> bool {
    let known = ["jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "svg", "bmp", "tif", "tiff"];
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    known.contains(&&*ending) || bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG")
}

fn thumb(view: &MediaView) -> String {
    let mut fits = view.renditions.iter().filter(|r| r.width >= THUMB);
    let found = fits.next().or(view.renditions.last());
    found.map(|r| format!("/lam-viec/tep/{}/{}", r.media, r.name)).unwrap_or_default()
}

/// How a picture or an attachment is written in an article's text.
fn written(view: &MediaView) -> String {
    let m = &view.media;
    let plain = |text: &str| text.replace(['[', ']', '\n'], " ");
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
    let page = signed.page.at("/lam-viec/tep");
    let asked = Fields(asked);
    let pictures = asked.get("loai") != "tep";
    let number: u32 = asked.get("trang").parse().unwrap_or(1).max(1);
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
        .field(Field::new("file", "file", page.t("desk-file")).hint(page.t("desk-upload-hint")).required())
        .field(Field::text("alt", page.t("desk-alt")).hint(page.t("desk-alt-hint")))
        .field(Field::text("caption", page.t("desk-caption")))
        .field(Field::text("credit", page.t("desk-credit")));
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
    if sent.files.is_empty() {
        return Err(nhipcau_domain::problem::Problem::new("desk-no-file").into());
    }
    let mut last = None;
    for file in sent.files {
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let picture = is_picture(&name, &file.bytes);
        let id = if picture {
            let id = take(&state, &signed, &name, file.bytes, fields.get("alt")).await;
            let id = id.map_err(|e| placed(e, &name))?;
            if !fields.get("alt").is_empty()
                || !fields.get("caption").is_empty()
                || !fields.get("credit").is_empty()
            {
                press::describe_media(
                    state.ws(),
                    signed.acting(),
                    id,
                    fields.get("alt"),
                    fields.get("caption"),
                    fields.get("credit"),
                )
                .await?;
            }
            id
        } else {
            press::add_attachment(state.ws(), signed.acting(), &name, file.bytes)
                .await
                .map_err(|e| placed(e, &name))?
        };
        last = Some((id, name, picture));
    }
    let Some((id, name, picture)) = last else { return Ok(on_to("/lam-viec/tep")) };
    if fields.get("tra-loi") == "json" {
        let alt = fields.get("alt").replace(['[', ']', '\n'], " ");
        let markdown = if picture {
            format!("![{alt}](tep:{id})")
        } else {
            format!("[{}](tep:{id})", name.replace(['[', ']', '\n'], " "))
        };
        let body = json!({ "id": id, "markdown": markdown });
        return Ok(([(CONTENT_TYPE, "application/json")], body.to_string()).into_response());
    }
    Ok(on_to(&format!("/lam-viec/tep/{id}?xong=uploaded")))
}

fn placed(error: ActionError, name: &str) -> ActionError {
    match error {
        ActionError::Refused(problem) => ActionError::Refused(problem.in_file(name)),
        other => other,
    }
}

async fn find(state: &DeskState, id: Uuid) -> Result<MediaView, Failure> {
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
    let page = signed.page.at("/lam-viec/tep");
    // Whoever may see the library may see this.
    press::media_library(state.ws(), signed.acting(), true, 1).await?;
    let view = find(&state, id).await?;
    let m = &view.media;
    let mut sheet = Sheet::new(page.clone(), m.name.clone())
        .with(Block::Links(vec![(page.t("desk-back"), "/lam-viec/tep".to_owned())]))
        .with(Block::Text(page.t("desk-media-written")))
        .with(Block::Copy(written(&view)));
    if m.kind == "picture" {
        sheet.push(Block::Picture(thumb(&view), m.alt.clone()));
        let form = Form::new(signed.csrf(), format!("/lam-viec/tep/{id}"), page.t("desk-save"))
            .heading(page.t("desk-describe"))
            .field(Field::area("alt", page.t("desk-alt"), 2).value(&*m.alt).hint(page.t("desk-alt-hint")))
            .field(Field::text("caption", page.t("desk-caption")).value(&*m.caption))
            .field(Field::text("credit", page.t("desk-credit")).value(&*m.credit));
        sheet.push(Block::Form(form));
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
    let f = &posted.fields;
    press::describe_media(
        state.ws(),
        posted.signed.acting(),
        id,
        f.get("alt"),
        f.get("caption"),
        f.get("credit"),
    )
    .await?;
    Ok(on_to(&format!("/lam-viec/tep/{id}?xong=described")))
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
