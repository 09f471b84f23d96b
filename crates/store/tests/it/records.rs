//! Round trips: what was handed in is what is read back; the change counter; access; deadlines.

use jiff::civil::date;
use nhipcau_domain::tree::{Change, TreeEvent};
use nhipcau_store::{DeadlineExtension, Store};
use nhipcau_testkit::{at, district, each_database};

use crate::support::{each_store, next_id, open, target};

#[tokio::test]
async fn the_tree_comes_back_in_the_order_in_which_it_was_entered() {
    each_store(async |store| {
        let district = district();
        let later = TreeEvent {
            on: date(2019, 5, 19),
            change: Change::Rename { unit: "h".into(), name: "Huyện Mẫu — Đổi tên".to_owned() },
        };
        let mut tx = store.write().await.expect("begins");
        tx.bump_change().await.expect("bumps");
        tx.append_tree_events(&district.tree, &"h".into(), at(1)).await.expect("appends");
        tx.append_tree_events(std::slice::from_ref(&later), &"xa-a".into(), at(2)).await.expect("appends");
        tx.commit().await.expect("commits");

        let mut tx = store.read().await.expect("begins");
        let mut expected = district.tree;
        expected.push(later.clone());
        assert_eq!(tx.tree_events().await.expect("reads"), expected);
        let records = tx.tree_event_records().await.expect("reads");
        let last = records.last().expect("a record");
        assert_eq!((last.seq, &last.event, last.office.as_str(), last.at), (9, &later, "xa-a", at(2)));
    })
    .await;
}

#[tokio::test]
async fn definitions_are_kept_by_version_and_the_same_ones_once() {
    each_store(async |store| {
        let first = district().definitions;
        let mut second = first.clone();
        second.campaign.name.push_str(" (sửa)");
        let mut tx = store.write().await.expect("begins");
        assert_eq!(tx.definitions().await.expect("reads"), None);
        assert_eq!(tx.append_definitions(&first, &"h".into(), at(1)).await.expect("appends"), 1);
        assert_eq!(tx.append_definitions(&first, &"h".into(), at(2)).await.expect("appends"), 1);
        assert_eq!(tx.append_definitions(&second, &"h".into(), at(3)).await.expect("appends"), 2);
        // Going back is a change too: the latest version is what holds.
        assert_eq!(tx.append_definitions(&first, &"h".into(), at(4)).await.expect("appends"), 3);
        assert_eq!(tx.definitions().await.expect("reads"), Some((3, first)));
        assert_eq!(tx.definitions_at(2).await.expect("reads"), Some(second));
        assert_eq!(tx.definitions_at(4).await.expect("reads"), None);
    })
    .await;
}

#[tokio::test]
async fn a_change_by_another_process_is_seen_once_it_is_committed() {
    each_database(async |database| {
        let ours = open(database).await;
        let theirs = Store::open(&target(database)).await.expect("opens");
        let before = ours.data_version().await.expect("reads");
        let mut tx = theirs.write().await.expect("begins");
        assert_eq!(tx.bump_change().await.expect("bumps"), before + 1);
        assert_eq!(ours.data_version().await.expect("reads"), before);
        tx.commit().await.expect("commits");
        assert_eq!(ours.data_version().await.expect("reads"), before + 1);
        let mut tx = ours.write().await.expect("begins");
        assert_eq!(tx.lock_change_shared().await.expect("locks"), before + 1);
        assert_eq!(tx.change().await.expect("reads"), before + 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_dropped_is_rolled_back() {
    each_store(async |store| {
        let before = store.data_version().await.expect("reads");
        let mut tx = store.write().await.expect("begins");
        tx.bump_change().await.expect("bumps");
        tx.append_tree_events(&district().tree, &"h".into(), at(1)).await.expect("appends");
        drop(tx);
        // The next writer gets the connection, without anything of the last.
        let mut tx = store.write().await.expect("begins");
        assert_eq!(tx.change().await.expect("reads"), before);
        assert_eq!(tx.tree_events().await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_one_state_while_others_write_and_cannot_write_itself() {
    each_store(async |store| {
        let mut reader = store.read().await.expect("begins");
        let before = reader.change().await.expect("reads");
        let mut writer = store.write().await.expect("begins");
        writer.bump_change().await.expect("bumps");
        writer.append_tree_events(&district().tree, &"h".into(), at(1)).await.expect("appends");
        writer.commit().await.expect("commits");
        assert_eq!(reader.change().await.expect("reads"), before);
        assert_eq!(reader.tree_events().await.expect("reads"), []);
        assert!(reader.bump_change().await.is_err(), "a reader does not write");
    })
    .await;
}

#[tokio::test]
async fn a_reviewers_token_opens_one_session_and_expires() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.add_reviewer_token("token", at(0), at(100)).await.expect("adds");
        tx.add_reviewer_token("late", at(0), at(100)).await.expect("adds");
        assert!(!tx.use_reviewer_token("guess", "s0", at(1)).await.expect("uses"));
        assert!(tx.use_reviewer_token("token", "s1", at(1)).await.expect("uses"));
        assert!(!tx.use_reviewer_token("token", "s2", at(2)).await.expect("uses"));
        assert!(!tx.use_reviewer_token("late", "s3", at(100)).await.expect("uses"));
        assert!(tx.reviewer_session("s1", at(99)).await.expect("asks"));
        assert!(!tx.reviewer_session("s1", at(100)).await.expect("asks"));
        assert!(!tx.reviewer_session("s2", at(2)).await.expect("asks"));

        tx.log_raw_view(next_id(), at(5), "/don-vi/a1", "s1").await.expect("logs");
        tx.log_raw_view(next_id(), at(6), "/don-vi/a2", "s1").await.expect("logs");
        let views = tx.raw_views(1).await.expect("reads");
        assert_eq!(views.len(), 1);
        assert_eq!(
            (views[0].what.as_str(), views[0].at, views[0].reviewer.as_str()),
            ("/don-vi/a2", at(6), "s1")
        );
    })
    .await;
}

#[tokio::test]
async fn a_deadline_put_off_is_on_record() {
    each_store(async |store| {
        let extension = DeadlineExtension {
            id: next_id(),
            data_set: "dang-vien".into(),
            period: "nam-1".into(),
            unit: "xa-b".into(),
            until_day: date(2023, 1, 31),
            reason: "mưa lũ".to_owned(),
            office: "h".into(),
            at: at(7),
        };
        let mut tx = store.write().await.expect("begins");
        tx.extend_deadline(&extension).await.expect("extends");
        let found = tx.deadline_extensions(&"dang-vien".into(), &"nam-1".into()).await.expect("reads");
        assert_eq!(found, [extension]);
        assert_eq!(tx.deadline_extensions(&"dang-vien".into(), &"nam-2".into()).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_remembered_once() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        assert!(!tx.file_known("abc").await.expect("asks"));
        assert!(tx.remember_file("abc", "báo cáo.xlsx", 12, &"h".into(), at(1)).await.expect("remembers"));
        assert!(
            !tx.remember_file("abc", "báo cáo (2).xlsx", 12, &"h".into(), at(2)).await.expect("remembers")
        );
        assert!(tx.file_known("abc").await.expect("asks"));
    })
    .await;
}
