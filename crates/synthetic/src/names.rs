//! Names of files, as people give them: with and without marks, numbers of tries, years.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::dice::Dice;

/// Vietnamese without marks, in its own case.
pub(crate) fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

/// A name for a unit's workbook, one of those that are usual.
pub(crate) fn file_name(unit: &str, year: i16, dice: &mut Dice) -> String {
    let ascii = plain(unit);
    let name = match dice.below(8) {
        0 => format!("BC {} nop lan 1.xlsx", ascii.to_lowercase()),
        1 => format!("Bao cao {ascii} (ban chinh).xlsx"),
        2 => format!("{unit}.xlsx"),
        // As a Mac decomposes it.
        3 => format!("{unit} {year}.xlsx").nfd().collect(),
        4 => format!("BIEU BAO CAO - {}.xlsx", ascii.to_uppercase()),
        5 => format!("{}_nam_{year}.xlsx", ascii.to_lowercase().replace(' ', "_")),
        6 => format!("Báo cáo {year} - {unit}.xlsx"),
        _ => format!("{ascii} gui huyen.xlsx"),
    };
    safe(&name)
}

/// Without what a file's name may not have anywhere.
pub(crate) fn safe(name: &str) -> String {
    name.chars()
        .map(|c| if matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '-' } else { c })
        .collect()
}

/// A path that no other file has, also where case and composition do not tell files apart.
pub(crate) fn unused(path: &str, taken: &mut BTreeSet<String>) -> String {
    let (stem, ending) = path.rsplit_once('.').map_or((path, String::new()), |(s, e)| (s, format!(".{e}")));
    let mut free = path.to_owned();
    let mut n = 2_u32;
    while !taken.insert(free.nfc().collect::<String>().to_lowercase()) {
        free = format!("{stem} ({n}){ending}");
        n += 1;
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_marks_and_nothing_else() {
        assert_eq!(plain("Chi bộ ấp Sóc Mới, Đài"), "Chi bo ap Soc Moi, Dai");
        assert_eq!(safe("a/b: \"c\"?"), "a-b- -c--");
    }

    #[test]
    fn no_two_files_share_a_name() {
        let mut taken = BTreeSet::new();
        assert_eq!(unused("Ấp.xlsx", &mut taken), "Ấp.xlsx");
        assert_eq!(unused("ấp.xlsx", &mut taken), "ấp (2).xlsx");
    }
}
