//! The last word on what reaches a page: nothing that is not on this list.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::links::{is_allowed, is_ours};
use crate::labels::Labels;

/// comrak's own words on the way back from a footnote.
const BACK: &str = "Back to reference";

static LIST: LazyLock<Builder<'static>> = LazyLock::new(list);

/// Cleans what the formatter wrote.
pub(super) fn clean(html: &str, labels: &Labels) -> String {
    let cleaned = LIST.clean(html).to_string();
    if labels.back == BACK || !cleaned.contains(BACK) {
        return cleaned;
    }
    // Only in the attribute: in the text there is no such quotation mark.
    cleaned.replace(&format!("aria-label=\"{BACK}"), &format!("aria-label=\"{}", labels.back))
}

fn set(names: &[&'static str]) -> HashSet<&'static str> {
    names.iter().copied().collect()
}

fn list() -> Builder<'static> {
    let mut list = Builder::empty();
    list.tags(set(&[
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "mark",
        "ol",
        "p",
        "picture",
        "pre",
        "section",
        "source",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]));
    list.clean_content_tags(set(&["script", "style"]));
    list.generic_attributes(HashSet::new());
    list.tag_attributes(HashMap::from([
        ("a", set(&["href", "title", "id", "aria-label"])),
        ("div", set(&["tabindex", "role", "aria-label"])),
        ("h2", set(&["id"])),
        ("h3", set(&["id"])),
        ("h4", set(&["id"])),
        ("h5", set(&["id"])),
        ("h6", set(&["id"])),
        ("img", set(&["src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"])),
        ("li", set(&["id"])),
        ("ol", set(&["start"])),
        ("source", set(&["type", "srcset", "sizes"])),
        ("span", set(&["title"])),
        ("th", set(&["scope"])),
    ]));
    list.allowed_classes(HashMap::from([
        ("a", set(&["attachment", "figure", "figure-protected", "footnote-backref"])),
        ("div", set(&["table-scroll"])),
        ("figure", set(&["picture"])),
        ("mark", set(&["figure-unknown", "picture-missing"])),
        ("section", set(&["footnotes"])),
        ("span", set(&["attachment-note", "credit", "figure", "figure-protected"])),
        ("sup", set(&["footnote-ref"])),
        ("td", set(&["to-center", "to-end"])),
        ("th", set(&["to-center", "to-end"])),
    ]));
    list.url_schemes(set(&["http", "https", "mailto", "tel"]));
    list.url_relative(UrlRelative::PassThrough);
    list.link_rel(Some("noopener"));
    list.strip_comments(true);
    list.attribute_filter(|element, attribute, value| {
        let keep = match (element, attribute) {
            ("a", "href") => is_allowed(value),
            ("img", "src") => is_ours(value),
            ("img" | "source", "srcset") => value.split(", ").all(|one| {
                one.rsplit_once(' ').is_some_and(|(href, width)| is_ours(href) && width.ends_with('w'))
            }),
            (_, "id") => value.starts_with("muc") || value.starts_with("fn-") || value.starts_with("fnref-"),
            _ => true,
        };
        keep.then_some(Cow::Borrowed(value))
    });
    list
}
