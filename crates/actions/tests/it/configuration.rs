//! Changing what is set up: refused where returns rest on it, tried before it is done, done as it was
//! tried, on record with its reason, and restored.

mod random;

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

use nhipcau_actions::{
    ActionError,
    configuration::{
        self, Configure, Edit, How, Outcome, Pins, Preview, Trouble, carry_out, changes, details, files,
        pack, preview,
        records::{Book, Part, Record},
        unpack,
    },
};
use nhipcau_campaign::load;
use nhipcau_domain::{
    office::{Acting, Duty, Posting, Reach},
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::district;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::{House, each_house, refusal};

/// The office that consolidates everything.
pub fn office() -> Acting {
    let posting = Posting { duty: Duty::Consolidator, reach: Reach::All };
    Acting { office: "h".into(), grants: Vec::new(), postings: vec![posting] }
}

fn power(house: &House) -> Configure {
    Configure::held_by(&house.ws, &office(), "Chị Lan").expect("holds it")
}

async fn tried(house: &House, edit: &Edit) -> Result<Preview, Vec<Trouble>> {
    preview(&house.ws, &power(house), edit).await.expect("tries")
}

/// Tries an edit, then does it.
async fn done(house: &House, edit: &Edit) -> Preview {
    let tried = tried(house, edit).await.expect("can be");
    let ws = house.ws.held_by("Chị Lan");
    let outcome = carry_out(&ws, &power(house), edit, tried.pins, "Theo Kế hoạch 18").await.expect("does");
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    tried
}

fn ids(troubles: &[Trouble]) -> Vec<(&str, Option<&str>)> {
    troubles.iter().map(|t| (t.problem.id.as_str(), t.field)).collect()
}

async fn book(house: &House) -> Book {
    configuration::book(&house.ws, &power(house)).await.expect("reads")
}

/// A record as it is, with some fields otherwise.
async fn put(house: &House, part: Part, name: &str, change: impl Fn(Record) -> Record) -> Edit {
    let record = book(house).await.record(part, name).expect("is there").clone();
    Edit::Put { part, name: Some(name.to_owned()), record: change(record) }
}

fn event(on: &str, change: Change) -> Edit {
    Edit::Tree { events: vec![TreeEvent { on: on.parse().expect("a day"), change }] }
}

async fn all_report(house: &House) {
    let d = &house.district;
    let cells = [("a1", 10, 10), ("a2", 20, 21), ("a3", 5, 9), ("b1", 30, 30), ("b2", 7, 8)];
    house.take(cells.iter().map(|(u, n, t)| d.members(u, *n, *t)).collect()).await;
}

#[tokio::test]
async fn only_whoever_consolidates_everything_changes_what_is_set_up() {
    each_house(async |house| {
        for duty in Duty::ALL {
            for reach in [Reach::All, Reach::Branch("h".into())] {
                let postings = vec![Posting { duty, reach: reach.clone() }];
                let acting = Acting { office: "h".into(), grants: Vec::new(), postings };
                let held = Configure::held_by(&house.ws, &acting, "").map_err(ActionError::from);
                assert_eq!(Configure::is_held_by(&acting), held.is_ok(), "{duty:?} {reach:?}");
                if duty == Duty::Consolidator && reach == Reach::All {
                    held.expect("holds it");
                } else {
                    assert_eq!(refusal(held).id, "office-may-not", "{duty:?} {reach:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_dry_run_of_a_filter_says_which_figure_becomes_what() {
    each_house(async |house| {
        all_report(house).await;
        let edit = put(house, Part::Form, "dang-vien", |r| r.with_list("roster.except", ["a3"])).await;
        let tried = done(house, &edit).await;
        assert_eq!(tried.records.len(), 1);
        assert_eq!(tried.records[0].how, How::Changed);
        assert_eq!(tried.records[0].fields[0].field, "roster.except");
        // What came in stays; a3 is owed no longer, in the year that today is in.
        let owed: Vec<_> = tried.owed.iter().map(|o| (o.period.as_str(), o.expected)).collect();
        assert_eq!(owed, [("nam-2", (5, 4))]);
        let edit = put(house, Part::Indicator, "members.registered", |r| r.with("wording.over", "80")).await;
        let tried = done(house, &edit).await;
        let said: Vec<_> = tried
            .figures
            .iter()
            .map(|f| {
                let wording =
                    |f: &Option<nhipcau_domain::figure::Figure>| f.as_ref().map(|f| f.wording.clone());
                (f.period.as_str(), wording(&f.before).unwrap(), wording(&f.after).unwrap())
            })
            .collect();
        assert_eq!(said, [("nam-1", "92,3%".to_owned(), "trên 80%".to_owned())]);
        assert!(tried.totals.is_empty() && tried.owed.is_empty());
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn moving_a_unit_changes_the_totals_of_both_and_no_figure_of_the_whole() {
    each_house(async |house| {
        all_report(house).await;
        let edit = event("2022-06-01", Change::Move { unit: "a1".into(), parent: Some("xa-b".into()) });
        let tried = done(house, &edit).await;
        assert!(tried.figures.is_empty(), "{:?}", tried.figures);
        let units: Vec<_> =
            tried.totals[0].some.iter().map(|t| (t.unit.as_str(), &*t.element, t.before, t.after)).collect();
        assert_eq!(
            units,
            [
                ("xa-a", "members.registered", Some((35, 3)), Some((25, 2))),
                ("xa-a", "members.total", Some((40, 3)), Some((30, 2))),
                ("xa-b", "members.registered", Some((37, 2)), Some((47, 3))),
                ("xa-b", "members.total", Some((38, 2)), Some((48, 3))),
            ]
        );
        house.agrees().await;
        let later = event("2024-06-01", Change::Move { unit: "a2".into(), parent: Some("xa-b".into()) });
        let tried = tried_ok(house, &later).await;
        assert!(tried.is_quiet() && !tried.is_empty(), "what comes later changes no period that was");
    })
    .await;
}

async fn tried_ok(house: &House, edit: &Edit) -> Preview {
    tried(house, edit).await.expect("can be")
}

#[tokio::test]
async fn a_check_is_tried_on_what_was_accepted() {
    each_house(async |house| {
        all_report(house).await;
        let check = Record::default()
            .with("id", "nhieu")
            .with("data-set", "dang-vien")
            .with("holds", "100 * members.registered > 98 * members.total")
            .with("severity", "explain")
            .with("message", "Chỉ {members.registered} trong {members.total}");
        let add = |record: Record| Edit::Put { part: Part::Check, name: None, record };
        let tried = done(house, &add(check.clone())).await;
        let [check_change] = &tried.checks[..] else { panic!("{:?}", tried.checks) };
        assert_eq!((check_change.speaks, check_change.tried), ((0, 3), 5));
        let names: Vec<_> = check_change.examples.iter().map(|e| e.unit.as_str()).collect();
        assert_eq!(names, ["a2", "a3", "b2"]);
        assert!(tried.is_quiet());
        let wrong = check.with("id", "sai").with("holds", "members.registered <=\n members.tota");
        let troubles = self::tried(house, &add(wrong)).await.unwrap_err();
        let [trouble] = &troubles[..] else { panic!("{troubles:?}") };
        assert_eq!(trouble.field, Some("holds"));
        assert_eq!((trouble.problem.place.line, trouble.problem.place.column), (Some(2), Some(2)));
    })
    .await;
}

#[tokio::test]
async fn what_returns_rest_on_is_not_taken_away_and_no_name_is_given_twice() {
    each_house(async |house| {
        let remove = |part, name: &str| Edit::Remove { part, name: name.to_owned() };
        let indicator = book(house).await.record(Part::Indicator, "radio.bulletins").unwrap().clone();
        done(house, &remove(Part::Indicator, "radio.bulletins")).await;
        let again = Edit::Put { part: Part::Indicator, name: None, record: indicator };
        assert_eq!(ids(&tried(house, &again).await.unwrap_err()), [("configuration-name-used", None)]);
        all_report(house).await;
        let refused = async |edit: Edit| tried(house, &edit).await.unwrap_err();
        let gone = refused(remove(Part::Element, "members.registered")).await;
        assert!(!gone.is_empty(), "an indicator names it");
        let edit = put(house, Part::Element, "members.registered", |r| {
            r.with_rows("definitions", vec![vec!["2020-01-01".into(), "Khác hẳn".into()]])
        });
        assert_eq!(ids(&refused(edit.await).await), [("configuration-definition-kept", None)]);
        let edit = put(house, Part::Element, "members.registered", |r| {
            let mut rows = r.rows("definitions").to_vec();
            rows.push(vec!["2023-01-01".into(), "Hiểu khác từ đây".into()]);
            r.with_rows("definitions", rows)
        });
        assert_eq!(tried_ok(house, &edit.await).await.records.len(), 1, "a new one with its day may come");
        let edit = put(house, Part::Form, "dang-vien", |r| r.with("calendar", "thang"));
        assert_eq!(ids(&refused(edit.await).await), [("configuration-calendar-kept", None)]);
        let edit = put(house, Part::Calendar, "nam", |r| {
            let rows = r.rows("period").iter().skip(1).cloned().collect();
            r.with_rows("period", rows)
        });
        let period = refused(edit.await).await;
        assert!(ids(&period).contains(&("configuration-period-kept", None)), "{period:?}");
        let edit = put(house, Part::Measure, "people", |r| r.with("name", ""));
        assert_eq!(ids(&refused(edit.await).await), [("configuration-field-empty", Some("name"))]);
        let edit = put(house, Part::Indicator, "members.registered", |r| r.with("wording.over", "nhiều"));
        assert_eq!(ids(&refused(edit.await).await), [("campaign-wrong-type", Some("wording.over"))]);
        let edit = put(house, Part::Indicator, "members.registered", |r| r.with("id", "khac"));
        assert_eq!(ids(&refused(edit.await).await), [("configuration-name-changed", Some("id"))]);
        let edit = event("2022-06-01", Change::Close { unit: "xa-a".into() });
        assert_eq!(ids(&refused(edit).await), [("tree-child-outlives-parent", None)]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_is_done_as_it_was_seen_or_seen_anew() {
    each_house(async |house| {
        let over = |n: &str| {
            let n = n.to_owned();
            put(house, Part::Indicator, "members.registered", move |r| r.with("wording.over", &*n))
        };
        let (first, second) = (over("90").await, over("80").await);
        let seen = tried_ok(house, &first).await.pins;
        let other = tried_ok(house, &second).await.pins;
        let act = async |edit: &Edit, pins: Pins, reason: &str| {
            carry_out(&house.ws, &power(house), edit, pins, reason).await.expect("acts")
        };
        assert!(matches!(act(&first, seen, "  ").await, Outcome::Refused(t) if t[0].field == Some("reason")));
        assert!(matches!(act(&first, seen, "vì thế").await, Outcome::Done(_)));
        assert!(matches!(act(&second, other, "vì thế").await, Outcome::Meanwhile), "the first came between");
        let nothing = tried_ok(house, &first).await;
        assert!(nothing.is_empty());
        let again = act(&first, nothing.pins, "vì thế").await;
        assert!(
            matches!(&again, Outcome::Refused(t) if t[0].problem.id == "configuration-nothing-changes"),
            "{again:?}"
        );
        assert_eq!(changes(&house.ws, &power(house)).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn every_change_says_who_when_and_why_and_an_earlier_version_holds_again() {
    each_house(async |house| {
        all_report(house).await;
        let before = book(house).await;
        done(
            house,
            &put(house, Part::Indicator, "members.registered", |r| r.with("wording.over", "80")).await,
        )
        .await;
        done(
            house,
            &event("2022-06-01", Change::Rename { unit: "a1".into(), name: "Chi bộ An Nhất".into() }),
        )
        .await;
        let history = changes(&house.ws, &power(house)).await.unwrap();
        let told: Vec<_> =
            history.iter().map(|c| (c.number, &*c.holder, &*c.reason, c.version, c.events)).collect();
        assert_eq!(
            told,
            [
                (3, "Chị Lan", "Theo Kế hoạch 18", None, Some((9, 9))),
                (2, "Chị Lan", "Theo Kế hoạch 18", Some(2), None),
                (1, "", "", Some(1), Some((1, 8))),
            ]
        );
        let second = details(&house.ws, &power(house), 2).await.unwrap().unwrap();
        assert_eq!(second.records.len(), 1);
        assert_eq!(second.records[0].fields[0].field, "wording.over");
        let third = details(&house.ws, &power(house), 3).await.unwrap().unwrap();
        assert!(matches!(third.events[0].change, Change::Rename { .. }));
        let tried = done(house, &Edit::Restore { version: 1 }).await;
        assert_eq!(tried.figures.len(), 1);
        assert_eq!(book(house).await, before);
        assert_eq!(changes(&house.ws, &power(house)).await.unwrap()[0].version, Some(3));
        let none = self::tried(house, &Edit::Restore { version: 77 }).await.unwrap_err();
        assert_eq!(ids(&none), [("configuration-version-unknown", None)]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn the_files_that_are_taken_away_give_the_same_when_they_come_back() {
    each_house(async |house| {
        let d = district();
        done(house, &event("2022-06-01", Change::Merge { from: vec!["b1".into()], into: "b2".into() })).await;
        let taken = files(&house.ws, &power(house)).await.unwrap();
        let loaded = load(&taken).expect("loads");
        assert_eq!(loaded.definitions, d.definitions);
        assert_eq!(loaded.tree.len(), d.tree.len() + 1);
        let packed = pack(&taken).unwrap();
        let back = unpack(vec![("cau-hinh.zip".to_owned(), packed)]).unwrap();
        assert_eq!(back.len(), taken.0.len());
        assert!(
            tried_ok(house, &Edit::Files { files: back.clone() }).await.is_empty(),
            "the same changes nothing"
        );
        let text = back["indicators.toml"].replace("wording.over = 98", "wording.over = 80");
        let files = BTreeMap::from([("indicators.toml".to_owned(), text)]);
        assert_eq!(done(house, &Edit::Files { files }).await.records.len(), 1);
        let mut lines: Vec<&str> = back["elements.csv"].lines().collect();
        lines.swap(1, 2);
        let files = BTreeMap::from([("elements.csv".to_owned(), lines.join("\n") + "\n")]);
        let moved = done(house, &Edit::Files { files }).await.records;
        assert_eq!(
            moved.iter().map(|r| r.how).collect::<Vec<_>>(),
            [How::Moved],
            "an order is something too"
        );
        let broken = BTreeMap::from([("elements.csv".to_owned(), "id,section\n".to_owned())]);
        let troubles = tried(house, &Edit::Files { files: broken }).await.unwrap_err();
        assert!(troubles.iter().all(|t| t.field.is_none() && t.problem.place.file.is_some()), "{troubles:?}");
        assert_eq!(unpack(vec![("a.txt".into(), b"x".to_vec())]).unwrap_err().id, "configuration-no-files");
        let bad = unpack(vec![("a.zip".into(), b"PK\x03\x04rubbish".to_vec())]);
        assert_eq!(bad.unwrap_err().id, "configuration-archive-broken");
        house.agrees().await;
    })
    .await;
}

#[test]
fn what_belongs_to_no_configuration_is_not_unpacked_and_the_rest_counts_as_one() {
    let zip = |files: &[(&str, &[u8])]| {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in files {
            let kept = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            out.start_file(*path, kept).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    let mut packed = zip(&[("anh/bia.png", &b"PICTURE"[..]), ("units.csv", &b"id\n"[..])]);
    // Whoever read the picture would find that it is broken.
    let at = packed.windows(7).position(|bytes| bytes == b"PICTURE").unwrap();
    packed[at] = b'X';
    let found = unpack(vec![("cau-hinh.zip".to_owned(), packed)]).unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), ["units.csv"]);
    let binary = unpack(vec![("units.csv".to_owned(), b"id\0\n".to_vec())]).unwrap_err();
    assert_eq!(binary.id, "campaign-not-utf8");
    let half = vec![b' '; 5 << 20];
    let large = zip(&[("units.csv", &half[..]), ("elements.csv", &half[..])]);
    let refused = unpack(vec![("cau-hinh.zip".to_owned(), large)]).unwrap_err();
    assert_eq!(refused.id, "configuration-too-large");
}
