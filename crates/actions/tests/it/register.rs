//! The register of documents: entered, put out, related and found; the campaign's directives live in it.

use jiff::civil::date;
use nhipcau_actions::{
    Workspace,
    press::{add_attachment, media},
    register::{
        DocumentKind, DocumentPage, Found, Loaded, Query, addresses, create, desk_list, desk_show, kinds,
        latest, list, load_directives, publish, relate, revise, save_kinds, show, unrelate, usual_kinds,
        withdraw,
    },
    search,
};
use nhipcau_domain::{
    definitions::Directive,
    office::{Acting, Role},
    press::Texts,
    register::{EntryAct, EntryStatus, Relation, Validity, closes_circle},
};
use nhipcau_store::register::{DocumentRecord, Entry};
use nhipcau_testkit::{TestDatabase, each_database};
use proptest::{
    collection::vec,
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};

use crate::{
    press::{administrator, office, refusals},
    support::{House, each_house_of, open},
};

fn clerk() -> Acting {
    office("van-thu", Role::Writer, None)
}

fn publisher() -> Acting {
    office("chanh-van-phong", Role::Publisher, None)
}

fn entry(number: &str) -> Entry {
    Entry {
        number: number.to_owned(),
        kind: "ke-hoach".to_owned(),
        issuer: "Ban Thường vụ Huyện ủy".to_owned(),
        subject: format!("Thực hiện Đề án {number}"),
        signed: date(2021, 7, 12),
        ..Entry::default()
    }
}

async fn entered(ws: &Workspace, number: &str) -> DocumentRecord {
    create(ws, &clerk(), "Lan", &entry(number)).await.expect("enters")
}

async fn out(ws: &Workspace, number: &str) -> DocumentRecord {
    let record = entered(ws, number).await;
    publish(ws, &publisher(), "Hải", record.id).await.expect("publishes");
    record
}

async fn shown(ws: &Workspace, slug: &str) -> DocumentPage {
    match show(ws, slug).await.expect("reads") {
        Found::Document(page) => *page,
        other => panic!("{slug} is not shown: {other:?}"),
    }
}

async fn numbers(ws: &Workspace, query: &Query) -> String {
    let found = list(ws, query, 1).await.expect("lists");
    found.lines.iter().map(|l| l.number.split('-').next().unwrap_or("")).collect::<Vec<_>>().join(" ")
}

async fn each(test: impl AsyncFn(&Workspace)) {
    each_database(async |database| test(&open(database).await).await).await;
}

#[tokio::test]
async fn a_document_is_read_only_while_it_is_out() {
    each(async |ws| {
        let d = entered(ws, "18-KH/HU").await;
        assert_eq!(d.slug, "18-kh-hu");
        assert_eq!(show(ws, &d.slug).await.unwrap(), Found::Missing);
        assert_eq!(refusals(publish(ws, &clerk(), "Lan", d.id).await), ["office-may-not"]);
        let watch = ws.changed();
        publish(ws, &publisher(), "Hải", d.id).await.unwrap();
        assert!(watch.has_changed().unwrap(), "readers' pages are made anew");
        assert_eq!(shown(ws, &d.slug).await.line.number, "18-KH/HU");
        assert_eq!(addresses(ws).await.unwrap()[0].0, "/van-ban/18-kh-hu");
        assert_eq!(latest(ws, 5).await.unwrap().len(), 1);
        assert_eq!(refusals(withdraw(ws, &publisher(), "Hải", d.id, " ").await), ["register-needs-reason"]);
        withdraw(ws, &publisher(), "Hải", d.id, "đăng nhầm").await.unwrap();
        assert!(matches!(show(ws, &d.slug).await.unwrap(), Found::Gone(_)));
        assert!(addresses(ws).await.unwrap().is_empty());
        let desk = desk_show(ws, &publisher(), d.id).await.unwrap();
        let acts: Vec<_> =
            desk.events.iter().map(|e| (e.act, e.holder.as_str(), e.reason.as_str())).collect();
        assert_eq!(
            acts,
            [
                (EntryAct::Create, "Lan", ""),
                (EntryAct::Publish, "Hải", ""),
                (EntryAct::Withdraw, "Hải", "đăng nhầm"),
            ]
        );
        assert!(desk.may.contains(&EntryAct::Publish) && !desk.may.contains(&EntryAct::Withdraw));
        assert!(!desk_show(ws, &clerk(), d.id).await.unwrap().may.contains(&EntryAct::Publish));
        // A role on a column is none here.
        let elsewhere = office("phong-vien", Role::Publisher, Some("tin-tuc"));
        assert_eq!(refusals(desk_list(ws, &elsewhere, &Query::default(), None, 1).await), ["office-may-not"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_out_is_changed_by_a_publisher_on_record_and_its_old_address_leads_on() {
    each(async |ws| {
        let d = out(ws, "18-KH/HU").await;
        let corrected = Entry { number: "81-KH/HU".to_owned(), ..entry("18-KH/HU") };
        assert_eq!(refusals(revise(ws, &clerk(), "Lan", d.id, 2, &corrected, "").await), ["office-may-not"]);
        let stale = revise(ws, &publisher(), "Hải", d.id, 1, &corrected, "").await;
        assert_eq!(refusals(stale), ["register-changed-meanwhile"]);
        revise(ws, &publisher(), "Hải", d.id, 2, &corrected, "gõ nhầm số").await.unwrap();
        assert_eq!(shown(ws, "81-kh-hu").await.line.number, "81-KH/HU");
        assert_eq!(show(ws, "18-kh-hu").await.unwrap(), Found::Moved("/van-ban/81-kh-hu".to_owned()));
        // Another document of that number takes the address.
        out(ws, "18-KH/HU").await;
        assert_eq!(shown(ws, "18-kh-hu").await.line.number, "18-KH/HU");
        let events = desk_show(ws, &clerk(), d.id).await.unwrap().events;
        let body: Entry = serde_json::from_str(&events[2].body).unwrap();
        assert_eq!((body.number.as_str(), events[2].reason.as_str()), ("81-KH/HU", "gõ nhầm số"));
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_an_entry_is_said_at_once() {
    each(async |ws| {
        let wrong = Entry {
            kind: "thu-tay".to_owned(),
            expires: Some(date(2021, 1, 1)),
            due: Some(date(21, 1, 1)),
            files: vec![uuid::Uuid::nil()],
            subject: String::new(),
            ..entry("//")
        };
        assert_eq!(
            refusals(create(ws, &clerk(), "Lan", &wrong).await),
            [
                "register-needs-number",
                "register-needs-subject",
                "register-day",
                "register-expires-before",
                "register-kind-unknown",
                "media-unknown"
            ]
        );
        let secret = Entry { number: "18-KH/HU (Tối mật)".to_owned(), ..entry("1") };
        assert_eq!(refusals(create(ws, &clerk(), "Lan", &secret).await), ["content-marked-secret"]);
        entered(ws, "18-KH/HU").await;
        let twice = create(ws, &clerk(), "Lan", &entry("18-KH/HU")).await;
        assert_eq!(refusals(twice), ["register-number-taken"]);
        // Another issuer gives the same number: its address has the year.
        let other = Entry { issuer: "Huyện ủy khác".to_owned(), ..entry("18-KH/HU") };
        assert_eq!(create(ws, &clerk(), "Lan", &other).await.unwrap().slug, "18-kh-hu-2021");
    })
    .await;
}

#[tokio::test]
async fn files_are_served_while_their_document_is_out() {
    each(async |ws| {
        let file =
            add_attachment(ws, &clerk(), "Kế hoạch 18.pdf", b"%PDF-1.7\n%%EOF\n".to_vec()).await.unwrap();
        let with = Entry { files: vec![file, file], ..entry("18-KH/HU") };
        let d = create(ws, &clerk(), "Lan", &with).await.unwrap();
        let served = async || media(ws, file, "ke-hoach-18.pdf").await.unwrap().is_some();
        assert!(!served().await);
        publish(ws, &publisher(), "Hải", d.id).await.unwrap();
        assert!(served().await);
        let page = shown(ws, &d.slug).await;
        assert_eq!(page.files.len(), 1);
        assert_eq!(page.files[0].media.name, "Kế hoạch 18.pdf");
        withdraw(ws, &publisher(), "Hải", d.id, "nhầm").await.unwrap();
        assert!(!served().await);
    })
    .await;
}

#[tokio::test]
async fn a_document_that_another_replaces_says_so_from_that_ones_first_day() {
    each(async |ws| {
        let (old, new) = (out(ws, "1-KH").await, entered(ws, "2-KH").await);
        relate(ws, &clerk(), "Lan", new.id, Relation::Replaces, old.id).await.unwrap();
        let validity = async |slug: &str| shown(ws, slug).await.line.validity;
        assert_eq!(validity("1-kh").await, Validity::InForce, "what replaces it is not out");
        assert!(shown(ws, "1-kh").await.relations.is_empty(), "a draft shows nowhere");
        publish(ws, &publisher(), "Hải", new.id).await.unwrap();
        assert_eq!(validity("1-kh").await, Validity::Replaced);
        let seen = shown(ws, "1-kh").await.relations;
        assert_eq!(
            (seen[0].relation, seen[0].back, seen[0].line.number.as_str()),
            (Relation::Replaces, true, "2-KH")
        );
        let of = |validity| Query { validity: Some(validity), ..Query::default() };
        assert_eq!(numbers(ws, &of(Validity::Replaced)).await, "1");
        assert_eq!(numbers(ws, &of(Validity::InForce)).await, "2");
        // Its first day is put off.
        let later = Entry { effective: Some(date(2100, 1, 1)), ..entry("2-KH") };
        let record = desk_show(ws, &publisher(), new.id).await.unwrap().record;
        revise(ws, &publisher(), "Hải", new.id, record.last_event, &later, "").await.unwrap();
        assert_eq!((validity("1-kh").await, validity("2-kh").await), (Validity::InForce, Validity::NotYet));

        let circle = relate(ws, &publisher(), "Hải", old.id, Relation::ReplacesPart, new.id).await;
        assert_eq!(refusals(circle), ["register-relation-circle"]);
        let itself = relate(ws, &publisher(), "Hải", old.id, Relation::Amends, old.id).await;
        assert_eq!(refusals(itself), ["register-relation-circle"]);
        let twice = relate(ws, &publisher(), "Hải", new.id, Relation::Replaces, old.id).await;
        assert_eq!(refusals(twice), ["register-related-already"]);
        unrelate(ws, &publisher(), "Hải", new.id, Relation::Replaces, old.id).await.unwrap();
        assert_eq!(
            refusals(unrelate(ws, &publisher(), "Hải", new.id, Relation::Replaces, old.id).await),
            ["register-not-related"]
        );
    })
    .await;
}

#[tokio::test]
async fn documents_are_found_as_people_type() {
    each(async |ws| {
        for (number, year) in [("18-KH/HU", 2021), ("21-KH/HU", 2022)] {
            let mut e = entry(number);
            e.signed = date(year, 7, 12);
            e.sent_to = "Các chi bộ".to_owned();
            let d = create(ws, &clerk(), "Lan", &e).await.unwrap();
            publish(ws, &publisher(), "Hải", d.id).await.unwrap();
        }
        let text = |t: &str| Query { text: t.to_owned(), ..Query::default() };
        assert_eq!(numbers(ws, &text("thuc hien de an")).await, "21 18");
        assert_eq!(numbers(ws, &text("18-kh/hu")).await, "18");
        assert_eq!(numbers(ws, &text("ĐỀ ÁN 21")).await, "21");
        assert_eq!(numbers(ws, &text("kế hoạch chi bộ")).await, "21 18");
        assert_eq!(numbers(ws, &text("kế toán")).await, "");
        assert_eq!(numbers(ws, &Query { year: Some(2021), ..Query::default() }).await, "18");
        assert_eq!(numbers(ws, &Query { kind: "chi-thi".to_owned(), ..Query::default() }).await, "");
        let all = list(ws, &Query::default(), 1).await.unwrap();
        assert_eq!((all.total, all.pages, all.years), (2, 1, vec![2022, 2021]));
        assert_eq!(all.kinds.iter().map(|k| k.id.as_str()).collect::<Vec<_>>(), ["ke-hoach"]);
        assert!(list(ws, &Query::default(), u32::MAX).await.unwrap().lines.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_list_of_types_is_the_administrators() {
    each(async |ws| {
        out(ws, "18-KH/HU").await;
        assert_eq!(kinds(ws).await.unwrap(), usual_kinds());
        let mut list = usual_kinds();
        list.push(DocumentKind { id: "thu-ngo".to_owned(), names: Texts::vi("Thư ngỏ") });
        save_kinds(ws, &administrator(), "Quản", &list).await.unwrap();
        create(ws, &clerk(), "Lan", &Entry { kind: "thu-ngo".to_owned(), ..entry("1") }).await.unwrap();
        let without: Vec<_> = list.iter().filter(|k| k.id != "ke-hoach").cloned().collect();
        assert_eq!(
            refusals(save_kinds(ws, &administrator(), "Quản", &without).await),
            ["register-kind-in-use"]
        );
        list.push(list[0].clone());
        assert_eq!(refusals(save_kinds(ws, &administrator(), "Quản", &list).await), ["register-kind-line"]);
        assert_eq!(refusals(save_kinds(ws, &publisher(), "Hải", &usual_kinds()).await), ["office-may-not"]);
    })
    .await;
}

fn directive(id: &str, number: &str, relations: &[(&str, &str)]) -> Directive {
    Directive {
        id: id.to_owned(),
        number: number.to_owned(),
        kind: "Kế hoạch liên tịch".to_owned(),
        issuer: "Ban Thường vụ".to_owned(),
        unit: None,
        issued: date(2021, 7, 12),
        subject: "Học tập".to_owned(),
        relations: relations.iter().map(|(r, to)| ((*r).to_owned(), (*to).to_owned())).collect(),
    }
}

#[tokio::test]
async fn a_campaigns_directives_are_brought_in_once_and_editors_keep_what_they_wrote() {
    let mut district = nhipcau_testkit::district();
    district.definitions.directives = vec![
        // It names one that stands further down.
        directive("kh-1", "18-KH/HU", &[("implements", "kl-1")]),
        directive("kl-1", "01-KL/TW", &[]),
    ];
    each_house_of(district, async |house: &House| {
        let (ws, mut definitions) = (&house.ws, house.district.definitions.clone());
        let load = async |d: &_| load_directives(ws, &publisher(), d).await.unwrap();
        assert_eq!(load(&definitions).await, Loaded { created: 2, revised: 0, related: 1 });
        assert_eq!(load(&definitions).await, Loaded::default());
        let plan = shown(ws, "18-kh-hu").await;
        assert_eq!(plan.line.kind.names.vi, "Kế hoạch liên tịch");
        assert_eq!(plan.entry.campaign, definitions.campaign.id);
        assert_eq!(plan.relations[0].line.href, "/van-ban/01-kl-tw");
        let back = &shown(ws, "01-kl-tw").await.relations[0];
        assert_eq!((back.back, back.line.href.as_str()), (true, "/van-ban/18-kh-hu"));

        // An editor corrects the subject and takes a relation back: loading again leaves it so.
        let record = desk_show(ws, &publisher(), plan.line.id).await.unwrap().record;
        let other =
            Entry { subject: "Khác".to_owned(), asks: "Báo cáo".to_owned(), ..record.entry.clone() };
        revise(ws, &publisher(), "Hải", record.id, record.last_event, &other, "").await.unwrap();
        unrelate(ws, &publisher(), "Hải", record.id, Relation::Implements, back_id(ws).await).await.unwrap();
        assert_eq!(load(&definitions).await, Loaded::default());
        assert_eq!(shown(ws, "18-kh-hu").await.line.subject, "Khác");
        // The configuration itself changes: it is the newer word, and what it does not say stays.
        definitions.directives[0].subject = "Mới".to_owned();
        assert_eq!(load(&definitions).await, Loaded { created: 0, revised: 1, related: 0 });
        let now = shown(ws, "18-kh-hu").await;
        assert_eq!((now.line.subject.as_str(), now.entry.asks.as_str()), ("Mới", "Báo cáo"));
        assert_eq!(refusals(load_directives(ws, &clerk(), &definitions).await), ["office-may-not"]);
    })
    .await;
}

async fn back_id(ws: &Workspace) -> uuid::Uuid {
    shown(ws, "01-kl-tw").await.line.id
}

#[tokio::test]
async fn the_search_finds_what_is_out() {
    each_house_of(nhipcau_testkit::district(), async |house: &House| {
        let ws = &house.ws;
        search::ensure(ws).await.unwrap();
        let d = out(ws, "18-KH/HU").await;
        let hits = async |words: &str| {
            let query = search::Query { text: words.to_owned(), ..search::Query::default() };
            search::search(ws, &query).await.unwrap().hits.len()
        };
        assert_eq!((hits("18-KH/HU").await, hits("de an").await), (1, 1));
        assert_eq!(house.differences().await, []);
        withdraw(ws, &publisher(), "Hải", d.id, "nhầm").await.unwrap();
        assert_eq!(hits("de an").await, 0);
        assert_eq!(house.differences().await, []);
    })
    .await;
}

/// Whoever reads a document sees each relation that another document says of it, and nothing else.
#[tokio::test]
async fn relations_are_the_same_from_both_ends() {
    let database = TestDatabase::sqlite();
    let ws = &open(&database).await;
    let mut records = Vec::new();
    for n in 0..5 {
        records.push(out(ws, &format!("{n}-KH")).await);
    }
    let asked = vec((0..5_usize, 0..Relation::ALL.len(), 0..5_usize), 40);
    let asked = asked.new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let mut stand: Vec<(usize, Relation, usize)> = Vec::new();
    for (from, relation, to) in asked {
        let relation = Relation::ALL[relation];
        let done = relate(ws, &publisher(), "Hải", records[from].id, relation, records[to].id).await;
        let line: Vec<_> = stand.iter().filter(|s| s.1.same_line(relation)).map(|s| (s.0, s.2)).collect();
        let refused = stand.contains(&(from, relation, to)) || closes_circle(&line, from, to);
        assert_eq!(done.is_err(), refused, "{from} {relation:?} {to}");
        if !refused {
            stand.push((from, relation, to));
        }
    }
    assert!(stand.len() > 10, "something stands");
    let at = |id| records.iter().position(|r| r.id == id).unwrap();
    let mut read = Vec::new();
    for (here, record) in records.iter().enumerate() {
        for r in shown(ws, &record.slug).await.relations {
            let there = at(r.line.id);
            read.push(if r.back {
                (there, r.relation, here, true)
            } else {
                (here, r.relation, there, false)
            });
        }
    }
    let side = |back| {
        let mut seen: Vec<_> = read.iter().filter(|r| r.3 == back).map(|r| (r.0, r.1, r.2)).collect();
        seen.sort_unstable();
        seen
    };
    stand.sort_unstable();
    assert_eq!((side(false), side(true)), (stand.clone(), stand));
    assert!(records.iter().all(|r| r.status == EntryStatus::Draft), "as they were handed out");
}
