//! The analysis: one table for many questions, within reach, on record; views that are kept and shared.

use std::collections::HashMap;

use axum::http::StatusCode;
use nhipcau_actions::returns::{Mode, submit_all};
use nhipcau_domain::office::Duty;
use nhipcau_testkit::district;

use super::house::{House, Session, on_all, on_branch, on_unit};

const HERE: &str = "/lam-viec/phan-tich";
const YEAR: &str = "/lam-viec/phan-tich?ky=nam-1";

/// A district in which three of five cells have reported, with an auditor of all and a reviewer of a commune.
async fn reported() -> (House, Session, Session) {
    let house = House::in_district().await;
    let d = district();
    let cells = [("a1", 40, 41), ("a2", 37, 39), ("b1", 30, 30)].map(|(unit, n, t)| d.members(unit, n, t));
    let months = [("xa-a", 1, 12), ("xa-a", 2, 3)].map(|(unit, month, n)| d.bulletins(unit, month, n));
    let mode = Mode { accept_by: Some("h".into()), ..Mode::default() };
    submit_all(&house.ws, cells.into_iter().chain(months).collect(), &mode, &HashMap::new()).await.unwrap();
    let auditor = house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let reviewer = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    (house, auditor, reviewer)
}

#[tokio::test]
async fn a_table_shows_lines_that_come_to_the_whole_with_what_it_rests_on() {
    let (house, auditor, _) = reported().await;
    let page = house.get_by(&auditor, YEAR).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    for said in ["Xã An Mẫu", "Toàn Huyện Mẫu", "77/80", "107/110", "3/5 báo cáo", "Số liệu giả lập"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.body.contains("<svg "), "it is drawn");
    // That raw counts were looked at is on record.
    let mut tx = house.ws.store().read().await.unwrap();
    let views = tx.raw_views(10).await.unwrap();
    assert!(views[0].what.starts_with("/lam-viec/phan-tich?hang=don-vi"), "{views:?}");
    assert_eq!(views[0].reviewer, "office:kiem-tra");
}

#[tokio::test]
async fn what_is_drawn_is_what_the_list_says() {
    let (house, auditor, _) = reported().await;
    // Of the periods the last in which anything was given.
    let months = format!("{HERE}?hang=don-vi&cot=ky&so=i.radio.bulletins&lich=thang");
    let page = house.get_by(&auditor, &months).await;
    let (_, list) = page.body.split_once("name=\"ve\"").expect("a list of what may be drawn");
    let list = list.split("</select>").next().unwrap();
    let chosen: Vec<_> = list.split("<option value=\"").filter(|o| o.contains(" selected")).collect();
    assert!(matches!(chosen[..], [one] if one.starts_with("thang-02\"")), "{chosen:?}");
}

#[tokio::test]
async fn a_cell_leads_in_one_click_to_what_it_rests_on() {
    let (house, auditor, reviewer) = reported().await;
    let page = house.get_by(&auditor, YEAR).await;
    let cells = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    let to =
        cells.filter(|href| href.starts_with("/lam-viec/phan-tich/o?")).find(|h| h.contains("o-don-vi=xa-a"));
    let to = to.expect("a cell of a commune").replace("&#38;", "&");
    let told = house.get_by(&auditor, &to).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    for said in ["77/80", "Từ những đơn vị nào (2)", "Còn thiếu (1)", "Chi bộ Trường An", "2/3 báo cáo"]
    {
        assert!(told.text().contains(said), "{said}: {}", told.text());
    }
    assert!(told.body.contains("href=\"/bieu-mau/"), "{}", told.body);
    // A reviewer is led to the room where it is decided.
    let told = house.get_by(&reviewer, &to).await;
    assert!(told.body.contains("/lam-viec/duyet/dang-vien/nam-1/a1"), "{}", told.body);
    let nothing = house.get_by(&auditor, &format!("{HERE}/o?o-so=i.khong-co&o-ky=nam-1")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_way_of_looking_is_a_page_in_both_languages() {
    let (house, auditor, _) = reported().await;
    for query in [
        "hang=don-vi&cot=ky&so=i.radio.bulletins&lich=thang",
        "hang=ky&cot=chi-tieu&lich=thang&bieu=phat-thanh",
        "hang=ky&cot=don-vi&so=e.members.total",
        "hang=chi-tieu&cot=ky&lich=thang&nam-truoc=1",
        "hang=chi-tieu&cot=don-vi&ky=nam-1&cap=tung-don-vi",
        "cap=chi-bo&cay=hien-nay&ve=i.radio.bulletins",
        "cay=2022-06-30&trang=9",
        "hang=x&cot=y&so=z&cay=mai&trang=-1",
        "cay-ngay=1990-01-01",
    ] {
        for lang in ["vi", "en"] {
            let page = house.get_by_in(&auditor, &format!("{HERE}?{query}"), lang).await;
            assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.text());
            assert_eq!(page.body.matches("<h1").count(), 1);
        }
    }
    let unknown = house.get_by(&auditor, &format!("{HERE}?ky=khong-co")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_has_what_the_page_shows_and_no_formula() {
    let (house, auditor, reviewer) = reported().await;
    let csv = house.get_by(&auditor, &format!("{HERE}.csv?ky=nam-1&cap=tung-don-vi&bieu=dang-vien")).await;
    assert_eq!(csv.status, StatusCode::OK);
    let line =
        |name: &str| csv.body.lines().find(|l| l.starts_with(name)).map(str::to_owned).unwrap_or_default();
    assert_eq!(line("Chi bộ ấp An 1"), "Chi bộ ấp An 1,41,1/1 báo cáo,40,1/1 báo cáo", "{}", csv.body);
    assert_eq!(line("Chi bộ Trường An"), "Chi bộ Trường An,—,0/1 báo cáo,—,0/1 báo cáo", "{}", csv.body);
    assert_eq!(line("Toàn"), "Toàn Huyện Mẫu,110,3/5 báo cáo,107,3/5 báo cáo", "{}", csv.body);
    let less = house.get_by(&reviewer, &format!("{HERE}.csv?ky=nam-1&cap=tung-don-vi&nhanh=h")).await;
    assert!(less.body.contains("An 1") && !less.body.contains("Bình 1"), "{}", less.body);
    let xlsx = house.get_by(&auditor, &format!("{HERE}.xlsx?ky=nam-1")).await;
    assert!(xlsx.status == StatusCode::OK && xlsx.body.starts_with("PK"));
    let name = xlsx.headers["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains("phan-tich-h.xlsx"), "{name}");
}

#[tokio::test]
async fn a_view_that_is_shared_opens_within_the_rights_of_whoever_opens_it() {
    let (house, auditor, reviewer) = reported().await;
    let kept = [
        ("ten", "Từng chi bộ <cả huyện>"),
        ("cau-hoi", "hang=don-vi&cot=chi-tieu&nhanh=h&ky=nam-1&cap=tung-don-vi"),
    ];
    let saved = house.post_by(&auditor, &format!("{HERE}/luu"), &kept).await;
    assert_eq!(saved.location(), "/lam-viec/phan-tich/da-luu?xong=view-saved", "{}", saved.text());
    let list = house.get_by(&auditor, saved.location()).await;
    let (_, rest) = list.body.split_once("/lam-viec/phan-tich/xem/").expect("its link");
    let link = format!("{HERE}/xem/{}", rest.split('"').next().unwrap());
    let whole = house.get_by(&auditor, &link).await;
    assert!(whole.text().contains("Chi bộ ấp Bình 1"), "{}", whole.text());
    assert!(whole.text().contains("Anh kiem-tra (kiem-tra) lưu lúc"), "{}", whole.text());
    // Someone of one commune opens the same link.
    let less = house.get_by(&reviewer, &link).await;
    assert_eq!(less.status, StatusCode::OK, "{}", less.text());
    assert!(less.text().contains("Chi bộ ấp An 1") && !less.text().contains("Bình 1"), "{}", less.text());
    assert!(less.text().contains("3 đơn vị nằm ngoài phạm vi"), "{}", less.text());
    // A cell's own office sees itself; nobody is led to sign in, and then there.
    let cell = house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let own = house.get_by(&cell, &link).await;
    assert!(own.text().contains("An 1") && !own.text().contains("An 2"), "{}", own.text());
    let nobody = house.get(None, &link).await;
    assert_eq!(nobody.location(), format!("/lam-viec/dang-nhap?tiep={link}"));
}

#[tokio::test]
async fn a_view_is_renamed_and_removed_by_its_office_alone() {
    let (house, auditor, reviewer) = reported().await;
    let refused =
        house.post_by(&auditor, &format!("{HERE}/luu"), &[("ten", " "), ("cau-hoi", "cot=ky")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("cot=ky"), "what was asked for is not lost");
    house.post_by(&auditor, &format!("{HERE}/luu"), &[("ten", "Một"), ("cau-hoi", "cot=ky")]).await;
    let list = house.get_by(&auditor, &format!("{HERE}/da-luu")).await;
    let (_, rest) = list.body.split_once("/lam-viec/phan-tich/xem/").expect("its link");
    let id = rest.split('"').next().unwrap().to_owned();
    let (link, field) = (format!("{HERE}/xem/{id}"), format!("ten-{id}"));
    let others = house.post_by(&reviewer, &link, &[("viec", "delete")]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let renamed = house.post_by(&auditor, &link, &[("viec", "rename"), (&field, "Hai")]).await;
    assert_eq!(renamed.location(), "/lam-viec/phan-tich/da-luu?xong=view-renamed", "{}", renamed.text());
    let empty = house.post_by(&auditor, &link, &[("viec", "rename"), (&field, "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(house.get_by(&auditor, &link).await.body.contains("<h1>Hai</h1>"));
    house.post_by(&auditor, &link, &[("viec", "delete")]).await;
    assert_eq!(house.get_by(&auditor, &link).await.status, StatusCode::NOT_FOUND);
}
