//! Markdown to the HTML of an article's page: comrak reads and writes it, ammonia has the last word.

mod clean;
mod figures;
mod format;
mod links;
mod pictures;
mod prepare;

pub(crate) use self::links::is_allowed;
use comrak::{Arena, Node, Options, nodes::NodeValue, parse_document};
use nhipcau_domain::problem::Problem;

use crate::{
    labels::labels,
    mask::{Braces, Masked},
    resolve::{Form, Resolve},
    text,
};

/// Longer texts are refused: an article is a thousandth of it.
pub const MAX_MARKDOWN_BYTES: usize = 1_000_000;
/// Deeper than this nothing reads well, and what comes after us (a browser, ammonia) may be slow.
const DEEPEST: usize = 40;

/// A heading, for a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; no level is skipped.
    pub level: u8,
    /// The anchor: `#` and this lead to it.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A figure that the text binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureUse {
    /// Its key.
    pub key: String,
    /// How it is said.
    pub form: Form,
    /// The line of its braces, from 1.
    pub line: u32,
    /// Their column, in characters from 1.
    pub column: u32,
    /// What is shown; none if the figure is unknown.
    pub wording: Option<String>,
}

/// A link that leaves the text, attachments and figures aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// Its words.
    pub text: String,
}

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML: goes into the page as it is.
    pub html: String,
    /// Headings in their order.
    pub headings: Vec<Heading>,
    /// Figures in their order, unknown ones too.
    pub figures: Vec<FigureUse>,
    /// Identifiers of the pictures shown, each once.
    pub pictures: Vec<String>,
    /// Identifiers of the attachments offered, each once.
    pub attachments: Vec<String>,
    /// Links, in their order.
    pub links: Vec<Link>,
    /// The words alone, a paragraph a line.
    pub text: String,
    /// How many there are.
    pub words: usize,
    /// What keeps it from being published (`Refuse`), and what is worth knowing (`Notice`), placed.
    pub problems: Vec<Problem>,
}

/// Renders a text. `lang` is its language tag (`vi`, `en`, `km`), for the few words that a table or a
/// footnote brings itself. Whatever the text is, the HTML is safe; whatever it refers to and `resolve`
/// does not know is marked in the page and told as a problem.
#[must_use]
pub fn render(markdown: &str, resolve: &dyn Resolve, lang: &str) -> Rendered {
    if markdown.len() > MAX_MARKDOWN_BYTES {
        let problem = Problem::new("writing-too-long").with("found", markdown.len() / 1000);
        let problem = problem.with("expected", MAX_MARKDOWN_BYTES / 1000);
        return Rendered { problems: vec![problem], ..Rendered::default() };
    }
    let masked = Masked::new(markdown);
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, &masked.text, &options);
    if let Some((line, column)) = too_deep(root) {
        let problem = Problem::new("writing-too-deep").at_line(line, column).with("expected", DEEPEST);
        let text = masked.unmask(&masked.text);
        let html = format!("<p>{}</p>", escape(&text));
        let words = text::count(&text);
        return Rendered { html, text, words, problems: vec![problem], ..Rendered::default() };
    }
    let mut out = Rendered { text: text::of(root, &masked, resolve), ..Rendered::default() };
    out.words = text::count(&out.text);
    let labels = labels(lang);
    prepare::Prepare { arena: &arena, masked: &masked, resolve, labels, out: &mut out }.document(root);
    let html = format::html(root, &options, labels, &out.headings);
    out.html = clean::clean(&html, labels);
    out
}

/// What of Markdown is read. HTML is not: it is shown as it was typed.
pub(crate) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.parse.sourcepos_chars = true;
    options.render.escape = true;
    options
}

/// Where the text is nested deeper than anyone reads.
pub(crate) fn too_deep(root: Node<'_>) -> Option<(u32, u32)> {
    let mut stack = vec![(root, 0_usize)];
    while let Some((node, depth)) = stack.pop() {
        if depth > DEEPEST {
            return Some(place(node));
        }
        stack.extend(node.children().map(|c| (c, depth + 1)));
    }
    None
}

/// Where a node begins: line and column, both from 1.
pub(crate) fn place(node: Node<'_>) -> (u32, u32) {
    let start = node.data().sourcepos.start;
    let number = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
    (number(start.line), number(start.column))
}

/// Reads what stands between braces: a key, and a form if one is named.
pub(crate) fn figure(braces: &Braces) -> Result<(String, Form), Problem> {
    let (key, form) = braces.inner.split_once('|').unwrap_or((&braces.inner, "wording"));
    let (key, form) = (key.trim(), form.trim());
    let at = |p: Problem| p.at_line(braces.line, braces.column);
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace) && key.chars().count() <= 120;
    if !is_key {
        return Err(at(Problem::new("writing-figure-key").with("found", short(key))));
    }
    match Form::parse(form) {
        Some(form) => Ok((key.to_owned(), form)),
        None => Err(at(Problem::new("writing-figure-form").with("found", short(form)).with("key", key))),
    }
}

/// The beginning of a text, for a sentence about it.
pub(crate) fn short(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// Text as HTML, in a paragraph or an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// HTML of our own in the tree.
fn raw(html: String) -> NodeValue {
    NodeValue::Raw(html)
}
