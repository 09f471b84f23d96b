//! Files that go with a return.

use jiff::Timestamp;
use nhipcau_domain::{id::OfficeId, returns::ReturnKey};
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO return_file (id, unit, data_set, period, name, media_type, sha256, size, bytes, office, holder, \
           at, removed, removed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, '')";
    OF_RETURN = "SELECT id, unit, data_set, period, name, media_type, sha256, size, office, holder, at FROM return_file \
                 WHERE unit = $1 AND data_set = $2 AND period = $3 AND removed IS NULL ORDER BY at, id /*lock*/";
    BYTES = "SELECT id, unit, data_set, period, name, media_type, sha256, size, office, holder, at, bytes \
             FROM return_file WHERE id = $1 AND removed IS NULL";
    REMOVE = "UPDATE return_file SET name = '', bytes = $2, removed = $3, removed_by = $4 \
              WHERE id = $1 AND removed IS NULL";
}

/// A file that goes with a return, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFile {
    /// Its id.
    pub id: Uuid,
    /// Of which return.
    pub key: ReturnKey,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The hash of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// The office that sent it.
    pub office: OfficeId,
    /// Who sent it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a file.
    pub async fn add_return_file(&mut self, f: &ReturnFile, bytes: &[u8]) -> Result<()> {
        let values = args![
            f.id,
            f.key.unit.as_str(),
            f.key.data_set.as_str(),
            f.key.period.as_str(),
            f.name.as_str(),
            f.media_type.as_str(),
            f.sha256.as_str(),
            f.size,
            bytes,
            f.office.as_str(),
            f.holder.as_str(),
            f.at,
        ];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The files of a return, the first that came first; without those that were taken out.
    pub async fn return_files(&mut self, key: &ReturnKey) -> Result<Vec<ReturnFile>> {
        let values = args![key.unit.as_str(), key.data_set.as_str(), key.period.as_str()];
        self.rows(OF_RETURN, &values).await?.iter().map(file).collect()
    }

    /// A file with its bytes; none where it was taken out.
    pub async fn return_file(&mut self, id: Uuid) -> Result<Option<(ReturnFile, Vec<u8>)>> {
        let row = self.row(BYTES, &args![id]).await?;
        row.map(|row| Ok((file(&row)?, row.bytes(11)?.to_vec()))).transpose()
    }

    /// Takes a file out: its hash and its size stay. Whether it was there.
    pub async fn remove_return_file(&mut self, id: Uuid, by: &OfficeId, at: Timestamp) -> Result<bool> {
        let nothing: &[u8] = &[];
        Ok(self.run(REMOVE, &args![id, nothing, at, by.as_str()]).await? > 0)
    }
}

fn file(row: &Row) -> Result<ReturnFile> {
    Ok(ReturnFile {
        id: row.id(0)?,
        key: ReturnKey {
            unit: row.text(1)?.into(),
            data_set: row.text(2)?.into(),
            period: row.text(3)?.into(),
        },
        name: row.text(4)?.to_owned(),
        media_type: row.text(5)?.to_owned(),
        sha256: row.text(6)?.to_owned(),
        size: row.int(7)?,
        office: row.text(8)?.into(),
        holder: row.text(9)?.to_owned(),
        at: row.time(10)?,
    })
}
