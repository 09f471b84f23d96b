//! What one cell answers: a number, not reported, not applicable, or exempt with its reason.

use std::collections::BTreeMap;

use jiff::{Span, civil};
use nhipcau_domain::{id::ReasonId, problem::Problem, returns::Value};

use crate::{
    grid::{Cell, Content, Format},
    number::{self, NotWhole},
    text::{clean, fold, short},
    xlsx::Refused,
};

/// How an empty answer is written out.
pub(crate) const NOT_REPORTED: &str = "không báo cáo";
/// How an answer that does not apply is written.
pub(crate) const NOT_APPLICABLE: &str = "không áp dụng";
/// What an exemption begins with.
pub(crate) const EXEMPT: &str = "miễn";

/// Reads a cell. The problem has no place and no label yet.
pub(crate) fn read(
    cell: Cell<'_>,
    reasons: &BTreeMap<String, String>,
    from_1904: bool,
) -> Result<Value, Refused> {
    match cell.content {
        Content::Empty if cell.formula => Err(Box::new(Problem::new("intake-cell-formula-unsaved"))),
        Content::Empty => Ok(Value::NotReported),
        Content::Text(text) => of_text(text, reasons),
        Content::Number(raw) => match cell.format {
            Format::Date => {
                let shown = date(raw, from_1904).map_or_else(|| raw.to_owned(), nhipcau_domain::text::date);
                Err(Box::new(Problem::new("intake-cell-date").with("found", shown)))
            }
            Format::Percent => Err(Box::new(Problem::new("intake-cell-percent").with("found", percent(raw)))),
            Format::Plain => number::from_stored(raw).map(Value::Number).map_err(|why| sentence(why, raw)),
        },
        Content::Bool(b) => {
            let shown = if b { "TRUE" } else { "FALSE" };
            Err(Box::new(Problem::new("intake-cell-boolean").with("found", shown)))
        }
        Content::Error(e) => Err(Box::new(Problem::new("intake-cell-error").with("found", short(e, 20)))),
    }
}

fn of_text(text: &str, reasons: &BTreeMap<String, String>) -> Result<Value, Refused> {
    let why = match number::from_text(text) {
        Ok(n) => return Ok(Value::Number(n)),
        Err(why) => why,
    };
    if why != NotWhole::NotANumber {
        return Err(sentence(why, text));
    }
    let folded = fold(&clean(text));
    match folded.as_str() {
        "" | "khong bao cao" | "not reported" => return Ok(Value::NotReported),
        "khong ap dung" | "kad" | "not applicable" => return Ok(Value::NotApplicable),
        _ => {}
    }
    let reason = folded.strip_prefix("mien").or_else(|| folded.strip_prefix("exempt"));
    match reason.filter(|r| !r.starts_with(char::is_alphanumeric)) {
        Some(reason) => exempt(text, reason, reasons),
        None => Err(sentence(NotWhole::NotANumber, text)),
    }
}

fn exempt(text: &str, folded: &str, reasons: &BTreeMap<String, String>) -> Result<Value, Refused> {
    let reason = folded.trim_matches([' ', ':', '-', '–', '(', ')']);
    let mut named = reasons.iter().filter(|(code, words)| fold(code) == reason || fold(words) == reason);
    if let (Some((code, _)), None) = (named.next(), named.next()) {
        return Ok(Value::Exempt(ReasonId::new(code)));
    }
    let expected: Vec<String> = reasons.iter().map(|(code, words)| format!("“{words}” ({code})")).collect();
    let problem = Problem::new("intake-exempt-reason").with("found", short(text, 60));
    Err(Box::new(problem.with("expected", expected.join(", "))))
}

fn sentence(why: NotWhole, found: &str) -> Refused {
    let problem = match why {
        NotWhole::NotANumber => Problem::new("intake-cell-text"),
        NotWhole::Ambiguous => Problem::new("intake-cell-ambiguous"),
        NotWhole::Fraction => Problem::new("intake-cell-fraction"),
        NotWhole::Negative => Problem::new("intake-cell-negative"),
        NotWhole::Percent => Problem::new("intake-cell-percent"),
        NotWhole::TooLarge => Problem::new("intake-cell-too-large").with("limit", number::LARGEST),
    };
    Box::new(problem.with("found", short(found, 60)))
}

/// The day that a stored date number stands for, or the day of an ISO date.
fn date(raw: &str, from_1904: bool) -> Option<civil::Date> {
    let days: Option<i64> = raw.split(['.', 'e', 'E']).next().and_then(|d| d.parse().ok());
    let Some(days) = days else { return raw.get(..10).and_then(|d| d.parse().ok()) };
    let zero = if from_1904 { civil::date(1904, 1, 1) } else { civil::date(1899, 12, 30) };
    zero.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A stored share as the cell shows it: `0.98` is `98%`.
fn percent(raw: &str) -> String {
    let (whole, fraction) = raw.split_once('.').unwrap_or((raw, ""));
    let plain = raw.len() < 16 && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !plain {
        return raw.to_owned();
    }
    let hundredths: String = fraction.chars().chain("00".chars()).take(2).collect();
    let joined = format!("{whole}{hundredths}");
    let rest = fraction.get(2..).unwrap_or("").trim_end_matches('0');
    let shown = joined.trim_start_matches('0');
    let shown = if shown.is_empty() { "0" } else { shown };
    if rest.is_empty() { format!("{shown}%") } else { format!("{shown},{rest}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons() -> BTreeMap<String, String> {
        BTreeMap::from([
            ("moi-thanh-lap".into(), "Đơn vị mới thành lập".into()),
            ("sap-nhap".into(), "Đang sáp nhập".into()),
        ])
    }

    fn text(t: &str) -> Result<Value, String> {
        read(Cell::text(t), &reasons(), false).map_err(|p| p.id)
    }

    #[test]
    fn words_are_read_as_answers() {
        assert_eq!(text(""), Ok(Value::NotReported));
        assert_eq!(text(" \u{a0} "), Ok(Value::NotReported));
        assert_eq!(text("Không báo cáo"), Ok(Value::NotReported));
        assert_eq!(text("KAD"), Ok(Value::NotApplicable));
        assert_eq!(text("KHÔNG ÁP DỤNG "), Ok(Value::NotApplicable));
        // Decomposed accents, as some keyboards type them.
        assert_eq!(text("kho\u{302}ng a\u{301}p du\u{323}ng"), Ok(Value::NotApplicable));
        for exempt in ["miễn: sap-nhap", "Miễn - Đang sáp nhập", "miễn (đang sáp nhập)", "exempt: sap-nhap"]
        {
            assert_eq!(text(exempt), Ok(Value::Exempt(ReasonId::new("sap-nhap"))), "{exempt}");
        }
        for unknown in ["miễn", "miễn:", "miễn: bận việc"] {
            assert_eq!(text(unknown), Err("intake-exempt-reason".into()), "{unknown}");
        }
        for asked in ["-", "không", "x", "miền Tây 5", "12 người", "miễncưỡng"] {
            assert!(text(asked).is_err(), "{asked}");
        }
    }

    #[test]
    fn a_stored_number_is_read_by_its_format() {
        let number = |raw, format| {
            let cell = Cell { content: Content::Number(raw), format, formula: false };
            read(cell, &reasons(), false).map_err(|p| format!("{p}"))
        };
        assert_eq!(number("12", Format::Plain), Ok(Value::Number(12)));
        assert_eq!(number("0.985", Format::Percent), Err("intake-cell-percent found=\"98,5%\"".into()));
        assert_eq!(number("1", Format::Percent), Err("intake-cell-percent found=\"100%\"".into()));
        assert_eq!(number("46054", Format::Date), Err("intake-cell-date found=\"01/02/2026\"".into()));
        assert_eq!(
            number("999999999999", Format::Date),
            Err("intake-cell-date found=\"999999999999\"".into())
        );
    }
}
