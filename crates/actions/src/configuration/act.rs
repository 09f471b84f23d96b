//! Carrying a change out, as its dry run said.

use nhipcau_domain::problem::Problem;

use super::{Configure, Edit, Pins, Trouble, preview::propose};
use crate::{
    campaign::{Doing, SetUp, put_in_force},
    error::{Result, again_if_busy},
    workspace::{Setting, Workspace},
};

/// The longest reason, in characters.
const LONGEST: usize = 500;

/// What became of a change.
#[derive(Debug)]
pub enum Outcome {
    /// It is in force.
    Done(SetUp),
    /// Something changed since the dry run: nothing was done, and it is to be shown anew.
    Meanwhile,
    /// It cannot be.
    Refused(Vec<Trouble>),
}

/// Carries a change out, if the setting is still the one that its dry run was made of. A reason is
/// asked for; it stands in the audit chain, with whoever holds the power.
pub async fn carry_out(
    ws: &Workspace,
    power: &Configure,
    edit: &Edit,
    pins: Pins,
    reason: &str,
) -> Result<Outcome> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Ok(Outcome::Refused(vec![Trouble {
            problem: Problem::new("configuration-reason-needed"),
            field: Some("reason"),
        }]));
    }
    let reason: String = reason.chars().take(LONGEST).collect();
    let ws = &ws.held_by(power.holder());
    again_if_busy!(once(ws, power, edit, pins, &reason))
}

async fn once(ws: &Workspace, power: &Configure, edit: &Edit, pins: Pins, reason: &str) -> Result<Outcome> {
    let mut tx = ws.store().write().await?;
    // From here on no one else changes the setting.
    let change = tx.bump_change().await?;
    let recorded = tx.tree_events().await?;
    let version = tx.definitions().await?.map_or(0, |(version, _)| version);
    if Pins::of(version, &recorded) != pins {
        return Ok(Outcome::Meanwhile);
    }
    // Not the shared one: this transaction's counter may yet be rolled back.
    let setting = Setting::read(&mut tx, change).await?;
    let proposal = match propose(&mut tx, &setting, &recorded, edit).await? {
        Ok(proposal) => proposal,
        Err(wrong) => return Ok(Outcome::Refused(wrong)),
    };
    let doing = Doing { office: power.office(), reason, change };
    let done = put_in_force(ws, &mut tx, &doing, &proposal.definitions, (recorded, proposal.fresh)).await?;
    if done.events == 0 && !done.definitions_changed {
        return Ok(Outcome::Refused(vec![Problem::new("configuration-nothing-changes").into()]));
    }
    ws.commit_public(tx).await?;
    Ok(Outcome::Done(done))
}
