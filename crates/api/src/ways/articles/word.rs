//! From Word: a .docx as the text of an article.

use axum::extract::State;
use nhipcau_actions::press;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{self, Answer, Result},
    caller::Caller,
    describe::Refusals,
    shape::Said,
    state::ApiState,
};

pub(super) fn files() -> Ways {
    Ways::new().routes(routes!(read_word_file))
}

/// A Word file that is brought.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it says what the form has; what comes is read piece by piece")]
struct WordFile {
    /// A .docx file of at most 32 MB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// A Word file as the text of an article.
#[derive(Serialize, ToSchema)]
struct WordText {
    /// Its title; its name where it has none.
    title: String,
    /// Its text, in Markdown; a picture is `tep:` and its id.
    markdown: String,
    /// The pictures that are kept now, in the order of the text.
    pictures: Vec<Uuid>,
    /// What was left out, and what is worth looking at; of a picture with its name as the file.
    problems: Vec<Said>,
}

/// Reads a Word file. Its pictures are kept in the library; no article is begun: put `title` and `markdown`
/// into the content of one.
#[utoipa::path(post, path = "/word-files", tag = "site", security(("token" = ["site"])),
    request_body(content = WordFile, content_type = "multipart/form-data"),
    responses((status = 200, description = "Its text.", body = WordText), Refusals))]
async fn read_word_file(State(api): State<ApiState>, caller: Caller, file: body::File) -> Result<WordText> {
    let acting = caller.bearer.site()?;
    let turn = api.heavy.enter()?;
    let read = press::from_word(api.ws(), acting, &turn, &file.name, file.bytes).await?;
    Ok(Answer(WordText {
        title: read.title,
        markdown: read.markdown,
        pictures: read.pictures,
        problems: Said::all(caller.lang, &read.problems),
    }))
}
