//! A country of any size, for measuring: 34 provinces, 3,321 communes, as many cells as asked for.

mod config;
mod returns;

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use nhipcau_campaign::Memory;

/// The communes of the country since 1 July 2025.
pub(crate) const COMMUNES: u64 = 3_321;

/// A synthetic country. Nothing of it is kept in memory: the same seed makes the same one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    cells: u64,
    seed: u64,
}

impl Country {
    /// A country with that many cells.
    #[must_use]
    pub fn new(cells: u64, seed: u64) -> Self {
        Self { cells, seed }
    }

    /// How many cells, and so how many returns.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.cells
    }

    /// The period that the returns are for.
    #[must_use]
    pub fn period(&self) -> &'static str {
        config::PERIOD
    }

    /// The unit that is the whole country.
    #[must_use]
    pub fn root(&self) -> &'static str {
        config::ROOT
    }

    /// Writes the campaign's files into a folder, which is made where it is not there.
    pub fn write_campaign(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, text) in config::FILES {
            fs::write(folder.join(name), text)?;
        }
        let mut units = BufWriter::new(fs::File::create(folder.join("units.csv"))?);
        self.write_units(&mut units)?;
        units.flush()
    }

    /// The campaign's files in memory.
    #[must_use]
    pub fn campaign(&self) -> Memory {
        let mut files = Memory::default();
        for (name, text) in config::FILES {
            files.put(name, text);
        }
        let mut units = Vec::new();
        // Writing to memory does not fail.
        let _ = self.write_units(&mut units);
        files.put("units.csv", units);
        files
    }

    fn write_units(&self, out: &mut dyn Write) -> io::Result<()> {
        config::write_units(self.cells, out)
    }

    /// Writes a return for every cell, as one wide CSV table: a row a unit.
    pub fn write_returns(&self, out: &mut dyn Write) -> io::Result<()> {
        returns::write(self.cells, self.seed, out)
    }
}

/// The commune of a cell, both from 0: as evenly as it goes.
pub(crate) fn commune_of(cell: u64, cells: u64) -> u64 {
    let at = u128::from(cell) * u128::from(COMMUNES) / u128::from(cells.max(1));
    u64::try_from(at).unwrap_or(0)
}
