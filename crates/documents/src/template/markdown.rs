//! From comrak's tree to the template's own: only what all formats can show, everything placed.

use comrak::{
    Arena, Node, Options,
    nodes::{ListType, NodeValue, Sourcepos, TableAlignment},
    parse_document,
};
use nhipcau_domain::problem::Problem;

use super::{
    At, Part, Span,
    ask::{self, Ask},
    claims::{self, BOUND, Claim, Placed},
    mask::{FILLER, Masked},
};
use crate::model::{Align, Column};

/// Deeper than this, nothing reads well and recursion is no longer cheap.
const DEEPEST: usize = 16;

/// What the text came to.
pub(super) struct Text {
    pub parts: Vec<Part>,
    pub claims: Vec<Claim>,
    pub problems: Vec<Problem>,
}

pub(super) fn read(masked: &Masked) -> Text {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.parse.sourcepos_chars = true;
    let root = parse_document(&arena, &masked.text, &options);
    let lines = masked.text.split('\n').map(|l| l.chars().collect()).collect();
    let mut reader = Reader { masked, lines, heading: 0, claims: Vec::new(), problems: Vec::new() };
    let parts = reader.parts(root, 0);
    Text { parts, claims: reader.claims, problems: reader.problems }
}

struct Reader<'m> {
    masked: &'m Masked,
    lines: Vec<Vec<char>>,
    /// The level of the last heading: a tagged document must not skip one.
    heading: u8,
    claims: Vec<Claim>,
    problems: Vec<Problem>,
}

/// One paragraph, heading or cell being read.
#[derive(Default)]
struct Line {
    running: Vec<Placed>,
    blocks: Vec<(Ask, At)>,
}

impl Reader<'_> {
    fn parts(&mut self, parent: Node<'_>, depth: usize) -> Vec<Part> {
        let mut out = Vec::new();
        for node in parent.children() {
            let (value, place) = (node.data().value.clone(), start(node.data().sourcepos));
            if depth > DEEPEST {
                self.refuse(Problem::new("template-too-deep"), place);
                return out;
            }
            match value {
                NodeValue::Paragraph => self.paragraph(node, &mut out),
                NodeValue::Heading(h) => {
                    if h.level > self.heading + 1 {
                        let skipped = Problem::new("template-heading-skipped");
                        let skipped = skipped.with("found", u32::from(h.level));
                        self.refuse(skipped.with("expected", u32::from(self.heading) + 1), place);
                    }
                    self.heading = h.level;
                    let text = self.line(node, false);
                    out.push(Part::Heading { level: h.level, text });
                }
                NodeValue::List(list) => {
                    let items = node.children().map(|item| self.parts(item, depth + 1)).collect();
                    let start = u32::try_from(list.start).unwrap_or(1);
                    out.push(Part::List { ordered: list.list_type == ListType::Ordered, start, items });
                }
                NodeValue::BlockQuote => out.push(Part::Quote(self.parts(node, depth + 1))),
                NodeValue::ThematicBreak => out.push(Part::PageBreak),
                NodeValue::CodeBlock(code) => {
                    let text = self.masked.unmask(code.literal.trim_end());
                    out.push(Part::Paragraph(vec![Span::Code(text)]));
                }
                NodeValue::Table(table) => {
                    let aligns = table.alignments.clone();
                    out.extend(self.table(node, &aligns));
                }
                NodeValue::HtmlBlock(_) => self.refuse(Problem::new("template-html"), place),
                _ => self.refuse(Problem::new("template-unsupported"), place),
            }
        }
        out
    }

    /// A paragraph: a block alone on its line, or words.
    fn paragraph(&mut self, node: Node<'_>, out: &mut Vec<Part>) {
        let mut line = Line::default();
        let spans = self.spans(node, &mut line, true);
        let only_blocks = spans.iter().all(|s| matches!(s, Span::Text(t) if t.trim().is_empty()));
        if only_blocks && !line.blocks.is_empty() {
            out.extend(line.blocks.into_iter().map(|(ask, at)| Part::Ask { ask, at }));
            return;
        }
        for (_, at) in &line.blocks {
            self.refuse(Problem::new("template-block-not-alone"), *at);
        }
        self.claims.extend(claims::claims(&line.running));
        out.push(Part::Paragraph(spans));
    }

    /// Words where no block can stand.
    fn line(&mut self, node: Node<'_>, cell: bool) -> Vec<Span> {
        let mut line = Line::default();
        let spans = self.spans(node, &mut line, !cell);
        for (_, at) in &line.blocks {
            self.refuse(Problem::new("template-block-not-alone"), *at);
        }
        self.claims.extend(claims::claims(&line.running));
        spans
    }

    fn table(&mut self, node: Node<'_>, aligns: &[TableAlignment]) -> Option<Part> {
        let mut rows =
            node.children().map(|row| row.children().map(|c| self.line(c, true)).collect::<Vec<_>>());
        let head = rows.next()?;
        let columns = head.iter().zip(aligns).map(|(title, align)| Column {
            title: plain(title),
            align: match align {
                TableAlignment::Center => Align::Center,
                TableAlignment::Right => Align::End,
                TableAlignment::Left | TableAlignment::None => Align::Start,
            },
            weight: 1,
        });
        let columns = columns.collect();
        Some(Part::Table { columns, rows: rows.collect() })
    }

    fn spans(&mut self, parent: Node<'_>, line: &mut Line, breaks: bool) -> Vec<Span> {
        let mut out = Vec::new();
        for node in parent.children() {
            let (value, place) = (node.data().value.clone(), start(node.data().sourcepos));
            match value {
                NodeValue::Text(text) => self.text(&text, place, line, &mut out),
                NodeValue::SoftBreak => {
                    line.running.push(Placed { c: ' ', at: place });
                    push_text(&mut out, " ");
                }
                NodeValue::LineBreak => {
                    line.running.push(Placed { c: ' ', at: place });
                    if breaks {
                        out.push(Span::Break);
                    }
                }
                NodeValue::Code(code) => {
                    line.running.push(Placed { c: BOUND, at: place });
                    out.push(Span::Code(self.masked.unmask(&code.literal)));
                }
                NodeValue::Strong => out.push(Span::Strong(self.spans(node, line, breaks))),
                NodeValue::Emph => out.push(Span::Emph(self.spans(node, line, breaks))),
                NodeValue::Link(target) => {
                    let href = self.masked.unmask(&target.url);
                    let allowed = ["https://", "http://", "mailto:"].iter().any(|s| href.starts_with(s));
                    if !allowed {
                        self.refuse(
                            Problem::new("template-link-address").with("found", href.as_str()),
                            place,
                        );
                    }
                    out.push(Span::Link { href, text: self.spans(node, line, breaks) });
                }
                NodeValue::Image(_) => self.refuse(Problem::new("template-image"), place),
                NodeValue::HtmlInline(_) => self.refuse(Problem::new("template-html"), place),
                _ => self.refuse(Problem::new("template-unsupported"), place),
            }
        }
        out
    }

    /// Plain words: braces are read, an escaped digit loses its backslash.
    fn text(&mut self, text: &str, place: At, line: &mut Line, out: &mut Vec<Span>) {
        let places = self.align(text, place);
        let mut chars = text.chars().zip(places).peekable();
        let mut words = String::new();
        while let Some((c, at)) = chars.next() {
            if c == FILLER {
                continue;
            }
            if let Some(braces) = self.masked.braces(c) {
                push_text(out, &std::mem::take(&mut words));
                line.running.push(Placed { c: BOUND, at });
                match ask::read(braces) {
                    Ok(ask::Read::Figure(f)) => out.push(Span::Figure(f)),
                    Ok(ask::Read::Block(b)) => line.blocks.push((b, braces.at)),
                    Err(problem) => self.problems.push(problem),
                }
                continue;
            }
            line.running.push(Placed { c, at });
            let escapes = c == '\\' && chars.peek().is_some_and(|(next, _)| next.is_ascii_digit());
            if !escapes {
                words.push(c);
            }
        }
        push_text(out, &words);
    }

    /// Where each character of a text stands: Markdown takes backslashes away, so walk along the line.
    fn align(&self, text: &str, place: At) -> Vec<At> {
        let line = usize::try_from(place.line).ok().and_then(|l| self.lines.get(l.checked_sub(1)?));
        let line: &[char] = line.map_or(&[], Vec::as_slice);
        let mut column = usize::try_from(place.column.saturating_sub(1)).unwrap_or(0);
        let column_of = |i: usize| u32::try_from(i + 1).unwrap_or(u32::MAX);
        text.chars()
            .map(|c| {
                let ahead = line.get(column..).unwrap_or_default();
                if let Some(skip) = ahead.iter().take(8).position(|l| *l == c) {
                    column += skip;
                }
                let at = At { line: place.line, column: column_of(column) };
                column += 1;
                at
            })
            .collect()
    }

    fn refuse(&mut self, problem: Problem, at: At) {
        self.problems.push(problem.at_line(at.line, at.column));
    }
}

fn start(pos: Sourcepos) -> At {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    At { line: number(pos.start.line), column: number(pos.start.column) }
}

fn push_text(out: &mut Vec<Span>, words: &str) {
    if words.is_empty() {
        return;
    }
    if let Some(Span::Text(last)) = out.last_mut() {
        last.push_str(words);
    } else {
        out.push(Span::Text(words.to_owned()));
    }
}

fn plain(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Text(t) | Span::Code(t) => out.push_str(t),
            Span::Strong(s) | Span::Emph(s) | Span::Link { text: s, .. } => out.push_str(&plain(s)),
            Span::Break => out.push(' '),
            Span::Figure(_) => {}
        }
    }
    out
}
