//! Who holds an office, how to reach them, and what they sign in with.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO holder (id, office, name, contact, sign_in, password, totp, totp_pending, totp_step, since, until) \
           VALUES ($1, $2, $3, $4, NULL, NULL, NULL, NULL, 0, $5, NULL)";
    ONE = "SELECT id, office, name, contact, sign_in, password, totp, totp_pending, totp_step, since, until \
           FROM holder WHERE id = $1 /*lock*/";
    BY_NAME = "SELECT id, office, name, contact, sign_in, password, totp, totp_pending, totp_step, since, until \
               FROM holder WHERE sign_in = $1";
    OF_OFFICE = "SELECT id, office, name, contact, sign_in, password, totp, totp_pending, totp_step, since, until \
                 FROM holder WHERE office = $1 ORDER BY since, id";
    CURRENT = "SELECT id, office, name, contact, sign_in, password, totp, totp_pending, totp_step, since, until \
               FROM holder WHERE until IS NULL ORDER BY office, since, id";
    DESCRIBE = "UPDATE holder SET name = $2, contact = $3, sign_in = $4 WHERE id = $1";
    PASSWORD = "UPDATE holder SET password = $2 WHERE id = $1";
    PENDING = "UPDATE holder SET totp_pending = $2 WHERE id = $1";
    ENROL = "UPDATE holder SET totp = totp_pending, totp_pending = NULL, totp_step = $2 WHERE id = $1";
    RESEAL = "UPDATE holder SET totp = $3 WHERE id = $1 AND totp = $2";
    FORGET = "UPDATE holder SET password = NULL, totp = NULL, totp_pending = NULL WHERE id = $1";
    STEP = "UPDATE holder SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    END = "UPDATE holder SET until = $2, sign_in = NULL, password = NULL, totp = NULL, totp_pending = NULL \
           WHERE id = $1";
    NO_CODES = "DELETE FROM recovery_code WHERE holder = $1";
    CODE = "INSERT INTO recovery_code (hash, holder, used_at) VALUES ($1, $2, NULL)";
    USE_CODE = "UPDATE recovery_code SET used_at = $3 WHERE hash = $1 AND holder = $2 AND used_at IS NULL";
    CODES = "SELECT CAST(count(*) AS bigint) FROM recovery_code WHERE holder = $1 AND used_at IS NULL";
    NO_LINKS = "DELETE FROM setup_link WHERE holder = $1 AND used_at IS NULL";
    LINK = "INSERT INTO setup_link (hash, holder, created, expires, used_at) VALUES ($1, $2, $3, $4, NULL)";
    LINKS = "SELECT holder, expires FROM setup_link WHERE used_at IS NULL AND expires > $1";
    LINKED = "SELECT holder FROM setup_link WHERE hash = $1 AND used_at IS NULL AND expires > $2";
    USE_LINK = "UPDATE setup_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires > $2";
}

/// Who holds an office.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their id.
    pub id: Uuid,
    /// The office.
    pub office: OfficeId,
    /// Their name.
    pub name: String,
    /// A way to reach them.
    pub contact: String,
    /// What they sign in as; none before they have set themselves up, and after they have left.
    pub sign_in: Option<String>,
    /// The hash of their password, as a PHC string.
    pub password: Option<String>,
    /// The secret that their codes are made of, as the caller sealed it.
    pub totp: Option<String>,
    /// The same, shown but not confirmed by a code yet.
    pub totp_pending: Option<String>,
    /// The time step of the last code that was taken: no code is taken twice.
    pub totp_step: i64,
    /// Since when they hold the office.
    pub since: Timestamp,
    /// Until when they held it.
    pub until: Option<Timestamp>,
}

/// Without the secrets: a holder may end up in a log.
impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Holder").field("id", &self.id).field("office", &self.office).finish_non_exhaustive()
    }
}

impl Tx {
    /// Adds a holder to an office, not set up yet.
    pub async fn add_holder(
        &mut self,
        id: Uuid,
        office: &OfficeId,
        name: &str,
        contact: &str,
        since: Timestamp,
    ) -> Result<()> {
        self.run(ADD, &args![id, office.as_str(), name, contact, since]).await?;
        Ok(())
    }

    /// A holder; locked where this transaction writes.
    pub async fn holder(&mut self, id: Uuid) -> Result<Option<Holder>> {
        self.row(ONE, &args![id]).await?.as_ref().map(holder).transpose()
    }

    /// The holder who signs in under a name.
    pub async fn holder_by_sign_in(&mut self, name: &str) -> Result<Option<Holder>> {
        self.row(BY_NAME, &args![name]).await?.as_ref().map(holder).transpose()
    }

    /// An office's holders, former ones too, the first one first.
    pub async fn holders(&mut self, office: &OfficeId) -> Result<Vec<Holder>> {
        self.rows(OF_OFFICE, &args![office.as_str()]).await?.iter().map(holder).collect()
    }

    /// Whoever holds an office now, by office.
    pub async fn current_holders(&mut self) -> Result<Vec<Holder>> {
        self.rows(CURRENT, &args![]).await?.iter().map(holder).collect()
    }

    /// Sets a holder's name, contact and sign-in name. A sign-in name that another has is a
    /// [`crate::StoreError::Conflict`].
    pub async fn describe_holder(
        &mut self,
        id: Uuid,
        name: &str,
        contact: &str,
        sign_in: Option<&str>,
    ) -> Result<()> {
        self.run(DESCRIBE, &args![id, name, contact, sign_in]).await?;
        Ok(())
    }

    /// Sets the hash of a holder's password.
    pub async fn set_password(&mut self, id: Uuid, hash: &str) -> Result<()> {
        self.run(PASSWORD, &args![id, hash]).await?;
        Ok(())
    }

    /// Keeps the secret that is shown to a holder until a code confirms it.
    pub async fn set_pending_totp(&mut self, id: Uuid, secret: Option<&str>) -> Result<()> {
        self.run(PENDING, &args![id, secret]).await?;
        Ok(())
    }

    /// Takes the pending secret, confirmed by the code of a time step, and these hashes of recovery
    /// codes in place of all earlier ones.
    pub async fn enrol_totp(&mut self, id: Uuid, step: i64, codes: &[String]) -> Result<()> {
        self.run(ENROL, &args![id, step]).await?;
        self.run(NO_CODES, &args![id]).await?;
        for code in codes {
            self.run(CODE, &args![code.as_str(), id]).await?;
        }
        Ok(())
    }

    /// Keeps the secret of a holder's codes in another form, if it is still the one that was read.
    pub async fn reseal_totp(&mut self, id: Uuid, was: &str, is: &str) -> Result<()> {
        self.run(RESEAL, &args![id, was, is]).await?;
        Ok(())
    }

    /// Takes the code of a time step; false if that one or a later one was taken before.
    pub async fn take_totp_step(&mut self, id: Uuid, step: i64) -> Result<bool> {
        Ok(self.run(STEP, &args![id, step]).await? == 1)
    }

    /// Takes a recovery code by its hash; true once only.
    pub async fn take_recovery_code(&mut self, id: Uuid, hash: &str, at: Timestamp) -> Result<bool> {
        Ok(self.run(USE_CODE, &args![hash, id, at]).await? == 1)
    }

    /// How many recovery codes a holder has left.
    pub async fn recovery_codes_left(&mut self, id: Uuid) -> Result<u32> {
        self.row(CODES, &args![id]).await?.map_or(Ok(0), |row| row.count(0))
    }

    /// Takes away everything that a holder signs in with; their name and history stay.
    pub async fn forget_secrets(&mut self, id: Uuid) -> Result<()> {
        self.run(FORGET, &args![id]).await?;
        self.run(NO_CODES, &args![id]).await?;
        self.run(NO_LINKS, &args![id]).await?;
        Ok(())
    }

    /// A holder leaves the office; their sign-in name is free again.
    pub async fn end_holder(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        self.run(END, &args![id, at]).await?;
        self.run(NO_CODES, &args![id]).await?;
        self.run(NO_LINKS, &args![id]).await?;
        Ok(())
    }

    /// Remembers a set-up link by its hash, in place of earlier ones that were not used.
    pub async fn add_setup_link(
        &mut self,
        hash: &str,
        id: Uuid,
        created: Timestamp,
        expires: Timestamp,
    ) -> Result<()> {
        self.run(NO_LINKS, &args![id]).await?;
        self.run(LINK, &args![hash, id, created, expires]).await?;
        Ok(())
    }

    /// Whom a set-up link is for, if it is good at that time.
    pub async fn setup_link(&mut self, hash: &str, at: Timestamp) -> Result<Option<Uuid>> {
        self.row(LINKED, &args![hash, at]).await?.map(|row| row.id(0)).transpose()
    }

    /// Whom a set-up link waits for that is good at that time, and until when.
    pub async fn waiting_links(&mut self, at: Timestamp) -> Result<Vec<(Uuid, Timestamp)>> {
        let read = |row: &Row| Ok((row.id(0)?, row.time(1)?));
        self.rows(LINKS, &args![at]).await?.iter().map(read).collect()
    }

    /// Uses a set-up link; true once only, and never after it has expired.
    pub async fn use_setup_link(&mut self, hash: &str, at: Timestamp) -> Result<bool> {
        Ok(self.run(USE_LINK, &args![hash, at]).await? == 1)
    }
}

fn holder(row: &Row) -> Result<Holder> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(Holder {
        id: row.id(0)?,
        office: row.text(1)?.into(),
        name: row.text(2)?.to_owned(),
        contact: row.text(3)?.to_owned(),
        sign_in: owned(row.maybe_text(4)?),
        password: owned(row.maybe_text(5)?),
        totp: owned(row.maybe_text(6)?),
        totp_pending: owned(row.maybe_text(7)?),
        totp_step: row.int(8)?,
        since: row.time(9)?,
        until: row.maybe_time(10)?,
    })
}
