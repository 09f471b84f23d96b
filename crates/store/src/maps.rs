//! Outlines of units as they were loaded; which areas are in a file is not the store's affair.

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{Result, Tx, statement::statements, value::args};

statements! {
    ADD = "INSERT INTO site_map (id, from_day, note, sha256, bytes, office, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ON = "SELECT id, from_day, note, sha256, bytes, office, at FROM site_map WHERE from_day <= $1 \
          ORDER BY from_day DESC, at DESC, id DESC LIMIT 1";
    DAYS = "SELECT DISTINCT from_day FROM site_map ORDER BY from_day";
}

/// A map, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRecord {
    /// Its id.
    pub id: Uuid,
    /// The first day on which units had these outlines.
    pub from_day: Date,
    /// What the file says of itself, such as that it is a sketch.
    pub note: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The file (`GeoJSON`).
    pub bytes: Vec<u8>,
    /// Who loaded it.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a map.
    pub async fn add_map(&mut self, map: &MapRecord) -> Result<()> {
        let values = args![
            map.id,
            map.from_day.to_string(),
            map.note.as_str(),
            map.sha256.as_str(),
            map.bytes.as_slice(),
            map.office.as_str(),
            map.at,
        ];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The map of a day: of those that begin on or before it, the latest, as it was last loaded.
    pub async fn map_on(&mut self, day: Date) -> Result<Option<MapRecord>> {
        let Some(row) = self.row(ON, &args![day.to_string()]).await? else { return Ok(None) };
        Ok(Some(MapRecord {
            id: row.id(0)?,
            from_day: row.day(1)?,
            note: row.text(2)?.to_owned(),
            sha256: row.text(3)?.to_owned(),
            bytes: row.bytes(4)?.to_vec(),
            office: row.text(5)?.into(),
            at: row.time(6)?,
        }))
    }

    /// The days from which there is another map.
    pub async fn map_days(&mut self) -> Result<Vec<Date>> {
        self.rows(DAYS, &args![]).await?.iter().map(|row| row.day(0)).collect()
    }
}
