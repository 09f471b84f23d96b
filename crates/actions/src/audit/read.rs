//! Reading the trail: a page of it for whoever may, and all of it for whoever checks it elsewhere.

use jiff::{civil::Time, tz::Offset};
use nhipcau_domain::{Date, Timestamp, id::OfficeId};
use nhipcau_store::{
    Tx,
    audit::{AuditFilter, AuditRecord},
};

use super::canonical;
use crate::{
    error::Result,
    powers::{Audit, Over},
    workspace::Workspace,
};

/// How many records a page has.
pub const PAGE_SIZE: u32 = 50;

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
    /// Records, the newest first.
    pub records: Vec<AuditRecord>,
    /// Whether there are older ones.
    pub more: bool,
    /// The newest record of all: its hash, kept elsewhere, makes later rewriting visible.
    pub head: Option<AuditRecord>,
    /// The offices that acted.
    pub offices: Vec<OfficeId>,
}

/// When a local day begins (UTC+7).
fn begins(day: Date) -> Option<Timestamp> {
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
    let wanted = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let mut records = Vec::new();
    // Left out are records of other branches: more is read until the page is full.
    while records.len() <= wanted {
        let page = tx.audit_some(&filter, PAGE_SIZE + 1).await?;
        let Some(last) = page.last() else { break };
        filter.before = Some(last.seq);
        let whole = page.len() > wanted;
        records.extend(page.into_iter().filter(|r| match &setting {
            None => true,
            Some(setting) => {
                asked_within
                    || r.office == *power.office()
                    || OF_THE_WHOLE.iter().any(|what| r.what.starts_with(what))
                    || within(setting, power, &r.subject)
            }
        }));
        if !whole {
            break;
        }
    }
    let more = records.len() > wanted;
    records.truncate(wanted);
    let offices = if all { tx.audit_offices().await? } else { Vec::new() };
    Ok(Trail { records, more, head: tx.audit_head().await?, offices })
}

/// What concerns everyone.
const OF_THE_WHOLE: [&str; 4] = ["genesis", "report-", "definitions-", "tree-"];

fn within(setting: &crate::Setting, power: &Over<Audit>, subject: &str) -> bool {
    let unit = setting.tree.find(subject);
    unit.is_some_and(|unit| power.reaches(setting, unit, power.today()))
}

/// The newest record.
pub async fn head(tx: &mut Tx) -> Result<Option<AuditRecord>> {
    Ok(tx.audit_head().await?)
}

/// All records from a local day on, oldest first, a thousand at a time; `each` hears them.
pub async fn export(
    tx: &mut Tx,
    since: Option<Date>,
    each: &mut (dyn FnMut(&AuditRecord) -> std::io::Result<()> + Send),
) -> Result<std::io::Result<u64>> {
    let from: Option<Timestamp> = since.and_then(begins);
    let (mut after, mut count) = (0, 0);
    loop {
        let page = tx.audit_after(after, from, 1000).await?;
        let Some(last) = page.last() else { return Ok(Ok(count)) };
        after = last.seq;
        for record in &page {
            count += 1;
            if let Err(error) = each(record) {
                return Ok(Err(error));
            }
        }
    }
}

/// A record as one line of JSON: what is hashed, and the hash as its last member.
#[must_use]
pub fn json_line(r: &AuditRecord) -> String {
    let said = canonical(r);
    format!("{},\"hash\":{}}}", said.strip_suffix('}').unwrap_or(&said), serde_json::Value::from(&*r.hash))
}

/// The names of the columns of [`csv_line`].
#[must_use]
pub fn csv_head() -> &'static str {
    "seq,at,office,holder,what,subject,body,before,hash"
}

/// A record as a line of CSV, exactly what is hashed: no cell is changed for the sake of a spreadsheet.
#[must_use]
pub fn csv_line(r: &AuditRecord) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let texts = [r.office.as_str(), &r.holder, &r.what, &r.subject, &r.body, &r.before, &r.hash];
    let texts: Vec<String> = texts.into_iter().map(cell).collect();
    format!("{},{:.6},{}", r.seq, r.at, texts.join(","))
}
