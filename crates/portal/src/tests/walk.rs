//! Two clicks from any number, and every other way through the pages.

use std::collections::{BTreeSet, VecDeque};

use nhipcau_actions::review::extend_deadline;
use nhipcau_domain::Date;

use super::site::Site;

#[tokio::test]
async fn from_the_report_a_number_is_two_clicks_from_the_return_that_it_was_read_from() {
    let site = Site::reported().await;
    site.freeze().await;
    let report = site.page("/bao-cao/ket-qua").await;
    let figure = site.page(&report.link("/chi-so/members.registered")).await;
    assert!(figure.text().contains("Tỷ lệ đảng viên đăng ký"));
    let mut returns = Vec::new();
    for link in figure.links().iter().filter(|l| l.contains("/bieu-mau/")) {
        let returned = site.page(link).await;
        assert!(returned.text().contains("Biểu mẫu dang-vien"), "{}", returned.text());
        returns.push(returned.text());
    }
    assert_eq!(returns.len(), 4, "a return for each unit that reported");
    assert!(
        returns
            .iter()
            .any(|r| r.contains("Tổng số đảng viên 1.159") && r.contains("Đảng viên đã đăng ký 1.128"))
    );
}

#[tokio::test]
async fn the_page_of_a_figure_says_of_whom_from_whom_and_who_is_missing() {
    let site = Site::reported().await;
    let text = site.page("/chi-so/members.registered?ky=nam-1").await.text();
    for said in [
        "Huyện Mẫu",
        "Năm 2022 (từ 01/01/2022 đến 31/12/2022)",
        "5.530/5.630",
        "Xã Bình Mẫu 1.128/1.159 · 97,3%",
        "4/5 báo cáo đã duyệt, còn thiếu 1",
        "Chi bộ ấp Bình 2 Xã Bình Mẫu chưa gửi",
        "Đo được. Cộng từ báo cáo đã duyệt",
        "như ngày 31/12/2022.",
    ] {
        assert!(text.contains(said), "no «{said}» in: {text}");
    }
}

#[tokio::test]
async fn a_figure_of_months_links_to_each_month() {
    let site = Site::reported().await;
    let text = site.page("/chi-so/radio.bulletins?ky=nam-1").await.text();
    assert!(text.contains("Xã An Mẫu 5 Tháng 1 năm 2022 : Xã An Mẫu Tháng 2 năm 2022 : Xã An Mẫu"), "{text}");
}

#[tokio::test]
async fn a_correction_is_told_with_office_time_and_reason() {
    let site = Site::reported().await;
    let d = &site.district;
    site.send(vec![d.bulletins("xa-a", 1, 4)], "Đếm sót bản tin cuối tháng").await;
    let figure = site.page("/chi-so/radio.bulletins?ky=nam-1").await;
    let text = figure.text();
    // Nobody has looked through a reason for what may not be public.
    assert!(!text.contains("Đếm sót bản tin cuối tháng"), "{text}");
    assert!(text.contains("Bản tin đã phát 2 4"), "{text}");
    let path = format!("/chi-so/radio.bulletins?ky=nam-1&token={}", site.token().await);
    let told = site.page(&path).await.text();
    assert!(told.contains("Lý do: Đếm sót bản tin cuối tháng"), "{told}");
    let returned = site.page(&figure.link("/bieu-mau/")).await.text();
    assert!(returned.contains("Gửi bản điều chỉnh (lần 2)"), "{returned}");
    assert!(returned.contains("Số liệu đã duyệt (lần gửi số 2)"), "{returned}");
}

#[tokio::test]
async fn links_carry_period_tree_and_language_on() {
    let site = Site::reported().await;
    let page = site.page("/chi-so/radio.bulletins?ky=nam-1&cay=hien-nay&lang=en").await;
    let link = page.link("/bieu-mau/");
    assert!(link.ends_with("?ky=nam-1&cay=hien-nay&lang=en"), "{link}");
    assert!(page.body.contains("<html lang=\"en\">"));
    assert!(page.text().contains("Who is missing"));
}

#[tokio::test]
async fn a_unit_that_was_merged_says_what_it_became_and_the_other_what_it_took_in() {
    let site = Site::reported().await;
    let gone = site.page("/don-vi/xa-b").await;
    assert!(
        gone.text().contains("Đơn vị này kết thúc ngày 01/7/2024 và trở thành: Xã An Mẫu"),
        "{}",
        gone.text()
    );
    let heir = site.page(&gone.link("/don-vi/xa-a")).await;
    assert!(heir.text().contains("Tiếp nhận Xã Bình Mẫu"), "{}", heir.text());
}

#[tokio::test]
async fn a_unit_has_no_figure_whose_name_is_about_the_whole_district() {
    let mut district = nhipcau_testkit::district();
    let mut straight = district.definitions.indicators[1].clone();
    (straight.id, straight.name) = ("radio.straight".into(), "Bản tin của xã trực thuộc huyện".to_owned());
    straight.filter.direct = Some(true);
    district.definitions.indicators.push(straight);
    let site = Site::of(district).await;
    site.send(vec![site.district.bulletins("xa-a", 1, 2)], "").await;
    let said = "Bản tin của xã trực thuộc huyện";
    assert!(site.page("/don-vi/h?ky=nam-1").await.text().contains(said));
    assert!(!site.page("/don-vi/xa-a?ky=nam-1").await.text().contains(said));
}

#[tokio::test]
async fn the_tree_can_be_seen_on_any_day() {
    let site = Site::reported().await;
    let then = site.page("/cay-don-vi?ngay=2022-06-01").await.text();
    assert!(then.contains("8 đơn vị hoạt động vào ngày 01/6/2022"), "{then}");
    assert!(then.contains("Xã Bình Mẫu"));
    let now = site.page("/cay-don-vi").await.text();
    assert!(now.contains("7 đơn vị hoạt động") && !now.contains("Xã Bình Mẫu"), "{now}");
    let before = site.page("/cay-don-vi?ngay=1999-01-01").await.text();
    assert!(before.contains("chưa có đơn vị nào"), "{before}");
}

#[tokio::test]
async fn who_has_reported_is_said_by_form_and_committee() {
    let site = Site::reported().await;
    let text = site.page("/tinh-hinh?ky=nam-1").await.text();
    assert!(text.contains("Xã Bình Mẫu 2 1 1 0 1"), "{text}");
    assert!(text.contains("Tổng cộng 5 4 4 0 1"), "{text}");
    assert!(text.contains("Chưa có báo cáo được duyệt (1) Chi bộ ấp Bình 2"), "{text}");
}

#[tokio::test]
async fn a_later_deadline_stands_beside_who_is_missing() {
    let site = Site::reported().await;
    let due = async || {
        let text = site.page("/tinh-hinh?ky=nam-1").await.text();
        let at = text.find("Chi bộ ấp Bình 2").expect("is missing");
        text[at..]
            .split("hạn ")
            .nth(1)
            .expect("has a deadline")
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let before = due().await;
    let until = Date::new(2023, 3, 1).unwrap();
    let (form, period) = ("dang-vien".into(), "nam-1".into());
    extend_deadline(&site.workspace, &"h".into(), &form, &period, &"xa-b".into(), until, "Mưa bão")
        .await
        .expect("extends");
    assert_ne!(before, "01/3/2023");
    assert_eq!(due().await, "01/3/2023", "granted to the commune, so to its cells");
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = Site::reported().await;
    site.freeze().await;
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from(["/".to_owned()]);
    while let Some(path) = open.pop_front() {
        let path = path.split('#').next().unwrap().to_owned();
        // Absolute addresses are the page's own, for search engines; reading aids are the same pages in another dress.
        let dressed = ["co=", "tuong-phan=", "gian=", "nen="].iter().any(|aid| path.contains(aid));
        if path.is_empty() || path.starts_with("http") || dressed || !seen.insert(path.clone()) {
            continue;
        }
        let page = site.page(&path).await;
        open.extend(page.links());
    }
    for expected in [
        "/tinh-hinh",
        "/cay-don-vi",
        "/bieu-mau/",
        "/don-vi/b2",
        "/bao-cao/ket-qua/1/tep/pdf",
        "lang=en",
        "cay=hien-nay",
    ] {
        assert!(seen.iter().any(|p| p.contains(expected)), "nothing links to {expected}");
    }
}

#[tokio::test]
async fn before_anything_is_reported_the_pages_say_so() {
    let site = Site::empty().await;
    assert!(site.page("/").await.text().contains("chưa có bài nào"));
    let home = site.page("/ket-qua").await.text();
    assert!(home.contains("chưa có số liệu"), "{home}");
    let figure = site.page("/chi-so/members.registered").await.text();
    assert!(figure.contains("Chưa có không có nghĩa là bằng không"), "{figure}");
    assert!(site.page("/bao-cao").await.text().contains("Chưa có báo cáo nào được chốt"));
}
