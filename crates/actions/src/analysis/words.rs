//! How the table is said: its numbers, what they rest on, its heads, what must not be overlooked; the same on
//! the page and in its files.

use nhipcau_domain::{
    Date,
    figure::{Figure, Status},
    text,
    wording::{exact_percent, exact_percent_en},
};
use nhipcau_messages::{Lang, say, word};

use super::{Asked, Head, Key, Level, Pivot};
pub use crate::review::words::number;

/// A day as the reader writes it.
#[must_use]
pub fn day(lang: Lang, day: Date) -> String {
    match lang {
        Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}

/// A figure with all its digits; a dash where nothing was reported: missing is not zero.
#[must_use]
pub fn said(lang: Lang, figure: &Figure, decimals: u8) -> String {
    match (figure.status, figure.numerator, figure.denominator) {
        (Status::Unanswerable, ..) => word(lang, "analysis-undecided"),
        (_, Some(n), Some(d)) => match lang {
            Lang::En => exact_percent_en(n, d, decimals),
            _ => exact_percent(n, d, decimals),
        },
        (_, Some(n), None) => number(lang, n),
        // A rate that units give differently: from the least to the most, and never a sum.
        _ if !figure.wording.is_empty() => figure.wording.clone(),
        _ => word(lang, "analysis-none"),
    }
}

/// Numerator and denominator of a share.
#[must_use]
pub fn fraction(lang: Lang, figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(n), Some(d)) => format!("{}/{}", number(lang, n), number(lang, d)),
        _ => String::new(),
    }
}

/// What a figure rests on: returns accepted of returns owed.
#[must_use]
pub fn covered(lang: Lang, figure: &Figure) -> String {
    let c = &figure.coverage;
    say(lang, "analysis-rests", &[("accepted", c.accepted.into()), ("expected", c.expected.into())])
}

/// What the head of a line or a column is called.
#[must_use]
pub fn called(lang: Lang, asked: &Asked, branch: &str, head: &Head) -> String {
    let of_branch = |id: &str| say(lang, id, &[("branch", branch.into())]);
    match (&head.key, &asked.level) {
        (Key::Whole, _) => of_branch("analysis-whole"),
        (Key::Rest, Level::Below) => of_branch("analysis-direct"),
        (Key::Rest, Level::Each) => branch.to_owned(),
        (Key::Rest, Level::Kind(_)) => word(lang, "analysis-rest"),
        _ => head.name.clone(),
    }
}

/// Of what the table is, in one line.
#[must_use]
pub fn lead(lang: Lang, found: &Pivot) -> String {
    let mut parts = vec![found.branch.clone()];
    if let Some(item) = &found.item {
        parts.push(if item.more.is_empty() {
            item.name.clone()
        } else {
            format!("{} ({})", item.name, item.more)
        });
    }
    if let Some(period) = &found.period {
        parts.push(period.name.clone());
    }
    parts.push(match found.tree {
        None => word(lang, "analysis-tree-then"),
        Some(on) => say(lang, "analysis-tree-on", &[("day", day(lang, on).into())]),
    });
    parts.join(" · ")
}

/// What must not be overlooked: what is out of reach, what does not fit, where definitions changed.
#[must_use]
pub fn told(lang: Lang, found: &Pivot) -> Vec<String> {
    let mut told = Vec::new();
    let counted = |id: &str, count: usize| say(lang, id, &[("count", count.into())]);
    if found.left_out > 0 {
        told.push(counted("analysis-left-out", found.left_out));
    }
    if found.not_across > 0 {
        told.push(counted("analysis-not-across", found.not_across));
    }
    for b in &found.breaks {
        let heads = found.rows.iter().chain(&found.columns).chain(&found.item);
        let name =
            |key: &Key| heads.clone().find(|h| h.key == *key).map(|h| h.name.clone()).unwrap_or_default();
        let args = [
            ("item", name(&Key::Item(b.item.clone())).into()),
            ("period", name(&Key::Period(b.period.clone())).into()),
            ("day", day(lang, b.from).into()),
        ];
        told.push(say(lang, "analysis-break", &args));
    }
    told
}
