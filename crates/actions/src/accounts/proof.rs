//! Proof that what offices may do is what was last put on record of them.

use std::collections::BTreeMap;

use nhipcau_domain::{
    id::OfficeId,
    office::{Grant, Posting},
};
use nhipcau_store::Tx;

use super::offices::{told, told_postings};
use crate::{error::Result, verify::Report};

/// Compares grants and postings with the events that set them.
pub(crate) async fn verify_grants(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let mut grants: BTreeMap<OfficeId, Vec<Grant>> = BTreeMap::new();
    for (office, grant) in tx.all_grants().await? {
        grants.entry(office).or_default().push(grant);
    }
    let mut postings: BTreeMap<OfficeId, Vec<Posting>> = BTreeMap::new();
    for (office, posting) in tx.all_postings().await? {
        postings.entry(office).or_default().push(posting);
    }
    for office in tx.offices().await? {
        let events = tx.office_events(&office.id).await?;
        let last = |act: &str| events.iter().rev().find(|e| e.act == act).map_or("", |e| e.body.as_str());
        let kept = [
            ("granted", told(grants.get(&office.id).map_or(&[][..], Vec::as_slice))),
            ("posted", told_postings(postings.get(&office.id).map_or(&[][..], Vec::as_slice))),
        ];
        for (act, kept) in kept {
            let made = last(act);
            if kept != made {
                report.add("office", format!("{} {act}", office.id), kept, made.to_owned());
            }
        }
    }
    Ok(())
}
