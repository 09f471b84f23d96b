//! A plain sentence about an input: what was found, where, what was expected.
//!
//! The rules name the sentence ([`Problem::id`]) and its values; the message catalogue says it in
//! the reader's language. So the same refusal reads the same from the command line, a page and a
//! test.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing is asked.
    Notice,
    /// Accepted only together with an explanation.
    Explain,
    /// Not accepted.
    Refuse,
}

/// Where in an input the problem is. Every part is optional; all are as the person sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's name, without the folders above it.
    pub file: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The cell's address, such as `D7`.
    pub cell: Option<String>,
    /// The line of a text, from 1.
    pub line: Option<u32>,
    /// The column of a text, in characters from 1.
    pub column: Option<u32>,
}

/// A value inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A whole number, printed in the reader's notation.
    Number(i64),
    /// Text, printed as it is.
    Text(String),
}

/// A problem, named and placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The sentence's name in the message catalogue.
    pub id: String,
    /// Its values, by name.
    pub args: Vec<(String, Arg)>,
    /// Its weight.
    pub severity: Severity,
    /// Its place, where it has one.
    pub place: Place,
}

impl Problem {
    /// A refusal; soften it with [`Problem::severity`].
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id: id.to_owned(), args: Vec::new(), severity: Severity::Refuse, place: Place::default() }
    }

    /// Adds a value to the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the weight.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Says which file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.place.file = Some(file.to_owned());
        self
    }

    /// Says which sheet and cell.
    #[must_use]
    pub fn at_cell(mut self, sheet: &str, cell: &str) -> Self {
        self.place.sheet = Some(sheet.to_owned());
        self.place.cell = Some(cell.to_owned());
        self
    }

    /// Says which line and column of a text, both from 1.
    #[must_use]
    pub fn at_line(mut self, line: u32, column: u32) -> Self {
        self.place.line = Some(line);
        self.place.column = Some(column);
        self
    }

    /// The value of that name.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }
}

/// For logs and tests: the name and the values. People read the catalogue's sentence.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.place.file {
            write!(f, "{file}: ")?;
        }
        if let Some(cell) = &self.place.cell {
            write!(f, "{}!{cell}: ", self.place.sheet.as_deref().unwrap_or(""))?;
        }
        if let (Some(line), Some(column)) = (self.place.line, self.place.column) {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.id)?;
        for (name, value) in &self.args {
            match value {
                Arg::Number(n) => write!(f, " {name}={n}")?,
                Arg::Text(t) => write!(f, " {name}={t:?}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}

impl From<u32> for Arg {
    fn from(n: u32) -> Self {
        Self::Number(n.into())
    }
}

impl From<usize> for Arg {
    fn from(n: usize) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Arg {
    fn from(t: &str) -> Self {
        Self::Text(t.to_owned())
    }
}

impl From<String> for Arg {
    fn from(t: String) -> Self {
        Self::Text(t)
    }
}

impl From<jiff::civil::Date> for Arg {
    fn from(d: jiff::civil::Date) -> Self {
        Self::Text(crate::text::date(d))
    }
}

macro_rules! arg_from_id {
    ($($id:ident)*) => {$(
        impl From<&crate::id::$id> for Arg {
            fn from(id: &crate::id::$id) -> Self {
                Self::Text(id.to_string())
            }
        }
    )*};
}
arg_from_id! { UnitId KindId MeasureId ElementId DataSetId CalendarId PeriodId IndicatorId OfficeId ReasonId }
