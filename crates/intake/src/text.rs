//! Text as people type it into cells: cleaned of what cannot be seen, before it is read.

pub(crate) use nhipcau_domain::text::tidy;

/// Text by which names are compared: case, marks and spaces make no difference.
pub(crate) fn fold(text: &str) -> String {
    nhipcau_domain::text::fold(&tidy(&clean(text)))
}

/// Spaces made plain, invisible characters and a leading apostrophe dropped, full-width signs made
/// ordinary; ends trimmed.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_invisible(c) => {}
            '\u{ff01}'..='\u{ff5e}' => out.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{2212}' => out.push('-'),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().trim_start_matches(['\'', '\u{2019}']).trim_start().to_owned()
}

/// Whether a person sees nothing; without cleaning all of it.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c) || matches!(c, '\'' | '\u{2019}'))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

/// At most `max` characters, for quoting in a sentence.
pub(crate) fn short(text: &str, max: usize) -> String {
    // Only the beginning is looked at: a text may be a megabyte.
    let end =
        text.char_indices().nth(max.saturating_mul(8).saturating_add(64)).map_or(text.len(), |(at, _)| at);
    let tidy = tidy(&text[..end]);
    match tidy.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", &tidy[..at]),
        None => tidy,
    }
}
