//! Small helpers over the XML reader.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use super::{
    Refused,
    package::{damaged, doctype},
};

/// A part's events. A document type declaration ends it: entities are how XML is made hostile.
pub(super) struct Part<'a> {
    reader: Reader<&'a [u8]>,
    name: &'a str,
}

impl<'a> Part<'a> {
    pub(super) fn new(xml: &'a str, name: &'a str) -> Self {
        Self { reader: Reader::from_str(xml), name }
    }

    /// The next event; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Refused> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => Err(doctype(self.name)),
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(damaged(self.name)),
        }
    }
}

/// An attribute's value, by name without prefix.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().into_inner() == name)
        .and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok())
}

/// The attribute `val`.
pub(super) fn val<'a>(element: &'a BytesStart<'_>) -> Option<Cow<'a, str>> {
    attribute(element, "val")
}

/// A number in the attribute `val`.
pub(super) fn number(element: &BytesStart<'_>) -> Option<u32> {
    val(element).and_then(|v| v.trim().parse().ok())
}

/// A switch such as `<w:b/>`: on, unless it says otherwise.
pub(super) fn on(element: &BytesStart<'_>) -> bool {
    val(element).is_none_or(|v| !matches!(&*v, "0" | "false" | "off" | "none"))
}

/// What `&amp;`, `&#10;` stand for; anything that a document would have to define is not XML here.
pub(super) fn reference(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}
