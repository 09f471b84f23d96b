//! All of the trail, for whoever checks it elsewhere.

use nhipcau_domain::{Date, Timestamp};
use nhipcau_store::{Tx, audit::AuditRecord};

use super::{canonical, read::begins};
use crate::{error::Result, workspace::Workspace};

/// How many records are read at once.
const READ: u32 = 1000;

/// All records from a local day on, oldest first, a thousand at a time; `each` hears them.
pub async fn export(
    tx: &mut Tx,
    since: Option<Date>,
    each: &mut (dyn FnMut(&AuditRecord) -> std::io::Result<()> + Send),
) -> Result<std::io::Result<u64>> {
    let from: Option<Timestamp> = since.and_then(begins);
    let (mut after, mut count) = (0, 0);
    loop {
        let page = tx.audit_after(after, from, READ).await?;
        let Some(last) = page.last() else { return Ok(Ok(count)) };
        after = last.seq;
        for record in &page {
            count += 1;
            if let Err(error) = each(record) {
                return Ok(Err(error));
            }
        }
    }
}

/// An export that is read piece by piece, for as long as it takes, with no transaction open in between. A
/// chain is only ever appended to: its pieces up to the record that was the newest at first are one whole.
pub struct Export {
    ws: Workspace,
    from: Option<Timestamp>,
    after: i64,
    last: i64,
}

impl Export {
    /// Begins one, of all records from a local day on.
    pub async fn begin(ws: &Workspace, since: Option<Date>) -> Result<Self> {
        let mut tx = ws.store().read().await?;
        let last = tx.audit_head().await?.map_or(0, |head| head.seq);
        Ok(Self { ws: ws.clone(), from: since.and_then(begins), after: 0, last })
    }

    /// The next lines of JSON, oldest first, and what comes after them; none at the end.
    pub async fn piece(mut self) -> Result<Option<(String, Self)>> {
        let mut tx = self.ws.store().read().await?;
        let mut records = tx.audit_after(self.after, self.from, READ).await?;
        drop(tx);
        records.retain(|r| r.seq <= self.last);
        let Some(last) = records.last() else { return Ok(None) };
        self.after = last.seq;
        let lines = records.iter().fold(String::new(), |lines, r| lines + &json_line(r) + "\n");
        Ok(Some((lines, self)))
    }
}

/// A record as one line of JSON: what is hashed, and the hash as its last member.
#[must_use]
pub fn json_line(r: &AuditRecord) -> String {
    let said = canonical(r);
    format!("{},\"hash\":{}}}", said.strip_suffix('}').unwrap_or(&said), serde_json::Value::from(&*r.hash))
}

/// The names of the columns of [`csv_line`].
#[must_use]
pub fn csv_head() -> &'static str {
    "seq,at,office,holder,what,subject,body,before,hash"
}

/// A record as a line of CSV, exactly what is hashed: no cell is changed for the sake of a spreadsheet.
#[must_use]
pub fn csv_line(r: &AuditRecord) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let texts = [r.office.as_str(), &r.holder, &r.what, &r.subject, &r.body, &r.before, &r.hash];
    let texts: Vec<String> = texts.into_iter().map(cell).collect();
    format!("{},{:.6},{}", r.seq, r.at, texts.join(","))
}
