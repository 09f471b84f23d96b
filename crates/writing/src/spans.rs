//! Bold, italics, links and escapes inside a line of Markdown.

use std::fmt::Write;

use crate::{
    model::{Line, Look, Piece},
    render::is_allowed,
};

/// Words that look alike, and what stands between them.
enum Part {
    Words(String, Look),
    Sign(String),
}

/// Writes a line. In a table's cell a bar is escaped.
pub(crate) fn write(line: &Line, cell: bool) -> String {
    let parts = parts(line);
    let mut out = String::new();
    let mut look = Look::default();
    for part in &parts {
        match part {
            Part::Words(words, next) => {
                change(&mut out, &mut look, next);
                out.push_str(&escape(words, cell));
            }
            Part::Sign(sign) => {
                change(&mut out, &mut look, &Look::default());
                out.push_str(sign);
            }
        }
    }
    change(&mut out, &mut look, &Look::default());
    let lines = out.split('\n').map(|line| guard(line.trim()));
    lines.collect::<Vec<_>>().join("\n").trim_end_matches('\\').trim().to_owned()
}

/// Closes and opens signs: a link is outermost, bold stands around italics.
fn change(out: &mut String, now: &mut Look, next: &Look) {
    if now == next {
        return;
    }
    let other_link = now.href != next.href;
    let other_bold = other_link || now.bold != next.bold;
    if now.italic && (other_bold || !next.italic) {
        out.push('*');
        now.italic = false;
    }
    if now.bold && other_bold {
        out.push_str("**");
        now.bold = false;
    }
    if other_link {
        if let Some(href) = &now.href {
            let _ = write!(out, "]({})", address(href));
        }
        if next.href.is_some() {
            out.push('[');
        }
    }
    if next.bold && !now.bold {
        out.push_str("**");
    }
    if next.italic && !now.italic {
        out.push('*');
    }
    *now = next.clone();
}

/// Joins what looks alike, and moves spaces (and signs that would keep a star from opening or closing)
/// out of what is bold or italic.
fn parts(line: &Line) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for (index, piece) in line.iter().enumerate() {
        match piece {
            Piece::Break => out.push(Part::Sign("\\\n".to_owned())),
            Piece::Note(number) => out.push(Part::Sign(format!("[^{number}]"))),
            Piece::Words(words, look) => {
                let words: String = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
                let words: String = words.chars().filter(|c| !is_invisible(*c)).collect();
                let mut look = look.clone();
                look.href = look.href.filter(|href| is_allowed(href));
                let before = index.checked_sub(1).and_then(|i| line.get(i)).and_then(|p| edge(p, true));
                let after = line.get(index + 1).and_then(|p| edge(p, false));
                split(&words, &look, before, after, &mut out);
            }
        }
    }
    out
}

/// The character of a piece that touches its neighbour.
fn edge(piece: &Piece, last: bool) -> Option<char> {
    let Piece::Words(words, _) = piece else { return None };
    if last { words.chars().next_back() } else { words.chars().next() }
}

fn split(words: &str, look: &Look, before: Option<char>, after: Option<char>, out: &mut Vec<Part>) {
    if !look.bold && !look.italic && look.href.is_none() {
        return add(out, words, look);
    }
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let outside = |c: char, neighbour: bool| c == ' ' || (neighbour && !c.is_alphanumeric());
    let core = words.trim_start_matches(|c| outside(c, touches(before)));
    let lead = words.get(..words.len() - core.len()).unwrap_or_default();
    let core_end = core.trim_end_matches(|c| outside(c, touches(after))).len();
    let (core, trail) = core.split_at(core_end);
    let bare = Look::default();
    add(out, lead, &bare);
    add(out, core, look);
    add(out, trail, &bare);
}

fn add(out: &mut Vec<Part>, words: &str, look: &Look) {
    let mut kept = String::with_capacity(words.len());
    let mut gap = matches!(out.last(), Some(Part::Words(last, _)) if last.ends_with(' '));
    for c in words.chars() {
        if c != ' ' || !gap {
            kept.push(c);
        }
        gap = c == ' ';
    }
    match out.last_mut() {
        _ if kept.is_empty() => {}
        Some(Part::Words(last, alike)) if alike == look => last.push_str(&kept),
        _ => out.push(Part::Words(kept, look.clone())),
    }
}

/// Zero-width and direction signs that word processors leave behind.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}')
}

/// Words as Markdown reads them literally.
pub(crate) fn escape(words: &str, cell: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let special = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' => true,
            '_' => !(before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)),
            '&' => next.is_some_and(|n| n.is_ascii_alphabetic() || n == '#'),
            '{' => next == Some('{') && before != '{',
            '!' => next.is_none(),
            '|' => cell,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Escapes what would make a heading, a list or a rule of a line's beginning.
fn guard(line: &str) -> String {
    if line.starts_with(['#', '>', '+', '-', '=', '|']) {
        return format!("\\{line}");
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let ends = |r: &str| r.is_empty() || r.starts_with(' ');
    if rest.len() < line.len() && rest.strip_prefix(['.', ')']).is_some_and(ends) {
        let digits = line.get(..line.len() - rest.len()).unwrap_or_default();
        return format!("{digits}\\{rest}");
    }
    line.to_owned()
}

/// An address between brackets: what would end it is written in hexadecimal.
fn address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        if c.is_whitespace() || c.is_control() || "<>()\\{}|*_`[]\"".contains(c) && c != '_' {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
