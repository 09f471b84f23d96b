//! Passkeys of holders: the public half, and the counter of each.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO desk_passkey (id, holder, credential, public_key, count, portable, name, at, used, ended) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)";
    ONE = "SELECT id, holder, credential, public_key, count, portable, name, at, used, ended FROM desk_passkey \
           WHERE credential = $1 /*lock*/";
    OF_HOLDER = "SELECT id, holder, credential, public_key, count, portable, name, at, used, ended \
                 FROM desk_passkey WHERE holder = $1 AND ended IS NULL ORDER BY at, id";
    USED = "UPDATE desk_passkey SET count = $2, used = $3 WHERE id = $1 AND ended IS NULL";
    END = "UPDATE desk_passkey SET ended = $3 WHERE id = $1 AND holder = $2 AND ended IS NULL";
    HOLDERS = "SELECT DISTINCT holder FROM desk_passkey WHERE ended IS NULL";
}

/// A passkey of a holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPasskey {
    /// Its id, for lists.
    pub id: Uuid,
    /// Whom it lets in.
    pub holder: Uuid,
    /// The credential's id, as browsers write it.
    pub credential: String,
    /// The public key in COSE, written alike.
    pub public_key: String,
    /// The device's counter.
    pub count: u32,
    /// Whether it may be on more than one of the owner's devices.
    pub portable: bool,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// When it last let its owner in.
    pub used: Option<Timestamp>,
    /// When it was made void.
    pub ended: Option<Timestamp>,
}

impl Tx {
    /// Keeps a passkey. A credential that there was before is a [`crate::StoreError::Conflict`].
    pub async fn add_passkey(&mut self, key: &DeskPasskey) -> Result<()> {
        let values = args![
            key.id,
            key.holder,
            key.credential.as_str(),
            key.public_key.as_str(),
            key.count,
            i64::from(key.portable),
            key.name.as_str(),
            key.at
        ];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The passkey of a credential, one that was made void too; locked where this transaction writes.
    pub async fn passkey(&mut self, credential: &str) -> Result<Option<DeskPasskey>> {
        self.row(ONE, &args![credential]).await?.as_ref().map(key).transpose()
    }

    /// A holder's passkeys that are not void, the oldest first.
    pub async fn passkeys(&mut self, holder: Uuid) -> Result<Vec<DeskPasskey>> {
        self.rows(OF_HOLDER, &args![holder]).await?.iter().map(key).collect()
    }

    /// A passkey let its owner in; false if it was made void meanwhile.
    pub async fn passkey_used(&mut self, id: Uuid, count: u32, at: Timestamp) -> Result<bool> {
        Ok(self.run(USED, &args![id, count, at]).await? == 1)
    }

    /// Makes a holder's passkey void; false if it was, or is not theirs.
    pub async fn end_passkey(&mut self, id: Uuid, holder: Uuid, at: Timestamp) -> Result<bool> {
        Ok(self.run(END, &args![id, holder, at]).await? == 1)
    }

    /// The holders who have a passkey.
    pub async fn passkey_holders(&mut self) -> Result<Vec<Uuid>> {
        self.rows(HOLDERS, &args![]).await?.iter().map(|row| row.id(0)).collect()
    }
}

fn key(row: &Row) -> Result<DeskPasskey> {
    Ok(DeskPasskey {
        id: row.id(0)?,
        holder: row.id(1)?,
        credential: row.text(2)?.to_owned(),
        public_key: row.text(3)?.to_owned(),
        count: row.count(4)?,
        portable: row.int(5)? != 0,
        name: row.text(6)?.to_owned(),
        at: row.time(7)?,
        used: row.maybe_time(8)?,
        ended: row.maybe_time(9)?,
    })
}
