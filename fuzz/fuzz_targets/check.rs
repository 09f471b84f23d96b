//! A rule that was read prints as a rule that reads the same, and can be run on any numbers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nhipcau_domain::{
    checks::{Facts, Rule, compile},
    id::ElementId,
    problem::Severity,
};

struct Numbers(i64);

impl Facts for Numbers {
    fn value(&self, element: &str) -> Option<i64> {
        (element.len() % 5 > 0).then_some(self.0)
    }

    fn previous(&self, _: &str) -> Option<i64> {
        Some(self.0.wrapping_mul(3))
    }

    fn children(&self, _: &str) -> Option<i64> {
        None
    }

    fn register(&self, name: &str) -> Option<i64> {
        i64::try_from(name.len()).ok()
    }
}

fn rule(holds: &str, message: &str) -> Rule {
    Rule {
        id: "r".into(),
        data_set: "d".into(),
        kinds: Vec::new(),
        holds: holds.into(),
        severity: Severity::Refuse,
        message: message.into(),
        message_en: String::new(),
    }
}

fuzz_target!(|data: &str| {
    let elements: Vec<ElementId> =
        ["a", "members.total", "members.registered", "members.exempt.meetings-only", "đảng-viên.số"]
            .into_iter()
            .map(ElementId::from)
            .collect();
    let (holds, message) = data.split_once('\n').unwrap_or((data, "m"));
    let Ok(check) = compile(&rule(holds, message), &elements) else { return };
    let printed = check.holds().to_string();
    // Printed it is longer where brackets are added, so only what may be that long is read again.
    if printed.chars().count() <= 2_000 {
        let again = compile(&rule(&printed, message), &elements).expect("what it prints can be read");
        assert_eq!(again.holds(), check.holds(), "{printed}");
    }
    for n in [0, 1, -1, i64::MAX, i64::MIN] {
        let _ = check.run(&Numbers(n));
    }
});
