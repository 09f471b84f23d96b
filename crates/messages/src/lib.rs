//! What people read: every sentence by name, in Vietnamese first, in English beside it. Khmer is a
//! draft for the public pages: a sentence that it lacks is said in Vietnamese.
//!
//! The catalogues are Fluent files, one per area, under `locales/`. A sentence that a catalogue
//! lacks is said by its name and values, never left out, and a test keeps that from happening.

mod catalogue;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use nhipcau_domain::problem::{Arg, Problem};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Vietnamese: complete, and the default.
    #[default]
    Vi,
    /// English: complete.
    En,
    /// Khmer: a draft of the public pages only, until a native speaker has read it.
    Km,
}

impl Lang {
    /// Its code for `lang` attributes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Km => "km",
        }
    }

    /// The languages of the public pages, in the order in which they are offered.
    pub const OF_PAGES: [Self; 3] = [Self::Vi, Self::En, Self::Km];

    /// The language of a public page by its code.
    #[must_use]
    pub fn of_page(code: &str) -> Option<Self> {
        Self::OF_PAGES.into_iter().find(|l| l.code() == code)
    }

    /// Its own name for itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Km => "ភាសាខ្មែរ",
        }
    }

    /// Whether no native speaker has read its catalogue yet: readers are told.
    #[must_use]
    pub fn is_draft(self) -> bool {
        self == Self::Km
    }

    /// The language that a locale such as `en_GB.UTF-8` asks for, if we have it.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        locale.get(..2).and_then(|code| code.to_ascii_lowercase().parse().ok())
    }
}

/// A language of the command line: Vietnamese or English.
impl FromStr for Lang {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code {
            "vi" => Ok(Self::Vi),
            "en" => Ok(Self::En),
            other => Err(format!("{other}: vi, en")),
        }
    }
}

/// A sentence, with its values.
#[must_use]
pub fn say(lang: Lang, id: &str, args: &[(&str, Arg)]) -> String {
    catalogue::say(lang, id, args.iter().map(|(name, value)| (*name, value)))
}

/// A sentence without values.
#[must_use]
pub fn word(lang: Lang, id: &str) -> String {
    say(lang, id, &[])
}

/// A problem's sentence, without its place.
#[must_use]
pub fn sentence(lang: Lang, problem: &Problem) -> String {
    // A check's message is configuration, in the language of those who wrote it.
    let own = match lang {
        Lang::Vi | Lang::Km => problem.arg("message"),
        Lang::En => problem
            .arg("message-en")
            .filter(|m| **m != Arg::Text(String::new()))
            .or_else(|| problem.arg("message")),
    };
    if problem.id == "check-failed"
        && let Some(Arg::Text(message)) = own
    {
        return message.clone();
    }
    catalogue::say(lang, &problem.id, problem.args.iter().map(|(name, value)| (name.as_str(), value)))
}

/// A problem in full: where, then what. One line.
#[must_use]
pub fn problem(lang: Lang, problem: &Problem) -> String {
    let place = &problem.place;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(place.file.clone());
    if let Some(sheet) = place.sheet.as_deref().filter(|s| !s.is_empty()) {
        parts.push(say(lang, "place-sheet", &[("sheet", sheet.into())]));
    }
    if let Some(cell) = place.cell.as_deref() {
        parts.push(say(lang, "place-cell", &[("cell", cell.into())]));
    }
    if let Some(line) = place.line {
        // A line is a position, not a quantity: it is printed without separators.
        let column = place.column.unwrap_or(1).to_string();
        parts.push(say(lang, "place-line", &[("line", line.to_string().into()), ("column", column.into())]));
    }
    let said = sentence(lang, problem);
    if parts.is_empty() { said } else { format!("{}: {said}", parts.join(", ")) }
}
