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

use super::house::{Answer, House, Session, on_all, on_branch, on_unit};

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
    let answer = draft(&house, &drafter).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/lam-viec/ket-qua/ket-qua/1?xong=drafted")
    );
    let page = house.get_by(&drafter, FIRST).await;
    for said in [
        "Chưa có báo cáo được chấp nhận (25)",
        "Cảnh báo đã được giải trình (1)",
        "Góp ý chưa giải quyết (0)",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(!page.body.contains(&format!("{FIRST}/duyet\"")), "who drafted is not offered to approve");
    let read = house.get_by(&drafter, &format!("{FIRST}/xem")).await;
    assert!(read.body.contains("<article class=\"report\""), "{}", read.text());
    assert_eq!(read.body.matches("<h1").count(), 1);

    let page = house.get_by(&leader, FIRST).await;
    let approved = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &seen(&page))]).await;
    assert_eq!(approved.location(), "/lam-viec/ket-qua/ket-qua/1?xong=approved", "{}", approved.text());
    let frozen = house.post_by(&leader, &format!("{FIRST}/chot"), &[]).await;
    assert_eq!(frozen.location(), "/lam-viec/ket-qua/ket-qua/1?xong=frozen", "{}", frozen.text());
    // It waits to be printed, signed and handed over.
    let page = house.get_by(&leader, FIRST).await;
    assert!(!page.body.contains("href=\"/bao-cao/ket-qua/1\""), "{}", page.text());
    assert!(page.body.contains("/ban-ky\"") && page.body.contains(&format!("action=\"{FIRST}/cong-bo\"")));
    let list = house.get_by(&drafter, REPORTS).await;
    assert!(list.text().contains("đã chốt") && list.text().contains("chưa công bố"), "{}", list.text());
    let pdf = house.get_by(&leader, &format!("{FIRST}/tep/pdf")).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.headers["content-disposition"].to_str().unwrap().contains("ket-qua-1.pdf"));
    let nothing = house.get_by(&leader, &format!("{FIRST}/tep/exe")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let published = house.post_by(&drafter, &format!("{FIRST}/cong-bo"), &[]).await;
    assert_eq!(published.location(), "/lam-viec/ket-qua/ket-qua/1?xong=published", "{}", published.text());
    let page = house.get_by(&leader, FIRST).await;
    assert!(page.body.contains("href=\"/bao-cao/ket-qua/1\""), "{}", page.text());
    assert!(page.text().contains("Đã công bố: tong-hop"), "{}", page.text());
    let list = house.get_by(&drafter, REPORTS).await;
    assert!(list.body.contains("href=\"/bao-cao/ket-qua/1\""), "{}", list.text());
    let twice = house.post_by(&drafter, &format!("{FIRST}/cong-bo"), &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text());
    // Whose hands it went through is on the trail.
    let mut tx = house.ws.store().read().await.unwrap();
    let trail = tx.audit_after(0, None, 100).await.unwrap();
    let told: Vec<_> = trail.iter().filter(|r| r.what.starts_with("report-")).collect();
    let told: Vec<_> = told.iter().map(|r| (r.what.as_str(), r.office.as_str(), r.holder.as_str())).collect();
    assert_eq!(
        told,
        [
            ("report-approved", "lanh-dao", "Anh lanh-dao"),
            ("report-frozen", "lanh-dao", "Anh lanh-dao"),
            ("report-published", "tong-hop", "Anh tong-hop"),
        ]
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
    assert!(page.text().contains("Chưa có báo cáo được chấp nhận (24)"), "{}", page.text());
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
    // A branch's approver does not count, nor one of the top alone; one of the whole does.
    house.signed_in_as("xa-b", &[on_branch(Duty::Approver, "xa-b")]).await;
    house.signed_in_as("h", &[on_unit(Duty::Approver, "h")]).await;
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
    for what in ["gop-y", "cong-bo"] {
        let answer = house.post_by(&branch, &format!("{FIRST}/{what}"), &[("viec", "comment")]).await;
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
    for what in ["duyet", "chot", "cong-bo"] {
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

/// The name of the passage that says how many registered.
fn passage(page: &Answer) -> String {
    let (before, _) = page.body.split_once("đảng viên đăng ký").expect("the passage");
    let (_, anchor) = before.rsplit_once("id=\"doan-").expect("its name");
    anchor.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_leader_comments_on_a_passage_and_approves_once_it_is_settled() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    draft(&house, &drafter).await;
    let (read, speak) = (format!("{FIRST}/xem"), format!("{FIRST}/gop-y"));
    let anchor = passage(&house.get_by(&leader, &read).await);
    let empty = [("viec", "comment"), ("doan", &*anchor), ("noi-dung", "  ")];
    let refused = house.post_by(&leader, &speak, &empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Hãy viết nội dung góp ý."), "{}", refused.text());
    let words = [("viec", "comment"), ("doan", &*anchor), ("noi-dung", "Đã trừ <miễn sinh hoạt> chưa?")];
    let sent = house.post_by(&leader, &speak, &words).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let (to, at) = sent.location().split_once('#').expect("where it stands");
    assert_eq!(to, format!("{read}?xong=commented"));
    let thread = at.strip_prefix("gop-y-").expect("a comment").to_owned();
    let page = house.get_by(&drafter, to).await;
    assert!(page.text().contains("Anh lanh-dao (lanh-dao) góp ý lúc"), "{}", page.text());
    assert!(page.body.contains("Đã trừ &#60;miễn sinh hoạt&#62; chưa?"), "{}", page.body);
    for said in ["Góp ý (1), chưa giải quyết 1", "Góp ý cho đoạn này", "Gửi trả lời", "Đã giải quyết"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    // It is among what is open, and approving asks about it.
    let page = house.get_by(&leader, FIRST).await;
    assert!(page.text().contains("Góp ý chưa giải quyết (1)"), "{}", page.text());
    assert!(page.body.contains("name=\"con-gop-y\""), "{}", page.body);
    let shown = seen(&page);
    let refused = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &shown)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Còn 1 góp ý chưa giải quyết"), "{}", refused.text());
    let answer = [("viec", "resolve"), ("chuoi", &*thread), ("noi-dung", "Đã trừ.")];
    let sent = house.post_by(&drafter, &speak, &answer).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let again = house.post_by(&drafter, &speak, &answer).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Đã trừ.</textarea>"), "nothing typed is lost: {}", again.body);
    let approved = house.post_by(&leader, &format!("{FIRST}/duyet"), &[("da-xem", &shown)]).await;
    assert_eq!(approved.location(), "/lam-viec/ket-qua/ket-qua/1?xong=approved", "{}", approved.text());
}

#[tokio::test]
async fn what_is_typed_about_a_passage_that_went_meanwhile_is_not_lost() {
    let house = reported().await;
    let (drafter, leader) = offices(&house).await;
    draft(&house, &drafter).await;
    let words = [("viec", "comment"), ("doan", "khong-con"), ("noi-dung", "Một ý dài")];
    let refused = house.post_by(&leader, &format!("{FIRST}/gop-y"), &words).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Đoạn này không còn trong dự thảo"), "{}", refused.text());
    assert!(refused.text().contains("Một ý dài"), "{}", refused.text());
    let unknown = [("viec", "answer"), ("chuoi", "khong-co"), ("noi-dung", "x")];
    let nothing = house.post_by(&leader, &format!("{FIRST}/gop-y"), &unknown).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}
