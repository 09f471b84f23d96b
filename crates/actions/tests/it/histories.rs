//! Random histories of returns and tree: after each step what is kept must agree with what the
//! record comes to, and every scope's figures, under the tree then and now, with the plain oracle.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Mutex,
};

use jiff::{ToSpan, civil::date};
use nhipcau_actions::{
    Workspace,
    basis::{Evidence, TreeDay},
    campaign::set_up,
    returns::{Mode, Sender, Verdict, submit_all},
    review,
    verify::verify,
};
use nhipcau_domain::{
    Date,
    checks::Rule,
    definitions::{Definitions, Kind},
    element::{DataElement, Definition, Measure, TimeRule, UnitRule},
    figure::Status as FigureStatus,
    indicator::{Filter, Formula, Indicator, WordingRule},
    problem::Severity,
    returns::{ReturnKey, Status, Submission},
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{District, TestDatabase, district};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::{
    oracle::{Day, Held, Numbers, numbers},
    support::{open, open_beside},
    watch::Watch,
};

/// One thing that happens. Units are named by numbers, so that a history can be shortened.
#[derive(Debug, Clone)]
enum Step {
    Send { unit: u8, month: u8, n: i64, d: Option<i64>, office: bool, accept: bool, correct: bool },
    Accept(u8),
    SendBack(u8),
    Exempt { unit: u8, month: u8 },
    Tree { day: u16, what: What },
}

#[derive(Debug, Clone)]
enum What {
    Open {
        parent: u8,
        commune: bool,
    },
    Close(u8),
    Move {
        unit: u8,
        to: u8,
    },
    Rename(u8),
    Merge {
        from: u8,
        into: u8,
    },
    Split(u8),
    /// A level goes: its children report to whom it reported to.
    Dissolve(u8),
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let send = (
        any::<u8>(),
        0..13_u8,
        0..40_i64,
        prop::option::weighted(0.9, 0..40_i64),
        any::<[bool; 2]>(),
        prop::bool::weighted(0.8),
    );
    let send = send.prop_map(|(unit, month, n, d, [office, correct], accept)| Step::Send {
        unit,
        month,
        n,
        d,
        office,
        accept,
        correct,
    });
    let any_unit = any::<u8>;
    let what = prop_oneof![
        2 => (any_unit(), any::<bool>()).prop_map(|(parent, commune)| What::Open { parent, commune }),
        2 => any_unit().prop_map(What::Close),
        3 => (any_unit(), any_unit()).prop_map(|(unit, to)| What::Move { unit, to }),
        1 => any_unit().prop_map(What::Rename),
        4 => (any_unit(), any_unit()).prop_map(|(from, into)| What::Merge { from, into }),
        3 => any_unit().prop_map(What::Split),
        1 => any_unit().prop_map(What::Dissolve),
    ];
    // From mid-2020 to 2026: before, within and after the periods.
    let tree = (0..2200_u16, what).prop_map(|(day, what)| Step::Tree { day, what });
    let step = prop_oneof![
        9 => send,
        2 => any_unit().prop_map(Step::Accept),
        1 => any_unit().prop_map(Step::SendBack),
        1 => (any_unit(), 0..13_u8).prop_map(|(unit, month)| Step::Exempt { unit, month }),
        6 => tree,
    ];
    prop::collection::vec(step, 1..most)
}

/// The tiny district under a province, with a check and a rate.
fn province() -> District {
    let mut district = district();
    for event in &mut district.tree {
        if let Change::Open { parent: parent @ None, .. } = &mut event.change {
            *parent = Some("t".into());
        }
    }
    let root = Change::Open {
        unit: "t".into(),
        kind: "tinh".into(),
        parent: None,
        name: "Tỉnh Mẫu".into(),
        code: None,
    };
    district.tree.insert(0, TreeEvent { on: date(2020, 1, 1), change: root });
    let d = &mut district.definitions;
    d.campaign.scope = "t".into();
    d.kinds.push(Kind { id: "tinh".into(), name: "Tỉnh".into(), name_en: "Province".into() });
    d.measures.push(Measure {
        id: "dong".into(),
        name: "đồng".into(),
        name_en: "đồng".into(),
        people: false,
    });
    d.elements.push(DataElement {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        measure: "dong".into(),
        time: TimeRule::Stock,
        adds: UnitRule::Lists,
        data_set: "dang-vien".into(),
        section: String::new(),
        definitions: vec![Definition { from: date(2020, 1, 1), text: String::new() }],
    });
    d.data_sets[0].elements.push("sponsorship.rate".into());
    d.indicators.push(Indicator {
        id: "sponsorship.rate".into(),
        name: "Mức đỡ đầu".into(),
        definition: String::new(),
        measure: "dong".into(),
        formula: Formula::Rate { of: "sponsorship.rate".into() },
        filter: Filter::default(),
        wording: WordingRule::default(),
        quote: None,
    });
    d.rules.push(Rule {
        id: "n-le-d".into(),
        data_set: "dang-vien".into(),
        kinds: Vec::new(),
        holds: "members.registered <= members.total".into(),
        severity: Severity::Refuse,
        message: "{members.registered} > {members.total}".into(),
        message_en: String::new(),
    });
    district
}

const NOW: Date = date(2027, 1, 1);

/// A history while it is told: two processes on one database, and what the oracle knows.
struct History {
    /// One process and another: what one changes the other must see.
    processes: [Workspace; 2],
    watch: Watch,
    district: District,
    events: Vec<TreeEvent>,
    held: BTreeMap<ReturnKey, Held>,
    opened: u32,
    /// What came up, so that the test can say that it tried what it is for.
    seen: BTreeSet<&'static str>,
}

impl History {
    async fn begin(database: &TestDatabase) -> Self {
        let district = province();
        let ws = open(database).await;
        set_up(&ws, &"h".into(), &district.definitions, &district.tree).await.expect("sets up");
        let beside = open_beside(database, &ws).await;
        let watch = Watch::on(database).await;
        let events = district.tree.clone();
        Self {
            processes: [ws, beside],
            watch,
            district,
            events,
            held: BTreeMap::new(),
            opened: 0,
            seen: BTreeSet::new(),
        }
    }

    fn definitions(&self) -> &Definitions {
        &self.district.definitions
    }

    /// Does a step; whether anything was stored.
    async fn step(&mut self, n: usize, step: &Step) -> bool {
        let ws = self.processes[n % 2].clone();
        match step {
            Step::Send { unit, month, n, d, office, accept, correct } => {
                let mut values = vec![
                    ("members.registered", *n),
                    ("radio.bulletins", *n),
                    ("sponsorship.rate", 600_000 + n % 2),
                ];
                values.extend(d.map(|d| ("members.total", d)));
                let key = self.key(*unit, *month);
                let submission = self.district.submission(&key.unit, &key.data_set, &key.period, &values);
                let mode = Mode {
                    office: if *office { Sender::Office("h".into()) } else { Sender::Unit },
                    accept_by: accept.then(|| "h".into()),
                    reason: if *correct { "đếm lại".into() } else { String::new() },
                    dry_run: false,
                };
                self.send(&ws, submission, &mode).await
            }
            Step::Accept(i) => {
                let Some(key) = self.waiting(*i) else { return false };
                review::accept(&ws, &"h".into(), std::slice::from_ref(&key))
                    .await
                    .expect("what waits can be accepted");
                let held = self.held.get_mut(&key).expect("held");
                held.status = Status::Accepted;
                held.accepted.clone_from(&held.last);
                true
            }
            Step::SendBack(i) => {
                let Some(key) = self.waiting(*i) else { return false };
                review::send_back(&ws, &"h".into(), std::slice::from_ref(&key), "sai số")
                    .await
                    .expect("what waits can be sent back");
                self.held.get_mut(&key).expect("held").status = Status::Returned;
                true
            }
            Step::Exempt { unit, month } => {
                let key = self.key(*unit, *month);
                let fits = self.owes(&key)
                    && self
                        .held
                        .get(&key)
                        .is_none_or(|h| h.accepted.is_none() && h.status != Status::Submitted);
                let done =
                    review::exempt(&ws, &"h".into(), std::slice::from_ref(&key), "mới thành lập").await;
                assert_eq!(done.is_ok(), fits, "exempting {key:?}: {done:?}");
                if fits {
                    let held = self.held.entry(key).or_insert(Held {
                        status: Status::Exempt,
                        last: None,
                        accepted: None,
                    });
                    held.status = Status::Exempt;
                }
                fits
            }
            Step::Tree { day, what } => self.tree(&ws, date(2020, 6, 1) + i32::from(*day).days(), what).await,
        }
    }

    async fn send(&mut self, ws: &Workspace, submission: Submission, mode: &Mode) -> bool {
        let key = submission.key.clone();
        let held = self.held.get(&key);
        let accepted = held.is_some_and(|h| h.accepted.is_some());
        let number = |element| submission.value(element).and_then(nhipcau_domain::returns::Value::number);
        let too_many =
            matches!((number("members.registered"), number("members.total")), (Some(n), Some(d)) if n > d);
        let same = held.is_some_and(|h| {
            h.status != Status::Returned && h.last.as_ref().is_some_and(|l| l.same_content(&submission))
        });
        let wanted = if same {
            "unchanged"
        } else if !self.owes(&key) || too_many || (accepted && mode.reason.is_empty()) {
            "refused"
        } else {
            "stored"
        };
        let outcome =
            submit_all(ws, vec![submission.clone()], mode, &HashMap::new()).await.expect("submits").remove(0);
        let found = match outcome.verdict {
            Verdict::Unchanged => "unchanged",
            Verdict::Refused => "refused",
            Verdict::Received { .. } => "stored",
            Verdict::Corrected { .. } => {
                assert!(accepted, "corrects what was never accepted: {key:?}");
                self.seen.insert("correction");
                "stored"
            }
        };
        assert_eq!(found, wanted, "{key:?}: {:?}", outcome.problems);
        if found != "stored" {
            return false;
        }
        let held =
            self.held.entry(key).or_insert(Held { status: Status::Expected, last: None, accepted: None });
        held.last = Some(submission.clone());
        held.status = Status::Submitted;
        if mode.accept_by.is_some() {
            held.status = Status::Accepted;
            held.accepted = Some(submission);
        }
        true
    }

    async fn tree(&mut self, ws: &Workspace, on: Date, what: &What) -> bool {
        let Some(changes) = self.changes(on, what) else { return false };
        let mut all = self.events.clone();
        all.extend(changes.into_iter().map(|change| TreeEvent { on, change }));
        let done = set_up(ws, &"h".into(), self.definitions(), &all).await;
        if done.is_ok() {
            self.events = all;
            self.seen.insert(match what {
                What::Open { .. } => "open",
                What::Close(_) => "close",
                What::Move { .. } => "move",
                What::Rename(_) => "rename",
                What::Merge { .. } => "merge",
                What::Split(_) => "split",
                What::Dissolve(_) => "dissolve",
            });
        }
        done.is_ok()
    }

    fn changes(&mut self, on: Date, what: &What) -> Option<Vec<Change>> {
        let day = Day::of(&self.events, on);
        let below = |i: u8| pick(day.open.keys().filter(|u| *u != "t"), i);
        let anyone = |i: u8| pick(day.open.keys(), i);
        let mut fresh = || {
            self.opened += 1;
            format!("u{}", self.opened)
        };
        let opening = |unit: &str, kind: &str, parent: Option<&str>| Change::Open {
            unit: unit.into(),
            kind: kind.into(),
            parent: parent.map(Into::into),
            name: unit.into(),
            code: None,
        };
        Some(match what {
            What::Open { parent, commune } => {
                vec![opening(&fresh(), if *commune { "xa" } else { "chi-bo" }, Some(&anyone(*parent)?))]
            }
            What::Close(unit) => vec![Change::Close { unit: below(*unit)?.into() }],
            What::Move { unit, to } => {
                vec![Change::Move { unit: below(*unit)?.into(), parent: Some(anyone(*to)?.into()) }]
            }
            What::Rename(unit) => {
                vec![Change::Rename { unit: anyone(*unit)?.into(), name: "Tên mới".into() }]
            }
            What::Merge { from, into } => {
                vec![Change::Merge { from: vec![below(*from)?.into()], into: anyone(*into)?.into() }]
            }
            What::Split(unit) => {
                let unit = below(*unit)?;
                let (a, b) = (fresh(), fresh());
                let (kind, parent) = (&day.open[&unit], day.parent[&unit].as_deref());
                let mut changes = vec![opening(&a, kind, parent), opening(&b, kind, parent)];
                for (i, child) in day.children(&unit).into_iter().enumerate() {
                    let to = if i % 2 == 0 { &a } else { &b };
                    changes.push(Change::Move { unit: child.into(), parent: Some(to.as_str().into()) });
                }
                changes.push(Change::Split { from: unit.into(), into: vec![a.into(), b.into()] });
                changes
            }
            What::Dissolve(unit) => {
                let unit = below(*unit)?;
                let parent: Option<nhipcau_domain::id::UnitId> = day.parent[&unit].as_deref().map(Into::into);
                let moves = day
                    .children(&unit)
                    .into_iter()
                    .map(|c| Change::Move { unit: c.into(), parent: parent.clone() });
                moves.chain([Change::Close { unit: unit.into() }]).collect()
            }
        })
    }

    /// A return: of a cell for a year, of a commune for a month; now and then of one that owes none.
    fn key(&self, unit: u8, month: u8) -> ReturnKey {
        let every = Day::of(&self.events, NOW).parent;
        let unit = pick(every.keys(), unit).expect("there are units");
        let (form, period) = match month {
            0 => ("phat-thanh", format!("thang-{:02}", unit.len() % 12 + 1)),
            m if m < 8 => ("dang-vien", format!("nam-{}", m % 2 + 1)),
            m => ("phat-thanh", format!("thang-{m:02}")),
        };
        ReturnKey { unit: unit.into(), data_set: form.into(), period: period.into() }
    }

    fn owes(&self, key: &ReturnKey) -> bool {
        let period = self.definitions().period(&key.period).expect("a period");
        let kind = if key.data_set.as_str() == "dang-vien" { "chi-bo" } else { "xa" };
        // Open on any day of the period; the events' days are where that can change.
        let mut days: BTreeSet<Date> =
            self.events.iter().map(|e| e.on).filter(|d| period.first <= *d && *d <= period.last).collect();
        days.insert(period.first);
        days.into_iter()
            .any(|d| Day::of(&self.events, d).open.get(key.unit.as_str()).is_some_and(|k| k == kind))
    }

    fn waiting(&self, i: u8) -> Option<ReturnKey> {
        let waiting = self.held.iter().filter(|(_, h)| h.status == Status::Submitted).map(|(k, _)| k);
        let all: Vec<&ReturnKey> = waiting.collect();
        all.get(usize::from(i) % all.len().max(1)).map(|k| (*k).clone())
    }

    /// Everything that must hold after each step.
    async fn check(&mut self, n: usize) {
        let ws = self.processes[(n + 1) % 2].clone();
        let report = verify(&ws, &mut |_| {}).await.expect("verifies");
        assert_eq!(report.differences, [], "verify");
        let mut tx = ws.store().read().await.expect("reads");
        let setting = ws.setting(&mut tx).await.expect("set up");
        for period in ["nam-1", "nam-2", "thang-03", "thang-10"] {
            let period = setting.definitions.period(period).expect("a period");
            let evidence = Evidence::load(&mut tx, &setting, period).await.expect("evidence");
            let then = Day::of(&self.events, period.last);
            let mut grand = Vec::new();
            for (tree, on) in [(TreeDay::Then, period.last), (TreeDay::On(NOW), NOW)] {
                let day = Day::of(&self.events, on);
                for scope in day.open.keys() {
                    let basis = evidence.basis(&setting, scope, tree).expect("an open scope has a basis");
                    for indicator in &setting.definitions.indicators {
                        let answer = basis.evaluate(indicator).expect("evaluates");
                        let found = Answered::of(&answer);
                        let wanted = self.wanted(&indicator.id, &period.id, &then, &day, scope);
                        assert_eq!(found, wanted, "{} of {scope} for {} under {on}", indicator.id, period.id);
                        let c = answer.figure.coverage;
                        assert_eq!(c.expected, c.accepted + c.exempt + c.missing, "coverage of {scope}");
                        assert!(
                            c.accepted <= c.reported && c.reported <= c.expected,
                            "coverage of {scope}: {c:?}"
                        );
                        assert_eq!(c.missing as usize, answer.missing.len());
                        if let (Some(n), Some(d)) = (found.numerator, found.denominator) {
                            assert!(0 <= n && n <= d, "0 ≤ {n} ≤ {d}");
                        }
                        if found.status == FigureStatus::Unanswerable {
                            self.seen.insert("unanswerable");
                        }
                        if scope == "t" {
                            grand.push((indicator.id.clone(), found));
                        }
                    }
                }
            }
            let (under_then, under_now) = grand.split_at(grand.len() / 2);
            assert_eq!(under_then, under_now, "the grand totals of {} under both trees", period.id);
            self.check_totals(&mut tx, period, &then).await;
        }
    }

    /// The packed rows that the root's totals are read from in a millisecond.
    async fn check_totals(
        &self,
        tx: &mut nhipcau_store::Tx,
        period: &nhipcau_domain::period::Period,
        then: &Day,
    ) {
        for form in &self.definitions().data_sets {
            let rows = tx.all_totals(&period.id, &form.id).await.expect("totals");
            for scope in then.open.keys() {
                for (i, element) in form.elements.iter().enumerate() {
                    let of_scope = rows
                        .iter()
                        .filter(|r| r.unit.as_str() == scope)
                        .filter_map(|r| r.sums.elements.get(i));
                    let found: i64 = of_scope.map(|e| e.sum).sum();
                    let wanted = if element.as_str() == "sponsorship.rate" {
                        0
                    } else {
                        self.sum(form.id.as_str(), &period.id, element, then, then, scope)
                    };
                    assert_eq!(found, wanted, "kept total of {element} of {scope} for {}", period.id);
                }
            }
        }
    }

    fn numbers(&self, form: &str, period: &str, element: &str, then: &Day) -> Numbers {
        let months: Vec<String> = (1..=12).map(|m| format!("thang-{m:02}")).collect();
        let mut parts = vec![period];
        if form == "phat-thanh" && period == "nam-1" {
            parts = months.iter().map(String::as_str).collect();
        }
        numbers(&self.held, then, form, &parts, element)
    }

    fn sum(&self, form: &str, period: &str, element: &str, then: &Day, day: &Day, scope: &str) -> i64 {
        let numbers = self.numbers(form, period, element, then);
        numbers.iter().filter(|(unit, _)| day.counts(unit, scope).0).map(|(_, n)| n).sum()
    }

    /// What the oracle says of a figure.
    fn wanted(&self, key: &str, period: &str, then: &Day, day: &Day, scope: &str) -> Answered {
        let form = if key == "radio.bulletins" { "phat-thanh" } else { "dang-vien" };
        let mut n = self.numbers(form, period, key, then);
        let d = self.numbers(form, period, "members.total", then);
        if key == "members.registered" {
            n.retain(|unit, _| d.contains_key(unit));
        }
        if n.keys().any(|unit| day.counts(unit, scope).1) {
            return Answered { status: FigureStatus::Unanswerable, numerator: None, denominator: None };
        }
        n.retain(|unit, _| day.counts(unit, scope).0);
        if n.is_empty() {
            return Answered { status: FigureStatus::Missing, numerator: None, denominator: None };
        }
        let numerator = match key {
            "sponsorship.rate" => {
                Some(*n.values().next().expect("not empty")).filter(|first| n.values().all(|v| v == first))
            }
            _ => Some(n.values().sum()),
        };
        let denominator = (key == "members.registered").then(|| n.keys().map(|u| d[u]).sum());
        Answered { status: FigureStatus::Measured, numerator, denominator }
    }
}

/// What a figure says, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answered {
    status: FigureStatus,
    numerator: Option<i64>,
    denominator: Option<i64>,
}

impl Answered {
    fn of(answer: &nhipcau_domain::figure::Answer) -> Self {
        let f = &answer.figure;
        Self { status: f.status, numerator: f.numerator, denominator: f.denominator }
    }
}

fn pick<'a>(from: impl Iterator<Item = &'a String>, i: u8) -> Option<String> {
    let all: Vec<&String> = from.collect();
    all.get(usize::from(i) % all.len().max(1)).map(|u| (*u).clone())
}

async fn tell(database: &TestDatabase, steps: &[Step]) -> BTreeSet<&'static str> {
    let mut history = History::begin(database).await;
    for (n, step) in steps.iter().enumerate() {
        let before = history.watch.look().await;
        if history.step(n, step).await {
            history.check(n).await;
        } else {
            history.seen.insert("refusal");
            assert_eq!(before, history.watch.look().await, "a step that was refused left a trace: {step:?}");
        }
    }
    for ws in history.processes {
        ws.store().clone().close().await;
    }
    history.seen
}

/// Tells histories of up to so many steps; what came up in them.
fn histories(cases: u32, most: usize, database: impl Fn() -> TestDatabase) -> BTreeSet<&'static str> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let seen = Mutex::new(BTreeSet::new());
    let told = TestRunner::new(config).run(&steps(most), |steps| {
        let mut found = runtime.block_on(tell(&database(), &steps));
        seen.lock().expect("not poisoned").append(&mut found);
        Ok(())
    });
    if let Err(failed) = told {
        panic!("{failed}");
    }
    seen.into_inner().expect("not poisoned")
}

#[test]
fn whatever_happens_totals_figures_and_record_agree() {
    let seen = histories(100, 40, TestDatabase::sqlite);
    let wanted = [
        "close",
        "correction",
        "dissolve",
        "merge",
        "move",
        "open",
        "refusal",
        "rename",
        "split",
        "unanswerable",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), wanted, "the histories did not try everything");
}

#[test]
fn the_same_on_postgres() {
    if TestDatabase::postgres().is_some() {
        histories(8, 24, || TestDatabase::postgres().expect("it was there before"));
    }
}
