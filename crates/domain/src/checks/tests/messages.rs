//! The sentence names the numbers.

use super::*;

fn says<const N: usize>(message: &str, facts: [(&str, i64); N]) -> String {
    says_both(message, "", facts).0
}

fn says_both<const N: usize>(message: &str, message_en: &str, facts: [(&str, i64); N]) -> (String, String) {
    let rule = Rule { message: message.into(), message_en: message_en.into(), ..rule("1 = 2") };
    match compile(&rule, &elements()).unwrap().run(&given(facts)) {
        Finding::Fails { message, message_en } => (message, message_en),
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_print_as_their_reader_writes_them() {
    assert_eq!(
        says_both(
            "Đăng ký {members.registered} đồng chí, nhiều hơn {members.total}.",
            "{members.registered} registered, more than {members.total}.",
            [("members.registered", 3_342_863), ("members.total", 1_337)],
        ),
        (
            "Đăng ký 3.342.863 đồng chí, nhiều hơn 1.337.".into(),
            "3,342,863 registered, more than 1,337.".into()
        )
    );
}

#[test]
fn without_english_the_vietnamese_sentence_stands() {
    let (vi, en) = says_both("Thiếu {bulletins}.", " ", [("bulletins", 1_000)]);
    assert_eq!((vi.as_str(), en.as_str()), ("Thiếu 1.000.", "Thiếu 1.000."));
}

#[test]
fn any_quantity_can_stand_in_a_sentence() {
    assert_eq!(
        says(
            r#"{members.total - members.registered}; {previous(members.total)}; {register("a}b") * 2}"#,
            [
                ("members.total", 10),
                ("members.registered", 3),
                ("previous members.total", 9),
                ("register a}b", 4)
            ],
        ),
        "7; 9; 8"
    );
}

#[test]
fn what_is_unknown_or_too_large_prints_as_a_dash() {
    assert_eq!(says("Kỳ trước {previous(bulletins)}.", [("bulletins", 3)]), "Kỳ trước —.");
    assert_eq!(says("{bulletins * bulletins * bulletins}", [("bulletins", i64::MIN)]), "—");
}

#[test]
fn more_than_sixty_three_bits_still_print() {
    assert_eq!(says("{bulletins * -1}", [("bulletins", i64::MIN)]), "9.223.372.036.854.775.808");
    assert_eq!(says("{bulletins - 1}", [("bulletins", i64::MIN)]), "-9.223.372.036.854.775.809");
    assert_eq!(says("{bulletins * 1000}", [("bulletins", i64::MAX)]), "9.223.372.036.854.775.807.000");
}

#[test]
fn doubled_braces_print_as_braces() {
    assert_eq!(says("{{x}} {{{bulletins}}}", [("bulletins", 5)]), "{x} {5}");
}
