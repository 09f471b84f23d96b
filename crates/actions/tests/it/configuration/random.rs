//! Random changes: what the dry run says is what then happens, and everything kept agrees with the record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::date};
use nhipcau_actions::{
    basis::{Evidence, TreeDay},
    configuration::{
        Edit, Outcome, Preview, carry_out, preview,
        records::{Part, Record},
    },
    figures::{Query, figures},
};
use nhipcau_domain::{
    figure::Figure,
    id::PeriodId,
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{TestDatabase, district};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{book, power};
use crate::support::House;

/// What is tried: the number chooses, the others say of whom and how.
#[derive(Debug, Clone)]
struct Try {
    what: u8,
    who: u8,
    other: u8,
    day: u16,
    n: i64,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0..16_u8, any::<u8>(), any::<u8>(), 0..1500_u16, 0..40_i64);
    prop::collection::vec(one.prop_map(|(what, who, other, day, n)| Try { what, who, other, day, n }), 1..12)
}

const UNITS: [&str; 8] = ["a1", "a2", "a3", "b1", "b2", "xa-a", "xa-b", "moi-1"];
const ELEMENTS: [&str; 3] = ["members.total", "members.registered", "radio.bulletins"];
const INDICATORS: [&str; 2] = ["members.registered", "radio.bulletins"];

fn pick<'a>(from: &[&'a str], i: u8) -> &'a str {
    from[usize::from(i) % from.len()]
}

async fn edit(house: &House, n: usize, t: &Try) -> Option<Edit> {
    let on = date(2020, 6, 1) + i32::from(t.day).days();
    let (unit, other) = (pick(&UNITS, t.who), pick(&UNITS, t.other));
    let tree = |change: Change| Some(Edit::Tree { events: vec![TreeEvent { on, change }] });
    let book = book(house).await;
    let put = |part: Part, name: &str, change: &dyn Fn(Record) -> Record| {
        let record = change(book.record(part, name)?.clone());
        Some(Edit::Put { part, name: Some(name.to_owned()), record })
    };
    match t.what {
        0 => tree(Change::Move { unit: unit.into(), parent: Some(other.into()) }),
        1 => tree(Change::Merge { from: vec![unit.into()], into: other.into() }),
        2 => tree(Change::Close { unit: unit.into() }),
        3 => tree(Change::Rekind { unit: unit.into(), kind: pick(&["chi-bo", "xa"], t.other).into() }),
        4 => tree(Change::Open {
            unit: format!("moi-{n}").as_str().into(),
            kind: "chi-bo".into(),
            parent: Some(other.into()),
            name: "Chi bộ mới".to_owned(),
            code: None,
        }),
        5 => put(Part::Indicator, pick(&INDICATORS, t.who), &|r| r.with("wording.over", t.n.to_string())),
        6 => put(Part::Indicator, pick(&INDICATORS, t.who), &|r| {
            let kinds: &[&str] = if t.n % 2 == 0 { &[] } else { &["chi-bo"] };
            r.with_list("filter.kinds", kinds.iter().copied())
        }),
        7 => Some(Edit::Remove { part: Part::Indicator, name: pick(&INDICATORS, t.who).to_owned() }),
        8 => {
            let record = Record::default()
                .with("id", format!("them-{n}"))
                .with("name", "Chỉ số thêm")
                .with("measure", "people")
                .with_list("count", [pick(&ELEMENTS[..2], t.who)]);
            Some(Edit::Put { part: Part::Indicator, name: None, record })
        }
        9 => put(Part::Form, "dang-vien", &|r| r.with_list("roster.except", [unit])),
        10 => put(Part::Form, "dang-vien", &|r| {
            let mut elements = r.list("elements").to_vec();
            elements.reverse();
            r.with_list("elements", elements)
        }),
        11 => put(Part::Element, pick(&ELEMENTS, t.who), &|r| {
            let time = if r.text("time") == "flow" { "stock" } else { "flow" };
            r.with("time", time)
        }),
        12 => put(Part::Element, pick(&ELEMENTS, t.who), &|r| {
            let adds = if r.text("adds").is_empty() { "lists" } else { "" };
            r.with("adds", adds)
        }),
        13 => {
            let record = Record::default()
                .with("id", format!("dem-{n}"))
                .with("name", "Chỉ tiêu thêm")
                .with("measure", "people")
                .with("time", "stock")
                .with("data-set", "dang-vien")
                .with_rows("definitions", vec![vec!["2021-01-01".to_owned(), "Đếm".to_owned()]]);
            Some(Edit::Put { part: Part::Element, name: None, record })
        }
        14 => Some(Edit::Restore { version: 1 + t.n % 4 }),
        _ => put(Part::Calendar, "thang", &|r| {
            let tiles: &[&str] = if r.list("tiles").is_empty() { &["nam"] } else { &[] };
            r.with_list("tiles", tiles.iter().copied())
        }),
    }
}

type Figures = BTreeMap<(PeriodId, String), Figure>;
type Totals = BTreeMap<(String, String, String, String), (i64, i64)>;
type Owing = BTreeSet<(String, String, String)>;

/// Everything that a dry run speaks of, as it stands.
async fn standing(house: &House) -> (Figures, Totals, Owing) {
    let mut tx = house.ws.store().read().await.unwrap();
    let setting = house.ws.setting(&mut tx).await.unwrap();
    let (mut said, mut totals, mut owing) = (Figures::new(), Totals::new(), Owing::new());
    for period in setting.definitions.calendars.iter().flat_map(|c| &c.periods) {
        let query = Query { period: period.id.clone(), scope: None, tree: TreeDay::Then };
        for row in figures(&house.ws, &query).await.unwrap_or_default() {
            let figure = Figure { name: String::new(), ..row.answer.figure };
            said.insert((period.id.clone(), figure.key.to_string()), figure);
        }
        for form in &setting.definitions.data_sets {
            if setting.definitions.parts_of(form, period).is_empty() {
                continue;
            }
            for row in tx.all_totals(&period.id, &form.id).await.unwrap() {
                for (element, sum) in form.elements.iter().zip(&row.sums.elements) {
                    let key = (
                        form.id.to_string(),
                        period.id.to_string(),
                        row.unit.to_string(),
                        element.to_string(),
                    );
                    let slot = totals.entry(key).or_default();
                    *slot = (slot.0 + sum.sum, slot.1 + sum.numbers);
                }
            }
        }
        for owed in Evidence::load(&mut tx, &setting, period).await.unwrap().owed {
            let unit = setting.tree.id(owed.unit).to_string();
            owing.insert((owed.data_set.to_string(), owed.period.to_string(), unit));
        }
    }
    totals.retain(|_, sum| *sum != (0, 0));
    (said, totals, owing)
}

/// The periods of which a dry run speaks: today's, and those with returns, under both settings.
async fn looked_at(house: &House) -> BTreeSet<PeriodId> {
    let mut tx = house.ws.store().read().await.unwrap();
    let setting = house.ws.setting(&mut tx).await.unwrap();
    let reported = tx.reported_periods().await.unwrap();
    let today = power(house).today();
    let mut found = BTreeSet::new();
    for period in setting.definitions.calendars.iter().flat_map(|c| &c.periods) {
        let rests = setting.definitions.data_sets.iter().any(|form| {
            let parts = setting.definitions.parts_of(form, period);
            parts.iter().any(|p| reported.iter().any(|r| r.data_set == form.id && r.period == p.id))
        });
        if rests || (period.first <= today && today <= period.last) {
            found.insert(period.id.clone());
        }
    }
    found
}

fn agrees(
    tried: &Preview,
    looked: &BTreeSet<PeriodId>,
    before: &(Figures, Totals, Owing),
    after: &(Figures, Totals, Owing),
) {
    let keys: BTreeSet<_> =
        before.0.keys().chain(after.0.keys()).filter(|(p, _)| looked.contains(p)).collect();
    let happened: BTreeMap<_, _> = keys
        .into_iter()
        .filter(|k| before.0.get(*k) != after.0.get(*k))
        .map(|k| (k.clone(), (before.0.get(k).cloned(), after.0.get(k).cloned())))
        .collect();
    let nameless = |f: &Option<Figure>| f.clone().map(|f| Figure { name: String::new(), ..f });
    let said: BTreeMap<_, _> = tried
        .figures
        .iter()
        .map(|f| ((f.period.clone(), f.indicator.to_string()), (nameless(&f.before), nameless(&f.after))))
        .collect();
    assert_eq!(said, happened, "figures");
    let mut units: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for key in before.1.keys().chain(after.1.keys()) {
        if looked.contains(key.1.as_str()) && before.1.get(key) != after.1.get(key) {
            units.entry((key.0.clone(), key.1.clone())).or_default().insert(&key.2);
        }
    }
    let happened: BTreeMap<_, _> = units.into_iter().map(|(k, units)| (k, units.len())).collect();
    let said: BTreeMap<_, _> =
        tried.totals.iter().map(|t| ((t.form.to_string(), t.period.to_string()), t.units)).collect();
    assert_eq!(said, happened, "totals");
    for totals in &tried.totals {
        for t in &totals.some {
            let key =
                (totals.form.to_string(), totals.period.to_string(), t.unit.to_string(), t.element.clone());
            assert_eq!(
                (t.before, t.after),
                (before.1.get(&key).copied(), after.1.get(&key).copied()),
                "{key:?}"
            );
        }
    }
    let only = |a: &Owing, b: &Owing| -> Owing {
        a.difference(b).filter(|(_, p, _)| looked.contains(p.as_str())).cloned().collect()
    };
    let said =
        |of: fn(&nhipcau_actions::configuration::OwedChange) -> &Vec<nhipcau_domain::id::UnitId>| -> Owing {
            let all = tried.owed.iter().filter(|o| looked.contains(&o.period));
            all.flat_map(|o| of(o).iter().map(|u| (o.form.to_string(), o.period.to_string(), u.to_string())))
                .collect()
        };
    assert_eq!(said(|o| &o.joined), only(&after.2, &before.2), "who comes to owe");
    assert_eq!(said(|o| &o.left), only(&before.2, &after.2), "who owes no longer");
}

async fn told(database: &TestDatabase, tries: &[Try]) -> BTreeSet<&'static str> {
    let house = House::on(database, district()).await;
    let d = &house.district;
    house
        .take(vec![
            d.members("a1", 10, 12),
            d.members("a3", 5, 9),
            d.members("b1", 30, 30),
            d.members("b2", 7, 8),
        ])
        .await;
    house.send(vec![d.members("a2", 20, 21)]).await;
    house.take(vec![d.bulletins("xa-a", 2, 3), d.bulletins("xa-a", 9, 4), d.bulletins("xa-b", 12, 1)]).await;
    let mut seen = BTreeSet::new();
    for (n, t) in tries.iter().enumerate() {
        let Some(edit) = edit(&house, n, t).await else { continue };
        let before = standing(&house).await;
        let mut looked = looked_at(&house).await;
        let shown = match preview(&house.ws, &power(&house), &edit).await.expect("tries") {
            Ok(shown) => shown,
            Err(wrong) => {
                assert!(!wrong.is_empty());
                seen.insert("refused");
                continue;
            }
        };
        assert!(shown.left_out.is_empty());
        assert_eq!(standing(&house).await, before, "a dry run changes nothing");
        let outcome = carry_out(&house.ws, &power(&house), &edit, shown.pins, "thử").await.expect("acts");
        let after = standing(&house).await;
        match outcome {
            Outcome::Done(_) => {}
            Outcome::Refused(_) => {
                assert!(shown.is_empty() && before == after);
                continue;
            }
            Outcome::Meanwhile => panic!("no one else is there"),
        }
        looked.extend(looked_at(&house).await);
        agrees(&shown, &looked, &before, &after);
        seen.insert(if shown.is_quiet() { "quiet" } else { "told" });
        for (what, there) in [
            ("figures", !shown.figures.is_empty()),
            ("totals", !shown.totals.is_empty()),
            ("owed", !shown.owed.is_empty()),
        ] {
            if there {
                seen.insert(what);
            }
        }
        house.agrees().await;
    }
    house.ws.store().clone().close().await;
    seen
}

fn random(cases: u32, database: impl Fn() -> TestDatabase) -> BTreeSet<&'static str> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    };
    let seen = std::sync::Mutex::new(BTreeSet::new());
    let run = TestRunner::new(config).run(&tries(), |tries| {
        let mut found = runtime.block_on(told(&database(), &tries));
        seen.lock().expect("not poisoned").append(&mut found);
        Ok(())
    });
    if let Err(failed) = run {
        panic!("{failed}");
    }
    seen.into_inner().expect("not poisoned")
}

#[test]
fn what_the_dry_run_says_is_what_happens() {
    let seen = random(60, TestDatabase::sqlite);
    let wanted = ["figures", "owed", "quiet", "refused", "told", "totals"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), wanted, "the changes did not try everything");
}

#[test]
fn the_same_on_postgres() {
    if TestDatabase::postgres().is_some() {
        random(6, || TestDatabase::postgres().expect("it was there before"));
    }
}
