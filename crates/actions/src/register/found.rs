//! What lists and pages show of a document: its line with its validity on a day, and its relations.

use std::collections::HashMap;

use nhipcau_domain::{
    Date, Timestamp,
    press::{ContentLang, Texts},
    register::{EntryStatus, Relation, Term, Validity, validity},
    text,
};
use nhipcau_store::{Tx, register::DocumentRecord};
use uuid::Uuid;

use super::kinds::{DocumentKind, kinds_in};
use crate::{
    error::Result,
    search::{Item, ItemKind},
};

/// A document as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub href: String,
    /// Number and symbol.
    pub number: String,
    /// Its type.
    pub kind: DocumentKind,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub subject: String,
    /// The day on which it was signed.
    pub signed: Date,
    /// Whether it is in force on the day that was asked for.
    pub validity: Validity,
    /// How far its entry has come.
    pub status: EntryStatus,
    /// When it went out first.
    pub published_at: Option<Timestamp>,
    /// When anything of it changed.
    pub changed_at: Timestamp,
}

/// Another document that one stands in relation to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationView {
    /// How.
    pub relation: Relation,
    /// Whether the other one says so of this one ("is implemented by").
    pub back: bool,
    /// The other.
    pub line: Line,
}

/// The address of a document.
#[must_use]
pub fn href(slug: &str) -> String {
    format!("/van-ban/{slug}")
}

/// A document as the search finds it.
pub(super) fn item(d: &DocumentRecord, kinds: &[DocumentKind]) -> Item {
    let e = &d.entry;
    let kind = kinds.iter().find(|k| k.id == e.kind).map_or("", |k| k.names.vi.as_str());
    Item {
        kind: ItemKind::Document,
        id: d.id.to_string(),
        href: href(&d.slug),
        title: text::tidy(&format!("{kind} {}: {}", e.number, e.subject)),
        summary: format!("{}, {}", e.issuer, text::date(e.signed)),
        words: String::new(),
        text: format!("{}\n{}", e.sent_to, e.asks).trim().to_owned(),
        column: None,
        day: Some(e.signed),
        lang: ContentLang::Vi,
    }
}

/// Every document that is out as the search finds it, with when it came out.
pub(crate) async fn search_items(tx: &mut Tx) -> Result<Vec<(Timestamp, Uuid, Item)>> {
    let kinds = kinds_in(tx).await?;
    let (mut found, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let some = tx.register_documents_after(after, 1000).await?;
        let Some(last) = some.last() else { return Ok(found) };
        after = last.id;
        let out = some.iter().filter(|d| d.status == EntryStatus::Published);
        found.extend(out.map(|d| (d.published_at.unwrap_or(d.at), d.id, item(d, &kinds))));
    }
}

/// What lines are made with: the day, the types, and what documents do to each other.
pub(super) struct Maker {
    day: Date,
    kinds: Vec<DocumentKind>,
    touched: HashMap<Uuid, Vec<(Relation, Date)>>,
}

impl Maker {
    pub async fn on(tx: &mut Tx, day: Date) -> Result<Self> {
        let mut touched: HashMap<Uuid, Vec<(Relation, Date)>> = HashMap::new();
        for (to, relation, from) in tx.register_touches().await? {
            touched.entry(to).or_default().push((relation, from));
        }
        Ok(Self { day, kinds: kinds_in(tx).await?, touched })
    }

    pub fn validity(&self, d: &DocumentRecord) -> Validity {
        let e = &d.entry;
        let touched = self.touched.get(&d.id).map_or(&[][..], Vec::as_slice);
        validity(self.day, Term::new(e.signed, e.effective, e.expires), touched)
    }

    pub fn kind(&self, id: &str) -> DocumentKind {
        let known = self.kinds.iter().find(|k| k.id == id).cloned();
        known.unwrap_or_else(|| DocumentKind { id: id.to_owned(), names: Texts::vi(id) })
    }

    pub fn into_kinds(self) -> Vec<DocumentKind> {
        self.kinds
    }

    pub fn line(&self, d: &DocumentRecord) -> Line {
        Line {
            id: d.id,
            href: href(&d.slug),
            number: d.entry.number.clone(),
            kind: self.kind(&d.entry.kind),
            issuer: d.entry.issuer.clone(),
            subject: d.entry.subject.clone(),
            signed: d.entry.signed,
            validity: self.validity(d),
            status: d.status,
            published_at: d.published_at,
            changed_at: d.changed_at,
        }
    }

    /// Relations from both ends, in the order of [`Relation::ALL`]; for the public only to what is out.
    pub async fn relations(&self, tx: &mut Tx, id: Uuid, public: bool) -> Result<Vec<RelationView>> {
        let mut found = Vec::new();
        for back in [false, true] {
            for (relation, other) in tx.register_related(id, back).await? {
                if !public || other.status == EntryStatus::Published {
                    found.push(RelationView { relation, back, line: self.line(&other) });
                }
            }
        }
        found.sort_by_key(|r| (r.back, r.relation));
        Ok(found)
    }
}
