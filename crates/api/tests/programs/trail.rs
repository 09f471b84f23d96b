//! The trail as programs read it: of a batch only the lines within reach; all of it, as it is hashed, for
//! whoever may read all.

use std::collections::HashMap;

use nhipcau_actions::{
    returns::{Mode, submit_all},
    review::accept,
};
use nhipcau_domain::{office::Duty, returns::ReturnKey};
use nhipcau_testkit::district;
use serde_json::{Value, json};

use crate::{
    house::{House, on_all, on_branch},
    month::ok,
};

#[tokio::test]
async fn of_a_batch_only_the_lines_within_reach_are_told() {
    let house = House::new().await;
    let d = district();
    let units = ["a1", "a2", "b1"];
    let sent = units.map(|unit| d.members(unit, 24, 30)).to_vec();
    submit_all(&house.ws, sent, &Mode::default(), &HashMap::new()).await.unwrap();
    let keys = units.map(|unit| ReturnKey {
        unit: unit.into(),
        data_set: "dang-vien".into(),
        period: "nam-1".into(),
    });
    accept(&house.ws, &"h".into(), &keys).await.unwrap();
    let told = async |token: &str| {
        let found = ok(&house.get(token, "/api/v1/audit?subject=a1").await);
        let body: Value = serde_json::from_str(found["items"][0]["body"].as_str().unwrap()).unwrap();
        (found["items"][0].clone(), body)
    };
    let of = |body: &Value| -> Vec<String> {
        let lines = body["of"].as_array().unwrap().iter();
        lines.map(|line| line[2].as_str().unwrap().to_owned()).collect()
    };

    let some = house.token_for("kiem-tra", &[on_branch(Duty::Auditor, "xa-a")]).await;
    let (record, body) = told(&some).await;
    assert_eq!((of(&body), &body["beyond"]), (vec!["a1".to_owned(), "a2".to_owned()], &json!(1)));
    // What the rest could be guessed from is not told either.
    assert_eq!((&record["hash"], &record["before"], &body["sha256"]), (&json!(""), &json!(""), &Value::Null));

    let all = house.token_for("thanh-tra", &[on_all(Duty::Auditor)]).await;
    let (record, body) = told(&all).await;
    assert_eq!((of(&body), &body["beyond"]), (units.map(str::to_owned).to_vec(), &Value::Null));
    let export = house.get(&all, "/api/v1/audit/export").await;
    let lines = String::from_utf8(export.body).unwrap();
    let whole = |name: &str| lines.contains(record[name].as_str().unwrap());
    assert!(whole("body") && whole("before") && whole("hash"), "{lines}");
    assert_eq!(house.get(&some, "/api/v1/audit/export").await.status, 403);
}
