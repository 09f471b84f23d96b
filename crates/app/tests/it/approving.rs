//! Approving at the prompt: comments that are not settled are told, and overruled on purpose only.

use jiff::Timestamp;
use nhipcau_store::{CommentRecord, Store, Target};
use uuid::Uuid;

use crate::support::{demo_copy, run};

const REPORT: &str = "ket-qua";

#[tokio::test]
async fn a_draft_with_open_comments_is_approved_only_where_that_is_meant() {
    let data = demo_copy();
    let data = data.path();
    let draft = ["report", "draft", REPORT, "--period", "nam-1", "--date", "2022-07-05"];
    run(data, &draft).exits(0);
    let store = Store::open(&Target::Sqlite(data.join("nhipcau.db"))).await.expect("opens");
    let mut tx = store.write().await.expect("begins");
    let edition = tx.edition(REPORT, 2).await.expect("reads").expect("a draft");
    let id = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001);
    let comment = CommentRecord {
        id,
        edition: edition.id,
        thread: id,
        act: "comment".to_owned(),
        anchor: "a".to_owned(),
        passage: "Có 3.851 đảng viên đăng ký.".to_owned(),
        body: "Vì sao?".to_owned(),
        office: "h".into(),
        holder: "Chị Lan".to_owned(),
        at: Timestamp::now(),
    };
    tx.add_comment(&comment).await.expect("adds");
    tx.commit().await.expect("commits");
    drop(store);
    let refused = run(data, &["report", "approve", REPORT]).exits(3);
    assert!(refused.err.contains("1 góp ý") && refused.err.contains("--despite-comments"), "{}", refused.err);
    run(data, &["report", "freeze", REPORT]).exits(3);
    run(data, &["report", "approve", REPORT, "--despite-comments"]).exits(0);
    run(data, &["report", "freeze", REPORT]).exits(0);
}
