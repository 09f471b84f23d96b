//! Reminding: what would be sent is shown, a box for each unit, once; what became of it is read by those
//! whom it concerns, and what is unknown a person decides.

use axum::http::StatusCode;
use nhipcau_actions::outbox::{Reaching, run};
use nhipcau_domain::{
    office::{Duty, Role},
    outbox::{Outcome, State},
};
use nhipcau_store::outbox::{OutboxFilter, OutboxMessage};
use nhipcau_testkit::district;

use super::house::{House, Session, on_all, on_branch, on_unit};

const REMIND: &str = "/lam-viec/nhac-viec?bieu=dang-vien&ky=nam-1";
const PLAN: &str = "/lam-viec/nhac-viec/lich";
const LOG: &str = "/lam-viec/tin-nhan";

/// Gives whoever holds an office a contact.
async fn contact(house: &House, office: &str, contact: &str) {
    let mut tx = house.ws.store().write().await.unwrap();
    let holder = tx.holders(&office.into()).await.unwrap().remove(0);
    tx.describe_holder(holder.id, &holder.name, contact, None).await.unwrap();
    tx.commit().await.unwrap();
}

/// A district whose first cell has a telephone, whose second has mail and whose third has neither; with
/// its consolidator.
async fn furnished() -> (House, Session) {
    let house = House::in_district_that_sends().await;
    for (unit, reach) in [("a1", "0912 345 678"), ("a2", "bithu.a2@xa.example"), ("a3", "nhà đầu ấp")] {
        house.signed_in_as(unit, &[on_unit(Duty::Reporter, unit)]).await;
        contact(&house, unit, reach).await;
    }
    let all = house.signed_in_as("h", &[on_all(Duty::Consolidator)]).await;
    (house, all)
}

async fn messages(house: &House) -> Vec<OutboxMessage> {
    let mut tx = house.ws.store().read().await.unwrap();
    tx.messages(&OutboxFilter::default(), 100).await.unwrap()
}

/// Sends what is due, as the worker does, with this outcome.
async fn deliver(house: &House, outcome: Outcome) {
    let ws = house.ws.reaching(Reaching { mail: true, phone: true, ..Reaching::default() });
    for taken in run::claim(&ws, "p", 100).await.unwrap() {
        if let Some(message) = run::begin(&ws, "p", taken.id).await.unwrap() {
            run::settle(&ws, "p", message.id, outcome, "550 no such <user>").await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_consolidator_chases_two_and_a_second_press_sends_nothing_more() {
    let (house, all) = furnished().await;
    let missing = house.get_by(&all, "/lam-viec/chua-bao-cao?bieu=dang-vien&ky=nam-1").await;
    assert!(
        missing.body.contains("href=\"/lam-viec/nhac-viec?bieu=dang-vien&#38;ky=nam-1\""),
        "{}",
        missing.body
    );
    let page = house.get_by(&all, REMIND).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text();
    for part in [
        "Sẽ gửi (2)",
        "+84912345678",
        "bithu.a2@xa.example",
        "Đề nghị gửi trước hết ngày 05/01/2023",
        "Cần gọi trực tiếp (3)",
        "nhà đầu ấp",
        "https://caungang.example/lam-viec",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert_eq!(messages(&house).await, [], "looking sends nothing");
    let two = [("chon", "a1"), ("chon", "a2")];
    let sent = house.post_by(&all, REMIND, &two).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, &*format!("{LOG}?xong=reminded")));
    assert_eq!(messages(&house).await.len(), 2);
    let again = house.post_by(&all, REMIND, &two).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("2 tin hôm nay đã có"), "{}", again.text());
    assert_eq!(messages(&house).await.len(), 2);
    deliver(&house, Outcome::Sent).await;
    let log = house.get_by(&all, &format!("{LOG}?xong=reminded")).await;
    assert!(
        log.text().contains("Đã đưa tin nhắc vào hàng gửi.") && log.text().contains("Đã gửi"),
        "{}",
        log.text()
    );
    let none = house.post_by(&all, REMIND, &[]).await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    assert!(none.text().contains("Chưa chọn đơn vị nào"), "{}", none.text());
}

#[tokio::test]
async fn who_reported_before_it_went_out_is_not_written_to() {
    let (house, all) = furnished().await;
    house.post_by(&all, REMIND, &[("chon", "a1"), ("chon", "a2")]).await;
    let mode = nhipcau_actions::returns::Mode::default();
    let sent = vec![district().members("a1", 9, 10)];
    nhipcau_actions::returns::submit_all(&house.ws, sent, &mode, &std::collections::HashMap::new())
        .await
        .unwrap();
    deliver(&house, Outcome::Sent).await;
    let states: Vec<_> = messages(&house).await.into_iter().map(|m| (m.unit.to_string(), m.state)).collect();
    assert!(states.contains(&("a1".to_owned(), State::Dropped)), "{states:?}");
    assert!(states.contains(&("a2".to_owned(), State::Sent)), "{states:?}");
    let log = house.get_by(&all, LOG).await;
    assert!(log.text().contains("đơn vị đã báo cáo"), "{}", log.text());
}

#[tokio::test]
async fn a_reviewer_reminds_nobody_but_reads_what_became_of_it() {
    let (house, all) = furnished().await;
    let reviewer = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let far = house.signed_in_as("xa-b", &[on_branch(Duty::Reviewer, "xa-b")]).await;
    let cell = Session { secret: "session-of-a1".to_owned(), acting: all.acting.clone() };
    assert_eq!(house.get_by(&reviewer, REMIND).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.post_by(&reviewer, REMIND, &[("chon", "a1")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.post_by(&reviewer, PLAN, &[("dung", "1")]).await.status, StatusCode::FORBIDDEN);
    for path in [REMIND, PLAN, LOG] {
        assert_eq!(house.get_by(&cell, path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    house.post_by(&all, REMIND, &[("chon", "a1")]).await;
    let id = messages(&house).await[0].id;
    let page = house.get_by(&reviewer, &format!("{LOG}/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("name=\"viec\""), "a reviewer decides nothing about it");
    let off = [("viec", "off"), ("buoc", "0")];
    assert_eq!(house.post_by(&reviewer, &format!("{LOG}/{id}"), &off).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get_by(&far, &format!("{LOG}/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(!house.get_by(&far, LOG).await.body.contains("912345678"));
    let page = house.get_by(&reviewer, "/lam-viec/chua-bao-cao").await;
    assert!(page.body.contains(LOG) && !page.body.contains("/lam-viec/nhac-viec?"), "{}", page.body);
}

#[tokio::test]
async fn what_is_unknown_is_decided_by_a_person_as_it_was_shown() {
    let (house, all) = furnished().await;
    house.post_by(&all, REMIND, &[("chon", "a1")]).await;
    deliver(&house, Outcome::Unclear).await;
    let message = messages(&house).await.remove(0);
    assert_eq!(message.state, State::Unknown);
    let path = format!("{LOG}/{}", message.id);
    let page = house.get_by(&all, &path).await;
    assert!(
        page.text().contains("không tự gửi lại") && page.text().contains("550 no such"),
        "{}",
        page.text()
    );
    assert!(page.body.contains("550 no such &#60;user&#62;"), "what the other side says is text");
    let stale = house.post_by(&all, &path, &[("viec", "again"), ("buoc", "1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("vừa thay đổi"), "{}", stale.text());
    let shown = message.changes.to_string();
    let sent = house.post_by(&all, &path, &[("viec", "again"), ("buoc", &shown)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    deliver(&house, Outcome::Refused).await;
    let log = house.get_by(&all, &format!("{LOG}?tinh-trang=given-up")).await;
    assert!(log.text().contains("Đã thôi gửi"), "{}", log.text());
    let none = house.get_by(&all, &format!("{LOG}?tinh-trang=sent")).await;
    assert!(none.text().contains("Chưa có tin nào."), "{}", none.text());
}

#[tokio::test]
async fn reminders_by_the_calendar_are_set_for_a_branch_and_nothing_typed_is_lost() {
    let (house, all) = furnished().await;
    let wrong = house.post_by(&all, PLAN, &[("nhanh", "xa-a"), ("truoc", "ba"), ("sau", "2")]).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT);
    assert!(wrong.body.contains("value=\"ba\"") && wrong.body.contains("value=\"2\""), "{}", wrong.body);
    let plan = [("nhanh", "xa-a"), ("truoc", "3"), ("dung", "1"), ("sau", "")];
    let sent = house.post_by(&all, PLAN, &plan).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = house.get_by(&all, &format!("{PLAN}?xong=planned")).await;
    assert!(page.text().contains("trước hạn 3 ngày; đúng ngày hết hạn"), "{}", page.text());
    let reviewer = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let page = house.get_by(&reviewer, PLAN).await;
    assert!(page.text().contains("Đang tắt.") && !page.text().contains("Đặt lịch nhắc"), "{}", page.text());
    let sent = house.post_by(&reviewer, "/lam-viec/nhac-viec/buoi-sang", &[("bat", "1")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(house.get_by(&reviewer, PLAN).await.text().contains("Đang bật."));
}

#[tokio::test]
async fn an_administrator_sends_themselves_a_test() {
    let house = House::in_district_that_sends().await;
    let test = format!("{LOG}/thu");
    let refused = house.post(Role::Administrator, &test, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("không có địa chỉ thư điện tử"), "{}", refused.text());
    contact(&house, "administrator", "quantri@huyen.example").await;
    let sent = house.post(Role::Administrator, &test, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let log = house.get(Some(Role::Administrator), LOG).await;
    assert!(log.text().contains("quantri@huyen.example"), "{}", log.text());
    assert_eq!(house.get(Some(Role::Publisher), LOG).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_nothing_can_be_sent_the_pages_say_so() {
    let house = House::in_district().await;
    let all = house.signed_in_as("h", &[on_all(Duty::Consolidator)]).await;
    for path in [REMIND, LOG] {
        let page = house.get_by(&all, path).await;
        assert!(page.text().contains("chưa được cài đặt"), "{path}: {}", page.text());
        let page = house.get_by_in(&all, path, "en").await;
        for mark in ["outbox-", ">remind-", " remind-", ">log-", ">plan-", ">digest-"] {
            assert!(!page.text().contains(mark), "{path}: {mark} in {}", page.text());
        }
    }
    let sent = house.post_by(&all, REMIND, &[("chon", "a1")]).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert_eq!(messages(&house).await, []);
}

#[tokio::test]
async fn the_pages_are_said_in_english_too() {
    let (house, all) = furnished().await;
    house.post_by(&all, REMIND, &[("chon", "a1"), ("chon", "a2")]).await;
    deliver(&house, Outcome::Unclear).await;
    let one = format!("{LOG}/{}", messages(&house).await[0].id);
    for path in [REMIND, PLAN, LOG, &*one] {
        let page = house.get_by_in(&all, path, "en").await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        for mark in ["outbox-", "remind-", "plan-", "digest-", "log-", "desk-nav-"] {
            assert!(!page.text().contains(mark), "{path}: {mark} in {}", page.text());
        }
    }
}
