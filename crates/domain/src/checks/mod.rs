//! Checks: rules as data, over a return's elements, another period's, or children's.
//!
//! A rule says what must hold: `members.registered <= members.total`,
//! `completed.total = completed.hamlet + completed.sector`,
//! `if previous(members.total) > 0 then members.total <= 10 * previous(members.total)`.
//!
//! - Comparisons `<` `<=` `>` `>=` `=` `!=`; `not`, `and`, `or`, `A implies B` or `if A then B`, from
//!   tight to loose; `+`, `-`, `*` over whole numbers written without separators; parentheses. No
//!   division: `100 * n > 98 * d` says that n is over 98% of d, exactly.
//! - An element's name stands for its value in this return. A hyphen between letters belongs to
//!   the name (`members.exempt.meetings-only`), so a subtraction has spaces around it.
//! - `previous(element)`: the same unit's, in the period before. `children(element)`: the sum over
//!   accepted returns directly below. `register("initiatives.collective")`: a register's count.
//! - What is missing makes what rests on it unknown. Unknown is not false: `false and unknown` is
//!   false, `true or unknown` is true, else it stays unknown; and an unknown rule says nothing.
//! - In the message, `{members.total - members.registered}` prints that number, `{{` a brace.

mod ast;
mod eval;
mod lexer;
mod measures;
mod message;
mod nearest;
mod parser;
mod source;
#[cfg(test)]
mod tests;

pub use ast::{Condition, Connective, Operation, Quantity, Relation};
pub use eval::{Facts, Overflow};
pub use measures::measures_agree;
pub use message::Template;

use serde::{Deserialize, Serialize};

use crate::{
    id::{DataSetId, ElementId, KindId},
    problem::{Problem, Severity},
};

use message::Notation;
use source::{Fault, Field, Source};

/// A check as it is configured. What it says must hold; where it does not, its message is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name in configuration.
    pub id: String,
    /// The form that it checks.
    pub data_set: DataSetId,
    /// Only for units of these kinds; empty for all.
    #[serde(default)]
    pub kinds: Vec<KindId>,
    /// What must hold, such as `members.registered <= members.total`.
    pub holds: String,
    /// What happens where it does not.
    pub severity: Severity,
    /// The sentence shown, in Vietnamese; `{members.total}` stands for that value.
    pub message: String,
    /// The same in English.
    #[serde(default)]
    pub message_en: String,
}

/// A rule, read and ready to run.
///
/// As JSON: the rule as configured, its condition under `condition` and its sentences under
/// `sentence` and `sentence_en`, as trees; see [`Condition`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    rule: Rule,
    condition: Condition,
    sentence: Template,
    /// Where there is none, English readers see the Vietnamese one.
    sentence_en: Option<Template>,
    #[serde(skip)]
    elements: Vec<ElementId>,
    #[serde(skip)]
    reads: Vec<Read>,
}

/// A quantity that a text of the rule reads, and where: line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    field: Field,
    quantity: Quantity,
    position: (u32, u32),
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The rule holds.
    Holds,
    /// Something that it rests on is missing: it neither refuses nor warns.
    Unknown,
    /// It does not hold.
    Fails {
        /// The rule's sentence with its numbers, in Vietnamese.
        message: String,
        /// The same in English; in Vietnamese where the rule has no English.
        message_en: String,
    },
    /// A number beyond 127 bits came up on the way: nothing can be said, and no return of a real
    /// unit gets there.
    Overflow,
}

/// Reads a rule. `elements` are all that exist.
///
/// # Errors
/// The first thing that cannot be read: a [`Problem`] `check-…` with `rule`, `field` (`holds`,
/// `message` or `message_en`), `at` (the column, from 1), and `found` and `expected` where it has
/// them.
pub fn compile(rule: &Rule, elements: &[ElementId]) -> Result<Check, Problem> {
    let mut reads = Vec::new();
    let condition = read(rule, Field::Holds, &mut reads, |source| parser::condition(source, elements))?;
    let mut names: Vec<ElementId> = reads.iter().filter_map(|r| r.quantity.element()).cloned().collect();
    names.sort_unstable();
    names.dedup();
    let template = |source: &Source| message::template(source, elements);
    let sentence = read(rule, Field::Message, &mut reads, template)?;
    let sentence_en = if rule.message_en.trim().is_empty() {
        None
    } else {
        Some(read(rule, Field::MessageEn, &mut reads, template)?)
    };
    Ok(Check { rule: rule.clone(), condition, sentence, sentence_en, elements: names, reads })
}

fn read<T>(
    rule: &Rule,
    field: Field,
    reads: &mut Vec<Read>,
    parse: impl Fn(&Source) -> Result<parser::Parsed<T>, Box<Fault>>,
) -> Result<T, Problem> {
    let source = Source::new(match field {
        Field::Holds => &rule.holds,
        Field::Message => &rule.message,
        Field::MessageEn => &rule.message_en,
    });
    let parsed = parse(&source).map_err(|fault| fault.in_rule(&rule.id, field, &source))?;
    reads.extend(parsed.reads.into_iter().map(|(quantity, at)| Read {
        field,
        quantity,
        position: source.position(at),
    }));
    Ok(parsed.what)
}

impl Check {
    /// The rule as configured.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// What must hold.
    #[must_use]
    pub fn holds(&self) -> &Condition {
        &self.condition
    }

    /// The elements that the condition names, in order of name, each once: the cells to point at.
    #[must_use]
    pub fn elements(&self) -> &[ElementId] {
        &self.elements
    }

    /// The registers that the rule or its messages count in, as often as they are named.
    pub fn registers(&self) -> impl Iterator<Item = &str> {
        self.reads.iter().filter_map(|r| match &r.quantity {
            Quantity::Register(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether the rule or its messages look at the period before.
    #[must_use]
    pub fn needs_previous(&self) -> bool {
        self.reads.iter().any(|r| matches!(r.quantity, Quantity::Previous(_)))
    }

    /// Whether the rule or its messages look at the units below.
    #[must_use]
    pub fn needs_children(&self) -> bool {
        self.reads.iter().any(|r| matches!(r.quantity, Quantity::Children(_)))
    }

    /// Runs the rule. Whether it applies to the unit's kind is the caller's to know.
    #[must_use]
    pub fn run(&self, facts: &dyn Facts) -> Finding {
        match self.condition.evaluate(facts) {
            Err(Overflow) => Finding::Overflow,
            Ok(None) => Finding::Unknown,
            Ok(Some(true)) => Finding::Holds,
            Ok(Some(false)) => {
                let message = self.sentence.print(facts, Notation::Vietnamese);
                let message_en = match &self.sentence_en {
                    Some(sentence) => sentence.print(facts, Notation::English),
                    None => message.clone(),
                };
                Finding::Fails { message, message_en }
            }
        }
    }

    fn templates(&self) -> impl Iterator<Item = (Field, &Template)> {
        let english = self.sentence_en.iter().map(|t| (Field::MessageEn, t));
        std::iter::once((Field::Message, &self.sentence)).chain(english)
    }

    /// Line and column where a text first names an element.
    fn place(&self, field: Field, element: &ElementId) -> (u32, u32) {
        let named = |r: &&Read| r.field == field && r.quantity.element() == Some(element);
        self.reads.iter().find(named).map_or((1, 1), |r| r.position)
    }
}

impl Quantity {
    /// The element that it reads, if it reads one.
    #[must_use]
    pub fn element(&self) -> Option<&ElementId> {
        match self {
            Self::Element(element) | Self::Previous(element) | Self::Children(element) => Some(element),
            _ => None,
        }
    }
}
