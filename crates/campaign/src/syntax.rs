//! How names are written, and which one was probably meant.

/// Whether a name is lower-case letters and digits in parts joined by dots and hyphens.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 120
        && name
            .split(['.', '-'])
            .all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// The name that differs least, if it differs in no more than a third of its letters.
pub(crate) fn nearest<'a>(name: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = name.chars().count();
    let most = (letters / 3).max(1).min(letters.saturating_sub(1));
    let near = among.filter(|k| k.len().abs_diff(name.len()) <= most).map(|k| (distance(name, k), k));
    near.filter(|(d, _)| *d <= most).min().map(|(_, k)| k)
}

/// Letters to put in, take out or change to get from one to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(&b) {
            let changed = diagonal + usize::from(from != *to);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_with_dots_and_hyphens() {
        for good in ["a", "members.registered", "nam-1", "long-son.ap-1"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "Members", "a..b", "a-", ".a", "a b", "ấp", "a_b"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_name_that_was_meant() {
        let names = ["members.total", "members.registered", "staff.total"];
        assert_eq!(nearest("members.registred", names.into_iter()), Some("members.registered"));
        assert_eq!(nearest("menbers.totla", names.into_iter()), Some("members.total"));
        assert_eq!(nearest("radio", names.into_iter()), None);
        assert_eq!(nearest("a", ["b"].into_iter()), None);
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
