//! Reports at the desk: drafted by one office, approved and frozen by another, with what they leave open.

use std::collections::HashMap;

use axum::http::StatusCode;
use nhipcau_actions::{
    campaign::set_up,
    returns::{Mode, submit_all},
};
use nhipcau_domain::{
    office::{Duty, Role},
    returns::Submission,
};
use nhipcau_testkit::district;

use super::house::{Answer, House, Session, on_all, on_branch};

const REPORTS: &str = "/lam-viec/ket-qua";
const FIRST: &str = "/lam-viec/ket-qua/ket-qua/1";
const TEMPLATE: &str = r#"+++
kind = "BÁO CÁO"
subject = "kết quả đăng ký làm theo"
number = "-BC/HU"
place = "Huyện Mẫu"

[issuer]
parent = "TỈNH ỦY MẪU"
name = "HUYỆN ỦY MẪU"
+++

Có {{ members.registered }} đảng viên đăng ký.

{{ missing units }}
"#;

/// A district with a report, in which four of five cells have reported.
async fn reported() -> House {
    let house = House::new().await;
    let mut d = district();
    d.definitions.reports.insert("ket-qua".into(), TEMPLATE.into());
    set_up(&house.ws, &"h".into(), &d.definitions, &d.tree).await.unwrap();
    take(&house, vec![d.members("a1", 40, 41), d.members("a2", 37, 39)], "").await;
    let explained =
        Submission { explanation: "Ba đồng chí mới chuyển đến".into(), ..d.members("a3", 29, 31) };
    take(&house, vec![explained, d.members("b1", 30, 30)], "").await;
    house
}

async fn take(house: &House, sent: Vec<Submission>, reason: &str) {
    let mode = Mode { accept_by: Some("h".into()), reason: reason.to_owned(), ..Mode::default() };
    submit_all(&house.ws, sent, &mode, &HashMap::new()).await.unwrap();
}

async fn offices(house: &House) -> (Session, Session) {
    let drafter = house.signed_in_as("tong-hop", &[on_all(Duty::Consolidator)]).await;
    let leader = house.signed_in_as("lanh-dao", &[on_all(Duty::Approver)]).await;
    (drafter, leader)
}

async fn draft(house: &House, office: &Session) -> Answer {
    let fields = [("bao-cao", "ket-qua"), ("ky", "nam-1"), ("ngay", "2023-01-15"), ("so", "")];
    house.post_by(office, REPORTS, &fields).await
}

/// The name of exactly this draft, as its page has it.
fn seen(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"da-xem\" value=\"").expect("a draft to approve");
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_report_goes_from_draft_to_the_public_site_by_two_offices() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    let drafted = draft(&house, &drafter).await;
    assert_eq!(
        (drafted.status, drafted.location()),
        (StatusCode::SEE_OTHER, "/lam-viec/ket-qua/ket-qua/1?xong=drafted")
    );
    let page = house.get_by(&drafter, FIRST).await;
    insta::assert_snapshot!(page.text());
    assert!(!page.body.contains("/duyet\""), "who drafted is not offered to approve");
    let read = house.get_by(&drafter, &format!("{FIRST}/xem")).await;
    assert!(read.body.contains("<article class=\"report\""), "{}", read.text());
    assert_eq!(read.body.matches("<h1").count(), 1);

    let page = house.get_by(&leader, FIRST).await;
    let approved = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &seen(&page))]).await;
    assert_eq!(approved.location(), "/lam-viec/ket-qua/ket-qua/1?xong=approved", "{}", approved.text());
    let frozen = house.post_by(&leader, &format!("{FIRST}/chot"), &[]).await;
    assert_eq!(frozen.location(), "/lam-viec/ket-qua/ket-qua/1?xong=frozen", "{}", frozen.text());
    let page = house.get_by(&leader, FIRST).await;
    assert!(page.body.contains("href=\"/bao-cao/ket-qua/1\""), "{}", page.text());
    assert!(page.body.contains("/ban-ky\""));
    let list = house.get_by(&drafter, REPORTS).await;
    assert!(
        list.body.contains("href=\"/bao-cao/ket-qua/1\"") && list.text().contains("đã chốt"),
        "{}",
        list.text()
    );
    // Whose hands it went through is on the trail.
    let mut tx = house.ws.store().read().await.unwrap();
    let trail = tx.audit_after(0, None, 100).await.unwrap();
    let told: Vec<_> = trail.iter().filter(|r| r.what.starts_with("report-")).collect();
    let told: Vec<_> = told.iter().map(|r| (r.what.as_str(), r.office.as_str(), r.holder.as_str())).collect();
    assert_eq!(
        told,
        [("report-approved", "lanh-dao", "Anh lanh-dao"), ("report-frozen", "lanh-dao", "Anh lanh-dao")]
    );
}

#[tokio::test]
async fn a_draft_that_changed_meanwhile_is_not_what_was_approved() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    draft(&house, &drafter).await;
    let shown = seen(&house.get_by(&leader, FIRST).await);
    take(&house, vec![district().members("b2", 51, 53)], "").await;
    let page = house.get_by(&leader, FIRST).await;
    assert!(page.text().contains("Số liệu đã thay đổi từ khi lập dự thảo này"), "{}", page.text());
    draft(&house, &drafter).await;
    let page = house.get_by(&drafter, FIRST).await;
    assert!(page.text().contains("Khác với bản trước (1)"), "{}", page.text());
    assert!(page.text().contains("Chưa có báo cáo được chấp nhận (0)"), "{}", page.text());
    let refused = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &shown)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("đã được lập lại trong lúc đang xem"), "{}", refused.text());
    let now = seen(&house.get_by(&leader, FIRST).await);
    let approved = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &now)]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER);
    // What came in after the approval stops the freezing.
    take(&house, vec![district().members("a1", 41, 41)], "đếm lại").await;
    let refused = house.post_by(&leader, &format!("{FIRST}/chot"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
}

#[tokio::test]
async fn the_office_that_drafted_approves_only_where_no_other_can() {
    let house = reported().await;
    let both = [on_all(Duty::Consolidator), on_all(Duty::Approver)];
    let office = house.signed_in_as("van-phong", &both).await;
    draft(&house, &office).await;
    let alone = house.get_by(&office, FIRST).await;
    assert!(alone.body.contains(&format!("action=\"{FIRST}/duyet\"")), "{}", alone.text());
    let shown = seen(&alone);
    // A branch's approver does not count; one of the whole does.
    house.signed_in_as("xa-b", &[on_branch(Duty::Approver, "xa-b")]).await;
    assert!(house.get_by(&office, FIRST).await.body.contains("/duyet\""));
    house.signed_in_as("bi-thu", &[on_branch(Duty::Approver, "h")]).await;
    let page = house.get_by(&office, FIRST).await;
    assert!(page.text().contains("Bản này chờ Cơ quan bi-thu duyệt"), "{}", page.text());
    let refused = house.post_by(&office, &format!("{FIRST}/duyet"), &[("da-xem", &shown)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("không duyệt chính dự thảo ấy"), "{}", refused.text());
}

#[tokio::test]
async fn the_rooms_open_to_those_who_draft_or_approve_the_whole() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    draft(&house, &drafter).await;
    for role in Role::ALL {
        assert_eq!(house.get(Some(role), REPORTS).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for duty in [Duty::Reporter, Duty::Reviewer, Duty::Auditor] {
        let session = house.signed_in_as(&format!("x-{}", duty.as_str()), &[on_all(duty)]).await;
        for path in [REPORTS, FIRST, "/lam-viec/ket-qua/ket-qua/1/xem"] {
            assert_eq!(house.get_by(&session, path).await.status, StatusCode::FORBIDDEN, "{duty:?} {path}");
        }
    }
    let branch = house.signed_in_as("xa-a", &[on_branch(Duty::Consolidator, "xa-a")]).await;
    assert_eq!(house.get_by(&branch, FIRST).await.status, StatusCode::FORBIDDEN);
    assert_eq!(draft(&house, &branch).await.status, StatusCode::FORBIDDEN);
    assert_eq!(draft(&house, &leader).await.status, StatusCode::FORBIDDEN, "a leader drafts nothing");
    let shown = seen(&house.get_by(&leader, FIRST).await);
    for what in ["duyet", "chot"] {
        let answer = house.post_by(&drafter, &format!("{FIRST}/{what}"), &[("da-xem", &shown)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
    }
    let missing = house.get_by(&leader, "/lam-viec/ket-qua/ket-qua/9").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn approving_asks_for_a_fresh_proof() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    draft(&house, &drafter).await;
    let shown = seen(&house.get_by(&leader, FIRST).await);
    house.pass(1);
    for what in ["duyet", "chot"] {
        let answer = house.post_by(&leader, &format!("{FIRST}/{what}"), &[("da-xem", &shown)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}: {}", answer.text());
        assert!(answer.body.contains("/lam-viec/xac-nhan"), "{}", answer.text());
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_draft_is_said_beside_its_form() {
    let house = reported().await;
    let (drafter, _) = offices(&house).await;
    let fields = [("bao-cao", "ket-qua"), ("ky", "nam-1"), ("ngay", "mai"), ("so", "15-BC/HU")];
    let answer = house.post_by(&drafter, REPORTS, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("“mai”") && answer.body.contains("15-BC/HU"), "{}", answer.text());
}
