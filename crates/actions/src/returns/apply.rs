//! One transaction for acts on returns: the acts, the revision, the state, the totals.

use std::collections::HashMap;

use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    problem::Problem,
    returns::{Act, ReturnKey, ReturnState, Submission},
};
use nhipcau_store::{NewAct, NewRevision, Step, StoredReturn, Tx, audit::lines};
use uuid::Uuid;

use crate::{
    audit::{self, Reviewed},
    error::{Doing, Result},
    report,
    totals::{self, Standing},
    workspace::{Setting, Workspace},
};

/// What an office means to do with one return.
#[derive(Debug, Clone)]
pub struct Intent {
    /// Which return.
    pub key: ReturnKey,
    /// A new revision, for acts that enter one.
    pub submission: Option<Submission>,
    /// The acts, in order, each by an office.
    pub acts: Vec<(Act, OfficeId)>,
    /// The office for which it is entered, when a reviewer enters what was told over the telephone.
    pub on_behalf_of: Option<OfficeId>,
}

/// Applies intents, all or none. `held` is where those returns stand now, read in this transaction.
pub fn apply<'a>(
    ws: &'a Workspace,
    tx: &'a mut Tx,
    setting: &'a Setting,
    held: &'a HashMap<ReturnKey, StoredReturn>,
    intents: Vec<Intent>,
    at: Timestamp,
) -> Doing<'a, ()> {
    Box::pin(async move {
        let mut steps = Vec::with_capacity(intents.len());
        let mut changed: HashMap<ReturnKey, Standing> = HashMap::with_capacity(intents.len());
        let (mut superseded, mut reviewed) = (Vec::new(), Vec::new());
        for intent in intents {
            let stored = held.get(&intent.key);
            let before = stored.map(|s| s.state.clone()).unwrap_or_default();
            let mut state = before.clone();
            for (act, _) in &intent.acts {
                state = state.apply(act).map_err(|p| about(p, &intent.key))?;
            }
            let id = stored.map_or_else(|| ws.id(at), |s| s.id);
            let entered = intent.submission.as_ref().map(|submission| (ws.id(at), submission));
            let accepted = accepted_after(tx, id, &before, &state, entered).await?;
            if state.locked
                && before.accepted != state.accepted
                && let Some(number) = before.accepted
            {
                let by = intent.acts.last().map(|(_, office)| office.clone());
                superseded.push((id, number, by, correction_reason(tx, id, &intent.acts).await?));
            }
            reviewed.extend(told(tx, id, &before, &intent, entered, accepted.as_ref()).await?);
            let revision_id = entered.map(|(id, _)| id);
            let accepted = accepted.map(|(_, submission)| submission);
            changed.insert(intent.key.clone(), Standing { status: state.status, accepted });
            let first = match stored {
                Some(s) => tx.act_count(s.id).await?,
                None => 0,
            };
            let office = intent.acts.first().map(|(_, o)| o.clone());
            let revision = match (intent.submission.zip(revision_id), office) {
                (Some((submission, id)), Some(office)) => Some(NewRevision {
                    id,
                    number: state.last,
                    submission,
                    office,
                    on_behalf_of: intent.on_behalf_of,
                }),
                _ => None,
            };
            let acts = (first + 1..).zip(intent.acts);
            let acts =
                acts.map(|(ordinal, (act, office))| NewAct { id: ws.id(at), ordinal, act, office }).collect();
            steps.push(Step { id, key: intent.key, new: stored.is_none(), revision, acts, state, at });
        }
        tx.append_steps(&steps).await?;
        totals::update(tx, setting, &changed).await?;
        for (id, number, by, reason) in superseded {
            if let (Some(revision), Some(by)) = (tx.revision(id, number).await?, by) {
                report::open_next(ws, tx, revision.id, &by, &reason, at).await?;
            }
        }
        // The chain's end comes last: every writer waits for it.
        audit::reviewed(tx, reviewed, ws.holder(), at).await
    })
}

/// What the audit trail says of an intent: its acts that bind, each with the revision that it is about.
async fn told(
    tx: &mut Tx,
    id: Uuid,
    before: &ReturnState,
    intent: &Intent,
    entered: Option<(Uuid, &Submission)>,
    accepted: Option<&(Uuid, Submission)>,
) -> Result<Vec<Reviewed>> {
    let (mut found, mut state) = (Vec::new(), before.clone());
    for (act, office) in &intent.acts {
        state = state.apply(act)?;
        let Some((what, reason)) = lines::review(act) else { continue };
        let entered = entered.filter(|_| state.last != before.last);
        let counts = accepted.filter(|_| state.accepted == Some(state.last));
        let known = counts.map(|(id, submission)| (*id, submission)).or(entered);
        let sha256 = match known {
            Some((id, submission)) => lines::revision(id, submission)?,
            None => match tx.revision(id, state.last).await? {
                Some(revision) => lines::revision(revision.id, &revision.submission)?,
                None => String::new(),
            },
        };
        let key = &intent.key;
        found.push(Reviewed {
            what,
            office: office.clone(),
            unit: key.unit.to_string(),
            form: (key.data_set.to_string(), key.period.to_string()),
            line: lines::reviewed(key, state.last, &sha256, reason)?,
        });
    }
    Ok(found)
}

/// Why an accepted return was corrected: said with the act that sent the correction, now or before.
async fn correction_reason(tx: &mut Tx, id: Uuid, acts: &[(Act, OfficeId)]) -> Result<String> {
    let of = |act: &Act| match act {
        Act::Submit { reason, .. } if !reason.is_empty() => Some(reason.clone()),
        _ => None,
    };
    if let Some(reason) = acts.iter().rev().find_map(|(act, _)| of(act)) {
        return Ok(reason);
    }
    Ok(tx.acts_of(id).await?.iter().rev().find_map(|a| of(&a.act)).unwrap_or_default())
}

/// The revision that counts after the acts, its id and what it says: the one just entered, one stored
/// before, or none.
async fn accepted_after(
    tx: &mut Tx,
    id: Uuid,
    before: &ReturnState,
    after: &ReturnState,
    entered: Option<(Uuid, &Submission)>,
) -> Result<Option<(Uuid, Submission)>> {
    let Some(number) = after.accepted else { return Ok(None) };
    if let Some((id, submission)) = entered.filter(|_| number == after.last && before.last != number) {
        return Ok(Some((id, submission.clone())));
    }
    Ok(tx.revision(id, number).await?.map(|r| (r.id, r.submission)))
}

/// Says which return a refusal is about.
fn about(problem: Problem, key: &ReturnKey) -> Problem {
    problem.with("unit", &key.unit).with("form", &key.data_set).with("period", &key.period)
}
