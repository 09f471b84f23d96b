//! Returns with the revision that counts: what totals are made from.

use nhipcau_domain::{
    id::{DataSetId, PeriodId, UnitId},
    returns::{ReturnKey, Status},
};
use uuid::Uuid;

use crate::{
    Answer, Result, RevisionRecord, Tx,
    returns::status,
    revisions::revision_columns,
    statement::statements,
    value::{Arg, Row, args},
};

macro_rules! accepted {
    ($where:literal) => {
        concat!(
            "SELECT s.id, s.status, s.accepted_revision, ",
            revision_columns!(),
            "FROM return_state s LEFT JOIN revision r ON r.return_id = s.id AND r.number = s.accepted_revision \
             WHERE s.data_set = $1 AND s.period = $2 AND ",
            $where
        )
    };
}

statements! {
    PAGE = accepted!("s.unit > $3 ORDER BY s.unit LIMIT 2000");
    OF_UNITS = accepted!("s.unit IN (/*list*/) ORDER BY s.unit");
}

/// A return as it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedRow {
    /// Whose, which form, for which period.
    pub key: ReturnKey,
    /// The return's id.
    pub return_id: Uuid,
    /// Where it stands.
    pub status: Status,
    /// The accepted revision, if one counts. While a correction waits, the one before it.
    pub revision: Option<RevisionRecord>,
}

impl Tx {
    /// The returns of a form for these periods, of these units or of all, each with the revision
    /// that counts; by period as given, then by unit. Returns that count nothing are there too.
    pub fn accepted<'a>(
        &'a mut self,
        data_set: &'a DataSetId,
        periods: &'a [PeriodId],
        units: Option<&'a [UnitId]>,
    ) -> Answer<'a, Vec<AcceptedRow>> {
        Box::pin(async move {
            let mut found = Vec::new();
            for period in periods {
                match units {
                    None => {
                        self.for_each_accepted(data_set, period, &mut |row| {
                            found.push(row);
                            Ok(())
                        })
                        .await?;
                    }
                    Some(units) => {
                        let mut units: Vec<&UnitId> = units.iter().collect();
                        units.sort_unstable();
                        units.dedup();
                        let list: Vec<Arg<'_>> = units.iter().map(|u| u.as_str().into()).collect();
                        for row in
                            self.rows_in(OF_UNITS, &args![data_set.as_str(), period.as_str()], &list).await?
                        {
                            found.push(self.accepted_row(&row).await?);
                        }
                    }
                }
            }
            Ok(found)
        })
    }

    /// Every return of a form and period with the revision that counts, by unit, a page at a time.
    pub async fn for_each_accepted(
        &mut self,
        data_set: &DataSetId,
        period: &PeriodId,
        each: &mut (dyn FnMut(AcceptedRow) -> Result<()> + Send),
    ) -> Result<()> {
        let mut after = String::new();
        loop {
            let page = self.rows(PAGE, &args![data_set.as_str(), period.as_str(), after.as_str()]).await?;
            let Some(last) = page.last() else { return Ok(()) };
            last.text(3)?.clone_into(&mut after);
            for row in &page {
                each(self.accepted_row(row).await?)?;
            }
        }
    }

    async fn accepted_row(&mut self, row: &Row) -> Result<AcceptedRow> {
        let key = ReturnKey {
            unit: row.text(3)?.into(),
            data_set: row.text(4)?.into(),
            period: row.text(5)?.into(),
        };
        let revision = match row.maybe_int(2)? {
            Some(_) => Some(self.revision_record(row, 3).await?),
            None => None,
        };
        Ok(AcceptedRow { key, return_id: row.id(0)?, status: status(row.text(1)?)?, revision })
    }
}
