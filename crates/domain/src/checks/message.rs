//! The sentence that a rule shows, with quantities between braces: `{members.total - members.registered}`.
//!
//! `{{` and `}}` stand for a brace. What is unknown, or too large to be reckoned, prints as `—`.

use serde::Serialize;

use super::{
    ast::Quantity,
    eval::Facts,
    parser::{self, Parsed},
    source::{Fault, Source, Span},
};
use crate::{id::ElementId, problem::Problem, text};

/// How an unknown number prints.
const UNKNOWN: &str = "—";

/// A sentence with places for numbers. As JSON, a list of `{"text": …}` and `{"value": QUANTITY}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Template(Vec<Part>);

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Text(String),
    Value(Quantity),
}

/// Whose notation numbers are printed in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Notation {
    /// 3.342.863
    Vietnamese,
    /// 3,342,863
    English,
}

impl Template {
    /// The quantities that it shows, in order.
    pub fn values(&self) -> impl Iterator<Item = &Quantity> {
        self.0.iter().filter_map(|part| match part {
            Part::Value(quantity) => Some(quantity),
            Part::Text(_) => None,
        })
    }

    pub(super) fn print(&self, facts: &dyn Facts, notation: Notation) -> String {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value(quantity) => match quantity.evaluate(facts) {
                    Ok(Some(n)) => out.push_str(&number(n, notation)),
                    _ => out.push_str(UNKNOWN),
                },
            }
        }
        out
    }
}

/// A figure with its thousands; beyond 63 bits the last three digits are set apart first.
fn number(n: i128, notation: Notation) -> String {
    let vietnamese = match i64::try_from(n) {
        Ok(n) => text::number(n),
        Err(_) => format!("{}.{:03}", number(n / 1000, Notation::Vietnamese), (n % 1000).unsigned_abs()),
    };
    match notation {
        Notation::Vietnamese => vietnamese,
        Notation::English => vietnamese.replace('.', ","),
    }
}

/// Reads a template.
pub(super) fn template(source: &Source, elements: &[ElementId]) -> Result<Parsed<Template>, Box<Fault>> {
    let whole = source.whole()?;
    let (mut parts, mut reads, mut text, mut at) = (Vec::new(), Vec::new(), String::new(), whole.start);
    while let Some(c) = source.get(at) {
        match (c, source.get(at + 1)) {
            ('{', Some('{')) | ('}', Some('}')) => {
                text.push(c);
                at += 2;
            }
            ('{', _) => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                let close = closing(source, at)?;
                let parsed = parser::quantity(source, Span { start: at + 1, end: close }, elements)?;
                parts.push(Part::Value(parsed.what));
                reads.extend(parsed.reads);
                at = close + 1;
            }
            ('}', _) => {
                return Err(Fault::at(
                    at,
                    Problem::new("check-brace-unopened").with("found", "}").with("expected", "}}"),
                ));
            }
            _ => {
                text.push(c);
                at += 1;
            }
        }
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Ok(Parsed { what: Template(parts), reads })
}

/// Where the brace opened at `open` is closed; a brace between quotes is text.
fn closing(source: &Source, open: usize) -> Result<usize, Box<Fault>> {
    let mut quoted = false;
    let mut at = open + 1;
    while let Some(c) = source.get(at) {
        match c {
            '}' if !quoted => return Ok(at),
            '{' if !quoted => break,
            '"' => quoted = !quoted,
            _ => {}
        }
        at += 1;
    }
    Err(Fault::at(open, Problem::new("check-brace-unclosed").with("found", "{").with("expected", "}")))
}
