//! From Word: a .docx that becomes an article with its pictures, and what is pasted.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    press::{self, FromWord, NewArticle},
};
use nhipcau_domain::problem::Problem;
use nhipcau_store::site::Content;
use nhipcau_writing::from_word_html;
use serde_json::json;

use super::{begin, media, on_to};
use crate::{
    failure::Failure,
    received::{Posted, Sent, Upload},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The Word file that was chosen, read; its pictures are kept.
async fn read(state: &DeskState, signed: &SignedIn, file: Option<Upload>) -> Result<FromWord, ActionError> {
    let file = file.ok_or_else(|| Problem::new("desk-no-file"))?;
    let turn = state.heavy.enter()?;
    press::from_word(state.ws(), signed.acting(), &turn, &file.name, file.bytes).await
}

/// What was left out, and what is worth looking at.
fn told(signed: &SignedIn, taken: &FromWord) -> Vec<String> {
    taken.problems.iter().map(|p| signed.page.problem(p)).collect()
}

/// A .docx becomes a draft. What was left out is told before going on.
pub(crate) async fn upload(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let (signed, fields) = (sent.signed, sent.fields);
    let column = fields.some("chuyen-muc");
    let done = async {
        let taken = read(&state, &signed, sent.files.into_iter().next()).await?;
        let told = told(&signed, &taken);
        let content = Content { title: taken.title, body: taken.markdown, ..Content::default() };
        let new = NewArticle { column: column.map(Into::into), content, ..NewArticle::default() };
        let article = press::create_article(state.ws(), signed.acting(), signed.holder(), &new).await?;
        Ok::<_, ActionError>((article, told))
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
    match read(&state, &signed, sent.files.into_iter().next()).await {
        Ok(taken) => {
            let problems = told(&signed, &taken);
            let body = json!({ "title": taken.title, "markdown": taken.markdown, "problems": problems });
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
