//! Every address of the desk, asked for by nobody and by each role: who is let in, who is sent to sign in,
//! who is refused.
//!
//! A new address fails here until it has its line in [`EXPECTED`]: the method, the address as it stands in
//! the router, and who is let in. Where a role is only seen to be refused with something in the form, add
//! `.with(&[("name", "value")])`; where the address needs something that exists, say in [`Things`] what.

use axum::http::StatusCode;
use nhipcau_actions::{press, register};
use nhipcau_domain::{office::Role, press::Texts};
use nhipcau_store::register::Entry;
use uuid::Uuid;

use super::{
    house::{Answer, House, acting, form, id_of, secret},
    walls::addresses,
};
use crate::visitor::csrf;

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Whoever asks, signed in or not.
    Anyone,
    /// Whoever is signed in; what they see is their own.
    SignedIn,
    /// A role, and those above it. The others are refused.
    From(Role),
    /// No role: it takes a duty over units, which offices of this test do not have. All are refused.
    Duty,
}

use Who::{Anyone, Duty, From, SignedIn};

/// What is expected of an address.
struct Line {
    method: &'static str,
    route: &'static str,
    who: Who,
    fields: &'static [(&'static str, &'static str)],
}

impl Line {
    const fn with(self, fields: &'static [(&'static str, &'static str)]) -> Self {
        Self { fields, ..self }
    }
}

const fn get(route: &'static str, who: Who) -> Line {
    Line { method: "get", route, who, fields: &[] }
}

const fn post(route: &'static str, who: Who) -> Line {
    Line { method: "post", route, who, fields: &[] }
}

const WRITER: Who = From(Role::Writer);
const PUBLISHER: Who = From(Role::Publisher);
const ADMIN: Who = From(Role::Administrator);

/// Addresses that take files.
const FILES: [&str; 11] = [
    "/lam-viec/cau-hinh/tai-len",
    "/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep",
    "/lam-viec/bao-cao/{data_set}/{period}/{unit}/tai-len",
    "/lam-viec/ket-qua/{report}/{number}/ban-ky",
    "/lam-viec/bai-viet/tu-word",
    "/lam-viec/chuyen/docx",
    "/lam-viec/tep",
    "/lam-viec/chuyen-huong",
    "/lam-viec/van-ban/{id}/tep",
    "/lam-viec/ban-do",
    "/lam-viec/ban-do/nhan",
];

/// Every address of the desk.
const EXPECTED: &[Line] = &[
    // Getting in and out.
    get("/lam-viec/", Anyone),
    get("/lam-viec/{*rest}", Anyone),
    get("/lam-viec/giao-dien/{name}", Anyone),
    get("/lam-viec/sw.js", Anyone),
    get("/lam-viec/ngon-ngu", Anyone),
    get("/lam-viec/dang-nhap", Anyone),
    post("/lam-viec/dang-nhap", Anyone),
    get("/lam-viec/dang-nhap/ma", Anyone),
    post("/lam-viec/dang-nhap/ma", Anyone),
    post("/lam-viec/dang-nhap/pin", Anyone),
    post("/lam-viec/dang-nhap/khoa", Anyone),
    post("/lam-viec/dang-nhap/khoa/hoi", Anyone),
    get("/lam-viec/dang-nhap/lien-thong", Anyone),
    get("/lam-viec/dang-nhap/lien-thong/ve", Anyone),
    get("/lam-viec/phieu", Anyone),
    post("/lam-viec/phieu", Anyone),
    get("/lam-viec/phieu/{token}", Anyone),
    post("/lam-viec/phieu/{token}", Anyone),
    post("/lam-viec/phieu/{token}/khoa", Anyone),
    post("/lam-viec/thiet-lap/{token}/khoa", Anyone),
    get("/lam-viec/thiet-lap/{token}", Anyone),
    post("/lam-viec/thiet-lap/{token}", Anyone),
    get("/xem-truoc/{token}", Anyone),
    get("/xem-truoc/{token}/tep/{id}/{name}", Anyone),
    post("/lam-viec/dang-xuat", SignedIn),
    // One's own account.
    get("/lam-viec", SignedIn),
    get("/lam-viec/xac-nhan", SignedIn),
    post("/lam-viec/xac-nhan", SignedIn),
    post("/lam-viec/xac-nhan/khoa", SignedIn),
    post("/lam-viec/xac-nhan/khoa/hoi", SignedIn),
    post("/lam-viec/xac-nhan/lien-thong", SignedIn),
    get("/lam-viec/tai-khoan/khoa", SignedIn),
    post("/lam-viec/tai-khoan/khoa", SignedIn),
    post("/lam-viec/tai-khoan/khoa/hoi", SignedIn),
    post("/lam-viec/tai-khoan/khoa/{id}", SignedIn),
    get("/lam-viec/tai-khoan/lien-thong", SignedIn),
    post("/lam-viec/tai-khoan/lien-thong", SignedIn),
    post("/lam-viec/tai-khoan/lien-thong/{id}", SignedIn),
    get("/lam-viec/tai-khoan", SignedIn),
    post("/lam-viec/tai-khoan/mat-khau", SignedIn),
    get("/lam-viec/tai-khoan/ma", SignedIn),
    post("/lam-viec/tai-khoan/ma", SignedIn),
    post("/lam-viec/tai-khoan/ma-pin", SignedIn),
    post("/lam-viec/tai-khoan/phien", SignedIn),
    post("/lam-viec/tai-khoan/phien/{id}", SignedIn),
    get("/lam-viec/tai-khoan/ma-truy-cap", SignedIn),
    post("/lam-viec/tai-khoan/ma-truy-cap", SignedIn),
    post("/lam-viec/tai-khoan/ma-truy-cap/{id}", SignedIn),
    // Articles, of the columns on which one has a role.
    get("/lam-viec/bai-viet", WRITER),
    get("/lam-viec/bai-viet/moi", WRITER),
    post("/lam-viec/bai-viet/moi", WRITER),
    post("/lam-viec/bai-viet/tu-word", WRITER),
    post("/lam-viec/chuyen/word", WRITER),
    post("/lam-viec/chuyen/docx", WRITER),
    get("/lam-viec/bai-viet/{id}", WRITER),
    post("/lam-viec/bai-viet/{id}", WRITER),
    post("/lam-viec/bai-viet/{id}/luu-tam", WRITER),
    post("/lam-viec/bai-viet/{id}/bo-nhap", WRITER),
    post("/lam-viec/bai-viet/{id}/mo-khoa", WRITER),
    post("/lam-viec/bai-viet/{id}/xem-thu", WRITER),
    post("/lam-viec/bai-viet/{id}/viec", WRITER).with(&[("act", "submit")]),
    post("/lam-viec/bai-viet/{id}/dia-chi", WRITER).with(&[("slug", "mot-dia-chi-khac")]),
    post("/lam-viec/bai-viet/{id}/het-han", PUBLISHER),
    post("/lam-viec/bai-viet/{id}/lien-ket", WRITER).with(&[("hours", "2")]),
    get("/lam-viec/bai-viet/{id}/lich-su", WRITER),
    get("/lam-viec/bai-viet/{id}/lich-su/{number}", WRITER),
    post("/lam-viec/bai-viet/{id}/lich-su/{number}", WRITER),
    get("/lam-viec/lich", WRITER),
    get("/lam-viec/luot-truy-cap", SignedIn),
    // Pictures and attachments.
    get("/lam-viec/tep", WRITER),
    post("/lam-viec/tep", WRITER),
    get("/lam-viec/tep/{id}", WRITER),
    post("/lam-viec/tep/{id}", WRITER),
    get("/lam-viec/tep/{id}/{name}", WRITER),
    // The register of documents and the map: roles on a column are none here.
    get("/lam-viec/van-ban", ADMIN),
    get("/lam-viec/van-ban/moi", ADMIN),
    post("/lam-viec/van-ban/moi", ADMIN),
    get("/lam-viec/van-ban/loai", ADMIN),
    post("/lam-viec/van-ban/loai", ADMIN),
    get("/lam-viec/van-ban/{id}", ADMIN),
    post("/lam-viec/van-ban/{id}", ADMIN),
    post("/lam-viec/van-ban/{id}/tep", ADMIN),
    post("/lam-viec/van-ban/{id}/viec", ADMIN).with(&[("act", "publish")]),
    post("/lam-viec/van-ban/{id}/quan-he", ADMIN).with(&[("relation", "amends")]),
    get("/lam-viec/ban-do", ADMIN),
    post("/lam-viec/ban-do", ADMIN),
    post("/lam-viec/ban-do/nhan", ADMIN),
    // Setting the site up.
    get("/lam-viec/chuyen-muc", ADMIN),
    post("/lam-viec/chuyen-muc", ADMIN),
    get("/lam-viec/chuyen-muc/{id}", ADMIN),
    post("/lam-viec/chuyen-muc/{id}", ADMIN),
    get("/lam-viec/thiet-dat", ADMIN),
    post("/lam-viec/thiet-dat", ADMIN),
    post("/lam-viec/thiet-dat/thong-bao", ADMIN),
    post("/lam-viec/thiet-dat/thong-bao/{id}", ADMIN),
    get("/lam-viec/gop-y", ADMIN),
    post("/lam-viec/gop-y/{id}", ADMIN),
    get("/lam-viec/chuyen-huong", ADMIN),
    post("/lam-viec/chuyen-huong", ADMIN),
    post("/lam-viec/chuyen-huong/bo", ADMIN),
    // Offices and who holds them.
    get("/lam-viec/co-quan", ADMIN),
    post("/lam-viec/co-quan", ADMIN),
    get("/lam-viec/co-quan/{id}", ADMIN),
    post("/lam-viec/co-quan/{id}", ADMIN),
    post("/lam-viec/co-quan/{id}/nguoi", ADMIN),
    post("/lam-viec/co-quan/{id}/nguoi/{holder}", ADMIN),
    get("/lam-viec/don-vi-co-quan", ADMIN),
    post("/lam-viec/don-vi-co-quan/phieu", ADMIN),
    post("/lam-viec/don-vi-co-quan/thoi", ADMIN),
    post("/lam-viec/don-vi-co-quan/lap", ADMIN),
    // Reviewing, and seeing what was sent.
    get("/lam-viec/duyet", Duty),
    post("/lam-viec/duyet", Duty),
    get("/lam-viec/duyet/{data_set}/{period}/{unit}", Duty),
    post("/lam-viec/duyet/{data_set}/{period}/{unit}", Duty),
    get("/lam-viec/chua-bao-cao", Duty),
    post("/lam-viec/chua-bao-cao/gia-han", Duty),
    // Messages: an administrator has the tests of their own.
    get("/lam-viec/nhac-viec", Duty),
    post("/lam-viec/nhac-viec", Duty),
    get("/lam-viec/nhac-viec/lich", Duty),
    post("/lam-viec/nhac-viec/lich", Duty),
    post("/lam-viec/nhac-viec/buoi-sang", Duty),
    get("/lam-viec/tin-nhan", ADMIN),
    post("/lam-viec/tin-nhan/thu", ADMIN),
    get("/lam-viec/tin-nhan/{id}", ADMIN),
    post("/lam-viec/tin-nhan/{id}", ADMIN).with(&[("viec", "sent")]),
    get("/lam-viec/bang", Duty),
    get("/lam-viec/bang.csv", Duty),
    get("/lam-viec/bang.xlsx", Duty),
    get("/lam-viec/bang/su-kien", Duty),
    get("/lam-viec/bao-cao", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/chon", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/chon", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/gui", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/gui", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/mau.xlsx", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tai-len", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tai-len", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/luu-tam", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/bo-nhap", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep", Duty),
    get("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep/{id}", Duty),
    post("/lam-viec/bao-cao/{data_set}/{period}/{unit}/tep/{id}/bo", Duty),
    get("/lam-viec/ket-qua", Duty),
    post("/lam-viec/ket-qua", Duty),
    get("/lam-viec/ket-qua/{report}/{number}", Duty),
    get("/lam-viec/ket-qua/{report}/{number}/xem", Duty),
    post("/lam-viec/ket-qua/{report}/{number}/duyet", Duty),
    post("/lam-viec/ket-qua/{report}/{number}/chot", Duty),
    post("/lam-viec/ket-qua/{report}/{number}/gop-y", Duty),
    post("/lam-viec/ket-qua/{report}/{number}/cong-bo", Duty),
    get("/lam-viec/ket-qua/{report}/{number}/tep/{format}", Duty),
    post("/lam-viec/ket-qua/{report}/{number}/ban-ky", Duty),
    // Changing what is set up.
    get("/lam-viec/cau-hinh", Duty),
    get("/lam-viec/cau-hinh/don-vi", Duty),
    get("/lam-viec/cau-hinh/don-vi/{unit}", Duty),
    post("/lam-viec/cau-hinh/don-vi/{unit}", Duty),
    get("/lam-viec/cau-hinh/mo-don-vi", Duty),
    post("/lam-viec/cau-hinh/mo-don-vi", Duty),
    get("/lam-viec/cau-hinh/phan/{part}", Duty),
    get("/lam-viec/cau-hinh/phan/{part}/{record}", Duty),
    post("/lam-viec/cau-hinh/phan/{part}/{record}", Duty),
    get("/lam-viec/cau-hinh/them/{part}", Duty),
    post("/lam-viec/cau-hinh/them/{part}", Duty),
    post("/lam-viec/cau-hinh/sua", Duty),
    post("/lam-viec/cau-hinh/thu", Duty),
    post("/lam-viec/cau-hinh/thuc-hien", Duty),
    get("/lam-viec/cau-hinh/lich-su", Duty),
    get("/lam-viec/cau-hinh/lich-su/{number}", Duty),
    get("/lam-viec/cau-hinh/tai-ve", Duty),
    post("/lam-viec/cau-hinh/tai-len", Duty),
    get("/lam-viec/cau-hinh/tep", Duty),
    get("/lam-viec/cau-hinh/tep/{*path}", Duty),
    post("/lam-viec/cau-hinh/tep/{*path}", Duty),
    get("/lam-viec/phan-tich", Duty),
    get("/lam-viec/phan-tich.csv", Duty),
    get("/lam-viec/phan-tich.xlsx", Duty),
    get("/lam-viec/phan-tich/o", Duty),
    get("/lam-viec/phan-tich/da-luu", Duty),
    post("/lam-viec/phan-tich/luu", Duty),
    get("/lam-viec/phan-tich/xem/{id}", Duty),
    post("/lam-viec/phan-tich/xem/{id}", Duty),
    get("/lam-viec/nhat-ky", Duty),
    get("/lam-viec/nhat-ky/nhat-ky.jsonl", Duty),
];

/// What there is to be asked for: the writer's draft, an attachment, a document, a holder, a notice, an opinion.
struct Things {
    article: String,
    media: Uuid,
    document: Uuid,
    holder: Uuid,
    notice: Uuid,
    feedback: Uuid,
}

impl Things {
    async fn of(house: &House) -> Self {
        let office = acting(Role::Administrator);
        let article = house.article("Bài của tổ viết", &[]).await;
        let media = press::add_attachment(&house.ws, &office, "van-ban.pdf", b"%PDF-1.7\n%%EOF\n".to_vec());
        let (from, until) = (nhipcau_testkit::at(3_600), nhipcau_testkit::at(86_400));
        let words = Texts::vi("Bảo trì");
        let notice = press::add_notice(&house.ws, &office, "Quản", &words, from, until);
        let (now, holder) = (house.ws.now(), house.ws.id(house.ws.now()));
        let (media, notice) = (media.await.unwrap(), notice.await.unwrap());
        let feedback = press::give_feedback(&house.ws, "/", "Một ý kiến", "").await.unwrap();
        let mut tx = house.ws.store().write().await.unwrap();
        tx.add_office(&"khac".into(), "Cơ quan khác", now).await.unwrap();
        tx.add_holder(holder, &"khac".into(), "Chị Khác", "", now).await.unwrap();
        tx.commit().await.unwrap();
        let entry = Entry {
            number: "18-KH/HU".to_owned(),
            kind: "ke-hoach".to_owned(),
            issuer: "Huyện ủy".to_owned(),
            subject: "Kế hoạch".to_owned(),
            signed: jiff::civil::date(2021, 7, 12),
            ..Entry::default()
        };
        let document = register::create(&house.ws, &office, "Quản", &entry).await.unwrap().id;
        Self { article: id_of(&article), media, document, holder, notice, feedback }
    }

    /// The route's address with what exists in the place of its parameters, as far as it is known.
    fn filled(&self, route: &str, otherwise: &str) -> String {
        let under = |folder: &str, id: String| {
            route.strip_prefix(folder).map(|rest| format!("{folder}{}", rest.replacen("{id}", &id, 1)))
        };
        let article = route.strip_prefix("/lam-viec/bai-viet/{id}").map(|r| format!("{}{r}", self.article));
        let known = article
            .or_else(|| under("/lam-viec/tep/", self.media.to_string()))
            .or_else(|| under("/lam-viec/van-ban/", self.document.to_string()))
            .or_else(|| under("/lam-viec/chuyen-muc/", "van-hoa".to_owned()))
            .or_else(|| under("/lam-viec/thiet-dat/thong-bao/", self.notice.to_string()))
            .or_else(|| under("/lam-viec/gop-y/", self.feedback.to_string()))
            .or_else(|| under("/lam-viec/co-quan/", "khac".to_owned()));
        let Some(known) = known else { return otherwise.to_owned() };
        known
            .replace("{number}", "1")
            .replace("{holder}", &self.holder.to_string())
            .replace("{name}", "van-ban.pdf")
    }
}

/// What became of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    LetIn,
    SentToSignIn,
    Refused,
    NotThere,
    Broken,
}

fn met(answer: &Answer) -> Met {
    match answer.status {
        StatusCode::SEE_OTHER if answer.location().starts_with("/lam-viec/dang-nhap") => Met::SentToSignIn,
        StatusCode::UNAUTHORIZED => Met::SentToSignIn,
        StatusCode::FORBIDDEN => Met::Refused,
        StatusCode::NOT_FOUND => Met::NotThere,
        StatusCode::METHOD_NOT_ALLOWED => Met::Broken,
        status if status.is_server_error() => Met::Broken,
        _ => Met::LetIn,
    }
}

fn expected(who: Who, role: Option<Role>) -> Met {
    match (who, role) {
        (Who::Anyone, _) | (Who::SignedIn, Some(_)) => Met::LetIn,
        (_, None) => Met::SentToSignIn,
        (Who::From(least), Some(role)) if role >= least => Met::LetIn,
        (Who::From(_) | Who::Duty, Some(_)) => Met::Refused,
    }
}

/// A multipart form where the address takes files, else a plain one.
async fn send(house: &House, role: Option<Role>, path: &str, line: &Line) -> Answer {
    let token = role.map(|r| csrf(&secret(r))).unwrap_or_default();
    let fields = [line.fields, &[("csrf", token.as_str())][..]].concat();
    let mut request = form(path, role, Some("same-origin"), &fields);
    if FILES.contains(&line.route) {
        let parts = fields.iter().map(|(name, value)| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        *request.body_mut() = format!("{}--x--\r\n", parts.collect::<String>()).into();
        request.headers_mut().insert("content-type", "multipart/form-data; boundary=x".parse().unwrap());
    }
    house.ask(request).await
}

#[test]
fn every_address_has_its_line_and_every_line_its_address() {
    let mut wrong = Vec::new();
    for method in ["get", "post"] {
        let there: Vec<String> = addresses(method).into_iter().map(|(route, _)| route).collect();
        let said: Vec<&str> = EXPECTED.iter().filter(|l| l.method == method).map(|l| l.route).collect();
        for route in &there {
            match said.iter().filter(|s| *s == route).count() {
                1 => {}
                0 => wrong.push(format!("{method} {route}: add a line to EXPECTED that says who is let in")),
                _ => wrong.push(format!("{method} {route}: has two lines")),
            }
        }
        wrong.extend(
            said.iter()
                .filter(|s| !there.iter().any(|t| t == **s))
                .map(|s| format!("{method} {s}: no such address")),
        );
    }
    assert_eq!(wrong, [""; 0]);
}

#[tokio::test]
async fn each_role_is_let_in_where_it_should_be_and_nowhere_else() {
    let mut wrong = Vec::new();
    for role in [None].into_iter().chain(Role::ALL.map(Some)) {
        let house = House::new().await;
        let things = Things::of(&house).await;
        // Signing out comes last: nothing is asked after it.
        let mut lines: Vec<&Line> = EXPECTED.iter().collect();
        lines.sort_by_key(|l| (l.method == "post", l.route == "/lam-viec/dang-xuat"));
        let (read, written) = (addresses("get"), addresses("post"));
        for line in lines {
            let all = if line.method == "get" { &read } else { &written };
            let Some((_, otherwise)) = all.iter().find(|(route, _)| route == line.route) else { continue };
            let path = things.filled(line.route, otherwise);
            let answer = match line.method {
                "get" => house.get(role, &path).await,
                _ => send(&house, role, &path, line).await,
            };
            let (met, hoped) = (met(&answer), expected(line.who, role));
            // Whoever signs out is sent to the door; whoever is no guest there is told only that it stands.
            let fits = match line.who {
                Who::Anyone => !matches!(met, Met::Refused | Met::Broken),
                _ if line.route == "/lam-viec/dang-xuat" => met == Met::SentToSignIn,
                _ => met == hoped || (hoped == Met::LetIn && met == Met::NotThere && path == *otherwise),
            };
            if !fits {
                wrong.push(format!(
                    "{} {} as {role:?}: {met:?} ({}), expected {hoped:?}",
                    line.method, line.route, answer.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
