//! What stands before the pages: which of them are kept, counted, limited.

use axum::http::{HeaderMap, Method};
use nhipcau_api::ApiState;
use nhipcau_desk::DeskState;
use nhipcau_domain::text;
use nhipcau_messages::{Lang, word};
use nhipcau_portal::{COUNTERS, COUNTERS_EN, PortalState, counted};
use nhipcau_web::{
    front::Front,
    manners::{Kind, Limits, Manners, has_cookie},
    prepared::{Count, Mark},
};

/// A count as a Vietnamese page has it.
fn vietnamese(n: u64) -> String {
    text::number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A count as an English page has it.
fn english(n: u64) -> String {
    text::number_en(i64::try_from(n).unwrap_or(i64::MAX))
}

const COUNTS: [Count; 4] = [Count::Online, Count::Today, Count::Week, Count::All];

const fn mark(text: &'static str, count: Count, write: fn(u64) -> String) -> Mark {
    Mark { text, count, write }
}

static MARKS: [Mark; 8] = [
    mark(COUNTERS[0], COUNTS[0], vietnamese),
    mark(COUNTERS[1], COUNTS[1], vietnamese),
    mark(COUNTERS[2], COUNTS[2], vietnamese),
    mark(COUNTERS[3], COUNTS[3], vietnamese),
    mark(COUNTERS_EN[0], COUNTS[0], english),
    mark(COUNTERS_EN[1], COUNTS[1], english),
    mark(COUNTERS_EN[2], COUNTS[2], english),
    mark(COUNTERS_EN[3], COUNTS[3], english),
];

/// The pages of a workspace, the desk and the API, behind what keeps, counts and limits them.
pub fn front(state: PortalState, desk: DeskState, api: ApiState, memory: usize) -> Front {
    let manners = Manners {
        is_counted,
        is_private,
        limited,
        too_much: |_| ("text/plain; charset=utf-8", word(Lang::Vi, "serve-too-much")),
        marks: &MARKS,
    };
    let pages =
        nhipcau_portal::router(state).merge(nhipcau_desk::router(desk)).merge(nhipcau_api::router(api));
    Front::new(pages, manners, &Limits::default(), memory)
}

/// Pages, whatever their answer; and who reads what robots may read, as that is no person.
fn is_counted(path: &str, html: bool) -> bool {
    (html && counted(path)) || path == "/robots.txt"
}

fn is_private(address: &str, headers: &HeaderMap) -> bool {
    let by_token = |(_, query): (_, &str)| query.split('&').any(|p| p.starts_with("token="));
    address.starts_with("/lam-viec")
        || address.starts_with(nhipcau_api::PATH) && !nhipcau_api::is_public(address)
        || address.split_once('?').is_some_and(by_token)
        || has_cookie(headers, nhipcau_portal::reader::COOKIE_NAME)
}

fn limited(method: &Method, path: &str) -> Option<Kind> {
    match *method {
        Method::GET | Method::HEAD => (path == "/tim-kiem").then_some(Kind::Search),
        _ if brings_files(path) => Some(Kind::Upload),
        // So has the API, by token.
        _ if path.starts_with(nhipcau_api::PATH) => None,
        // The desk has limits of its own, by office: a colleague's typing is saved every few seconds.
        _ if path.starts_with("/lam-viec") => None,
        _ => Some(Kind::Form),
    }
}

/// Whether a form of the desk brings files, or something as large, which cost work to read.
fn brings_files(path: &str) -> bool {
    const FORMS: [&str; 4] =
        ["/lam-viec/tep", "/lam-viec/bai-viet/tu-word", "/lam-viec/chuyen/word", "/lam-viec/chuyen-huong"];
    FORMS.contains(&path)
        || path.starts_with("/lam-viec/") && (path.ends_with("/tai-len") || path.ends_with("/tep"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_reviewer_or_an_office_is_kept() {
        let none = HeaderMap::new();
        assert!(is_private("/ket-qua?token=abc", &none));
        assert!(is_private("/ket-qua?ky=nam-1&token=abc", &none));
        assert!(is_private("/lam-viec/bai-viet", &none));
        assert!(!is_private("/ket-qua?ky=nam-1", &none));
        assert!(is_private("/api/v1/table?period=nam-1", &none));
        assert!(!is_private("/api/v1/public/editions", &none));
        let mut cookie = HeaderMap::new();
        let value = format!("{}=s3cret", nhipcau_portal::reader::COOKIE_NAME);
        cookie.insert("cookie", value.parse().unwrap());
        assert!(is_private("/", &cookie));
    }

    #[test]
    fn searches_and_forms_are_limited_and_reading_is_not() {
        assert_eq!(limited(&Method::GET, "/tim-kiem"), Some(Kind::Search));
        assert_eq!(limited(&Method::POST, "/gop-y"), Some(Kind::Form));
        assert_eq!(limited(&Method::GET, "/tin-tuc"), None);
        assert_eq!(limited(&Method::POST, "/api/v1/acceptances"), None);
        assert_eq!(limited(&Method::POST, "/lam-viec/tep"), Some(Kind::Upload));
        assert_eq!(limited(&Method::POST, "/lam-viec/bao-cao/chi-bo/nam-1/ap-1/tai-len"), Some(Kind::Upload));
        assert_eq!(limited(&Method::POST, "/lam-viec/bai-viet/018f/luu-tam"), None);
    }
}
