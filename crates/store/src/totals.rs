//! Contributions and totals: packed rows, kept live in the transaction that changes a return.

use std::collections::BTreeMap;

use nhipcau_domain::{
    id::{DataSetId, KindId, PeriodId, UnitId},
    totals::Sums,
};

use crate::{
    DbKind, Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

statements! {
    CONTRIBUTIONS = "SELECT unit, kind, packed FROM contribution \
                     WHERE period = $1 AND data_set = $2 AND unit IN (/*list*/) ORDER BY unit";
    // Gives PostgreSQL a row to lock, as for totals below.
    CONTRIBUTION_ROOM = "INSERT INTO contribution (period, data_set, unit, kind, packed) VALUES /*rows:5*/ \
                         ON CONFLICT (period, data_set, unit) DO NOTHING";
    CONTRIBUTIONS_TO_CHANGE = "SELECT unit, kind, packed FROM contribution \
                               WHERE period = $1 AND data_set = $2 AND unit IN (/*list*/) ORDER BY unit /*lock*/";
    CONTRIBUTION_PAGE = "SELECT unit, kind, packed FROM contribution \
                         WHERE period = $1 AND data_set = $2 AND unit > $3 ORDER BY unit LIMIT 4000";
    PUT_CONTRIBUTIONS = "INSERT INTO contribution (period, data_set, unit, kind, packed) VALUES /*rows:5*/ \
                         ON CONFLICT (period, data_set, unit) \
                         DO UPDATE SET kind = excluded.kind, packed = excluded.packed";
    DELETE_CONTRIBUTIONS = "DELETE FROM contribution WHERE period = $1 AND data_set = $2";
    OF_LEVEL = "SELECT level, unit, kind, packed FROM total \
                WHERE period = $1 AND data_set = $2 AND level = $3 ORDER BY unit, kind";
    OF_UNIT = "SELECT level, unit, kind, packed FROM total \
               WHERE period = $1 AND data_set = $2 AND level = $3 AND unit = $4 ORDER BY kind";
    ALL = "SELECT level, unit, kind, packed FROM total \
           WHERE period = $1 AND data_set = $2 ORDER BY level, unit, kind";
    // Gives PostgreSQL a row to lock; SQLite's writer is alone.
    MAKE_ROOM = "INSERT INTO total (period, data_set, level, unit, kind, packed) VALUES /*rows:6*/ \
                 ON CONFLICT (period, data_set, level, unit, kind) DO NOTHING";
    TO_CHANGE = "SELECT unit, kind, packed FROM total \
                 WHERE period = $1 AND data_set = $2 AND level = $3 AND unit IN (/*list*/) \
                 ORDER BY unit, kind /*lock*/";
    PUT_TOTALS = "INSERT INTO total (period, data_set, level, unit, kind, packed) VALUES /*rows:6*/ \
                  ON CONFLICT (period, data_set, level, unit, kind) DO UPDATE SET packed = excluded.packed";
    DELETE_TOTALS = "DELETE FROM total WHERE period = $1 AND data_set = $2";
}

/// What a unit's own returns add for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionRow {
    /// Whose.
    pub unit: UnitId,
    /// Its kind on the period's last day.
    pub kind: KindId,
    /// What it adds.
    pub sums: Sums,
}

/// A contribution that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContribution {
    /// For which period.
    pub period: PeriodId,
    /// Of which form.
    pub data_set: DataSetId,
    /// Whose, and what.
    pub row: ContributionRow,
}

/// What units of one kind below (and with) a unit come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    /// The kind of the unit that is totalled.
    pub level: KindId,
    /// The unit that is totalled.
    pub unit: UnitId,
    /// The kind of the units that contribute.
    pub kind: KindId,
    /// What they come to.
    pub sums: Sums,
}

/// A total that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTotal {
    /// For which period.
    pub period: PeriodId,
    /// Of which form.
    pub data_set: DataSetId,
    /// Of whom, and what.
    pub row: TotalRow,
}

/// A change of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalDelta {
    /// For which period.
    pub period: PeriodId,
    /// Of which form.
    pub data_set: DataSetId,
    /// The kind of the unit that is totalled.
    pub level: KindId,
    /// The unit that is totalled.
    pub unit: UnitId,
    /// The kind of the units that contribute.
    pub kind: KindId,
    /// What is added.
    pub delta: Sums,
}

impl Tx {
    /// The contributions of a form and period, of these units or of all, by unit.
    pub async fn contributions(
        &mut self,
        period: &PeriodId,
        data_set: &DataSetId,
        units: Option<&[UnitId]>,
    ) -> Result<Vec<ContributionRow>> {
        let mut found = Vec::new();
        if let Some(units) = units {
            let mut units: Vec<&UnitId> = units.iter().collect();
            units.sort_unstable();
            units.dedup();
            let list: Vec<Arg<'_>> = units.iter().map(|u| u.as_str().into()).collect();
            let rows = self.rows_in(CONTRIBUTIONS, &args![period.as_str(), data_set.as_str()], &list).await?;
            let mut kinds = Last::default();
            for row in &rows {
                found.push(contribution(row, &mut kinds)?);
            }
        } else {
            let mut push = |row| {
                found.push(row);
                Ok(())
            };
            self.for_each_contribution(period, data_set, &mut push).await?;
        }
        Ok(found)
    }

    /// The contributions of these units, each with its kind, held until this transaction ends: for a
    /// period that several returns of a unit count in, so that two of them that come in at once do
    /// not both make it from what was there before.
    pub async fn contributions_to_change(
        &mut self,
        period: &PeriodId,
        data_set: &DataSetId,
        units: &[(UnitId, KindId)],
    ) -> Result<Vec<ContributionRow>> {
        let mut units: Vec<&(UnitId, KindId)> = units.iter().collect();
        units.sort_unstable();
        units.dedup();
        let place = args![period.as_str(), data_set.as_str()];
        // SQLite's writer is alone.
        if self.kind() == DbKind::Postgres {
            let nothing = Sums::default().encode();
            let mut room = Vec::with_capacity(units.len() * 5);
            for (unit, kind) in &units {
                room.extend_from_slice(&place);
                room.extend(args![unit.as_str(), kind.as_str(), nothing.as_slice()]);
            }
            self.run_rows(CONTRIBUTION_ROOM, 5, &room).await?;
        }
        let list: Vec<Arg<'_>> = units.iter().map(|(unit, _)| unit.as_str().into()).collect();
        let rows = self.rows_in(CONTRIBUTIONS_TO_CHANGE, &place, &list).await?;
        let mut kinds = Last::default();
        rows.iter().map(|row| contribution(row, &mut kinds)).collect()
    }

    /// Every contribution of a form and period, by unit, a page at a time.
    pub async fn for_each_contribution(
        &mut self,
        period: &PeriodId,
        data_set: &DataSetId,
        each: &mut (dyn FnMut(ContributionRow) -> Result<()> + Send),
    ) -> Result<()> {
        let mut after = String::new();
        let mut kinds = Last::default();
        loop {
            let page = self
                .rows(CONTRIBUTION_PAGE, &args![period.as_str(), data_set.as_str(), after.as_str()])
                .await?;
            let Some(last) = page.last() else { return Ok(()) };
            last.text(0)?.clone_into(&mut after);
            for row in &page {
                each(contribution(row, &mut kinds)?)?;
            }
        }
    }

    /// Writes contributions, over those that are there. Each unit at most once in a call.
    pub async fn put_contributions(&mut self, rows: &[NewContribution]) -> Result<()> {
        let mut values = Vec::with_capacity(rows.len() * 5);
        for NewContribution { period, data_set, row } in rows {
            values.extend(args![period.as_str(), data_set.as_str(), row.unit.as_str(), row.kind.as_str()]);
            values.push(row.sums.encode().into());
        }
        self.run_rows(PUT_CONTRIBUTIONS, 5, &values).await?;
        Ok(())
    }

    /// Deletes the contributions of a form and period, before they are made again.
    pub async fn delete_contributions(&mut self, period: &PeriodId, data_set: &DataSetId) -> Result<()> {
        self.run(DELETE_CONTRIBUTIONS, &args![period.as_str(), data_set.as_str()]).await?;
        Ok(())
    }

    /// The totals of every unit of a kind: one range, by unit and contributing kind.
    pub async fn totals_of_level(
        &mut self,
        period: &PeriodId,
        data_set: &DataSetId,
        level: &KindId,
    ) -> Result<Vec<TotalRow>> {
        let rows = self.rows(OF_LEVEL, &args![period.as_str(), data_set.as_str(), level.as_str()]).await?;
        total_rows(&rows)
    }

    /// The totals of one unit, by contributing kind.
    pub async fn totals_of_unit(
        &mut self,
        period: &PeriodId,
        data_set: &DataSetId,
        level: &KindId,
        unit: &UnitId,
    ) -> Result<Vec<TotalRow>> {
        let values = args![period.as_str(), data_set.as_str(), level.as_str(), unit.as_str()];
        total_rows(&self.rows(OF_UNIT, &values).await?)
    }

    /// Every total of a form and period, by level, unit and contributing kind.
    pub async fn all_totals(&mut self, period: &PeriodId, data_set: &DataSetId) -> Result<Vec<TotalRow>> {
        total_rows(&self.rows(ALL, &args![period.as_str(), data_set.as_str()]).await?)
    }

    /// Adds to totals; a total that comes to nothing is no longer shown. Neighbours of one period, form and level are
    /// changed together; these groups come in the given order, so hand the root's in last: its row
    /// is hot, and stays locked (on `PostgreSQL`) only for the rest of this transaction.
    pub async fn add_totals(&mut self, deltas: &[TotalDelta]) -> Result<()> {
        let same = |a: &TotalDelta, b: &TotalDelta| {
            a.level == b.level && a.period == b.period && a.data_set == b.data_set
        };
        for group in deltas.chunk_by(same) {
            let mut sums: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
            for d in group {
                sums.entry((d.unit.as_str(), d.kind.as_str())).or_default().add(&d.delta)?;
            }
            sums.retain(|_, delta| !delta.is_zero());
            if let (Some(first), false) = (group.first(), sums.is_empty()) {
                self.add_group(first, sums).await?;
            }
        }
        Ok(())
    }

    async fn add_group(&mut self, of: &TotalDelta, deltas: BTreeMap<(&str, &str), Sums>) -> Result<()> {
        let place = args![of.period.as_str(), of.data_set.as_str(), of.level.as_str()];
        let mut units: Vec<&str> = deltas.keys().map(|(unit, _)| *unit).collect();
        units.dedup();
        let list: Vec<Arg<'_>> = units.into_iter().map(Arg::from).collect();
        // Only PostgreSQL has other writers at the same time: a row must be there to be locked, and
        // stay: were zeros deleted, one writer could make room while it holds what another waits for.
        if self.kind() == DbKind::Postgres {
            let nothing = Sums::default().encode();
            let mut room = Vec::with_capacity(deltas.len() * 6);
            for (unit, kind) in deltas.keys() {
                room.extend_from_slice(&place);
                room.extend(args![*unit, *kind, nothing.as_slice()]);
            }
            self.run_rows(MAKE_ROOM, 6, &room).await?;
        }
        let current = self.rows_in(TO_CHANGE, &place, &list).await?;
        let mut before = BTreeMap::new();
        for row in &current {
            before.insert((row.text(0)?, row.text(1)?), sums(row.bytes(2)?)?);
        }
        let mut changed = Vec::with_capacity(deltas.len() * 6);
        for ((unit, kind), delta) in deltas {
            let mut sums = before.remove(&(unit, kind)).unwrap_or_default();
            sums.add(&delta)?;
            changed.extend_from_slice(&place);
            changed.extend([unit.into(), kind.into(), sums.encode().into()]);
        }
        self.run_rows(PUT_TOTALS, 6, &changed).await?;
        Ok(())
    }

    /// Writes totals, over those that are there: to make them again after [`Tx::delete_totals`].
    pub async fn put_totals(&mut self, rows: &[NewTotal]) -> Result<()> {
        let mut values = Vec::with_capacity(rows.len() * 6);
        for NewTotal { period, data_set, row } in rows {
            values.extend(args![period.as_str(), data_set.as_str(), row.level.as_str()]);
            values.extend([row.unit.as_str().into(), row.kind.as_str().into(), row.sums.encode().into()]);
        }
        self.run_rows(PUT_TOTALS, 6, &values).await?;
        Ok(())
    }

    /// Deletes the totals of a form and period, before they are made again.
    pub async fn delete_totals(&mut self, period: &PeriodId, data_set: &DataSetId) -> Result<()> {
        self.run(DELETE_TOTALS, &args![period.as_str(), data_set.as_str()]).await?;
        Ok(())
    }
}

/// The last kind that was read: neighbours mostly share theirs, and then its name.
#[derive(Default)]
struct Last(Option<KindId>);

impl Last {
    fn get(&mut self, name: &str) -> KindId {
        match &self.0 {
            Some(kind) if kind.as_str() == name => kind.clone(),
            _ => self.0.insert(name.into()).clone(),
        }
    }
}

fn sums(bytes: &[u8]) -> Result<Sums> {
    Sums::decode(bytes).ok_or_else(|| StoreError::corrupt("packed sums"))
}

fn contribution(row: &Row, kinds: &mut Last) -> Result<ContributionRow> {
    Ok(ContributionRow {
        unit: row.text(0)?.into(),
        kind: kinds.get(row.text(1)?),
        sums: sums(row.bytes(2)?)?,
    })
}

/// Totals that come to something.
fn total_rows(rows: &[Row]) -> Result<Vec<TotalRow>> {
    let (mut levels, mut kinds) = (Last::default(), Last::default());
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let sums = sums(row.bytes(3)?)?;
        if !sums.is_zero() {
            let (level, kind) = (levels.get(row.text(0)?), kinds.get(row.text(2)?));
            found.push(TotalRow { level, unit: row.text(1)?.into(), kind, sums });
        }
    }
    Ok(found)
}
