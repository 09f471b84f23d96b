//! The register of documents comes back as it was kept, is found as people ask, and refuses what clashes.

use jiff::civil::date;
use nhipcau_domain::register::{EntryAct, EntryStatus, Relation};
use nhipcau_store::{
    StoreError, Tx,
    register::{DocumentRecord, Entry, RegisterEvent, RegisterFilter},
    site::{MediaRecord, NewRendition},
};
use nhipcau_testkit::at;
use uuid::Uuid;

use crate::support::{each_store, next_id};

fn document(number: &str, status: EntryStatus) -> DocumentRecord {
    let entry = Entry {
        number: number.to_owned(),
        kind: "ke-hoach".to_owned(),
        issuer: "Huyện ủy".to_owned(),
        subject: "Học tập chuyên đề".to_owned(),
        signed: date(2021, 7, 12),
        effective: Some(date(2021, 8, 1)),
        ..Entry::default()
    };
    DocumentRecord {
        id: next_id(),
        key: Some(format!("c/{number}")),
        slug: number.to_lowercase(),
        loaded: Some(entry.clone()),
        entry,
        status,
        last_event: 1,
        published_at: (status == EntryStatus::Published).then(|| at(5)),
        office: "van-thu".into(),
        at: at(1),
        changed_at: at(5),
    }
}

fn words(d: &DocumentRecord) -> String {
    format!(" {} hoc tap chuyen de", d.slug)
}

async fn add(tx: &mut Tx, d: &DocumentRecord) {
    tx.add_register_document(d, &words(d)).await.expect("adds");
}

async fn file(tx: &mut Tx) -> Uuid {
    let media = MediaRecord {
        id: next_id(),
        kind: "attachment".to_owned(),
        name: "ke-hoach.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        sha256: String::new(),
        size: 1,
        width: 0,
        height: 0,
        alt: String::new(),
        caption: String::new(),
        credit: String::new(),
        office: "van-thu".into(),
        at: at(1),
    };
    let bytes = NewRendition {
        name: media.name.clone(),
        media_type: media.media_type.clone(),
        sha256: String::new(),
        width: 0,
        height: 0,
        bytes: vec![1],
    };
    tx.add_media(&media, &[bytes]).await.expect("media");
    media.id
}

/// Something in each of the register's tables.
pub async fn fill(tx: &mut Tx) {
    let (mut one, two) =
        (document("18-KH/HU", EntryStatus::Published), document("05-CT/TW", EntryStatus::Draft));
    one.entry.files = vec![file(tx).await];
    add(tx, &one).await;
    add(tx, &two).await;
    tx.add_register_relation(one.id, Relation::BasedOn, two.id).await.expect("relates");
    let event = RegisterEvent {
        document: one.id,
        ordinal: 1,
        act: EntryAct::Create,
        body: "{}".to_owned(),
        reason: String::new(),
        office: "van-thu".into(),
        holder: "An".to_owned(),
        at: at(1),
    };
    tx.append_register_event(&event).await.expect("event");
}

#[tokio::test]
async fn a_document_comes_back_as_it_was_kept() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        tx.lock_register().await.expect("locks");
        let mut one = document("18-KH/HU", EntryStatus::Published);
        one.entry.files = vec![file(&mut tx).await, file(&mut tx).await];
        one.entry.files.reverse();
        add(&mut tx, &one).await;
        assert_eq!(tx.register_document(one.id).await.expect("reads").as_ref(), Some(&one));
        assert_eq!(tx.register_files(one.id).await.expect("reads"), one.entry.files);
        one.entry.subject = "Khác".to_owned();
        one.entry.expires = Some(date(2030, 1, 1));
        one.entry.files.truncate(1);
        one.status = EntryStatus::Withdrawn;
        tx.change_register_document(&one, &words(&one)).await.expect("changes");
        assert_eq!(tx.register_document_by_slug(&one.slug).await.expect("reads").as_ref(), Some(&one));
        assert_eq!(tx.register_document_by_key("c/18-KH/HU").await.expect("reads").as_ref(), Some(&one));
        assert_eq!(tx.register_document_like(&one.entry).await.expect("reads").as_ref(), Some(&one));
        assert_eq!(tx.register_files(one.id).await.expect("reads"), one.entry.files);
        let nobody = document("x", EntryStatus::Draft);
        let refused = tx.change_register_document(&nobody, "").await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
        let mut same = document("18-KH/HU", EntryStatus::Draft);
        (same.key, same.slug) = (None, "other".to_owned());
        let refused = tx.add_register_document(&same, "").await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_served_while_a_document_that_has_it_is_out() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let mut one = document("18-KH/HU", EntryStatus::Draft);
        let media = file(&mut tx).await;
        one.entry.files = vec![media];
        add(&mut tx, &one).await;
        for (status, out) in
            [(EntryStatus::Draft, false), (EntryStatus::Published, true), (EntryStatus::Withdrawn, false)]
        {
            one.status = status;
            tx.change_register_document(&one, "").await.expect("changes");
            assert_eq!(tx.media_is_out(media).await.expect("asks"), out, "{status:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_is_narrowed_by_everything_that_is_asked() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        for (n, status) in [(1, EntryStatus::Published), (2, EntryStatus::Published), (3, EntryStatus::Draft)]
        {
            let mut d = document(&format!("{n}-KH/HU"), status);
            d.entry.signed = date(2020 + n, 12, 31);
            d.entry.campaign = if n == 1 { "c".to_owned() } else { String::new() };
            d.entry.issuer = format!("Xã {n}");
            add(&mut tx, &d).await;
        }
        let all = RegisterFilter::default();
        let out = RegisterFilter { status: Some(EntryStatus::Published), ..all.clone() };
        let word = |w: &str| RegisterFilter { words: vec![w.to_owned()], ..all.clone() };
        let cases = [
            (all.clone(), "3 2 1"),
            (out.clone(), "2 1"),
            (RegisterFilter { year: Some(2022), ..out }, "2"),
            (RegisterFilter { campaign: "c".to_owned(), ..all.clone() }, "1"),
            (RegisterFilter { issuer: "Xã 3".to_owned(), ..all.clone() }, "3"),
            (RegisterFilter { kind: "chi-thi".to_owned(), ..all.clone() }, ""),
            (word("chuy"), "3 2 1"),
            (word("huyen"), ""),
            (word("2"), "2"),
            // Nothing that is typed is a pattern.
            (word("%2_"), "2"),
            (word("%"), "3 2 1"),
        ];
        for (filter, expected) in cases {
            let found = tx.register_documents(&filter, 10, 0).await.expect("lists");
            let numbers: Vec<_> = found.iter().map(|d| &d.entry.number[..1]).collect();
            assert_eq!(numbers.join(" "), expected, "{filter:?}");
            let count = tx.count_register_documents(&filter).await.expect("counts");
            assert_eq!(count as usize, found.len(), "{filter:?}");
        }
        let second = tx.register_documents(&all, 1, 1).await.expect("lists");
        assert_eq!(second[0].entry.number, "2-KH/HU");
        let facets = tx.register_facets(Some(EntryStatus::Published)).await.expect("facets");
        assert_eq!(
            (facets.years, facets.issuers.len(), facets.kinds),
            (vec![2022, 2021], 2, vec!["ke-hoach".to_owned()])
        );
        assert_eq!(tx.latest_register_documents(5).await.expect("lists").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_relation_is_read_from_both_ends_and_only_what_is_out_touches() {
    each_store(async |store| {
        let mut tx = store.write().await.expect("begins");
        let (old, mut new) = (document("1-KH", EntryStatus::Published), document("2-KH", EntryStatus::Draft));
        add(&mut tx, &old).await;
        add(&mut tx, &new).await;
        tx.add_register_relation(new.id, Relation::Replaces, old.id).await.expect("relates");
        let ends = |found: Vec<(Relation, DocumentRecord)>| {
            found.into_iter().map(|(r, d)| (r, d.id)).collect::<Vec<_>>()
        };
        let onward = ends(tx.register_related(new.id, false).await.expect("reads"));
        let back = ends(tx.register_related(old.id, true).await.expect("reads"));
        assert_eq!((onward, back), (vec![(Relation::Replaces, old.id)], vec![(Relation::Replaces, new.id)]));
        assert_eq!(tx.register_touches().await.expect("reads"), []);
        new.status = EntryStatus::Published;
        tx.change_register_document(&new, "").await.expect("changes");
        let touched = [(old.id, Relation::Replaces, date(2021, 8, 1))];
        assert_eq!(tx.register_touches().await.expect("reads"), touched);
        assert_eq!(tx.register_relations().await.expect("reads").len(), 1);
        assert!(tx.drop_register_relation(new.id, Relation::Replaces, old.id).await.expect("drops"));
        assert!(!tx.drop_register_relation(new.id, Relation::Replaces, old.id).await.expect("asks"));
    })
    .await;
}
