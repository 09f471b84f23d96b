//! The workbook's common list of texts.

use nhipcau_domain::problem::Problem;
use quick_xml::events::Event;

use super::{
    Refused, too_much_text,
    xml::{Part, push_reference},
};
use crate::{grid::Strings, limits::Limits};

/// Reads the list; formatting runs are joined, pronunciation hints are left out.
pub(crate) fn read(mut part: Part<'_>, limits: &Limits) -> Result<Strings, Refused> {
    let mut strings = Strings::default();
    let (mut in_text, mut in_hint) = (false, false);
    while let Some(event) = part.next()? {
        let mut whole = Some(());
        match event {
            Event::Start(e) => match e.local_name().into_inner() {
                "t" => in_text = !in_hint,
                "rPh" => in_hint = true,
                _ => {}
            },
            Event::End(e) => match e.local_name().into_inner() {
                "t" => in_text = false,
                "rPh" => in_hint = false,
                "si" => end_item(&mut strings, limits)?,
                _ => {}
            },
            Event::Empty(e) if e.local_name().into_inner() == "si" => end_item(&mut strings, limits)?,
            Event::Text(t) if in_text => strings.buffer.push_str(&t),
            Event::CData(t) if in_text => strings.buffer.push_str(&t),
            Event::GeneralRef(r) if in_text => {
                whole = push_reference(&mut strings.buffer, &r);
            }
            _ => {}
        }
        if whole.is_none() {
            return Err(part.damaged());
        }
        if strings.buffer.len() > limits.max_text_bytes {
            return Err(too_much_text(limits));
        }
    }
    Ok(strings)
}

fn end_item(strings: &mut Strings, limits: &Limits) -> Result<(), Refused> {
    if strings.ends.len() >= limits.max_shared_strings {
        let problem = Problem::new("intake-too-many-texts").with("expected", limits.max_shared_strings);
        return Err(Box::new(problem));
    }
    strings.ends.push(u32::try_from(strings.buffer.len()).unwrap_or(u32::MAX));
    Ok(())
}
