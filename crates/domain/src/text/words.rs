//! Text as it is kept (NFC) and as it is matched against what people type.

use unicode_normalization::UnicodeNormalization;

/// The composed form (NFC, TCVN 6909:2001): the form in which every text is kept.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The composed form without byte-order marks, spaces at the ends and more than one space inside.
#[must_use]
pub fn tidy(text: &str) -> String {
    collapse(text.nfc().filter(|c| *c != '\u{feff}'))
}

/// For matching what people type: no marks, `đ` as `d`, lower case, single spaces.
///
/// "Ấp Sóc Cụt" and "ap soc cut" are alike, and so are "uỷ" and "ủy".
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    let bare = lower.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\u{feff}' | '\u{200b}'));
    collapse(bare.map(|c| if c == 'đ' { 'd' } else { c }))
}

fn collapse(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in chars {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decomposed_accents_become_composed() {
        assert_eq!(nfc("A\u{302}\u{301}p"), "Ấp");
        assert_eq!(tidy("\u{feff}  Xa\u{303}\u{a0} Long \t Sơn\n"), "Xã Long Sơn");
    }

    #[test]
    fn what_people_type_matches_what_is_kept() {
        assert_eq!(fold("Đảng ủy xã  Mỹ Long Bắc"), "dang uy xa my long bac");
        assert_eq!(fold("Đảng uỷ"), fold("ĐẢNG ỦY"));
        assert_eq!(fold("Phường Ô Chợ Dừa"), "phuong o cho dua");
        assert_eq!(fold("ƯỚC MƠ"), "uoc mo");
        assert_eq!(fold("  "), "");
    }

    proptest! {
        #[test]
        fn folding_and_tidying_twice_change_nothing_more(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
            prop_assert_eq!(nfc(&nfc(&text)), nfc(&text));
        }

        #[test]
        fn the_way_a_text_is_composed_does_not_matter(text in "[a-zA-Zăâđêôơưấềộởữỵ ]{0,30}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&text));
            prop_assert_eq!(tidy(&decomposed), tidy(&text));
        }
    }
}
