//! An article as lists show it, with its picture in all its forms.

use std::collections::HashMap;

use nhipcau_domain::{
    Timestamp,
    press::{ArticleKind, ContentLang},
};
use nhipcau_store::{
    Tx,
    site::{ArticleLine, Cover, MediaRecord, Rendition},
};
use uuid::Uuid;

use super::site::{ColumnView, Site};
use crate::error::Result;

/// A picture or an attachment with the forms that it is served in: `/tep/{id}/{name}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaView {
    /// What it is.
    pub media: MediaRecord,
    /// Its forms, the smallest first.
    pub renditions: Vec<Rendition>,
}

/// An article as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teaser {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: ArticleKind,
    /// Its address.
    pub href: String,
    /// Its column.
    pub column: Option<ColumnView>,
    /// Its language.
    pub lang: ContentLang,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its picture, with its forms.
    pub cover: Option<(Cover, MediaView)>,
    /// When it went out first.
    pub published_at: Timestamp,
    /// When a later revision went out.
    pub updated_at: Option<Timestamp>,
}

/// Pictures and attachments with their forms.
pub(crate) async fn views(tx: &mut Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, MediaView>> {
    let mut found: HashMap<Uuid, MediaView> = HashMap::new();
    for media in tx.media(ids).await? {
        found.insert(media.id, MediaView { media, renditions: Vec::new() });
    }
    for rendition in tx.renditions(ids).await? {
        if let Some(view) = found.get_mut(&rendition.media)
            && !view.renditions.contains(&rendition)
        {
            view.renditions.push(rendition);
        }
    }
    Ok(found)
}

/// Lines as lists show them, with their pictures.
pub(crate) async fn teasers(tx: &mut Tx, site: &Site, lines: Vec<ArticleLine>) -> Result<Vec<Teaser>> {
    let covers: Vec<Uuid> = lines.iter().filter_map(|l| l.cover.as_ref()).map(|c| c.media).collect();
    let media = views(tx, &covers).await?;
    Ok(lines.into_iter().map(|line| teaser(site, line, &media)).collect())
}

pub(super) fn teaser(site: &Site, line: ArticleLine, media: &HashMap<Uuid, MediaView>) -> Teaser {
    let cover = line.cover.clone().and_then(|c| media.get(&c.media).cloned().map(|view| (c, view)));
    Teaser {
        href: site.href_of(&line),
        column: line.column.as_ref().and_then(|c| site.column(c)).cloned(),
        cover,
        id: line.id,
        kind: line.kind,
        lang: line.lang,
        title: line.title,
        lead: line.lead,
        published_at: line.published_at,
        updated_at: line.updated_at,
    }
}
