//! The time that is handed in, and the local day.

use jiff::{SignedDuration, Timestamp, civil::Date};

/// Where the time comes from: the program's clock, or a test's.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// Local time is UTC+7 all year (Vietnam has no daylight saving).
const OFFSET_MS: i64 = 7 * 3_600_000;
pub(crate) const DAY_MS: i64 = 86_400_000;
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A local day, counted from 1 January 1970.
pub(crate) type Day = i32;

/// The local day of a moment (milliseconds since 1970, UTC).
pub(crate) fn day_of(ms: i64) -> Day {
    i32::try_from(ms.saturating_add(OFFSET_MS).div_euclid(DAY_MS)).unwrap_or(Day::MAX)
}

/// The moment at which a local day begins.
pub(crate) fn start_of(day: Day) -> i64 {
    i64::from(day) * DAY_MS - OFFSET_MS
}

pub(crate) fn date_of(day: Day) -> Date {
    let hours = i64::from(day).saturating_mul(24);
    EPOCH.checked_add(SignedDuration::from_hours(hours)).unwrap_or(if day < 0 {
        Date::MIN
    } else {
        Date::MAX
    })
}

pub(crate) fn number_of(date: Date) -> Day {
    Day::try_from(date.duration_since(EPOCH).as_hours().div_euclid(24)).unwrap_or(0)
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Day) -> Day {
    day - (day + 3).rem_euclid(7)
}

/// The first day of a day's month.
pub(crate) fn first_of_month(day: Day) -> Day {
    number_of(date_of(day).first_of_month())
}

pub(crate) fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The local day of a moment, as the counters see it (UTC+7).
#[must_use]
pub fn local_date(at: Timestamp) -> Date {
    date_of(day_of(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        let midnight: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        assert_eq!(local_date(midnight), date(2026, 11, 24));
        assert_eq!(day_of(midnight.as_millisecond() - 1), number_of(date(2026, 11, 23)));
        assert_eq!(start_of(day_of(midnight.as_millisecond())), midnight.as_millisecond());
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let tuesday = number_of(date(2026, 11, 24));
        assert_eq!(date_of(monday(tuesday)), date(2026, 11, 23));
        assert_eq!(monday(monday(tuesday)), monday(tuesday));
        assert_eq!(date_of(monday(tuesday - 2)), date(2026, 11, 16));
        assert_eq!(date_of(first_of_month(tuesday)), date(2026, 11, 1));
        assert_eq!(number_of(date(1969, 12, 31)), -1);
    }
}
