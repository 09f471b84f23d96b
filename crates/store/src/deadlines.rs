//! Deadlines put off for a branch, on record.

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::id::{DataSetId, OfficeId, PeriodId, UnitId};
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    EXTEND = "INSERT INTO deadline_extension (id, data_set, period, unit, until_day, reason, office, at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_PERIOD = "SELECT id, data_set, period, unit, until_day, reason, office, at FROM deadline_extension \
                 WHERE data_set = $1 AND period = $2 ORDER BY at, id";
    ALL = "SELECT id, data_set, period, unit, until_day, reason, office, at FROM deadline_extension ORDER BY at, id";
}

/// A later deadline for a unit and everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineExtension {
    /// Its id.
    pub id: Uuid,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period.
    pub period: PeriodId,
    /// The branch's top.
    pub unit: UnitId,
    /// The last day on which it may report.
    pub until_day: Date,
    /// Why.
    pub reason: String,
    /// By whom.
    pub office: OfficeId,
    /// When it was granted.
    pub at: Timestamp,
}

impl Tx {
    /// Records a later deadline.
    pub async fn extend_deadline(&mut self, e: &DeadlineExtension) -> Result<()> {
        let values = args![
            e.id,
            e.data_set.as_str(),
            e.period.as_str(),
            e.unit.as_str(),
            e.until_day.to_string(),
            e.reason.as_str(),
            e.office.as_str(),
            e.at,
        ];
        self.run(EXTEND, &values).await?;
        Ok(())
    }

    /// The later deadlines of a form and period, in the order in which they were granted.
    pub async fn deadline_extensions(
        &mut self,
        data_set: &DataSetId,
        period: &PeriodId,
    ) -> Result<Vec<DeadlineExtension>> {
        let rows = self.rows(OF_PERIOD, &args![data_set.as_str(), period.as_str()]).await?;
        rows.iter().map(extension).collect()
    }

    /// Every later deadline, in the order in which they were granted.
    pub async fn all_deadline_extensions(&mut self) -> Result<Vec<DeadlineExtension>> {
        self.rows(ALL, &args![]).await?.iter().map(extension).collect()
    }
}

fn extension(row: &Row) -> Result<DeadlineExtension> {
    Ok(DeadlineExtension {
        id: row.id(0)?,
        data_set: row.text(1)?.into(),
        period: row.text(2)?.into(),
        unit: row.text(3)?.into(),
        until_day: row.day(4)?,
        reason: row.text(5)?.to_owned(),
        office: row.text(6)?.into(),
        at: row.time(7)?,
    })
}
