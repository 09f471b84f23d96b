//! What is answered to a form that was sent may quote another unit's counts: that is on record as well.

use std::collections::HashMap;

use axum::http::StatusCode;
use nhipcau_actions::returns::{Mode, submit_all};
use nhipcau_domain::{checks::Rule, office::Duty, problem::Severity, returns::Submission};
use nhipcau_testkit::district;

use super::{
    house::{Answer, House, Session, on_branch, on_unit},
    returns::{hidden, upload},
};

const FORM: &str = "/lam-viec/bao-cao/dang-vien/nam-2/a1";
/// What the check says of the year before.
const QUOTED: &str = "Kỳ trước có 30 đồng chí.";

/// A district whose check quotes the year before, of which a cell's return was accepted; and the commune,
/// which reports for its cells.
async fn house() -> (House, Session) {
    let mut d = district();
    d.definitions.rules = vec![Rule {
        id: "twice".to_owned(),
        data_set: "dang-vien".into(),
        kinds: Vec::new(),
        holds: "members.total <= 2 * previous(members.total)".to_owned(),
        severity: Severity::Explain,
        message: "Kỳ trước có {previous(members.total)} đồng chí.".to_owned(),
        message_en: String::new(),
    }];
    let house = House::new().await;
    nhipcau_actions::campaign::set_up(&house.ws, &"h".into(), &d.definitions, &d.tree).await.unwrap();
    sent(&house, d.members("a1", 24, 30), Mode { accept_by: Some("xa-a".into()), ..Mode::default() }).await;
    let commune = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    (house, commune)
}

async fn sent(house: &House, submission: Submission, mode: Mode) {
    submit_all(&house.ws, vec![submission], &mode, &HashMap::new()).await.unwrap();
}

/// What the form sends: of a draft's version, with the last revision that it saw.
fn typed<'a>(version: &'a str, revision: &'a str, total: &'a str) -> [(&'static str, &'a str); 7] {
    [
        ("phien", version),
        ("lan", revision),
        ("ban", "x"),
        ("so.members.total", total),
        ("kieu.members.total", "so"),
        ("so.members.registered", "1"),
        ("kieu.members.registered", "so"),
    ]
}

/// How often each office was shown the form's counts, as the record says.
async fn looks(house: &House, office: &str) -> usize {
    let views = house.ws.store().read().await.unwrap().raw_views(50).await.unwrap();
    let by = format!("office:{office}");
    views.iter().filter(|v| v.reviewer == by && v.what == FORM).count()
}

/// The draft's version, as it is answered to what was typed.
fn version(answer: &Answer) -> String {
    let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    said["version"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

#[tokio::test]
async fn what_is_said_as_one_types_is_on_record_once_an_hour() {
    let (house, commune) = house().await;
    let auto = format!("{FORM}/luu-tam");
    let mut said = house.post_by(&commune, &auto, &typed("0", "0", "31")).await;
    assert!(said.status == StatusCode::OK && !said.body.contains(QUOTED), "{}", said.body);
    assert_eq!(looks(&house, "xa-a").await, 0, "it says nothing of the year before");
    for (hours, total, times) in [(0, "300", 1), (0, "301", 1), (1, "302", 2), (0, "303", 2)] {
        house.pass(hours);
        said = house.post_by(&commune, &auto, &typed(&version(&said), "0", total)).await;
        assert!(said.body.contains(QUOTED), "{}", said.body);
        assert_eq!(looks(&house, "xa-a").await, times, "{total}");
    }
    // Whoever had the form shown is on record with that.
    house.pass(1);
    house.get_by(&commune, FORM).await;
    house.post_by(&commune, &auto, &typed(&version(&said), "0", "304")).await;
    assert_eq!(looks(&house, "xa-a").await, 3);
}

#[tokio::test]
async fn what_is_answered_to_sending_and_choosing_is_on_record() {
    let (house, commune) = house().await;
    let d = district();
    let send = format!("{FORM}/gui");
    let refused = house.post_by(&commune, &send, &typed("0", "0", "300")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(QUOTED), "{}", refused.text());
    assert_eq!(looks(&house, "xa-a").await, 1, "what is to be mended");
    // The cell sends meanwhile: what it sent is shown beside what would replace it.
    let own = [("members.total", 40), ("members.registered", 2)];
    sent(&house, d.submission("a1", "dang-vien", "nam-2", &own), Mode::default()).await;
    let draft = hidden(&refused, "phien");
    let asked = house.post_by(&commune, &send, &typed(&draft, "0", "41")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    assert!(asked.text().contains("Tổng số đảng viên 40 41"), "{}", asked.text());
    assert_eq!(looks(&house, "xa-a").await, 2, "what is to be confirmed");
    // Another device of the commune's typed something else.
    let aside = house.post_by(&commune, &format!("{FORM}/luu-tam"), &typed("0", "0", "42")).await;
    assert!(aside.body.contains("\"aside\""), "{}", aside.body);
    assert_eq!(looks(&house, "xa-a").await, 2, "nothing of others is in it");
    let shown = house.get_by(&commune, &format!("{FORM}/chon?ban=x")).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    assert_eq!(looks(&house, "xa-a").await, 3, "what there is to choose from");
    let stale = [("ban", "x"), ("phien", "7")];
    let again = house.post_by(&commune, &format!("{FORM}/chon"), &stale).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
    assert_eq!(looks(&house, "xa-a").await, 4, "the same again");
    let table = "unit,period,members.total,members.registered\na1,nam-2,300,1\n";
    let told = house.ask(upload(&commune, &format!("{FORM}/tai-len"), "bang.csv", table)).await;
    assert!(told.body.contains(QUOTED), "{}", told.text());
    assert_eq!(looks(&house, "xa-a").await, 5, "what is said of a file");
    // A unit's own is nobody else's.
    let cell = house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let refused = house.post_by(&cell, &send, &typed("0", "1", "300")).await;
    assert!(refused.body.contains(QUOTED), "{}", refused.text());
    assert_eq!(looks(&house, "a1").await, 0);
}
