//! Offices that report and review: what they are shown, and that the editors' rooms are not theirs.

use axum::http::StatusCode;
use nhipcau_domain::office::Duty;

use super::{
    house::{House, on_all, on_branch, on_unit},
    walls::addresses,
};

#[tokio::test]
async fn no_page_fails_for_any_duty_and_the_set_up_is_closed_to_all_of_them() {
    let house = House::in_district().await;
    let sessions = [
        house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await,
        house
            .signed_in_as("xa-a", &[on_unit(Duty::Reporter, "xa-a"), on_branch(Duty::Reviewer, "xa-a")])
            .await,
        house.signed_in_as("h", &[on_branch(Duty::Consolidator, "h")]).await,
        house.signed_in_as("thuong-truc", &[on_all(Duty::Approver)]).await,
        house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await,
    ];
    for session in &sessions {
        for (route, path) in addresses("get") {
            let answer = house.get_by(session, &path).await;
            assert!(!answer.status.is_server_error(), "{route}: {}", answer.text());
        }
        for path in ["chuyen-muc", "thiet-dat", "gop-y", "chuyen-huong", "co-quan"] {
            let answer = house.get_by(session, &format!("/lam-viec/{path}")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {path}", session.acting.office);
            let sent = house.post_by(session, &format!("/lam-viec/{path}"), &[("name", "x")]).await;
            assert!(sent.status.is_client_error(), "{} {path}: {}", session.acting.office, sent.status);
        }
    }
}
