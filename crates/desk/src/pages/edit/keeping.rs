//! For the article's script, and for two who write at once: autosave, the live preview, the lock.

use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::press;
use serde_json::json;
use uuid::Uuid;

use super::{around::locked, base};
use crate::{
    failure::Failure,
    pages::{on_to, typed},
    received::Posted,
    state::DeskState,
};

fn json(value: &serde_json::Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// For the script: keeps what is typed.
pub(crate) async fn autosave(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let base = base(&fields, &found);
    let at = press::autosave(state.ws(), signed.acting(), signed.holder(), id, base, &content).await?;
    let said = signed.page.say1("desk-autosaved-at", "at", signed.page.time(at));
    let lock = press::lock(state.ws(), signed.acting(), signed.holder(), id, false).await?;
    let theirs = locked(&signed.page, &lock).unwrap_or_default();
    let newer = found.article.last_revision != base;
    Ok(json(&json!({ "saved": said, "lock": theirs, "newer": newer })))
}

/// For the script: the text as it will look.
pub(crate) async fn preview(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let found = press::desk_article(state.ws(), signed.acting(), id).await?;
    let content = typed::content(&fields, &found.revision.content);
    let resolved =
        press::resolve(state.ws(), &found.article, &content).await?.saying(&signed.page.t("portal-withheld"));
    let lang = found.article.lang;
    let rendered =
        tokio::task::spawn_blocking(move || nhipcau_writing::render(&content.body, &resolved, lang.as_str()));
    let rendered = rendered.await.map_err(|_| Failure::Internal)?;
    let problems: Vec<String> = rendered.problems.iter().map(|p| signed.page.problem(p)).collect();
    let words = signed.page.say1("desk-words", "count", rendered.words);
    Ok(json(&json!({ "html": rendered.html, "problems": problems, "words": words })))
}

/// Forgets what was typed since the last revision.
pub(crate) async fn discard(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    press::desk_article(state.ws(), posted.signed.acting(), id).await?;
    press::discard_autosave(state.ws(), posted.signed.acting(), id).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}?xong=discarded")))
}

/// Takes the lock from whoever has it.
pub(crate) async fn take_over(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    press::lock(state.ws(), signed.acting(), signed.holder(), id, true).await?;
    Ok(on_to(&format!("/lam-viec/bai-viet/{id}")))
}
