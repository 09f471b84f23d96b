//! Offices keep what they were posted to; a PIN takes so many tries and no more.

use nhipcau_domain::{
    id::OfficeId,
    office::{Duty, Posting, Reach},
};
use nhipcau_store::Tx;
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
