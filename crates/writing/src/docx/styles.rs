//! Styles: which of them are headings, lists, quotations, bold or italic.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::{
    Refused,
    xml::{Part, attribute, number, on, val},
};

/// A chain of styles is followed no further.
const LONGEST_CHAIN: usize = 20;

/// What a style says itself.
#[derive(Debug, Default, Clone)]
struct Style {
    name: String,
    based_on: String,
    outline: Option<u8>,
    list: Option<u32>,
    list_level: Option<u32>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// What a paragraph of a style is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// 0 for the title, 1 to 6 for headings.
    pub heading: Option<u8>,
    pub quote: bool,
    pub contents: bool,
    /// The list's number and level.
    pub list: Option<(u32, u32)>,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, Refused> {
        let mut out = Self::default();
        let mut part = Part::new(xml, "styles.xml");
        let mut now: Option<(String, Style)> = None;
        while let Some(event) = part.next()? {
            match event {
                Event::Start(e) | Event::Empty(e) => {
                    let name = e.local_name().into_inner().to_owned();
                    if name == "style" {
                        let id = attribute(&e, "styleId").unwrap_or_default().into_owned();
                        now = Some((id, Style::default()));
                    } else if let Some((_, style)) = &mut now {
                        style.entry(&name, &e);
                    }
                }
                Event::End(e) if e.local_name().into_inner() == "style" => {
                    if let Some((id, style)) = now.take() {
                        out.known.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// A style and those that it is based on.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.known.get(id);
        std::iter::successors(first, |style| self.known.get(&style.based_on)).take(LONGEST_CHAIN)
    }

    /// What a paragraph of that style is.
    pub(super) fn paragraph(&self, id: &str) -> Paragraph {
        let mut out = Paragraph::default();
        let mut outline = None;
        let (mut list, mut level) = (None, None);
        for style in self.chain(id) {
            let name = style.name.as_str();
            if out.heading.is_none() {
                out.heading = match name {
                    "title" => Some(0),
                    _ => name.strip_prefix("heading ").and_then(|n| n.trim().parse().ok()),
                };
            }
            out.quote |= matches!(name, "quote" | "intense quote");
            out.contents |= name.starts_with("toc ");
            outline = outline.or(style.outline);
            list = list.or(style.list);
            level = level.or(style.list_level);
        }
        // A file of another program may name its styles by identifier only.
        let by_id = id.strip_prefix("Heading").and_then(|n| n.parse().ok());
        let by_id = by_id.or((id == "Title").then_some(0)).filter(|_| !self.known.contains_key(id));
        out.heading = out.heading.or(by_id).or(outline.filter(|o| *o < 9).map(|o| o + 1)).map(|h| h.min(6));
        out.list = list.filter(|l| *l != 0).map(|l| (l, level.unwrap_or(0)));
        out
    }

    /// Whether words of that style are bold and italic, where it says so.
    pub(super) fn look(&self, id: &str) -> (Option<bool>, Option<bool>) {
        let (mut bold, mut italic) = (None, None);
        for style in self.chain(id) {
            bold = bold.or(style.bold);
            italic = italic.or(style.italic);
        }
        (bold, italic)
    }
}

impl Style {
    fn entry(&mut self, name: &str, e: &BytesStart<'_>) {
        match name {
            "name" => self.name = val(e).unwrap_or_default().to_lowercase(),
            "basedOn" => self.based_on = val(e).unwrap_or_default().into_owned(),
            "outlineLvl" => self.outline = number(e).and_then(|n| u8::try_from(n).ok()),
            "numId" => self.list = number(e),
            "ilvl" => self.list_level = number(e),
            "b" => self.bold = Some(on(e)),
            "i" => self.italic = Some(on(e)),
            _ => {}
        }
    }
}
