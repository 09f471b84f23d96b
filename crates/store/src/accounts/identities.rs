//! Who a holder is at another's sign-in service: an issuer and its name for them, and nothing else.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO desk_identity (id, holder, issuer, subject, at, used, ended) \
           VALUES ($1, $2, $3, $4, $5, NULL, NULL)";
    ONE = "SELECT id, holder, issuer, subject, at, used FROM desk_identity \
           WHERE issuer = $1 AND subject = $2 AND ended IS NULL /*lock*/";
    OF_HOLDER = "SELECT id, holder, issuer, subject, at, used FROM desk_identity \
                 WHERE holder = $1 AND ended IS NULL ORDER BY at, id";
    USED = "UPDATE desk_identity SET used = $2 WHERE id = $1";
    END = "UPDATE desk_identity SET ended = $3 WHERE id = $1 AND holder = $2 AND ended IS NULL";
    HOLDERS = "SELECT DISTINCT holder FROM desk_identity WHERE ended IS NULL";
}

/// Who a holder is at a sign-in service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskIdentity {
    /// Its id, for lists.
    pub id: Uuid,
    /// The holder.
    pub holder: Uuid,
    /// The service.
    pub issuer: String,
    /// Its name for them, which says nothing to people.
    pub subject: String,
    /// Since when.
    pub at: Timestamp,
    /// When they last came in by it.
    pub used: Option<Timestamp>,
}

impl Tx {
    /// Binds a holder. Someone whom another holder is bound to is a [`crate::StoreError::Conflict`].
    pub async fn add_identity(&mut self, identity: &DeskIdentity) -> Result<()> {
        let (issuer, subject) = (identity.issuer.as_str(), identity.subject.as_str());
        self.run(ADD, &args![identity.id, identity.holder, issuer, subject, identity.at]).await?;
        Ok(())
    }

    /// Whoever is bound to a service's name; locked where this transaction writes.
    pub async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<DeskIdentity>> {
        self.row(ONE, &args![issuer, subject]).await?.as_ref().map(identity).transpose()
    }

    /// What a holder is bound to.
    pub async fn identities(&mut self, holder: Uuid) -> Result<Vec<DeskIdentity>> {
        self.rows(OF_HOLDER, &args![holder]).await?.iter().map(identity).collect()
    }

    /// A holder came in by it.
    pub async fn identity_used(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        self.run(USED, &args![id, at]).await?;
        Ok(())
    }

    /// Ends what a holder is bound to; false if it was ended, or is not theirs.
    pub async fn end_identity(&mut self, id: Uuid, holder: Uuid, at: Timestamp) -> Result<bool> {
        Ok(self.run(END, &args![id, holder, at]).await? == 1)
    }

    /// The holders who are bound to a service.
    pub async fn identity_holders(&mut self) -> Result<Vec<Uuid>> {
        self.rows(HOLDERS, &args![]).await?.iter().map(|row| row.id(0)).collect()
    }
}

fn identity(row: &Row) -> Result<DeskIdentity> {
    Ok(DeskIdentity {
        id: row.id(0)?,
        holder: row.id(1)?,
        issuer: row.text(2)?.to_owned(),
        subject: row.text(3)?.to_owned(),
        at: row.time(4)?,
        used: row.maybe_time(5)?,
    })
}
