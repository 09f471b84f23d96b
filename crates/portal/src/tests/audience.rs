//! What the public sees of counts of people, and how a reviewer is let in.

use axum::http::{Method, StatusCode};

use super::site::Site;

/// The small cell's numbers: three of its members are not registered.
const SECRET: [&str; 4] = ["2.031", "2.034", "2031", "2034"];

async fn return_of(site: &Site, unit: &str) -> String {
    let mut tx = site.workspace.store().read().await.unwrap();
    format!("/bieu-mau/{}", tx.returns_of_unit(&unit.into()).await.unwrap()[0].id)
}

#[tokio::test]
async fn no_public_page_gives_a_small_count_away() {
    let site = Site::reported().await;
    site.freeze().await;
    let returned = return_of(&site, "a3").await;
    for path in [
        "/",
        "/?lang=km",
        "/ket-qua",
        "/so-do",
        "/feed.json",
        "/rss.xml",
        "/sitemap.xml",
        "/bao-cao",
        "/bao-cao/ket-qua",
        "/chi-so?ky=nam-1",
        "/chi-so?ky=nam-1&don-vi=a3",
        "/chi-so?ky=nam-1&don-vi=xa-a",
        "/chi-so/members.registered?ky=nam-1",
        "/chi-so/members.registered?ky=nam-1&don-vi=a3",
        "/chi-so/members.registered?ky=nam-1&don-vi=xa-a",
        "/chi-so/members.registered?ky=nam-1&cay=hien-nay",
        "/chi-so/members.registered?ky=nam-1&cay=hien-nay&don-vi=xa-a",
        "/chi-so/members.registered?ky=nam-1&cay=2024-08-01&lang=en",
        "/don-vi/a3?ky=nam-1",
        "/don-vi/xa-a?ky=nam-1",
        "/tinh-hinh?ky=nam-1",
        &returned,
    ] {
        let page = site.page(path).await;
        for secret in SECRET {
            assert!(!page.body.contains(secret), "{path} shows {secret}");
        }
        assert!(page.headers.get("set-cookie").is_none(), "{path} sets a cookie");
    }
    let figure = site.page("/chi-so/members.registered?ky=nam-1").await;
    assert!(figure.body.contains("class=\"withheld\""));
    assert!(figure.text().contains("được bảo vệ: số nhỏ"));
}

#[tokio::test]
async fn what_is_withheld_cannot_be_had_as_a_difference_on_the_page() {
    let site = Site::reported().await;
    let figure = site.page("/chi-so/members.registered?ky=nam-1").await.text();
    let cells = ["1.030/1.060", "1.341/1.377", "2.031/2.034", "4.402/4.471", "1.128/1.159"];
    let shown: Vec<&str> = cells.into_iter().filter(|c| figure.contains(c)).collect();
    // The scope's total is shown; of the commune with the small cell at most one other cell is.
    assert!(figure.contains("5.530/5.630"), "{figure}");
    assert!(
        shown.iter().filter(|c| cells[..2].contains(c)).count() < 2 || !shown.contains(&"4.402/4.471"),
        "{shown:?}"
    );
}

#[tokio::test]
async fn under_another_tree_the_public_sees_totals_only() {
    let site = Site::reported().await;
    let text = site.page("/chi-so/members.registered?ky=nam-1&cay=hien-nay").await.text();
    assert!(text.contains("5.530/5.630") && text.contains("chỉ cho xem tổng số"), "{text}");
    assert!(!text.contains("xem báo cáo"), "{text}");
    // What does not count people is shown under any tree.
    let radio = site.page("/chi-so/radio.bulletins?ky=nam-1&cay=hien-nay").await.text();
    assert!(radio.contains("Xã An Mẫu 5"), "{radio}");
}

#[tokio::test]
async fn a_month_s_counts_of_people_are_not_published_beside_the_year_s() {
    let mut district = nhipcau_testkit::district();
    for element in &mut district.definitions.elements {
        if element.id.as_str() == "radio.bulletins" {
            element.measure = "people".into();
        }
    }
    district.definitions.indicators[1].measure = "people".into();
    let site = Site::of(district).await;
    site.send(vec![site.district.bulletins("xa-a", 1, 1_717), site.district.bulletins("xa-a", 2, 1_818)], "")
        .await;
    let month = site.page("/chi-so/radio.bulletins?ky=thang-01").await;
    assert!(!month.body.contains("1.717"));
    let returned = site.page(&return_of(&site, "xa-a").await).await;
    assert!(!returned.body.contains("1.717"));
    let cookie = site.reviewer().await;
    assert!(site.with_cookie("/chi-so/radio.bulletins?ky=thang-01", &cookie).await.body.contains("1.717"));
}

#[tokio::test]
async fn a_reason_that_nobody_has_read_is_for_reviewers() {
    let site = Site::reported().await;
    site.send(vec![site.district.members("a3", 2_030, 2_034)], "Ghi nhầm 2031 thay vì 2030").await;
    let path = return_of(&site, "a3").await;
    let page = site.page(&path).await;
    assert!(!page.body.contains("Ghi nhầm") && !page.body.contains("2.03"), "{}", page.text());
    let raw = site.with_cookie(&path, &site.reviewer().await).await.text();
    assert!(
        raw.contains("Ghi nhầm 2031 thay vì 2030") && raw.contains("Đảng viên đã đăng ký 2.031 2.030"),
        "{raw}"
    );
}

#[tokio::test]
async fn a_token_opens_one_session_and_shows_raw_counts_at_once() {
    let site = Site::reported().await;
    let token = site.token().await;
    let path = format!("/chi-so/members.registered?ky=nam-1&token={token}");
    let first = site.page(&path).await;
    assert!(
        first.text().contains("2.031/2.034") && first.text().contains("Chế độ thẩm định"),
        "{}",
        first.text()
    );
    assert_eq!(first.headers["cache-control"], "private, no-store");
    let set = first.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/"), "{set}");
    assert!(!first.body.contains(&token), "the token stands on the page");

    let cookie = first.cookie().unwrap();
    let later = site.with_cookie("/chi-so/members.registered?ky=nam-1", &cookie).await;
    assert!(later.body.contains("2.031/2.034") && later.headers.get("set-cookie").is_none());
    // A reload of the first address is the same session.
    assert_eq!(site.with_cookie(&path, &cookie).await.status, StatusCode::OK);

    let again = site.get(&path).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.text().contains("Mã thẩm định này đã được dùng"), "{}", again.text());
    assert!(again.cookie().is_none() && !again.body.contains("2.031"));
}

#[tokio::test]
async fn a_link_preview_does_not_spend_a_token() {
    let site = Site::reported().await;
    let path = format!("/?token={}", site.token().await);
    let preview = site.method(Method::HEAD, &path).await;
    assert!(preview.cookie().is_none());
    assert!(site.get(&path).await.cookie().is_some());
}

#[tokio::test]
async fn each_raw_page_is_on_record_and_no_public_one() {
    let site = Site::reported().await;
    site.page("/chi-so/members.registered?ky=nam-1").await;
    let cookie = site.reviewer().await;
    site.with_cookie("/don-vi/a3?ky=nam-1&lang=en", &cookie).await;
    site.with_cookie("/khong-co", &cookie).await;
    let mut tx = site.workspace.store().read().await.unwrap();
    let seen: Vec<String> = tx.raw_views(10).await.unwrap().into_iter().map(|v| v.what).collect();
    assert_eq!(seen, ["/don-vi/a3?ky=nam-1", "/"]);
}

#[tokio::test]
async fn a_made_up_session_is_the_public() {
    let site = Site::reported().await;
    let page =
        site.with_cookie("/chi-so/members.registered?ky=nam-1", "nhip-cau-tham-dinh=session-0; a=b").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("2.031"));
}
