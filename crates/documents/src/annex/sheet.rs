//! One sheet: title and notice above, a frozen head with a filter, typed cells.

use jiff::civil::Date;
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::{Annex, Count};
use crate::{DocumentError, speech::Speech};

/// The row of the head: below title and notice.
const HEAD: u32 = 2;
/// Excel takes at most 65,530 links on a sheet.
const MOST_LINKS: u32 = 60_000;
/// The longest text that a cell takes.
const LONGEST: usize = 32_767;
/// The largest whole number that a cell keeps exactly.
const EXACT: i64 = 1 << 53;

/// What a column holds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Number,
    Date,
}

/// A column: its head in the catalogue, its width in characters, what it holds.
pub(super) struct Head(pub &'static str, pub u16, pub Kind);

/// A cell.
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Date(Date),
    /// Words that lead to a row of a sheet (its name in the catalogue), counted from the first below the head.
    Link(String, Option<(&'static str, usize)>),
    Withheld,
    Empty,
}

impl Value {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn link(text: &str, to: Option<(&'static str, usize)>) -> Self {
        Self::Link(text.to_owned(), to)
    }
}

impl From<Count> for Value {
    fn from(count: Count) -> Self {
        match count {
            Count::Number(n) => Self::Number(n),
            Count::Withheld => Self::Withheld,
            Count::None => Self::Empty,
        }
    }
}

struct Formats {
    text: Format,
    number: Format,
    date: Format,
    link: Format,
    withheld: Format,
}

/// What stands above the head of a sheet, and in which language its own words are.
pub(crate) struct Top<'a> {
    pub speech: Speech,
    pub title: &'a str,
    pub notice: &'a str,
}

/// A sheet in the making.
pub(crate) struct Sheet<'a> {
    page: &'a mut Worksheet,
    formats: Formats,
    speech: Speech,
    last_column: u16,
    next: u32,
    links: u32,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        book: &'a mut Workbook,
        name: &str,
        heads: &[Head],
        annex: &Annex,
    ) -> Result<Self, DocumentError> {
        let speech = Speech::of(&annex.language);
        let top = Top { speech, title: &annex.title, notice: &annex.notice };
        let heads = heads.iter().map(|Head(id, width, kind)| (speech.word(id), *width, *kind));
        Self::open(book, &speech.word(name), heads, &top)
    }

    /// The same, with the words of its name and head as they are.
    pub fn open(
        book: &'a mut Workbook,
        name: &str,
        heads: impl Iterator<Item = (String, u16, Kind)>,
        top: &Top<'_>,
    ) -> Result<Self, DocumentError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let cell = || font().set_align(FormatAlign::Top);
        let formats = Formats {
            text: cell().set_text_wrap(),
            number: cell().set_num_format("#,##0"),
            date: cell().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            link: cell().set_font_color("#1F4E79").set_underline(rust_xlsxwriter::FormatUnderline::Single),
            withheld: cell().set_italic().set_align(FormatAlign::Right),
        };
        let head = font()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color("#E8EDF1")
            .set_border_bottom(FormatBorder::Thin);
        sheet.write_string_with_format(0, 0, cut(top.title), &font().set_bold().set_font_size(14))?;
        sheet.write_string_with_format(1, 0, cut(top.notice), &font().set_italic())?;
        let mut last_column = 0;
        for ((title, width, kind), column) in heads.zip(0..) {
            let format = match kind {
                Kind::Text => &formats.text,
                Kind::Number => &formats.number,
                Kind::Date => &formats.date,
            };
            sheet.set_column_format(column, format)?;
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(HEAD, column, cut(&title), &head)?;
            last_column = column;
        }
        sheet.set_freeze_panes(HEAD + 1, 1)?;
        sheet.set_repeat_rows(HEAD, HEAD)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(Self { page: sheet, formats, speech: top.speech, last_column, next: HEAD + 1, links: 0 })
    }

    pub fn row(&mut self, values: impl IntoIterator<Item = Value>) -> Result<(), XlsxError> {
        for (value, column) in values.into_iter().zip(0..) {
            self.cell(column, value)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, value: Value) -> Result<(), XlsxError> {
        let (sheet, formats, row) = (&mut *self.page, &self.formats, self.next);
        match value {
            Value::Text(text) => {
                if text.is_empty() {
                    return Ok(());
                }
                sheet.write_string_with_format(row, column, cut(&text), &formats.text)?;
            }
            Value::Number(n) => match exact(n) {
                Some(n) => {
                    sheet.write_number_with_format(row, column, n, &formats.number)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, n.to_string(), &formats.text)?;
                }
            },
            Value::Date(d) => {
                let year = u16::try_from(d.year()).unwrap_or(1900).clamp(1900, 9999);
                let day = ExcelDateTime::from_ymd(year, d.month().unsigned_abs(), d.day().unsigned_abs())?;
                sheet.write_datetime_with_format(row, column, &day, &formats.date)?;
            }
            Value::Link(text, Some((to, index))) if self.links < MOST_LINKS => {
                self.links += 1;
                // Rows are counted from 1 where people see them.
                let target = u64::from(HEAD) + 2 + u64::try_from(index).unwrap_or(0);
                let url =
                    Url::new(format!("internal:'{}'!A{target}", self.speech.word(to))).set_text(cut(&text));
                sheet.write_url_with_format(row, column, url, &formats.link)?;
            }
            Value::Link(text, _) => {
                sheet.write_string_with_format(row, column, cut(&text), &formats.text)?;
            }
            Value::Withheld => {
                let words = self.speech.word("annex-withheld");
                sheet.write_string_with_format(row, column, words, &formats.withheld)?;
            }
            Value::Empty => {}
        }
        Ok(())
    }

    pub fn finish(self) -> Result<(), DocumentError> {
        self.page.autofilter(HEAD, 0, (self.next - 1).max(HEAD + 1), self.last_column)?;
        Ok(())
    }
}

/// A whole number as the workbook keeps it, if it keeps it exactly.
#[expect(clippy::cast_precision_loss, reason = "checked: every whole number up to 2^53 has an exact one")]
fn exact(n: i64) -> Option<f64> {
    (-EXACT..=EXACT).contains(&n).then_some(n as f64)
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
