//! From Word: a .docx that becomes an article with its pictures, and what is pasted.

use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, NewArticle};
use nhipcau_domain::problem::Problem;
use nhipcau_store::site::Content;
use nhipcau_writing::{DocxLimits, from_docx, from_word_html};
use serde_json::json;

use super::{media, on_to};
use crate::{
    failure::Failure,
    received::{Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
};

/// A .docx becomes a draft. What was left out is told before going on.
pub(crate) async fn upload(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let signed = sent.signed;
    let Some(file) = sent.files.into_iter().next() else { return Err(Problem::new("desk-no-file").into()) };
    let name = file.name.clone();
    let read = tokio::task::spawn_blocking(move || from_docx(&file.bytes, &DocxLimits::default()));
    let read = read.await.map_err(|_| Failure::Internal)?.map_err(|p| p.in_file(&name))?;
    let mut told: Vec<String> = read.problems.iter().map(|p| signed.page.problem(p)).collect();
    let mut ids = Vec::with_capacity(read.pictures.len());
    for picture in &read.pictures {
        // A picture that cannot be taken is left out and told: the text is worth more.
        match media::take(&state, &signed, &picture.name, picture.bytes.clone(), &picture.alt).await {
            Ok(id) => ids.push(Some(id.to_string())),
            Err(error) => {
                told.push(format!("{}: {}", picture.name, signed.page.problem(&Failure::of_form(error)?)));
                ids.push(None);
            }
        }
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(&name);
    let title = read.title.clone().unwrap_or_else(|| stem.trim_end_matches(".docx").to_owned());
    let content = Content { title, body: read.markdown_with(&ids), ..Content::default() };
    let column = sent.fields.some("chuyen-muc").map(Into::into);
    let new = NewArticle { column, content, ..NewArticle::default() };
    let article = press::create_article(state.ws(), signed.acting(), signed.holder(), &new).await?;
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

/// For the script: what was pasted, as Markdown.
pub(crate) async fn paste(State(_): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let html = posted.fields.get("html").to_owned();
    let work = tokio::task::spawn_blocking(move || from_word_html(&html));
    let converted = work.await.map_err(|_| Failure::Internal)?;
    let told: Vec<String> = converted.problems.iter().map(|p| posted.signed.page.problem(p)).collect();
    let body = json!({ "markdown": converted.markdown, "problems": told });
    Ok(([(CONTENT_TYPE, "application/json")], body.to_string()).into_response())
}
