//! One form's sheet: its hidden tags, its head, what Excel says of a value, protection and paper.

use nhipcau_domain::{definitions::Definitions, id::ElementId, text::date};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Worksheet,
};

use super::{TemplateError, TemplateSheet, said, said_of};
use crate::{
    layout::{LABEL_HEADER, NOTE_HEADER, VALUE_HEADER},
    number::LARGEST,
    style::Style,
    tags::{Column, Tag},
    value,
};

/// Columns of the sheet, in order; the first holds the hidden tags.
pub(super) const TAGS: u16 = 0;
pub(super) const NUMBER: u16 = 1;
pub(super) const LABEL: u16 = 2;
pub(super) const DEFINITION: u16 = 3;
pub(super) const MEASURE: u16 = 4;
pub(super) const PREVIOUS: u16 = 5;
pub(super) const VALUE: u16 = 6;
pub(super) const NOTE: u16 = 7;

/// Column, its part, its header and its width in characters. Headers belong to the layout: the reader
/// looks for them where the hidden tags are gone.
const COLUMNS: [(u16, Column, &str, u8); 7] = [
    (NUMBER, Column::Number, "TT", 6),
    (LABEL, Column::Label, LABEL_HEADER, 42),
    (DEFINITION, Column::Definition, "Cách tính", 40),
    (MEASURE, Column::Measure, "Đơn vị tính", 12),
    (PREVIOUS, Column::Previous, "Kỳ trước", 13),
    (VALUE, Column::Value, VALUE_HEADER, 16),
    (NOTE, Column::Note, NOTE_HEADER, 26),
];

/// Writes one form, row after row.
pub(super) struct Writer<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) form: &'a TemplateSheet<'a>,
    pub(super) style: &'a Style,
    pub(super) sheet: &'a mut Worksheet,
    pub(super) row: u32,
    /// Tag and label of each row, for the hidden sheet.
    pub(super) rows: Vec<(String, String)>,
    pub(super) typed: &'a dyn Fn(&ElementId) -> Option<String>,
}

impl Writer<'_> {
    pub(super) fn write(&mut self, notice: &str) -> Result<(), TemplateError> {
        self.columns()?;
        self.head(notice)?;
        self.header()?;
        let first_row = self.row;
        let cells = self.elements()?;
        self.words()?;
        self.validate(&cells)?;
        self.page(first_row)?;
        Ok(())
    }

    pub(super) fn tag(&mut self, col: u16, tag: &Tag<'_>) -> Result<(), TemplateError> {
        self.sheet.write_string_with_format(self.row, col, tag.text(), &self.style.tag)?;
        Ok(())
    }

    /// The hidden first row and first column.
    fn columns(&mut self) -> Result<(), TemplateError> {
        self.tag(TAGS, &Tag::Form(&self.form.data_set.id))?;
        for (col, column, _, width) in COLUMNS {
            self.tag(col, &Tag::Column(column))?;
            self.sheet.set_column_width(col, width)?;
        }
        self.sheet.set_row_hidden(0)?.set_column_hidden(TAGS)?;
        self.row = 1;
        Ok(())
    }

    pub(super) fn across(&mut self, text: &str, format: &Format, lines: usize) -> Result<(), TemplateError> {
        self.sheet.merge_range(self.row, NUMBER, self.row, NOTE, text, format)?;
        let height = u8::try_from(lines.min(12)).unwrap_or(12) * 18;
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn named(&mut self, label: &str, name: &str, more: &str) -> Result<(), TemplateError> {
        let style = self.style;
        self.sheet.merge_range(self.row, NUMBER, self.row, LABEL, label, &style.line)?;
        if more.is_empty() {
            self.sheet.merge_range(self.row, DEFINITION, self.row, NOTE, name, &style.name)?;
        } else {
            self.sheet.write_string_with_format(self.row, DEFINITION, name, &style.name)?;
            self.sheet.merge_range(self.row, MEASURE, self.row, NOTE, more, &style.line)?;
        }
        self.sheet.set_row_height(self.row, 18)?;
        self.row += 1;
        Ok(())
    }

    fn head(&mut self, notice: &str) -> Result<(), TemplateError> {
        let (style, form) = (self.style, self.form);
        let title = said_of("form-title", &[("form", form.data_set.name.as_str().into())]);
        self.across(&title, &style.title, lines(&title, 110))?;
        if !notice.trim().is_empty() {
            self.across(notice.trim(), &style.notice, lines(notice, 130))?;
        }
        self.tag(TAGS, &Tag::Unit(&form.unit.id))?;
        self.named(&said("form-unit"), &form.unit.name, "")?;
        self.tag(TAGS, &Tag::Period(&form.period.id))?;
        let [first, last] = [form.period.first, form.period.last].map(|day| date(day).into());
        let days = said_of("form-days", &[("first", first), ("last", last)]);
        self.named(&said("form-period"), &form.period.name, &days)?;
        let own = form.data_set.instructions.iter().map(|line| format!("- {line}"));
        for line in own.collect::<Vec<_>>() {
            self.across(&line, &style.instruction, lines(&line, 130))?;
        }
        let how = format!("- {}", said("form-how"));
        self.across(&how, &style.instruction, lines(&how, 130))?;
        let mut words = said_of("form-not-applicable", &[("word", value::NOT_APPLICABLE.into())]);
        let reasons: Vec<&str> = self.definitions.exempt_reasons.values().map(String::as_str).collect();
        if !reasons.is_empty() {
            let args = [("word", value::EXEMPT.into()), ("reasons", reasons.join("; ").into())];
            words = format!("{words} {}", said_of("form-exempt", &args));
        }
        let words = format!("- {words}");
        self.across(&words, &style.instruction, lines(&words, 130))
    }

    fn header(&mut self) -> Result<(), TemplateError> {
        for (col, _, header, _) in COLUMNS {
            self.sheet.write_string_with_format(self.row, col, header, &self.style.header)?;
        }
        self.sheet.set_row_height(self.row, 36)?;
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 0)?;
        Ok(())
    }

    /// What Excel says of a value as it is typed. A warning, not a stop: words are answers too.
    fn validate(&mut self, cells: &[String]) -> Result<(), TemplateError> {
        let Some(first) = cells.first() else { return Ok(()) };
        let rule = DataValidationRule::Between(Formula::new("0"), Formula::new(LARGEST.to_string()));
        let validation = DataValidation::new()
            .allow_whole_number_formula(rule)
            .set_input_title(said("form-input-title"))?
            .set_input_message(said("form-input"))?
            .set_error_title(said("form-error-title"))?
            .set_error_message(said("form-error"))?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_multi_range(cells.join(" "));
        if let Some((row, col)) = crate::grid::parse_address(first) {
            self.sheet.add_data_validation(row - 1, col, row - 1, col, &validation)?;
            self.sheet.set_selection(row - 1, col, row - 1, col)?;
        }
        Ok(())
    }

    /// Protection and paper.
    fn page(&mut self, header: u32) -> Result<(), TemplateError> {
        let last = self.row.saturating_sub(1);
        self.sheet
            .protect()
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
            .set_footer(format!("&C&\"Times New Roman,Regular\"&10{} &P/&N", said("form-page")))
            .set_screen_gridlines(false)
            .set_print_area(1, NUMBER, last, NOTE)?
            .set_repeat_rows(header.saturating_sub(1), header.saturating_sub(1))?;
        Ok(())
    }
}

/// How many lines a text takes in so many characters; at least one.
pub(super) fn lines(text: &str, width: usize) -> usize {
    text.split('\n').map(|line| line.chars().count().div_ceil(width).max(1)).sum()
}
