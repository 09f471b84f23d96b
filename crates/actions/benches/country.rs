//! Reads and writes on a country that `bench/country` made and imported: the root's totals, the
//! table of all communes, one accepted return until it is in the root's total. Prints one line of
//! JSON with medians in microseconds.
//!
//! `NHIPCAU_COUNTRY=DIR cargo bench -p nhipcau-actions --bench country`

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use nhipcau_actions::{
    Clock, Ids, Workspace,
    returns::{Mode, Sender, submit_all},
};
use nhipcau_domain::{
    Timestamp,
    returns::{ReturnKey, Value},
    totals::Sums,
};
use nhipcau_store::{Store, Target};
use uuid::Uuid;

struct Machine(AtomicI64);

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Ids for Machine {
    fn next(&self, at: Timestamp) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::Relaxed) ^ at.as_microsecond();
        let mut random = [0; 10];
        random[..8].copy_from_slice(&n.to_le_bytes());
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.as_millisecond()).unwrap_or(0), &random)
            .into_uuid()
    }
}

fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or(0)
}

#[tokio::main]
async fn main() {
    let Some(dir) = std::env::var_os("NHIPCAU_COUNTRY") else {
        println!("NHIPCAU_COUNTRY names no country; see bench/README.md");
        return;
    };
    let store =
        Store::open(&Target::Sqlite(PathBuf::from(dir).join("nhipcau.db"))).await.expect("a data folder");
    let machine = || Arc::new(Machine(AtomicI64::new(1)));
    let ws = Workspace::new(store, machine(), machine());
    let mut tx = ws.store().read().await.expect("a snapshot");
    let setting = ws.setting(&mut tx).await.expect("a campaign");
    drop(tx);
    let form = setting.definitions.data_sets.first().expect("a form").clone();
    let period =
        setting.definitions.calendars.first().and_then(|c| c.periods.first()).expect("a period").clone();
    let tree = &setting.tree;
    let root = tree.find(&setting.definitions.campaign.scope).expect("a root");
    let commune =
        tree.open_on(period.last).find(|ix| tree.above(*ix, period.last).count() == 2).expect("a commune");
    let level = tree.kind(commune, period.last).clone();

    let (mut root_times, mut table_times, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..200 {
        let start = Instant::now();
        let mut tx = ws.store().read().await.expect("a snapshot");
        let found = tx
            .totals_of_unit(&period.id, &form.id, tree.kind(root, period.last), tree.id(root))
            .await
            .expect("the root");
        let mut sums = Sums::default();
        for row in &found {
            sums.add(&row.sums).expect("a total");
        }
        root_times.push(start.elapsed().as_micros());
        assert_eq!(sums.elements.len(), form.elements.len());
    }
    for _ in 0..50 {
        let start = Instant::now();
        let mut tx = ws.store().read().await.expect("a snapshot");
        rows = tx.totals_of_level(&period.id, &form.id, &level).await.expect("the communes").len();
        table_times.push(start.elapsed().as_micros());
    }

    let cells: Vec<_> = tree
        .open_on(period.last)
        .filter(|ix| form.roster.names(tree.id(*ix), tree.kind(*ix, period.last)))
        .take(200)
        .collect();
    let mode = Mode {
        office: Sender::Unit,
        accept_by: Some(setting.definitions.campaign.office.clone()),
        reason: "bench".to_owned(),
        ..Mode::default()
    };
    let mut accept_times = Vec::new();
    for ix in cells {
        let key =
            ReturnKey { unit: tree.id(ix).clone(), data_set: form.id.clone(), period: period.id.clone() };
        let mut tx = ws.store().read().await.expect("a snapshot");
        let held = tx.returns(std::slice::from_ref(&key)).await.expect("a return");
        let Some(held) = held.get(&key) else { continue };
        let Some(revision) = tx.revision(held.id, held.state.last).await.expect("a revision") else {
            continue;
        };
        drop(tx);
        let mut submission = revision.submission;
        // The largest number of a return can grow without breaking n ≤ d.
        let largest = submission.entries.iter_mut().max_by_key(|e| e.value.number()).expect("an entry");
        largest.value = Value::Number(largest.value.number().unwrap_or(0) + 1);
        let start = Instant::now();
        let outcomes = submit_all(&ws, vec![submission], &mode, &std::collections::HashMap::new())
            .await
            .expect("accepted");
        let mut tx = ws.store().read().await.expect("a snapshot");
        tx.totals_of_unit(&period.id, &form.id, tree.kind(root, period.last), tree.id(root))
            .await
            .expect("the root");
        accept_times.push(start.elapsed().as_micros());
        assert!(outcomes.iter().all(|o| o.accepted), "{outcomes:?}");
    }
    println!(
        "{{\"root_us\":{},\"communes_us\":{},\"communes_rows\":{rows},\"accept_to_root_us\":{},\"accepts\":{}}}",
        median(root_times),
        median(table_times),
        median(accept_times.clone()),
        accept_times.len(),
    );
}
