//! Every address of the API, asked for without a token, with every scope but the right one, with the right
//! one, by each duty, and by an office that holds nothing any more.
//!
//! A new address fails here until it has its line in [`EXPECTED`]: method, address, and the scopes that
//! open it ([`ANYONE`] and [`ANY`] for those that take no token, or any).

use axum::body::Body;
use nhipcau_actions::accounts::Scope;
use nhipcau_domain::office::{Acting, Duty, Power};

use crate::{
    house::{Answer, DESCRIBED, House, everything, on_all, request, useful},
    schema::{self, operations},
};

/// Takes no token.
const ANYONE: &str = "anyone";
/// Takes any token.
const ANY: &str = "";
const READ: &str = "read";
const REPORT: &str = "report";
const REVIEW: &str = "review";
const CONSOLIDATE: &str = "consolidate";
const APPROVE: &str = "approve";
const EITHER: &str = "consolidate approve";
const WATCH: &str = "review site";
const CONFIGURE: &str = "configure";
const AUDIT: &str = "audit";
const SITE: &str = "site";
const ACCOUNTS: &str = "accounts";

/// Every address of the API.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("GET", "/public/editions", ANYONE),
    ("GET", "/public/editions/{report}/{number}", ANYONE),
    ("GET", "/me", ANY),
    ("DELETE", "/me/token", ANY),
    ("GET", "/units", ANY),
    ("GET", "/units/{unit}", ANY),
    ("GET", "/data-sets", ANY),
    ("GET", "/data-sets/{data_set}", ANY),
    ("GET", "/periods", ANY),
    ("GET", "/indicators", ANY),
    // Reporting.
    ("GET", "/owed", REPORT),
    ("GET", "/reportable-units", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}", READ),
    ("GET", "/returns/{data_set}/{period}/{unit}/form", REPORT),
    ("PUT", "/returns/{data_set}/{period}/{unit}/draft", REPORT),
    ("DELETE", "/returns/{data_set}/{period}/{unit}/draft", REPORT),
    ("POST", "/returns/{data_set}/{period}/{unit}/check", REPORT),
    ("POST", "/returns/{data_set}/{period}/{unit}/send", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}/receipt", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}/asides/{aside}", REPORT),
    ("POST", "/returns/{data_set}/{period}/{unit}/asides/{aside}", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}/template", REPORT),
    ("POST", "/uploads", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}/files", REPORT),
    ("POST", "/returns/{data_set}/{period}/{unit}/files", REPORT),
    ("GET", "/returns/{data_set}/{period}/{unit}/files/{id}", READ),
    ("DELETE", "/returns/{data_set}/{period}/{unit}/files/{id}", REPORT),
    // Reviewing and chasing.
    ("GET", "/queue", REVIEW),
    ("GET", "/returns/{data_set}/{period}/{unit}/review", REVIEW),
    ("POST", "/returns/{data_set}/{period}/{unit}/accept", REVIEW),
    ("POST", "/returns/{data_set}/{period}/{unit}/send-back", REVIEW),
    ("POST", "/returns/{data_set}/{period}/{unit}/excuse", REVIEW),
    ("POST", "/acceptances", REVIEW),
    ("GET", "/missing", REVIEW),
    ("GET", "/extensions", READ),
    ("POST", "/extensions", CONSOLIDATE),
    // Messages.
    ("GET", "/reminders", CONSOLIDATE),
    ("POST", "/reminders", CONSOLIDATE),
    ("GET", "/reminder-plans", CONSOLIDATE),
    ("PUT", "/reminder-plans", CONSOLIDATE),
    ("GET", "/morning-digest", REVIEW),
    ("PUT", "/morning-digest", REVIEW),
    ("GET", "/outbox", WATCH),
    ("GET", "/outbox/{id}", WATCH),
    ("POST", "/outbox/{id}/decisions", WATCH),
    ("POST", "/outbox-tests", SITE),
    // Figures.
    ("GET", "/table", READ),
    ("GET", "/table/totals", READ),
    ("GET", "/table/events", READ),
    ("GET", "/figures", READ),
    ("GET", "/figures/{figure}", READ),
    ("GET", "/table/files/{ending}", READ),
    ("GET", "/analysis", READ),
    ("GET", "/analysis/choices", READ),
    ("GET", "/analysis/cell", READ),
    ("GET", "/analysis/files/{ending}", READ),
    ("GET", "/analysis/views", READ),
    ("POST", "/analysis/views", READ),
    ("GET", "/analysis/views/{id}", READ),
    ("PUT", "/analysis/views/{id}", READ),
    ("DELETE", "/analysis/views/{id}", READ),
    ("GET", "/analysis/views/{id}/table", READ),
    // Reports and the trail.
    ("GET", "/reports", EITHER),
    ("POST", "/reports/{report}/drafts", CONSOLIDATE),
    ("GET", "/reports/{report}/editions/{number}", EITHER),
    ("GET", "/reports/{report}/editions/{number}/passages", EITHER),
    ("GET", "/reports/{report}/editions/{number}/comments", EITHER),
    ("POST", "/reports/{report}/editions/{number}/comments", EITHER),
    ("POST", "/reports/{report}/editions/{number}/comments/{comment}", EITHER),
    ("POST", "/reports/{report}/editions/{number}/approve", APPROVE),
    ("POST", "/reports/{report}/editions/{number}/freeze", APPROVE),
    ("POST", "/reports/{report}/editions/{number}/hand-over", EITHER),
    ("GET", "/reports/{report}/editions/{number}/documents/{format}", EITHER),
    ("POST", "/reports/{report}/editions/{number}/attachments", APPROVE),
    // What is set up.
    ("GET", "/configuration", CONFIGURE),
    ("GET", "/configuration/parts/{part}", CONFIGURE),
    ("GET", "/configuration/parts/{part}/records", CONFIGURE),
    ("GET", "/configuration/parts/{part}/records/{record}", CONFIGURE),
    ("GET", "/configuration/units/{unit}", CONFIGURE),
    ("GET", "/configuration/files", CONFIGURE),
    ("GET", "/configuration/files/{file}", CONFIGURE),
    ("GET", "/configuration/files/reports/{file}", CONFIGURE),
    ("GET", "/configuration/archive", CONFIGURE),
    ("POST", "/configuration/dry-runs", CONFIGURE),
    ("POST", "/configuration/dry-runs/files", CONFIGURE),
    ("GET", "/configuration/changes", CONFIGURE),
    ("POST", "/configuration/changes", CONFIGURE),
    ("GET", "/configuration/changes/{number}", CONFIGURE),
    ("GET", "/audit", AUDIT),
    ("GET", "/audit/head", AUDIT),
    ("GET", "/audit/export", AUDIT),
    // The editors' side.
    ("GET", "/articles", SITE),
    ("POST", "/articles", SITE),
    ("GET", "/articles/{id}", SITE),
    ("PUT", "/articles/{id}", SITE),
    ("GET", "/articles/{id}/revisions/{number}", SITE),
    ("POST", "/articles/{id}/revisions/{number}", SITE),
    ("POST", "/articles/{id}/acts", SITE),
    ("PUT", "/articles/{id}/place", SITE),
    ("PUT", "/articles/{id}/expiry", SITE),
    ("POST", "/articles/{id}/previews", SITE),
    ("POST", "/word-files", SITE),
    ("GET", "/media", SITE),
    ("POST", "/media", SITE),
    ("PUT", "/media/{id}", SITE),
    ("GET", "/media/{id}/{name}", SITE),
    ("GET", "/documents", SITE),
    ("POST", "/documents", SITE),
    ("GET", "/document-kinds", SITE),
    ("PUT", "/document-kinds", SITE),
    ("GET", "/documents/{id}", SITE),
    ("PUT", "/documents/{id}", SITE),
    ("POST", "/documents/{id}/publish", SITE),
    ("POST", "/documents/{id}/withdraw", SITE),
    ("PUT", "/documents/{id}/relations/{relation}/{other}", SITE),
    ("DELETE", "/documents/{id}/relations/{relation}/{other}", SITE),
    ("GET", "/columns", SITE),
    ("POST", "/columns", SITE),
    ("PUT", "/columns/{column}", SITE),
    ("GET", "/feedback", SITE),
    ("POST", "/feedback/{id}/handled", SITE),
    ("GET", "/notices", SITE),
    ("POST", "/notices", SITE),
    ("DELETE", "/notices/{id}", SITE),
    ("GET", "/redirects", SITE),
    ("POST", "/redirects", SITE),
    ("DELETE", "/redirects", SITE),
    ("GET", "/settings", SITE),
    ("PUT", "/settings", SITE),
    ("GET", "/maps", SITE),
    ("GET", "/maps/{day}", SITE),
    ("POST", "/maps/{day}", SITE),
    ("POST", "/maps/{day}/dry-runs", SITE),
    ("GET", "/visits", SITE),
    // Offices.
    ("GET", "/offices", ACCOUNTS),
    ("GET", "/offices/{office}", ACCOUNTS),
    ("GET", "/unit-offices", ACCOUNTS),
    ("POST", "/unit-offices", ACCOUNTS),
    ("DELETE", "/unit-offices/{unit}/holders/{holder}", ACCOUNTS),
    ("POST", "/slips", ACCOUNTS),
];

/// What any editor's token may read, whatever its role: nothing of it is not on the site.
const OF_THE_SITE: [&str; 3] = ["/document-kinds", "/columns", "/notices"];

/// A list of what the office has a role on: empty where it has none.
const OF_ITS_OWN: &str = "/articles";

#[test]
fn every_address_has_its_line_with_its_scopes_and_every_line_its_address() {
    let scopes = |operation: &serde_json::Value| {
        let each = operation["security"].as_array()?;
        let each = each.iter().filter_map(|s| s["token"].as_array());
        Some(each.flatten().filter_map(|s| s.as_str()).collect::<Vec<_>>().join(" "))
    };
    let described: Vec<(String, String)> = operations(&DESCRIBED)
        .map(|(path, method, operation)| {
            let words = scopes(operation).unwrap_or_else(|| ANYONE.to_owned());
            (format!("{method} {}", path.trim_start_matches(nhipcau_api::PATH)), words)
        })
        .collect();
    let mut said: Vec<(String, String)> = EXPECTED
        .iter()
        .map(|(method, path, scopes)| (format!("{method} {path}"), (*scopes).to_owned()))
        .collect();
    let mut described = described;
    described.sort();
    said.sort();
    let missing: Vec<_> = described.iter().filter(|d| !said.contains(d)).collect();
    let extra: Vec<_> = said.iter().filter(|s| !described.contains(s)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "without a line: {missing:#?}\nno such: {extra:#?}");
    assert_eq!(described.len(), said.len());
}

#[test]
fn nothing_is_routed_beside_the_description() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut read = 0;
    let mut folders = vec![folder.join("ways")];
    while let Some(within) = folders.pop() {
        for entry in std::fs::read_dir(within).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let source = std::fs::read_to_string(&entry).unwrap();
            assert!(
                !source.contains(".route(") && !source.contains(".route_service("),
                "{}",
                entry.display()
            );
            read += 1;
        }
    }
    assert!(read > 15, "only {read} files were found");
    let lib = std::fs::read_to_string(folder.join("lib.rs")).unwrap();
    assert_eq!(lib.matches(".route(").count(), 3, "the document, its page, and what is not there");
}

/// An address filled in with what the tiny district has, as far as it has it.
fn filled(path: &str) -> String {
    let values = [
        ("{data_set}", "dang-vien"),
        ("{period}", "nam-1"),
        ("{unit}", "a1"),
        ("{report}", "ket-qua"),
        ("{number}", "1"),
        ("{figure}", "members.registered"),
        ("{format}", "pdf"),
        ("{ending}", "csv"),
        ("{aside}", "api"),
        ("{part}", "indicator"),
        ("{record}", "members.registered"),
        ("{file}", "indicators.toml"),
        ("{relation}", "amends"),
        ("{name}", "300.webp"),
        ("{column}", "tin-tuc"),
        ("{day}", "2023-06-01"),
        ("{office}", "khac"),
        ("{id}", "00000000-0000-7000-8000-00000000ffff"),
        ("{other}", "00000000-0000-7000-8000-00000000fffe"),
        ("{holder}", "00000000-0000-7000-8000-00000000fffd"),
        ("{comment}", "00000000-0000-7000-8000-00000000fffc"),
    ];
    let path = values.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
    let query = match path.as_str() {
        p if p.contains("/figures") => "?period=nam-1",
        p if p.ends_with("/draft") => "?version=0",
        "/analysis/cell" => "?cell_period=nam-1&cell_item=i.members.registered",
        "/redirects" => "?path=/cu",
        "/reminders" => "?data_set=dang-vien&period=nam-1",
        _ => "",
    };
    format!("{}{path}{query}", nhipcau_api::PATH)
}

/// Asks with a body as the description asks for it.
async fn ask(house: &House, token: &str, method: &str, path: &str) -> Answer {
    let address = filled(path);
    let (_, operation) =
        schema::operation(&DESCRIBED, method, address.split('?').next().unwrap()).expect("described");
    let content = &operation["requestBody"]["content"];
    let asked = request(method, token, &address);
    if content["multipart/form-data"].is_object() {
        return house.upload(token, &address, "x.csv", b"a,b\n1,2\n").await;
    }
    let body = &content["application/json"]["schema"];
    if body.is_null() {
        return house.ask(asked.body(Body::empty()).unwrap()).await;
    }
    let sample = schema::sample(&DESCRIBED, body).to_string();
    house.ask(asked.header("content-type", "application/json").body(Body::from(sample)).unwrap()).await
}

/// The lines, the ones that end the token last.
fn lines() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut lines = EXPECTED.to_vec();
    lines.sort_by_key(|(_, path, _)| *path == "/me/token");
    lines
}

#[tokio::test]
async fn nobody_without_a_token_and_no_token_without_the_scope_is_let_in() {
    let house = House::new().await;
    let office = everything("tat-ca");
    let holder = house.office(&office).await;
    for (method, path, needed) in lines().into_iter().filter(|(_, _, needed)| *needed != ANYONE) {
        for none in ["", "nhc_khong-phai", &format!("nhc_{}", "0".repeat(64))] {
            let answer = ask(&house, none, method, path).await;
            assert_eq!(answer.status, 401, "{method} {path}: {answer:?}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        if needed.is_empty() {
            continue;
        }
        let others: Vec<Scope> =
            Scope::ALL.into_iter().filter(|s| !needed.split(' ').any(|n| n == s.as_str())).collect();
        let token = house.token_of(&office, holder, &others).await;
        let answer = ask(&house, &token, method, path).await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.problem()),
            (403, "token-scope-missing"),
            "{method} {path}"
        );
        nhipcau_actions::accounts::end_token(
            &house.ws,
            (&office.office, ""),
            &office.office,
            nhipcau_actions::accounts::tokens(&house.ws, &office.office).await.unwrap()[0].id,
        )
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn whoever_may_do_everything_is_let_in_everywhere() {
    let house = House::new().await;
    let token = house.token(&everything("tat-ca"), &Scope::ALL).await;
    for (method, path, _) in lines() {
        let answer = ask(&house, &token, method, path).await;
        let refused = [401, 403, 405, 415, 429].contains(&answer.status.as_u16());
        assert!(!refused, "{method} {path}: {answer:?}");
    }
    assert_eq!(house.get(&token, "/api/v1/me").await.status, 401, "it ended itself");
}

#[tokio::test]
async fn each_duty_opens_what_its_powers_open_and_nothing_else() {
    for duty in Duty::ALL {
        let house = House::new().await;
        let token = house.token_for("xa-a", &[on_all(duty)]).await;
        for (method, path, needed) in lines().into_iter().filter(|(_, path, _)| *path != "/me/token") {
            let holds = |scope: &str| {
                let power = Power::ALL.into_iter().find(|p| Scope::of(*p).as_str() == scope);
                // Who consolidates everything changes what is set up.
                let power = power.or((scope == CONFIGURE).then_some(Power::Consolidate));
                power.is_some_and(|p| duty.powers().contains(&p))
            };
            let open = needed == ANYONE || needed.is_empty() || needed.split(' ').any(holds);
            // A reviewer hands out the offices of the units below, and no other ones.
            let keeps = needed == ACCOUNTS && duty.powers().contains(&Power::Review);
            if keeps {
                continue;
            }
            let answer = ask(&house, &token, method, path).await;
            assert_eq!(answer.status != 403, open, "{method} {path} as {duty:?}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_token_is_worth_no_more_than_its_office_is_at_that_moment() {
    let house = House::new().await;
    let office = everything("tat-ca");
    let token = house.token(&office, &useful(&office)).await;
    assert_eq!(house.get(&token, "/api/v1/table").await.status, 200);
    let mut tx = house.ws.store().write().await.unwrap();
    tx.set_grants(&office.office, &[]).await.unwrap();
    tx.set_postings(&office.office, &[]).await.unwrap();
    tx.commit().await.unwrap();
    for (method, path, needed) in lines() {
        if needed == ANYONE || needed.is_empty() || (method == "GET" && OF_THE_SITE.contains(&path)) {
            continue;
        }
        let answer = ask(&house, &token, method, path).await;
        // What is not there is not there for anyone.
        let known = path.contains('{') && answer.status == 404;
        let nothing = path == OF_ITS_OWN && answer.json()["items"] == serde_json::json!([]);
        assert!(known || nothing || answer.status == 403, "{method} {path}: {answer:?}");
    }
    let me = house.get(&token, "/api/v1/me").await.json();
    assert_eq!((me["powers"].as_array().unwrap().len(), me["roles"].as_array().unwrap().len()), (0, 0));
}

#[tokio::test]
async fn an_office_of_a_branch_is_held_to_it() {
    let house = House::new().await;
    let acting = Acting {
        office: "xa-a".into(),
        grants: Vec::new(),
        postings: vec![crate::house::on_branch(Duty::Consolidator, "xa-a")],
    };
    let token = house.token(&acting, &useful(&acting)).await;
    for (path, status) in [
        ("/returns/dang-vien/nam-1/a1", 200),
        ("/returns/dang-vien/nam-1/b1", 403),
        ("/returns/dang-vien/nam-1/khong-co", 403),
        ("/returns/dang-vien/nam-1/a1/form", 200),
        ("/returns/dang-vien/nam-1/b1/form", 403),
        ("/returns/dang-vien/nam-1/b1/review", 403),
        ("/figures?period=nam-1&unit=xa-a", 200),
        ("/figures?period=nam-1&unit=xa-b", 403),
        ("/figures?period=nam-1", 403),
        ("/figures/members.registered?period=nam-1&unit=h", 403),
        ("/figures/members.registered?period=nam-1&unit=a1&tree=now", 200),
        ("/table?branch=xa-b", 403),
        ("/table?branch=xa-a", 200),
    ] {
        let answer = house.get(&token, &format!("/api/v1{path}")).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {answer:?}");
    }
    let table = house.get(&token, "/api/v1/table?data_set=dang-vien&period=nam-1").await.json();
    let units: Vec<&str> =
        table["items"].as_array().unwrap().iter().map(|r| r["key"]["unit"].as_str().unwrap()).collect();
    assert_eq!(units.len(), 3, "{units:?}");
}
