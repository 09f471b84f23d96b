//! Nobody reads or changes anything without a session, nor from another site, nor without the token.

use std::{fs, path::Path};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_actions::press;
use nhipcau_domain::office::Role;
use nhipcau_store::site::DeskFilter;

use super::house::{House, acting, form, secret};

/// The pages by which one gets in, and what is shown to whoever has a link.
const OPEN: [&str; 19] = [
    "/lam-viec/sw.js",
    "/lam-viec/",
    "/lam-viec/ngon-ngu",
    "/lam-viec/dang-nhap",
    "/lam-viec/dang-nhap/ma",
    "/lam-viec/dang-nhap/pin",
    "/lam-viec/dang-nhap/khoa",
    "/lam-viec/dang-nhap/khoa/hoi",
    "/lam-viec/dang-nhap/lien-thong",
    "/lam-viec/dang-nhap/lien-thong/ve",
    "/lam-viec/phieu/{token}/khoa",
    "/lam-viec/thiet-lap/{token}/khoa",
    "/lam-viec/phieu",
    "/lam-viec/phieu/{token}",
    "/lam-viec/thiet-lap/{token}",
    "/lam-viec/{*rest}",
    "/lam-viec/giao-dien/{name}",
    "/xem-truoc/{token}",
    "/xem-truoc/{token}/tep/{id}/{name}",
];

/// Every address of the desk with a method, with something in the place of its parameters. Read from the
/// sources, so that a new page is in it without being named here.
pub fn addresses(method: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for source in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let bare: String = source.split_whitespace().collect();
        for rest in bare.split(".route(").skip(1) {
            let call = inside(rest);
            let written = call.strip_prefix('"').and_then(|call| call.split_once("\","));
            let (path, to) = written.unwrap_or_else(|| panic!("an address that is not written out: {call}"));
            let taken = to.split(['.', ':', '(']).any(|call| call == method);
            if taken {
                found.push((path.to_owned(), filled(path)));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "{method}: only {found:?}");
    found
}

/// What stands before the bracket that closes a call.
fn inside(rest: &str) -> &str {
    let mut open = 1;
    let end = rest.find(|c| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        "{number}" => "1",
        "{name}" => "x.webp",
        "{token}" => "00112233445566778899aabbccddeeff",
        "{id}" => "018f0000-0000-7000-8000-000000000001",
        "{holder}" => "018f0000-0000-7000-8000-000000000002",
        other if other.starts_with('{') => "khong-co",
        other => other,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The sources, without tests.
fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn every_page_leads_whoever_is_not_signed_in_to_the_door() {
    let house = House::new().await;
    for (route, path) in addresses("get").into_iter().filter(|(r, _)| !OPEN.contains(&r.as_str())) {
        let answer = house.get(None, &path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{route}");
        assert!(answer.location().starts_with("/lam-viec/dang-nhap"), "{route}: {}", answer.location());
        let forged = Request::get(&path).header("cookie", "nhipcau=khong-phai").body(Body::empty()).unwrap();
        assert_eq!(house.ask(forged).await.status, StatusCode::SEE_OTHER, "{route}");
    }
}

#[tokio::test]
async fn what_open_pages_say_to_a_stranger_is_nothing_of_the_desk() {
    let house = House::new().await;
    house.article("Bài chưa đăng", &[]).await;
    for (route, path) in addresses("get").into_iter().filter(|(r, _)| OPEN.contains(&r.as_str())) {
        let answer = house.get(None, &path).await;
        assert!(!answer.status.is_server_error(), "{route}");
        assert!(!answer.body.contains("Bài chưa đăng"), "{route}");
    }
}

#[tokio::test]
async fn no_form_is_taken_without_session_token_or_from_another_site() {
    let house = House::new().await;
    let before = house.ws.store().change_peek().await.unwrap();
    let administrator = Some(Role::Administrator);
    for (route, path) in addresses("post") {
        let elsewhere = [Some("cross-site"), Some("same-site"), Some("none"), None];
        for from in elsewhere {
            let answer = house.ask(form(&path, administrator, from, &[("title", "x")])).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{route} from {from:?}");
        }
        if OPEN.contains(&route.as_str()) {
            continue;
        }
        for fields in [&[][..], &[("csrf", "")], &[("csrf", "0011")]] {
            let answer = house.ask(form(&path, administrator, Some("same-origin"), fields)).await;
            assert!(answer.status.is_client_error(), "{route} with {fields:?}: {}", answer.status);
            let answer = house.ask(form(&path, None, Some("same-origin"), fields)).await;
            assert!(
                answer.status.is_client_error() || answer.location().starts_with("/lam-viec/dang-nhap"),
                "{route} without a session: {}",
                answer.status
            );
        }
    }
    assert_eq!(house.ws.store().change_peek().await.unwrap(), before);
    let (all, office) = (DeskFilter::default(), acting(Role::Administrator));
    assert_eq!(press::desk_find(&house.ws, &office, &all, "", 1).await.unwrap().articles, []);
}

#[tokio::test]
async fn an_origin_is_as_good_as_what_new_browsers_say_and_another_origin_is_not() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let post = |origin: &str| {
        let mut request = form(
            &format!("/lam-viec/bai-viet/{}/mo-khoa", article.id),
            Some(Role::Writer),
            None,
            &[("csrf", &crate::visitor::csrf(&secret(Role::Writer)))],
        );
        request.headers_mut().insert("host", "caungang.example".parse().unwrap());
        request.headers_mut().insert("origin", origin.parse().unwrap());
        request
    };
    assert_eq!(house.ask(post("https://caungang.example")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.ask(post("https://khac.example")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.ask(post("null")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_wears_the_headers_and_none_is_kept() {
    let house = House::new().await;
    for (route, path) in addresses("get") {
        for role in [None, Some(Role::Administrator)] {
            let answer = house.get(role, &path).await;
            let header = |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
            assert!(header("content-security-policy").starts_with("default-src 'none'"), "{route}");
            assert!(!header("content-security-policy").contains("unsafe"), "{route}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{route}");
            assert_eq!(header("x-frame-options"), "DENY", "{route}");
            if route == "/lam-viec/sw.js" {
                // The same for everyone, and asked for anew each time.
                assert_eq!(header("cache-control"), "no-cache");
            } else if answer.status != StatusCode::OK || !route.starts_with("/lam-viec/giao-dien") {
                assert_eq!(header("cache-control"), "private, no-store", "{route}");
            }
        }
    }
}
