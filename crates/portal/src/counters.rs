//! The visit counters: markers in a page that whoever serves it fills at the last moment, and which
//! answers are views of a page.

use crate::routes;

/// Markers of the four numbers of the visit block, in this order: online, today, this week, all.
/// Each is an HTML comment that stands at most once in a page; a number takes its place. An `ETag` is
/// made of the page with its markers.
pub const COUNTERS: [&str; 4] =
    ["<!--luot: online -->", "<!--luot: hom nay-->", "<!--luot: tuan   -->", "<!--luot: tat ca -->"];

/// The same, in an English page: its numbers have commas where Vietnamese ones have points.
pub const COUNTERS_EN: [&str; 4] =
    ["<!--visits: online-->", "<!--visits: today-->", "<!--visits: week-->", "<!--visits: all-->"];

/// Whether a GET of this path is a view of a page, if it is answered with HTML and 200 or 304:
/// files, feeds, what pages are drawn with and the editors' desk are not.
#[must_use]
pub fn counted(path: &str) -> bool {
    const APART: [&str; 7] =
        ["/tep/", "/giao-dien/", "/lam-viec/", "/.well-known/", "/khoe", "/xem-truoc/", "/api/"];
    let file = path.rsplit('/').next().is_some_and(|last| {
        [".xml", ".json", ".txt", ".ico", ".webmanifest"].iter().any(|ending| last.ends_with(ending))
    });
    let document = path.starts_with("/bao-cao/") && (path.contains("/tep/") || path.contains("/ban-ky/"));
    !file && !document && path != routes::DESK && !APART.iter().any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_marker_stands_within_another() {
        let all = [COUNTERS, COUNTERS_EN].concat();
        for (i, marker) in all.iter().enumerate() {
            assert!(all.iter().enumerate().all(|(j, other)| i == j || !other.contains(marker)), "{marker}");
        }
    }

    #[test]
    fn pages_are_counted_and_files_are_not() {
        for page in
            ["/", "/tin-tuc", "/tin-tuc/ket-qua-01-nam", "/bao-cao/ket-qua/1", "/chi-so/a.b", "/tim-kiem"]
        {
            assert!(counted(page), "{page}");
        }
        for other in [
            "/tep/0197/anh.webp",
            "/giao-dien/nhip-cau-0.css",
            "/lam-viec",
            "/lam-viec/bai-viet",
            "/tin-tuc/rss.xml",
            "/feed.json",
            "/robots.txt",
            "/favicon.ico",
            "/bao-cao/ket-qua/1/tep/pdf",
            "/.well-known/security.txt",
        ] {
            assert!(!counted(other), "{other}");
        }
    }
}
