//! Pieces that several pages of the site show: a picture in all its sizes, an article in a list.

use askama::{Template, filters::HtmlSafe};

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub name: String,
    /// Its address.
    pub href: String,
}

/// All sizes of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSet {
    /// The format.
    pub media_type: String,
    /// Addresses and widths, as a `srcset` has them.
    pub srcset: String,
}

/// A picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureView {
    /// Smaller formats first.
    pub sources: Vec<SourceSet>,
    /// The size that every browser reads.
    pub src: String,
    /// All sizes in that format.
    pub srcset: String,
    /// Pixels of the original.
    pub width: u32,
    /// Pixels of the original.
    pub height: u32,
    /// Words for who cannot see it.
    pub alt: String,
    /// What stands under it; empty for none.
    pub caption: String,
    /// Who made it; empty for none.
    pub credit: String,
    /// What must stay in sight when it is cropped, as classes.
    pub focus: String,
    /// Media type of `src`.
    pub media_type: String,
    /// Bytes of `src`.
    pub size: i64,
    /// The widest that every browser reads, for previews elsewhere: address, width, height.
    pub widest: (String, u32, u32),
}

/// A picture as HTML.
#[derive(Template)]
#[template(
    ext = "html",
    source = "<picture>{% for s in picture.sources %}<source type=\"{{ s.media_type }}\" srcset=\"{{ s.srcset }}\" sizes=\"{{ sizes }}\">{% endfor %}<img src=\"{{ picture.src }}\" srcset=\"{{ picture.srcset }}\" sizes=\"{{ sizes }}\" width=\"{{ picture.width }}\" height=\"{{ picture.height }}\" alt=\"{{ alt }}\" class=\"{{ picture.focus }}\"{% if eager %} fetchpriority=\"high\"{% else %} loading=\"lazy\" decoding=\"async\"{% endif %}></picture>"
)]
pub struct PictureTag<'a> {
    picture: &'a PictureView,
    alt: &'a str,
    sizes: &'static str,
    eager: bool,
}

impl HtmlSafe for PictureTag<'_> {}

/// How wide pictures of lists are shown.
const IN_LIST: &str = "(min-width: 48rem) 20rem, 40vw";
/// How wide an article's cover is shown.
const COVER: &str = "(min-width: 50rem) 46rem, 100vw";

impl PictureView {
    /// An article's cover: seen at once.
    #[must_use]
    pub fn cover(&self) -> PictureTag<'_> {
        PictureTag { picture: self, alt: &self.alt, sizes: COVER, eager: true }
    }

    /// Beside a title in a list, which says it already: nothing for the ears.
    #[must_use]
    pub fn thumb(&self) -> PictureTag<'_> {
        PictureTag { picture: self, alt: "", sizes: IN_LIST, eager: false }
    }
}

/// An article in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its language, where it is not the page's.
    pub lang: Option<&'static str>,
    /// Its lead.
    pub lead: String,
    /// Its cover.
    pub picture: Option<PictureView>,
    /// Its column.
    pub column: Option<Link>,
    /// The day on which it went out.
    pub day: String,
    /// The same for machines.
    pub machine_day: String,
}

/// A moment in words and for machines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// In words.
    pub words: String,
    /// RFC 3339.
    pub machine: String,
}

/// The pages of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// Which page this is, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// The page with newer articles.
    pub newer: Option<String>,
    /// The page with older ones.
    pub older: Option<String>,
    /// Pages near this one, the first and the last; none where some are left out.
    pub near: Vec<Option<(u32, String)>>,
}

impl Paging {
    /// The pages of a list; `href` gives a page's address.
    #[must_use]
    pub fn new(page: u32, pages: u32, href: impl Fn(u32) -> String) -> Self {
        let mut near = Vec::new();
        let mut last = 0;
        for n in 1..=pages {
            if n != 1 && n != pages && n.abs_diff(page) > 2 {
                continue;
            }
            if n > last + 1 {
                near.push(None);
            }
            near.push(Some((n, href(n))));
            last = n;
        }
        Self {
            page,
            pages,
            newer: (page > 1).then(|| href(page - 1)),
            older: (page < pages).then(|| href(page + 1)),
            near,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_its_ends_and_what_is_near() {
        let paging = Paging::new(10, 40, |n| format!("?trang={n}"));
        let told: Vec<String> =
            paging.near.iter().map(|n| n.as_ref().map_or("…".to_owned(), |(n, _)| n.to_string())).collect();
        assert_eq!(told.join(" "), "1 … 8 9 10 11 12 … 40");
        assert_eq!(paging.newer.as_deref(), Some("?trang=9"));
        let one = Paging::new(1, 1, |_| String::new());
        assert_eq!((one.near.len(), one.newer, one.older), (1, None, None));
    }
}
