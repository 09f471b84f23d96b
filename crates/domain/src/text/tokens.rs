//! The words of a text, for finding them again: as they are typed without marks, and exactly.

use unicode_normalization::char::decompose_canonical;

/// The longest word, in bytes of its folded form: what is longer is no word that anyone types.
const LONGEST: usize = 48;

/// A word of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Without marks, `đ` as `d`, lower case: as [`fold`](super::fold) has it.
    pub folded: String,
    /// With its marks, lower case; the tone stands last, so that "uỷ" and "ủy" are one word.
    pub exact: String,
    tones: String,
}

/// The words of a text, in order. Khmer, which has no spaces between words, is cut into its clusters:
/// a consonant with everything that hangs on it.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut open: Option<Token> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let hangs = is_mark(c) || is_khmer_sign(c);
        if is_khmer_letter(c) && before != '\u{17d2}' {
            close(&mut found, &mut open);
        }
        before = c;
        if c.is_alphanumeric() || (hangs && open.is_some()) {
            let token = open.get_or_insert_with(|| Token { start: at, ..Token::default() });
            token.end = end;
            if token.folded.len() >= LONGEST {
                continue;
            }
            if c.is_ascii() {
                token.push(c.to_ascii_lowercase());
            } else {
                c.to_lowercase().for_each(|lower| decompose_canonical(lower, |d| token.push(d)));
            }
        } else if !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}') {
            close(&mut found, &mut open);
        }
    }
    close(&mut found, &mut open);
    found
}

impl Token {
    fn push(&mut self, c: char) {
        match c {
            // Huyền, sắc, ngã, hỏi, nặng.
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => self.tones.push(c),
            c if is_mark(c) => self.exact.push(c),
            c => {
                self.folded.push(if c == 'đ' { 'd' } else { c });
                self.exact.push(c);
            }
        }
    }
}

fn close(found: &mut Vec<Token>, open: &mut Option<Token>) {
    if let Some(mut token) = open.take().filter(|t| !t.folded.is_empty()) {
        token.exact.push_str(&token.tones);
        token.tones = String::new();
        found.push(token);
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_khmer_letter(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17b3}')
}

fn is_khmer_sign(c: char) -> bool {
    matches!(c, '\u{17b4}'..='\u{17d3}' | '\u{17dd}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|t| t.folded).collect()
    }

    #[test]
    fn words_are_found_as_people_type_them() {
        assert_eq!(
            folded("Đảng uỷ xã Mỹ Long (Bắc), 01-KL/TW"),
            ["dang", "uy", "xa", "my", "long", "bac", "01", "kl", "tw"]
        );
        let exact = |text: &str| tokens(text).into_iter().map(|t| t.exact).collect::<Vec<_>>();
        assert_eq!(exact("uỷ"), exact("Ủy"));
        assert_eq!(exact("hoà"), exact("hòa"));
        assert_eq!(exact("A\u{302}\u{301}p"), exact("ấp"));
        assert_ne!(exact("bán"), exact("bàn"));
        assert_ne!(exact("dang"), exact("đang"));
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Xã «Vinh Kim»";
        let cut: Vec<&str> = tokens(text).iter().map(|t| &text[t.start..t.end]).collect();
        assert_eq!(cut, ["Xã", "Vinh", "Kim"]);
    }

    #[test]
    fn khmer_is_cut_into_clusters() {
        assert_eq!(folded("កម្ពុជា"), ["ក", "ម្ពុ", "ជា"]);
    }

    proptest! {
        #[test]
        fn the_words_are_those_of_the_folded_text(text in "[a-zA-Z0-9ăâđêôơưĂÂĐấềộởữỵẢỶ ,.()«»–-]{0,60}") {
            prop_assert_eq!(folded(&text), folded(&fold(&text)));
        }

        #[test]
        fn every_word_can_be_cut_out(text in "\\PC{0,60}") {
            for token in tokens(&text) {
                prop_assert!(text.get(token.start..token.end).is_some_and(|word| !word.is_empty()));
            }
        }
    }
}
