//! Editions of reports: what was drafted, approved, frozen, and on which revisions it rests.

use std::ops::Deref;

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::id::{OfficeId, PeriodId, UnitId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

statements! {
    INSERT = "INSERT INTO edition (id, report, number, status, period, scope, tree_day, definition_version, \
              input_hash, salt, body, at, office) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // A frozen edition is never changed.
    UPDATE = "UPDATE edition SET status = $2, period = $3, scope = $4, tree_day = $5, definition_version = $6, \
              input_hash = $7, salt = $8, body = $9, at = $10, office = $11 WHERE id = $1 AND status <> 'frozen'";
    STATUS = "UPDATE edition SET status = $2 WHERE id = $1 AND status <> 'frozen'";
    ONE = "SELECT id, report, number, status, period, scope, tree_day, at, office, definition_version, input_hash, \
           salt, body FROM edition WHERE report = $1 AND number = $2 /*lock*/";
    LATEST_FROZEN = "SELECT id, report, number, status, period, scope, tree_day, at, office, definition_version, \
                     input_hash, salt, body FROM edition \
                     WHERE report = $1 AND status = 'frozen' ORDER BY number DESC LIMIT 1";
    SUMMARIES = "SELECT id, report, number, status, period, scope, tree_day, at, office FROM edition \
                 WHERE report = $1 ORDER BY number";
    REPORTS = "SELECT DISTINCT report FROM edition ORDER BY report";
    ACT = "INSERT INTO edition_act (id, edition_id, ordinal, act, office, at) VALUES ($1, $2, $3, $4, $5, $6)";
    ACTS = "SELECT id, edition_id, ordinal, act, office, at FROM edition_act WHERE edition_id = $1 ORDER BY ordinal";
    PIN = "INSERT INTO edition_return (edition_id, revision_id) VALUES /*rows:2*/";
    RESTING_ON = "SELECT e.id, e.report, e.number, e.status, e.period, e.scope, e.tree_day, e.at, e.office \
                  FROM edition e JOIN edition_return p ON p.edition_id = e.id \
                  WHERE p.revision_id = $1 ORDER BY e.report, e.number";
}

/// How far an edition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditionStatus {
    /// Being written.
    Draft,
    /// Approved; may still change back.
    Approved,
    /// Pinned for good.
    Frozen,
}

impl EditionStatus {
    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Frozen => "frozen",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Draft, Self::Approved, Self::Frozen].into_iter().find(|s| s.as_str() == name)
    }
}

/// An edition without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionSummary {
    /// Its id.
    pub id: Uuid,
    /// The report's name.
    pub report: String,
    /// Its number within the report, from 1.
    pub number: u32,
    /// How far it has come.
    pub status: EditionStatus,
    /// For which period.
    pub period: PeriodId,
    /// Of which unit.
    pub scope: UnitId,
    /// The day that the tree is read on.
    pub tree_day: Date,
    /// When it was made, or last changed while it was open.
    pub at: Timestamp,
    /// By whom.
    pub office: OfficeId,
}

/// An edition, whole. It reads as its summary does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRecord {
    /// Everything but its content.
    pub summary: EditionSummary,
    /// The version of the definitions; it must exist.
    pub definition_version: i64,
    /// The hash of the inputs.
    pub input_hash: String,
    /// The salt of its hashes: small counts could be guessed from unsalted ones.
    pub salt: String,
    /// Figures and text as they were pinned (JSON).
    pub body: String,
}

impl Deref for EditionRecord {
    type Target = EditionSummary;

    fn deref(&self) -> &EditionSummary {
        &self.summary
    }
}

/// What was done to an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionAct {
    /// Its id.
    pub id: Uuid,
    /// The edition.
    pub edition_id: Uuid,
    /// Its place among the edition's acts, from 1.
    pub ordinal: u32,
    /// What was done (JSON).
    pub act: String,
    /// By whom.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Adds an edition. The same number again is a [`StoreError::Conflict`].
    pub async fn insert_edition(&mut self, e: &EditionRecord) -> Result<()> {
        let key = args![e.id, e.report.as_str(), e.number];
        self.run(INSERT, &[&key[..], &content(e)[..]].concat()).await?;
        Ok(())
    }

    /// Replaces an open edition's content (freezing is the last time). A frozen one, or one that is
    /// not there, is a [`StoreError::Conflict`].
    pub async fn update_edition(&mut self, e: &EditionRecord) -> Result<()> {
        let done = self.run(UPDATE, &[&args![e.id][..], &content(e)[..]].concat()).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("edition")) }
    }

    /// Changes how far an open edition has come. A frozen one is a [`StoreError::Conflict`].
    pub async fn update_edition_status(&mut self, id: Uuid, status: EditionStatus) -> Result<()> {
        let done = self.run(STATUS, &args![id, status.as_str()]).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("edition")) }
    }

    /// Records what was done to an edition.
    pub async fn append_edition_act(&mut self, act: &EditionAct) -> Result<()> {
        let values =
            args![act.id, act.edition_id, act.ordinal, act.act.as_str(), act.office.as_str(), act.at];
        self.run(ACT, &values).await?;
        Ok(())
    }

    /// What was done to an edition, in order.
    pub async fn edition_acts(&mut self, edition_id: Uuid) -> Result<Vec<EditionAct>> {
        let read = |row: &Row| {
            Ok(EditionAct {
                id: row.id(0)?,
                edition_id: row.id(1)?,
                ordinal: row.count(2)?,
                act: row.text(3)?.to_owned(),
                office: row.text(4)?.into(),
                at: row.time(5)?,
            })
        };
        self.rows(ACTS, &args![edition_id]).await?.iter().map(read).collect()
    }

    /// An edition by its number. In a write on `PostgreSQL` its row is locked.
    pub async fn edition(&mut self, report: &str, number: u32) -> Result<Option<EditionRecord>> {
        self.row(ONE, &args![report, number]).await?.as_ref().map(record).transpose()
    }

    /// A report's editions, by number.
    pub async fn editions(&mut self, report: &str) -> Result<Vec<EditionSummary>> {
        self.rows(SUMMARIES, &args![report]).await?.iter().map(summary).collect()
    }

    /// A report's frozen edition with the highest number.
    pub async fn latest_frozen(&mut self, report: &str) -> Result<Option<EditionRecord>> {
        self.row(LATEST_FROZEN, &args![report]).await?.as_ref().map(record).transpose()
    }

    /// The names of all reports that have an edition.
    pub async fn reports(&mut self) -> Result<Vec<String>> {
        self.rows(REPORTS, &args![]).await?.iter().map(|r| Ok(r.text(0)?.to_owned())).collect()
    }

    /// Pins revisions to an edition, by id: on `PostgreSQL` commit order is not sequence order.
    pub async fn pin_revisions(&mut self, edition_id: Uuid, revisions: &[Uuid]) -> Result<()> {
        let values: Vec<Arg<'_>> = revisions.iter().flat_map(|r| args![edition_id, *r]).collect();
        self.run_rows(PIN, 2, &values).await?;
        Ok(())
    }

    /// The editions that rest on a revision.
    pub async fn editions_resting_on(&mut self, revision_id: Uuid) -> Result<Vec<EditionSummary>> {
        self.rows(RESTING_ON, &args![revision_id]).await?.iter().map(summary).collect()
    }
}

fn content(e: &EditionRecord) -> [Arg<'_>; 10] {
    args![
        e.status.as_str(),
        e.period.as_str(),
        e.scope.as_str(),
        e.tree_day.to_string(),
        e.definition_version,
        e.input_hash.as_str(),
        e.salt.as_str(),
        e.body.as_str(),
        e.at,
        e.office.as_str(),
    ]
}

fn status(name: &str) -> Result<EditionStatus> {
    EditionStatus::parse(name).ok_or_else(|| StoreError::corrupt(format!("edition status {name}")))
}

/// The content stands behind the summary's columns.
fn record(row: &Row) -> Result<EditionRecord> {
    Ok(EditionRecord {
        summary: summary(row)?,
        definition_version: row.int(9)?,
        input_hash: row.text(10)?.to_owned(),
        salt: row.text(11)?.to_owned(),
        body: row.text(12)?.to_owned(),
    })
}

fn summary(row: &Row) -> Result<EditionSummary> {
    Ok(EditionSummary {
        id: row.id(0)?,
        report: row.text(1)?.to_owned(),
        number: row.count(2)?,
        status: status(row.text(3)?)?,
        period: row.text(4)?.into(),
        scope: row.text(5)?.into(),
        tree_day: row.day(6)?,
        at: row.time(7)?,
        office: row.text(8)?.into(),
    })
}
