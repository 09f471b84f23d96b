//! What is set up, by version: a version is never changed, editions pin it.

use jiff::Timestamp;
use nhipcau_domain::{definitions::Definitions, id::OfficeId};
use sha2::{Digest as _, Sha256};

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    LATEST_HASH = "SELECT version, sha256 FROM definition ORDER BY version DESC LIMIT 1";
    LATEST = "SELECT version, body FROM definition ORDER BY version DESC LIMIT 1";
    AT = "SELECT version, body FROM definition WHERE version = $1";
    VERSIONS = "SELECT version, office, at FROM definition ORDER BY version";
    APPEND = "INSERT INTO definition (version, sha256, body, office, at) VALUES ($1, $2, $3, $4, $5)";
}

/// A version of the definitions, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionVersion {
    /// Its number, from 1.
    pub version: i64,
    /// Who set it.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Every version, the first one first.
    pub async fn definition_versions(&mut self) -> Result<Vec<DefinitionVersion>> {
        let read = |row: &Row| {
            Ok(DefinitionVersion { version: row.int(0)?, office: row.text(1)?.into(), at: row.time(2)? })
        };
        self.rows(VERSIONS, &args![]).await?.iter().map(read).collect()
    }

    /// Adds a version; its number. The same content as the latest adds nothing and gives that one's
    /// number. Call [`Tx::bump_change`] first, as for the tree.
    pub async fn append_definitions(
        &mut self,
        definitions: &Definitions,
        office: &OfficeId,
        at: Timestamp,
    ) -> Result<i64> {
        let body = serde_json::to_string(definitions).map_err(|e| StoreError::corrupt(e.to_string()))?;
        let hash = hex(&Sha256::digest(body.as_bytes()));
        let latest = self.row(LATEST_HASH, &args![]).await?;
        let version = match &latest {
            Some(row) if row.text(1)? == hash => return row.int(0),
            Some(row) => row.int(0)? + 1,
            None => 1,
        };
        self.run(APPEND, &args![version, hash, body, office.as_str(), at]).await?;
        Ok(version)
    }

    /// The latest version, with its number; none before anything was set up.
    pub async fn definitions(&mut self) -> Result<Option<(i64, Definitions)>> {
        self.row(LATEST, &args![]).await?.as_ref().map(definitions).transpose()
    }

    /// A version by number.
    pub async fn definitions_at(&mut self, version: i64) -> Result<Option<Definitions>> {
        let row = self.row(AT, &args![version]).await?;
        row.as_ref().map(|r| definitions(r).map(|(_, d)| d)).transpose()
    }
}

fn definitions(row: &Row) -> Result<(i64, Definitions)> {
    let version = row.int(0)?;
    let read = serde_json::from_str(row.text(1)?);
    Ok((version, read.map_err(|e| StoreError::corrupt(format!("definition {version}: {e}")))?))
}

/// Hexadecimal, lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
