//! How figures are worded: strict at the boundary, cut and never rounded up.
//!
//! "trên 98%" is said only where 100·n > 98·d; exactly 98 prints "98%"; 97.99 never becomes 98.
//! Products are taken in `i128`, so that no count can overflow them.

#[cfg(test)]
mod tests;

use crate::{
    indicator::WordingRule,
    text::{number, number_en},
};

/// Decimals of an exact percentage where the rule gives none.
const DECIMALS: u8 = 1;
/// More decimals than these are not written.
const MOST_DECIMALS: u8 = 3;

/// The words of one language. They stand here and not in the catalogue: when "trên" may be said is a
/// rule, and the rule is tested with its words.
struct Words {
    over: &'static str,
    nearly: &'static str,
    all: &'static str,
    nobody: &'static str,
    comma: char,
    number: fn(i64) -> String,
}

const VI: Words = Words {
    over: "trên ",
    nearly: "gần ",
    all: "đạt 100%",
    nobody: "không có đối tượng",
    comma: ',',
    number,
};
const EN: Words = Words {
    over: "over ",
    nearly: "nearly ",
    all: "100%",
    nobody: "none to count",
    comma: '.',
    number: number_en,
};

/// A count as the report says it: "trên 100", "100", "gần 100" or the number itself.
#[must_use]
pub fn count(value: i64, rule: &WordingRule) -> String {
    VI.count(value, rule)
}

/// A count in English: "over 100", "100", "nearly 100" or the number itself.
#[must_use]
pub fn count_en(value: i64, rule: &WordingRule) -> String {
    EN.count(value, rule)
}

/// A share in per cent as the report says it: "trên 98%", "98%", "gần 98%", "đạt 100%" or "97,9%".
///
/// Everyone is always "đạt 100%": it says more than "trên 98%". Where there is nobody to count
/// (a denominator of 0 or less) it says so.
#[must_use]
pub fn percent(numerator: i64, denominator: i64, rule: &WordingRule) -> String {
    VI.percent(numerator, denominator, rule)
}

/// A share in per cent in English: "over 98%", "98%", "nearly 98%", "100%" or "97.9%".
#[must_use]
pub fn percent_en(numerator: i64, denominator: i64, rule: &WordingRule) -> String {
    EN.percent(numerator, denominator, rule)
}

/// A share in per cent with 0 to 3 decimals, cut: "98,5%"; without decimals where it is whole: "80%".
#[must_use]
pub fn exact_percent(numerator: i64, denominator: i64, decimals: u8) -> String {
    VI.exact(numerator, denominator, decimals)
}

/// A share in per cent in English, cut: "98.5%".
#[must_use]
pub fn exact_percent_en(numerator: i64, denominator: i64, decimals: u8) -> String {
    EN.exact(numerator, denominator, decimals)
}

impl Words {
    fn count(&self, value: i64, rule: &WordingRule) -> String {
        let Some(over) = rule.over else { return (self.number)(value) };
        let bound = (self.number)(over);
        let short = i128::from(over) - i128::from(value);
        if short < 0 {
            format!("{}{bound}", self.over)
        } else if short > 0 && rule.nearly_within.is_some_and(|w| short <= i128::from(w)) {
            format!("{}{bound}", self.nearly)
        } else {
            (self.number)(value)
        }
    }

    fn percent(&self, numerator: i64, denominator: i64, rule: &WordingRule) -> String {
        if denominator <= 0 {
            return self.nobody.to_owned();
        }
        if numerator == denominator {
            return self.all.to_owned();
        }
        if let Some(over) = rule.over {
            let (n, d) = (i128::from(numerator), i128::from(denominator));
            let short = i128::from(over) * d - 100 * n;
            let bound = (self.number)(over);
            if short < 0 {
                return format!("{}{bound}%", self.over);
            }
            // The distance is in tenths of a per cent. A product too large to hold is too far.
            let near = |within: i64| short.saturating_mul(10) <= i128::from(within) * d;
            if short > 0 && rule.nearly_within.is_some_and(near) {
                return format!("{}{bound}%", self.nearly);
            }
        }
        self.exact(numerator, denominator, rule.decimals.unwrap_or(DECIMALS))
    }

    fn exact(&self, numerator: i64, denominator: i64, decimals: u8) -> String {
        if denominator <= 0 {
            return self.nobody.to_owned();
        }
        let decimals = decimals.min(MOST_DECIMALS);
        let scale = 10_i128.pow(decimals.into());
        let (hundredfold, d) = (i128::from(numerator) * 100, i128::from(denominator));
        let scaled = (hundredfold * scale).div_euclid(d);
        let sign = if scaled < 0 { "-" } else { "" };
        let (whole, rest) = (scaled.abs() / scale, scaled.abs() % scale);
        // A share of counts is far below i64's end; beyond it the plain digits are written.
        let whole = i64::try_from(whole).map_or_else(|_| whole.to_string(), self.number);
        if decimals == 0 || hundredfold % d == 0 {
            format!("{sign}{whole}%")
        } else {
            format!("{sign}{whole}{}{rest:0width$}%", self.comma, width = usize::from(decimals))
        }
    }
}
