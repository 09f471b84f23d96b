//! When people may be written to: from 7:00 until 20:00, local time.

use jiff::{Timestamp, ToSpan as _, civil, tz::Offset};

/// Vietnam keeps one time zone and no summer time.
const LOCAL: Offset = Offset::constant(7);
const FROM: i8 = 7;
const UNTIL: i8 = 20;

/// Whether people may be written to at that time.
#[must_use]
pub fn is_allowed(at: Timestamp) -> bool {
    (FROM..UNTIL).contains(&LOCAL.to_datetime(at).hour())
}

/// That time if people may be written to then, else the next 7:00.
#[must_use]
pub fn allowed_from(at: Timestamp) -> Timestamp {
    if is_allowed(at) {
        return at;
    }
    let local = LOCAL.to_datetime(at);
    let day = if local.hour() < FROM { Ok(local.date()) } else { local.date().checked_add(1.day()) };
    let morning = day.map(|day| day.to_datetime(civil::time(FROM, 0, 0, 0)));
    // At the end of time nobody is woken.
    morning.ok().and_then(|m| LOCAL.to_timestamp(m).ok()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_woken() {
        for (at, then) in [
            // 6:59 and 7:00 here.
            ("2026-11-29T23:59:59Z", "2026-11-30T00:00:00Z"),
            ("2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z"),
            ("2026-11-30T12:59:59Z", "2026-11-30T12:59:59Z"),
            // 20:00 here, the last day of a month.
            ("2026-11-30T13:00:00Z", "2026-12-01T00:00:00Z"),
            ("2026-11-30T17:30:00Z", "2026-12-01T00:00:00Z"),
        ] {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(allowed_from(at).to_string(), then, "{at}");
            assert_eq!(is_allowed(at), at.to_string() == then);
        }
        assert_eq!(allowed_from(Timestamp::MAX), Timestamp::MAX);
    }
}
