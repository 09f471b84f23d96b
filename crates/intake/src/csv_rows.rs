//! CSV as it is sent: any of the usual encodings and separators, one record at a time, and never
//! more than a line in memory.

use std::{
    cell::Cell,
    io::{self, Cursor, Read},
    rc::Rc,
};

use csv::{ErrorKind, StringRecord};
use nhipcau_domain::problem::Problem;

use crate::{limits::Limits, xlsx::Refused};

/// How much is looked at to find out the separator.
const PROBE: u64 = 64 << 10;

/// The records of a CSV file.
pub(crate) struct CsvRows<'r> {
    reader: csv::Reader<Metered<Box<dyn Read + 'r>>>,
    record: StringRecord,
    since: Rc<Cell<u64>>,
    max_rows: u32,
    max_columns: usize,
    max_line_bytes: u64,
    rows: u32,
}

impl<'r> CsvRows<'r> {
    /// Opens a text of any of the encodings that carry their own mark, or UTF-8.
    pub(crate) fn open(reader: impl Read + 'r, limits: &Limits) -> Result<Self, Refused> {
        let mut decoded = decode(Box::new(reader)).map_err(|e| unreadable(&e))?;
        let mut probe = Vec::new();
        decoded.by_ref().take(PROBE).read_to_end(&mut probe).map_err(|e| unreadable(&e))?;
        let cut = probe.len() as u64 == PROBE;
        let separator = separator(&probe, cut);
        let since = Rc::new(Cell::new(0));
        let chained: Box<dyn Read + 'r> = Box::new(Cursor::new(probe).chain(decoded));
        let metered = Metered { inner: chained, since: Rc::clone(&since), limit: limits.max_line_bytes };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .buffer_capacity(32 << 10)
            .from_reader(metered);
        Ok(Self {
            reader,
            record: StringRecord::new(),
            since,
            max_rows: limits.max_rows,
            max_columns: limits.max_columns,
            max_line_bytes: limits.max_line_bytes,
            rows: 0,
        })
    }

    /// Reads the next record, and says on which line it begins; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<u32>, Refused> {
        self.since.set(0);
        let before = line_of(self.reader.position().line());
        match self.reader.read_record(&mut self.record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(e) => {
                let problem = match e.kind() {
                    ErrorKind::Utf8 { .. } => Problem::new("intake-csv-encoding"),
                    ErrorKind::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => {
                        Problem::new("intake-csv-line-too-long")
                            .with("expected", kibibytes(self.max_line_bytes))
                    }
                    ErrorKind::Io(e) => *unreadable(e),
                    _ => Problem::new("intake-csv-damaged"),
                };
                return Err(Box::new(problem.at_line(before, 1)));
            }
        }
        let line = self.record.position().map_or(before, |p| line_of(p.line()));
        self.rows += 1;
        if self.rows > self.max_rows {
            let problem = Problem::new("intake-too-many-rows");
            return Err(Box::new(problem.with("found", self.rows).with("expected", self.max_rows)));
        }
        if self.record.len() > self.max_columns {
            let problem = Problem::new("intake-too-many-columns");
            let problem = problem.with("found", self.record.len()).with("expected", self.max_columns);
            return Err(Box::new(problem.at_line(line, 1)));
        }
        Ok(Some(line))
    }

    /// The record that was read last.
    pub(crate) fn record(&self) -> &StringRecord {
        &self.record
    }
}

fn line_of(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn kibibytes(bytes: u64) -> i64 {
    i64::try_from(bytes >> 10).unwrap_or(i64::MAX)
}

fn unreadable(error: &io::Error) -> Refused {
    if error.kind() == io::ErrorKind::InvalidData {
        return Box::new(Problem::new("intake-csv-encoding"));
    }
    Box::new(Problem::new("intake-file-unreadable").with("found", error.to_string()))
}

/// Stops a quote that never closes from swallowing the whole file.
struct Metered<R> {
    inner: R,
    since: Rc<Cell<u64>>,
    limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n = self.inner.read(buffer)?;
        self.since.set(self.since.get() + n as u64);
        Ok(n)
    }
}

/// UTF-8 out of what the byte order mark says.
fn decode<'r>(mut reader: Box<dyn Read + 'r>) -> io::Result<Box<dyn Read + 'r>> {
    let mut start = Vec::new();
    reader.by_ref().take(3).read_to_end(&mut start)?;
    let little = start.starts_with(&[0xff, 0xfe]);
    if little || start.starts_with(&[0xfe, 0xff]) {
        let rest = Cursor::new(start.get(2..).unwrap_or_default().to_vec()).chain(reader);
        return Ok(Box::new(Utf16 { inner: rest, little, pending: Vec::new(), out: Cursor::default() }));
    }
    let mark = if start.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    Ok(Box::new(Cursor::new(start.get(mark..).unwrap_or_default().to_vec()).chain(reader)))
}

/// UTF-16 to UTF-8, a piece at a time.
struct Utf16<R> {
    inner: R,
    little: bool,
    pending: Vec<u8>,
    out: Cursor<Vec<u8>>,
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.out.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let mut piece = [0; 8192];
            let n = self.inner.read(&mut piece)?;
            if n == 0 {
                return if self.pending.is_empty() { Ok(0) } else { Err(io::ErrorKind::InvalidData.into()) };
            }
            self.pending.extend_from_slice(piece.get(..n).unwrap_or_default());
            self.out = Cursor::new(self.take_whole()?);
        }
    }
}

impl<R> Utf16<R> {
    /// Whole characters out of what is pending; half of one stays.
    fn take_whole(&mut self) -> io::Result<Vec<u8>> {
        let mut units: Vec<u16> = self
            .pending
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)];
                if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
            })
            .collect();
        if units.last().is_some_and(|u| (0xd800..0xdc00).contains(u)) {
            units.pop();
        }
        self.pending.drain(..units.len() * 2);
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.map(String::into_bytes).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

/// Comma, semicolon or tab: the one that most lines have equally often.
fn separator(probe: &[u8], cut: bool) -> u8 {
    let text = String::from_utf8_lossy(probe);
    let mut lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(50).collect();
    if cut && lines.len() > 1 {
        lines.pop();
    }
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let of = |n: usize| counts.iter().filter(|c| **c == n).count();
        counts.iter().filter(|n| **n > 0).map(|n| (of(*n), *n)).max().unwrap_or((0, 0))
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|s| score(*s)).unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for b in line.bytes() {
        if b == b'"' {
            quoted = !quoted;
        } else if b == separator && !quoted {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut rows = CsvRows::open(bytes, &Limits::default()).unwrap();
        let mut out = Vec::new();
        while rows.next().unwrap().is_some() {
            out.push(rows.record().iter().map(str::to_owned).collect());
        }
        out
    }

    #[test]
    fn reads_the_usual_encodings_and_separators() {
        let expected = vec![vec!["Đơn vị", "Số, lượng"], vec!["ấp Một", "1.234"], vec!["ấp Hai", "7"]];
        for separator in [",", ";", "\t"] {
            let text =
                format!("Đơn vị{separator}\"Số, lượng\"\r\nấp Một{separator}1.234\r\nấp Hai{separator}7\r\n");
            let utf16: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> =
                [0xff, 0xfe].into_iter().chain(utf16.iter().flat_map(|u| u.to_le_bytes())).collect();
            let big: Vec<u8> =
                [0xfe, 0xff].into_iter().chain(utf16.iter().flat_map(|u| u.to_be_bytes())).collect();
            let marked: Vec<u8> = "\u{feff}".bytes().chain(text.bytes()).collect();
            for bytes in [text.into_bytes(), marked, little, big] {
                assert_eq!(records(&bytes), expected, "{separator:?}");
            }
        }
    }

    #[test]
    fn a_quote_that_never_closes_is_stopped() {
        let mut text = b"a,b\n\"".to_vec();
        text.resize(4 << 20, b'x');
        let mut rows = CsvRows::open(&*text, &Limits::default()).unwrap();
        assert_eq!(rows.next().unwrap(), Some(1));
        assert_eq!(rows.next().unwrap_err().id, "intake-csv-line-too-long");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
            let limits = Limits::default();
            if let Ok(mut rows) = CsvRows::open(&*bytes, &limits) {
                let mut n = 0;
                while let Ok(Some(_)) = rows.next() {
                    n += 1;
                    prop_assert!(n <= bytes.len());
                }
            }
        }

        #[test]
        fn utf16_is_read_across_pieces(text in "[a-zđấ😀,\n]{0,3000}") {
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16).collect();
            let mut out = String::new();
            decode(Box::new(&*marked)).unwrap().read_to_string(&mut out).unwrap();
            prop_assert_eq!(out, text);
        }
    }
}
