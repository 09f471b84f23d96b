//! Returns, revisions and acts: read back exactly, found by every way that they are asked for.

use nhipcau_domain::returns::{Entry, Origin, ReturnKey, Submission, Value};
use nhipcau_store::{ReturnFile, RevisionRecord, Step};
use nhipcau_testkit::{at, district};

use crate::support::{accepted, correction, each_store, next_id};

/// Everything that a submission can hold.
fn rich() -> Submission {
    let entry = |element: &str, value, cell: Option<&str>| Entry {
        element: element.into(),
        value,
        cell: cell.map(str::to_owned),
    };
    Submission {
        key: ReturnKey { unit: "a1".into(), data_set: "dang-vien".into(), period: "nam-1".into() },
        entries: vec![
            entry("members.total", Value::Number(i64::MIN), Some("D7")),
            entry("members.registered", Value::NotReported, None),
            entry("members.planned", Value::Exempt("mới \"thành lập\"".into()), Some("Phụ lục!D 9")),
            entry("staff.registered", Value::NotApplicable, Some("-")),
        ],
        words: vec![("kho-khan".to_owned(), "Sóng yếu;\n\"đường\" xa\u{0}".to_owned())],
        explanation: "Đã đếm lại: 12 → 13".to_owned(),
        origin: Origin {
            file: "báo cáo a1.xlsx".to_owned(),
            sha256: "ab".repeat(32),
            sheet: "Biểu 1".to_owned(),
        },
    }
}

fn record(step: &Step) -> RevisionRecord {
    let revision = step.revision.clone().expect("a revision");
    RevisionRecord {
        id: revision.id,
        number: revision.number,
        submission: revision.submission,
        office: revision.office,
        on_behalf_of: revision.on_behalf_of,
        at: step.at,
    }
}

#[tokio::test]
async fn a_submission_is_read_back_exactly() {
    each_store(async |store| {
        let step = accepted(rich());
        let mut tx = store.write().await.expect("begins");
        tx.append_steps(std::slice::from_ref(&step)).await.expect("appends");
        tx.commit().await.expect("commits");

        let mut tx = store.read().await.expect("begins");
        let expected = record(&step);
        assert_eq!(tx.revisions_of(step.id).await.expect("reads"), std::slice::from_ref(&expected));
        assert_eq!(tx.revision(step.id, 1).await.expect("reads").as_ref(), Some(&expected));
        assert_eq!(tx.revision(step.id, 2).await.expect("reads"), None);
        assert_eq!(tx.revision_by_id(expected.id).await.expect("reads"), Some(expected));
        let acts = tx.acts_of(step.id).await.expect("reads");
        assert_eq!(tx.act_count(step.id).await.expect("counts"), 2);
        let found: Vec<_> = acts.into_iter().map(|a| (a.ordinal, a.act, a.office, a.at)).collect();
        let entered: Vec<_> =
            step.acts.iter().map(|a| (a.ordinal, a.act.clone(), a.office.clone(), step.at)).collect();
        assert_eq!(found, entered);
    })
    .await;
}

#[tokio::test]
async fn returns_are_found_by_key_by_form_by_unit_and_by_id() {
    each_store(async |store| {
        let d = district();
        let steps = [d.members("b1", 9, 10), d.members("a1", 8, 10), d.bulletins("xa-a", 2, 4)].map(accepted);
        let mut tx = store.write().await.expect("begins");
        tx.append_steps(&steps).await.expect("appends");
        let missing = ReturnKey { unit: "b2".into(), ..steps[0].key.clone() };
        let keys = [steps[0].key.clone(), steps[2].key.clone(), missing, steps[1].key.clone()];
        let found = tx.returns(&keys).await.expect("reads");
        assert_eq!(found.len(), 3);
        for step in &steps {
            assert_eq!((found[&step.key].id, &found[&step.key].state), (step.id, &step.state));
            assert_eq!(found[&step.key].at, step.at);
            let by_id = tx.return_by_id(step.id).await.expect("reads");
            assert_eq!(by_id.as_ref(), found.get(&step.key));
        }
        let of = tx.returns_of(&"dang-vien".into(), &["nam-2".into(), "nam-1".into()]).await.expect("reads");
        assert_eq!(of.iter().map(|r| r.key.unit.as_str()).collect::<Vec<_>>(), ["a1", "b1"]);
        let of_unit = tx.returns_of_unit(&"xa-a".into()).await.expect("reads");
        assert_eq!(of_unit.iter().map(|r| r.key.period.as_str()).collect::<Vec<_>>(), ["thang-02"]);
    })
    .await;
}

#[tokio::test]
async fn while_a_correction_waits_the_revision_before_it_counts() {
    each_store(async |store| {
        let d = district();
        let first = accepted(d.members("a1", 8, 10));
        let second = correction(&first, d.members("a1", 9, 10));
        let mut tx = store.write().await.expect("begins");
        // Both in one call: the return's state is the last one's.
        tx.append_steps(&[first.clone(), second.clone()]).await.expect("appends");
        let state = tx.return_by_id(first.id).await.expect("reads").expect("is there");
        assert_eq!((state.state, state.at), (second.state.clone(), at(120)));
        let rows = tx.accepted(&"dang-vien".into(), &["nam-1".into()], None).await.expect("reads");
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].status, second.state.status);
        assert_eq!(rows[0].revision, Some(record(&first)));
        let some =
            tx.accepted(&"dang-vien".into(), &["nam-1".into()], Some(&["b1".into(), "a1".into()])).await;
        assert_eq!(some.expect("reads"), rows);
    })
    .await;
}

#[tokio::test]
async fn many_returns_go_in_together_and_come_out_in_pages() {
    each_store(async |store| {
        let d = district();
        // More than a piece, a page and a list, and none of them a round number.
        let count = 4321_i64;
        let submission = |n: i64| d.members(&format!("u{n:05}"), n, 2 * n);
        let steps: Vec<Step> = (0..count).map(|n| accepted(submission(n))).collect();
        let mut tx = store.write().await.expect("begins");
        tx.append_steps(&steps).await.expect("appends");
        tx.commit().await.expect("commits");

        let mut tx = store.read().await.expect("begins");
        let mut seen = 0_i64;
        let mut each = |row: nhipcau_store::AcceptedRow| {
            let revision = row.revision.expect("accepted");
            assert_eq!(revision.submission, submission(seen));
            seen += 1;
            Ok(())
        };
        tx.for_each_accepted(&"dang-vien".into(), &"nam-1".into(), &mut each).await.expect("reads");
        assert_eq!(seen, count);
        let mut returns = 0;
        tx.for_each_return(&mut |stored, acts| {
            assert_eq!((stored.state.last, acts.len()), (1, 2));
            assert_eq!(acts.iter().map(|a| a.ordinal).collect::<Vec<_>>(), [1, 2]);
            returns += 1;
            Ok(())
        })
        .await
        .expect("reads");
        assert_eq!(returns, count);
        let keys: Vec<ReturnKey> = steps.iter().map(|s| s.key.clone()).collect();
        assert_eq!(tx.returns(&keys).await.expect("reads").len(), steps.len());
        assert_eq!(tx.foreign_key_problems().await.expect("checks"), Vec::<String>::new());
        assert_eq!(tx.integrity_problems().await.expect("checks"), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_taken_out_leaves_its_hash_and_nothing_else() {
    each_store(async |store| {
        let file = ReturnFile {
            id: next_id(),
            key: rich().key,
            name: "biên bản.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            sha256: "ab".repeat(32),
            size: 3,
            office: "a1".into(),
            holder: "Bí thư".to_owned(),
            at: at(5),
        };
        let mut tx = store.write().await.expect("writes");
        tx.add_return_file(&file, &[1, 0, 255]).await.expect("adds");
        assert_eq!(tx.return_files(&file.key).await.expect("reads"), std::slice::from_ref(&file));
        let (found, bytes) = tx.return_file(file.id).await.expect("reads").expect("is there");
        assert_eq!((&found, &bytes[..]), (&file, &[1, 0, 255][..]));
        assert!(tx.remove_return_file(file.id, &"a1".into(), at(6)).await.expect("removes"));
        assert!(!tx.remove_return_file(file.id, &"a1".into(), at(7)).await.expect("removes"), "once");
        assert_eq!(tx.return_files(&file.key).await.expect("reads"), []);
        assert_eq!(tx.return_file(file.id).await.expect("reads"), None);
        tx.commit().await.expect("commits");
    })
    .await;
}
