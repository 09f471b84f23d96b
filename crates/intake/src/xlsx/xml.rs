//! Small helpers over the XML reader.

use std::{
    borrow::Cow,
    io::{self, BufRead, BufReader, Read},
};

use nhipcau_domain::problem::Problem;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use super::{Left, Refused, bomb, damaged};

/// How deep elements may stand in each other: a workbook's own go to about fifteen.
const DEPTH: usize = 100;

/// A part's events, as it is unpacked: no more of it is held than one tag or one text. A document
/// type declaration ends it: entities are how XML is made hostile.
pub(crate) struct Part<'p> {
    reader: Reader<Bounded<'p>>,
    buffer: Vec<u8>,
    depth: usize,
    name: String,
}

impl<'p> Part<'p> {
    /// `claimed` is the size that the file says it has, in bytes.
    pub(crate) fn new(packed: impl Read + 'p, claimed: u64, name: &str, left: &'p mut Left) -> Self {
        let inner = BufReader::with_capacity(32 << 10, Box::new(packed) as Box<dyn Read + 'p>);
        let bounded = Bounded { inner, claimed, token: 0, stopped: None, left };
        Self { reader: Reader::from_reader(bounded), buffer: Vec::new(), depth: 0, name: name.to_owned() }
    }

    /// The next event; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'_>>, Refused> {
        self.buffer.clear();
        let bounded = self.reader.get_mut();
        bounded.token = 0;
        let Some(events) = bounded.left.events.checked_sub(1) else {
            return Err(Box::new(Problem::new("intake-too-many-cells").with("expected", bounded.left.cells)));
        };
        bounded.left.events = events;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => {
                Err(Box::new(Problem::new("intake-workbook-doctype").with("part", &*self.name)))
            }
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH { Err(damaged(&self.name)) } else { Ok(Some(event)) }
            }
            Err(_) => Err(self.reader.get_mut().stopped.take().unwrap_or_else(|| damaged(&self.name))),
        }
    }

    pub(crate) fn damaged(&self) -> Refused {
        damaged(&self.name)
    }
}

/// Stops what unpacks to more than it claimed or than may be, and a tag or text without end.
struct Bounded<'p> {
    inner: BufReader<Box<dyn Read + 'p>>,
    claimed: u64,
    token: u64,
    stopped: Option<Refused>,
    left: &'p mut Left,
}

impl Bounded<'_> {
    fn check(&mut self) -> io::Result<()> {
        if self.token > self.left.token {
            self.stopped = Some(Box::new(
                Problem::new("intake-workbook-endless").with("expected", kibibytes(self.left.token)),
            ));
        }
        if self.stopped.is_some() { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(()) }
    }
}

fn kibibytes(bytes: u64) -> i64 {
    i64::try_from(bytes >> 10).unwrap_or(i64::MAX)
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        self.token = self.token.saturating_add(n);
        match (self.claimed.checked_sub(n), self.left.bytes.checked_sub(n)) {
            (Some(claimed), Some(bytes)) => (self.claimed, self.left.bytes) = (claimed, bytes),
            _ => self.stopped = Some(bomb(self.left.all_bytes)),
        }
    }
}

/// An attribute's value, by name without prefix.
pub(crate) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().into_inner() == name)
        .and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok())
}

/// Appends what `&amp;`, `&#10;` stand for; anything that a document would have to define is not XML here.
pub(crate) fn push_reference(out: &mut String, reference: &BytesRef<'_>) -> Option<()> {
    let c = match &**reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => reference.resolve_char_ref().ok().flatten()?,
    };
    out.push(c);
    Some(())
}
