//! Unknown is not false; too large is neither.

use super::*;

const TRUE: &str = "1 = 1";
const FALSE: &str = "1 = 2";
/// Nothing is given, so this is unknown.
const UNKNOWN: &str = "bulletins = 1";

fn truth(text: &str) -> Option<bool> {
    match check(text).run(&Given::default()) {
        Finding::Holds => Some(true),
        Finding::Fails { .. } => Some(false),
        Finding::Unknown => None,
        Finding::Overflow => panic!("{text} overflows"),
    }
}

#[test]
fn three_valued_logic_by_its_table() {
    let (t, f, u) = (Some(true), Some(false), None);
    for (left, right, and, or, implies) in [
        (TRUE, TRUE, t, t, t),
        (TRUE, FALSE, f, t, f),
        (TRUE, UNKNOWN, u, t, u),
        (FALSE, TRUE, f, t, t),
        (FALSE, FALSE, f, f, t),
        (FALSE, UNKNOWN, f, u, t),
        (UNKNOWN, TRUE, u, t, t),
        (UNKNOWN, FALSE, f, u, u),
        (UNKNOWN, UNKNOWN, u, u, u),
    ] {
        assert_eq!(truth(&format!("{left} and {right}")), and, "{left} and {right}");
        assert_eq!(truth(&format!("{left} or {right}")), or, "{left} or {right}");
        assert_eq!(truth(&format!("{left} implies {right}")), implies, "{left} implies {right}");
        assert_eq!(truth(&format!("if {left} then {right}")), implies, "if {left} then {right}");
    }
    assert_eq!(truth(&format!("not {TRUE}")), f);
    assert_eq!(truth(&format!("not {FALSE}")), t);
    assert_eq!(truth(&format!("not {UNKNOWN}")), u);
}

#[test]
fn missing_is_never_zero_in_a_sum_or_a_product() {
    for text in ["bulletins + 1 > 0", "bulletins * 0 = 0", "bulletins = bulletins", "bulletins != 1"] {
        assert_unknown(&check(text), []);
    }
    assert_holds(&check("bulletins * 0 = 0"), [("bulletins", 0)]);
}

#[test]
fn too_large_is_an_outcome_of_its_own() {
    let check = check("1 = 2 and bulletins * bulletins * bulletins > 0");
    assert_eq!(check.run(&given([("bulletins", i64::MIN)])), Finding::Overflow);
    assert_fails(&check, [("bulletins", 1)]);
    assert_fails(&check, []);
}

#[test]
fn the_largest_values_compare_exactly() {
    let check = check("bulletins * 2 + 1 > previous(bulletins) * 2");
    assert_holds(&check, [("bulletins", i64::MAX), ("previous bulletins", i64::MAX)]);
    assert_fails(&check, [("bulletins", i64::MIN), ("previous bulletins", i64::MAX)]);
}
