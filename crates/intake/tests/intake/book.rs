//! A workbook as a person's program sees it: taken apart, changed as people change it, saved again.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// What a cell holds.
#[derive(Debug, Clone)]
pub(crate) enum C {
    Text(String),
    Number(f64),
    Percent(f64),
    Date(i16, u8, u8),
    Bool(bool),
    Formula(&'static str, &'static str),
}

impl From<&str> for C {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i32> for C {
    fn from(n: i32) -> Self {
        Self::Number(n.into())
    }
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<(u32, u16), C>,
    pub(crate) merges: Vec<(u32, u16, u32, u16)>,
}

/// A workbook.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub(crate) pages: Vec<Page>,
}

impl Book {
    /// Takes a workbook apart with another reader than ours.
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut xlsx = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let names = xlsx.sheet_names().clone();
        let pages = names.into_iter().map(|name| {
            let range = xlsx.worksheet_range(&name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            let cells = range.used_cells().filter_map(|(row, col, data)| {
                let place = (
                    top + u32::try_from(row).unwrap(),
                    u16::try_from(left).unwrap() + u16::try_from(col).unwrap(),
                );
                let cell = match data {
                    Data::String(t) => C::Text(t.clone()),
                    Data::Float(n) => C::Number(*n),
                    Data::Int(n) => C::Text(n.to_string()),
                    Data::Bool(b) => C::Bool(*b),
                    _ => return None,
                };
                Some((place, cell))
            });
            Page { name, cells: cells.collect(), merges: Vec::new() }
        });
        Self { pages: pages.collect() }
    }

    /// Saves it, without any of the template's formats: nothing is recognised by looks.
    pub(crate) fn save(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let percent = Format::new().set_num_format("0%");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for page in &self.pages {
            let sheet = workbook.add_worksheet().set_name(&page.name).unwrap();
            for (r1, c1, r2, c2) in &page.merges {
                sheet.merge_range(*r1, *c1, *r2, *c2, "", &Format::new()).unwrap();
            }
            for ((row, col), cell) in &page.cells {
                match cell {
                    C::Text(t) => sheet.write_string(*row, *col, t).map(drop),
                    C::Number(n) => sheet.write_number(*row, *col, *n).map(drop),
                    C::Percent(n) => sheet.write_number_with_format(*row, *col, *n, &percent).map(drop),
                    C::Date(y, m, d) => {
                        let date = ExcelDateTime::from_ymd(u16::try_from(*y).unwrap(), *m, *d).unwrap();
                        sheet.write_datetime_with_format(*row, *col, &date, &day).map(drop)
                    }
                    C::Bool(b) => sheet.write_boolean(*row, *col, *b).map(drop),
                    C::Formula(f, result) => {
                        sheet.write_formula(*row, *col, Formula::new(*f).set_result(*result)).map(drop)
                    }
                }
                .unwrap();
            }
        }
        workbook.save_to_buffer().unwrap()
    }

    /// The first page.
    pub(crate) fn page(&mut self) -> &mut Page {
        &mut self.pages[0]
    }
}

impl Page {
    /// Where a text stands.
    pub(crate) fn find(&self, text: &str) -> (u32, u16) {
        let found = self.cells.iter().find(|(_, c)| matches!(c, C::Text(t) if t == text));
        *found.unwrap_or_else(|| panic!("no cell says {text:?}")).0
    }

    /// The value cell of an element.
    pub(crate) fn value_of(&self, element: &str) -> (u32, u16) {
        let row = self.find(&format!("nc:element|{element}")).0;
        (row, self.find("Số liệu kỳ này").1)
    }

    /// Types into an element's value cell, and says the cell's address.
    pub(crate) fn fill(&mut self, element: &str, value: impl Into<C>) -> String {
        let place = self.value_of(element);
        self.cells.insert(place, value.into());
        address(place)
    }

    pub(crate) fn move_cells(&mut self, map: impl Fn((u32, u16)) -> Option<(u32, u16)>) {
        self.cells =
            std::mem::take(&mut self.cells).into_iter().filter_map(|(at, c)| Some((map(at)?, c))).collect();
    }

    pub(crate) fn insert_column(&mut self, at: u16) {
        self.move_cells(|(r, c)| Some((r, if c >= at { c + 1 } else { c })));
    }

    pub(crate) fn insert_row(&mut self, at: u32) {
        self.move_cells(|(r, c)| Some((if r >= at { r + 1 } else { r }, c)));
    }

    pub(crate) fn delete_column(&mut self, at: u16) {
        self.move_cells(|(r, c)| (c != at).then_some((r, if c > at { c - 1 } else { c })));
    }

    pub(crate) fn delete_row(&mut self, at: u32) {
        self.move_cells(|(r, c)| (r != at).then_some((if r > at { r - 1 } else { r }, c)));
    }
}

pub(crate) fn address((row, col): (u32, u16)) -> String {
    format!("{}{}", char::from(b'A' + u8::try_from(col).unwrap()), row + 1)
}
