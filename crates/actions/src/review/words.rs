//! How returns are said in a table: the same on the page and in its files.

use nhipcau_domain::{
    returns::{Status, Value},
    text,
};
use nhipcau_messages::{Lang, say, word};

use super::WideRow;

/// A whole number as the reader writes it.
#[must_use]
pub fn number(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => text::number_en(n),
        _ => text::number(n),
    }
}

/// An answer.
#[must_use]
pub fn value(lang: Lang, value: &Value) -> String {
    match value {
        Value::Number(n) => number(lang, *n),
        Value::NotReported => word(lang, "review-value-not-reported"),
        Value::Exempt(reason) => say(lang, "review-value-exempt", &[("reason", reason.into())]),
        Value::NotApplicable => word(lang, "review-value-not-applicable"),
    }
}

/// A status.
#[must_use]
pub fn status(lang: Lang, status: Status) -> String {
    word(lang, &format!("review-status-{}", status.as_str()))
}

/// A row's status; that what is shown does not count yet, where that is so.
#[must_use]
pub fn standing(lang: Lang, row: &WideRow) -> String {
    let said = status(lang, row.status);
    let shown = row.cells.iter().any(|c| c.value.is_some());
    if shown && !row.counts { say(lang, "review-not-counted", &[("status", said.into())]) } else { said }
}
