//! The chain of records of acts that bind: appended to, read, never changed. What a record's bytes
//! and its hash are is said by the caller.

mod acts;

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;

pub(crate) use self::acts::STATEMENTS as ACT_STATEMENTS;
pub use self::acts::{BindingAct, lines};
use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! columns {
    () => {
        "a.seq, a.at, a.office, a.holder, a.what, a.subject, a.body, a.before, a.hash"
    };
}

statements! {
    TAKE = "UPDATE meta SET value = value + $1 WHERE key = 'audit' RETURNING value";
    TAKEN = "SELECT value FROM meta WHERE key = 'audit'";
    HASH = "SELECT hash FROM audit WHERE seq = $1";
    APPEND = "INSERT INTO audit (seq, at, office, holder, what, subject, body, before, hash) VALUES /*rows:9*/";
    HEAD = concat!("SELECT ", columns!(), " FROM audit a ORDER BY a.seq DESC LIMIT 1");
    ONE = concat!("SELECT ", columns!(), " FROM audit a WHERE a.seq = $1");
    AFTER = concat!("SELECT ", columns!(), " FROM audit a WHERE a.seq > $1 AND a.at >= $2 ORDER BY a.seq LIMIT $3");
    // A batch names no unit: its time and office are those of its returns' acts.
    SOME = concat!(
        "SELECT ", columns!(), " FROM audit a WHERE ($1 = '' OR a.office = $1) \
         AND ($2 = '' OR a.subject = $2 OR (a.subject = '' AND a.what LIKE 'returns-%' AND EXISTS (\
         SELECT 1 FROM return_state s JOIN return_act r ON r.return_id = s.id \
         WHERE s.unit = $2 AND r.at = a.at AND r.office = a.office))) \
         AND a.at >= $3 AND a.at < $4 AND a.seq < $5 ORDER BY a.seq DESC LIMIT $6"
    );
    SETTING = concat!(
        "SELECT ", columns!(), " FROM audit a WHERE a.what IN ('definitions-changed', 'tree-changed') ORDER BY a.seq"
    );
    OFFICES = "SELECT DISTINCT office FROM audit ORDER BY office";
}

/// A record of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its place, from 1.
    pub seq: i64,
    /// When, in whole microseconds.
    pub at: Timestamp,
    /// Which office acted.
    pub office: OfficeId,
    /// Who held it; empty for the program itself.
    pub holder: String,
    /// What was done, such as `returns-accepted`.
    pub what: String,
    /// What it concerns: a unit, an edition such as `ket-qua/1`, an office; may be empty.
    pub subject: String,
    /// The rest (JSON).
    pub body: String,
    /// The hash of the record before.
    pub before: String,
    /// Its own hash.
    pub hash: String,
}

/// Which records; what is empty is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of that office.
    pub office: String,
    /// Concerning that unit, edition or office; batches that hold a return of that unit too.
    pub subject: String,
    /// From that time on.
    pub from: Option<Timestamp>,
    /// Before that time.
    pub until: Option<Timestamp>,
    /// Before that record.
    pub before: Option<i64>,
}

impl Tx {
    /// Takes the next places of the chain, and makes other writers of it wait: the first place, and
    /// the hash of the record before it, if there is one. The last thing that a transaction locks but
    /// for the counters of its commit.
    pub async fn take_audit(&mut self, places: u32) -> Result<(i64, Option<String>)> {
        let row = self.row(TAKE, &args![places]).await?;
        let first = row.ok_or_else(|| StoreError::corrupt("meta: audit"))?.int(0)? - i64::from(places) + 1;
        let before = match self.row(HASH, &args![first - 1]).await? {
            Some(row) => Some(row.text(0)?.to_owned()),
            None => None,
        };
        Ok((first, before))
    }

    /// How many places of the chain were taken.
    pub async fn audit_taken(&mut self) -> Result<i64> {
        self.row(TAKEN, &args![]).await?.ok_or_else(|| StoreError::corrupt("meta: audit"))?.int(0)
    }

    /// Appends records to the chain, at the places that were taken.
    pub async fn append_audit(&mut self, records: &[AuditRecord]) -> Result<()> {
        let values: Vec<Arg<'_>> = records
            .iter()
            .flat_map(|r| {
                args![
                    r.seq,
                    r.at,
                    r.office.as_str(),
                    r.holder.as_str(),
                    r.what.as_str(),
                    r.subject.as_str(),
                    r.body.as_str(),
                    r.before.as_str(),
                    r.hash.as_str(),
                ]
            })
            .collect();
        self.run_rows(APPEND, 9, &values).await?;
        Ok(())
    }

    /// The newest record.
    pub async fn audit_head(&mut self) -> Result<Option<AuditRecord>> {
        self.row(HEAD, &args![]).await?.as_ref().map(read).transpose()
    }

    /// A record by its place.
    pub async fn audit_record(&mut self, seq: i64) -> Result<Option<AuditRecord>> {
        self.row(ONE, &args![seq]).await?.as_ref().map(read).transpose()
    }

    /// Records after a place and not before a time, in order.
    pub async fn audit_after(
        &mut self,
        after: i64,
        from: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<AuditRecord>> {
        let from = from.map_or(i64::MIN, Timestamp::as_microsecond);
        self.rows(AFTER, &args![after, from, limit]).await?.iter().map(read).collect()
    }

    /// Records that are asked for, the newest first.
    pub async fn audit_some(&mut self, f: &AuditFilter, limit: u32) -> Result<Vec<AuditRecord>> {
        let time = |at: Option<Timestamp>, none| at.map_or(none, Timestamp::as_microsecond);
        let values = args![
            f.office.as_str(),
            f.subject.as_str(),
            time(f.from, i64::MIN),
            time(f.until, i64::MAX),
            f.before.unwrap_or(i64::MAX),
            limit,
        ];
        self.rows(SOME, &values).await?.iter().map(read).collect()
    }

    /// The records of changes of the tree and the definitions, in order.
    pub async fn audit_of_setting(&mut self) -> Result<Vec<AuditRecord>> {
        self.rows(SETTING, &args![]).await?.iter().map(read).collect()
    }

    /// The offices that acted.
    pub async fn audit_offices(&mut self) -> Result<Vec<OfficeId>> {
        self.rows(OFFICES, &args![]).await?.iter().map(|r| Ok(r.text(0)?.into())).collect()
    }
}

fn read(row: &Row) -> Result<AuditRecord> {
    Ok(AuditRecord {
        seq: row.int(0)?,
        at: row.time(1)?,
        office: row.text(2)?.into(),
        holder: row.text(3)?.to_owned(),
        what: row.text(4)?.to_owned(),
        subject: row.text(5)?.to_owned(),
        body: row.text(6)?.to_owned(),
        before: row.text(7)?.to_owned(),
        hash: row.text(8)?.to_owned(),
    })
}
