//! The configuration as one file: a folder of its files, packed.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
};

use nhipcau_campaign::Memory;
use nhipcau_domain::problem::Problem;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Configure, Edit, files};
use crate::{error::Result as Done, heavy::Heavy, workspace::Workspace};

/// The files of a configuration, but for its reports.
const FILES: [&str; 11] = [
    "campaign.toml",
    "calendars.toml",
    "units.csv",
    "tree-events.toml",
    "elements.csv",
    "data-sets.toml",
    "indicators.toml",
    "checks.toml",
    "targets.csv",
    "directives.csv",
    "initiatives.csv",
];

/// The most files, and the most bytes of all of them once they are unpacked.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 8 << 20;

/// The most bytes of files that say something else: a change is handed on from its dry run to whoever
/// decides, and written in a form they are three times as many.
const CARRIED: usize = 1 << 20;

/// Files that were sent, as one change: those that say something else than now. They are unpacked in a
/// turn of heavy work.
///
/// # Errors
/// A sentence that says what cannot be read; `configuration-too-large`; `desk-busy`.
pub async fn brought(
    ws: &Workspace,
    power: &Configure,
    heavy: &Heavy,
    sent: Vec<(String, Vec<u8>)>,
) -> Done<Edit> {
    let sent = heavy.enter()?.run(move || unpack(sent)).await??;
    let now = files(ws, power).await?;
    let differs = |path: &String, text: &String| now.0.get(path).map(Vec::as_slice) != Some(text.as_bytes());
    let files: BTreeMap<String, String> =
        sent.into_iter().filter(|(path, text)| differs(path, text)).collect();
    if files.values().map(String::len).sum::<usize>() > CARRIED {
        return Err(Problem::new("configuration-too-large").with("most", "1 MB").into());
    }
    Ok(Edit::Files { files })
}

/// Packs files. The same files make the same bytes.
///
/// # Errors
/// `configuration-not-packed` if they cannot be.
pub fn pack(files: &Memory) -> Result<Vec<u8>, Problem> {
    let failed = |_| Problem::new("configuration-not-packed");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in &files.0 {
        out.start_file(path.as_str(), SimpleFileOptions::default()).map_err(failed)?;
        out.write_all(bytes).map_err(|_| Problem::new("configuration-not-packed"))?;
    }
    Ok(out.finish().map_err(failed)?.into_inner())
}

/// Reads what was sent: a packed folder, or files one by one. A folder around all of them does not count;
/// what belongs to no configuration is left alone.
///
/// # Errors
/// A sentence that says what cannot be read.
pub fn unpack(sent: Vec<(String, Vec<u8>)>) -> Result<BTreeMap<String, String>, Problem> {
    let mut found = BTreeMap::new();
    let mut bytes = 0_u64;
    for (name, content) in sent {
        if content.starts_with(b"PK\x03\x04") {
            unzip(&name, &content, &mut bytes, &mut found)?;
        } else {
            take(&name, &content, &mut bytes, &mut found)?;
        }
    }
    if found.is_empty() {
        return Err(Problem::new("configuration-no-files"));
    }
    Ok(found)
}

fn unzip(
    name: &str,
    content: &[u8],
    bytes: &mut u64,
    found: &mut BTreeMap<String, String>,
) -> Result<(), Problem> {
    let broken = || Problem::new("configuration-archive-broken").in_file(name);
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| broken())?;
    if archive.len() > MOST_FILES {
        return Err(Problem::new("configuration-too-many-files").with("most", MOST_FILES).in_file(name));
    }
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(|_| broken())?;
        let path = file.name().map_err(|_| broken())?.into_owned();
        // What belongs to no configuration is not even unpacked.
        if known(&path).is_none() {
            continue;
        }
        let mut inside = Vec::new();
        let left = MOST_BYTES.saturating_sub(*bytes);
        file.take(left + 1).read_to_end(&mut inside).map_err(|_| broken())?;
        take(&path, &inside, bytes, found)?;
    }
    Ok(())
}

fn take(
    path: &str,
    content: &[u8],
    bytes: &mut u64,
    found: &mut BTreeMap<String, String>,
) -> Result<(), Problem> {
    let Some(path) = known(path) else { return Ok(()) };
    *bytes = bytes.saturating_add(u64::try_from(content.len()).unwrap_or(u64::MAX));
    if *bytes > MOST_BYTES {
        return Err(Problem::new("configuration-too-large").with("most", "8 MB"));
    }
    // A file with NUL in it is of another encoding, or no text at all; PostgreSQL keeps none.
    let text = std::str::from_utf8(content).ok().filter(|text| !text.contains('\0'));
    let text = text.ok_or_else(|| Problem::new("campaign-not-utf8").in_file(&path))?;
    found.insert(path, text.trim_start_matches('\u{feff}').to_owned());
    Ok(())
}

/// A configuration's file by any path that ends in it; none for others.
pub(super) fn known(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let file = parts.pop()?;
    let folder = parts.pop().unwrap_or("");
    if folder == "reports"
        || (folder.is_empty() && file.strip_suffix(".md").is_some_and(nhipcau_campaign::is_name))
    {
        let name = file.strip_suffix(".md").filter(|n| nhipcau_campaign::is_name(n))?;
        return Some(format!("reports/{name}.md"));
    }
    FILES.contains(&file).then(|| file.to_owned())
}
