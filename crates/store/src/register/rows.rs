//! Documents as rows, and rows as documents.

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::register::{EntryStatus, Relation};

use super::{DocumentRecord, Entry, More, RegisterFilter};
use crate::{
    Result, StoreError,
    packing::{json, parse},
    value::{Arg, Row, args},
};

/// What is said of a document, from its slug to its words.
pub(super) fn said<'a>(d: &'a DocumentRecord, words: &'a str) -> Result<[Arg<'a>; 11]> {
    let e = &d.entry;
    let more = More {
        sent_to: e.sent_to.clone(),
        asks: e.asks.clone(),
        due: e.due,
        files: e.files.clone(),
        loaded: d.loaded.clone(),
    };
    let day = |day: Option<Date>| Arg::MaybeText(day.map(|d| d.to_string().into()));
    Ok(args![
        d.slug.as_str(),
        e.number.as_str(),
        e.kind.as_str(),
        e.issuer.as_str(),
        e.subject.as_str(),
        e.signed.to_string(),
        day(e.effective),
        day(e.expires),
        e.campaign.as_str(),
        json(&more)?,
        words,
    ])
}

pub(super) fn stands(d: &DocumentRecord) -> [Arg<'_>; 3] {
    args![d.status.as_str(), d.last_event, d.published_at.map(Timestamp::as_microsecond)]
}

pub(super) fn narrowed(f: &RegisterFilter) -> [Arg<'_>; 10] {
    let plain = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let word = |n: usize| match f.words.get(n).map(|w| plain(w)).filter(|w| !w.is_empty()) {
        Some(word) => format!("% {word}%"),
        None => "%".to_owned(),
    };
    let (from, until) = match f.year.filter(|y| (0..9999).contains(y)) {
        Some(year) => (format!("{year:04}"), format!("{:04}", year + 1)),
        // Every day's text stands between these.
        None => (String::new(), "~".to_owned()),
    };
    args![
        f.status.map_or("", EntryStatus::as_str),
        f.kind.as_str(),
        f.issuer.as_str(),
        from,
        until,
        f.campaign.as_str(),
        word(0),
        word(1),
        word(2),
        word(3),
    ]
}

pub(super) fn relation(name: &str) -> Result<Relation> {
    Relation::parse(name).ok_or_else(|| StoreError::corrupt(format!("relation {name}")))
}

pub(super) fn read(row: &Row) -> Result<DocumentRecord> {
    let status = row.text(12)?;
    let more: More = parse("register document", row.text(11)?)?;
    let day = |column| row.maybe_text(column)?.map(|_| row.day(column)).transpose();
    Ok(DocumentRecord {
        id: row.id(0)?,
        key: row.maybe_text(1)?.map(str::to_owned),
        slug: row.text(2)?.to_owned(),
        entry: Entry {
            number: row.text(3)?.to_owned(),
            kind: row.text(4)?.to_owned(),
            issuer: row.text(5)?.to_owned(),
            subject: row.text(6)?.to_owned(),
            signed: row.day(7)?,
            effective: day(8)?,
            expires: day(9)?,
            campaign: row.text(10)?.to_owned(),
            sent_to: more.sent_to,
            asks: more.asks,
            due: more.due,
            files: more.files,
        },
        loaded: more.loaded,
        status: EntryStatus::parse(status)
            .ok_or_else(|| StoreError::corrupt(format!("register status {status}")))?,
        last_event: row.count(13)?,
        published_at: row.maybe_time(14)?,
        office: row.text(15)?.into(),
        at: row.time(16)?,
        changed_at: row.time(17)?,
    })
}
