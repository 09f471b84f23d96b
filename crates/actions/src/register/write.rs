//! Writing the register: entering, changing, relating, putting out, taking back. Everything is on record.

use nhipcau_domain::{
    Timestamp,
    office::Acting,
    press,
    problem::Problem,
    register::{EntryAct, EntryStatus, Relation, closes_circle, next},
};
use nhipcau_store::{
    Tx,
    register::{DocumentRecord, Entry, RegisterEvent},
    site::RedirectRecord,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    check::{checked, words},
    found::{href, item},
    kinds::kinds_in,
};
use crate::{
    error::{Result, again_if_busy},
    search::{self, ItemKind},
    workspace::Workspace,
};

/// Who does something, and when.
pub(super) struct By<'a> {
    pub acting: &'a Acting,
    pub holder: &'a str,
    pub at: Timestamp,
}

/// Enters a document as a draft.
pub async fn create(ws: &Workspace, acting: &Acting, holder: &str, entry: &Entry) -> Result<DocumentRecord> {
    again_if_busy!(create_once(ws, acting, holder, entry))
}

async fn create_once(ws: &Workspace, acting: &Acting, holder: &str, entry: &Entry) -> Result<DocumentRecord> {
    acting.require(EntryAct::Create.role(EntryStatus::Draft), &[])?;
    let by = By { acting, holder, at: ws.now() };
    let mut tx = ws.store().write().await?;
    tx.lock_register().await?;
    let record = enter(ws, &mut tx, &by, entry, None).await?;
    tx.commit().await?;
    Ok(record)
}

/// Enters a document; `key` is its name in a configuration that says it so.
pub(super) async fn enter(
    ws: &Workspace,
    tx: &mut Tx,
    by: &By<'_>,
    entry: &Entry,
    key: Option<String>,
) -> Result<DocumentRecord> {
    let entry = checked(tx, entry).await?;
    not_twice(tx, &entry, None).await?;
    let slug = free_slug(tx, &entry, None).await?;
    let record = DocumentRecord {
        id: ws.id(by.at),
        loaded: key.as_ref().map(|_| entry.clone()),
        key,
        slug,
        entry,
        status: EntryStatus::Draft,
        last_event: 1,
        published_at: None,
        office: by.acting.office.clone(),
        at: by.at,
        changed_at: by.at,
    };
    let found_by = words_of(tx, &record.entry).await?;
    tx.drop_redirect(&href(&record.slug)).await?;
    tx.add_register_document(&record, &found_by).await?;
    put_event(tx, by, &record, EntryAct::Create, serde_json::to_string(&record.entry)?, "").await?;
    Ok(record)
}

/// Changes what is said of a document. `base` is its number of events when the asker read it: what others have
/// done since is not written over. Of a document that is out this is seen at once; its old address leads on.
pub async fn revise(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    document: Uuid,
    base: u32,
    entry: &Entry,
    reason: &str,
) -> Result<DocumentRecord> {
    again_if_busy!(revise_once(ws, acting, holder, document, base, entry, reason))
}

async fn revise_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    document: Uuid,
    base: u32,
    entry: &Entry,
    reason: &str,
) -> Result<DocumentRecord> {
    let by = By { acting, holder, at: ws.now() };
    let (mut tx, mut record) = open(ws, acting, document, EntryAct::Revise).await?;
    if record.last_event != base {
        let events = tx.register_events(document).await?;
        let by =
            events.last().map(|e| if e.holder.is_empty() { e.office.to_string() } else { e.holder.clone() });
        return Err(Problem::new("register-changed-meanwhile").with("by", by.unwrap_or_default()).into());
    }
    rewrite(&mut tx, &by, &mut record, entry, reason.trim()).await?;
    commit(ws, tx, &record).await?;
    Ok(record)
}

/// Writes what is said of a document anew, with its address.
pub(super) async fn rewrite(
    tx: &mut Tx,
    by: &By<'_>,
    record: &mut DocumentRecord,
    entry: &Entry,
    reason: &str,
) -> Result<()> {
    let entry = checked(tx, entry).await?;
    not_twice(tx, &entry, Some(record.id)).await?;
    if press::slug(&entry.number) != press::slug(&record.entry.number) {
        let slug = free_slug(tx, &entry, Some(record.id)).await?;
        if record.published_at.is_some() && slug != record.slug {
            lead_on(tx, by, &href(&record.slug), &href(&slug)).await?;
        }
        record.slug = slug;
    }
    record.entry = entry;
    let body = serde_json::to_string(&record.entry)?;
    done(tx, by, record, EntryAct::Revise, body, reason).await
}

/// Puts a document out.
pub async fn publish(ws: &Workspace, acting: &Acting, holder: &str, document: Uuid) -> Result<()> {
    again_if_busy!(turn(ws, acting, holder, document, EntryAct::Publish, ""))
}

/// Takes a document off the site, with a reason. What it did to the force of others is not said any more.
pub async fn withdraw(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    document: Uuid,
    reason: &str,
) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::new("register-needs-reason").into());
    }
    again_if_busy!(turn(ws, acting, holder, document, EntryAct::Withdraw, reason))
}

async fn turn(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    document: Uuid,
    act: EntryAct,
    reason: &str,
) -> Result<()> {
    let by = By { acting, holder, at: ws.now() };
    let (mut tx, mut record) = open(ws, acting, document, act).await?;
    put_out(&mut tx, &by, &mut record, act, reason).await?;
    ws.commit_public(tx).await
}

pub(super) async fn put_out(
    tx: &mut Tx,
    by: &By<'_>,
    record: &mut DocumentRecord,
    act: EntryAct,
    reason: &str,
) -> Result<()> {
    record.status = next(record.status, act)?;
    if act == EntryAct::Publish {
        // What is refused today may have been let in before.
        checked(tx, &record.entry).await?;
        record.published_at = record.published_at.or(Some(by.at));
    }
    done(tx, by, record, act, "{}".to_owned(), reason).await
}

/// Sets a document in relation to another: `from` implements, amends … `to`.
pub async fn relate(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    from: Uuid,
    relation: Relation,
    to: Uuid,
) -> Result<()> {
    again_if_busy!(relate_once(ws, acting, holder, from, relation, to, true))
}

/// Takes a relation back.
pub async fn unrelate(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    from: Uuid,
    relation: Relation,
    to: Uuid,
) -> Result<()> {
    again_if_busy!(relate_once(ws, acting, holder, from, relation, to, false))
}

async fn relate_once(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    from: Uuid,
    relation: Relation,
    to: Uuid,
    on: bool,
) -> Result<()> {
    let by = By { acting, holder, at: ws.now() };
    let act = if on { EntryAct::Relate } else { EntryAct::Unrelate };
    let (mut tx, mut record) = open(ws, acting, from, act).await?;
    let other = tx.register_document(to).await?.ok_or_else(|| Problem::new("register-unknown"))?;
    if on {
        join(&mut tx, &by, &mut record, relation, &other).await?;
    } else {
        if !tx.drop_register_relation(from, relation, to).await? {
            return Err(Problem::new("register-not-related").into());
        }
        done(&mut tx, &by, &mut record, act, related(relation, &other), "").await?;
    }
    commit(ws, tx, &record).await
}

/// Sets one in relation to another, unless that closes a circle or is there.
pub(super) async fn join(
    tx: &mut Tx,
    by: &By<'_>,
    record: &mut DocumentRecord,
    relation: Relation,
    other: &DocumentRecord,
) -> Result<()> {
    let all = tx.register_relations().await?;
    if all.contains(&(record.id, relation, other.id)) {
        return Err(Problem::new("register-related-already")
            .with("number", other.entry.number.as_str())
            .into());
    }
    let line: Vec<(Uuid, Uuid)> =
        all.iter().filter(|(_, r, _)| r.same_line(relation)).map(|(from, _, to)| (*from, *to)).collect();
    if closes_circle(&line, record.id, other.id) {
        return Err(Problem::new("register-relation-circle")
            .with("number", other.entry.number.as_str())
            .into());
    }
    tx.add_register_relation(record.id, relation, other.id).await?;
    done(tx, by, record, EntryAct::Relate, related(relation, other), "").await
}

fn related(relation: Relation, other: &DocumentRecord) -> String {
    json!({ "relation": relation.as_str(), "to": other.id, "number": other.entry.number }).to_string()
}

/// The register, held for writing, with a document that the office may do this with.
async fn open(ws: &Workspace, acting: &Acting, id: Uuid, act: EntryAct) -> Result<(Tx, DocumentRecord)> {
    let mut tx = ws.store().write().await?;
    tx.lock_register().await?;
    let record = tx.register_document(id).await?.ok_or_else(|| Problem::new("register-unknown"))?;
    acting.require(act.role(record.status), &[])?;
    next(record.status, act)?;
    Ok((tx, record))
}

/// Keeps what a document now is, and what was done.
async fn done(
    tx: &mut Tx,
    by: &By<'_>,
    record: &mut DocumentRecord,
    act: EntryAct,
    body: String,
    reason: &str,
) -> Result<()> {
    record.last_event += 1;
    record.changed_at = by.at;
    let found_by = words_of(tx, &record.entry).await?;
    tx.change_register_document(record, &found_by).await?;
    put_event(tx, by, record, act, body, reason).await?;
    match (act, record.status) {
        (EntryAct::Withdraw, _) => search::remove(tx, ItemKind::Document, &record.id.to_string()).await,
        (EntryAct::Publish | EntryAct::Revise, EntryStatus::Published) => {
            let kinds = kinds_in(tx).await?;
            search::put(tx, &item(record, &kinds)).await
        }
        _ => Ok(()),
    }
}

async fn put_event(
    tx: &mut Tx,
    by: &By<'_>,
    record: &DocumentRecord,
    act: EntryAct,
    body: String,
    reason: &str,
) -> Result<()> {
    let event = RegisterEvent {
        document: record.id,
        ordinal: record.last_event,
        act,
        body,
        reason: reason.to_owned(),
        office: by.acting.office.clone(),
        holder: by.holder.to_owned(),
        at: by.at,
    };
    Ok(tx.append_register_event(&event).await?)
}

/// Commits; readers' pages are made anew where they show the document.
async fn commit(ws: &Workspace, tx: Tx, record: &DocumentRecord) -> Result<()> {
    if record.status == EntryStatus::Published { ws.commit_public(tx).await } else { Ok(tx.commit().await?) }
}

async fn words_of(tx: &mut Tx, entry: &Entry) -> Result<String> {
    let kinds = kinds_in(tx).await?;
    let name = kinds.iter().find(|k| k.id == entry.kind).map_or("", |k| k.names.vi.as_str());
    Ok(words(entry, name))
}

/// An issuer gives a number once a day.
async fn not_twice(tx: &mut Tx, entry: &Entry, own: Option<Uuid>) -> Result<()> {
    let same = tx.register_document_like(entry).await?.filter(|d| Some(d.id) != own);
    match same {
        Some(_) => Err(Problem::new("register-number-taken")
            .with("number", entry.number.as_str())
            .with("issuer", entry.issuer.as_str())
            .into()),
        None => Ok(()),
    }
}

/// An address of the number; with the year, and then a count, where another document has it.
async fn free_slug(tx: &mut Tx, entry: &Entry, own: Option<Uuid>) -> Result<String> {
    let base = press::slug(&entry.number);
    let dated = format!("{base}-{}", entry.signed.year());
    let counted = (2_u32..1000).map(|n| format!("{dated}-{n}"));
    for slug in [base.clone(), dated.clone()].into_iter().chain(counted) {
        if tx.register_document_by_slug(&slug).await?.is_none_or(|d| Some(d.id) == own) {
            return Ok(slug);
        }
    }
    Err(Problem::new("slug-taken").with("slug", base).into())
}

/// Leads an old address, and all that led to it, to a new one.
async fn lead_on(tx: &mut Tx, by: &By<'_>, from: &str, to: &str) -> Result<()> {
    tx.drop_redirect(to).await?;
    tx.retarget_redirects(from, to).await?;
    let redirect = RedirectRecord {
        path: from.to_owned(),
        target: to.to_owned(),
        source: "slug".to_owned(),
        office: by.acting.office.clone(),
        at: by.at,
    };
    Ok(tx.put_redirect(&redirect).await?)
}
