//! Tokens of the API, by the hash of their secret; and what was answered to requests with a key.

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO api_token (id, hash, office, holder, name, scopes, at, expires, used, ended) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)";
    BY_HASH = "SELECT id, office, holder, name, scopes, at, expires, used, ended FROM api_token WHERE hash = $1";
    OF_OFFICE = "SELECT id, office, holder, name, scopes, at, expires, used, ended FROM api_token \
                 WHERE office = $1 ORDER BY at DESC, id";
    USED = "UPDATE api_token SET used = $2 WHERE id = $1";
    END = "UPDATE api_token SET ended = $3 WHERE id = $1 AND office = $2 AND ended IS NULL";
    END_OFFICE = "UPDATE api_token SET ended = $2 WHERE office = $1 AND ended IS NULL";
    BEGIN = "INSERT INTO api_answer (token, key, asked, status, body, at) VALUES ($1, $2, $3, 0, $4, $5)";
    ANSWER = "SELECT asked, status, body, at FROM api_answer WHERE token = $1 AND key = $2 /*lock*/";
    KEEP = "UPDATE api_answer SET status = $3, body = $4 WHERE token = $1 AND key = $2";
    FORGET = "DELETE FROM api_answer WHERE token = $1 AND key = $2";
    SWEEP = "DELETE FROM api_answer WHERE at < $1";
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub office: OfficeId,
    /// In whose name.
    pub holder: Uuid,
    /// What it is called.
    pub name: String,
    /// What it may be used for: words with a space between.
    pub scopes: String,
    /// When it was made.
    pub at: Timestamp,
    /// Until when it is good.
    pub expires: Timestamp,
    /// The local day on which it was last used.
    pub used: Option<Date>,
    /// When it was ended before its time.
    pub ended: Option<Timestamp>,
}

/// What was answered to a request with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The hash of what was asked.
    pub asked: String,
    /// The answer's status; 0 while it is being made.
    pub status: u32,
    /// The answer's body.
    pub body: Vec<u8>,
    /// When it was asked.
    pub at: Timestamp,
}

impl Tx {
    /// Adds a token by its secret's hash.
    pub async fn add_api_token(&mut self, hash: &str, t: &ApiToken) -> Result<()> {
        let values = args![t.id, hash, t.office.as_str(), t.holder, &*t.name, &*t.scopes, t.at, t.expires];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// The token of a secret's hash, one that has ended too.
    pub async fn api_token(&mut self, hash: &str) -> Result<Option<ApiToken>> {
        self.row(BY_HASH, &args![hash]).await?.as_ref().map(token).transpose()
    }

    /// An office's tokens, the newest first; those that have ended too.
    pub async fn api_tokens(&mut self, office: &OfficeId) -> Result<Vec<ApiToken>> {
        self.rows(OF_OFFICE, &args![office.as_str()]).await?.iter().map(token).collect()
    }

    /// Puts the day of a token's last use on record.
    pub async fn api_token_used(&mut self, id: Uuid, day: Date) -> Result<()> {
        self.run(USED, &args![id, day.to_string()]).await?;
        Ok(())
    }

    /// Ends one of an office's tokens; false if it had ended, or is another's.
    pub async fn end_api_token(&mut self, id: Uuid, office: &OfficeId, at: Timestamp) -> Result<bool> {
        Ok(self.run(END, &args![id, office.as_str(), at]).await? == 1)
    }

    /// Ends all of an office's tokens.
    pub async fn end_api_tokens(&mut self, office: &OfficeId, at: Timestamp) -> Result<u64> {
        self.run(END_OFFICE, &args![office.as_str(), at]).await
    }

    /// Begins to answer a request with a key. One that was begun already is a
    /// [`StoreError::Conflict`](crate::StoreError::Conflict).
    pub async fn begin_api_answer(
        &mut self,
        token: Uuid,
        key: &str,
        asked: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.run(BEGIN, &args![token, key, asked, Vec::<u8>::new(), at]).await?;
        Ok(())
    }

    /// What was answered to a key; locked where this transaction writes.
    pub async fn api_answer(&mut self, token: Uuid, key: &str) -> Result<Option<ApiAnswer>> {
        let found = self.row(ANSWER, &args![token, key]).await?;
        let read = |row: &Row| {
            Ok(ApiAnswer {
                asked: row.text(0)?.to_owned(),
                status: row.count(1)?,
                body: row.bytes(2)?.to_owned(),
                at: row.time(3)?,
            })
        };
        found.as_ref().map(read).transpose()
    }

    /// Keeps what was answered to a key.
    pub async fn keep_api_answer(&mut self, token: Uuid, key: &str, status: u32, body: &[u8]) -> Result<()> {
        self.run(KEEP, &args![token, key, status, body]).await?;
        Ok(())
    }

    /// Forgets a key: what it asked for came to nothing, and may be asked again.
    pub async fn forget_api_answer(&mut self, token: Uuid, key: &str) -> Result<()> {
        self.run(FORGET, &args![token, key]).await?;
        Ok(())
    }

    /// Forgets what was asked before then.
    pub async fn sweep_api_answers(&mut self, before: Timestamp) -> Result<()> {
        self.run(SWEEP, &args![before]).await?;
        Ok(())
    }
}

fn token(row: &Row) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row.id(0)?,
        office: row.text(1)?.into(),
        holder: row.id(2)?,
        name: row.text(3)?.to_owned(),
        scopes: row.text(4)?.to_owned(),
        at: row.time(5)?,
        expires: row.time(6)?,
        used: row.maybe_text(7)?.map(|_| row.day(7)).transpose()?,
        ended: row.maybe_time(8)?,
    })
}
