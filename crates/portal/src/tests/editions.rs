//! Frozen editions and their files.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use nhipcau_actions::report;

use super::site::Site;

#[tokio::test]
async fn an_edition_that_was_corrected_says_so_at_its_top() {
    let site = Site::reported().await;
    site.freeze().await;
    assert!(!site.page("/bao-cao/ket-qua").await.text().contains("đã được điều chỉnh"));
    site.send(vec![site.district.members("b2", 1_200, 1_300)], "").await;
    assert_eq!(site.freeze().await, 2);
    let first = site.page("/bao-cao/ket-qua/1").await;
    assert!(first.text().contains("Bản này đã được điều chỉnh bằng bản số 2"), "{}", first.text());
    let second = site.page(&first.link("/bao-cao/ket-qua/2")).await.text();
    assert!(second.contains("Bản này điều chỉnh bản số 1"), "{second}");
    let latest = site.page("/bao-cao/ket-qua").await.text();
    assert!(latest.contains("Bản số 2, chốt ngày"), "{latest}");
}

#[tokio::test]
async fn files_are_handed_out_byte_for_byte_under_their_hash() {
    let site = Site::reported().await;
    site.freeze().await;
    let pdf = site.page("/bao-cao/ket-qua/1/tep/pdf").await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(pdf.body.starts_with("%PDF"));
    let name = pdf.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"ket-qua-1.pdf\""), "{name}");
    let etag = pdf.headers["etag"].to_str().unwrap().to_owned();
    let mut tx = site.workspace.store().read().await.unwrap();
    let edition = tx.edition("ket-qua", 1).await.unwrap().unwrap();
    let kept = tx.document(edition.id, "pdf").await.unwrap().unwrap();
    assert_eq!(etag, format!("\"{}\"", kept.sha256));
    let asked = Request::get("/bao-cao/ket-qua/1/tep/pdf").header("if-none-match", &etag);
    let again = site.ask(asked.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for other in ["docx", "annex", "html"] {
        site.page(&format!("/bao-cao/ket-qua/1/tep/{other}")).await;
    }
}

#[tokio::test]
async fn the_raw_annex_is_for_reviewers() {
    let site = Site::reported().await;
    site.freeze().await;
    let path = "/bao-cao/ket-qua/1/tep/annex-raw";
    assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND);
    assert!(!site.page("/bao-cao/ket-qua/1").await.body.contains("annex-raw"));
    let cookie = site.reviewer().await;
    let raw = site.with_cookie(path, &cookie).await;
    assert_eq!(
        (raw.status, &raw.headers["cache-control"]),
        (StatusCode::OK, &"private, no-store".parse().unwrap())
    );
}

#[tokio::test]
async fn the_signed_copy_can_be_taken_away() {
    let site = Site::reported().await;
    site.freeze().await;
    let scan = b"%PDF-1.7 signed".to_vec();
    report::attach(&site.workspace, &"h".into(), "ket-qua", 1, "Bản ký \"số 1\".pdf", scan).await.unwrap();
    let page = site.page("/bao-cao/ket-qua/1").await;
    let copy = site.page(&page.link("/ban-ky/")).await;
    assert_eq!(copy.body, "%PDF-1.7 signed");
    let name = copy.headers["content-disposition"].to_str().unwrap();
    assert!(name.contains("filename=\"B_n_k___s__1_.pdf\"") && name.contains("B%E1%BA%A3n"), "{name}");
    let elsewhere = page.link("/ban-ky/").replace("/ket-qua/1/", "/ket-qua/2/");
    assert_eq!(site.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_is_not_public() {
    let site = Site::reported().await;
    site.freeze().await;
    site.send(vec![site.district.members("a1", 1_031, 1_060)], "Ghi nhầm").await;
    // The correction opened the second edition.
    assert_eq!(site.get("/bao-cao/ket-qua/2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/bao-cao/ket-qua/2/tep/pdf").await.status, StatusCode::NOT_FOUND);
    assert!(!site.page("/bao-cao").await.text().contains("Bản số 2"));
}
