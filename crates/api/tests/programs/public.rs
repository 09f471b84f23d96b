//! What anyone is given: editions that are out, protected; and nothing else.

use std::collections::HashMap;

use nhipcau_actions::{
    basis::TreeDay,
    report::{Request, approve, draft, freeze, publish},
    returns::{Mode, submit_all},
};
use nhipcau_testkit::district;

use crate::house::House;

/// A frozen edition in which one cell is small.
async fn frozen() -> House {
    let house = House::new().await;
    let d = district();
    let mode = Mode { accept_by: Some("h".into()), ..Mode::default() };
    let sent = vec![
        d.members("a1", 40, 61),
        d.members("a2", 37, 59),
        // Only two are not registered: they could be pointed at.
        d.members("a3", 29, 31),
        d.members("b1", 30, 50),
        d.members("b2", 22, 40),
    ];
    submit_all(&house.ws, sent, &mode, &HashMap::new()).await.unwrap();
    let request = Request {
        report: "ket-qua".to_owned(),
        period: "nam-1".into(),
        tree: TreeDay::Then,
        date: jiff::civil::date(2023, 1, 20),
        number: None,
    };
    let office = "h".into();
    draft(&house.ws, &office, &request).await.unwrap();
    approve(&house.ws, &office, "ket-qua", 1).await.unwrap();
    freeze(&house.ws, &office, "ket-qua", 1).await.unwrap();
    publish(&house.ws, &office, "ket-qua", 1).await.unwrap();
    house
}

#[tokio::test]
async fn a_small_count_of_people_is_withheld_and_cannot_be_had_by_subtraction() {
    let house = frozen().await;
    let answer = house.get("", "/api/v1/public/editions/ket-qua/1").await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-cache"));
    let edition = answer.json();
    let figure = &edition["figures"][0];
    assert_eq!(figure["numerator"]["number"], 158);
    let of = |unit: &str| {
        let all = edition["contributions"].as_array().unwrap();
        let mine = all.iter().find(|c| c["unit"] == unit && c["figure"] == "members.registered").unwrap();
        mine["numerator"]["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("a3"), "withheld");
    let hidden = ["a1", "a2", "b1", "b2"].iter().filter(|unit| of(unit) == "withheld").count();
    assert!(hidden >= 1, "the small one would be had by subtraction");
    assert!(hidden < 4, "more is withheld than it takes");
    let told = String::from_utf8(answer.body).unwrap();
    assert!(!told.contains("\"number\":29") && !told.contains("\"number\":31"), "{told}");
    assert!(!told.contains("annex-raw"));
}

#[tokio::test]
async fn a_token_makes_no_difference_to_what_is_public() {
    let house = frozen().await;
    let token =
        house.token(&crate::house::everything("tat-ca"), &nhipcau_actions::accounts::Scope::ALL).await;
    for path in ["/api/v1/public/editions", "/api/v1/public/editions/ket-qua/1"] {
        assert_eq!(house.get("", path).await.body, house.get(&token, path).await.body);
    }
    for path in ["/ket-qua/2", "/ket-qua/0", "/khac/1", "/ket-qua/x"] {
        assert_eq!(house.get("", &format!("/api/v1/public/editions{path}")).await.status, 404, "{path}");
    }
}
