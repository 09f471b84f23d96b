//! Building an edition: everything that it says, and everything that it rests on, from one snapshot.

use std::collections::BTreeSet;

use nhipcau_documents::{Document, Template, annex::Annex, bind};
use nhipcau_domain::{figure::Figure, id::PeriodId, problem::Problem, returns::ReturnKey};
use nhipcau_store::Tx;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Request, annex,
    binder::ReportBinder,
    edition::{Edition, published_before},
    passages::Passage,
};
use crate::{
    access::hex,
    basis::{self, Evidence},
    error::{ActionError, Result},
    figures::{self, Query},
    publication::{Publication, Published},
    workspace::Setting,
};
use nhipcau_domain::disclosure::Audience;

/// What an edition keeps of itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Body {
    /// The document, as the public may read it.
    pub document: Document,
    /// The evidence, as the public may read it.
    pub annex: Annex,
    /// The evidence, raw: for reviewers.
    pub annex_raw: Annex,
    /// The figures, raw.
    pub figures: Vec<Figure>,
    /// What was published, raw, and what of it was withheld.
    pub published: Published,
    /// The version of the program that wrote the documents.
    pub renderer: String,
    /// The figures, raw, of the draft before this one, or else of the edition before.
    pub before: Vec<Figure>,
    /// The passages of the draft before this one, or else of the edition before.
    pub before_passages: Vec<Passage>,
    /// What units explained of what they sent.
    pub explained: Vec<Explained>,
}

/// An explanation that a unit gave for a warning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The unit's name in the period.
    pub unit: String,
    /// The form's name.
    pub form: String,
    /// What it said.
    pub explanation: String,
}

/// An edition as it would be, now.
#[derive(Debug)]
pub struct Build {
    /// What it keeps.
    pub body: Body,
    /// Everything that went in, in one salted hash.
    pub input_hash: String,
}

/// What an edition rests on.
#[derive(Debug)]
pub(super) struct Inputs {
    /// The revisions that it rests on.
    pub pins: Vec<Uuid>,
    /// Their returns.
    pub keys: Vec<ReturnKey>,
    /// Everything that went in, in one salted hash.
    pub hash: String,
}

/// Reads what an edition rests on, now.
pub(super) async fn inputs(tx: &mut Tx, setting: &Setting, request: &Request, salt: &str) -> Result<Inputs> {
    let period = basis::period(setting, &request.period)?;
    let evidence = Evidence::load(tx, setting, period).await?;
    let basis = evidence.basis(setting, &setting.definitions.campaign.scope, request.tree)?;
    let pinned = pinned(tx, setting, &evidence, &basis).await?;
    let hash = input_hash(tx, setting, request, salt, &pinned).await?;
    Ok(Inputs {
        pins: pinned.iter().filter_map(|r| r.revision.as_ref()).map(|r| r.id).collect(),
        keys: pinned.into_iter().map(|r| r.key).collect(),
        hash,
    })
}

/// Builds an edition. `earlier` are the frozen editions before it, oldest first.
pub(super) async fn build(
    tx: &mut Tx,
    setting: &Setting,
    request: &Request,
    salt: &str,
    earlier: &[Edition],
) -> Result<Build> {
    let definitions = &setting.definitions;
    let unknown = || Problem::new("report-unknown").with("report", request.report.as_str());
    let source = definitions.reports.get(&request.report).ok_or_else(unknown)?;
    let mut template = Template::parse(source).map_err(ActionError::RefusedFor)?;
    template.front.date = Some(request.date);
    if let Some(number) = &request.number {
        template.front.number.clone_from(number);
    }
    let period = basis::period(setting, &request.period)?;
    let query = Query { period: period.id.clone(), scope: None, tree: request.tree };
    let rows = figures::rows(tx, setting, &query).await?;
    let evidence = Evidence::load(tx, setting, period).await?;
    let scope = &definitions.campaign.scope;
    let basis = evidence.basis(setting, scope, request.tree)?;
    let before = published_before(tx, &period.id, scope).await?;
    let publication = Publication::of(&basis, &before, Audience::Public)?;
    if let Some((unit, figure)) = publication.protected().exposed().first() {
        return Err(Problem::new("edition-would-expose")
            .with("unit", unit)
            .with("figure", figure.as_str())
            .into());
    }
    let reviewer = Publication::of(&basis, &before, Audience::Reviewer)?;
    let pinned = pinned(tx, setting, &evidence, &basis).await?;
    let acts = accepted_on(tx, &pinned).await?;
    let mut binder = ReportBinder {
        setting,
        speech: template.front.speech(),
        basis: &basis,
        rows: rows.iter().map(|r| (r.answer.figure.key.as_str(), r)).collect(),
        publication: &publication,
        accepted_on: acts,
        granted: basis::granted(tx, setting, period).await?,
        differences: None,
    };
    binder.compare_with(earlier.last(), tx, &pinned).await?;
    let mut document = bind(&template, &binder).map_err(ActionError::RefusedFor)?;
    document.banners.extend(binder.banner(earlier.last()));
    document.banners.extend(binder.part_of_a_whole());
    let mut about = annex::About {
        setting,
        request,
        rows: &rows,
        explanations: Vec::new(),
        language: document.front.language.clone(),
        title: document.front.title(),
        author: document.front.issuer.name.clone(),
    };
    about.explain(tx).await?;
    let body = Body {
        annex: about.annex(&publication),
        annex_raw: about.annex(&reviewer),
        figures: rows.iter().map(|r| r.answer.figure.clone()).collect(),
        published: publication.raw().clone(),
        renderer: env!("CARGO_PKG_VERSION").to_owned(),
        before: Vec::new(),
        before_passages: Vec::new(),
        explained: explained(setting, period.last, &pinned),
        document,
    };
    let input_hash = input_hash(tx, setting, request, salt, &pinned).await?;
    Ok(Build { body, input_hash })
}

/// What units explained of the returns that count.
fn explained(
    setting: &Setting,
    on: nhipcau_domain::Date,
    pinned: &[nhipcau_store::AcceptedRow],
) -> Vec<Explained> {
    let with_words = pinned.iter().filter_map(|row| {
        let said = row.revision.as_ref().map(|r| r.submission.explanation.trim())?;
        if said.is_empty() {
            return None;
        }
        let unit = setting.tree.find(&row.key.unit).map(|ix| setting.tree.name(ix, on).to_owned());
        let form = setting.definitions.data_set(&row.key.data_set).map(|f| f.name.clone());
        Some(Explained {
            unit: unit.unwrap_or_else(|| row.key.unit.to_string()),
            form: form.unwrap_or_else(|| row.key.data_set.to_string()),
            explanation: said.to_owned(),
        })
    });
    with_words.collect()
}

/// The accepted revisions that a scope's figures rest on, in order of their returns.
async fn pinned(
    tx: &mut Tx,
    setting: &Setting,
    evidence: &Evidence,
    basis: &nhipcau_domain::figure::Basis<'_>,
) -> Result<Vec<nhipcau_store::AcceptedRow>> {
    let period = basis::period(setting, &evidence.period)?;
    let units: BTreeSet<_> = basis.leaves().iter().map(|l| setting.tree.id(l.unit).clone()).collect();
    let units: Vec<_> = units.into_iter().collect();
    let mut found = Vec::new();
    for form in &setting.definitions.data_sets {
        let parts: Vec<PeriodId> =
            setting.definitions.parts_of(form, period).iter().map(|p| p.id.clone()).collect();
        if !parts.is_empty() {
            found.extend(tx.accepted(&form.id, &parts, Some(&units)).await?);
        }
    }
    found.retain(|row| row.revision.is_some());
    found.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(found)
}

/// The local days on which the returns were first accepted.
async fn accepted_on(
    tx: &mut Tx,
    pinned: &[nhipcau_store::AcceptedRow],
) -> Result<Vec<nhipcau_domain::Date>> {
    let mut days = Vec::with_capacity(pinned.len());
    for row in pinned {
        let acts = tx.acts_of(row.return_id).await?;
        let first = acts.iter().find(|a| matches!(a.act, nhipcau_domain::returns::Act::Accept));
        days.extend(first.map(|a| nhipcau_domain::text::local_day(a.at)));
    }
    days.sort_unstable();
    Ok(days)
}

/// A salted hash of all that went in: definitions, tree, later deadlines, and the values of every
/// pinned revision.
/// Salted, because small counts could be guessed from a plain one. No ids of records go in, so both
/// databases come to the same.
async fn input_hash(
    tx: &mut Tx,
    setting: &Setting,
    request: &Request,
    salt: &str,
    pinned: &[nhipcau_store::AcceptedRow],
) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut feed = |part: &[u8]| {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    };
    feed(salt.as_bytes());
    feed(request.report.as_bytes());
    feed(request.period.as_bytes());
    feed(format!("{:?}", request.tree).as_bytes());
    feed(&serde_json::to_vec(&setting.definitions)?);
    feed(&serde_json::to_vec(&tx.tree_events().await?)?);
    let period = basis::period(setting, &request.period)?;
    for later in basis::granted(tx, setting, period).await? {
        let until = later.until_day.to_string();
        feed(&serde_json::to_vec(&(&later.data_set, &later.period, &later.unit, until))?);
    }
    for row in pinned {
        let Some(revision) = &row.revision else { continue };
        feed(&serde_json::to_vec(&(&row.key, revision.number, &revision.submission.entries))?);
    }
    Ok(hex(&hasher.finalize()))
}
