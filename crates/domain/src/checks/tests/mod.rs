//! Checks as a campaign writes them.

mod errors;
mod logic;
mod measures;
mod messages;
mod properties;
mod rules;
mod tree;

use std::collections::BTreeMap;

use super::*;

/// A rule called `r` with that condition and a message that names no number.
fn rule(holds: &str) -> Rule {
    Rule {
        id: "r".into(),
        data_set: "form".into(),
        kinds: Vec::new(),
        holds: holds.into(),
        severity: Severity::Refuse,
        message: "Số liệu không khớp.".into(),
        message_en: String::new(),
    }
}

/// The elements that tests may name.
const ELEMENTS: [&str; 9] = [
    "members.total",
    "members.registered",
    "members.exempt.meetings-only",
    "completed.total",
    "completed.hamlet",
    "completed.sector",
    "initiatives.total",
    "initiatives.new",
    "bulletins",
];

fn elements() -> Vec<ElementId> {
    ELEMENTS.map(ElementId::from).to_vec()
}

fn check(holds: &str) -> Check {
    compile(&rule(holds), &elements()).unwrap()
}

/// Facts by name: `x` of this return, `previous x`, `children x`, `register x`.
#[derive(Debug, Clone, Default)]
struct Given(BTreeMap<String, i64>);

fn given<const N: usize>(facts: [(&str, i64); N]) -> Given {
    Given(facts.map(|(name, n)| (name.to_owned(), n)).into())
}

impl Facts for Given {
    fn value(&self, element: &str) -> Option<i64> {
        self.0.get(element).copied()
    }
    fn previous(&self, element: &str) -> Option<i64> {
        self.value(&format!("previous {element}"))
    }
    fn children(&self, element: &str) -> Option<i64> {
        self.value(&format!("children {element}"))
    }
    fn register(&self, name: &str) -> Option<i64> {
        self.value(&format!("register {name}"))
    }
}

#[track_caller]
fn assert_holds<const N: usize>(check: &Check, facts: [(&str, i64); N]) {
    assert_eq!(check.run(&given(facts)), Finding::Holds, "{}", check.rule().holds);
}

#[track_caller]
fn assert_fails<const N: usize>(check: &Check, facts: [(&str, i64); N]) {
    let finding = check.run(&given(facts));
    assert!(matches!(finding, Finding::Fails { .. }), "{}: {finding:?}", check.rule().holds);
}

#[track_caller]
fn assert_unknown<const N: usize>(check: &Check, facts: [(&str, i64); N]) {
    assert_eq!(check.run(&given(facts)), Finding::Unknown, "{}", check.rule().holds);
}
