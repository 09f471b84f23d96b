//! The audit trail's page: whoever may, what they find, and the file that anyone can check.

use std::collections::HashMap;

use axum::http::StatusCode;
use nhipcau_actions::{
    access::hex,
    returns::{Mode, submit_all},
    review::{accept, send_back},
};
use nhipcau_domain::{
    office::{Duty, Role},
    returns::ReturnKey,
};
use nhipcau_testkit::district;
use sha2::{Digest as _, Sha256};

use super::house::{House, on_all, on_branch};

const TRAIL: &str = "/lam-viec/nhat-ky";

/// A district in which returns were accepted and sent back.
async fn reviewed() -> House {
    let house = House::in_district().await;
    let d = district();
    let sent = vec![d.members("a1", 24, 30), d.members("a2", 3, 9), d.members("b1", 20, 20)];
    let mode = Mode::default();
    submit_all(&house.ws, sent, &mode, &HashMap::new()).await.unwrap();
    let key =
        |unit: &str| ReturnKey { unit: unit.into(), data_set: "dang-vien".into(), period: "nam-1".into() };
    let ws = house.ws.held_by("Chị Lan");
    send_back(&ws, &"xa-a".into(), &[key("a1")], "thiếu <chữ> ký").await.unwrap();
    accept(&ws, &"h".into(), &[key("a2"), key("b1")]).await.unwrap();
    house
}

#[tokio::test]
async fn only_whoever_audits_reads_the_trail() {
    let house = reviewed().await;
    for role in Role::ALL {
        assert_eq!(house.get(Some(role), TRAIL).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for duty in Duty::ALL {
        let office = format!("co-quan-{}", duty.as_str());
        let session = house.signed_in_as(&office, &[on_all(duty)]).await;
        let expected = if matches!(duty, Duty::Auditor | Duty::Approver) {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        for path in [TRAIL, "/lam-viec/nhat-ky/nhat-ky.jsonl"] {
            assert_eq!(house.get_by(&session, path).await.status, expected, "{duty:?} {path}");
        }
        let overview = house.get_by(&session, "/lam-viec").await;
        assert_eq!(
            overview.body.contains("href=\"/lam-viec/nhat-ky\""),
            expected == StatusCode::OK,
            "{duty:?}"
        );
    }
}

#[tokio::test]
async fn the_trail_says_who_did_what_and_is_found_by_office_unit_and_day() {
    let house = reviewed().await;
    let auditor = house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let page = house.get_by(&auditor, TRAIL).await;
    let newest = house.ws.store().read().await.unwrap().audit_head().await.unwrap().unwrap();
    insta::assert_snapshot!(page.text().replace(&newest.hash, "(mã băm)"));
    assert!(page.body.contains("thiếu &lt;chữ&gt; ký") || page.body.contains("thiếu &#60;chữ&#62; ký"));
    let lines = async |query: &str| {
        let page = house.get_by(&auditor, &format!("{TRAIL}?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        page.body.matches("<tr>").count().saturating_sub(1)
    };
    assert_eq!(lines("").await, 4);
    assert_eq!(lines("co-quan=xa-a").await, 1);
    assert_eq!(lines("ma=a1").await, 1);
    assert_eq!(lines("ma=b1").await, 1, "a batch is found by its units");
    assert_eq!(lines("ma=khong-co").await, 0);
    assert_eq!(lines("tu=2023-01-01&den=2023-01-01").await, 4);
    assert_eq!(lines("tu=2023-01-02").await, 0);
    assert_eq!(lines("truoc=3").await, 2);
    let wrong = house.get_by(&auditor, &format!("{TRAIL}?tu=hom-qua")).await;
    assert!(wrong.text().contains("hom-qua"), "{}", wrong.text());
}

#[tokio::test]
async fn an_auditor_of_a_branch_sees_that_branch_and_takes_no_file_of_all() {
    let house = reviewed().await;
    let auditor = house.signed_in_as("kiem-tra", &[on_branch(Duty::Auditor, "xa-a")]).await;
    let page = house.get_by(&auditor, TRAIL).await;
    assert!(page.text().contains("Chi bộ ấp An 1"), "{}", page.text());
    assert!(!page.text().contains("Chi bộ ấp Bình 1"), "{}", page.text());
    assert!(!page.body.contains("nhat-ky.jsonl"));
    let file = house.get_by(&auditor, "/lam-viec/nhat-ky/nhat-ky.jsonl").await;
    assert_eq!(file.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn of_a_batch_an_auditor_of_a_branch_sees_its_lines_and_how_many_are_beyond() {
    let house = reviewed().await;
    let batch = format!("{TRAIL}?ma=a2");
    let some = house.signed_in_as("kiem-tra", &[on_branch(Duty::Auditor, "xa-a")]).await;
    let page = house.get_by(&some, &batch).await.text();
    assert!(page.contains("Chi bộ ấp An 2; và 1 báo cáo khác ngoài phạm vi"), "{page}");
    assert!(!page.contains("Chi bộ ấp Bình 1"), "{page}");
    let all = house.signed_in_as("thanh-tra", &[on_all(Duty::Auditor)]).await;
    let page = house.get_by(&all, &batch).await.text();
    assert!(page.contains("Chi bộ ấp An 2, Chi bộ ấp Bình 1") && !page.contains("ngoài phạm vi"), "{page}");
}

#[tokio::test]
async fn the_file_ends_in_the_hash_that_the_page_shows() {
    let house = reviewed().await;
    let auditor = house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let file = house.get_by(&auditor, "/lam-viec/nhat-ky/nhat-ky.jsonl").await;
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("attachment"));
    let last = file.body.lines().last().unwrap();
    let (said, hash) = last.rsplit_once(",\"hash\":\"").unwrap();
    let hash = hash.strip_suffix("\"}").unwrap();
    let made = hex(&Sha256::digest(format!("{said}}}").as_bytes()));
    assert_eq!(made, hash);
    assert!(house.get_by(&auditor, TRAIL).await.body.contains(hash));
}

#[tokio::test]
async fn whoever_decides_at_the_desk_is_named_beside_the_office() {
    let house = House::in_district().await;
    let d = district();
    let sent = ["a1", "a2"].map(|unit| d.members(unit, 9, 10)).to_vec();
    submit_all(&house.ws, sent, &Mode::default(), &HashMap::new()).await.unwrap();
    let all = house.signed_in_as("h", &[on_all(Duty::Consolidator)]).await;
    let at = |unit: &str| format!("/lam-viec/duyet/dang-vien/nam-1/{unit}");
    house.post_by(&all, &at("a1"), &[("viec", "accept"), ("lan", "1")]).await;
    house.post_by(&all, &at("a2"), &[("viec", "send-back"), ("lan", "1"), ("ly-do", "Thiếu chữ ký")]).await;
    house.post_by(&all, &at("a3"), &[("viec", "excuse"), ("ly-do", "Mới thành lập")]).await;
    let more = [
        ("bieu", "dang-vien"),
        ("ky", "nam-1"),
        ("nhanh", "xa-a"),
        ("den-ngay", "2023-06-01"),
        ("ly-do", "Bão"),
    ];
    house.post_by(&all, "/lam-viec/chua-bao-cao/gia-han", &more).await;
    let mut tx = house.ws.store().read().await.unwrap();
    let records = tx.audit_after(0, None, 100).await.unwrap();
    let told: Vec<_> = records.iter().map(|r| (r.what.as_str(), r.holder.as_str())).collect();
    for what in ["returns-accepted", "returns-sent-back", "returns-excused", "deadline-extended"] {
        assert!(told.contains(&(what, "Anh h")), "{what}: {told:?}");
    }
}
