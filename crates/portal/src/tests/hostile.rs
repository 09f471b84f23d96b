//! Addresses that nobody links to.

use axum::http::{Method, StatusCode};

use super::site::Site;

const HOSTILE: [&str; 12] = [
    "khong-co",
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc%2Fpasswd",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "'%20OR%201=1--",
    "%22%3E%3Cb%3E",
    "%F0%9F%92%A9",
    "a%0D%0ASet-Cookie:%20x=1",
    "99999999999999999999",
    "-1",
    "{{7*7}}",
];

#[tokio::test]
async fn what_is_not_there_is_a_page_with_ways_back() {
    let site = Site::reported().await;
    for hostile in HOSTILE {
        for path in [
            format!("/chi-so/{hostile}"),
            format!("/don-vi/{hostile}"),
            format!("/bieu-mau/{hostile}"),
            format!("/bao-cao/{hostile}"),
            format!("/bao-cao/{hostile}/1"),
            format!("/bao-cao/ket-qua/{hostile}"),
            format!("/bao-cao/ket-qua/1/tep/{hostile}"),
            format!("/bao-cao/ket-qua/1/ban-ky/{hostile}"),
            format!("/{hostile}"),
            format!("/chi-so?don-vi={hostile}"),
        ] {
            let page = site.get(&path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.text().contains("Không tìm thấy trang này"), "{path}: {}", page.text());
            assert!(page.links().iter().any(|l| l == "/"), "{path}");
            assert!(page.headers.contains_key("content-security-policy"), "{path}");
            assert!(!page.body.contains("<script>alert") && !page.body.contains("\"><b>"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_gets_a_plain_sentence() {
    let site = Site::reported().await;
    for (path, said) in [
        ("/cay-don-vi?ngay=hom-qua", "“hom-qua” không phải là một ngày"),
        ("/cay-don-vi?ngay=2021-02-30", "không phải là một ngày"),
        ("/cay-don-vi?ngay=-009999-01-01", "không phải là một ngày"),
        ("/chi-so/radio.bulletins?cay=xoai", "“xoai” không phải là một cây đơn vị"),
        ("/chi-so?ky=nam-9", "nam-9"),
        ("/tinh-hinh?ky=%3Cb%3E", "&#60;b&#62;"),
        ("/?lang=fr", "Không có ngôn ngữ “fr”"),
        ("/?lang=%FF", "ngôn ngữ"),
        ("/chi-so/radio.bulletins?ky=nam-1&don-vi=xa-b&cay=1999-01-01", "Mã"),
    ] {
        let page = site.get(path).await;
        if path.contains("1999") {
            // A day before there was a tree: answered, or refused in words; never a fault.
            assert!(page.status.is_success() || page.status == StatusCode::BAD_REQUEST, "{path}");
            continue;
        }
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}: {}", page.text());
        assert!(page.text().contains(said), "{path}: {}", page.text());
    }
}

#[tokio::test]
async fn the_pages_are_only_read() {
    let site = Site::reported().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let page = site.method(method, "/chi-so").await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(page.text().contains("Trang này chỉ để đọc"));
    }
}

#[tokio::test]
async fn every_answer_wears_its_headers_and_head_works() {
    let site = Site::reported().await;
    for path in ["/", "/chi-so", "/tinh-hinh", "/khong-co", "/cay-don-vi?ngay=x"] {
        let page = site.get(path).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert_eq!(page.headers["vary"], "Cookie");
        let head = site.method(Method::HEAD, path).await;
        assert_eq!((head.status, head.body.as_str()), (page.status, ""), "{path}");
    }
}

#[tokio::test]
async fn the_stylesheet_is_kept_for_good_under_the_name_of_its_content() {
    let site = Site::reported().await;
    let home = site.page("/").await;
    let style = site.page(&home.link(".css")).await;
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
    assert_eq!(style.headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(style.body.contains("prefers-color-scheme: dark"));
    assert!(!style.body.contains("url("), "the stylesheet asks for something else");
    assert_eq!(site.get("/giao-dien/nhip-cau.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_is_plain() {
    let site = Site::empty().await;
    assert_eq!(site.page("/khoe").await.body, "ok");
}

#[tokio::test]
async fn a_fault_of_ours_shows_no_detail() {
    let site = Site::reported().await;
    site.workspace.store().clone().close().await;
    let page = site.get("/").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text().contains("Hệ thống gặp trục trặc"), "{}", page.text());
    for detail in ["pool", "sqlx", "SQL", "error"] {
        assert!(!page.text().contains(detail), "{}", page.text());
    }
}
