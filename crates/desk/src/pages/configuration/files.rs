//! The whole configuration as files: taken away, brought back, or one of them changed as text.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    configuration::{self, Edit, Trouble},
};

use super::{HERE, dry, power, said, typed::typed};
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

pub(super) async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &[]).await
}

async fn draw(state: &DeskState, signed: &SignedIn, wrong: &[Trouble]) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(state, signed)?;
    let files = configuration::files(state.ws(), &power).await?;
    let rows = files.0.iter().map(|(path, bytes)| {
        vec![
            Cell::link(path.as_str(), format!("{HERE}/tep/{path}")),
            Cell::text(page.say1("configuration-bytes", "count", bytes.len())),
        ]
    });
    let head = ["configuration-file", "configuration-size"];
    let table = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    let form = Form::new(signed.csrf(), format!("{HERE}/tai-len"), page.t("configuration-try"))
        .heading(page.t("configuration-upload"))
        .error(said(&page, wrong))
        .with_files()
        .field(
            Field::new("file", "tep", page.t("configuration-upload-files"))
                .hint(page.t("configuration-upload-hint"))
                .accept(".zip,.toml,.csv,.md")
                .several(),
        );
    Sheet::new(page.clone(), page.t("configuration-files"))
        .lead(page.t("configuration-files-lead"))
        .with(Block::Links(vec![(page.t("configuration-download"), format!("{HERE}/tai-ve"))]))
        .with(Block::Table(table))
        .with(Block::Form(form))
        .with(Block::Links(vec![(page.t("configuration-title"), HERE.to_owned())]))
        .html()
}

pub(super) async fn download(State(state): State<DeskState>, signed: SignedIn) -> Result<Response, Failure> {
    let power = power(&state, &signed)?;
    let packed = configuration::pack(&configuration::files(state.ws(), &power).await?)?;
    let headers =
        [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, "attachment; filename=\"cau-hinh.zip\"")];
    Ok((headers, packed).into_response())
}

/// Files that were sent become one change: those that say something else than now.
pub(super) async fn upload(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let signed = sent.signed;
    let power = power(&state, &signed)?;
    let files = sent.files.into_iter().map(|f| (f.name, f.bytes)).collect();
    let wrong = match configuration::brought(state.ws(), &power, &state.heavy, files).await {
        Ok(edit) => match dry::show(&state, &signed, &edit, &dry::Besides::default()).await? {
            Ok(page) => return Ok(page),
            Err(wrong) => wrong,
        },
        Err(ActionError::Refused(problem)) if problem.id != "desk-busy" => vec![problem.into()],
        Err(error) => return Err(error.into()),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&state, &signed, &wrong).await?).into_response())
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(path): Path<String>,
) -> Result<Html<String>, Failure> {
    let power = power(&state, &signed)?;
    let files = configuration::files(state.ws(), &power).await?;
    let bytes = files.0.get(&path).ok_or(Failure::NotFound)?;
    edit(&signed, &path, &String::from_utf8_lossy(bytes), &[])
}

fn edit(signed: &SignedIn, path: &str, text: &str, wrong: &[Trouble]) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let form = Form::new(signed.csrf(), format!("{HERE}/tep/{path}"), page.t("configuration-try"))
        .error(said(&page, wrong))
        .field(Field::area("noi-dung", page.t("configuration-file-text"), 30).value(text));
    Sheet::new(page.clone(), path)
        .lead(page.t("configuration-file-lead"))
        .with(Block::Form(form))
        .with(Block::Links(vec![(page.t("configuration-files"), format!("{HERE}/tep"))]))
        .html()
}

pub(super) async fn change(
    State(state): State<DeskState>,
    Path(path): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let power = power(&state, &signed)?;
    // Only a file that there is; others come by their records or all together.
    if !configuration::files(state.ws(), &power).await?.0.contains_key(&path) {
        return Err(Failure::NotFound);
    }
    let text = typed(posted.fields.get("noi-dung"));
    let change = Edit::Files { files: BTreeMap::from([(path.clone(), text.clone())]) };
    match dry::show(&state, &signed, &change, &dry::Besides::default()).await? {
        Ok(page) => Ok(page),
        Err(wrong) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, edit(&signed, &path, &text, &wrong)?).into_response())
        }
    }
}
