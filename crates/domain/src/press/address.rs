//! Addresses of the site: the slug that a title makes, and what may not be one.

use crate::text;

/// First segments of addresses that are the program's own: no column may have them.
pub const RESERVED: [&str; 31] = [
    "ban-do",
    "bao-cao",
    "bieu-mau",
    "cay-don-vi",
    "chi-so",
    "don-vi",
    "duyet",
    "en",
    "giao-dien",
    "gop-y",
    "ket-qua",
    "khoe",
    "km",
    "lam-viec",
    "luot-truy-cap",
    "metrics",
    "phuc-hoi",
    "robots",
    "rss",
    "sitemap",
    "so-do",
    "static",
    "tai-lieu",
    "tai-nguyen",
    "tep",
    "tim-kiem",
    "tinh-hinh",
    "trang",
    "van-ban",
    "vi",
    "xem-truoc",
];

/// The longest slug, in bytes.
pub const SLUG_MAX: usize = 120;

/// A part of an address made of a title: marks off, `đ` to `d`, words joined by hyphens, cut at a
/// word. Empty if nothing of the title can stand in an address.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for word in text::fold(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            if out.len() + 1 + word.len() > SLUG_MAX {
                break;
            }
            out.push('-');
        }
        out.extend(word.chars().take(SLUG_MAX));
    }
    out
}

/// Whether a part of an address is a slug as [`slug`] makes them.
#[must_use]
pub fn is_slug(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= SLUG_MAX
        && part
            .split('-')
            .all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Whether an address is a path of this site and of no other: what a redirect may lead to. It begins
/// with one slash, has no backslash, no control character and no space, and climbs nowhere.
#[must_use]
pub fn is_site_path(path: &str) -> bool {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && c != '\\';
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2000
        && path.chars().all(plain)
        && !path.split(['/', '?', '#']).any(|part| part == ".." || part == ".")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_becomes_an_address() {
        assert_eq!(slug("Kết quả nổi bật 01 năm"), "ket-qua-noi-bat-01-nam");
        assert_eq!(slug("Đảng ủy xã Long Sơn: “Mẹ đỡ đầu”!"), "dang-uy-xa-long-son-me-do-dau");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn a_redirect_stays_on_the_site() {
        for good in ["/", "/tin-tuc/a", "/?id=5&x=/b", "/Tin-tức/bài.html"] {
            assert!(is_site_path(good), "{good}");
        }
        for bad in ["", "tin", "//khac.vn", "/\\khac.vn", "https://khac.vn", "/a b", "/a/../b", "/a\nb"] {
            assert!(!is_site_path(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_title_gives_a_slug_or_nothing(title in "\\PC{0,300}") {
            let made = slug(&title);
            prop_assert!(made.is_empty() || is_slug(&made), "{made:?}");
        }
    }
}
