//! Charts for where people would rather look than read: SVG, one drawing for page, PDF and Word.
//!
//! Drawn 360 units wide so that the words are readable on a phone; all positions are integers or
//! whole tenths, so that the same data give the same bytes. Colours are classes that a page's style
//! may set, with attributes for where there is no style.

mod bars;
mod coverage;
mod line;
mod png;
mod svg;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::speech::Speech;
pub use png::drawing_png;
pub(crate) use png::png;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "chart", rename_all = "kebab-case")]
pub enum Chart {
    /// A bar a unit.
    Bars(Bars),
    /// How returns came in, day by day.
    Coverage(CoverageChart),
    /// A figure over time.
    Line(Line),
}

/// A bar a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bars {
    /// What it shows.
    pub title: String,
    /// Whether it is a share: the axis then runs to 100%.
    pub percent: bool,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// A unit's bar.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bar {
    /// The unit's name.
    pub label: String,
    /// The value in words: "98,5%", "12". Empty for a withheld or missing one: the chart says it.
    pub text: String,
    /// How long it is: per mille of the whole for a share (cut), else the count. `None`: withheld or missing.
    pub length: Option<i64>,
    /// Whether the number is withheld from this audience.
    #[serde(default)]
    pub withheld: bool,
}

impl Bar {
    /// What stands at its end.
    fn words(&self, speech: Speech) -> String {
        if self.withheld {
            speech.word("report-withheld")
        } else if self.length.is_none() {
            speech.word("report-not-reported")
        } else {
            self.text.clone()
        }
    }
}

/// How returns came in, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CoverageChart {
    /// What it shows.
    pub title: String,
    /// How many are owed.
    pub expected: u32,
    /// Days in order, with how many had been accepted by the end of each.
    pub days: Vec<(Date, u32)>,
    /// The deadline.
    #[serde(default)]
    pub deadline: Option<Date>,
}

/// A figure over time: a point a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// What it shows.
    pub title: String,
    /// Whether it is a share: the axis then runs to 100%.
    pub percent: bool,
    /// The periods in order.
    pub points: Vec<Point>,
}

/// A period's point.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Point {
    /// The period's name.
    pub label: String,
    /// The value in words; empty for a missing one.
    pub text: String,
    /// How high it stands: per mille of the whole for a share (cut), else the count. `None`: missing; the
    /// line has a gap there.
    pub height: Option<i64>,
    /// Whether what is counted was defined anew before this point: the line does not run into it.
    #[serde(default)]
    pub anew: bool,
}

impl Chart {
    /// What it shows.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Bars(c) => &c.title,
            Self::Coverage(c) => &c.title,
            Self::Line(c) => &c.title,
        }
    }

    /// All of it in words, for who cannot see it.
    #[must_use]
    pub fn description(&self, language: &str) -> String {
        let speech = Speech::of(language);
        match self {
            Self::Bars(c) => {
                let bars = c.bars.iter().map(|b| format!("{}: {}", b.label, b.words(speech)));
                bars.collect::<Vec<_>>().join("; ") + "."
            }
            Self::Coverage(c) => coverage::words(c, speech),
            Self::Line(c) => line::words(c, speech),
        }
    }

    /// The drawing, as an `svg` element.
    #[must_use]
    pub fn svg(&self, language: &str) -> String {
        let speech = Speech::of(language);
        let (height, body) = match self {
            Self::Bars(c) => bars::draw(c, speech),
            Self::Coverage(c) => coverage::draw(c, speech),
            Self::Line(c) => line::draw(c, speech),
        };
        svg::frame(height, self.title(), &self.description(language), &body)
    }
}
