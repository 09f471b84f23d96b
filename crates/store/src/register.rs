//! The register of documents: entries as they now are, their relations and files, and what was done.

mod rows;

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::{
    id::OfficeId,
    register::{EntryAct, EntryStatus, Relation},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::rows::{narrowed, read, relation, said, stands};
use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! columns {
    () => {
        "d.id, d.key, d.slug, d.number, d.kind, d.issuer, d.subject, d.signed, d.effective, d.expires, \
         d.campaign, d.more, d.status, d.last_event, d.published_at, d.office, d.at, d.changed_at"
    };
}
macro_rules! filtered {
    ($what:expr) => {
        concat!("SELECT ", $what, " FROM register_document d WHERE ($1 = '' OR d.status = $1) AND ($2 = '' OR d.kind = $2) \
                 AND ($3 = '' OR d.issuer = $3) AND d.signed >= $4 AND d.signed < $5 AND ($6 = '' OR d.campaign = $6) \
                 AND d.words LIKE $7 AND d.words LIKE $8 AND d.words LIKE $9 AND d.words LIKE $10")
    };
}

statements! {
    LOCK = "SELECT value FROM meta WHERE key = 'register' /*lock*/";
    ADD = "INSERT INTO register_document (id, key, slug, number, kind, issuer, subject, signed, effective, expires, \
           campaign, more, words, status, last_event, published_at, office, at, changed_at) VALUES /*rows:19*/";
    CHANGE = "UPDATE register_document SET slug = $2, number = $3, kind = $4, issuer = $5, subject = $6, signed = $7, \
              effective = $8, expires = $9, campaign = $10, more = $11, words = $12, status = $13, last_event = $14, \
              published_at = $15, changed_at = $16 WHERE id = $1";
    ONE = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.id = $1");
    BY_SLUG = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.slug = $1");
    BY_KEY = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.key = $1");
    SAME = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.number = $1 AND d.issuer = $2 AND d.signed = $3");
    SOME = concat!(filtered!(columns!()), " ORDER BY d.signed DESC, d.number DESC, d.id DESC LIMIT $11 OFFSET $12");
    COUNT = filtered!("count(*)");
    LATEST = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.status = 'published' \
                     ORDER BY d.published_at DESC, d.id DESC LIMIT $1");
    AFTER = concat!("SELECT ", columns!(), " FROM register_document d WHERE d.id > $1 ORDER BY d.id LIMIT $2");
    KINDS = "SELECT DISTINCT kind FROM register_document WHERE $1 = '' OR status = $1 ORDER BY kind";
    ISSUERS = "SELECT DISTINCT issuer FROM register_document WHERE $1 = '' OR status = $1 ORDER BY issuer";
    YEARS = "SELECT DISTINCT substr(signed, 1, 4) FROM register_document WHERE $1 = '' OR status = $1 ORDER BY 1 DESC";
    RELATE = "INSERT INTO register_relation (from_id, kind, to_id) VALUES ($1, $2, $3)";
    UNRELATE = "DELETE FROM register_relation WHERE from_id = $1 AND kind = $2 AND to_id = $3";
    RELATIONS = "SELECT from_id, kind, to_id FROM register_relation ORDER BY from_id, kind, to_id";
    ONWARD = concat!("SELECT ", columns!(), ", r.kind FROM register_relation r JOIN register_document d ON d.id = r.to_id \
                     WHERE r.from_id = $1 ORDER BY d.signed, d.number, d.id");
    BACK = concat!("SELECT ", columns!(), ", r.kind FROM register_relation r JOIN register_document d ON d.id = r.from_id \
                   WHERE r.to_id = $1 ORDER BY d.signed, d.number, d.id");
    TOUCHES = "SELECT r.to_id, r.kind, coalesce(d.effective, d.signed) FROM register_relation r \
               JOIN register_document d ON d.id = r.from_id WHERE d.status = 'published' \
               AND r.kind IN ('amends', 'replaces', 'replaces-part')";
    DROP_FILES = "DELETE FROM register_file WHERE document_id = $1";
    ADD_FILES = "INSERT INTO register_file (document_id, media_id, position) VALUES /*rows:3*/";
    FILES = "SELECT media_id FROM register_file WHERE document_id = $1 ORDER BY position, media_id";
    ADD_EVENT = "INSERT INTO register_event (document_id, ordinal, act, body, reason, office, holder, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVENTS = "SELECT document_id, ordinal, act, body, reason, office, holder, at FROM register_event \
              WHERE document_id = $1 ORDER BY ordinal";
}

/// What is said of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Number and symbol (số, ký hiệu), such as `18-KH/HU`: text, never a number.
    pub number: String,
    /// Its type (loại văn bản), by its name in the register's list, such as `ke-hoach`.
    pub kind: String,
    /// Who issued it (cơ quan ban hành).
    pub issuer: String,
    /// What it is about (trích yếu).
    pub subject: String,
    /// The day on which it was signed.
    pub signed: Date,
    /// The first day in force, where it is not the day of signing.
    pub effective: Option<Date>,
    /// The first day no longer in force, where it names one.
    pub expires: Option<Date>,
    /// The campaign that it belongs to, by its name in configuration; may be empty.
    pub campaign: String,
    /// To whom it was sent.
    pub sent_to: String,
    /// What it asks for.
    pub asks: String,
    /// By when.
    pub due: Option<Date>,
    /// Its files, in order.
    pub files: Vec<Uuid>,
}

/// The part of an entry that is kept as JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct More {
    sent_to: String,
    asks: String,
    due: Option<Date>,
    files: Vec<Uuid>,
    loaded: Option<Entry>,
}

/// A document of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its id.
    pub id: Uuid,
    /// Its name in the configuration that it was loaded from.
    pub key: Option<String>,
    /// Its part of the address.
    pub slug: String,
    /// What is said of it.
    pub entry: Entry,
    /// What the configuration last said of it: where that is unchanged, what editors wrote stays.
    pub loaded: Option<Entry>,
    /// How far it has come.
    pub status: EntryStatus,
    /// How many events it has had.
    pub last_event: u32,
    /// When it went out first.
    pub published_at: Option<Timestamp>,
    /// The office that entered it.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
    /// When anything of it changed.
    pub changed_at: Timestamp,
}

/// Something that was done with a document's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEvent {
    /// With which.
    pub document: Uuid,
    /// Its place among the document's events, from 1.
    pub ordinal: u32,
    /// What.
    pub act: EntryAct,
    /// What was said from then on, or the relation (JSON).
    pub body: String,
    /// Why.
    pub reason: String,
    /// By which office.
    pub office: OfficeId,
    /// Who held it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// What a list is of; empty is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    /// Of that status.
    pub status: Option<EntryStatus>,
    /// Of that type.
    pub kind: String,
    /// Of that issuer.
    pub issuer: String,
    /// Signed in that year.
    pub year: Option<i16>,
    /// Of that campaign.
    pub campaign: String,
    /// Words that it holds, each from a word's beginning: folded, at most four are looked for.
    pub words: Vec<String>,
}

/// What a list can be narrowed by: types, issuers and years that there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterFacets {
    /// Types, by name.
    pub kinds: Vec<String>,
    /// Issuers.
    pub issuers: Vec<String>,
    /// Years, the latest first.
    pub years: Vec<i16>,
}

impl Tx {
    /// Waits until nobody else writes the register.
    pub async fn lock_register(&mut self) -> Result<()> {
        self.row(LOCK, &args![]).await?;
        Ok(())
    }

    /// Adds a document with its files. A slug, or a number of that issuer and day, that is taken is a
    /// [`StoreError::Conflict`].
    pub async fn add_register_document(&mut self, d: &DocumentRecord, words: &str) -> Result<()> {
        let (said, stands) = (said(d, words)?, stands(d));
        let head = args![d.id, d.key.as_deref()];
        let tail = args![d.office.as_str(), d.at, d.changed_at];
        self.run(ADD, &[&head[..], &said[..], &stands[..], &tail[..]].concat()).await?;
        self.put_files(d).await
    }

    /// Writes what a document now is; one that is not there is a [`StoreError::Conflict`].
    pub async fn change_register_document(&mut self, d: &DocumentRecord, words: &str) -> Result<()> {
        let (said, stands) = (said(d, words)?, stands(d));
        let values = [&args![d.id][..], &said[..], &stands[..], &args![d.changed_at][..]].concat();
        if self.run(CHANGE, &values).await? != 1 {
            return Err(StoreError::conflict("register document"));
        }
        self.put_files(d).await
    }

    async fn put_files(&mut self, d: &DocumentRecord) -> Result<()> {
        self.run(DROP_FILES, &args![d.id]).await?;
        let mut kept: Vec<Uuid> = Vec::new();
        for file in &d.entry.files {
            if !kept.contains(file) {
                kept.push(*file);
            }
        }
        let rows: Vec<Arg<'_>> = (1_u32..).zip(kept).flat_map(|(n, file)| args![d.id, file, n]).collect();
        self.run_rows(ADD_FILES, 3, &rows).await?;
        Ok(())
    }

    /// A document.
    pub async fn register_document(&mut self, id: Uuid) -> Result<Option<DocumentRecord>> {
        self.row(ONE, &args![id]).await?.as_ref().map(read).transpose()
    }

    /// A document by its slug.
    pub async fn register_document_by_slug(&mut self, slug: &str) -> Result<Option<DocumentRecord>> {
        self.row(BY_SLUG, &args![slug]).await?.as_ref().map(read).transpose()
    }

    /// A document by its name in configuration.
    pub async fn register_document_by_key(&mut self, key: &str) -> Result<Option<DocumentRecord>> {
        self.row(BY_KEY, &args![key]).await?.as_ref().map(read).transpose()
    }

    /// The document of that number, issuer and day.
    pub async fn register_document_like(&mut self, entry: &Entry) -> Result<Option<DocumentRecord>> {
        let values = args![entry.number.as_str(), entry.issuer.as_str(), entry.signed.to_string()];
        self.row(SAME, &values).await?.as_ref().map(read).transpose()
    }

    /// Documents, the latest signed first.
    pub async fn register_documents(
        &mut self,
        filter: &RegisterFilter,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<DocumentRecord>> {
        let values = [&narrowed(filter)[..], &args![limit, offset][..]].concat();
        self.rows(SOME, &values).await?.iter().map(read).collect()
    }

    /// How many there are.
    pub async fn count_register_documents(&mut self, filter: &RegisterFilter) -> Result<u32> {
        self.row(COUNT, &narrowed(filter)).await?.map_or(Ok(0), |row| row.count(0))
    }

    /// Documents that are out, the last published first.
    pub async fn latest_register_documents(&mut self, limit: u32) -> Result<Vec<DocumentRecord>> {
        self.rows(LATEST, &args![limit]).await?.iter().map(read).collect()
    }

    /// Documents by id, after one; for going over all of them.
    pub async fn register_documents_after(&mut self, after: Uuid, limit: u32) -> Result<Vec<DocumentRecord>> {
        self.rows(AFTER, &args![after, limit]).await?.iter().map(read).collect()
    }

    /// What lists can be narrowed by, among documents of a status or all.
    pub async fn register_facets(&mut self, status: Option<EntryStatus>) -> Result<RegisterFacets> {
        let of = args![status.map_or("", EntryStatus::as_str)];
        let text = |row: &Row| Ok(row.text(0)?.to_owned());
        let year = |row: &Row| {
            let year = row.text(0)?;
            year.parse().map_err(|_| StoreError::corrupt(format!("year {year}")))
        };
        Ok(RegisterFacets {
            kinds: self.rows(KINDS, &of).await?.iter().map(text).collect::<Result<_>>()?,
            issuers: self.rows(ISSUERS, &of).await?.iter().map(text).collect::<Result<_>>()?,
            years: self.rows(YEARS, &of).await?.iter().map(year).collect::<Result<_>>()?,
        })
    }

    /// Sets a document in relation to another. One that is there is a [`StoreError::Conflict`].
    pub async fn add_register_relation(&mut self, from: Uuid, kind: Relation, to: Uuid) -> Result<()> {
        self.run(RELATE, &args![from, kind.as_str(), to]).await?;
        Ok(())
    }

    /// Takes a relation back; whether it was there.
    pub async fn drop_register_relation(&mut self, from: Uuid, kind: Relation, to: Uuid) -> Result<bool> {
        Ok(self.run(UNRELATE, &args![from, kind.as_str(), to]).await? == 1)
    }

    /// Every relation.
    pub async fn register_relations(&mut self) -> Result<Vec<(Uuid, Relation, Uuid)>> {
        let read = |row: &Row| Ok((row.id(0)?, relation(row.text(1)?)?, row.id(2)?));
        self.rows(RELATIONS, &args![]).await?.iter().map(read).collect()
    }

    /// The documents that one is set in relation to (`back`: that are set in relation to it), the oldest first.
    pub async fn register_related(
        &mut self,
        id: Uuid,
        back: bool,
    ) -> Result<Vec<(Relation, DocumentRecord)>> {
        let found = self.rows(if back { BACK } else { ONWARD }, &args![id]).await?;
        found.iter().map(|row| Ok((relation(row.text(18)?)?, read(row)?))).collect()
    }

    /// What documents that are out do to the force of others: to which, what, and from which day.
    pub async fn register_touches(&mut self) -> Result<Vec<(Uuid, Relation, Date)>> {
        let read = |row: &Row| Ok((row.id(0)?, relation(row.text(1)?)?, row.day(2)?));
        self.rows(TOUCHES, &args![]).await?.iter().map(read).collect()
    }

    /// A document's files, in order.
    pub async fn register_files(&mut self, id: Uuid) -> Result<Vec<Uuid>> {
        self.rows(FILES, &args![id]).await?.iter().map(|row| row.id(0)).collect()
    }

    /// Puts what was done on record. A place that is taken is a [`StoreError::Conflict`].
    pub async fn append_register_event(&mut self, e: &RegisterEvent) -> Result<()> {
        let what = args![e.document, e.ordinal, e.act.as_str(), e.body.as_str(), e.reason.as_str()];
        let by = args![e.office.as_str(), e.holder.as_str(), e.at];
        self.run(ADD_EVENT, &[&what[..], &by[..]].concat()).await?;
        Ok(())
    }

    /// What was done with a document, in order.
    pub async fn register_events(&mut self, id: Uuid) -> Result<Vec<RegisterEvent>> {
        let read = |row: &Row| {
            let act = row.text(2)?;
            Ok(RegisterEvent {
                document: row.id(0)?,
                ordinal: row.count(1)?,
                act: EntryAct::parse(act)
                    .ok_or_else(|| StoreError::corrupt(format!("register act {act}")))?,
                body: row.text(3)?.to_owned(),
                reason: row.text(4)?.to_owned(),
                office: row.text(5)?.into(),
                holder: row.text(6)?.to_owned(),
                at: row.time(7)?,
            })
        };
        self.rows(EVENTS, &args![id]).await?.iter().map(read).collect()
    }
}
