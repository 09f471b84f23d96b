//! That a program was told of another unit's counts is on record, whatever it asked.

use nhipcau_domain::office::Duty;
use serde_json::json;

use crate::{
    house::{House, databases, on_branch, on_unit, wide},
    month::{filled, ok},
};

const A1: &str = "/api/v1/returns/dang-vien/nam-1/a1";

#[tokio::test]
async fn what_checks_say_of_another_unit_s_return_is_on_record() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
        let commune = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
        let (check, send) = (format!("{A1}/check"), format!("{A1}/send"));
        let typed = json!({ "answers": { "members.total": "1.2,3" } });
        for token in [&unit, &commune] {
            let checked = ok(&house.post(token, &check, &typed).await);
            assert_eq!(checked["may_be_sent"], false);
            assert_eq!(house.post(token, &send, &json!({ "filled": typed })).await.status, 422);
        }
        // The newest first; the unit's own is nobody else's.
        let looks = [&send, &check].map(|path| format!("office:xa-a {path}"));
        assert_eq!(house.looks().await, looks);
        // Where nothing is said, nothing was looked at.
        ok(&house.post(&commune, &check, &filled(40, 41)).await);
        assert_eq!(house.looks().await, looks);
    }
}
