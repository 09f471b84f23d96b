//! From tags to blocks.

use html5ever::tokenizer::Tag;

use super::element::{Open, attribute, note_reference, property};
use crate::{
    model::{Block, Draft, Line, Look, Marker, Piece, is_blank, push, raised},
    table::Table,
};

/// Elements open at once; what is opened deeper is read as if it were not there.
const DEEPEST: usize = 200;
/// Blocks, so that a hostile text of nothing but tags stays small.
const MAX_BLOCKS: usize = 200_000;

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub pictures: usize,
    pub merged: usize,
    pub contents: bool,
}

/// What the current paragraph is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    Heading(u8),
    Quote,
    /// A list's item by HTML: ready with its depth and number.
    Item(usize, Option<u32>),
    /// A list's paragraph by Word: its marker stands in its words.
    WordItem(usize),
    /// A line of a table of contents.
    Contents,
}

/// The reading.
#[derive(Debug, Default)]
pub(super) struct Reader {
    open: Vec<Open>,
    base: Open,
    /// Lists that are open: the next number of a numbered one.
    lists: Vec<Option<u32>>,
    kind: Kind,
    line: Line,
    marker: String,
    table: Option<Table>,
    draft: Draft,
    seen: Seen,
}

impl Reader {
    fn top(&self) -> &Open {
        self.open.last().unwrap_or(&self.base)
    }

    pub(super) fn text(&mut self, text: &str) {
        let top = self.open.last().unwrap_or(&self.base);
        if top.skip {
            return;
        }
        if top.marker {
            self.marker.push_str(text);
            return;
        }
        let at_start = is_blank(&self.line);
        if at_start && text.trim().is_empty() {
            return;
        }
        let text = if at_start { text.trim_start() } else { text };
        let raised = Some(text).filter(|_| top.raised).and_then(raised);
        // Line ends of the source are spaces, as in a browser.
        push(&mut self.line, raised.as_deref().unwrap_or(text), &top.look);
    }

    pub(super) fn start(&mut self, tag: &Tag) {
        let open = Open::new(tag, self.top());
        let name = open.name.clone();
        if open.skip {
            return self.push(open);
        }
        match name.as_str() {
            "br" => {
                let page = attribute(tag, "style").and_then(|s| property(s, "page-break-before"));
                if page.is_none() && !is_blank(&self.line) {
                    self.line.push(Piece::Break);
                }
            }
            "img" | "v:imagedata" => self.seen.pictures += 1,
            "meta" | "link" | "hr" | "col" | "input" | "wbr" | "base" | "source" => {}
            "a" => {
                if let Some(note) = note_reference(tag) {
                    self.line.push(Piece::Note(note));
                    return self.push(Open { skip: true, ..open });
                }
                self.push(open);
            }
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "section"
            | "article" | "dt" | "dd" | "figcaption" | "address" | "center" => {
                self.close(&["p"], &["td", "th", "li", "table", "blockquote"]);
                self.flush();
                let item = match self.kind {
                    Kind::Item(depth, number) => Some(Kind::Item(depth, number)),
                    _ => None,
                };
                self.kind = item.unwrap_or_else(|| self.kind_of(tag, &name));
                self.push(open);
            }
            "ul" | "ol" => {
                self.flush();
                if self.lists.len() < DEEPEST {
                    let first = attribute(tag, "start").and_then(|s| s.parse().ok()).unwrap_or(1);
                    self.lists.push((name == "ol").then_some(first));
                    self.push(open);
                }
            }
            "li" => {
                self.close(&["li"], &["ul", "ol", "td", "th"]);
                self.flush();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next.as_ref()?;
                    *next = number.checked_add(1);
                    Some(number)
                });
                self.kind = Kind::Item(self.lists.len().saturating_sub(1), number);
                self.push(open);
            }
            "table" => {
                self.flush();
                match &mut self.table {
                    Some(table) => table.inner += 1,
                    None => self.table = Some(Table::default()),
                }
                self.push(open);
            }
            "tr" => self.cell(tag, open, true),
            "td" | "th" => self.cell(tag, open, false),
            _ => self.push(open),
        }
    }

    fn cell(&mut self, tag: &Tag, open: Open, row: bool) {
        self.close(
            if row { &["tr"] } else { &["td", "th"] },
            if row { &["table"] } else { &["tr", "table"] },
        );
        self.flush();
        if let Some(table) = self.table.as_mut().filter(|t| t.inner == 0) {
            let span = |name| attribute(tag, name).and_then(|s| s.trim().parse().ok()).unwrap_or(1);
            if row {
                table.start_row();
            } else {
                table.start_cell(span("colspan"), span("rowspan"));
            }
        }
        self.push(open);
    }

    /// What a paragraph is by its tag, class and style.
    fn kind_of(&self, tag: &Tag, name: &str) -> Kind {
        let class = attribute(tag, "class").unwrap_or_default();
        if let Some(level) = name.strip_prefix('h').and_then(|l| l.parse().ok()) {
            return Kind::Heading(level);
        }
        let style = attribute(tag, "style").unwrap_or_default();
        if let Some(list) = property(style, "mso-list").filter(|v| v.contains("level")) {
            let level = list.split("level").nth(1).unwrap_or_default();
            let level: String = level.chars().take_while(char::is_ascii_digit).collect();
            return Kind::WordItem(level.parse::<usize>().unwrap_or(1).saturating_sub(1));
        }
        match class {
            "MsoTitle" => Kind::Heading(1),
            "MsoQuote" | "MsoIntenseQuote" => Kind::Quote,
            _ if class.starts_with("MsoToc") => Kind::Contents,
            _ if name == "blockquote" || self.open.iter().any(|o| o.name == "blockquote") => Kind::Quote,
            _ => Kind::Paragraph,
        }
    }

    fn push(&mut self, open: Open) {
        if self.open.len() < DEEPEST {
            self.open.push(open);
        }
    }

    /// Closes the nearest of these elements that is open inside the nearest of `within`.
    fn close(&mut self, names: &[&str], within: &[&str]) {
        let found = self.open.iter().rposition(|o| names.contains(&o.name.as_str()));
        let wall = self.open.iter().rposition(|o| within.contains(&o.name.as_str()));
        if let Some(found) = found.filter(|f| wall.is_none_or(|w| *f > w)) {
            self.open.truncate(found);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "section"
            | "article" | "dt" | "dd" | "li" | "figcaption" | "address" | "center" => self.flush(),
            "ul" | "ol" => {
                self.flush();
                if self.open.iter().any(|o| o.name == name) {
                    self.lists.pop();
                }
            }
            "td" | "th" => {
                self.flush();
                if let Some(table) = self.table.as_mut().filter(|t| t.inner == 0) {
                    table.end_cell();
                }
            }
            "tr" => {
                self.flush();
                if let Some(table) = self.table.as_mut().filter(|t| t.inner == 0) {
                    table.end_row();
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
        if let Some(found) = self.open.iter().rposition(|o| o.name == name) {
            self.open.truncate(found);
        }
        if name == "li" {
            self.kind = Kind::Paragraph;
        }
    }

    fn end_table(&mut self) {
        self.flush();
        if let Some(table) = self.table.as_mut().filter(|t| t.inner > 0) {
            table.inner -= 1;
        } else if let Some(table) = self.table.take() {
            self.seen.merged += table.merged;
            self.add(Block::Table(table.finish()));
        }
    }

    /// Ends the current paragraph.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let marker = std::mem::take(&mut self.marker);
        // The second paragraph of an item is a paragraph.
        let kind = if is_blank(&line) { self.kind.clone() } else { std::mem::take(&mut self.kind) };
        if is_blank(&line) {
            return;
        }
        let note = self.top().note;
        if let Some(note) = note {
            return self.note(note, line);
        }
        if let Some(table) = &mut self.table {
            let mut line = line;
            if !marker.trim().is_empty() {
                line.insert(0, Piece::Words(format!("{} ", marker.trim()), Look::default()));
            }
            return table.add(line);
        }
        let block = match kind {
            Kind::Paragraph => Block::Paragraph(line),
            Kind::Heading(level) => match Marker::read(&marker) {
                Some(_) => Block::Heading(level, numbered(&marker, line)),
                None => Block::Heading(level, line),
            },
            Kind::Quote => Block::Quote(line),
            Kind::Item(depth, number) => Block::Item { depth, number, line },
            Kind::WordItem(depth) => Marker::read(&marker).unwrap_or(Marker::Bullet).block(depth, line),
            Kind::Contents => {
                self.seen.contents = true;
                return;
            }
        };
        self.add(block);
    }

    fn note(&mut self, note: usize, line: Line) {
        match self.draft.notes.last_mut().filter(|(last, _)| *last == note) {
            Some((_, words)) => {
                push(words, " ", &Look::default());
                words.extend(line);
            }
            None => self.draft.notes.push((note, line)),
        }
    }

    fn add(&mut self, block: Block) {
        if self.draft.blocks.len() < MAX_BLOCKS {
            self.draft.blocks.push(block);
        }
    }

    pub(super) fn finish(mut self) -> (Draft, Seen) {
        self.flush();
        if let Some(table) = &mut self.table {
            table.inner = 0;
            self.end_table();
        }
        (self.draft, self.seen)
    }
}

/// A heading with the number that it is seen with.
fn numbered(marker: &str, mut line: Line) -> Line {
    let seen: Vec<&str> = marker.split_whitespace().collect();
    line.insert(0, Piece::Words(format!("{} ", seen.join(" ")), Look::default()));
    line
}
