//! What may have been meant: a slip of the finger, a keyboard that was not set to Vietnamese, words that
//! were typed in one.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use nhipcau_domain::text::tokens;
use nhipcau_store::Tx;

use super::{
    find::{Query, Suggestion, matched},
    index::{BODY, pair},
    query::{Asked, Clause, Word},
};
use crate::{error::Result, press::Site};

/// Of longer queries nothing is suggested.
const WORDS_MAX: usize = 8;

/// How many readings of a word are followed.
const READINGS: usize = 6;

/// How many readings of the query are followed.
const WIDTH: usize = 12;

/// How many readings of the query are tried.
const TRIED: usize = 3;

/// A way in which a word may have been meant: one word, or some that were typed in one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    words: Vec<String>,
    /// How far it is from what was typed: the less, the better.
    cost: i64,
}

/// What may have been meant by a query that fits nothing.
pub(super) async fn suggest(
    tx: &mut Tx,
    site: &Arc<Site>,
    query: &Query,
    asked: &Asked,
) -> Result<Option<Suggestion>> {
    let typed: Vec<String> = asked.typed().into_iter().map(|w| w.folded).collect();
    if typed.is_empty() || typed.len() > WORDS_MAX {
        return Ok(None);
    }
    let typed_known = known(tx, typed.iter().cloned().collect()).await?;
    // If every word is known by itself, any of them may be the wrong one.
    let all_known = typed.iter().all(|w| typed_known.contains_key(w));
    let open = |word: &String| all_known || !typed_known.contains_key(word);
    let guesses: Vec<BTreeSet<Reading>> =
        typed.iter().map(|w| if open(w) { guesses(w) } else { BTreeSet::new() }).collect();
    let asked_for = guesses.iter().flatten().flat_map(|r| match r.words.as_slice() {
        [one] => vec![one.clone()],
        some => some.iter().zip(some.iter().skip(1)).map(|(a, b)| pair(a, b)).collect(),
    });
    let vocabulary = known(tx, asked_for.collect()).await?;
    let mut readings: Vec<Vec<(Reading, i64)>> = Vec::with_capacity(typed.len());
    for (word, guesses) in typed.iter().zip(guesses) {
        let mut here: Vec<(Reading, i64)> = guesses
            .into_iter()
            .filter_map(|r| Some((weight(&r, &vocabulary)?, r)))
            .map(|(w, r)| (r, w))
            .collect();
        here.sort_by_key(|(reading, weight)| (-weight, reading.clone()));
        here.truncate(READINGS);
        if let Some(often) = typed_known.get(word) {
            here.insert(0, (Reading { words: vec![word.clone()], cost: 0 }, often_as_bits(*often)));
        }
        if here.is_empty() {
            return Ok(None);
        }
        readings.push(here);
    }
    for words in best(tx, &readings).await? {
        if words == typed {
            continue;
        }
        let word = |w: &String| Word { folded: w.clone(), exact: w.clone() };
        let clause = |w: &String| Clause { either: vec![vec![word(w)]] };
        let meant = Asked { clauses: words.iter().map(clause).collect(), marked: false };
        let found = matched(tx, site, query, &meant).await?;
        let total = found.total();
        if total > 0 {
            let text = as_written(tx, &found.numbers(0, 3), &words).await?;
            return Ok(Some(Suggestion { text, total }));
        }
    }
    Ok(None)
}

/// The likeliest readings of the whole, by how often words stand, and stand beside each other.
async fn best(tx: &mut Tx, readings: &[Vec<(Reading, i64)>]) -> Result<Vec<Vec<String>>> {
    let neighbours = readings.iter().zip(readings.iter().skip(1));
    let pairs = neighbours.flat_map(|(here, next)| {
        here.iter().flat_map(move |(a, _)| {
            next.iter().filter_map(move |(b, _)| Some(pair(a.words.last()?, b.words.first()?)))
        })
    });
    let pairs = known(tx, pairs.collect()).await?;
    let mut paths: Vec<(i64, Vec<String>)> = vec![(0, Vec::new())];
    for here in readings {
        let mut longer = Vec::with_capacity(paths.len() * here.len());
        for (score, path) in &paths {
            for (reading, weight) in here {
                let beside = match (path.last(), reading.words.first()) {
                    (Some(a), Some(b)) => pairs.get(&pair(a, b)).map_or(0, |n| 8 + often_as_bits(*n)),
                    _ => 0,
                };
                let words: Vec<String> = path.iter().chain(&reading.words).cloned().collect();
                longer.push((score + weight + beside, words));
            }
        }
        longer.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        longer.truncate(WIDTH);
        paths = longer;
    }
    Ok(paths.into_iter().map(|(_, words)| words).take(TRIED + 1).collect())
}

/// How likely a reading is by itself; none if the site never says it.
fn weight(reading: &Reading, vocabulary: &HashMap<String, i64>) -> Option<i64> {
    let often = match reading.words.as_slice() {
        [one] => *vocabulary.get(one)?,
        some => {
            let pairs = some.iter().zip(some.iter().skip(1));
            pairs.map(|(a, b)| vocabulary.get(&pair(a, b)).copied()).min().flatten()?
        }
    };
    Some(often_as_bits(often) - 4 * reading.cost)
}

fn often_as_bits(often: i64) -> i64 {
    i64::from(often.max(1).unsigned_abs().ilog2())
}

/// Those of the words that the site says, with how often.
async fn known(tx: &mut Tx, words: BTreeSet<String>) -> Result<HashMap<String, i64>> {
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    if list.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(tx.known_words(&list, BODY).await?.into_iter().collect())
}

/// What may have been meant by a word. Only of words in Latin letters, and not of numbers.
fn guesses(word: &str) -> BTreeSet<Reading> {
    let mut found: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    let mut add = |words: Vec<String>, cost: i64| {
        let known = found.entry(words).or_insert(cost);
        *known = cost.min(*known);
    };
    let letters =
        word.bytes().all(|b| b.is_ascii_alphanumeric()) && !word.bytes().all(|b| b.is_ascii_digit());
    if !letters || word.len() < 2 || word.len() > 24 {
        return BTreeSet::new();
    }
    for plain in [telex(word), vni(word)] {
        if plain != word && !plain.is_empty() {
            add(vec![plain], 1);
        }
    }
    if word.len() <= 12 {
        for slip in slips(word) {
            add(vec![slip], 2);
        }
    }
    for i in 1..word.len() {
        let (Some(a), Some(rest)) = (word.get(..i), word.get(i..)) else { continue };
        add(vec![a.to_owned(), rest.to_owned()], 1);
        if word.len() >= 6 {
            for j in 1..rest.len() {
                let (Some(b), Some(c)) = (rest.get(..j), rest.get(j..)) else { continue };
                add(vec![a.to_owned(), b.to_owned(), c.to_owned()], 1);
            }
        }
    }
    found.into_iter().map(|(words, cost)| Reading { words, cost }).collect()
}

/// One letter too few, too many, another, or two in the wrong order.
fn slips(word: &str) -> BTreeSet<String> {
    let letters = word.as_bytes();
    let mut found = BTreeSet::new();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        for letter in b'a'..=b'z' {
            found.insert(text([before, &[letter], after].concat()));
            if let Some((_, rest)) = after.split_first() {
                found.insert(text([before, &[letter], rest].concat()));
            }
        }
        if let Some((first, rest)) = after.split_first() {
            found.insert(text([before, rest].concat()));
            if let Some((second, rest)) = rest.split_first() {
                found.insert(text([before, &[*second, *first], rest].concat()));
            }
        }
    }
    found.remove(word);
    found
}

/// A word that was typed for Telex while the keyboard was not: `hoof` is "hồ", `dduwowcj` is "được".
fn telex(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut vowel = false;
    for c in word.chars() {
        let doubled = matches!(c, 'a' | 'e' | 'o' | 'd') && out.ends_with(c);
        let key = matches!(c, 'w' | 's' | 'f' | 'r' | 'x' | 'j') && vowel;
        vowel |= "aeiouy".contains(c);
        if !doubled && !key {
            out.push(c);
        }
    }
    out
}

/// The same for VNI: `ho62` is "hồ".
fn vni(word: &str) -> String {
    word.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Words as the site writes them, taken from where they were found.
async fn as_written(tx: &mut Tx, numbers: &[u32], words: &[String]) -> Result<String> {
    let records = tx.search_items(numbers).await?;
    for number in numbers {
        let Some(r) = records.iter().find(|r| r.number == *number) else { continue };
        for source in [&r.title, &r.summary, &r.words, &r.text] {
            let here = tokens(source);
            let at = here.windows(words.len()).find(|w| w.iter().zip(words).all(|(t, w)| t.folded == *w));
            if let Some((first, last)) = at.and_then(|w| w.first().zip(w.last()))
                && let Some(said) = source.get(first.start..last.end)
            {
                return Ok(said.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    Ok(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_telex_and_vni_are_not_letters() {
        assert_eq!(
            ["hoof", "chis", "minh", "dduwowcj", "nguyeenx", "xax"].map(telex),
            ["ho", "chi", "minh", "duoc", "nguyen", "xa"]
        );
        assert_eq!(["ho62", "chi1", "d9u7o7c5"].map(vni), ["ho", "chi", "duoc"]);
    }

    #[test]
    fn a_slip_is_one_letter_or_two_that_changed_places() {
        let meant = slips("mihn");
        for word in ["minh", "min", "mihan", "mitn"] {
            assert!(meant.contains(word), "{word}");
        }
        assert!(!meant.contains("mihn") && !meant.contains("minhh"));
    }
}
