//! Totals that a form's checks state: `completed.total = completed.hamlet + completed.sector`.

use nhipcau_domain::{
    checks::{Check, Condition, Operation, Quantity, Relation},
    id::ElementId,
    returns::Submission,
};

/// A line that is the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Of which lines.
    pub of: Vec<ElementId>,
    /// What they come to; none while one of them is no number, or they come to too much.
    pub total: Option<i64>,
}

/// The sum that an element has to be, by the first check that says so.
pub(super) fn stated(checks: &[&Check], element: &str, typed: &Submission) -> Option<Sum> {
    let of = checks.iter().find_map(|check| parts_of(check.holds(), element))?;
    let mut numbers = of.iter().map(|id| typed.value(id).and_then(nhipcau_domain::returns::Value::number));
    let total = numbers.try_fold(0_i64, |sum, n| sum.checked_add(n?));
    Some(Sum { of, total })
}

fn parts_of(condition: &Condition, element: &str) -> Option<Vec<ElementId>> {
    let Condition::Compare { op: Relation::Equals, left, right } = condition else { return None };
    let is_it = |q: &Quantity| matches!(q, Quantity::Element(id) if id.as_str() == element);
    let other = match (is_it(left), is_it(right)) {
        (true, false) => right,
        (false, true) => left,
        _ => return None,
    };
    let mut parts = Vec::new();
    added(other, &mut parts)?;
    (parts.len() > 1).then_some(parts)
}

fn added(quantity: &Quantity, parts: &mut Vec<ElementId>) -> Option<()> {
    match quantity {
        Quantity::Element(id) => parts.push(id.clone()),
        Quantity::Arithmetic { op: Operation::Add, left, right } => {
            added(left, parts)?;
            added(right, parts)?;
        }
        _ => return None,
    }
    Some(())
}
