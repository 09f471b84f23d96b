//! The register of documents.

mod kinds;
mod life;

use axum::extract::State;
use nhipcau_actions::register::{self, DeskDocument, Line};
use nhipcau_domain::{
    Date, Timestamp,
    press::Texts,
    problem::Problem,
    register::{EntryStatus, Validity},
};
use nhipcau_store::register::{DocumentRecord, Entry};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Ways;
use crate::{
    body::{Answer, Asked, At, Brought, Result},
    caller::Caller,
    describe::Refusals,
    failure::Failure,
    page::{Turn, following},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new()
        .routes(routes!(documents, add_document))
        .routes(routes!(one_document, revise_document))
        .merge(kinds::ways())
        .merge(life::ways())
}

/// A short text in each language; Vietnamese stands in where one is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct InLanguages {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// In Khmer.
    pub km: String,
}

impl InLanguages {
    pub fn of(t: &Texts) -> Self {
        Self { vi: t.vi.clone(), en: t.en.clone(), km: t.km.clone() }
    }

    pub fn texts(self) -> Texts {
        Texts { vi: self.vi, en: self.en, km: self.km }
    }
}

/// What a list is of; empty is everything.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DocumentsAsked {
    /// Words in number, subject, issuer, recipients or demands, with or without marks.
    #[serde(default)]
    #[param(required = false)]
    words: String,
    /// Of that type.
    #[serde(default)]
    #[param(required = false)]
    kind: String,
    /// Of that issuer.
    #[serde(default)]
    #[param(required = false)]
    issuer: String,
    /// Signed in that year.
    #[param(required = false)]
    year: Option<i16>,
    /// In that state of force today: `not-yet`, `in-force`, `amended`, `partly-replaced`, `replaced`,
    /// `expired`.
    #[param(required = false)]
    validity: Option<String>,
    /// Whose entry is `draft`, `published` or `withdrawn`.
    #[param(required = false)]
    status: Option<String>,
}

/// A document in a list.
#[derive(Serialize, ToSchema)]
struct DocumentLine {
    /// Its id.
    id: Uuid,
    /// Its address on the site.
    href: String,
    /// Number and symbol.
    number: String,
    /// Its type.
    kind: String,
    /// Who issued it.
    issuer: String,
    /// What it is about.
    subject: String,
    /// The day on which it was signed.
    #[schema(value_type = String, format = Date)]
    signed: Date,
    /// Whether it is in force today.
    validity: &'static str,
    /// How far its entry has come.
    status: &'static str,
    /// When anything of it changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

impl DocumentLine {
    fn of(l: &Line) -> Self {
        Self {
            id: l.id,
            href: l.href.clone(),
            number: l.number.clone(),
            kind: l.kind.id.clone(),
            issuer: l.issuer.clone(),
            subject: l.subject.clone(),
            signed: l.signed,
            validity: l.validity.as_str(),
            status: l.status.as_str(),
            changed_at: l.changed_at,
        }
    }
}

/// A piece of the register.
#[derive(Serialize, ToSchema)]
struct DocumentList {
    /// The documents, the latest signed first; 25 at a time.
    items: Vec<DocumentLine>,
    /// What to ask for next, as `after`; none at the end.
    next: Option<String>,
    /// How many there are.
    total: u32,
}

fn parameter(name: &str, found: &str) -> Failure {
    let found: String = found.chars().take(60).collect();
    Failure::bad(Problem::new("api-parameter-wrong").with("detail", format!("{name}: {found}")))
}

/// Documents, drafts too.
#[utoipa::path(get, path = "/documents", tag = "site", security(("token" = ["site"])),
    params(DocumentsAsked, Turn),
    responses((status = 200, description = "Documents.", body = DocumentList), Refusals))]
async fn documents(
    State(api): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<DocumentsAsked>,
    Asked(turn): Asked<Turn>,
) -> Result<DocumentList> {
    let acting = caller.bearer.site()?;
    let validity = asked.validity.as_deref();
    let validity =
        validity.map(|v| Validity::parse(v).ok_or_else(|| parameter("validity", v))).transpose()?;
    let status = asked.status.as_deref();
    let status = status.map(|s| EntryStatus::parse(s).ok_or_else(|| parameter("status", s))).transpose()?;
    let query = register::Query {
        text: asked.words,
        kind: asked.kind,
        issuer: asked.issuer,
        year: asked.year,
        validity,
        campaign: String::new(),
    };
    let page = turn.number()?;
    let found = register::desk_list(api.ws(), acting, &query, status, page).await?;
    Ok(Answer(DocumentList {
        items: found.lines.iter().map(DocumentLine::of).collect(),
        next: following(page, page < found.pages),
        total: found.total,
    }))
}

/// What is said of a document.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DocumentEntry {
    /// Number and symbol, such as `18-KH/HU`.
    number: String,
    /// Its type, by its name in the register's list.
    kind: String,
    /// Who issued it.
    issuer: String,
    /// What it is about.
    subject: String,
    /// The day on which it was signed.
    #[schema(value_type = String, format = Date)]
    signed: Date,
    /// The first day in force, where it is not the day of signing.
    #[schema(value_type = Option<String>, format = Date)]
    effective: Option<Date>,
    /// The first day no longer in force, where it names one.
    #[schema(value_type = Option<String>, format = Date)]
    expires: Option<Date>,
    /// The campaign that it belongs to.
    #[serde(default)]
    campaign: String,
    /// To whom it was sent.
    #[serde(default)]
    sent_to: String,
    /// What it asks for.
    #[serde(default)]
    asks: String,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Its files: attachments that were brought in, in order.
    #[serde(default)]
    files: Vec<Uuid>,
}

impl DocumentEntry {
    fn of(e: &Entry) -> Self {
        let e = e.clone();
        Self {
            number: e.number,
            kind: e.kind,
            issuer: e.issuer,
            subject: e.subject,
            signed: e.signed,
            effective: e.effective,
            expires: e.expires,
            campaign: e.campaign,
            sent_to: e.sent_to,
            asks: e.asks,
            due: e.due,
            files: e.files,
        }
    }

    fn entry(self) -> Entry {
        Entry {
            number: self.number,
            kind: self.kind,
            issuer: self.issuer,
            subject: self.subject,
            signed: self.signed,
            effective: self.effective,
            expires: self.expires,
            campaign: self.campaign,
            sent_to: self.sent_to,
            asks: self.asks,
            due: self.due,
            files: self.files,
        }
    }
}

/// A document as it is kept.
#[derive(Serialize, ToSchema)]
struct DocumentKept {
    /// Its id.
    id: Uuid,
    /// Its part of the address.
    slug: String,
    /// How many things were done with it: what a change is begun from, as `base`.
    base: u32,
    /// How far its entry has come.
    status: &'static str,
}

impl DocumentKept {
    fn of(d: &DocumentRecord) -> Self {
        Self { id: d.id, slug: d.slug.clone(), base: d.last_event, status: d.status.as_str() }
    }
}

/// Enters a document, as a draft.
#[utoipa::path(post, path = "/documents", tag = "site", security(("token" = ["site"])),
    request_body = DocumentEntry,
    responses((status = 200, description = "The document.", body = DocumentKept), Refusals))]
async fn add_document(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<DocumentEntry>,
) -> Result<DocumentKept> {
    let acting = caller.bearer.site()?;
    let made = register::create(api.ws(), acting, caller.holder(), &asked.entry()).await?;
    Ok(Answer(DocumentKept::of(&made)))
}

/// A document's id.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct IdAt {
    /// The document's id.
    id: Uuid,
}

/// A document at the desk.
#[derive(Serialize, ToSchema)]
struct OneDocument {
    /// As it is kept.
    kept: DocumentKept,
    /// What is said of it.
    entry: DocumentEntry,
    /// Whether it is in force today.
    validity: &'static str,
    /// What it stands in relation to, from both ends.
    relations: Vec<Related>,
    /// What may be done with it now.
    may: Vec<&'static str>,
    /// What was done with it, in order.
    events: Vec<DocumentEvent>,
}

/// Another document that one stands in relation to.
#[derive(Serialize, ToSchema)]
struct Related {
    /// How.
    relation: &'static str,
    /// Whether the other one says so of this one.
    back: bool,
    /// The other.
    document: DocumentLine,
}

/// What was done with a document.
#[derive(Serialize, ToSchema)]
struct DocumentEvent {
    /// What.
    act: &'static str,
    /// Why.
    reason: String,
    /// By which office.
    office: String,
    /// Who held it.
    holder: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn one(d: &DeskDocument) -> OneDocument {
    let related = d.relations.iter().map(|r| Related {
        relation: r.relation.as_str(),
        back: r.back,
        document: DocumentLine::of(&r.line),
    });
    let events = d.events.iter().map(|e| DocumentEvent {
        act: e.act.as_str(),
        reason: e.reason.clone(),
        office: e.office.to_string(),
        holder: e.holder.clone(),
        at: e.at,
    });
    OneDocument {
        kept: DocumentKept::of(&d.record),
        entry: DocumentEntry::of(&d.record.entry),
        validity: d.line.validity.as_str(),
        relations: related.collect(),
        may: d.may.iter().map(|act| act.as_str()).collect(),
        events: events.collect(),
    }
}

/// One document.
#[utoipa::path(get, path = "/documents/{id}", tag = "site", security(("token" = ["site"])), params(IdAt),
    responses((status = 200, description = "The document.", body = OneDocument), Refusals))]
async fn one_document(State(api): State<ApiState>, caller: Caller, At(at): At<IdAt>) -> Result<OneDocument> {
    let found = register::desk_show(api.ws(), caller.bearer.site()?, at.id).await?;
    Ok(Answer(one(&found)))
}

/// A change of what is said of a document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DocumentChange {
    /// What is said of it from now on.
    entry: DocumentEntry,
    /// How many things had been done with it when it was read. One that changed since is not changed.
    base: u32,
    /// Why; needed where it is out.
    #[serde(default)]
    reason: String,
}

/// Changes what is said of a document.
#[utoipa::path(put, path = "/documents/{id}", tag = "site", security(("token" = ["site"])), params(IdAt),
    request_body = DocumentChange,
    responses((status = 200, description = "The document.", body = DocumentKept), Refusals))]
async fn revise_document(
    State(api): State<ApiState>,
    caller: Caller,
    At(at): At<IdAt>,
    Brought(asked): Brought<DocumentChange>,
) -> Result<DocumentKept> {
    let (acting, holder) = (caller.bearer.site()?, caller.holder());
    let (base, reason) = (asked.base, asked.reason);
    let entry = asked.entry.entry();
    let made = register::revise(api.ws(), acting, holder, at.id, base, &entry, &reason).await?;
    Ok(Answer(DocumentKept::of(&made)))
}
