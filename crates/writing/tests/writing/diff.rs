//! What changed between two revisions.

use nhipcau_writing::{Block, BlockKind, PartKind, diff};
use proptest::prelude::*;

fn side(blocks: &[Block], without: PartKind) -> String {
    let words = |b: &Block| -> String {
        b.parts.iter().filter(|(kind, _)| *kind != without).map(|(_, text)| text.as_str()).collect()
    };
    blocks.iter().map(words).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_changed_word_is_shown_in_its_paragraph() {
    let old = "Mở đầu.\n\nCó 4.712 đảng viên đăng ký.\n\nBỏ đoạn này.";
    let new = "Mở đầu.\n\nĐoạn mới hẳn.\n\nCó 4.790 đảng viên đăng ký.";
    let blocks = diff(old, new);
    let kinds: Vec<_> = blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Same, BlockKind::Added, BlockKind::Changed, BlockKind::Removed]);
    let changed: Vec<_> = blocks[2].parts.iter().map(|(k, t)| (*k, t.as_str())).collect();
    assert_eq!(
        changed,
        [
            (PartKind::Same, "Có "),
            (PartKind::Removed, "4.712"),
            (PartKind::Added, "4.790"),
            (PartKind::Same, " đảng viên đăng ký.")
        ]
    );
}

#[test]
fn every_item_and_row_is_a_paragraph() {
    let blocks = diff("- một\n- hai\n\n| a |\n|---|\n| b |", "- một\n- hai\n\n| a |\n|---|\n| c |");
    assert_eq!(blocks.len(), 5);
    assert!(blocks[..4].iter().all(|b| b.kind == BlockKind::Same));
}

#[test]
fn two_books_are_not_compared_word_by_word() {
    let book = |word: &str| format!("{word}\n\n").repeat(50_000);
    assert!(diff(&book("a"), &book("b")).iter().all(|b| b.kind != BlockKind::Changed));
}

proptest! {
    #[test]
    fn both_sides_are_what_they_were(old in "[ab \n.-]{0,60}", new in "[ab \n.-]{0,60}") {
        let lines = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        let blocks = diff(&old, &new);
        prop_assert_eq!(lines(&side(&blocks, PartKind::Added)), lines(&old));
        prop_assert_eq!(lines(&side(&blocks, PartKind::Removed)), lines(&new));
        prop_assert!(blocks.iter().all(|b| !b.parts.is_empty()));
        prop_assert!(diff(&old, &old).iter().all(|b| b.kind == BlockKind::Same));
    }
}
