//! The reviewer's rooms: the queue, one return, who is missing, the wide table; within reach, on record.

use std::collections::HashMap;

use axum::http::StatusCode;
use nhipcau_actions::returns::{Mode, submit_all};
use nhipcau_domain::{
    office::Duty,
    returns::{ReturnKey, Status, Submission},
};
use nhipcau_testkit::district;

use super::house::{House, Session, on_all, on_branch, on_unit};

const A1: &str = "/lam-viec/duyet/dang-vien/nam-1/a1";
const B1: &str = "/lam-viec/duyet/dang-vien/nam-1/b1";
const YEARLY: &str = "bieu=dang-vien&ky=nam-1";

async fn send(house: &House, submissions: Vec<Submission>, reason: &str) {
    let mode = Mode { reason: reason.to_owned(), ..Mode::default() };
    submit_all(&house.ws, submissions, &mode, &HashMap::new()).await.unwrap();
}

/// A district in which four cells have reported, with a reviewer of the first commune.
async fn reported() -> (House, Session) {
    let house = House::in_district().await;
    let d = district();
    send(&house, ["a1", "a2", "b1", "b2"].map(|unit| d.members(unit, 9, 10)).to_vec(), "").await;
    let reviewer = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    (house, reviewer)
}

async fn status(house: &House, unit: &str) -> Status {
    let key = ReturnKey { unit: unit.into(), data_set: "dang-vien".into(), period: "nam-1".into() };
    let mut tx = house.ws.store().read().await.unwrap();
    tx.returns(std::slice::from_ref(&key))
        .await
        .unwrap()
        .get(&key)
        .map_or(Status::Expected, |r| r.state.status)
}

#[tokio::test]
async fn the_queue_holds_what_is_in_reach_and_what_is_ticked_is_accepted() {
    let (house, reviewer) = reported().await;
    let page = house.get_by(&reviewer, &format!("/lam-viec/duyet?{YEARLY}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.body.contains(A1) && !page.body.contains(B1), "{}", page.text());
    assert!(page.text().contains("Phải báo cáo: 3. Đã duyệt: 0; chờ duyệt: 2"), "{}", page.text());
    let ticked = [("chon", "1|dang-vien|nam-1|a1"), ("chon", "1|dang-vien|nam-1|a2")];
    let sent = house.post_by(&reviewer, &format!("/lam-viec/duyet?{YEARLY}"), &ticked).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = house.get_by(&reviewer, sent.location()).await;
    assert!(page.text().contains("Đã duyệt: 2; chờ duyệt: 0"), "{}", page.text());
    assert!(page.text().contains("Đã duyệt."), "{}", page.text());
    assert_eq!(status(&house, "a2").await, Status::Accepted);
}

#[tokio::test]
async fn what_changed_since_the_page_was_shown_is_not_accepted_but_told() {
    let (house, reviewer) = reported().await;
    send(&house, vec![district().members("a1", 8, 10)], "").await;
    let ticked = [("chon", "1|dang-vien|nam-1|a1"), ("chon", "1|dang-vien|nam-1|a2")];
    let sent = house.post_by(&reviewer, "/lam-viec/duyet", &ticked).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.text().contains("Chi bộ ấp An 1: đơn vị vừa gửi lần 2"), "{}", sent.text());
    assert!(sent.text().contains("Đã duyệt 1 báo cáo; còn 1"), "{}", sent.text());
    assert_eq!(
        (status(&house, "a1").await, status(&house, "a2").await),
        (Status::Submitted, Status::Accepted)
    );
    let sent = house.post_by(&reviewer, A1, &[("viec", "accept"), ("lan", "1")]).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    let sent = house.post_by(&reviewer, A1, &[("viec", "accept"), ("lan", "2")]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, &*format!("{A1}?xong=accepted")));
    assert_eq!(status(&house, "a1").await, Status::Accepted);
}

#[tokio::test]
async fn a_return_goes_back_with_a_reason_and_nothing_typed_is_lost_where_it_cannot() {
    let (house, reviewer) = reported().await;
    send(&house, vec![district().members("a1", 8, 10)], "").await;
    let typed = [("viec", "send-back"), ("lan", "1"), ("ly-do", "Đếm <lại>"), ("hoi", "members.total")];
    let sent = house.post_by(&reviewer, A1, &typed).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.body.contains("Đếm &#60;lại&#62;") && sent.body.contains("value=\"members.total\" checked"));
    let typed = [("viec", "send-back"), ("lan", "2"), ("ly-do", "Đếm lại"), ("hoi", "members.total")];
    let sent = house.post_by(&reviewer, A1, &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = house.get_by(&reviewer, A1).await;
    assert!(
        page.text().contains("Chỉ tiêu cần xem lại: Tổng số đảng viên (members.total)"),
        "{}",
        page.text()
    );
    assert_eq!(status(&house, "a1").await, Status::Returned);
    // The unit's own form marks what is in question, and nothing else.
    let cell = house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let form = house.get_by(&cell, "/lam-viec/bao-cao/dang-vien/nam-1/a1").await;
    assert!(form.body.contains("class=\"line wrong\" data-line=\"members.total\""), "{}", form.body);
    assert!(form.body.contains("class=\"line\" data-line=\"members.registered\""), "{}", form.body);
    assert!(form.text().contains("Người duyệt đề nghị xem lại chỉ tiêu này."), "a colour alone says nothing");
    assert!(!form.text().contains("members.total"), "a secretary reads no names that only programs have");
    let sent = house.post_by(&reviewer, A1, &[("viec", "excuse"), ("ly-do", "")]).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    let sent = house.post_by(&reviewer, A1, &[("viec", "excuse"), ("ly-do", "Mới thành lập")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(status(&house, "a1").await, Status::Exempt);
}

#[tokio::test]
async fn out_of_reach_nothing_is_shown_nor_decided() {
    let (house, reviewer) = reported().await;
    let branch = format!("/lam-viec/bang?{YEARLY}&nhanh=xa-b");
    for path in [B1, "/lam-viec/duyet/dang-vien/nam-1/khong-co", "/lam-viec/duyet?nhanh=xa-b", &*branch] {
        assert_eq!(house.get_by(&reviewer, path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let sent = house.post_by(&reviewer, B1, &[("viec", "accept"), ("lan", "1")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let sent = house.post_by(&reviewer, "/lam-viec/duyet", &[("chon", "1|dang-vien|nam-1|b1")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert_eq!(status(&house, "b1").await, Status::Submitted);
    for path in ["/lam-viec/duyet", "/lam-viec/chua-bao-cao", "/lam-viec/bang", "/lam-viec/bang.csv"] {
        for query in [String::new(), format!("?{YEARLY}")] {
            let page = house.get_by(&reviewer, &format!("{path}{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
            assert!(!page.body.contains("Bình"), "{path}{query}");
        }
    }
    // Whoever only reports reviews nothing; an auditor reads the table and decides nothing.
    let cell = house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let auditor = house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await;
    for session in [&cell, &auditor] {
        for path in ["/lam-viec/duyet", "/lam-viec/chua-bao-cao", A1] {
            assert_eq!(house.get_by(session, path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let page = house.get_by(&auditor, &format!("/lam-viec/bang?{YEARLY}")).await;
    assert!(page.text().contains("Chi bộ ấp Bình 1") && !page.body.contains(B1), "{}", page.text());
    let page = house.get_by(&cell, &format!("/lam-viec/bang?{YEARLY}")).await;
    assert!(page.body.contains("Chi bộ ấp An 1") && !page.body.contains("Chi bộ ấp An 2"), "{}", page.text());
}

#[tokio::test]
async fn that_an_office_looked_at_raw_counts_is_on_record() {
    let (house, reviewer) = reported().await;
    let table = format!("/lam-viec/bang.xlsx?{YEARLY}");
    for path in [A1, "/lam-viec/duyet", &*table, "/lam-viec/chua-bao-cao"] {
        assert_eq!(house.get_by(&reviewer, path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(house.get_by(&reviewer, B1).await.status, StatusCode::FORBIDDEN);
    let mut tx = house.ws.store().read().await.unwrap();
    let seen: Vec<_> = tx.raw_views(10).await.unwrap().into_iter().map(|v| (v.what, v.reviewer)).collect();
    let by = "office:xa-a".to_owned();
    let expected = [&*table, "/lam-viec/duyet", A1].map(|what| (what.to_owned(), by.clone()));
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn who_is_missing_is_told_with_a_message_that_can_be_sent_and_may_be_given_more_time() {
    let (house, reviewer) = reported().await;
    let path = format!("/lam-viec/chua-bao-cao?{YEARLY}");
    let page = house.get_by(&reviewer, &path).await;
    let text = page.text();
    assert!(text.contains("1. Chi bộ Trường An: Biểu mẫu dang-vien, Năm 2022 (hạn 05/01/2023)"), "{text}");
    assert!(text.contains("https://caungang.example/lam-viec"), "{text}");
    assert!(!page.body.contains("gia-han"), "a reviewer extends nothing");
    let extension = [
        ("bieu", "dang-vien"),
        ("ky", "nam-1"),
        ("nhanh", "xa-a"),
        ("den-ngay", "2023-02-01"),
        ("ly-do", "Mưa bão"),
    ];
    let there = "/lam-viec/chua-bao-cao/gia-han";
    assert_eq!(house.post_by(&reviewer, there, &extension).await.status, StatusCode::FORBIDDEN);
    let all = house.signed_in_as("h", &[on_branch(Duty::Consolidator, "h")]).await;
    let mut wrong = extension;
    wrong[3].1 = "mai";
    let sent = house.post_by(&all, there, &wrong).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.body.contains("value=\"Mưa bão\"") && sent.text().contains("Không đọc được ngày “mai”"));
    let sent = house.post_by(&all, there, &extension).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = house.get_by(&reviewer, &path).await;
    assert!(page.text().contains("(hạn 01/02/2023)"), "{}", page.text());
}

#[tokio::test]
async fn the_table_says_on_what_its_totals_rest_and_the_files_say_the_same() {
    let (house, reviewer) = reported().await;
    let accept = [("viec", "accept"), ("lan", "1")];
    assert_eq!(house.post_by(&reviewer, A1, &accept).await.status, StatusCode::SEE_OTHER);
    let page = house.get_by(&reviewer, &format!("/lam-viec/bang?{YEARLY}")).await;
    insta::assert_snapshot!(page.text());
    let csv = house.get_by(&reviewer, &format!("/lam-viec/bang.csv?{YEARLY}")).await;
    insta::assert_snapshot!(csv.body);
    let only = format!("/lam-viec/bang.csv?{YEARLY}&tinh-trang=submitted");
    let csv = house.get_by(&reviewer, &only).await;
    assert!(csv.body.contains("Chi bộ ấp An 2") && !csv.body.contains("Chi bộ ấp An 1"), "{}", csv.body);
}

#[tokio::test]
async fn the_pages_read_well() {
    let (house, reviewer) = reported().await;
    let d = district();
    send(&house, vec![d.submission("xa-a", "phat-thanh", "thang-11", &[("radio.bulletins", 4)])], "").await;
    insta::assert_snapshot!("queue", house.get_by(&reviewer, "/lam-viec/duyet").await.text());
    insta::assert_snapshot!("one", house.get_by(&reviewer, A1).await.text());
    insta::assert_snapshot!("missing", house.get_by(&reviewer, "/lam-viec/chua-bao-cao").await.text());
    for path in ["/lam-viec/duyet", A1, "/lam-viec/chua-bao-cao", "/lam-viec/bang"] {
        let page = house.get_by_in(&reviewer, path, "en").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for mark in [">review-", "\"review-", " review-", ">desk-nav"] {
            assert!(!page.body.contains(mark), "{path}: {mark} in {}", page.text());
        }
    }
}

#[tokio::test]
async fn totals_are_said_again_when_a_return_is_accepted() {
    let (house, reviewer) = reported().await;
    let events = format!("/lam-viec/bang/su-kien?{YEARLY}");
    let now = house.get_by(&reviewer, &events).await;
    assert_eq!(now.status, StatusCode::OK);
    assert!(
        now.body.starts_with("event: tong\ndata: {") && now.body.contains("\"sum\":\"–\""),
        "{}",
        now.body
    );
    let page = house.get_by(&reviewer, &format!("/lam-viec/bang?{YEARLY}")).await;
    assert!(page.body.contains("data-events=\"/lam-viec/bang/su-kien?"), "{}", page.body);
    let mut stream = house.listen(&reviewer, &events).await;
    assert!(next(&mut stream).await.starts_with("retry: 1000\nevent: tong\n"));
    house.post_by(&reviewer, A1, &[("viec", "accept"), ("lan", "1")]).await;
    let said = next(&mut stream).await;
    assert!(said.contains("\"sum\":\"10\"") && said.contains("Đã duyệt: 1"), "{said}");
}

#[tokio::test]
async fn that_an_office_listens_to_totals_is_on_record_once_an_hour() {
    let (house, reviewer) = reported().await;
    let of = |unit: &str| format!("/lam-viec/bang/su-kien?{YEARLY}&nhanh={unit}");
    let seen = async || {
        let mut tx = house.ws.store().read().await.unwrap();
        let looks = tx.raw_views(10).await.unwrap().into_iter();
        looks.filter(|v| v.reviewer == "office:xa-a").map(|v| v.what).rev().collect::<Vec<_>>()
    };
    // Totals of one cell are what that cell sent. A page that listens asks again and again.
    for _ in 0..3 {
        assert_eq!(house.get_by(&reviewer, &of("a1")).await.status, StatusCode::OK);
        let mut stream = house.listen(&reviewer, &of("a1")).await;
        assert!(next(&mut stream).await.contains("event: tong\n"));
    }
    assert_eq!(seen().await, [of("a1")]);
    // In other words it is the same; of another cell it is another look.
    let same = format!("{}&x=1", of("a1"));
    assert_eq!(house.get_by(&reviewer, &same).await.status, StatusCode::OK);
    assert_eq!(house.get_by(&reviewer, &of("a2")).await.status, StatusCode::OK);
    assert_eq!(house.get_by(&reviewer, &of("b1")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(seen().await, [of("a1"), of("a2")]);
    house.pass(1);
    assert_eq!(house.get_by(&reviewer, &of("a1")).await.status, StatusCode::OK);
    assert_eq!(seen().await, [of("a1"), of("a2"), of("a1")]);
}

/// What is said next.
async fn next(stream: &mut axum::body::Body) -> String {
    use http_body::Body as _;
    let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *stream).poll_frame(cx)).await;
    String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap()
}
