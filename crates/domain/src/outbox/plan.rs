//! On which days a deadline is reminded of.

use serde::{Deserialize, Serialize};

use crate::Date;

/// When those who have not reported are reminded by the system itself. Without any day it is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// So many days before the deadline.
    pub before: Option<u8>,
    /// On the deadline's day.
    #[serde(default)]
    pub on_day: bool,
    /// So many days after the deadline.
    pub after: Option<u8>,
}

/// Which of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The deadline is still to come.
    Before,
    /// It is today.
    OnDay,
    /// It has passed.
    After,
}

impl Plan {
    /// The most days before or after.
    pub const MOST: u8 = 30;

    /// Whether it reminds at all.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.before.is_none() && !self.on_day && self.after.is_none()
    }

    /// The deadlines that are reminded of on a day.
    pub fn deadlines(&self, today: Date) -> impl Iterator<Item = (Stage, Date)> {
        let days = [
            (Stage::Before, self.before.map(i64::from)),
            (Stage::OnDay, self.on_day.then_some(0)),
            (Stage::After, self.after.map(|days| -i64::from(days))),
        ];
        days.into_iter().filter_map(move |(stage, days)| {
            Some((stage, today.checked_add(jiff::Span::new().days(days?)).ok()?))
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_reminds_of_the_deadlines_at_its_distance() {
        let plan = Plan { before: Some(3), on_day: true, after: Some(2) };
        let due: Vec<Date> = plan.deadlines(date(2026, 12, 30)).map(|(_, due)| due).collect();
        assert_eq!(due, [date(2027, 1, 2), date(2026, 12, 30), date(2026, 12, 28)]);
        assert!(Plan::default().is_off());
        assert_eq!(Plan::default().deadlines(Date::MAX).count(), 0);
        assert_eq!(plan.deadlines(Date::MAX).count(), 2, "the end of time has no day after it");
    }
}
