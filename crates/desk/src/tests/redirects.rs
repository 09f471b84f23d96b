//! Whatever is asked for, nobody is led from the desk to another site.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_domain::office::Role;

use super::house::{House, form};

/// What browsers take for another site's address, or may, in one way of writing or another.
const ELSEWHERE: [&str; 27] = [
    "https://xau.example",
    "//xau.example",
    "///xau.example",
    "/\\xau.example",
    "\\\\xau.example",
    "/lam-viec//xau.example",
    "/lam-viec/..//xau.example",
    "/lam-viec/../../xau.example",
    "/lam-viec/%2e%2e//xau.example",
    "/lam-viec/..%2f%2fxau.example",
    "%2F%2Fxau.example",
    "%2f%5cxau.example",
    "/lam-viec/%09/xau.example",
    "/%09/xau.example",
    "/lam-viec%0d%0aset-cookie:%20a=b",
    "/lam-viec/%0d%0alocation:%20//xau.example",
    "/lam-viec@xau.example",
    "/lam-viec.xau.example",
    ".xau.example",
    "javascript:alert(1)",
    "/lam-viec/javascript:alert(1)",
    "data:text/html,x",
    "/lam-viec/?a=//xau.example",
    "/lam-viec/ //xau.example",
    "/gop-y",
    "/",
    "",
];

#[tokio::test]
async fn where_signing_in_leads_is_on_this_site_whatever_is_asked() {
    let house = House::new().await;
    for asked in ELSEWHERE {
        // Only what can stand in an address at all.
        let Ok(request) = Request::get(format!("/lam-viec/dang-nhap?tiep={asked}")).body(Body::empty())
        else {
            continue;
        };
        let page = house.ask(request).await;
        assert!(page.body.contains("name=\"tiep\" value=\"/lam-viec\""), "{asked}: {}", page.body);
        assert!(!page.body.contains("xau.example"), "{asked}");
        let path = format!("/lam-viec/dang-nhap?tiep={asked}");
        if path.bytes().any(|b| b == b' ' || b == b'\\') {
            continue;
        }
        // Whoever is in already is led on at once.
        let led = house.get(Some(Role::Administrator), &path).await;
        assert_eq!((led.status, led.location()), (StatusCode::SEE_OTHER, "/lam-viec"), "{asked}");
        let proof = house.get(Some(Role::Administrator), &path.replace("dang-nhap", "xac-nhan")).await;
        assert!(proof.body.contains("name=\"tiep\" value=\"/lam-viec\""), "{asked}");
    }
    for (n, asked) in ELSEWHERE.into_iter().enumerate() {
        // Another name each time: nobody is to wait.
        let name = format!("khong-ai-{n}");
        let typed = [("tiep", asked), ("name", &*name), ("password", "x")];
        let page = house.ask(form("/lam-viec/dang-nhap", None, Some("same-origin"), &typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        assert!(page.body.contains("name=\"tiep\" value=\"/lam-viec\""), "{asked}: {}", page.body);
        assert!(!page.body.contains("xau.example"), "{asked}");
    }
    // A page of the desk is gone on to.
    let led = house.get(Some(Role::Writer), "/lam-viec/dang-nhap?tiep=/lam-viec/bai-viet").await;
    assert_eq!(led.location(), "/lam-viec/bai-viet");
}

#[tokio::test]
async fn an_address_that_looks_like_another_sites_is_only_a_path() {
    let house = House::new().await;
    for path in ["/lam-viec//xau.example", "/lam-viec/https://xau.example", "/lam-viec/%5c%5cxau.example"] {
        for role in [None, Some(Role::Administrator)] {
            let answer = house.get(role, path).await;
            let location = answer.location();
            assert!(location.is_empty() || location.starts_with("/lam-viec"), "{path}: {location}");
        }
    }
}
