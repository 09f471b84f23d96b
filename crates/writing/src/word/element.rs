//! What an opening tag of a word processor means.

use std::rc::Rc;

use html5ever::tokenizer::Tag;

use crate::model::Look;

/// An element that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    pub name: String,
    pub look: Look,
    /// Its words are left out.
    pub skip: bool,
    /// Its words are a list's marker.
    pub marker: bool,
    /// Its words are raised.
    pub raised: bool,
    /// Its blocks belong to the note of that number.
    pub note: Option<usize>,
}

/// An attribute's value.
pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// A property of a style attribute, in lower case. Later ones win.
pub(super) fn property(style: &str, name: &str) -> Option<String> {
    let mut all = style.split(';').filter_map(|p| p.split_once(':'));
    let found = all.rfind(|(n, _)| n.trim().eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_ascii_lowercase())
}

impl Open {
    /// What the tag means inside of `around`.
    pub(super) fn new(tag: &Tag, around: &Self) -> Self {
        let name = tag.name.to_ascii_lowercase();
        let style = attribute(tag, "style").unwrap_or_default();
        let class = attribute(tag, "class").unwrap_or_default();
        let mut open = Self { name: name.to_string(), ..around.clone() };
        match &*open.name {
            "b" | "strong" => open.look.bold = true,
            "i" | "em" | "cite" => open.look.italic = true,
            "sup" => open.raised = true,
            // A heading's or head cell's weight is its own.
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => open.look.bold = false,
            "script" | "style" | "title" | "textarea" | "iframe" | "noembed" | "noframes" | "xml" | "del"
            | "select" | "button" => open.skip = true,
            _ => {}
        }
        match property(style, "font-weight").as_deref() {
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => open.look.bold = true,
            Some("normal" | "400" | "300") => open.look.bold = false,
            _ => {}
        }
        match property(style, "font-style").as_deref() {
            Some("italic" | "oblique") => open.look.italic = true,
            Some("normal") => open.look.italic = false,
            _ => {}
        }
        open.raised |= property(style, "vertical-align").as_deref() == Some("super");
        open.marker |= property(style, "mso-list").is_some_and(|v| v.starts_with("ignore"));
        open.skip |= property(style, "display").as_deref() == Some("none")
            || property(style, "mso-hide").is_some()
            || class.contains("msoDel");
        if open.name == "a" {
            open.look.href = None;
            if let Some(href) = attribute(tag, "href").map(str::trim).filter(|h| !h.starts_with('#')) {
                open.look.href = Some(Rc::from(href));
            }
            // The way back from a note, and the note's own number.
            let back = note_number(attribute(tag, "href"), &["#_ftnref", "#_ednref"]);
            open.skip |= back.is_some() || class == "sdfootnotesym" || class == "sdendnotesym";
        }
        let id = note_number(attribute(tag, "id"), &["ftn", "edn", "sdfootnote", "sdendnote"]);
        if open.name == "div" && id.is_some() {
            open.note = id;
        }
        open
    }
}

/// The number of the note that a link refers to.
pub(super) fn note_reference(tag: &Tag) -> Option<usize> {
    let href = attribute(tag, "href");
    note_number(href, &["#_ftn", "#_edn"]).or_else(|| {
        let href = href?.strip_suffix("sym")?;
        note_number(Some(href), &["#sdfootnote", "#sdendnote"])
    })
}

/// Notes at the end are kept apart from footnotes of the same number.
fn note_number(value: Option<&str>, prefixes: &[&str]) -> Option<usize> {
    let value = value?;
    prefixes.iter().find_map(|prefix| {
        let number = value.strip_prefix(prefix)?.parse::<u32>().ok()?;
        let number = usize::try_from(number).ok()?;
        Some(if prefix.contains("ed") || prefix.contains("end") {
            number.saturating_add(1 << 32)
        } else {
            number
        })
    })
}
