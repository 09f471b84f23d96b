//! Running the checks of a form on what was sent.

use std::collections::{BTreeSet, HashMap};

use nhipcau_campaign::register_count;
use nhipcau_domain::{
    checks::{Check, Facts, Finding},
    definitions::Definitions,
    id::{DataSetId, KindId, UnitId},
    period::Period,
    problem::{Problem, Severity},
    returns::Submission,
    totals::Sums,
};
use nhipcau_store::Tx;

use crate::{error::Result, workspace::Setting};

/// What the checks found, per return in the order in which they were handed in.
pub type Findings = Vec<Vec<Problem>>;

/// Whether a sentence may quote what is on record of a unit and around it: a check's own words do.
#[must_use]
pub fn quotes_record(problem: &Problem) -> bool {
    problem.id == "check-failed"
}

/// Runs every check of their forms on submissions of one form and period.
pub async fn run_checks(tx: &mut Tx, setting: &Setting, submissions: &[&Submission]) -> Result<Findings> {
    let Some(first) = submissions.first() else { return Ok(Vec::new()) };
    let definitions = &setting.definitions;
    let (Some(form), Some(period)) =
        (definitions.data_set(&first.key.data_set), definitions.period(&first.key.period))
    else {
        return Ok(vec![Vec::new(); submissions.len()]);
    };
    let checks: Vec<&Check> = setting.checks.iter().filter(|c| c.rule().data_set == form.id).collect();
    let mut units: Vec<UnitId> = submissions.iter().map(|s| s.key.unit.clone()).collect();
    units.sort();
    let previous = if checks.iter().any(|c| c.needs_previous()) {
        previous(tx, setting, first, &units).await?
    } else {
        HashMap::new()
    };
    let children = if checks.iter().any(|c| c.needs_children()) {
        let asked = checks.iter().filter(|c| c.needs_children()).flat_map(|c| c.elements());
        let forms: BTreeSet<&DataSetId> =
            asked.filter_map(|id| Some(&definitions.element(id)?.data_set)).collect();
        children(tx, setting, &forms, period, &units).await?
    } else {
        HashMap::new()
    };
    Ok(submissions
        .iter()
        .map(|s| {
            let kind = setting.tree.find(&s.key.unit).map(|ix| setting.tree.kind(ix, period.last).clone());
            let facts = ReturnFacts {
                definitions,
                period,
                submission: s,
                previous: previous.get(&s.key.unit),
                children: children.get(&s.key.unit),
            };
            checks.iter().filter(|c| concerns(c, kind.as_ref())).filter_map(|c| finding(c, &facts)).collect()
        })
        .collect())
}

fn concerns(check: &Check, kind: Option<&KindId>) -> bool {
    let kinds = &check.rule().kinds;
    kinds.is_empty() || kind.is_some_and(|k| kinds.contains(k))
}

/// A failed check as a problem, at the cell of the first element that it names.
fn finding(check: &Check, facts: &ReturnFacts<'_>) -> Option<Problem> {
    let rule = check.rule();
    let problem = match check.run(facts) {
        Finding::Holds | Finding::Unknown => return None,
        Finding::Fails { message, message_en } => Problem::new("check-failed")
            .with("rule", rule.id.as_str())
            .with("message", message)
            .with("message-en", message_en)
            .severity(rule.severity),
        Finding::Overflow => {
            Problem::new("check-overflow").with("rule", rule.id.as_str()).severity(Severity::Refuse)
        }
    };
    let mut problem = problem.with("unit", &facts.submission.key.unit);
    let origin = &facts.submission.origin;
    if !origin.file.is_empty() {
        problem.place.file = Some(origin.file.clone());
        problem.place.sheet = Some(origin.sheet.clone()).filter(|s| !s.is_empty());
    }
    let entries = &facts.submission.entries;
    problem.place.cell =
        check.elements().iter().find_map(|id| entries.iter().find(|e| e.element == *id)?.cell.clone());
    Some(problem)
}

/// What a check may ask of a return and around it.
struct ReturnFacts<'a> {
    definitions: &'a Definitions,
    period: &'a Period,
    submission: &'a Submission,
    previous: Option<&'a Submission>,
    /// What the direct children add, by form.
    children: Option<&'a HashMap<DataSetId, Sums>>,
}

impl Facts for ReturnFacts<'_> {
    fn value(&self, element: &str) -> Option<i64> {
        self.submission.value(element)?.number()
    }

    fn previous(&self, element: &str) -> Option<i64> {
        self.previous?.value(element)?.number()
    }

    fn children(&self, element: &str) -> Option<i64> {
        // Cells report on another form than their commune, as often as not.
        let element = self.definitions.element(element)?;
        let form = self.definitions.data_set(&element.data_set)?;
        let slot = self.children?.get(&element.data_set)?.elements.get(form.position(&element.id)?)?;
        (slot.numbers > 0).then_some(slot.sum)
    }

    fn register(&self, name: &str) -> Option<i64> {
        register_count(self.definitions, name, &self.submission.key.unit, self.period)
    }
}

/// The same units' accepted submissions of the period before.
async fn previous(
    tx: &mut Tx,
    setting: &Setting,
    like: &Submission,
    units: &[UnitId],
) -> Result<HashMap<UnitId, Submission>> {
    let definitions = &setting.definitions;
    let before = definitions.period(&like.key.period).and_then(|p| definitions.period_before(p));
    let Some(before) = before else { return Ok(HashMap::new()) };
    let rows = tx.accepted(&like.key.data_set, std::slice::from_ref(&before.id), Some(units)).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.key.unit, row.revision?.submission))).collect())
}

/// What the units' direct children add in the same period.
async fn children(
    tx: &mut Tx,
    setting: &Setting,
    forms: &BTreeSet<&DataSetId>,
    period: &Period,
    units: &[UnitId],
) -> Result<HashMap<UnitId, HashMap<DataSetId, Sums>>> {
    let tree = &setting.tree;
    // One read for all of them, however many units there are.
    let mut parents: HashMap<UnitId, UnitId> = HashMap::new();
    let mut found: HashMap<UnitId, HashMap<DataSetId, Sums>> = HashMap::new();
    for unit in units {
        let Some(ix) = tree.find(unit) else { continue };
        for child in tree.children(ix, period.last) {
            parents.insert(tree.id(child).clone(), unit.clone());
        }
    }
    let below: Vec<UnitId> = parents.keys().cloned().collect();
    for form in forms {
        for row in tx.contributions(&period.id, form, Some(&below)).await? {
            if let Some(unit) = parents.get(&row.unit) {
                found.entry(unit.clone()).or_default().entry((*form).clone()).or_default().add(&row.sums)?;
            }
        }
    }
    Ok(found)
}
