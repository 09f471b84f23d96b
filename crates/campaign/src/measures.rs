//! What may be added to what: one unit of measure, values that add, one form for both sides of a share.

use std::collections::HashSet;

use nhipcau_domain::{
    definitions::Definitions,
    element::{DataElement, TimeRule, UnitRule},
    id::{ElementId, IndicatorId, MeasureId},
    indicator::{Formula, Indicator},
    problem::{Problem, Severity},
};

use crate::notes::{Notes, What};

pub(crate) fn check(definitions: &Definitions, notes: &mut Notes) {
    for indicator in &definitions.indicators {
        match &indicator.formula {
            Formula::Count { of } => {
                if of.is_empty() {
                    report(notes, indicator, Problem::new("campaign-sum-of-nothing"));
                }
                adds(definitions, indicator, of.iter(), notes);
            }
            Formula::Ratio { numerator, denominator, exclusions } => {
                if numerator.is_empty() || denominator.is_empty() {
                    report(notes, indicator, Problem::new("campaign-sum-of-nothing"));
                }
                let parts = exclusions.iter().flat_map(|x| &x.parts);
                let parts = parts.flat_map(|p| [&p.numerator, &p.denominator]);
                let all: Vec<&ElementId> = numerator.iter().chain(denominator).chain(parts).collect();
                adds(definitions, indicator, all.iter().copied(), notes);
                one_form(definitions, indicator, &all, notes);
            }
            Formula::Rate { of } => {
                if let Some(element) = definitions.element(of) {
                    same_measure(indicator, &element.id, &element.measure, notes);
                }
            }
            Formula::Derived { sum } => derived(definitions, indicator, sum, notes),
            Formula::Claim { .. } => {}
        }
    }
}

fn report(notes: &mut Notes, indicator: &Indicator, problem: Problem) {
    notes.push_at(problem.with("indicator", &indicator.id), What::Indicator, &indicator.id);
}

/// Values that are summed: each adds across units, and all are of the indicator's unit of measure.
fn adds<'a>(
    definitions: &Definitions,
    indicator: &Indicator,
    of: impl Iterator<Item = &'a ElementId>,
    notes: &mut Notes,
) {
    let elements: Vec<&DataElement> = of.filter_map(|id| definitions.element(id)).collect();
    for element in &elements {
        if element.adds == UnitRule::Lists {
            report(notes, indicator, Problem::new("campaign-list-cannot-add").with("element", &element.id));
        }
        same_measure(indicator, &element.id, &element.measure, notes);
    }
    let flow = elements.iter().any(|e| e.time == TimeRule::Flow);
    if flow && elements.iter().any(|e| e.time == TimeRule::Stock) {
        report(notes, indicator, Problem::new("campaign-mixed-time").severity(Severity::Notice));
    }
}

fn same_measure(indicator: &Indicator, of: &str, measure: &MeasureId, notes: &mut Notes) {
    if *measure != indicator.measure {
        let problem = Problem::new("campaign-measures-differ")
            .with("expected", &indicator.measure)
            .with("of", of)
            .with("found", measure);
        report(notes, indicator, problem);
    }
}

/// Both sides of a share come from the same returns: else it is over two different sets of units.
fn one_form(definitions: &Definitions, indicator: &Indicator, all: &[&ElementId], notes: &mut Notes) {
    let mut elements = all.iter().filter_map(|id| definitions.element(id));
    let Some(first) = elements.next() else { return };
    if let Some(other) = elements.find(|e| e.data_set != first.data_set) {
        let problem = Problem::new("campaign-ratio-across-forms")
            .with("first", &first.id)
            .with("first-form", &first.data_set)
            .with("other", &other.id)
            .with("other-form", &other.data_set);
        report(notes, indicator, problem);
    }
}

fn derived(definitions: &Definitions, indicator: &Indicator, sum: &[IndicatorId], notes: &mut Notes) {
    if sum.is_empty() {
        report(notes, indicator, Problem::new("campaign-sum-of-nothing"));
    }
    for part in sum.iter().filter_map(|id| definitions.indicator(id)) {
        if !matches!(part.formula, Formula::Count { .. } | Formula::Derived { .. }) {
            report(notes, indicator, Problem::new("campaign-sum-needs-counts").with("of", &part.id));
        }
        same_measure(indicator, &part.id, &part.measure, notes);
    }
    if reaches(definitions, indicator, &indicator.id, &mut HashSet::new()) {
        report(notes, indicator, Problem::new("campaign-sum-of-itself"));
    }
}

/// Whether a sum comes back to an indicator.
fn reaches<'a>(
    definitions: &'a Definitions,
    from: &'a Indicator,
    to: &IndicatorId,
    seen: &mut HashSet<&'a str>,
) -> bool {
    let Formula::Derived { sum } = &from.formula else { return false };
    sum.iter().any(|id| {
        id == to
            || (seen.insert(id.as_str())
                && definitions.indicator(id).is_some_and(|next| reaches(definitions, next, to, seen)))
    })
}
