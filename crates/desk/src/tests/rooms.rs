//! The register of documents and the map, kept in the browser: what is typed comes back with its reason, what
//! is loaded is seen before it counts, and who may do what is as the rules say.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use jiff::civil::date;
use nhipcau_actions::{campaign, maps, register};
use nhipcau_domain::{
    office::{Acting, Grant, Role},
    register::EntryStatus,
    tree::{Change, TreeEvent},
};
use nhipcau_store::register::{DocumentRecord, Entry};
use nhipcau_testkit::district;

use super::house::{Answer, House, acting, secret};
use crate::visitor::csrf;

const ROOM: &str = "/lam-viec/van-ban";
const MAP: &str = "/lam-viec/ban-do";

/// The role's office, with its role on the whole site.
async fn widen(house: &House, role: Role) -> Acting {
    let office = Acting { grants: vec![Grant { role, column: None }], ..acting(role) };
    let mut tx = house.ws.store().write().await.unwrap();
    tx.set_grants(&office.office, &office.grants).await.unwrap();
    tx.commit().await.unwrap();
    office
}

pub async fn document(house: &House, number: &str, subject: &str) -> DocumentRecord {
    let entry = Entry {
        number: number.to_owned(),
        kind: "ke-hoach".to_owned(),
        issuer: "Huyện ủy".to_owned(),
        subject: subject.to_owned(),
        signed: date(2021, 7, 12),
        ..Entry::default()
    };
    register::create(&house.ws, &acting(Role::Administrator), "Quản", &entry).await.unwrap()
}

fn at(document: &DocumentRecord) -> String {
    format!("{ROOM}/{}", document.id)
}

/// A form with a file, as a browser sends it.
pub async fn send(house: &House, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    let token = csrf(&secret(Role::Administrator));
    for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
        body.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.bytes());
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post(path)
        .header("content-type", "multipart/form-data; boundary=x")
        .header("cookie", format!("nhipcau={}", secret(Role::Administrator)))
        .header("sec-fetch-site", "same-origin");
    house.ask(request.body(Body::from(body)).unwrap()).await
}

const TYPED: [(&str, &str); 6] = [
    ("kind", "ke-hoach"),
    ("number", "18-KH/HU"),
    ("issuer", "Huyện ủy Cầu Ngang"),
    ("subject", "Thực hiện Kết luận số 01-KL/TW"),
    ("signed", "12/07/2021"),
    ("asks", "Báo cáo hằng quý"),
];

#[tokio::test]
async fn a_document_is_entered_changed_put_out_and_taken_back_in_the_browser() {
    let house = House::new().await;
    let made = house.post(Role::Administrator, &format!("{ROOM}/moi"), &TYPED).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let here = made.location().split('?').next().unwrap().to_owned();
    let page = house.get(Some(Role::Administrator), &here).await;
    assert!(
        page.body.contains("value=\"2021-07-12\"") && page.text().contains("Bản nháp"),
        "{}",
        page.text()
    );

    let mut changed = TYPED.to_vec();
    changed[3].1 = "Thực hiện Kết luận 01-KL/TW trong toàn huyện";
    changed.extend([("base", "1"), ("note", "bỏ chữ thừa")]);
    let saved = house.post(Role::Administrator, &here, &changed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let out = house.post(Role::Administrator, &format!("{here}/viec"), &[("act", "publish")]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
    let public = register::list(&house.ws, &register::Query::default(), 1).await.unwrap();
    assert_eq!(public.lines[0].subject, "Thực hiện Kết luận 01-KL/TW trong toàn huyện");

    // Without a reason it stays, and the form says so where it stands.
    let refused = house
        .post(Role::Administrator, &format!("{here}/viec"), &[("act", "withdraw"), ("reason", " ")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"loi\">Khi gỡ văn bản phải ghi rõ lý do."), "{}", refused.text());
    let gone = [("act", "withdraw"), ("reason", "Đăng nhầm bản dự thảo")];
    assert_eq!(
        house.post(Role::Administrator, &format!("{here}/viec"), &gone).await.status,
        StatusCode::SEE_OTHER
    );
    let page = house.get(Some(Role::Administrator), &here).await.text();
    for told in ["Đã gỡ", "Đăng nhầm bản dự thảo", "bỏ chữ thừa", "Sửa Trích yếu", "Ghi vào sổ"]
    {
        assert!(page.contains(told), "«{told}» is not told: {page}");
    }
}

#[tokio::test]
async fn a_document_that_is_refused_comes_back_as_it_was_typed_with_each_reason_at_its_field() {
    let house = House::new().await;
    let mut typed = TYPED.to_vec();
    (typed[1].1, typed[2].1) = (" ", "");
    typed.push(("expires", "2021-01-01"));
    let answer = house.post(Role::Administrator, &format!("{ROOM}/moi"), &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["number", "issuer", "expires"] {
        assert!(answer.body.contains(&format!("id=\"e-{field}\"")), "{field}: {}", answer.text());
    }
    assert!(
        answer.body.contains("Thực hiện Kết luận số 01-KL/TW") && answer.body.contains("Báo cáo hằng quý")
    );
    typed[4].1 = "hôm qua";
    let answer = house.post(Role::Administrator, &format!("{ROOM}/moi"), &typed).await;
    assert!(answer.body.contains("id=\"e-signed\""), "{}", answer.text());
    assert!(answer.text().contains("Không đọc được ngày “hôm qua”"), "{}", answer.text());
}

#[tokio::test]
async fn who_changes_a_document_at_the_same_time_loses_nothing_and_sees_what_it_says_by_now() {
    let house = House::new().await;
    let document = document(&house, "18-KH/HU", "Kế hoạch năm 2021").await;
    let mut theirs = document.entry.clone();
    theirs.subject = "Kế hoạch giai đoạn 2021 - 2025".to_owned();
    register::revise(&house.ws, &acting(Role::Administrator), "Chị Hai", document.id, 1, &theirs, "")
        .await
        .unwrap();
    let mut mine = TYPED.to_vec();
    mine.push(("base", "1"));
    let answer = house.post(Role::Administrator, &at(&document), &mine).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("Chị Hai đã sửa văn bản này"), "{text}");
    assert!(text.contains("Trong sổ hiện nay: Kế hoạch giai đoạn 2021 - 2025"), "{text}");
    assert!(answer.body.contains("Thực hiện Kết luận số 01-KL/TW"));
    // Sent again it is on top of theirs.
    assert!(answer.body.contains("name=\"base\" value=\"2\""));
}

#[tokio::test]
async fn documents_are_related_by_their_numbers_and_told_from_both_ends() {
    let house = House::new().await;
    let plan = document(&house, "18-KH/HU", "Kế hoạch").await;
    let basis = document(&house, "05-CT/TW", "Chỉ thị").await;
    document(&house, "05-CTr/HU", "Chương trình thực hiện Chỉ thị 05").await;
    let to = format!("{}/quan-he", at(&plan));
    let none =
        house.post(Role::Administrator, &to, &[("relation", "implements"), ("number-of", "99-NQ/TW")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        none.body.contains("value=\"99-NQ/TW\"") && none.text().contains("Trong sổ không có"),
        "{}",
        none.text()
    );
    let several =
        house.post(Role::Administrator, &to, &[("relation", "implements"), ("number-of", "chỉ thị")]).await;
    assert!(several.body.contains("name=\"to\""), "{}", several.text());
    let done =
        house.post(Role::Administrator, &to, &[("relation", "implements"), ("number-of", "05-ct/tw")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let back = house.get(Some(Role::Administrator), &at(&basis)).await.text();
    assert!(back.contains("Được thực hiện bằng 18-KH/HU"), "{back}");
    let again =
        house.post(Role::Administrator, &to, &[("relation", "implements"), ("number-of", "05-ct/tw")]).await;
    assert!(again.text().contains("đã có."), "{}", again.text());
    let basis = basis.id.to_string();
    let off = [("relation", "implements"), ("to", basis.as_str()), ("bo", "1")];
    assert_eq!(house.post(Role::Administrator, &to, &off).await.status, StatusCode::SEE_OTHER);
    let page = house.get(Some(Role::Administrator), &at(&plan)).await.text();
    assert!(page.contains("Bỏ quan hệ Thực hiện 05-CT/TW"), "{page}");
}

#[tokio::test]
async fn a_file_is_added_kept_and_left_out_and_one_that_is_none_is_refused_on_the_page() {
    let house = House::new().await;
    let document = document(&house, "18-KH/HU", "Kế hoạch").await;
    let to = format!("{}/tep", at(&document));
    let refused = send(&house, &to, &[], Some(("ke-hoach.pdf", b"khong phai"))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"loi\">ke-hoach.pdf: "), "{}", refused.text());
    let none = send(&house, &to, &[], None).await;
    assert!(none.text().contains("Chưa chọn tệp nào."), "{}", none.text());
    let taken = send(&house, &to, &[], Some(("ke-hoach.pdf", b"%PDF-1.7\n%%EOF\n"))).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let page = house.get(Some(Role::Administrator), &at(&document)).await;
    assert!(page.text().contains("Giữ tệp “ke-hoach.pdf”"), "{}", page.text());
    let mut without = TYPED.to_vec();
    without.push(("base", "2"));
    let saved = house.post(Role::Administrator, &at(&document), &without).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = house.get(Some(Role::Administrator), &at(&document)).await.text();
    assert!(!page.contains("Giữ tệp") && page.contains("Tệp văn bản"), "{page}");
}

#[tokio::test]
async fn the_register_is_found_by_words_and_status_and_its_types_are_kept() {
    let house = House::new().await;
    document(&house, "18-KH/HU", "Chuyển đổi số").await;
    document(&house, "19-KH/HU", "Trồng hoa").await;
    let found = house.get(Some(Role::Administrator), &format!("{ROOM}?q=chuyen+doi&tinh-trang=draft")).await;
    assert!(found.body.contains("18-KH/HU") && !found.body.contains("19-KH/HU"), "{}", found.text());
    let none = house.get(Some(Role::Administrator), &format!("{ROOM}?tinh-trang=published")).await;
    assert!(none.text().contains("Không có văn bản nào phù hợp."), "{}", none.text());
    let kinds = house.post(Role::Administrator, &format!("{ROOM}/loai"), &[("kinds", "Công văn")]).await;
    assert_eq!(kinds.status, StatusCode::UNPROCESSABLE_ENTITY, "a type in use stays");
    assert!(kinds.body.contains("id=\"e-kinds\"") && kinds.body.contains("Công văn"), "{}", kinds.text());
    let both = [("kinds", "ke-hoach | Kế hoạch | Plan\nCông văn")];
    let saved = house.post(Role::Administrator, &format!("{ROOM}/loai"), &both).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert_eq!(register::kinds(&house.ws).await.unwrap()[1].id, "cong-van");
}

#[tokio::test]
async fn the_register_is_open_to_roles_on_the_whole_site_and_puts_out_by_publishers() {
    let house = House::new().await;
    let document = document(&house, "18-KH/HU", "Kế hoạch").await;
    let shown = format!("href=\"{ROOM}\"");
    for role in [Role::Writer, Role::Editor, Role::Publisher] {
        for path in [ROOM.to_owned(), format!("{ROOM}/moi"), at(&document), format!("{ROOM}/loai")] {
            let answer = house.get(Some(role), &path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} with a column's role: {path}");
        }
        assert!(!house.get(Some(role), "/lam-viec").await.body.contains(&shown), "{role:?}");
        widen(&house, role).await;
        assert!(house.get(Some(role), "/lam-viec").await.body.contains(&shown), "{role:?}");
        let page = house.get(Some(role), &at(&document)).await;
        let publishes = page.body.contains("name=\"act\" value=\"publish\"");
        assert_eq!(publishes, role == Role::Publisher, "{role:?}");
        let act = house.post(role, &format!("{}/viec", at(&document)), &[("act", "publish")]).await;
        let expected = if publishes { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(act.status, expected, "{role:?}: {}", act.text());
        assert_eq!(house.get(Some(role), &format!("{ROOM}/loai")).await.status, StatusCode::FORBIDDEN);
    }
    // What is out is read by a writer, and changed by a publisher.
    let page = house.get(Some(Role::Writer), &at(&document)).await;
    assert!(page.text().contains("chỉ người xuất bản"), "{}", page.text());
    let mut typed = TYPED.to_vec();
    typed.push(("base", "2"));
    assert_eq!(house.post(Role::Writer, &at(&document), &typed).await.status, StatusCode::FORBIDDEN);
    let mut tx = house.ws.store().read().await.unwrap();
    let kept = tx.register_document(document.id).await.unwrap().unwrap();
    assert_eq!((kept.status, kept.last_event), (EntryStatus::Published, 2));
}

fn outlines(codes: &[&str]) -> String {
    let feature = |(x, code): (usize, &&str)| {
        let (a, b) = (x * 2, x * 2 + 1);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"Xã <{code}>"}},"geometry":{{"type":"Polygon","coordinates":[[[10{a},9],[10{b},9],[10{b},10],[10{a},9]]]}}}}"#
        )
    };
    let features: Vec<_> = codes.iter().enumerate().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","note":"Sơ đồ","features":[{}]}}"#, features.join(","))
}

async fn with_tree(house: &House) {
    let mut district = district();
    for (unit, code) in [("h", "100"), ("xa-a", "001"), ("xa-b", "002")] {
        let change = Change::Recode { unit: unit.into(), code: Some(code.to_owned()) };
        district.tree.push(TreeEvent { on: date(2020, 1, 1), change });
    }
    campaign::set_up(&house.ws, &"h".into(), &district.definitions, &district.tree).await.unwrap();
}

#[tokio::test]
async fn a_map_is_seen_drawn_with_what_does_not_fit_before_it_counts() {
    let house = House::new().await;
    with_tree(&house).await;
    let file = outlines(&["001", "009"]);
    let seen = send(&house, MAP, &[("from", "01/01/2021")], Some(("xa.geojson", file.as_bytes()))).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    let text = seen.text();
    assert!(text.contains("1 trong 2 vùng khớp"), "{text}");
    assert!(text.contains("mã 009") && text.contains("“Xã Bình Mẫu” mang mã 002"), "{text}");
    assert!(!text.contains("Huyện Mẫu"), "a unit above others is drawn by them: {text}");
    assert_eq!(seen.body.matches("<path").count(), 2);
    assert!(seen.body.contains("class=\"unknown\"") && !seen.body.contains("<001>"), "names are escaped");
    assert!(maps::days(&house.ws).await.unwrap().is_empty(), "it counts already");

    let fields = [("from", "2021-01-01"), ("map", file.as_str())];
    let taken = send(&house, &format!("{MAP}/nhan"), &fields, None).await;
    assert_eq!(taken.location(), "/lam-viec/ban-do?ngay=2021-01-01&xong=saved", "{}", taken.text());
    assert_eq!(maps::days(&house.ws).await.unwrap(), [date(2021, 1, 1)]);
    let room = house.get(Some(Role::Administrator), taken.location()).await;
    assert!(
        room.text().contains("Sơ đồ") && room.body.contains("<svg class=\"chart-map\""),
        "{}",
        room.text()
    );
    let early = house.get(Some(Role::Administrator), &format!("{MAP}?ngay=2020-06-01")).await;
    assert!(early.text().contains("chưa có bản đồ nào"), "{}", early.text());
}

#[tokio::test]
async fn a_file_that_is_no_map_is_refused_on_the_page_with_the_day_that_was_typed() {
    let house = House::new().await;
    with_tree(&house).await;
    for (day, file) in [("2025-07-01", "<kml/>"), ("mai", &*outlines(&["001"])), ("", "")] {
        let file = (!file.is_empty()).then_some(("xa.kml", file.as_bytes()));
        let answer = send(&house, MAP, &[("from", day)], file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(answer.body.contains("id=\"loi\""), "{day}: {}", answer.text());
        assert!(answer.body.contains(&format!("name=\"from\" value=\"{day}\"")), "{day}");
    }
    let refused = send(&house, &format!("{MAP}/nhan"), &[("from", "2025-07-01"), ("map", "[]")], None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(maps::days(&house.ws).await.unwrap().is_empty());
}
