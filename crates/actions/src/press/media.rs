//! Bringing in pictures (already decoded and written anew by the caller) and attachments.

use nhipcau_domain::{
    office::{Acting, Role},
    problem::Problem,
    text,
};
use nhipcau_store::{
    StoreError,
    site::{MediaRecord, NewRendition, RenditionBytes},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    marking::marked_secret,
    sniff::sniff,
    teaser::{MediaView, views},
};
use crate::{
    access::hex,
    error::{ActionError, Result},
    workspace::Workspace,
};

/// The largest attachment, in bytes.
pub const ATTACHMENT_MAX: usize = 20 * 1024 * 1024;

/// The most that all renditions of a picture may come to, in bytes.
const PICTURE_MAX: usize = 40 * 1024 * 1024;

/// A picture that was decoded, stripped of what it says about its maker, and written anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPicture {
    /// The file's name.
    pub name: String,
    /// The media type of what was brought in.
    pub media_type: String,
    /// The hash of what was brought in, in hexadecimal: the same picture is kept once.
    pub sha256: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What is said beneath it.
    pub caption: String,
    /// Who took it.
    pub credit: String,
    /// Its forms; only `image/jpeg`, `image/png`, `image/webp` and `image/avif`.
    pub renditions: Vec<NewRendition>,
}

/// Keeps a picture; its id. One that is there already is not kept twice.
pub async fn add_picture(ws: &Workspace, acting: &Acting, picture: NewPicture) -> Result<Uuid> {
    may_bring(acting)?;
    let served = |r: &NewRendition| {
        matches!(r.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp" | "image/avif")
            && is_file_name(&r.name)
    };
    let size: usize = picture.renditions.iter().map(|r| r.bytes.len()).sum();
    if picture.renditions.is_empty() || !picture.renditions.iter().all(served) || size > PICTURE_MAX {
        return Err(Problem::new("picture-renditions").with("file", picture.name).into());
    }
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    if let Some(same) = tx.media_by_hash(&picture.sha256).await?.filter(|m| m.kind == "picture") {
        return Ok(same.id);
    }
    let record = MediaRecord {
        id: ws.id(at),
        kind: "picture".to_owned(),
        name: text::tidy(&picture.name),
        media_type: picture.media_type,
        sha256: picture.sha256,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        width: picture.width,
        height: picture.height,
        alt: text::tidy(&picture.alt),
        caption: text::tidy(&picture.caption),
        credit: text::tidy(&picture.credit),
        office: acting.office.clone(),
        at,
    };
    tx.add_media(&record, &picture.renditions).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// Keeps an attachment; its id. Refused unless its bytes are what its name says, of a type that readers can
/// be asked to open (pdf, docx, xlsx, odt, ods), without macros, and not marked as a state secret.
pub async fn add_attachment(ws: &Workspace, acting: &Acting, name: &str, bytes: Vec<u8>) -> Result<Uuid> {
    may_bring(acting)?;
    let name = text::tidy(name.rsplit(['/', '\\']).next().unwrap_or(name));
    let (name, bytes, media_type) =
        tokio::task::spawn_blocking(move || check(&name, &bytes).map(|media_type| (name, bytes, media_type)))
            .await
            .map_err(|_| ActionError::Worker)??;
    let at = ws.now();
    let sha256 = hex(&Sha256::digest(&bytes));
    let mut tx = ws.store().write().await?;
    if let Some(same) = tx.media_by_hash(&sha256).await?.filter(|m| m.kind == "attachment" && m.name == name)
    {
        return Ok(same.id);
    }
    let record = MediaRecord {
        id: ws.id(at),
        kind: "attachment".to_owned(),
        name: name.clone(),
        media_type: media_type.to_owned(),
        sha256: sha256.clone(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        width: 0,
        height: 0,
        alt: String::new(),
        caption: String::new(),
        credit: String::new(),
        office: acting.office.clone(),
        at,
    };
    let file = NewRendition {
        name: served_name(&name),
        media_type: media_type.to_owned(),
        sha256,
        width: 0,
        height: 0,
        bytes,
    };
    tx.add_media(&record, &[file]).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// Says of a picture what it shows, what stands beneath it and who took it. Articles that are out say it
/// from now on where their own text says nothing.
pub async fn describe_media(
    ws: &Workspace,
    acting: &Acting,
    media: Uuid,
    alt: &str,
    caption: &str,
    credit: &str,
) -> Result<()> {
    may_bring(acting)?;
    let mut tx = ws.store().write().await?;
    let (alt, caption, credit) = (text::tidy(alt), text::tidy(caption), text::tidy(credit));
    match tx.describe_media(media, &alt, &caption, &credit).await {
        Err(StoreError::Conflict { .. }) => return Err(Problem::new("media-unknown").into()),
        other => other?,
    }
    ws.commit_public(tx).await
}

/// The latest pictures (or, if not, attachments), with their forms; pages of 40, from 1.
pub async fn media_library(
    ws: &Workspace,
    acting: &Acting,
    pictures: bool,
    page: u32,
) -> Result<Vec<MediaView>> {
    may_bring(acting)?;
    let mut tx = ws.store().read().await?;
    let kind = if pictures { "picture" } else { "attachment" };
    let latest = tx.latest_media(kind, 40, page.saturating_sub(1).saturating_mul(40)).await?;
    let ids: Vec<Uuid> = latest.iter().map(|m| m.id).collect();
    let mut found = views(&mut tx, &ids).await?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// A rendition for an office, whether it is out or not.
pub async fn desk_media(
    ws: &Workspace,
    acting: &Acting,
    id: Uuid,
    name: &str,
) -> Result<Option<RenditionBytes>> {
    may_bring(acting)?;
    Ok(ws.store().read().await?.rendition(id, name).await?)
}

/// Whoever writes anywhere may bring in what their articles show.
pub(super) fn may_bring(acting: &Acting) -> std::result::Result<(), Problem> {
    if acting.highest().is_some_and(|role| role >= Role::Writer) {
        return Ok(());
    }
    Err(Problem::new("office-may-not").with("office", acting.office.as_str()))
}

/// What an attachment is, by its name and its bytes; refused as [`add_attachment`] refuses it.
pub(crate) fn check(name: &str, bytes: &[u8]) -> std::result::Result<&'static str, Problem> {
    if bytes.len() > ATTACHMENT_MAX {
        let expected = ATTACHMENT_MAX / 1024 / 1024;
        return Err(Problem::new("attachment-too-large").with("file", name).with("expected", expected));
    }
    if let Some(marking) = marked_secret(&name.replace(['_', '-', '.'], "\n")) {
        return Err(Problem::new("content-marked-secret").with("marking", marking));
    }
    let found = sniff(bytes).ok_or_else(|| Problem::new("media-attachment-kind").with("file", name))?;
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    if ending != found.ending {
        return Err(Problem::new("media-attachment-name").with("file", name).with("expected", found.ending));
    }
    // Of the formats that we read anyway, the text is looked at as well.
    if found.ending == "docx"
        && let Ok(document) = nhipcau_writing::from_docx(bytes, &nhipcau_writing::DocxLimits::default())
        && let Some(marking) = marked_secret(&document.markdown)
    {
        return Err(Problem::new("content-marked-secret").with("marking", marking));
    }
    Ok(found.media_type)
}

/// A name that is served: a slug with its ending.
fn served_name(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let slug = nhipcau_domain::press::slug(stem);
    let stem = if slug.is_empty() { "tep" } else { slug.as_str() };
    format!("{stem}.{}", ending.to_lowercase())
}

fn is_file_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.len() <= 100 && !name.starts_with('.') && name.chars().all(good)
}
