//! A history while it is told: returns come in, are reviewed, sent back, excused.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{ToSpan, civil::date};
use nhipcau_actions::{
    Workspace,
    campaign::set_up,
    returns::{Mode, Sender, Verdict, submit_all},
    review,
};
use nhipcau_domain::{
    Date,
    definitions::Definitions,
    returns::{ReturnKey, Status, Submission, Value},
    tree::TreeEvent,
};
use nhipcau_testkit::{District, TestDatabase};

use super::{NOW, pick, province::province, steps::Step};
use crate::{
    oracle::{Day, Held},
    support::{open, open_beside},
    watch::Watch,
};

/// A history while it is told: two processes on one database, and what the oracle knows.
pub struct History {
    /// One process and another: what one changes the other must see.
    pub processes: [Workspace; 2],
    pub watch: Watch,
    pub district: District,
    pub events: Vec<TreeEvent>,
    pub held: BTreeMap<ReturnKey, Held>,
    pub opened: u32,
    /// What came up, so that the test can say that it tried what it is for.
    pub seen: BTreeSet<&'static str>,
}

impl History {
    pub async fn begin(database: &TestDatabase) -> Self {
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

    pub fn definitions(&self) -> &Definitions {
        &self.district.definitions
    }

    /// Does a step; whether anything was stored.
    pub async fn step(&mut self, n: usize, step: &Step) -> bool {
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
                    ..Mode::default()
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
        let number = |element| submission.value(element).and_then(Value::number);
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
}
