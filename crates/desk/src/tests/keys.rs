//! From a slip to a passkey on the phone, and in again by it, as browsers see it.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_actions::accounts::{NewOffice, create_office};
use nhipcau_domain::office::{Acting, Grant, Role};
use nhipcau_testkit::phone::Phone;

use super::house::{ADDRESS, Answer, House, form_with};

const HOST: &str = "caungang.example";

/// A page as a browser with these cookies asks for it under a name.
pub async fn look(house: &House, host: &str, path: &str, cookies: &str) -> Answer {
    let request = Request::get(path).header("cookie", cookies).header("host", host);
    house.ask(request.body(Body::empty()).unwrap()).await
}

/// A form as a browser with these cookies sends it.
pub async fn send(house: &House, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Answer {
    let mut request = form_with(path, Some(cookies), Some("same-origin"), fields);
    request.headers_mut().insert("host", HOST.parse().unwrap());
    house.ask(request).await
}

/// The cookies that an answer sets, as a browser sends them back.
pub fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    set.map(|c| c.split(';').next().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
}

/// The one-time link of a new office of a role.
pub async fn link(house: &House, role: Role) -> String {
    let new = NewOffice {
        name: "Tổ mới".to_owned(),
        grants: vec![Grant { role, column: None }],
        ..NewOffice::default()
    };
    let machine = Acting::at_the_machine("may-chu".into());
    let (_, token) = create_office(&house.door, &machine, "", &new).await.unwrap();
    format!("/lam-viec/thiet-lap/{token}")
}

fn challenge(answer: &Answer) -> String {
    let after = answer.body.split("\"challenge\":\"").nth(1).unwrap_or_else(|| panic!("{}", answer.body));
    after.split('"').next().unwrap().to_owned()
}

fn text(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0_u32, |n, b| (n << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            let index = usize::try_from((n >> (18 - 6 * digit)) & 63).unwrap();
            write!(out, "{}", char::from(ALPHABET[index])).unwrap();
        }
    }
    out
}

/// What the phone's browser fills in where a key is made.
fn made(phone: &Phone, challenge: &str) -> [(&'static str, String); 3] {
    let made = phone.make(challenge);
    [("khoa-id", text(&phone.id)), ("khoa-client", text(&made.client)), ("khoa-object", text(&made.object))]
}

/// What it fills in where somebody signs in.
fn signed(phone: &mut Phone, challenge: &str) -> [(&'static str, String); 4] {
    let signed = phone.sign(challenge);
    [
        ("khoa-id", text(&phone.id)),
        ("khoa-client", text(&signed.client)),
        ("khoa-data", text(&signed.data)),
        ("khoa-signature", text(&signed.signature)),
    ]
}

fn with<'a>(fields: &'a [(&'static str, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(n, v)| (*n, v.as_str())).chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_link_becomes_a_passkey_and_the_passkey_lets_in() {
    let house = House::new().await;
    let link = link(&house, Role::Administrator).await;
    let first = look(&house, HOST, &link, "").await;
    assert!(first.text().contains("Dùng khóa truy cập"), "{}", first.text());
    let page = look(&house, HOST, &format!("{link}?cach=khoa"), "").await;
    assert!(
        page.body.contains(&format!("data-khoa=\"{link}/khoa\"")) && page.body.contains("giao-dien/khoa-")
    );
    assert!(page.text().contains("Trình duyệt này không dùng được"), "said where there is no script");
    // A name that is missing is said before the device makes anything.
    let nobody = send(&house, &format!("{link}/khoa"), "", &[("name", " ")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.body.contains("họ tên"), "{}", nobody.body);
    let person = [("name", "Trần Thị Mẫu"), ("contact", "0900"), ("cach", "khoa")];
    let asked = send(&house, &format!("{link}/khoa"), "", &person).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    let mut phone = Phone::on(ADDRESS);
    let answer = made(&phone, &challenge(&asked));
    let broken = send(&house, &link, "", &person).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY, "without an answer");
    assert!(broken.body.contains("value=\"Trần Thị Mẫu\""), "what was typed is kept");
    let entered = send(&house, &link, "", &with(&answer, &person)).await;
    assert_eq!(
        (entered.status, entered.location()),
        (StatusCode::SEE_OTHER, "/lam-viec"),
        "{}",
        entered.text()
    );
    // An administrator who needs codes otherwise is in.
    let account = look(&house, HOST, "/lam-viec/tai-khoan", &cookies(&entered)).await;
    assert_eq!(account.status, StatusCode::OK, "{}", account.text());
    assert!(account.text().contains("Khóa truy cập: 1") && !account.body.contains("name=\"password\""));
    let door = look(&house, HOST, "/lam-viec/dang-nhap", "").await;
    assert!(door.body.contains("data-khoa=\"/lam-viec/dang-nhap/khoa/hoi\""), "{}", door.text());
    let asked = send(&house, "/lam-viec/dang-nhap/khoa/hoi", "", &[]).await;
    let answer = signed(&mut phone, &challenge(&asked));
    let next = [("tiep", "/lam-viec/tai-khoan")];
    let again = send(&house, "/lam-viec/dang-nhap/khoa", "", &with(&answer, &next)).await;
    assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, "/lam-viec/tai-khoan"));
    let twice = send(&house, "/lam-viec/dang-nhap/khoa", "", &with(&answer, &next)).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text().contains("Không nhận được khóa truy cập"), "{}", twice.text());
}

#[tokio::test]
async fn keys_are_kept_on_a_page_that_asks_for_proof() {
    let house = House::new().await;
    let session = house.signed_in_as("to-khac", &[]).await;
    let cookie = format!("nhipcau={}", session.secret);
    let page = "/lam-viec/tai-khoan/khoa";
    let token = crate::visitor::csrf(&session.secret);
    let csrf = [("csrf", token.as_str())];
    let empty = look(&house, HOST, page, &cookie).await;
    assert!(empty.text().contains("chưa có khóa nào"), "{}", empty.text());
    let asked = send(&house, &format!("{page}/hoi"), &cookie, &csrf).await;
    let phone = Phone::on(ADDRESS);
    let answer = made(&phone, &challenge(&asked));
    let fields = with(&answer, &[("csrf", &token), ("name", "Máy phòng họp")]);
    let added = send(&house, page, &cookie, &fields).await;
    assert_eq!(added.location(), "/lam-viec/tai-khoan/khoa?xong=key-added", "{}", added.text());
    let listed = look(&house, HOST, added.location(), &cookie).await;
    assert!(
        listed.text().contains("Máy phòng họp") && listed.text().contains("Đã thêm"),
        "{}",
        listed.text()
    );
    // The only way in stays.
    let id = listed.body.split(&format!("action=\"{page}/")).nth(1).unwrap().split('"').next().unwrap();
    let kept = send(&house, &format!("{page}/{id}"), &cookie, &csrf).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.text().contains("cách đăng nhập duy nhất"), "{}", kept.text());
    house.pass(1);
    let later = look(&house, HOST, page, &cookie).await;
    assert_eq!(later.location(), format!("/lam-viec/xac-nhan?tiep={page}"));
    // The proof is the passkey itself: there is no password to ask for.
    let proof = look(&house, HOST, later.location(), &cookie).await;
    assert!(proof.body.contains("/lam-viec/xac-nhan/khoa/hoi") && !proof.body.contains("name=\"password\""));
    let asked = send(&house, "/lam-viec/xac-nhan/khoa/hoi", &cookie, &csrf).await;
    let mut phone = phone;
    let answer = signed(&mut phone, &challenge(&asked));
    let fields = with(&answer, &[("csrf", &token), ("tiep", page)]);
    let proven = send(&house, "/lam-viec/xac-nhan/khoa", &cookie, &fields).await;
    assert_eq!((proven.status, proven.location()), (StatusCode::SEE_OTHER, page), "{}", proven.text());
    assert_eq!(look(&house, HOST, page, &cookies(&proven)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn at_an_address_of_numbers_no_passkey_is_offered_and_nothing_is_broken() {
    let house = House::new().await;
    let link = link(&house, Role::Writer).await;
    for host in ["127.0.0.1:8080", "www.caungang.example", ""] {
        let page = look(&house, host, &link, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("khóa truy cập") && !page.body.contains("data-khoa"), "{host}");
        // Whoever asks for it all the same gets the first way that there is.
        let asked = look(&house, host, &format!("{link}?cach=khoa"), "").await;
        assert!(asked.body.contains("name=\"password\"") && !asked.body.contains("data-khoa"), "{host}");
        let door = look(&house, host, "/lam-viec/dang-nhap", "").await;
        assert!(!door.body.contains("data-khoa"), "{host}");
    }
}
