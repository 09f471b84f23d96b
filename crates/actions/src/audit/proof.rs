//! Proof that the chain is whole, and that its records and the tables tell the same.

use std::collections::BTreeMap;

use nhipcau_domain::id::OfficeId;
use nhipcau_store::{
    Tx,
    audit::{AuditRecord, BindingAct},
};
use serde::Deserialize;
use serde_json::Value;

use super::{Line, Lines, NOTHING_BEFORE, digest, hash, pinned, take};
use crate::{accounts, error::Result, verify::Report};

/// What a record says of the acts that it tells of.
#[derive(Debug)]
struct Said {
    seq: i64,
    acts: usize,
    sha256: String,
    /// The acts' lines, where they are few.
    of: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Body {
    acts: usize,
    sha256: String,
    of: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Genesis {
    acts: BTreeMap<String, Pin>,
}

#[derive(Deserialize, Default, PartialEq, Eq, Debug)]
struct Pin {
    acts: usize,
    sha256: String,
}

/// What was done, to what, by which office, when.
type Key = (String, String, OfficeId, i64);

/// Follows the chain link by link, and holds every act that binds against it.
pub(crate) async fn verify_audit(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let mut said: BTreeMap<Key, Vec<Said>> = BTreeMap::new();
    let (mut genesis, mut before, mut seq) = (BTreeMap::new(), NOTHING_BEFORE.to_owned(), 0);
    loop {
        let page = tx.audit_after(seq, None, 1000).await?;
        if page.is_empty() {
            break;
        }
        for record in page {
            report.records += 1;
            link(&record, seq + 1, &before, report);
            note(&record, &mut said, &mut genesis, report);
            (seq, before) = (record.seq, record.hash);
        }
    }
    let taken = tx.audit_taken().await?;
    if taken != seq {
        report.add("audit", "last record".into(), seq.to_string(), taken.to_string());
    }
    let mut stood = Lines::new();
    compare(tx, said, &mut stood, report).await?;
    pinned_so(&stood, &genesis, report);
    accounts::verify_grants(tx, report).await
}

fn link(r: &AuditRecord, seq: i64, before: &str, report: &mut Report) {
    let name = || format!("record {}", r.seq);
    if r.seq != seq {
        report.add("audit", name(), r.seq.to_string(), seq.to_string());
    }
    if r.before != before {
        report.add("audit", format!("{} before", name()), r.before.clone(), before.to_owned());
    }
    let made = hash(r);
    if r.hash != made {
        report.add("audit", name(), r.hash.clone(), made);
    }
}

fn note(
    r: &AuditRecord,
    said: &mut BTreeMap<Key, Vec<Said>>,
    genesis: &mut BTreeMap<String, Pin>,
    report: &mut Report,
) {
    let unreadable =
        |report: &mut Report| report.add("audit", format!("record {}", r.seq), r.body.clone(), String::new());
    if r.what == "genesis" {
        match serde_json::from_str::<Genesis>(&r.body) {
            Ok(body) => *genesis = body.acts,
            Err(_) => unreadable(report),
        }
        return;
    }
    let Ok(body) = serde_json::from_str::<Body>(&r.body) else {
        unreadable(report);
        return;
    };
    let of = body.of.map(|of| of.into_iter().map(|line| line.to_string()).collect());
    let one = Said { seq: r.seq, acts: body.acts, sha256: body.sha256, of };
    let subject = if r.what.starts_with("returns-") { String::new() } else { r.subject.clone() };
    said.entry((r.what.clone(), subject, r.office.clone(), r.at.as_microsecond())).or_default().push(one);
}

/// Holds the acts in the tables against the records; those that no record tells of are `stood`.
async fn compare(
    tx: &mut Tx,
    mut said: BTreeMap<Key, Vec<Said>>,
    stood: &mut Lines,
    report: &mut Report,
) -> Result<()> {
    let mut found: BTreeMap<Key, Vec<Line>> = BTreeMap::new();
    let hear = &mut |act: BindingAct| {
        let line = Line { now: act.line, unsalted: act.unsalted };
        let mut key = (act.what.to_owned(), act.subject, act.office, act.at.as_microsecond());
        // A batch has no subject.
        if !said.contains_key(&key) {
            key.1.clear();
        }
        if said.contains_key(&key) {
            found.entry(key).or_default().push(line);
        } else {
            stood.entry(act.what).or_default().push(line.dated(act.at, &key.2));
        }
    };
    tx.for_each_binding_act(hear).await?;
    for (key, records) in &mut said {
        let mut lines = found.remove(key).unwrap_or_default();
        // Records of one moment: those that list their acts take them, what is left is the other's.
        records.sort_by_key(|r| r.of.is_none());
        let (listed, whole): (Vec<_>, Vec<_>) = records.iter().partition(|r| r.of.is_some());
        for record in listed {
            let mut of = record.of.clone().unwrap_or_default();
            let missing = take(&mut lines, &of);
            let made = digest(&mut of);
            if made != record.sha256 || of.len() != record.acts {
                differs(report, record, &key.0, "acts", &made);
            }
            for line in missing {
                differs(report, record, &key.0, &line, "");
            }
        }
        let acts = |n: usize| format!("{n} acts");
        match &whole[..] {
            [] => {
                // Acts of the same moment that no record lists.
                if let (Some(record), Some(line)) = (records.first(), lines.first()) {
                    differs(report, record, &key.0, "", line.now());
                }
            }
            [only] => {
                let made =
                    |written: fn(&Line) -> &str| digest(&mut lines.iter().map(written).collect::<Vec<_>>());
                let same = lines.len() == only.acts
                    && [Line::now, Line::unsalted].into_iter().any(|written| made(written) == only.sha256);
                if !same {
                    let made = made(Line::now);
                    let kept = format!("{} {}", acts(only.acts), only.sha256);
                    differs(report, only, &key.0, &kept, &format!("{} {made}", acts(lines.len())));
                }
            }
            [first, ..] => {
                // Several large ones of the same office and microsecond: only their number is known.
                let told: usize = whole.iter().map(|r| r.acts).sum();
                if told != lines.len() {
                    differs(report, first, &key.0, &acts(told), &acts(lines.len()));
                }
            }
        }
    }
    Ok(())
}

fn differs(report: &mut Report, record: &Said, what: &str, kept: &str, made: &str) {
    report.add("audit", format!("record {} {what}", record.seq), kept.to_owned(), made.to_owned());
}

/// What no record tells of is what stood before the chain began, and all of it.
fn pinned_so(stood: &Lines, genesis: &BTreeMap<String, Pin>, report: &mut Report) {
    let made = |written: fn(&Line) -> &str| -> BTreeMap<String, Pin> {
        pinned(stood, written)
            .into_iter()
            .map(|(what, pin)| (what.to_owned(), serde_json::from_value(pin).unwrap_or_default()))
            .collect()
    };
    let (now, unsalted) = (made(Line::now), made(Line::unsalted));
    for (what, lines) in stood {
        let pin = genesis.get(*what);
        if pin != now.get(*what) && pin != unsalted.get(*what) {
            let kept = pin.map_or(0, |pin| pin.acts);
            let example = lines.first().map_or("", Line::now);
            let kept = format!("{kept} acts before the chain");
            report.add("audit", format!("unrecorded {what}"), kept, format!("{}: {example}", lines.len()));
        }
    }
    for (what, pin) in genesis.iter().filter(|(what, _)| !now.contains_key(*what)) {
        report.add("audit", format!("genesis {what}"), pin.acts.to_string(), "0".to_owned());
    }
}
