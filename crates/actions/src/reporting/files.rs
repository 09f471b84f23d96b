//! The same by workbook: the unit's template, and what it brings back, refused cell by cell as the
//! importer does.

use std::{collections::HashMap, sync::Arc};

use nhipcau_domain::{
    id::OfficeId,
    problem::{Arg, Problem},
    returns::{ReturnKey, Submission},
};
use nhipcau_intake::{Limits, read_file};

use super::{draft::bound, send::sender};
use crate::{
    error::{ActionError, Result},
    intake::{Roll, TemplateFile, templates},
    powers::{Over, Report},
    returns::{Mode, Outcome, quotes_record, submit_all},
    workspace::{Setting, Workspace},
};

/// The most returns that one file brings through a page; a whole district's table comes in by the
/// command line.
const MOST: usize = 2_000;

/// What became of a file.
#[derive(Debug, Clone, Default)]
pub struct Uploaded {
    /// Its name.
    pub file: String,
    /// Its returns.
    pub returns: Vec<Outcome>,
    /// What is wrong with the file, or with parts of it that gave no return.
    pub problems: Vec<Problem>,
}

impl Uploaded {
    /// The returns of other units than the office's own of which something on record may be quoted.
    #[must_use]
    pub fn quoted(&self, office: &OfficeId) -> Vec<&ReturnKey> {
        let others = self.returns.iter().filter(|o| o.key.unit.as_str() != office.as_str());
        others.filter(|o| o.problems.iter().any(quotes_record)).map(|o| &o.key).collect()
    }
}

/// The workbook of what a unit owes for a period.
///
/// # Errors
/// As [`super::save`].
pub async fn template(ws: &Workspace, over: &Over<Report>, key: &ReturnKey) -> Result<TemplateFile> {
    {
        let mut tx = ws.store().read().await?;
        let setting = ws.setting(&mut tx).await?;
        bound(&setting, over, key)?;
    }
    let files = templates(ws, &key.period, std::slice::from_ref(&key.unit)).await?;
    let missing = || Problem::new("nothing-owed").with("period", &key.period);
    files.into_iter().next().ok_or_else(|| missing().into())
}

/// Reads a file and sends what it holds, as far as the office reports for those units; `reason` corrects
/// what was accepted. One return that is refused does not stop the others.
///
/// # Errors
/// Only where the store fails: what is wrong with the file is in the outcome.
pub async fn upload(
    ws: &Workspace,
    over: &Over<Report>,
    name: &str,
    bytes: Vec<u8>,
    reason: &str,
) -> Result<Uploaded> {
    let setting = {
        let mut tx = ws.store().read().await?;
        ws.setting(&mut tx).await?
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let limits = Limits { max_submissions: MOST, ..Limits::default() };
    let mut done = Uploaded { file: file.clone(), ..Uploaded::default() };
    if bytes.len() as u64 > limits.max_file_bytes {
        let megabytes = bytes.len() / 1_000_000;
        done.problems.push(Problem::new("file-too-large").with("megabytes", megabytes).in_file(&file));
        return Ok(done);
    }
    let roll = Roll::new(Arc::clone(&setting), over.today());
    let reading = tokio::task::spawn_blocking(move || read_file(&file, &bytes, &roll, &limits));
    let reading = reading.await.map_err(|_| ActionError::Worker)?;
    done.problems = reading.problems;
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for submission in reading.submissions {
        match within_reach(&setting, over, &submission) {
            Err(problem) => done.problems.push(problem),
            Ok(()) if over.office().as_str() == submission.key.unit.as_str() => own.push(submission),
            Ok(()) => others.push(submission),
        }
    }
    for group in [own, others] {
        let Some(first) = group.first() else { continue };
        let office = sender(over, &first.key.unit);
        let mode = Mode { office, reason: reason.trim().to_owned(), ..Mode::default() };
        done.returns.extend(submit_all(ws, group, &mode, &HashMap::new()).await?);
    }
    name_units(&setting, over, &mut done);
    Ok(done)
}

/// A unit that is out of reach is refused in the same words as one that does not exist.
fn within_reach(
    setting: &Setting,
    over: &Over<Report>,
    submission: &Submission,
) -> std::result::Result<(), Problem> {
    let last = setting.definitions.period(&submission.key.period).map_or(over.today(), |p| p.last);
    over.require(setting, &submission.key.unit, last).map(drop).map_err(|mut problem| {
        problem.place.file = Some(submission.origin.file.clone());
        problem.place.sheet = Some(submission.origin.sheet.clone()).filter(|s| !s.is_empty());
        problem
    })
}

/// Says it as a page does, and names units that are within reach; of others no more is said than what the file said itself.
fn name_units(setting: &Setting, over: &Over<Report>, done: &mut Uploaded) {
    let of_returns = done.returns.iter_mut().flat_map(|r| r.problems.iter_mut());
    for problem in done.problems.iter_mut().chain(of_returns) {
        // The importer's sentence tells how the command line corrects.
        if problem.id == "return-accepted-already" {
            let (args, place) = (std::mem::take(&mut problem.args), std::mem::take(&mut problem.place));
            *problem = Problem { args, place, ..Problem::new("return-accepted-reason") };
        }
        for (name, value) in &mut problem.args {
            if let Arg::Text(id) = value
                && name == "unit"
                && let Some(ix) = setting.tree.find(id)
                && over.reaches(setting, ix, over.today())
            {
                let day = if setting.tree.is_open(ix, over.today()) {
                    over.today()
                } else {
                    setting.tree.opened(ix)
                };
                setting.tree.name(ix, day).clone_into(id);
            }
        }
    }
}
