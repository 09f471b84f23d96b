//! Calendars and periods.
//!
//! State-administration reports cut off mid-month (Decree 09/2019/NĐ-CP, article 12); Party
//! reports follow their own instructions. So a calendar is configuration, and periods combine only
//! where a calendar is declared, and found, to tile another exactly.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    id::{CalendarId, PeriodId},
    problem::Problem,
};

/// A period (kỳ báo cáo): whole local days (UTC+7), first and last included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its name in configuration and addresses, such as `nam-1`.
    pub id: PeriodId,
    /// The calendar that it is of.
    pub calendar: CalendarId,
    /// Its name in Vietnamese.
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day: a stock is measured, and the tree read, as of this day.
    pub last: Date,
}

impl Period {
    /// Whether `other` lies wholly within this period.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// A calendar (lịch báo cáo): periods without gap or overlap, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its name in configuration.
    pub id: CalendarId,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its periods, in order.
    pub periods: Vec<Period>,
    /// The calendars whose periods are whole numbers of this one's.
    #[serde(default)]
    pub tiles: Vec<CalendarId>,
}

impl Calendar {
    /// Refuses gaps and overlaps between consecutive periods, and periods that end before they begin.
    pub fn check(&self) -> Result<(), Problem> {
        for p in &self.periods {
            if p.last < p.first {
                return Err(Problem::new("calendar-period-ends-before-start").with("period", &p.id));
            }
        }
        for pair in self.periods.windows(2) {
            if pair[0].last.tomorrow().ok() != Some(pair[1].first) {
                return Err(Problem::new("calendar-gap")
                    .with("calendar", &self.id)
                    .with("before", &pair[0].id)
                    .with("after", &pair[1].id)
                    .with("last", pair[0].last)
                    .with("first", pair[1].first));
            }
        }
        Ok(())
    }

    /// Refuses a declared tiling that does not hold: every period of `larger` that this calendar
    /// reaches must begin and end with one of ours.
    pub fn check_tiles(&self, larger: &Self) -> Result<(), Problem> {
        for p in &larger.periods {
            let within: Vec<_> =
                self.periods.iter().filter(|s| s.first <= p.last && p.first <= s.last).collect();
            let exact = within.first().is_none_or(|f| f.first == p.first)
                && within.last().is_none_or(|l| l.last == p.last);
            if !exact {
                return Err(Problem::new("calendar-does-not-tile")
                    .with("calendar", &self.id)
                    .with("larger", &larger.id)
                    .with("period", &p.id));
            }
        }
        Ok(())
    }

    /// The period that a day falls in.
    #[must_use]
    pub fn period_on(&self, day: Date) -> Option<&Period> {
        self.periods.iter().find(|p| p.first <= day && day <= p.last)
    }
}
