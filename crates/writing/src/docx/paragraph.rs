//! A paragraph being read, and what it becomes.

use std::rc::Rc;

use super::{numbering::Numbering, styles::Styles};
use crate::{
    model::{Block, Draft, Line, Look, Marker, Piece, is_blank, push, raised},
    table::Table,
};

/// Blocks, so that a hostile file of nothing but tags stays small.
const MAX_BLOCKS: usize = 200_000;

/// A paragraph that is open.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub line: Line,
    pub style: String,
    pub list: Option<u32>,
    pub list_level: Option<u32>,
    pub outline: Option<u8>,
    /// Its properties are being read.
    pub in_properties: bool,
    /// Numbers of the pictures in it, and their words.
    pub pictures: Vec<(usize, String)>,
}

/// A run that is open.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the format, independent of the others"
)]
pub(super) struct Run {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub style: String,
    pub raised: bool,
    pub hidden: bool,
    /// Its properties are being read.
    pub in_properties: bool,
    /// Its words are being read.
    pub in_text: bool,
}

impl Run {
    /// Adds words to the paragraph, as this run shows them.
    pub(super) fn push(&self, line: &mut Line, text: &str, styles: &Styles, href: Option<&Rc<str>>) {
        let (bold, italic) = styles.look(&self.style);
        let look = Look {
            bold: self.bold.or(bold).unwrap_or(false),
            italic: self.italic.or(italic).unwrap_or(false),
            href: href.cloned(),
        };
        let up = Some(text).filter(|_| self.raised).and_then(raised);
        push(line, up.as_deref().unwrap_or(text), &look);
    }
}

/// Where finished paragraphs go.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub draft: Draft,
    pub table: Option<Table>,
    /// Pictures of the table's cells: they follow it.
    waiting: Vec<Block>,
    /// The note whose words are being read.
    pub note: Option<(usize, Line)>,
    pub merged: usize,
    pub contents: bool,
}

impl Shelf {
    fn add(&mut self, block: Block) {
        if self.draft.blocks.len() < MAX_BLOCKS {
            self.draft.blocks.push(block);
        }
    }

    /// Ends a paragraph. `hidden`: it belongs to a table of contents.
    pub(super) fn end(&mut self, paragraph: Paragraph, styles: &Styles, lists: &mut Numbering, hidden: bool) {
        let style = styles.paragraph(&paragraph.style);
        if style.contents || hidden {
            self.contents = true;
            return;
        }
        let of_style = style.list.filter(|_| paragraph.list.is_none());
        let list = paragraph.list.or(of_style.map(|(list, _)| list)).filter(|l| *l != 0);
        let level = paragraph.list_level.or(of_style.map(|(_, level)| level)).unwrap_or(0);
        let label = list.and_then(|list| lists.next(list, level));
        let pictures = paragraph.pictures.into_iter().map(|(n, alt)| Block::Picture(n, alt));
        let line = paragraph.line;
        if let Some((_, note)) = &mut self.note {
            if !note.is_empty() {
                push(note, " ", &Look::default());
            }
            note.extend(line);
            return;
        }
        if let Some(table) = &mut self.table {
            table.add(labelled(label, line));
            self.waiting.extend(pictures);
            return;
        }
        if !is_blank(&line) {
            let outline = paragraph.outline.filter(|o| *o < 9).map(|o| (o + 1).min(6));
            self.add(match (style.heading.or(outline), label.as_deref().and_then(Marker::read)) {
                (Some(level), None | Some(Marker::Bullet)) => Block::Heading(level, line),
                (Some(level), Some(_)) => Block::Heading(level, labelled(label, line)),
                (None, Some(marker)) => marker.block(usize::try_from(level).unwrap_or(0), line),
                (None, None) if style.quote => Block::Quote(line),
                (None, None) => Block::Paragraph(line),
            });
        }
        pictures.for_each(|picture| self.add(picture));
    }

    pub(super) fn start_table(&mut self) {
        match &mut self.table {
            Some(table) => table.inner += 1,
            None => self.table = Some(Table::default()),
        }
    }

    /// The table, while its own rows are read and not those of a table inside of it.
    pub(super) fn own_table(&mut self) -> Option<&mut Table> {
        self.table.as_mut().filter(|t| t.inner == 0)
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|t| t.inner > 0) {
            table.inner -= 1;
        } else if let Some(table) = self.table.take() {
            self.merged += table.merged;
            self.add(Block::Table(table.finish()));
            for picture in std::mem::take(&mut self.waiting) {
                self.add(picture);
            }
        }
    }
}

/// A line with the number that it is seen with.
fn labelled(label: Option<String>, mut line: Line) -> Line {
    if let Some(label) = label.filter(|l| !l.trim().is_empty() && !is_blank(&line)) {
        line.insert(0, Piece::Words(format!("{} ", label.trim()), Look::default()));
    }
    line
}
