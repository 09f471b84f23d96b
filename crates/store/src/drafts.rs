//! Returns that are being filled in, and who is there to read one that was sent.

use jiff::Timestamp;
use nhipcau_domain::{
    id::{OfficeId, UnitId},
    office::{Duty, Posting, Reach},
    returns::ReturnKey,
};

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

statements! {
    ADD = "INSERT INTO return_draft (unit, data_set, period, office, copy, version, holder, body, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PUT = "INSERT INTO return_draft (unit, data_set, period, office, copy, version, holder, body, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
           ON CONFLICT (unit, data_set, period, office, copy) DO UPDATE SET version = excluded.version, \
           holder = excluded.holder, body = excluded.body, at = excluded.at";
    OF_RETURN = "SELECT unit, data_set, period, office, copy, version, holder, body, at FROM return_draft \
                 WHERE unit = $1 AND data_set = $2 AND period = $3 AND office = $4 ORDER BY copy /*lock*/";
    OF_UNIT = "SELECT unit, data_set, period, office, copy, version, holder, body, at FROM return_draft \
               WHERE unit = $1 AND office = $2 AND copy = '' ORDER BY data_set, period";
    DROP = "DELETE FROM return_draft WHERE unit = $1 AND data_set = $2 AND period = $3 AND office = $4 \
            AND copy = $5 AND version <= $6";
    READERS_OF = "SELECT p.office, o.name, p.duty, p.reach, p.unit FROM office_posting p \
                  JOIN office o ON o.id = p.office WHERE o.closed IS NULL AND p.unit IN (/*list*/) \
                  ORDER BY p.office, p.duty, p.reach, p.unit";
}

/// A return that is being filled in by an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRecord {
    /// Which return.
    pub key: ReturnKey,
    /// Which office fills it in: the unit's own, or one that does it on the unit's behalf.
    pub office: OfficeId,
    /// Empty for the draft; else the name of what a second device had typed, kept aside.
    pub copy: String,
    /// Grows with every save, also over a draft that was sent and begun anew. Of what was kept aside,
    /// the version that it began from.
    pub version: i64,
    /// Who typed it.
    pub holder: String,
    /// What was typed.
    pub body: String,
    /// When it was saved.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps what was typed where nothing stood under that name; a conflict where somebody else was
    /// first.
    pub async fn add_draft(&mut self, d: &DraftRecord) -> Result<()> {
        self.run(ADD, &values(d)).await?;
        Ok(())
    }

    /// Keeps what was typed, in place of what stood under the same name.
    pub async fn put_draft(&mut self, d: &DraftRecord) -> Result<()> {
        self.run(PUT, &values(d)).await?;
        Ok(())
    }

    /// The draft that an office has of a return, and what it kept aside; the draft first.
    pub async fn drafts(&mut self, key: &ReturnKey, office: &OfficeId) -> Result<Vec<DraftRecord>> {
        let values = args![key.unit.as_str(), key.data_set.as_str(), key.period.as_str(), office.as_str()];
        self.rows(OF_RETURN, &values).await?.iter().map(draft).collect()
    }

    /// The drafts that an office has of a unit's returns, without what was kept aside.
    pub async fn drafts_of_unit(&mut self, unit: &UnitId, office: &OfficeId) -> Result<Vec<DraftRecord>> {
        self.rows(OF_UNIT, &args![unit.as_str(), office.as_str()]).await?.iter().map(draft).collect()
    }

    /// Forgets a draft, or what was kept aside, unless it is of a later version.
    pub async fn drop_draft(
        &mut self,
        key: &ReturnKey,
        office: &OfficeId,
        copy: &str,
        version: i64,
    ) -> Result<()> {
        let values = args![
            key.unit.as_str(),
            key.data_set.as_str(),
            key.period.as_str(),
            office.as_str(),
            copy,
            version,
        ];
        self.run(DROP, &values).await?;
        Ok(())
    }

    /// The offices that are posted over one of these units, each with its name; over every unit too.
    pub async fn posted_over(&mut self, units: &[UnitId]) -> Result<Vec<(OfficeId, String, Posting)>> {
        // A posting over all names no unit.
        let list: Vec<Arg<'_>> = units.iter().map(UnitId::as_str).chain([""]).map(Arg::from).collect();
        let read = |row: &Row| {
            let (duty, reach, unit) = (row.text(2)?, row.text(3)?, row.text(4)?);
            let duty = Duty::parse(duty).ok_or_else(|| StoreError::corrupt(format!("duty {duty}")))?;
            let reach = match reach {
                "unit" => Reach::Unit(unit.into()),
                "branch" => Reach::Branch(unit.into()),
                _ => Reach::All,
            };
            Ok((row.text(0)?.into(), row.text(1)?.to_owned(), Posting { duty, reach }))
        };
        self.rows_in(READERS_OF, &args![], &list).await?.iter().map(read).collect()
    }
}

fn values(d: &DraftRecord) -> [Arg<'_>; 9] {
    args![
        d.key.unit.as_str(),
        d.key.data_set.as_str(),
        d.key.period.as_str(),
        d.office.as_str(),
        d.copy.as_str(),
        d.version,
        d.holder.as_str(),
        d.body.as_str(),
        d.at,
    ]
}

fn draft(row: &Row) -> Result<DraftRecord> {
    Ok(DraftRecord {
        key: ReturnKey {
            unit: row.text(0)?.into(),
            data_set: row.text(1)?.into(),
            period: row.text(2)?.into(),
        },
        office: row.text(3)?.into(),
        copy: row.text(4)?.to_owned(),
        version: row.int(5)?,
        holder: row.text(6)?.to_owned(),
        body: row.text(7)?.to_owned(),
        at: row.time(8)?,
    })
}
