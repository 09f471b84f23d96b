//! Lists of articles: for the public, of what is out; for the desk, of everything.

use jiff::Timestamp;
use nhipcau_domain::{
    id::{ColumnId, OfficeId},
    press::{ArticleKind, ArticleStatus, ContentLang},
};
use uuid::Uuid;

use super::{
    ArticleRecord, Cover,
    articles::{columns, lang_of, read as read_article},
};
use crate::{
    Result, Tx,
    packing::parse,
    statement::statements,
    value::{Arg, Row, args},
};

/// What a list says of an article that is out.
macro_rules! out {
    ($rest:expr) => {
        concat!(
            "SELECT a.id, a.kind, a.column_id, a.slug, a.lang, a.family, r.title, r.lead, r.more, a.published_at, \
             a.updated_at FROM article a JOIN article_revision r ON r.article_id = a.id \
             AND r.number = a.published_revision WHERE a.status = 'published' AND ",
            $rest
        )
    };
}

/// One of each family: in the language that is asked for, or in Vietnamese where there is none.
macro_rules! best_in {
    ($lang:literal) => {
        concat!(
            "(a.lang = ",
            $lang,
            " OR (a.lang = 'vi' AND NOT EXISTS (SELECT 1 FROM article o \
             WHERE o.family = a.family AND o.lang = ",
            $lang,
            " AND o.status = 'published')))"
        )
    };
}

statements! {
    NEWEST = out!(concat!("a.kind = 'article' AND ", best_in!("$1"),
                   " ORDER BY a.published_at DESC, a.id DESC LIMIT $2 OFFSET $3"));
    IN_COLUMNS = out!(concat!("a.kind = 'article' AND ", best_in!("$1"), " AND a.column_id IN (/*list*/) \
                       ORDER BY a.published_at DESC, a.id DESC LIMIT $2 OFFSET $3"));
    COUNT_IN = concat!("SELECT count(*) FROM article a WHERE a.status = 'published' AND a.kind = 'article' AND ",
                       best_in!("$1"), " AND a.column_id IN (/*list*/)");
    SOME = out!("a.id IN (/*list*/)");
    PAGES = out!("a.kind = 'page' ORDER BY a.slug");
    EVERY = out!("a.id > $1 ORDER BY a.id LIMIT $2");
    FAMILY = out!("a.family = $1 ORDER BY a.lang");
    BEFORE = out!("a.kind = 'article' AND a.column_id = $1 AND a.lang = $2 AND (a.published_at < $3 \
                   OR (a.published_at = $3 AND a.id < $4)) ORDER BY a.published_at DESC, a.id DESC LIMIT 1");
    AFTER = out!("a.kind = 'article' AND a.column_id = $1 AND a.lang = $2 AND (a.published_at > $3 \
                  OR (a.published_at = $3 AND a.id > $4)) ORDER BY a.published_at, a.id LIMIT 1");
    DESK = concat!("SELECT ", columns!(), " FROM article WHERE ($1 = '' OR status = $1) AND ($2 = '' OR kind = $2) \
                   AND ($3 = '' OR column_id = $3) AND ($4 = '' OR office = $4) AND ($5 = '' OR lang = $5) \
                   ORDER BY changed_at DESC, id DESC LIMIT $6 OFFSET $7");
    DESK_TITLES = "SELECT id, column_id, title FROM article WHERE ($1 = '' OR status = $1) AND ($2 = '' OR kind = $2) \
                   AND ($3 = '' OR column_id = $3) AND ($4 = '' OR office = $4) AND ($5 = '' OR lang = $5) \
                   ORDER BY changed_at DESC, id DESC";
    COUNTS = "SELECT status, count(*) FROM article GROUP BY status";
    BETWEEN = concat!("SELECT ", columns!(), " FROM article WHERE (scheduled_at >= $1 AND scheduled_at < $2) \
                      OR (published_at >= $1 AND published_at < $2) OR (updated_at >= $1 AND updated_at < $2) \
                      OR (expires_at >= $1 AND expires_at < $2) ORDER BY id");
    WAITING = concat!("SELECT ", columns!(), " FROM article WHERE status IN ('draft', 'submitted', 'approved', 'scheduled') \
                      OR (status = 'published' AND last_revision > published_revision) ORDER BY changed_at, id");
    ORIGINALS = "SELECT o.id, t.id FROM article o LEFT JOIN article t ON t.family = o.id AND t.lang = $1 \
                 WHERE o.family = o.id AND o.lang <> $1 AND o.status = 'published' ORDER BY o.published_at DESC, o.id";
}

/// An article that is out, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: ArticleKind,
    /// Its column.
    pub column: Option<ColumnId>,
    /// Its part of the address.
    pub slug: String,
    /// Its language.
    pub lang: ContentLang,
    /// The original that it translates, or itself.
    pub family: Uuid,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its picture.
    pub cover: Option<Cover>,
    /// When it went out first.
    pub published_at: Timestamp,
    /// When a later revision went out.
    pub updated_at: Option<Timestamp>,
}

/// What a list at the desk is of; empty is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Of that status.
    pub status: Option<ArticleStatus>,
    /// Of that kind.
    pub kind: Option<ArticleKind>,
    /// In that column.
    pub column: Option<ColumnId>,
    /// Begun by that office.
    pub office: Option<OfficeId>,
    /// In that language.
    pub lang: Option<ContentLang>,
}

impl DeskFilter {
    fn values(&self) -> [Arg<'_>; 5] {
        [
            self.status.map_or("", ArticleStatus::as_str).into(),
            self.kind.map_or("", ArticleKind::as_str).into(),
            self.column.as_ref().map_or("", ColumnId::as_str).into(),
            self.office.as_ref().map_or("", OfficeId::as_str).into(),
            self.lang.map_or("", ContentLang::as_str).into(),
        ]
    }
}

impl Tx {
    /// The newest articles that are out: of each family one, in `lang` or else in Vietnamese.
    pub async fn newest(&mut self, lang: ContentLang, limit: u32, offset: u32) -> Result<Vec<ArticleLine>> {
        self.rows(NEWEST, &args![lang.as_str(), limit, offset]).await?.iter().map(line).collect()
    }

    /// The same, of some columns (at most 512).
    pub async fn newest_in(
        &mut self,
        columns: &[ColumnId],
        lang: ContentLang,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<ArticleLine>> {
        let list: Vec<Arg<'_>> = columns.iter().take(512).map(|c| Arg::from(c.as_str())).collect();
        let found = self.rows_in(IN_COLUMNS, &args![lang.as_str(), limit, offset], &list).await?;
        found.iter().map(line).collect()
    }

    /// How many articles of some columns (at most 512) are out, of each family one.
    pub async fn count_in(&mut self, columns: &[ColumnId], lang: ContentLang) -> Result<u32> {
        let list: Vec<Arg<'_>> = columns.iter().take(512).map(|c| Arg::from(c.as_str())).collect();
        let found = self.rows_in(COUNT_IN, &args![lang.as_str()], &list).await?;
        found.first().map_or(Ok(0), |row| row.count(0))
    }

    /// Articles that are out, by id, in no order; those that are not out are left out.
    pub async fn lines(&mut self, ids: &[Uuid]) -> Result<Vec<ArticleLine>> {
        let list: Vec<Arg<'_>> = ids.iter().map(|id| Arg::from(*id)).collect();
        self.rows_in(SOME, &[], &list).await?.iter().map(line).collect()
    }

    /// Static pages that are out.
    pub async fn pages_out(&mut self) -> Result<Vec<ArticleLine>> {
        self.rows(PAGES, &args![]).await?.iter().map(line).collect()
    }

    /// Everything that is out, by id, after one.
    pub async fn lines_after(&mut self, after: Uuid, limit: u32) -> Result<Vec<ArticleLine>> {
        self.rows(EVERY, &args![after, limit]).await?.iter().map(line).collect()
    }

    /// What of a family is out.
    pub async fn family_out(&mut self, family: Uuid) -> Result<Vec<ArticleLine>> {
        self.rows(FAMILY, &args![family]).await?.iter().map(line).collect()
    }

    /// The neighbours of an article in its column and language: the one before and the one after.
    pub async fn neighbours(
        &mut self,
        a: &ArticleLine,
    ) -> Result<(Option<ArticleLine>, Option<ArticleLine>)> {
        let Some(column) = &a.column else { return Ok((None, None)) };
        let place = args![column.as_str(), a.lang.as_str(), a.published_at, a.id];
        let before = self.row(BEFORE, &place).await?.as_ref().map(line).transpose()?;
        let after = self.row(AFTER, &place).await?.as_ref().map(line).transpose()?;
        Ok((before, after))
    }

    /// Articles and pages at the desk, the last changed first.
    pub async fn desk_articles(
        &mut self,
        f: &DeskFilter,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<ArticleRecord>> {
        let values = [&f.values()[..], &args![limit, offset][..]].concat();
        self.rows(DESK, &values).await?.iter().map(read_article).collect()
    }

    /// The same articles by id, column and title alone, all of them.
    pub async fn desk_titles(&mut self, f: &DeskFilter) -> Result<Vec<(Uuid, Option<ColumnId>, String)>> {
        let read =
            |row: &Row| Ok((row.id(0)?, row.maybe_text(1)?.map(ColumnId::from), row.text(2)?.to_owned()));
        self.rows(DESK_TITLES, &f.values()).await?.iter().map(read).collect()
    }

    /// How many articles and pages there are of each status.
    pub async fn article_counts(&mut self) -> Result<Vec<(ArticleStatus, u32)>> {
        let read = |row: &Row| Ok((super::articles::status_of(row.text(0)?)?, row.count(1)?));
        self.rows(COUNTS, &args![]).await?.iter().map(read).collect()
    }

    /// What goes out, went out, changed or ends within a time; until is not part of it.
    pub async fn articles_between(
        &mut self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<ArticleRecord>> {
        self.rows(BETWEEN, &args![from, until]).await?.iter().map(read_article).collect()
    }

    /// What somebody has still to do something with, the longest waiting first.
    pub async fn articles_waiting(&mut self) -> Result<Vec<ArticleRecord>> {
        self.rows(WAITING, &args![]).await?.iter().map(read_article).collect()
    }

    /// Originals that are out in other languages than `lang`, with their article in `lang` if one was begun.
    pub async fn originals_beside(&mut self, lang: ContentLang) -> Result<Vec<(Uuid, Option<Uuid>)>> {
        let read = |row: &Row| Ok((row.id(0)?, row.maybe_id(1)?));
        self.rows(ORIGINALS, &args![lang.as_str()]).await?.iter().map(read).collect()
    }
}

/// Of a revision's further part, what a list needs.
#[derive(serde::Deserialize)]
struct More {
    #[serde(default)]
    cover: Option<Cover>,
}

fn line(row: &Row) -> Result<ArticleLine> {
    let (kind, more) = (row.text(1)?, row.text(8)?);
    let more: More = parse("article revision", more)?;
    Ok(ArticleLine {
        id: row.id(0)?,
        kind: ArticleKind::parse(kind)
            .ok_or_else(|| crate::StoreError::corrupt(format!("article kind {kind}")))?,
        column: row.maybe_text(2)?.map(ColumnId::from),
        slug: row.text(3)?.to_owned(),
        lang: lang_of(row.text(4)?)?,
        family: row.id(5)?,
        title: row.text(6)?.to_owned(),
        lead: row.text(7)?.to_owned(),
        cover: more.cover,
        published_at: row.time(9)?,
        updated_at: row.maybe_time(10)?,
    })
}
