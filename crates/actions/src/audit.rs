//! The audit trail: every act that binds is a record that names office, holder, time and what was
//! done, and carries the hash of the record before it. `docs/audit.md` says what is hashed.
//!
//! A record is written in the transaction of its act, one for a batch: its body counts the acts and
//! has the hash of their lines ([`nhipcau_store::audit::lines`]), so that the tables in which the acts
//! stand can be held against it. The first record of a chain that begins in a database with acts in it
//! is a `genesis`: it pins what stood before.

mod proof;
mod read;
mod whole;

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use nhipcau_domain::{Timestamp, id::OfficeId};
use nhipcau_store::{
    DeadlineExtension, OfficeEvent, Tx,
    audit::{AuditRecord, BindingAct, lines},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) use self::proof::verify_audit;
pub use self::{
    read::{Asked, PAGE_SIZE, Trail, head, trail},
    whole::{Export, csv_head, csv_line, export, json_line},
};
use crate::{access::hex, error::Result};

/// What stands before the first record.
pub const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The most acts whose lines stand in a record: of more there is the hash only.
const LISTED: usize = 20;

/// What is done to the chain by one act, or by a batch of them.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    pub what: &'static str,
    pub subject: String,
    pub office: &'a OfficeId,
    pub holder: &'a str,
    pub at: Timestamp,
    pub lines: Vec<String>,
    /// Besides, for people who read the record.
    pub more: Vec<(&'static str, Value)>,
}

impl Told<'_> {
    /// The body: the number of acts, the hash of their lines, the lines themselves where they are few.
    fn body(&mut self) -> String {
        let sha256 = digest(&mut self.lines);
        let mut body = format!("{{\"acts\":{},\"sha256\":\"{sha256}\"", self.lines.len());
        if self.lines.len() <= LISTED {
            let _ = write!(body, ",\"of\":[{}]", self.lines.join(","));
        }
        for (name, value) in &self.more {
            let _ = write!(body, ",\"{name}\":{value}");
        }
        body.push('}');
        body
    }
}

/// The hash of lines: each with a line's end, in the order of their bytes.
fn digest<T: AsRef<str> + Ord>(lines: &mut [T]) -> String {
    lines.sort_unstable();
    let mut hash = Sha256::new();
    let lines: &[T] = lines;
    for line in lines {
        hash.update(line.as_ref().as_bytes());
        hash.update(b"\n");
    }
    hex(&hash.finalize())
}

/// The bytes of a record that are hashed: its JSON as it is exported, without its own hash.
#[must_use]
pub fn canonical(r: &AuditRecord) -> String {
    let text = |t: &str| Value::from(t).to_string();
    format!(
        "{{\"seq\":{},\"at\":\"{:.6}\",\"office\":{},\"holder\":{},\"what\":{},\"subject\":{},\"body\":{},\"before\":{}}}",
        r.seq,
        r.at,
        text(r.office.as_str()),
        text(&r.holder),
        text(&r.what),
        text(&r.subject),
        r.body,
        text(&r.before),
    )
}

/// The hash that a record must carry.
#[must_use]
pub fn hash(r: &AuditRecord) -> String {
    hex(&Sha256::digest(canonical(r).as_bytes()))
}

/// Appends to the chain, in the transaction of the acts and after everything else that it locks.
pub(crate) async fn append(tx: &mut Tx, mut told: Vec<Told<'_>>) -> Result<()> {
    told.retain(|t| !t.lines.is_empty());
    let Some((office, at)) = told.first().map(|t| (t.office.clone(), t.at)) else { return Ok(()) };
    let mut records = Vec::with_capacity(told.len());
    for t in &mut told {
        records.push(AuditRecord {
            seq: 0,
            // As the database keeps it.
            at: Timestamp::from_microsecond(t.at.as_microsecond()).unwrap_or(t.at),
            office: t.office.clone(),
            holder: t.holder.to_owned(),
            what: t.what.to_owned(),
            subject: std::mem::take(&mut t.subject),
            body: t.body(),
            before: String::new(),
            hash: String::new(),
        });
    }
    let places = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // From here on other writers wait.
    let (mut seq, mut before) = tx.take_audit(places(records.len())).await?;
    if seq == 1
        && let Some(body) = genesis(tx, &told).await?
    {
        tx.take_audit(1).await?;
        let genesis = AuditRecord {
            seq,
            at: Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at),
            office,
            holder: String::new(),
            what: "genesis".to_owned(),
            subject: String::new(),
            body,
            before: String::new(),
            hash: String::new(),
        };
        records.insert(0, genesis);
    }
    for record in &mut records {
        record.seq = seq;
        record.before = before.take().unwrap_or_else(|| NOTHING_BEFORE.to_owned());
        record.hash = hash(record);
        before = Some(record.hash.clone());
        seq += 1;
    }
    Ok(tx.append_audit(&records).await?)
}

/// What stood in the tables before the chain began; none if nothing did.
async fn genesis(tx: &mut Tx, told: &[Told<'_>]) -> Result<Option<String>> {
    let mut stood = by_what(tx).await?;
    for t in told {
        if let Some(lines) = stood.get_mut(t.what) {
            let own: Vec<String> = t.lines.iter().map(|line| dated(t.at, t.office, line)).collect();
            take(lines, &own);
        }
    }
    stood.retain(|_, lines| !lines.is_empty());
    if stood.is_empty() {
        return Ok(None);
    }
    Ok(Some(json!({ "acts": pinned(&stood, Line::now) }).to_string()))
}

/// Lines by what was done, with their number and hash.
fn pinned(stood: &Lines, written: fn(&Line) -> &str) -> BTreeMap<&'static str, Value> {
    let pin = |lines: &Vec<Line>| {
        let mut written: Vec<&str> = lines.iter().map(written).collect();
        json!({ "acts": written.len(), "sha256": digest(&mut written) })
    };
    stood.iter().map(|(what, lines)| (*what, pin(lines))).collect()
}

/// An act's line.
#[derive(Debug)]
struct Line {
    now: String,
    /// As it was written before hashes were salted; empty where it is the same.
    unsalted: String,
}

/// Lines by what was done.
type Lines = BTreeMap<&'static str, Vec<Line>>;

impl Line {
    fn now(&self) -> &str {
        &self.now
    }

    fn unsalted(&self) -> &str {
        if self.unsalted.is_empty() { &self.now } else { &self.unsalted }
    }

    /// The same with the act's time and office, where no record of its own tells of it.
    fn dated(&self, at: Timestamp, office: &OfficeId) -> Self {
        let unsalted = Some(&self.unsalted).filter(|line| !line.is_empty());
        let unsalted = unsalted.map(|line| dated(at, office, line)).unwrap_or_default();
        Self { now: dated(at, office, &self.now), unsalted }
    }
}

/// Every act that is on record, by what was done.
async fn by_what(tx: &mut Tx) -> Result<Lines> {
    let mut found = Lines::new();
    let hear = &mut |act: BindingAct| {
        let line = Line { now: act.line, unsalted: act.unsalted };
        found.entry(act.what).or_default().push(line.dated(act.at, &act.office));
    };
    tx.for_each_binding_act(hear).await?;
    Ok(found)
}

/// The line of an act that no record of its own tells of: with its time and office.
fn dated(at: Timestamp, office: &OfficeId, line: &str) -> String {
    format!("{} {office} {line}", at.as_microsecond())
}

/// Takes lines out of others, each once and however it was written; those that were not there.
fn take(lines: &mut Vec<Line>, out: &[String]) -> Vec<String> {
    let mut wanted: HashMap<&str, usize> = HashMap::with_capacity(out.len());
    for line in out {
        *wanted.entry(line.as_str()).or_default() += 1;
    }
    lines.retain(|line| {
        for written in [line.now(), line.unsalted()] {
            if let Some(n) = wanted.get_mut(written).filter(|n| **n > 0) {
                *n -= 1;
                return false;
            }
        }
        true
    });
    wanted.into_iter().filter(|(_, n)| *n > 0).map(|(line, _)| line.to_owned()).collect()
}

/// An act on returns, as `apply` has it.
#[derive(Debug)]
pub(crate) struct Reviewed {
    pub what: &'static str,
    pub office: OfficeId,
    pub unit: String,
    /// Form and period.
    pub form: (String, String),
    pub line: String,
}

/// Records what was done to returns: one record for each kind of act and office.
pub(crate) async fn reviewed(tx: &mut Tx, acts: Vec<Reviewed>, holder: &str, at: Timestamp) -> Result<()> {
    let mut batches: BTreeMap<(&'static str, OfficeId), Vec<Reviewed>> = BTreeMap::new();
    for act in acts {
        batches.entry((act.what, act.office.clone())).or_default().push(act);
    }
    let mut told = Vec::with_capacity(batches.len());
    for ((what, office), acts) in &mut batches {
        let mut forms: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for act in acts.iter() {
            *forms.entry((&act.form.0, &act.form.1)).or_default() += 1;
        }
        let forms: Vec<_> = forms.into_iter().map(|((form, period), n)| json!([form, period, n])).collect();
        let subject = match &acts[..] {
            [one] => one.unit.clone(),
            _ => String::new(),
        };
        let lines = acts.iter_mut().map(|act| std::mem::take(&mut act.line)).collect();
        let more = vec![("forms", forms.into())];
        told.push(Told { what, subject, office, holder, at, lines, more });
    }
    append(tx, told).await
}

/// Records a later deadline.
pub(crate) async fn deadline(tx: &mut Tx, e: &DeadlineExtension, holder: &str) -> Result<()> {
    let (subject, lines) = (e.unit.to_string(), vec![lines::deadline(e)?]);
    let (office, at) = (&e.office, e.at);
    append(tx, vec![Told { what: "deadline-extended", subject, office, holder, at, lines, more: Vec::new() }])
        .await
}

/// Records what was done with offices' accounts by the same office at the same time, unless their
/// holders did it for themselves: one record for each kind of act.
pub(crate) async fn offices(tx: &mut Tx, events: &[OfficeEvent]) -> Result<()> {
    let mut told: BTreeMap<&'static str, Told<'_>> = BTreeMap::new();
    for e in events {
        let Some((what, line)) = lines::office(e)? else { continue };
        let batch = told.entry(what).or_insert_with(|| {
            let (subject, lines, more) = (e.office.to_string(), Vec::new(), Vec::new());
            Told { what, subject, office: &e.by_office, holder: &e.by_holder, at: e.at, lines, more }
        });
        if batch.subject != e.office.as_str() {
            batch.subject.clear();
        }
        batch.lines.push(line);
    }
    append(tx, told.into_values().collect()).await
}

/// Records what was just done to an edition.
pub(crate) async fn edition(
    tx: &mut Tx,
    (report, number): (&str, u32),
    office: &OfficeId,
    holder: &str,
    at: Timestamp,
) -> Result<()> {
    let Some(done) = tx.edition_acts_that_bind(Some((report, number))).await?.pop() else { return Ok(()) };
    let (what, subject, lines) = (done.what, done.subject, vec![done.line]);
    append(tx, vec![Told { what, subject, office, holder, at, lines, more: Vec::new() }]).await
}

/// Records a change of the tree and of the definitions: what came after a place of the tree's record,
/// and after a version, and why.
pub(crate) async fn setting(
    tx: &mut Tx,
    (tree, version): (i64, i64),
    office: &OfficeId,
    (holder, reason): (&str, &str),
    at: Timestamp,
) -> Result<()> {
    let mut told = Vec::with_capacity(2);
    for acts in [tx.tree_acts(tree).await?, tx.definition_acts(version).await?] {
        let Some(what) = acts.first().map(|a| a.what) else { continue };
        let lines = acts.into_iter().map(|a| a.line).collect();
        let more = if reason.is_empty() { Vec::new() } else { vec![("reason", reason.into())] };
        told.push(Told { what, subject: String::new(), office, holder, at, lines, more });
    }
    append(tx, told).await
}
