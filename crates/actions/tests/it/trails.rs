//! What the audit trail gives away, what reading it costs, and that older chains still hold.

use std::collections::BTreeMap;

use nhipcau_actions::{
    Workspace,
    access::hex,
    audit::{Asked, Export, NOTHING_BEFORE, hash, json_line, trail},
    review::accept,
};
use nhipcau_domain::{
    office::Reach,
    returns::{ReturnKey, Submission},
};
use nhipcau_store::{Tx, audit::AuditRecord};
use nhipcau_testkit::{TestDatabase, at, district, each_database};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    audit::{auditor, checked, records},
    editions::{add_report, publish},
    support::{House, each_house, each_house_of, members_of},
    tampering::behind_our_back,
};

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The hash that a revision had in the chain before there was salt: whoever guesses its numbers has it.
fn guessed(s: &Submission) -> String {
    let names: Vec<&str> = s.entries.iter().map(|e| e.element.as_str()).collect();
    let values: Vec<String> =
        s.entries.iter().map(|e| e.value.number().expect("a number").to_string()).collect();
    sha256(&format!("{}\n[{}]\n\n", json!(names), values.join(",")))
}

async fn revision(tx: &mut Tx, key: &ReturnKey) -> (String, Submission) {
    let held = tx.returns(std::slice::from_ref(key)).await.expect("reads");
    let found = tx.revision(held[key].id, 1).await.expect("reads").expect("a revision");
    (found.id.to_string(), found.submission)
}

#[tokio::test]
async fn small_counts_cannot_be_guessed_from_the_trail() {
    let mut district = district();
    add_report(&mut district);
    each_house_of(district, async |house: &House| {
        let edition = publish(house).await;
        let all: Vec<String> = records(&house.ws).await.iter().map(json_line).collect();
        let all = all.join("\n");
        let mut tx = house.ws.store().read().await.expect("reads");
        for unit in ["a1", "b1"] {
            let (id, submission) = revision(&mut tx, &members_of(unit)).await;
            assert!(!all.contains(&guessed(&submission)), "{unit}: {all}");
            assert!(!all.contains(&id) && !all.contains(&id.replace('-', "")), "the salt is told: {all}");
        }
        let raw = tx.document(edition.record.id, "annex-raw").await.expect("reads").expect("an annex");
        assert!(!all.contains(&raw.sha256) && !all.contains(&sha256(&edition.record.body)), "{all}");
        assert!(!all.contains(&edition.record.salt), "the salt is told: {all}");
        // What everybody has is held against the chain by its hash.
        let pdf = tx.document(edition.record.id, "pdf").await.expect("reads").expect("a document");
        assert!(all.contains(&format!("pdf {}", pdf.sha256)), "{all}");
        drop(tx);
        house.agrees().await;
    })
    .await;
}

/// The chain as the program wrote it before hashes were salted, large batches by their hash only; and the
/// lines of its acts, by what was done, as a first record pins them that was written after them.
async fn as_it_was(ws: &Workspace) -> (Vec<AuditRecord>, BTreeMap<String, Vec<String>>) {
    let (mut all, mut pins) = (records(ws).await, BTreeMap::<String, Vec<String>>::new());
    let mut tx = ws.store().read().await.expect("reads");
    let mut before = NOTHING_BEFORE.to_owned();
    for r in &mut all {
        let mut body: Value = serde_json::from_str(&r.body).expect("JSON");
        let mut lines = Vec::new();
        for line in body["of"].as_array_mut().expect("few enough to be listed") {
            let [first, second, third] =
                [0_usize, 1, 2].map(|n| line[n].as_str().unwrap_or_default().to_owned());
            if r.what.starts_with("returns-") {
                let (data_set, period, unit) = (first.into(), second.into(), third.into());
                let key = ReturnKey { unit, data_set, period };
                line[4] = guessed(&revision(&mut tx, &key).await.1).into();
            } else if r.what == "report-frozen" {
                let edition = tx.edition(&first, 1).await.expect("reads").expect("an edition");
                let raw = tx.document(edition.id, "annex-raw").await.expect("reads").expect("an annex");
                for hash in line[4].as_array_mut().expect("hashes") {
                    *hash = match hash.as_str().and_then(|h| h.split_once(' ')) {
                        Some(("body", _)) => format!("body {}", sha256(&edition.body)).into(),
                        Some(("annex-raw", _)) => format!("annex-raw {}", raw.sha256).into(),
                        _ => continue,
                    };
                }
            }
            lines.push(line.to_string());
            let pinned = format!("{} {} {line}", r.at.as_microsecond(), r.office);
            pins.entry(r.what.clone()).or_default().push(pinned);
        }
        body["sha256"] = of_lines(&mut lines).into();
        if r.what.starts_with("returns-") && lines.len() > 1 {
            body.as_object_mut().expect("an object").remove("of");
        }
        r.body = body.to_string();
        r.before = std::mem::take(&mut before);
        r.hash = hash(r);
        r.hash.clone_into(&mut before);
    }
    (all, pins)
}

fn of_lines(lines: &mut [String]) -> String {
    lines.sort_unstable();
    sha256(&lines.iter().fold(String::new(), |all, line| all + line + "\n"))
}

/// Puts another chain in the place of the one that stands there.
async fn put(database: &TestDatabase, ws: &Workspace, chain: &[AuditRecord]) {
    behind_our_back(database, "DELETE FROM audit").await;
    behind_our_back(database, "UPDATE meta SET value = 0 WHERE key = 'audit'").await;
    let mut tx = ws.store().write().await.expect("begins");
    tx.take_audit(u32::try_from(chain.len()).expect("fits")).await.expect("takes");
    tx.append_audit(chain).await.expect("appends");
    tx.commit().await.expect("commits");
}

#[tokio::test]
async fn chains_from_before_hashes_were_salted_still_agree() {
    each_database(async |database| {
        let mut district = district();
        add_report(&mut district);
        let house = House::on(database, district).await;
        publish(&house).await;
        let (old, mut pins) = as_it_was(&house.ws).await;
        let genesis: BTreeMap<_, _> = pins
            .iter_mut()
            .map(|(what, lines)| (what, json!({ "acts": lines.len(), "sha256": of_lines(lines) })))
            .collect();
        let mut genesis = AuditRecord {
            seq: 1,
            at: at(0),
            office: "h".into(),
            holder: String::new(),
            what: "genesis".to_owned(),
            subject: String::new(),
            body: json!({ "acts": genesis }).to_string(),
            before: NOTHING_BEFORE.to_owned(),
            hash: String::new(),
        };
        genesis.hash = hash(&genesis);
        for chain in [std::slice::from_ref(&genesis), &old[..]] {
            put(database, &house.ws, chain).await;
            house.agrees().await;
            let done = "UPDATE revision SET explanation = 'khác' \
                        WHERE return_id = (SELECT id FROM return_state WHERE unit = 'b1')";
            assert!(behind_our_back(database, done).await > 0);
            assert!(house.differences().await.iter().any(|d| d.what == "audit"));
            behind_our_back(database, "UPDATE revision SET explanation = '' WHERE explanation = 'khác'")
                .await;
            house.agrees().await;
        }
        // It goes on with salt.
        house.correct(house.district.members("a1", 39, 41), "đếm lại").await;
        let last = records(&house.ws).await.pop().expect("a record");
        assert_eq!((last.what.as_str(), last.subject.as_str()), ("returns-accepted", "a1"));
        assert!(last.body.contains("\"2:"), "{}", last.body);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn of_a_batch_an_auditor_of_a_branch_reads_the_lines_of_that_branch() {
    each_house(async |house: &House| {
        let d = &house.district;
        let units = ["a1", "a2", "b1"];
        house.send(units.iter().map(|u| d.members(u, 3, 9)).collect()).await;
        accept(&house.ws, &"h".into(), &units.map(members_of)).await.expect("accepts");
        let of = |subject: &str| Asked { subject: subject.to_owned(), ..Asked::default() };
        let all = auditor(&house.ws, Reach::All);
        let whole = trail(&house.ws, &all, &of("b1")).await.expect("reads").records.remove(0);
        assert_eq!(Some(&whole), records(&house.ws).await.last(), "as it is hashed");

        let some = auditor(&house.ws, Reach::Branch("xa-a".into()));
        let cut = trail(&house.ws, &some, &of("a1")).await.expect("reads").records.remove(0);
        let body: Value = serde_json::from_str(&cut.body).expect("JSON");
        let lines = body["of"].as_array().expect("lines").iter();
        let told: Vec<&str> = lines.map(|line| line[2].as_str().expect("a unit")).collect();
        assert_eq!((told, &body["beyond"]), (vec!["a1", "a2"], &json!(1)));
        assert_eq!((&body["sha256"], cut.hash.as_str(), cut.before.as_str()), (&Value::Null, "", ""));
        assert_eq!(trail(&house.ws, &some, &of("b1")).await.expect("reads").records, []);
    })
    .await;
}

#[tokio::test]
async fn a_long_trail_is_looked_through_in_bounded_steps() {
    let database = TestDatabase::sqlite();
    let house = House::on(&database, district()).await;
    house.take(vec![house.district.members("a1", 3, 9)]).await;
    let mut tx = house.ws.store().write().await.expect("begins");
    let (first, _) = tx.take_audit(6000).await.expect("takes");
    let elsewhere: Vec<AuditRecord> = (first..first + 6000)
        .map(|seq| AuditRecord {
            seq,
            at: at(seq),
            office: "h".into(),
            holder: String::new(),
            what: "deadline-extended".to_owned(),
            subject: "xa-b".to_owned(),
            body: "{}".to_owned(),
            before: String::new(),
            hash: String::new(),
        })
        .collect();
    tx.append_audit(&elsewhere).await.expect("appends");
    tx.commit().await.expect("commits");
    let power = auditor(&house.ws, Reach::Branch("xa-a".into()));
    let first = trail(&house.ws, &power, &Asked::default()).await.expect("reads");
    assert_eq!((first.records.len(), first.older), (0, Some(1004)), "5,000 of 6,003 were looked at");
    let on = Asked { before: first.older, ..Asked::default() };
    let next = trail(&house.ws, &power, &on).await.expect("reads");
    let found: Vec<&str> = next.records.iter().map(|r| r.what.as_str()).collect();
    assert_eq!((found, next.older), (vec!["returns-accepted", "definitions-changed", "tree-changed"], None));
}

#[tokio::test]
async fn an_export_is_the_chain_as_it_was_when_it_began() {
    each_house(async |house: &House| {
        house.take(vec![house.district.members("a1", 3, 9)]).await;
        let expected: Vec<String> = records(&house.ws).await.iter().map(json_line).collect();
        let mut export = Export::begin(&house.ws, None).await.expect("begins");
        house.take(vec![house.district.members("b1", 3, 9)]).await;
        let mut all = String::new();
        while let Some((lines, on)) = export.piece().await.expect("reads") {
            all += &lines;
            export = on;
        }
        let lines: Vec<String> = all.lines().map(str::to_owned).collect();
        assert_eq!(lines, expected);
        assert_eq!(checked(&lines), Ok(()));
    })
    .await;
}
