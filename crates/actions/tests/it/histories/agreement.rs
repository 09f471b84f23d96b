//! What must hold after each step: what is kept, what the record comes to, and the plain oracle agree.

use nhipcau_actions::{
    basis::{Evidence, TreeDay},
    verify::verify,
};
use nhipcau_domain::figure::{Answer, Status as FigureStatus};
use nhipcau_domain::period::Period;
use nhipcau_store::Tx;

use super::{NOW, told::History};
use crate::oracle::{Day, Numbers, numbers};

impl History {
    /// Everything that must hold after each step.
    pub async fn check(&mut self, n: usize) {
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
        drop(tx);
        self.check_pivot(&ws, &setting, n).await;
    }

    /// The packed rows that the root's totals are read from in a millisecond.
    async fn check_totals(&self, tx: &mut Tx, period: &Period, then: &Day) {
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
    fn of(answer: &Answer) -> Self {
        let f = &answer.figure;
        Self { status: f.status, numerator: f.numerator, denominator: f.denominator }
    }
}
