//! Offices, what they were granted, and what was done with their accounts (append-only).

use jiff::Timestamp;
use nhipcau_domain::{
    id::OfficeId,
    office::{Duty, Grant, Posting, Reach, Role},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO office (id, name, at, closed) VALUES ($1, $2, $3, NULL)";
    RENAME = "UPDATE office SET name = $2 WHERE id = $1";
    CLOSE = "UPDATE office SET closed = $2 WHERE id = $1";
    ONE = "SELECT id, name, at, closed FROM office WHERE id = $1 /*lock*/";
    ALL = "SELECT id, name, at, closed FROM office ORDER BY id";
    GRANT = "INSERT INTO office_grant (office, role, site_column) VALUES ($1, $2, $3)";
    UNGRANT = "DELETE FROM office_grant WHERE office = $1";
    ALL_GRANTS = "SELECT role, site_column, office FROM office_grant ORDER BY office, site_column, role";
    GRANTS = "SELECT role, site_column FROM office_grant WHERE office = $1 ORDER BY site_column, role";
    POST = "INSERT INTO office_posting (office, duty, reach, unit) VALUES ($1, $2, $3, $4)";
    UNPOST = "DELETE FROM office_posting WHERE office = $1";
    ALL_POSTINGS = "SELECT duty, reach, unit, office FROM office_posting ORDER BY office, duty, reach, unit";
    ADMINISTRATOR = "SELECT 1 FROM office_grant g JOIN office o ON o.id = g.office \
                     JOIN holder h ON h.office = o.id \
                     WHERE g.role = 'administrator' AND g.site_column = '' AND o.closed IS NULL \
                     AND h.until IS NULL LIMIT 1";
    POSTINGS = "SELECT duty, reach, unit FROM office_posting WHERE office = $1 ORDER BY duty, reach, unit";
    EVENT = "INSERT INTO office_event (id, office, act, body, by_office, by_holder, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    EVENTS = "SELECT id, office, act, body, by_office, by_holder, at FROM office_event \
              WHERE office = $1 ORDER BY at, id";
}

/// An office that acts on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRecord {
    /// Its id; a unit's where the office is a unit's.
    pub id: OfficeId,
    /// Its name for people.
    pub name: String,
    /// When it was set up.
    pub at: Timestamp,
    /// When it was closed; it may do nothing since.
    pub closed: Option<Timestamp>,
}

/// What was done with an office's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeEvent {
    /// Its id.
    pub id: Uuid,
    /// The office.
    pub office: OfficeId,
    /// What was done, such as `granted`.
    pub act: String,
    /// What of, as plain text: never a secret.
    pub body: String,
    /// By which office.
    pub by_office: OfficeId,
    /// By whom in it; empty for the program itself.
    pub by_holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Sets an office up. A second one of the id is a [`StoreError::Conflict`].
    pub async fn add_office(&mut self, id: &OfficeId, name: &str, at: Timestamp) -> Result<()> {
        self.run(ADD, &args![id.as_str(), name, at]).await?;
        Ok(())
    }

    /// Gives an office another name for people.
    pub async fn rename_office(&mut self, id: &OfficeId, name: &str) -> Result<()> {
        self.run(RENAME, &args![id.as_str(), name]).await?;
        Ok(())
    }

    /// Closes an office, or opens it again with none.
    pub async fn close_office(&mut self, id: &OfficeId, closed: Option<Timestamp>) -> Result<()> {
        self.run(CLOSE, &args![id.as_str(), closed.map(Timestamp::as_microsecond)]).await?;
        Ok(())
    }

    /// An office; locked where this transaction writes.
    pub async fn office(&mut self, id: &OfficeId) -> Result<Option<OfficeRecord>> {
        self.row(ONE, &args![id.as_str()]).await?.as_ref().map(record).transpose()
    }

    /// Every office, by id.
    pub async fn offices(&mut self) -> Result<Vec<OfficeRecord>> {
        self.rows(ALL, &args![]).await?.iter().map(record).collect()
    }

    /// Puts these grants in the place of those that the office had.
    pub async fn set_grants(&mut self, id: &OfficeId, grants: &[Grant]) -> Result<()> {
        self.run(UNGRANT, &args![id.as_str()]).await?;
        for grant in grants {
            let column = grant.column.as_deref().unwrap_or_default();
            self.run(GRANT, &args![id.as_str(), grant.role.as_str(), column]).await?;
        }
        Ok(())
    }

    /// What an office was granted.
    pub async fn grants(&mut self, id: &OfficeId) -> Result<Vec<Grant>> {
        self.rows(GRANTS, &args![id.as_str()]).await?.iter().map(grant).collect()
    }

    /// What every office was granted, by office.
    pub async fn all_grants(&mut self) -> Result<Vec<(OfficeId, Grant)>> {
        let read = |row: &Row| Ok((row.text(2)?.into(), grant(row)?));
        self.rows(ALL_GRANTS, &args![]).await?.iter().map(read).collect()
    }

    /// Whether an open office with a holder administers the whole site.
    pub async fn has_administrator(&mut self) -> Result<bool> {
        Ok(self.row(ADMINISTRATOR, &args![]).await?.is_some())
    }

    /// Puts these postings in the place of those that the office had.
    pub async fn set_postings(&mut self, id: &OfficeId, postings: &[Posting]) -> Result<()> {
        self.run(UNPOST, &args![id.as_str()]).await?;
        for posting in postings {
            let (reach, unit) = match &posting.reach {
                Reach::Unit(unit) => ("unit", unit.as_str()),
                Reach::Branch(unit) => ("branch", unit.as_str()),
                Reach::All => ("all", ""),
            };
            self.run(POST, &args![id.as_str(), posting.duty.as_str(), reach, unit]).await?;
        }
        Ok(())
    }

    /// What an office does with returns and reports.
    pub async fn postings(&mut self, id: &OfficeId) -> Result<Vec<Posting>> {
        self.rows(POSTINGS, &args![id.as_str()]).await?.iter().map(posting).collect()
    }

    /// What every office does with returns and reports, by office.
    pub async fn all_postings(&mut self) -> Result<Vec<(OfficeId, Posting)>> {
        let read = |row: &Row| Ok((row.text(3)?.into(), posting(row)?));
        self.rows(ALL_POSTINGS, &args![]).await?.iter().map(read).collect()
    }

    /// Puts on record what was done with an office's account.
    pub async fn add_office_event(&mut self, e: &OfficeEvent) -> Result<()> {
        let values = args![
            e.id,
            e.office.as_str(),
            e.act.as_str(),
            e.body.as_str(),
            e.by_office.as_str(),
            e.by_holder.as_str(),
            e.at
        ];
        self.run(EVENT, &values).await?;
        Ok(())
    }

    /// What was done with an office's account, the oldest first.
    pub async fn office_events(&mut self, id: &OfficeId) -> Result<Vec<OfficeEvent>> {
        let read = |row: &Row| {
            Ok(OfficeEvent {
                id: row.id(0)?,
                office: row.text(1)?.into(),
                act: row.text(2)?.to_owned(),
                body: row.text(3)?.to_owned(),
                by_office: row.text(4)?.into(),
                by_holder: row.text(5)?.to_owned(),
                at: row.time(6)?,
            })
        };
        self.rows(EVENTS, &args![id.as_str()]).await?.iter().map(read).collect()
    }
}

fn grant(row: &Row) -> Result<Grant> {
    let role = row.text(0)?;
    let role = Role::parse(role).ok_or_else(|| StoreError::corrupt(format!("role {role}")))?;
    let column = Some(row.text(1)?).filter(|c| !c.is_empty());
    Ok(Grant { role, column: column.map(Into::into) })
}

fn posting(row: &Row) -> Result<Posting> {
    let (duty, reach, unit) = (row.text(0)?, row.text(1)?, row.text(2)?);
    let duty = Duty::parse(duty).ok_or_else(|| StoreError::corrupt(format!("duty {duty}")))?;
    let reach = match reach {
        "unit" => Reach::Unit(unit.into()),
        "branch" => Reach::Branch(unit.into()),
        "all" => Reach::All,
        other => return Err(StoreError::corrupt(format!("reach {other}"))),
    };
    Ok(Posting { duty, reach })
}

fn record(row: &Row) -> Result<OfficeRecord> {
    Ok(OfficeRecord {
        id: row.text(0)?.into(),
        name: row.text(1)?.to_owned(),
        at: row.time(2)?,
        closed: row.maybe_time(3)?,
    })
}
