//! Six digits that let a holder in on one browser: by the hash of the browser's secret.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO desk_pin (device, holder, hash, tries, at, ended) VALUES ($1, $2, $3, 0, $4, NULL)";
    ONE = "SELECT device, holder, hash, tries, at, ended FROM desk_pin WHERE device = $1 /*lock*/";
    OF_HOLDER = "SELECT device, holder, hash, tries, at, ended FROM desk_pin \
                 WHERE holder = $1 AND ended IS NULL ORDER BY at DESC, device";
    TRY = "UPDATE desk_pin SET tries = tries + 1 WHERE device = $1 AND ended IS NULL AND tries < $2";
    UNTRY = "UPDATE desk_pin SET tries = tries - 1 WHERE device = $1 AND tries > 0";
    USED = "UPDATE desk_pin SET tries = 0, at = $2 WHERE device = $1 AND ended IS NULL";
    END = "UPDATE desk_pin SET ended = $2 WHERE device = $1 AND ended IS NULL";
    HOLDERS = "SELECT DISTINCT holder FROM desk_pin WHERE ended IS NULL AND at > $1";
    SWEEP = "DELETE FROM desk_pin WHERE at < $1";
}

/// A PIN on one browser.
#[derive(Clone, PartialEq, Eq)]
pub struct DeskPin {
    /// The hash of the browser's secret.
    pub device: String,
    /// Whom it lets in.
    pub holder: Uuid,
    /// The hash of the six digits, as a PHC string.
    pub hash: String,
    /// Wrong tries in a row.
    pub tries: u32,
    /// When it was set, or last used.
    pub at: Timestamp,
    /// When it was made void.
    pub ended: Option<Timestamp>,
}

/// Without the secrets: it may end up in a log.
impl std::fmt::Debug for DeskPin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskPin")
            .field("holder", &self.holder)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

impl Tx {
    /// Sets a PIN on a browser that has none.
    pub async fn add_desk_pin(
        &mut self,
        device: &str,
        holder: Uuid,
        hash: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.run(ADD, &args![device, holder, hash, at]).await?;
        Ok(())
    }

    /// The PIN of a browser, one that was made void too; locked where this transaction writes.
    pub async fn desk_pin(&mut self, device: &str) -> Result<Option<DeskPin>> {
        self.row(ONE, &args![device]).await?.as_ref().map(pin).transpose()
    }

    /// A holder's PINs that are not void, the one used last first.
    pub async fn desk_pins(&mut self, holder: Uuid) -> Result<Vec<DeskPin>> {
        self.rows(OF_HOLDER, &args![holder]).await?.iter().map(pin).collect()
    }

    /// Counts a try; false if it is void or as many as `most` were wrong.
    pub async fn try_desk_pin(&mut self, device: &str, most: u32) -> Result<bool> {
        Ok(self.run(TRY, &args![device, most]).await? == 1)
    }

    /// Takes a try back that came to nothing.
    pub async fn untry_desk_pin(&mut self, device: &str) -> Result<()> {
        self.run(UNTRY, &args![device]).await?;
        Ok(())
    }

    /// A PIN let its holder in; false if it was made void meanwhile.
    pub async fn desk_pin_used(&mut self, device: &str, at: Timestamp) -> Result<bool> {
        Ok(self.run(USED, &args![device, at]).await? == 1)
    }

    /// Makes a browser's PIN void; false if it was.
    pub async fn end_desk_pin(&mut self, device: &str, at: Timestamp) -> Result<bool> {
        Ok(self.run(END, &args![device, at]).await? == 1)
    }

    /// The holders who have a PIN that was used since.
    pub async fn pin_holders(&mut self, since: Timestamp) -> Result<Vec<Uuid>> {
        self.rows(HOLDERS, &args![since]).await?.iter().map(|row| row.id(0)).collect()
    }

    /// Forgets PINs that were last used before then.
    pub async fn sweep_desk_pins(&mut self, before: Timestamp) -> Result<()> {
        self.run(SWEEP, &args![before]).await?;
        Ok(())
    }
}

fn pin(row: &Row) -> Result<DeskPin> {
    Ok(DeskPin {
        device: row.text(0)?.to_owned(),
        holder: row.id(1)?,
        hash: row.text(2)?.to_owned(),
        tries: row.count(3)?,
        at: row.time(4)?,
        ended: row.maybe_time(5)?,
    })
}
