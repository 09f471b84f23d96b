//! Where an article stands: one row each, made from its acts and revisions.

use jiff::Timestamp;
use nhipcau_domain::{
    id::{ColumnId, OfficeId},
    press::{ArticleKind, ArticleStatus, ContentLang},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

/// The columns of an article's row, in the order that [`read`] takes them.
macro_rules! columns {
    () => {
        "id, kind, column_id, slug, slug_by_hand, lang, family, status, title, last_revision, last_act, \
         published_revision, published_act, published_at, updated_at, scheduled_at, expires_at, ended_at, \
         office, at, changed_at, lock_office, lock_holder, lock_since, lock_until"
    };
}
pub(super) use columns;

statements! {
    ADD = concat!("INSERT INTO article (", columns!(), ") VALUES /*rows:25*/");
    CHANGE = "UPDATE article SET column_id = $2, slug = $3, slug_by_hand = $4, status = $5, title = $6, \
              last_revision = $7, last_act = $8, published_revision = $9, published_act = $10, published_at = $11, \
              updated_at = $12, scheduled_at = $13, expires_at = $14, ended_at = $15, changed_at = $16, \
              lock_office = $17, lock_holder = $18, lock_since = $19, lock_until = $20 WHERE id = $1";
    ONE = concat!("SELECT ", columns!(), " FROM article WHERE id = $1 /*lock*/");
    BY_SLUG = concat!("SELECT ", columns!(), " FROM article WHERE kind = $1 AND slug = $2");
    FAMILY = concat!("SELECT ", columns!(), " FROM article WHERE family = $1 ORDER BY at, id");
    DUE = concat!("SELECT ", columns!(), " FROM article WHERE (status = 'scheduled' AND scheduled_at <= $1) \
                  OR (status = 'published' AND expires_at <= $1) ORDER BY id");
    NEXT_DUE = "SELECT min(due) FROM (SELECT min(scheduled_at) AS due FROM article WHERE status = 'scheduled' \
                UNION ALL SELECT min(expires_at) AS due FROM article WHERE status = 'published') d";
    ALL = concat!("SELECT ", columns!(), " FROM article WHERE id > $1 ORDER BY id LIMIT $2");
}

/// An article, or a static page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRecord {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: ArticleKind,
    /// Its column; a page has none.
    pub column: Option<ColumnId>,
    /// Its part of the address; no two of a kind have the same.
    pub slug: String,
    /// Whether someone chose the slug; if not it follows the title until the first publication.
    pub slug_by_hand: bool,
    /// Its language.
    pub lang: ContentLang,
    /// The original that it translates, or itself.
    pub family: Uuid,
    /// How far it has come.
    pub status: ArticleStatus,
    /// The latest revision's title.
    pub title: String,
    /// The latest revision's number.
    pub last_revision: u32,
    /// How many acts it has had.
    pub last_act: u32,
    /// The revision that went out last, whether it is out now or not.
    pub published_revision: Option<u32>,
    /// The act that put it out.
    pub published_act: Option<u32>,
    /// When it went out first.
    pub published_at: Option<Timestamp>,
    /// When a later revision of it went out.
    pub updated_at: Option<Timestamp>,
    /// When it is to go out.
    pub scheduled_at: Option<Timestamp>,
    /// When its time is over.
    pub expires_at: Option<Timestamp>,
    /// When it expired or was withdrawn, if it was and has not gone out again.
    pub ended_at: Option<Timestamp>,
    /// The office that began it.
    pub office: OfficeId,
    /// When it was begun.
    pub at: Timestamp,
    /// When anything of it changed.
    pub changed_at: Timestamp,
    /// Who is editing it.
    pub lock: Option<ArticleLock>,
}

/// That an office is editing an article. It stands in nobody's way for good: it ends by itself, and
/// may be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLock {
    /// Which office.
    pub office: OfficeId,
    /// Who holds it.
    pub holder: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when, unless it is renewed.
    pub until: Timestamp,
}

impl ArticleRecord {
    /// Whether it translates another.
    #[must_use]
    pub fn is_translation(&self) -> bool {
        self.family != self.id
    }

    /// The revision that anyone may read now.
    #[must_use]
    pub fn public_revision(&self) -> Option<u32> {
        self.published_revision.filter(|_| self.status == ArticleStatus::Published)
    }
}

impl Tx {
    /// Adds an article. A slug of that kind, or a language of that family, that is taken is a
    /// [`StoreError::Conflict`].
    pub async fn add_article(&mut self, a: &ArticleRecord) -> Result<()> {
        let fixed = args![a.id, a.kind.as_str()];
        let where_ =
            args![a.column.as_ref().map(ColumnId::as_str), a.slug.as_str(), i64::from(a.slug_by_hand)];
        let kin = args![a.lang.as_str(), a.family];
        let begun = args![a.office.as_str(), a.at, a.changed_at];
        let values = [&fixed[..], &where_[..], &kin[..], &standing(a)[..], &begun[..], &lock(a)[..]].concat();
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// Writes where an article stands; one that is not there is a [`StoreError::Conflict`].
    pub async fn change_article(&mut self, a: &ArticleRecord) -> Result<()> {
        let where_ =
            args![a.id, a.column.as_ref().map(ColumnId::as_str), a.slug.as_str(), i64::from(a.slug_by_hand)];
        let values = [&where_[..], &standing(a)[..], &args![a.changed_at][..], &lock(a)[..]].concat();
        let done = self.run(CHANGE, &values).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("article")) }
    }

    /// An article. In a write on `PostgreSQL` its row is locked.
    pub async fn article(&mut self, id: Uuid) -> Result<Option<ArticleRecord>> {
        self.row(ONE, &args![id]).await?.as_ref().map(read).transpose()
    }

    /// An article by its slug.
    pub async fn article_by_slug(&mut self, kind: ArticleKind, slug: &str) -> Result<Option<ArticleRecord>> {
        self.row(BY_SLUG, &args![kind.as_str(), slug]).await?.as_ref().map(read).transpose()
    }

    /// An original with its translations, in the order in which they were begun.
    pub async fn article_family(&mut self, family: Uuid) -> Result<Vec<ArticleRecord>> {
        self.rows(FAMILY, &args![family]).await?.iter().map(read).collect()
    }

    /// What is to go out or has had its time, at that moment.
    pub async fn articles_due(&mut self, now: Timestamp) -> Result<Vec<ArticleRecord>> {
        self.rows(DUE, &args![now]).await?.iter().map(read).collect()
    }

    /// When the next article is to go out, or its time is over.
    pub async fn next_article_due(&mut self) -> Result<Option<Timestamp>> {
        let Some(row) = self.row(NEXT_DUE, &args![]).await? else { return Ok(None) };
        row.maybe_time(0)
    }

    /// Articles and pages by id, after one; for going over all of them.
    pub async fn articles_after(&mut self, after: Uuid, limit: u32) -> Result<Vec<ArticleRecord>> {
        self.rows(ALL, &args![after, limit]).await?.iter().map(read).collect()
    }
}

fn standing(a: &ArticleRecord) -> [Arg<'_>; 11] {
    args![
        a.status.as_str(),
        a.title.as_str(),
        a.last_revision,
        a.last_act,
        a.published_revision.map(i64::from),
        a.published_act.map(i64::from),
        a.published_at.map(Timestamp::as_microsecond),
        a.updated_at.map(Timestamp::as_microsecond),
        a.scheduled_at.map(Timestamp::as_microsecond),
        a.expires_at.map(Timestamp::as_microsecond),
        a.ended_at.map(Timestamp::as_microsecond),
    ]
}

fn lock(a: &ArticleRecord) -> [Arg<'_>; 4] {
    let lock = a.lock.as_ref();
    args![
        lock.map(|l| l.office.as_str()),
        lock.map(|l| l.holder.as_str()),
        lock.map(|l| l.since.as_microsecond()),
        lock.map(|l| l.until.as_microsecond()),
    ]
}

pub(super) fn read(row: &Row) -> Result<ArticleRecord> {
    let (kind, lang, status) = (row.text(1)?, row.text(5)?, row.text(7)?);
    let lock = match (row.maybe_text(21)?, row.maybe_text(22)?, row.maybe_time(23)?, row.maybe_time(24)?) {
        (Some(office), Some(holder), Some(since), Some(until)) => {
            Some(ArticleLock { office: office.into(), holder: holder.to_owned(), since, until })
        }
        _ => None,
    };
    Ok(ArticleRecord {
        id: row.id(0)?,
        kind: ArticleKind::parse(kind).ok_or_else(|| StoreError::corrupt(format!("article kind {kind}")))?,
        column: row.maybe_text(2)?.map(ColumnId::from),
        slug: row.text(3)?.to_owned(),
        slug_by_hand: row.int(4)? != 0,
        lang: lang_of(lang)?,
        family: row.id(6)?,
        status: status_of(status)?,
        title: row.text(8)?.to_owned(),
        last_revision: row.count(9)?,
        last_act: row.count(10)?,
        published_revision: row.maybe_count(11)?,
        published_act: row.maybe_count(12)?,
        published_at: row.maybe_time(13)?,
        updated_at: row.maybe_time(14)?,
        scheduled_at: row.maybe_time(15)?,
        expires_at: row.maybe_time(16)?,
        ended_at: row.maybe_time(17)?,
        office: row.text(18)?.into(),
        at: row.time(19)?,
        changed_at: row.time(20)?,
        lock,
    })
}

pub(super) fn lang_of(code: &str) -> Result<ContentLang> {
    ContentLang::parse(code).ok_or_else(|| StoreError::corrupt(format!("language {code}")))
}

pub(super) fn status_of(name: &str) -> Result<ArticleStatus> {
    ArticleStatus::parse(name).ok_or_else(|| StoreError::corrupt(format!("article status {name}")))
}
