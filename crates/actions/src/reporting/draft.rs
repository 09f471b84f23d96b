//! Keeping what is typed: every device's, none over another's.
//!
//! A save says which version it began from. One that began from another is kept aside, whole, until
//! somebody has seen both and chosen.

use nhipcau_domain::{
    Timestamp,
    dataset::DataSet,
    id::ElementId,
    period::Period,
    problem::Problem,
    returns::{ReturnKey, Submission},
    tree::Ix,
};
use nhipcau_store::{DraftRecord, StoredReturn, Tx};

use super::{Answer, Typed};
use crate::{
    error::{Result, again_if_busy},
    powers::{Over, Report},
    returns::owes,
    workspace::{Setting, Workspace},
};

/// What a page saves.
#[derive(Debug, Clone)]
pub struct Save<'a> {
    /// Which return.
    pub key: &'a ReturnKey,
    /// The name of this opening of the form: what it typed is kept aside under it.
    pub copy: &'a str,
    /// The draft's version that it began from; 0 for none.
    pub version: i64,
    /// The return's last revision when the form was opened; 0 for none.
    pub revision: u32,
    /// What was typed.
    pub typed: &'a Typed,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is the draft now.
    Kept {
        /// The draft's version, for the next save; 0 where it says what was sent.
        version: i64,
        /// When it was kept.
        at: Timestamp,
    },
    /// Somebody else saved or sent something else meanwhile: it is kept aside.
    Aside,
}

/// One of two things that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Who typed it.
    pub holder: String,
    /// When it was kept.
    pub at: Timestamp,
    /// What.
    pub typed: Typed,
}

/// A field that two say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Differing {
    /// A line: the element, with its name and both answers.
    Line(ElementId, String, Answer, Answer),
    /// Words: the field, its name and both texts. The explanation is `giai-trinh`, the correction's
    /// reason `ly-do-sua`; their names are empty.
    Words(String, String, String, String),
}

/// What stands, and what was kept aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The draft as it stands, or what was sent.
    pub stands: Side,
    /// Its version, for choosing; 0 where it was sent.
    pub version: i64,
    /// What was kept aside.
    pub aside: Side,
    /// Where they differ: of each field, what stands first.
    pub differing: Vec<Differing>,
}

/// The field of the explanation, among words.
pub(super) const EXPLANATION: &str = "giai-trinh";
/// The field of a correction's reason, among words.
pub(super) const REASON: &str = "ly-do-sua";

/// A return that an office may fill in.
pub(super) struct Bound<'a> {
    pub form: &'a DataSet,
    pub period: &'a Period,
    pub unit: Ix,
}

/// Finds the form, refuses a unit out of reach, and what is not owed.
pub(super) fn bound<'a>(setting: &'a Setting, over: &Over<Report>, key: &ReturnKey) -> Result<Bound<'a>> {
    let definitions = &setting.definitions;
    let unknown = || Problem::new("form-unknown").with("form", &key.data_set);
    let form = definitions.data_set(&key.data_set).ok_or_else(unknown)?;
    let period = crate::basis::period(setting, &key.period)?;
    let unit = over.require(setting, &key.unit, period.last)?;
    owes(setting, key)?;
    Ok(Bound { form, period, unit })
}

/// The return as it stands, with what was last sent.
pub(super) async fn standing(
    tx: &mut Tx,
    key: &ReturnKey,
) -> Result<(Option<StoredReturn>, Option<nhipcau_store::RevisionRecord>)> {
    let held = tx.returns(std::slice::from_ref(key)).await?.remove(key);
    let last = match &held {
        Some(held) if held.state.last > 0 => tx.revision(held.id, held.state.last).await?,
        _ => None,
    };
    Ok((held, last))
}

/// What was kept, read again; what is not there any more in the form is left out.
pub(super) fn read(record: &DraftRecord, form: &DataSet) -> Result<Typed> {
    Ok(serde_json::from_str::<Typed>(&record.body)?.tidy(form))
}

pub(super) fn typed_of(sent: &Submission, form: &DataSet) -> Typed {
    Typed::of(sent).tidy(form)
}

/// Keeps what was typed. It is never refused for what it says.
///
/// # Errors
/// `form-unknown`, `period-unknown`, `unit-out-of-reach`, or that the unit does not owe the form.
pub async fn save(ws: &Workspace, over: &Over<Report>, save: &Save<'_>) -> Result<Saved> {
    again_if_busy!(save_once(ws, over, save))
}

async fn save_once(ws: &Workspace, over: &Over<Report>, save: &Save<'_>) -> Result<Saved> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let Bound { form, .. } = bound(&setting, over, save.key)?;
    let typed = save.typed.tidy(form);
    let (_, last) = standing(&mut tx, save.key).await?;
    let drafts = tx.drafts(save.key, over.office()).await?;
    let draft = drafts.iter().find(|d| d.copy.is_empty());
    let sent = last.as_ref().map(|r| typed_of(&r.submission, form));
    let as_sent = sent.as_ref() == Some(&typed);
    let stale = match draft {
        Some(d) if read(d, form)? == typed => {
            return Ok(Saved::Kept { version: d.version, at: d.at });
        }
        Some(d) => d.version != save.version,
        None if as_sent || (last.is_none() && typed.is_blank()) => {
            return Ok(Saved::Kept { version: 0, at: last.map_or(at, |r| r.at) });
        }
        None => last.is_some_and(|r| r.number != save.revision),
    };
    let before = draft.map_or(0, |d| d.version);
    let mut record = DraftRecord {
        key: save.key.clone(),
        office: over.office().clone(),
        copy: String::new(),
        version: at.as_microsecond().max(before + 1),
        holder: over.holder().to_owned(),
        body: serde_json::to_string(&typed)?,
        at,
    };
    if stale {
        record.copy = copy_name(save.copy);
        record.version = save.version;
        tx.put_draft(&record).await?;
    } else if draft.is_some() {
        tx.put_draft(&record).await?;
    } else {
        // Two devices may begin at once: the second one hears of it, and looks again.
        tx.add_draft(&record).await?;
    }
    tx.commit().await?;
    Ok(if stale { Saved::Aside } else { Saved::Kept { version: record.version, at } })
}

/// A page's own name for itself, as far as it is one.
fn copy_name(given: &str) -> String {
    let name: String = given.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    if name.is_empty() { "khac".to_owned() } else { name }
}

/// What stands and what was kept aside under a name, and where they differ. None where nothing is.
pub async fn conflict(
    ws: &Workspace,
    over: &Over<Report>,
    key: &ReturnKey,
    copy: &str,
) -> Result<Option<Conflict>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let found = found(&mut tx, &setting, over, key, copy).await?;
    Ok(found)
}

async fn found(
    tx: &mut Tx,
    setting: &Setting,
    over: &Over<Report>,
    key: &ReturnKey,
    copy: &str,
) -> Result<Option<Conflict>> {
    let Bound { form, .. } = bound(setting, over, key)?;
    let drafts = tx.drafts(key, over.office()).await?;
    let Some(aside) = drafts.iter().find(|d| !d.copy.is_empty() && d.copy == copy) else { return Ok(None) };
    let side = |d: &DraftRecord| -> Result<Side> {
        Ok(Side { holder: d.holder.clone(), at: d.at, typed: read(d, form)? })
    };
    let aside = side(aside)?;
    let (stands, version) = match drafts.iter().find(|d| d.copy.is_empty()) {
        Some(draft) => (side(draft)?, draft.version),
        None => match standing(tx, key).await?.1 {
            Some(sent) => {
                let typed = typed_of(&sent.submission, form);
                (Side { holder: sent.office.to_string(), at: sent.at, typed }, 0)
            }
            None => (Side { holder: String::new(), at: aside.at, typed: Typed::default().tidy(form) }, 0),
        },
    };
    let differing = differing(setting, form, &stands.typed, &aside.typed);
    Ok(Some(Conflict { stands, version, aside, differing }))
}

/// Where two things that were typed differ, in the form's order.
pub(super) fn differing(setting: &Setting, form: &DataSet, one: &Typed, other: &Typed) -> Vec<Differing> {
    let name =
        |id: &ElementId| setting.definitions.element(id).map_or_else(|| id.to_string(), |e| e.name.clone());
    let lines = form.elements.iter().filter_map(|id| {
        let (a, b) = (one.answer(id), other.answer(id));
        (a != b).then(|| Differing::Line(id.clone(), name(id), a, b))
    });
    let asked =
        form.words.iter().map(|f| (f.id.as_str(), f.name.as_str(), one.word(&f.id), other.word(&f.id)));
    let ours = [
        (EXPLANATION, "", one.explanation.as_str(), other.explanation.as_str()),
        (REASON, "", one.reason.as_str(), other.reason.as_str()),
    ];
    let words = asked
        .chain(ours)
        .filter(|(_, _, a, b)| a != b)
        .map(|(id, name, a, b)| Differing::Words(id.to_owned(), name.to_owned(), a.to_owned(), b.to_owned()));
    lines.chain(words).collect()
}

/// Makes the draft of what stands, with these fields taken from what was kept aside; that ends. Fields are
/// named by element or field. False where the draft changed since `version`: to be looked at again.
pub async fn choose(
    ws: &Workspace,
    over: &Over<Report>,
    key: &ReturnKey,
    copy: &str,
    version: i64,
    taken: &[String],
) -> Result<bool> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    let Some(found) = found(&mut tx, &setting, over, key, copy).await? else { return Ok(false) };
    if found.version != version {
        return Ok(false);
    }
    let mut typed = found.stands.typed;
    for field in found.differing {
        match field {
            Differing::Line(id, _, _, aside) if taken.iter().any(|t| *t == id.as_str()) => {
                typed.answers.retain(|(e, _)| *e != id);
                typed.answers.push((id, aside));
            }
            Differing::Words(id, _, _, aside) if taken.contains(&id) => match id.as_str() {
                EXPLANATION => typed.explanation = aside,
                REASON => typed.reason = aside,
                _ => {
                    typed.words.retain(|(f, _)| *f != id);
                    typed.words.push((id, aside));
                }
            },
            _ => {}
        }
    }
    let Bound { form, .. } = bound(&setting, over, key)?;
    let record = DraftRecord {
        key: key.clone(),
        office: over.office().clone(),
        copy: String::new(),
        version: at.as_microsecond().max(version + 1),
        holder: over.holder().to_owned(),
        body: serde_json::to_string(&typed.tidy(form))?,
        at,
    };
    if version == 0 {
        tx.add_draft(&record).await?;
    } else {
        tx.put_draft(&record).await?;
    }
    tx.drop_draft(key, over.office(), copy, i64::MAX).await?;
    tx.commit().await?;
    Ok(true)
}

/// Throws the draft away; what was sent stays.
pub async fn discard(ws: &Workspace, over: &Over<Report>, key: &ReturnKey, version: i64) -> Result<()> {
    let mut tx = ws.store().write().await?;
    let setting = ws.setting(&mut tx).await?;
    bound(&setting, over, key)?;
    tx.drop_draft(key, over.office(), "", version).await?;
    tx.commit().await?;
    Ok(())
}
