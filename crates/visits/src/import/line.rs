//! One line of an access log in the "combined" format.
//!
//! `address ident user [day/month/year:hour:minute:second zone] "request" status bytes "referrer" "agent"`

use std::net::IpAddr;

use jiff::{civil::DateTime, tz::Offset};
use serde::Serialize;

/// Why a line could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadLine {
    /// It does not begin with an address.
    Address,
    /// The time is not one.
    Time,
    /// The request is not in quotation marks, or not a method and a path.
    Request,
    /// The status is not a number of three digits.
    Status,
    /// Referrer or user agent are missing: the log is in the "common" format, which cannot tell robots.
    Agent,
    /// Longer than 64 KB.
    TooLong,
}

impl BadLine {
    /// The message's name in `locales/*/visits.ftl`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Address => "visits-line-address",
            Self::Time => "visits-line-time",
            Self::Request => "visits-line-request",
            Self::Status => "visits-line-status",
            Self::Agent => "visits-line-agent",
            Self::TooLong => "visits-line-too-long",
        }
    }
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub address: IpAddr,
    pub at: i64,
    pub method: &'a str,
    pub path: &'a str,
    pub status: u16,
    pub referrer: &'a str,
    pub agent: &'a str,
}

pub(crate) fn parse(line: &str) -> Result<Line<'_>, BadLine> {
    let (address, rest) = line.trim().split_once(' ').ok_or(BadLine::Address)?;
    let address = address.trim_matches(['[', ']']).parse().map_err(|_| BadLine::Address)?;
    let (_, rest) = rest.split_once('[').ok_or(BadLine::Time)?;
    let (at, rest) = rest.split_once(']').ok_or(BadLine::Time)?;
    let at = time(at).ok_or(BadLine::Time)?;
    let (request, rest) = quoted(rest).ok_or(BadLine::Request)?;
    let mut words = request.split(' ');
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Err(BadLine::Request) };
    if method.is_empty() || !method.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(BadLine::Request);
    }
    let mut words = rest.split_ascii_whitespace();
    let status = words.next().filter(|s| s.len() == 3).and_then(|s| s.parse().ok()).ok_or(BadLine::Status)?;
    let (referrer, rest) = quoted(rest).ok_or(BadLine::Agent)?;
    let (agent, _) = quoted(rest).ok_or(BadLine::Agent)?;
    Ok(Line { address, at, method, path, status, referrer, agent })
}

/// The first text in quotation marks (`\"` within it is not its end), and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (_, inner) = text.split_once('"')?;
    let mut escaped = false;
    let end = inner.bytes().position(|b| {
        let ends = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        ends
    })?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

/// `24/Nov/2026:00:05:09 +0700` in milliseconds since 1970.
fn time(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (moment, zone) = text.split_once(' ')?;
    let (date, clock) = moment.split_once(':')?;
    let mut date = date.split('/');
    let day: i8 = date.next()?.parse().ok()?;
    let name = date.next()?;
    let month = i8::try_from(MONTHS.iter().position(|m| *m == name)? + 1).ok()?;
    let year: i16 = date.next()?.parse().ok()?;
    let mut clock = clock.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let (sign, digits) = (if zone.starts_with('-') { -1 } else { 1 }, zone.get(1..)?);
    let (hours, minutes): (i32, i32) = (digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?);
    let offset = Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()?;
    // A leap second is counted with the second before it.
    let local = DateTime::new(year, month, day, hour, minute, second.min(59), 0).ok()?;
    Some(offset.to_timestamp(local).ok()?.as_millisecond())
}
