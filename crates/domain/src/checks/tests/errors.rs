//! What cannot be read is refused with its place.

use super::*;
use crate::problem::Arg;

fn refused(holds: &str) -> Problem {
    compile(&rule(holds), &elements()).unwrap_err()
}

/// `id at found expected`, with `-` for what is not there.
fn summary(problem: &Problem) -> String {
    let text = |name| match problem.arg(name) {
        Some(Arg::Text(text)) => text.clone(),
        Some(Arg::Number(n)) => n.to_string(),
        None => "-".to_owned(),
    };
    format!("{} {} {} {}", problem.id, text("at"), text("found"), text("expected"))
}

#[test]
fn each_mistake_is_named_at_its_column() {
    for (text, expected) in [
        ("  ", "check-empty 1 - -"),
        ("bulletins", "check-condition-expected 1 bulletins -"),
        ("bulletins + 1 and 1 = 1", "check-condition-expected 1 bulletins + 1 -"),
        ("not (bulletins)", "check-condition-expected 5 (bulletins) -"),
        ("1 + (2 = 3) = 4", "check-number-expected 5 (2 = 3) -"),
        ("1 < bulletins < 3", "check-comparison-chained 15 < and"),
        ("bulletins <", "check-operand-missing 12  -"),
        ("bulletins < )", "check-operand-expected 13 ) -"),
        ("bulletins = - bulletins", "check-operand-expected 13 - -"),
        ("1 = 1 and if 1 = 1 then 2 = 2", "check-operand-expected 11 if -"),
        ("bulletins == 1", "check-operand-expected 12 = -"),
        ("bulletins 1", "check-operator-expected 11 1 -"),
        ("(bulletins = 1", "check-token-missing 15  )"),
        ("(bulletins = 1 1", "check-token-expected 16 1 )"),
        ("if bulletins = 1 bulletins = 2", "check-token-expected 18 bulletins then"),
        ("previous bulletins = 1", "check-token-expected 10 bulletins ("),
        ("previous(1) = 1", "check-token-expected 10 1 previous(…)"),
        ("register(bulletins) = 1", "check-token-expected 10 bulletins register(\"…\")"),
        ("register(\"x) = 1", "check-text-unclosed 10 - \""),
        ("bulletins ≤ 1", "check-character-unknown 11 ≤ -"),
        ("bulletins. = 1", "check-character-unknown 10 . -"),
        ("bulletins / 2 = 1", "check-division 11 / *"),
        ("bulletins = 1.000", "check-number-format 13 1.000 -"),
        ("bulletins = 3a", "check-number-format 13 3a -"),
        (
            "bulletins = 9223372036854775808",
            "check-number-too-large 13 9223372036854775808 9223372036854775807",
        ),
        ("bulletin = 1", "check-element-misspelt 1 bulletin bulletins"),
        ("1 = đảng.viên", "check-element-unknown 5 đảng.viên -"),
        (
            "members.total-members.registered = 1",
            "check-subtraction-unspaced 1 members.total-members.registered members.total - members.registered",
        ),
    ] {
        assert_eq!(summary(&refused(text)), expected, "{text}");
    }
}

#[test]
fn columns_count_characters_and_lines_are_told_apart() {
    let problem = refused("đ = 1");
    assert_eq!((problem.place.line, problem.place.column), (Some(1), Some(1)));
    let problem = refused("bulletins > 1\n  and ê = 1");
    assert_eq!((problem.place.line, problem.place.column), (Some(2), Some(7)));
    assert_eq!(problem.arg("rule"), Some(&Arg::Text("r".into())));
    assert_eq!(problem.arg("field"), Some(&Arg::Text("holds".into())));
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |n| format!("{}1 = 1{}", "(".repeat(n), ")".repeat(n));
    assert_holds(&check(&nested(59)), []);
    assert_eq!(refused(&nested(60)).id, "check-too-deep");
    assert_eq!(refused(&"not ".repeat(300)).id, "check-too-deep");
    assert_eq!(refused(&"if ".repeat(300)).id, "check-too-deep");

    let side_by_side = format!("1 = 1{}", " and (not 1 = 2)".repeat(57));
    assert_holds(&check(&side_by_side), []);

    let sum = |n| format!("0 = 0{}", " + 0".repeat(n));
    assert_holds(&check(&sum(58)), []);
    assert_eq!(refused(&sum(59)).id, "check-too-deep");

    let padded = |n: usize| format!("{}1 = 1", " ".repeat(n - 5));
    assert_holds(&check(&padded(2000)), []);
    assert_eq!(summary(&refused(&padded(2001))), "check-too-long 2001 2001 2000");
}

#[test]
fn a_message_is_read_when_the_rule_is() {
    for (message, expected) in [
        ("", "check-empty 1 - -"),
        ("Có {bulletins", "check-brace-unclosed 4 { }"),
        ("Có {bulletins {bulletins}", "check-brace-unclosed 4 { }"),
        ("Có bulletins} bản tin", "check-brace-unopened 13 } }}"),
        ("Có {} bản tin", "check-operand-missing 5  -"),
        ("Có {bulletins = 1} bản tin", "check-number-expected 5 bulletins = 1 -"),
        ("Có {bulletin} bản tin", "check-element-misspelt 5 bulletin bulletins"),
    ] {
        let rule = Rule { message: message.into(), ..rule("1 = 2") };
        let problem = compile(&rule, &elements()).unwrap_err();
        assert_eq!(summary(&problem), expected, "{message}");
        assert_eq!(problem.arg("field"), Some(&Arg::Text("message".into())));
    }
    let rule = Rule { message_en: "{x".into(), ..rule("1 = 2") };
    let problem = compile(&rule, &elements()).unwrap_err();
    assert_eq!(problem.arg("field"), Some(&Arg::Text("message_en".into())));
}
