//! Sending what was typed, and saying who will read it.

use std::collections::HashMap;

use nhipcau_domain::{
    Date, Timestamp,
    dataset::DataSet,
    id::{OfficeId, UnitId},
    office::{Power, Reach},
    problem::Problem,
    returns::{ReturnKey, Status},
    tree::Ix,
};
use nhipcau_store::{RevisionRecord, Tx};

use super::{
    Asked, Differing, Save, Saved, Typed,
    draft::{Bound, bound, differing, read, standing, typed_of},
    form::reading,
    save,
};
use crate::{
    error::Result,
    powers::{Over, Report},
    returns::{Mode, OVERTAKEN, Sender, Verdict, submit_all},
    workspace::{Setting, Workspace},
};

/// What would change by sending: to be seen first.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The revision that stands, to be named when it is confirmed.
    pub revision: u32,
    /// Whether that one counts already, so that a reason is asked for.
    pub accepted: bool,
    /// When it came in, and from which office.
    pub sent: (Timestamp, OfficeId),
    /// What would change: of each field, what stands first.
    pub differing: Vec<Differing>,
}

/// What became of sending.
#[derive(Debug)]
pub enum Sent {
    /// It is on record.
    Received {
        /// Whether it says what was on record already, so that nothing new was stored.
        unchanged: bool,
    },
    /// Somebody else saved or sent something else meanwhile: this is kept aside.
    Aside,
    /// It would change what was sent: to be confirmed. It is kept as the draft.
    Confirm(Box<Changed>),
    /// Something is to be mended first; it is kept as the draft, and the form says what.
    Refused(Vec<Problem>),
}

/// Sends what was typed. It is kept as the draft before anything else, so that nothing is lost.
///
/// # Errors
/// As [`save`].
pub async fn send(ws: &Workspace, over: &Over<Report>, asked: &Save<'_>, confirmed: bool) -> Result<Sent> {
    let version = match save(ws, over, asked).await? {
        Saved::Kept { version, .. } => version,
        Saved::Aside => return Ok(Sent::Aside),
    };
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, .. } = bound(&setting, over, asked.key)?;
    let typed = asked.typed.tidy(form);
    let (held, last) = standing(&mut tx, asked.key).await?;
    let returned = held.as_ref().is_some_and(|h| h.state.status == Status::Returned);
    let accepted = held.as_ref().is_some_and(|h| h.state.accepted.is_some());
    let stands = last.as_ref().map(|r| typed_of(&r.submission, form));
    let same = stands.as_ref().is_some_and(|s| Typed { reason: String::new(), ..typed.clone() } == *s);
    if same && !returned {
        drop(tx);
        forget(ws, over, asked, version).await?;
        return Ok(Sent::Received { unchanged: true });
    }
    let reading = reading(&mut tx, &setting, asked.key, form, &typed, Asked::Sending, accepted).await?;
    if reading.is_refused() {
        return Ok(Sent::Refused(Vec::new()));
    }
    if let Some(last) = &last
        && (accepted || last.number != asked.revision)
        && !(confirmed && last.number == asked.revision)
    {
        return Ok(Sent::Confirm(Box::new(changed(&setting, form, last, accepted, &typed))));
    }
    drop(tx);
    // It is written in another transaction: what came between the two is not replaced.
    let expected = Some(held.map_or(0, |h| h.state.last));
    let office = sender(over, &asked.key.unit);
    let mode = Mode { office, reason: typed.reason, expected, ..Mode::default() };
    let outcome = submit_all(ws, vec![reading.submission], &mode, &HashMap::new()).await?.pop();
    match outcome {
        Some(o) if o.problems.iter().any(|p| p.id == OVERTAKEN) => {
            overtaken(ws, over, asked, o.problems).await
        }
        Some(o) if o.verdict == Verdict::Refused => Ok(Sent::Refused(o.problems)),
        outcome => {
            forget(ws, over, asked, version).await?;
            let unchanged = outcome.is_none_or(|o| o.verdict == Verdict::Unchanged);
            Ok(Sent::Received { unchanged })
        }
    }
}

/// What sending would change of the revision that stands.
fn changed(
    setting: &Setting,
    form: &DataSet,
    last: &RevisionRecord,
    accepted: bool,
    typed: &Typed,
) -> Changed {
    let without_reason = Typed { reason: String::new(), ..typed.clone() };
    Changed {
        revision: last.number,
        accepted,
        sent: (last.at, last.office.clone()),
        differing: differing(setting, form, &typed_of(&last.submission, form), &without_reason),
    }
}

/// Somebody else was a moment faster: what they sent is shown first, as if it had been there before.
async fn overtaken(
    ws: &Workspace,
    over: &Over<Report>,
    asked: &Save<'_>,
    problems: Vec<Problem>,
) -> Result<Sent> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, .. } = bound(&setting, over, asked.key)?;
    let (held, last) = standing(&mut tx, asked.key).await?;
    let accepted = held.is_some_and(|h| h.state.accepted.is_some());
    let Some(last) = last else { return Ok(Sent::Refused(problems)) };
    Ok(Sent::Confirm(Box::new(changed(&setting, form, &last, accepted, &asked.typed.tidy(form)))))
}

/// Who sends: the unit itself, or the office on its behalf. Both are on record.
pub(super) fn sender(over: &Over<Report>, unit: &UnitId) -> Sender {
    if over.office().as_str() == unit.as_str() { Sender::Unit } else { Sender::Office(over.office().clone()) }
}

/// Ends the draft that was sent, and what this page had kept aside: a later draft stays.
async fn forget(ws: &Workspace, over: &Over<Report>, asked: &Save<'_>, version: i64) -> Result<()> {
    let mut tx = ws.store().write().await?;
    tx.drop_draft(asked.key, over.office(), "", version).await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, .. } = bound(&setting, over, asked.key)?;
    let typed = asked.typed.tidy(form);
    for aside in tx.drafts(asked.key, over.office()).await? {
        if !aside.copy.is_empty() && read(&aside, form)? == typed {
            tx.drop_draft(asked.key, over.office(), &aside.copy, i64::MAX).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// What the unit may show for it: when it came in, and who reads it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The form's title.
    pub form: String,
    /// The period's name.
    pub period: String,
    /// The unit's name then.
    pub unit: String,
    /// The last revision's number, when it came in, and from which office.
    pub revision: u32,
    /// When it came in.
    pub at: Timestamp,
    /// The office that sent it.
    pub office: OfficeId,
    /// Whether another office sent it on the unit's behalf.
    pub on_behalf: bool,
    /// Where the return stands.
    pub status: Status,
    /// The files that go with it, by name.
    pub files: Vec<String>,
    /// The offices that review it, by name; the nearest above.
    pub readers: Vec<String>,
}

/// The receipt of what was last sent; none where nothing was.
///
/// # Errors
/// As [`save`].
pub async fn receipt(ws: &Workspace, over: &Over<Report>, key: &ReturnKey) -> Result<Option<Receipt>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, period, unit } = bound(&setting, over, key)?;
    let (Some(held), Some(last)) = standing(&mut tx, key).await? else { return Ok(None) };
    Ok(Some(Receipt {
        form: form.name.clone(),
        period: period.name.clone(),
        unit: setting.tree.name(unit, period.last).to_owned(),
        revision: last.number,
        at: last.at,
        on_behalf: last.on_behalf_of.is_some(),
        office: last.office,
        status: held.state.status,
        files: tx.return_files(key).await?.into_iter().map(|f| f.name).collect(),
        readers: readers(&mut tx, &setting, unit, period.last, over.today()).await?,
    }))
}

/// The reviewing offices that are nearest above a unit; the consolidating one where none is posted.
async fn readers(tx: &mut Tx, setting: &Setting, unit: Ix, then: Date, today: Date) -> Result<Vec<String>> {
    let tree = &setting.tree;
    let mut path: Vec<Ix> = std::iter::once(unit).chain(tree.above(unit, today)).collect();
    path.extend(tree.above(unit, then).filter(|a| !path.contains(a)).collect::<Vec<_>>());
    let ids: Vec<UnitId> = path.iter().map(|ix| tree.id(*ix).clone()).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for (_, name, posting) in tx.posted_over(&ids).await? {
        if !posting.duty.powers().contains(&Power::Review) || !posting.reach.reaches(tree, unit, then, today)
        {
            continue;
        }
        let far = match &posting.reach {
            Reach::Unit(id) | Reach::Branch(id) => ids.iter().position(|u| u == id).unwrap_or(ids.len()),
            Reach::All => usize::MAX,
        };
        found.push((far, name));
    }
    let nearest = found.iter().map(|(far, _)| *far).min();
    let mut names: Vec<String> =
        found.into_iter().filter(|(far, _)| Some(*far) == nearest).map(|(_, name)| name).collect();
    names.dedup();
    if names.is_empty() {
        let definitions = &setting.definitions;
        let office = definitions.offices.iter().find(|o| o.id == definitions.campaign.office);
        names.extend(office.map(|o| o.name.clone()));
    }
    Ok(names)
}
