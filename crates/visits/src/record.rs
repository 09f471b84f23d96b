//! One record of the log, and its bytes.
//!
//! ```text
//! length u16 | crc32 u32 | sequence u64 | milliseconds since 1970 i64 | kind u8 | the kind's fields
//! ```
//!
//! Numbers are little-endian; the checksum covers all that follows it; a text is its length (one byte) and
//! its bytes. A record says what was decided (a new visit or not), so that reading it again needs no rule.

use crate::{Device, Reason, gaps::GapRow};

/// Bytes before the part that the checksum covers.
pub(crate) const FRAME: usize = 6;
/// No record is longer than this.
const LONGEST: usize = 1_024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub at: i64,
    pub what: What<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What<'a> {
    /// A view; the path is empty if it has no count of its own.
    View { path: &'a str, reader: Reader<'a> },
    /// Left out of visits and views; with the visitor that is a machine from now on.
    LeftOut { reason: Reason, machine: Option<Visitor> },
    /// A search without a result; no words if they may be personal.
    Search { visitor: u64, words: Option<&'a str> },
    /// Hits that could not be written.
    Gap(GapRow),
}

/// A visitor's number, and the one under yesterday's key that it had until now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visitor {
    pub number: u64,
    pub before: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader<'a> {
    /// Asked not to be tracked.
    Unfollowed,
    /// No room in the table of open visits.
    Untracked,
    /// Within an open visit.
    Open(Visitor),
    /// Begins a visit.
    Arrives { visitor: u64, device: Device, referrer: &'a str, language: &'a str },
}

const UNFOLLOWED: u8 = 1;
const UNTRACKED: u8 = 2;
const OPEN: u8 = 3;
const ARRIVES: u8 = 4;
const LEFT_OUT: u8 = 5;
const SEARCH: u8 = 6;
const GAP: u8 = 7;

impl<'a> Record<'a> {
    /// Adds the record's bytes.
    pub fn encode(&self, seq: u64, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend([0; FRAME]);
        out.extend(seq.to_le_bytes());
        out.extend(self.at.to_le_bytes());
        match self.what {
            What::View { path, reader } => {
                match reader {
                    Reader::Unfollowed => out.push(UNFOLLOWED),
                    Reader::Untracked => out.push(UNTRACKED),
                    Reader::Open(visitor) => {
                        out.push(OPEN);
                        put_visitor(out, Some(visitor));
                    }
                    Reader::Arrives { visitor, device, referrer, language } => {
                        out.push(ARRIVES);
                        out.extend(visitor.to_le_bytes());
                        out.push(device as u8);
                        put(out, referrer);
                        put(out, language);
                    }
                }
                put(out, path);
            }
            What::LeftOut { reason, machine } => {
                out.extend([LEFT_OUT, reason as u8]);
                put_visitor(out, machine);
            }
            What::Search { visitor, words } => {
                out.push(SEARCH);
                out.extend(visitor.to_le_bytes());
                put(out, words.unwrap_or_default());
            }
            What::Gap(gap) => {
                out.push(GAP);
                out.extend(gap.to_bytes());
            }
        }
        let Some((frame, body)) = out.get_mut(start..).and_then(|r| r.split_at_mut_checked(FRAME)) else {
            return;
        };
        let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_le_bytes();
        let sum = crc32fast::hash(body).to_le_bytes();
        for (to, from) in frame.iter_mut().zip(length.into_iter().chain(sum)) {
            *to = from;
        }
    }

    /// Reads the record at the beginning of some bytes: its number, itself, its length. `None` if the bytes
    /// are not a whole record.
    pub fn decode(bytes: &'a [u8]) -> Option<(u64, Self, usize)> {
        let mut rest = bytes;
        let length = usize::from(u16::from_le_bytes(take(&mut rest)?));
        let sum = u32::from_le_bytes(take(&mut rest)?);
        let mut body = rest.get(..length).filter(|_| length <= LONGEST)?;
        if crc32fast::hash(body) != sum {
            return None;
        }
        let body = &mut body;
        let seq = u64::from_le_bytes(take(body)?);
        let at = i64::from_le_bytes(take(body)?);
        let what = match byte(body)? {
            UNFOLLOWED => What::View { reader: Reader::Unfollowed, path: text(body)? },
            UNTRACKED => What::View { reader: Reader::Untracked, path: text(body)? },
            OPEN => What::View { reader: Reader::Open(visitor(body)??), path: text(body)? },
            ARRIVES => {
                let reader = Reader::Arrives {
                    visitor: u64::from_le_bytes(take(body)?),
                    device: *Device::ALL.get(usize::from(byte(body)?))?,
                    referrer: text(body)?,
                    language: text(body)?,
                };
                What::View { reader, path: text(body)? }
            }
            LEFT_OUT => {
                let reason = *Reason::ALL.get(usize::from(byte(body)?))?;
                What::LeftOut { reason, machine: visitor(body)? }
            }
            SEARCH => {
                let visitor = u64::from_le_bytes(take(body)?);
                What::Search { visitor, words: Some(text(body)?).filter(|w| !w.is_empty()) }
            }
            GAP => What::Gap(GapRow::from_bytes(take(body)?)),
            _ => return None,
        };
        Some((seq, Self { at, what }, FRAME + length))
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    // Every text was bounded before it came here; a longer one is left away, never cut in a character.
    let text = if text.len() > usize::from(u8::MAX) { "" } else { text };
    out.push(u8::try_from(text.len()).unwrap_or(0));
    out.extend(text.as_bytes());
}

fn put_visitor(out: &mut Vec<u8>, visitor: Option<Visitor>) {
    let Some(Visitor { number, before }) = visitor else { return out.push(0) };
    out.push(if before.is_some() { 2 } else { 1 });
    out.extend(number.to_le_bytes());
    out.extend(before.iter().flat_map(|b| b.to_le_bytes()));
}

/// The outer `None` is "not whole", the inner "no visitor".
#[expect(clippy::option_option, reason = "two different absences, used within this file only")]
fn visitor(body: &mut &[u8]) -> Option<Option<Visitor>> {
    let parts = byte(body)?;
    if parts == 0 {
        return Some(None);
    }
    let number = u64::from_le_bytes(take(body)?);
    let before = if parts == 2 { Some(u64::from_le_bytes(take(body)?)) } else { None };
    Some(Some(Visitor { number, before }))
}

fn take<const N: usize>(body: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = body.split_first_chunk()?;
    *body = rest;
    Some(*first)
}

fn byte(body: &mut &[u8]) -> Option<u8> {
    take::<1>(body).map(|[b]| b)
}

fn text<'a>(body: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::from(byte(body)?);
    let (text, rest) = body.split_at_checked(length)?;
    *body = rest;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn samples() -> Vec<What<'static>> {
        let visitor = Visitor { number: u64::MAX - 1, before: None };
        vec![
            What::View { path: "/tin-tức", reader: Reader::Unfollowed },
            What::View { path: "", reader: Reader::Untracked },
            What::View { path: "/", reader: Reader::Open(Visitor { before: Some(3), ..visitor }) },
            What::View {
                path: "/a",
                reader: Reader::Arrives {
                    visitor: 7,
                    device: Device::Phone,
                    referrer: "zalo.me",
                    language: "vi",
                },
            },
            What::LeftOut { reason: Reason::PartOfPage, machine: None },
            What::LeftOut { reason: Reason::TooFast, machine: Some(visitor) },
            What::Search { visitor: 9, words: Some("bảo hiểm") },
            What::Search { visitor: 9, words: None },
            What::Gap(GapRow { from: -1, to: 5, hits: 7, seq: 8 }),
        ]
    }

    #[test]
    fn a_record_is_read_as_it_was_written_and_never_in_part() {
        for (i, what) in samples().into_iter().enumerate() {
            let (seq, record) = (i as u64 + 1, Record { at: -5, what });
            let mut bytes = Vec::new();
            record.encode(seq, &mut bytes);
            assert_eq!(Record::decode(&bytes), Some((seq, record, bytes.len())));
            for cut in 0..bytes.len() {
                assert_eq!(Record::decode(&bytes[..cut]), None);
            }
            for at in 0..bytes.len() {
                let mut other = bytes.clone();
                other[at] ^= 0x10;
                assert_eq!(Record::decode(&other), None, "a flipped bit at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(mut body in prop::collection::vec(any::<u8>(), 0..80), kind in 0_u8..9) {
            if let Some(at) = body.get_mut(16) {
                *at = kind;
            }
            let mut bytes = u16::try_from(body.len()).unwrap().to_le_bytes().to_vec();
            bytes.extend(crc32fast::hash(&body).to_le_bytes());
            bytes.extend(&body);
            if let Some((_, _, length)) = Record::decode(&bytes) {
                prop_assert_eq!(length, bytes.len());
            }
        }
    }
}
