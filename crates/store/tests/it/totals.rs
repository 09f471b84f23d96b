//! Packed sums: contributions, totals by level and unit, deltas that add exactly whoever adds them.

use nhipcau_domain::totals::{ElementSum, Sums};
use nhipcau_store::{ContributionRow, NewContribution, NewTotal, Store, StoreError, TotalDelta, TotalRow};

use crate::support::each_store;

fn sums(n: i64) -> Sums {
    let element = ElementSum { sum: n, numbers: n.signum(), ..ElementSum::default() };
    Sums { reported: n.signum(), accepted: n.signum(), exempt: 0, elements: vec![element; 2] }
}

fn delta(level: &str, unit: &str, kind: &str, n: i64) -> TotalDelta {
    TotalDelta {
        period: "nam-1".into(),
        data_set: "dang-vien".into(),
        level: level.into(),
        unit: unit.into(),
        kind: kind.into(),
        delta: sums(n),
    }
}

fn total(level: &str, unit: &str, kind: &str, sums: Sums) -> TotalRow {
    TotalRow { level: level.into(), unit: unit.into(), kind: kind.into(), sums }
}

async fn all(store: &Store) -> Vec<TotalRow> {
    store.read().await.expect("begins").all_totals(&"nam-1".into(), &"dang-vien".into()).await.expect("reads")
}

#[tokio::test]
async fn contributions_are_written_over_and_read_by_unit() {
    each_store(async |store| {
        let row = |unit: &str, n| ContributionRow { unit: unit.into(), kind: "chi-bo".into(), sums: sums(n) };
        let new = |row: ContributionRow| NewContribution {
            period: "nam-1".into(),
            data_set: "dang-vien".into(),
            row,
        };
        let (period, data_set) = ("nam-1".into(), "dang-vien".into());
        let mut tx = store.write().await.expect("begins");
        tx.put_contributions(&[new(row("b1", 3)), new(row("a1", 1))]).await.expect("puts");
        tx.put_contributions(&[new(row("b1", 5)), new(row("a2", 2))]).await.expect("puts");
        let found = tx.contributions(&period, &data_set, None).await.expect("reads");
        assert_eq!(found, [row("a1", 1), row("a2", 2), row("b1", 5)]);
        let some = ["b1".into(), "a1".into(), "z9".into(), "b1".into()];
        let found = tx.contributions(&period, &data_set, Some(&some)).await.expect("reads");
        assert_eq!(found, [row("a1", 1), row("b1", 5)]);
        assert_eq!(tx.contributions(&"nam-2".into(), &data_set, None).await.expect("reads"), []);
        tx.delete_contributions(&period, &data_set).await.expect("deletes");
        assert_eq!(tx.contributions(&period, &data_set, None).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn totals_of_a_level_and_of_a_unit_are_one_range_each() {
    each_store(async |store| {
        let rows = [
            total("huyen", "h", "chi-bo", sums(7)),
            total("xa", "xa-a", "chi-bo", sums(4)),
            total("xa", "xa-a", "xa", sums(1)),
            total("xa", "xa-b", "chi-bo", sums(3)),
        ];
        let new = |row: &TotalRow| NewTotal {
            period: "nam-1".into(),
            data_set: "dang-vien".into(),
            row: row.clone(),
        };
        let mut tx = store.write().await.expect("begins");
        tx.put_totals(&[&rows[3], &rows[1], &rows[0], &rows[2]].map(new)).await.expect("puts");
        tx.commit().await.expect("commits");
        assert_eq!(all(store).await, rows);
        let (period, data_set) = ("nam-1".into(), "dang-vien".into());
        let mut tx = store.write().await.expect("begins");
        let level = tx.totals_of_level(&period, &data_set, &"xa".into()).await.expect("reads");
        assert_eq!(level, rows[1..]);
        let unit = tx.totals_of_unit(&period, &data_set, &"xa".into(), &"xa-a".into()).await.expect("reads");
        assert_eq!(unit, rows[1..3]);
        tx.delete_totals(&period, &data_set).await.expect("deletes");
        assert_eq!(tx.all_totals(&period, &data_set).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn deltas_add_up_and_a_total_of_nothing_is_not_shown() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let deltas = [
            delta("xa", "xa-b", "chi-bo", 2),
            delta("xa", "xa-a", "chi-bo", 3),
            delta("xa", "xa-a", "chi-bo", 4),
        ];
        tx.add_totals(&deltas).await.expect("adds");
        tx.add_totals(&[delta("xa", "xa-a", "xa", 1), delta("huyen", "h", "chi-bo", 9)]).await.expect("adds");
        let mut back = delta("xa", "xa-b", "chi-bo", 0);
        back.delta = sums(0);
        back.delta.subtract(&sums(2)).expect("subtracts");
        tx.add_totals(&[back]).await.expect("adds");
        tx.commit().await.expect("commits");
        let mut both = sums(3);
        both.add(&sums(4)).expect("adds");
        let expected = [
            total("huyen", "h", "chi-bo", sums(9)),
            total("xa", "xa-a", "chi-bo", both),
            total("xa", "xa-a", "xa", sums(1)),
        ];
        assert_eq!(all(store).await, expected);
    })
    .await;
}

#[tokio::test]
async fn a_sum_beyond_64_bits_is_refused() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.add_totals(&[delta("huyen", "h", "chi-bo", i64::MAX)]).await.expect("adds");
        let error = tx.add_totals(&[delta("huyen", "h", "chi-bo", 1)]).await.expect_err("too large");
        assert!(matches!(&error, StoreError::Rule(p) if p.id == "total-too-large"), "{error:?}");
    })
    .await;
}

/// The evening of the deadline: everyone changes the root's total, some of it to nothing and back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_at_once_add_exactly() {
    each_store(async |store| {
        let (writers, rounds) = (6_i64, 20_i64);
        let tasks: Vec<_> = (0..writers)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move {
                    let commune = if writer % 2 == 0 { "xa-a" } else { "xa-b" };
                    for round in 1..=rounds {
                        let mut minus = delta("xa", "xa-c", "chi-bo", 0);
                        minus.delta.subtract(&sums(1)).expect("subtracts");
                        let mut tx = store.write().await.expect("begins");
                        let flip = if round % 2 == 1 { delta("xa", "xa-c", "chi-bo", 1) } else { minus };
                        let mine = delta("xa", commune, "chi-bo", round);
                        tx.add_totals(&[mine, flip, delta("huyen", "h", "chi-bo", round)])
                            .await
                            .expect("adds");
                        tx.commit().await.expect("commits");
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("runs");
        }
        let mut half = Sums::default();
        for _ in 0..writers / 2 {
            for round in 1..=rounds {
                half.add(&sums(round)).expect("adds");
            }
        }
        let mut whole = half.clone();
        whole.add(&half).expect("adds");
        let expected = [
            total("huyen", "h", "chi-bo", whole),
            total("xa", "xa-a", "chi-bo", half.clone()),
            total("xa", "xa-b", "chi-bo", half),
        ];
        assert_eq!(all(store).await, expected);
    })
    .await;
}
