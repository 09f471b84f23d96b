//! Revisions: what a unit sent, read back exactly as it was handed in.

use jiff::Timestamp;
use nhipcau_domain::{
    id::OfficeId,
    returns::{Origin, ReturnKey, Submission},
};
use uuid::Uuid;

use crate::{
    Answer, Result, Tx, packing,
    statement::statements,
    value::{Row, args},
};

/// The columns of a revision, and of the return that it belongs to.
macro_rules! revision_columns {
    () => {
        "s.unit, s.data_set, s.period, r.id, r.number, r.layout_id, r.\"values\", r.cells, r.words, \
         r.explanation, r.file_name, r.file_sha256, r.sheet, r.office, r.on_behalf_of, r.at "
    };
}
pub(crate) use revision_columns;

macro_rules! revisions {
    () => {
        concat!("SELECT ", revision_columns!(), "FROM revision r JOIN return_state s ON s.id = r.return_id ")
    };
}

statements! {
    OF_RETURN = concat!(revisions!(), "WHERE r.return_id = $1 ORDER BY r.number");
    NUMBERED = concat!(revisions!(), "WHERE r.return_id = $1 AND r.number = $2");
    BY_ID = concat!(revisions!(), "WHERE r.id = $1");
    PINNED = concat!(
        revisions!(),
        "JOIN edition_return p ON p.revision_id = r.id WHERE p.edition_id = $1 \
         ORDER BY s.data_set, s.period, s.unit, r.number"
    );
}

/// A revision on record; the submission's key names its return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRecord {
    /// Its id.
    pub id: Uuid,
    /// Its number within the return, from 1.
    pub number: u32,
    /// What was sent.
    pub submission: Submission,
    /// The office that entered it.
    pub office: OfficeId,
    /// The office below, if it was entered on that one's behalf.
    pub on_behalf_of: Option<OfficeId>,
    /// When it was entered.
    pub at: Timestamp,
}

impl Tx {
    /// A return's revisions, in order.
    pub async fn revisions_of(&mut self, return_id: Uuid) -> Result<Vec<RevisionRecord>> {
        let rows = self.rows(OF_RETURN, &args![return_id]).await?;
        self.revision_records(&rows).await
    }

    /// A revision by its return and number.
    pub async fn revision(&mut self, return_id: Uuid, number: u32) -> Result<Option<RevisionRecord>> {
        let rows = self.rows(NUMBERED, &args![return_id, number]).await?;
        Ok(self.revision_records(&rows).await?.pop())
    }

    /// A revision by id.
    pub async fn revision_by_id(&mut self, id: Uuid) -> Result<Option<RevisionRecord>> {
        let rows = self.rows(BY_ID, &args![id]).await?;
        Ok(self.revision_records(&rows).await?.pop())
    }

    /// The revisions that an edition rests on, by form, period and unit.
    pub async fn pinned(&mut self, edition_id: Uuid) -> Result<Vec<RevisionRecord>> {
        let rows = self.rows(PINNED, &args![edition_id]).await?;
        self.revision_records(&rows).await
    }

    async fn revision_records(&mut self, rows: &[Row]) -> Result<Vec<RevisionRecord>> {
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            records.push(self.revision_record(row, 0).await?);
        }
        Ok(records)
    }

    /// Reads [`revision_columns`] that begin at a column.
    pub(crate) fn revision_record<'a>(
        &'a mut self,
        row: &'a Row,
        first: usize,
    ) -> Answer<'a, RevisionRecord> {
        Box::pin(async move {
            let layout = self.layout(row.int(first + 5)?).await?;
            let key = ReturnKey {
                unit: row.text(first)?.into(),
                data_set: row.text(first + 1)?.into(),
                period: row.text(first + 2)?.into(),
            };
            let origin = Origin {
                file: row.text(first + 10)?.to_owned(),
                sha256: row.maybe_text(first + 11)?.unwrap_or_default().to_owned(),
                sheet: row.text(first + 12)?.to_owned(),
            };
            Ok(RevisionRecord {
                id: row.id(first + 3)?,
                number: row.count(first + 4)?,
                submission: Submission {
                    key,
                    entries: packing::entries(&layout, row.text(first + 6)?, row.text(first + 7)?)?,
                    words: packing::parse_words(row.text(first + 8)?)?,
                    explanation: row.text(first + 9)?.to_owned(),
                    origin,
                },
                office: row.text(first + 13)?.into(),
                on_behalf_of: row.maybe_text(first + 14)?.map(Into::into),
                at: row.time(first + 15)?,
            })
        })
    }
}
