//! The wording's rules, at and around the boundary.

use proptest::prelude::*;

use super::*;

fn over(over: i64) -> WordingRule {
    WordingRule { over: Some(over), ..WordingRule::default() }
}

fn near(bound: i64, within: i64) -> WordingRule {
    WordingRule { over: Some(bound), nearly_within: Some(within), decimals: None }
}

#[test]
fn a_count_is_over_only_strictly() {
    assert_eq!(count(101, &over(100)), "trên 100");
    assert_eq!(count(100, &over(100)), "100");
    assert_eq!(count(99, &over(100)), "99");
    assert_eq!(count(99, &near(100, 1)), "gần 100");
    assert_eq!(count(98, &near(100, 1)), "98");
    assert_eq!(count(3_342_863, &WordingRule::default()), "3.342.863");
    assert_eq!(count_en(1_338, &over(1_337)), "over 1,337");
    assert_eq!(count_en(1_336, &near(1_337, 5)), "nearly 1,337");
}

#[test]
fn a_share_is_over_only_strictly() {
    assert_eq!(percent(9_801, 10_000, &over(98)), "trên 98%");
    assert_eq!(percent(98, 100, &over(98)), "98%");
    assert_eq!(percent(9_799, 10_000, &over(98)), "97,9%");
    assert_eq!(percent(9_799, 10_000, &near(98, 1)), "gần 98%");
    assert_eq!(percent(979, 1_000, &near(98, 1)), "gần 98%");
    assert_eq!(percent(9_789, 10_000, &near(98, 1)), "97,8%");
    assert_eq!(percent_en(9_801, 10_000, &over(98)), "over 98%");
    assert_eq!(percent_en(9_799, 10_000, &near(98, 1)), "nearly 98%");
    assert_eq!(percent_en(985, 1_000, &WordingRule::default()), "98.5%");
}

#[test]
fn everyone_is_a_hundred_per_cent_and_nobody_is_said() {
    for rule in [WordingRule::default(), over(98), over(100), near(100, 5)] {
        assert_eq!(percent(7, 7, &rule), "đạt 100%");
        assert_eq!(percent_en(7, 7, &rule), "100%");
        assert_eq!(percent(0, 0, &rule), "không có đối tượng");
    }
    assert_eq!(exact_percent(7, 7, 1), "100%");
}

#[test]
fn whole_shares_have_no_decimals_and_others_keep_them() {
    assert_eq!(exact_percent(4, 5, 1), "80%");
    assert_eq!(exact_percent(985, 1_000, 1), "98,5%");
    assert_eq!(exact_percent(9_804, 10_000, 1), "98,0%");
    assert_eq!(exact_percent(2, 3, 0), "66%");
    assert_eq!(exact_percent(2, 3, 3), "66,666%");
    assert_eq!(exact_percent(2, 3, 9), "66,666%");
    assert_eq!(exact_percent(1, 1_000, 2), "0,10%");
    assert_eq!(exact_percent(0, 9, 1), "0%");
}

/// The lower end of what a Vietnamese wording says, in thousandths of a per cent.
fn said(wording: &str) -> i128 {
    let figure: String = wording.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
    let (whole, rest) = figure.split_once(',').unwrap_or((&figure, ""));
    whole.parse::<i128>().unwrap() * 1_000 + format!("{rest:0<3}").parse::<i128>().unwrap()
}

fn share() -> impl Strategy<Value = (i64, i64)> {
    prop_oneof![1..300_i64, 1..=i64::MAX].prop_flat_map(|d| (0..=d, Just(d)))
}

fn any_rule() -> impl Strategy<Value = WordingRule> {
    (prop::option::of(0..=101_i64), prop::option::of(0..50_i64), prop::option::of(0..=4_u8))
        .prop_map(|(over, nearly_within, decimals)| WordingRule { over, nearly_within, decimals })
}

proptest! {
    #[test]
    fn over_is_said_only_where_it_is_true((n, d) in share(), bound in 0..=100_i64) {
        let (wide_n, wide_d) = (i128::from(n), i128::from(d));
        let strictly = 100 * wide_n > i128::from(bound) * wide_d;
        prop_assert_eq!(percent(n, d, &over(bound)).starts_with("trên"), strictly && n != d);
    }

    #[test]
    fn a_share_is_never_rounded_up((n, d) in share(), decimals in 0..=3_u8) {
        let said = said(&exact_percent(n, d, decimals));
        let unit = 10_i128.pow(3 - u32::from(decimals));
        prop_assert!(said * i128::from(d) <= i128::from(n) * 100_000);
        prop_assert!((said + unit) * i128::from(d) > i128::from(n) * 100_000);
    }

    #[test]
    fn nearly_is_said_only_below_and_within_the_distance((n, d) in share(), rule in any_rule()) {
        let text = percent(n, d, &rule);
        if let (true, Some(bound), Some(within)) = (text.starts_with("gần"), rule.over, rule.nearly_within) {
            let (n, d) = (i128::from(n), i128::from(d));
            prop_assert!(100 * n < i128::from(bound) * d);
            prop_assert!(1_000 * n >= i128::from(bound * 10 - within) * d);
        } else {
            prop_assert!(!text.starts_with("gần"));
        }
    }

    #[test]
    fn more_is_never_said_as_less((n, d) in share(), rule in any_rule()) {
        prop_assume!(n < d);
        let (less, more) = (percent(n, d, &rule), percent(n + 1, d, &rule));
        let rank = |t: &str| {
            let above = if t.starts_with("gần") { -1 } else { i128::from(t.starts_with("trên")) };
            said(t) * 4 + above
        };
        prop_assert!(rank(&less) <= rank(&more), "{} then {}", less, more);
    }

    #[test]
    fn no_number_is_too_large(n: i64, d: i64, bound: i64, within: i64, decimals: u8) {
        let rule = WordingRule { over: Some(bound), nearly_within: Some(within), decimals: Some(decimals) };
        prop_assert!(percent(n, d, &rule).ends_with('%') || d <= 0);
        prop_assert!(percent_en(n, d, &rule).ends_with('%') || d <= 0);
        prop_assert!(count(n, &rule).contains(|c: char| c.is_ascii_digit()));
    }
}
