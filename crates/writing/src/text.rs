//! The words alone: for the search index, feeds, and counting.

use comrak::{Arena, Node, nodes::NodeValue, parse_document};

use crate::{
    mask::{FILLER, Masked},
    render::{MAX_MARKDOWN_BYTES, figure, options, too_deep},
    resolve::Resolve,
};

/// Syllables a minute: Vietnamese is counted by the syllable, as it is written.
const PACE: usize = 240;

/// A text's words, a paragraph, heading or table row a line; figures as they are said. Of a text that is
/// too long or too deep to render: nothing, or what was typed.
#[must_use]
pub fn plain(markdown: &str, resolve: &dyn Resolve) -> String {
    if markdown.len() > MAX_MARKDOWN_BYTES {
        return String::new();
    }
    let masked = Masked::new(markdown);
    let arena = Arena::new();
    let root = parse_document(&arena, &masked.text, &options());
    if too_deep(root).is_some() {
        return masked.unmask(&masked.text);
    }
    of(root, &masked, resolve)
}

/// The beginning of a text in one line of at most `chars` characters, cut at a word and closed with `…`.
/// Headings and tables are left out: they say nothing alone.
#[must_use]
pub fn excerpt(markdown: &str, resolve: &dyn Resolve, chars: usize) -> String {
    if markdown.len() > MAX_MARKDOWN_BYTES {
        return String::new();
    }
    let masked = Masked::new(markdown);
    let arena = Arena::new();
    let root = parse_document(&arena, &masked.text, &options());
    let mut words = String::new();
    if too_deep(root).is_some() {
        words = masked.unmask(&masked.text);
    } else {
        let mut stack: Vec<Node<'_>> = root.reverse_children().collect();
        while let Some(node) = stack.pop() {
            match node.data().value {
                NodeValue::Paragraph => {
                    words.push_str(&line(node, &masked, resolve));
                    words.push(' ');
                }
                NodeValue::Table(_) | NodeValue::FootnoteDefinition(_) => {}
                _ => stack.extend(node.reverse_children()),
            }
            if words.len() > chars.saturating_mul(4) {
                break;
            }
        }
    }
    cut(&words, chars)
}

fn cut(words: &str, chars: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let gap = usize::from(!out.is_empty());
        let long = word.chars().count();
        // One place is kept for the sign that something was cut.
        if length + gap + long > chars {
            while length + 1 > chars && out.pop().is_some() {
                length -= 1;
            }
            let end = out.trim_end_matches([',', ';', ':', '-', '–', '(', ' ']).len();
            out.truncate(end);
            if chars > 0 {
                out.push('…');
            }
            return out;
        }
        if gap > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += gap + long;
    }
    out
}

/// How long a text of so many words takes to read: whole minutes, at least one.
#[must_use]
pub fn reading_minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(PACE).max(1)).unwrap_or(u32::MAX)
}

/// How many words a text has.
pub(crate) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// A tree's words, a block a line.
pub(crate) fn of(root: Node<'_>, masked: &Masked, resolve: &dyn Resolve) -> String {
    let mut out = String::new();
    let mut stack: Vec<Node<'_>> = root.reverse_children().collect();
    while let Some(node) = stack.pop() {
        let words = match &node.data().value {
            NodeValue::Paragraph | NodeValue::Heading(_) => line(node, masked, resolve),
            NodeValue::TableRow(_) => {
                let cells: Vec<String> = node.children().map(|c| line(c, masked, resolve)).collect();
                cells.join(" | ")
            }
            NodeValue::CodeBlock(code) => masked.unmask(code.literal.trim_end()),
            NodeValue::HtmlBlock(_) => String::new(),
            _ => {
                stack.extend(node.reverse_children());
                continue;
            }
        };
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of one paragraph, heading, cell or link.
pub(crate) fn line(node: Node<'_>, masked: &Masked, resolve: &dyn Resolve) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => {
                for c in text.chars().filter(|c| *c != FILLER) {
                    let Some(braces) = masked.braces(c) else {
                        out.push(c);
                        continue;
                    };
                    let bound = figure(braces).ok().and_then(|(key, form)| resolve.figure(&key, form));
                    out.push_str(&bound.map_or_else(|| "…".to_owned(), |b| b.wording));
                }
            }
            NodeValue::Code(code) => out.push_str(&masked.unmask(&code.literal)),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
