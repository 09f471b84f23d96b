//! `verify` finds what was changed in the register behind the program's back.

use nhipcau_actions::{
    press::add_attachment,
    register::{create, publish, relate, revise, unrelate, withdraw},
};
use nhipcau_domain::register::Relation;
use nhipcau_store::register::Entry;
use nhipcau_testkit::{district, each_database};

use crate::{press::administrator, support::House, tampering::behind_our_back};

/// Entries that were revised, related, put out and taken back.
async fn register(house: &House) {
    let (ws, acting) = (&house.ws, administrator());
    let file = add_attachment(ws, &acting, "Kế hoạch.pdf", b"%PDF-1.7\n%%EOF\n".to_vec()).await.unwrap();
    let mut ids = Vec::new();
    for number in ["1-KH", "2-KH", "3-KH"] {
        let entry = Entry {
            number: number.to_owned(),
            kind: "ke-hoach".to_owned(),
            issuer: "Ban Thường vụ".to_owned(),
            subject: "Thực hiện".to_owned(),
            signed: jiff::civil::date(2021, 7, 12),
            files: vec![file],
            ..Entry::default()
        };
        let record = create(ws, &acting, "Lan", &entry).await.unwrap();
        ids.push((record.id, entry));
    }
    let [(one, entry), (two, _), (three, _)] = &ids[..] else { unreachable!() };
    relate(ws, &acting, "Lan", *two, Relation::Replaces, *one).await.unwrap();
    relate(ws, &acting, "Lan", *three, Relation::BasedOn, *one).await.unwrap();
    unrelate(ws, &acting, "Lan", *three, Relation::BasedOn, *one).await.unwrap();
    for id in [one, two, three] {
        publish(ws, &acting, "Lan", *id).await.unwrap();
    }
    withdraw(ws, &acting, "Lan", *three, "nhầm").await.unwrap();
    let other = Entry { number: "10-KH".to_owned(), ..entry.clone() };
    revise(ws, &acting, "Lan", *one, 2, &other, "gõ nhầm số").await.unwrap();
}

#[tokio::test]
async fn each_part_of_the_register_that_was_tampered_with_is_named() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        register(&house).await;
        house.agrees().await;
        // What is done, how it is undone, what `verify` says was touched, and of which part.
        let changes: [(&'static str, &'static str, &str, &str); 9] = [
            (
                "UPDATE register_document SET subject = 'Khác' WHERE number = '2-KH'",
                "UPDATE register_document SET subject = 'Thực hiện' WHERE number = '2-KH'",
                "document",
                "2-kh",
            ),
            (
                "UPDATE register_document SET status = 'published' WHERE number = '3-KH'",
                "UPDATE register_document SET status = 'withdrawn' WHERE number = '3-KH'",
                "document",
                "status",
            ),
            (
                "UPDATE register_document SET published_at = NULL WHERE number = '3-KH'",
                "UPDATE register_document SET published_at = (SELECT at FROM register_event e WHERE e.document_id = id AND e.act = 'publish') WHERE number = '3-KH'",
                "document",
                "published",
            ),
            (
                "UPDATE register_document SET slug = 'khac' WHERE number = '10-KH'",
                "UPDATE register_document SET slug = '10-kh' WHERE number = '10-KH'",
                "document",
                "address",
            ),
            (
                "UPDATE register_relation SET kind = 'amends'",
                "UPDATE register_relation SET kind = 'replaces'",
                "relation",
                "amends",
            ),
            (
                "UPDATE register_event SET ordinal = 9 WHERE act = 'revise'",
                "UPDATE register_event SET ordinal = 3 WHERE act = 'revise'",
                "document",
                "event 9",
            ),
            (
                "UPDATE register_event SET body = replace(body, '10-KH', '11-KH') WHERE act = 'revise'",
                "UPDATE register_event SET body = replace(body, '11-KH', '10-KH') WHERE act = 'revise'",
                "document",
                "entry",
            ),
            (
                "UPDATE register_event SET office = 'ai-do' WHERE act = 'create'",
                "UPDATE register_event SET office = 'quan-tri' WHERE act = 'create'",
                "document",
                "office",
            ),
            (
                "INSERT INTO register_relation SELECT to_id, 'guides', from_id FROM register_relation",
                "DELETE FROM register_relation WHERE kind = 'guides'",
                "relation",
                "guides",
            ),
        ];
        for (done, undone, what, which) in changes {
            assert!(behind_our_back(database, done).await > 0, "nothing to change: {done}");
            let found = house.differences().await;
            assert!(found.iter().any(|d| d.what == what && d.which.contains(which)), "{done}: {found:?}");
            behind_our_back(database, undone).await;
            house.agrees().await;
        }
        let lost = "DELETE FROM register_file WHERE document_id = (SELECT id FROM register_document WHERE number = '2-KH')";
        assert_eq!(behind_our_back(database, lost).await, 1);
        let found = house.differences().await;
        assert!(found.iter().any(|d| d.what == "document" && d.which.contains("files")), "{found:?}");
    })
    .await;
}
