//! Reading the trail, a page at a time: whoever audits some units reads of those, and of the whole.

use jiff::{civil::Time, tz::Offset};
use nhipcau_domain::{Date, Timestamp, id::OfficeId};
use nhipcau_store::{
    Tx,
    audit::{AuditFilter, AuditRecord},
};
use serde_json::{Map, Value};

use crate::{
    error::Result,
    powers::{Audit, Over},
    workspace::{Setting, Workspace},
};

/// How many records a page has.
pub const PAGE_SIZE: u32 = 50;
/// How many are looked through for them at most: what is out of reach is passed over.
const LOOKED_AT: usize = 5000;
/// How many of those are read at once.
const READ: u32 = 1000;

/// What is asked of the trail; what is empty is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of that office.
    pub office: String,
    /// Concerning that unit, edition or office.
    pub subject: String,
    /// From that local day on.
    pub from: Option<Date>,
    /// To that local day.
    pub to: Option<Date>,
    /// Older than that record.
    pub before: Option<i64>,
}

/// A page of the trail.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Records, the newest first. An auditor of some units has them without the hash of the record before,
    /// and a batch that holds others too without its own: what is left out could be guessed from them.
    pub records: Vec<AuditRecord>,
    /// Before which record to look on; none at the end. There may be few records, or none, before it.
    pub older: Option<i64>,
    /// The newest record of all: its hash, kept elsewhere, makes later rewriting visible.
    pub head: Option<AuditRecord>,
    /// The offices that acted.
    pub offices: Vec<OfficeId>,
}

/// When a local day begins (UTC+7).
pub(super) fn begins(day: Date) -> Option<Timestamp> {
    Offset::constant(7).to_timestamp(day.to_datetime(Time::midnight())).ok()
}

/// A page of the trail, for an office that may read who did what. An office that may do so over some
/// units sees what concerns those, what itself did, and what concerns the whole: reports, definitions,
/// the tree. A batch names no unit: it is found by asking for one of its units.
pub async fn trail(ws: &Workspace, power: &Over<Audit>, asked: &Asked) -> Result<Trail> {
    let mut tx = ws.store().read().await?;
    let mut filter = AuditFilter {
        office: asked.office.clone(),
        subject: asked.subject.clone(),
        from: asked.from.and_then(begins),
        until: asked.to.and_then(|day| day.tomorrow().ok()).and_then(begins),
        before: asked.before,
    };
    let all = power.is_over_all();
    let setting = if all { None } else { Some(ws.setting(&mut tx).await?) };
    // Whatever is found by a unit that it may see, it may see.
    let asked_within = setting.as_ref().is_some_and(|s| within(s, power, &asked.subject));
    let size = if all { PAGE_SIZE + 1 } else { READ };
    let fits = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let (mut records, mut looked, mut older) = (Vec::new(), 0, None);
    'all: loop {
        let page = tx.audit_some(&filter, size).await?;
        let last = page.len() < fits(size);
        for record in page {
            if records.len() == fits(PAGE_SIZE) || looked == LOOKED_AT {
                older = filter.before;
                break 'all;
            }
            looked += 1;
            filter.before = Some(record.seq);
            records.extend(match &setting {
                None => Some(record),
                Some(setting) => shown(setting, power, asked_within, record),
            });
        }
        if last {
            break;
        }
    }
    let offices = if all { tx.audit_offices().await? } else { Vec::new() };
    Ok(Trail { records, older, head: tx.audit_head().await?, offices })
}

/// What concerns everyone.
const OF_THE_WHOLE: [&str; 4] = ["genesis", "report-", "definitions-", "tree-"];

/// A record as an auditor of some units reads it; none if it concerns none of them.
fn shown(
    setting: &Setting,
    power: &Over<Audit>,
    asked_within: bool,
    mut r: AuditRecord,
) -> Option<AuditRecord> {
    r.before.clear();
    let whole = r.office == *power.office()
        || OF_THE_WHOLE.iter().any(|what| r.what.starts_with(what))
        || within(setting, power, &r.subject);
    match (whole, asked_within) {
        (true, _) => Some(r),
        (false, true) => cut(setting, power, r),
        (false, false) => None,
    }
}

/// A batch that was found by a unit within reach, without the lines of units that are not; how many those
/// are stands in its body as `beyond`.
fn cut(setting: &Setting, power: &Over<Audit>, mut r: AuditRecord) -> Option<AuditRecord> {
    let mut body: Map<String, Value> = serde_json::from_str(&r.body).ok()?;
    if let Some(Value::Array(lines)) = body.get_mut("of") {
        let all = lines.len();
        lines.retain(|line| line[2].as_str().is_some_and(|unit| within(setting, power, unit)));
        let beyond = all - lines.len();
        if beyond == 0 {
            return Some(r);
        }
        if beyond == all {
            return None;
        }
        body.insert("beyond".to_owned(), beyond.into());
    }
    body.remove("sha256");
    r.body = Value::Object(body).to_string();
    r.hash.clear();
    Some(r)
}

fn within(setting: &Setting, power: &Over<Audit>, subject: &str) -> bool {
    let unit = setting.tree.find(subject);
    unit.is_some_and(|unit| power.reaches(setting, unit, power.today()))
}

/// The newest record.
pub async fn head(tx: &mut Tx) -> Result<Option<AuditRecord>> {
    Ok(tx.audit_head().await?)
}
