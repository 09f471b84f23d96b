//! Reports: draft, approved, frozen; corrected by the next edition; the same bytes everywhere.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use jiff::civil::date;
use nhipcau_actions::{
    basis::TreeDay,
    report::{Edition, FORMATS, Request, approve, attach, draft, editions, freeze},
    review::extend_deadline,
};
use nhipcau_documents::{chart::Chart, model::Block};
use nhipcau_domain::returns::Act;
use nhipcau_store::{EditionStatus, StoredDocument};
use nhipcau_testkit::{District, TestDatabase, district};

use crate::support::{House, each_house_of, members_of, refusal};

pub const REPORT: &str = "ket-qua";

/// Gives the district a report of its two figures.
pub fn add_report(district: &mut District) {
    let template = r#"+++
kind = "BÁO CÁO"
subject = "kết quả đăng ký làm theo"
number = "-BC/HU"
place = "Huyện Mẫu"

[issuer]
parent = "TỈNH ỦY MẪU"
name = "HUYỆN ỦY MẪU"
+++

{{ notice }}

Có {{ members.registered }} đảng viên đăng ký ({{ members.registered | fraction }}), dựa trên {{ members.registered | coverage }} báo cáo.
Phát {{ radio.bulletins }} bản tin.

{{ table communes: members.registered }}

{{ missing units }}

{{ differences }}
"#;
    district.definitions.reports.insert(REPORT.into(), template.into());
}

pub fn with_report() -> District {
    let mut district = district();
    add_report(&mut district);
    district
}

pub fn request() -> Request {
    let date = date(2023, 1, 15);
    Request {
        report: REPORT.into(),
        period: "nam-1".into(),
        tree: TreeDay::Then,
        date,
        number: Some("15-BC/HU".into()),
    }
}

pub async fn all_report(house: &House) {
    let d = &house.district;
    let cells = [("a1", 40, 41), ("a2", 37, 39), ("a3", 29, 31), ("b1", 30, 30), ("b2", 51, 53)];
    let cells = cells.map(|(unit, n, total)| d.members(unit, n, total));
    house.take(cells.into_iter().chain([d.bulletins("xa-a", 1, 12)]).collect()).await;
}

/// Reports come in, and the first edition is frozen.
pub async fn publish(house: &House) -> Edition {
    all_report(house).await;
    edition_of(house).await
}

pub async fn edition_of(house: &House) -> Edition {
    let number = draft(&house.ws, &"h".into(), &request()).await.expect("drafts").record.number;
    approve(&house.ws, &"h".into(), REPORT, number).await.expect("approves");
    freeze(&house.ws, &"h".into(), REPORT, number).await.expect("freezes")
}

pub async fn documents(house: &House, edition: &Edition) -> Vec<StoredDocument> {
    let mut tx = house.ws.store().read().await.expect("reads");
    let mut found = Vec::new();
    for (format, ..) in FORMATS {
        found.push(tx.document(edition.record.id, format).await.expect("reads").expect(format));
    }
    found
}

pub fn html(documents: &[StoredDocument]) -> String {
    let page = documents.iter().find(|d| d.format == "html").expect("a page");
    String::from_utf8(page.bytes.clone()).expect("text")
}

/// Every cell of a workbook.
pub fn cells_of(documents: &[StoredDocument], format: &str) -> Vec<String> {
    let book = documents.iter().find(|d| d.format == format).expect("an annex");
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(book.bytes.clone())).expect("a workbook");
    let sheets = book.worksheets();
    sheets
        .iter()
        .flat_map(|(_, range)| range.cells().map(|(_, _, c)| c.to_string()).collect::<Vec<_>>())
        .collect()
}

#[tokio::test]
async fn a_report_is_drafted_approved_and_frozen_in_this_order() {
    each_house_of(with_report(), async |house| {
        all_report(house).await;
        let office = "h".into();
        assert_eq!(refusal(approve(&house.ws, &office, REPORT, 1).await).id, "edition-unknown");
        let drafted = draft(&house.ws, &office, &request()).await.expect("drafts");
        assert_eq!((drafted.record.number, drafted.record.status), (1, EditionStatus::Draft));
        assert_eq!(refusal(freeze(&house.ws, &office, REPORT, 1).await).id, "edition-not-approved");
        assert_eq!(
            refusal(attach(&house.ws, &office, REPORT, 1, "a.pdf", b"%PDF-1.7".to_vec()).await).id,
            "edition-not-frozen"
        );
        approve(&house.ws, &office, REPORT, 1).await.expect("approves");
        assert_eq!(refusal(approve(&house.ws, &office, REPORT, 1).await).id, "edition-not-a-draft");
        let frozen = freeze(&house.ws, &office, REPORT, 1).await.expect("freezes");
        assert_eq!(refusal(freeze(&house.ws, &office, REPORT, 1).await).id, "edition-not-approved");
        let page = html(&documents(house, &frozen).await);
        assert!(page.contains("187/194"), "{page}");
        assert!(page.contains("5/5"), "{page}");
        let mut tx = house.ws.store().read().await.expect("reads");
        let held =
            tx.returns(&[members_of("a1")]).await.expect("reads").remove(&members_of("a1")).expect("held");
        assert!(held.state.locked);
        let last = tx.acts_of(held.id).await.expect("reads").pop().expect("acts");
        assert_eq!(last.act, Act::Lock { edition: "ket-qua/1".into() });
        let acts = tx.edition_acts(frozen.record.id).await.expect("reads");
        assert_eq!(
            acts.iter().map(|a| a.act.as_str()).collect::<Vec<_>>(),
            ["drafted", "approved", "frozen"]
        );
        drop(tx);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn freezing_is_refused_after_an_input_changed() {
    each_house_of(with_report(), async |house| {
        all_report(house).await;
        draft(&house.ws, &"h".into(), &request()).await.expect("drafts");
        approve(&house.ws, &"h".into(), REPORT, 1).await.expect("approves");
        house.correct(house.district.members("a1", 41, 41), "đếm lại").await;
        assert_eq!(refusal(freeze(&house.ws, &"h".into(), REPORT, 1).await).id, "edition-inputs-changed");
        // Drafted anew it takes the correction up, under the same number.
        let frozen = edition_of(house).await;
        assert_eq!(frozen.record.number, 1);
        assert!(html(&documents(house, &frozen).await).contains("188/194"));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_correction_to_a_locked_return_opens_the_second_edition_with_its_differences() {
    each_house_of(with_report(), async |house| {
        let first = publish(house).await;
        let before = documents(house, &first).await;
        house.correct(house.district.members("a1", 41, 41), "bỏ sót khi đếm").await;
        house.correct(house.district.members("a2", 38, 39), "ghi nhầm ở chi bộ").await;
        let mut tx = house.ws.store().read().await.expect("reads");
        let all = editions(&mut tx, REPORT).await.expect("editions");
        drop(tx);
        let standing: Vec<(u32, EditionStatus)> = all.iter().map(|e| (e.number, e.status)).collect();
        assert_eq!(
            standing,
            [(1, EditionStatus::Frozen), (2, EditionStatus::Draft)],
            "one edition takes both up"
        );

        let second = edition_of(house).await;
        assert_eq!(second.record.number, 2);
        let page = html(&documents(house, &second).await);
        assert!(page.contains("Bản số 2 thay thế bản số 1"), "{page}");
        assert!(page.contains("bỏ sót khi đếm") && page.contains("ghi nhầm ở chi bộ"), "{page}");
        assert!(page.contains("187/194") && page.contains("189/194"), "{page}");
        assert_eq!(documents(house, &first).await, before, "the first edition stays as it was");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_waits_does_not_open_an_edition() {
    each_house_of(with_report(), async |house| {
        publish(house).await;
        let mode = nhipcau_actions::returns::Mode { reason: "đếm lại".into(), ..Default::default() };
        house.submit(vec![house.district.members("a1", 41, 41)], mode).await;
        let mut tx = house.ws.store().read().await.expect("reads");
        assert_eq!(editions(&mut tx, REPORT).await.expect("editions").len(), 1);
        drop(tx);
        nhipcau_actions::review::accept(&house.ws, &"h".into(), &[members_of("a1")]).await.expect("accepts");
        let mut tx = house.ws.store().read().await.expect("reads");
        let all = editions(&mut tx, REPORT).await.expect("editions");
        let acts = tx.edition_acts(all[1].id).await.expect("reads");
        assert_eq!(acts[0].act, "opened by a correction: đếm lại");
    })
    .await;
}

#[tokio::test]
async fn the_scan_of_the_signed_copy_is_attached() {
    each_house_of(with_report(), async |house| {
        let edition = publish(house).await;
        let scan = b"%PDF-1.7 scan".to_vec();
        attach(&house.ws, &"h".into(), REPORT, 1, "ban-ky.pdf", scan.clone()).await.expect("attaches");
        let not = attach(&house.ws, &"h".into(), REPORT, 1, "virus.exe", b"MZ".to_vec()).await;
        assert_eq!(refusal(not).id, "attachment-kind");
        let mut tx = house.ws.store().read().await.expect("reads");
        let all = tx.attachments(edition.record.id).await.expect("reads");
        let kept = tx.attachment(all[0].id).await.expect("reads").expect("kept");
        assert_eq!((all.len(), kept.name.as_str(), kept.bytes), (1, "ban-ky.pdf", scan));
    })
    .await;
}

#[tokio::test]
async fn the_same_records_give_the_same_bytes_on_both_databases() {
    let mut written: Vec<(String, Vec<StoredDocument>, String)> = Vec::new();
    for database in [Some(TestDatabase::sqlite()), TestDatabase::postgres()].into_iter().flatten() {
        let house = House::on(&database, with_report()).await;
        publish(&house).await;
        house.correct(house.district.members("a1", 41, 41), "đếm lại").await;
        let second = edition_of(&house).await;
        let all = documents(&house, &second).await;
        for d in &all {
            assert!(!d.bytes.is_empty());
        }
        written.push((database.name().to_owned(), all, second.record.input_hash));
    }
    let (_, first, hash) = &written[0];
    for (name, other, other_hash) in &written[1..] {
        assert_eq!(hash, other_hash);
        for (a, b) in first.iter().zip(other) {
            assert!(a.bytes == b.bytes, "{} differs on {name}", a.format);
        }
    }
}

#[tokio::test]
async fn small_counts_never_reach_a_public_document_or_annex() {
    each_house_of(with_report(), async |house| {
        let d = &house.district;
        // Of 83 members of a2 all but three registered: 80 and 83 give those three away.
        let cells = [("a1", 40, 71), ("a2", 80, 83), ("a3", 29, 61), ("b1", 33, 64), ("b2", 51, 97)];
        house.take(cells.iter().map(|(unit, n, total)| d.members(unit, *n, *total)).collect()).await;
        let documents = documents(house, &edition_of(house).await).await;
        let raw = cells_of(&documents, "annex-raw");
        assert!(
            raw.contains(&"80".to_owned()) && raw.contains(&"83".to_owned()),
            "the reviewers' annex shows them"
        );
        let public = cells_of(&documents, "annex");
        for hidden in ["80", "83"] {
            assert!(!public.contains(&hidden.to_owned()), "{hidden} stands in the public annex");
        }
        // Nor by subtraction: of xa-a, at most one of its cells is left open beside its total.
        let shown = |unit: &str| {
            let (_, n, total) = cells.iter().find(|(u, ..)| *u == unit).expect("a cell");
            public.contains(&n.to_string()) && public.contains(&total.to_string())
        };
        assert!(!(shown("a1") && shown("a3")), "both others are shown, and so is their total");
        let page = html(&documents);
        assert!(!page.contains("80/83"), "{page}");
        assert!(page.contains("233/376"), "the district's total is open: {page}");
    })
    .await;
}

#[tokio::test]
async fn an_english_template_gives_english_words_and_points() {
    let mut district = with_report();
    let english = district.definitions.reports[REPORT]
        .replacen("+++\n", "+++\nlanguage = \"en\"\n", 1)
        .replace("{{ missing units }}", "{{ missing units }}\n\n{{ chart coverage }}");
    district.definitions.reports.insert(REPORT.into(), english);
    each_house_of(district, async |house| {
        let d = &house.district;
        let cells = [("a1", 40, 41), ("a2", 37, 39), ("a3", 29, 31), ("b1", 30, 30)];
        let cells = cells.map(|(unit, n, total)| d.members(unit, n, total));
        house.take(cells.into_iter().chain([d.bulletins("xa-a", 1, 3_342_863)]).collect()).await;
        let frozen = edition_of(house).await;
        let page = html(&documents(house, &frozen).await);
        for said in ["96.4%", "136/141", "3,342,863", "not sent", "15 January 2023"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(page.contains("Huyện Mẫu</a></th>"), "the last row is the scope's own: {page}");
        for left in ["96,4%", "3.342.863", "chưa gửi", "Tiến độ", "Toàn huyện", "ngày 15"] {
            assert!(!page.contains(left), "{left}: {page}");
        }
        assert_eq!(frozen.body.annex.language, "en");
        assert!(frozen.body.annex.missing.iter().all(|m| m.status == "not sent"));
    })
    .await;
}

#[tokio::test]
async fn the_chart_of_how_returns_came_in_has_the_later_deadline() {
    let mut district = with_report();
    let charted = district.definitions.reports[REPORT].replace("{{ missing units }}", "{{ chart coverage }}");
    district.definitions.reports.insert(REPORT.into(), charted);
    each_house_of(district, async |house| {
        all_report(house).await;
        let deadline = async || {
            let drafted = draft(&house.ws, &"h".into(), &request()).await.expect("drafts");
            drafted.body.document.blocks.iter().find_map(|block| match block {
                Block::Chart(Chart::Coverage(chart)) => chart.deadline,
                _ => None,
            })
        };
        assert_eq!(
            deadline().await,
            Some(date(2023, 1, 5)),
            "five days after the last month: of the form with most returns"
        );
        let until = date(2023, 2, 10);
        let (form, month) = ("phat-thanh".into(), "thang-12".into());
        extend_deadline(&house.ws, &"h".into(), &form, &month, &"xa-b".into(), until, "mưa bão")
            .await
            .expect("extends");
        assert_eq!(deadline().await, Some(until), "the last who may still report");
    })
    .await;
}
