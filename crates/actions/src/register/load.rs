//! The campaign's directives (văn bản chỉ đạo), out of its configuration into the register.

use nhipcau_domain::{
    definitions::{Definitions, Directive},
    office::{Acting, Role},
    press::{self, Texts},
    problem::Problem,
    register::{EntryAct, Relation},
};
use nhipcau_store::{
    Tx,
    register::{DocumentRecord, Entry},
};

use super::{
    kinds::{DocumentKind, kinds_in, put_kinds},
    write::{By, enter, join, put_out, rewrite},
};
use crate::{
    error::{Result, again_if_busy},
    workspace::Workspace,
};

/// What was loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// How many documents are new.
    pub created: usize,
    /// How many were changed as the configuration now has them.
    pub revised: usize,
    /// How many relations are new.
    pub related: usize,
}

/// Brings the configuration's directives, and the basis that they stand on, into the register, and puts them
/// out. What is there already is changed only where the configuration itself has changed since: what editors
/// wrote, withdrew or related stays. Doing it again changes nothing.
pub async fn load_directives(ws: &Workspace, acting: &Acting, definitions: &Definitions) -> Result<Loaded> {
    acting.require(Role::Publisher, &[])?;
    again_if_busy!(load_once(ws, acting, definitions))
}

async fn load_once(ws: &Workspace, acting: &Acting, definitions: &Definitions) -> Result<Loaded> {
    let by = By { acting, holder: "", at: ws.now() };
    let mut tx = ws.store().write().await?;
    tx.lock_register().await?;
    add_kinds(ws, &mut tx, &by, definitions).await?;
    let mut loaded = Loaded::default();
    for directive in &definitions.directives {
        load(ws, &mut tx, &by, definitions, directive, &mut loaded).await?;
    }
    // Relations once all are there: a directive may name one further down.
    for directive in &definitions.directives {
        let Some(mut from) = find(&mut tx, definitions, &directive.id).await? else { continue };
        for (relation, to) in &directive.relations {
            let unknown = || Problem::new("register-relation-unknown").with("found", relation.as_str());
            let relation = Relation::parse(relation).ok_or_else(unknown)?;
            let Some(to) = find(&mut tx, definitions, to).await? else { continue };
            if stood(&mut tx, &from, relation, &to).await? {
                continue;
            }
            join(&mut tx, &by, &mut from, relation, &to).await?;
            loaded.related += 1;
        }
    }
    if loaded != Loaded::default() {
        ws.commit_public(tx).await?;
    }
    Ok(loaded)
}

async fn load(
    ws: &Workspace,
    tx: &mut Tx,
    by: &By<'_>,
    definitions: &Definitions,
    directive: &Directive,
    loaded: &mut Loaded,
) -> Result<()> {
    let entry = Entry {
        number: directive.number.clone(),
        kind: press::slug(&directive.kind),
        issuer: directive.issuer.clone(),
        subject: directive.subject.clone(),
        signed: directive.issued,
        campaign: definitions.campaign.id.clone(),
        ..Entry::default()
    };
    let known = match find(tx, definitions, &directive.id).await? {
        // What an editor entered by hand before is this one.
        None => tx.register_document_like(&entry).await?.map(|d| (d, false)),
        found => found.map(|d| (d, true)),
    };
    match known {
        None => {
            let key = Some(key(definitions, &directive.id));
            let mut record = enter(ws, tx, by, &entry, key).await?;
            put_out(tx, by, &mut record, EntryAct::Publish, "").await?;
            loaded.created += 1;
        }
        Some((mut record, true)) if record.loaded.as_ref() != Some(&entry) => {
            let said = Entry {
                effective: record.entry.effective,
                expires: record.entry.expires,
                sent_to: record.entry.sent_to.clone(),
                asks: record.entry.asks.clone(),
                due: record.entry.due,
                files: record.entry.files.clone(),
                ..entry.clone()
            };
            record.loaded = Some(entry);
            rewrite(tx, by, &mut record, &said, "").await?;
            loaded.revised += 1;
        }
        Some(_) => {}
    }
    Ok(())
}

/// Whether a relation stands, or stood and was taken back by an editor.
async fn stood(tx: &mut Tx, from: &DocumentRecord, relation: Relation, to: &DocumentRecord) -> Result<bool> {
    let now = tx.register_related(from.id, false).await?;
    if now.iter().any(|(r, d)| *r == relation && d.id == to.id) {
        return Ok(true);
    }
    let (kind, id) = (format!("\"{}\"", relation.as_str()), to.id.to_string());
    let events = tx.register_events(from.id).await?;
    Ok(events.iter().any(|e| e.act == EntryAct::Unrelate && e.body.contains(&kind) && e.body.contains(&id)))
}

pub(super) fn key(definitions: &Definitions, id: &str) -> String {
    format!("{}/{id}", definitions.campaign.id)
}

async fn find(tx: &mut Tx, definitions: &Definitions, id: &str) -> Result<Option<DocumentRecord>> {
    Ok(tx.register_document_by_key(&key(definitions, id)).await?)
}

/// Types that the configuration names and the register does not know yet.
async fn add_kinds(ws: &Workspace, tx: &mut Tx, by: &By<'_>, definitions: &Definitions) -> Result<()> {
    let mut kinds = kinds_in(tx).await?;
    let before = kinds.len();
    for directive in &definitions.directives {
        let id = press::slug(&directive.kind);
        if !kinds.iter().any(|k| k.id == id) {
            kinds.push(DocumentKind { id, names: Texts::vi(&directive.kind) });
        }
    }
    if kinds.len() == before { Ok(()) } else { put_kinds(ws, tx, by.acting, by.holder, &kinds).await }
}
