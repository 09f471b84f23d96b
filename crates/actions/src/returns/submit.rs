//! Sending returns in: what is new, what is unchanged, what is a correction, what is refused.

use std::collections::{BTreeMap, HashMap};

use nhipcau_domain::{
    id::{DataSetId, ElementId, OfficeId, PeriodId},
    problem::{Problem, Severity},
    returns::{Act, Entry, ReturnKey, Status, Submission, Value},
};
use nhipcau_store::{StoredReturn, Tx};

use super::{Intent, apply, run_checks};
use crate::{
    error::{Result, again_if_busy},
    workspace::{Setting, Workspace},
};

/// How returns are sent in.
#[derive(Debug, Clone, Default)]
pub struct Mode {
    /// The office that sends them.
    pub office: Sender,
    /// The office that accepts them in the same step, if one does.
    pub accept_by: Option<OfficeId>,
    /// Why, when they correct accepted ones; empty: accepted ones are not touched.
    pub reason: String,
    /// Says what would happen and stores nothing.
    pub dry_run: bool,
    /// The last revision that whoever sends has seen, 0 for none: another one is not replaced but refused as
    /// [`OVERTAKEN`]. Files say nothing of it.
    pub expected: Option<u32>,
}

/// The sentence that refuses what another revision has overtaken.
pub const OVERTAKEN: &str = "return-other-revision";

/// Who sends: an office by name, or each return's own unit.
#[derive(Debug, Clone, Default)]
pub enum Sender {
    /// The unit that the return is of sends it itself.
    #[default]
    Unit,
    /// An office sends it on the unit's behalf.
    Office(OfficeId),
}

/// What became of one return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Came in for the first time, or again after it was sent back.
    Received {
        /// The revision's number.
        revision: u32,
    },
    /// Corrects an accepted one.
    Corrected {
        /// The revision's number.
        revision: u32,
    },
    /// Says what is on record already.
    Unchanged,
    /// Not stored; the problems say why.
    Refused,
}

impl Verdict {
    /// Whether a revision was stored.
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self, Self::Received { .. } | Self::Corrected { .. })
    }
}

/// What became of one return, and what was found on the way.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which return.
    pub key: ReturnKey,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it is accepted now.
    pub accepted: bool,
    /// Whether the return now says this: another that differs, in the same run, is not played off
    /// against it. False for an old file, and for one that was sent back.
    pub stands: bool,
    /// Refusals, and notices that did not stop it.
    pub problems: Vec<Problem>,
}

/// Sends returns in, in one transaction: those that hold are stored, those that do not are answered.
/// Outcomes are in the order of the submissions. `taken` names returns that another file of the same
/// run brought, by that file: two files that differ are not played off against each other.
pub async fn submit_all(
    ws: &Workspace,
    submissions: Vec<Submission>,
    mode: &Mode,
    taken: &HashMap<ReturnKey, String>,
) -> Result<Vec<Outcome>> {
    again_if_busy!(submit_once(ws, submissions.clone(), mode, taken))
}

async fn submit_once(
    ws: &Workspace,
    submissions: Vec<Submission>,
    mode: &Mode,
    taken: &HashMap<ReturnKey, String>,
) -> Result<Vec<Outcome>> {
    let at = ws.now();
    let mut tx = if mode.dry_run { ws.store().read().await? } else { ws.store().write().await? };
    if !mode.dry_run {
        tx.lock_change_shared().await?;
    }
    let setting = ws.setting(&mut tx).await?;
    let keys: Vec<ReturnKey> = submissions.iter().map(|s| s.key.clone()).collect();
    let held = tx.returns(&keys).await?;
    let submissions: Vec<Submission> = submissions.into_iter().map(|s| complete(&setting, s)).collect();
    let findings = check_by_form(&mut tx, &setting, &submissions).await?;
    let mut seen: HashMap<ReturnKey, usize> = HashMap::new();
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(submissions.len());
    let mut intents = Vec::new();
    for (i, (submission, findings)) in submissions.iter().zip(findings).enumerate() {
        let around = Around {
            held: held.get(&submission.key),
            earlier: seen.get(&submission.key).and_then(|first: &usize| submissions.get(*first)),
            taken: taken.get(&submission.key).map(String::as_str),
        };
        let (outcome, intent) = decide(&mut tx, &setting, submission, &around, findings, mode).await?;
        if outcome.stands {
            seen.entry(submission.key.clone()).or_insert(i);
        }
        intents.extend(intent);
        outcomes.push(outcome);
    }
    if !mode.dry_run && !intents.is_empty() {
        apply(ws, &mut tx, &setting, &held, intents, at).await?;
        ws.commit_public(tx).await?;
    }
    Ok(outcomes)
}

async fn check_by_form(
    tx: &mut Tx,
    setting: &Setting,
    submissions: &[Submission],
) -> Result<Vec<Vec<Problem>>> {
    let mut forms: BTreeMap<(&DataSetId, &PeriodId), Vec<usize>> = BTreeMap::new();
    for (i, s) in submissions.iter().enumerate() {
        forms.entry((&s.key.data_set, &s.key.period)).or_default().push(i);
    }
    let mut findings = vec![Vec::new(); submissions.len()];
    for indices in forms.into_values() {
        let of_form: Vec<&Submission> = indices.iter().map(|i| &submissions[*i]).collect();
        for (i, found) in indices.into_iter().zip(run_checks(tx, setting, &of_form).await?) {
            findings[i] = found;
        }
    }
    Ok(findings)
}

/// What a submission meets.
struct Around<'a> {
    /// The return as it stands.
    held: Option<&'a StoredReturn>,
    /// The same return, earlier in the same batch.
    earlier: Option<&'a Submission>,
    /// The file of the same run that brought it already.
    taken: Option<&'a str>,
}

async fn decide(
    tx: &mut Tx,
    setting: &Setting,
    submission: &Submission,
    around: &Around<'_>,
    mut problems: Vec<Problem>,
    mode: &Mode,
) -> Result<(Outcome, Option<Intent>)> {
    let Around { held, earlier, taken } = *around;
    let outcome = |verdict: Verdict, accepted, problems| {
        let stands = verdict.is_new();
        Outcome { key: submission.key.clone(), verdict, accepted, stands, problems }
    };
    let accepted = held.is_some_and(|h| h.state.accepted.is_some());
    let refuse = |mut problems: Vec<Problem>, problem: Problem| {
        problems.push(placed(problem, submission));
        (outcome(Verdict::Refused, accepted, problems), None)
    };
    if earlier.is_some_and(|first| first.same_content(submission)) {
        return Ok((outcome(Verdict::Unchanged, accepted, problems), None));
    }
    if let Some(h) = held
        && let Some(stands) = on_record(tx, h, submission).await?
    {
        return Ok((Outcome { stands, ..outcome(Verdict::Unchanged, accepted, Vec::new()) }, None));
    }
    let last = held.map_or(0, |h| h.state.last);
    if mode.expected.is_some_and(|expected| expected != last) {
        return Ok(refuse(problems, Problem::new(OVERTAKEN).with("revision", last)));
    }
    if let Some(other) = earlier.map(|first| first.origin.file.as_str()).or(taken) {
        return Ok(refuse(problems, Problem::new("return-sent-twice").with("other", other)));
    }
    if let Err(problem) = owes(setting, &submission.key) {
        return Ok(refuse(problems, problem));
    }
    if problems.iter().any(|p| p.severity == Severity::Refuse) {
        return Ok((outcome(Verdict::Refused, accepted, problems), None));
    }
    if submission.explanation.trim().is_empty() && problems.iter().any(|p| p.severity == Severity::Explain) {
        let problem = Problem::new("return-needs-explanation");
        return Ok(refuse(problems, problem));
    }
    if accepted && mode.reason.trim().is_empty() {
        return Ok(refuse(problems, Problem::new("return-accepted-already")));
    }
    let revision = last + 1;
    let (sender, on_behalf_of) = match &mode.office {
        Sender::Unit => (OfficeId::new(&submission.key.unit), None),
        Sender::Office(office) => (office.clone(), Some(OfficeId::new(&submission.key.unit))),
    };
    let mut acts = vec![(
        Act::Submit { revision, reason: if accepted { mode.reason.clone() } else { String::new() } },
        sender,
    )];
    if let Some(reviewer) = &mode.accept_by {
        acts.push((Act::Accept, reviewer.clone()));
    }
    problems.retain(|p| p.severity != Severity::Refuse);
    let verdict = if accepted { Verdict::Corrected { revision } } else { Verdict::Received { revision } };
    let intent =
        Intent { key: submission.key.clone(), submission: Some(submission.clone()), acts, on_behalf_of };
    Ok((outcome(verdict, mode.accept_by.is_some(), problems), Some(intent)))
}

/// Whether this file was read into this return before, or the last revision says the same; and if
/// so, whether that is what the return now says.
async fn on_record(tx: &mut Tx, held: &StoredReturn, submission: &Submission) -> Result<Option<bool>> {
    if held.state.last == 0 {
        return Ok(None);
    }
    let revisions = tx.revisions_of(held.id).await?;
    let same_file = |r: &nhipcau_store::RevisionRecord| {
        !submission.origin.sha256.is_empty()
            && r.submission.origin.sha256 == submission.origin.sha256
            && r.submission.same_content(submission)
    };
    let last_same = revisions.last().is_some_and(|r| r.submission.same_content(submission));
    let stands = last_same && held.state.status != Status::Returned;
    Ok((stands || revisions.iter().any(same_file)).then_some(stands))
}

/// Whether the unit owes this form for this period.
pub(crate) fn owes(setting: &Setting, key: &ReturnKey) -> std::result::Result<(), Problem> {
    let definitions = &setting.definitions;
    let form = definitions
        .data_set(&key.data_set)
        .ok_or_else(|| Problem::new("form-unknown").with("form", &key.data_set))?;
    let period = definitions
        .period(&key.period)
        .ok_or_else(|| Problem::new("period-unknown").with("period", &key.period))?;
    if period.calendar != form.calendar {
        return Err(Problem::new("period-of-another-calendar")
            .with("form", form.name.as_str())
            .with("period", &period.id));
    }
    let tree = &setting.tree;
    let ix = tree.find(&key.unit).ok_or_else(|| Problem::new("unit-unknown").with("unit", &key.unit))?;
    let was_open = tree.opened(ix) <= period.last && tree.closed(ix).is_none_or(|c| c > period.first);
    let name = tree.name(ix, period.last);
    if !was_open {
        return Err(Problem::new("unit-not-open").with("name", name).with("period", period.name.as_str()));
    }
    if !form.roster.names(&key.unit, tree.kind(ix, period.last)) || !form.roster.in_force(period) {
        return Err(Problem::new("unit-does-not-owe").with("name", name).with("form", form.name.as_str()));
    }
    Ok(())
}

/// Every element of the form, in the form's order; what was not said is "not reported".
fn complete(setting: &Setting, mut submission: Submission) -> Submission {
    let Some(form) = setting.definitions.data_set(&submission.key.data_set) else { return submission };
    let in_order = submission.entries.len() == form.elements.len()
        && submission.entries.iter().zip(&form.elements).all(|(e, id)| e.element == *id);
    if !in_order {
        let mut sent: HashMap<ElementId, Entry> =
            submission.entries.drain(..).map(|e| (e.element.clone(), e)).collect();
        let blank = |id: &ElementId| Entry { element: id.clone(), value: Value::NotReported, cell: None };
        submission.entries =
            form.elements.iter().map(|id| sent.remove(id).unwrap_or_else(|| blank(id))).collect();
    }
    submission
}

fn placed(problem: Problem, submission: &Submission) -> Problem {
    let mut problem =
        if problem.arg("unit").is_some() { problem } else { problem.with("unit", &submission.key.unit) };
    if !submission.origin.file.is_empty() {
        problem.place.file = Some(submission.origin.file.clone());
        problem.place.sheet = Some(submission.origin.sheet.clone()).filter(|s| !s.is_empty());
    }
    problem
}
