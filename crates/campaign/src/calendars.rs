//! `calendars.toml`: periods by a rule or one by one, and which calendars tile which.

use std::fmt::Write;

use jiff::{Span, civil::Date};
use nhipcau_domain::{
    id::CalendarId,
    period::{Calendar, Period},
    problem::Problem,
    text,
};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use crate::{
    dates,
    files::Files,
    notes::{Notes, What},
    toml_file::{Document, Ref, Source, into_id, into_ids},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    id: Ref,
    name: String,
    #[serde(default)]
    tiles: Vec<Ref>,
    rule: Option<RawRule>,
    #[serde(default)]
    period: Vec<RawPeriod>,
}

/// Periods of so many months each, one after the other from a day on.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawRule {
    first: Spanned<Datetime>,
    months: Spanned<u8>,
    count: Spanned<u16>,
    id: Ref,
    name: String,
    #[serde(default = "one")]
    number_from: i64,
    cycle: Option<u16>,
}

fn one() -> i64 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    id: Ref,
    name: String,
    first: Spanned<Datetime>,
    last: Spanned<Datetime>,
}

pub(crate) fn read(files: &dyn Files, notes: &mut Notes) -> Vec<Calendar> {
    let Some((file, text)) = notes.required(files, "calendars.toml") else { return Vec::new() };
    let mut document = Document::parse(file, &text, notes);
    let raw: Vec<RawCalendar> = document.items("calendar", notes);
    let source = document.finish("calendar", notes);

    let mut calendars: Vec<Calendar> = Vec::new();
    for calendar in raw {
        source.declare(What::Calendar, &calendar.id, notes);
        source.refer(What::Calendar, &calendar.tiles, notes);
        let at = calendar.id.clone();
        let id: CalendarId = into_id(calendar.id);
        let mut periods = match (calendar.rule, calendar.period.is_empty()) {
            (Some(rule), true) => by_rule(&id, &rule, &source, notes),
            (None, false) => {
                calendar.period.into_iter().filter_map(|p| one_by_one(&id, p, &source, notes)).collect()
            }
            (Some(_), false) | (None, true) => {
                let problem = Problem::new("campaign-calendar-needs-one-way").with("calendar", &id);
                source.push(problem, &at, notes);
                Vec::new()
            }
        };
        periods.sort_by_key(|p| p.first);
        let calendar = Calendar { id, name: calendar.name, periods, tiles: into_ids(calendar.tiles) };
        if let Err(problem) = calendar.check() {
            source.push(problem, &at, notes);
        }
        calendars.push(calendar);
    }
    for calendar in &calendars {
        for larger in calendars.iter().filter(|l| calendar.tiles.contains(&l.id)) {
            if let Err(problem) = calendar.check_tiles(larger) {
                notes.push_at(problem, What::Calendar, &calendar.id);
            }
        }
    }
    calendars
}

fn one_by_one(id: &CalendarId, raw: RawPeriod, source: &Source<'_>, notes: &mut Notes) -> Option<Period> {
    source.declare(What::Period, &raw.id, notes);
    let first = dates::from_toml(&raw.first, source, notes)?;
    let last = dates::from_toml(&raw.last, source, notes)?;
    Some(Period { id: into_id(raw.id), calendar: id.clone(), name: raw.name, first, last })
}

fn by_rule(id: &CalendarId, rule: &RawRule, source: &Source<'_>, notes: &mut Notes) -> Vec<Period> {
    let Some(anchor) = dates::from_toml(&rule.first, source, notes) else { return Vec::new() };
    let months = i64::from(*rule.months.get_ref());
    if months == 0 {
        let problem = Problem::new("campaign-calendar-no-months").with("calendar", id);
        source.push(problem, &rule.months, notes);
        return Vec::new();
    }
    // Each first day is reckoned from the anchor, so that the 31st is not lost on the way.
    let first_of = |n: i64| anchor.checked_add(Span::new().try_months(n * months).ok()?).ok();
    let cycle = i64::from(rule.cycle.unwrap_or(u16::try_from(12 / months).unwrap_or(1))).max(1);
    let mut periods = Vec::new();
    for n in 0..i64::from(*rule.count.get_ref()) {
        let bounds = first_of(n).zip(first_of(n + 1).and_then(|d| d.yesterday().ok()));
        let Some((first, last)) = bounds else {
            let problem = Problem::new("campaign-calendar-too-long").with("calendar", id);
            source.push(problem, &rule.count, notes);
            break;
        };
        let numbers =
            Numbers { n: n + rule.number_from, cycle: n / cycle + rule.number_from, i: n % cycle + 1 };
        let name = fill(rule.id.get_ref(), &numbers, first, last);
        let words = fill(&rule.name, &numbers, first, last);
        let (Some(name), Some(words)) = (name, words) else {
            let problem = Problem::new("campaign-calendar-bad-pattern")
                .with("found", format!("{} / {}", rule.id.get_ref(), rule.name))
                .with("expected", PLACES);
            source.push(problem, &rule.id, notes);
            break;
        };
        notes.declare(What::Period, &name, source.spot(rule.id.span().start));
        periods.push(Period { id: name.into(), calendar: id.clone(), name: words, first, last });
    }
    periods
}

const PLACES: &str = "{n}, {i}, {cycle}, {year}, {month}, {last-year}, {last-month}, {first}, {last}; {n:02}";

/// A period's numbers: running, of its cycle, within its cycle.
struct Numbers {
    n: i64,
    cycle: i64,
    i: i64,
}

/// Fills a pattern; none where it asks for something unknown.
fn fill(pattern: &str, numbers: &Numbers, first: Date, last: Date) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}')?;
        out.push_str(before);
        let (name, two) = match inside.split_once(':') {
            Some((name, "02")) => (name, true),
            Some(_) => return None,
            None => (inside, false),
        };
        let number = match name {
            "n" => numbers.n,
            "cycle" => numbers.cycle,
            "i" => numbers.i,
            "year" => first.year().into(),
            "month" => first.month().into(),
            "last-year" => last.year().into(),
            "last-month" => last.month().into(),
            "first" | "last" if !two => {
                out.push_str(&text::date(if name == "first" { first } else { last }));
                rest = after;
                continue;
            }
            _ => return None,
        };
        // Writing to a string does not fail.
        let _ = if two { write!(out, "{number:02}") } else { write!(out, "{number}") };
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
