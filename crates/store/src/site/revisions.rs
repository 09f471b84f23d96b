//! What articles say, revision by revision, and what was done with them: append-only.

use jiff::Timestamp;
use nhipcau_domain::{
    id::{OfficeId, PeriodId},
    press::ArticleAct,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    packing::{json, parse},
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO article_revision (article_id, number, title, lead, body, more, note, office, holder, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT article_id, number, title, lead, body, more, note, office, holder, at FROM article_revision \
           WHERE article_id = $1 AND number = $2";
    SUMMARIES = "SELECT number, title, note, office, holder, at FROM article_revision WHERE article_id = $1 \
                 ORDER BY number DESC";
    ACT = "INSERT INTO article_act (article_id, ordinal, act, reason, revision, due, office, holder, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ACTS = "SELECT article_id, ordinal, act, reason, revision, due, office, holder, at FROM article_act \
            WHERE article_id = $1 ORDER BY ordinal";
    USE = "INSERT INTO article_media (article_id, revision, media_id) VALUES /*rows:3*/";
}

/// What an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The title.
    pub title: String,
    /// The lead (sa-pô), plain text.
    pub lead: String,
    /// The body, in Markdown.
    pub body: String,
    /// Who wrote it, as readers see it.
    pub byline: String,
    /// Where it was taken from.
    pub source: String,
    /// The picture at its top.
    pub cover: Option<Cover>,
    /// Articles that belong to it.
    pub related: Vec<Uuid>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Of a translation: the original's revision that it translates.
    pub translates: Option<u32>,
    /// The period that its figures are of; the latest report's where none is named.
    pub period: Option<PeriodId>,
}

/// The picture at an article's top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Which picture.
    pub media: Uuid,
    /// What must stay in sight when it is cropped: per mille from the left.
    pub focus_x: u32,
    /// The same, per mille from the top.
    pub focus_y: u32,
    /// What it shows, for those who do not see it. Required before the article is handed in.
    pub alt: String,
    /// What is said beneath it.
    pub caption: String,
    /// Who took it.
    pub credit: String,
}

/// The part of [`Content`] that is kept as JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct More {
    byline: String,
    source: String,
    cover: Option<Cover>,
    related: Vec<Uuid>,
    tags: Vec<String>,
    translates: Option<u32>,
    period: Option<PeriodId>,
}

/// A revision of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRecord {
    /// Of which article.
    pub article: Uuid,
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub content: Content,
    /// What was changed, in the writer's words.
    pub note: String,
    /// By which office.
    pub office: OfficeId,
    /// Who held it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// A revision without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSummary {
    /// Its number, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What was changed, in the writer's words.
    pub note: String,
    /// By which office.
    pub office: OfficeId,
    /// Who held it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

/// What was done with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleActRecord {
    /// With which article.
    pub article: Uuid,
    /// Its place among the article's acts, from 1.
    pub ordinal: u32,
    /// What.
    pub act: ArticleAct,
    /// Why.
    pub reason: String,
    /// The revision that it was done with.
    pub revision: u32,
    /// Of a schedule: for when.
    pub due: Option<Timestamp>,
    /// By which office.
    pub office: OfficeId,
    /// Who held it; empty where the program did it at its time.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Adds a revision, with the media that it shows. A number that is taken is a
    /// [`StoreError::Conflict`]; a picture that is not there a [`StoreError::MissingReference`].
    pub async fn append_article_revision(&mut self, r: &RevisionRecord, shows: &[Uuid]) -> Result<()> {
        let c = &r.content;
        let more = More {
            byline: c.byline.clone(),
            source: c.source.clone(),
            cover: c.cover.clone(),
            related: c.related.clone(),
            tags: c.tags.clone(),
            translates: c.translates,
            period: c.period.clone(),
        };
        let key = args![r.article, r.number];
        let text = args![c.title.as_str(), c.lead.as_str(), c.body.as_str(), json(&more)?];
        let by = args![r.note.as_str(), r.office.as_str(), r.holder.as_str(), r.at];
        self.run(ADD, &[&key[..], &text[..], &by[..]].concat()).await?;
        let used: Vec<_> = shows.iter().flat_map(|media| args![r.article, r.number, *media]).collect();
        self.run_rows(USE, 3, &used).await?;
        Ok(())
    }

    /// A revision of an article.
    pub async fn article_revision(&mut self, article: Uuid, number: u32) -> Result<Option<RevisionRecord>> {
        let read = |row: &Row| {
            let more: More = parse("article revision", row.text(5)?)?;
            Ok(RevisionRecord {
                article: row.id(0)?,
                number: row.count(1)?,
                content: Content {
                    title: row.text(2)?.to_owned(),
                    lead: row.text(3)?.to_owned(),
                    body: row.text(4)?.to_owned(),
                    byline: more.byline,
                    source: more.source,
                    cover: more.cover,
                    related: more.related,
                    tags: more.tags,
                    translates: more.translates,
                    period: more.period,
                },
                note: row.text(6)?.to_owned(),
                office: row.text(7)?.into(),
                holder: row.text(8)?.to_owned(),
                at: row.time(9)?,
            })
        };
        self.row(ONE, &args![article, number]).await?.as_ref().map(read).transpose()
    }

    /// An article's revisions, the newest first.
    pub async fn article_revisions(&mut self, article: Uuid) -> Result<Vec<RevisionSummary>> {
        let read = |row: &Row| {
            Ok(RevisionSummary {
                number: row.count(0)?,
                title: row.text(1)?.to_owned(),
                note: row.text(2)?.to_owned(),
                office: row.text(3)?.into(),
                holder: row.text(4)?.to_owned(),
                at: row.time(5)?,
            })
        };
        self.rows(SUMMARIES, &args![article]).await?.iter().map(read).collect()
    }

    /// Puts an act on record. A place that is taken is a [`StoreError::Conflict`].
    pub async fn append_article_act(&mut self, a: &ArticleActRecord) -> Result<()> {
        let what = args![a.article, a.ordinal, a.act.as_str(), a.reason.as_str(), a.revision];
        let by = args![a.due.map(Timestamp::as_microsecond), a.office.as_str(), a.holder.as_str(), a.at];
        self.run(ACT, &[&what[..], &by[..]].concat()).await?;
        Ok(())
    }

    /// What was done with an article, in order.
    pub async fn article_acts(&mut self, article: Uuid) -> Result<Vec<ArticleActRecord>> {
        let read = |row: &Row| {
            let act = row.text(2)?;
            Ok(ArticleActRecord {
                article: row.id(0)?,
                ordinal: row.count(1)?,
                act: ArticleAct::parse(act)
                    .ok_or_else(|| StoreError::corrupt(format!("article act {act}")))?,
                reason: row.text(3)?.to_owned(),
                revision: row.count(4)?,
                due: row.maybe_time(5)?,
                office: row.text(6)?.into(),
                holder: row.text(7)?.to_owned(),
                at: row.time(8)?,
            })
        };
        self.rows(ACTS, &args![article]).await?.iter().map(read).collect()
    }
}
