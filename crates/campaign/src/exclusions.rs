//! Whether what an indicator takes off can be reckoned as a union.
//!
//! Someone exempt from meetings and from work is taken off once. Counts alone give no union, so
//! where groups overlap there must be a part for every combination of them: *only from meetings*,
//! *only from work*, *both*.

use std::collections::BTreeSet;

use nhipcau_domain::{
    definitions::Definitions,
    indicator::{Exclusions, Formula},
    problem::Problem,
};

use crate::notes::{Notes, What};

/// Beyond this no form could ask for every combination.
const MOST_GROUPS: usize = 6;

pub(crate) fn check(definitions: &Definitions, notes: &mut Notes) {
    for indicator in &definitions.indicators {
        if let Formula::Ratio { exclusions: Some(exclusions), .. } = &indicator.formula {
            for problem in problems(exclusions) {
                notes.push_at(problem.with("indicator", &indicator.id), What::Indicator, &indicator.id);
            }
        }
    }
}

fn problems(exclusions: &Exclusions) -> Vec<Problem> {
    let mut found = Vec::new();
    let groups: BTreeSet<&str> = exclusions.groups.iter().map(|(id, _)| id.as_str()).collect();
    if groups.len() != exclusions.groups.len() {
        found.push(Problem::new("campaign-exclusion-group-twice"));
    }
    if groups.is_empty() || groups.len() > MOST_GROUPS {
        found.push(Problem::new("campaign-exclusion-group-count").with("most", MOST_GROUPS));
        return found;
    }
    let mut parts: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    for part in &exclusions.parts {
        let of: BTreeSet<&str> = part.groups.iter().map(String::as_str).collect();
        let words = part.groups.join(" + ");
        if of.is_empty() || !of.is_subset(&groups) {
            found.push(
                Problem::new("campaign-exclusion-group-unknown")
                    .with("found", words)
                    .with("expected", groups.iter().copied().collect::<Vec<_>>().join(", ")),
            );
            continue;
        }
        if of.len() > 1 && !exclusions.overlap {
            found.push(Problem::new("campaign-exclusion-part-overlaps").with("groups", words.clone()));
        }
        if !parts.insert(of) {
            found.push(Problem::new("campaign-exclusion-part-twice").with("groups", words));
        }
    }
    for wanted in combinations(&groups, exclusions.overlap).into_iter().filter(|w| !parts.contains(w)) {
        let words = wanted.into_iter().collect::<Vec<_>>().join(" + ");
        found.push(Problem::new("campaign-exclusion-part-missing").with("groups", words));
    }
    found
}

/// Every set of groups that a person can be in.
fn combinations<'a>(groups: &BTreeSet<&'a str>, overlap: bool) -> Vec<BTreeSet<&'a str>> {
    if !overlap {
        return groups.iter().map(|g| BTreeSet::from([*g])).collect();
    }
    let mut all: Vec<BTreeSet<&str>> = vec![BTreeSet::new()];
    for group in groups {
        let with: Vec<_> = all.iter().map(|s| s.iter().copied().chain([*group]).collect()).collect();
        all.extend(with);
    }
    all.retain(|s| !s.is_empty());
    all
}
