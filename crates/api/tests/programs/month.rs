//! A month of the desk by programs: reported, checked, sent back, corrected, accepted, drafted, approved,
//! frozen; each answer as it is described.

use nhipcau_actions::accounts::Scope;
use nhipcau_domain::office::{Acting, Duty, Role};
use serde_json::{Value, json};

use crate::house::{Answer, House, everything, on_all, on_branch, on_unit};

const A1: &str = "/api/v1/returns/dang-vien/nam-1/a1";

pub fn filled(registered: i64, total: i64) -> Value {
    json!({ "answers": {
        "members.total": { "kind": "number", "number": total },
        "members.registered": { "kind": "number", "number": registered },
    } })
}

pub fn ok(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

#[tokio::test]
async fn a_return_goes_from_draft_to_accepted_and_is_corrected() {
    let house = House::new().await;
    let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let reviewer = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let owed = ok(&house.get(&unit, "/api/v1/owed").await);
    assert_eq!(owed["items"][0]["key"], json!({ "data_set": "dang-vien", "period": "nam-1", "unit": "a1" }));
    assert_eq!(owed["items"][0]["state"]["status"], "expected");
    // A draft is kept as it was typed, however wrong it is.
    let typed = json!({ "filled": { "answers": { "members.total": "1.2,3" } } });
    let saved = ok(&house.put(&unit, &format!("{A1}/draft"), &typed).await);
    assert_eq!(saved["kept"], true);
    let form = ok(&house.get(&unit, &format!("{A1}/form")).await);
    assert_eq!((&form["lines"][0]["answer"], &form["version"]), (&json!("1.2,3"), &saved["version"]));
    // Checked: what is wrong is told in the importer's sentences, and nothing is kept.
    let checked = ok(&house.post(&unit, &format!("{A1}/check"), &typed["filled"]).await);
    assert_eq!(checked["may_be_sent"], false);
    assert_eq!(checked["lines"][1]["problems"][0]["id"], "answer-missing");
    let sending = json!({ "filled": typed["filled"], "version": saved["version"] });
    let refused = house.post(&unit, &format!("{A1}/send"), &sending).await;
    assert_eq!(refused.status, 422);
    assert!(refused.json()["problems"].as_array().unwrap().len() > 1, "all of it at once");
    // Sent, and sent again: nothing changes.
    let sending = json!({ "filled": filled(40, 41), "version": saved["version"] });
    let received = ok(&house.post(&unit, &format!("{A1}/send"), &sending).await);
    assert_eq!((&received["unchanged"], &received["receipt"]["revision"]), (&json!(false), &json!(1)));
    assert_eq!(received["receipt"]["readers"], json!(["Cơ quan xa-a"]));
    let again = json!({ "filled": filled(40, 41) });
    assert_eq!(ok(&house.post(&unit, &format!("{A1}/send"), &again).await)["unchanged"], true);
    // Reviewed: by the revision that was read.
    let queue = ok(&house.get(&reviewer, "/api/v1/queue").await);
    assert_eq!((&queue["items"][0]["heading"], &queue["items"][0]["revision"]), (&json!("new"), &json!(1)));
    let beside = ok(&house.get(&reviewer, &format!("{A1}/review")).await);
    assert_eq!(beside["rows"][0]["value"], json!({ "kind": "number", "number": 41 }));
    let stale = house.post(&reviewer, &format!("{A1}/accept"), &json!({ "revision": 7 })).await;
    assert_eq!((stale.status.as_u16(), &*stale.problem()), (409, "review-changed-since"));
    let back = json!({ "revision": 1, "reason": "Xem lại số đăng ký", "elements": ["members.registered"] });
    ok(&house.post(&reviewer, &format!("{A1}/send-back"), &back).await);
    let form = ok(&house.get(&unit, &format!("{A1}/form")).await);
    assert_eq!((&form["lines"][0]["asked"], &form["lines"][1]["asked"]), (&json!(false), &json!(true)));
    // Another revision does not replace one that was not named.
    let other = house.post(&unit, &format!("{A1}/send"), &json!({ "filled": filled(39, 41) })).await;
    assert_eq!(other.status, 409, "{other:?}");
    let mended = json!({ "filled": filled(39, 41), "revision": 1 });
    ok(&house.post(&unit, &format!("{A1}/send"), &mended).await);
    let both = json!({ "returns": [
        { "key": { "data_set": "dang-vien", "period": "nam-1", "unit": "a1" }, "revision": 2 },
        { "key": { "data_set": "dang-vien", "period": "nam-1", "unit": "a2" }, "revision": 1 },
    ] });
    let accepted = ok(&house.post(&reviewer, "/api/v1/acceptances", &both).await);
    assert_eq!((&accepted["accepted"], accepted["left"].as_array().unwrap().len()), (&json!(1), 1));
    // Sent again after it was accepted, it changes nothing; a correction says why.
    let same = json!({ "filled": filled(39, 41) });
    assert_eq!(ok(&house.post(&unit, &format!("{A1}/send"), &same).await)["unchanged"], true);
    let without = json!({ "filled": filled(38, 41), "revision": 2 });
    let refused = house.post(&unit, &format!("{A1}/send"), &without).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (422, "correction-needs-reason"));
    let mut why = filled(38, 41);
    why["reason"] = "Đếm lại".into();
    ok(&house.post(&unit, &format!("{A1}/send"), &json!({ "filled": why, "revision": 2 })).await);
    let record = ok(&house.get(&reviewer, A1).await);
    let revisions = record["revisions"].as_array().unwrap();
    assert_eq!((revisions.len(), &revisions[1]["counts"]), (3, &json!(true)));
    assert_eq!(record["history"][0]["reason"], "Đếm lại");
    // What binds is on the chain with who did it, and by which token.
    let auditor = house.token_for("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let trail = ok(&house.get(&auditor, "/api/v1/audit?office=xa-a").await);
    assert_eq!(trail["items"][0]["holder"], "Chị Lan (Phần mềm xã)");
    let export = house.get(&auditor, "/api/v1/audit/export").await;
    let lines = String::from_utf8(export.body).unwrap();
    let head = ok(&house.get(&auditor, "/api/v1/audit/head").await);
    assert!(lines.lines().last().unwrap().contains(head["head"]["hash"].as_str().unwrap()));
    // What the reviewer looked at is on record; a unit's own is not.
    let looks = house.looks().await;
    assert!(looks.iter().any(|l| l == &format!("office:xa-a {A1}/review")), "{looks:?}");
    assert!(!looks.iter().any(|l| l.starts_with("office:a1 ")), "{looks:?}");
}

#[tokio::test]
async fn a_workbook_goes_out_and_comes_back_with_its_problems_by_cell() {
    let house = House::new().await;
    let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let template = house.get(&unit, &format!("{A1}/template")).await;
    assert_eq!(template.status, 200);
    let back = ok(&house.upload(&unit, "/api/v1/uploads", "a1.xlsx", &template.body).await);
    assert_eq!(back["file"], "a1.xlsx");
    let csv = "đơn vị,biểu mẫu,kỳ,members.total,members.registered\na1,dang-vien,nam-1,41,40\nb1,dang-vien,nam-1,1,1\n";
    let done = ok(&house.upload(&unit, "/api/v1/uploads", "bang.csv", csv.as_bytes()).await);
    let told = done.to_string();
    assert!(done["returns"].as_array().unwrap().len() <= 1 && !told.contains("Bình 1"), "{told}");
    let wrong = house.upload(&unit, "/api/v1/uploads", "x.xlsx", b"PK\x03\x04 rubbish").await;
    assert!(!ok(&wrong)["problems"].as_array().unwrap().is_empty());
    let none = house.post(&unit, "/api/v1/uploads", &json!({})).await;
    assert_eq!((none.status.as_u16(), &*none.problem()), (415, "api-media-type"));
}

/// Every cell has reported, and all is accepted.
pub async fn reported(house: &House, consolidator: &str) {
    for (unit, registered, total) in [("a1", 40, 41), ("a2", 37, 39), ("a3", 29, 31), ("b1", 30, 30)] {
        let at = format!("/api/v1/returns/dang-vien/nam-1/{unit}");
        let sending = json!({ "filled": filled(registered, total) });
        let received = ok(&house.post(consolidator, &format!("{at}/send"), &sending).await);
        assert_eq!(received["receipt"]["on_behalf"], true);
        ok(&house.post(consolidator, &format!("{at}/accept"), &json!({ "revision": 1 })).await);
    }
}

#[tokio::test]
async fn a_report_goes_from_draft_to_frozen_and_out() {
    let house = House::new().await;
    let drafter = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
    let leader = house.token_for("lanh-dao", &[on_all(Duty::Approver)]).await;
    reported(&house, &drafter).await;
    let missing = ok(&house.get(&drafter, "/api/v1/missing?data_set=dang-vien&period=nam-1").await);
    assert_eq!(missing["branches"][0]["missing"][0]["key"]["unit"], "b2");
    let until = json!({ "data_set": "dang-vien", "period": "nam-1", "branch": "xa-b", "until": "2023-02-01",
        "reason": "Lũ" });
    ok(&house.post(&drafter, "/api/v1/extensions", &until).await);
    assert_eq!(ok(&house.get(&drafter, "/api/v1/extensions").await)["items"][0]["until"], "2023-02-01");
    let figures = ok(&house.get(&drafter, "/api/v1/figures?period=nam-1").await);
    let first = &figures["items"][0]["figure"];
    assert_eq!((&first["numerator"], &first["denominator"]), (&json!(136), &json!(141)));
    assert_eq!(first["coverage"]["missing"], 1);
    let explained = ok(&house.get(&drafter, "/api/v1/figures/members.registered?period=nam-1").await);
    assert_eq!(explained["contributions"].as_array().unwrap().len(), 4);
    assert_eq!(explained["missing"][0]["unit"]["unit"], "b2");
    let table = ok(&house.get(&drafter, "/api/v1/table?data_set=dang-vien&period=nam-1").await);
    assert_eq!(table["totals"]["columns"][0]["sum"], 141);
    // Four eyes: whoever drafted does not approve, and only what was read is approved.
    let draft = json!({ "period": "nam-1", "date": "2023-01-20" });
    let line = ok(&house.post(&drafter, "/api/v1/reports/ket-qua/drafts", &draft).await);
    assert_eq!((&line["number"], &line["status"]), (&json!(1), &json!("draft")));
    let one = "/api/v1/reports/ket-qua/editions/1";
    let seen = ok(&house.get(&leader, one).await);
    assert_eq!((&seen["may_approve"], &seen["may_draft"]), (&json!(true), &json!(false)));
    let stale = house.post(&leader, &format!("{one}/approve"), &json!({ "seen": "x" })).await;
    assert_eq!((stale.status.as_u16(), &*stale.problem()), (409, "edition-changed-since"));
    let early = house.post(&leader, &format!("{one}/freeze"), &json!({})).await;
    assert_eq!(early.status, 409, "{early:?}");
    ok(&house.post(&leader, &format!("{one}/approve"), &json!({ "seen": seen["seen"] })).await);
    assert_eq!(house.get("", "/api/v1/public/editions/ket-qua/1").await.status, 404, "it is not out");
    ok(&house.post(&leader, &format!("{one}/freeze"), &json!({})).await);
    let pdf = house.get(&leader, &format!("{one}/documents/pdf")).await;
    assert!(pdf.body.starts_with(b"%PDF-") && pdf.header("content-type") == "application/pdf");
    assert_eq!(house.get(&leader, &format!("{one}/documents/exe")).await.status, 404);
    // Readers have it once it is handed over, and no sooner.
    let out = async || ok(&house.get("", "/api/v1/public/editions").await)["items"].as_array().unwrap().len();
    assert_eq!(
        (out().await, house.get("", "/api/v1/public/editions/ket-qua/1").await.status.as_u16()),
        (0, 404)
    );
    ok(&house.post(&leader, &format!("{one}/hand-over"), &json!({})).await);
    assert_eq!(house.post(&leader, &format!("{one}/hand-over"), &json!({})).await.status, 409);
    assert_eq!(out().await, 1);
    assert_eq!(ok(&house.get(&leader, one).await)["public"], true);
}

#[tokio::test]
async fn an_article_goes_from_draft_to_page_and_what_is_brought_is_kept_once() {
    let house = House::new().await;
    let editor = house.token_as(Role::Administrator).await;
    let column = json!({ "id": "tin-tuc", "slug": "tin-tuc", "names": { "vi": "Tin tức" } });
    ok(&house.post(&editor, "/api/v1/columns", &column).await);
    assert_eq!(house.post(&editor, "/api/v1/columns", &column).await.status, 409);
    let brought = ok(&house.upload(&editor, "/api/v1/media", "ke-hoach.pdf", b"%PDF-1.7\n%%EOF\n").await);
    assert_eq!(brought["picture"], false);
    let library = ok(&house.get(&editor, "/api/v1/media?attachments=true").await);
    assert_eq!(library["items"][0]["id"], brought["id"]);
    let new = json!({ "column": "tin-tuc", "content": { "title": "Lễ phát động", "lead": "Sáng nay.",
        "body": "Đông đủ." } });
    let article = ok(&house.post(&editor, "/api/v1/articles", &new).await);
    let at = format!("/api/v1/articles/{}", article["id"].as_str().unwrap());
    let change = json!({ "content": { "title": "Lễ phát động", "lead": "Sáng nay.", "body": "Rất đông." },
        "base": article["last_revision"] });
    let kept = ok(&house.put(&editor, &at, &change).await);
    let stale = house.put(&editor, &at, &change).await;
    assert!([200, 409].contains(&stale.status.as_u16()), "{stale:?}");
    for act in ["submit", "approve", "publish"] {
        ok(&house.post(&editor, &format!("{at}/acts"), &json!({ "act": act })).await);
    }
    let one = ok(&house.get(&editor, &at).await);
    assert_eq!(
        (&one["article"]["status"], &one["content"]["body"]),
        (&json!("published"), &json!("Rất đông."))
    );
    assert!(one["acts"][0]["holder"].as_str().unwrap().contains("Phần mềm xã"));
    let number = kept["revision"].as_u64().unwrap();
    ok(&house.get(&editor, &format!("{at}/revisions/{number}")).await);
    let document = json!({ "number": "18-KH/HU", "kind": "ke-hoach", "issuer": "Huyện ủy",
        "subject": "Kế hoạch", "signed": "2021-07-12", "files": [brought["id"]] });
    let entered = ok(&house.post(&editor, "/api/v1/documents", &document).await);
    let at = format!("/api/v1/documents/{}", entered["id"].as_str().unwrap());
    ok(&house.post(&editor, &format!("{at}/publish"), &json!({})).await);
    assert_eq!(ok(&house.get(&editor, &at).await)["kept"]["status"], "published");
}

#[tokio::test]
async fn a_request_with_a_key_is_done_once() {
    let house = House::new().await;
    let editor = house.token_as(Role::Administrator).await;
    let new = json!({ "content": { "title": "Giới thiệu" } }).to_string();
    let ask = async |key: &str, body: &str| {
        let request = crate::house::request("POST", &editor, "/api/v1/articles")
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        house.ask(request.body(axum::body::Body::from(body.to_owned())).unwrap()).await
    };
    let first = ask("mot", &new).await;
    let again = ask("mot", &new).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_ne!(ask("hai", &new).await.json()["id"], first.json()["id"]);
    let other = json!({ "content": { "title": "Khác" } }).to_string();
    assert_eq!(ask("mot", &other).await.problem(), "api-key-other");
    // What was refused may be sent again, mended.
    assert_eq!(ask("ba", "{}").await.status, 422);
    assert_eq!(ask("ba", &new).await.status, 200);
    assert_eq!(ask(&"x".repeat(300), &new).await.problem(), "api-key");
    house.pass(2);
    let later = house.token_as(Role::Editor).await;
    assert_eq!(house.get(&later, "/api/v1/me").await.status, 200);
    assert_eq!(ask("mot", &other).await.status, 200, "a key is forgotten after a day");
}

#[tokio::test]
async fn offices_of_units_are_made_and_slips_shut_nobody_out() {
    let house = House::new().await;
    let token = house.token(&everything("quan-tri"), &[Scope::Accounts]).await;
    let made = ok(&house.post(&token, "/api/v1/unit-offices", &json!({ "under": "xa-a" })).await);
    assert_eq!(made["made"], 4);
    let reviewer = Acting {
        office: "xa-a".into(),
        grants: Vec::new(),
        postings: vec![on_branch(Duty::Reviewer, "xa-a")],
    };
    let holder = house.office(&reviewer).await;
    let keeper = house.token_of(&reviewer, holder, &[Scope::Accounts]).await;
    let slips = ok(&house.post(&keeper, "/api/v1/slips", &json!({ "under": "xa-a" })).await);
    assert_eq!(slips["slips"].as_array().unwrap().len(), 3);
    assert_eq!(house.get(&keeper, "/api/v1/offices").await.problem(), "office-may-not");
    let units = ok(&house.get(&keeper, "/api/v1/unit-offices?under=xa-a").await);
    let waiting = &units["items"][0]["holders"][0];
    assert!(waiting["slip"].is_string(), "{units}");
    let at = format!("/api/v1/unit-offices/a1/holders/{}", waiting["id"].as_str().unwrap());
    ok(&house.delete(&keeper, &at).await);
}
