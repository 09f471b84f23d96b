//! A draft's passages, each under a name that it keeps when figures change: what comments are tied to, and
//! what is compared from draft to draft.

use std::{collections::BTreeMap, fmt::Write as _};

use nhipcau_documents::model::{Block, Document, Inline};
use nhipcau_writing::{Block as Piece, BlockKind, diff};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::access::hex;

/// Letters of a passage's name.
const NAME: usize = 12;

/// A passage: one of the document's blocks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Passage {
    /// Its name: made of its words with the figures' keys in place of their numbers.
    pub anchor: String,
    /// Its words, as they are read.
    pub words: String,
    /// Whether its words are prose: a table's and a chart's change with every number.
    #[serde(default)]
    pub prose: bool,
}

impl Passage {
    /// Whether there is anything in it to speak about: a new page has no words.
    #[must_use]
    pub fn speaks(&self) -> bool {
        !self.words.is_empty()
    }
}

/// The passages of a document, in its order; one for each of its blocks.
#[must_use]
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let passage = |block: &Block| {
        let mut bones = String::new();
        skeleton(block, &mut bones);
        let mut anchor = hex(&Sha256::digest(bones.as_bytes()));
        anchor.truncate(NAME);
        let nth = known.entry(anchor.clone()).or_default();
        *nth += 1;
        // The same words twice are two passages.
        if *nth > 1 {
            anchor = format!("{anchor}-{nth}");
        }
        let mut read = Vec::new();
        words(block, &mut read);
        let prose = !matches!(block, Block::Table(_) | Block::Chart(_) | Block::PageBreak | Block::Signature);
        Passage { anchor, words: read.join("\n\n"), prose }
    };
    document.blocks.iter().map(passage).collect()
}

/// What a passage is without its numbers.
fn skeleton(block: &Block, out: &mut String) {
    let mut say = |kind: &str, text: &[Inline]| {
        out.push_str(kind);
        bones(text, out);
        out.push('\n');
    };
    match block {
        Block::Heading { text, .. } => say("h ", text),
        Block::Paragraph { text } => say("p ", text),
        Block::Notice { text } => say("n ", text),
        Block::List { items, .. } => {
            out.push_str("l\n");
            items.iter().flatten().for_each(|b| skeleton(b, out));
        }
        Block::Quote { blocks } => {
            out.push_str("q\n");
            for b in blocks {
                skeleton(b, out);
            }
        }
        Block::Table(table) => {
            let heads: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
            let _ = writeln!(out, "t {}\n{}", table.caption, heads.join("\t"));
        }
        Block::Chart(chart) => {
            let _ = writeln!(out, "c {}", chart.title());
        }
        Block::PageBreak => out.push_str("b\n"),
        Block::Signature => out.push_str("s\n"),
    }
}

fn bones(spans: &[Inline], out: &mut String) {
    for span in spans {
        match span {
            Inline::Figure { key, .. } => {
                let _ = write!(out, "{{{{{key}}}}}");
            }
            Inline::Strong { text } | Inline::Emph { text } | Inline::Link { text, .. } => bones(text, out),
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Break => out.push(' '),
        }
    }
}

/// What is read in a passage, a line a piece.
fn words(block: &Block, out: &mut Vec<String>) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } | Block::Notice { text } => {
            out.push(Inline::plain(text));
        }
        Block::List { items, .. } => items.iter().flatten().for_each(|b| words(b, out)),
        Block::Quote { blocks } => blocks.iter().for_each(|b| words(b, out)),
        Block::Table(table) => {
            let heads: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
            out.push([&[table.caption.as_str()][..], &heads[..]].concat().join(" · "));
        }
        Block::Chart(chart) => out.push(chart.title().to_owned()),
        Block::PageBreak | Block::Signature => {}
    }
}

/// Where a passage of an earlier draft stands now: under the same name, or where most of its words are.
#[must_use]
pub fn still_there<'a>(now: &'a [Passage], anchor: &str, before: &str) -> Option<&'a Passage> {
    now.iter().find(|p| p.anchor == anchor).or_else(|| {
        let mut found: Vec<(usize, &Passage)> =
            now.iter().filter_map(|p| Some((in_common(before, &p.words)?, p))).collect();
        found.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
        found.first().map(|(_, p)| *p)
    })
}

/// How many letters two passages share, if they are more than two thirds of the longer one.
fn in_common(old: &str, new: &str) -> Option<usize> {
    use nhipcau_writing::PartKind;
    if old.is_empty() || new.is_empty() {
        return None;
    }
    let kept: usize = diff(old, new)
        .iter()
        .flat_map(|b| &b.parts)
        .filter(|(kind, _)| *kind == PartKind::Same)
        .map(|(_, text)| text.trim().len())
        .sum();
    (kept * 3 > old.len().max(new.len()) * 2).then_some(kept)
}

/// What of the prose reads otherwise than before, word by word; nothing where there is no before.
#[must_use]
pub fn changed_words(before: &[Passage], now: &[Passage]) -> Vec<Piece> {
    if before.is_empty() {
        return Vec::new();
    }
    let prose = |passages: &[Passage]| {
        let words = passages.iter().filter(|p| p.prose && !p.words.is_empty()).map(|p| p.words.as_str());
        words.collect::<Vec<_>>().join("\n\n")
    };
    let mut found = diff(&prose(before), &prose(now));
    found.retain(|piece| piece.kind != BlockKind::Same);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(words: &str, number: &str) -> Block {
        let figure = Inline::Figure { key: "a.b".to_owned(), text: number.to_owned(), withheld: false };
        Block::Paragraph { text: vec![Inline::text(words), figure] }
    }

    fn document(blocks: Vec<Block>) -> Document {
        Document { blocks, ..Document::default() }
    }

    #[test]
    fn a_passage_keeps_its_name_when_its_number_changes_and_not_when_its_words_do() {
        let before = passages(&document(vec![paragraph("Đã đăng ký ", "96"), paragraph("Còn lại ", "4")]));
        let now = passages(&document(vec![paragraph("Còn lại ", "2"), paragraph("Đã đăng ký ", "98")]));
        assert_eq!(before[0].anchor, now[1].anchor);
        assert_eq!(before[1].anchor, now[0].anchor);
        assert_ne!(before[0].anchor, before[1].anchor);
        assert_eq!(now[1].words, "Đã đăng ký 98");
    }

    #[test]
    fn the_same_words_twice_are_two_passages() {
        let found = passages(&document(vec![paragraph("Như trên ", "1"), paragraph("Như trên ", "1")]));
        assert_ne!(found[0].anchor, found[1].anchor);
    }

    #[test]
    fn a_passage_that_was_polished_is_still_found_and_one_that_was_struck_is_not() {
        let old = passages(&document(vec![Block::paragraph(
            "Các chi bộ đã hoàn thành việc hướng dẫn đảng viên xây dựng kế hoạch làm theo.",
        )]));
        let polished = passages(&document(vec![
            Block::paragraph("Một đoạn khác hẳn, nói về việc khác."),
            Block::paragraph(
                "Các chi bộ đã hoàn thành việc hướng dẫn đảng viên xây dựng kế hoạch học tập, làm theo.",
            ),
        ]));
        let found = still_there(&polished, &old[0].anchor, &old[0].words);
        assert_eq!(found, Some(&polished[1]));
        assert_eq!(still_there(&polished[..1], &old[0].anchor, &old[0].words), None);
    }

    #[test]
    fn changed_words_are_told_and_nothing_else() {
        let before =
            passages(&document(vec![paragraph("Đã đăng ký ", "96"), Block::paragraph("Giữ nguyên.")]));
        let now = passages(&document(vec![paragraph("Đã đăng ký ", "98"), Block::paragraph("Giữ nguyên.")]));
        let found = changed_words(&before, &now);
        assert_eq!(found.len(), 1);
        assert!(found[0].parts.iter().any(|(_, words)| words.contains("98")));
        assert!(changed_words(&[], &now).is_empty());
    }
}
