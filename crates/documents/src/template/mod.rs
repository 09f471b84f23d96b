//! The template language: Markdown with bound figures. Described in `docs/report-template.md`.

mod ask;
mod claims;
mod markdown;
mod mask;
mod nearest;

use nhipcau_domain::problem::{Problem, Severity};
use unicode_normalization::UnicodeNormalization;

pub use self::{
    ask::{Ask, FigureUse, Form, KeyUse},
    claims::Claim,
};
use crate::{front::Front, model::Column};

/// Where something stands in the template, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct At {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

/// A piece of a line, unbound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// As it is typed.
    Code(String),
    /// Bold.
    Strong(Vec<Span>),
    /// Italics.
    Emph(Vec<Span>),
    /// A link.
    Link {
        /// Its address.
        href: String,
        /// Its words.
        text: Vec<Span>,
    },
    /// A new line.
    Break,
    /// A figure to be bound.
    Figure(FigureUse),
}

/// A piece of the text that stands on lines of its own, unbound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading {
        /// Its level, from 1.
        level: u8,
        /// Its words.
        text: Vec<Span>,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The first number.
        start: u32,
        /// Its items.
        items: Vec<Vec<Part>>,
    },
    /// A quotation.
    Quote(Vec<Part>),
    /// A table typed in Markdown.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A block that the caller fills.
    Ask {
        /// What is asked for.
        ask: Ask,
        /// Where.
        at: At,
    },
    /// A new page.
    PageBreak,
}

/// A template, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its front matter.
    pub front: Front,
    /// Its text.
    pub parts: Vec<Part>,
    /// The bare numbers that stand where a figure is claimed.
    pub claims: Vec<Claim>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Every mistake that keeps it from being read, each with line and column.
    pub fn parse(source: &str) -> Result<Self, Vec<Problem>> {
        // Typed on some keyboards, Vietnamese arrives decomposed: one word must be one word.
        let source: String = source.nfc().collect::<String>().replace("\r\n", "\n");
        let source = source.trim_start_matches('\u{feff}');
        let (front, body) = split(source).map_err(|p| vec![p])?;
        let front = read_front(front).map_err(|p| vec![p])?;
        let (masked, mut problems) = mask::mask(&body);
        let read = markdown::read(&masked);
        problems.extend(read.problems);
        problems.extend(misplaced_signatures(&read.parts));
        if problems.is_empty() {
            Ok(Self { front, parts: read.parts, claims: read.claims })
        } else {
            problems.sort_by_key(|p| (p.place.line, p.place.column));
            Err(problems)
        }
    }

    /// Every key that the template binds, in the order of the text.
    #[must_use]
    pub fn keys(&self) -> Vec<KeyUse> {
        let mut out = Vec::new();
        collect(&self.parts, &mut out);
        out
    }
}

/// Checks a template against the figures that there are: an unknown one is refused, with the
/// nearest key; a bare number where a figure is claimed is noticed.
#[must_use]
pub fn check(template: &Template, known: &[&str]) -> Vec<Problem> {
    let unknown = template.keys().into_iter().filter(|k| !known.contains(&k.key.as_str())).map(|k| {
        let at = k.at;
        match nearest::nearest(&k.key, known) {
            Some(near) => {
                Problem::new("template-unknown-figure-near").with("key", k.key).with("nearest", near)
            }
            None => Problem::new("template-unknown-figure").with("key", k.key),
        }
        .at_line(at.line, at.column)
    });
    let bare = template.claims.iter().map(|c| {
        Problem::new("template-bare-number")
            .with("found", c.text.as_str())
            .severity(Severity::Notice)
            .at_line(c.at.line, c.at.column)
    });
    let mut problems: Vec<Problem> = unknown.chain(bare).collect();
    problems.sort_by_key(|p| (p.place.line, p.place.column));
    problems
}

/// The front matter, and the body with the front matter's lines left empty so that lines count on.
fn split(source: &str) -> Result<(&str, String), Problem> {
    let missing = || Problem::new("template-front-matter-missing").at_line(1, 1);
    let rest = source.strip_prefix("+++\n").ok_or_else(missing)?;
    let end = if rest.starts_with("+++") { Some(0) } else { rest.find("\n+++").map(|i| i + 1) };
    let end = end.ok_or_else(missing)?;
    let (front, after) = rest.split_at(end);
    let body = after.trim_start_matches('+');
    let lines = front.matches('\n').count() + 1;
    Ok((front, "\n".repeat(lines) + body))
}

fn read_front(text: &str) -> Result<Front, Problem> {
    toml::from_str(text).map_err(|e| {
        let before = e.span().and_then(|s| text.get(..s.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 2;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        Problem::new("template-front-matter-invalid").with("detail", e.message()).at_line(line, column)
    })
}

/// A document is signed once, and not within a list or a quotation.
fn misplaced_signatures(parts: &[Part]) -> Vec<Problem> {
    fn signatures(parts: &[Part], inside: bool, out: &mut Vec<(At, bool)>) {
        for part in parts {
            match part {
                Part::Ask { ask: Ask::Signature, at } => out.push((*at, inside)),
                Part::List { items, .. } => items.iter().for_each(|i| signatures(i, true, out)),
                Part::Quote(parts) => signatures(parts, true, out),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    signatures(parts, false, &mut found);
    let first = found.iter().position(|(_, inside)| !inside);
    let wrong = found.iter().enumerate().filter(|(n, _)| Some(*n) != first);
    wrong.map(|(_, (at, _))| Problem::new("template-signature-place").at_line(at.line, at.column)).collect()
}

fn collect(parts: &[Part], out: &mut Vec<KeyUse>) {
    for part in parts {
        match part {
            Part::Heading { text, .. } | Part::Paragraph(text) => collect_spans(text, out),
            Part::List { items, .. } => items.iter().for_each(|i| collect(i, out)),
            Part::Quote(parts) => collect(parts, out),
            Part::Table { rows, .. } => rows.iter().flatten().for_each(|c| collect_spans(c, out)),
            Part::Ask { ask, .. } => out.extend(ask.keys().iter().cloned()),
            Part::PageBreak => {}
        }
    }
}

fn collect_spans(spans: &[Span], out: &mut Vec<KeyUse>) {
    for span in spans {
        match span {
            Span::Figure(f) => out.push(KeyUse { key: f.key.clone(), at: f.at }),
            Span::Strong(s) | Span::Emph(s) | Span::Link { text: s, .. } => collect_spans(s, out),
            Span::Text(_) | Span::Code(_) | Span::Break => {}
        }
    }
}
