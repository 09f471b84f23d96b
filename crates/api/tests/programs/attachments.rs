//! Files beside a return by programs: few and each once, nobody else's until it is sent, kept with what was
//! accepted; on both databases.

use nhipcau_domain::office::Duty;
use serde_json::{Value, json};

use crate::{
    house::{House, databases, on_branch, on_unit, wide},
    month::{filled, ok},
};

const A1: &str = "/api/v1/returns/dang-vien/nam-1/a1";
const FILES: &str = "/api/v1/returns/dang-vien/nam-1/a1/files";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

/// A picture of sixteen red pixels that says where it was taken.
pub const PICTURE: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x04\
    \x00\x00\x00\x04\x08\x02\x00\x00\x00\x26\x93\x09\x29\x00\x00\x00\x11\x74\x45\x58\x74Place\x00nha ong Tam\
    \xae\x34\x24\x46\x00\x00\x00\x10\x49\x44\x41\x54\x78\xda\x63\x38\x21\x27\x07\x47\x0c\xc4\x71\x00\xb1\x63\
    \x10\x41\xd3\x4a\xcc\x0d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn names(files: &Value) -> Vec<&str> {
    files.as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn files_go_with_a_return_and_only_those_see_them_who_see_the_return() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
        let reviewer = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
        let other = house.token_for("b1", &[on_unit(Duty::Reporter, "b1")]).await;
        let refused = house.upload(&unit, FILES, "trang.html", b"<script>").await;
        assert_eq!((refused.status.as_u16(), &*refused.problem()), (422, "media-attachment-kind"));
        let brought = ok(&house.upload(&unit, FILES, "biên bản.pdf", PDF).await);
        let again = ok(&house.upload(&unit, FILES, "biên bản.pdf", PDF).await);
        assert_eq!(brought["id"], again["id"], "the same file is kept once");
        let list = ok(&house.get(&unit, FILES).await);
        assert_eq!(names(&list), ["biên bản.pdf"]);
        assert_eq!(
            (&list[0]["size"], &list[0]["media_type"]),
            (&json!(PDF.len()), &json!("application/pdf"))
        );
        assert_eq!((&list[0]["office"], &list[0]["holder"]), (&json!("a1"), &json!("Chị Lan (Phần mềm xã)")));
        // They are the unit's own until it sends.
        let review = format!("{A1}/review");
        assert_eq!(ok(&house.get(&reviewer, &review).await)["files"], json!([]));
        ok(&house.post(&unit, &format!("{A1}/send"), &json!({ "filled": filled(40, 41) })).await);
        let shown = ok(&house.get(&reviewer, &review).await);
        assert_eq!(names(&shown["files"]), ["biên bản.pdf"]);
        let one = format!("{FILES}/{}", brought["id"].as_str().unwrap());
        let given = house.get(&reviewer, &one).await;
        assert_eq!((given.status.as_u16(), &*given.body), (200, PDF));
        assert!(given.header("content-disposition").starts_with("attachment"), "never a page");
        assert_eq!(house.get(&unit, &one).await.status, 200);
        let looks = house.looks().await;
        assert!(looks.contains(&format!("office:xa-a {one}")), "{looks:?}");
        assert!(!looks.iter().any(|l| l.starts_with("office:a1 ")), "{looks:?}");
        // Nobody else: neither by its address nor by that of a return of their own.
        assert_eq!(house.get(&other, FILES).await.problem(), "unit-out-of-reach");
        assert_eq!(house.get(&other, &one).await.problem(), "unit-out-of-reach");
        assert_eq!(house.upload(&other, FILES, "a.pdf", PDF).await.problem(), "unit-out-of-reach");
        assert_eq!(house.delete(&other, &one).await.problem(), "unit-out-of-reach");
        assert_eq!(house.get(&other, &one.replace("/a1/", "/b1/")).await.status, 404);
        ok(&house.delete(&unit, &one).await);
        assert_eq!(house.get(&unit, &one).await.status, 404);
        assert_eq!(house.delete(&unit, &one).await.problem(), "return-file-unknown");
    }
}

#[tokio::test]
async fn files_are_few_pictures_are_written_anew_and_what_was_accepted_keeps_its_own() {
    let house = House::new().await;
    let unit = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
    let reviewer = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    let picture = ok(&house.upload(&unit, FILES, "anh.png", PICTURE).await);
    let one = format!("{FILES}/{}", picture["id"].as_str().unwrap());
    let given = house.get(&unit, &one).await;
    assert!(given.header("content-type").starts_with("image/"), "{}", given.header("content-type"));
    assert!(!given.body.windows(3).any(|w| w == b"Tam"), "where it was taken is gone");
    let damaged = house.upload(&unit, FILES, "anh.jpg", b"khong phai anh").await;
    assert_eq!((damaged.status.as_u16(), &*damaged.problem()), (422, "picture-kind-unknown"));
    for n in 1..5 {
        ok(&house
            .upload(&unit, FILES, &format!("{n}.pdf"), format!("%PDF-1.7\n{n}\n%%EOF\n").as_bytes())
            .await);
    }
    let sixth = house.upload(&unit, FILES, "6.pdf", PDF).await;
    assert_eq!((sixth.status.as_u16(), &*sixth.problem()), (422, "return-files-full"));
    assert_eq!(house.post(&unit, FILES, &json!({})).await.problem(), "api-media-type");
    ok(&house.post(&unit, &format!("{A1}/send"), &json!({ "filled": filled(40, 41) })).await);
    ok(&house.post(&reviewer, &format!("{A1}/accept"), &json!({ "revision": 1 })).await);
    let stays = house.delete(&unit, &one).await;
    assert_eq!((stays.status.as_u16(), &*stays.problem()), (409, "return-file-stays"));
    assert_eq!(ok(&house.get(&unit, FILES).await).as_array().unwrap().len(), 5);
}
