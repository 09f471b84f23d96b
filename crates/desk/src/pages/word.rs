//! From Word: a .docx that becomes an article with its pictures, and what is pasted.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    press::{self, NewArticle},
};
use nhipcau_domain::problem::Problem;
use nhipcau_store::site::Content;
use nhipcau_writing::{DocxLimits, from_docx, from_word_html};
use serde_json::json;

use super::{begin, media, on_to};
use crate::{
    failure::Failure,
    received::{Posted, Sent, Upload},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// A Word file that was read: its pictures are kept.
struct Taken {
    title: String,
    markdown: String,
    /// What was left out, and what is worth looking at.
    told: Vec<String>,
}

async fn read(state: &DeskState, signed: &SignedIn, file: Option<Upload>) -> Result<Taken, ActionError> {
    let Some(file) = file else { return Err(Problem::new("desk-no-file").into()) };
    let name = file.name;
    let turn = state.heavy.enter()?;
    let read = turn.run(move || from_docx(&file.bytes, &DocxLimits::default())).await?;
    let read = read.map_err(|p| p.in_file(&name))?;
    let mut told: Vec<String> = read.problems.iter().map(|p| signed.page.problem(p)).collect();
    let mut ids = Vec::with_capacity(read.pictures.len());
    for picture in &read.pictures {
        // A picture that cannot be taken is left out and told: the text is worth more.
        let bytes = picture.bytes.clone();
        let taken =
            press::take_picture(state.ws(), signed.acting(), &turn, &picture.name, bytes, &picture.alt);
        match taken.await {
            Ok(id) => ids.push(Some(id.to_string())),
            Err(ActionError::Refused(problem)) => {
                told.push(format!("{}: {}", picture.name, signed.page.problem(&problem)));
                ids.push(None);
            }
            Err(error) => return Err(error),
        }
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(&name).trim_end_matches(".docx");
    let title = read.title.clone().unwrap_or_else(|| stem.to_owned());
    Ok(Taken { title, markdown: read.markdown_with(&ids), told })
}

/// A .docx becomes a draft. What was left out is told before going on.
pub(crate) async fn upload(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let (signed, fields) = (sent.signed, sent.fields);
    let column = fields.some("chuyen-muc");
    let done = async {
        let taken = read(&state, &signed, sent.files.into_iter().next()).await?;
        let content = Content { title: taken.title, body: taken.markdown, ..Content::default() };
        let new = NewArticle { column: column.map(Into::into), content, ..NewArticle::default() };
        let article = press::create_article(state.ws(), signed.acting(), signed.holder(), &new).await?;
        Ok::<_, ActionError>((article, taken.told))
    };
    let (article, told) = match done.await {
        Ok(done) => done,
        Err(error) => {
            let problem = Failure::of_file(error)?;
            let said = signed.page.problem(&problem);
            let html = begin::from_word_again(&state, &signed, &fields, &said).await?;
            return Ok((Failure::Refused(problem).status(), html).into_response());
        }
    };
    let to = format!("/lam-viec/bai-viet/{}", article.id);
    if told.is_empty() {
        return Ok(on_to(&format!("{to}?xong=created")));
    }
    let page = signed.page.at("/lam-viec/bai-viet");
    let rows = told.into_iter().map(|line| vec![Cell::text(line)]).collect();
    let sheet = Sheet::new(page.clone(), page.t("desk-from-word-done"))
        .lead(page.t("desk-from-word-told"))
        .with(Block::Table(Table { rows, ..Table::default() }))
        .with(Block::Links(vec![(page.t("desk-to-article"), to)]));
    Ok(sheet.html()?.into_response())
}

/// For the script: a .docx that was dropped on the text, as Markdown.
pub(crate) async fn convert(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let signed = sent.signed;
    // Nothing is read for an office that writes nowhere.
    press::media_library(state.ws(), signed.acting(), true, 1).await?;
    match read(&state, &signed, sent.files.into_iter().next()).await {
        Ok(taken) => {
            let body = json!({ "title": taken.title, "markdown": taken.markdown, "problems": taken.told });
            Ok(media::json_of(StatusCode::OK, &body))
        }
        Err(error) => {
            let problem = Failure::of_file(error)?;
            let said = signed.page.problem(&problem);
            Ok(media::json_of(Failure::Refused(problem).status(), &json!({ "problem": said })))
        }
    }
}

/// For the script: what was pasted, as Markdown.
pub(crate) async fn paste(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let html = posted.fields.get("html").to_owned();
    let converted = state.heavy.enter()?.run(move || from_word_html(&html)).await?;
    let told: Vec<String> = converted.problems.iter().map(|p| posted.signed.page.problem(p)).collect();
    let body = json!({ "markdown": converted.markdown, "problems": told });
    Ok(media::json_of(StatusCode::OK, &body))
}
