//! Documents that are marked as state secrets have no place here.

use nhipcau_domain::text;

/// The degrees of secrecy (Law on Protection of State Secrets 29/2018/QH14, article 8).
const DEGREES: [(&str, &str); 3] = [("tuyet mat", "TUYỆT MẬT"), ("toi mat", "TỐI MẬT"), ("mat", "MẬT")];

/// The marking that a text bears as a line of its own among its first fifty: "MẬT", "Độ mật: Tối mật".
#[must_use]
pub fn marked_secret(source: &str) -> Option<&'static str> {
    source.lines().take(50).find_map(|line| {
        let line: String = line.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
        // "mất" and "mắt" fold to the same letters: only the marked word counts.
        if !text::nfc(&line).to_lowercase().contains("mật") {
            return None;
        }
        let folded = text::fold(&line);
        let said = folded.strip_prefix("do mat ").unwrap_or(&folded);
        DEGREES.iter().find(|(degree, _)| said == *degree).map(|(_, name)| *name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_is_a_line_of_its_own() {
        assert_eq!(marked_secret("ỦY BAN NHÂN DÂN\n**MẬT**\nBáo cáo"), Some("MẬT"));
        assert_eq!(marked_secret("Độ mật: Tối mật"), Some("TỐI MẬT"));
        assert_eq!(marked_secret("TUYỆT MẬT"), Some("TUYỆT MẬT"));
        assert_eq!(marked_secret("Ong làm mật.\nMất\nMặt\nmat"), None);
    }
}
