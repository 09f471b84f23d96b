//! Writes what wide reading reads: a consolidator's sheet, and CSV for whole countries.

use nhipcau_domain::{
    dataset::DataSet,
    definitions::Definitions,
    id::ElementId,
    period::Period,
    returns::{Submission, Value},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::{
    UnitInfo,
    style::Style,
    tags::{Column, Tag},
    template::TemplateError,
    value,
};

/// Columns before the elements: unit, name.
const FIRST: u16 = 2;

/// Writes a workbook with one wide sheet: a row a unit, a column an element, recognised by a hidden
/// row. `notice` stands under the title; empty for none.
pub fn write_wide_workbook(
    definitions: &Definitions,
    data_set: &DataSet,
    period: &Period,
    units: &[UnitInfo],
    notice: &str,
) -> Result<Vec<u8>, TemplateError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2025, 1, 1)?);
    workbook.set_properties(&properties);
    let style = Style::new();
    let sheet = workbook.add_worksheet().set_name("Tổng hợp")?;
    sheet.write_string_with_format(0, 0, format!("Biểu mẫu: {}", data_set.name), &style.name)?;
    sheet.write_string_with_format(1, 0, format!("Kỳ báo cáo: {}", period.name), &style.name)?;
    sheet.write_string_with_format(2, 0, notice, &style.notice)?;
    let elements: Vec<_> = definitions.elements_of(data_set).collect();
    let columns = || (FIRST..).zip(&elements);
    let last = columns().map(|(col, _)| col).last().unwrap_or(FIRST) + 1;
    for (col, tag) in [
        (0, Tag::Column(Column::Unit)),
        (1, Tag::Column(Column::UnitName)),
        (last, Tag::Wide(&data_set.id)),
        (last + 1, Tag::Period(&period.id)),
    ] {
        sheet.write_string_with_format(3, col, tag.text(), &style.tag)?;
    }
    sheet.write_string_with_format(4, 0, "Mã đơn vị", &style.header)?;
    sheet.write_string_with_format(4, 1, "Tên đơn vị", &style.header)?;
    for (col, element) in columns() {
        sheet.write_string_with_format(3, col, Tag::Element(&element.id).text(), &style.tag)?;
        sheet.write_string_with_format(4, col, &*element.name, &style.header)?;
        sheet.set_column_width(col, 18)?;
    }
    for (row, unit) in (5..).zip(units) {
        sheet.write_string_with_format(row, 0, unit.id.as_str(), &style.label)?;
        sheet.write_string_with_format(row, 1, &*unit.name, &style.label)?;
        for (col, _) in columns() {
            sheet.write_blank(row, col, &style.value)?;
        }
    }
    sheet.set_row_hidden(3)?.set_column_width(0, 20)?.set_column_width(1, 42)?.set_freeze_panes(5, FIRST)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(workbook.save_to_buffer()?)
}

/// The first line of a wide CSV file of that form: `unit,period` and its elements.
#[must_use]
pub fn wide_csv_header(data_set: &DataSet) -> String {
    let ids: Vec<&str> = data_set.elements.iter().map(ElementId::as_str).collect();
    format!("unit,period,{}\n", ids.join(","))
}

/// Appends one line of a wide CSV file: numbers plain, other answers in words.
pub fn wide_csv_row(out: &mut String, submission: &Submission) {
    push_field(out, &submission.key.unit);
    out.push(',');
    push_field(out, &submission.key.period);
    for entry in &submission.entries {
        out.push(',');
        match &entry.value {
            Value::Number(n) => out.push_str(&n.to_string()),
            Value::NotReported => out.push_str(value::NOT_REPORTED),
            Value::NotApplicable => out.push_str(value::NOT_APPLICABLE),
            Value::Exempt(reason) => push_field(out, &format!("{}: {reason}", value::EXEMPT)),
        }
    }
    out.push('\n');
}

fn push_field(out: &mut String, text: &str) {
    if text.contains(['"', ',', '\n', '\r', ';', '\t']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
