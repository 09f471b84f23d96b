//! The text of a rule or of its message, places in it, and what is wrong at a place.

use crate::problem::Problem;

/// The longest text that is read, in characters.
pub(super) const MAX_LENGTH: usize = 2_000;

/// How deep a rule may nest, and how tall its tree may be: 60 terms in one sum, 60 parentheses.
///
/// Everything that walks a tree recurses; and written as JSON it stays below the 128 levels that
/// usual readers allow.
pub(super) const MAX_DEPTH: usize = 60;

/// From the first character to before the last, in characters from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    /// From the start of this one to the end of the other.
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// What is wrong, and where: becomes a [`Problem`] once rule and field are known.
#[derive(Debug)]
pub(super) struct Fault {
    problem: Problem,
    at: usize,
}

impl Fault {
    /// Boxed, because every step of the parser may return one.
    pub(super) fn at(at: usize, problem: Problem) -> Box<Self> {
        Box::new(Self { problem, at })
    }

    /// Says which rule, which of its fields, and which line and column.
    pub(super) fn in_rule(self, rule: &str, field: Field, source: &Source) -> Problem {
        let (line, column) = source.position(self.at);
        self.problem.with("rule", rule).with("field", field.name()).with("at", column).at_line(line, column)
    }
}

/// Which text of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Holds,
    Message,
    MessageEn,
}

impl Field {
    /// Its name in configuration.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Message => "message",
            Self::MessageEn => "message_en",
        }
    }
}

/// A text, by characters. No more of it is kept than may be read.
pub(super) struct Source {
    chars: Vec<char>,
    length: usize,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        Self { chars: text.chars().take(MAX_LENGTH).collect(), length: text.chars().count() }
    }

    /// The whole of it; refused when it is empty or too long.
    pub(super) fn whole(&self) -> Result<Span, Box<Fault>> {
        if self.chars.iter().all(|c| c.is_whitespace()) {
            return Err(Fault::at(0, Problem::new("check-empty")));
        }
        if self.length > MAX_LENGTH {
            return Err(Fault::at(
                MAX_LENGTH,
                Problem::new("check-too-long").with("found", self.length).with("expected", MAX_LENGTH),
            ));
        }
        Ok(Span { start: 0, end: self.chars.len() })
    }

    pub(super) fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The characters of a span.
    pub(super) fn text(&self, span: Span) -> String {
        self.chars.get(span.start..span.end).unwrap_or_default().iter().collect()
    }

    /// Line and column, both from 1.
    pub(super) fn position(&self, at: usize) -> (u32, u32) {
        let before = self.chars.get(..at).unwrap_or(&self.chars);
        let line = 1 + before.iter().filter(|c| **c == '\n').count();
        let column = 1 + before.iter().rev().take_while(|c| **c != '\n').count();
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}
