//! What stands before the pages: which of them are kept, counted, limited.

use axum::http::{HeaderMap, Method};
use nhipcau_desk::DeskState;
use nhipcau_domain::text;
use nhipcau_messages::{Lang, word};
use nhipcau_portal::{COUNTERS, PortalState, counted};
use nhipcau_web::{
    front::{Front, Kind, Limits, Manners, has_cookie},
    prepared::{Count, Mark},
};

/// A count as it is written in the visit block.
fn written(n: u64) -> String {
    text::number(i64::try_from(n).unwrap_or(i64::MAX))
}

static MARKS: [Mark; 4] = [
    Mark { text: COUNTERS[0], count: Count::Online, write: written },
    Mark { text: COUNTERS[1], count: Count::Today, write: written },
    Mark { text: COUNTERS[2], count: Count::Week, write: written },
    Mark { text: COUNTERS[3], count: Count::All, write: written },
];

/// The pages of a workspace and the editors' desk, behind what keeps, counts and limits them.
pub fn front(state: PortalState, desk: DeskState, memory: usize) -> Front {
    let manners = Manners {
        is_page: counted,
        is_private,
        limited,
        too_much: |_| ("text/plain; charset=utf-8", word(Lang::Vi, "serve-too-much")),
        marks: &MARKS,
    };
    let pages = nhipcau_portal::router(state).merge(nhipcau_desk::router(desk));
    Front::new(pages, manners, &Limits::default(), memory)
}

fn is_private(address: &str, headers: &HeaderMap) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    address.starts_with("/lam-viec")
        || query.split('&').any(|p| p.starts_with("token="))
        || has_cookie(headers, nhipcau_portal::reader::COOKIE_NAME)
}

fn limited(method: &Method, path: &str) -> Option<Kind> {
    match *method {
        Method::GET | Method::HEAD => (path == "/tim-kiem").then_some(Kind::Search),
        // The desk has limits of its own, by office: a colleague's typing is saved every few seconds.
        _ if path.starts_with("/lam-viec") => None,
        _ => Some(Kind::Form),
    }
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
    }
}
