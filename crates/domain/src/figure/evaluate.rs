//! From contributions to a figure: Σn ÷ Σd in exact integers.

use std::collections::BTreeSet;

use super::{Basis, Contribution, Coverage, Excluded, Figure, Leaf, MissingReturn, Status};
use crate::{
    element::UnitRule,
    id::{DataSetId, ElementId, PeriodId},
    indicator::{Exclusions, Formula, Indicator},
    problem::Problem,
    tree::Ix,
    wording,
};

/// A figure with everything that it can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The figure.
    pub figure: Figure,
    /// What each unit adds; a rate's are listed and do not sum.
    pub contributions: Vec<Contribution>,
    /// Units that are accepted but do not count here, because one of the numbers is not reported.
    pub incomplete: Vec<crate::id::UnitId>,
    /// What is owed and not accepted.
    pub missing: Vec<MissingReturn>,
}

/// Sums while they are made.
#[derive(Default)]
struct Tally {
    numerator: i64,
    denominator: i64,
    excluded: Vec<(i64, i64)>,
    contributions: Vec<Contribution>,
    incomplete: Vec<crate::id::UnitId>,
    undecided: bool,
}

impl Basis<'_> {
    /// The figure of an indicator, with what it is made of.
    pub fn evaluate(&self, indicator: &Indicator) -> Result<Answer, Problem> {
        let (owed, missing) = self.coverage(indicator);
        let mut figure = self.blank(indicator, owed);
        let mut tally = Tally::default();
        match &indicator.formula {
            Formula::Claim { value, .. } => {
                // It was claimed of the whole: of a part nobody said anything.
                if self.is_whole() {
                    figure.status = Status::Claim;
                    figure.wording = wording::count(*value, &indicator.wording);
                    figure.claimed = Some(*value);
                } else {
                    figure.status = Status::Missing;
                }
                return Ok(Answer {
                    figure,
                    contributions: Vec::new(),
                    incomplete: Vec::new(),
                    missing: Vec::new(),
                });
            }
            Formula::Count { of } => self.count(indicator, of, &mut tally)?,
            Formula::Ratio { numerator, denominator, exclusions } => {
                self.ratio(indicator, numerator, denominator, exclusions.as_ref(), &mut tally)?;
            }
            Formula::Rate { of } => self.rate(indicator, of, &mut tally),
            Formula::Derived { sum } => {
                figure.status = Status::Derived;
                self.derived(sum, &mut tally)?;
            }
        }
        finish(indicator, &mut figure, &tally);
        Ok(Answer { figure, contributions: tally.contributions, incomplete: tally.incomplete, missing })
    }

    fn blank(&self, indicator: &Indicator, coverage: Coverage) -> Figure {
        let measure = self.definitions.measure(&indicator.measure);
        Figure {
            key: indicator.id.clone(),
            name: indicator.name.clone(),
            period: self.period.id.clone(),
            scope: self.tree.id(self.scope).clone(),
            tree: self.tree_day,
            numerator: None,
            denominator: None,
            claimed: None,
            excluded: None,
            wording: String::new(),
            measure: indicator.measure.clone(),
            people: measure.is_some_and(|m| m.people),
            percent: matches!(indicator.formula, Formula::Ratio { .. }),
            status: Status::Measured,
            coverage,
        }
    }

    fn count(&self, indicator: &Indicator, of: &[ElementId], tally: &mut Tally) -> Result<(), Problem> {
        for (leaf, decided) in self.counted(indicator, of) {
            let mut own = None;
            for element in of {
                if let Some(n) = self.number(leaf, element) {
                    own = Some(add(own.unwrap_or(0), n)?);
                }
            }
            let Some(n) = own else { continue };
            if !decided {
                tally.undecided = true;
                continue;
            }
            tally.numerator = add(tally.numerator, n)?;
            tally.contribute(self.tree.id(leaf.unit).clone(), n, None);
        }
        Ok(())
    }

    fn ratio(
        &self,
        indicator: &Indicator,
        numerator: &[ElementId],
        denominator: &[ElementId],
        exclusions: Option<&Exclusions>,
        tally: &mut Tally,
    ) -> Result<(), Problem> {
        let parts = exclusions.map_or(&[][..], |x| x.parts.as_slice());
        tally.excluded = vec![(0, 0); parts.len()];
        let all: Vec<ElementId> = numerator.iter().chain(denominator).cloned().collect();
        for (leaf, decided) in self.counted(indicator, &all) {
            let sum = |elements: &[ElementId]| -> Option<i64> {
                elements.iter().try_fold(0_i64, |sum, e| sum.checked_add(self.number(leaf, e)?))
            };
            let off: Option<Vec<(i64, i64)>> = parts
                .iter()
                .map(|p| Some((self.number(leaf, &p.numerator)?, self.number(leaf, &p.denominator)?)))
                .collect();
            let unit = self.tree.id(leaf.unit).clone();
            // Numerator and denominator count together or not at all: half a pair would bend the share.
            let (Some(n), Some(d), Some(off)) = (sum(numerator), sum(denominator), off) else {
                if leaf.sums.accepted > 0 {
                    tally.incomplete.push(unit);
                }
                continue;
            };
            if !decided {
                tally.undecided = true;
                continue;
            }
            let (mut n, mut d) = (n, d);
            for (slot, (off_n, off_d)) in tally.excluded.iter_mut().zip(off) {
                n = add(n, -off_n)?;
                d = add(d, -off_d)?;
                *slot = (add(slot.0, off_n)?, add(slot.1, off_d)?);
            }
            tally.numerator = add(tally.numerator, n)?;
            tally.denominator = add(tally.denominator, d)?;
            tally.contribute(unit, n, Some(d));
        }
        Ok(())
    }

    fn rate(&self, indicator: &Indicator, of: &ElementId, tally: &mut Tally) {
        let elements = [of.clone()];
        for (leaf, decided) in self.counted(indicator, &elements) {
            let Some(n) = self.number(leaf, of) else { continue };
            if decided {
                tally.numerator = n;
                tally.contribute(self.tree.id(leaf.unit).clone(), n, None);
            } else {
                tally.undecided = true;
            }
        }
    }

    fn derived(&self, sum: &[crate::id::IndicatorId], tally: &mut Tally) -> Result<(), Problem> {
        for key in sum {
            let Some(part) = self.definitions.indicator(key) else { continue };
            let answer = self.evaluate(part)?;
            tally.undecided |= answer.figure.status == Status::Unanswerable;
            tally.numerator = add(tally.numerator, answer.figure.numerator.unwrap_or(0))?;
            tally.incomplete.extend(answer.incomplete);
            for c in answer.contributions {
                tally.contribute(c.unit, c.numerator, c.denominator);
            }
        }
        Ok(())
    }

    /// The leaves that an indicator counts; whether each is the scope's for certain.
    fn counted<'b>(
        &'b self,
        indicator: &'b Indicator,
        elements: &'b [ElementId],
    ) -> impl Iterator<Item = (&'b Leaf, bool)> {
        let forms: BTreeSet<&DataSetId> =
            elements.iter().filter_map(|e| self.definitions.element(e)).map(|e| &e.data_set).collect();
        let certain = self.leaves().iter().map(|l| (l, true));
        let uncertain = self.undecided().iter().map(|l| (l, false));
        certain.chain(uncertain).filter(move |(l, _)| {
            forms.contains(&l.data_set) && self.passes(&indicator.filter, l.unit, &l.kind)
        })
    }

    /// The number that a unit gave for an element, if it gave one.
    fn number(&self, leaf: &Leaf, element: &ElementId) -> Option<i64> {
        let data_set = self.definitions.data_set(&leaf.data_set)?;
        let slot = leaf.sums.elements.get(data_set.position(element)?)?;
        (slot.numbers > 0).then_some(slot.sum)
    }

    fn coverage(&self, indicator: &Indicator) -> (Coverage, Vec<MissingReturn>) {
        let mut seen: BTreeSet<(Ix, &DataSetId, &PeriodId)> = BTreeSet::new();
        let mut coverage = Coverage::default();
        let mut missing = Vec::new();
        self.cover(indicator, &mut |owed| {
            if !seen.insert((owed.unit, &owed.data_set, &owed.period)) {
                return;
            }
            let exempt = owed.status == crate::returns::Status::Exempt;
            coverage.expected += 1;
            coverage.accepted += u32::from(owed.accepted);
            coverage.exempt += u32::from(exempt);
            let came =
                !matches!(owed.status, crate::returns::Status::Expected | crate::returns::Status::Draft);
            coverage.reported += u32::from((came && !exempt) || owed.accepted);
            if !owed.accepted && !exempt {
                coverage.missing += 1;
                missing.push(MissingReturn {
                    unit: self.tree.id(owed.unit).clone(),
                    data_set: owed.data_set.clone(),
                    period: owed.period.clone(),
                    status: owed.status,
                });
            }
        });
        (coverage, missing)
    }

    fn cover<'b>(&'b self, indicator: &Indicator, found: &mut dyn FnMut(&'b super::Owed)) {
        if let Formula::Derived { sum } = &indicator.formula {
            for part in sum.iter().filter_map(|key| self.definitions.indicator(key)) {
                self.cover(part, found);
            }
            return;
        }
        let forms = self.definitions.data_sets_of(indicator);
        for owed in self.owed().iter().filter(|o| forms.contains(&o.data_set)) {
            if self.passes(&indicator.filter, owed.unit, self.tree.kind(owed.unit, self.period.last)) {
                found(owed);
            }
        }
    }

    /// Whether the element of a rate adds; for callers that decide how to show a list.
    #[must_use]
    pub fn adds(&self, indicator: &Indicator) -> bool {
        let of_rate = |e: &ElementId| self.definitions.element(e).is_some_and(|e| e.adds == UnitRule::Lists);
        !matches!(&indicator.formula, Formula::Rate { of } if of_rate(of))
    }
}

/// Says what the sums come to.
fn finish(indicator: &Indicator, figure: &mut Figure, tally: &Tally) {
    if tally.undecided {
        figure.status = Status::Unanswerable;
        return;
    }
    if tally.contributions.is_empty() {
        figure.status = Status::Missing;
        return;
    }
    figure.numerator = Some(tally.numerator);
    match &indicator.formula {
        Formula::Ratio { exclusions, .. } => {
            figure.denominator = Some(tally.denominator);
            figure.wording = wording::percent(tally.numerator, tally.denominator, &indicator.wording);
            figure.excluded = exclusions.as_ref().map(|x| excluded(x, &tally.excluded));
        }
        Formula::Rate { .. } => {
            let values = tally.contributions.iter().map(|c| c.numerator);
            let (low, high) = (values.clone().min(), values.max());
            match (low, high) {
                (Some(low), Some(high)) if low != high => {
                    figure.numerator = None;
                    figure.wording = format!("{}–{}", crate::text::number(low), crate::text::number(high));
                }
                _ => figure.wording = wording::count(tally.numerator, &indicator.wording),
            }
        }
        _ => figure.wording = wording::count(tally.numerator, &indicator.wording),
    }
}

impl Tally {
    fn contribute(&mut self, unit: crate::id::UnitId, numerator: i64, denominator: Option<i64>) {
        self.contributions.push(Contribution { unit, numerator, denominator });
    }
}

fn add(a: i64, b: i64) -> Result<i64, Problem> {
    a.checked_add(b).ok_or_else(|| Problem::new("total-too-large"))
}

/// What was taken off, each part under the names of its groups.
fn excluded(exclusions: &Exclusions, parts: &[(i64, i64)]) -> Excluded {
    let name = |group: &String| {
        let found = exclusions.groups.iter().find(|(id, _)| id == group);
        found.map_or_else(|| group.clone(), |(_, name)| name.clone())
    };
    let named = exclusions.parts.iter().zip(parts);
    Excluded {
        name: exclusions.name.clone(),
        numerator: parts.iter().map(|p| p.0).sum(),
        denominator: parts.iter().map(|p| p.1).sum(),
        parts: named
            .map(|(p, (n, d))| (p.groups.iter().map(name).collect::<Vec<_>>().join(" + "), *n, *d))
            .collect(),
    }
}
