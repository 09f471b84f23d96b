//! A campaign's records one by one: what the form of any of them asks for, and what is in it now.
//!
//! A page draws any record from its [`Field`]s, and [`crate::write`] makes the files of the same
//! records: so what a form can say and what a file can say are one thing, and [`crate::load`] judges
//! both.

mod book;
mod fields;
mod value;

pub use self::{
    book::Book,
    value::{Record, Value},
};

use serde::{Deserialize, Serialize};

/// A part of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Whose campaign it is: one record.
    Campaign,
    /// What a unit can be.
    Kind,
    /// Units of measure.
    Measure,
    /// Offices that are named in files.
    Office,
    /// Reasons for an exemption.
    Reason,
    /// Calendars with their periods.
    Calendar,
    /// What is counted.
    Element,
    /// Forms with their rosters.
    Form,
    /// What is said of it.
    Indicator,
    /// What must hold in a return.
    Check,
    /// Targets.
    Target,
    /// The directives that the campaign stands on.
    Directive,
    /// Initiatives, each a unit too.
    Initiative,
    /// Templates of reports.
    Report,
}

/// What a field of a record takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// The record's own name, chosen once.
    Name,
    /// A line of words.
    Text,
    /// Words of any length.
    Words,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A record of that part.
    One(Part),
    /// Records of that part, in any order.
    Many(Part),
    /// Records of that part, in an order that counts.
    Ordered(Part),
    /// A period.
    Period,
    /// A unit.
    Unit,
    /// Units, a line each.
    Units,
    /// Lines of words.
    Lines,
    /// Lines of several columns.
    Rows(&'static [Column]),
}

/// How what a field takes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Text,
    /// Texts.
    List,
    /// Lines of several columns.
    Rows,
}

impl Is {
    /// How it is written.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Many(_) | Self::Ordered(_) | Self::Units | Self::Lines => Shape::List,
            Self::Rows(_) => Shape::Rows,
            _ => Shape::Text,
        }
    }
}

impl Shape {
    /// Its name in sentences and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Rows => "rows",
        }
    }
}

/// A column of [`Is::Rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: &'static str,
    /// What it takes: words, a day, a number, or a list with `+` between.
    pub is: Cell,
}

/// What a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Words, or a name.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Names with `+` between them.
    List,
}

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file; a dot between a table and its field.
    pub name: &'static str,
    /// What it takes.
    pub is: Is,
    /// Whether it is always written, even empty.
    pub needed: bool,
}

impl Part {
    /// Every part, in the order in which one sets a campaign up.
    pub const ALL: [Self; 14] = [
        Self::Campaign,
        Self::Kind,
        Self::Measure,
        Self::Office,
        Self::Reason,
        Self::Calendar,
        Self::Element,
        Self::Form,
        Self::Indicator,
        Self::Check,
        Self::Target,
        Self::Directive,
        Self::Initiative,
        Self::Report,
    ];

    /// Its name in sentences and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Kind => "kind",
            Self::Measure => "measure",
            Self::Office => "office",
            Self::Reason => "reason",
            Self::Calendar => "calendar",
            Self::Element => "element",
            Self::Form => "form",
            Self::Indicator => "indicator",
            Self::Check => "check",
            Self::Target => "target",
            Self::Directive => "directive",
            Self::Initiative => "initiative",
            Self::Report => "report",
        }
    }

    /// Reads its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == name)
    }

    /// The file that it stands in; for a report's template the folder.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Campaign | Self::Kind | Self::Measure | Self::Office | Self::Reason => "campaign.toml",
            Self::Calendar => "calendars.toml",
            Self::Element => "elements.csv",
            Self::Form => "data-sets.toml",
            Self::Indicator => "indicators.toml",
            Self::Check => "checks.toml",
            Self::Target => "targets.csv",
            Self::Directive => "directives.csv",
            Self::Initiative => "initiatives.csv",
            Self::Report => "reports/",
        }
    }

    /// The field that is a record's name; none where two make it, or there is one record only.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Campaign | Self::Target => None,
            Self::Reason => Some("code"),
            Self::Initiative => Some("unit"),
            _ => Some("id"),
        }
    }

    /// A record's name.
    #[must_use]
    pub fn name_of(self, record: &Record) -> String {
        match (self, self.key()) {
            (_, Some(key)) => record.text(key).to_owned(),
            (Self::Target, None) => format!("{}:{}", record.text("indicator"), record.text("period")),
            (_, None) => self.as_str().to_owned(),
        }
    }

    /// A record's title: what it is called, or else its name.
    #[must_use]
    pub fn title_of(self, record: &Record) -> String {
        let words = match self {
            Self::Directive => record.text("number"),
            Self::Check => record.text("holds"),
            _ => record.text("name"),
        };
        if words.is_empty() { self.name_of(record) } else { words.to_owned() }
    }

    /// Whether there are records to add and to take away.
    #[must_use]
    pub fn is_list(self) -> bool {
        self != Self::Campaign
    }
}
