//! A page made ready to be sent many times: compressed once, with a gap for what changes with every
//! visit.
//!
//! The stretch from the first counter's mark to the last one's is the gap. In gzip (RFC 1952) it is
//! a stored block between two deflate streams; in brotli (RFC 7932) an uncompressed meta-block
//! between two streams that can be joined. So a page of any size costs a few hundred bytes of copying
//! to answer with the counters of this moment.

use std::{
    io::Write as _,
    sync::{PoisonError, RwLock},
};

use brotli::enc::{BrotliEncoderParams, writer::CompressorWriter};
use bytes::Bytes;
use flate2::{Compress, Compression, FlushCompress};

/// The longest gap: what one stored block of deflate holds.
const GAP_MAX: usize = 0xFFFF;
/// Below this, compressing gains nothing that a packet would notice.
const WORTH_COMPRESSING: usize = 256;

/// A counter that is spliced in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Visitors within the last minutes.
    Online,
    /// Visits of this local day.
    Today,
    /// Visits since Monday.
    Week,
    /// All visits.
    All,
}

/// The numbers of this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Visitors within the last minutes.
    pub online: u64,
    /// Visits of this local day.
    pub today: u64,
    /// Visits since Monday.
    pub week: u64,
    /// All visits.
    pub all: u64,
}

/// A mark in a page's HTML, and the number that takes its place.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The text that stands in the HTML.
    pub text: &'static str,
    /// Which number.
    pub count: Count,
    /// How the number is written in the language of the page.
    pub write: fn(u64) -> String,
}

/// How an answer's body is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// brotli.
    Brotli,
}

impl Coding {
    /// The name in `Content-Encoding`; none for a body as it is.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The best coding that `Accept-Encoding` allows; `q=0` refuses one.
    #[must_use]
    pub fn best(accepted: &str) -> Self {
        if allows(accepted, "br") {
            Self::Brotli
        } else if allows(accepted, "gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

/// Whether `Accept-Encoding` allows a coding.
pub(crate) fn allows(accepted: &str, name: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next().is_some_and(|w| w.eq_ignore_ascii_case(name))
            && words
                .find_map(|w| w.strip_prefix("q="))
                .is_none_or(|q| q.chars().any(|c| c.is_ascii_digit() && c != '0'))
    })
}

/// What stands in the gap: text and numbers in turn.
#[derive(Debug, Clone)]
enum Part {
    Text(Bytes),
    Number(Count, fn(u64) -> String),
}

/// A body before and after the gap, in one coding.
#[derive(Debug, Clone)]
struct Halves {
    before: Bytes,
    after: Bytes,
}

/// Pieces of a body, and the counters that are in them.
type Filled = (Counts, [Bytes; 4]);

/// A page made ready.
#[derive(Debug)]
pub struct Prepared {
    plain: Halves,
    gap: Vec<Part>,
    gzip: Option<Halves>,
    brotli: Option<Halves>,
    /// Checksums and length of the halves, for gzip's trailer.
    crc: (crc32fast::Hasher, crc32fast::Hasher),
    /// The last answer, by coding: a view within a visit changes no counter.
    last: [RwLock<Option<Filled>>; 3],
}

impl Prepared {
    /// Makes a body ready. Only texts are worth compressing: `compress` says so.
    #[must_use]
    pub fn new(body: &Bytes, marks: &[Mark], compress: bool) -> Self {
        let (plain, gap) = split(body, marks);
        let mut crc = (crc32fast::Hasher::new(), crc32fast::Hasher::new());
        crc.0.update(&plain.before);
        crc.1.update(&plain.after);
        let worth = compress && body.len() >= WORTH_COMPRESSING;
        let gzip = worth.then(|| gzip_halves(&plain, gap.is_empty())).flatten();
        let brotli = worth.then(|| brotli_halves(&plain, gap.is_empty())).flatten();
        Self { plain, gap, gzip, brotli, crc, last: <_>::default() }
    }

    /// Which coding an answer will have, of the one that is asked for.
    #[must_use]
    pub fn coding(&self, asked: Coding) -> Coding {
        match asked {
            Coding::Brotli if self.brotli.is_some() => Coding::Brotli,
            Coding::Brotli | Coding::Gzip if self.gzip.is_some() => Coding::Gzip,
            _ => Coding::Identity,
        }
    }

    /// The pieces of a body in a coding that [`Prepared::coding`] named.
    #[must_use]
    pub fn pieces(&self, coding: Coding, counts: &Counts) -> [Bytes; 4] {
        let [plain, gzip, brotli] = &self.last;
        let last = match coding {
            Coding::Identity => plain,
            Coding::Gzip => gzip,
            Coding::Brotli => brotli,
        };
        if let Some((then, pieces)) = &*last.read().unwrap_or_else(PoisonError::into_inner)
            && then == counts
        {
            return pieces.clone();
        }
        let pieces = self.pieces_now(coding, counts);
        *last.write().unwrap_or_else(PoisonError::into_inner) = Some((*counts, pieces.clone()));
        pieces
    }

    fn pieces_now(&self, coding: Coding, counts: &Counts) -> [Bytes; 4] {
        let gap = self.gap_now(counts);
        match (coding, &self.gzip, &self.brotli) {
            (Coding::Gzip, Some(gzip), _) => {
                let mut crc = self.crc.0.clone();
                crc.update(&gap);
                crc.combine(&self.crc.1);
                let length = self.plain.before.len() + gap.len() + self.plain.after.len();
                let mut trailer = Vec::with_capacity(8);
                trailer.extend_from_slice(&crc.finalize().to_le_bytes());
                // The length modulo 2³², as the format has it.
                trailer.extend_from_slice(&u32::try_from(length & 0xFFFF_FFFF).unwrap_or(0).to_le_bytes());
                [gzip.before.clone(), stored(&gap), gzip.after.clone(), trailer.into()]
            }
            (Coding::Brotli, _, Some(brotli)) => {
                [brotli.before.clone(), uncompressed(&gap), brotli.after.clone(), Bytes::new()]
            }
            _ => [self.plain.before.clone(), gap.into(), self.plain.after.clone(), Bytes::new()],
        }
    }

    /// Bytes that it holds in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let of = |h: &Halves| h.before.len() + h.after.len();
        of(&self.plain) + self.gzip.as_ref().map_or(0, of) + self.brotli.as_ref().map_or(0, of)
    }

    /// What identifies the page, whatever the counters say: everything but the numbers.
    pub fn feed(&self, mut to: impl FnMut(&[u8])) {
        to(&self.plain.before);
        for part in &self.gap {
            if let Part::Text(text) = part {
                to(text);
            }
        }
        to(&self.plain.after);
    }

    fn gap_now(&self, counts: &Counts) -> Vec<u8> {
        let mut out = Vec::new();
        for part in &self.gap {
            match part {
                Part::Text(text) => out.extend_from_slice(text),
                Part::Number(count, write) => {
                    let n = match count {
                        Count::Online => counts.online,
                        Count::Today => counts.today,
                        Count::Week => counts.week,
                        Count::All => counts.all,
                    };
                    out.extend_from_slice(write(n).as_bytes());
                }
            }
        }
        // A page cannot make the gap longer than a stored block holds: `split` left room.
        out
    }
}

/// The body before the gap and after it, and what stands in it.
fn split(body: &Bytes, marks: &[Mark]) -> (Halves, Vec<Part>) {
    let whole = || (Halves { before: body.clone(), after: Bytes::new() }, Vec::new());
    let Ok(text) = std::str::from_utf8(body) else { return whole() };
    let mut found: Vec<(usize, &Mark)> =
        marks.iter().flat_map(|m| text.match_indices(m.text).map(move |(at, _)| (at, m))).collect();
    found.sort_by_key(|(at, _)| *at);
    let (Some((first, _)), Some((last, mark))) = (found.first(), found.last()) else { return whole() };
    let (first, end) = (*first, last + mark.text.len());
    // Room for numbers that are longer than their marks.
    if end - first > GAP_MAX / 2 || found.len() > 100 {
        return whole();
    }
    let mut gap = Vec::with_capacity(2 * found.len());
    let mut at = first;
    for (start, mark) in found {
        if start < at {
            return whole();
        }
        if start > at {
            gap.push(Part::Text(body.slice(at..start)));
        }
        gap.push(Part::Number(mark.count, mark.write));
        at = start + mark.text.len();
    }
    (Halves { before: body.slice(..first), after: body.slice(end..) }, gap)
}

/// A stored block of deflate that is not the last.
fn stored(gap: &[u8]) -> Bytes {
    let Some(length) = u16::try_from(gap.len()).ok().filter(|n| *n > 0) else { return Bytes::new() };
    let mut block = Vec::with_capacity(gap.len() + 5);
    block.push(0);
    block.extend_from_slice(&length.to_le_bytes());
    block.extend_from_slice(&(!length).to_le_bytes());
    block.extend_from_slice(gap);
    block.into()
}

/// An uncompressed meta-block of brotli (RFC 7932, 9.2): three bytes of head, then the bytes.
fn uncompressed(gap: &[u8]) -> Bytes {
    let Some(length) = u32::try_from(gap.len()).ok().filter(|n| (1..=0xFFFF).contains(n)) else {
        return Bytes::new();
    };
    let head = ((length - 1) << 3) | (1 << 19);
    let mut block = Vec::with_capacity(gap.len() + 3);
    block.extend_from_slice(&head.to_le_bytes()[..3]);
    block.extend_from_slice(gap);
    block.into()
}

fn gzip_halves(plain: &Halves, whole: bool) -> Option<Halves> {
    // No name, no time, an unknown system: the same page gives the same bytes.
    let mut before = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    if whole {
        deflate(&plain.before, FlushCompress::Finish, &mut before)?;
        return Some(Halves { before: before.into(), after: Bytes::new() });
    }
    deflate(&plain.before, FlushCompress::Full, &mut before)?;
    let mut after = Vec::new();
    deflate(&plain.after, FlushCompress::Finish, &mut after)?;
    Some(Halves { before: before.into(), after: after.into() })
}

fn deflate(input: &[u8], flush: FlushCompress, out: &mut Vec<u8>) -> Option<()> {
    let mut compress = Compress::new(Compression::best(), false);
    let start = out.len();
    loop {
        out.reserve(input.len() / 2 + 1024);
        let read = usize::try_from(compress.total_in()).ok()?;
        let room = out.capacity() - out.len();
        let status = compress.compress_vec(input.get(read..)?, out, flush).ok()?;
        let finished = match flush {
            FlushCompress::Finish => status == flate2::Status::StreamEnd,
            // Flushed when all was read and room was left over.
            _ => {
                compress.total_in() == input.len() as u64 && {
                    let written = out.len() - start;
                    written as u64 == compress.total_out() && out.capacity() > out.len() && room > 0
                }
            }
        };
        if finished {
            return Some(());
        }
    }
}

fn brotli_halves(plain: &Halves, whole: bool) -> Option<Halves> {
    if whole {
        let before = brotli(&plain.before, BrotliEncoderParams::default())?;
        return Some(Halves { before: before.into(), after: Bytes::new() });
    }
    let first = BrotliEncoderParams { appendable: true, byte_align: true, ..BrotliEncoderParams::default() };
    let mut before = brotli(&plain.before, first)?;
    // The empty last block: what is joined on comes in its place.
    (before.pop()? == END).then_some(())?;
    let after = joined(&plain.after)?;
    Some(Halves { before: before.into(), after: after.into() })
}

/// The empty last block of a brotli stream.
const END: u8 = 3;

/// What can follow on another stream's blocks: no reference reaches out of it. The encoder begins
/// such a stream with the window's size and two bytes as they are, five bytes together: instead of
/// them the two bytes stand in a block that needs no window.
fn joined(text: &[u8]) -> Option<Vec<u8>> {
    let Some((two, _)) = text.split_at_checked(2).filter(|_| text.len() >= 64) else {
        let mut short = uncompressed(text).to_vec();
        short.push(END);
        return Some(short);
    };
    let catable = BrotliEncoderParams {
        catable: true,
        appendable: true,
        use_dictionary: false,
        byte_align: true,
        ..BrotliEncoderParams::default()
    };
    let stream = brotli(text, catable)?;
    let (head, rest) = stream.split_at_checked(5)?;
    (head.get(3..)? == two).then_some(())?;
    let mut joined = uncompressed(two).to_vec();
    joined.extend_from_slice(rest);
    Some(joined)
}

fn brotli(input: &[u8], mut params: BrotliEncoderParams) -> Option<Vec<u8>> {
    params.quality = 9;
    params.lgwin = 18;
    params.size_hint = input.len();
    let mut writer = CompressorWriter::with_params(Vec::new(), 4096, &params);
    writer.write_all(input).ok()?;
    Some(writer.into_inner())
}

#[cfg(test)]
mod tests;
