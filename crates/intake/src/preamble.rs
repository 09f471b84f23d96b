//! The lines above a table that say what it is: `Biểu mẫu: …`, `Kỳ báo cáo: …`, `Đơn vị báo cáo: …`.

use crate::{
    grid::Grid,
    tags::Tag,
    text::{clean, fold},
};

/// How many rows are looked at for a table's header.
pub(crate) const DEPTH: usize = 20;

/// The longest text that is looked at, in bytes: names are shorter.
pub(crate) const LONGEST: usize = 2_000;

/// What the lines above a table say, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Preamble {
    pub(crate) data_set: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) unit: Option<String>,
}

impl Preamble {
    /// Takes in one row's texts, in order.
    pub(crate) fn row<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut texts = texts
            .filter(|t| t.len() <= LONGEST && Tag::parse(t).is_none())
            .map(clean)
            .filter(|t| !t.is_empty());
        while let Some(text) = texts.next() {
            let Some((key, value)) = text.split_once(':') else { continue };
            let slot = match fold(key).trim() {
                "bieu mau" | "bieu" | "data_set" | "form" => &mut self.data_set,
                "ky bao cao" | "ky" | "period" => &mut self.period,
                "don vi bao cao" | "don vi" | "unit" => &mut self.unit,
                _ => continue,
            };
            let value = if value.trim().is_empty() { texts.next() } else { Some(value.trim().to_owned()) };
            if slot.is_none() {
                *slot = value;
            }
        }
    }

    /// Takes in a sheet's first rows.
    pub(crate) fn of(grid: &Grid<'_>) -> Self {
        let mut preamble = Self::default();
        for (_, cells) in grid.rows().take(DEPTH) {
            preamble.row(cells.iter().map(|c| grid.read(c).shown()));
        }
        preamble
    }
}
