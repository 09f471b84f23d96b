//! Writes what was read as Markdown that reads well in the editor's field and renders without problems.

use std::collections::HashMap;

use comrak::{Arena, parse_document};
use nhipcau_domain::text::nfc;

use crate::{
    docx::PICTURE_SCHEME,
    mask::Masked,
    model::{Block, Draft, Line, Look, Piece, is_blank, words},
    render::options,
    resolve::NothingBound,
    spans, text,
};

/// Deeper lists are written at this depth: more is refused when it is rendered.
const DEEPEST_LIST: usize = 8;
/// Wider tables are cut.
const WIDEST: usize = 40;

/// Writes a text of at most `limit` bytes; the second value says whether something was left out.
pub(crate) fn write(draft: &Draft, limit: usize) -> (String, bool) {
    let notes = Notes::new(draft);
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut last: Option<&Block> = None;
    for block in &draft.blocks {
        let text = match block {
            Block::Heading(level, line) => {
                let line = one_line(line);
                let heading = inline(&plain(&line), &notes, Place::Heading);
                format!("{} {heading}", "#".repeat(usize::from((*level).clamp(1, 6))))
            }
            Block::Paragraph(line) => inline(line, &notes, Place::Paragraph),
            Block::Quote(line) => {
                format!("> {}", inline(line, &notes, Place::Paragraph).replace('\n', "\n> "))
            }
            Block::Item { depth, number, line } => {
                lists.item((*depth).min(DEEPEST_LIST), *number, &inline(line, &notes, Place::Paragraph))
            }
            Block::Table(rows) => table(rows, &notes),
            Block::Picture(number, alt) => {
                format!("![{}]({PICTURE_SCHEME}{number})", spans::escape(&one_space(alt), true))
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        if !matches!(block, Block::Item { .. }) {
            lists = Lists::default();
        }
        let together = match (last, block) {
            (Some(Block::Item { .. }), Block::Item { .. }) if !lists.apart => "\n",
            (Some(Block::Quote(_)), Block::Quote(_)) => "\n>\n",
            (Some(_), _) => "\n\n",
            (None, _) => "",
        };
        if out.len() + together.len() + text.len() > limit {
            return (out, true);
        }
        out.push_str(together);
        out.push_str(&text);
        last = Some(block);
    }
    let cut = notes.write(draft, &mut out, limit);
    if !out.is_empty() {
        out.push('\n');
    }
    (out, cut)
}

/// Notes that have words, renumbered in the order in which they are referred to.
struct Notes {
    numbers: HashMap<usize, usize>,
}

impl Notes {
    fn new(draft: &Draft) -> Self {
        let known: HashMap<usize, bool> = draft.notes.iter().map(|(n, l)| (*n, !is_blank(l))).collect();
        let mut numbers = HashMap::new();
        let mut see = |line: &Line| {
            for piece in line {
                if let Piece::Note(note) = piece
                    && known.get(note) == Some(&true)
                {
                    let next = numbers.len() + 1;
                    numbers.entry(*note).or_insert(next);
                }
            }
        };
        for block in &draft.blocks {
            match block {
                Block::Heading(_, line)
                | Block::Paragraph(line)
                | Block::Quote(line)
                | Block::Item { line, .. } => see(line),
                Block::Table(rows) => rows.iter().flatten().for_each(&mut see),
                Block::Picture(..) => {}
            }
        }
        Self { numbers }
    }

    fn write(&self, draft: &Draft, out: &mut String, limit: usize) -> bool {
        let mut lines: Vec<(usize, &Line)> =
            draft.notes.iter().filter_map(|(n, line)| Some((*self.numbers.get(n)?, line))).collect();
        lines.sort_by_key(|(number, _)| *number);
        lines.dedup_by_key(|(number, _)| *number);
        for (number, line) in lines {
            let nothing = Self { numbers: HashMap::new() };
            let text = format!("\n\n[^{number}]: {}", inline(&one_line(line), &nothing, Place::Paragraph));
            if out.len() + text.len() > limit {
                return true;
            }
            out.push_str(&text);
        }
        false
    }
}

/// The lists that are open, outermost first: how far each indents what is in it, whether it is numbered.
#[derive(Default)]
struct Lists {
    open: Vec<(usize, bool)>,
    /// The last item needs an empty line before it: Markdown would read it as the words of the item above.
    apart: bool,
}

impl Lists {
    fn item(&mut self, depth: usize, number: Option<u32>, text: &str) -> String {
        let before = self.open.get(depth).map(|(_, numbered)| *numbered);
        self.open.truncate(depth);
        let other = before.is_some_and(|numbered| numbered != number.is_some());
        self.apart = other || (before.is_none() && number.is_some_and(|n| n != 1));
        let indent = " ".repeat(self.open.iter().map(|(width, _)| width).sum());
        let marker = number.map_or_else(|| "- ".to_owned(), |n| format!("{n}. "));
        self.open.push((marker.len(), number.is_some()));
        let inside = format!("\n{indent}{}", " ".repeat(marker.len()));
        format!("{indent}{marker}{}", text.replace('\n', &inside))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Heading,
    Paragraph,
    Cell,
}

fn table(rows: &[Vec<Line>], notes: &Notes) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).min(WIDEST);
    if rows.iter().flatten().all(|cell| is_blank(cell)) {
        return String::new();
    }
    // A box with one cell is a frame around a paragraph.
    if let ([row], 1) = (rows, width) {
        return row.first().map(|cell| inline(cell, notes, Place::Paragraph)).unwrap_or_default();
    }
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        for column in 0..width {
            let cell = row.get(column).map(|c| inline(&one_line(c), notes, Place::Cell)).unwrap_or_default();
            out.extend(["| ", &cell, " "]);
        }
        out.push_str("|\n");
        if index == 0 {
            out.push_str(&"|---".repeat(width));
            out.push_str("|\n");
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A line as Markdown. What comes out wrong when it is read again loses its bold and italics.
fn inline(line: &Line, notes: &Notes, place: Place) -> String {
    let line: Line = line
        .iter()
        .filter(|piece| !matches!(piece, Piece::Note(n) if !notes.numbers.contains_key(n)))
        .map(|piece| match piece {
            Piece::Note(n) => Piece::Note(notes.numbers.get(n).copied().unwrap_or_default()),
            Piece::Words(words, look) => Piece::Words(nfc(words), look.clone()),
            Piece::Break => Piece::Break,
        })
        .collect();
    let styled = spans::write(&line, place == Place::Cell);
    let wanted = words(&line);
    let text =
        if reads_as(&styled, &wanted) { styled } else { spans::write(&plain(&line), place == Place::Cell) };
    if place == Place::Heading && text.ends_with('#') {
        return format!("{}\\#", text.trim_end_matches('#'));
    }
    text
}

/// Whether Markdown says these words, and nothing else.
fn reads_as(markdown: &str, wanted: &str) -> bool {
    let masked = Masked::new(markdown);
    let arena = Arena::new();
    let root = parse_document(&arena, &masked.text, &options());
    let read = text::line(root, &masked, &NothingBound);
    // References to notes stay words here: their notes stand elsewhere.
    let bare = |t: &str| -> String {
        let mut out = String::new();
        let mut rest = t;
        while let Some(at) = rest.find("[^") {
            out.push_str(rest.get(..at).unwrap_or_default());
            rest = rest.get(at..).and_then(|r| r.split_once(']')).map(|(_, r)| r).unwrap_or_default();
        }
        out.push_str(rest);
        out.split_whitespace().collect()
    };
    bare(&read) == bare(wanted)
}

/// Without bold and italics.
fn plain(line: &Line) -> Line {
    let bare = |look: &Look| Look { href: look.href.clone(), ..Look::default() };
    line.iter()
        .map(|piece| match piece {
            Piece::Words(words, look) => Piece::Words(words.clone(), bare(look)),
            other => other.clone(),
        })
        .collect()
}

/// Without new lines.
fn one_line(line: &Line) -> Line {
    let space = || Piece::Words(" ".to_owned(), Look::default());
    line.iter().map(|piece| if *piece == Piece::Break { space() } else { piece.clone() }).collect()
}

fn one_space(text: &str) -> String {
    nfc(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
