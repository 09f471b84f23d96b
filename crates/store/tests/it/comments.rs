//! Comments on a draft stand in order and are never changed; an edition is handed over once; a view is its
//! office's alone.

use nhipcau_store::{CommentRecord, EditionStatus, HandoverRecord, SavedView, StoreError, Tx};
use nhipcau_testkit::{at, district};
use uuid::Uuid;

use crate::support::{each_store, next_id};

fn comment(edition: Uuid, thread: Option<Uuid>, act: &str, seconds: i64) -> CommentRecord {
    let id = next_id();
    CommentRecord {
        id,
        edition,
        thread: thread.unwrap_or(id),
        act: act.to_owned(),
        anchor: "0a1b2c".to_owned(),
        passage: "Có 96 mô hình.".to_owned(),
        body: "Đã gồm 15 mô hình mới chưa?".to_owned(),
        office: "h".into(),
        holder: "Lan".to_owned(),
        at: at(seconds),
    }
}

fn view(office: &str, name: &str) -> SavedView {
    SavedView {
        id: next_id(),
        office: office.into(),
        name: name.to_owned(),
        query: "hang=don-vi\ncot=ky".to_owned(),
        holder: "Lan".to_owned(),
        at: at(5),
    }
}

/// Something in each of these tables; the edition is there.
pub async fn fill(tx: &mut Tx, edition: Uuid) {
    tx.add_comment(&comment(edition, None, "comment", 4)).await.expect("comment");
    let handover =
        HandoverRecord { edition, article: None, office: "h".into(), holder: "Lan".to_owned(), at: at(4) };
    tx.add_handover(&handover).await.expect("handover");
    tx.add_view(&view("h", "Theo xã")).await.expect("view");
}

#[tokio::test]
async fn what_is_said_about_an_edition_stands_in_order() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.append_definitions(&district().definitions, &"h".into(), at(1)).await.expect("appends");
        let edition = crate::editions::draft();
        tx.insert_edition(&edition).await.expect("inserts");
        let first = comment(edition.id, None, "comment", 20);
        let answer = comment(edition.id, Some(first.id), "answer", 30);
        let other = comment(edition.id, None, "comment", 25);
        for record in [&first, &answer, &other] {
            tx.add_comment(record).await.expect("adds");
        }
        assert_eq!(tx.comments(edition.id).await.expect("reads"), [first.clone(), other, answer]);
        assert_eq!(tx.comments(next_id()).await.expect("reads"), []);
        let twice = tx.add_comment(&first).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn readers_have_what_is_frozen_and_was_handed_over_once() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.append_definitions(&district().definitions, &"h".into(), at(1)).await.expect("appends");
        let mut edition = crate::editions::draft();
        tx.insert_edition(&edition).await.expect("inserts");
        let handover = HandoverRecord {
            edition: edition.id,
            article: Some(next_id()),
            office: "h".into(),
            holder: "Lan".to_owned(),
            at: at(40),
        };
        assert_eq!(tx.handover(edition.id).await.expect("reads"), None);
        tx.add_handover(&handover).await.expect("hands over");
        assert_eq!(tx.handover(edition.id).await.expect("reads").as_ref(), Some(&handover));
        assert_eq!(tx.handed_over().await.expect("reads"), [edition.id]);
        assert_eq!(tx.public_editions("ket-qua").await.expect("reads"), [], "a draft is nobody's to read");
        edition.summary.status = EditionStatus::Frozen;
        tx.update_edition(&edition).await.expect("freezes");
        assert_eq!(tx.public_editions("ket-qua").await.expect("reads"), [edition.summary.clone()]);
        let twice = tx.add_handover(&handover).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn a_view_is_renamed_and_removed_by_its_office_alone() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (ours, theirs) = (view("xa-a", "Theo ấp"), view("xa-b", "Theo tháng"));
        tx.add_view(&ours).await.expect("keeps");
        tx.add_view(&theirs).await.expect("keeps");
        let (a, b) = ("xa-a".into(), "xa-b".into());
        assert_eq!(tx.views_of(&a).await.expect("reads"), std::slice::from_ref(&ours));
        assert!(!tx.rename_view(ours.id, &b, "Của tôi").await.expect("asks"));
        assert!(!tx.drop_view(ours.id, &b).await.expect("asks"));
        assert!(tx.rename_view(ours.id, &a, "Theo khóm").await.expect("renames"));
        assert_eq!(tx.view(ours.id).await.expect("reads").expect("is there").name, "Theo khóm");
        assert!(tx.drop_view(ours.id, &a).await.expect("removes"));
        assert_eq!(tx.view(ours.id).await.expect("reads"), None);
        assert_eq!(tx.views_of(&b).await.expect("reads"), [theirs]);
    })
    .await;
}
