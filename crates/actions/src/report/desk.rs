//! Reports as the offices see them that draft and approve: editions, open questions, and who may go on.
//!
//! Four eyes: the office that drafted an edition does not approve it, unless no other open office with
//! a holder may approve it. What was approved is what was shown: a draft that changed since is refused.
//! Freezing what others approved is open to every approver.

use std::collections::BTreeSet;

use nhipcau_documents::annex::MissingLine;
use nhipcau_domain::{figure::Figure, problem::Problem};
use nhipcau_store::{
    AttachmentSummary, EditionAct, EditionStatus, EditionSummary, HandoverRecord, StoredDocument,
};
use sha2::{Digest as _, Sha256};

use super::{
    Request,
    build::inputs,
    comments::{self, Thread},
    edition::{self, Edition},
    hands::{four_eyes, require, require_scope},
    lifecycle,
    passages::{changed_words, passages},
};
use crate::{
    access::hex,
    basis,
    error::{ActionError, Result},
    powers::{Approve, Consolidate, Over},
    workspace::{Setting, Workspace},
};

pub use super::{build::Explained, hands::Hands};
pub use nhipcau_writing::{Block as Piece, BlockKind, PartKind};

/// A report of the workspace.
#[derive(Debug, Clone)]
pub struct ReportLine {
    /// Its name.
    pub report: String,
    /// Its title.
    pub title: String,
    /// Its editions, the newest first.
    pub editions: Vec<EditionSummary>,
    /// The numbers of those that readers have.
    pub public: Vec<u32>,
}

/// Reports that there are templates of, or editions.
pub async fn reports(ws: &Workspace, hands: &Hands) -> Result<Vec<ReportLine>> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let mut names: BTreeSet<String> = tx.reports().await?.into_iter().collect();
    names.extend(setting.definitions.reports.keys().cloned());
    let mut found = Vec::new();
    for report in names {
        let mut editions = edition::editions(&mut tx, &report).await?;
        editions.retain(|e| hands.reaches(&setting, e));
        editions.reverse();
        let public = tx.public_editions(&report).await?.iter().map(|e| e.number).collect();
        found.push(ReportLine { title: title(&setting, &report), report, editions, public });
    }
    Ok(found)
}

/// A report's title, as its template says it.
fn title(setting: &Setting, report: &str) -> String {
    let source = setting.definitions.reports.get(report);
    let template = source.and_then(|source| nhipcau_documents::Template::parse(source).ok());
    template.map(|t| t.front.title()).filter(|t| !t.is_empty()).unwrap_or_else(|| report.to_owned())
}

/// A figure that is said otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The figure's name.
    pub name: String,
    /// Before: none if it is new.
    pub before: Option<Figure>,
    /// Now: none if it is gone.
    pub now: Option<Figure>,
}

/// What a draft leaves open.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    /// Returns that are owed and not accepted.
    pub missing: Vec<MissingLine>,
    /// Explanations that units gave for warnings.
    pub explained: Vec<Explained>,
    /// What is said otherwise than in the draft before, or in the edition before.
    pub changes: Vec<Change>,
    /// Prose that reads otherwise than in the draft before, or in the edition before, word by word.
    pub words: Vec<Piece>,
    /// Comments that nobody has settled.
    pub comments: usize,
    /// Whether anything that it rests on changed since it was drafted.
    pub outdated: bool,
}

/// An edition with all that is asked before it goes on.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own, shown as a button of its own")]
pub struct EditionView {
    /// The edition.
    pub edition: Edition,
    /// Its report's title.
    pub title: String,
    /// What was done with it, the oldest first.
    pub acts: Vec<EditionAct>,
    /// What was attached.
    pub attachments: Vec<AttachmentSummary>,
    /// What it leaves open.
    pub questions: Questions,
    /// What names exactly this draft: to be handed back when it is approved.
    pub seen: String,
    /// Whether this office may draft it anew.
    pub may_draft: bool,
    /// Whether this office may approve it now.
    pub may_approve: bool,
    /// Why not, where it is an approver's.
    pub not_approve: Option<Problem>,
    /// Whether this office may freeze it now, or attach to it where it is frozen.
    pub may_freeze: bool,
    /// What was said about its passages.
    pub threads: Vec<Thread>,
    /// When it was handed over to the site; none while readers do not have it.
    pub handover: Option<HandoverRecord>,
    /// Whether this office may hand it over now.
    pub may_hand_over: bool,
}

impl EditionView {
    /// Whether nothing was drafted yet: a correction opened it, and it waits.
    #[must_use]
    pub fn seen_nothing(&self) -> bool {
        self.edition.record.input_hash.is_empty()
    }
}

/// One edition, for an office that may draft or approve it.
pub async fn view(ws: &Workspace, hands: &Hands, report: &str, number: u32) -> Result<EditionView> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let edition = edition::edition(&mut tx, report, Some(number)).await?;
    let summary = &edition.record.summary;
    if !hands.reaches(&setting, summary) {
        return Err(Problem::new("unit-out-of-reach").with("unit", &summary.scope).into());
    }
    let acts = tx.edition_acts(edition.record.id).await?;
    let attachments = tx.attachments(edition.record.id).await?;
    let open = summary.status != EditionStatus::Frozen;
    let drafted = !edition.record.input_hash.is_empty();
    let outdated = open && drafted && {
        let request = lifecycle::request_of(&edition, &setting)?;
        inputs(&mut tx, &setting, &request, &edition.record.salt).await?.hash != edition.record.input_hash
    };
    let threads = comments::threads(&mut tx, &edition).await?;
    let handover = tx.handover(edition.record.id).await?;
    let questions = Questions {
        words: changed_words(&edition.body.before_passages, &passages(&edition.body.document)),
        comments: threads.iter().filter(|t| t.open).count(),
        missing: edition.body.annex_raw.missing.clone(),
        explained: edition.body.explained.clone(),
        changes: changes(&edition.body.before, &edition.body.figures),
        outdated,
    };
    let approver = match &hands.approve {
        Some(over) => require(over, &setting, summary).is_ok(),
        None => false,
    };
    let not_approve = match (&hands.approve, summary.status == EditionStatus::Draft && drafted) {
        (Some(over), true) if approver => four_eyes(&mut tx, &setting, over, &acts, summary).await?.err(),
        _ => None,
    };
    let may_draft = match &hands.draft {
        Some(over) => open && require(over, &setting, summary).is_ok(),
        None => false,
    };
    Ok(EditionView {
        title: title(&setting, report),
        seen: seen(&edition),
        may_draft,
        may_approve: approver && not_approve.is_none() && summary.status == EditionStatus::Draft && drafted,
        not_approve,
        may_freeze: approver && summary.status != EditionStatus::Draft,
        may_hand_over: summary.status == EditionStatus::Frozen && handover.is_none(),
        threads,
        handover,
        acts,
        attachments,
        questions,
        edition,
    })
}

/// A document of an edition in one of the [`FORMATS`](super::FORMATS), for an office that may draft or
/// approve it: as it was frozen.
///
/// # Errors
/// `edition-unknown`; `unit-out-of-reach`; `document-unknown` where there is none of that format.
pub async fn document(
    ws: &Workspace,
    hands: &Hands,
    report: &str,
    number: u32,
    format: &str,
) -> Result<StoredDocument> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let edition = edition::edition(&mut tx, report, Some(number)).await?;
    let summary = &edition.record.summary;
    if !hands.reaches(&setting, summary) {
        return Err(Problem::new("unit-out-of-reach").with("unit", &summary.scope).into());
    }
    let found = tx.document(edition.record.id, format).await?;
    found.ok_or_else(|| Problem::new("document-unknown").with("format", format).into())
}

/// What names exactly a draft: the hash of what it rests on and of what it says.
fn seen(edition: &Edition) -> String {
    let record = &edition.record;
    let hash = Sha256::new_with_prefix(record.input_hash.as_bytes()).chain_update(record.body.as_bytes());
    hex(&hash.finalize())
}

fn changes(before: &[Figure], now: &[Figure]) -> Vec<Change> {
    let says = |f: &Figure| (f.wording.clone(), f.numerator, f.denominator, f.coverage);
    let of = |figures: &[Figure], key: &str| figures.iter().find(|f| f.key.as_str() == key).cloned();
    if before.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for figure in now {
        let old = of(before, figure.key.as_str());
        if old.as_ref().map(says) != Some(says(figure)) {
            found.push(Change { name: figure.name.clone(), before: old, now: Some(figure.clone()) });
        }
    }
    let gone = before.iter().filter(|f| of(now, f.key.as_str()).is_none());
    found.extend(gone.map(|f| Change { name: f.name.clone(), before: Some(f.clone()), now: None }));
    found
}

/// Drafts a report, or drafts it anew, for an office that may.
pub async fn draft(ws: &Workspace, over: &Over<Consolidate>, request: &Request) -> Result<Edition> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    drop(tx);
    let period = basis::period(&setting, &request.period)?;
    require_scope(over, &setting, &setting.definitions.campaign.scope, period.last)?;
    lifecycle::draft(&ws.held_by(over.holder()), over.office(), request).await
}

/// Approves a draft exactly as it was shown, with nothing left to answer on its passages.
///
/// # Errors
/// `edition-open-comments`, with how many, and what [`approve_despite`] refuses.
pub async fn approve(
    ws: &Workspace,
    over: &Over<Approve>,
    report: &str,
    number: u32,
    shown: &str,
) -> Result<()> {
    approve_despite(ws, over, report, number, shown, false).await
}

/// The same; with `despite`, also where comments are open, which the approver was told.
pub async fn approve_despite(
    ws: &Workspace,
    over: &Over<Approve>,
    report: &str,
    number: u32,
    shown: &str,
    despite: bool,
) -> Result<()> {
    let ws = &ws.held_by(over.holder());
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    let setting = ws.setting(&mut tx).await?;
    require(over, &setting, &found.record)?;
    if seen(&found) != shown {
        let problem = Problem::new("edition-changed-since").with("report", report).with("number", number);
        return Err(ActionError::Refused(problem));
    }
    let acts = tx.edition_acts(found.record.id).await?;
    four_eyes(&mut tx, &setting, over, &acts, &found.record).await??;
    lifecycle::approve_in(ws, &mut tx, over.office(), &found, despite, at).await?;
    Ok(tx.commit().await?)
}

/// Freezes an approved edition, for an office that may.
pub async fn freeze(ws: &Workspace, over: &Over<Approve>, report: &str, number: u32) -> Result<Edition> {
    lifecycle::freeze_within(&ws.held_by(over.holder()), over.office(), (report, number), Some(over)).await
}

/// Attaches the scan of the signed copy to a frozen edition, for an office that may.
pub async fn attach(
    ws: &Workspace,
    over: &Over<Approve>,
    report: &str,
    number: u32,
    name: &str,
    bytes: Vec<u8>,
) -> Result<()> {
    within_reach(ws, over, report, number).await?;
    lifecycle::attach(&ws.held_by(over.holder()), over.office(), report, number, name, bytes).await
}

async fn within_reach(ws: &Workspace, over: &Over<Approve>, report: &str, number: u32) -> Result<()> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    Ok(require(over, &setting, &found.record)?)
}
