//! Review: what waits and what is missing, one return beside others, the wide table; accepting, sending
//! back with a reason, excusing, extending a deadline.
//!
//! What a page does goes by a power ([`crate::powers::Over`]) and by the revision that it showed; the
//! functions of this file act for an office at the command line.

mod beside;
mod decide;
mod file;
mod history;
mod missing;
mod owing;
mod queue;
mod record;
mod wide;
pub mod words;

use nhipcau_domain::{
    Date,
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    problem::Problem,
    returns::{Act, ReturnKey, Status},
};

pub use nhipcau_documents::grid;

pub(crate) use self::owing::{form as form_of, parts as owing_parts};

pub use self::{
    beside::{Beside, Remark, Row, Spread, beside, remarks},
    decide::{Decided, Shown, accept_shown, excuse, extend, in_question, send_back_shown},
    file::wide_file,
    history::Event,
    missing::{MISSING_MOST, MissingBranch, MissingReturn, WhoIsMissing, missing},
    owing::{Asked, Choices, Owing, Standing, Standings, extensions},
    queue::{Heading, Item, QUEUE_PAGE, Queue, queue},
    record::{OnRecord, Revision, on_record},
    wide::{Cell, Column, Total, Totals, WIDE_PAGE, Wide, WideAsked, WideRow, wide, wide_totals},
};
use crate::{
    basis,
    error::{Result, again_if_busy},
    powers::{Kind, Over},
    returns::{Intent, apply, owes},
    workspace::Workspace,
};

/// What may be asked for by whoever holds a power.
pub async fn choices<K: Kind>(ws: &Workspace, over: &Over<K>, asked: &Asked) -> Result<Choices> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    Ok(owing::choices(&setting, over, asked))
}

/// Accepts returns that wait for review, all or none.
pub async fn accept(ws: &Workspace, office: &OfficeId, keys: &[ReturnKey]) -> Result<()> {
    act(ws, office, keys, &Act::Accept).await
}

/// Sends returns back with a reason, all or none.
pub async fn send_back(ws: &Workspace, office: &OfficeId, keys: &[ReturnKey], reason: &str) -> Result<()> {
    act(ws, office, keys, &Act::SendBack { reason: reason.to_owned() }).await
}

/// Excuses units from returns, with a reason, all or none.
pub async fn exempt(ws: &Workspace, office: &OfficeId, keys: &[ReturnKey], reason: &str) -> Result<()> {
    act(ws, office, keys, &Act::Exempt { reason: reason.to_owned() }).await
}

/// Accepts every return of a form and period that waits for review; how many there were.
pub async fn accept_waiting(
    ws: &Workspace,
    office: &OfficeId,
    data_set: &DataSetId,
    period: &PeriodId,
) -> Result<usize> {
    let mut tx = ws.store().read().await?;
    let returns = tx.returns_of(data_set, std::slice::from_ref(period)).await?;
    drop(tx);
    let waiting: Vec<ReturnKey> =
        returns.into_iter().filter(|r| r.state.status == Status::Submitted).map(|r| r.key).collect();
    accept(ws, office, &waiting).await?;
    Ok(waiting.len())
}

async fn act(ws: &Workspace, office: &OfficeId, keys: &[ReturnKey], act: &Act) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    // A return that is named twice is meant once.
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    again_if_busy!(act_once(ws, office, &keys, act))
}

async fn act_once(ws: &Workspace, office: &OfficeId, keys: &[ReturnKey], act: &Act) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    tx.lock_change_shared().await?;
    let setting = ws.setting(&mut tx).await?;
    for key in keys {
        if setting.tree.find(&key.unit).is_none() {
            return Err(Problem::new("unit-unknown").with("unit", &key.unit).into());
        }
        // What nobody owes would stand in the coverage as owed and excused.
        if matches!(act, Act::Exempt { .. }) {
            owes(&setting, key)?;
        }
    }
    let held = tx.returns(keys).await?;
    let intent = |key: &ReturnKey| Intent {
        key: key.clone(),
        submission: None,
        acts: vec![(act.clone(), office.clone())],
        on_behalf_of: None,
    };
    apply(ws, &mut tx, &setting, &held, keys.iter().map(intent).collect(), at).await?;
    ws.commit_public(tx).await?;
    Ok(())
}

/// Extends a deadline for a branch of the tree, on record.
pub async fn extend_deadline(
    ws: &Workspace,
    office: &OfficeId,
    data_set: &DataSetId,
    period: &PeriodId,
    branch: &UnitId,
    until: Date,
    reason: &str,
) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Problem::new("extension-needs-reason").into());
    }
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    if setting.tree.find(branch).is_none() {
        return Err(Problem::new("unit-unknown").with("unit", branch).into());
    }
    if setting.definitions.data_set(data_set).is_none() {
        return Err(Problem::new("form-unknown").with("form", data_set).into());
    }
    basis::period(&setting, period)?;
    let extension = nhipcau_store::DeadlineExtension {
        id: ws.id(at),
        data_set: data_set.clone(),
        period: period.clone(),
        unit: branch.clone(),
        until_day: until,
        reason: reason.to_owned(),
        office: office.clone(),
        at,
    };
    tx.extend_deadline(&extension).await?;
    crate::audit::deadline(&mut tx, &extension, ws.holder()).await?;
    ws.commit_public(tx).await?;
    Ok(())
}
