//! Layouts: the order of elements that a revision's values are written in, kept once for all.

use std::sync::Arc;

use nhipcau_domain::{
    id::{DataSetId, ElementId},
    returns::Entry,
};
use sha2::{Digest as _, Sha256};

use crate::{
    Result, StoreError, Tx,
    definitions::hex,
    packing::{json, parse},
    statement::statements,
    value::args,
};

statements! {
    FIND = "SELECT id FROM layout WHERE data_set = $1 AND sha256 = $2";
    // Only to wait: writers on PostgreSQL take the next id one after another.
    WAIT = "UPDATE meta SET value = value + 1 WHERE key = 'layout'";
    ADD = "INSERT INTO layout (id, data_set, sha256, elements) \
           SELECT coalesce(max(id), 0) + 1, $1, $2, $3 FROM layout RETURNING id";
    ALL = "SELECT id, elements FROM layout";
}

impl Tx {
    /// The id of these entries' layout, which is added if it is new.
    pub(crate) async fn layout_of(&mut self, data_set: &DataSetId, entries: &[Entry]) -> Result<i64> {
        let names: Vec<&str> = entries.iter().map(|e| e.element.as_str()).collect();
        let elements = json(&names)?;
        let hash = hex(&Sha256::digest(elements.as_bytes()));
        if let Some(row) = self.row(FIND, &args![data_set.as_str(), hash.as_str()]).await? {
            return row.int(0);
        }
        self.run(WAIT, &args![]).await?;
        // Another writer may have added it while this one waited.
        if let Some(row) = self.row(FIND, &args![data_set.as_str(), hash.as_str()]).await? {
            return row.int(0);
        }
        let added = self.row(ADD, &args![data_set.as_str(), hash, elements]).await?;
        added.ok_or_else(|| StoreError::corrupt("layout"))?.int(0)
    }

    /// The elements of a layout.
    pub(crate) async fn layout(&mut self, id: i64) -> Result<Arc<[ElementId]>> {
        if let Some(found) = self.layouts.get(&id) {
            return Ok(Arc::clone(found));
        }
        for row in self.rows(ALL, &args![]).await? {
            let elements: Vec<ElementId> = parse("layout", row.text(1)?)?;
            self.layouts.insert(row.int(0)?, elements.into());
        }
        self.layouts.get(&id).cloned().ok_or_else(|| StoreError::corrupt(format!("layout {id}")))
    }
}
