//! A request with a key of its own is done once: never again where nobody knows what became of it.

use nhipcau_actions::{
    accounts::{NewToken, Scope, make_token},
    again::{self, Begun},
};
use nhipcau_domain::office::Role;
use nhipcau_testkit::each_database;

use crate::accounts::Gate;

#[tokio::test]
async fn a_request_that_never_was_answered_is_not_done_again() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let (_, entry) = gate.office("Tổ biên tập", Role::Editor).await;
        let entered = gate.entered(&entry).await;
        let new = NewToken { name: "Phần mềm".to_owned(), scopes: vec![Scope::Site], days: 30 };
        let by = (&entered.acting.office, entered.name.as_str());
        let made = make_token(&gate.door, by, &entered.acting, entered.holder, &new).await.unwrap();
        let token = made.0.id;
        let begin = async |key: &str| again::begin(gate.ws(), token, key, "x").await.unwrap();

        assert_eq!(begin("mot").await, Begun::New);
        assert_eq!(begin("mot").await, Begun::UnderWay);
        // The process that began it is gone. It may have done it, and not have come to answer.
        gate.wait(301);
        assert_eq!(begin("mot").await, Begun::Lost);
        assert_eq!(begin("mot").await, Begun::Lost);
        // It was only slow.
        again::keep(gate.ws(), token, "mot", 200, b"{}").await.unwrap();
        assert_eq!(begin("mot").await, Begun::Answered { status: 200, body: b"{}".to_vec() });

        // It failed after it may have been done.
        assert_eq!(begin("hai").await, Begun::New);
        again::lose(gate.ws(), token, "hai").await.unwrap();
        assert_eq!(begin("hai").await, Begun::Lost);
        // It was refused: it may be sent again, mended.
        assert_eq!(begin("ba").await, Begun::New);
        again::forget(gate.ws(), token, "ba").await.unwrap();
        assert_eq!(again::begin(gate.ws(), token, "ba", "y").await.unwrap(), Begun::New);
        gate.wait(24 * 3600 + 1);
        assert_eq!(begin("hai").await, Begun::New, "a key is forgotten after a day");
    })
    .await;
}
