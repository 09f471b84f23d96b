//! The Vietnamese order of words.

use unicode_normalization::UnicodeNormalization;

/// Letters in order; f, j, w and z stand where foreign words put them.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const END: u8 = 0x02;
const FIRST_TONE: u8 = 0x03;
const DIGITS: u8 = 0x10;
const FIRST_LETTER: u8 = 0x20;
const OTHER: u8 = 0xf0;

/// A key whose byte order is the Vietnamese order.
///
/// Word by word, as dictionaries do: first the letters (a ă â b c d đ …), then the tone (ngang,
/// huyền, hỏi, ngã, sắc, nặng), so that everything under "Hoa" comes before everything under
/// "Hòa". Numbers compare as numbers: "ấp 2" before "ấp 10". Case and punctuation decide last.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    let lower: String = text.chars().flat_map(char::to_lowercase).nfd().collect();
    for word in lower.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|w| !w.is_empty()) {
        push_word(&mut key, word);
    }
    key.push(0);
    key.extend(text.nfc().collect::<String>().bytes());
    key
}

fn push_word(key: &mut Vec<u8>, word: &str) {
    let mut tones = Vec::new();
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(tone) = tone(c) {
            tones.push(FIRST_TONE + tone);
        } else if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(d) = chars.next_if(char::is_ascii_digit) {
                digits.push(d);
            }
            let digits = digits.trim_start_matches('0');
            key.extend([DIGITS, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
            key.extend(digits.bytes());
        } else {
            // Decomposed, a tone mark may stand before the letter's own mark: ậ is a, nặng, mũ.
            let mut letter = c;
            while let Some(mark) = chars.next_if(|m| is_mark(*m)) {
                match tone(mark) {
                    Some(tone) => tones.push(FIRST_TONE + tone),
                    None => letter = with_mark(letter, mark),
                }
            }
            push_letter(key, letter);
        }
    }
    key.push(END);
    key.extend(&tones);
    key.push(END);
}

fn push_letter(key: &mut Vec<u8>, letter: char) {
    if let Some(at) = LETTERS.chars().position(|l| l == letter).and_then(|at| u8::try_from(at).ok()) {
        key.push(FIRST_LETTER + at);
    } else {
        key.push(OTHER);
        key.extend(&u32::from(letter).to_be_bytes()[1..]);
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn with_mark(letter: char, mark: char) -> char {
    match (letter, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31b}') => 'ơ',
        ('u', '\u{31b}') => 'ư',
        _ => letter,
    }
}

/// Huyền, hỏi, ngã, sắc, nặng; ngang has no mark and so comes first.
fn tone(c: char) -> Option<u8> {
    let tones = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    tones.iter().position(|t| *t == c).and_then(|at| u8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_in_order(words: &[&str]) {
        for (i, pair) in words.windows(2).enumerate() {
            assert!(sort_key(pair[0]) < sort_key(pair[1]), "{i}: {} before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_stand_in_the_order_of_the_alphabet() {
        assert_in_order(&[
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o",
        ]);
        assert_in_order(&["o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"]);
    }

    #[test]
    fn tones_decide_between_equal_letters() {
        assert_in_order(&["ma", "mà", "mả", "mã", "má", "mạ", "mai"]);
        assert_in_order(&["ba", "ban", "bàn", "bản", "bắn", "bần", "bận", "bơ"]);
    }

    #[test]
    fn a_word_is_finished_before_the_next_one_begins() {
        assert_in_order(&["Hoa Bình", "Hoa Lư", "Hòa An", "Hòa Bình", "Hoàn Kiếm"]);
        assert_in_order(&[
            "xã Hiệp Hòa",
            "xã Hiệp Mỹ Đông",
            "xã Hiệp Mỹ Tây",
            "xã Kim Hòa",
            "xã Mỹ Long Bắc",
        ]);
    }

    #[test]
    fn numbers_compare_as_numbers() {
        assert_in_order(&["ấp 1", "ấp 2", "ấp 9", "ấp 10", "ấp 11A", "ấp 11B", "ấp 100", "ấp Một"]);
        assert_in_order(&["khóm 2", "Khóm 3", "khóm 4"]);
    }

    #[test]
    fn where_the_tone_mark_stands_does_not_matter() {
        let without_spelling = |t: &str| sort_key(t).split(|b| *b == 0).next().map(<[u8]>::to_vec);
        assert_eq!(without_spelling("uỷ"), without_spelling("ủy"));
        assert_ne!(without_spelling("uy"), without_spelling("ủy"));
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_sort_alike(text in "[a-zA-Z0-9ăâđêôơưấềộởữỵ ]{0,20}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(sort_key(&decomposed), sort_key(&text));
        }

        #[test]
        fn hamlets_sort_by_their_number(a in 0u32..100_000, b in 0u32..100_000) {
            let (x, y) = (sort_key(&format!("Ấp {a}")), sort_key(&format!("Ấp {b}")));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }
    }
}
