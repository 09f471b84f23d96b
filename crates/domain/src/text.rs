//! Numbers, dates and text as a Vietnamese reader writes them.

use jiff::civil::Date;

/// A whole number with points between thousands: `3.342.863`.
#[must_use]
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// A date in figures, days below 10 and months 1 and 2 zero-padded (Decree 30/2020/NĐ-CP): `05/02/2022`, `18/5/2021`.
#[must_use]
pub fn date(d: Date) -> String {
    format!("{}/{}/{}", padded_day(d), padded_month(d), d.year())
}

/// A date in words, as official documents write it: `ngày 05 tháng 02 năm 2022`.
#[must_use]
pub fn date_in_words(d: Date) -> String {
    format!("ngày {} tháng {} năm {}", padded_day(d), padded_month(d), d.year())
}

fn padded_day(d: Date) -> String {
    format!("{:02}", d.day())
}

fn padded_month(d: Date) -> String {
    if d.month() < 3 { format!("{:02}", d.month()) } else { d.month().to_string() }
}
