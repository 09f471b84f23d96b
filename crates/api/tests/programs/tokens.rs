//! Tokens: shown once, kept as a hash, over in time, ended with the holder and the office; on both databases.

use nhipcau_actions::{
    ActionError,
    accounts::{self, NewToken, Scope},
};
use nhipcau_domain::office::{Acting, Duty, Posting, Reach, Role};
use nhipcau_testkit::each_database;
use nhipcau_web::limits::Allowance;
use serde_json::json;

use crate::house::{House, everything, on_branch, on_unit};
use nhipcau_api::Limits;

fn reviewer() -> Acting {
    let postings = vec![on_branch(Duty::Reviewer, "xa-a")];
    Acting { office: "xa-a".into(), grants: Vec::new(), postings }
}

const ME: &str = "/api/v1/me";

#[tokio::test]
async fn a_token_is_good_until_it_runs_out_or_is_ended_on_both_databases() {
    each_database(async |database| {
        let database = match database.name() {
            "SQLite" => nhipcau_testkit::TestDatabase::sqlite(),
            _ => nhipcau_testkit::TestDatabase::postgres().unwrap(),
        };
        let house = House::on(database, &Limits::default()).await;
        let acting = reviewer();
        let holder = house.office(&acting).await;
        let token = house.token_of(&acting, holder, &[Scope::Read, Scope::Review]).await;
        let me = house.get(&token, ME).await;
        assert_eq!(me.status, 200);
        assert_eq!(me.json()["office"]["id"], "xa-a");
        assert_eq!(me.json()["scopes"], json!(["read", "review"]));
        assert_eq!(
            me.json()["powers"][0]["powers"],
            json!(["see", "review"]),
            "and not what it was not lent"
        );
        // Nothing of the secret is kept.
        let kept = accounts::tokens(&house.ws, &acting.office).await.unwrap().remove(0);
        assert!(!format!("{kept:?}").contains(&token[4..]));
        assert_eq!(kept.used.map(|d| d.to_string()).as_deref(), Some("2023-01-01"));
        // Ended by the office.
        let other = house.token_of(&acting, holder, &[Scope::Read]).await;
        let by = (&acting.office, "Chị Lan");
        accounts::end_token(&house.ws, by, &acting.office, kept.id).await.unwrap();
        assert_eq!(house.get(&token, ME).await.problem(), "api-token-refused");
        assert!(accounts::end_token(&house.ws, by, &acting.office, kept.id).await.is_err(), "twice");
        assert!(accounts::end_token(&house.ws, by, &"h".into(), kept.id).await.is_err(), "another's");
        // Its time is over.
        assert_eq!(house.get(&other, ME).await.status, 200);
        house.pass(31);
        assert_eq!(house.get(&other, ME).await.status, 401);
        let events = house.ws.store().read().await.unwrap().office_events(&acting.office).await.unwrap();
        let acts: Vec<&str> = events.iter().map(|e| e.act.as_str()).collect();
        assert_eq!(acts, ["token-made", "token-made", "token-ended"]);
        assert_eq!(events[2].by_holder, "Chị Lan");
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_holder_and_with_its_office_and_does_not_come_back() {
    let house = House::new().await;
    let administrator = everything("quan-tri");
    house.office(&administrator).await;
    let acting = reviewer();
    let (first, second) = (house.office(&acting).await, house.office(&acting).await);
    let of_first = house.token_of(&acting, first, &[Scope::Read]).await;
    let of_second = house.token_of(&acting, second, &[Scope::Read]).await;
    accounts::end_holder(&house.ws, &administrator, "Quản", first).await.unwrap();
    assert_eq!(house.get(&of_first, ME).await.status, 401);
    assert_eq!(house.get(&of_second, ME).await.status, 200);
    for closed in [true, false] {
        let (ws, office) = (&house.ws, &acting.office);
        accounts::close_office(ws, &administrator, "Quản", office, closed).await.unwrap();
        assert_eq!(house.get(&of_second, ME).await.status, 401, "closed: {closed}");
    }
}

#[tokio::test]
async fn only_what_the_office_holds_can_be_lent_and_what_weighs_most_for_a_short_time() {
    let house = House::new().await;
    let acting = reviewer();
    let holder = house.office(&acting).await;
    let make = async |scopes: &[Scope], days: i64| {
        let new = NewToken { name: " Phần  mềm ".to_owned(), scopes: scopes.to_vec(), days };
        match accounts::make_token(&house.door, (&acting.office, ""), &acting, holder, &new).await {
            Ok((token, _)) => token.name,
            Err(ActionError::Refused(problem)) => problem.id,
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(make(&[Scope::Read], 366).await, "Phần mềm");
    assert_eq!(make(&[], 30).await, "token-scopes");
    for (scopes, days) in [(&[Scope::Read][..], 367), (&[Scope::Read], 0), (&[Scope::Accounts], 32)] {
        assert_eq!(make(scopes, days).await, "token-days", "{scopes:?} {days}");
    }
    for scope in [Scope::Approve, Scope::Consolidate, Scope::Configure, Scope::Audit, Scope::Site] {
        assert_eq!(make(&[scope], 30).await, "token-scope-not-held", "{scope:?}");
    }
    for _ in 0..19 {
        assert_eq!(make(&[Scope::Report], 1).await, "Phần mềm");
    }
    assert_eq!(make(&[Scope::Report], 1).await, "token-too-many");
    house.pass(2);
    assert_eq!(make(&[Scope::Report], 1).await, "Phần mềm", "those that ran out do not count");
}

#[tokio::test]
async fn whoever_asks_too_much_is_told_when_to_come_again() {
    let slow = |burst| Allowance { burst, every: std::time::Duration::from_mins(1) };
    let limits = Limits { client: slow(50), token: slow(3), stranger: slow(2), files: slow(1) };
    let house = House::limited(&limits).await;
    let token = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    for _ in 0..3 {
        assert_eq!(house.get(&token, ME).await.status, 200);
    }
    let answer = house.get(&token, ME).await;
    assert_eq!((answer.status.as_u16(), &*answer.problem()), (429, "api-too-much"));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    let other = house.token_for("a2", &[on_unit(Duty::Reporter, "a2")]).await;
    assert_eq!(house.get(&other, ME).await.status, 200, "another's token is not concerned");
    let wrong = format!("nhc_{}", "0".repeat(64));
    let statuses = [house.get(&wrong, ME).await, house.get(&wrong, ME).await, house.get(&wrong, ME).await];
    assert_eq!(statuses.map(|a| a.status.as_u16()), [401, 401, 429]);
}

#[tokio::test]
async fn a_site_token_is_held_to_its_role() {
    let house = House::new().await;
    let writer = house.token_as(Role::Writer).await;
    let kinds = json!([{ "id": "ke-hoach", "names": { "vi": "Kế hoạch" } }]);
    assert_eq!(house.put(&writer, "/api/v1/document-kinds", &kinds).await.problem(), "office-may-not");
    let page = json!({ "content": { "title": "Giới thiệu" } });
    assert_eq!(house.post(&writer, "/api/v1/articles", &page).await.status, 200);
    let administrator = house.token_as(Role::Administrator).await;
    assert_eq!(house.put(&administrator, "/api/v1/document-kinds", &kinds).await.status, 200);
}

#[tokio::test]
async fn a_refusal_is_said_in_the_language_that_is_asked_for_and_wears_the_headers() {
    let house = House::new().await;
    let acting = Acting {
        office: "a1".into(),
        grants: Vec::new(),
        postings: vec![Posting { duty: Duty::Reporter, reach: Reach::Unit("a1".into()) }],
    };
    let token = house.token(&acting, &[Scope::Report]).await;
    let ask = async |lang: &str| {
        let request = crate::house::request("GET", &token, "/api/v1/queue").header("accept-language", lang);
        house.ask(request.body(axum::body::Body::empty()).unwrap()).await
    };
    let (vi, en) = (ask("vi").await, ask("en").await);
    assert_eq!(vi.json()["detail"], "Mã truy cập không dùng được cho việc này: thiếu phạm vi “review”.");
    assert_eq!(en.json()["detail"], "The token is not for this: it lacks the scope “review”.");
    assert_eq!(vi.json()["args"], json!({ "scope": "review" }));
    assert_eq!(vi.json()["type"], "urn:nhipcau:problem:token-scope-missing");
    for answer in [&vi, &house.get("", "/api/v1/khong-co").await, &house.post("", ME, &json!({})).await] {
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("set-cookie"), "");
    }
    assert_eq!(house.get("", "/api/v1/khong-co").await.status, 404);
    assert_eq!(house.post("", ME, &json!({})).await.status, 405);
}
