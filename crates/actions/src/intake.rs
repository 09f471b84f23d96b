//! From files to returns: reading in parallel, one transaction for a handful of files, and an
//! acknowledgement only after it is committed.

mod files;
mod roll;
mod stream;
mod templates;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use nhipcau_domain::{Date, problem::Problem, returns::ReturnKey};

pub use self::{
    files::find,
    roll::Roll,
    templates::{TemplateFile, templates},
};
use crate::{
    error::Result,
    returns::{Mode, Outcome, submit_all},
    workspace::{Setting, Workspace},
};

/// Files that are read together and committed together.
const TOGETHER: usize = 32;
/// A CSV file beyond this many bytes is read as a stream.
const STREAM_BEYOND: u64 = 4 * 1024 * 1024;

/// What became of one file, or of a batch of a long file's rows. Handed out after the commit.
#[derive(Debug, Clone, Default)]
pub struct FileOutcome {
    /// The file's name, without the folders above it.
    pub file: String,
    /// Its returns.
    pub returns: Vec<Outcome>,
    /// What is wrong with the file or parts of it that gave no return.
    pub problems: Vec<Problem>,
    /// Bytes of the file that this covers, for progress.
    pub bytes: u64,
}

impl FileOutcome {
    /// Whether anything of it was refused.
    #[must_use]
    pub fn refused(&self) -> bool {
        use nhipcau_domain::problem::Severity;
        self.problems.iter().any(|p| p.severity == Severity::Refuse)
            || self.returns.iter().any(|r| r.verdict == crate::returns::Verdict::Refused)
    }
}

/// Imports files. One bad file never stops the others; `heard` is told of each once what was
/// accepted of it is committed. `day` says which units a name or a reused code means.
pub async fn import(
    ws: &Workspace,
    files: &[PathBuf],
    mode: &Mode,
    day: Date,
    heard: &mut (dyn FnMut(FileOutcome) + Send),
) -> Result<()> {
    let setting = {
        let mut tx = ws.store().read().await?;
        ws.setting(&mut tx).await?
    };
    let roll = Arc::new(Roll::new(Arc::clone(&setting), day));
    let mut seen: HashMap<ReturnKey, String> = HashMap::new();
    let mut batch = Vec::new();
    for file in files {
        if stream::is_long_csv(file, STREAM_BEYOND) {
            import_batch(ws, &setting, &roll, std::mem::take(&mut batch), mode, &mut seen, heard).await?;
            stream::import(ws, &roll, file, mode, heard).await?;
            continue;
        }
        batch.push(file.clone());
        if batch.len() == TOGETHER {
            import_batch(ws, &setting, &roll, std::mem::take(&mut batch), mode, &mut seen, heard).await?;
        }
    }
    import_batch(ws, &setting, &roll, batch, mode, &mut seen, heard).await
}

async fn import_batch(
    ws: &Workspace,
    setting: &Setting,
    roll: &Arc<Roll>,
    files: Vec<PathBuf>,
    mode: &Mode,
    seen: &mut HashMap<ReturnKey, String>,
    heard: &mut (dyn FnMut(FileOutcome) + Send),
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let readings = files::read_all(Arc::clone(roll), files).await?;
    let (mut outcomes, mut submissions, mut owners) = (Vec::new(), Vec::new(), Vec::new());
    for (i, (file, reading)) in readings.into_iter().enumerate() {
        for submission in reading.submissions {
            owners.push(i);
            submissions.push(submission);
        }
        outcomes.push(FileOutcome {
            file: file.name,
            returns: Vec::new(),
            problems: reading.problems,
            bytes: file.bytes,
        });
    }
    let answered = submit_all(ws, submissions, mode, seen).await?;
    for (i, outcome) in owners.into_iter().zip(answered) {
        if let Some(file) = outcomes.get_mut(i) {
            if outcome.stands {
                seen.entry(outcome.key.clone()).or_insert_with(|| file.file.clone());
            }
            file.returns.push(outcome);
        }
    }
    for mut outcome in outcomes {
        name_units(setting, &mut outcome);
        heard(outcome);
    }
    Ok(())
}

/// Says whom a problem is about by name: readers know names, not ids.
fn name_units(setting: &Setting, outcome: &mut FileOutcome) {
    use nhipcau_domain::problem::Arg;
    let of_returns = outcome.returns.iter_mut().flat_map(|r| r.problems.iter_mut());
    for problem in outcome.problems.iter_mut().chain(of_returns) {
        for (name, value) in &mut problem.args {
            if name != "unit" {
                continue;
            }
            if let Arg::Text(id) = value
                && let Some(ix) = setting.tree.find(id)
            {
                let opened = setting.tree.opened(ix);
                setting.tree.name(ix, opened).clone_into(id);
            }
        }
    }
}

/// The name of a file without the folders above it.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
