//! From Word: a .docx becomes an article's text, and its pictures are kept. No article is begun by it.

use nhipcau_domain::{office::Acting, problem::Problem};
use nhipcau_writing::{DocxLimits, from_docx};
use uuid::Uuid;

use super::{incoming::take_picture, media::may_bring};
use crate::{
    error::{ActionError, Result},
    heavy::Turn,
    workspace::Workspace,
};

/// A Word file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromWord {
    /// Its title; its name where it has none.
    pub title: String,
    /// Its text, in Markdown; a picture is `tep:` and its id.
    pub markdown: String,
    /// The pictures that were kept, in the order of the text.
    pub pictures: Vec<Uuid>,
    /// What was left out, and what is worth looking at. A picture's problem has its name as the file.
    pub problems: Vec<Problem>,
}

/// Reads a .docx that was sent.
///
/// # Errors
/// `office-may-not` where the office writes nowhere: then nothing is read; what is wrong with the file, with
/// its name.
pub async fn from_word(
    ws: &Workspace,
    acting: &Acting,
    turn: &Turn,
    name: &str,
    bytes: Vec<u8>,
) -> Result<FromWord> {
    may_bring(acting)?;
    let read = turn.run(move || from_docx(&bytes, &DocxLimits::default())).await?;
    let mut read = read.map_err(|problem| problem.in_file(name))?;
    let mut problems = std::mem::take(&mut read.problems);
    let mut ids: Vec<Option<Uuid>> = Vec::with_capacity(read.pictures.len());
    for picture in &read.pictures {
        // A picture that cannot be taken is left out and told: the text is worth more.
        let taken = take_picture(ws, acting, turn, &picture.name, picture.bytes.clone(), &picture.alt);
        match taken.await {
            Ok(id) => ids.push(Some(id)),
            Err(ActionError::Refused(problem)) => {
                problems.push(problem.in_file(&picture.name));
                ids.push(None);
            }
            Err(error) => return Err(error),
        }
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".docx");
    let title = read.title.clone().unwrap_or_else(|| stem.to_owned());
    let written: Vec<Option<String>> = ids.iter().map(|id| id.map(|id| id.to_string())).collect();
    let markdown = read.markdown_with(&written);
    Ok(FromWord { title, markdown, pictures: ids.into_iter().flatten().collect(), problems })
}
