//! The latest pictures and files beside an article: put into the text, or chosen for the cover, without
//! typing ids.

use nhipcau_actions::press::{self, MediaView};
use nhipcau_store::site::Cover;

use crate::{
    failure::Failure,
    pages::media::{thumb, written},
    state::DeskState,
    visitor::SignedIn,
};

/// How many pictures and how many files are offered; the others are in the library.
const OFFERED: usize = 24;

/// A picture or a file to choose.
pub(super) struct Pick {
    pub id: String,
    pub name: String,
    /// What a picture shows, for those who do not see it.
    pub alt: String,
    pub credit: String,
    /// The address of a small picture; empty of a file.
    pub thumb: String,
    /// How it is written in a text.
    pub markdown: String,
    /// Whether it is the cover.
    pub chosen: bool,
}

/// What is offered.
pub(super) struct Picks {
    pub pictures: Vec<Pick>,
    pub files: Vec<Pick>,
    /// Whether there is no cover.
    pub no_cover: bool,
}

fn pick(view: &MediaView, cover: Option<&Cover>) -> Pick {
    let m = &view.media;
    Pick {
        id: m.id.to_string(),
        name: m.name.clone(),
        alt: m.alt.clone(),
        credit: m.credit.clone(),
        thumb: if m.kind == "picture" { thumb(view) } else { String::new() },
        markdown: written(view),
        chosen: cover.is_some_and(|c| c.media == m.id),
    }
}

impl Picks {
    pub async fn load(state: &DeskState, signed: &SignedIn, cover: Option<&Cover>) -> Result<Self, Failure> {
        let (ws, acting) = (state.ws(), signed.acting());
        let latest = press::media_library(ws, acting, true, 1).await?;
        let mut pictures: Vec<Pick> = latest.iter().take(OFFERED).map(|m| pick(m, cover)).collect();
        if let Some(cover) = cover.filter(|_| pictures.iter().all(|p| !p.chosen)) {
            // The cover is an older one, or is not there any more: it stays chosen until another is.
            let chosen = latest.iter().find(|m| m.media.id == cover.media).map(|m| pick(m, Some(cover)));
            let chosen = match chosen {
                Some(chosen) => Some(chosen),
                None => {
                    super::super::media::find(state, cover.media).await.ok().map(|m| pick(&m, Some(cover)))
                }
            };
            let id = cover.media.to_string();
            pictures.insert(
                0,
                chosen.unwrap_or_else(|| Pick {
                    name: id.clone(),
                    markdown: format!("![](tep:{id})"),
                    id,
                    alt: String::new(),
                    credit: String::new(),
                    thumb: String::new(),
                    chosen: true,
                }),
            );
        }
        let files = press::media_library(ws, acting, false, 1).await?;
        let files = files.iter().take(OFFERED).map(|m| pick(m, None)).collect();
        Ok(Self { pictures, files, no_cover: cover.is_none() })
    }
}
