//! Lists: what stands before each of their paragraphs.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{
    Refused,
    xml::{Part, attribute, number, val},
};

/// Word knows nine levels.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// Such as `%1.%2.`.
    text: String,
    start: Option<u32>,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: HashMap<u32, Vec<Level>>,
    /// From a list to its pattern, and where it begins anew.
    lists: HashMap<u32, (u32, Vec<Option<u32>>)>,
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, Refused> {
        let mut out = Self::default();
        let mut part = Part::new(xml, "numbering.xml");
        let (mut pattern, mut list, mut level) = (None::<u32>, None::<u32>, 0_usize);
        while let Some(event) = part.next()? {
            let e = match event {
                Event::Start(e) | Event::Empty(e) => e,
                Event::End(e) => {
                    match e.local_name().into_inner() {
                        "abstractNum" => pattern = None,
                        "num" => list = None,
                        _ => {}
                    }
                    continue;
                }
                _ => continue,
            };
            let id = |name| attribute(&e, name).and_then(|v| v.trim().parse::<u32>().ok());
            match e.local_name().into_inner() {
                "abstractNum" => pattern = id("abstractNumId"),
                "num" => list = id("numId"),
                "lvl" | "lvlOverride" => {
                    level = id("ilvl").and_then(|l| usize::try_from(l).ok()).unwrap_or(0).min(LEVELS - 1);
                }
                "abstractNumId" => {
                    if let (Some(list), Some(pattern)) = (list, number(&e)) {
                        out.lists.insert(list, (pattern, vec![None; LEVELS]));
                    }
                }
                "startOverride" => {
                    let starts = list.and_then(|l| out.lists.get_mut(&l)).map(|(_, starts)| starts);
                    if let Some(start) = starts.and_then(|s| s.get_mut(level)) {
                        *start = number(&e);
                    }
                }
                name @ ("numFmt" | "lvlText" | "start") => {
                    // A list of its own pattern inside of `num` is rare, and read as its pattern says.
                    let levels = pattern
                        .map(|p| out.patterns.entry(p).or_insert_with(|| vec![Level::default(); LEVELS]));
                    let Some(known) = levels.and_then(|l| l.get_mut(level)) else { continue };
                    let value = val(&e).unwrap_or_default().into_owned();
                    match name {
                        "numFmt" => known.format = value,
                        "lvlText" => known.text = value,
                        _ => known.start = number(&e),
                    }
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// Counts a paragraph of a list, and says what stands before it. Nothing for a list that is unknown or
    /// shows nothing.
    pub(super) fn next(&mut self, list: u32, level: u32) -> Option<String> {
        let level = usize::try_from(level).ok()?.min(LEVELS - 1);
        let (pattern, starts) = self.lists.get(&list)?;
        let levels = self.patterns.get(pattern)?;
        let start = |at: usize| {
            starts.get(at).copied().flatten().or(levels.get(at).and_then(|l| l.start)).unwrap_or(1)
        };
        // Lists of one pattern count on, unless one of them begins anew.
        let restarts = starts.iter().any(Option::is_some);
        let key = if restarts { list } else { pattern.wrapping_add(1 << 30) };
        let counted = self.counted.entry(key).or_default();
        for (at, count) in counted.iter_mut().enumerate() {
            match at.cmp(&level) {
                std::cmp::Ordering::Less => {
                    count.get_or_insert_with(|| start(at));
                }
                std::cmp::Ordering::Equal => *count = Some(count.map_or(start(at), |c| c.saturating_add(1))),
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        let now = levels.get(level)?;
        if now.format == "bullet" {
            return Some("•".to_owned());
        }
        if now.format == "none" {
            return None;
        }
        let mut out = String::new();
        let mut chars = now.text.chars().peekable();
        while let Some(c) = chars.next() {
            let at = chars.peek().and_then(|d| d.to_digit(10)).filter(|_| c == '%');
            let Some(at) = at.and_then(|d| usize::try_from(d).ok()).and_then(|d| d.checked_sub(1)) else {
                out.push(c);
                continue;
            };
            chars.next();
            let count = counted.get(at).copied().flatten().unwrap_or_else(|| start(at));
            out.push_str(&shown(count, levels.get(at).map_or("decimal", |l| l.format.as_str())));
        }
        Some(out)
    }
}

/// A number as a list shows it.
fn shown(n: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(n),
        "upperLetter" => letters(n).to_uppercase(),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

/// a, b, … z, aa, bb: as Word counts.
fn letters(n: u32) -> String {
    let at = n.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    std::iter::repeat_n(letter, usize::try_from(at / 26 + 1).unwrap_or(1).min(20)).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 4999 {
        return n.to_string();
    }
    let (mut left, mut out) = (n, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_word_shows_them() {
        let seen: Vec<String> = [1, 4, 9, 14, 26, 27].map(|n| shown(n, "upperRoman")).into();
        assert_eq!(seen, ["I", "IV", "IX", "XIV", "XXVI", "XXVII"]);
        assert_eq!(
            [shown(1, "lowerLetter"), shown(27, "lowerLetter"), shown(28, "upperLetter")],
            ["a", "aa", "BB"]
        );
    }
}
