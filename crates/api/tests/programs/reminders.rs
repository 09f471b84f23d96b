//! Messages by programs: reminding is looked at before it is sent, and sent once; what became of a message is
//! read by whom it concerns, and decided by those who may; days of the calendar are kept. On both databases.

use nhipcau_actions::{accounts::Scope, outbox::run};
use nhipcau_domain::{
    id::OfficeId,
    office::{Acting, Duty, Grant, Role},
    outbox::Outcome,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    house::{House, databases, on_all, on_branch, on_unit},
    month::{filled, ok},
};

const REMINDERS: &str = "/api/v1/reminders";
const OUTBOX: &str = "/api/v1/outbox";
const PLANS: &str = "/api/v1/reminder-plans";
const DIGEST: &str = "/api/v1/morning-digest";

/// Reminding of the yearly form, as it is asked for in an address.
const YEARLY: &str = "/api/v1/reminders?data_set=dang-vien&period=nam-1";

/// Sets an office up that can be written to, if it can.
async fn reached(house: &House, office: &str, contacts: &[&str]) -> Vec<Uuid> {
    let (now, office): (_, OfficeId) = (house.ws.now(), office.into());
    let mut tx = house.ws.store().write().await.unwrap();
    if tx.office(&office).await.unwrap().is_none() {
        tx.add_office(&office, &format!("Cơ quan {office}"), now).await.unwrap();
    }
    let mut holders = Vec::new();
    for contact in contacts {
        let holder = house.ws.id(now);
        tx.add_holder(holder, &office, "Anh Ba", contact, now).await.unwrap();
        holders.push(holder);
    }
    tx.commit().await.unwrap();
    holders
}

/// Two cells that can be written to, one that cannot, one whose office nobody holds; `b1` has none.
async fn furnished(house: &House) {
    reached(house, "a1", &["Zalo 0912 345 678"]).await;
    reached(house, "a2", &["bithu.a2@xa.example"]).await;
    reached(house, "a3", &["nhà đầu ấp"]).await;
    reached(house, "b2", &[]).await;
}

fn these(units: &[&str]) -> Value {
    json!({ "data_set": "dang-vien", "period": "nam-1", "units": units })
}

async fn outbox(house: &House, token: &str) -> Vec<Value> {
    ok(&house.get(token, OUTBOX).await)["items"].as_array().unwrap().clone()
}

fn decision(what: &str, message: &Value) -> Value {
    json!({ "decision": what, "changes": message["changes"] })
}

/// Where decisions about a message go.
fn decisions(message: &Value) -> String {
    format!("{OUTBOX}/{}/decisions", message["id"].as_str().unwrap())
}

#[tokio::test]
async fn reminding_is_looked_at_and_then_sent_once() {
    for database in databases() {
        let house = House::that_writes(database).await;
        furnished(&house).await;
        let chaser = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        let seen = ok(&house.get(&chaser, YEARLY).await);
        assert_eq!((&seen["ways"], &seen["more"]), (&json!({ "mail": true, "phone": true }), &json!(0)));
        let of = |m: &Value| json!([m["unit"]["id"], m["way"], m["to"], m["due"], m["already"]]);
        let messages: Vec<Value> = seen["messages"].as_array().unwrap().iter().map(of).collect();
        assert_eq!(
            messages,
            [
                json!(["a1", "phone", "+84912345678", "2023-01-05", null]),
                json!(["a2", "mail", "bithu.a2@xa.example", "2023-01-05", null]),
            ]
        );
        let text = seen["messages"][1]["text"].as_str().unwrap();
        assert!(text.contains("Chi bộ ấp An 2") && text.contains("Cơ quan tong-hop"), "{text}");
        assert!(text.contains("https://caungang.example/lam-viec"), "{text}");
        let by_hand = seen["by_hand"].as_array().unwrap().iter().map(|u| json!([u["unit"]["id"], u["why"]]));
        assert_eq!(
            json!(by_hand.collect::<Vec<_>>()),
            json!([["b1", "no-office"], ["b2", "no-holder"], ["a3", "no-address"]])
        );
        assert_eq!(outbox(&house, &chaser).await.len(), 0, "nothing was sent by looking");
        let of_branch = ok(&house.get(&chaser, &format!("{YEARLY}&branch=xa-b")).await);
        assert_eq!(of_branch["messages"], json!([]));
        assert_eq!(house.get(&chaser, REMINDERS).await.status, 400, "of which form, for which period?");
        // Sent, and sent again: each holder once a day.
        let sent = ok(&house.post(&chaser, REMINDERS, &these(&["a1", "a2", "b1"])).await);
        assert_eq!(sent, json!({ "new": 2, "already": 0, "left": 1 }));
        let again = ok(&house.post(&chaser, REMINDERS, &these(&["a1", "a2"])).await);
        assert_eq!(again, json!({ "new": 0, "already": 2, "left": 0 }));
        let seen = ok(&house.get(&chaser, YEARLY).await);
        assert_eq!(seen["messages"][0]["already"]["state"], "waiting");
        let nobody = house.post(&chaser, REMINDERS, &these(&[])).await;
        assert_eq!((nobody.status.as_u16(), &*nobody.problem()), (422, "outbox-none-chosen"));
        // They stand in the outbox, in the office's name and the token's.
        let all = outbox(&house, &chaser).await;
        assert_eq!(all.len(), 2);
        for m in &all {
            assert_eq!((&m["kind"], &m["state"]), (&json!("reminder"), &json!("waiting")));
            assert_eq!((&m["asked_by"], &m["may"]), (&json!("tong-hop"), &json!(["off"])));
            assert_eq!(m["asked_by_holder"], "Chị Lan (Phần mềm xã)");
        }
        // Whoever has reported is not reminded.
        let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
        let at = "/api/v1/returns/dang-vien/nam-1/a1/send";
        ok(&house.post(&unit, at, &json!({ "filled": filled(40, 41) })).await);
        let left = ok(&house.post(&chaser, REMINDERS, &these(&["a1"])).await);
        assert_eq!(left, json!({ "new": 0, "already": 0, "left": 1 }));
        assert_eq!(house.get(&unit, YEARLY).await.problem(), "token-scope-missing");
    }
}

#[tokio::test]
async fn where_nobody_can_be_written_to_that_is_told() {
    let house = House::new().await;
    furnished(&house).await;
    let chaser = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
    let seen = ok(&house.get(&chaser, YEARLY).await);
    assert_eq!((&seen["ways"]["mail"], &seen["messages"]), (&json!(false), &json!([])));
    assert_eq!(seen["by_hand"][0]["why"], "not-set-up");
    assert_eq!(seen["by_hand"][0]["contact"]["holders"][0]["contact"], "Zalo 0912 345 678");
    let refused = house.post(&chaser, REMINDERS, &these(&["a1"])).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (422, "outbox-not-set-up"));
}

#[tokio::test]
async fn a_message_is_read_by_whom_it_concerns_and_decided_as_it_was_read() {
    for database in databases() {
        let house = House::that_writes(database).await;
        furnished(&house).await;
        let chaser = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        let near = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
        let far = house.token_for("xa-b", &[on_branch(Duty::Reviewer, "xa-b")]).await;
        ok(&house.post(&chaser, REMINDERS, &these(&["a1", "a2"])).await);
        let pages: Vec<Value> = outbox(&house, &chaser).await;
        let first = &pages[0];
        let at = format!("{OUTBOX}/{}", first["id"].as_str().unwrap());
        let one = ok(&house.get(&near, &at).await);
        assert_eq!((&one["message"]["may"], &one["steps"]), (&json!([]), &json!([])));
        assert!(one["text"].as_str().unwrap().contains("Chi bộ ấp An"), "{one}");
        let refused = house.post(&near, &decisions(first), &decision("off", first)).await;
        assert_eq!((refused.status.as_u16(), &*refused.problem()), (403, "office-may-not"));
        assert_eq!(outbox(&house, &far).await.len(), 0);
        let refused = house.get(&far, &at).await;
        assert_eq!((refused.status.as_u16(), &*refused.problem()), (404, "outbox-message-unknown"));
        let writer = house.token_as(Role::Writer).await;
        assert_eq!(house.get(&writer, OUTBOX).await.status, 403);
        // Called off once; whoever read it before is told.
        let off = ok(&house.post(&chaser, &decisions(first), &decision("off", first)).await);
        assert_eq!(off["state"], "dropped");
        let stale = house.post(&chaser, &decisions(first), &decision("off", first)).await;
        assert_eq!((stale.status.as_u16(), &*stale.problem()), (409, "outbox-changed-since"));
        let now = ok(&house.get(&chaser, &at).await);
        let step = &now["steps"][0];
        assert_eq!((&step["what"], &step["office"]), (&json!("called-off"), &json!("tong-hop")));
        assert_eq!(step["holder"], "Chị Lan (Phần mềm xã)");
        let cannot = house.post(&chaser, &decisions(first), &decision("again", &now["message"])).await;
        assert_eq!((cannot.status.as_u16(), &*cannot.problem()), (409, "outbox-cannot"));
        // The line broke while the other went out: a person decides.
        let taken = run::claim(&house.ws, "p", 10).await.unwrap();
        assert_eq!(taken.len(), 1);
        assert!(run::begin(&house.ws, "p", taken[0].id).await.unwrap().is_some());
        run::settle(&house.ws, "p", taken[0].id, Outcome::Unclear, "đứt").await.unwrap();
        let found = ok(&house.get(&chaser, &format!("{OUTBOX}?state=unknown&kind=reminder")).await);
        let unknown = &found["items"][0];
        assert_eq!((&unknown["may"], &unknown["tries"]), (&json!(["sent", "again"]), &json!(1)));
        assert_eq!((&unknown["last"]["what"], &unknown["last"]["said"]), (&json!("unclear"), &json!("đứt")));
        let again = ok(&house.post(&chaser, &decisions(unknown), &decision("again", unknown)).await);
        assert_eq!(again["state"], "waiting");
        let found = ok(&house.get(&chaser, &format!("{OUTBOX}?state=waiting")).await);
        assert_eq!((&found["items"][0]["id"], &found["items"][0]["tries"]), (&unknown["id"], &json!(0)));
        assert_eq!(house.get(&chaser, &format!("{OUTBOX}?state=no-such")).await.status, 400);
        assert_eq!(
            house.get(&chaser, &format!("{OUTBOX}?after=no-id")).await.problem(),
            "api-parameter-wrong"
        );
        // A piece goes on after the one before.
        let older =
            ok(&house.get(&chaser, &format!("{OUTBOX}?after={}", first["id"].as_str().unwrap())).await);
        let ids: Vec<&Value> = older["items"].as_array().unwrap().iter().map(|m| &m["id"]).collect();
        assert_eq!(ids, [&pages[1]["id"]]);
    }
}

#[tokio::test]
async fn what_a_token_is_not_lent_does_not_let_it_decide() {
    let house = House::that_writes(nhipcau_testkit::TestDatabase::sqlite()).await;
    furnished(&house).await;
    let chaser = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
    ok(&house.post(&chaser, REMINDERS, &these(&["a1"])).await);
    // Another office that may remind, by a token to review and by one to remind.
    let acting =
        Acting { office: "ban-khac".into(), grants: Vec::new(), postings: vec![on_all(Duty::Consolidator)] };
    let holder = house.office(&acting).await;
    let may = async |scopes: &[Scope]| {
        let token = house.token_of(&acting, holder, scopes).await;
        outbox(&house, &token).await[0]["may"].clone()
    };
    assert_eq!(may(&[Scope::Review]).await, json!([]));
    assert_eq!(may(&[Scope::Review, Scope::Consolidate]).await, json!(["off"]));
    let token = house.token_of(&acting, holder, &[Scope::Consolidate]).await;
    let refused = house.get(&token, OUTBOX).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (403, "token-scope-missing"));
}

#[tokio::test]
async fn days_of_the_calendar_are_kept_for_a_branch_that_is_in_reach() {
    for database in databases() {
        let house = House::that_writes(database).await;
        let all = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        let branch = house.token_for("xa-a", &[on_branch(Duty::Consolidator, "xa-a")]).await;
        assert_eq!(ok(&house.get(&all, PLANS).await)["items"], json!([]), "off unless it is set");
        ok(&house.put(&all, PLANS, &json!({ "after": 2 })).await);
        let days = json!({ "branch": "xa-a", "before": 3, "on_day": true });
        ok(&house.put(&branch, PLANS, &days).await);
        let found = ok(&house.get(&all, PLANS).await);
        let of = |p: &Value| json!([p["branch"], p["before"], p["on_day"], p["after"], p["office"]]);
        let found: Vec<Value> = found["items"].as_array().unwrap().iter().map(of).collect();
        let near = json!([{ "id": "xa-a", "name": "Xã An Mẫu" }, 3, true, null, "xa-a"]);
        assert_eq!(found, [json!([null, null, false, 2, "tong-hop"]), near]);
        let own = ok(&house.get(&branch, PLANS).await);
        assert_eq!(own["items"].as_array().unwrap().len(), 1, "what is set for all is not this office's");
        let piece = ok(&house.get(&all, &format!("{PLANS}?limit=1")).await);
        let next = format!("{PLANS}?limit=1&after={}", piece["next"].as_str().unwrap());
        assert_eq!(ok(&house.get(&all, &next).await)["items"][0]["branch"]["id"], "xa-a");
        for wrong in [json!({ "branch": "xa-b", "on_day": true }), json!({ "on_day": true })] {
            assert_eq!(house.put(&branch, PLANS, &wrong).await.status, 403, "{wrong}");
        }
        for (wrong, problem) in [
            (json!({ "before": 0 }), "outbox-plan-days"),
            (json!({ "before": 0, "after": 2 }), "outbox-plan-days"),
            (json!({ "after": 31 }), "outbox-plan-days"),
            (json!({ "after": 300 }), "api-body-wrong"),
        ] {
            let refused = house.put(&all, PLANS, &wrong).await;
            assert_eq!((refused.status.as_u16(), &*refused.problem()), (422, problem), "{wrong}");
        }
        // Without any day it is off.
        ok(&house.put(&branch, PLANS, &json!({ "branch": "xa-a" })).await);
        assert_eq!(ok(&house.get(&branch, PLANS).await)["items"], json!([]));
        let reviewer = house.token_for("xa-b", &[on_branch(Duty::Reviewer, "xa-b")]).await;
        assert_eq!(house.get(&reviewer, PLANS).await.problem(), "token-scope-missing");
        // The morning's message is each office's own.
        assert_eq!(ok(&house.get(&reviewer, DIGEST).await), json!({ "wanted": false }));
        ok(&house.put(&reviewer, DIGEST, &json!({ "wanted": true })).await);
        assert_eq!(ok(&house.get(&reviewer, DIGEST).await), json!({ "wanted": true }));
        assert_eq!(ok(&house.get(&all, DIGEST).await), json!({ "wanted": false }));
    }
}

#[tokio::test]
async fn an_administrator_sends_a_test_to_their_own_contact_once_a_minute() {
    let house = House::that_writes(nhipcau_testkit::TestDatabase::sqlite()).await;
    let grants = vec![Grant { role: Role::Administrator, column: None }];
    let acting = Acting { office: "quan-tri".into(), grants, postings: Vec::new() };
    house.office(&acting).await;
    let holder = reached(&house, "quan-tri", &["quantri@huyen.example"]).await[0];
    let token = house.token_of(&acting, holder, &[Scope::Site]).await;
    let test = async || house.post(&token, "/api/v1/outbox-tests", &json!({})).await;
    assert_eq!(ok(&test().await), json!({ "to": "quantri@huyen.example" }));
    // The house's clock goes on by seconds, so that one of two more is within a minute of the one before.
    let more = [test().await, test().await];
    let refused = more.iter().find(|a| a.status == 429).expect("one a minute");
    assert_eq!((&*refused.problem(), refused.header("retry-after")), ("outbox-test-just-now", "60"));
    let sent = outbox(&house, &token).await;
    assert_eq!((&sent[0]["kind"], &sent[0]["unit"]), (&json!("test"), &json!(null)));
    assert_eq!(sent[0]["asked_by_holder"], "Anh Ba (Phần mềm xã)");
    let writer = house.token_as(Role::Writer).await;
    assert_eq!(house.post(&writer, "/api/v1/outbox-tests", &json!({})).await.status, 403);
}
