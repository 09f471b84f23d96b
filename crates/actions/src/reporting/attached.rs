//! Files that go with a return: minutes of a meeting, a photograph, a list that holds no names.

use nhipcau_domain::{id::OfficeId, problem::Problem, returns::ReturnKey};
use nhipcau_store::{ReturnFile, Tx};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::draft::bound;
use crate::{
    access::hex,
    basis,
    error::{ActionError, Result},
    heavy::Turn,
    powers::{Over, Report, See},
    press::{NewPicture, check_attachment, is_picture, write_anew},
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

/// Puts a file that was sent beside a return, a picture decoded within bounds and written anew; its id. Of
/// one who has no business with the return nothing is looked at.
///
/// # Errors
/// As [`attach`]; what is wrong with the picture.
pub async fn bring(
    ws: &Workspace,
    over: &Over<Report>,
    turn: &Turn,
    key: &ReturnKey,
    name: String,
    bytes: Vec<u8>,
) -> Result<Uuid> {
    {
        let mut tx = ws.store().read().await?;
        let setting = ws.setting(&mut tx).await?;
        bound(&setting, over, key)?;
    }
    let brought = if is_picture(&name, &bytes) {
        let picture = turn.run(move || write_anew(&name, &bytes, "")).await??;
        Brought::Picture(Box::new(picture))
    } else {
        Brought::Other(name, bytes)
    };
    attach(ws, over, key, brought).await
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
    let sent = is_sent(&mut tx, key).await?;
    if let Some(same) = there.iter().find(|f| f.sha256 == sha256 && is_known(f, over.office(), sent)) {
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
    let held = tx.returns(std::slice::from_ref(key)).await?.remove(key);
    let sent = held.as_ref().is_some_and(|held| held.state.last > 0);
    let file = there.iter().find(|f| f.id == id && is_known(f, over.office(), sent));
    let file = file.ok_or_else(|| Problem::new("return-file-unknown"))?;
    if held.is_some_and(|held| held.state.accepted.is_some()) {
        return Err(Problem::new("return-file-stays").with("file", file.name.as_str()).into());
    }
    tx.remove_return_file(id, over.office(), at).await?;
    Ok(tx.commit().await?)
}

/// Whether an office may know of a file: before anything was sent it is the unit's own, and that of the
/// office which brought it on the unit's behalf.
pub(super) fn is_known(file: &ReturnFile, office: &OfficeId, sent: bool) -> bool {
    sent || file.office == *office || file.key.unit.as_str() == office.as_str()
}

async fn is_sent(tx: &mut Tx, key: &ReturnKey) -> Result<bool> {
    let held = tx.returns(std::slice::from_ref(key)).await?;
    Ok(held.get(key).is_some_and(|held| held.state.last > 0))
}

/// The files of a return, for whoever fills it in: before it is sent they are nobody else's.
///
/// # Errors
/// As [`super::save`].
pub async fn files(ws: &Workspace, over: &Over<Report>, key: &ReturnKey) -> Result<Vec<ReturnFile>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    bound(&setting, over, key)?;
    let sent = is_sent(&mut tx, key).await?;
    let mut files = tx.return_files(key).await?;
    files.retain(|f| is_known(f, over.office(), sent));
    Ok(files)
}

/// A file of a return with its bytes, for whoever sees the unit's returns; none where it has none such, or
/// none that is anybody else's yet.
///
/// # Errors
/// `unit-out-of-reach`, or that the unit does not owe the form.
pub async fn file(
    ws: &Workspace,
    over: &Over<See>,
    key: &ReturnKey,
    id: Uuid,
) -> Result<Option<(ReturnFile, Vec<u8>)>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    seen(&setting, over, key)?;
    let sent = is_sent(&mut tx, key).await?;
    let found = tx.return_file(id).await?.filter(|(file, _)| file.key == *key);
    Ok(found.filter(|(file, _)| is_known(file, over.office(), sent)))
}

fn seen(setting: &Setting, over: &Over<See>, key: &ReturnKey) -> Result<()> {
    let period = basis::period(setting, &key.period)?;
    over.require(setting, &key.unit, period.last)?;
    Ok(owes(setting, key)?)
}
