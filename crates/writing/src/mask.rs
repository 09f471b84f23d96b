//! Takes `{{ … }}` out of a text before Markdown sees it and leaves a mark of the same length: a bar
//! inside braces never splits a table's cell, and columns stay as the writer sees them.

/// Fills a mark up to the length of what it stands for.
pub(crate) const FILLER: char = '\u{1}';
/// The first mark: supplementary private use, which no keyboard types.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0xF_FFFD;

/// What stood between braces, and where the first brace stands, both from 1.
pub(crate) struct Braces {
    pub inner: String,
    pub line: u32,
    pub column: u32,
}

/// A text with its braces taken out.
pub(crate) struct Masked {
    pub text: String,
    braces: Vec<Braces>,
}

impl Masked {
    /// Masks every pair of braces that closes on its line. Braces after a backslash are words; so is
    /// what does not close.
    pub(crate) fn new(source: &str) -> Self {
        let mut out = Self { text: String::with_capacity(source.len()), braces: Vec::new() };
        for (index, line) in source.split('\n').enumerate() {
            if index > 0 {
                out.text.push('\n');
            }
            out.line(line.strip_suffix('\r').unwrap_or(line), u32::try_from(index + 1).unwrap_or(u32::MAX));
        }
        out
    }

    fn line(&mut self, line: &str, number: u32) {
        let mut rest = line;
        let mut column = 1_u32;
        let mut escaped = false;
        while let Some(c) = rest.chars().next() {
            let mark = u32::try_from(self.braces.len()).ok().and_then(|n| n.checked_add(FIRST));
            let mark = mark.filter(|m| *m <= LAST).and_then(char::from_u32);
            let inner = rest.strip_prefix("{{").filter(|_| !escaped);
            let inner = inner.and_then(|r| r.find("}}").and_then(|end| r.get(..end)));
            let inner = inner.filter(|i| !i.contains("{{"));
            if let (Some(inner), Some(mark)) = (inner, mark) {
                let length = inner.chars().count() + 3;
                self.text.push(mark);
                self.text.extend(std::iter::repeat_n(FILLER, length));
                self.braces.push(Braces { inner: inner.to_owned(), line: number, column });
                column = column.saturating_add(u32::try_from(length + 1).unwrap_or(u32::MAX));
                rest = rest.get(inner.len() + 4..).unwrap_or_default();
                escaped = false;
                continue;
            }
            self.text.push(allowed(c));
            escaped = c == '\\' && !escaped;
            // `\{{`: both braces are words.
            if escaped && rest.starts_with("\\{{") {
                self.text.push_str("{{");
                column = column.saturating_add(2);
                rest = rest.get(2..).unwrap_or_default();
                escaped = false;
            }
            column = column.saturating_add(1);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }

    /// What a mark stands for.
    pub(crate) fn braces(&self, mark: char) -> Option<&Braces> {
        let index = u32::from(mark).checked_sub(FIRST)?;
        self.braces.get(usize::try_from(index).ok()?)
    }

    /// The text as it was typed.
    pub(crate) fn unmask(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars().filter(|c| *c != FILLER) {
            match self.braces(c) {
                Some(b) => out.extend(["{{", &b.inner, "}}"]),
                None => out.push(c),
            }
        }
        out
    }
}

/// Control characters and our own marks, typed or pasted, become the sign for what cannot be shown.
fn allowed(c: char) -> char {
    let bad = (c.is_control() && c != '\t') || (FIRST..=LAST).contains(&u32::from(c));
    if bad { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_taken_out_and_everything_else_keeps_its_column() {
        let source = "Có {{ a | percent }} và \\{{ b }}, {{ c\n{{d}}";
        let masked = Masked::new(source);
        assert_eq!(masked.text.chars().count(), source.chars().count());
        let places: Vec<_> = masked.braces.iter().map(|b| (b.inner.as_str(), b.line, b.column)).collect();
        assert_eq!(places, [(" a | percent ", 1, 4), ("d", 2, 1)]);
        assert_eq!(masked.unmask(&masked.text), source);
    }
}
