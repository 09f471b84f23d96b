//! The bytes of an edition: rendered documents, and attachments such as the signed copy's scan.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Row, args},
};

statements! {
    PUT = "INSERT INTO edition_document (edition_id, format, media_type, sha256, bytes) VALUES ($1, $2, $3, $4, $5)";
    LIST = "SELECT format, media_type, sha256, CAST(length(bytes) AS bigint) FROM edition_document \
            WHERE edition_id = $1 ORDER BY format";
    ONE = "SELECT format, media_type, sha256, bytes FROM edition_document WHERE edition_id = $1 AND format = $2";
    ATTACH = "INSERT INTO attachment (id, edition_id, name, media_type, sha256, bytes, office, at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ATTACHED = "SELECT id, name, media_type, sha256, CAST(length(bytes) AS bigint), office, at FROM attachment \
                WHERE edition_id = $1 ORDER BY at, id";
    ATTACHMENT = "SELECT id, edition_id, name, media_type, sha256, bytes, office, at FROM attachment WHERE id = $1";
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its format, such as `pdf`.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A rendered document without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSummary {
    /// Its format, such as `pdf`.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that belongs to an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// The edition.
    pub edition_id: Uuid,
    /// Its file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Who attached it.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

/// An attachment without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentSummary {
    /// Its id.
    pub id: Uuid,
    /// Its file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Who attached it.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a rendered document of an edition. A second one of the same format is a
    /// [`crate::StoreError::Conflict`].
    pub async fn put_document(&mut self, edition_id: Uuid, d: &StoredDocument) -> Result<()> {
        let values = args![
            edition_id,
            d.format.as_str(),
            d.media_type.as_str(),
            d.sha256.as_str(),
            d.bytes.as_slice()
        ];
        self.run(PUT, &values).await?;
        Ok(())
    }

    /// An edition's documents, without their bytes.
    pub async fn documents(&mut self, edition_id: Uuid) -> Result<Vec<DocumentSummary>> {
        let read = |row: &Row| {
            Ok(DocumentSummary {
                format: row.text(0)?.to_owned(),
                media_type: row.text(1)?.to_owned(),
                sha256: row.text(2)?.to_owned(),
                size: size(row, 3)?,
            })
        };
        self.rows(LIST, &args![edition_id]).await?.iter().map(read).collect()
    }

    /// An edition's document in a format.
    pub async fn document(&mut self, edition_id: Uuid, format: &str) -> Result<Option<StoredDocument>> {
        let read = |row: Row| {
            Ok(StoredDocument {
                format: row.text(0)?.to_owned(),
                media_type: row.text(1)?.to_owned(),
                sha256: row.text(2)?.to_owned(),
                bytes: row.bytes(3)?.to_vec(),
            })
        };
        self.row(ONE, &args![edition_id, format]).await?.map(read).transpose()
    }

    /// Attaches a file to an edition.
    pub async fn add_attachment(&mut self, a: &Attachment) -> Result<()> {
        let file = args![a.name.as_str(), a.media_type.as_str(), a.sha256.as_str(), a.bytes.as_slice()];
        let values =
            [&args![a.id, a.edition_id][..], &file[..], &args![a.office.as_str(), a.at][..]].concat();
        self.run(ATTACH, &values).await?;
        Ok(())
    }

    /// An edition's attachments, without their bytes, the oldest first.
    pub async fn attachments(&mut self, edition_id: Uuid) -> Result<Vec<AttachmentSummary>> {
        let read = |row: &Row| {
            Ok(AttachmentSummary {
                id: row.id(0)?,
                name: row.text(1)?.to_owned(),
                media_type: row.text(2)?.to_owned(),
                sha256: row.text(3)?.to_owned(),
                size: size(row, 4)?,
                office: row.text(5)?.into(),
                at: row.time(6)?,
            })
        };
        self.rows(ATTACHED, &args![edition_id]).await?.iter().map(read).collect()
    }

    /// An attachment by id.
    pub async fn attachment(&mut self, id: Uuid) -> Result<Option<Attachment>> {
        let read = |row: Row| {
            Ok(Attachment {
                id: row.id(0)?,
                edition_id: row.id(1)?,
                name: row.text(2)?.to_owned(),
                media_type: row.text(3)?.to_owned(),
                sha256: row.text(4)?.to_owned(),
                bytes: row.bytes(5)?.to_vec(),
                office: row.text(6)?.into(),
                at: row.time(7)?,
            })
        };
        self.row(ATTACHMENT, &args![id]).await?.map(read).transpose()
    }
}

fn size(row: &Row, column: usize) -> Result<u64> {
    Ok(u64::try_from(row.int(column)?).unwrap_or(0))
}
