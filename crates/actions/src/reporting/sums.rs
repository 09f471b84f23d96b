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

#[cfg(test)]
mod tests {
    use nhipcau_domain::{
        checks::{Rule, compile},
        problem::Severity,
        returns::{Entry, Origin, ReturnKey, Value},
    };

    use super::*;

    fn check(holds: &str) -> Check {
        let elements: Vec<ElementId> = ["total", "a", "b"].into_iter().map(ElementId::from).collect();
        let rule = Rule {
            id: "x".to_owned(),
            data_set: "x".into(),
            kinds: Vec::new(),
            holds: holds.to_owned(),
            severity: Severity::Refuse,
            message: "x".to_owned(),
            message_en: String::new(),
        };
        compile(&rule, &elements).expect("compiles")
    }

    fn typed(a: Value, b: Value) -> Submission {
        let entry = |element: &str, value| Entry { element: element.into(), value, cell: None };
        Submission {
            key: ReturnKey { unit: "u".into(), data_set: "x".into(), period: "p".into() },
            entries: vec![entry("a", a), entry("b", b)],
            words: Vec::new(),
            explanation: String::new(),
            origin: Origin::default(),
        }
    }

    #[test]
    fn a_sum_is_what_a_check_says_is_one() {
        let numbers = typed(Value::Number(2), Value::Number(3));
        for holds in ["total = a + b", "a + b = total"] {
            let sum = stated(&[&check(holds)], "total", &numbers).expect("a sum");
            assert_eq!((sum.of, sum.total), (vec!["a".into(), "b".into()], Some(5)), "{holds}");
        }
        for holds in
            ["total >= a + b", "total = a", "total = a - b", "total = a + 1", "if a = 1 then total = a + b"]
        {
            assert_eq!(stated(&[&check(holds)], "total", &numbers), None, "{holds}");
        }
    }

    #[test]
    fn a_sum_with_a_part_missing_or_beyond_counting_is_none() {
        let total = |a, b| stated(&[&check("total = a + b")], "total", &typed(a, b)).expect("a sum").total;
        assert_eq!(total(Value::Number(2), Value::NotReported), None);
        assert_eq!(total(Value::Number(i64::MAX), Value::Number(1)), None);
    }
}
