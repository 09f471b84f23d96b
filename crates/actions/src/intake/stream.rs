//! A country's table: a long CSV file, read as it streams by and committed batch by batch.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{BufReader, Read},
    path::Path,
    sync::Arc,
};

use nhipcau_domain::problem::Problem;
use nhipcau_intake::{Limits, RowOutcome, Source, read_wide_csv};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::{FileOutcome, Roll, file_name};
use crate::{
    access::hex,
    error::{ActionError, Result},
    returns::{Mode, submit_all},
    workspace::Workspace,
};

/// Returns that are committed together.
const BATCH: usize = 2_000;

/// Whether a file is a CSV beyond a size.
pub fn is_long_csv(path: &Path, beyond: u64) -> bool {
    let csv = path.extension().and_then(|e| e.to_str()).is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    csv && path.metadata().is_ok_and(|m| m.len() > beyond)
}

/// Imports a long CSV: one thread reads, this task commits; between them at most two batches wait,
/// so memory stays bounded whatever the file's length.
pub async fn import(
    ws: &Workspace,
    roll: &Arc<Roll>,
    path: &Path,
    mode: &Mode,
    heard: &mut (dyn FnMut(FileOutcome) + Send),
) -> Result<()> {
    let name = file_name(path);
    let (send, mut receive) = mpsc::channel::<Batch>(2);
    let reader = {
        let (roll, path, name) = (Arc::clone(roll), path.to_owned(), name.clone());
        tokio::task::spawn_blocking(move || read(&roll, &path, &name, &send))
    };
    let nothing_seen = HashMap::new();
    while let Some(batch) = receive.recv().await {
        let submissions = batch.rows.iter().filter_map(|r| r.submission.clone()).collect();
        let returns = submit_all(ws, submissions, mode, &nothing_seen).await?;
        let problems = batch.rows.into_iter().flat_map(|r| r.problems).collect();
        heard(FileOutcome { file: name.clone(), returns, problems, bytes: batch.bytes });
    }
    let problems = reader.await.map_err(|_| ActionError::Worker)?;
    heard(FileOutcome { file: name, returns: Vec::new(), problems, bytes: 0 });
    Ok(())
}

/// Rows that go together, and how many of the file's bytes they took.
struct Batch {
    rows: Vec<RowOutcome>,
    bytes: u64,
}

fn read(roll: &Roll, path: &Path, name: &str, send: &mpsc::Sender<Batch>) -> Vec<Problem> {
    let unreadable = || vec![Problem::new("file-unreadable").with("file", name)];
    let limits = Limits {
        max_file_bytes: u64::MAX,
        max_rows: u32::MAX,
        max_cells: usize::MAX,
        max_submissions: usize::MAX,
        ..Limits::default()
    };
    // Rows that contradict each other are both left out; the first of them is known only afterwards,
    // so the file is read once to find them, and for its hash. What is no table ends here, however
    // long it is.
    let Ok(file) = File::open(path) else { return unreadable() };
    let mut hashing = Hashing { inner: file, hasher: Sha256::new() };
    let mut contradicted = HashSet::new();
    let first = BufReader::with_capacity(1 << 20, &mut hashing);
    let first = read_wide_csv(first, &Source { name, sha256: "" }, roll, &limits, &mut |row| {
        if row.contradicts.is_some() {
            contradicted.extend(row.key);
        }
    });
    if first.rows == 0 {
        return first.problems;
    }
    let Ok(sha256) = hashing.finish() else { return unreadable() };
    let source = Source { name, sha256: &sha256 };
    let Ok(file) = File::open(path) else { return unreadable() };
    let counted = std::cell::Cell::new(0_u64);
    let mut reported = 0;
    let mut rows = Vec::with_capacity(BATCH);
    let reader = Counting { inner: BufReader::with_capacity(1 << 20, file), count: &counted };
    let summary = read_wide_csv(reader, &source, roll, &limits, &mut |mut row| {
        if row.key.as_ref().is_some_and(|key| contradicted.contains(key)) {
            row.submission = None;
        }
        rows.push(row);
        if rows.len() == BATCH {
            let bytes = counted.get() - reported;
            reported = counted.get();
            // The other end is gone only when the import failed; it says why.
            let _ = send.blocking_send(Batch { rows: std::mem::take(&mut rows), bytes });
        }
    });
    let _ = send.blocking_send(Batch { rows, bytes: counted.get().saturating_sub(reported) });
    summary.problems
}

/// Hashes what is read through it.
struct Hashing {
    inner: File,
    hasher: Sha256,
}

impl Hashing {
    /// The whole file's hash, in hexadecimal.
    fn finish(mut self) -> std::io::Result<String> {
        std::io::copy(&mut BufReader::with_capacity(1 << 20, &mut self), &mut std::io::sink())?;
        Ok(hex(&self.hasher.finalize()))
    }
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..n).unwrap_or_default());
        Ok(n)
    }
}

/// Counts what is read through it.
struct Counting<'a, R> {
    inner: R,
    count: &'a std::cell::Cell<u64>,
}

impl<R: Read> Read for Counting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}
