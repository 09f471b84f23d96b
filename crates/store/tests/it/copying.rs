//! Copies and backups: whole, consistent, and never over something else.

use nhipcau_domain::{
    id::OfficeId,
    office::{Duty, Grant, Posting as OfficePosting, Reach, Role},
    totals::Sums,
};
use nhipcau_store::{
    ApiToken, Attachment, DbKind, DeadlineExtension, DeskIdentity, DeskPasskey, DeskSession, DraftRecord,
    MapRecord, NewContribution, OfficeEvent, Posting, ReturnFile, SearchRecord, Store, StoreError,
    StoredDocument, Target, TotalDelta, Tx, audit::AuditRecord, backup_sqlite, copy_all,
};
use nhipcau_testkit::{TestDatabase, at, district};
use sqlx::{Connection as _, Row as _, SqliteConnection};
use uuid::Uuid;

use crate::support::{accepted, correction, next_id, open};

/// A token, and an answer to a request that had a key.
async fn tokens(tx: &mut Tx, office: &OfficeId, holder: Uuid) {
    let token = ApiToken {
        id: next_id(),
        office: office.clone(),
        holder,
        name: "Phần mềm".to_owned(),
        scopes: "read".to_owned(),
        at: at(2),
        expires: at(9),
        used: Some(jiff::civil::date(2023, 1, 1)),
        ended: None,
    };
    tx.add_api_token("hash", &token).await.expect("token");
    tx.begin_api_answer(token.id, "khoa", "hash", at(2)).await.expect("begins");
    tx.keep_api_answer(token.id, "khoa", 200, b"{}").await.expect("keeps");
}

/// Something in every table.
#[expect(clippy::too_many_lines, reason = "one after the other, as the tables stand")]
async fn fill(store: &Store) {
    let d = district();
    let mut tx = store.write().await.expect("begins");
    tx.bump_change().await.expect("bumps");
    tx.append_tree_events(&d.tree, &"h".into(), at(1)).await.expect("tree");
    tx.append_definitions(&d.definitions, &"h".into(), at(1)).await.expect("definitions");
    tx.remember_file("abc", "một.xlsx", 1, &"h".into(), at(2)).await.expect("file");
    let mut steps: Vec<_> = (0..2500).map(|n| accepted(d.members(&format!("ấp-{n}"), n, n + 1))).collect();
    steps.push(correction(&steps[7], d.members("ấp-7", 8, 9)));
    tx.append_steps(&steps).await.expect("steps");
    let sums = Sums { reported: 1, ..Sums::zero(2) };
    let (period, data_set) = ("nam-1", "dang-vien");
    let row = nhipcau_store::ContributionRow { unit: "a1".into(), kind: "chi-bo".into(), sums: sums.clone() };
    tx.put_contributions(&[NewContribution { period: period.into(), data_set: data_set.into(), row }])
        .await
        .expect("puts");
    let delta = TotalDelta {
        period: period.into(),
        data_set: data_set.into(),
        level: "huyen".into(),
        unit: "h".into(),
        kind: "chi-bo".into(),
        delta: sums,
    };
    tx.add_totals(&[delta]).await.expect("adds");
    let edition = crate::editions::draft();
    tx.insert_edition(&edition).await.expect("edition");
    let act = nhipcau_store::EditionAct {
        id: next_id(),
        edition_id: edition.id,
        ordinal: 1,
        act: "{}".to_owned(),
        office: "h".into(),
        at: at(3),
    };
    tx.append_edition_act(&act).await.expect("act");
    let pinned: Vec<_> = steps.iter().filter_map(|s| s.revision.as_ref()).map(|r| r.id).collect();
    tx.pin_revisions(edition.id, &pinned).await.expect("pins");
    for format in ["pdf", "docx"] {
        let bytes = format.as_bytes().repeat(10_000);
        let (media_type, sha256) = ("x/y".to_owned(), String::new());
        let document = StoredDocument { format: format.to_owned(), media_type, sha256, bytes };
        tx.put_document(edition.id, &document).await.expect("document");
    }
    let scan = Attachment {
        id: next_id(),
        edition_id: edition.id,
        name: "scan".to_owned(),
        media_type: "x/y".to_owned(),
        sha256: String::new(),
        bytes: vec![0, 255],
        office: "h".into(),
        at: at(3),
    };
    tx.add_attachment(&scan).await.expect("attachment");
    crate::comments::fill(&mut tx, edition.id).await;
    tx.add_reviewer_token("one", at(1), at(9)).await.expect("token");
    tx.add_reviewer_token("two", at(1), at(9)).await.expect("token");
    tx.use_reviewer_token("two", "s", at(2)).await.expect("uses");
    tx.log_raw_view(next_id(), at(3), "/", "s").await.expect("logs");
    let extension = DeadlineExtension {
        id: next_id(),
        data_set: data_set.into(),
        period: period.into(),
        unit: "h".into(),
        until_day: jiff::civil::date(2023, 2, 1),
        reason: "bão".to_owned(),
        office: "h".into(),
        at: at(4),
    };
    tx.extend_deadline(&extension).await.expect("extends");
    let draft = DraftRecord {
        key: d.members("a1", 1, 2).key,
        office: "a1".into(),
        copy: String::new(),
        version: 7,
        holder: "Bí thư".to_owned(),
        body: "{}".to_owned(),
        at: at(4),
    };
    tx.add_draft(&draft).await.expect("draft");
    let file = ReturnFile {
        id: next_id(),
        key: draft.key,
        name: "biên bản.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        sha256: String::new(),
        size: 2,
        office: "a1".into(),
        holder: "Bí thư".to_owned(),
        at: at(4),
    };
    tx.add_return_file(&file, &[0, 255]).await.expect("file");
    crate::site::fill(&mut tx).await;
    crate::register::fill(&mut tx).await;
    accounts(&mut tx).await;
    map_and_search(&mut tx).await;
    crate::outbox::fill(&mut tx).await;
    let (seq, before) = tx.take_audit(1).await.expect("takes");
    assert_eq!((seq, before), (1, None));
    let record = AuditRecord {
        seq,
        at: at(4),
        office: "h".into(),
        holder: "Lan".to_owned(),
        what: "returns-accepted".to_owned(),
        subject: "a1".to_owned(),
        body: "{}".to_owned(),
        before: String::new(),
        hash: "h1".to_owned(),
    };
    tx.append_audit(&[record]).await.expect("audit");
    tx.commit().await.expect("commits");
}

/// A map, and an item of the search with a word of it.
async fn map_and_search(tx: &mut Tx) {
    let map = MapRecord {
        id: next_id(),
        from_day: jiff::civil::date(2025, 7, 1),
        note: "sơ đồ".to_owned(),
        sha256: String::new(),
        bytes: vec![0, 255],
        office: "h".into(),
        at: at(4),
    };
    tx.add_map(&map).await.expect("map");
    let item = SearchRecord {
        number: 1,
        kind: "article".to_owned(),
        id: "a".to_owned(),
        href: "/a".to_owned(),
        title: "Mẹ đỡ đầu".to_owned(),
        summary: String::new(),
        words: "me do dau".to_owned(),
        text: String::new(),
        column: String::new(),
        day: "2022-05-18".to_owned(),
        lang: "vi".to_owned(),
        sha256: String::new(),
    };
    tx.put_search_item(&item).await.expect("item");
    let posting = Posting { word: "me".to_owned(), bucket: 0, field: 0, size: 1, docs: vec![1, 0, 255] };
    tx.put_postings(&[posting]).await.expect("posting");
}

/// An office with a holder who signed in.
async fn accounts(tx: &mut Tx) {
    let (office, holder) = ("to-bien-tap".into(), next_id());
    tx.add_office(&office, "Tổ biên tập", at(1)).await.expect("office");
    let grant = Grant { role: Role::Writer, column: None };
    tx.set_grants(&office, &[grant]).await.expect("grants");
    let posting = OfficePosting { duty: Duty::Reporter, reach: Reach::Branch("h".into()) };
    tx.set_postings(&office, &[posting]).await.expect("postings");
    let event = OfficeEvent {
        id: next_id(),
        office: office.clone(),
        act: "opened".to_owned(),
        body: "{}".to_owned(),
        by_office: "h".into(),
        by_holder: String::new(),
        at: at(1),
    };
    tx.add_office_event(&event).await.expect("event");
    tx.add_holder(holder, &office, "Biên tập viên", "0294", at(1)).await.expect("holder");
    tx.add_setup_link("link", holder, at(1), at(9)).await.expect("link");
    tx.enrol_totp(holder, 1, &["code".to_owned()]).await.expect("codes");
    let session = DeskSession {
        id: next_id(),
        holder,
        stage: "in".to_owned(),
        created: at(2),
        seen: at(2),
        proven: at(2),
        device: "Chrome".to_owned(),
        ended: None,
    };
    tx.add_desk_session("secret", &session).await.expect("session");
    tx.add_desk_device("device", holder, at(2)).await.expect("device");
    tx.add_desk_pin("device", holder, "hash", at(2)).await.expect("pin");
    keys(tx, holder).await;
    tokens(tx, &office, holder).await;
}

/// What a holder comes in by beside a password, and a question that waits for its answer.
async fn keys(tx: &mut Tx, holder: Uuid) {
    let key = DeskPasskey {
        id: next_id(),
        holder,
        credential: "id".to_owned(),
        public_key: "cose".to_owned(),
        count: 3,
        portable: true,
        name: "Điện thoại".to_owned(),
        at: at(2),
        used: None,
        ended: None,
    };
    tx.add_passkey(&key).await.expect("passkey");
    let identity = DeskIdentity {
        id: next_id(),
        holder,
        issuer: "https://sso.example".to_owned(),
        subject: "s-1".to_owned(),
        at: at(2),
        used: None,
    };
    tx.add_identity(&identity).await.expect("identity");
    tx.add_challenge("challenge", "key-sign-in", "", "", at(2), at(300)).await.expect("challenge");
}

/// Every row of every table of a file, as text.
async fn contents(file: &std::path::Path) -> Vec<String> {
    let mut conn = SqliteConnection::connect(file.to_str().expect("a path")).await.expect("connects");
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, (SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info(t.name)) \
         FROM sqlite_schema t WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY t.name",
    )
    .fetch_all(&mut conn)
    .await
    .expect("tables");
    let mut lines = Vec::new();
    for (table, row) in tables {
        let sql = format!("SELECT {row} FROM {table} ORDER BY 1");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut conn).await.expect("rows");
        assert!(!rows.is_empty(), "{table} is filled");
        lines.extend(rows.iter().map(|r| format!("{table}: {}", r.get::<String, _>(0))));
    }
    lines
}

#[tokio::test]
async fn there_and_back_again_every_row_is_the_same() {
    let (first, last) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let (TestDatabase::Sqlite { file, .. }, TestDatabase::Sqlite { file: back, .. }) = (&first, &last) else {
        unreachable!()
    };
    let source = open(&first).await;
    fill(&source).await;
    // Without PostgreSQL at least by way of another file.
    let between = TestDatabase::postgres().unwrap_or_else(TestDatabase::sqlite);
    let (middle, target) = (open(&between).await, open(&last).await);
    let mut heard = Vec::new();
    let report = copy_all(&source, &middle, &mut |table, rows| heard.push((table.to_owned(), rows))).await;
    let report = report.expect("copies");
    assert!(report.tables.contains(&("revision".to_owned(), 2501)), "{report:?}");
    assert!(heard.contains(&("revision".to_owned(), 2000)) && heard.contains(&("revision".to_owned(), 2501)));
    assert_eq!(middle.data_version().await.expect("reads"), source.data_version().await.expect("reads"));
    copy_all(&middle, &target, &mut |_, _| {}).await.expect("copies back");
    assert_eq!(contents(file).await, contents(back).await);

    // What was copied goes on as the original would.
    let mut tx = middle.write().await.expect("begins");
    tx.append_tree_events(&district().tree[..1], &"h".into(), at(9)).await.expect("appends");
    tx.append_steps(&[accepted(district().bulletins("xa-a", 1, 2))]).await.expect("appends");
    tx.commit().await.expect("commits");

    let again = copy_all(&source, &middle, &mut |_, _| {}).await;
    assert!(matches!(&again, Err(StoreError::NotEmpty { what }) if what == "tree_event"), "{again:?}");
}

#[tokio::test]
async fn a_copy_into_tables_of_another_version_is_refused() {
    let (from, to) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let source = open(&from).await;
    let bare = Store::open(&crate::support::target(&to)).await.expect("opens");
    let refused = copy_all(&source, &bare, &mut |_, _| {}).await;
    assert!(matches!(refused, Err(StoreError::NotMigrated)), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_others_write_is_one_moment() {
    let database = TestDatabase::sqlite();
    let store = open(&database).await;
    fill(&store).await;
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let writer = {
        let (store, stop) = (store.clone(), stop.clone());
        tokio::spawn(async move {
            let d = district();
            let mut n = 0_i64;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                // A return and the change counter go together or not at all.
                let mut tx = store.write().await.expect("begins");
                tx.bump_change().await.expect("bumps");
                tx.append_steps(&[accepted(d.members(&format!("w{n}"), n, n))]).await.expect("appends");
                tx.commit().await.expect("commits");
                n += 1;
            }
            n
        })
    };
    let folder = tempfile::tempdir().expect("a folder");
    let mut grown = Vec::new();
    for n in 0..5 {
        let file = folder.path().join(format!("backup-{n}.db"));
        backup_sqlite(&store, &file).await.expect("backs up");
        let copy = Store::open(&Target::Sqlite(file.clone())).await.expect("opens");
        copy.check_schema().await.expect("is whole");
        let mut tx = copy.read().await.expect("begins");
        let change = tx.change().await.expect("reads");
        let returns = tx.returns_of(&"dang-vien".into(), &["nam-1".into()]).await.expect("reads").len();
        assert_eq!(i64::try_from(returns).expect("fits"), 2500 + change - 1);
        assert_eq!(tx.foreign_key_problems().await.expect("checks"), Vec::<String>::new());
        grown.push(change);
        let over = backup_sqlite(&store, &file).await;
        assert!(matches!(over, Err(StoreError::NotEmpty { .. })), "{over:?}");
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(writer.await.expect("runs") > 0);
    assert!(grown.is_sorted());
    assert!(
        std::fs::read_dir(folder.path())
            .expect("lists")
            .flatten()
            .all(|f| { !f.file_name().to_string_lossy().ends_with(".partial") })
    );
}

#[tokio::test]
async fn only_a_file_is_backed_up_as_a_file() {
    let Some(database) = TestDatabase::postgres() else { return };
    let store = open(&database).await;
    assert_eq!(store.kind(), DbKind::Postgres);
    let folder = tempfile::tempdir().expect("a folder");
    let refused = backup_sqlite(&store, &folder.path().join("x.db")).await;
    assert!(matches!(refused, Err(StoreError::OnlySqlite)), "{refused:?}");
}
