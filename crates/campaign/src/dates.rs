//! Days as configuration writes them: `2025-07-01`.

use nhipcau_domain::{Date, problem::Problem};
use toml::{Spanned, value::Datetime};

use crate::{
    notes::{Notes, Spot},
    toml_file::Source,
};

/// A day from a CSV field.
pub(crate) fn parse(text: &str, at: Spot, notes: &mut Notes) -> Option<Date> {
    let shaped = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    let day = if shaped { text.parse().ok() } else { None };
    if day.is_none() {
        notes.push(Problem::new("campaign-bad-date").with("found", text), at);
    }
    day
}

/// A day from a TOML date.
pub(crate) fn from_toml(day: &Spanned<Datetime>, source: &Source<'_>, notes: &mut Notes) -> Option<Date> {
    let value = day.get_ref();
    let found = value.date.filter(|_| value.time.is_none() && value.offset.is_none()).and_then(|d| {
        let year = i16::try_from(d.year).ok()?;
        Date::new(year, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?).ok()
    });
    if found.is_none() {
        let problem = Problem::new("campaign-bad-date").with("found", value.to_string());
        notes.push(problem, source.spot(day.span().start));
    }
    found
}
