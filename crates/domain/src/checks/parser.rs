//! Reads a rule by recursive descent, and its types as it goes.
//!
//! From the loosest to the tightest:
//!
//! ```text
//! rule       = "if" rule "then" rule | either [ "implies" rule ]
//! either     = both { "or" both }
//! both       = negated { "and" negated }
//! negated    = "not" negated | comparison
//! comparison = sum [ ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) sum ]
//! sum        = product { ( "+" | "-" ) product }
//! product    = operand { "*" operand }
//! operand    = [ "-" ] digits | element | "(" rule ")" | "register" "(" quoted ")"
//!            | ( "previous" | "children" ) "(" element ")"
//! ```

use super::{
    ast::{Condition, Connective, Operation, Quantity},
    lexer::{Token, lex},
    nearest::nearest,
    source::{Fault, MAX_DEPTH, Source, Span},
};
use crate::{id::ElementId, problem::Problem};

/// Words that no element may be called.
pub(super) const RESERVED: [&str; 9] =
    ["and", "or", "not", "if", "then", "implies", "previous", "children", "register"];

/// What a text says, and what it reads, each with its place in characters.
#[derive(Debug)]
pub(super) struct Parsed<T> {
    pub(super) what: T,
    pub(super) reads: Vec<(Quantity, usize)>,
}

/// Reads the whole text as a condition.
pub(super) fn condition(source: &Source, elements: &[ElementId]) -> Result<Parsed<Condition>, Box<Fault>> {
    let span = source.whole()?;
    Parser::new(source, span, elements)?.all(Parser::condition)
}

/// Reads a part of the text as a quantity.
pub(super) fn quantity(
    source: &Source,
    span: Span,
    elements: &[ElementId],
) -> Result<Parsed<Quantity>, Box<Fault>> {
    Parser::new(source, span, elements)?.all(Parser::quantity)
}

struct Parser<'a> {
    source: &'a Source,
    elements: &'a [ElementId],
    tokens: Vec<(Token, Span)>,
    next: usize,
    /// Where the text ends, in characters.
    end: usize,
    depth: usize,
    reads: Vec<(Quantity, usize)>,
}

/// A part that has been read.
struct Expr {
    kind: Kind,
    span: Span,
    /// Of its tree.
    height: usize,
}

enum Kind {
    Quantity(Quantity),
    Condition(Condition),
}

type Step<T = Expr> = Result<T, Box<Fault>>;

impl<'a> Parser<'a> {
    fn new(source: &'a Source, span: Span, elements: &'a [ElementId]) -> Step<Self> {
        let tokens = lex(source, span)?;
        Ok(Self { source, elements, tokens, next: 0, end: span.end, depth: 0, reads: Vec::new() })
    }

    fn all<T>(mut self, typed: fn(&Self, Expr) -> Step<T>) -> Step<Parsed<T>> {
        let expr = self.nested(Self::rule)?;
        if let Some((_, span)) = self.tokens.get(self.next) {
            let problem = Problem::new("check-operator-expected").with("found", self.source.text(*span));
            return Err(Fault::at(span.start, problem));
        }
        Ok(Parsed { what: typed(&self, expr)?, reads: self.reads })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Step) -> Step {
        self.depth += 1;
        self.bounded(self.depth, self.here())?;
        let expr = read(self);
        self.depth -= 1;
        expr
    }

    fn bounded(&self, depth: usize, at: Span) -> Step<()> {
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        let found = self.source.text(Span { start: at.start, end: at.end.min(at.start + 40) });
        let problem = Problem::new("check-too-deep").with("found", found).with("expected", MAX_DEPTH);
        Err(Fault::at(at.start, problem))
    }

    fn rule(&mut self) -> Step {
        let start = self.here();
        if self.takes_word("if") {
            let left = self.nested(Self::rule)?;
            self.expect_word("then")?;
            let right = self.nested(Self::rule)?;
            return self.joined(Connective::Implies, start, left, right);
        }
        let left = self.either()?;
        if self.takes_word("implies") {
            let right = self.nested(Self::rule)?;
            return self.joined(Connective::Implies, start, left, right);
        }
        Ok(left)
    }

    fn either(&mut self) -> Step {
        let mut left = self.both()?;
        while self.takes_word("or") {
            let right = self.both()?;
            left = self.joined(Connective::Or, left.span, left, right)?;
        }
        Ok(left)
    }

    fn both(&mut self) -> Step {
        let mut left = self.negated()?;
        while self.takes_word("and") {
            let right = self.negated()?;
            left = self.joined(Connective::And, left.span, left, right)?;
        }
        Ok(left)
    }

    fn negated(&mut self) -> Step {
        let start = self.here();
        if !self.takes_word("not") {
            return self.comparison();
        }
        let inner = self.nested(Self::negated)?;
        let (span, height) = (start.to(inner.span), inner.height);
        let kind = Condition::Not(Box::new(self.condition(inner)?));
        self.built(Kind::Condition(kind), span, height)
    }

    fn comparison(&mut self) -> Step {
        let left = self.sum()?;
        let Some(Token::Relation(op)) = self.peek() else { return Ok(left) };
        let op = *op;
        self.next += 1;
        let right = self.sum()?;
        if let Some(Token::Relation(again)) = self.peek() {
            let problem = Problem::new("check-comparison-chained")
                .with("found", again.to_string())
                .with("expected", "and");
            return Err(Fault::at(self.here().start, problem));
        }
        let (span, height) = (left.span.to(right.span), left.height.max(right.height));
        let (left, right) = (self.quantity(left)?, self.quantity(right)?);
        self.built(Kind::Condition(Condition::Compare { op, left, right }), span, height)
    }

    fn sum(&mut self) -> Step {
        let mut left = self.product()?;
        loop {
            let op = match self.peek() {
                Some(Token::Plus) => Operation::Add,
                Some(Token::Minus) => Operation::Subtract,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = self.reckoned(op, left, right)?;
        }
    }

    fn product(&mut self) -> Step {
        let mut left = self.operand()?;
        while self.takes(&Token::Times) {
            let right = self.operand()?;
            left = self.reckoned(Operation::Multiply, left, right)?;
        }
        Ok(left)
    }

    fn operand(&mut self) -> Step {
        let Some((token, start)) = self.tokens.get(self.next).cloned() else {
            return Err(Fault::at(self.end, Problem::new("check-operand-missing").with("found", "")));
        };
        self.next += 1;
        let quantity = match token {
            Token::Number(n) => Quantity::Constant(n),
            Token::Minus => match self.peek() {
                Some(Token::Number(n)) => {
                    let n = n.saturating_neg();
                    self.next += 1;
                    Quantity::Constant(n)
                }
                _ => return Err(self.no_operand(start)),
            },
            Token::Open => {
                let inner = self.nested(Self::rule)?;
                let end = self.expect(&Token::Close, ")")?;
                return Ok(Expr { span: start.to(end), ..inner });
            }
            Token::Word(word) => self.named(&word, start)?,
            _ => return Err(self.no_operand(start)),
        };
        self.built(Kind::Quantity(quantity), start.to(self.last()), 0)
    }

    fn named(&mut self, word: &str, start: Span) -> Step<Quantity> {
        let quantity = match word {
            "previous" | "children" => {
                self.expect(&Token::Open, "(")?;
                let of = self.here();
                let Some(Token::Word(name)) = self.peek().cloned() else {
                    let example = if word == "previous" { "previous(…)" } else { "children(…)" };
                    return Err(self.missing(example));
                };
                self.next += 1;
                let element = self.element(&name, of)?;
                self.expect(&Token::Close, ")")?;
                if word == "previous" { Quantity::Previous(element) } else { Quantity::Children(element) }
            }
            "register" => {
                self.expect(&Token::Open, "(")?;
                let Some(Token::Text(name)) = self.peek().cloned() else {
                    return Err(self.missing("register(\"…\")"));
                };
                self.next += 1;
                self.expect(&Token::Close, ")")?;
                Quantity::Register(name)
            }
            _ if RESERVED.contains(&word) => return Err(self.no_operand(start)),
            _ => Quantity::Element(self.element(word, start)?),
        };
        self.reads.push((quantity.clone(), start.start));
        Ok(quantity)
    }

    fn element(&self, name: &str, span: Span) -> Step<ElementId> {
        if let Some(element) = self.known(name) {
            return Ok(element.clone());
        }
        let problem = if let Some((left, right)) = self.unspaced(name) {
            Problem::new("check-subtraction-unspaced").with("expected", format!("{left} - {right}"))
        } else if let Some(element) = nearest(name, self.elements) {
            Problem::new("check-element-misspelt").with("expected", element)
        } else {
            Problem::new("check-element-unknown")
        };
        Err(Fault::at(span.start, problem.with("found", name)))
    }

    /// Whether the name is an element's with something taken from it: `members.total-1`.
    fn unspaced<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let mut hyphens = name.match_indices('-').map(|(at, _)| at);
        hyphens.find_map(|at| {
            let (left, right) = (name.get(..at)?, name.get(at + 1..)?);
            self.known(left).map(|_| (left, right))
        })
    }

    fn known(&self, name: &str) -> Option<&ElementId> {
        self.elements.iter().find(|e| e.as_str() == name)
    }

    // ——— what is built, with its type ———

    fn built(&self, kind: Kind, span: Span, below: usize) -> Step {
        self.bounded(below + 1, span)?;
        Ok(Expr { kind, span, height: below + 1 })
    }

    fn joined(&self, op: Connective, start: Span, left: Expr, right: Expr) -> Step {
        let (span, height) = (start.to(right.span), left.height.max(right.height));
        let (left, right) = (Box::new(self.condition(left)?), Box::new(self.condition(right)?));
        self.built(Kind::Condition(Condition::Logic { op, left, right }), span, height)
    }

    fn reckoned(&self, op: Operation, left: Expr, right: Expr) -> Step {
        let (span, height) = (left.span.to(right.span), left.height.max(right.height));
        let (left, right) = (Box::new(self.quantity(left)?), Box::new(self.quantity(right)?));
        self.built(Kind::Quantity(Quantity::Arithmetic { op, left, right }), span, height)
    }

    fn condition(&self, expr: Expr) -> Step<Condition> {
        match expr.kind {
            Kind::Condition(condition) => Ok(condition),
            Kind::Quantity(_) => {
                let problem =
                    Problem::new("check-condition-expected").with("found", self.source.text(expr.span));
                Err(Fault::at(expr.span.start, problem))
            }
        }
    }

    fn quantity(&self, expr: Expr) -> Step<Quantity> {
        match expr.kind {
            Kind::Quantity(quantity) => Ok(quantity),
            Kind::Condition(_) => {
                let problem =
                    Problem::new("check-number-expected").with("found", self.source.text(expr.span));
                Err(Fault::at(expr.span.start, problem))
            }
        }
    }

    // ——— tokens ———

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// Where the next token is; at the end, an empty span there.
    fn here(&self) -> Span {
        self.tokens.get(self.next).map_or(Span { start: self.end, end: self.end }, |(_, span)| *span)
    }

    /// Where the last token taken is.
    fn last(&self) -> Span {
        self.next.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(self.here(), |(_, span)| *span)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(w)) if w == word);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token, expected: &'static str) -> Step<Span> {
        if self.takes(token) { Ok(self.last()) } else { Err(self.missing(expected)) }
    }

    fn expect_word(&mut self, word: &'static str) -> Step<()> {
        if self.takes_word(word) { Ok(()) } else { Err(self.missing(word)) }
    }

    /// Something else stands where `expected` must, or nothing does.
    fn missing(&self, expected: &'static str) -> Box<Fault> {
        let span = self.here();
        let problem = if self.peek().is_some() {
            Problem::new("check-token-expected").with("found", self.source.text(span))
        } else {
            Problem::new("check-token-missing").with("found", "")
        };
        Fault::at(span.start, problem.with("expected", expected))
    }

    fn no_operand(&self, span: Span) -> Box<Fault> {
        Fault::at(span.start, Problem::new("check-operand-expected").with("found", self.source.text(span)))
    }
}
