//! Files that go with a return: minutes of a meeting, a photograph, a list that holds no names.

use nhipcau_domain::{problem::Problem, returns::ReturnKey};
use nhipcau_store::ReturnFile;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::draft::bound;
use crate::{
    access::hex,
    basis,
    error::{ActionError, Result},
    powers::{Kind, Over, Report, See},
    press::{NewPicture, check_attachment},
    returns::owes,
    workspace::{Setting, Workspace},
};

/// How many files go with a return at most.
pub const FILES_MOST: usize = 5;

/// A file that is brought.
#[derive(Debug, Clone)]
pub enum Brought {
    /// A picture, decoded and written anew by the caller: what it said of its maker and its place is gone.
    Picture(Box<NewPicture>),
    /// Anything else, by its name; its bytes are looked at here.
    Other(String, Vec<u8>),
}

/// Puts a file beside a return; its id. The same file twice is kept once.
///
/// # Errors
/// As [`super::save`]; `return-files-full`; what an attachment of the site is refused for.
pub async fn attach(ws: &Workspace, over: &Over<Report>, key: &ReturnKey, brought: Brought) -> Result<Uuid> {
    let (name, media_type, bytes) = kept(brought).await?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    bound(&setting, over, key)?;
    let there = tx.return_files(key).await?;
    let sha256 = hex(&Sha256::digest(&bytes));
    if let Some(same) = there.iter().find(|f| f.sha256 == sha256) {
        return Ok(same.id);
    }
    if there.len() >= FILES_MOST {
        return Err(Problem::new("return-files-full").with("most", FILES_MOST).into());
    }
    let file = ReturnFile {
        id: ws.id(at),
        key: key.clone(),
        name,
        media_type,
        sha256,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        office: over.office().clone(),
        holder: over.holder().to_owned(),
        at,
    };
    tx.add_return_file(&file, &bytes).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// A file as it is kept: name, media type, bytes.
async fn kept(brought: Brought) -> Result<(String, String, Vec<u8>)> {
    match brought {
        Brought::Picture(picture) => {
            let served = |media_type: &str| matches!(media_type, "image/jpeg" | "image/png" | "image/webp");
            // The largest form that every browser shows.
            let largest =
                picture.renditions.into_iter().filter(|r| served(&r.media_type)).max_by_key(|r| r.width);
            let unkept = || Problem::new("picture-renditions").with("file", picture.name.as_str());
            let largest = largest.ok_or_else(unkept)?;
            let ending = largest.media_type.trim_start_matches("image/").replace("jpeg", "jpg");
            let stem = picture.name.rsplit_once('.').map_or(picture.name.as_str(), |(stem, _)| stem);
            Ok((format!("{stem}.{ending}"), largest.media_type, largest.bytes))
        }
        Brought::Other(name, bytes) => {
            let name = nhipcau_domain::text::tidy(name.rsplit(['/', '\\']).next().unwrap_or(&name));
            let checked = tokio::task::spawn_blocking(move || {
                check_attachment(&name, &bytes).map(|kind| (name, kind.to_owned(), bytes))
            });
            Ok(checked.await.map_err(|_| ActionError::Worker)??)
        }
    }
}

/// Takes a file out again, as long as nothing that was accepted rests on it. Its hash stays on record.
///
/// # Errors
/// As [`super::save`]; `return-file-unknown`; `return-file-stays` once the return was accepted.
pub async fn detach(ws: &Workspace, over: &Over<Report>, key: &ReturnKey, id: Uuid) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    bound(&setting, over, key)?;
    let there = tx.return_files(key).await?;
    let file = there.iter().find(|f| f.id == id).ok_or_else(|| Problem::new("return-file-unknown"))?;
    let held = tx.returns(std::slice::from_ref(key)).await?;
    if held.get(key).is_some_and(|held| held.state.accepted.is_some()) {
        return Err(Problem::new("return-file-stays").with("file", file.name.as_str()).into());
    }
    tx.remove_return_file(id, over.office(), at).await?;
    Ok(tx.commit().await?)
}

/// The files of a return, for whoever sees the unit's returns.
///
/// # Errors
/// `unit-out-of-reach`, or that the unit does not owe the form.
pub async fn files(ws: &Workspace, over: &Over<See>, key: &ReturnKey) -> Result<Vec<ReturnFile>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    seen(&setting, over, key)?;
    Ok(tx.return_files(key).await?)
}

/// A file of a return with its bytes; none where it has none such.
///
/// # Errors
/// As [`files`].
pub async fn file(
    ws: &Workspace,
    over: &Over<See>,
    key: &ReturnKey,
    id: Uuid,
) -> Result<Option<(ReturnFile, Vec<u8>)>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    seen(&setting, over, key)?;
    Ok(tx.return_file(id).await?.filter(|(file, _)| file.key == *key))
}

fn seen<K: Kind>(setting: &Setting, over: &Over<K>, key: &ReturnKey) -> Result<()> {
    let period = basis::period(setting, &key.period)?;
    over.require(setting, &key.unit, period.last)?;
    Ok(owes(setting, key)?)
}
