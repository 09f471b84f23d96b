//! What a reviewer reads of many returns at once: what waits, and who can be reached.

use std::collections::BTreeMap;

use nhipcau_domain::id::{DataSetId, OfficeId, PeriodId, UnitId};

use crate::{
    Result, RevisionRecord, StoredReturn, Tx,
    returns::stored,
    revisions::revision_columns,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! waiting {
    ($where:literal) => {
        concat!(
            "SELECT s.id, s.unit, s.data_set, s.period, s.status, s.last_revision, s.accepted_revision, \
             s.locked, s.at, ",
            revision_columns!(),
            "FROM return_state s JOIN revision r ON r.return_id = s.id AND r.number = s.last_revision \
             WHERE s.data_set = $1 AND s.period = $2 AND s.status = 'submitted' ",
            $where
        )
    };
}

statements! {
    FORMS = "SELECT DISTINCT data_set, period FROM return_state WHERE status = 'submitted' \
             ORDER BY data_set, period";
    WAITING = waiting!("ORDER BY s.unit");
    WAITING_OF = waiting!("AND s.unit IN (/*list*/) ORDER BY s.unit");
    CONTACTS = "SELECT o.id, o.name, h.name, h.contact FROM office o \
                LEFT JOIN holder h ON h.office = o.id AND h.until IS NULL \
                WHERE o.closed IS NULL AND o.id IN (/*list*/) ORDER BY o.id, h.since, h.id";
}

/// An office that is open, with those who hold it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeContact {
    /// Its name.
    pub name: String,
    /// Its holders, the first one first: name, and a way to reach them.
    pub holders: Vec<(String, String)>,
}

impl Tx {
    /// The forms and periods of which a return waits for review.
    pub async fn forms_waiting(&mut self) -> Result<Vec<(DataSetId, PeriodId)>> {
        let read = |row: &Row| Ok((row.text(0)?.into(), row.text(1)?.into()));
        self.rows(FORMS, &args![]).await?.iter().map(read).collect()
    }

    /// The returns of a form and period that wait for review, of these units or of all, each with
    /// the revision that waits; by unit.
    pub async fn waiting(
        &mut self,
        data_set: &DataSetId,
        period: &PeriodId,
        units: Option<&[UnitId]>,
    ) -> Result<Vec<(StoredReturn, RevisionRecord)>> {
        let fixed = args![data_set.as_str(), period.as_str()];
        let rows = match units {
            None => self.rows(WAITING, &fixed).await?,
            Some(units) => {
                let mut units: Vec<&UnitId> = units.iter().collect();
                units.sort_unstable();
                units.dedup();
                let list: Vec<Arg<'_>> = units.iter().map(|u| u.as_str().into()).collect();
                self.rows_in(WAITING_OF, &fixed, &list).await?
            }
        };
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push((stored(row)?, self.revision_record(row, 9).await?));
        }
        Ok(found)
    }

    /// Those of these offices that are open, with those who hold them now.
    pub async fn office_contacts(
        &mut self,
        offices: &[OfficeId],
    ) -> Result<BTreeMap<OfficeId, OfficeContact>> {
        let mut offices: Vec<&OfficeId> = offices.iter().collect();
        offices.sort_unstable();
        offices.dedup();
        let list: Vec<Arg<'_>> = offices.iter().map(|o| o.as_str().into()).collect();
        let mut found: BTreeMap<OfficeId, OfficeContact> = BTreeMap::new();
        for row in self.rows_in(CONTACTS, &args![], &list).await? {
            let name = row.text(1)?.to_owned();
            let office = found
                .entry(row.text(0)?.into())
                .or_insert_with(|| OfficeContact { name, holders: Vec::new() });
            let holder = row.maybe_text(2)?.unwrap_or_default();
            let contact = row.maybe_text(3)?.unwrap_or_default();
            // Whoever has a slip and did not come in yet has neither.
            if !(holder.is_empty() && contact.is_empty()) {
                office.holders.push((holder.to_owned(), contact.to_owned()));
            }
        }
        Ok(found)
    }
}
