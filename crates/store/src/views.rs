//! Views of numbers that offices keep: a name, and what an address asks for. What they show is made for
//! whoever opens them.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    ADD = "INSERT INTO saved_view (id, office, name, query, holder, at) VALUES ($1, $2, $3, $4, $5, $6)";
    ONE = "SELECT id, office, name, query, holder, at FROM saved_view WHERE id = $1";
    OF_OFFICE = "SELECT id, office, name, query, holder, at FROM saved_view WHERE office = $1 ORDER BY at, id";
    RENAME = "UPDATE saved_view SET name = $3 WHERE id = $1 AND office = $2";
    DROP = "DELETE FROM saved_view WHERE id = $1 AND office = $2";
}

/// A view that an office keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id: its address is made of it.
    pub id: Uuid,
    /// Whose it is.
    pub office: OfficeId,
    /// What it is called.
    pub name: String,
    /// What it asks for, as an address says it.
    pub query: String,
    /// Who kept it.
    pub holder: String,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a view.
    pub async fn add_view(&mut self, v: &SavedView) -> Result<()> {
        let values =
            args![v.id, v.office.as_str(), v.name.as_str(), v.query.as_str(), v.holder.as_str(), v.at,];
        self.run(ADD, &values).await?;
        Ok(())
    }

    /// A view.
    pub async fn view(&mut self, id: Uuid) -> Result<Option<SavedView>> {
        self.row(ONE, &args![id]).await?.as_ref().map(view).transpose()
    }

    /// The views of an office, the oldest first.
    pub async fn views_of(&mut self, office: &OfficeId) -> Result<Vec<SavedView>> {
        self.rows(OF_OFFICE, &args![office.as_str()]).await?.iter().map(view).collect()
    }

    /// Calls an office's view something else; false if it has none of that id.
    pub async fn rename_view(&mut self, id: Uuid, office: &OfficeId, name: &str) -> Result<bool> {
        Ok(self.run(RENAME, &args![id, office.as_str(), name]).await? == 1)
    }

    /// Forgets an office's view; false if it has none of that id.
    pub async fn drop_view(&mut self, id: Uuid, office: &OfficeId) -> Result<bool> {
        Ok(self.run(DROP, &args![id, office.as_str()]).await? == 1)
    }
}

fn view(row: &Row) -> Result<SavedView> {
    Ok(SavedView {
        id: row.id(0)?,
        office: row.text(1)?.into(),
        name: row.text(2)?.to_owned(),
        query: row.text(3)?.to_owned(),
        holder: row.text(4)?.to_owned(),
        at: row.time(5)?,
    })
}
