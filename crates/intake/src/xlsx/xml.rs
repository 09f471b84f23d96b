//! Small helpers over the XML reader.

use std::borrow::Cow;

use nhipcau_domain::problem::Problem;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use super::{Refused, damaged};

/// A part's events. A document type declaration ends it: entities are how XML is made hostile.
pub(crate) struct Part<'a> {
    reader: Reader<&'a [u8]>,
    name: &'a str,
}

impl<'a> Part<'a> {
    pub(crate) fn new(xml: &'a str, name: &'a str) -> Self {
        Self { reader: Reader::from_str(xml), name }
    }

    /// The next event; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'a>>, Refused> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => {
                Err(Box::new(Problem::new("intake-workbook-doctype").with("part", self.name)))
            }
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(self.damaged()),
        }
    }

    pub(crate) fn damaged(&self) -> Refused {
        damaged(self.name)
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
