//! What is true of every rule.

use proptest::{prelude::*, sample::select};

use super::*;

fn quantities() -> impl Strategy<Value = Quantity> {
    let element = || select(&ELEMENTS[..]).prop_map(ElementId::from);
    let leaf = prop_oneof![
        (-20_i64..20).prop_map(Quantity::Constant),
        any::<i64>().prop_filter("not written", |n| *n != i64::MIN).prop_map(Quantity::Constant),
        element().prop_map(Quantity::Element),
        element().prop_map(Quantity::Previous),
        element().prop_map(Quantity::Children),
        "[^\"\\p{C}]{0,12}".prop_map(Quantity::Register),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let op = select(&[Operation::Add, Operation::Subtract, Operation::Multiply][..]);
        (op, inner.clone(), inner).prop_map(|(op, left, right)| Quantity::Arithmetic {
            op,
            left: Box::new(left),
            right: Box::new(right),
        })
    })
}

fn conditions() -> impl Strategy<Value = Condition> {
    let relation = select(
        &[
            Relation::Below,
            Relation::AtMost,
            Relation::Above,
            Relation::AtLeast,
            Relation::Equals,
            Relation::Differs,
        ][..],
    );
    let leaf = (relation, quantities(), quantities()).prop_map(|(op, left, right)| Condition::Compare {
        op,
        left,
        right,
    });
    leaf.prop_recursive(4, 8, 2, |inner| {
        let op = select(&[Connective::And, Connective::Or, Connective::Implies][..]);
        prop_oneof![
            1 => inner.clone().prop_map(|c| Condition::Not(Box::new(c))),
            3 => (op, inner.clone(), inner).prop_map(|(op, left, right)| Condition::Logic {
                op,
                left: Box::new(left),
                right: Box::new(right),
            }),
        ]
    })
}

/// Most of a language's own words, in any order.
fn near_misses() -> impl Strategy<Value = String> {
    let words = [
        "and",
        "or",
        "not",
        "if",
        "then",
        "implies",
        "previous",
        "children",
        "register",
        "(",
        ")",
        "+",
        "-",
        "*",
        "<=",
        "=",
        "!=",
        "1",
        "98",
        "bulletins",
        "members.total",
        "\"x\"",
        "{",
        "}",
        "{{",
        "\"",
        ".",
        "đ",
    ];
    proptest::collection::vec((select(words.to_vec()), select(vec!["", " ", "\n"])), 0..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// A naive evaluator: false is 0, unknown 1, true 2. None where a number is too large.
fn oracle(condition: &Condition, facts: &Given) -> Option<u8> {
    Some(match condition {
        Condition::Compare { op, left, right } => match (reckon(left, facts), reckon(right, facts)) {
            (Reckoned::TooLarge, _) | (_, Reckoned::TooLarge) => return None,
            (Reckoned::Number(left), Reckoned::Number(right)) => {
                let order = left.cmp(&right);
                let holds = match op.to_string().as_str() {
                    "<" => order.is_lt(),
                    "<=" => order.is_le(),
                    ">" => order.is_gt(),
                    ">=" => order.is_ge(),
                    "=" => order.is_eq(),
                    _ => order.is_ne(),
                };
                if holds { 2 } else { 0 }
            }
            _ => 1,
        },
        Condition::Not(inner) => 2 - oracle(inner, facts)?,
        Condition::Logic { op, left, right } => {
            let (left, right) = (oracle(left, facts)?, oracle(right, facts)?);
            match op {
                Connective::And => left.min(right),
                Connective::Or => left.max(right),
                Connective::Implies => (2 - left).max(right),
            }
        }
    })
}

enum Reckoned {
    Number(i128),
    Missing,
    TooLarge,
}

fn reckon(quantity: &Quantity, facts: &Given) -> Reckoned {
    let name = match quantity {
        Quantity::Constant(n) => return Reckoned::Number((*n).into()),
        Quantity::Element(e) => e.to_string(),
        Quantity::Previous(e) => format!("previous {e}"),
        Quantity::Children(e) => format!("children {e}"),
        Quantity::Register(name) => format!("register {name}"),
        Quantity::Arithmetic { op, left, right } => {
            let (left, right) = match (reckon(left, facts), reckon(right, facts)) {
                (Reckoned::TooLarge, _) | (_, Reckoned::TooLarge) => return Reckoned::TooLarge,
                (Reckoned::Number(left), Reckoned::Number(right)) => (left, right),
                _ => return Reckoned::Missing,
            };
            let result = match op {
                Operation::Add => right.checked_add(left),
                Operation::Subtract => right.checked_neg().and_then(|n| n.checked_add(left)),
                Operation::Multiply => right.checked_mul(left),
            };
            return result.map_or(Reckoned::TooLarge, Reckoned::Number);
        }
    };
    facts.0.get(&name).map_or(Reckoned::Missing, |n| Reckoned::Number((*n).into()))
}

fn facts() -> impl Strategy<Value = Given> {
    let name = (select(vec!["", "previous ", "children "]), select(&ELEMENTS[..]))
        .prop_map(|(of, e)| format!("{of}{e}"));
    let value = prop_oneof![4 => -20_i64..20, 1 => any::<i64>()];
    proptest::collection::btree_map(name, value, 10..27).prop_map(Given)
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), ".{0,60}", near_misses()]) {
        let _ = compile(&rule(&text), &elements());
        let message = Rule { message: text, ..rule("1 = 2") };
        if let Ok(check) = compile(&message, &elements()) {
            let failed = matches!(check.run(&Given::default()), Finding::Fails { .. });
            prop_assert!(failed);
        }
    }

    #[test]
    fn a_refusal_points_into_the_text(text in near_misses()) {
        if let Err(problem) = compile(&rule(&text), &elements()) {
            let line = usize::try_from(problem.place.line.unwrap()).unwrap();
            let column = usize::try_from(problem.place.column.unwrap()).unwrap();
            let length = text.split('\n').nth(line - 1).map(|line| line.chars().count());
            prop_assert!(length.is_some_and(|length| column <= length + 1), "{problem}");
        }
    }

    #[test]
    fn what_is_printed_reads_back_as_itself(condition in conditions()) {
        let text = condition.to_string();
        prop_assume!(text.chars().count() <= source::MAX_LENGTH);
        let read = compile(&rule(&text), &elements()).map(|check| check.holds().clone());
        prop_assert_eq!(read, Ok(condition), "{}", text);
    }

    #[test]
    fn evaluation_agrees_with_the_naive_one(condition in conditions(), facts in facts()) {
        let expected = oracle(&condition, &facts);
        let found = match condition.evaluate(&facts) {
            Err(Overflow) => None,
            Ok(Some(false)) => Some(0),
            Ok(None) => Some(1),
            Ok(Some(true)) => Some(2),
        };
        prop_assert_eq!(found, expected, "{}", condition);
    }
}
