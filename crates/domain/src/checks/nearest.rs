//! The name that was probably meant.

use crate::id::ElementId;

/// No one mistypes a name longer than this; and the search stays short.
const MAX_NAME: usize = 100;

/// The existing name nearest to what was typed, if one is near: a third of its letters may differ.
pub(super) fn nearest<'a>(typed: &str, elements: &'a [ElementId]) -> Option<&'a ElementId> {
    let typed: Vec<char> = typed.chars().collect();
    if typed.len() > MAX_NAME {
        return None;
    }
    elements
        .iter()
        .map(|element| (distance(&typed, element), element))
        .filter(|(d, _)| *d <= (typed.len() / 3).max(1))
        .min()
        .map(|(_, element)| element)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(typed: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (i, c) in name.chars().take(2 * MAX_NAME).enumerate() {
        let mut before = i + 1;
        let mut next = vec![before];
        for (pair, t) in row.windows(2).zip(typed) {
            let &[diagonal, above] = pair else { continue };
            before = (diagonal + usize::from(c != *t)).min(above + 1).min(before + 1);
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_put_in_taken_out_or_changed_each_count_once() {
        for (typed, name, letters) in [
            ("bulletins", "bulletins", 0),
            ("bulletin", "bulletins", 1),
            ("bulletinss", "bulletins", 1),
            ("bulletims", "bulletins", 1),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("đảng", "dang", 2),
        ] {
            assert_eq!(distance(&typed.chars().collect::<Vec<_>>(), name), letters, "{typed} {name}");
        }
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let names = ["members.total", "members.totals", "bulletins"].map(ElementId::from);
        assert_eq!(nearest("member.total", &names), Some(&names[0]));
        assert_eq!(nearest("radio", &names), None);
        assert_eq!(nearest(&"x".repeat(10_000), &names), None);
    }
}
