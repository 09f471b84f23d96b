//! What a reader typed: words, phrases in quotation marks, abbreviations with what they stand for.

use nhipcau_domain::text::{Token, tokens};

use crate::press::Abbreviation;

/// The longest query, in characters: what comes after is not looked at.
pub const QUERY_MAX: usize = 200;

/// The most words that are looked for.
const WORDS_MAX: usize = 16;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Without marks.
    pub folded: String,
    /// With them.
    pub exact: String,
}

impl Word {
    pub fn is_marked(&self) -> bool {
        self.folded != self.exact
    }
}

impl From<Token> for Word {
    fn from(token: Token) -> Self {
        Self { folded: token.folded, exact: token.exact }
    }
}

/// What an item must have: one of these, each a word or words beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// As it was typed comes first.
    pub either: Vec<Vec<Word>>,
}

/// What a reader typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub clauses: Vec<Clause>,
    /// Whether marks were typed.
    pub marked: bool,
}

impl Asked {
    /// Reads a query. There is none that cannot be read.
    pub fn parse(query: &str, abbreviations: &[Abbreviation]) -> Self {
        let known: Vec<(Vec<Word>, Vec<Word>)> =
            abbreviations.iter().map(|a| (words(&a.short), words(&a.long))).collect();
        let end = query.char_indices().nth(QUERY_MAX).map_or(query.len(), |(at, _)| at);
        let query = query.get(..end).unwrap_or_default();
        let mut asked = Self::default();
        let mut room = WORDS_MAX;
        for (i, part) in query.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            let mut typed = words(part);
            typed.truncate(room);
            room -= typed.len();
            asked.marked |= typed.iter().any(Word::is_marked);
            if i % 2 == 1 {
                if !typed.is_empty() {
                    asked.clauses.push(Clause { either: vec![typed] });
                }
            } else {
                asked.clauses.extend(clauses(&typed, &known));
            }
        }
        asked
    }

    /// The words as they were typed, without quotation marks and expansions.
    pub fn typed(&self) -> Vec<Word> {
        self.clauses.iter().filter_map(|c| c.either.first()).flatten().cloned().collect()
    }

    /// What is marked in a result: words and phrases.
    pub fn needles(&self) -> Vec<Vec<&[Word]>> {
        self.clauses.iter().map(|c| c.either.iter().map(Vec::as_slice).collect()).collect()
    }
}

fn words(source: &str) -> Vec<Word> {
    tokens(source).into_iter().map(Word::from).collect()
}

/// Words one by one, but an abbreviation or what it stands for as one, with the other beside it.
fn clauses(typed: &[Word], known: &[(Vec<Word>, Vec<Word>)]) -> Vec<Clause> {
    let same = |words: &[Word], at: usize| {
        let here = typed.get(at..at + words.len());
        !words.is_empty()
            && here.is_some_and(|here| here.iter().zip(words).all(|(a, b)| a.folded == b.folded))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let forms = known.iter().flat_map(|(short, long)| [short, long]);
        let longest = forms.filter(|form| same(form, at)).map(Vec::len).max().unwrap_or(1);
        let here = typed.get(at..at + longest).unwrap_or_default();
        let mut either = vec![here.to_vec()];
        for (short, long) in known {
            for (one, other) in [(short, long), (long, short)] {
                if one.len() == longest && same(one, at) && !other.is_empty() && !either.contains(other) {
                    either.push(other.clone());
                }
            }
        }
        if either.len() == 1 {
            found.extend(here.iter().map(|word| Clause { either: vec![vec![word.clone()]] }));
        } else {
            found.push(Clause { either });
        }
        at += longest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::common_abbreviations;

    fn told(query: &str) -> Vec<String> {
        let asked = Asked::parse(query, &common_abbreviations());
        let said = |words: &Vec<Word>| words.iter().map(|w| w.folded.clone()).collect::<Vec<_>>().join(" ");
        asked.clauses.iter().map(|c| c.either.iter().map(said).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn an_abbreviation_stands_for_its_words_and_they_for_it() {
        assert_eq!(told("UBND xã"), ["ubnd | uy ban nhan dan", "xa"]);
        assert_eq!(told("mua bảo hiểm y tế"), ["mua", "bao hiem y te | bhyt"]);
        assert_eq!(told("GD&ĐT"), ["gd dt | giao duc va dao tao"]);
    }

    #[test]
    fn quotation_marks_hold_words_together() {
        assert_eq!(told("\"Mẹ đỡ đầu\" trẻ em"), ["me do dau", "tre", "em"]);
        assert_eq!(told("trẻ “mồ côi” «covid-19"), ["tre", "mo coi", "covid 19"]);
        assert_eq!(told("\"\" \" \""), Vec::<String>::new());
    }

    #[test]
    fn nothing_that_is_typed_is_an_instruction() {
        assert_eq!(
            told("a OR (b) NEAR/3 -c* title:d ^e AND NOT"),
            ["a", "or", "b", "near", "3", "c", "title", "d", "e", "and", "not"]
        );
    }
}
