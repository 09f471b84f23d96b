//! From a printed slip to a phone that asks for six digits, as browsers see it.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_actions::accounts::make_unit_offices;
use nhipcau_domain::office::{Acting, Duty, Role};

use super::house::{Answer, House, Session, form_with, on_branch, on_unit};

const PAGE: &str = "/lam-viec/don-vi-co-quan";

/// The district with an office for each unit, and commune A's reviewer signed in (an office beside it).
async fn reviewed() -> (House, Session) {
    let house = House::in_district().await;
    make_unit_offices(&house.ws, &Acting::at_the_machine("may-chu".into()), "", None).await.unwrap();
    let reviewer = house.signed_in_as("to-duyet-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    (house, reviewer)
}

/// The codes on printed slips.
fn codes(answer: &Answer) -> Vec<String> {
    let parts = answer.body.split("<strong class=\"code\">").skip(1);
    parts.map(|p| p.split('<').next().unwrap().to_owned()).collect()
}

/// The cookies that an answer sets, as a browser sends them back.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    set.map(|c| c.split(';').next().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
}

async fn print(house: &House, reviewer: &Session, units: &[&str]) -> Answer {
    let fields: Vec<(&str, &str)> = units.iter().map(|u| ("don-vi", *u)).collect();
    house.post_by(reviewer, &format!("{PAGE}/phieu"), &fields).await
}

async fn look(house: &House, path: &str, cookies: &str) -> Answer {
    house.ask(Request::get(path).header("cookie", cookies).body(Body::empty()).unwrap()).await
}

async fn send(house: &House, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Answer {
    house.ask(form_with(path, Some(cookies), Some("same-origin"), fields)).await
}

#[tokio::test]
async fn a_slip_is_printed_scanned_and_becomes_a_pin_on_the_phone() {
    let (house, reviewer) = reviewed().await;
    let page = house.get_by(&reviewer, PAGE).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("In phiếu cho 3 đơn vị chưa đăng nhập được"), "{}", page.text());
    let printed = print(&house, &reviewer, &["a1"]).await;
    assert_eq!(printed.status, StatusCode::OK, "{}", printed.text());
    let code = codes(&printed).remove(0);
    let address = format!("/lam-viec/phieu/{code}");
    assert!(printed.body.contains("<svg class=\"qr\""));
    let shown = look(&house, &address, "").await;
    assert!(shown.text().contains("Thiết lập tài khoản: Chi bộ ấp An 1"), "{}", shown.text());
    assert!(shown.body.contains("inputmode=\"numeric\"") && !shown.body.contains("name=\"password\""));
    // What is wrong is said, and what was typed is kept.
    let typed = [("cach", "pin"), ("name", "Trần Thị Mẫu"), ("contact", "0900"), ("pin", "123456")];
    let wrong = send(&house, &address, "", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("dễ đoán") && wrong.body.contains("value=\"Trần Thị Mẫu\""));
    assert!(!wrong.body.contains("123456\""), "digits are not written back");
    let typed = [("cach", "pin"), ("name", "Trần Thị Mẫu"), ("contact", "0900"), ("pin", "190575")];
    let entered = send(&house, &address, "", &typed).await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/lam-viec"));
    let phone = cookies(&entered);
    assert!(
        entered
            .headers
            .get_all("set-cookie")
            .iter()
            .any(|c| c.to_str().unwrap().contains("Max-Age=15552000"))
    );
    let account = look(&house, "/lam-viec/tai-khoan", &phone).await;
    assert!(account.text().contains("Tài khoản dùng mã PIN"), "{}", account.text());
    assert!(look(&house, &address, "").await.text().contains("đã được dùng"));
    // Next time: six digits, and nothing else.
    let device = phone.split("; ").find(|c| c.starts_with("nhipcau-may=")).unwrap().to_owned();
    let door = look(&house, "/lam-viec/dang-nhap", &device).await;
    assert!(door.text().contains("Trần Thị Mẫu, Chi bộ ấp An 1"), "{}", door.text());
    assert!(!door.body.contains("name=\"name\""));
    let by_password = look(&house, "/lam-viec/dang-nhap?cach=mat-khau", &device).await;
    assert!(by_password.body.contains("name=\"name\""));
    let pin = "/lam-viec/dang-nhap/pin";
    let wrong = send(&house, pin, &device, &[("password", "271828")]).await;
    assert!(wrong.text().contains("Còn 4 lần thử"), "{}", wrong.text());
    let right = send(&house, pin, &device, &[("password", "190575"), ("tiep", "/lam-viec/tai-khoan")]).await;
    assert_eq!((right.status, right.location()), (StatusCode::SEE_OTHER, "/lam-viec/tai-khoan"));
    for _ in 0..5 {
        send(&house, pin, &device, &[("password", "271828")]).await;
    }
    let void = send(&house, pin, &device, &[("password", "190575")]).await;
    assert!(
        void.text().contains("không còn dùng được") && void.body.contains("name=\"name\""),
        "{}",
        void.text()
    );
}

#[tokio::test]
async fn a_code_can_be_typed_in_by_hand_and_a_password_chosen_instead() {
    let (house, reviewer) = reviewed().await;
    let code = codes(&print(&house, &reviewer, &["a2"]).await).remove(0);
    let wrong = send(&house, "/lam-viec/phieu", "", &[("ma", "AAAA-BBBB-CCCC-DDDD")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = code.to_lowercase().replace('-', " ");
    let right = send(&house, "/lam-viec/phieu", "", &[("ma", &typed)]).await;
    let bare = code.replace('-', "");
    assert_eq!(right.location(), format!("/lam-viec/phieu/{bare}"));
    let by_password = look(&house, &format!("/lam-viec/thiet-lap/{bare}?cach=mat-khau"), "").await;
    assert!(by_password.body.contains("name=\"password\"") && !by_password.body.contains("name=\"pin\""));
    let form = [
        ("cach", "mat-khau"),
        ("name", "Lê Văn Mẫu"),
        ("sign_in", "chi-bo-an-2"),
        ("password", "con cò bay lả bay la"),
    ];
    let entered = send(&house, &format!("/lam-viec/thiet-lap/{bare}"), "", &form).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text());
    let account = look(&house, "/lam-viec/tai-khoan", &cookies(&entered)).await;
    assert!(account.text().contains("Báo cáo (Chi bộ ấp An 2)"), "{}", account.text());
}

#[tokio::test]
async fn a_new_slip_ends_what_the_holder_has_and_so_does_leaving() {
    let (house, reviewer) = reviewed().await;
    let enter = async || {
        let code = codes(&print(&house, &reviewer, &["a1"]).await).remove(0);
        let typed = [("cach", "pin"), ("name", "Trần Thị Mẫu"), ("pin", "190575")];
        cookies(&send(&house, &format!("/lam-viec/phieu/{code}"), "", &typed).await)
    };
    let phone = enter().await;
    assert_eq!(look(&house, "/lam-viec/tai-khoan", &phone).await.status, StatusCode::OK);
    let second = enter().await;
    assert_eq!(look(&house, "/lam-viec/tai-khoan", &phone).await.status, StatusCode::SEE_OTHER);
    let page = house.get_by(&reviewer, PAGE).await.body;
    let leave = page.split("name=\"thoi\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let left = house.post_by(&reviewer, &format!("{PAGE}/thoi"), &[("thoi", leave), ("duoi", "xa-a")]).await;
    assert_eq!(left.location(), format!("{PAGE}?duoi=xa-a&xong=removed"));
    assert_eq!(look(&house, "/lam-viec/tai-khoan", &second).await.status, StatusCode::SEE_OTHER);
    assert!(house.get_by(&reviewer, PAGE).await.text().contains("Chưa có người phụ trách"));
}

#[tokio::test]
async fn units_are_handed_out_by_the_office_above_and_by_administrators_alone() {
    let (house, reviewer) = reviewed().await;
    let cell = house.signed_in_as("to-giup-viec", &[on_unit(Duty::Reporter, "a1")]).await;
    for path in [PAGE, &format!("{PAGE}?duoi=xa-a")] {
        assert_eq!(house.get_by(&cell, path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(house.get(Some(Role::Publisher), path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(house.get(Some(Role::Administrator), path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(print(&house, &cell, &["a1"]).await.status, StatusCode::FORBIDDEN);
    for under in ["xa-b", "h", "khong-co"] {
        let answer = house.get_by(&reviewer, &format!("{PAGE}?duoi={under}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{under}");
    }
    let printed = print(&house, &reviewer, &["b1", "xa-a", "a3"]).await;
    assert_eq!(codes(&printed).len(), 1);
    assert!(printed.text().contains("2 đơn vị không in được phiếu"), "{}", printed.text());
    let none = print(&house, &reviewer, &[]).await;
    assert!(none.text().contains("Chưa chọn đơn vị nào"), "{}", none.text());
    let made = house.post_by(&reviewer, &format!("{PAGE}/lap"), &[]).await;
    assert_eq!(made.status, StatusCode::FORBIDDEN);
    let made = house.post(Role::Administrator, &format!("{PAGE}/lap"), &[("duoi", "h\r\nx")]).await;
    assert!(made.status.is_client_error(), "a unit that is not there");
    let made = house.post(Role::Administrator, &format!("{PAGE}/lap"), &[("duoi", "h")]).await;
    assert_eq!(made.location(), format!("{PAGE}?duoi=h&xong=made"));
}

#[tokio::test]
async fn what_is_given_out_takes_a_fresh_proof() {
    let (house, reviewer) = reviewed().await;
    house.pass(1);
    let asked = house.get_by(&reviewer, PAGE).await;
    assert_eq!(asked.location(), "/lam-viec/xac-nhan?tiep=/lam-viec/don-vi-co-quan");
    let answer = print(&house, &reviewer, &["a1"]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(codes(&answer), Vec::<String>::new());
}

#[tokio::test]
async fn the_printed_sheet_reads_well() {
    let (house, reviewer) = reviewed().await;
    let answer = house.post_by(&reviewer, &format!("{PAGE}/phieu"), &[("ai", "cho"), ("duoi", "xa-a")]).await;
    insta::assert_snapshot!(answer.text());
    let page = house.get_by(&reviewer, PAGE).await;
    insta::assert_snapshot!(page.text());
}

#[tokio::test]
async fn an_office_without_a_role_on_the_site_begins_in_its_own_rooms() {
    let (house, reviewer) = reviewed().await;
    let begins = house.get_by(&reviewer, "/lam-viec").await;
    assert_eq!(begins.status, StatusCode::OK, "{}", begins.text());
    assert!(begins.body.contains(&format!("href=\"{PAGE}\"")));
    for editors in ["bai-viet", "tep", "lich", "luot-truy-cap", "chuyen-muc", "co-quan"] {
        assert!(!begins.body.contains(&format!("href=\"/lam-viec/{editors}\"")), "{editors}");
    }
    let idle = house.signed_in_as("khong-viec", &[]).await;
    assert!(house.get_by(&idle, "/lam-viec").await.text().contains("chưa được giao việc nào"));
}

#[tokio::test]
async fn the_offices_page_sets_duties_and_refuses_a_unit_that_is_not_there() {
    let house = House::in_district().await;
    let admin = Role::Administrator;
    let duty = |unit| {
        [("name", "Ban Tuyên giáo"), ("duty_0", "consolidator"), ("reach_0", "branch"), ("unit_0", unit)]
    };
    let refused = house.post(admin, "/lam-viec/co-quan", &duty("khong-co")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    assert!(refused.text().contains("Không có đơn vị nào mang mã “khong-co”"), "{}", refused.text());
    // A duty over nothing named is not one over everything.
    let nothing = house.post(admin, "/lam-viec/co-quan", &duty("")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(admin, "/lam-viec/co-quan", &duty("xa-a")).await.status, StatusCode::OK);
    let page = house.get(Some(admin), "/lam-viec/co-quan/ban-tuyen-giao").await;
    assert!(page.text().contains("Tổng hợp (Xã An Mẫu và cấp dưới)"), "{}", page.text());
    let change = [
        ("viec", "sua"),
        ("name", "Ban Tuyên giáo"),
        ("duty_0", "auditor"),
        ("reach_0", "all"),
        ("duty_1", "reporter"),
        ("reach_1", "unit"),
        ("unit_1", "h"),
    ];
    let changed = house.post(admin, "/lam-viec/co-quan/ban-tuyen-giao", &change).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
    let page = house.get(Some(admin), "/lam-viec/co-quan/ban-tuyen-giao").await;
    assert!(page.text().contains("Kiểm tra (mọi đơn vị); Báo cáo (Huyện Mẫu)"), "{}", page.text());
    assert!(page.text().contains("auditor all, reporter unit h"), "on record: {}", page.text());
}
