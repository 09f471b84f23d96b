//! Draft → approved → frozen, each by an office.

use nhipcau_domain::{Timestamp, id::OfficeId, problem::Problem, returns::Act};
use nhipcau_store::{Attachment, EditionRecord, EditionStatus, EditionSummary, StoredDocument, Tx};
use sha2::{Digest, Sha256};

use super::{
    Request,
    build::{Inputs, build, inputs},
    comments::threads,
    edition,
    edition::{Edition, frozen_before},
    hands::require,
    passages::passages,
    render::render,
};
use crate::{
    access::hex,
    audit,
    basis::TreeDay,
    error::{ActionError, Result},
    powers::{Approve, Over},
    returns::{Intent, apply},
    workspace::Workspace,
};

/// Drafts a report, or drafts it anew from the figures as they now are. The next edition's number is
/// taken where the latest one is frozen.
pub async fn draft(ws: &Workspace, office: &OfficeId, request: &Request) -> Result<Edition> {
    let at = ws.now();
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let latest = edition::editions(&mut tx, &request.report).await?.pop();
    let open = match &latest {
        Some(e) if e.status != EditionStatus::Frozen => tx.edition(&e.report, e.number).await?,
        _ => None,
    };
    let number = open.as_ref().map_or_else(|| latest.as_ref().map_or(0, |e| e.number) + 1, |e| e.number);
    let salt = open.as_ref().map_or_else(|| edition::salt(ws, at), |e| e.salt.clone());
    let earlier = frozen_before(&mut tx, &request.report, number).await?;
    let mut built = build(&mut tx, &setting, request, &salt, &earlier).await?;
    let before = match &open {
        Some(before) if !before.input_hash.is_empty() => Some(edition::open(before.clone())?.body),
        _ => earlier.last().map(|e| e.body.clone()),
    };
    if let Some(before) = before {
        built.body.before_passages = passages(&before.document);
        built.body.before = before.figures;
    }
    let period = crate::basis::period(&setting, &request.period)?;
    let record = EditionRecord {
        summary: EditionSummary {
            id: open.as_ref().map_or_else(|| ws.id(at), |e| e.id),
            report: request.report.clone(),
            number,
            status: EditionStatus::Draft,
            period: period.id.clone(),
            scope: setting.definitions.campaign.scope.clone(),
            tree_day: request.tree.day(period),
            at,
            office: office.clone(),
        },
        definition_version: setting.version,
        input_hash: built.input_hash,
        salt,
        body: serde_json::to_string(&built.body)?,
    };
    // Built from one snapshot, outside the write: freezing asks whether the inputs are still these.
    drop(tx);
    let mut tx = ws.store().write().await?;
    if open.is_some() {
        tx.update_edition(&record).await?;
    } else {
        tx.insert_edition(&record).await?;
    }
    edition::act(ws, &mut tx, record.id, "drafted", office, at).await?;
    tx.commit().await?;
    Ok(Edition { record, body: built.body })
}

/// Approves a draft, with nothing left to answer on its passages.
///
/// # Errors
/// `edition-open-comments`, with how many; `edition-not-a-draft`.
pub async fn approve(ws: &Workspace, office: &OfficeId, report: &str, number: u32) -> Result<()> {
    approve_despite(ws, office, report, number, false).await
}

/// The same; with `despite`, also where comments are open, which the approver was told.
pub async fn approve_despite(
    ws: &Workspace,
    office: &OfficeId,
    report: &str,
    number: u32,
    despite: bool,
) -> Result<()> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    approve_in(ws, &mut tx, office, &found, despite, at).await?;
    tx.commit().await?;
    Ok(())
}

/// Approves a draft that was read in this transaction; where comments are open, only with `despite`.
pub(super) async fn approve_in(
    ws: &Workspace,
    tx: &mut Tx,
    office: &OfficeId,
    found: &Edition,
    despite: bool,
    at: Timestamp,
) -> Result<()> {
    let (report, number) = (found.record.report.as_str(), found.record.number);
    if found.record.status != EditionStatus::Draft || found.record.input_hash.is_empty() {
        return Err(Problem::new("edition-not-a-draft").with("report", report).with("number", number).into());
    }
    let open = threads(tx, found).await?.iter().filter(|t| t.open).count();
    if open > 0 && !despite {
        return Err(Problem::new("edition-open-comments").with("count", open).into());
    }
    tx.update_edition_status(found.record.id, EditionStatus::Approved).await?;
    edition::act(ws, tx, found.record.id, "approved", office, at).await?;
    audit::edition(tx, (report, number), office, ws.holder(), at).await
}

/// Freezes an approved edition: renders it, keeps the bytes with their hashes, pins the revisions
/// and locks their returns. Refused where an input changed since the approval.
pub async fn freeze(ws: &Workspace, office: &OfficeId, report: &str, number: u32) -> Result<Edition> {
    freeze_within(ws, office, (report, number), None).await
}

/// The same, for an office that must reach what it freezes.
pub(super) async fn freeze_within(
    ws: &Workspace,
    office: &OfficeId,
    (report, number): (&str, u32),
    over: Option<&Over<Approve>>,
) -> Result<Edition> {
    let mut tx = ws.store().read().await?;
    let approved = edition::edition(&mut tx, report, Some(number)).await?;
    if let Some(over) = over {
        let setting = ws.setting(&mut tx).await?;
        require(over, &setting, &approved.record)?;
    }
    drop(tx);
    if approved.record.status != EditionStatus::Approved {
        return Err(Problem::new("edition-not-approved")
            .with("report", report)
            .with("number", number)
            .into());
    }
    // Rendering takes the processor, so it happens before the transaction; what was approved is rendered.
    let rendered = render(approved.body.clone()).await?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    tx.lock_change_shared().await?;
    unchanged(&mut tx, &approved.record).await?;
    let setting = ws.setting(&mut tx).await?;
    let request = request_of(&approved, &setting)?;
    let Inputs { pins, keys, hash } = inputs(&mut tx, &setting, &request, &approved.record.salt).await?;
    if hash != approved.record.input_hash {
        return Err(Problem::new("edition-inputs-changed")
            .with("report", report)
            .with("number", number)
            .into());
    }
    tx.update_edition_status(approved.record.id, EditionStatus::Frozen).await?;
    for document in rendered {
        let sha256 = hex(&Sha256::digest(&document.bytes));
        let document = StoredDocument {
            format: document.format.to_owned(),
            media_type: document.media_type.to_owned(),
            sha256,
            bytes: document.bytes,
        };
        tx.put_document(approved.record.id, &document).await?;
    }
    tx.pin_revisions(approved.record.id, &pins).await?;
    let held = tx.returns(&keys).await?;
    // A return is locked once, by the first edition that rests on it: from then on a change is a
    // correction. Which other editions rest on it is said by the revisions that each of them pins.
    let lock = Act::Lock { edition: format!("{report}/{number}") };
    let fresh = keys.into_iter().filter(|k| held.get(k).is_some_and(|h| !h.state.locked));
    let intents = fresh
        .map(|key| Intent {
            key,
            submission: None,
            acts: vec![(lock.clone(), office.clone())],
            on_behalf_of: None,
        })
        .collect();
    apply(ws, &mut tx, &setting, &held, intents, at).await?;
    edition::act(ws, &mut tx, approved.record.id, "frozen", office, at).await?;
    audit::edition(&mut tx, (report, number), office, ws.holder(), at).await?;
    ws.commit_public(tx).await?;
    Ok(approved)
}

/// Refuses an edition that is not any more what was approved and rendered: another draft of it may have come
/// while its documents were made.
async fn unchanged(tx: &mut Tx, approved: &EditionRecord) -> Result<()> {
    let (report, number) = (approved.report.as_str(), approved.number);
    let now = tx.edition(report, number).await?;
    if now.as_ref() == Some(approved) {
        return Ok(());
    }
    let frozen = now.is_some_and(|e| e.status == EditionStatus::Frozen);
    let problem = if frozen { "edition-not-approved" } else { "edition-changed-since" };
    Err(Problem::new(problem).with("report", report).with("number", number).into())
}

/// The request that an edition answers.
pub(super) fn request_of(edition: &Edition, setting: &crate::workspace::Setting) -> Result<Request> {
    let period = crate::basis::period(setting, &edition.record.period)?;
    let then = edition.record.tree_day == period.last;
    let front = &edition.body.document.front;
    let date = front.date.ok_or_else(|| {
        Problem::new("edition-not-a-draft")
            .with("report", edition.record.report.as_str())
            .with("number", edition.record.number)
    })?;
    Ok(Request {
        report: edition.record.report.clone(),
        period: period.id.clone(),
        tree: if then { TreeDay::Then } else { TreeDay::On(edition.record.tree_day) },
        date,
        number: Some(front.number.clone()),
    })
}

/// Attaches a file, such as the scan of the signed copy, to a frozen edition.
pub async fn attach(
    ws: &Workspace,
    office: &OfficeId,
    report: &str,
    number: u32,
    name: &str,
    bytes: Vec<u8>,
) -> Result<()> {
    let media_type = match bytes.as_slice() {
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        _ => return Err(ActionError::Refused(Problem::new("attachment-kind").with("file", name))),
    };
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    if found.record.status != EditionStatus::Frozen {
        return Err(Problem::new("edition-not-frozen").with("report", report).with("number", number).into());
    }
    let attachment = Attachment {
        id: ws.id(at),
        edition_id: found.record.id,
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: hex(&Sha256::digest(&bytes)),
        bytes,
        office: office.clone(),
        at,
    };
    tx.add_attachment(&attachment).await?;
    edition::act(ws, &mut tx, found.record.id, &format!("attached {name}"), office, at).await?;
    audit::edition(&mut tx, (report, number), office, ws.holder(), at).await?;
    ws.commit_public(tx).await?;
    Ok(())
}
