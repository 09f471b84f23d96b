//! What is set up, by programs: who may, what is seen first, what is refused and at which field, what is done
//! as it was seen, and that it can be taken back; on both databases.

use nhipcau_actions::{
    ActionError,
    accounts::{NewToken, Scope, make_token},
};
use nhipcau_domain::office::{Acting, Duty};
use serde_json::{Value, json};

use crate::{
    house::{Answer, House, databases, on_all, on_branch, wide},
    month::{ok, reported},
};

const AT: &str = "/api/v1/configuration";
const DRY: &str = "/api/v1/configuration/dry-runs";
const CHANGES: &str = "/api/v1/configuration/changes";

/// Districts in which all cells but one have reported, each with the token of whoever consolidates it.
async fn districts() -> Vec<(House, String)> {
    let mut found = Vec::new();
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let token = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        reported(&house, &token).await;
        found.push((house, token));
    }
    found
}

async fn record(house: &House, token: &str, part: &str, name: &str) -> Value {
    ok(&house.get(token, &format!("{AT}/parts/{part}/records/{name}")).await)["record"].clone()
}

/// The figure "over 98 per cent" as "over 80".
async fn over_80(house: &House, token: &str) -> Value {
    let mut record = record(house, token, "indicator", "members.registered").await;
    assert_eq!(record["wording.over"], "98");
    record["wording.over"] = "80".into();
    json!({ "kind": "record", "part": "indicator", "name": "members.registered", "record": record })
}

/// A dry run's change, to be carried out.
fn acting_on(dry: &Value, reason: &str) -> Value {
    json!({ "change": dry["change"], "pins": dry["pins"], "reason": reason })
}

/// Tries a change, then does it.
async fn done(house: &House, token: &str, edit: &Value) -> (Value, Value) {
    let dry = ok(&house.post(token, DRY, edit).await);
    let done = ok(&house.post(token, CHANGES, &acting_on(&dry, "Theo Kế hoạch 18")).await);
    (dry, done)
}

async fn wording(house: &House, token: &str) -> Value {
    ok(&house.get(token, "/api/v1/figures?period=nam-1").await)["items"][0]["figure"]["wording"].clone()
}

fn refusal(answer: &Answer) -> (u16, String, Value) {
    (answer.status.as_u16(), answer.problem(), answer.json()["args"]["field"].clone())
}

#[tokio::test]
async fn a_record_is_changed_as_it_was_seen_and_an_earlier_version_holds_again() {
    for (house, token) in districts().await {
        let now = ok(&house.get(&token, AT).await);
        assert_eq!((&now["pins"], &now["units"]), (&json!({ "version": 1, "events": 8 }), &json!(8)));
        assert_eq!(now["parts"][8], json!({ "part": "indicator", "records": 2 }));
        assert_eq!(wording(&house, &token).await, "96,4%");
        // Seen first: which figure is said otherwise, and nothing is stored.
        let edit = over_80(&house, &token).await;
        let dry = ok(&house.post(&token, DRY, &edit).await);
        assert_eq!((&dry["nothing"], &dry["pins"]), (&json!(false), &now["pins"]));
        let fields = json!([{ "field": "wording.over", "before": "98", "after": "80" }]);
        assert_eq!((&dry["records"][0]["how"], &dry["records"][0]["fields"]), (&json!("changed"), &fields));
        let figure = &dry["figures"][0];
        assert_eq!(
            (&figure["indicator"]["id"], &figure["period"]["name"]),
            (&json!("members.registered"), &json!("Năm 2022"))
        );
        assert_eq!(
            (&figure["before"]["wording"], &figure["before"]["numerator"]),
            (&json!("96,4%"), &json!(136))
        );
        assert_eq!(
            (&figure["after"]["wording"], &figure["after"]["coverage"]["missing"]),
            (&json!("trên 80%"), &json!(1))
        );
        assert_eq!((&dry["totals"], &dry["owed"]), (&json!([]), &json!([])));
        assert!(house.looks().await.contains(&format!("office:tong-hop {DRY}")), "it looked at raw figures");
        assert_eq!(ok(&house.get(&token, AT).await), now);
        // Done, with a reason, once.
        let silent = house.post(&token, CHANGES, &acting_on(&dry, "  ")).await;
        assert_eq!(refusal(&silent), (422, "configuration-reason-needed".to_owned(), json!("reason")));
        let act = acting_on(&dry, "Theo Kế hoạch 18");
        let done_now = ok(&house.post(&token, CHANGES, &act).await);
        assert_eq!(done_now, json!({ "version": 2, "definitions": true, "events": 0 }));
        assert_eq!(wording(&house, &token).await, "trên 80%");
        let again = house.post(&token, CHANGES, &act).await;
        assert_eq!((again.status.as_u16(), &*again.problem()), (409, "configuration-changed-since"));
        let nothing = ok(&house.post(&token, DRY, &edit).await);
        assert_eq!((&nothing["nothing"], &nothing["pins"]["version"]), (&json!(true), &json!(2)));
        // On record, the newest first.
        let history = ok(&house.get(&token, &format!("{CHANGES}?limit=1")).await);
        let last = &history["items"][0];
        assert_eq!(
            (&last["number"], &last["version"], &history["next"]),
            (&json!(2), &json!(2), &json!("2"))
        );
        assert_eq!(last["holder"], "Chị Lan (Phần mềm xã)");
        assert_eq!((&last["office"], &last["reason"]), (&json!("tong-hop"), &json!("Theo Kế hoạch 18")));
        let older = ok(&house.get(&token, &format!("{CHANGES}?after=2")).await);
        assert_eq!((&older["items"][0]["events"], &older["next"]), (&json!(8), &Value::Null));
        let shown = ok(&house.get(&token, &format!("{CHANGES}/2")).await);
        assert_eq!((&shown["records"][0]["fields"], &shown["events"]), (&fields, &json!([])));
        assert_eq!(house.get(&token, &format!("{CHANGES}/7")).await.status, 404);
        // Taken back, by a change of its own.
        let (back, restored) = done(&house, &token, &json!({ "kind": "restore", "version": 1 })).await;
        assert_eq!(back["figures"][0]["after"]["wording"], "96,4%");
        assert_eq!(restored["version"], 3);
        assert_eq!(record(&house, &token, "indicator", "members.registered").await["wording.over"], "98");
    }
}

#[tokio::test]
async fn a_unit_moves_and_the_totals_of_both_are_told_before() {
    for (house, token) in districts().await {
        let moving = json!({ "kind": "units", "events": [
            { "on": "2022-06-01", "change": { "act": "move", "unit": "a1", "parent": "xa-b" } },
        ] });
        let (dry, done_now) = done(&house, &token, &moving).await;
        assert_eq!(done_now, json!({ "version": 1, "definitions": false, "events": 1 }));
        assert_eq!((&dry["figures"], &dry["totals"][0]["units"]), (&json!([]), &json!(2)));
        assert_eq!(dry["events"], moving["events"]);
        let some = dry["totals"][0]["some"].as_array().unwrap();
        assert_eq!(some.len(), 4);
        let first = json!({
            "unit": { "id": "xa-a", "name": "Xã An Mẫu" },
            "element": { "id": "members.registered", "name": "Đảng viên đã đăng ký" },
            "before": { "sum": 106, "answers": 3 },
            "after": { "sum": 66, "answers": 2 },
        });
        assert_eq!(some[0], first);
        let unit = ok(&house.get(&token, &format!("{AT}/units/a1")).await);
        assert_eq!(
            unit["parents"],
            json!([
                { "from": "2020-01-01", "parent": { "id": "xa-a", "name": "Xã An Mẫu" } },
                { "from": "2022-06-01", "parent": { "id": "xa-b", "name": "Xã Bình Mẫu" } },
            ])
        );
        assert_eq!(house.get(&token, &format!("{AT}/units/khong-co")).await.problem(), "unit-unknown");
        let change = ok(&house.get(&token, &format!("{CHANGES}/2")).await);
        assert_eq!((&change["events"], &change["change"]["events"]), (&moving["events"], &json!(1)));
        // One that opens owes what its kind owes; one that has units below it does not close.
        let opening = json!({ "kind": "units", "events": [{ "on": "2022-06-01", "change": {
            "act": "open", "unit": "a4", "kind": "chi-bo", "parent": "xa-a", "name": " Chi bộ ấp An 4 ",
            "code": "",
        } }] });
        let opened = ok(&house.post(&token, DRY, &opening).await);
        assert_eq!((&opened["owed"][0]["before"], &opened["owed"][0]["after"]), (&json!(5), &json!(6)));
        let joined = json!({ "count": 1, "units": [{ "id": "a4", "name": "Chi bộ ấp An 4" }] });
        assert_eq!(opened["owed"][0]["joined"], joined);
        assert_eq!(opened["change"]["events"][0]["change"]["code"], Value::Null);
        let closing = json!({ "kind": "units", "events": [
            { "on": "2022-06-01", "change": { "act": "close", "unit": "xa-a" } },
        ] });
        assert_eq!(house.post(&token, DRY, &closing).await.problem(), "tree-child-outlives-parent");
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_nothing_is_dropped_unsaid() {
    for (house, token) in districts().await {
        let people = |more: Value| {
            let mut record =
                json!({ "id": "people", "name": "người", "name-en": "people", "people": "true" });
            record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({ "kind": "record", "part": "measure", "name": "people", "record": record })
        };
        let mut years = record(&house, &token, "calendar", "nam").await;
        years["period"][0].as_array_mut().unwrap().push("thừa".into());
        let years = json!({ "kind": "record", "part": "calendar", "name": "nam", "record": years });
        let file = |path: &str, text: &str| json!({ "kind": "files", "files": { path: text } });
        for (edit, id, field) in [
            (people(json!({ "colour": "đỏ" })), "campaign-field-unknown", Value::Null),
            (people(json!({ "name": ["người"] })), "configuration-field-shape", json!("name")),
            (people(json!({ "name": "  " })), "configuration-field-empty", json!("name")),
            (people(json!({ "id": "nguoi" })), "configuration-name-changed", json!("id")),
            (years, "configuration-row-long", json!("period")),
            (file("elments.csv", "id\n"), "configuration-file-unknown", Value::Null),
            (file("reports/../campaign.toml", ""), "configuration-file-unknown", Value::Null),
            (json!({ "kind": "restore", "version": 77 }), "configuration-version-unknown", Value::Null),
            (
                json!({ "kind": "removal", "part": "check", "name": "khong-co" }),
                "configuration-record-unknown",
                Value::Null,
            ),
            (json!({ "kind": "restore", "version": 1, "more": 1 }), "api-body-wrong", Value::Null),
            (json!({ "kind": "units", "events": [] }), "configuration-nothing-asked", Value::Null),
        ] {
            let answer = house.post(&token, DRY, &edit).await;
            assert_eq!(refusal(&answer), (422, id.to_owned(), field), "{edit}");
        }
        let answer = house.post(&token, DRY, &file("elements.csv", "id,section\n")).await;
        assert_eq!(answer.status, 422);
        let told = answer.json()["problems"].as_array().unwrap().clone();
        assert!(told.iter().any(|p| p["place"]["file"] == "elements.csv"), "{told:?}");
        // What returns rest on stays.
        let gone = json!({ "kind": "removal", "part": "reason", "name": "moi-thanh-lap" });
        assert_eq!(house.post(&token, DRY, &gone).await.problem(), "configuration-reason-kept");
        assert_eq!(ok(&house.get(&token, CHANGES).await)["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_files_are_taken_away_changed_and_brought_back() {
    for (house, token) in districts().await {
        let files = ok(&house.get(&token, &format!("{AT}/files")).await);
        let paths: Vec<&str> =
            files["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
        assert!(paths.contains(&"units.csv") && paths.contains(&"reports/ket-qua.md"), "{paths:?}");
        let text = house.get(&token, &format!("{AT}/files/indicators.toml")).await;
        assert_eq!(text.status, 200);
        let text = String::from_utf8(text.body).unwrap();
        let changed = text.replace("wording.over = 98", "wording.over = 80");
        assert_ne!(changed, text);
        let brought = format!("{DRY}/files");
        let dry = ok(&house.upload(&token, &brought, "indicators.toml", changed.as_bytes()).await);
        assert_eq!(dry["records"].as_array().unwrap().len(), 1);
        assert_eq!(dry["change"], json!({ "kind": "files", "files": { "indicators.toml": changed } }));
        ok(&house.post(&token, CHANGES, &acting_on(&dry, "Sửa bằng tệp")).await);
        assert_eq!(wording(&house, &token).await, "trên 80%");
        let template = house.get(&token, &format!("{AT}/files/reports/ket-qua.md")).await;
        assert_eq!(template.body, crate::house::TEMPLATE.as_bytes());
        for none in ["khong-co.toml", "..%2Fcampaign.toml", "reports/khong-co.md"] {
            assert_eq!(house.get(&token, &format!("{AT}/files/{none}")).await.status, 404, "{none}");
        }
        // All of it, brought back as it was taken, changes nothing.
        let packed = house.get(&token, &format!("{AT}/archive")).await;
        assert_eq!(packed.header("content-type"), "application/zip");
        let same = ok(&house.upload(&token, &brought, "cau-hinh.zip", &packed.body).await);
        assert_eq!((&same["nothing"], &same["change"]["files"]), (&json!(true), &json!({})));
        let other = house.upload(&token, &brought, "ghi-chu.txt", b"x").await;
        assert_eq!((other.status.as_u16(), &*other.problem()), (422, "configuration-no-files"));
        let broken = house.upload(&token, &brought, "cau-hinh.zip", b"PK\x03\x04rubbish").await;
        assert_eq!((broken.status.as_u16(), &*broken.problem()), (422, "configuration-archive-broken"));
    }
}

#[tokio::test]
async fn each_part_says_what_its_records_take() {
    let (house, token) = districts().await.remove(0);
    let part = ok(&house.get(&token, &format!("{AT}/parts/form")).await);
    assert_eq!(
        (&part["key"], &part["list"], &part["file"]),
        (&json!("id"), &json!(true), &json!("data-sets.toml"))
    );
    let field = |name: &str| {
        let fields = part["fields"].as_array().unwrap();
        fields.iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    let elements = field("elements");
    assert_eq!(
        (&elements["shape"], &elements["takes"], &elements["of"], &elements["needed"]),
        (&json!("list"), &json!("ordered-records"), &json!("element"), &json!(true))
    );
    assert_eq!(
        field("deadlines")["columns"],
        json!([
            { "name": "days", "takes": "number" },
            { "name": "kind", "takes": "text" },
        ])
    );
    assert!(!field("roster.except")["label"].as_str().unwrap().contains("configuration-"));
    let records = ok(&house.get(&token, &format!("{AT}/parts/form/records?limit=1")).await);
    assert_eq!((&records["items"][0]["name"], &records["next"]), (&json!("dang-vien"), &json!("dang-vien")));
    for none in ["parts/khong-co", "parts/form/records/khong-co"] {
        assert_eq!(house.get(&token, &format!("{AT}/{none}")).await.status, 404, "{none}");
    }
    // Every record, sent back as it was read, changes nothing.
    for part in [
        "campaign",
        "kind",
        "measure",
        "office",
        "reason",
        "calendar",
        "element",
        "form",
        "indicator",
        "report",
    ] {
        let all = ok(&house.get(&token, &format!("{AT}/parts/{part}/records")).await);
        for one in all["items"].as_array().unwrap() {
            let edit =
                json!({ "kind": "record", "part": part, "name": one["name"], "record": one["record"] });
            assert_eq!(ok(&house.post(&token, DRY, &edit).await)["nothing"], true, "{edit}");
        }
    }
}

#[tokio::test]
async fn a_token_that_consolidates_does_not_change_what_is_set_up() {
    let house = House::new().await;
    let office = |posting| Acting { office: "tong-hop".into(), grants: Vec::new(), postings: vec![posting] };
    let acting = office(on_all(Duty::Consolidator));
    let holder = house.office(&acting).await;
    let others: Vec<Scope> = [Scope::Read, Scope::Report, Scope::Review, Scope::Consolidate].into();
    let without = house.token_of(&acting, holder, &others).await;
    let refused = house.get(&without, AT).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (403, "token-scope-missing"));
    let with = house.token_of(&acting, holder, &[Scope::Configure]).await;
    assert_eq!(house.get(&with, AT).await.status, 200);
    assert_eq!(house.get(&with, "/api/v1/table").await.status, 403, "it is for nothing else");
    // Lent for a short time, by whoever consolidates every unit.
    let make = async |acting: &Acting, days: i64| {
        let new = NewToken { name: "Phần mềm".to_owned(), scopes: vec![Scope::Configure], days };
        match make_token(&house.door, (&acting.office, ""), acting, holder, &new).await {
            Ok(_) => "made".to_owned(),
            Err(ActionError::Refused(problem)) => problem.id,
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(make(&acting, 31).await, "made");
    assert_eq!(make(&acting, 32).await, "token-days");
    for posting in [on_branch(Duty::Consolidator, "h"), on_all(Duty::Approver), on_all(Duty::Reviewer)] {
        assert_eq!(make(&office(posting), 31).await, "token-scope-not-held");
    }
    // It is worth no more than its office is at that moment.
    let mut tx = house.ws.store().write().await.unwrap();
    tx.set_postings(&acting.office, &[on_branch(Duty::Consolidator, "h")]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.get(&with, AT).await.problem(), "office-may-not");
    assert_eq!(house.post(&with, DRY, &json!({ "kind": "restore", "version": 1 })).await.status, 403);
}
