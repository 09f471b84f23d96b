//! Open sessions at the desk and browsers that have signed in before: by the hash of their secret.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO desk_session (hash, id, holder, stage, created, seen, proven, device, ended) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
    ONE = "SELECT id, holder, stage, created, seen, proven, device, ended FROM desk_session WHERE hash = $1";
    OF_HOLDER = "SELECT id, holder, stage, created, seen, proven, device, ended FROM desk_session \
                 WHERE holder = $1 AND ended IS NULL AND seen > $2 AND created > $3 ORDER BY created DESC, id";
    SEEN = "UPDATE desk_session SET seen = $2 WHERE hash = $1 AND ended IS NULL";
    END = "UPDATE desk_session SET ended = $2 WHERE hash = $1 AND ended IS NULL";
    END_ONE = "UPDATE desk_session SET ended = $3 WHERE id = $1 AND holder = $2 AND ended IS NULL";
    END_ALL = "UPDATE desk_session SET ended = $2 WHERE holder = $1 AND ended IS NULL";
    NO_TOKENS = "UPDATE api_token SET ended = $2 WHERE holder = $1 AND ended IS NULL";
    SWEEP = "DELETE FROM desk_session WHERE created < $1";
    DEVICE = "INSERT INTO desk_device (hash, holder, at) VALUES ($1, $2, $3)";
    KNOWN = "SELECT 1 FROM desk_device WHERE hash = $1 AND holder = $2 AND at > $3";
    NO_PINS = "UPDATE desk_pin SET ended = $2 WHERE holder = $1 AND ended IS NULL";
    NO_KEYS = "UPDATE desk_passkey SET ended = $2 WHERE holder = $1 AND ended IS NULL";
    NO_IDENTITIES = "UPDATE desk_identity SET ended = $2 WHERE holder = $1 AND ended IS NULL";
    OURS = "SELECT 1 FROM desk_device WHERE hash = $1 AND at > $2";
    OTHER_DEVICES = "DELETE FROM desk_device WHERE holder = $1 AND hash <> $2 AND hash <> $3 \
                     AND NOT EXISTS (SELECT 1 FROM desk_pin p WHERE p.device = desk_device.hash AND p.ended IS NULL)";
    NO_DEVICES = "DELETE FROM desk_device WHERE holder = $1";
    SWEEP_DEVICES = "DELETE FROM desk_device WHERE at < $1";
}

/// A session at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskSession {
    /// Its id, for lists: it opens nothing.
    pub id: Uuid,
    /// Whose.
    pub holder: Uuid,
    /// How far signing in has come, such as `full`.
    pub stage: String,
    /// When signing in began.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When the holder last proved who they are.
    pub proven: Timestamp,
    /// The kind of browser, for the holder to recognise.
    pub device: String,
    /// When it was ended before its time.
    pub ended: Option<Timestamp>,
}

impl Tx {
    /// Opens a session under the hash of its secret.
    pub async fn add_desk_session(&mut self, hash: &str, s: &DeskSession) -> Result<()> {
        let values =
            args![hash, s.id, s.holder, s.stage.as_str(), s.created, s.seen, s.proven, s.device.as_str()];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The session of a secret's hash, ended ones too.
    pub async fn desk_session(&mut self, hash: &str) -> Result<Option<DeskSession>> {
        self.row(ONE, &args![hash]).await?.as_ref().map(session).transpose()
    }

    /// A holder's sessions that were used after `seen` and begun after `created`.
    pub async fn desk_sessions(
        &mut self,
        holder: Uuid,
        seen: Timestamp,
        created: Timestamp,
    ) -> Result<Vec<DeskSession>> {
        self.rows(OF_HOLDER, &args![holder, seen, created]).await?.iter().map(session).collect()
    }

    /// A session was used.
    pub async fn desk_session_seen(&mut self, hash: &str, at: Timestamp) -> Result<()> {
        self.run(SEEN, &args![hash, at]).await?;
        Ok(())
    }

    /// Ends the session of a secret's hash; false if it was not open.
    pub async fn end_desk_session(&mut self, hash: &str, at: Timestamp) -> Result<bool> {
        Ok(self.run(END, &args![hash, at]).await? == 1)
    }

    /// Ends one of a holder's sessions by its id; false if it was not open.
    pub async fn end_desk_session_of(&mut self, id: Uuid, holder: Uuid, at: Timestamp) -> Result<bool> {
        Ok(self.run(END_ONE, &args![id, holder, at]).await? == 1)
    }

    /// Ends all of a holder's sessions, forgets their browsers, and makes void what they come in with beside a
    /// password: the PINs on those browsers, passkeys, identities at another's service, API
    /// tokens.
    pub async fn end_desk_sessions(&mut self, holder: Uuid, at: Timestamp) -> Result<u64> {
        self.run(NO_DEVICES, &args![holder]).await?;
        for statement in [NO_PINS, NO_KEYS, NO_IDENTITIES, NO_TOKENS] {
            self.run(statement, &args![holder, at]).await?;
        }
        self.run(END_ALL, &args![holder, at]).await
    }

    /// Forgets sessions that began and browsers that signed in before then.
    pub async fn sweep_desk(&mut self, sessions: Timestamp, devices: Timestamp) -> Result<()> {
        self.run(SWEEP, &args![sessions]).await?;
        self.run(SWEEP_DEVICES, &args![devices]).await?;
        Ok(())
    }

    /// Remembers a browser that has signed in, by the hash of its secret.
    pub async fn add_desk_device(&mut self, hash: &str, holder: Uuid, at: Timestamp) -> Result<()> {
        self.run(DEVICE, &args![hash, holder, at]).await?;
        Ok(())
    }

    /// Whether a browser's secret is one that we gave out since then, to whomever.
    pub async fn is_desk_device(&mut self, hash: &str, since: Timestamp) -> Result<bool> {
        Ok(self.row(OURS, &args![hash, since]).await?.is_some())
    }

    /// Forgets a holder's browsers but the one that is known by these two hashes, and those that have a PIN.
    pub async fn forget_other_devices(&mut self, holder: Uuid, own: [&str; 2]) -> Result<()> {
        let [one, other] = own;
        self.run(OTHER_DEVICES, &args![holder, one, other]).await?;
        Ok(())
    }

    /// Whether a browser has signed in as this holder since then.
    pub async fn knows_desk_device(&mut self, hash: &str, holder: Uuid, since: Timestamp) -> Result<bool> {
        Ok(self.row(KNOWN, &args![hash, holder, since]).await?.is_some())
    }
}

fn session(row: &Row) -> Result<DeskSession> {
    Ok(DeskSession {
        id: row.id(0)?,
        holder: row.id(1)?,
        stage: row.text(2)?.to_owned(),
        created: row.time(3)?,
        seen: row.time(4)?,
        proven: row.time(5)?,
        device: row.text(6)?.to_owned(),
        ended: row.maybe_time(7)?,
    })
}
