//! The evidence annex: a workbook in which every figure leads to its units, returns and cells.

pub(crate) mod sheet;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use serde::{Deserialize, Serialize};

use crate::{DocumentError, speech::Speech};
use sheet::{Head, Kind, Sheet, Value};

// Sheets, by their names in the catalogue.
const FIGURES: &str = "annex-figures";
const CONTRIBUTIONS: &str = "annex-contributions";
const MISSING: &str = "annex-missing";
const EXCLUSIONS: &str = "annex-exclusions";
const CORRECTIONS: &str = "annex-corrections";
const DEFINITIONS: &str = "annex-definitions";

/// Names of the sheets in the report's language, in order.
#[must_use]
pub fn sheets(speech: Speech) -> [String; 6] {
    [FIGURES, CONTRIBUTIONS, MISSING, EXCLUSIONS, CORRECTIONS, DEFINITIONS].map(|id| speech.word(id))
}

/// A count as it may be shown to this audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// May be shown.
    Number(i64),
    /// Is withheld.
    Withheld,
    /// There is none.
    #[default]
    None,
}

impl From<Option<i64>> for Count {
    fn from(n: Option<i64>) -> Self {
        n.map_or(Self::None, Self::Number)
    }
}

/// Everything that the figures of an edition rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Annex {
    /// The report's language; Vietnamese if empty.
    #[serde(default)]
    pub language: String,
    /// Of which report, and which edition of it.
    pub title: String,
    /// The sentence that stands on every sheet, such as that the data are synthetic.
    pub notice: String,
    /// Who issued it.
    pub author: String,
    /// The edition's day: the workbook's only date.
    pub date: Date,
    /// The figures.
    pub figures: Vec<FigureLine>,
    /// What each unit adds.
    pub contributions: Vec<ContributionLine>,
    /// Returns that are owed and not accepted.
    pub missing: Vec<MissingLine>,
    /// What was taken off.
    pub exclusions: Vec<ExclusionLine>,
    /// Corrections of returns that the figures rest on.
    pub corrections: Vec<CorrectionLine>,
    /// What each figure says and of whom.
    pub definitions: Vec<DefinitionLine>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FigureLine {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// As the report says it.
    pub wording: String,
    /// After exclusions; of a count, the count.
    pub numerator: Count,
    /// After exclusions; none for a count.
    pub denominator: Count,
    /// Its unit of measure, in words.
    pub measure: String,
    /// What was taken off, in words; empty for nothing.
    pub exclusions: String,
    /// The last day of the period.
    pub as_of: Date,
    /// The day that the tree is read on.
    pub tree: Date,
    /// What kind of statement it is, in words.
    pub status: String,
    /// Returns owed.
    pub expected: u32,
    /// Returns accepted.
    pub accepted: u32,
    /// Returns excused.
    pub exempt: u32,
    /// Returns missing.
    pub missing: u32,
}

/// What one unit adds to a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContributionLine {
    /// The figure's key.
    pub figure: String,
    /// The unit's id.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// The units above it, from the top.
    pub path: String,
    /// After exclusions.
    pub numerator: Count,
    /// After exclusions; none for a count.
    pub denominator: Count,
    /// The accepted revision of its return.
    pub revision: u32,
    /// The file that it was read from; empty when it was typed.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cells.
    pub cell: String,
}

/// A return that is owed and not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MissingLine {
    /// The unit's id.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// The units above it, from the top.
    pub path: String,
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// Where the return stands, in words.
    pub status: String,
}

/// A part of what was taken off a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExclusionLine {
    /// The figure's key.
    pub figure: String,
    /// The groups of this part, in words.
    pub groups: String,
    /// Taken off the numerator.
    pub numerator: Count,
    /// Taken off the denominator.
    pub denominator: Count,
}

/// A correction of a return.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CorrectionLine {
    /// The unit's name.
    pub unit_name: String,
    /// The form.
    pub form: String,
    /// The element's name.
    pub element: String,
    /// What it was.
    pub before: Count,
    /// What it is.
    pub after: Count,
    /// The revision that changed it.
    pub revision: u32,
    /// The office that corrected it.
    pub office: String,
    /// When, as the reader's clock says it.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// What a figure says and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DefinitionLine {
    /// The figure's key.
    pub figure: String,
    /// Its name.
    pub name: String,
    /// What it says and of whom.
    pub definition: String,
    /// How it is made, in words.
    pub formula: String,
    /// The words of a published quote that it answers to; empty for none.
    pub quote: String,
}

/// The workbook's bytes. The same annex gives the same bytes.
///
/// # Errors
/// [`DocumentError::Xlsx`] when there are more rows than a sheet holds.
pub fn annex(annex: &Annex) -> Result<Vec<u8>, DocumentError> {
    let mut book = Workbook::new();
    let (year, month, day) = (annex.date.year(), annex.date.month(), annex.date.day());
    let year = u16::try_from(year).unwrap_or(1900).clamp(1900, 9999);
    let created = ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs())?;
    let properties = DocProperties::new()
        .set_title(&annex.title)
        .set_author(&annex.author)
        .set_comment(&annex.notice)
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    figures(&mut book, annex)?;
    contributions(&mut book, annex)?;
    missing(&mut book, annex)?;
    exclusions(&mut book, annex)?;
    corrections(&mut book, annex)?;
    definitions(&mut book, annex)?;
    Ok(book.save_to_buffer()?)
}

/// Where a figure's row is, so that other sheets can lead to it.
fn figure_link(annex: &Annex, key: &str) -> Value {
    let row = annex.figures.iter().position(|f| f.key == key);
    Value::link(key, row.map(|i| (FIGURES, i)))
}

fn figures(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-figure-key", 24, Kind::Text),
        Head("annex-figure-name", 44, Kind::Text),
        Head("annex-wording", 18, Kind::Text),
        Head("annex-numerator", 12, Kind::Number),
        Head("annex-denominator", 12, Kind::Number),
        Head("annex-measure", 14, Kind::Text),
        Head("annex-excluded", 40, Kind::Text),
        Head("annex-as-of", 16, Kind::Date),
        Head("annex-tree", 16, Kind::Date),
        Head("annex-status", 16, Kind::Text),
        Head("annex-expected", 13, Kind::Number),
        Head("annex-accepted", 11, Kind::Number),
        Head("annex-exempt", 13, Kind::Number),
        Head("annex-not-reported", 13, Kind::Number),
    ];
    let mut sheet = Sheet::new(book, FIGURES, &heads, annex)?;
    for f in &annex.figures {
        let first = annex.contributions.iter().position(|c| c.figure == f.key);
        sheet.row([
            Value::link(&f.key, first.map(|i| (CONTRIBUTIONS, i))),
            Value::text(&f.name),
            Value::text(&f.wording),
            f.numerator.into(),
            f.denominator.into(),
            Value::text(&f.measure),
            Value::text(&f.exclusions),
            Value::Date(f.as_of),
            Value::Date(f.tree),
            Value::text(&f.status),
            Value::Number(f.expected.into()),
            Value::Number(f.accepted.into()),
            Value::Number(f.exempt.into()),
            Value::Number(f.missing.into()),
        ])?;
    }
    sheet.finish()
}

fn contributions(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-figure-key", 24, Kind::Text),
        Head("annex-unit", 20, Kind::Text),
        Head("annex-unit-name", 36, Kind::Text),
        Head("annex-under", 44, Kind::Text),
        Head("annex-numerator", 12, Kind::Number),
        Head("annex-denominator", 12, Kind::Number),
        Head("annex-revision", 9, Kind::Number),
        Head("annex-file", 36, Kind::Text),
        Head("annex-sheet", 16, Kind::Text),
        Head("annex-cell", 12, Kind::Text),
    ];
    let mut sheet = Sheet::new(book, CONTRIBUTIONS, &heads, annex)?;
    for c in &annex.contributions {
        sheet.row([
            figure_link(annex, &c.figure),
            Value::text(&c.unit),
            Value::text(&c.unit_name),
            Value::text(&c.path),
            c.numerator.into(),
            c.denominator.into(),
            Value::Number(c.revision.into()),
            Value::text(&c.file),
            Value::text(&c.sheet),
            Value::text(&c.cell),
        ])?;
    }
    sheet.finish()
}

fn missing(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-unit", 20, Kind::Text),
        Head("annex-unit-name", 36, Kind::Text),
        Head("annex-under", 44, Kind::Text),
        Head("annex-form", 36, Kind::Text),
        Head("annex-period", 16, Kind::Text),
        Head("annex-return-status", 22, Kind::Text),
    ];
    let mut sheet = Sheet::new(book, MISSING, &heads, annex)?;
    for m in &annex.missing {
        let cells = [&m.unit, &m.unit_name, &m.path, &m.form, &m.period, &m.status];
        sheet.row(cells.map(|c| Value::text(c)))?;
    }
    sheet.finish()
}

fn exclusions(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-figure-key", 24, Kind::Text),
        Head("annex-groups", 52, Kind::Text),
        Head("annex-off-numerator", 14, Kind::Number),
        Head("annex-off-denominator", 14, Kind::Number),
    ];
    let mut sheet = Sheet::new(book, EXCLUSIONS, &heads, annex)?;
    for x in &annex.exclusions {
        let key = figure_link(annex, &x.figure);
        sheet.row([key, Value::text(&x.groups), x.numerator.into(), x.denominator.into()])?;
    }
    sheet.finish()
}

fn corrections(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-unit-name", 36, Kind::Text),
        Head("annex-form", 36, Kind::Text),
        Head("annex-element", 40, Kind::Text),
        Head("annex-before", 12, Kind::Number),
        Head("annex-after", 12, Kind::Number),
        Head("annex-revision", 9, Kind::Number),
        Head("annex-office", 32, Kind::Text),
        Head("annex-at", 20, Kind::Text),
        Head("annex-reason", 48, Kind::Text),
    ];
    let mut sheet = Sheet::new(book, CORRECTIONS, &heads, annex)?;
    for c in &annex.corrections {
        sheet.row([
            Value::text(&c.unit_name),
            Value::text(&c.form),
            Value::text(&c.element),
            c.before.into(),
            c.after.into(),
            Value::Number(c.revision.into()),
            Value::text(&c.office),
            Value::text(&c.at),
            Value::text(&c.reason),
        ])?;
    }
    sheet.finish()
}

fn definitions(book: &mut Workbook, annex: &Annex) -> Result<(), DocumentError> {
    let heads = [
        Head("annex-figure-key", 24, Kind::Text),
        Head("annex-figure-name", 44, Kind::Text),
        Head("annex-definition", 60, Kind::Text),
        Head("annex-formula", 48, Kind::Text),
        Head("annex-quote", 32, Kind::Text),
    ];
    let mut sheet = Sheet::new(book, DEFINITIONS, &heads, annex)?;
    for d in &annex.definitions {
        let key = figure_link(annex, &d.figure);
        let words = [&d.name, &d.definition, &d.formula, &d.quote].map(|c| Value::text(c));
        sheet.row(std::iter::once(key).chain(words))?;
    }
    sheet.finish()
}
