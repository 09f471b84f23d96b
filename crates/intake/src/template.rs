//! Writes the forms that units fill in: what people see, and the hidden cells by which a form is
//! recognised when it comes back.

mod rows;
mod sheet;

use nhipcau_domain::{
    dataset::DataSet, definitions::Definitions, id::ElementId, period::Period, problem::Arg,
    returns::Submission,
};
use nhipcau_messages::{Lang, say};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::sheet::Writer;
use crate::{
    UnitInfo,
    hidden::{self, Hidden},
    style::Style,
};

/// One form of a workbook: one unit's, of one data set, for one period.
#[derive(Clone, Copy)]
pub struct TemplateSheet<'a> {
    /// Whose form it is.
    pub unit: &'a UnitInfo,
    /// The form.
    pub data_set: &'a DataSet,
    /// The period.
    pub period: &'a Period,
    /// The value of the period before, shown beside.
    pub previous: &'a dyn Fn(&ElementId) -> Option<i64>,
    /// Values to fill in; none leaves the form empty.
    pub values: Option<&'a Submission>,
}

/// Why a template could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A workbook has at least one sheet.
    #[error("a workbook needs at least one form")]
    NoSheets,
    /// The workbook could not be put together.
    #[error("the workbook could not be written: {0}")]
    Xlsx(#[from] XlsxError),
}

/// Writes one workbook with a sheet for each form. The same input gives the same bytes. `notice`
/// stands under each title (for synthetic data it says so); empty for none.
pub fn write_workbook(
    definitions: &Definitions,
    sheets: &[TemplateSheet<'_>],
    notice: &str,
) -> Result<Vec<u8>, TemplateError> {
    write_workbook_typed(definitions, sheets, notice, &|_, _| None)
}

/// The same, with texts typed into value cells as a person might: `typed` gives, by the sheet's
/// position and the element, a text that stands in place of the value. For demonstrations and tests
/// of what is refused.
pub fn write_workbook_typed(
    definitions: &Definitions,
    sheets: &[TemplateSheet<'_>],
    notice: &str,
    typed: &dyn Fn(usize, &ElementId) -> Option<String>,
) -> Result<Vec<u8>, TemplateError> {
    if sheets.is_empty() {
        return Err(TemplateError::NoSheets);
    }
    let mut workbook = Workbook::new();
    // A fixed day: the clock has no part in a template's bytes.
    let properties = DocProperties::new()
        .set_title(&*definitions.campaign.name)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2025, 1, 1)?);
    workbook.set_properties(&properties);
    let style = Style::new();
    let mut names: Vec<String> = Vec::new();
    let mut identity = Hidden::default();
    for (index, form) in sheets.iter().enumerate() {
        let name = sheet_name(form, &names);
        let sheet = workbook.add_worksheet().set_name(&name)?;
        let of_sheet = |id: &ElementId| typed(index, id);
        let mut writer =
            Writer { definitions, form, style: &style, sheet, row: 0, rows: Vec::new(), typed: &of_sheet };
        writer.write(notice)?;
        identity.entries.push(hidden::Entry {
            sheet: name.clone(),
            data_set: form.data_set.id.to_string(),
            unit: form.unit.id.to_string(),
            unit_name: form.unit.name.clone(),
            period: form.period.id.to_string(),
            period_name: form.period.name.clone(),
            rows: writer.rows,
        });
        names.push(name);
    }
    let sheet = workbook.add_worksheet().set_name(hidden::NAME)?;
    for (row, line) in (0..).zip(identity.lines()) {
        for (col, text) in (0..).zip(line) {
            sheet.write_string(row, col, text)?;
        }
    }
    sheet.set_very_hidden(true);
    Ok(workbook.save_to_buffer()?)
}

/// A name that Excel takes and that tells the sheets apart.
fn sheet_name(form: &TemplateSheet<'_>, taken: &[String]) -> String {
    let whole = format!("{} {}", form.data_set.name, form.period.name);
    let clean: String =
        whole.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).collect();
    let cut = |text: &str, max: usize| text.chars().take(max).collect::<String>().trim().to_owned();
    let is_taken = |name: &str| taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    let mut name = cut(&clean, 28);
    if name.is_empty() || name.to_lowercase() == "history" {
        name = said("form-sheet");
    }
    let base = cut(&name, 23);
    let mut number = 2_u32;
    while is_taken(&name) {
        name = format!("{base} ({number})");
        number += 1;
    }
    name
}

/// What a form says to who fills it in: forms are written in Vietnamese.
fn said(id: &str) -> String {
    say(Lang::Vi, id, &[])
}

/// The same, with values.
fn said_of(id: &str, args: &[(&str, Arg)]) -> String {
    say(Lang::Vi, id, args)
}
