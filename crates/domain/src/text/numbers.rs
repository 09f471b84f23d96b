//! Whole numbers and money.

/// A whole number with points between thousands: `3.342.863`.
#[must_use]
pub fn number(n: i64) -> String {
    grouped(n, '.')
}

/// A whole number for an English reader: `3,342,863`.
#[must_use]
pub fn number_en(n: i64) -> String {
    grouped(n, ',')
}

/// Whole đồng: `600.000 đồng`.
#[must_use]
pub fn money(dong: i64) -> String {
    format!("{} đồng", number(dong))
}

/// Whole đồng for an English reader: `600,000 đồng`.
#[must_use]
pub fn money_en(dong: i64) -> String {
    format!("{} đồng", number_en(dong))
}

fn grouped(n: i64, separator: char) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_as_the_reader_expects() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_337), "1.337");
        assert_eq!(number(3_342_863), "3.342.863");
        assert_eq!(number(-36_254), "-36.254");
        assert_eq!(number(i64::MIN), "-9.223.372.036.854.775.808");
        assert_eq!(number_en(3_342_863), "3,342,863");
    }

    #[test]
    fn money_is_whole_dong() {
        assert_eq!(money(600_000), "600.000 đồng");
        assert_eq!(money_en(600_000), "600,000 đồng");
    }
}
