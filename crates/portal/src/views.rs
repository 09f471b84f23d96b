//! Pieces that several pages show: a number or that it is protected, coverage, a figure, a unit.

use askama::{Template, filters::HtmlSafe};
use nhipcau_domain::{
    Date,
    figure::{Coverage, Status},
    returns::Status as ReturnStatus,
    wording,
};
use nhipcau_messages::{Lang, say, word};

use crate::{
    page::{Page, ToArg as _},
    shown::Shown,
};

/// A part of a whole, or a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The numerator, or the count.
    pub n: i64,
    /// The denominator, if there is one.
    pub d: Option<i64>,
}

/// A figure in a line or on a card.
#[derive(Debug, Clone)]
pub struct FigureLine {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What kind of statement it is.
    pub status: Status,
    /// As the report says it.
    pub wording: Shown<String>,
    /// The name of its unit of measure; empty for a share.
    pub measure: String,
    /// Numerator and denominator; none for a count, a claim and what is not known.
    pub part: Option<Shown<Part>>,
    /// The returns that it rests on; none for a claim.
    pub coverage: Option<Coverage>,
    /// The target set for it.
    pub target: Option<String>,
    /// The same period of the year before.
    pub before: Option<Shown<String>>,
}

/// A unit by name, with its page.
#[derive(Debug, Clone)]
pub struct UnitLink {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
}

/// A unit in a list, with what it is.
#[derive(Debug, Clone)]
pub struct NodeView {
    /// The unit.
    pub unit: UnitLink,
    /// What it is, in words.
    pub kind: String,
    /// Its official code.
    pub code: Option<String>,
}

/// One of several addresses to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// In words.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// A return that is owed and not accepted.
#[derive(Debug, Clone)]
pub struct MissingLine {
    /// Whose.
    pub unit: UnitLink,
    /// Whom that unit reports to; empty for nobody.
    pub under: String,
    /// The form and period, where more than one is possible.
    pub form: String,
    /// Where it stands.
    pub status: ReturnStatus,
}

/// What a revision changed.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The element's label.
    pub element: String,
    /// The value before.
    pub before: Shown<String>,
    /// The value after.
    pub after: Shown<String>,
}

/// A period in words.
#[derive(Debug, Clone)]
pub struct PeriodView {
    /// Its name in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// An edition in a list.
#[derive(Debug, Clone)]
pub struct EditionLine {
    /// The report's title.
    pub title: String,
    /// Its number.
    pub number: u32,
    /// The day it was frozen, in local time.
    pub frozen: Date,
    /// Its page.
    pub href: String,
    /// The later edition that corrects it.
    pub corrected_by: Option<u32>,
}

/// A figure's words, or why there are none, as HTML.
#[derive(Template)]
#[template(path = "parts/wording.html")]
pub struct Wording<'a> {
    page: &'a Page,
    line: &'a FigureLine,
}

impl HtmlSafe for Wording<'_> {}

/// A number, or a mark that it is protected, as HTML.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% if let Some(text) = text %}{{ text }}{% else %}<abbr class=\"withheld\" title=\"{{ why }}\"><span aria-hidden=\"true\">•</span><span class=\"for-ears\">{{ why }}</span></abbr>{% endif %}"
)]
pub struct ShownText {
    text: Option<String>,
    why: String,
}

impl HtmlSafe for ShownText {}

/// A bar without words, as HTML: the words stand beside it.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% if let Some(width) = width %}<svg class=\"gauge\" width=\"200\" height=\"7\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"all\" width=\"100\" height=\"6\"/><rect class=\"done\" width=\"{{ width }}\" height=\"6\"/></svg>{% endif %}"
)]
pub struct Gauge {
    width: Option<String>,
}

impl HtmlSafe for Gauge {}

/// Coverage as words and a bar, as HTML.
#[derive(Template)]
#[template(path = "parts/coverage.html")]
pub struct CoverageBar<'a> {
    page: &'a Page,
    coverage: Coverage,
}

impl HtmlSafe for CoverageBar<'_> {}

impl CoverageBar<'_> {
    /// What is settled: accepted or excused.
    fn gauge(&self) -> Gauge {
        let settled = i128::from(self.coverage.accepted) + i128::from(self.coverage.exempt);
        self.page
            .thousandths(&Some((settled * 1000).checked_div(i128::from(self.coverage.expected)).unwrap_or(0)))
    }
}

impl Page {
    /// A text or the mark that it is protected.
    #[must_use]
    pub fn shown(&self, value: &Shown<String>) -> ShownText {
        self.show(value, Clone::clone)
    }

    /// `n/d`, or the count, or the mark that it is protected.
    #[must_use]
    pub fn shown_part(&self, value: &Shown<Part>) -> ShownText {
        self.show(value, |part| self.part(part))
    }

    /// The share in per cent, or the mark that it is protected.
    #[must_use]
    pub fn shown_share(&self, value: &Shown<Part>) -> ShownText {
        self.show(value, |part| self.share(part))
    }

    /// The numerator, or the mark that it is protected.
    #[must_use]
    pub fn shown_numerator(&self, value: &Shown<Part>) -> ShownText {
        self.show(value, |part| self.n(part.n))
    }

    /// The denominator, or the mark that it is protected; a dash where there is none.
    #[must_use]
    pub fn shown_denominator(&self, value: &Shown<Part>) -> ShownText {
        self.show(value, |part| part.d.map_or_else(|| "–".to_owned(), |d| self.n(d)))
    }

    fn show<T>(&self, value: &Shown<T>, print: impl FnOnce(&T) -> String) -> ShownText {
        let text = match value {
            Shown::Shown(value) => Some(print(value)),
            Shown::Withheld => None,
        };
        ShownText { text, why: self.t("portal-withheld") }
    }

    /// A figure's words, or why there are none.
    #[must_use]
    pub fn wording<'a>(&'a self, line: &'a FigureLine) -> Wording<'a> {
        Wording { page: self, line }
    }

    /// A period by name and days.
    #[must_use]
    pub fn period_words(&self, period: &PeriodView) -> String {
        let days = [("first", period.first.to_arg(self.lang)), ("last", period.last.to_arg(self.lang))];
        let named = [("name", period.name.as_str().into())];
        say(self.lang, "portal-period-words", &[&named[..], &days[..]].concat())
    }

    /// `n/d`, or the count.
    #[must_use]
    pub fn part(&self, part: &Part) -> String {
        match part.d {
            Some(d) => format!("{}/{}", self.n(part.n), self.n(d)),
            None => self.n(part.n),
        }
    }

    /// A share in per cent, one decimal, cut; a dash where there is none.
    #[must_use]
    pub fn share(&self, part: &Part) -> String {
        match (part.d, self.lang) {
            (Some(d), Lang::Vi | Lang::Km) if d > 0 => wording::exact_percent(part.n, d, 1),
            (Some(d), Lang::En) if d > 0 => wording::exact_percent_en(part.n, d, 1),
            _ => "–".to_owned(),
        }
    }

    /// A bar of so many thousandths of its whole, cut.
    #[must_use]
    pub fn thousandths(&self, length: &Option<i128>) -> Gauge {
        let width = length.map(|l| l.clamp(0, 1000)).map(|l| format!("{}.{}", l / 10, l % 10));
        Gauge { width }
    }

    /// Coverage as words and a bar.
    #[must_use]
    pub fn bar<'a>(&'a self, coverage: &Coverage) -> CoverageBar<'a> {
        CoverageBar { page: self, coverage: *coverage }
    }

    /// Where a return stands, in a word.
    #[must_use]
    pub fn standing(&self, status: &ReturnStatus) -> String {
        word(
            self.lang,
            match status {
                ReturnStatus::Expected => "portal-status-expected",
                ReturnStatus::Draft => "portal-status-draft",
                ReturnStatus::Submitted => "portal-status-submitted",
                ReturnStatus::Returned => "portal-status-returned",
                ReturnStatus::Accepted => "portal-status-accepted",
                ReturnStatus::Exempt => "portal-status-exempt",
            },
        )
    }

    /// What kind of statement a figure is, in a word.
    #[must_use]
    pub fn kind_of(&self, status: &Status) -> String {
        word(
            self.lang,
            match status {
                Status::Measured => "portal-kind-measured",
                Status::Derived => "portal-kind-derived",
                Status::Claim => "portal-kind-claim",
                Status::Missing => "portal-kind-missing",
                Status::Unanswerable => "portal-kind-unanswerable",
            },
        )
    }
}

impl FigureLine {
    /// Whether there is something to say: neither missing nor without an exact answer.
    #[must_use]
    pub fn answered(&self) -> bool {
        !matches!(self.status, Status::Missing | Status::Unanswerable)
    }
}

impl PeriodView {
    /// A period as a page shows it.
    #[must_use]
    pub fn new(period: &nhipcau_domain::period::Period) -> Self {
        Self { id: period.id.to_string(), name: period.name.clone(), first: period.first, last: period.last }
    }
}
