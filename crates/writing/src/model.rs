//! What word processors write, read into one plain shape before it becomes Markdown.

use std::rc::Rc;

/// How words look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub bold: bool,
    pub italic: bool,
    /// Where they lead.
    pub href: Option<Rc<str>>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Words(String, Look),
    /// A new line inside a paragraph.
    Break,
    /// A reference to the note of that number.
    Note(usize),
}

/// A line's pieces.
pub(crate) type Line = Vec<Piece>;

/// Something that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of level 1 to 6.
    Heading(u8, Line),
    /// A paragraph.
    Paragraph(Line),
    /// A paragraph of a quotation.
    Quote(Line),
    /// An item of a list: how deep from 0, its number if it has one.
    Item { depth: usize, number: Option<u32>, line: Line },
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<Line>>),
    /// The picture of that number, with words for who cannot see it.
    Picture(usize, String),
}

/// A text that was read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub blocks: Vec<Block>,
    /// Notes by number.
    pub notes: Vec<(usize, Line)>,
}

/// What stands before a list's paragraph in a word processor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Bullet,
    Number(u32),
    /// One that Markdown has no sign for, such as "a)" or "Điều 3.": it is kept as words.
    Words(String),
}

impl Marker {
    /// Reads a marker as it is seen. A single sign is a bullet, letters too: Word draws its bullets with
    /// letters of picture fonts.
    pub(crate) fn read(seen: &str) -> Option<Self> {
        let seen: String = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = seen.strip_suffix(['.', ')']).unwrap_or_default();
        if let Some(number) = bare.parse().ok().filter(|_| bare.len() <= 9 && is_digits(bare)) {
            return Some(Self::Number(number));
        }
        match seen.chars().count() {
            0 => None,
            1 if !is_digits(&seen) => Some(Self::Bullet),
            _ => Some(Self::Words(seen)),
        }
    }

    /// The block of a paragraph that has it.
    pub(crate) fn block(self, depth: usize, mut line: Line) -> Block {
        match self {
            Self::Bullet => Block::Item { depth, number: None, line },
            Self::Number(number) => Block::Item { depth, number: Some(number), line },
            Self::Words(words) => {
                line.insert(0, Piece::Words(format!("{words} "), Look::default()));
                Block::Paragraph(line)
            }
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line shows nothing.
pub(crate) fn is_blank(line: &[Piece]) -> bool {
    line.iter().all(|piece| match piece {
        Piece::Words(words, _) => words.trim().is_empty(),
        Piece::Break => true,
        Piece::Note(_) => false,
    })
}

/// A line's words alone.
pub(crate) fn words(line: &[Piece]) -> String {
    let mut out = String::new();
    for piece in line {
        match piece {
            Piece::Words(words, _) => out.push_str(words),
            Piece::Break => out.push(' '),
            Piece::Note(_) => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds words to a line; to the piece before them, if they look alike.
pub(crate) fn push(line: &mut Line, text: &str, look: &Look) {
    if text.is_empty() {
        return;
    }
    match line.last_mut() {
        Some(Piece::Words(words, last)) if last == look => words.push_str(text),
        _ => line.push(Piece::Words(text.to_owned(), look.clone())),
    }
}

/// Digits and signs raised: "m²" keeps its meaning as text. None if anything else is raised.
pub(crate) fn raised(text: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    text.chars()
        .map(|c| match c {
            '-' | '−' => Some('⁻'),
            '+' => Some('⁺'),
            _ => c.to_digit(10).and_then(|d| RAISED.get(usize::try_from(d).ok()?).copied()),
        })
        .collect()
}
