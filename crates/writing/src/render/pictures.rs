//! Pictures: all sizes of one, with words for who cannot see it.

use std::fmt::Write;

use comrak::{
    Node,
    nodes::{NodeValue, Sourcepos},
};
use nhipcau_domain::problem::Problem;

use super::{
    escape,
    links::{FILE_SCHEME, is_ours},
    place,
    prepare::Prepare,
    raw, short,
};
use crate::{
    resolve::{Picture, Source},
    text,
};

/// How wide a picture is shown: the text's column on a large screen, all of a small one.
const SIZES: &str = "(min-width: 46rem) 44rem, 100vw";

impl<'a> Prepare<'a, '_> {
    /// Puts a picture in, or a marker where it is missing.
    pub(super) fn picture(&mut self, node: Node<'a>, url: &str, title: &str) {
        let url = self.masked.unmask(url);
        let title = self.masked.unmask(title);
        let alt = text::line(node, self.masked, self.resolve);
        let alone = is_alone(node);
        let html = self.picture_html(&url, &title, &alt, alone, place(node));
        let children: Vec<Node<'a>> = node.children().collect();
        for child in children {
            child.detach();
        }
        let sourcepos: Sourcepos = node.data().sourcepos;
        let mut data = node.data_mut();
        data.value = raw(html);
        data.sourcepos = sourcepos;
    }

    fn picture_html(&mut self, url: &str, title: &str, alt: &str, alone: bool, at: (u32, u32)) -> String {
        let Some(id) = url.strip_prefix(FILE_SCHEME) else {
            self.problem(Problem::new("writing-picture-elsewhere").with("found", short(url)), at);
            return self.missing(alt);
        };
        let picture = self.resolve.picture(id).map(only_ours).filter(|p| !p.sources.is_empty());
        let Some(picture) = picture else {
            self.problem(Problem::new("writing-picture-unknown").with("found", short(id)), at);
            return self.missing(alt);
        };
        if !self.out.pictures.iter().any(|known| known == id) {
            self.out.pictures.push(id.to_owned());
        }
        let alt = [alt, &picture.alt].into_iter().find(|t| !t.trim().is_empty()).unwrap_or_default();
        if alt.is_empty() {
            self.problem(Problem::new("writing-picture-no-words").with("found", short(id)), at);
        }
        let caption = [title, &picture.caption].into_iter().find(|t| !t.trim().is_empty());
        let html = picture_tag(&picture, alt);
        if !alone {
            return html;
        }
        let mut under = caption.map(escape).unwrap_or_default();
        if !picture.credit.trim().is_empty() {
            let gap = if under.is_empty() { "" } else { " " };
            let credit = escape(picture.credit.trim());
            let _ = write!(under, "{gap}<span class=\"credit\">{} {credit}</span>", self.labels.credit);
        }
        let under = if under.is_empty() { under } else { format!("<figcaption>{under}</figcaption>") };
        format!("<figure class=\"picture\">{html}{under}</figure>\n")
    }

    fn missing(&self, alt: &str) -> String {
        let (words, alt) = (escape(self.labels.missing), escape(alt));
        let gap = if alt.is_empty() { "" } else { ": " };
        format!("<mark class=\"picture-missing\">{words}{gap}{alt}</mark>")
    }
}

/// Alone, or with other pictures only: then it is a figure with its caption.
fn is_alone(node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    let only_pictures = parent.children().all(|c| match &c.data().value {
        NodeValue::Image(_) | NodeValue::SoftBreak | NodeValue::LineBreak => true,
        NodeValue::Raw(html) => html.starts_with("<figure"),
        _ => false,
    });
    matches!(parent.data().value, NodeValue::Paragraph) && only_pictures
}

fn only_ours(mut picture: Picture) -> Picture {
    picture.sources.retain(|s| is_ours(&s.href) && !s.href.contains(','));
    picture
}

fn set<'s>(sources: impl Iterator<Item = &'s Source>) -> String {
    let sizes: Vec<String> = sources.map(|s| format!("{} {}w", escape(&s.href), s.width)).collect();
    sizes.join(", ")
}

/// `<picture>` with a source a format; the last format is in the `<img>`.
fn picture_tag(picture: &Picture, alt: &str) -> String {
    let mut formats: Vec<&str> = Vec::new();
    for source in &picture.sources {
        if !formats.contains(&source.mime.as_str()) {
            formats.push(&source.mime);
        }
    }
    let Some(last) = formats.pop() else { return String::new() };
    let of = |mime: &str| {
        let mime = mime.to_owned();
        picture.sources.iter().filter(move |s| s.mime == mime)
    };
    let mut html = "<picture>".to_owned();
    for mime in formats {
        let (srcset, mime_name) = (set(of(mime)), escape(mime));
        let _ = write!(html, "<source type=\"{mime_name}\" srcset=\"{srcset}\" sizes=\"{SIZES}\">");
    }
    // Who reads no srcset gets a middling size.
    let src = of(last).filter(|s| s.width <= 960).max_by_key(|s| s.width).or_else(|| of(last).next());
    let src = src.map(|s| escape(&s.href)).unwrap_or_default();
    let _ = write!(
        html,
        "<img src=\"{src}\" srcset=\"{}\" sizes=\"{SIZES}\" width=\"{}\" height=\"{}\" alt=\"{}\" \
         loading=\"lazy\" decoding=\"async\"></picture>",
        set(of(last)),
        picture.width,
        picture.height,
        escape(alt)
    );
    html
}
