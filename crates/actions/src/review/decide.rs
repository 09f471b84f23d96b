//! What a reviewer decides about what was shown: never about something that came meanwhile.

use std::collections::HashMap;

use nhipcau_domain::{
    Date,
    dataset::DataSet,
    id::{DataSetId, ElementId, PeriodId, UnitId},
    problem::Problem,
    returns::{Act, ReturnKey, Status},
    text,
};
use nhipcau_store::StoredReturn;

use crate::{
    basis,
    error::{Result, again_if_busy},
    outbox,
    powers::{Consolidate, Over, Review},
    returns::{Intent, apply},
    workspace::{Setting, Workspace},
};

/// The longest reason, in characters.
const LONGEST: usize = 2000;
/// The most returns that are decided at once.
const MOST: usize = 1000;
/// What stands before the elements in question, in the reason on record.
const QUESTION: &str = "Chỉ tiêu cần xem lại: ";

/// A return as a page showed it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// Which return.
    pub key: ReturnKey,
    /// The revision that was shown.
    pub revision: u32,
}

/// What came of deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// For how many returns it was done.
    pub done: usize,
    /// Why it was not done for the others: each is no longer as it was shown.
    pub left: Vec<Problem>,
}

/// Accepts returns as they were shown. Those that changed meanwhile are left and told of; one that is
/// out of reach refuses all.
pub async fn accept_shown(ws: &Workspace, over: &Over<Review>, shown: &[Shown]) -> Result<Decided> {
    decide(ws, over, shown, &Act::Accept).await
}

/// Sends a return back as it was shown, with a reason and the elements that it is about.
pub async fn send_back_shown(
    ws: &Workspace,
    over: &Over<Review>,
    shown: &Shown,
    reason: &str,
    elements: &[ElementId],
) -> Result<Decided> {
    let reason = reason_of(reason, Problem::new("send-back-needs-reason"))?;
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    drop(tx);
    let form = super::owing::form(&setting, &shown.key.data_set)?;
    let reason = with_question(&setting, form, &reason, elements);
    decide(ws, over, std::slice::from_ref(shown), &Act::SendBack { reason }).await
}

/// Excuses a unit from a return that did not come, with a reason.
pub async fn excuse(ws: &Workspace, over: &Over<Review>, key: &ReturnKey, reason: &str) -> Result<()> {
    let reason = reason_of(reason, Problem::new("exempt-needs-reason"))?;
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    drop(tx);
    require(&setting, over, key)?;
    super::exempt(&ws.held_by(over.holder()), over.office(), std::slice::from_ref(key), &reason).await
}

/// Extends a deadline for a branch that is wholly in reach: to a day that is still to come, and later
/// than any of its units has now. `until` is the last day.
pub async fn extend(
    ws: &Workspace,
    over: &Over<Consolidate>,
    (data_set, period): (&DataSetId, &PeriodId),
    branch: &UnitId,
    until: Date,
    reason: &str,
) -> Result<()> {
    let reason = reason_of(reason, Problem::new("extension-needs-reason"))?;
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let form = super::owing::form(&setting, data_set)?;
    let of = basis::period(&setting, period)?;
    let top = over.require_branch(&setting, branch, of.last)?;
    let within = setting.tree.within(top, of.last);
    if of.calendar != form.calendar {
        return Err(Problem::new("period-of-another-calendar")
            .with("form", form.name.as_str())
            .with("period", &of.id)
            .into());
    }
    if until < over.today() || until <= of.last {
        return Err(Problem::new("extension-too-early").with("until", until).into());
    }
    let granted = tx.deadline_extensions(data_set, period).await?;
    drop(tx);
    let latest = within.iter().filter_map(|ix| basis::due(&setting, &granted, form, of, *ix)).max();
    if let Some(latest) = latest.filter(|latest| until <= *latest) {
        return Err(Problem::new("extension-not-later").with("until", until).with("due", latest).into());
    }
    let ws = ws.held_by(over.holder());
    super::extend_deadline(&ws, over.office(), data_set, period, branch, until, &reason).await
}

/// The reason of a send-back without, and the elements that it names: for the form that is to be mended.
#[must_use]
pub fn in_question(reason: &str, form: &DataSet) -> (String, Vec<ElementId>) {
    let Some((words, named)) = reason.rsplit_once(QUESTION) else { return (reason.to_owned(), Vec::new()) };
    let elements = form.elements.iter().filter(|id| named.contains(&format!("({id})"))).cloned().collect();
    (words.trim_end().to_owned(), elements)
}

/// A reason with the elements that it is about: readable, and found again by [`in_question`].
fn with_question(setting: &Setting, form: &DataSet, reason: &str, elements: &[ElementId]) -> String {
    let named: Vec<String> = setting
        .definitions
        .elements_of(form)
        .filter(|e| elements.contains(&e.id))
        .map(|e| format!("{} ({})", e.name, e.id))
        .collect();
    if named.is_empty() { reason.to_owned() } else { format!("{reason}\n{QUESTION}{}", named.join("; ")) }
}

fn reason_of(typed: &str, missing: Problem) -> Result<String> {
    let reason = text::tidy(typed);
    if reason.is_empty() {
        return Err(missing.into());
    }
    if reason.chars().count() > LONGEST {
        return Err(Problem::new("review-reason-long").with("most", LONGEST).into());
    }
    Ok(reason)
}

fn require(setting: &Setting, over: &Over<Review>, key: &ReturnKey) -> Result<()> {
    let period = basis::period(setting, &key.period)?;
    over.require(setting, &key.unit, period.last)?;
    Ok(())
}

async fn decide(ws: &Workspace, over: &Over<Review>, shown: &[Shown], act: &Act) -> Result<Decided> {
    if shown.len() > MOST {
        return Err(Problem::new("review-too-many").with("found", shown.len()).with("most", MOST).into());
    }
    let mut shown = shown.to_vec();
    shown.sort();
    shown.dedup_by(|a, b| a.key == b.key);
    let ws = &ws.held_by(over.holder());
    again_if_busy!(decide_once(ws, over, &shown, act))
}

async fn decide_once(ws: &Workspace, over: &Over<Review>, shown: &[Shown], act: &Act) -> Result<Decided> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    tx.lock_change_shared().await?;
    let setting = ws.setting(&mut tx).await?;
    for one in shown {
        require(&setting, over, &one.key)?;
    }
    let keys: Vec<ReturnKey> = shown.iter().map(|s| s.key.clone()).collect();
    let held = tx.returns(&keys).await?;
    let (mut left, mut intents) = (Vec::new(), Vec::new());
    for one in shown {
        match changed(&setting, &held, one) {
            Some(problem) => left.push(problem),
            None => intents.push(Intent {
                key: one.key.clone(),
                submission: None,
                acts: vec![(act.clone(), over.office().clone())],
                on_behalf_of: None,
            }),
        }
    }
    let done = intents.len();
    if done > 0 {
        if matches!(act, Act::SendBack { .. }) {
            let back: Vec<(ReturnKey, u32)> =
                intents.iter().filter_map(|i| Some((i.key.clone(), held.get(&i.key)?.state.last))).collect();
            outbox::sent_back(ws, &mut tx, &setting, (over.office(), over.holder()), &back).await?;
        }
        apply(ws, &mut tx, &setting, &held, intents, at).await?;
        ws.commit_public(tx).await?;
    }
    Ok(Decided { done, left })
}

/// Why a return is no longer as it was shown.
fn changed(setting: &Setting, held: &HashMap<ReturnKey, StoredReturn>, one: &Shown) -> Option<Problem> {
    let day = setting.definitions.period(&one.key.period).map(|p| p.last).unwrap_or_default();
    let name = setting
        .tree
        .find(&one.key.unit)
        .map_or_else(|| one.key.unit.to_string(), |ix| setting.tree.name(ix, day).to_owned());
    let Some(stored) = held.get(&one.key) else {
        return Some(Problem::new("review-not-sent").with("name", name));
    };
    if stored.state.status != Status::Submitted {
        let status = stored.state.status.as_str();
        return Some(Problem::new("review-decided-already").with("name", name).with("status", status));
    }
    (stored.state.last != one.revision).then(|| {
        Problem::new("review-changed-since")
            .with("name", name)
            .with("shown", one.revision)
            .with("now", stored.state.last)
    })
}
