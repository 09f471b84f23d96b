//! What returns rest on, and so stays: it is retired, never taken away or made to mean something else.

use std::collections::BTreeSet;

use nhipcau_domain::{definitions::Definitions, problem::Problem};
use nhipcau_store::{ReportedPeriod, Tx};

use crate::error::Result;

/// Why a change of definitions would take something from returns that there are, or give a name out a
/// second time. `again` lets an earlier version's names come back.
pub(crate) async fn problems(
    tx: &mut Tx,
    (before, after): (&Definitions, &Definitions),
    reported: &[ReportedPeriod],
    again: bool,
) -> Result<Vec<Problem>> {
    if before == after {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    forms(before, after, reported, &mut found);
    elements(before, after, reported, &mut found);
    if !reported.is_empty() {
        let gone = before.exempt_reasons.keys().filter(|code| !after.exempt_reasons.contains_key(*code));
        found.extend(gone.map(|code| Problem::new("configuration-reason-kept").with("name", code.as_str())));
    }
    if !again {
        used_before(tx, before, after, &mut found).await?;
    }
    Ok(found)
}

fn forms(before: &Definitions, after: &Definitions, reported: &[ReportedPeriod], found: &mut Vec<Problem>) {
    let mut told = BTreeSet::new();
    for row in reported {
        let Some(form) = before.data_set(&row.data_set) else { continue };
        let problem = match after.data_set(&row.data_set) {
            None => Problem::new("configuration-form-kept").with("name", &*form.name),
            Some(now) if now.calendar != form.calendar => {
                Problem::new("configuration-calendar-kept").with("name", &*form.name)
            }
            Some(_) => {
                let (was, is) = (before.period(&row.period), after.period(&row.period));
                let Some(was) = was else { continue };
                if is.is_some_and(|is| (is.first, is.last) == (was.first, was.last)) {
                    continue;
                }
                Problem::new("configuration-period-kept").with("name", &*was.name)
            }
        };
        let problem = problem.with("count", row.returns);
        if told.insert((problem.id.clone(), problem.arg("name").map(|a| format!("{a:?}")))) {
            found.push(problem);
        }
    }
}

fn elements(
    before: &Definitions,
    after: &Definitions,
    reported: &[ReportedPeriod],
    found: &mut Vec<Problem>,
) {
    let rested_on = |form: &str| reported.iter().any(|r| r.data_set.as_str() == form);
    for element in before.elements.iter().filter(|e| rested_on(&e.data_set)) {
        let name = &*element.name;
        let Some(now) = after.element(&element.id) else {
            found.push(Problem::new("configuration-element-kept").with("name", name));
            continue;
        };
        if now.data_set != element.data_set {
            found.push(Problem::new("configuration-element-moved").with("name", name));
        }
        if now.measure != element.measure {
            found.push(Problem::new("configuration-measure-kept").with("name", name));
        }
        for d in element.definitions.iter().filter(|d| !now.definitions.contains(d)) {
            found.push(Problem::new("configuration-definition-kept").with("name", name).with("day", d.from));
        }
    }
}

/// Names that are new now and stood for something in an earlier version.
async fn used_before(
    tx: &mut Tx,
    before: &Definitions,
    after: &Definitions,
    found: &mut Vec<Problem>,
) -> Result<()> {
    let held = names(before);
    let mut fresh: BTreeSet<String> = names(after).difference(&held).cloned().collect();
    if fresh.is_empty() {
        return Ok(());
    }
    for version in tx.definition_versions().await? {
        let Some(earlier) = tx.definitions_at(version.version).await? else { continue };
        let earlier = names(&earlier);
        for name in fresh.iter().filter(|n| earlier.contains(*n)) {
            let own = name.split_once(' ').map_or(name.as_str(), |(_, own)| own);
            let problem = Problem::new("configuration-name-used").with("name", own);
            found.push(problem.with("version", version.version.to_string()));
        }
        fresh.retain(|n| !earlier.contains(n));
    }
    Ok(())
}

/// Names that are never given out twice, with what they are names of.
fn names(d: &Definitions) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    all.extend(d.elements.iter().map(|e| format!("element {}", e.id)));
    all.extend(d.data_sets.iter().map(|f| format!("form {}", f.id)));
    all.extend(d.indicators.iter().map(|i| format!("indicator {}", i.id)));
    all.extend(d.calendars.iter().map(|c| format!("calendar {}", c.id)));
    all.extend(d.calendars.iter().flat_map(|c| &c.periods).map(|p| format!("period {}", p.id)));
    all.extend(d.rules.iter().map(|r| format!("check {}", r.id)));
    all.extend(d.kinds.iter().map(|k| format!("kind {}", k.id)));
    all.extend(d.measures.iter().map(|m| format!("measure {}", m.id)));
    all
}
