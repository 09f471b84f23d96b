//! Changing what is set up at the desk: who may, what is seen first, what is refused with what was typed,
//! what is done, and that it can be taken back.

use std::collections::HashMap;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_actions::{
    configuration::records::Part,
    returns::{Mode, submit_all},
};
use nhipcau_domain::office::{Duty, Role};
use nhipcau_testkit::district;

use super::{
    house::{Answer, House, Session, on_all, on_branch},
    walls::addresses,
};
use crate::visitor::csrf;

const ROOM: &str = "/lam-viec/cau-hinh";

/// A district in which cells reported, and the office that consolidates it.
async fn reported() -> (House, Session) {
    let house = House::in_district().await;
    let d = district();
    let cells = [("a1", 10, 10), ("a2", 20, 21), ("a3", 5, 9), ("b1", 30, 30), ("b2", 7, 8)];
    let sent = cells.iter().map(|(u, n, t)| d.members(u, *n, *t)).collect();
    let mode = Mode { accept_by: Some("h".into()), ..Mode::default() };
    submit_all(&house.ws, sent, &mode, &HashMap::new()).await.unwrap();
    let session = house.signed_in_as("tong-hop", &[on_all(Duty::Consolidator)]).await;
    (house, session)
}

/// The hidden fields of a dry run's form, as a browser sends them on.
fn carried(answer: &Answer) -> Vec<(String, String)> {
    let form = answer.body.split("action=\"/lam-viec/cau-hinh/thuc-hien\"").nth(1).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|f| {
        let (name, rest) = f.split_once("\" value=\"")?;
        Some((name.to_owned(), plain(rest.split_once("\">")?.0)))
    });
    fields.filter(|(name, _)| name != "csrf").collect()
}

fn plain(html: &str) -> String {
    let marks = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
    ];
    marks
        .iter()
        .fold(html.to_owned(), |out, (mark, c)| out.replace(mark, c))
        .replace("&amp;", "&")
        .replace("&#38;", "&")
}

async fn carry_out(house: &House, session: &Session, seen: &Answer, reason: &str) -> Answer {
    let fields = carried(seen);
    assert_eq!(fields.len(), 3, "{}", seen.text());
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.push(("ly-do", reason));
    house.post_by(session, &format!("{ROOM}/thuc-hien"), &fields).await
}

const OVER: [(&str, &str); 6] = [
    ("id", "members.registered"),
    ("name", "Tỷ lệ đảng viên đăng ký"),
    ("measure", "people"),
    ("ratio.numerator", "members.registered"),
    ("ratio.denominator", "members.total"),
    ("wording.over", "80"),
];

#[tokio::test]
async fn the_room_opens_to_whoever_consolidates_everything_and_to_no_one_else() {
    let (house, consolidator) = reported().await;
    for role in Role::ALL {
        assert_eq!(house.get(Some(role), ROOM).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for duty in Duty::ALL {
        let mut postings = vec![on_branch(duty, "h")];
        if duty != Duty::Consolidator {
            postings.push(on_all(duty));
        }
        let session = house.signed_in_as(&format!("x-{}", duty.as_str()), &postings).await;
        for method in ["get", "post"] {
            for (route, path) in addresses(method).into_iter().filter(|(r, _)| r.starts_with(ROOM)) {
                let answer = match method {
                    "get" => house.get_by(&session, &path).await,
                    _ if route.ends_with("tai-len") => continue,
                    _ => house.post_by(&session, &path, &[]).await,
                };
                assert!(
                    answer.status == StatusCode::FORBIDDEN || answer.status == StatusCode::UNAUTHORIZED,
                    "{duty:?} {method} {route}: {}",
                    answer.status
                );
            }
        }
        assert!(!house.get_by(&session, "/lam-viec").await.body.contains("href=\"/lam-viec/cau-hinh\""));
    }
    assert!(house.get_by(&consolidator, "/lam-viec").await.body.contains("href=\"/lam-viec/cau-hinh\""));
}

#[tokio::test]
async fn every_form_has_its_words_in_both_languages() {
    let (house, session) = reported().await;
    let mut pages = vec![
        ROOM.to_owned(),
        format!("{ROOM}/don-vi"),
        format!("{ROOM}/mo-don-vi"),
        format!("{ROOM}/lich-su"),
        format!("{ROOM}/lich-su/1"),
        format!("{ROOM}/tep"),
        format!("{ROOM}/tep/indicators.toml"),
        format!("{ROOM}/phan/indicator/members.registered"),
        format!("{ROOM}/phan/form/dang-vien"),
        format!("{ROOM}/phan/campaign/campaign"),
    ];
    for part in Part::ALL {
        pages.push(format!("{ROOM}/phan/{}", part.as_str()));
        if part.is_list() {
            pages.push(format!("{ROOM}/them/{}", part.as_str()));
        }
    }
    for act in ["doi-ten", "chuyen", "ma-so", "loai", "nhap", "tach", "dong"] {
        pages.push(format!("{ROOM}/don-vi/a1?viec={act}"));
    }
    for page in pages {
        for lang in ["vi", "en"] {
            let answer = house.get_by_in(&session, &page, lang).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.text());
            assert!(!answer.text().contains("configuration-"), "{page} {lang}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn an_indicator_is_changed_after_its_figures_were_seen_and_restored() {
    let (house, session) = reported().await;
    let path = format!("{ROOM}/phan/indicator/members.registered");
    let seen = house.post_by(&session, &path, &OVER).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    for part in ["92,3%", "trên 80%", "72 / 78", "Không tổng số nào thay đổi", "Nói “trên” khi vượt"]
    {
        assert!(seen.text().contains(part), "{part}: {}", seen.text());
    }
    let reasonless = carry_out(&house, &session, &seen, " ").await;
    assert_eq!(reasonless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reasonless.text().contains("Cần ghi lý do"), "{}", reasonless.text());
    let done = carry_out(&house, &session, &reasonless, "Theo Kế hoạch <18>").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(done.location(), "/lam-viec/cau-hinh/lich-su?xong=configured");
    let history = house.get_by(&session, done.location()).await;
    for part in ["Theo Kế hoạch", "Anh tong-hop", "Thay đổi số 2", "phiên bản 2"] {
        assert!(history.text().contains(part), "{part}: {}", history.text());
    }
    assert!(!history.body.contains("<18>"));
    // What was seen before is not done once more: it is seen anew.
    let again = carry_out(&house, &session, &seen, "lần nữa").await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
    let first = house.get_by(&session, &format!("{ROOM}/lich-su/1")).await;
    assert!(first.text().contains("Khôi phục phiên bản 1"), "{}", first.text());
    let fields = [("thay-doi", "{\"edit\":\"restore\",\"version\":1}")];
    let restore = house.post_by(&session, &format!("{ROOM}/thu"), &fields).await;
    assert!(restore.text().contains("92,3%"), "{}", restore.text());
    assert_eq!(carry_out(&house, &session, &restore, "ghi nhầm").await.status, StatusCode::SEE_OTHER);
    let mut tx = house.ws.store().read().await.unwrap();
    let setting = house.ws.setting(&mut tx).await.unwrap();
    assert_eq!((setting.version, &setting.definitions), (3, &district().definitions));
    let seen: Vec<_> = tx.raw_views(20).await.unwrap().into_iter().map(|v| (v.what, v.reviewer)).collect();
    assert!(seen.contains(&(format!("{ROOM}/thu"), "office:tong-hop".to_owned())), "{seen:?}");
    let auditor = house.signed_in_as("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let trail = house.get_by(&auditor, "/lam-viec/nhat-ky").await;
    assert!(trail.text().contains("ghi nhầm"), "{}", trail.text());
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost() {
    let (house, session) = reported().await;
    let path = format!("{ROOM}/phan/indicator/members.registered");
    let mut typed = OVER.to_vec();
    typed[5].1 = "nhiều <lắm>";
    typed.push(("definition", "Một định nghĩa dở dang"));
    let answer = house.post_by(&session, &path, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Một định nghĩa dở dang") && answer.body.contains("id=\"e-wording.over\""));
    assert!(!answer.body.contains("<lắm>"));
    let check = [
        ("id", "moi"),
        ("data-set", "dang-vien"),
        ("holds", "members.registered <=\r\n members.tota"),
        ("severity", "refuse"),
        ("message", "Sai"),
    ];
    let answer = house.post_by(&session, &format!("{ROOM}/them/check"), &check).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("dòng 2"), "{}", answer.text());
    assert!(answer.body.contains("members.tota"), "what was typed is gone");
    let gone = [("thay-doi", "{\"edit\":\"remove\",\"part\":\"form\",\"name\":\"dang-vien\"}")];
    let answer = house.post_by(&session, &format!("{ROOM}/thu"), &gone).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let broken = house.post_by(&session, &format!("{ROOM}/thu"), &[("thay-doi", "{")]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = [("noi-dung", "[[indicator]]\nid = \"x\"\n")];
    let answer = house.post_by(&session, &format!("{ROOM}/tep/indicators.toml"), &text).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("indicators.toml, dòng 1"), "{}", answer.text());
}

#[tokio::test]
async fn a_unit_is_opened_moved_merged_and_closed_with_the_day_on_which_it_holds() {
    let (house, session) = reported().await;
    let open = [
        ("on", "2023-03-01"),
        ("unit", "a4"),
        ("name", "Chi bộ ấp An 4"),
        ("kind", "chi-bo"),
        ("parent", "xa-a"),
        ("code", ""),
        ("from", ""),
    ];
    let seen = house.post_by(&session, &format!("{ROOM}/mo-don-vi"), &open).await;
    assert!(seen.text().contains("Thành lập “Chi bộ ấp An 4”"), "{}", seen.text());
    assert!(seen.text().contains("5 → 6"), "it owes the year's form: {}", seen.text());
    assert_eq!(carry_out(&house, &session, &seen, "mới").await.status, StatusCode::SEE_OTHER);
    let again = house.post_by(&session, &format!("{ROOM}/mo-don-vi"), &open).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Chi bộ ấp An 4"), "what was typed is gone");
    let act = async |unit: &str, fields: &[(&str, &str)]| {
        house.post_by(&session, &format!("{ROOM}/don-vi/{unit}"), fields).await
    };
    let moved = act("a1", &[("viec", "chuyen"), ("on", "2022-06-01"), ("parent", "xa-b")]).await;
    assert!(moved.text().contains("2 đơn vị có tổng số thay đổi"), "{}", moved.text());
    assert_eq!(carry_out(&house, &session, &moved, "ranh giới").await.status, StatusCode::SEE_OTHER);
    let merged = act("b2", &[("viec", "nhap"), ("on", "2023-02-01"), ("from", "b1\r\na1")]).await;
    assert_eq!(carry_out(&house, &session, &merged, "sáp nhập").await.status, StatusCode::SEE_OTHER);
    let refused = act("xa-b", &[("viec", "dong"), ("on", "2023-04-01")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("còn hoạt động"), "{}", refused.text());
    assert!(refused.body.contains("value=\"2023-04-01\""), "the day is gone");
    let into = "a2a | Chi bộ An 2A\na2b | Chi bộ An 2B";
    let split = act("a2", &[("viec", "tach"), ("on", "2023-02-01"), ("into", into)]).await;
    assert_eq!(carry_out(&house, &session, &split, "chia tách").await.status, StatusCode::SEE_OTHER);
    let page = house.get_by(&session, &format!("{ROOM}/don-vi/a2")).await;
    assert!(page.text().contains("Tách thành Chi bộ An 2A, Chi bộ An 2B"), "{}", page.text());
    let then = house.get_by(&session, &format!("{ROOM}/don-vi?ngay=2022-05-01&goc=xa-a")).await;
    assert!(then.body.contains("don-vi/a1\""), "{}", then.text());
    let found = house.get_by(&session, &format!("{ROOM}/don-vi?tim=binh%202")).await;
    assert!(found.body.contains("don-vi/b2\"") && !found.body.contains("don-vi/a3\""), "{}", found.text());
}

#[tokio::test]
async fn doing_it_asks_for_a_fresh_proof_and_seeing_it_does_not() {
    let (house, session) = reported().await;
    house.pass(1);
    let seen = house.post_by(&session, &format!("{ROOM}/phan/indicator/members.registered"), &OVER).await;
    assert_eq!(seen.status, StatusCode::OK);
    let answer = carry_out(&house, &session, &seen, "vì thế").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("/lam-viec/xac-nhan") && answer.body.contains("vì thế"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn the_files_are_taken_away_and_come_back_as_one_change() {
    let (house, session) = reported().await;
    let packed = house.get_by(&session, &format!("{ROOM}/tai-ve")).await;
    assert_eq!(packed.headers["content-type"], "application/zip");
    let shown = house.get_by(&session, &format!("{ROOM}/tep/indicators.toml")).await;
    assert!(shown.body.contains("wording.over = 98"), "{}", shown.text());
    let send = async |name: &str, text: &str| {
        let token = csrf(&session.secret);
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n{text}\r\n--x--\r\n"
        );
        let request = Request::post(format!("{ROOM}/tai-len"))
            .header("cookie", format!("nhipcau={}", session.secret))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=x");
        house.ask(request.body(Body::from(body)).unwrap()).await
    };
    let checks = "[[check]]\nid = \"tong\"\ndata-set = \"dang-vien\"\nholds = \"members.registered < members.total\"\n\
                  severity = \"explain\"\nmessage = \"Đăng ký đủ {members.total}\"\n";
    let seen = send("checks.toml", checks).await;
    assert!(seen.text().contains("0 → 2, thử trên 5 trong 5 báo cáo"), "{}", seen.text());
    assert!(seen.text().contains("Đăng ký đủ 10"), "{}", seen.text());
    assert_eq!(carry_out(&house, &session, &seen, "thêm quy tắc").await.status, StatusCode::SEE_OTHER);
    let wrong = send("checks.toml", "[[check]]\nid = \"tong\"\n").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("checks.toml, dòng 1"), "{}", wrong.text());
    assert_eq!(send("anh.png", "x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
