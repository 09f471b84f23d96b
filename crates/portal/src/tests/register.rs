//! The register of documents as readers meet it: the list, a document, its relations both ways, the feed.

use axum::http::{StatusCode, header::LOCATION};
use jiff::civil::date;
use nhipcau_actions::{press::add_attachment, register};
use nhipcau_domain::{definitions::Directive, office::Acting, register::Relation};
use nhipcau_store::register::Entry;
use uuid::Uuid;

use super::site::Site;

fn acting() -> Acting {
    Acting::at_the_machine("h".into())
}

fn entry(number: &str, kind: &str, subject: &str) -> Entry {
    Entry {
        number: number.to_owned(),
        kind: kind.to_owned(),
        issuer: "Huyện ủy Mẫu".to_owned(),
        subject: subject.to_owned(),
        signed: date(2021, 7, 12),
        ..Entry::default()
    }
}

async fn out(site: &Site, entry: Entry) -> Uuid {
    let ws = &site.workspace;
    let record = register::create(ws, &acting(), "An", &entry).await.unwrap();
    register::publish(ws, &acting(), "An", record.id).await.unwrap();
    record.id
}

/// A directive, a plan that implements it and has a file, and a plan that replaces that one from 2022 on.
async fn filled() -> (Site, Uuid) {
    let site = Site::empty().await;
    let pdf = b"%PDF-1.7\n%%EOF\n".to_vec();
    let file = add_attachment(&site.workspace, &acting(), "Kế hoạch 18.pdf", pdf).await.unwrap();
    let basis = out(&site, entry("05-CT/TW", "chi-thi", "Học tập và làm theo <Bác>")).await;
    let with_file = Entry {
        files: vec![file],
        sent_to: "Các chi bộ".into(),
        ..entry("18-KH/HU", "ke-hoach", "Thực hiện Chỉ thị")
    };
    let plan = out(&site, with_file).await;
    let next = Entry { signed: date(2022, 1, 1), ..entry("27-KH/HU", "ke-hoach", "Năm 2022") };
    let next = out(&site, next).await;
    for (from, relation, to) in [(plan, Relation::Implements, basis), (next, Relation::Replaces, plan)] {
        register::relate(&site.workspace, &acting(), "An", from, relation, to).await.unwrap();
    }
    (site, plan)
}

#[tokio::test]
async fn from_the_list_a_document_leads_to_its_basis_and_back_and_to_its_file() {
    let (site, _) = filled().await;
    let list = site.page("/van-ban").await;
    assert!(list.text().contains("Có 3 văn bản."), "{}", list.text());
    let plan = site.page(&list.link("/van-ban/18-kh-hu")).await;
    for said in [
        "Kế hoạch 18-KH/HU",
        "Hết hiệu lực: đã được thay thế",
        "Ngày ký 12/7/2021",
        "Các chi bộ",
        "(PDF, 1 KB)",
    ] {
        assert!(plan.text().contains(said), "no «{said}» in: {}", plan.text());
    }
    assert!(plan.text().contains("Thực hiện Chỉ thị 05-CT/TW : Học tập"), "{}", plan.text());
    assert!(plan.text().contains("Được thay thế bởi Kế hoạch 27-KH/HU"), "{}", plan.text());
    let basis = site.page(&plan.link("/van-ban/05-ct-tw")).await;
    assert!(basis.text().contains("Được thực hiện bằng Kế hoạch 18-KH/HU"), "{}", basis.text());
    assert!(basis.link("/van-ban/18-kh-hu").ends_with("/van-ban/18-kh-hu"));
    assert_eq!(site.page(&plan.link("/tep/")).await.headers["content-type"], "application/pdf");
}

#[tokio::test]
async fn the_form_narrows_the_list_and_says_what_it_cannot_read() {
    let (site, _) = filled().await;
    let found = async |query: &str| {
        let page = site.page(&format!("/van-ban?{query}")).await;
        assert!(page.body.contains("name=\"robots\" content=\"noindex\""), "{query}");
        let numbers = ["05-ct-tw", "18-kh-hu", "27-kh-hu"];
        let there = numbers.iter().filter(|n| page.body.contains(&format!("/van-ban/{n}\"")));
        there.map(|n| &n[..2]).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("q=hoc+tap").await, "05");
    assert_eq!(found("loai=ke-hoach").await, "18 27");
    assert_eq!(found("nam=2022&co-quan=Huy%E1%BB%87n+%E1%BB%A7y+M%E1%BA%ABu").await, "27");
    assert_eq!(found("hieu-luc=da-thay-the").await, "18");
    assert_eq!(found("q=khong-co").await, "");
    let page = site.page("/van-ban?q=%22%3E%3Cscript%3E&loai=ke-hoach").await;
    assert!(!page.body.contains("<script>") && page.body.contains("value=\"ke-hoach\" selected"));
    for wrong in ["nam=hai", "hieu-luc=x", "trang=x"] {
        assert_eq!(site.get(&format!("/van-ban?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn what_was_withdrawn_is_gone_what_moved_leads_on_and_what_never_was_is_not_found() {
    let (site, plan) = filled().await;
    let ws = &site.workspace;
    let record = register::desk_show(ws, &acting(), plan).await.unwrap().record;
    let other = Entry { number: "81-KH/HU".into(), ..record.entry };
    register::revise(ws, &acting(), "An", plan, record.last_event, &other, "").await.unwrap();
    let moved = site.get("/van-ban/18-kh-hu?lang=en").await;
    assert_eq!(
        (moved.status, moved.headers[LOCATION].to_str().unwrap()),
        (StatusCode::MOVED_PERMANENTLY, "/van-ban/81-kh-hu?lang=en")
    );
    register::withdraw(ws, &acting(), "An", plan, "nhầm").await.unwrap();
    assert_eq!(site.get("/van-ban/81-kh-hu").await.status, StatusCode::GONE);
    assert_eq!(site.get("/van-ban/khong-co").await.status, StatusCode::NOT_FOUND);
    assert!(!site.page("/van-ban").await.body.contains("81-KH"));
    let left = site.page("/van-ban/05-ct-tw").await;
    assert!(!left.body.contains("81-KH"), "its relations name it no more");
}

#[tokio::test]
async fn the_feed_and_the_head_are_well_formed() {
    let (site, _) = filled().await;
    let feed = site.page("/van-ban/rss.xml").await;
    assert_eq!(feed.headers["content-type"], "application/rss+xml; charset=utf-8");
    assert_eq!(feed.body.matches("<item>").count(), 3);
    assert!(feed.body.contains("<guid isPermaLink=\"false\">urn:uuid:"));
    assert!(!feed.body.contains("<Bác>"), "what is text is escaped");
    let head = site.page("/van-ban/05-ct-tw").await.body;
    for said in [
        "<meta name=\"DC.title\" content=\"Chỉ thị 05-CT/TW\">",
        "<meta name=\"DC.creator\" content=\"Huyện ủy Mẫu\">",
        "<meta name=\"DC.date\" content=\"2021-07-12\">",
        "href=\"/van-ban/rss.xml\"",
    ] {
        assert!(head.contains(said), "no {said}");
    }
    assert!(site.page("/van-ban?lang=en").await.text().contains("Documents: 3."));
}

#[tokio::test]
async fn a_figure_that_counts_documents_links_to_each_in_the_register() {
    let mut district = nhipcau_testkit::district();
    let d = &mut district.definitions;
    d.measures[1].id = "documents".into();
    d.elements[2].measure = "documents".into();
    for indicator in d.indicators.iter_mut().filter(|i| i.id.as_str() == "radio.bulletins") {
        indicator.measure = "documents".into();
    }
    let directive = |id: &str, unit: Option<&str>, issued| Directive {
        id: id.to_owned(),
        number: format!("{id}-KH/HU"),
        kind: "Kế hoạch".to_owned(),
        issuer: "Huyện ủy Mẫu".to_owned(),
        unit: unit.map(Into::into),
        issued,
        subject: "Học tập".to_owned(),
        relations: Vec::new(),
    };
    d.directives = vec![
        directive("18", Some("h"), date(2022, 3, 1)),
        directive("19", Some("h"), date(2021, 3, 1)),
        directive("20", None, date(2022, 3, 1)),
    ];
    let site = Site::of(district).await;
    let loaded = register::load_directives(&site.workspace, &acting(), &site.district.definitions).await;
    assert_eq!(loaded.unwrap().created, 3);
    let figure = site.page("/chi-so/radio.bulletins?ky=nam-1").await;
    let links: Vec<_> = figure.links().into_iter().filter(|l| l.contains("/van-ban/")).collect();
    assert_eq!(links, ["/van-ban/18-kh-hu"], "issued in the year, by the scope's own");
}
