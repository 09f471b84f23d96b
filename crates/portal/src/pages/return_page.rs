//! One return: each number with the cell that it was read from, and everything that happened to it.

use askama::Template;
use nhipcau_domain::returns::Status;

use crate::{
    page::Page,
    shown::Shown,
    views::{Choice, Difference, PeriodView, UnitLink},
};

/// A return's page.
#[derive(Debug, Clone, Template)]
#[template(path = "return.html")]
pub struct ReturnPage {
    /// What every page carries.
    pub page: Page,
    /// Whose.
    pub unit: UnitLink,
    /// Who is above it, the highest first.
    pub above: Vec<UnitLink>,
    /// The form's title.
    pub form: String,
    /// For which period.
    pub period: PeriodView,
    /// Where it stands.
    pub status: Status,
    /// Whether a frozen report rests on it.
    pub locked: bool,
    /// Where the accepted revision came from; none when it was typed.
    pub origin: Option<OriginView>,
    /// The accepted revision's number.
    pub revision: u32,
    /// The accepted numbers.
    pub rows: Vec<EntryRow>,
    /// Answers in words.
    pub words: Vec<WordsRow>,
    /// The figures that rest on it.
    pub figures: Vec<Choice>,
    /// What happened to it, the latest first.
    pub acts: Vec<ActLine>,
}

/// The file that a revision came from.
#[derive(Debug, Clone)]
pub struct OriginView {
    /// The file's name.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// SHA-256 of its bytes; empty where it would tell more than may be shown.
    pub hash: String,
}

/// An element's value with its cell.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// The heading that begins here; empty for none.
    pub section: String,
    /// The element's label.
    pub element: String,
    /// Its value, in words where it is not a number.
    pub value: Shown<String>,
    /// Its unit of measure.
    pub measure: String,
    /// The cell that it was read from.
    pub cell: Option<String>,
}

/// An answer in words.
#[derive(Debug, Clone)]
pub struct WordsRow {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Shown<String>,
}

/// What an office did.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// What.
    pub what: String,
    /// When, in local time.
    pub at: String,
    /// By which office.
    pub office: String,
    /// Why; it may name numbers, so it is shown only together with them.
    pub reason: Option<Shown<String>>,
    /// What a revision changed.
    pub differences: Vec<Difference>,
}
