//! Pictures and attachments, kept in the database so that one backup has everything.

use jiff::Timestamp;
use nhipcau_domain::id::OfficeId;
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

statements! {
    ADD = "INSERT INTO media (id, kind, name, media_type, sha256, size, width, height, alt, caption, credit, office, at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ADD_RENDITION = "INSERT INTO media_rendition (media_id, name, media_type, sha256, size, width, height, bytes) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DESCRIBE = "UPDATE media SET alt = $2, caption = $3, credit = $4 WHERE id = $1";
    SOME = "SELECT id, kind, name, media_type, sha256, size, width, height, alt, caption, credit, office, at \
            FROM media WHERE id IN (/*list*/)";
    LATEST = "SELECT id, kind, name, media_type, sha256, size, width, height, alt, caption, credit, office, at \
              FROM media WHERE kind = $1 ORDER BY at DESC, id DESC LIMIT $2 OFFSET $3";
    SAME = "SELECT id, kind, name, media_type, sha256, size, width, height, alt, caption, credit, office, at \
            FROM media WHERE sha256 = $1 ORDER BY at, id LIMIT 1";
    RENDITIONS = "SELECT media_id, name, media_type, size, width, height FROM media_rendition \
                  WHERE media_id IN (/*list*/) ORDER BY media_id, width, media_type, name";
    BYTES = "SELECT media_type, sha256, bytes FROM media_rendition WHERE media_id = $1 AND name = $2";
    IS_OUT = "SELECT 1 FROM article_media m JOIN article a ON a.id = m.article_id \
              AND a.published_revision = m.revision WHERE m.media_id = $1 AND a.status = 'published' \
              UNION ALL SELECT 1 FROM register_file f JOIN register_document d ON d.id = f.document_id \
              WHERE f.media_id = $1 AND d.status = 'published' LIMIT 1";
}

/// A picture or an attachment, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRecord {
    /// Its id.
    pub id: Uuid,
    /// `picture` or `attachment`.
    pub kind: String,
    /// The file's name, for readers who save it.
    pub name: String,
    /// The media type of what was brought in.
    pub media_type: String,
    /// The hash of what was brought in.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// A picture's width in pixels; 0 of an attachment.
    pub width: u32,
    /// A picture's height in pixels; 0 of an attachment.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What is said beneath it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// The office that brought it in.
    pub office: OfficeId,
    /// When.
    pub at: Timestamp,
}

/// A form that a picture is served in, or an attachment's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Of which picture.
    pub media: Uuid,
    /// Its name, such as `640.webp`.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its width in pixels; 0 of an attachment.
    pub width: u32,
    /// Its height in pixels; 0 of an attachment.
    pub height: u32,
}

/// A rendition that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRendition {
    /// Its name, such as `640.webp`.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// Its width in pixels; 0 of an attachment.
    pub width: u32,
    /// Its height in pixels; 0 of an attachment.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A rendition's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionBytes {
    /// Its media type.
    pub media_type: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Tx {
    /// Adds a picture or an attachment with its renditions.
    pub async fn add_media(&mut self, m: &MediaRecord, renditions: &[NewRendition]) -> Result<()> {
        let file =
            args![m.id, m.kind.as_str(), m.name.as_str(), m.media_type.as_str(), m.sha256.as_str(), m.size];
        let about = args![m.width, m.height, m.alt.as_str(), m.caption.as_str(), m.credit.as_str()];
        self.run(ADD, &[&file[..], &about[..], &args![m.office.as_str(), m.at][..]].concat()).await?;
        for r in renditions {
            let size = i64::try_from(r.bytes.len()).unwrap_or(i64::MAX);
            let about = args![m.id, r.name.as_str(), r.media_type.as_str(), r.sha256.as_str(), size];
            let values = [&about[..], &args![r.width, r.height, r.bytes.as_slice()][..]].concat();
            self.run(ADD_RENDITION, &values).await?;
        }
        Ok(())
    }

    /// Changes what is said about a picture; one that is not there is a [`StoreError::Conflict`].
    pub async fn describe_media(&mut self, id: Uuid, alt: &str, caption: &str, credit: &str) -> Result<()> {
        let done = self.run(DESCRIBE, &args![id, alt, caption, credit]).await?;
        if done == 1 { Ok(()) } else { Err(StoreError::conflict("media")) }
    }

    /// Pictures and attachments by id; those that are not there are left out.
    pub async fn media(&mut self, ids: &[Uuid]) -> Result<Vec<MediaRecord>> {
        let list: Vec<Arg<'_>> = ids.iter().map(|id| Arg::from(*id)).collect();
        self.rows_in(SOME, &[], &list).await?.iter().map(read).collect()
    }

    /// The latest of a kind, the newest first.
    pub async fn latest_media(&mut self, kind: &str, limit: u32, offset: u32) -> Result<Vec<MediaRecord>> {
        self.rows(LATEST, &args![kind, limit, offset]).await?.iter().map(read).collect()
    }

    /// The first that was brought in with the same bytes.
    pub async fn media_by_hash(&mut self, sha256: &str) -> Result<Option<MediaRecord>> {
        self.row(SAME, &args![sha256]).await?.as_ref().map(read).transpose()
    }

    /// The renditions of pictures, the smallest of each first.
    pub async fn renditions(&mut self, ids: &[Uuid]) -> Result<Vec<Rendition>> {
        let list: Vec<Arg<'_>> = ids.iter().map(|id| Arg::from(*id)).collect();
        let read = |row: &Row| {
            Ok(Rendition {
                media: row.id(0)?,
                name: row.text(1)?.to_owned(),
                media_type: row.text(2)?.to_owned(),
                size: row.int(3)?,
                width: row.count(4)?,
                height: row.count(5)?,
            })
        };
        self.rows_in(RENDITIONS, &[], &list).await?.iter().map(read).collect()
    }

    /// A rendition's bytes.
    pub async fn rendition(&mut self, media: Uuid, name: &str) -> Result<Option<RenditionBytes>> {
        let read = |row: &Row| {
            Ok(RenditionBytes {
                media_type: row.text(0)?.to_owned(),
                sha256: row.text(1)?.to_owned(),
                bytes: row.bytes(2)?.to_vec(),
            })
        };
        self.row(BYTES, &args![media, name]).await?.as_ref().map(read).transpose()
    }

    /// Whether an article that is out shows it, or a document that is out has it.
    pub async fn media_is_out(&mut self, media: Uuid) -> Result<bool> {
        Ok(self.row(IS_OUT, &args![media]).await?.is_some())
    }
}

fn read(row: &Row) -> Result<MediaRecord> {
    Ok(MediaRecord {
        id: row.id(0)?,
        kind: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        media_type: row.text(3)?.to_owned(),
        sha256: row.text(4)?.to_owned(),
        size: row.int(5)?,
        width: row.count(6)?,
        height: row.count(7)?,
        alt: row.text(8)?.to_owned(),
        caption: row.text(9)?.to_owned(),
        credit: row.text(10)?.to_owned(),
        office: row.text(11)?.into(),
        at: row.time(12)?,
    })
}
