//! Dates as official documents write them, and the local day (UTC+7).

use jiff::{Timestamp, civil::Date, tz::Offset};

/// Vietnam keeps one time zone and no summer time.
const LOCAL: Offset = Offset::constant(7);

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

/// A date for an English reader: `18 May 2022`.
#[must_use]
pub fn date_en(d: Date) -> String {
    d.strftime("%-d %B %Y").to_string()
}

/// The day on which an instant falls in Vietnam.
#[must_use]
pub fn local_day(at: Timestamp) -> Date {
    LOCAL.to_datetime(at).date()
}

/// An instant by the local clock, to the minute: `14:05 ngày 18/5/2022`.
#[must_use]
pub fn date_time(at: Timestamp) -> String {
    format!("{} ngày {}", clock(at), date(local_day(at)))
}

/// An instant by the local clock for an English reader: `14:05, 18 May 2022`.
#[must_use]
pub fn date_time_en(at: Timestamp) -> String {
    format!("{}, {}", clock(at), date_en(local_day(at)))
}

fn clock(at: Timestamp) -> String {
    let local = LOCAL.to_datetime(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn padded_day(d: Date) -> String {
    format!("{:02}", d.day())
}

fn padded_month(d: Date) -> String {
    if d.month() < 3 { format!("{:02}", d.month()) } else { d.month().to_string() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn days_below_10_and_months_1_and_2_are_padded() {
        assert_eq!(date(day(2022, 2, 5)), "05/02/2022");
        assert_eq!(date(day(2021, 5, 18)), "18/5/2021");
        assert_eq!(date(day(2016, 1, 15)), "15/01/2016");
        assert_eq!(date(day(2022, 3, 9)), "09/3/2022");
        assert_eq!(date(day(2022, 12, 31)), "31/12/2022");
        assert_eq!(date_in_words(day(2022, 2, 5)), "ngày 05 tháng 02 năm 2022");
        assert_eq!(date_in_words(day(2021, 5, 18)), "ngày 18 tháng 5 năm 2021");
        assert_eq!(date_en(day(2022, 2, 5)), "5 February 2022");
    }

    #[test]
    fn a_late_evening_in_utc_is_the_next_day_here() {
        let at: Timestamp = "2022-05-17T17:05:59Z".parse().unwrap();
        assert_eq!(local_day(at), day(2022, 5, 18));
        assert_eq!(date_time(at), "00:05 ngày 18/5/2022");
        let before: Timestamp = "2022-05-17T16:59:59Z".parse().unwrap();
        assert_eq!(local_day(before), day(2022, 5, 17));
        assert_eq!(date_time_en(before), "23:59, 17 May 2022");
    }

    #[test]
    fn the_ends_of_time_have_a_day_too() {
        assert!(local_day(Timestamp::MIN) < local_day(Timestamp::MAX));
    }
}
