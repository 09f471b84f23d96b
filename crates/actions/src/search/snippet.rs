//! Showing why something was found: the piece of it where most of the words are, with them marked.

use nhipcau_domain::text::{Token, tokens};

use super::query::Word;

/// How many words a piece has.
const LONG: usize = 40;

/// How many words stand before the first that fits.
const BEFORE: usize = 6;

/// A part of a title or of a piece of text: plain text, which whoever shows it escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it fits what was asked for.
    pub found: bool,
}

/// Where something fits: from which word until before which, and which clause of the query.
type Fit = (usize, usize, usize);

/// A text with what fits marked.
pub(super) fn marked(source: &str, needles: &[Vec<&[Word]>]) -> Vec<Part> {
    let words = tokens(source);
    let fits = fits(&words, needles);
    parts(source, &words, 0, words.len(), &fits)
}

/// A piece of the summary, or of the text where more of the words are there.
pub(super) fn snippet(summary: &str, text: &str, needles: &[Vec<&[Word]>]) -> Vec<Part> {
    let mut best: Option<(usize, Vec<Part>)> = None;
    for source in [summary, text] {
        let words = tokens(source);
        if words.is_empty() {
            continue;
        }
        let fits = fits(&words, needles);
        let (variety, from) = densest(&fits);
        if best.as_ref().is_none_or(|(most, _)| variety > *most) {
            let from = from.min(words.len().saturating_sub(LONG));
            best = Some((variety, parts(source, &words, from, (from + LONG).min(words.len()), &fits)));
        }
    }
    best.map(|(_, parts)| parts).unwrap_or_default()
}

fn fits(words: &[Token], needles: &[Vec<&[Word]>]) -> Vec<Fit> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        for (clause, either) in needles.iter().enumerate() {
            let fit = either.iter().find(|alt| {
                words.get(at..at + alt.len()).is_some_and(|here| {
                    !alt.is_empty() && here.iter().zip(alt.iter()).all(|(t, w)| t.folded == w.folded)
                })
            });
            if let Some(alt) = fit {
                found.push((at, at + alt.len(), clause));
            }
        }
    }
    found
}

/// The most clauses that stand near each other, and where the piece with them begins.
fn densest(fits: &[Fit]) -> (usize, usize) {
    let (mut most, mut from) = (0, 0);
    for (i, (at, _, _)) in fits.iter().enumerate() {
        let near = fits.get(i..).unwrap_or_default().iter();
        let mut clauses: Vec<usize> =
            near.take_while(|(_, end, _)| *end <= at + LONG - BEFORE).map(|(_, _, c)| *c).collect();
        clauses.sort_unstable();
        clauses.dedup();
        if clauses.len() > most {
            (most, from) = (clauses.len(), at.saturating_sub(BEFORE));
        }
    }
    (most, from)
}

/// The words from one to another, with what is between them; `…` where something is left out.
fn parts(source: &str, words: &[Token], from: usize, until: usize, fits: &[Fit]) -> Vec<Part> {
    let start = if from == 0 { 0 } else { words.get(from).map_or(0, |t| t.start) };
    let end = if until >= words.len() {
        source.len()
    } else {
        words.get(until - 1).map_or(source.len(), |t| t.end)
    };
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (a, b, _) in fits.iter().filter(|(a, b, _)| *a >= from && *b <= until) {
        let (Some(first), Some(last)) = (words.get(*a), words.get(b - 1)) else { continue };
        match spans.last_mut() {
            // Words with nothing but a space between them are one mark.
            Some((_, before)) if source.get(*before..first.start).is_none_or(|gap| gap == " ") => {
                *before = last.end.max(*before);
            }
            _ => spans.push((first.start, last.end)),
        }
    }
    let mut out = Vec::new();
    let mut push = |text: &str, found: bool| {
        let text = text.replace(['\n', '\r', '\t'], " ");
        if !text.is_empty() {
            out.push(Part { text, found });
        }
    };
    if start > 0 {
        push("… ", false);
    }
    let mut at = start;
    for (a, b) in spans {
        push(source.get(at..a).unwrap_or_default(), false);
        push(source.get(a..b).unwrap_or_default(), true);
        at = b;
    }
    push(source.get(at..end).unwrap_or_default(), false);
    if until < words.len() {
        push(" …", false);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{common_abbreviations, query::Asked};

    fn told(parts: &[Part]) -> String {
        parts.iter().map(|p| if p.found { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    fn shown(query: &str, summary: &str, text: &str) -> String {
        let asked = Asked::parse(query, &common_abbreviations());
        told(&snippet(summary, text, &asked.needles()))
    }

    #[test]
    fn the_piece_is_where_most_of_the_words_are() {
        let text = format!(
            "Nuôi heo. {} Mô hình nuôi cua đinh ở ấp Sóc Cụt. {}",
            "Lời. ".repeat(60),
            "Lời. ".repeat(60)
        );
        let shown = shown("nuoi cua dinh", "Chuyện nuôi cá.", &text);
        assert!(shown.contains("Mô hình [nuôi cua đinh] ở ấp"), "{shown}");
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
    }

    #[test]
    fn a_summary_that_says_as_much_is_shown_and_so_is_one_that_says_nothing() {
        assert_eq!(shown("long sơn", "Xã Long Sơn.", "Ở Long Sơn"), "Xã [Long Sơn].");
        assert_eq!(shown("không có", "Xã Long Sơn.", "Ở Long Sơn"), "Xã Long Sơn.");
    }

    #[test]
    fn what_an_abbreviation_stands_for_is_marked_as_a_whole() {
        assert_eq!(shown("ubnd", "", "Nhân dân gửi Ủy ban nhân dân xã"), "Nhân dân gửi [Ủy ban nhân dân] xã");
    }
}
