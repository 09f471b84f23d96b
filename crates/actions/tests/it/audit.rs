//! The audit trail: every act that binds is a link of a chain that anyone can check.

use std::collections::BTreeSet;

use jiff::civil::date;
use nhipcau_actions::{
    Workspace,
    access::hex,
    audit::{Asked, NOTHING_BEFORE, PAGE_SIZE, csv_head, csv_line, export, json_line, trail},
    campaign::change_tree,
    powers::{Audit, Over},
    report::attach,
    review::{accept, accept_waiting, exempt, extend_deadline, send_back},
};
use nhipcau_domain::{
    office::{Acting, Duty, Posting, Reach},
    tree::{Change, TreeEvent},
};
use nhipcau_store::audit::AuditRecord;
use nhipcau_testkit::{TestDatabase, district, each_database};
use proptest::{
    collection::vec,
    prelude::any,
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use sha2::{Digest as _, Sha256};

use crate::{
    support::{House, each_house, each_house_of, members_of},
    tampering::behind_our_back,
};

pub async fn records(ws: &Workspace) -> Vec<AuditRecord> {
    let mut tx = ws.store().read().await.expect("reads");
    tx.audit_after(0, None, 10_000).await.expect("reads")
}

/// What was done and to what, since a record.
async fn since(ws: &Workspace, seq: i64) -> Vec<String> {
    let found = records(ws).await.into_iter().filter(|r| r.seq > seq);
    found.map(|r| format!("{} {}", r.what, r.subject).trim().to_owned()).collect()
}

pub fn auditor(ws: &Workspace, reach: Reach) -> Over<Audit> {
    let postings = vec![Posting { duty: Duty::Auditor, reach }];
    let acting = Acting { office: "kiem-tra".into(), grants: Vec::new(), postings };
    Over::<Audit>::held_by(ws, &acting, "Mai").expect("audits")
}

#[tokio::test]
async fn every_act_that_binds_is_on_the_chain_with_its_office_and_holder() {
    let mut district = district();
    crate::editions::add_report(&mut district);
    each_house_of(district, async |house: &House| {
        let (d, ws, h) = (&house.district, &house.ws, &"h".into());
        assert_eq!(since(ws, 0).await, ["tree-changed", "definitions-changed"]);
        house.take(vec![d.members("a1", 40, 41)]).await;
        house.take(vec![d.members("a2", 37, 39), d.members("a3", 29, 31)]).await;
        house.send(vec![d.members("b1", 30, 30), d.members("b2", 51, 53)]).await;
        let hands = &ws.held_by("Đồng chí Lan");
        send_back(hands, h, &[members_of("b1")], "thiếu chữ ký").await.expect("sends back");
        accept(hands, h, &[members_of("b2")]).await.expect("accepts");
        let until = date(2023, 2, 1);
        let (form, period) = (&"dang-vien".into(), &"nam-1".into());
        extend_deadline(hands, h, form, period, &"xa-b".into(), until, "bão").await.expect("extends");
        exempt(hands, h, &[bulletins_of("xa-b")], "chưa có đài").await.expect("excuses");
        assert_eq!(
            since(ws, 2).await,
            [
                "returns-accepted a1",
                "returns-accepted",
                "returns-sent-back b1",
                "returns-accepted b2",
                "deadline-extended xa-b",
                "returns-excused xa-b",
            ]
        );
        let all = records(ws).await;
        assert!(all.iter().skip(4).all(|r| r.holder == "Đồng chí Lan" && r.office.as_str() == "h"));
        assert!(all[4].body.contains("thiếu chữ ký"), "{}", all[4].body);
        assert!(all[3].body.contains(r#""forms":[["dang-vien","nam-1",2]]"#), "{}", all[3].body);
        house.agrees().await;

        let before = all.len();
        house.take(vec![d.members("b1", 30, 30)]).await;
        crate::editions::edition_of(house).await;
        attach(hands, h, "ket-qua", 1, "a.pdf", b"%PDF-1.7".to_vec()).await.expect("attaches");
        assert_eq!(
            since(ws, i64::try_from(before).expect("fits")).await,
            [
                "returns-accepted b1",
                "report-approved ket-qua/1",
                "report-frozen ket-qua/1",
                "report-attached ket-qua/1"
            ]
        );
        let renamed = Change::Rename { unit: "a1".into(), name: "Chi bộ khác".into() };
        change_tree(hands, h, TreeEvent { on: date(2024, 1, 1), change: renamed }).await.expect("renames");
        let last = records(ws).await.pop().expect("a record");
        assert_eq!((last.what.as_str(), last.holder.as_str()), ("tree-changed", "Đồng chí Lan"));
        house.agrees().await;
    })
    .await;
}

fn bulletins_of(unit: &str) -> nhipcau_domain::returns::ReturnKey {
    nhipcau_domain::returns::ReturnKey {
        unit: unit.into(),
        data_set: "phat-thanh".into(),
        period: "thang-01".into(),
    }
}

#[tokio::test]
async fn a_batch_is_one_record_however_many_returns_it_holds() {
    each_house(async |house: &House| {
        let d = &house.district;
        let units = ["a1", "a2", "a3", "b1", "b2"];
        house.send(units.iter().map(|u| d.members(u, 3, 9)).collect()).await;
        let accepted = accept_waiting(&house.ws, &"h".into(), &"dang-vien".into(), &"nam-1".into()).await;
        assert_eq!(accepted.expect("accepts"), 5);
        let last = records(&house.ws).await.pop().expect("a record");
        assert_eq!((last.what.as_str(), last.subject.as_str()), ("returns-accepted", ""));
        assert!(last.body.starts_with("{\"acts\":5,\"sha256\":\""), "{}", last.body);
        house.agrees().await;
        // It is found by each of its units all the same.
        let of = |subject: &str| Asked { subject: subject.to_owned(), ..Asked::default() };
        let power = auditor(&house.ws, Reach::All);
        let found = trail(&house.ws, &power, &of("a3")).await.expect("reads");
        assert_eq!(found.records.iter().map(|r| r.seq).collect::<Vec<_>>(), [last.seq]);
        assert!(trail(&house.ws, &power, &of("xa-a")).await.expect("reads").records.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_auditor_of_a_branch_reads_of_that_branch() {
    each_house(async |house: &House| {
        let d = &house.district;
        for unit in ["a1", "b1"] {
            house.take(vec![d.members(unit, 3, 9)]).await;
        }
        let read = async |power: &Over<Audit>, asked: &Asked| {
            let found = trail(&house.ws, power, asked).await.expect("reads");
            found.records.into_iter().map(|r| format!("{} {}", r.what, r.subject)).collect::<Vec<_>>()
        };
        let (all, some) = (auditor(&house.ws, Reach::All), auditor(&house.ws, Reach::Branch("xa-a".into())));
        assert_eq!(read(&all, &Asked::default()).await.len(), 4);
        assert_eq!(
            read(&some, &Asked::default()).await,
            ["returns-accepted a1", "definitions-changed ", "tree-changed "]
        );
        let of_b = Asked { subject: "b1".to_owned(), ..Asked::default() };
        assert_eq!(read(&some, &of_b).await, Vec::<String>::new());
        let on = |day| Asked { from: Some(day), to: Some(day), ..Asked::default() };
        assert_eq!(read(&all, &on(date(2023, 1, 1))).await.len(), 4);
        assert!(read(&all, &on(date(2023, 1, 2))).await.is_empty());
        let of_office = Asked { office: "x".to_owned(), ..Asked::default() };
        assert!(read(&all, &of_office).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn long_trails_come_in_pages() {
    let database = TestDatabase::sqlite();
    let house = House::on(&database, district()).await;
    for n in 0..70 {
        let until = date(2023, 2, 1);
        let (ws, form, period) = (&house.ws, &"dang-vien".into(), &"nam-1".into());
        extend_deadline(ws, &"h".into(), form, period, &"xa-b".into(), until, &format!("bão {n}"))
            .await
            .expect("extends");
    }
    let power = auditor(&house.ws, Reach::All);
    let first = trail(&house.ws, &power, &Asked::default()).await.expect("reads");
    assert_eq!((first.records.len(), first.older), (PAGE_SIZE as usize, Some(23)));
    assert_eq!(first.head.as_ref().map(|h| h.seq), Some(72));
    let before = first.older;
    let next = trail(&house.ws, &power, &Asked { before, ..Asked::default() }).await.expect("reads");
    assert_eq!((next.records.len(), next.older), (22, None));
}

/// The rule of `docs/audit.md`, by itself: each line is JSON that ends in its own hash; without it the
/// line hashes to it, and names the hash of the line before.
pub fn checked(lines: &[String]) -> Result<(), usize> {
    let mut before = "0".repeat(64);
    for (n, line) in lines.iter().enumerate() {
        let (said, hash) = line.rsplit_once(",\"hash\":\"").ok_or(n)?;
        let hash = hash.strip_suffix("\"}").ok_or(n)?;
        let made = hex(&Sha256::digest(format!("{said}}}").as_bytes()));
        if made != hash || !said.ends_with(&format!(",\"before\":\"{before}\"")) {
            return Err(n);
        }
        hash.clone_into(&mut before);
    }
    Ok(())
}

async fn exported(ws: &Workspace, line: fn(&AuditRecord) -> String) -> Vec<String> {
    let mut tx = ws.store().read().await.expect("reads");
    let mut lines = Vec::new();
    let each = &mut |r: &AuditRecord| {
        lines.push(line(r));
        Ok(())
    };
    export(&mut tx, None, each).await.expect("reads").expect("writes");
    lines
}

#[tokio::test]
async fn what_is_exported_is_checked_by_the_rule_alone() {
    each_house(async |house: &House| {
        let d = &house.district;
        house.send(vec![d.members("a1", 40, 41), d.members("a2", 3, 9)]).await;
        let hands = house.ws.held_by("Chị \"Lan\"\\,\u{1} Đặng\n\u{7f}\u{2028}");
        send_back(&hands, &"h".into(), &[members_of("a1")], "=1+1\tdòng\r\nkhác “ngoặc”")
            .await
            .expect("returns");
        accept(&hands, &"h".into(), &[members_of("a2")]).await.expect("accepts");
        let lines = exported(&house.ws, json_line).await;
        assert_eq!(lines.len(), 4);
        assert_eq!(checked(&lines), Ok(()));
        for (n, line) in lines.iter().enumerate() {
            assert!(!line.contains('\n'), "one record, one line");
            let read: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(read["seq"], n + 1);
            assert_eq!(read["before"] == NOTHING_BEFORE, n == 0);
        }
        let holder: serde_json::Value = serde_json::from_str(&lines[2]).expect("JSON");
        assert_eq!(holder["holder"], hands.holder());
        // Any letter that is changed, any record that is left out, is found where it is.
        for n in 0..lines.len() {
            let mut other = lines.clone();
            other[n] = other[n].replacen("\"office\":\"h\"", "\"office\":\"x\"", 1);
            assert_eq!(checked(&other), Err(n));
            let mut fewer = lines.clone();
            fewer.remove(n);
            assert_eq!(checked(&fewer).is_err(), n + 1 < lines.len());
        }
        let table = exported(&house.ws, csv_line).await;
        assert_eq!(csv_head().split(',').count(), 9);
        assert!(
            table
                .iter()
                .zip(&lines)
                .all(|(t, l)| t.ends_with(&format!("\"{}\"", &l[l.len() - 66..l.len() - 2])))
        );
    })
    .await;
}

#[tokio::test]
async fn a_chain_that_begins_later_pins_what_stood_before() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let d = &house.district;
        house.take(vec![d.members("a1", 40, 41), d.members("a2", 3, 9)]).await;
        // As a database is that an older version of the program wrote.
        behind_our_back(database, "DELETE FROM audit").await;
        behind_our_back(database, "UPDATE meta SET value = 0 WHERE key = 'audit'").await;
        let found = house.differences().await;
        assert!(found.iter().any(|d| d.which == "unrecorded returns-accepted"), "{found:?}");
        house.take(vec![d.members("a3", 29, 31)]).await;
        assert_eq!(since(&house.ws, 0).await, ["genesis", "returns-accepted a3"]);
        house.agrees().await;
        house.take(vec![d.members("b1", 29, 31)]).await;
        house.agrees().await;
        let undo = [
            ("UPDATE tree_event SET office = 'x' WHERE seq = 1", "UPDATE tree_event SET office = 'h' WHERE seq = 1"),
            (
                "UPDATE revision SET explanation = 'khác' WHERE return_id = (SELECT id FROM return_state WHERE unit = 'a2')",
                "UPDATE revision SET explanation = '' WHERE return_id = (SELECT id FROM return_state WHERE unit = 'a2')",
            ),
            (
                "UPDATE revision SET explanation = 'khác' WHERE return_id = (SELECT id FROM return_state WHERE unit = 'b1')",
                "UPDATE revision SET explanation = '' WHERE return_id = (SELECT id FROM return_state WHERE unit = 'b1')",
            ),
        ];
        for (done, undone) in undo {
            assert!(behind_our_back(database, done).await > 0, "{done}");
            let found = house.differences().await;
            assert!(found.iter().any(|d| d.what == "audit"), "{done}: {found:?}");
            behind_our_back(database, undone).await;
            house.agrees().await;
        }
    })
    .await;
}

#[tokio::test]
async fn acts_and_records_that_do_not_tell_the_same_are_named() {
    each_database(async |database| {
        let mut district = district();
        crate::editions::add_report(&mut district);
        let house = House::on(database, district).await;
        crate::editions::publish(&house).await;
        house.agrees().await;
        let changes: [(&'static str, &'static str); 5] = [
            (
                "UPDATE return_act SET office = 'x' WHERE act LIKE '%accept%' AND return_id = (SELECT id FROM return_state WHERE unit = 'a1')",
                "UPDATE return_act SET office = 'h' WHERE office = 'x'",
            ),
            (
                "UPDATE revision SET words = '[[\"kho-khan\",\"x\"]]' WHERE return_id = (SELECT id FROM return_state WHERE unit = 'b1')",
                "UPDATE revision SET words = '' WHERE words <> ''",
            ),
            ("UPDATE edition_act SET office = 'x' WHERE act = 'approved'", "UPDATE edition_act SET office = 'h' WHERE office = 'x'"),
            (
                "UPDATE tree_event SET body = replace(body, 'Chi bộ ấp An 1', 'Chi bộ ấp An 9')",
                "UPDATE tree_event SET body = replace(body, 'Chi bộ ấp An 9', 'Chi bộ ấp An 1')",
            ),
            (
                "UPDATE definition SET body = replace(body, 'Số liệu giả lập', 'Số liệu thật')",
                "UPDATE definition SET body = replace(body, 'Số liệu thật', 'Số liệu giả lập')",
            ),
        ];
        for (done, undone) in changes {
            assert!(behind_our_back(database, done).await > 0, "nothing to change: {done}");
            let found = house.differences().await;
            assert!(found.iter().any(|d| d.what == "audit"), "{done}: {found:?}");
            behind_our_back(database, undone).await;
            house.agrees().await;
        }
    })
    .await;
}

#[tokio::test]
async fn writers_side_by_side_make_one_chain() {
    each_database(async |database| {
        let house = std::sync::Arc::new(House::on(database, district()).await);
        let units = ["a1", "a2", "a3", "b1", "b2"];
        let tasks: Vec<_> = units
            .into_iter()
            .map(|unit| {
                let house = house.clone();
                tokio::spawn(async move { house.take(vec![house.district.members(unit, 3, 9)]).await.len() })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.expect("runs"), 1);
        }
        assert_eq!(records(&house.ws).await.len(), 7);
        house.agrees().await;
    })
    .await;
}

/// Whatever was done, the chain holds; whichever byte of a record is changed then, that record is named.
#[tokio::test]
async fn any_byte_that_is_changed_in_any_record_is_found() {
    let database = TestDatabase::sqlite();
    let TestDatabase::Sqlite { file, .. } = &database else { unreachable!() };
    let house = House::on(&database, district()).await;
    let units = ["a1", "a2", "a3", "b1", "b2"];
    let mut runner = TestRunner::deterministic();
    let acts =
        vec((0..5_u8, 0..5_usize, 0..5_usize, any::<u8>()), 40).new_tree(&mut runner).unwrap().current();
    for (act, from, to, n) in acts {
        let some = || units.iter().take(to + 1).skip(from);
        let keys: Vec<_> = some().map(|u| members_of(u)).collect();
        let ws = house.ws.held_by(["", "Lan", "Bà \"Tư\""][usize::from(n % 3)]);
        let (h, until) = ("h".into(), date(2023, 2, 1));
        // Some are refused: a return that waits for nothing cannot be accepted.
        let _ = match act {
            0 => {
                let sent = some().map(|u| house.district.members(u, i64::from(n % 9), 9)).collect();
                house.send(sent).await;
                Ok(())
            }
            1 => accept(&ws, &h, &keys).await,
            2 => send_back(&ws, &h, &keys, "xem lại").await,
            3 => exempt(&ws, &h, &keys, "mới thành lập").await,
            _ => {
                let (form, period) = ("dang-vien".into(), "nam-1".into());
                extend_deadline(&ws, &h, &form, &period, &"xa-a".into(), until, "bão").await
            }
        };
    }
    let all = records(&house.ws).await;
    let kinds: BTreeSet<&str> = all.iter().map(|r| r.what.as_str()).collect();
    assert!(all.len() > 10 && kinds.len() >= 5, "too little was done: {kinds:?}");
    house.agrees().await;

    let columns = ["office", "holder", "what", "subject", "body", "before", "hash"];
    let changes = vec((any::<usize>(), 0..columns.len(), any::<usize>(), 1..7_u8), 120);
    let changes = changes.new_tree(&mut runner).unwrap().current();
    let mut conn =
        <sqlx::SqliteConnection as sqlx::Connection>::connect(&format!("sqlite:{}", file.display()))
            .await
            .expect("connects");
    let mut tried = 0;
    for (record, column, place, flip) in changes {
        let r = &all[record % all.len()];
        let kept = [r.office.as_str(), &r.holder, &r.what, &r.subject, &r.body, &r.before, &r.hash][column];
        let mut bytes = kept.as_bytes().to_vec();
        let places: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii()).collect();
        let Some(place) = places.get(place.checked_rem(places.len()).unwrap_or(0)) else { continue };
        bytes[*place] ^= flip;
        let Ok(other) = String::from_utf8(bytes) else { continue };
        if other.contains('\0') {
            continue;
        }
        tried += 1;
        let sql = format!("UPDATE audit SET {} = ? WHERE seq = ?", columns[column]);
        let set = async |conn: &mut sqlx::SqliteConnection, to: &str| {
            let query = sqlx::query(sqlx::AssertSqlSafe(sql.clone()));
            query.bind(to.to_owned()).bind(r.seq).execute(conn).await.expect("changes").rows_affected()
        };
        assert_eq!(set(&mut conn, &other).await, 1);
        let found = house.differences().await;
        let name = format!("record {}", r.seq);
        let named = found
            .iter()
            .any(|d| d.what == "audit" && (d.which == name || d.which.starts_with(&format!("{name} "))));
        assert!(named, "{} of {name}: {kept} to {other}: {found:?}", columns[column]);
        set(&mut conn, kept).await;
    }
    assert!(tried > 60, "only {tried} bytes were changed");
    house.agrees().await;
    // Whole records: the last one, and the time of another.
    for (done, undone) in [
        ("UPDATE audit SET at = at + 1 WHERE seq = 3", "UPDATE audit SET at = at - 1 WHERE seq = 3"),
        (
            "UPDATE meta SET value = value + 1 WHERE key = 'audit'",
            "UPDATE meta SET value = value - 1 WHERE key = 'audit'",
        ),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", ""),
    ] {
        assert_eq!(behind_our_back(&database, done).await, 1);
        assert!(house.differences().await.iter().any(|d| d.what == "audit"), "{done}");
        if !undone.is_empty() {
            behind_our_back(&database, undone).await;
        }
    }
}
