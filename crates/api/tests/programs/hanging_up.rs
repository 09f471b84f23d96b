//! A request with a key whose client does not wait is done all the same, and done once.

use std::time::Duration;

use axum::body::Body;
use nhipcau_domain::office::Role;
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::{
    house::{House, request},
    month::ok,
};

#[tokio::test]
async fn a_client_that_hangs_up_finds_its_answer_when_it_asks_again() {
    let house = House::new().await;
    let editor = house.token_as(Role::Administrator).await;
    // That the token is used today is on record before the database is held.
    ok(&house.get(&editor, "/api/v1/me").await);
    let new = json!({ "content": { "title": "Giới thiệu" } }).to_string();
    let ask = async || {
        let request = request("POST", &editor, "/api/v1/articles")
            .header("content-type", "application/json")
            .header("idempotency-key", "mot");
        house.ask(request.body(Body::from(new.clone())).unwrap()).await
    };
    let held = house.ws.store().write().await.unwrap();
    assert!(timeout(Duration::from_millis(500), ask()).await.is_err(), "it waits for who writes");
    drop(held);
    let mut answer = ask().await;
    for _ in 0..100 {
        if answer.problem() != "api-key-under-way" {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        answer = ask().await;
    }
    assert_eq!(answer.header("idempotency-replayed"), "true", "{answer:?}");
    ok(&answer);
    let articles = ok(&house.get(&editor, "/api/v1/articles").await);
    assert_eq!(articles["items"].as_array().unwrap().len(), 1);
}
