//! Whole numbers as people type them, read without guessing and without floating point.

/// The largest number that is read: every whole number up to it is exact in a spreadsheet.
pub(crate) const LARGEST: i64 = 1_000_000_000_000_000;

/// Why a text is not a whole number that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotWhole {
    /// No number at all.
    NotANumber,
    /// Two readings: `1,234` is one thousand two hundred and thirty-four, or one and a bit.
    Ambiguous,
    /// A number with a fraction.
    Fraction,
    /// Below zero.
    Negative,
    /// A share.
    Percent,
    /// Above [`LARGEST`].
    TooLarge,
}

/// Reads a number typed as text, by the Vietnamese convention: points (or spaces) between
/// thousands, a comma before decimals. Other notations are read where no second reading exists.
pub(crate) fn from_text(text: &str) -> Result<i64, NotWhole> {
    if let Some(n) = plain(text) {
        return Ok(n);
    }
    let clean = crate::text::clean(text);
    let (negative, body) = match clean.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, clean.as_str()),
    };
    let (percent, body) = match body.strip_suffix('%') {
        Some(rest) => (true, rest.trim_end()),
        None => (false, body),
    };
    match magnitude(body) {
        Err(NotWhole::NotANumber) => Err(NotWhole::NotANumber),
        _ if percent => Err(NotWhole::Percent),
        _ if negative => Err(NotWhole::Negative),
        read => read,
    }
}

/// The common case: nothing but a few digits.
fn plain(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    bytes.iter().try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

fn magnitude(body: &str) -> Result<i64, NotWhole> {
    let mut groups: Vec<&str> = Vec::new();
    let mut separators: Vec<char> = Vec::new();
    let mut start = 0;
    for (at, c) in body.char_indices() {
        if c.is_ascii_digit() {
            continue;
        }
        if !matches!(c, '.' | ',' | ' ') || start == at {
            return Err(NotWhole::NotANumber);
        }
        groups.push(&body[start..at]);
        separators.push(c);
        start = at + 1;
    }
    if start == body.len() {
        return Err(NotWhole::NotANumber);
    }
    groups.push(&body[start..]);
    let (Some((fraction, whole)), Some((mark, before))) = (groups.split_last(), separators.split_last())
    else {
        return join(&groups);
    };

    let as_thousands = grouped(&groups) && separators.iter().all(|s| s == mark);
    // Read the last separator as the decimal mark: those before it must all be one other sign.
    let thousands_sign = before.first();
    let as_decimal = *mark != ' '
        && (whole.len() == 1 || grouped(whole))
        && thousands_sign.is_none_or(|t| t != mark && before.iter().all(|s| s == t));
    match (as_thousands, as_decimal) {
        (true, true) if *mark == ',' => Err(NotWhole::Ambiguous),
        (true, _) => join(&groups),
        // Points and commas mixed between thousands by mistake cannot be told from a fraction.
        (false, true) if whole.len() > 1 && fraction.len() == 3 => Err(NotWhole::Ambiguous),
        (false, true) if fraction.bytes().all(|b| b == b'0') => join(whole),
        (false, true) => Err(NotWhole::Fraction),
        (false, false) => Err(NotWhole::NotANumber),
    }
}

/// One to three digits, not beginning with zero, and then threes.
fn grouped(groups: &[&str]) -> bool {
    groups.split_first().is_some_and(|(first, rest)| {
        first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|g| g.len() == 3)
    })
}

fn join(groups: &[&str]) -> Result<i64, NotWhole> {
    let digits = groups.concat();
    let digits = digits.trim_start_matches('0');
    if digits.len() > 16 {
        return Err(NotWhole::TooLarge);
    }
    let n = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| NotWhole::TooLarge)? };
    if n > LARGEST { Err(NotWhole::TooLarge) } else { Ok(n) }
}

/// Reads a number as a workbook stores it (`1234`, `1.2E3`), to the fifteen significant digits
/// that a spreadsheet shows: `2.9999999999999996` is the 3 that the person sees.
pub(crate) fn from_stored(raw: &str) -> Result<i64, NotWhole> {
    if let Some(n) = plain(raw) {
        return Ok(n);
    }
    let raw = raw.trim();
    let (negative, raw) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw.strip_prefix('+').unwrap_or(raw)),
    };
    let (mantissa, exponent) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || digits.len() > 400 || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NotWhole::NotANumber);
    }
    let exponent: i64 = exponent.parse::<i32>().map_err(|_| NotWhole::NotANumber).map(i64::from)?;
    let leading = digits.iter().take_while(|d| **d == b'0').count();
    let mut point = i64::try_from(whole.len()).unwrap_or(i64::MAX).saturating_add(exponent)
        - i64::try_from(leading).unwrap_or(0);
    let mut significant = digits.get(leading..).unwrap_or_default().to_vec();
    if significant.is_empty() {
        return Ok(0);
    }
    if negative {
        return Err(NotWhole::Negative);
    }
    point += round_to_fifteen(&mut significant);
    while significant.last() == Some(&b'0') {
        significant.pop();
    }
    let length = i64::try_from(significant.len()).unwrap_or(i64::MAX);
    if length > point {
        return Err(NotWhole::Fraction);
    }
    if point > 16 {
        return Err(NotWhole::TooLarge);
    }
    significant.resize(usize::try_from(point).unwrap_or(0), b'0');
    let n = significant.iter().fold(0_i64, |n, d| n * 10 + i64::from(d - b'0'));
    if n > LARGEST { Err(NotWhole::TooLarge) } else { Ok(n) }
}

/// Rounds half up to fifteen digits; 1 where that carried into a new first digit.
fn round_to_fifteen(digits: &mut Vec<u8>) -> i64 {
    let up = digits.get(15).is_some_and(|d| *d >= b'5');
    digits.truncate(15);
    if !up {
        return 0;
    }
    for d in digits.iter_mut().rev() {
        if *d < b'9' {
            *d += 1;
            return 0;
        }
        *d = b'0';
    }
    digits.insert(0, b'1');
    1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_vietnamese_forms_hold() {
        for (text, n) in [
            ("0", 0),
            ("007", 7),
            ("1234", 1234),
            ("1.234", 1234),
            ("1 234", 1234),
            ("1\u{a0}234", 1234),
            ("1\u{202f}234\u{a0}", 1234),
            ("1.234.567", 1_234_567),
            ("1,234,567", 1_234_567),
            ("1.234,0", 1234),
            ("1.234,00", 1234),
            ("12,0", 12),
            ("5.0", 5),
            ("'42", 42),
            ("\u{200b}42 ", 42),
            ("１２３", 123),
            ("0,000", 0),
            ("1.000.000.000.000.000", LARGEST),
        ] {
            assert_eq!(from_text(text), Ok(n), "{text:?}");
        }
    }

    #[test]
    fn asks_where_it_would_be_a_guess() {
        use NotWhole::{Ambiguous, Fraction, Negative, NotANumber, Percent, TooLarge};
        for (text, why) in [
            ("1,234", Ambiguous),
            ("12,000", Ambiguous),
            ("1.234,000", Ambiguous),
            ("1,234.000", Ambiguous),
            ("12,5", Fraction),
            ("1.5", Fraction),
            ("0,123", Fraction),
            ("0.123", Fraction),
            ("1.234,5", Fraction),
            ("-5", Negative),
            ("\u{2212}5", Negative),
            ("98%", Percent),
            ("12,5 %", Percent),
            ("1.000.000.000.000.001", TooLarge),
            ("99999999999999999999999999", TooLarge),
            ("", NotANumber),
            ("mười hai", NotANumber),
            ("12 người", NotANumber),
            ("12 34", NotANumber),
            ("1..234", NotANumber),
            (".5", NotANumber),
            ("5.", NotANumber),
            ("1.23.456", NotANumber),
            ("+5", NotANumber),
            ("(5)", NotANumber),
            ("1/2", NotANumber),
            ("1e3", NotANumber),
        ] {
            assert_eq!(from_text(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn reads_stored_numbers_to_what_the_sheet_shows() {
        use NotWhole::{Fraction, Negative, NotANumber, TooLarge};
        for (raw, read) in [
            ("12", Ok(12)),
            ("12.0", Ok(12)),
            ("1E+15", Ok(LARGEST)),
            ("1.2E3", Ok(1200)),
            ("2.9999999999999996", Ok(3)),
            ("3.0000000000000004", Ok(3)),
            ("9.9999999999999999E14", Ok(LARGEST)),
            ("-0", Ok(0)),
            ("0.3", Err(Fraction)),
            ("1e-3", Err(Fraction)),
            ("-1", Err(Negative)),
            ("1E16", Err(TooLarge)),
            ("1e999999999", Err(TooLarge)),
            ("NaN", Err(NotANumber)),
            ("", Err(NotANumber)),
            ("1e", Err(NotANumber)),
        ] {
            assert_eq!(from_stored(raw), read, "{raw:?}");
        }
    }

    /// Every way in which some reader could take the text, by brute force.
    fn readings(text: &str) -> Vec<i128> {
        let text = text.trim();
        let mut found = Vec::new();
        for decimal in [None, Some('.'), Some(',')] {
            let (whole, fraction) = match decimal {
                None => (text, ""),
                Some(d) => text.rsplit_once(d).unwrap_or((text, "")),
            };
            if decimal.is_some_and(|d| whole.contains(d)) || !fraction.bytes().all(|b| b == b'0') {
                continue;
            }
            let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
            found.extend(digits.parse::<i128>());
        }
        found
    }

    proptest! {
        #[test]
        fn a_number_read_is_one_that_the_digits_say(text in "[0-9][0-9., ]{0,12}") {
            if let Ok(n) = from_text(&text) {
                prop_assert!(readings(&text).contains(&i128::from(n)), "{text:?} read as {n}");
            }
        }

        #[test]
        fn a_single_comma_before_three_digits_is_never_guessed(a in 1..1000_u32, b in 0..1000_u32) {
            prop_assert_eq!(from_text(&format!("{a},{b:03}")), Err(NotWhole::Ambiguous));
        }

        #[test]
        fn the_printed_number_is_read_back(n in 0..=LARGEST) {
            let printed = nhipcau_domain::text::number(n);
            prop_assert_eq!(from_text(&printed), Ok(n));
            prop_assert_eq!(from_text(&printed.replace('.', "\u{a0}")), Ok(n));
            prop_assert_eq!(from_text(&format!(" {n} ")), Ok(n));
            prop_assert_eq!(from_stored(&n.to_string()), Ok(n));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), raw in "[-+0-9.eE]{0,24}") {
            let _ = from_text(&text);
            let _ = from_stored(&raw);
        }
    }
}
