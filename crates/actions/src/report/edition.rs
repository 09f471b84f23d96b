//! Editions as they are kept: reading them, opening the next, proving that they are unchanged.

use nhipcau_domain::{
    Timestamp,
    id::{OfficeId, PeriodId, UnitId},
    problem::Problem,
};
use nhipcau_store::{EditionAct, EditionRecord, EditionStatus, EditionSummary, Tx};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Body, render};
use crate::{
    access::hex,
    error::Result,
    publication::Published,
    verify::Report,
    workspace::{Setting, Workspace},
};

/// An edition with what it keeps of itself.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The record.
    pub record: EditionRecord,
    /// What it keeps.
    pub body: Body,
}

/// One edition of a report; the latest frozen one if no number is given.
pub async fn edition(tx: &mut Tx, report: &str, number: Option<u32>) -> Result<Edition> {
    let record = match number {
        Some(number) => tx.edition(report, number).await?,
        None => tx.latest_frozen(report).await?,
    };
    let missing =
        || Problem::new("edition-unknown").with("report", report).with("number", number.unwrap_or(1));
    open(record.ok_or_else(missing)?)
}

pub(super) fn open(record: EditionRecord) -> Result<Edition> {
    let body = serde_json::from_str(&record.body)?;
    Ok(Edition { record, body })
}

/// Every edition of a report, oldest first.
pub async fn editions(tx: &mut Tx, report: &str) -> Result<Vec<EditionSummary>> {
    let mut all = tx.editions(report).await?;
    all.sort_by_key(|e| e.number);
    Ok(all)
}

/// The frozen editions of a report before a number, oldest first.
pub(super) async fn frozen_before(tx: &mut Tx, report: &str, number: u32) -> Result<Vec<Edition>> {
    let mut found = Vec::new();
    for summary in editions(tx, report).await? {
        if summary.number < number
            && summary.status == EditionStatus::Frozen
            && let Some(record) = tx.edition(report, summary.number).await?
        {
            found.push(open(record)?);
        }
    }
    Ok(found)
}

/// What every frozen edition of that period and scope gave out, of whichever report, oldest first: a
/// reader has them all.
pub(super) async fn published_before(
    tx: &mut Tx,
    period: &PeriodId,
    scope: &UnitId,
) -> Result<Vec<Published>> {
    let mut found = Vec::new();
    for report in tx.reports().await? {
        for edition in frozen_before(tx, &report, u32::MAX).await? {
            if edition.record.period == *period && edition.record.scope == *scope {
                found.push((
                    edition.record.at,
                    edition.record.summary.report,
                    edition.record.summary.number,
                    edition.body.published,
                ));
            }
        }
    }
    found.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    Ok(found.into_iter().map(|(_, _, _, published)| published).collect())
}

/// Opens the next edition of every report that rests on a revision which no longer counts.
/// Part of the transaction that accepts the correction.
pub async fn open_next(
    ws: &Workspace,
    tx: &mut Tx,
    superseded: Uuid,
    office: &OfficeId,
    reason: &str,
    at: Timestamp,
) -> Result<()> {
    for resting in tx.editions_resting_on(superseded).await? {
        let latest = editions(tx, &resting.report).await?.pop();
        // An edition that is open already takes the correction up when it is drafted.
        let Some(latest) = latest.filter(|e| e.status == EditionStatus::Frozen && e.number == resting.number)
        else {
            continue;
        };
        let Some(before) = tx.edition(&latest.report, latest.number).await? else { continue };
        let summary = EditionSummary {
            id: ws.id(at),
            number: before.number + 1,
            status: EditionStatus::Draft,
            at,
            office: office.clone(),
            ..before.summary
        };
        let next = EditionRecord {
            summary,
            input_hash: String::new(),
            salt: salt(ws, at),
            body: "{}".to_owned(),
            definition_version: before.definition_version,
        };
        tx.insert_edition(&next).await?;
        act(ws, tx, next.id, &format!("opened by a correction: {reason}"), office, at).await?;
    }
    Ok(())
}

/// Puts an act on an edition's record.
pub(super) async fn act(
    ws: &Workspace,
    tx: &mut Tx,
    edition_id: Uuid,
    act: &str,
    office: &OfficeId,
    at: Timestamp,
) -> Result<()> {
    let ordinal = u32::try_from(tx.edition_acts(edition_id).await?.len()).unwrap_or(u32::MAX - 1) + 1;
    let act =
        EditionAct { id: ws.id(at), edition_id, ordinal, act: act.to_owned(), office: office.clone(), at };
    Ok(tx.append_edition_act(&act).await?)
}

/// Random text for a salted hash, out of two fresh ids.
pub(super) fn salt(ws: &Workspace, at: Timestamp) -> String {
    format!("{}{}", ws.id(at).simple(), ws.id(at).simple())
}

/// Compares every frozen edition's bytes with their hashes, and, where this build wrote them,
/// with the same document rendered again.
pub async fn verify_editions(tx: &mut Tx, _setting: &Setting, report: &mut Report) -> Result<()> {
    for name in tx.reports().await? {
        for summary in editions(tx, &name).await?.into_iter().filter(|e| e.status == EditionStatus::Frozen) {
            report.editions += 1;
            let Some(record) = tx.edition(&name, summary.number).await? else { continue };
            let place = format!("{name}/{}", summary.number);
            let edition = open(record)?;
            let same_build = edition.body.renderer == env!("CARGO_PKG_VERSION");
            let again = if same_build { render::render(edition.body.clone()).await? } else { Vec::new() };
            for summary in tx.documents(edition.record.id).await? {
                let Some(kept) = tx.document(edition.record.id, &summary.format).await? else { continue };
                let hash = hex(&Sha256::digest(&kept.bytes));
                if hash != kept.sha256 {
                    report.add("edition", format!("{place} {}", kept.format), kept.sha256.clone(), hash);
                }
                if let Some(fresh) = again.iter().find(|r| r.format == kept.format)
                    && fresh.bytes != kept.bytes
                {
                    let fresh = hex(&Sha256::digest(&fresh.bytes));
                    report.add(
                        "edition",
                        format!("{place} {} (rendered again)", kept.format),
                        kept.sha256,
                        fresh,
                    );
                }
            }
        }
    }
    Ok(())
}
