//! One form's rows: elements under their headings, questions in words, the explanation.

use nhipcau_domain::{element::DataElement, returns::Value};
use rust_xlsxwriter::{Format, Worksheet};

use super::{
    TemplateError, said,
    sheet::{DEFINITION, LABEL, MEASURE, NOTE, NUMBER, PREVIOUS, TAGS, VALUE, Writer, lines},
};
use crate::{grid::address, layout::EXPLANATION_LABEL, number::LARGEST, tags::Tag, value};

impl Writer<'_> {
    /// Rows of elements under their headings; the addresses of the value cells.
    pub(super) fn elements(&mut self) -> Result<Vec<String>, TemplateError> {
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
    pub(super) fn words(&mut self) -> Result<(), TemplateError> {
        if !self.form.data_set.words.is_empty() {
            self.across(&said("form-own-words"), &self.style.section, 1)?;
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
        self.across(&said("form-explanation"), &self.style.section, 1)?;
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
