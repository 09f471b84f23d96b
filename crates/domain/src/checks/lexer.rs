//! Cuts a rule's text into tokens, each with its place in characters.

use super::{
    ast::Relation,
    source::{Fault, Source, Span},
};
use crate::problem::Problem;

/// One token. Reserved words are words too; the parser tells them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Number(i64),
    /// Between straight quotes; no escapes inside.
    Text(String),
    Open,
    Close,
    Plus,
    Minus,
    Times,
    Relation(Relation),
}

/// The tokens of a part of the text; spans count from the start of the whole.
pub(super) fn lex(source: &Source, span: Span) -> Result<Vec<(Token, Span)>, Box<Fault>> {
    let mut lexer = Lexer { source, at: span.start, end: span.end };
    let mut tokens = Vec::new();
    loop {
        lexer.skip(char::is_whitespace);
        let start = lexer.at;
        let Some(first) = lexer.peek(0) else { return Ok(tokens) };
        let token = lexer.token(first)?;
        tokens.push((token, Span { start, end: lexer.at }));
    }
}

struct Lexer<'a> {
    source: &'a Source,
    at: usize,
    end: usize,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        let at = self.at + ahead;
        if at < self.end { self.source.get(at) } else { None }
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn token(&mut self, first: char) -> Result<Token, Box<Fault>> {
        if first.is_alphabetic() {
            return Ok(self.word());
        }
        if first.is_ascii_digit() {
            return self.number();
        }
        if first == '"' {
            return self.quoted();
        }
        let (token, length) = match (first, self.peek(1)) {
            ('<', Some('=')) => (Token::Relation(Relation::AtMost), 2),
            ('>', Some('=')) => (Token::Relation(Relation::AtLeast), 2),
            ('!', Some('=')) => (Token::Relation(Relation::Differs), 2),
            ('<', _) => (Token::Relation(Relation::Below), 1),
            ('>', _) => (Token::Relation(Relation::Above), 1),
            ('=', _) => (Token::Relation(Relation::Equals), 1),
            ('(', _) => (Token::Open, 1),
            (')', _) => (Token::Close, 1),
            ('+', _) => (Token::Plus, 1),
            ('-', _) => (Token::Minus, 1),
            ('*', _) => (Token::Times, 1),
            ('/' | '÷' | ':' | '%', _) => {
                return Err(Fault::at(
                    self.at,
                    Problem::new("check-division").with("found", first.to_string()).with("expected", "*"),
                ));
            }
            _ => {
                return Err(Fault::at(
                    self.at,
                    Problem::new("check-character-unknown").with("found", first.to_string()),
                ));
            }
        };
        self.at += length;
        Ok(token)
    }

    /// A dot or a hyphen belongs to a word only between its letters and digits: `a-b` is a name, `a - b` a difference.
    fn word(&mut self) -> Token {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let joins = matches!(c, '.' | '-') && self.peek(1).is_some_and(char::is_alphanumeric);
            if !(c.is_alphanumeric() || c == '_' || joins) {
                break;
            }
            self.at += 1;
        }
        Token::Word(self.source.text(Span { start, end: self.at }))
    }

    /// Digits only: `1.000` is a thousand to one reader and one to another.
    fn number(&mut self) -> Result<Token, Box<Fault>> {
        let start = self.at;
        self.skip(|c| c.is_ascii_digit());
        let digits = self.source.text(Span { start, end: self.at });
        let separated =
            matches!(self.peek(0), Some('.' | ',')) && self.peek(1).is_some_and(|c| c.is_ascii_digit());
        if separated || self.peek(0).is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.skip(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '_'));
            let found = self.source.text(Span { start, end: self.at });
            return Err(Fault::at(start, Problem::new("check-number-format").with("found", found)));
        }
        digits.parse().map(Token::Number).map_err(|_| {
            Fault::at(
                start,
                Problem::new("check-number-too-large")
                    .with("found", digits)
                    .with("expected", i64::MAX.to_string()),
            )
        })
    }

    fn quoted(&mut self) -> Result<Token, Box<Fault>> {
        let quote = self.at;
        self.at += 1;
        let start = self.at;
        self.skip(|c| c != '"' && !c.is_control());
        let text = self.source.text(Span { start, end: self.at });
        if self.peek(0) != Some('"') {
            return Err(Fault::at(quote, Problem::new("check-text-unclosed").with("expected", "\"")));
        }
        self.at += 1;
        Ok(Token::Text(text))
    }
}
