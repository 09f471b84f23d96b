//! Where returns stand, and their acts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use nhipcau_domain::{
    id::{DataSetId, OfficeId, PeriodId, UnitId},
    returns::{Act, ReturnKey, ReturnState, Status},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    packing::parse,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! columns {
    () => {
        "SELECT id, unit, data_set, period, status, last_revision, accepted_revision, locked, at FROM return_state "
    };
}

statements! {
    // The order is the order of locking: two writers never wait for each other crosswise.
    OF_UNITS = concat!(columns!(), "WHERE data_set = $1 AND period = $2 AND unit IN (/*list*/) ORDER BY unit /*lock*/");
    OF_PERIOD = concat!(columns!(), "WHERE data_set = $1 AND period = $2 ORDER BY unit");
    OF_UNIT = concat!(columns!(), "WHERE unit = $1 ORDER BY data_set, period");
    BY_ID = concat!(columns!(), "WHERE id = $1");
    FROM_START = concat!(columns!(), "ORDER BY id LIMIT 2000");
    PAGE = concat!(columns!(), "WHERE id > $1 ORDER BY id LIMIT 2000");
    ACT_COUNT = "SELECT count(*) FROM return_act WHERE return_id = $1";
    ACTS = "SELECT return_id, ordinal, act, office, at FROM return_act WHERE return_id = $1 ORDER BY ordinal";
    ACTS_BETWEEN = "SELECT return_id, ordinal, act, office, at FROM return_act \
                    WHERE return_id >= $1 AND return_id <= $2 ORDER BY return_id, ordinal";
    REMEMBER_FILE = "INSERT INTO intake_file (sha256, name, size, office, at) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (sha256) DO NOTHING";
    REPORTED = "SELECT data_set, period, count(*) FROM return_state GROUP BY data_set, period ORDER BY data_set, period";
    FILE_KNOWN = "SELECT 1 FROM intake_file WHERE sha256 = $1";
}

/// A return, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReturn {
    /// Its id.
    pub id: Uuid,
    /// Whose, which form, for which period.
    pub key: ReturnKey,
    /// Where it stands.
    pub state: ReturnState,
    /// When its last act was.
    pub at: Timestamp,
}

/// An act on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRecord {
    /// Its place among the return's acts, from 1.
    pub ordinal: u32,
    /// What was done.
    pub act: Act,
    /// By whom.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

/// For which form and period there are returns, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPeriod {
    /// The form.
    pub data_set: DataSetId,
    /// The period of its calendar.
    pub period: PeriodId,
    /// How many returns there are, wherever they stand.
    pub returns: usize,
}

impl Tx {
    /// The forms and periods of which there are returns.
    pub async fn reported_periods(&mut self) -> Result<Vec<ReportedPeriod>> {
        let read = |row: &Row| {
            let returns = usize::try_from(row.int(2)?).unwrap_or(usize::MAX);
            Ok(ReportedPeriod { data_set: row.text(0)?.into(), period: row.text(1)?.into(), returns })
        };
        self.rows(REPORTED, &args![]).await?.iter().map(read).collect()
    }

    /// The returns of these keys that exist. In a write on `PostgreSQL` their rows are locked, in
    /// the order of form, period and unit.
    pub async fn returns(&mut self, keys: &[ReturnKey]) -> Result<HashMap<ReturnKey, StoredReturn>> {
        let mut groups: BTreeMap<(&DataSetId, &PeriodId), BTreeSet<&UnitId>> = BTreeMap::new();
        for key in keys {
            groups.entry((&key.data_set, &key.period)).or_default().insert(&key.unit);
        }
        let mut found = HashMap::with_capacity(keys.len());
        for ((data_set, period), units) in groups {
            let list: Vec<Arg<'_>> = units.iter().map(|u| u.as_str().into()).collect();
            for row in self.rows_in(OF_UNITS, &args![data_set.as_str(), period.as_str()], &list).await? {
                let stored = stored(&row)?;
                found.insert(stored.key.clone(), stored);
            }
        }
        Ok(found)
    }

    /// Every return of a form for these periods, by period as given, then by unit.
    pub async fn returns_of(
        &mut self,
        data_set: &DataSetId,
        periods: &[PeriodId],
    ) -> Result<Vec<StoredReturn>> {
        let mut found = Vec::new();
        for period in periods {
            for row in self.rows(OF_PERIOD, &args![data_set.as_str(), period.as_str()]).await? {
                found.push(stored(&row)?);
            }
        }
        Ok(found)
    }

    /// Every return of a unit, by form and period.
    pub async fn returns_of_unit(&mut self, unit: &UnitId) -> Result<Vec<StoredReturn>> {
        self.rows(OF_UNIT, &args![unit.as_str()]).await?.iter().map(stored).collect()
    }

    /// A return by id.
    pub async fn return_by_id(&mut self, id: Uuid) -> Result<Option<StoredReturn>> {
        self.row(BY_ID, &args![id]).await?.as_ref().map(stored).transpose()
    }

    /// How many acts a return has; the next one's ordinal is one more.
    pub async fn act_count(&mut self, return_id: Uuid) -> Result<u32> {
        self.row(ACT_COUNT, &args![return_id]).await?.map_or(Ok(0), |r| r.count(0))
    }

    /// A return's acts, in order.
    pub async fn acts_of(&mut self, return_id: Uuid) -> Result<Vec<ActRecord>> {
        self.rows(ACTS, &args![return_id]).await?.iter().map(act).collect()
    }

    /// Every return with its acts, in the order of ids, a page at a time.
    pub async fn for_each_return(
        &mut self,
        each: &mut (dyn FnMut(StoredReturn, Vec<ActRecord>) -> Result<()> + Send),
    ) -> Result<()> {
        let mut page = self.rows(FROM_START, &args![]).await?;
        while let (Some(first), Some(last)) = (page.first(), page.last()) {
            let (first, last) = (first.id(0)?, last.id(0)?);
            let mut acts: HashMap<Uuid, Vec<ActRecord>> = HashMap::new();
            for row in self.rows(ACTS_BETWEEN, &args![first, last]).await? {
                acts.entry(row.id(0)?).or_default().push(act(&row)?);
            }
            for row in &page {
                let stored = stored(row)?;
                let its = acts.remove(&stored.id).unwrap_or_default();
                each(stored, its)?;
            }
            page = self.rows(PAGE, &args![last]).await?;
        }
        Ok(())
    }

    /// Remembers that a file came in; false if it was known already.
    pub async fn remember_file(
        &mut self,
        sha256: &str,
        name: &str,
        size: u64,
        office: &OfficeId,
        at: Timestamp,
    ) -> Result<bool> {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        Ok(self.run(REMEMBER_FILE, &args![sha256, name, size, office.as_str(), at]).await? == 1)
    }

    /// Whether a file with these bytes came in before.
    pub async fn file_known(&mut self, sha256: &str) -> Result<bool> {
        Ok(self.row(FILE_KNOWN, &args![sha256]).await?.is_some())
    }
}

/// Reads a status by its stored name.
pub(crate) fn status(name: &str) -> Result<Status> {
    Status::parse(name).ok_or_else(|| StoreError::corrupt(format!("status {name}")))
}

/// Reads a return from the first nine columns.
pub(crate) fn stored(row: &Row) -> Result<StoredReturn> {
    let number = |n: i64| u32::try_from(n).map_err(|_| StoreError::corrupt(format!("revision number {n}")));
    Ok(StoredReturn {
        id: row.id(0)?,
        key: ReturnKey {
            unit: row.text(1)?.into(),
            data_set: row.text(2)?.into(),
            period: row.text(3)?.into(),
        },
        state: ReturnState {
            status: status(row.text(4)?)?,
            last: row.count(5)?,
            accepted: row.maybe_int(6)?.map(number).transpose()?,
            locked: row.int(7)? != 0,
        },
        at: row.time(8)?,
    })
}

fn act(row: &Row) -> Result<ActRecord> {
    Ok(ActRecord {
        ordinal: row.count(1)?,
        act: parse("return_act", row.text(2)?)?,
        office: row.text(3)?.into(),
        at: row.time(4)?,
    })
}
