//! Which cell styles show a number as a share or as a date.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{
    Refused,
    xml::{Part, attribute},
};
use crate::grid::Format;

/// More than any program writes: Excel keeps 65,490.
const MOST: usize = 100_000;

/// The format of each cell style, in order.
pub(crate) fn read(mut part: Part<'_>) -> Result<Vec<Format>, Refused> {
    let mut custom: HashMap<u32, Format> = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    while let Some(event) = part.next()? {
        match event {
            Event::Start(e) | Event::Empty(e) => match e.local_name().into_inner() {
                "numFmt" => {
                    let id = attribute(&e, "numFmtId").and_then(|v| v.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&e, "formatCode")) {
                        custom.insert(id, of_code(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&e, "numFmtId").and_then(|v| v.parse().ok()).unwrap_or(0);
                    styles.push(custom.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().into_inner() == "cellXfs" => in_cells = false,
            _ => {}
        }
        if custom.len().max(styles.len()) > MOST {
            return Err(part.damaged());
        }
    }
    Ok(styles)
}

/// The formats that have a number and no code (ECMA-376 part 1, 18.8.30).
fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Date,
        _ => Format::Plain,
    }
}

fn of_code(code: &str) -> Format {
    let mut chars = code.chars();
    let mut date = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let elapsed = inside.to_ascii_lowercase();
                date |= !elapsed.is_empty() && elapsed.chars().all(|c| matches!(c, 'h' | 'm' | 's'));
            }
            '%' => return Format::Percent,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
    }
    if date { Format::Date } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_say_what_they_show() {
        for (code, format) in [
            ("General", Format::Plain),
            ("#,##0", Format::Plain),
            ("#,##0\\ \"đồng/tháng\"", Format::Plain),
            ("_(* #,##0_);[Red]\\d0", Format::Plain),
            ("0.00E+00", Format::Plain),
            ("0.0%", Format::Percent),
            ("dd/mm/yyyy", Format::Date),
            ("[$-42A]d\\ mmmm", Format::Date),
            ("[h]:mm", Format::Date),
        ] {
            assert_eq!(of_code(code), format, "{code}");
        }
    }
}
