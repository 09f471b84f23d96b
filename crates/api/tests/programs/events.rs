//! Live totals: said once, or again and again to whoever listens; on both databases.

use axum::body::{Body, HttpBody as _};
use nhipcau_domain::office::Duty;
use serde_json::{Value, json};

use crate::{
    house::{House, databases, on_branch, on_unit, wide},
    month::{filled, ok},
};

const EVENTS: &str = "/api/v1/table/events?data_set=dang-vien&period=nam-1";

/// What is said next.
async fn next(stream: &mut Body) -> String {
    let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *stream).poll_frame(cx)).await;
    String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap()
}

fn told(event: &str) -> Value {
    let (_, data) = event.split_once("event: totals\ndata: ").unwrap_or_else(|| panic!("{event}"));
    serde_json::from_str(data).unwrap()
}

#[tokio::test]
async fn totals_are_said_again_when_a_return_is_accepted() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
        let reviewer = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
        let at = "/api/v1/returns/dang-vien/nam-1/a1";
        ok(&house.post(&unit, &format!("{at}/send"), &json!({ "filled": filled(40, 41) })).await);
        // Without listening: what the totals' own address gives.
        let once = house.get(&reviewer, EVENTS).await;
        assert_eq!((once.status.as_u16(), once.header("content-type")), (200, "text/event-stream"));
        let totals = EVENTS.replace("events", "totals");
        let now = ok(&house.get(&reviewer, &totals).await);
        assert_eq!(told(&String::from_utf8(once.body).unwrap()), now);
        let mut stream = house.listen(&reviewer, EVENTS).await;
        let first = next(&mut stream).await;
        assert!(first.starts_with("retry: 1000\n"), "{first}");
        assert_eq!((&told(&first), &now["columns"][0]["sum"]), (&now, &Value::Null));
        ok(&house.post(&reviewer, &format!("{at}/accept"), &json!({ "revision": 1 })).await);
        let then = told(&next(&mut stream).await);
        assert_eq!(
            (&then["columns"][0]["sum"], &then["columns"][1]["sum"], &then["standings"]["accepted"]),
            (&json!(41), &json!(40), &json!(1))
        );
        // Whoever listens asks again and again: that it looks is on record once.
        let looks = house.looks().await.into_iter().filter(|l| *l == format!("office:xa-a {EVENTS}"));
        assert_eq!(looks.count(), 1);
        let other = house.token_for("b1", &[on_unit(Duty::Reporter, "b1")]).await;
        let branch = format!("{EVENTS}&branch=xa-a");
        assert_eq!(house.get(&other, &branch).await.status, 403, "out of reach");
    }
}
