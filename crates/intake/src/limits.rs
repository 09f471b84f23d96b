//! How much of an input is read before it is refused: an honest file is far below, a hostile one
//! is stopped early.

/// Bounds on time and memory. Sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The file as it was sent.
    pub max_file_bytes: u64,
    /// A workbook's parts together, unpacked.
    pub max_unpacked_bytes: u64,
    /// Unpacked size for each packed byte; beyond it the file is a bomb. Small files are exempt.
    pub max_ratio: u64,
    /// Files inside a workbook.
    pub max_parts: usize,
    /// Sheets of a workbook.
    pub max_sheets: usize,
    /// Cells with something in them, in all sheets together: 20,000 returns of twenty elements. What is
    /// longer comes as CSV, which has no such limit.
    pub max_cells: usize,
    /// Rows of a sheet or lines of a CSV file that are read.
    pub max_rows: u32,
    /// Columns of a sheet or a CSV file that have something in them.
    pub max_columns: usize,
    /// Cells of the sheets that are looked at as one-unit forms, together; a larger sheet can only be
    /// a wide table.
    pub max_form_cells: usize,
    /// Merged stretches of a sheet.
    pub max_merges: usize,
    /// Texts in a workbook's common list.
    pub max_shared_strings: usize,
    /// A workbook's common list of texts; and, by itself, what the cells of a sheet hold.
    pub max_text_bytes: usize,
    /// One line of a CSV file; one tag or one text inside a workbook.
    pub max_line_bytes: u64,
    /// Returns that [`crate::read_file`] gathers from one file; beyond it,
    /// [`crate::read_wide_csv`] reads them one by one.
    pub max_submissions: usize,
    /// Problems that are told of one file; the rest is only counted, and after twenty times as many
    /// the file is not read on.
    pub max_problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 64 << 20,
            max_unpacked_bytes: 128 << 20,
            max_ratio: 200,
            max_parts: 1_000,
            max_sheets: 200,
            max_cells: 400_000,
            max_rows: 1_048_576,
            max_columns: 1_024,
            max_form_cells: 100_000,
            max_merges: 50_000,
            max_shared_strings: 500_000,
            max_text_bytes: 32 << 20,
            max_line_bytes: 1 << 20,
            max_submissions: 20_000,
            max_problems: 1_000,
        }
    }
}
