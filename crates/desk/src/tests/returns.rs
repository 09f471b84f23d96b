//! A secretary reports: the list, the form, drafts of two devices, sending, the workbook.

use axum::http::{Request, StatusCode};
use nhipcau_domain::office::{Duty, Role};

use super::house::{Answer, House, Session, on_branch, on_unit};
use crate::visitor::csrf;

const FORM: &str = "/lam-viec/bao-cao/dang-vien/nam-1/a1";

async fn cell(house: &House) -> Session {
    house.signed_in_as("a1", &[on_unit(Duty::Reporter, "a1")]).await
}

/// A hidden field of the page's form.
pub fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).unwrap_or_else(|| panic!("no field {name}: {}", page.body)).1;
    rest.split('"').next().unwrap().to_owned()
}

/// What the form sends, with these numbers in it.
fn filled<'a>(page: &Answer, total: &'a str, registered: &'a str) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> =
        ["phien", "lan", "ban"].into_iter().map(|name| (name, hidden(page, name))).collect();
    fields.push(("so.members.total", total.to_owned()));
    fields.push(("kieu.members.total", "so".to_owned()));
    fields.push(("so.members.registered", registered.to_owned()));
    fields.push(("kieu.members.registered", "so".to_owned()));
    fields
}

async fn post(house: &House, who: &Session, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    house.post_by(who, path, &fields).await
}

#[tokio::test]
async fn the_first_screen_is_what_is_owed_and_by_when() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let page = house.get_by(&a1, "/lam-viec/bao-cao").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    insta::assert_snapshot!(page.text());
    assert!(page.body.contains("/lam-viec/bao-cao/dang-vien/nam-1/a1"));
    assert!(!page.body.contains("name=\"tim\""), "a cell reports for nobody else");
}

#[tokio::test]
async fn the_form_is_whole_without_a_script() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let page = house.get_by(&a1, FORM).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let kept: Vec<&str> = page
        .body
        .lines()
        .filter(|l| !l.contains("/lam-viec/giao-dien/") && !l.contains("name=\"ban\"") && !l.contains("csrf"))
        .collect();
    insta::assert_snapshot!(kept.join("\n"));
    let english = house.get_by_in(&a1, FORM, "en").await;
    for (lang, page) in [("vi", &page), ("en", &english)] {
        for mark in [">returns-", "\"returns-", " returns-"] {
            assert!(!page.body.contains(mark), "{lang}: a sentence is missing");
        }
    }
}

#[tokio::test]
async fn what_is_saved_by_the_button_is_there_and_sent_by_the_other() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let page = house.get_by(&a1, FORM).await;
    let saved = post(&house, &a1, FORM, &filled(&page, "1 030", "24")).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, &*format!("{FORM}?xong=saved")));
    let page = house.get_by(&a1, FORM).await;
    assert!(page.body.contains("value=\"1 030\""), "as it was typed");
    assert!(page.text().contains("chưa gửi"));

    let sent = post(&house, &a1, &format!("{FORM}/gui"), &filled(&page, "1 030", "24")).await;
    assert_eq!(
        (sent.status, sent.location()),
        (StatusCode::SEE_OTHER, &*format!("{FORM}/gui")),
        "{}",
        sent.text()
    );
    let receipt = house.get_by(&a1, sent.location()).await;
    assert!(
        receipt.text().contains("Đã nhận lúc") && receipt.text().contains("sẽ xem"),
        "{}",
        receipt.text()
    );
    let page = house.get_by(&a1, FORM).await;
    assert!(page.body.contains("value=\"1.030\"") && page.text().contains("Đã gửi, chờ duyệt"));
    // The same once more is received once.
    let again = post(&house, &a1, &format!("{FORM}/gui"), &filled(&page, "1030", "24")).await;
    assert_eq!(again.location(), format!("{FORM}/gui?nhu-cu=1"));
}

#[tokio::test]
async fn a_refusal_stands_at_the_field_in_the_importer_s_words_with_what_was_typed() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let page = house.get_by(&a1, FORM).await;
    let refused = post(&house, &a1, &format!("{FORM}/gui"), &filled(&page, "12,5", "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"12,5\""));
    assert!(refused.body.contains("<a href=\"#f-so.members.total\">"), "the summary leads to the field");
    assert!(refused.body.contains("role=\"alert\""));
    let text = refused.text();
    assert!(text.contains("“12,5” không phải số nguyên"), "{text}");
    assert!(text.contains("“Đảng viên đã đăng ký” chưa có câu trả lời"), "{text}");
}

#[tokio::test]
async fn a_second_device_is_told_and_chooses() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let (phone, computer) = (house.get_by(&a1, FORM).await, house.get_by(&a1, FORM).await);
    post(&house, &a1, FORM, &filled(&phone, "30", "24")).await;
    let auto = post(&house, &a1, &format!("{FORM}/luu-tam"), &filled(&computer, "30", "25")).await;
    assert_eq!(auto.status, StatusCode::OK);
    assert!(auto.body.contains("\"aside\""), "{}", auto.body);
    let to = post(&house, &a1, FORM, &filled(&computer, "30", "25")).await;
    let choose = house.get_by(&a1, to.location()).await;
    let text = choose.text();
    assert!(text.contains("Đảng viên đã đăng ký 24 25"), "{text}");
    assert!(house.get_by(&a1, FORM).await.body.contains("/chon?ban="), "the form leads there too");
    let chosen = [
        ("ban", hidden(&choose, "ban")),
        ("phien", hidden(&choose, "phien")),
        ("lay.members.registered", "khac".to_owned()),
    ];
    let done = post(&house, &a1, &format!("{FORM}/chon"), &chosen).await;
    assert_eq!(done.location(), format!("{FORM}?xong=saved"));
    let page = house.get_by(&a1, FORM).await;
    assert!(page.body.contains("value=\"25\"") && !page.body.contains("/chon?ban="));
}

#[tokio::test]
async fn as_one_types_the_server_keeps_it_and_answers_what_is_wrong() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let page = house.get_by(&a1, FORM).await;
    let answer = post(&house, &a1, &format!("{FORM}/luu-tam"), &filled(&page, "ba mươi", "1")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.contains("members.total") && answer.body.contains("không đọc được thành số"));
    assert!(!answer.body.contains("\"version\":\"0\""));
    let dropped = [("phien", hidden(&house.get_by(&a1, FORM).await, "phien"))];
    post(&house, &a1, &format!("{FORM}/bo-nhap"), &dropped).await;
    assert!(!house.get_by(&a1, FORM).await.body.contains("ba mươi"));
}

#[tokio::test]
async fn a_correction_is_shown_before_it_is_sent() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let district = nhipcau_testkit::district();
    let mode = nhipcau_actions::returns::Mode { accept_by: Some("xa-a".into()), ..Default::default() };
    let sent = vec![district.members("a1", 24, 30)];
    nhipcau_actions::returns::submit_all(&house.ws, sent, &mode, &std::collections::HashMap::new())
        .await
        .unwrap();
    let table = "unit,period,members.total,members.registered\na1,nam-1,30,26\n";
    let by_file = house.ask(upload(&a1, &format!("{FORM}/tai-len"), "bang.csv", table)).await;
    assert!(by_file.text().contains("ghi lý do vào ô bên dưới"), "{}", by_file.text());
    let page = house.get_by(&a1, FORM).await;
    assert!(page.body.contains("Gửi bản sửa"));
    let mut fields = filled(&page, "30", "26");
    fields.push(("ly-do-sua", "đếm sót".to_owned()));
    let asked = post(&house, &a1, &format!("{FORM}/gui"), &fields).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    assert!(asked.text().contains("Đảng viên đã đăng ký 24 26"), "{}", asked.text());
    let mut fields = filled(&asked, "30", "26");
    fields.extend([("ly-do-sua", "đếm sót".to_owned()), ("xac-nhan", "1".to_owned())]);
    let done = post(&house, &a1, &format!("{FORM}/gui"), &fields).await;
    assert_eq!(done.location(), format!("{FORM}/gui"), "{}", done.text());
}

#[tokio::test]
async fn an_office_above_finds_a_unit_and_enters_for_it() {
    let house = House::in_district().await;
    let commune = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let found = house.get_by(&commune, "/lam-viec/bao-cao?tim=an+1").await;
    assert!(found.body.contains("/lam-viec/bao-cao?don-vi=a1"), "{}", found.text());
    let owed = house.get_by(&commune, "/lam-viec/bao-cao?don-vi=a1").await;
    assert!(owed.body.contains(FORM));
    let page = house.get_by(&commune, FORM).await;
    assert!(page.text().contains("Đang nhập thay cho Chi bộ ấp An 1"));
    let mut tx = house.ws.store().read().await.unwrap();
    let looks = tx.raw_views(9).await.unwrap();
    assert_eq!(looks.iter().map(|l| (&*l.what, &*l.reviewer)).collect::<Vec<_>>(), [(FORM, "office:xa-a")]);
    drop(tx);
    let other = house.get_by(&commune, "/lam-viec/bao-cao/dang-vien/nam-1/b1").await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let nobody = house.get(Some(Role::Administrator), FORM).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN, "who administers the site reports for nobody");
}

#[tokio::test]
async fn the_workbook_comes_back_with_its_errors_by_cell() {
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let file = house.get_by(&a1, &format!("{FORM}/mau.xlsx")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("a1-nam-1.xlsx"));
    assert_eq!(house.get_by(&a1, &format!("{FORM}/tai-len")).await.status, StatusCode::OK);
    let table = "unit,period,members.total,members.registered\na1,nam-1,30,24\nb1,nam-1,5,x\n";
    let answer = house.ask(upload(&a1, &format!("{FORM}/tai-len"), "bang.csv", table)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let text = answer.text();
    assert!(text.contains("ô D3"), "{text}");
    assert!(text.contains("Đã nhận"), "{text}");
    let good = "unit,period,members.total,members.registered\na1,nam-1,30,24\n";
    let answer = house.ask(upload(&a1, &format!("{FORM}/tai-len"), "bang.csv", good)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains("Không thay đổi"), "{}", answer.text());
}

/// A form with a file, as a browser sends it.
pub fn upload(who: &Session, path: &str, name: &str, content: &str) -> Request<axum::body::Body> {
    let part =
        |head: &str, body: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let body = [
        part("name=\"csrf\"", &csrf(&who.secret)),
        part(&format!("name=\"file\"; filename=\"{name}\""), content),
        "--x--\r\n".to_owned(),
    ];
    Request::post(path)
        .header("content-type", "multipart/form-data; boundary=x")
        .header("cookie", format!("nhipcau={}", who.secret))
        .header("sec-fetch-site", "same-origin")
        .body(axum::body::Body::from(body.concat()))
        .unwrap()
}

#[tokio::test]
async fn files_go_with_a_return_and_only_those_see_them_who_see_the_return() {
    const PDF: &str = "%PDF-1.7\n%%EOF\n";
    let house = House::in_district().await;
    let a1 = cell(&house).await;
    let files = format!("{FORM}/tep");
    let bring = async |name: &str, content: &str| house.ask(upload(&a1, &files, name, content)).await;
    let refused = bring("trang.html", "<script>").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let brought = bring("biên bản.pdf", PDF).await;
    assert_eq!(
        (brought.status, brought.location()),
        (StatusCode::SEE_OTHER, &*format!("{files}?xong=uploaded"))
    );
    let list = house.get_by(&a1, &files).await;
    assert!(list.text().contains("biên bản.pdf"), "{}", list.text());
    let rest = list.body.split_once(&format!("href=\"{files}/")).expect("a link").1;
    let file = format!("{files}/{}", rest.split('"').next().unwrap());

    let given = house.get_by(&a1, &file).await;
    assert_eq!((given.status, &*given.body), (StatusCode::OK, PDF));
    assert!(given.headers["content-disposition"].to_str().unwrap().starts_with("attachment"), "never a page");
    let commune = house.signed_in_as("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let under_review = "/lam-viec/duyet/dang-vien/nam-1/a1";
    assert!(!house.get_by(&commune, under_review).await.body.contains(&file), "nothing was sent yet");
    assert_eq!(house.get_by(&commune, &file).await.status, StatusCode::NOT_FOUND, "by its address either");
    assert!(
        !house.get_by(&commune, &files).await.body.contains(&file),
        "nor where it would report for the cell"
    );
    let page = house.get_by(&a1, FORM).await;
    let sent = post(&house, &a1, &format!("{FORM}/gui"), &filled(&page, "30", "24")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(
        house.get_by(&a1, &format!("{FORM}/gui")).await.text().contains("biên bản.pdf"),
        "the receipt says it"
    );
    assert!(house.get_by(&commune, under_review).await.body.contains(&file));
    assert_eq!(house.get_by(&commune, &file).await.status, StatusCode::OK);
    let looked = house.ws.store().read().await.unwrap().raw_views(9).await.unwrap();
    assert!(
        looked.iter().any(|l| l.what == file && l.reviewer == "office:xa-a"),
        "that they looked is on record"
    );
    let other = house.signed_in_as("b1", &[on_unit(Duty::Reporter, "b1")]).await;
    assert_eq!(house.get_by(&other, &file).await.status, StatusCode::FORBIDDEN);
    let theirs = file.replace("/a1/", "/b1/");
    assert_eq!(
        house.get_by(&other, &theirs).await.status,
        StatusCode::NOT_FOUND,
        "by the address of another return"
    );

    let out = house.post_by(&a1, &format!("{file}/bo"), &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
    assert_eq!(house.get_by(&a1, &file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_worker_that_keeps_pages_is_open_and_keeps_only_these() {
    let house = House::new().await;
    let worker = house.get(None, "/lam-viec/sw.js").await;
    assert_eq!(worker.status, StatusCode::OK);
    assert!(worker.headers["content-type"].to_str().unwrap().starts_with("text/javascript"));
    assert!(worker.body.contains("/lam-viec/dang-xuat"), "what is kept goes when one signs out");
    let known = worker.headers["etag"].to_str().unwrap().to_owned();
    let again = Request::get("/lam-viec/sw.js").header("if-none-match", known);
    let again = house.ask(again.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(
        (again.status, &*again.body),
        (StatusCode::NOT_MODIFIED, ""),
        "it is asked for with every page"
    );
}
