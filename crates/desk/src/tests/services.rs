//! By another's sign-in service, a real one on this machine: to it and back, as browsers see it.

use axum::http::StatusCode;
use nhipcau_domain::office::Role;
use nhipcau_sso::{Config, Provider};
use nhipcau_testkit::provider::Provider as Service;

use super::{
    house::{ADDRESS, Answer, House},
    keys::{cookies, link, look, send},
};

const HOST: &str = "caungang.example";
const BACK: &str = "/lam-viec/dang-nhap/lien-thong/ve";

async fn house(service: &Service) -> House {
    let config = Config {
        issuer: service.issuer().to_owned(),
        client_id: "nhip-cau".to_owned(),
        redirect: format!("{ADDRESS}{BACK}"),
        ..Config::default()
    };
    let provider = Provider::new(config).unwrap();
    House::with(0, |state| state.with_service(provider, "Tài khoản tỉnh")).await
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let pairs = address.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).next().unwrap_or_default()
}

/// Somebody signs in at the service: where they come back to.
fn signed_in(house: &House, service: &Service, to: &str, subject: &str) -> String {
    let now = house.ws.now().as_second();
    let claims = format!(
        r#"{{"iss":"{}","sub":"{subject}","aud":"nhip-cau","exp":{},"iat":{now},"auth_time":{now},"nonce":"{}"}}"#,
        service.issuer(),
        now + 300,
        parameter(to, "nonce"),
    );
    service.grant("ma", &parameter(to, "code_challenge"), &service.signed(&claims));
    format!("{BACK}?code=ma&state={}", parameter(to, "state"))
}

/// The address at the service that a page of ours leads to.
fn way(answer: &Answer, service: &Service) -> String {
    let from = answer.body.split(&format!("href=\"{}", service.issuer())).nth(1);
    let rest = from.unwrap_or_else(|| panic!("no way: {}", answer.text())).split('"').next().unwrap();
    format!("{}{}", service.issuer(), rest.replace("&#38;", "&").replace("&amp;", "&"))
}

#[tokio::test]
async fn a_link_binds_a_subject_and_the_subject_signs_in() {
    let service = Service::start();
    let house = house(&service).await;
    let link = link(&house, Role::Writer).await;
    let offered = look(&house, HOST, &link, "").await;
    assert!(offered.text().contains("Dùng Tài khoản tỉnh"), "{}", offered.text());
    let typed = [("cach", "lien-thong"), ("name", "Trần Thị Mẫu"), ("contact", "0900")];
    let page = send(&house, &link, "", &typed).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let back = signed_in(&house, &service, &way(&page, &service), "lan");
    let strange = look(&house, HOST, &back, "").await;
    assert!(strange.text().contains("bắt đầu từ trình duyệt khác"), "{}", strange.text());
    // That was somebody else's browser, and the journey is over; the link is as good as before.
    let page = send(&house, &link, "", &typed).await;
    let back = signed_in(&house, &service, &way(&page, &service), "lan");
    let entered = look(&house, HOST, &back, &cookies(&page)).await;
    assert_eq!(
        (entered.status, entered.location()),
        (StatusCode::SEE_OTHER, "/lam-viec"),
        "{}",
        entered.text()
    );
    let account = look(&house, HOST, "/lam-viec/tai-khoan", &cookies(&entered)).await;
    assert!(account.text().contains("Tài khoản tỉnh: đã gắn"), "{}", account.text());
    // The next time, from the door.
    let door = look(&house, HOST, "/lam-viec/dang-nhap", "").await;
    assert!(door.text().contains("Đăng nhập bằng Tài khoản tỉnh"), "{}", door.text());
    let from = "/lam-viec/dang-nhap/lien-thong?tiep=/lam-viec/tai-khoan";
    let sent = look(&house, HOST, from, "").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let back = signed_in(&house, &service, sent.location(), "lan");
    let entered = look(&house, HOST, &back, &cookies(&sent)).await;
    assert_eq!(entered.location(), "/lam-viec/tai-khoan", "{}", entered.text());
    let again = look(&house, HOST, &back, &cookies(&sent)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "twice");
    let sent = look(&house, HOST, from, "").await;
    let back = signed_in(&house, &service, sent.location(), "khac");
    let stranger = look(&house, HOST, &back, &cookies(&sent)).await;
    assert!(stranger.text().contains("chưa gắn với cơ quan nào"), "{}", stranger.text());
    assert!(stranger.body.contains("name=\"password\""), "the other ways in are still there");
}

#[tokio::test]
async fn whoever_is_in_binds_proves_and_unbinds() {
    let service = Service::start();
    let house = house(&service).await;
    let session = house.signed_in_as("to-khac", &[]).await;
    let cookie = format!("nhipcau={}", session.secret);
    let token = crate::visitor::csrf(&session.secret);
    let page = "/lam-viec/tai-khoan/lien-thong";
    let csrf = [("csrf", token.as_str()), ("tiep", page)];
    let go = send(&house, page, &cookie, &csrf).await;
    let to = way(&go, &service);
    assert_eq!(parameter(&to, "prompt"), "login", "asked again who they are");
    let back = signed_in(&house, &service, &to, "lan");
    // Another session does not take what this one set out for.
    let elsewhere = look(&house, HOST, &back, &cookies(&go)).await;
    assert!(elsewhere.text().contains("bắt đầu lại"), "{}", elsewhere.text());
    let go = send(&house, page, &cookie, &csrf).await;
    let back = signed_in(&house, &service, &way(&go, &service), "lan");
    let bound = look(&house, HOST, &back, &format!("{cookie}; {}", cookies(&go))).await;
    assert_eq!(bound.location(), "/lam-viec/tai-khoan/lien-thong?xong=bound", "{}", bound.text());
    house.pass(1);
    let later = look(&house, HOST, page, &cookie).await;
    let proof = look(&house, HOST, later.location(), &cookie).await;
    assert!(proof.text().contains("Xác nhận bằng Tài khoản tỉnh"), "{}", proof.text());
    let go = send(&house, "/lam-viec/xac-nhan/lien-thong", &cookie, &csrf).await;
    let back = signed_in(&house, &service, &way(&go, &service), "lan");
    let proven = look(&house, HOST, &back, &format!("{cookie}; {}", cookies(&go))).await;
    assert_eq!((proven.status, proven.location()), (StatusCode::SEE_OTHER, page), "{}", proven.text());
    let shown = look(&house, HOST, page, &cookies(&proven)).await;
    assert!(shown.text().contains(service.issuer()) && shown.text().contains("Bỏ gắn"), "{}", shown.text());
}

#[tokio::test]
async fn a_service_that_is_down_or_says_no_leaves_the_other_ways_in() {
    let service = Service::start();
    let house = house(&service).await;
    let sent = look(&house, HOST, "/lam-viec/dang-nhap/lien-thong", "").await;
    let state = parameter(sent.location(), "state");
    let said = format!("{BACK}?error=access_denied&state={state}");
    let cancelled = look(&house, HOST, &said, &cookies(&sent)).await;
    assert!(cancelled.text().contains("đã dừng ở bên đó"), "{}", cancelled.text());
    let sent = look(&house, HOST, "/lam-viec/dang-nhap/lien-thong", "").await;
    let back = signed_in(&house, &service, sent.location(), "lan");
    let mixed = look(&house, HOST, &format!("{back}&iss=https://khac.example"), &cookies(&sent)).await;
    assert!(mixed.text().contains("Không xác nhận được"), "{}", mixed.text());
    house.pass(2);
    service.answers(false);
    let down = look(&house, HOST, "/lam-viec/dang-nhap/lien-thong", "").await;
    assert!(down.text().contains("Tài khoản tỉnh hiện không trả lời"), "{}", down.text());
    assert!(down.body.contains("name=\"password\"") && !down.body.contains(service.issuer()));
}

#[tokio::test]
async fn without_a_service_nothing_speaks_of_one() {
    let house = House::new().await;
    let door = look(&house, HOST, "/lam-viec/dang-nhap", "").await;
    assert!(!door.body.contains("lien-thong"));
    let address = look(&house, HOST, "/lam-viec/dang-nhap/lien-thong", "").await;
    assert_eq!(address.status, StatusCode::NOT_FOUND);
}
