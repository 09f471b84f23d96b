//! What changed checks would say of returns that are accepted already.

use std::collections::{BTreeMap, BTreeSet};

use nhipcau_domain::{
    checks::Rule,
    id::{DataSetId, PeriodId, UnitId},
    problem::{Arg, Problem, Severity},
    returns::Submission,
};
use nhipcau_store::{ReportedPeriod, Tx};

use crate::{error::Result, returns::run_checks, workspace::Setting};

/// The most returns that checks are tried on, of one form.
pub(super) const MOST: usize = 5_000;
/// The most returns that are named.
const NAMED: usize = 3;

/// A return of which a check would speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Whose it is.
    pub unit: UnitId,
    /// What the check would say.
    pub problem: Problem,
}

/// What a check says of the accepted returns of its form's newest period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckChange {
    /// The check's name.
    pub rule: String,
    /// How it weighs; none where it is gone.
    pub severity: Option<Severity>,
    /// The form.
    pub form: DataSetId,
    /// The period.
    pub period: PeriodId,
    /// On how many returns it was tried.
    pub tried: usize,
    /// How many there are.
    pub returns: usize,
    /// Of how many it speaks, as it stands and as it would.
    pub speaks: (usize, usize),
    /// Some of those of which it would speak.
    pub examples: Vec<Example>,
}

/// Tries the checks of the forms whose checks or elements differ on each form's newest period.
pub(super) async fn compare(
    tx: &mut Tx,
    before: &Setting,
    after: &Setting,
    reported: &[ReportedPeriod],
) -> Result<Vec<CheckChange>> {
    let mut found = Vec::new();
    for form in &after.definitions.data_sets {
        let rules = changed(before, after, &form.id);
        let periods = reported.iter().filter(|r| r.data_set == form.id);
        let newest = periods
            .filter_map(|r| Some((after.definitions.period(&r.period)?, r.returns)))
            .max_by_key(|(period, _)| period.last);
        let (Some((period, _)), false) = (newest, rules.is_empty()) else { continue };
        let mut accepted: Vec<Submission> = Vec::new();
        let mut returns = 0;
        tx.for_each_accepted(&form.id, &period.id, &mut |row| {
            if let Some(revision) = row.revision {
                returns += 1;
                if accepted.len() < MOST {
                    accepted.push(revision.submission);
                }
            }
            Ok(())
        })
        .await?;
        let accepted: Vec<&Submission> = accepted.iter().collect();
        let was = spoken(run_checks(tx, before, &accepted).await?);
        let is = spoken(run_checks(tx, after, &accepted).await?);
        let none = Vec::new();
        for (rule, severity) in rules {
            let (was, is) = (was.get(&rule).unwrap_or(&none), is.get(&rule).unwrap_or(&none));
            found.push(CheckChange {
                severity,
                form: form.id.clone(),
                period: period.id.clone(),
                tried: accepted.len(),
                returns,
                speaks: (was.len(), is.len()),
                examples: is.iter().take(NAMED).cloned().collect(),
                rule,
            });
        }
    }
    Ok(found)
}

/// The checks of a form that differ, with how they would weigh.
fn changed(before: &Setting, after: &Setting, form: &DataSetId) -> Vec<(String, Option<Severity>)> {
    let of = |setting: &Setting| -> BTreeMap<String, Rule> {
        let rules = setting.definitions.rules.iter().filter(|r| r.data_set == *form);
        rules.map(|r| (r.id.clone(), r.clone())).collect()
    };
    let (was, is) = (of(before), of(after));
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let differ = names.into_iter().filter(|name| was.get(*name) != is.get(*name));
    differ.map(|name| (name.clone(), is.get(name).map(|r| r.severity))).collect()
}

/// What was found, by check.
fn spoken(findings: crate::returns::Findings) -> BTreeMap<String, Vec<Example>> {
    let mut found: BTreeMap<String, Vec<Example>> = BTreeMap::new();
    for problem in findings.into_iter().flatten() {
        let text = |name: &str| match problem.arg(name) {
            Some(Arg::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let (rule, unit) = (text("rule"), text("unit"));
        found.entry(rule).or_default().push(Example { unit: unit.as_str().into(), problem });
    }
    found
}
