//! What was asked of a browser and waits for its answer: for minutes, and for one answer.

use jiff::Timestamp;

use crate::{Result, Tx, statement::statements, value::args};

statements! {
    ADD = "INSERT INTO desk_challenge (hash, kind, whose, body, expires) VALUES ($1, $2, $3, $4, $5)";
    TAKE = "DELETE FROM desk_challenge WHERE hash = $1 AND kind = $2 AND expires > $3 RETURNING whose, body";
    SWEEP = "DELETE FROM desk_challenge WHERE expires <= $1";
}

impl Tx {
    /// Keeps what was asked under a hash; those that are over go.
    pub async fn add_challenge(
        &mut self,
        hash: &str,
        kind: &str,
        whose: &str,
        body: &str,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<()> {
        self.run(SWEEP, &args![now]).await?;
        self.run(ADD, &args![hash, kind, whose, body, expires]).await?;
        Ok(())
    }

    /// Takes what was asked: for whom, and what else was kept. Some once only, and never after its time.
    pub async fn take_challenge(
        &mut self,
        hash: &str,
        kind: &str,
        at: Timestamp,
    ) -> Result<Option<(String, String)>> {
        let row = self.row(TAKE, &args![hash, kind, at]).await?;
        row.map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).transpose()
    }
}
