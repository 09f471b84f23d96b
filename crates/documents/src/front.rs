//! What stands around a report's text: issuer, number, date, kind, signature, recipients.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use crate::speech::Speech;

/// Which official layout the document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// The Party's (HD 05-HD/VPTW, 2026).
    #[default]
    Party,
    /// The administration's (Decree 30/2020/NĐ-CP).
    Administrative,
}

/// Who issues it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Issuer {
    /// The body above, not bold; empty for none.
    pub parent: String,
    /// The issuing body, bold.
    pub name: String,
}

/// Who signs it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signing {
    /// On whose behalf, a line each: `T/M BAN THƯỜNG VỤ`, `K/T BÍ THƯ`.
    pub authority: Vec<String>,
    /// The post: `BÍ THƯ`.
    pub post: String,
    /// The name under the signature; empty until it is signed.
    pub name: String,
}

/// The front matter of a template, kept with the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Front {
    /// The title of the file and of its page; made of kind and subject if empty.
    pub title: String,
    /// The language of the text, `vi` if empty.
    pub language: String,
    /// Which layout.
    pub layout: Layout,
    /// Who issues it.
    pub issuer: Issuer,
    /// Number and symbol: `127-BC/HU`, `15/BC-UBND`; room for a number is left before a leading `-` or `/`.
    pub number: String,
    /// Where it is issued.
    pub place: String,
    /// The day that it is issued on; left open while it is a draft.
    #[serde(deserialize_with = "day")]
    pub date: Option<Date>,
    /// The kind of document: `BÁO CÁO`.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Who signs it.
    pub signing: Signing,
    /// Whom it goes to, a line each, without the dash.
    pub recipients: Vec<String>,
}

impl Front {
    /// The title of the file and of its page.
    #[must_use]
    pub fn title(&self) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        match (self.kind.is_empty(), self.subject.is_empty()) {
            (false, false) => format!("{} {}", self.kind, self.subject),
            (false, true) => self.kind.clone(),
            _ => self.subject.clone(),
        }
    }

    /// The language of the text.
    #[must_use]
    pub fn language(&self) -> &str {
        if self.language.is_empty() { "vi" } else { &self.language }
    }

    /// What it says of its own, in that language.
    #[must_use]
    pub fn speech(&self) -> Speech {
        Speech::of(&self.language)
    }

    /// The line with number and symbol; the Party's has no colon.
    #[must_use]
    pub fn number_line(&self) -> String {
        if self.number.is_empty() {
            return String::new();
        }
        // An empty number is written in by hand: the room for it must survive every format.
        let room = if self.number.starts_with(['-', '/']) { "\u{a0}".repeat(6) } else { String::new() };
        let mark = match self.layout {
            Layout::Party => "report-number-party",
            Layout::Administrative => "report-number-administrative",
        };
        let mark = self.speech().word(mark);
        format!("{mark} {room}{}", self.number)
    }

    /// The line with place and date; a draft's leaves room for day and month.
    #[must_use]
    pub fn place_line(&self) -> String {
        let speech = self.speech();
        let open = || speech.say("report-day-open", &[("room", "\u{a0}".repeat(6).into())]);
        let day = self.date.map_or_else(open, |day| speech.date_in_words(day));
        if self.place.is_empty() { day } else { format!("{}, {day}", self.place) }
    }

    /// The recipients as they are printed: a dash before, a semicolon after, a full stop at the end.
    #[must_use]
    pub fn recipient_lines(&self) -> Vec<String> {
        let last = self.recipients.len().saturating_sub(1);
        let lines = self.recipients.iter().enumerate();
        lines
            .map(|(i, r)| {
                let end = if i == last { '.' } else { ';' };
                format!("- {}{end}", r.trim().trim_end_matches([';', '.', ',']))
            })
            .collect()
    }
}

/// A day, as TOML writes it (`2022-05-18`) or between quotes; an empty text is none.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
        None,
    }
    let written = match Written::deserialize(from)? {
        Written::Toml(d) => d.to_string(),
        Written::Text(t) if !t.trim().is_empty() => t,
        _ => return Ok(None),
    };
    written.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("not a date: {written:?}")))
}
