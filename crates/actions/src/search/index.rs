//! What an item is found by, and keeping the index in step with it.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{
    Date,
    id::ColumnId,
    press::ContentLang,
    text::{self, Token, tokens},
};
use nhipcau_store::{Posting, SearchRecord, Tx};
use sha2::{Digest as _, Sha256};

use super::bits::{BUCKET, pack, unpack};
use crate::{access::hex, error::Result};

/// Raised with every change of what an item is found by: an index of another version is built anew.
pub(super) const VERSION: i64 = 1;

/// Words and pairs of the title, without marks.
pub(super) const TITLE: u32 = 0;
/// Of summary, tags and names.
pub(super) const HEAD: u32 = 1;
/// Of the text.
pub(super) const BODY: u32 = 2;
/// Words and pairs of the title, with their marks.
pub(super) const TITLE_EXACT: u32 = 3;
/// Words of everything that have marks, with them.
pub(super) const EXACT: u32 = 4;
/// What it is, in which column, of which day.
pub(super) const ABOUT: u32 = 5;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// An article.
    Article,
    /// A static page.
    Page,
    /// A column.
    Column,
    /// A frozen edition of a report.
    Report,
    /// A document of the register.
    Document,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Article, Self::Page, Self::Column, Self::Report, Self::Document];

    /// The name that is stored, and stands in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Page => "page",
            Self::Column => "column",
            Self::Report => "report",
            Self::Document => "document",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its id among those of its kind.
    pub id: String,
    /// Its address; empty for an article, a page and a column, whose addresses may change and are asked
    /// for when they are shown.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What it says in short; shown where nothing else fits the words.
    pub summary: String,
    /// What it is found by besides: tags, names, numbers.
    pub words: String,
    /// Its plain text.
    pub text: String,
    /// Its column.
    pub column: Option<ColumnId>,
    /// Its day.
    pub day: Option<Date>,
    /// Its language.
    pub lang: ContentLang,
}

impl Item {
    pub(super) fn record(&self, number: u32) -> SearchRecord {
        // PostgreSQL takes no zero byte.
        let kept = |t: &str| text::nfc(t).replace('\0', " ");
        let mut record = SearchRecord {
            number,
            kind: self.kind.as_str().to_owned(),
            id: self.id.clone(),
            href: self.href.clone(),
            title: kept(&self.title),
            summary: kept(&self.summary),
            words: kept(&self.words),
            text: kept(&self.text),
            column: self.column.as_ref().map(ToString::to_string).unwrap_or_default(),
            day: self.day.map(|d| d.to_string()).unwrap_or_default(),
            lang: self.lang.as_str().to_owned(),
            sha256: String::new(),
        };
        record.sha256 = hash(&record);
        record
    }
}

/// The hash of everything but the number.
pub(super) fn hash(r: &SearchRecord) -> String {
    let mut hash = Sha256::new();
    for part in [&r.kind, &r.id, &r.href, &r.title, &r.summary, &r.words, &r.text, &r.column, &r.day, &r.lang]
    {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// A pair of neighbours, as one word of the index.
pub(super) fn pair(a: &str, b: &str) -> String {
    format!("{a} {b}")
}

/// What an item is found by: words, each with its field.
pub(super) fn terms(r: &SearchRecord) -> BTreeSet<(String, u32)> {
    let mut terms = BTreeSet::new();
    let parts = [(&r.title, TITLE), (&r.summary, HEAD), (&r.words, HEAD), (&r.text, BODY)];
    for (source, field) in parts {
        let words = tokens(source);
        both(&mut terms, &words, field, |t| &t.folded);
        if field == TITLE {
            both(&mut terms, &words, TITLE_EXACT, |t| &t.exact);
        }
        let marked = words.into_iter().filter(|t| t.exact != t.folded);
        terms.extend(marked.map(|t| (t.exact, EXACT)));
    }
    for about in [format!("kind:{}", r.kind), format!("lang:{}", r.lang)] {
        terms.insert((about, ABOUT));
    }
    if !r.column.is_empty() {
        terms.insert((format!("column:{}", r.column), ABOUT));
    }
    if let (Some(year), Some(month)) = (r.day.get(..4), r.day.get(..7)) {
        let spans = [format!("year:{year}"), format!("month:{month}"), format!("day:{}", r.day)];
        terms.extend(spans.map(|span| (span, ABOUT)));
    }
    terms
}

fn both(
    terms: &mut BTreeSet<(String, u32)>,
    words: &[Token],
    field: u32,
    of: impl for<'t> Fn(&'t Token) -> &'t String,
) {
    terms.extend(words.iter().map(|t| (of(t).clone(), field)));
    let pairs = words.iter().zip(words.iter().skip(1));
    terms.extend(pairs.map(|(a, b)| (pair(of(a), of(b)), field)));
}

/// Puts an item into the index, or changes what it says there. In the transaction that changes the item
/// itself, as late in it as can be: others who change the index wait for it.
pub(crate) async fn put(tx: &mut Tx, item: &Item) -> Result<()> {
    tx.search_version().await?;
    let before = tx.search_item(item.kind.as_str(), &item.id).await?;
    let number = match &before {
        Some(before) => before.number,
        None => tx.highest_search_item().await?.map_or(0, |n| n.saturating_add(1)),
    };
    let after = item.record(number);
    if before.as_ref().is_some_and(|b| b.sha256 == after.sha256) {
        return Ok(());
    }
    let (old, new) = (before.as_ref().map(terms).unwrap_or_default(), terms(&after));
    tx.put_search_item(&after).await?;
    change(tx, number, &old, &new).await
}

/// Takes an item out of the index; one that is not there is none.
pub(crate) async fn remove(tx: &mut Tx, kind: ItemKind, id: &str) -> Result<()> {
    tx.search_version().await?;
    let Some(before) = tx.search_item(kind.as_str(), id).await? else { return Ok(()) };
    tx.drop_search_item(before.number).await?;
    change(tx, before.number, &terms(&before), &BTreeSet::new()).await
}

/// Changes where words stand, of one item.
async fn change(
    tx: &mut Tx,
    number: u32,
    old: &BTreeSet<(String, u32)>,
    new: &BTreeSet<(String, u32)>,
) -> Result<()> {
    let bucket = number / BUCKET;
    let low = u16::try_from(number % BUCKET).unwrap_or_default();
    let changed: BTreeSet<&(String, u32)> = old.symmetric_difference(new).collect();
    let mut words: Vec<&str> = changed.iter().map(|(word, _)| word.as_str()).collect();
    words.dedup();
    let mut held: BTreeMap<(String, u32), Vec<u16>> = BTreeMap::new();
    for posting in tx.postings_in(bucket, &words).await? {
        let lows = unpack(&posting);
        held.insert((posting.word, posting.field), lows);
    }
    let mut rows = Vec::with_capacity(changed.len());
    for key in changed {
        let mut lows = held.remove(key).unwrap_or_default();
        match (lows.binary_search(&low), new.contains(key)) {
            (Err(at), true) => lows.insert(at, low),
            (Ok(at), false) => drop(lows.remove(at)),
            _ => continue,
        }
        rows.push(posting(key, bucket, &lows));
    }
    tx.put_postings(&rows).await?;
    let empty: Vec<&str> = rows.iter().filter(|p| p.size == 0).map(|p| p.word.as_str()).collect();
    if !empty.is_empty() {
        tx.drop_empty_postings(bucket, &empty).await?;
    }
    Ok(())
}

/// A row of the index.
pub(super) fn posting((word, field): &(String, u32), bucket: u32, lows: &[u16]) -> Posting {
    let size = u32::try_from(lows.len()).unwrap_or(u32::MAX);
    Posting { word: word.clone(), bucket, field: *field, size, docs: pack(lows) }
}
