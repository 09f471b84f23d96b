//! What an article's text refers to: figures with their words, pictures with their sizes, attachments.

use std::{cell::RefCell, collections::HashMap};

use nhipcau_store::site::{BoundFigure, Content};
use nhipcau_writing::{Attachment, Bound, Form, Picture, Resolve, Source, render};
use uuid::Uuid;

use super::teaser::MediaView;

/// What a text refers to, looked up before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The figures, as the public may see them.
    pub figures: Vec<BoundFigure>,
    /// Pictures and attachments.
    pub media: HashMap<Uuid, MediaView>,
    /// What is said where a number is withheld: the caller's, in the reader's language.
    pub withheld_note: String,
    /// Where pictures and attachments are served from, without a slash at the end: `/tep`, or a way in for
    /// those who may see what is not out.
    pub base: String,
}

impl Default for Resolved {
    fn default() -> Self {
        Self {
            figures: Vec::new(),
            media: HashMap::new(),
            withheld_note: String::new(),
            base: "/tep".to_owned(),
        }
    }
}

impl Resolved {
    /// Says what stands where a number is withheld.
    #[must_use]
    pub fn saying(mut self, withheld_note: &str) -> Self {
        withheld_note.clone_into(&mut self.withheld_note);
        self
    }

    fn of(&self, id: &str, kind: &str) -> Option<&MediaView> {
        self.media.get(&id.parse().ok()?).filter(|m| m.media.kind == kind)
    }
}

/// The address of a rendition.
#[must_use]
pub fn media_href(id: Uuid, name: &str) -> String {
    format!("/tep/{id}/{name}")
}

impl Resolve for Resolved {
    fn figure(&self, key: &str, form: Form) -> Option<Bound> {
        let found = self.figures.iter().find(|f| f.key.as_str() == key && f.form == form.as_str())?;
        Some(Bound {
            wording: found.wording.clone(),
            href: format!("/chi-so/{}?ky={}", found.key, found.period),
            protected: found.withheld.then(|| self.withheld_note.clone()),
        })
    }

    fn picture(&self, id: &str) -> Option<Picture> {
        let view = self.of(id, "picture")?;
        // The smaller formats first; the last one is what every browser reads.
        let rank = |mime: &str| match mime {
            "image/avif" => 0,
            "image/webp" => 1,
            _ => 2,
        };
        let mut renditions: Vec<_> = view.renditions.iter().collect();
        renditions.sort_by_key(|r| (rank(&r.media_type), r.width));
        let source = |r: &nhipcau_store::site::Rendition| Source {
            href: format!("{}/{}/{}", self.base, r.media, r.name),
            width: r.width,
            mime: r.media_type.clone(),
        };
        Some(Picture {
            sources: renditions.into_iter().map(source).collect(),
            alt: view.media.alt.clone(),
            caption: view.media.caption.clone(),
            credit: view.media.credit.clone(),
            width: view.media.width,
            height: view.media.height,
        })
    }

    fn attachment(&self, id: &str) -> Option<Attachment> {
        let view = self.of(id, "attachment")?;
        let file = view.renditions.first()?;
        Some(Attachment {
            href: format!("{}/{}/{}", self.base, file.media, file.name),
            name: view.media.name.clone(),
            kind: kind_name(&file.media_type).to_owned(),
            bytes: u64::try_from(file.size).unwrap_or(0),
        })
    }
}

/// The pictures and attachments that a content refers to, its cover among them.
#[must_use]
pub(crate) fn shown_media(content: &Content) -> Vec<Uuid> {
    let asked = Asked::default();
    // Rendered for nothing but to hear what it asks for.
    let _ = render(&content.body, &asked, "vi");
    let named = asked.0.into_inner();
    let named = named.iter().filter_map(|id| id.parse().ok());
    let mut ids: Vec<Uuid> = content.cover.iter().map(|c| c.media).chain(named).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Hears what a text asks for, and knows nothing.
#[derive(Default)]
struct Asked(RefCell<Vec<String>>);

impl Resolve for Asked {
    fn figure(&self, _: &str, _: Form) -> Option<Bound> {
        None
    }

    fn picture(&self, id: &str) -> Option<Picture> {
        self.0.borrow_mut().push(id.to_owned());
        None
    }

    fn attachment(&self, id: &str) -> Option<Attachment> {
        self.0.borrow_mut().push(id.to_owned());
        None
    }
}

/// What people call a type of attachment.
fn kind_name(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "Word",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "Excel",
        "application/vnd.oasis.opendocument.text" => "ODT",
        "application/vnd.oasis.opendocument.spreadsheet" => "ODS",
        _ => "",
    }
}
