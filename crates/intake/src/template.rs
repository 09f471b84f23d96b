//! Writes the forms that units fill in: what people see, and the hidden cells by which a form is
//! recognised when it comes back.

use nhipcau_domain::{
    dataset::DataSet,
    definitions::Definitions,
    element::DataElement,
    id::ElementId,
    period::Period,
    returns::{Submission, Value},
    text::date,
};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    Formula, Workbook, Worksheet, XlsxError,
};

use crate::{
    UnitInfo,
    grid::address,
    hidden::{self, Hidden},
    layout::{EXPLANATION_LABEL, LABEL_HEADER, NOTE_HEADER, VALUE_HEADER},
    number::LARGEST,
    style::Style,
    tags::{Column, Tag},
    value,
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

/// Columns of the sheet, in order; the first holds the hidden tags.
const TAGS: u16 = 0;
const NUMBER: u16 = 1;
const LABEL: u16 = 2;
const DEFINITION: u16 = 3;
const MEASURE: u16 = 4;
const PREVIOUS: u16 = 5;
const VALUE: u16 = 6;
const NOTE: u16 = 7;

/// Column, its part, its header and its width in characters.
const COLUMNS: [(u16, Column, &str, u8); 7] = [
    (NUMBER, Column::Number, "TT", 6),
    (LABEL, Column::Label, LABEL_HEADER, 42),
    (DEFINITION, Column::Definition, "Cách tính", 40),
    (MEASURE, Column::Measure, "Đơn vị tính", 12),
    (PREVIOUS, Column::Previous, "Kỳ trước", 13),
    (VALUE, Column::Value, VALUE_HEADER, 16),
    (NOTE, Column::Note, NOTE_HEADER, 26),
];

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
        "Biểu".clone_into(&mut name);
    }
    let base = cut(&name, 23);
    let mut number = 2_u32;
    while is_taken(&name) {
        name = format!("{base} ({number})");
        number += 1;
    }
    name
}

/// Writes one form, row after row.
struct Writer<'a> {
    definitions: &'a Definitions,
    form: &'a TemplateSheet<'a>,
    style: &'a Style,
    sheet: &'a mut Worksheet,
    row: u32,
    /// Tag and label of each row, for the hidden sheet.
    rows: Vec<(String, String)>,
    typed: &'a dyn Fn(&ElementId) -> Option<String>,
}

impl Writer<'_> {
    fn write(&mut self, notice: &str) -> Result<(), TemplateError> {
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

    fn tag(&mut self, col: u16, tag: &Tag<'_>) -> Result<(), TemplateError> {
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

    fn across(&mut self, text: &str, format: &Format, lines: usize) -> Result<(), TemplateError> {
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
        let title = format!("Biểu mẫu: {}", form.data_set.name);
        self.across(&title, &style.title, lines(&title, 110))?;
        if !notice.trim().is_empty() {
            self.across(notice.trim(), &style.notice, lines(notice, 130))?;
        }
        self.tag(TAGS, &Tag::Unit(&form.unit.id))?;
        self.named("Đơn vị báo cáo:", &form.unit.name, "")?;
        self.tag(TAGS, &Tag::Period(&form.period.id))?;
        let days = format!("từ ngày {} đến hết ngày {}", date(form.period.first), date(form.period.last));
        self.named("Kỳ báo cáo:", &form.period.name, &days)?;
        let own = form.data_set.instructions.iter().map(|line| format!("- {line}"));
        for line in own.collect::<Vec<_>>() {
            self.across(&line, &style.instruction, lines(&line, 130))?;
        }
        let how = "- Chỉ nhập vào các ô nền vàng. Nhập số nguyên, không nhập đơn vị tính; số 0 là một con số. Để trống nghĩa là không báo cáo.";
        self.across(how, &style.instruction, lines(how, 130))?;
        let reasons: Vec<&str> = self.definitions.exempt_reasons.values().map(String::as_str).collect();
        let exempt = if reasons.is_empty() {
            String::new()
        } else {
            format!(" Nếu được miễn, gõ “{}: lý do”; các lý do: {}.", value::EXEMPT, reasons.join("; "))
        };
        let words = format!(
            "- Nếu chỉ tiêu không áp dụng cho đơn vị, gõ “{}” (hoặc KAD).{exempt}",
            value::NOT_APPLICABLE
        );
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

    /// Rows of elements under their headings; the addresses of the value cells.
    fn elements(&mut self) -> Result<Vec<String>, TemplateError> {
        let mut cells = Vec::new();
        let mut section = "";
        let elements: Vec<&DataElement> = self.definitions.elements_of(self.form.data_set).collect();
        for (number, element) in (1_u32..).zip(elements) {
            if element.section != section {
                section = &element.section;
                if !section.is_empty() {
                    self.across(section, &self.style.section, 1)?;
                }
            }
            cells.push(address(self.row + 1, VALUE));
            self.element(number, element)?;
        }
        Ok(cells)
    }

    fn element(&mut self, number: u32, element: &DataElement) -> Result<(), TemplateError> {
        let (style, row) = (self.style, self.row);
        let tag = Tag::Element(&element.id);
        self.tag(TAGS, &tag)?;
        self.rows.push((tag.text(), element.name.clone()));
        let definition = element.definition_on(self.form.period.last).map_or("", |d| &*d.text);
        let measure = self.definitions.measure(&element.measure).map_or("", |m| &*m.name);
        let sheet = &mut *self.sheet;
        sheet.write_number_with_format(row, NUMBER, number, &style.number)?;
        sheet.write_string_with_format(row, LABEL, &*element.name, &style.label)?;
        sheet.write_string_with_format(row, DEFINITION, definition, &style.definition)?;
        sheet.write_string_with_format(row, MEASURE, measure, &style.measure)?;
        match (self.form.previous)(&element.id) {
            Some(n) => write_whole(sheet, row, PREVIOUS, n, &style.previous)?,
            None => drop(sheet.write_blank(row, PREVIOUS, &style.previous)?),
        }
        let value = self.form.values.and_then(|v| v.value(&element.id));
        match ((self.typed)(&element.id), value) {
            (Some(text), _) => drop(sheet.write_string_with_format(row, VALUE, text, &style.value)?),
            (None, Some(Value::Number(n))) => write_whole(sheet, row, VALUE, *n, &style.value)?,
            (None, Some(Value::NotApplicable)) => {
                sheet.write_string_with_format(row, VALUE, value::NOT_APPLICABLE, &style.value)?;
            }
            (None, Some(Value::Exempt(reason))) => {
                let words = self.definitions.exempt_reasons.get(reason.as_str());
                let text = format!("{}: {}", value::EXEMPT, words.map_or(reason.as_str(), |w| w));
                sheet.write_string_with_format(row, VALUE, text, &style.value)?;
            }
            (None, Some(Value::NotReported) | None) => drop(sheet.write_blank(row, VALUE, &style.value)?),
        }
        sheet.write_blank(row, NOTE, &style.note)?;
        let height = lines(&element.name, 38).max(lines(definition, 42)).max(1);
        sheet.set_row_height(row, u8::try_from(height.min(14)).unwrap_or(14) * 17)?;
        self.row += 1;
        Ok(())
    }

    /// Questions in words, and the explanation.
    fn words(&mut self) -> Result<(), TemplateError> {
        if !self.form.data_set.words.is_empty() {
            self.across("Ý kiến của đơn vị", &self.style.section, 1)?;
        }
        let given = |id: &str| {
            let words = self.form.values.map(|v| &v.words).into_iter().flatten();
            words.filter(|(field, _)| field == id).map(|(_, text)| text.clone()).next().unwrap_or_default()
        };
        for field in &self.form.data_set.words {
            let text = given(&field.id);
            self.answer(&Tag::Words(&field.id), &field.name, &text)?;
        }
        let explanation = self.form.values.map(|v| v.explanation.clone()).unwrap_or_default();
        self.across("Giải thích số liệu (khi có số liệu khác thường)", &self.style.section, 1)?;
        self.answer(&Tag::Explanation, EXPLANATION_LABEL, &explanation)
    }

    fn answer(&mut self, tag: &Tag<'_>, label: &str, text: &str) -> Result<(), TemplateError> {
        let style = self.style;
        self.tag(TAGS, tag)?;
        self.rows.push((tag.text(), label.to_owned()));
        self.sheet.write_blank(self.row, NUMBER, &style.number)?;
        self.sheet.write_string_with_format(self.row, LABEL, label, &style.label)?;
        self.sheet.merge_range(self.row, DEFINITION, self.row, NOTE, text, &style.words)?;
        self.sheet.set_row_height(self.row, 60)?;
        self.row += 1;
        Ok(())
    }

    /// What Excel says of a value as it is typed. A warning, not a stop: words are answers too.
    fn validate(&mut self, cells: &[String]) -> Result<(), TemplateError> {
        let Some(first) = cells.first() else { return Ok(()) };
        let rule = DataValidationRule::Between(Formula::new("0"), Formula::new(LARGEST.to_string()));
        let validation = DataValidation::new()
            .allow_whole_number_formula(rule)
            .set_input_title("Số liệu kỳ này")?
            .set_input_message(
                "Nhập số nguyên từ 0 trở lên. Để trống nếu không báo cáo; gõ KAD nếu không áp dụng; gõ “miễn: lý do” nếu được miễn.",
            )?
            .set_error_title("Cần số nguyên từ 0 trở lên")?
            .set_error_message(
                "Ô này nhận số nguyên từ 0 trở lên, hoặc “không báo cáo”, “không áp dụng”, “miễn: lý do”. Nếu đã gõ đúng một trong các cụm từ đó, chọn Yes để giữ lại.",
            )?
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
            .set_footer("&C&\"Times New Roman,Regular\"&10Trang &P/&N")
            .set_screen_gridlines(false)
            .set_print_area(1, NUMBER, last, NOTE)?
            .set_repeat_rows(header.saturating_sub(1), header.saturating_sub(1))?;
        Ok(())
    }
}

/// How many lines a text takes in so many characters; at least one.
fn lines(text: &str, width: usize) -> usize {
    text.split('\n').map(|line| line.chars().count().div_ceil(width).max(1)).sum()
}

fn write_whole(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    n: i64,
    format: &Format,
) -> Result<(), TemplateError> {
    if n.abs() <= LARGEST {
        #[expect(clippy::cast_precision_loss, reason = "exact: at most 10^15")]
        sheet.write_number_with_format(row, col, n as f64, format)?;
    } else {
        sheet.write_string_with_format(row, col, n.to_string(), format)?;
    }
    Ok(())
}
