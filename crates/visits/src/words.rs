//! What is kept of the words of a request: a path, a host, a language, a search, and no more.

/// Longest path with a count of its own, in bytes.
const PATH: usize = 200;
/// Longest host, in bytes.
const HOST: usize = 100;
/// Longest search that is kept, in characters.
const SEARCH: usize = 60;
/// Digits in a search beyond which it may be a telephone, identity or account number.
const DIGITS: usize = 5;

/// The path without query and fragment; `None` if it is too long or not a path.
pub(crate) fn path(raw: &str) -> Option<&str> {
    let end = raw.find(['?', '#']).unwrap_or(raw.len());
    let path = raw.get(..end)?;
    (path.starts_with('/') && path.len() <= PATH && !path.contains(char::is_control)).then_some(path)
}

/// The referring host in lower case without `www.`; `None` if there is none, or it is the site's own.
pub(crate) fn referrer(raw: &str, own: &str) -> Option<String> {
    let (scheme, rest) = raw.split_once("://")?;
    if !matches!(scheme, "http" | "https" | "android-app" | "ios-app") {
        return None;
    }
    let host = bare(rest.split(['/', '?', '#']).next()?);
    let sound = !host.is_empty()
        && host.len() <= HOST
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    (sound && !host.eq_ignore_ascii_case(bare(own))).then(|| host.to_ascii_lowercase())
}

/// A host without user, port and `www.`.
fn bare(host: &str) -> &str {
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => host.get(4..).unwrap_or(host),
        _ => host,
    }
}

/// The first language of `Accept-Language`, without its region: `vi`, `km`, `en`.
pub(crate) fn language(raw: &str) -> Option<String> {
    let tag = raw.split([',', ';', '-', '_']).next()?.trim();
    ((2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()))
        .then(|| tag.to_ascii_lowercase())
}

/// A search as it is kept: lower case, single spaces. `None` if it may hold personal data: an `@`, more
/// than five digits, or too long to be a few words.
pub(crate) fn search(raw: &str) -> Option<String> {
    let kept = raw.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let digits = kept.chars().filter(|c| c.is_numeric()).count();
    let sound = !kept.is_empty()
        && kept.chars().count() <= SEARCH
        && kept.len() <= 255
        && digits <= DIGITS
        && !kept.contains(|c: char| c == '@' || c.is_control());
    sound.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_referrer_only_the_host_of_another_site_is_kept() {
        assert_eq!(
            referrer("https://www.Google.com.vn/search?q=nguyen+van+a", "x.vn").as_deref(),
            Some("google.com.vn")
        );
        assert_eq!(referrer("https://me:secret@a.vn:8080/x", "x.vn").as_deref(), Some("a.vn"));
        assert_eq!(
            referrer("android-app://com.facebook.katana/", "x.vn").as_deref(),
            Some("com.facebook.katana")
        );
        assert_eq!(referrer("https://www.x.vn/tin", "x.vn:443"), None);
        assert_eq!(referrer("javascript:alert(1)", "x.vn"), None);
        assert_eq!(referrer("https://<b>/", "x.vn"), None);
    }

    #[test]
    fn a_path_loses_its_query() {
        assert_eq!(path("/tim-kiem?q=a"), Some("/tim-kiem"));
        assert_eq!(path("http://x/"), None);
        assert_eq!(path(&format!("/{}", "a".repeat(PATH))), None);
    }

    #[test]
    fn a_search_that_may_name_a_person_is_not_kept() {
        assert_eq!(search("  Bảo  HIỂM y tế 2026 ").as_deref(), Some("bảo hiểm y tế 2026"));
        assert_eq!(search("0912 345 678"), None);
        assert_eq!(search("a@b.vn"), None);
        assert_eq!(search(&"x".repeat(61)), None);
    }

    #[test]
    fn a_language_is_its_first_tag() {
        assert_eq!(language("vi-VN,vi;q=0.9").as_deref(), Some("vi"));
        assert_eq!(language("*"), None);
    }
}
