//! Offices keep what they were posted to; a PIN takes so many tries and no more.

use nhipcau_domain::{
    id::OfficeId,
    office::{Duty, Posting, Reach},
};
use nhipcau_store::{DeskIdentity, DeskPasskey, StoreError, Tx};
use nhipcau_testkit::at;
use uuid::Uuid;

use crate::support::{each_store, next_id};

async fn office(tx: &mut Tx, id: &str) -> (OfficeId, Uuid) {
    let (office, holder) = (OfficeId::from(id), next_id());
    tx.add_office(&office, id, at(1)).await.expect("office");
    tx.add_holder(holder, &office, "Nguyễn Thị Mẫu", "", at(1)).await.expect("holder");
    (office, holder)
}

#[tokio::test]
async fn postings_come_back_as_they_were_set_and_new_ones_take_their_place() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (id, _) = office(&mut tx, "xa-a").await;
        let every: Vec<Posting> = Duty::ALL
            .into_iter()
            .flat_map(|duty| {
                [Reach::Unit("xa-a".into()), Reach::Branch("h".into()), Reach::All]
                    .map(|reach| Posting { duty, reach })
            })
            .collect();
        tx.set_postings(&id, &every).await.expect("sets");
        let mut found = tx.postings(&id).await.expect("reads");
        found.sort();
        assert_eq!(found, every);
        let one = [Posting { duty: Duty::Reviewer, reach: Reach::Branch("xa-a".into()) }];
        tx.set_postings(&id, &one).await.expect("sets");
        assert_eq!(tx.postings(&id).await.expect("reads"), one);
        let (other, _) = office(&mut tx, "xa-b").await;
        assert_eq!(tx.postings(&other).await.expect("reads"), []);
        assert_eq!(tx.all_postings().await.expect("reads"), [(id.clone(), one[0].clone())]);
        tx.set_postings(&id, &[]).await.expect("sets");
        assert_eq!(tx.postings(&id).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn a_pin_takes_so_many_tries_is_forgiven_and_ends_with_the_sessions() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (_, holder) = office(&mut tx, "a1").await;
        tx.add_desk_pin("may", holder, "phc", at(1)).await.expect("adds");
        assert!(tx.try_desk_pin("may", 2).await.expect("tries"));
        assert!(tx.try_desk_pin("may", 2).await.expect("tries"));
        assert!(!tx.try_desk_pin("may", 2).await.expect("tries"), "a third one");
        tx.untry_desk_pin("may").await.expect("takes back");
        assert!(tx.try_desk_pin("may", 2).await.expect("tries"));
        assert!(tx.desk_pin_used("may", at(5)).await.expect("uses"));
        let pin = tx.desk_pin("may").await.expect("reads").expect("there");
        assert_eq!((pin.tries, pin.at, pin.ended), (0, at(5), None));
        assert_eq!(tx.pin_holders(at(4)).await.expect("reads"), [holder]);
        assert!(tx.pin_holders(at(5)).await.expect("reads").is_empty());
        tx.end_desk_sessions(holder, at(6)).await.expect("ends");
        assert_eq!(tx.desk_pin("may").await.expect("reads").expect("there").ended, Some(at(6)));
        assert_eq!(tx.desk_pins(holder).await.expect("reads"), []);
        assert!(!tx.try_desk_pin("may", 2).await.expect("tries"));
        assert!(!tx.desk_pin_used("may", at(7)).await.expect("uses"));
        tx.sweep_desk_pins(at(6)).await.expect("sweeps");
        assert_eq!(tx.desk_pin("may").await.expect("reads"), None);
    })
    .await;
}

#[tokio::test]
async fn only_an_open_office_with_a_holder_administers() {
    use nhipcau_domain::office::{Grant, Role};
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (id, holder) = office(&mut tx, "van-phong").await;
        assert!(!tx.has_administrator().await.expect("reads"));
        let part = Grant { role: Role::Administrator, column: Some("tin-tuc".into()) };
        tx.set_grants(&id, &[part]).await.expect("grants");
        assert!(!tx.has_administrator().await.expect("reads"), "of a column only");
        let whole = Grant { role: Role::Administrator, column: None };
        tx.set_grants(&id, std::slice::from_ref(&whole)).await.expect("grants");
        assert!(tx.has_administrator().await.expect("reads"));
        assert_eq!(tx.all_grants().await.expect("reads"), [(id.clone(), whole)]);
        tx.close_office(&id, Some(at(2))).await.expect("closes");
        assert!(!tx.has_administrator().await.expect("reads"));
        tx.close_office(&id, None).await.expect("opens");
        assert_eq!(tx.current_holders().await.expect("reads").len(), 1);
        tx.end_holder(holder, at(3)).await.expect("ends");
        assert!(!tx.has_administrator().await.expect("reads"));
        assert_eq!(tx.current_holders().await.expect("reads").len(), 0);
    })
    .await;
}

fn passkey(holder: Uuid, credential: &str) -> DeskPasskey {
    DeskPasskey {
        id: next_id(),
        holder,
        credential: credential.to_owned(),
        public_key: "cose".to_owned(),
        count: 3,
        portable: true,
        name: "Điện thoại".to_owned(),
        at: at(2),
        used: None,
        ended: None,
    }
}

#[tokio::test]
async fn a_passkey_counts_up_is_one_holders_and_ends_with_the_sessions() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (_, holder) = office(&mut tx, "a1").await;
        let (_, other) = office(&mut tx, "a2").await;
        let (first, second) = (passkey(holder, "mot"), passkey(holder, "hai"));
        tx.add_passkey(&first).await.expect("adds");
        tx.add_passkey(&second).await.expect("adds");
        assert_eq!(tx.passkey("mot").await.expect("reads"), Some(first.clone()));
        assert_eq!(tx.passkey_holders().await.expect("reads"), [holder]);
        assert!(tx.passkey_used(first.id, 9, at(5)).await.expect("uses"));
        let found = tx.passkeys(holder).await.expect("reads");
        assert_eq!(
            found.iter().map(|k| (k.count, k.used)).collect::<Vec<_>>(),
            [(9, Some(at(5))), (3, None)]
        );
        assert!(!tx.end_passkey(first.id, other, at(6)).await.expect("answers"), "another holder's");
        assert!(tx.end_passkey(first.id, holder, at(6)).await.expect("ends"));
        assert!(!tx.passkey_used(first.id, 10, at(7)).await.expect("answers"), "a void one");
        tx.end_desk_sessions(holder, at(8)).await.expect("ends");
        assert_eq!(tx.passkeys(holder).await.expect("reads"), []);
        assert_eq!(tx.passkey("hai").await.expect("reads").and_then(|k| k.ended), Some(at(8)));
        tx.commit().await.expect("commits");
        // A credential is kept once, void or not.
        let mut tx = store.write().await.expect("begins");
        let again = tx.add_passkey(&passkey(other, "mot")).await;
        assert!(matches!(again, Err(StoreError::Conflict { .. })), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn an_identity_is_one_holders_at_a_time() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (_, holder) = office(&mut tx, "a1").await;
        let (_, other) = office(&mut tx, "a2").await;
        let bound = |holder| DeskIdentity {
            id: next_id(),
            holder,
            issuer: "https://sso.example".to_owned(),
            subject: "s-1".to_owned(),
            at: at(2),
            used: None,
        };
        let first = bound(holder);
        tx.add_identity(&first).await.expect("binds");
        tx.commit().await.expect("commits");
        let mut tx = store.write().await.expect("begins");
        let twice = tx.add_identity(&bound(other)).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
        drop(tx);
        let mut tx = store.write().await.expect("begins");
        tx.identity_used(first.id, at(3)).await.expect("uses");
        let found = tx.identity("https://sso.example", "s-1").await.expect("reads").expect("there");
        assert_eq!((found.holder, found.used), (holder, Some(at(3))));
        assert_eq!(tx.identity("https://khac.example", "s-1").await.expect("reads"), None);
        tx.end_desk_sessions(holder, at(4)).await.expect("ends");
        assert_eq!(tx.identity("https://sso.example", "s-1").await.expect("reads"), None);
        // Who left may hold another office.
        let second = bound(other);
        tx.add_identity(&second).await.expect("binds");
        assert_eq!(tx.identities(other).await.expect("reads"), std::slice::from_ref(&second));
        assert_eq!(tx.identity_holders().await.expect("reads"), [other]);
        assert!(!tx.end_identity(second.id, holder, at(5)).await.expect("answers"), "another holder's");
        assert!(tx.end_identity(second.id, other, at(5)).await.expect("ends"));
    })
    .await;
}

#[tokio::test]
async fn a_challenge_is_taken_once_in_its_time_and_for_its_purpose() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.add_challenge("h", "vao", "ai", "{}", at(1), at(10)).await.expect("keeps");
        assert_eq!(tx.take_challenge("h", "them", at(2)).await.expect("answers"), None, "another purpose");
        assert_eq!(tx.take_challenge("h", "vao", at(10)).await.expect("answers"), None, "too late");
        let taken = tx.take_challenge("h", "vao", at(9)).await.expect("answers");
        assert_eq!(taken, Some(("ai".to_owned(), "{}".to_owned())));
        assert_eq!(tx.take_challenge("h", "vao", at(9)).await.expect("answers"), None, "twice");
        // What is over goes when something new is asked.
        tx.add_challenge("cu", "vao", "", "", at(1), at(10)).await.expect("keeps");
        tx.add_challenge("moi", "vao", "", "", at(10), at(20)).await.expect("keeps");
        assert_eq!(tx.take_challenge("cu", "vao", at(1)).await.expect("answers"), None);
    })
    .await;
}

#[tokio::test]
async fn other_browsers_are_forgotten_but_one_with_a_pin() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (_, holder) = office(&mut tx, "a1").await;
        for device in ["own", "other", "phone"] {
            tx.add_desk_device(device, holder, at(1)).await.expect("adds");
        }
        tx.add_desk_pin("phone", holder, "phc", at(1)).await.expect("adds");
        tx.forget_other_devices(holder, ["own", ""]).await.expect("forgets");
        for (device, known) in [("own", true), ("other", false), ("phone", true)] {
            assert_eq!(tx.knows_desk_device(device, holder, at(0)).await.expect("reads"), known, "{device}");
            assert_eq!(tx.is_desk_device(device, at(0)).await.expect("reads"), known, "{device}");
        }
        assert!(!tx.is_desk_device("own", at(1)).await.expect("reads"), "given out too long ago");
    })
    .await;
}

#[tokio::test]
async fn a_token_is_found_by_its_hash_and_ends_with_the_holders_sessions_or_the_office() {
    use nhipcau_store::ApiToken;
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (id, holder) = office(&mut tx, "xa-a").await;
        let token = |name: &str, second| ApiToken {
            id: next_id(),
            office: id.clone(),
            holder,
            name: name.to_owned(),
            scopes: "read report".to_owned(),
            at: at(second),
            expires: at(900),
            used: None,
            ended: None,
        };
        let (first, second) = (token("một", 1), token("hai", 2));
        tx.add_api_token("h1", &first).await.expect("adds");
        tx.add_api_token("h2", &second).await.expect("adds");
        assert_eq!(tx.api_token("h1").await.expect("reads"), Some(first.clone()));
        assert_eq!(tx.api_token("h3").await.expect("reads"), None);
        let day = jiff::civil::date(2023, 1, 2);
        tx.api_token_used(first.id, day).await.expect("uses");
        assert_eq!(tx.api_token("h1").await.expect("reads").expect("there").used, Some(day));
        let names: Vec<String> =
            tx.api_tokens(&id).await.expect("reads").into_iter().map(|t| t.name).collect();
        assert_eq!(names, ["hai", "một"]);
        assert!(!tx.end_api_token(first.id, &"xa-b".into(), at(3)).await.expect("ends"), "another's");
        assert!(tx.end_api_token(first.id, &id, at(3)).await.expect("ends"));
        assert!(!tx.end_api_token(first.id, &id, at(4)).await.expect("ends"), "twice");
        tx.end_desk_sessions(holder, at(5)).await.expect("ends");
        assert_eq!(tx.api_token("h2").await.expect("reads").expect("there").ended, Some(at(5)));
        tx.add_api_token("h4", &token("ba", 6)).await.expect("adds");
        assert_eq!(tx.end_api_tokens(&id, at(7)).await.expect("ends"), 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_a_key_is_begun_once_kept_and_swept() {
    use nhipcau_store::{ApiToken, StoreError};
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (office, holder) = office(&mut tx, "xa-a").await;
        let (name, scopes) = ("một".to_owned(), "read".to_owned());
        let id = next_id();
        let (used, ended) = (None, None);
        let token = ApiToken { id, office, holder, name, scopes, at: at(1), expires: at(9), used, ended };
        tx.add_api_token("h1", &token).await.expect("adds");
        tx.begin_api_answer(id, "k", "abc", at(1)).await.expect("begins");
        assert_eq!(tx.api_answer(id, "k").await.expect("reads").expect("there").status, 0);
        tx.keep_api_answer(id, "k", 200, b"{}").await.expect("keeps");
        let kept = tx.api_answer(id, "k").await.expect("reads").expect("there");
        assert_eq!((kept.asked.as_str(), kept.status, kept.body.as_slice()), ("abc", 200, &b"{}"[..]));
        tx.forget_api_answer(id, "k").await.expect("forgets");
        assert_eq!(tx.api_answer(id, "k").await.expect("reads"), None);
        tx.begin_api_answer(id, "k", "abc", at(2)).await.expect("begins");
        tx.commit().await.expect("commits");
        let mut tx = store.write().await.expect("begins");
        let twice = tx.begin_api_answer(id, "k", "abc", at(3)).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
        drop(tx);
        let mut tx = store.write().await.expect("begins");
        tx.sweep_api_answers(at(3)).await.expect("sweeps");
        assert_eq!(tx.api_answer(id, "k").await.expect("reads"), None);
    })
    .await;
}
