//! What is asked for, as an address says it.

use std::str::FromStr;

use nhipcau_domain::{
    Date,
    definitions::Definitions,
    element::UnitRule,
    figure::Figure,
    id::{CalendarId, DataSetId, ElementId, IndicatorId, KindId, PeriodId, UnitId},
    indicator::{Filter, Formula, Indicator, WordingRule},
    period::Period,
};

use crate::basis::TreeDay;

/// What stands on a side of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Units.
    Unit,
    /// Periods.
    Period,
    /// Elements or indicators.
    Item,
}

impl Axis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unit, Self::Period, Self::Item];

    /// Its name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "don-vi",
            Self::Period => "ky",
            Self::Item => "chi-tieu",
        }
    }

    /// Reads the name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str() == name)
    }

    /// What usually stands across, where this stands down the side.
    #[must_use]
    pub fn usually_across(self) -> Self {
        if self == Self::Item { Self::Period } else { Self::Item }
    }

    /// The one that is neither of two.
    #[must_use]
    pub fn third(self, other: Self) -> Self {
        Self::ALL.into_iter().find(|a| *a != self && *a != other).unwrap_or(Self::Unit)
    }
}

/// One thing that has numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An element, as units report it.
    Element(ElementId),
    /// An indicator, as reports say it.
    Indicator(IndicatorId),
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Element(id) => write!(f, "e.{id}"),
            Self::Indicator(id) => write!(f, "i.{id}"),
        }
    }
}

impl FromStr for Item {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name.split_once('.') {
            Some(("e", id)) if !id.is_empty() => Ok(Self::Element(id.into())),
            Some(("i", id)) if !id.is_empty() => Ok(Self::Indicator(id.into())),
            _ => Err(()),
        }
    }
}

impl Item {
    /// What is evaluated: the indicator, or the element as a count or a rate of itself. None where there is
    /// no such thing, or it is a claim, which has no parts.
    #[must_use]
    pub fn indicator(&self, definitions: &Definitions) -> Option<Indicator> {
        match self {
            Self::Indicator(id) => {
                let found = definitions.indicator(id)?;
                (!matches!(found.formula, Formula::Claim { .. })).then(|| found.clone())
            }
            Self::Element(id) => {
                let element = definitions.element(id)?;
                Some(Indicator {
                    id: IndicatorId::new(id.as_str()),
                    name: element.name.clone(),
                    definition: String::new(),
                    measure: element.measure.clone(),
                    formula: match element.adds {
                        UnitRule::Adds => Formula::Count { of: vec![id.clone()] },
                        UnitRule::Lists => Formula::Rate { of: id.clone() },
                    },
                    filter: Filter::default(),
                    wording: WordingRule::default(),
                    quote: None,
                })
            }
        }
    }
}

/// Which units make a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Level {
    /// Those straight below, with everyone below each; those that have nobody below them together.
    #[default]
    Below,
    /// Each unit that reports.
    Each,
    /// Units of a kind, with everyone below each.
    Kind(KindId),
}

impl Level {
    /// Its name in addresses; empty for what is usual.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Below => "",
            Self::Each => "tung-don-vi",
            Self::Kind(kind) => kind,
        }
    }

    /// Reads the name.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "" => Self::Below,
            "tung-don-vi" => Self::Each,
            kind => Self::Kind(kind.into()),
        }
    }
}

/// Under which tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TreeAsked {
    /// Each period's own.
    #[default]
    Then,
    /// Today's.
    Now,
    /// A day's.
    On(Date),
}

impl TreeAsked {
    /// Its name in addresses; empty for what is usual.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Then => String::new(),
            Self::Now => "hien-nay".to_owned(),
            Self::On(day) => day.to_string(),
        }
    }

    /// Reads the name; what is none is what is usual.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "hien-nay" => Self::Now,
            day => day.parse().map_or(Self::Then, Self::On),
        }
    }

    /// The day, for those who evaluate.
    #[must_use]
    pub fn day(self, today: Date) -> TreeDay {
        match self {
            Self::Then => TreeDay::Then,
            Self::Now => TreeDay::On(today),
            Self::On(day) => TreeDay::On(day),
        }
    }
}

/// A table that is asked for; what is not named is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What stands down the side.
    pub rows: Axis,
    /// What stands across.
    pub columns: Axis,
    /// Of this unit with everyone below it.
    pub branch: Option<UnitId>,
    /// Which units make a line.
    pub level: Level,
    /// For this period, where periods are on no side.
    pub period: Option<PeriodId>,
    /// Periods of this calendar, where they are on a side.
    pub calendar: Option<CalendarId>,
    /// Of this, where items are on no side.
    pub item: Option<Item>,
    /// The elements of this form, where items are on a side; the indicators if none is named.
    pub form: Option<DataSetId>,
    /// Under which tree.
    pub tree: TreeAsked,
    /// With the same period of the year before.
    pub year_before: bool,
    /// What the drawing shows, by its key on the side that is not drawn along.
    pub drawn: String,
    /// Which page of lines, from 1.
    pub page: usize,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            rows: Axis::Unit,
            columns: Axis::Item,
            branch: None,
            level: Level::Below,
            period: None,
            calendar: None,
            item: None,
            form: None,
            tree: TreeAsked::Then,
            year_before: false,
            drawn: String::new(),
            page: 1,
        }
    }
}

impl Asked {
    /// What stands on no side, and so is one.
    #[must_use]
    pub fn filtered(&self) -> Axis {
        self.rows.third(self.columns)
    }

    /// Reads what an address asks for; what it does not understand is as if it were not there, so that an
    /// old link still opens.
    #[must_use]
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim());
        let some = |name: &str| Some(get(name)).filter(|v| !v.is_empty());
        let rows = Axis::parse(get("hang")).unwrap_or(Axis::Unit);
        let columns = Axis::parse(get("cot")).filter(|c| *c != rows);
        let columns = columns.unwrap_or_else(|| rows.usually_across());
        Self {
            rows,
            columns,
            branch: some("nhanh").map(Into::into),
            level: Level::parse(get("cap")),
            period: some("ky").map(Into::into),
            calendar: some("lich").map(Into::into),
            item: get("so").parse().ok(),
            form: some("bieu").map(Into::into),
            // A day that was typed counts before what was chosen.
            tree: get("cay-ngay").parse().map_or_else(|_| TreeAsked::parse(get("cay")), TreeAsked::On),
            year_before: get("nam-truoc") == "1",
            drawn: get("ve").to_owned(),
            page: get("trang").parse().unwrap_or(1).max(1),
        }
    }

    /// The same as an address says it: names and values, only what is not usual.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |id: Option<&str>| id.unwrap_or_default().to_owned();
        let all = [
            ("hang", self.rows.as_str().to_owned()),
            ("cot", self.columns.as_str().to_owned()),
            ("nhanh", text(self.branch.as_deref())),
            ("cap", self.level.as_str().to_owned()),
            ("ky", text(self.period.as_deref())),
            ("lich", text(self.calendar.as_deref())),
            ("so", self.item.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("bieu", text(self.form.as_deref())),
            ("cay", self.tree.name()),
            ("nam-truoc", if self.year_before { "1".to_owned() } else { String::new() }),
            ("ve", self.drawn.clone()),
            ("trang", if self.page > 1 { self.page.to_string() } else { String::new() }),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// How a figure is drawn: per mille for a share, cut; else its count.
#[must_use]
pub fn length(figure: &Figure) -> Option<i64> {
    match (figure.numerator, figure.denominator) {
        (Some(_), Some(0)) => None,
        (Some(n), Some(d)) => i64::try_from(i128::from(n) * 1000 / i128::from(d)).ok(),
        (n, _) => n,
    }
}

/// Whether a form is collected in a period.
pub(super) fn collected(definitions: &Definitions, indicator: &Indicator, period: &Period) -> bool {
    let forms = definitions.data_sets_of(indicator);
    forms.iter().filter_map(|f| definitions.data_set(f)).any(|f| !definitions.parts_of(f, period).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_asked_for_and_is_read_back() {
        let asked = Asked {
            rows: Axis::Period,
            columns: Axis::Unit,
            branch: Some("xa-a".into()),
            level: Level::Kind("chi-bo".into()),
            calendar: Some("thang".into()),
            item: Some(Item::Indicator("members.registered".into())),
            tree: TreeAsked::Now,
            year_before: true,
            page: 2,
            ..Asked::default()
        };
        let pairs: Vec<_> = asked.pairs().into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        assert_eq!(Asked::read(&pairs), asked);
        assert_eq!(asked.filtered(), Axis::Item);
    }

    #[test]
    fn what_an_address_does_not_say_or_says_wrong_is_what_is_usual() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(Asked::read(&[]), Asked::default());
        let wrong = [pair("hang", "ky"), pair("cot", "ky"), pair("so", "x.y"), pair("cay", "mai")];
        let read = Asked::read(&wrong);
        assert_eq!(
            (read.rows, read.columns, read.item, read.tree),
            (Axis::Period, Axis::Item, None, TreeAsked::Then)
        );
    }
}
