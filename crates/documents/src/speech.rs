//! What a report says of its own in its own language: words of the catalogue, numbers, shares, days.
//!
//! The words of tables, charts and heads are in `messages/locales/*/report.ftl`; a report's language
//! is its template's `language`, Vietnamese where we do not have it.

use jiff::{Timestamp, civil::Date};
use nhipcau_domain::{figure::Figure, indicator::WordingRule, problem::Arg, text, wording};
use nhipcau_messages::Lang;

/// A report's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Speech(Lang);

impl Speech {
    /// Of a template's `language`: `vi`, `en`; Vietnamese where it is empty or none of ours.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self(Lang::from_locale(language).unwrap_or_default())
    }

    /// Whether it is English.
    #[must_use]
    pub fn is_english(self) -> bool {
        self.0 == Lang::En
    }

    /// Words of the catalogue.
    #[must_use]
    pub fn word(self, id: &str) -> String {
        nhipcau_messages::word(self.0, id)
    }

    /// A sentence of the catalogue.
    #[must_use]
    pub fn say(self, id: &str, args: &[(&str, Arg)]) -> String {
        nhipcau_messages::say(self.0, id, args)
    }

    /// A whole number: `3.342.863`; `3,342,863`.
    #[must_use]
    pub fn number(self, n: i64) -> String {
        if self.is_english() { text::number_en(n) } else { text::number(n) }
    }

    /// A share in per cent with so many decimals, cut: `98,5%`; `98.5%`.
    #[must_use]
    pub fn share(self, numerator: i64, denominator: i64, decimals: u8) -> String {
        let exact = if self.is_english() { wording::exact_percent_en } else { wording::exact_percent };
        exact(numerator, denominator, decimals)
    }

    /// A figure as a report says it: `trên 98%`; `over 98%`. `rule` is its indicator's.
    #[must_use]
    pub fn wording(self, figure: &Figure, rule: &WordingRule) -> String {
        match (figure.numerator.or(figure.claimed), figure.denominator) {
            (Some(n), Some(d)) if self.is_english() => wording::percent_en(n, d, rule),
            (Some(n), None) if self.is_english() => wording::count_en(n, rule),
            _ => figure.wording.clone(),
        }
    }

    /// A day in figures: `18/5/2022`; `18 May 2022`.
    #[must_use]
    pub fn date(self, day: Date) -> String {
        if self.is_english() { text::date_en(day) } else { text::date(day) }
    }

    /// A day as a document's head has it: `ngày 18 tháng 5 năm 2022`; `18 May 2022`.
    #[must_use]
    pub fn date_in_words(self, day: Date) -> String {
        if self.is_english() { text::date_en(day) } else { text::date_in_words(day) }
    }

    /// An instant by the local clock: `14:05 ngày 18/5/2022`; `14:05, 18 May 2022`.
    #[must_use]
    pub fn date_time(self, at: Timestamp) -> String {
        if self.is_english() { text::date_time_en(at) } else { text::date_time(at) }
    }
}
