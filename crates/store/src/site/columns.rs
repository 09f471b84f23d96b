//! Columns (chuyên mục) as they now are; their history is in the site's events.

use nhipcau_domain::{id::ColumnId, press::Texts};

use crate::{
    Result, StoreError, Tx,
    packing::{json, parse},
    statement::statements,
    value::{Row, args},
};

statements! {
    ALL = "SELECT id, parent, slug, names, description, position, hidden FROM site_column ORDER BY position, id";
    ADD = "INSERT INTO site_column (id, parent, slug, names, description, position, hidden) \
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE = "UPDATE site_column SET parent = $2, slug = $3, names = $4, description = $5, position = $6, \
              hidden = $7 WHERE id = $1";
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnRecord {
    /// Its name for the program: never changes, never used again.
    pub id: ColumnId,
    /// The column that it is under.
    pub parent: Option<ColumnId>,
    /// Its address; no two columns have the same.
    pub slug: String,
    /// Its name in each language.
    pub names: Texts,
    /// What is in it.
    pub description: Texts,
    /// Its place among its neighbours.
    pub position: i64,
    /// Whether menus leave it out; its address works.
    pub hidden: bool,
}

impl Tx {
    /// Every column, in order of place.
    pub async fn columns(&mut self) -> Result<Vec<ColumnRecord>> {
        self.rows(ALL, &args![]).await?.iter().map(read).collect()
    }

    /// Adds a column. An id or a slug that is taken is a [`StoreError::Conflict`].
    pub async fn add_column(&mut self, c: &ColumnRecord) -> Result<()> {
        self.run(ADD, &self::values(c)?).await?;
        Ok(())
    }

    /// Changes a column; one that is not there is a [`StoreError::Conflict`].
    pub async fn change_column(&mut self, c: &ColumnRecord) -> Result<()> {
        let done = self.run(CHANGE, &self::values(c)?).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("site_column")) }
    }
}

fn values(c: &ColumnRecord) -> Result<[crate::value::Arg<'_>; 7]> {
    Ok(args![
        c.id.as_str(),
        c.parent.as_ref().map(ColumnId::as_str),
        c.slug.as_str(),
        json(&c.names)?,
        json(&c.description)?,
        c.position,
        i64::from(c.hidden),
    ])
}

fn read(row: &Row) -> Result<ColumnRecord> {
    Ok(ColumnRecord {
        id: row.text(0)?.into(),
        parent: row.maybe_text(1)?.map(ColumnId::from),
        slug: row.text(2)?.to_owned(),
        names: parse("column names", row.text(3)?)?,
        description: parse("column description", row.text(4)?)?,
        position: row.int(5)?,
        hidden: row.int(6)? != 0,
    })
}
