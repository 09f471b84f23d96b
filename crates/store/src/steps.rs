//! Writing what happens to returns: many at once, because a country reports in one evening.

use std::collections::HashMap;

use jiff::Timestamp;
use nhipcau_domain::{
    id::OfficeId,
    returns::{Act, ReturnKey, ReturnState, Submission},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx, packing,
    statement::statements,
    value::{Arg, args},
};

statements! {
    NEW_RETURN = "INSERT INTO return_state \
                  (id, unit, data_set, period, status, last_revision, accepted_revision, locked, at) \
                  VALUES /*rows:9*/";
    STATE = "UPDATE return_state SET status = $2, last_revision = $3, accepted_revision = $4, locked = $5, at = $6 \
             WHERE id = $1";
    REVISION = "INSERT INTO revision (id, return_id, number, layout_id, \"values\", cells, words, explanation, \
                file_name, file_sha256, sheet, office, on_behalf_of, at) VALUES /*rows:14*/";
    ACT = "INSERT INTO return_act (id, return_id, ordinal, act, office, at) VALUES /*rows:6*/";
}

/// Steps that are turned into rows at a time: bounds the memory that they take beside the caller's.
const PIECE: usize = 2000;

/// What happens to one return: perhaps a revision, the acts, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The return's id.
    pub id: Uuid,
    /// Whose, which form, for which period.
    pub key: ReturnKey,
    /// Whether the return is new.
    pub new: bool,
    /// The revision that it brings.
    pub revision: Option<NewRevision>,
    /// The acts, in order.
    pub acts: Vec<NewAct>,
    /// Where the return stands after them.
    pub state: ReturnState,
    /// When all this is.
    pub at: Timestamp,
}

/// A revision that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRevision {
    /// Its id.
    pub id: Uuid,
    /// Its number within the return, from 1.
    pub number: u32,
    /// What was sent; its key is the step's.
    pub submission: Submission,
    /// The office that enters it.
    pub office: OfficeId,
    /// The office below, if it is entered on that one's behalf.
    pub on_behalf_of: Option<OfficeId>,
}

/// An act that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAct {
    /// Its id.
    pub id: Uuid,
    /// Its place among the return's acts, from 1.
    pub ordinal: u32,
    /// What is done.
    pub act: Act,
    /// By whom.
    pub office: OfficeId,
}

impl Tx {
    /// Writes steps, in this order. Another process that was first with a return, a revision's
    /// number or an act's place makes this a [`StoreError::Conflict`]; a return that is said to
    /// exist and does not, too.
    pub async fn append_steps(&mut self, steps: &[Step]) -> Result<()> {
        for piece in steps.chunks(PIECE) {
            self.append_states(piece).await?;
            self.append_revisions(piece).await?;
            self.append_acts(piece).await?;
        }
        Ok(())
    }

    /// One row a return: a piece may hold several steps of one, the last one stands.
    async fn append_states(&mut self, steps: &[Step]) -> Result<()> {
        let mut last: HashMap<Uuid, (bool, usize)> = HashMap::with_capacity(steps.len());
        for (i, step) in steps.iter().enumerate() {
            let entry = last.entry(step.id).or_insert((false, i));
            *entry = (entry.0 || step.new, i);
        }
        let mut new_ones: Vec<&Step> = Vec::with_capacity(steps.len());
        for (i, step) in steps.iter().enumerate() {
            let Some((new, _)) = last.get(&step.id).filter(|(_, at)| *at == i) else { continue };
            if *new {
                new_ones.push(step);
                continue;
            }
            let [status, number, accepted, locked, at] = state_values(step);
            if self.run(STATE, &[step.id.into(), status, number, accepted, locked, at]).await? != 1 {
                return Err(StoreError::conflict("return_state"));
            }
        }
        // In the order of locking, so that writers with the same new returns do not wait crosswise.
        new_ones.sort_by(|a, b| {
            let (a, b) = (&a.key, &b.key);
            (&a.data_set, &a.period, &a.unit).cmp(&(&b.data_set, &b.period, &b.unit))
        });
        let mut added: Vec<Arg<'_>> = Vec::with_capacity(new_ones.len() * 9);
        for step in new_ones {
            let key = &step.key;
            added.extend(args![step.id, key.unit.as_str(), key.data_set.as_str(), key.period.as_str()]);
            added.extend(state_values(step));
        }
        self.run_rows(NEW_RETURN, 9, &added).await?;
        Ok(())
    }

    async fn append_revisions(&mut self, steps: &[Step]) -> Result<()> {
        let mut values: Vec<Arg<'_>> = Vec::with_capacity(steps.len() * 14);
        // Neighbours mostly bring the same form: its layout is looked up once.
        let mut known: Option<(&Submission, i64)> = None;
        for step in steps {
            let Some(revision) = &step.revision else { continue };
            let submission = &revision.submission;
            let layout = match known {
                Some((other, id)) if same_layout(other, submission) => id,
                _ => self.layout_of(&submission.key.data_set, &submission.entries).await?,
            };
            known = Some((submission, layout));
            let origin = &submission.origin;
            let hash = Some(origin.sha256.as_str()).filter(|s| !s.is_empty());
            let behalf = revision.on_behalf_of.as_ref().map(OfficeId::as_str);
            values.extend(args![revision.id, step.id, revision.number, layout]);
            values.extend(args![packing::values(&submission.entries), packing::cells(&submission.entries)?]);
            values.extend(args![packing::words(&submission.words)?, submission.explanation.as_str()]);
            values.extend(args![origin.file.as_str(), hash, origin.sheet.as_str()]);
            values.extend(args![revision.office.as_str(), behalf, step.at]);
        }
        self.run_rows(REVISION, 14, &values).await?;
        Ok(())
    }

    async fn append_acts(&mut self, steps: &[Step]) -> Result<()> {
        let mut values: Vec<Arg<'_>> = Vec::with_capacity(steps.len() * 12);
        for step in steps {
            for act in &step.acts {
                let body = packing::json(&act.act)?;
                values.extend(args![act.id, step.id, act.ordinal, body, act.office.as_str(), step.at]);
            }
        }
        self.run_rows(ACT, 6, &values).await?;
        Ok(())
    }
}

fn state_values(step: &Step) -> [Arg<'_>; 5] {
    let state = &step.state;
    let accepted = state.accepted.map(i64::from);
    args![state.status.as_str(), state.last, accepted, i64::from(state.locked), step.at]
}

fn same_layout(a: &Submission, b: &Submission) -> bool {
    a.key.data_set == b.key.data_set
        && a.entries.len() == b.entries.len()
        && a.entries.iter().zip(&b.entries).all(|(x, y)| x.element == y.element)
}
