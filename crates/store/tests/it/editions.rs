//! Editions: numbered once, frozen for good, with their revisions, documents and attachments.

use jiff::civil::date;
use nhipcau_domain::returns::Submission;
use nhipcau_store::{
    Attachment, EditionAct, EditionRecord, EditionStatus, EditionSummary, StoreError, StoredDocument,
};
use nhipcau_testkit::{at, district};

use crate::support::{accepted, each_store, next_id};

/// A first draft, resting on the first version of the definitions.
pub fn draft() -> EditionRecord {
    EditionRecord {
        summary: EditionSummary {
            id: next_id(),
            report: "ket-qua".to_owned(),
            number: 1,
            status: EditionStatus::Draft,
            period: "nam-1".into(),
            scope: "h".into(),
            tree_day: date(2022, 12, 31),
            at: at(10),
            office: "h".into(),
        },
        definition_version: 1,
        input_hash: String::new(),
        salt: "5a17".to_owned(),
        body: r#"{"figures":[]}"#.to_owned(),
    }
}

#[tokio::test]
async fn an_edition_is_drafted_approved_and_frozen_for_good() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.append_definitions(&district().definitions, &"h".into(), at(1)).await.expect("appends");
        let mut edition = draft();
        tx.insert_edition(&edition).await.expect("inserts");
        assert_eq!(tx.edition("ket-qua", 1).await.expect("reads").as_ref(), Some(&edition));
        assert_eq!(tx.latest_frozen("ket-qua").await.expect("reads"), None);
        tx.update_edition_status(edition.id, EditionStatus::Approved).await.expect("approves");
        edition.summary.status = EditionStatus::Frozen;
        edition.input_hash = "cafe".to_owned();
        edition.body = r#"{"figures":[1]}"#.to_owned();
        edition.summary.at = at(20);
        tx.update_edition(&edition).await.expect("freezes");
        let act = EditionAct {
            id: next_id(),
            edition_id: edition.id,
            ordinal: 1,
            act: r#"{"act":"freeze"}"#.to_owned(),
            office: "h".into(),
            at: at(20),
        };
        tx.append_edition_act(&act).await.expect("appends");
        assert_eq!(tx.edition_acts(edition.id).await.expect("reads"), [act]);
        assert_eq!(tx.latest_frozen("ket-qua").await.expect("reads").as_ref(), Some(&edition));
        assert_eq!(tx.reports().await.expect("reads"), ["ket-qua"]);
        let summaries = tx.editions("ket-qua").await.expect("reads");
        assert_eq!(summaries.len(), 1);
        assert_eq!((summaries[0].number, summaries[0].status), (1, EditionStatus::Frozen));

        let thawed = tx.update_edition_status(edition.id, EditionStatus::Draft).await;
        assert!(matches!(thawed, Err(StoreError::Conflict { .. })), "{thawed:?}");
        let changed = tx.update_edition(&edition).await;
        assert!(matches!(changed, Err(StoreError::Conflict { .. })), "{changed:?}");
        edition.summary.id = next_id();
        let twice = tx.insert_edition(&edition).await;
        assert!(matches!(twice, Err(StoreError::Conflict { ref what }) if what == "edition"), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn an_edition_keeps_its_revisions_and_bytes() {
    each_store(async |store| {
        let d = district();
        let mut tx = store.write().await.expect("begins");
        tx.append_definitions(&d.definitions, &"h".into(), at(1)).await.expect("appends");
        let steps = [d.members("b1", 9, 10), d.members("a1", 8, 10)].map(accepted);
        tx.append_steps(&steps).await.expect("appends");
        let edition = draft();
        tx.insert_edition(&edition).await.expect("inserts");
        let ids = steps.each_ref().map(|s| s.revision.as_ref().expect("a revision").id);
        tx.pin_revisions(edition.id, &ids).await.expect("pins");
        let pinned: Vec<Submission> =
            tx.pinned(edition.id).await.expect("reads").into_iter().map(|r| r.submission).collect();
        assert_eq!(pinned, [d.members("a1", 8, 10), d.members("b1", 9, 10)]);
        let resting = tx.editions_resting_on(ids[0]).await.expect("reads");
        assert_eq!(resting.iter().map(|e| e.id).collect::<Vec<_>>(), [edition.id]);

        let document = StoredDocument {
            format: "pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            sha256: "00".repeat(32),
            bytes: (0..=255).cycle().take(100_000).collect(),
        };
        tx.put_document(edition.id, &document).await.expect("puts");
        assert_eq!(tx.document(edition.id, "pdf").await.expect("reads").as_ref(), Some(&document));
        assert_eq!(tx.document(edition.id, "docx").await.expect("reads"), None);
        assert_eq!(tx.documents(edition.id).await.expect("reads")[0].size, 100_000);

        let scan = Attachment {
            id: next_id(),
            edition_id: edition.id,
            name: "bản ký.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            sha256: "11".repeat(32),
            bytes: Vec::new(),
            office: "h".into(),
            at: at(30),
        };
        tx.add_attachment(&scan).await.expect("attaches");
        let attached = tx.attachments(edition.id).await.expect("reads");
        assert_eq!((attached.len(), attached[0].name.as_str(), attached[0].size), (1, "bản ký.pdf", 0));
        assert_eq!(tx.attachment(scan.id).await.expect("reads"), Some(scan));
        // Last, because PostgreSQL takes nothing more in a transaction that failed.
        let twice = tx.put_document(edition.id, &document).await;
        assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    })
    .await;
}
