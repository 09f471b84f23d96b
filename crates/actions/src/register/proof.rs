//! Proof that the register is what its events come to: documents, relations and files, event by event.

use std::collections::BTreeSet;

use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    press,
    register::{EntryAct, EntryStatus, Relation, next},
};
use nhipcau_store::{
    Tx,
    register::{DocumentRecord, Entry, RegisterEvent},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{error::Result, verify::Report};

type Relations = BTreeSet<(Uuid, Relation, Uuid)>;

/// What a document's events come to.
#[derive(Debug)]
struct Standing {
    entry: Entry,
    /// The number, as an address has it, and the year of signing when the address was last chosen.
    addressed: (String, i16),
    status: EntryStatus,
    last_event: u32,
    published_at: Option<Timestamp>,
    office: OfficeId,
    at: Timestamp,
    changed_at: Timestamp,
}

/// What an event on a relation says.
#[derive(Deserialize)]
struct Related {
    relation: String,
    to: Uuid,
}

/// Replays every document's events and compares.
pub(crate) async fn verify_register(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let (mut made, mut after) = (Relations::new(), Uuid::nil());
    loop {
        let documents = tx.register_documents_after(after, 500).await?;
        let Some(last) = documents.last() else { break };
        after = last.id;
        for kept in documents {
            report.documents += 1;
            let events = tx.register_events(kept.id).await?;
            let standing = replay(&events, &kept, &mut made, report);
            match standing {
                Some(standing) => compare(&kept, &standing, report),
                None => report.add("document", which(&kept), "kept".into(), "no events".into()),
            }
            let files = tx.register_files(kept.id).await?;
            if files != kept.entry.files {
                let (files, said) = (format!("{files:?}"), format!("{:?}", kept.entry.files));
                report.add("document", format!("{} files", which(&kept)), files, said);
            }
        }
    }
    let kept: Relations = tx.register_relations().await?.into_iter().collect();
    let name = |(from, relation, to): &(Uuid, Relation, Uuid)| format!("{from} {} {to}", relation.as_str());
    for relation in kept.difference(&made) {
        report.add("relation", name(relation), "stands".into(), "no event".into());
    }
    for relation in made.difference(&kept) {
        report.add("relation", name(relation), String::new(), "stands".into());
    }
    Ok(())
}

fn which(document: &DocumentRecord) -> String {
    format!("{} {}", document.slug, document.id)
}

fn replay(
    events: &[RegisterEvent],
    kept: &DocumentRecord,
    relations: &mut Relations,
    report: &mut Report,
) -> Option<Standing> {
    let mut wrong = |event: &RegisterEvent, found: &str| {
        let place = format!("{} event {}", which(kept), event.ordinal);
        report.add("document", place, event.act.as_str().to_owned(), found.to_owned());
    };
    let mut standing: Option<Standing> = None;
    for (n, event) in (1_u32..).zip(events) {
        if event.ordinal != n {
            wrong(event, &format!("event {n}"));
        }
        let Some(s) = &mut standing else {
            match entry_of(event).filter(|_| event.act == EntryAct::Create) {
                Some(entry) => standing = Some(begun(event, entry)),
                None => wrong(event, EntryAct::Create.as_str()),
            }
            continue;
        };
        s.last_event = n;
        s.changed_at = event.at;
        match next(s.status, event.act) {
            Ok(status) => s.status = status,
            Err(problem) => wrong(event, &problem.to_string()),
        }
        match event.act {
            EntryAct::Revise => match entry_of(event) {
                Some(entry) => revise(s, entry),
                None => wrong(event, "unreadable"),
            },
            EntryAct::Relate | EntryAct::Unrelate => {
                let Some((relation, to)) = relation_of(event) else {
                    wrong(event, "unreadable");
                    continue;
                };
                let known = relations.contains(&(kept.id, relation, to));
                if known == (event.act == EntryAct::Relate) {
                    wrong(event, if known { "related already" } else { "not related" });
                }
                if event.act == EntryAct::Relate {
                    relations.insert((kept.id, relation, to));
                } else {
                    relations.remove(&(kept.id, relation, to));
                }
            }
            EntryAct::Publish => s.published_at = s.published_at.or(Some(event.at)),
            EntryAct::Create | EntryAct::Withdraw => {}
        }
    }
    standing
}

fn entry_of(event: &RegisterEvent) -> Option<Entry> {
    serde_json::from_str(&event.body).ok()
}

fn relation_of(event: &RegisterEvent) -> Option<(Relation, Uuid)> {
    let said: Related = serde_json::from_str(&event.body).ok()?;
    Some((Relation::parse(&said.relation)?, said.to))
}

fn begun(event: &RegisterEvent, entry: Entry) -> Standing {
    Standing {
        addressed: (press::slug(&entry.number), entry.signed.year()),
        entry,
        status: EntryStatus::Draft,
        last_event: 1,
        published_at: None,
        office: event.office.clone(),
        at: event.at,
        changed_at: event.at,
    }
}

fn revise(s: &mut Standing, entry: Entry) {
    let slug = press::slug(&entry.number);
    if slug != s.addressed.0 {
        s.addressed = (slug, entry.signed.year());
    }
    s.entry = entry;
}

fn compare(kept: &DocumentRecord, made: &Standing, report: &mut Report) {
    let time = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    let entry = |e: &Entry| serde_json::to_string(e).unwrap_or_default();
    let parts = [
        ("entry", entry(&kept.entry), entry(&made.entry)),
        ("status", kept.status.as_str().to_owned(), made.status.as_str().to_owned()),
        ("events", kept.last_event.to_string(), made.last_event.to_string()),
        ("published", time(kept.published_at), time(made.published_at)),
        ("office", kept.office.to_string(), made.office.to_string()),
        ("entered", time(Some(kept.at)), time(Some(made.at))),
        ("changed", time(Some(kept.changed_at)), time(Some(made.changed_at))),
    ];
    for (part, kept_so, made_so) in parts {
        if kept_so != made_so {
            report.add("document", format!("{} {part}", which(kept)), kept_so, made_so);
        }
    }
    if !is_address(&kept.slug, &made.addressed) {
        report.add(
            "document",
            format!("{} address", which(kept)),
            kept.slug.clone(),
            made.addressed.0.clone(),
        );
    }
}

/// Whether an address is the number's, perhaps with the year, and then a count.
fn is_address(slug: &str, (number, year): &(String, i16)) -> bool {
    let Some(rest) = slug.strip_prefix(number.as_str()) else { return false };
    let Some(rest) = rest.strip_prefix(&format!("-{year}")) else { return rest.is_empty() };
    rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_numbers_with_the_year_where_another_has_it() {
        let of = |slug| is_address(slug, &("18-kh-hu".to_owned(), 2021));
        assert!(of("18-kh-hu") && of("18-kh-hu-2021") && of("18-kh-hu-2021-2"));
        assert!(!of("19-kh-hu") && !of("18-kh-hu-2022") && !of("18-kh-hu-2021-b"));
    }
}
