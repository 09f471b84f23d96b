//! What changed between two revisions: by paragraph, and inside a paragraph by word.

use similar::{Algorithm, ChangeTag, TextDiff};

/// More paragraphs than this, old and new together, are not compared: the difference of two books.
const MAX_PARAGRAPHS: usize = 6_000;
/// Longer paragraphs, old and new together in bytes, are compared whole, not word by word.
const MAX_PAIR_BYTES: usize = 40_000;
/// How far ahead the new text is searched for what became of an old paragraph.
const AHEAD: usize = 8;

/// What happened to a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Nothing.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Words in it changed.
    Changed,
}

/// What happened to some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// Nothing: they are on both sides.
    Same,
    /// Only in the new text.
    Added,
    /// Only in the old text.
    Removed,
}

/// A paragraph on both sides. The old side is its parts without those added, the new side without
/// those removed; inline, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What happened to it.
    pub kind: BlockKind,
    /// Its words, in order. Never empty.
    pub parts: Vec<(PartKind, String)>,
}

/// Compares two texts. Paragraphs are what empty lines separate, and every line of a list or table.
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<Block> {
    let (before, after) = (paragraphs(old), paragraphs(new));
    let mut blocks = Vec::new();
    if before.len() + after.len() > MAX_PARAGRAPHS {
        blocks.extend(before.iter().map(|p| whole(BlockKind::Removed, PartKind::Removed, p)));
        blocks.extend(after.iter().map(|p| whole(BlockKind::Added, PartKind::Added, p)));
        return blocks;
    }
    for op in similar::capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (gone, come) = (before.get(op.old_range()), after.get(op.new_range()));
        let (gone, come) = (gone.unwrap_or_default(), come.unwrap_or_default());
        if op.tag() == similar::DiffTag::Equal {
            blocks.extend(gone.iter().map(|p| whole(BlockKind::Same, PartKind::Same, p)));
        } else {
            replaced(gone, come, &mut blocks);
        }
    }
    blocks
}

/// Paragraphs that took each other's place are paired in order, where they still have enough in common.
fn replaced(gone: &[&str], mut come: &[&str], blocks: &mut Vec<Block>) {
    for old in gone {
        let ahead = come.iter().take(AHEAD).enumerate();
        let found = ahead.into_iter().find_map(|(at, new)| words(old, new).map(|block| (at, block)));
        let Some((at, block)) = found else {
            blocks.push(whole(BlockKind::Removed, PartKind::Removed, old));
            continue;
        };
        let (passed, rest) = come.split_at(at);
        blocks.extend(passed.iter().map(|p| whole(BlockKind::Added, PartKind::Added, p)));
        blocks.push(block);
        come = rest.get(1..).unwrap_or_default();
    }
    blocks.extend(come.iter().map(|p| whole(BlockKind::Added, PartKind::Added, p)));
}

fn whole(kind: BlockKind, part: PartKind, text: &str) -> Block {
    Block { kind, parts: vec![(part, text.to_owned())] }
}

/// Two paragraphs word by word; none if they have less than a third in common.
fn words(old: &str, new: &str) -> Option<Block> {
    if old.len() + new.len() > MAX_PAIR_BYTES {
        return None;
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_words(old, new);
    let mut parts: Vec<(PartKind, String)> = Vec::new();
    let mut common = 0;
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => PartKind::Same,
            ChangeTag::Insert => PartKind::Added,
            ChangeTag::Delete => PartKind::Removed,
        };
        let text = change.value();
        if kind == PartKind::Same && !text.trim().is_empty() {
            common += text.len();
        }
        match parts.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, running)) => running.push_str(text),
            None => parts.push((kind, text.to_owned())),
        }
    }
    (common * 3 >= old.len().max(new.len())).then_some(Block { kind: BlockKind::Changed, parts })
}

/// Where a line begins something of its own in Markdown.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered.len() < line.len() && (numbered.starts_with(". ") || numbered.starts_with(") "));
    numbered || ["- ", "* ", "+ ", "#", "|", ">", "![", "```"].iter().any(|start| line.starts_with(start))
}

fn paragraphs(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut end, mut at) = (None, 0, 0);
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if (blank || begins(line))
            && let Some(from) = start.take()
        {
            out.extend(text.get(from..end));
        }
        if !blank {
            start = start.or(Some(at));
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    out.extend(start.and_then(|from| text.get(from..end)));
    out
}
