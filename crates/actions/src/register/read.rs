//! Looking at the register: what the public reads, and what editors see.

use nhipcau_domain::{
    Date, Timestamp,
    definitions::{Definitions, Directive},
    office::{Acting, Role},
    problem::Problem,
    register::{EntryAct, EntryStatus, Validity, next},
    text,
};
use nhipcau_store::{
    Tx,
    register::{DocumentRecord, Entry, RegisterEvent, RegisterFilter},
};
use uuid::Uuid;

use super::{
    check::asked,
    found::{Line, Maker, RelationView, href},
    kinds::DocumentKind,
};
use crate::{
    error::Result,
    press::{MediaView, views},
    workspace::Workspace,
};

/// How many documents a page of a list has.
pub const PAGE_SIZE: u32 = 25;

/// The most documents that are gone through where a list is of one validity: it is not in the records.
const GONE_THROUGH: u32 = 20_000;

/// What a list is of; empty is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words in number, subject, issuer, recipients or demands: with or without marks.
    pub text: String,
    /// Of that type.
    pub kind: String,
    /// Of that issuer.
    pub issuer: String,
    /// Signed in that year.
    pub year: Option<i16>,
    /// In that state of force today.
    pub validity: Option<Validity>,
    /// Of that campaign.
    pub campaign: String,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// The documents of this page, the latest signed first.
    pub lines: Vec<Line>,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are; at least 1.
    pub pages: u32,
    /// How many documents there are.
    pub total: u32,
    /// Types that there are documents of.
    pub kinds: Vec<DocumentKind>,
    /// Issuers that there are documents of.
    pub issuers: Vec<String>,
    /// Years in which documents were signed, the latest first.
    pub years: Vec<i16>,
}

/// A document as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPage {
    /// What lists show of it.
    pub line: Line,
    /// What is said of it.
    pub entry: Entry,
    /// What it stands in relation to, from both ends.
    pub relations: Vec<RelationView>,
    /// Its files, in order.
    pub files: Vec<MediaView>,
}

/// What stands at a document's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A document.
    Document(Box<DocumentPage>),
    /// Its address is another now.
    Moved(String),
    /// It was taken off the site, then. Why is the offices' own.
    Gone(Timestamp),
    /// Nothing, and nothing that anyone may know of.
    Missing,
}

/// A document at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskDocument {
    /// It.
    pub record: DocumentRecord,
    /// What lists show of it.
    pub line: Line,
    /// What it stands in relation to, from both ends, drafts too.
    pub relations: Vec<RelationView>,
    /// Its files, in order.
    pub files: Vec<MediaView>,
    /// What was done with it, in order.
    pub events: Vec<RegisterEvent>,
    /// What the asker may do with it now.
    pub may: Vec<EntryAct>,
}

/// Documents that are out.
pub async fn list(ws: &Workspace, query: &Query, page: u32) -> Result<List> {
    list_of(ws, query, Some(EntryStatus::Published), page).await
}

/// Documents at the desk, of a status or all.
pub async fn desk_list(
    ws: &Workspace,
    acting: &Acting,
    query: &Query,
    status: Option<EntryStatus>,
    page: u32,
) -> Result<List> {
    acting.require(Role::Writer, &[])?;
    list_of(ws, query, status, page).await
}

async fn list_of(ws: &Workspace, query: &Query, status: Option<EntryStatus>, page: u32) -> Result<List> {
    let mut tx = ws.store().read().await?;
    let maker = Maker::on(&mut tx, today(ws)).await?;
    let filter = RegisterFilter {
        status,
        kind: query.kind.clone(),
        issuer: query.issuer.clone(),
        year: query.year,
        campaign: query.campaign.clone(),
        words: asked(&query.text),
    };
    let page = page.max(1);
    let skipped = (page - 1).saturating_mul(PAGE_SIZE);
    let (total, records) = match query.validity {
        None => {
            let total = tx.count_register_documents(&filter).await?;
            (total, tx.register_documents(&filter, PAGE_SIZE, skipped).await?)
        }
        Some(wanted) => {
            let mut all = tx.register_documents(&filter, GONE_THROUGH, 0).await?;
            all.retain(|d| maker.validity(d) == wanted);
            let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
            let here = all.into_iter().skip(skipped as usize).take(PAGE_SIZE as usize);
            (total, here.collect())
        }
    };
    let facets = tx.register_facets(status).await?;
    let lines = records.iter().map(|d| maker.line(d)).collect();
    let mut kinds = maker.into_kinds();
    kinds.retain(|k| facets.kinds.contains(&k.id));
    let mut issuers = facets.issuers;
    issuers.sort_by_cached_key(|name| text::sort_key(name));
    let pages = total.div_ceil(PAGE_SIZE).max(1);
    Ok(List { lines, page, pages, total, kinds, issuers, years: facets.years })
}

/// What stands at a document's address.
pub async fn show(ws: &Workspace, slug: &str) -> Result<Found> {
    let mut tx = ws.store().read().await?;
    let Some(record) = tx.register_document_by_slug(slug).await? else {
        let led = tx.redirect(&href(slug)).await?;
        return Ok(led.map_or(Found::Missing, |r| Found::Moved(r.target)));
    };
    match record.status {
        EntryStatus::Draft => Ok(Found::Missing),
        EntryStatus::Withdrawn => {
            let events = tx.register_events(record.id).await?;
            let last = events.iter().rev().find(|e| e.act == EntryAct::Withdraw);
            Ok(Found::Gone(last.map_or(record.changed_at, |e| e.at)))
        }
        EntryStatus::Published => {
            let maker = Maker::on(&mut tx, today(ws)).await?;
            let relations = maker.relations(&mut tx, record.id, true).await?;
            let files = files(&mut tx, &record).await?;
            Ok(Found::Document(Box::new(DocumentPage {
                line: maker.line(&record),
                entry: record.entry,
                relations,
                files,
            })))
        }
    }
}

/// A document at the desk.
pub async fn desk_show(ws: &Workspace, acting: &Acting, id: Uuid) -> Result<DeskDocument> {
    acting.require(Role::Writer, &[])?;
    let mut tx = ws.store().read().await?;
    let record = tx.register_document(id).await?.ok_or_else(|| Problem::new("register-unknown"))?;
    let maker = Maker::on(&mut tx, today(ws)).await?;
    let may = EntryAct::ALL.into_iter().filter(|act| {
        next(record.status, *act).is_ok() && acting.require(act.role(record.status), &[]).is_ok()
    });
    Ok(DeskDocument {
        may: may.collect(),
        line: maker.line(&record),
        relations: maker.relations(&mut tx, id, false).await?,
        files: files(&mut tx, &record).await?,
        events: tx.register_events(id).await?,
        record,
    })
}

/// Documents that are out, the last published first.
pub async fn latest(ws: &Workspace, limit: u32) -> Result<Vec<Line>> {
    let mut tx = ws.store().read().await?;
    let maker = Maker::on(&mut tx, today(ws)).await?;
    Ok(tx.latest_register_documents(limit).await?.iter().map(|d| maker.line(d)).collect())
}

/// The campaign's directives of which `which` is true, as they stand in the register and are out on `day`; the
/// oldest first.
pub async fn of_directives(
    tx: &mut Tx,
    definitions: &Definitions,
    day: Date,
    which: impl Fn(&Directive) -> bool,
) -> Result<Vec<Line>> {
    let maker = Maker::on(tx, day).await?;
    let mut found = Vec::new();
    for directive in definitions.directives.iter().filter(|d| which(d)) {
        let key = super::load::key(definitions, &directive.id);
        if let Some(d) = tx.register_document_by_key(&key).await?
            && d.status == EntryStatus::Published
        {
            found.push(maker.line(&d));
        }
    }
    found.sort_by(|a, b| (a.signed, &a.number).cmp(&(b.signed, &b.number)));
    Ok(found)
}

/// The address of each document that is out, with when it changed.
pub async fn addresses(ws: &Workspace) -> Result<Vec<(String, Timestamp)>> {
    let mut tx = ws.store().read().await?;
    let (mut found, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let some = tx.register_documents_after(after, 1000).await?;
        let Some(last) = some.last() else { return Ok(found) };
        after = last.id;
        let out = some.iter().filter(|d| d.status == EntryStatus::Published);
        found.extend(out.map(|d| (href(&d.slug), d.changed_at)));
    }
}

async fn files(tx: &mut Tx, record: &DocumentRecord) -> Result<Vec<MediaView>> {
    let mut found = views(tx, &record.entry.files).await?;
    Ok(record.entry.files.iter().filter_map(|id| found.remove(id)).collect())
}

fn today(ws: &Workspace) -> Date {
    text::local_day(ws.now())
}
