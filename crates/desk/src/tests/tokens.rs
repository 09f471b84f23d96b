//! Tokens at the desk: made after a proof, shown once, ended; each office its own.

use axum::http::StatusCode;
use nhipcau_actions::accounts;
use nhipcau_domain::office::Duty;

use super::house::{House, on_branch, on_unit};

const HERE: &str = "/lam-viec/tai-khoan/ma-truy-cap";

#[tokio::test]
async fn a_holder_makes_a_token_sees_it_once_and_ends_it() {
    let house = House::in_district().await;
    let office = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let page = house.get_by(&office, HERE).await;
    assert!(page.body.contains("Chưa có mã truy cập nào") && page.body.contains("pham-vi-review"));
    assert!(!page.body.contains("pham-vi-approve"), "the office does not approve");
    let fields = [("ten", "Phần mềm xã"), ("ngay", "30"), ("pham-vi-read", "1")];
    let made = house.post_by(&office, HERE, &fields).await;
    assert_eq!(made.status, StatusCode::OK);
    let at = made.body.find("nhc_").expect("it is shown");
    let secret = &made.body[at..at + 68];
    assert!(accounts::find_token(&house.ws, secret).await.unwrap().is_some());
    let list = house.get_by(&office, HERE).await;
    assert!(list.body.contains("Phần mềm xã") && !list.body.contains("nhc_"), "never again");
    let id = accounts::tokens(&house.ws, &"xa-a".into()).await.unwrap()[0].id;
    let other = house.signed_in_as("xa-b", &[on_branch(Duty::Reviewer, "xa-b")]).await;
    let theirs = house.post_by(&other, &format!("{HERE}/{id}"), &[]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let ended = house.post_by(&office, &format!("{HERE}/{id}"), &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert!(accounts::find_token(&house.ws, secret).await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_wrong_is_told_with_what_was_typed_and_it_takes_a_proof() {
    let house = House::in_district().await;
    let office = house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let answer =
        house.post_by(&office, HERE, &[("ten", "Phần mềm"), ("ngay", "400"), ("pham-vi-read", "1")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("366") && answer.body.contains("Phần mềm"));
    let none = house.post_by(&office, HERE, &[("ten", "Phần mềm"), ("ngay", "30")]).await;
    assert!(none.body.contains("ít nhất một phạm vi"));
    house.pass(1);
    let late = [("ten", "Phần mềm"), ("ngay", "30"), ("pham-vi-read", "1")];
    let asked = house.post_by(&office, HERE, &late).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    assert!(asked.body.contains("/lam-viec/xac-nhan") && asked.body.contains("Phần mềm"));
    assert!(accounts::tokens(&house.ws, &"a1".into()).await.unwrap().is_empty());
}
