//! Takes `{{ … }}` out of the text before Markdown sees it, and leaves a mark of the same length.
//!
//! So a bar inside braces never splits a table's cell, a key's underscores never become italics,
//! and the columns of everything else stay as the writer sees them.

use nhipcau_domain::problem::Problem;

use super::At;

/// Fills a mark up to the length of what it stands for.
pub(super) const FILLER: char = '\u{1}';
/// The first mark: supplementary private use, which no keyboard types.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0xF_FFFD;

/// What stood between braces.
#[derive(Debug, Clone)]
pub(super) struct Braces {
    /// What is between them.
    pub inner: String,
    /// Where the first brace stands.
    pub at: At,
}

impl Braces {
    /// Where the character stands that is `offset` characters after the opening braces.
    pub fn place(&self, offset: usize) -> At {
        let mut at = At { line: self.at.line, column: self.at.column.saturating_add(2) };
        for c in self.inner.chars().take(offset) {
            if c == '\n' {
                at = At { line: at.line.saturating_add(1), column: 1 };
            } else {
                at.column = at.column.saturating_add(1);
            }
        }
        at
    }
}

/// A text with its braces taken out.
pub(super) struct Masked {
    /// The text with marks.
    pub text: String,
    /// What the marks stand for.
    pub braces: Vec<Braces>,
}

impl Masked {
    /// What a mark stands for.
    pub fn braces(&self, mark: char) -> Option<&Braces> {
        let index = u32::from(mark).checked_sub(FIRST)?;
        self.braces.get(usize::try_from(index).ok()?)
    }

    /// The text as it was typed.
    pub fn unmask(&self, text: &str) -> String {
        let mut out = String::new();
        for c in text.chars().filter(|c| *c != FILLER) {
            match self.braces(c) {
                Some(b) => out.extend(["{{", &b.inner, "}}"]),
                None => out.push(c),
            }
        }
        out
    }
}

/// Takes the braces out.
pub(super) fn mask(source: &str) -> (Masked, Vec<Problem>) {
    let chars: Vec<char> = source.chars().collect();
    let mut out = Masked { text: String::with_capacity(source.len()), braces: Vec::new() };
    let mut problems = Vec::new();
    let mut at = At { line: 1, column: 1 };
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let pair = (c, chars.get(i + 1).copied());
        let escaped = i.checked_sub(1).and_then(|b| chars.get(b)) == Some(&'\\');
        let mut take = 1;
        if pair == ('{', Some('{')) && !escaped {
            let mark = u32::try_from(out.braces.len()).ok().and_then(|n| n.checked_add(FIRST));
            let mark = mark.filter(|m| *m <= LAST).and_then(char::from_u32);
            match (closing(&chars, i + 2), mark) {
                (Some(end), Some(mark)) => {
                    let inner: String = chars.get(i + 2..end).unwrap_or_default().iter().collect();
                    take = end + 2 - i;
                    out.text.push(mark);
                    let rest = chars.get(i + 1..end + 2).unwrap_or_default();
                    out.text.extend(rest.iter().map(|c| if *c == '\n' { '\n' } else { FILLER }));
                    out.braces.push(Braces { inner, at });
                }
                (Some(_), None) => {
                    problems.push(Problem::new("template-too-many-figures").at_line(at.line, at.column));
                    break;
                }
                (None, _) => {
                    problems.push(Problem::new("template-unclosed-braces").at_line(at.line, at.column));
                    take = 2;
                    out.text.push_str("{{");
                }
            }
        } else if pair == ('}', Some('}')) && !escaped {
            problems.push(Problem::new("template-unopened-braces").at_line(at.line, at.column));
            take = 2;
            out.text.push_str("}}");
        } else {
            if (c.is_control() && c != '\n' && c != '\t') || (FIRST..=LAST).contains(&u32::from(c)) {
                problems.push(Problem::new("template-control-character").at_line(at.line, at.column));
            }
            out.text.push(c);
        }
        for c in chars.get(i..i + take).unwrap_or_default() {
            if *c == '\n' {
                at = At { line: at.line.saturating_add(1), column: 1 };
            } else {
                at.column = at.column.saturating_add(1);
            }
        }
        i += take;
    }
    (out, problems)
}

/// Where the closing braces stand: before other opening ones, and before an empty line.
fn closing(chars: &[char], from: usize) -> Option<usize> {
    let mut empty_line = false;
    for i in from..chars.len() {
        let pair = (chars.get(i).copied()?, chars.get(i + 1).copied());
        match pair {
            ('}', Some('}')) => return Some(i),
            ('{', Some('{')) => return None,
            ('\n', _) if empty_line => return None,
            ('\n', _) => empty_line = true,
            (c, _) if !c.is_whitespace() => empty_line = false,
            _ => {}
        }
    }
    None
}
