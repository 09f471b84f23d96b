//! Files that editors send: a picture is decoded within bounds and written anew, anything else is kept as
//! an attachment.

use nhipcau_domain::{office::Acting, problem::Problem, text};
use nhipcau_pictures::Limits;
use nhipcau_store::site::NewRendition;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{NewPicture, add_attachment, add_picture, describe_media};
use crate::{
    access::hex,
    error::{ActionError, Result},
    heavy::Turn,
    workspace::Workspace,
};

/// A file that was sent, with what is said of it.
#[derive(Debug, Clone, Default)]
pub struct Sent<'a> {
    /// Its name; folders before it do not count.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What a picture shows, for those who do not see it.
    pub alt: &'a str,
    /// What is said beneath it.
    pub caption: &'a str,
    /// Who took it.
    pub credit: &'a str,
}

/// Keeps a file; its id, and whether it is a picture.
///
/// # Errors
/// What is wrong with the file, with its name; `office-may-not`.
pub async fn bring_in(ws: &Workspace, acting: &Acting, turn: &Turn, sent: Sent<'_>) -> Result<(Uuid, bool)> {
    let name = sent.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let placed = |error| match error {
        ActionError::Refused(problem) => ActionError::Refused(problem.in_file(&name)),
        other => other,
    };
    if !is_picture(&name, &sent.bytes) {
        return Ok((add_attachment(ws, acting, &name, sent.bytes).await.map_err(placed)?, false));
    }
    let id = take_picture(ws, acting, turn, &name, sent.bytes, sent.alt).await.map_err(placed)?;
    if ![sent.alt, sent.caption, sent.credit].iter().all(|t| t.is_empty()) {
        describe_media(ws, acting, id, sent.alt, sent.caption, sent.credit).await?;
    }
    Ok((id, true))
}

/// Takes a picture: decoded within bounds, written anew, kept.
///
/// # Errors
/// What is wrong with the picture; `office-may-not`.
pub async fn take_picture(
    ws: &Workspace,
    acting: &Acting,
    turn: &Turn,
    name: &str,
    bytes: Vec<u8>,
    alt: &str,
) -> Result<Uuid> {
    let (name, alt) = (name.to_owned(), alt.to_owned());
    let picture = turn.run(move || write_anew(&name, &bytes, &alt)).await??;
    add_picture(ws, acting, picture).await
}

/// Whether a file is a picture, or says that it is.
#[must_use]
pub fn is_picture(name: &str, bytes: &[u8]) -> bool {
    let known = ["jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "svg", "bmp", "tif", "tiff"];
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    known.contains(&&*ending) || bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG")
}

/// Decodes a picture within bounds and writes it anew in every size. Blocking.
///
/// # Errors
/// What is wrong with the picture.
pub fn write_anew(name: &str, bytes: &[u8], alt: &str) -> std::result::Result<NewPicture, Problem> {
    let taken = nhipcau_pictures::take(bytes, &Limits::default())?;
    let mut renditions: Vec<NewRendition> = taken
        .outputs()?
        .into_iter()
        .map(|o| NewRendition {
            name: format!("{}.{}", o.width, o.format.extension()),
            media_type: o.format.mime().to_owned(),
            sha256: hex(&Sha256::digest(&o.bytes)),
            width: o.width,
            height: o.height,
            bytes: o.bytes,
        })
        .collect();
    // The smallest first, as whoever shows them expects.
    renditions.sort_by_key(|r| r.width);
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let media_type = renditions.last().map(|r| r.media_type.clone()).unwrap_or_default();
    Ok(NewPicture {
        name: text::tidy(stem).chars().take(150).collect(),
        media_type,
        sha256: hex(&Sha256::digest(bytes)),
        width: taken.width(),
        height: taken.height(),
        alt: alt.to_owned(),
        caption: String::new(),
        credit: String::new(),
        renditions,
    })
}
