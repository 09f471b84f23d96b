//! Finding files and reading them, on all processors, one file's fault its own.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use nhipcau_domain::problem::Problem;
use nhipcau_intake::{Limits, Reading, read_file};

use super::{Roll, file_name};
use crate::error::{ActionError, Result};

/// Endings of files that are taken from a folder; a file that is named is always read.
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"];

/// A file that was read.
pub struct FileRead {
    /// Its name, without the folders above it.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// The files that paths name: themselves, and the workbooks and tables in folders, in order of name.
pub fn find(paths: &[PathBuf]) -> std::result::Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found)?;
        } else if path.exists() {
            found.push(path.clone());
        } else {
            return Err(Problem::new("file-missing").with("file", path.display().to_string()));
        }
    }
    Ok(found)
}

fn walk(dir: &Path, found: &mut Vec<PathBuf>) -> std::result::Result<(), Problem> {
    let unreadable = |_| Problem::new("file-unreadable").with("file", dir.display().to_string());
    let mut entries: Vec<PathBuf> =
        fs::read_dir(dir).map_err(unreadable)?.filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        let name = file_name(&path);
        // Excel leaves a lock file beside a workbook that is open.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        if path.is_dir() {
            walk(&path, found)?;
        } else if path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| ENDINGS.contains(&e.to_lowercase().as_str()))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads files on all processors, in the order in which they were named.
pub async fn read_all(roll: Arc<Roll>, files: Vec<PathBuf>) -> Result<Vec<(FileRead, Reading)>> {
    tokio::task::spawn_blocking(move || read_parallel(&roll, &files)).await.map_err(|_| ActionError::Worker)
}

fn read_parallel(roll: &Roll, files: &[PathBuf]) -> Vec<(FileRead, Reading)> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<(FileRead, Reading)>>> = Mutex::new(files.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((i, file)) = {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    files.get(i).map(|f| (i, f))
                } {
                    let reading = read(roll, file);
                    if let Some(slot) = done.lock().unwrap_or_else(PoisonError::into_inner).get_mut(i) {
                        *slot = Some(reading);
                    }
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

fn read(roll: &Roll, file: &Path) -> (FileRead, Reading) {
    let (name, limits) = (file_name(file), Limits::default());
    let bytes = fs::metadata(file).map_or(0, |m| m.len());
    let refused = |problem: Problem| Reading { problems: vec![problem.in_file(&name)], ..Reading::default() };
    let reading = if bytes > limits.max_file_bytes {
        refused(
            Problem::new("file-too-large")
                .with("megabytes", i64::try_from(bytes / 1_000_000).unwrap_or(i64::MAX)),
        )
    } else {
        match fs::read(file) {
            Ok(content) => read_file(&name, &content, roll, &limits),
            Err(_) => refused(Problem::new("file-unreadable").with("file", name.as_str())),
        }
    };
    (FileRead { name, bytes }, reading)
}
