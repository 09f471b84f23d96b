//! The addresses of the pages. Others link through these functions, never by hand.

use std::fmt::Write as _;

/// The front page.
pub const HOME: &str = "/";
/// A column.
pub const COLUMN: &str = "/{column}";
/// A column's feeds.
pub const COLUMN_RSS: &str = "/{column}/rss.xml";
/// The same as Atom.
pub const COLUMN_ATOM: &str = "/{column}/atom.xml";
/// An article in its column.
pub const ARTICLE: &str = "/{column}/{slug}";
/// A static page.
pub const STATIC_PAGE: &str = "/trang/{slug}";
/// Pictures and attachments, under the name of their content.
pub const MEDIA: &str = "/tep/{id}/{name}";
/// Everything on one page.
pub const SITE_MAP: &str = "/so-do";
/// What readers say.
pub const FEEDBACK: &str = "/gop-y";
/// What a reader thinks of a page.
pub const RATING: &str = "/gop-y/danh-gia";
/// What a visit is.
pub const VISITS: &str = "/luot-truy-cap";
/// The register of documents.
pub const DOCUMENTS: &str = "/van-ban";
/// The newest documents.
pub const REGISTER_RSS: &str = "/van-ban/rss.xml";
/// A document of the register.
pub const REGISTERED: &str = "/van-ban/{slug}";
/// Search.
pub const SEARCH: &str = "/tim-kiem";
/// The map.
pub const MAP: &str = "/ban-do";
/// The editors' desk.
pub const DESK: &str = "/lam-viec";
/// The site's newest articles.
pub const RSS: &str = "/rss.xml";
/// The same as Atom.
pub const ATOM: &str = "/atom.xml";
/// The same as a JSON feed.
pub const JSON_FEED: &str = "/feed.json";
/// Every page, for search engines.
pub const SITEMAP_XML: &str = "/sitemap.xml";
/// A part of a map that is too large for one file.
pub const SITEMAP_PART: &str = "/sitemap/{part}";
/// The articles of the last two days.
pub const SITEMAP_NEWS: &str = "/sitemap-news.xml";
/// What robots may read.
pub const ROBOTS: &str = "/robots.txt";
/// Whom to tell of a weakness (RFC 9116).
pub const SECURITY: &str = "/.well-known/security.txt";
/// How the site looks on a telephone's first screen.
pub const MANIFEST: &str = "/manifest.webmanifest";
/// The icon that old browsers ask for.
pub const FAVICON: &str = "/favicon.ico";

/// What the navigation offers beside the columns, with its name in the catalogue; only what is routed.
/// Search stands as a box instead of a link.
pub const ROOMS: [(&str, &str); 4] = [
    (DOCUMENTS, "register-title"),
    (MAP, "map-title"),
    (SITE_MAP, "site-map-page"),
    (FEEDBACK, "site-feedback"),
];

/// Whether the search box is shown: once [`SEARCH`] is routed.
pub const HAS_SEARCH: bool = true;

/// The campaign.
pub const RESULTS: &str = "/ket-qua";
/// Reports and their editions.
pub const REPORTS: &str = "/bao-cao";
/// A report's latest edition.
pub const REPORT: &str = "/bao-cao/{report}";
/// One edition.
pub const EDITION: &str = "/bao-cao/{report}/{number}";
/// A document of an edition, as it was frozen.
pub const DOCUMENT: &str = "/bao-cao/{report}/{number}/tep/{format}";
/// The scan of an edition's signed copy.
pub const SIGNED_COPY: &str = "/bao-cao/{report}/{number}/ban-ky/{attachment}";
/// Every figure.
pub const FIGURES: &str = "/chi-so";
/// One figure, explained.
pub const FIGURE: &str = "/chi-so/{key}";
/// One return.
pub const RETURN: &str = "/bieu-mau/{return_id}";
/// One unit.
pub const UNIT: &str = "/don-vi/{unit}";
/// Who has reported.
pub const COVERAGE: &str = "/tinh-hinh";
/// The tree of units on a day.
pub const TREE: &str = "/cay-don-vi";
/// Whether the service is up.
pub const HEALTH: &str = "/khoe";
/// What pages are drawn with: the stylesheet and the icon, each under a name of its content.
pub const ASSET: &str = "/giao-dien/{name}";

/// The period's parameter.
pub const PERIOD: &str = "ky";
/// The unit's parameter.
pub const SCOPE: &str = "don-vi";
/// The tree's parameter: [`TREE_THEN`], [`TREE_NOW`] or a day.
pub const TREE_DAY: &str = "cay";
/// The figure's parameter on the map.
pub const FIGURE_KEY: &str = "chi-so";
/// The day's parameter on the page of the tree.
pub const DAY: &str = "ngay";
/// The language's parameter.
pub const LANG: &str = "lang";
/// The page of a list.
pub const PAGE: &str = "trang";
/// The page that a message is about.
pub const ABOUT: &str = "ve";
/// What was done, on the page that thanks.
pub const DONE: &str = "xong";
/// The words that are searched for.
pub const QUERY: &str = "q";
/// The reviewer's parameter; it is spent at the first request and never stands in a link.
pub const TOKEN: &str = "token";
/// The tree of the period's last day.
pub const TREE_THEN: &str = "luc-do";
/// The tree of today.
pub const TREE_NOW: &str = "hien-nay";

/// The address of a column.
#[must_use]
pub fn column(slug: &str) -> String {
    format!("/{}", encode(slug))
}

/// The address of an article.
#[must_use]
pub fn article(column: &str, slug: &str) -> String {
    format!("/{}/{}", encode(column), encode(slug))
}

/// The address of a static page.
#[must_use]
pub fn static_page(slug: &str) -> String {
    format!("/trang/{}", encode(slug))
}

/// The address of a picture in one size, or of an attachment.
#[must_use]
pub fn media(id: &str, name: &str) -> String {
    format!("/tep/{}/{}", encode(id), encode(name))
}

/// The address of a report's latest edition.
#[must_use]
pub fn report(report: &str) -> String {
    format!("/bao-cao/{}", encode(report))
}

/// The address of an edition.
#[must_use]
pub fn edition(report: &str, number: u32) -> String {
    format!("/bao-cao/{}/{number}", encode(report))
}

/// The address of an edition's document in a format.
#[must_use]
pub fn document(report: &str, number: u32, format: &str) -> String {
    format!("/bao-cao/{}/{number}/tep/{}", encode(report), encode(format))
}

/// The address of the scan of an edition's signed copy.
#[must_use]
pub fn signed_copy(report: &str, number: u32, attachment: &str) -> String {
    format!("/bao-cao/{}/{number}/ban-ky/{}", encode(report), encode(attachment))
}

/// The address of a figure.
#[must_use]
pub fn figure(key: &str) -> String {
    format!("/chi-so/{}", encode(key))
}

/// The address of a return.
#[must_use]
pub fn return_page(return_id: &str) -> String {
    format!("/bieu-mau/{}", encode(return_id))
}

/// The address of a unit.
#[must_use]
pub fn unit(unit: &str) -> String {
    format!("/don-vi/{}", encode(unit))
}

/// The address of something that pages are drawn with.
#[must_use]
pub fn asset(name: &str) -> String {
    format!("/giao-dien/{}", encode(name))
}

/// An address with parameters; those without a value are left out.
#[must_use]
pub fn with(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut address = path.to_owned();
    let mut mark = '?';
    for (name, value) in parameters {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = write!(address, "{mark}{name}={}", encode(value));
            mark = '&';
        }
    }
    address
}

/// An address that may have parameters, with more of them.
#[must_use]
pub fn and(address: &str, more: &[(&str, Option<&str>)]) -> String {
    let more = with("", more);
    if address.contains('?') {
        format!("{address}{}", more.replacen('?', "&", 1))
    } else {
        format!("{address}{more}")
    }
}

/// Percent-encodes all but what RFC 3986 leaves unreserved. A lone `.` or `..` would be taken for a
/// folder by whoever resolves the link, encoded or not, so a unit may not be named so.
#[must_use]
pub fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_stays_one_part_of_the_address() {
        assert_eq!(unit("a/b?c#d\"<é"), "/don-vi/a%2Fb%3Fc%23d%22%3C%C3%A9");
    }

    #[test]
    fn parameters_without_a_value_are_left_out() {
        assert_eq!(
            with(FIGURES, &[(PERIOD, Some("nam-1")), (TREE_DAY, None), (LANG, Some("en"))]),
            "/chi-so?ky=nam-1&lang=en"
        );
    }
}
