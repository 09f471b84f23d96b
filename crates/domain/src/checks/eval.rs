//! What a rule comes to: exact integers, and three-valued logic (unknown is not false).

use super::ast::{Condition, Connective, Operation, Quantity, Relation};

/// Where a rule's numbers come from. `None` is missing: not reported, exempt, not applicable, no
/// return before, no children accepted, no such register. Missing is never zero.
pub trait Facts {
    /// Of this return.
    fn value(&self, element: &str) -> Option<i64>;
    /// Of the same unit's return for the period before, in the same calendar.
    fn previous(&self, element: &str) -> Option<i64>;
    /// The sum over the accepted returns of the units directly below.
    fn children(&self, element: &str) -> Option<i64>;
    /// How many the register of that name holds for the unit.
    fn register(&self, name: &str) -> Option<i64>;
}

/// A number beyond 127 bits came up: the rule cannot be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

impl Quantity {
    /// The number; none where a part of it is missing, even if multiplied by zero.
    pub fn evaluate(&self, facts: &dyn Facts) -> Result<Option<i128>, Overflow> {
        Ok(match self {
            Self::Constant(n) => Some(i128::from(*n)),
            Self::Element(element) => facts.value(element).map(i128::from),
            Self::Previous(element) => facts.previous(element).map(i128::from),
            Self::Children(element) => facts.children(element).map(i128::from),
            Self::Register(name) => facts.register(name).map(i128::from),
            Self::Arithmetic { op, left, right } => {
                let (Some(left), Some(right)) = (left.evaluate(facts)?, right.evaluate(facts)?) else {
                    return Ok(None);
                };
                let result = match op {
                    Operation::Add => left.checked_add(right),
                    Operation::Subtract => left.checked_sub(right),
                    Operation::Multiply => left.checked_mul(right),
                };
                Some(result.ok_or(Overflow)?)
            }
        })
    }
}

impl Condition {
    /// Whether it holds; none where that is unknown. Every part is reckoned: an overflow anywhere
    /// is one of the whole, whatever the rest says.
    pub fn evaluate(&self, facts: &dyn Facts) -> Result<Option<bool>, Overflow> {
        Ok(match self {
            Self::Compare { op, left, right } => {
                let (left, right) = (left.evaluate(facts)?, right.evaluate(facts)?);
                left.zip(right).map(|(left, right)| op.compare(left, right))
            }
            Self::Not(inner) => inner.evaluate(facts)?.map(|holds| !holds),
            Self::Logic { op, left, right } => {
                let (left, right) = (left.evaluate(facts)?, right.evaluate(facts)?);
                match op {
                    Connective::And => both(left, right),
                    Connective::Or => either(left, right),
                    Connective::Implies => either(left.map(|holds| !holds), right),
                }
            }
        })
    }
}

impl Relation {
    fn compare(self, left: i128, right: i128) -> bool {
        match self {
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
            Self::Equals => left == right,
            Self::Differs => left != right,
        }
    }
}

fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
