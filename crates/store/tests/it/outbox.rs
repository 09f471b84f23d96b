//! A message is there once, is taken by one, and its steps stand in order.

use std::collections::BTreeMap;

use nhipcau_domain::{
    Timestamp,
    outbox::{Channel, Kind, State},
};
use nhipcau_store::{
    Store, Tx,
    outbox::{OutboxChoice, OutboxFilter, OutboxMessage, OutboxStep},
};
use nhipcau_testkit::{at, each_database};
use uuid::Uuid;

use crate::support::{each_store, next_id, open, target};

pub fn message(key: &str, due: Timestamp) -> OutboxMessage {
    OutboxMessage {
        id: next_id(),
        key: key.to_owned(),
        kind: Kind::Reminder,
        channel: Channel::Phone,
        recipient: "+84912345678".to_owned(),
        office: "a1".into(),
        unit: "a1".into(),
        data_set: "dang-vien".into(),
        period: "nam-1".into(),
        subject: "Nhắc".to_owned(),
        body: "Đề nghị gửi báo cáo.".to_owned(),
        by_office: "h".into(),
        by_holder: "Lan".to_owned(),
        at: due,
        state: State::Waiting,
        due,
        tries: 0,
        changes: 0,
        lease: None,
        lease_by: String::new(),
    }
}

fn step(m: &OutboxMessage, what: &str) -> OutboxStep {
    OutboxStep {
        message: m.id,
        ordinal: m.changes + 1,
        at: at(9),
        what: what.to_owned(),
        detail: String::new(),
        office: String::new(),
        holder: String::new(),
    }
}

/// Something in each of the outbox's tables, for the copies.
pub async fn fill(tx: &mut Tx) {
    let m = message("one", at(3));
    assert!(tx.add_message(&m).await.expect("adds"));
    let taken =
        OutboxMessage { state: State::Claimed, lease: Some(at(99)), lease_by: "p".to_owned(), ..m.clone() };
    assert!(tx.step_message(&taken, &step(&m, "claimed")).await.expect("steps"));
    let choice = OutboxChoice {
        id: next_id(),
        what: "plan".to_owned(),
        subject: "xa-a".to_owned(),
        body: "{}".to_owned(),
        office: "h".into(),
        holder: "Lan".to_owned(),
        at: at(4),
    };
    tx.add_choice(&choice).await.expect("chooses");
}

/// Takes what is due, as a process does; what it got.
async fn take(store: &Store, by: &str, most: u32) -> Vec<Uuid> {
    let mut tx = store.write().await.expect("begins");
    let mut taken = Vec::new();
    for m in tx.messages_due(at(100), most).await.expect("reads") {
        let then = OutboxMessage {
            state: State::Claimed,
            lease: Some(at(200)),
            lease_by: by.to_owned(),
            ..m.clone()
        };
        if tx.step_message(&then, &step(&m, "claimed")).await.expect("steps") {
            taken.push(m.id);
        }
    }
    tx.commit().await.expect("commits");
    taken
}

#[tokio::test]
async fn a_second_message_of_a_key_is_not_taken_whoever_asks() {
    each_database(async |database| {
        let (one, other) = (open(database).await, Store::open(&target(database)).await.expect("opens"));
        let mut tx = one.write().await.expect("begins");
        assert!(tx.add_message(&message("k", at(1))).await.expect("adds"));
        assert!(!tx.add_message(&message("k", at(2))).await.expect("adds"), "in the same transaction");
        tx.commit().await.expect("commits");
        let mut tx = other.write().await.expect("begins");
        assert!(!tx.add_message(&message("k", at(3))).await.expect("adds"), "from another connection");
        assert!(tx.add_message(&message("l", at(3))).await.expect("adds"));
        tx.commit().await.expect("commits");
        let mut tx = one.read().await.expect("begins");
        let keys = ["k", "l", "m"].map(str::to_owned);
        assert_eq!(tx.messages_of_keys(&keys).await.expect("reads").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_take_each_message_goes_to_one() {
    each_database(async |database| {
        let store = open(database).await;
        let mut tx = store.write().await.expect("begins");
        for n in 0..60 {
            assert!(tx.add_message(&message(&format!("k{n}"), at(n))).await.expect("adds"));
        }
        tx.commit().await.expect("commits");
        let mut takers = tokio::task::JoinSet::new();
        for n in 0..4 {
            // Connections of their own, as nodes have.
            let store = Store::open(&target(database)).await.expect("opens");
            takers.spawn(async move {
                let (by, mut all) = (format!("p{n}"), Vec::new());
                loop {
                    let taken = take(&store, &by, 7).await;
                    if taken.is_empty() {
                        return all;
                    }
                    all.extend(taken);
                }
            });
        }
        let mut times: BTreeMap<Uuid, u32> = BTreeMap::new();
        for id in takers.join_all().await.into_iter().flatten() {
            *times.entry(id).or_default() += 1;
        }
        assert_eq!(times.len(), 60);
        assert!(times.values().all(|n| *n == 1), "a message was taken twice: {times:?}");
    })
    .await;
}

#[tokio::test]
async fn a_step_rests_on_the_one_before_and_what_was_left_is_found_after_its_time() {
    each_store(async |store| {
        let m = message("k", at(1));
        let mut tx = store.write().await.expect("begins");
        tx.add_message(&m).await.expect("adds");
        tx.commit().await.expect("commits");
        assert_eq!(take(store, "p", 10).await, [m.id]);
        assert!(take(store, "q", 10).await.is_empty(), "it is taken");

        let mut tx = store.write().await.expect("begins");
        // As it was before it was taken: somebody else was first.
        let late = OutboxMessage { state: State::Sent, ..m.clone() };
        assert!(!tx.step_message(&late, &step(&m, "sent")).await.expect("steps"));
        assert_eq!(tx.messages_left(at(199), 10).await.expect("reads"), []);
        let left = tx.messages_left(at(200), 10).await.expect("reads");
        let [found] = left.as_slice() else { panic!("{left:?}") };
        assert_eq!((found.changes, found.state, found.lease_by.as_str()), (1, State::Claimed, "p"));
        let back = OutboxMessage { state: State::Waiting, lease: None, due: at(300), ..found.clone() };
        assert!(tx.step_message(&back, &step(found, "let-go")).await.expect("steps"));
        tx.commit().await.expect("commits");

        let mut tx = store.read().await.expect("begins");
        let steps = tx.message_steps(&[m.id]).await.expect("reads");
        let steps: Vec<_> = steps.iter().map(|s| (s.ordinal, s.what.as_str())).collect();
        assert_eq!(steps, [(1, "claimed"), (2, "let-go")]);
        assert_eq!(tx.next_message_due().await.expect("reads"), Some(at(300)));
        assert_eq!(tx.messages_due(at(299), 9).await.expect("reads"), []);
        assert_eq!(tx.messages_open().await.expect("reads").len(), 1);
        let counts = tx.message_counts().await.expect("counts");
        assert_eq!(counts.len(), 1);
        assert_eq!((counts[0].state, counts[0].count, counts[0].oldest), (State::Waiting, 1, at(300)));
        drop(tx);
        let mut tx = store.write().await.expect("begins");
        assert_eq!(tx.message(m.id).await.expect("reads").map(|m| m.changes), Some(2));
    })
    .await;
}

#[tokio::test]
async fn the_newest_come_first_and_are_found_by_where_they_stand() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        for n in 1..=5 {
            let kind = if n == 3 { Kind::Test } else { Kind::Reminder };
            // Two of the same time are told apart by their id.
            let m = OutboxMessage { kind, ..message(&format!("k{n}"), at(n / 2)) };
            tx.add_message(&m).await.expect("adds");
        }
        let read = async |tx: &mut Tx, f: OutboxFilter, limit| -> Vec<String> {
            tx.messages(&f, limit).await.expect("reads").into_iter().map(|m| m.key).collect()
        };
        let all = OutboxFilter::default();
        assert_eq!(read(&mut tx, all, 9).await, ["k5", "k4", "k3", "k2", "k1"]);
        let first = tx.messages(&all, 2).await.expect("reads");
        let before = first.last().map(|m| (m.at, m.id));
        assert_eq!(read(&mut tx, OutboxFilter { before, ..all }, 2).await, ["k3", "k2"]);
        assert_eq!(read(&mut tx, OutboxFilter { kind: Some(Kind::Test), ..all }, 9).await, ["k3"]);
        assert_eq!(read(&mut tx, OutboxFilter { state: Some(State::Sent), ..all }, 9).await, [""; 0]);
        let newest = |body: &str, n| OutboxChoice {
            id: next_id(),
            what: "digest".to_owned(),
            subject: "h".to_owned(),
            body: body.to_owned(),
            office: "h".into(),
            holder: String::new(),
            at: at(n),
        };
        tx.add_choice(&newest("true", 1)).await.expect("chooses");
        tx.add_choice(&newest("false", 2)).await.expect("chooses");
        let bodies: Vec<_> = tx.choices("digest").await.expect("reads").into_iter().map(|c| c.body).collect();
        assert_eq!(bodies, ["true", "false"]);
        assert_eq!(tx.choices("plan").await.expect("reads"), []);
    })
    .await;
}
