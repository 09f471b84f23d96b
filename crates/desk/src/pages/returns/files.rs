//! Files that go with a return: listed, brought, given, taken out again.

use axum::{
    Router,
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    access,
    powers::{Over, See},
    reporting,
};
use nhipcau_domain::{problem::Problem, returns::ReturnKey, text};
use nhipcau_store::ReturnFile;
use nhipcau_web::held::{get, post};
use uuid::Uuid;

use super::{At, PATH, address, key_of, power};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// What takes files; what does not is in [`routes`].
pub(crate) fn uploads() -> Router<DeskState> {
    Router::new().route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep", get(show).merge(post(bring)))
}

/// The files' own addresses.
pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep/{id}", get(give))
        .route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep/{id}/bo", post(take_out))
}

/// A file's part of an address: form, period, unit, id.
type OneAt = Path<(String, String, String, Uuid)>;

/// Where a return's files are.
pub(crate) fn place(key: &ReturnKey) -> String {
    format!("{}/tep", address(key))
}

/// A file in words: its name, and its size and time.
pub(crate) fn said(page: &Page, file: &ReturnFile) -> (String, String) {
    let args = [("size", (file.size / 1024).max(1).into()), ("at", page.time(file.at).into())];
    (file.name.clone(), page.say("returns-file-about", &args))
}

async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &key_of(at), "").await
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    key: &ReturnKey,
    error: &str,
) -> Result<Html<String>, Failure> {
    let over = power(state, signed)?;
    let view = reporting::form(state.ws(), &over, key, reporting::Asked::Filling).await?;
    let page = signed.page.at(PATH);
    let stays = view.state.accepted.is_some();
    let rows = view.files.iter().map(|file| {
        let (name, about) = said(&page, file);
        let out =
            Form::new(signed.csrf(), format!("{}/{}/bo", place(key), file.id), page.t("returns-file-out"));
        let last = if stays { Cell::text("") } else { Cell::form(out) };
        vec![Cell::link(name, format!("{}/{}", place(key), file.id)).more(about), last]
    });
    let table = Table {
        head: vec![page.t("returns-file-name"), page.t("desk-actions")],
        rows: rows.collect(),
        ..Table::default()
    };
    let mut sheet = Sheet::new(page.clone(), page.t("returns-files"))
        .lead(format!("{} · {} · {}", view.unit, view.form, view.period.name))
        .with(Block::Text(page.say1("returns-files-long", "most", reporting::FILES_MOST)));
    if view.files.is_empty() {
        sheet.push(Block::Text(page.t("returns-files-none")));
    } else {
        sheet.push(Block::Table(table));
    }
    if view.files.len() < reporting::FILES_MOST {
        let bring = Form::new(signed.csrf(), place(key), page.t("returns-file-bring"))
            .heading(page.t("returns-file-add"))
            .with_files()
            .error(error)
            .field(
                Field::new("file", "file", page.t("returns-file-choose"))
                    .hint(page.t("returns-file-kinds"))
                    .accept(".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png,.webp")
                    .several()
                    .required(),
            );
        sheet.push(Block::Form(bring));
    }
    sheet.push(Block::Links(vec![(page.t("returns-back-to-form"), address(key))]));
    sheet.html()
}

async fn bring(State(state): State<DeskState>, Path(at): At, sent: Sent) -> Result<Response, Failure> {
    let (key, signed) = (key_of(at), sent.signed);
    let over = power(&state, &signed)?;
    if sent.files.is_empty() {
        return Err(Problem::new("desk-no-file").into());
    }
    let turn = state.heavy.enter()?;
    for file in sent.files {
        let brought = reporting::bring(state.ws(), &over, &turn, &key, file.name, file.bytes).await;
        if let Err(error) = brought {
            return again(&state, &signed, &key, &Failure::of_file(error)?).await;
        }
    }
    Ok(on_to(&format!("{}?xong=uploaded", place(&key))))
}

/// The page again, with what was wrong with a file; those before it are there.
async fn again(
    state: &DeskState,
    signed: &SignedIn,
    key: &ReturnKey,
    problem: &Problem,
) -> Result<Response, Failure> {
    let html = draw(state, signed, key, &signed.page.problem(problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Gives a file, to be saved: never shown as a page of the site.
async fn give(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((data_set, period, unit, id)): OneAt,
) -> Result<Response, Failure> {
    let key = key_of((data_set, period, unit));
    let over = Over::<See>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let found = reporting::file(state.ws(), &over, &key, id).await?;
    let (file, bytes) = found.ok_or(Failure::NotFound)?;
    if over.office().as_str() != key.unit.as_str() {
        let what = format!("{}/{id}", place(&key));
        access::log_office_view(state.ws(), &what, over.office()).await?;
    }
    // For old programs a name of plain letters; for others as it is.
    let plain: String = text::fold(&file.name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    let encoded = crate::pages::review::encode(&file.name);
    let name = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    Ok(([(CONTENT_TYPE, file.media_type), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

async fn take_out(
    State(state): State<DeskState>,
    Path((data_set, period, unit, id)): OneAt,
    posted: Posted,
) -> Result<Response, Failure> {
    let key = key_of((data_set, period, unit));
    let over = power(&state, &posted.signed)?;
    reporting::detach(state.ws(), &over, &key, id).await?;
    Ok(on_to(&format!("{}?xong=removed", place(&key))))
}
