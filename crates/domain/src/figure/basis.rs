//! What figures of a scope rest on: its units' contributions and what is owed, under a tree.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::civil::Date;

use crate::{
    definitions::Definitions,
    id::{DataSetId, KindId, PeriodId},
    indicator::Filter,
    period::Period,
    problem::Problem,
    returns::Status,
    totals::Sums,
    tree::{Ix, Tree},
};

/// What one unit adds for the period, for one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Whose.
    pub unit: Ix,
    /// Which form.
    pub data_set: DataSetId,
    /// What the unit is, as of the period's last day.
    pub kind: KindId,
    /// What it adds.
    pub sums: Sums,
}

/// A return that is owed, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Whose.
    pub unit: Ix,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period of the form's own calendar.
    pub period: PeriodId,
    /// Where it stands.
    pub status: Status,
    /// Whether a revision of it is accepted (also while a correction waits).
    pub accepted: bool,
}

/// What figures of a scope rest on.
#[derive(Debug, Clone)]
pub struct Basis<'a> {
    /// The definitions in force.
    pub definitions: &'a Definitions,
    /// The tree, with its history.
    pub tree: &'a Tree,
    /// The period.
    pub period: &'a Period,
    /// Of which unit, with everything below it.
    pub scope: Ix,
    /// The day that the tree is read on.
    pub tree_day: Date,
    leaves: Cow<'a, [Leaf]>,
    owed: Cow<'a, [Owed]>,
    /// What may or may not be the scope's, because a split lies between.
    undecided: Vec<Leaf>,
}

/// What a part of a basis rests on.
#[derive(Default)]
struct Group {
    leaves: Vec<Leaf>,
    owed: Vec<Owed>,
    undecided: Vec<Leaf>,
}

impl<'a> Basis<'a> {
    /// Selects what belongs to a scope.
    ///
    /// A scope that is open on `tree_day` has what counts there under that day's tree. One that is
    /// closed by then has what was its own on the period's last day, so that its total stays.
    pub fn select(
        definitions: &'a Definitions,
        tree: &'a Tree,
        period: &'a Period,
        scope: Ix,
        tree_day: Date,
        leaves: &[Leaf],
        owed: &[Owed],
    ) -> Result<Self, Problem> {
        let then = period.last;
        let day = if tree.is_open(scope, tree_day) {
            tree_day
        } else if tree.is_open(scope, then) || tree.closed(scope).is_some_and(|c| c > period.first) {
            then
        } else {
            return Err(Problem::new("tree-scope-not-open")
                .with("unit", tree.id(scope))
                .with("day", tree_day)
                .with("period", &period.id));
        };
        let mut places: BTreeMap<Ix, (bool, bool)> = BTreeMap::new();
        let mut belongs = |unit: Ix| {
            *places.entry(unit).or_insert_with(|| {
                let place = tree.place(unit, day);
                (place.path.contains(&scope), place.undecided.contains(&scope))
            })
        };
        let own = leaves.iter().filter(|l| belongs(l.unit).0).cloned().collect::<Vec<_>>();
        let undecided = leaves.iter().filter(|l| belongs(l.unit).1).cloned().collect();
        let owed = owed.iter().filter(|o| belongs(o.unit).0).cloned().collect::<Vec<_>>();
        Ok(Self {
            definitions,
            tree,
            period,
            scope,
            tree_day,
            leaves: own.into(),
            owed: owed.into(),
            undecided,
        })
    }

    /// What units add, in the order in which it was handed in.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// What is owed within the scope.
    #[must_use]
    pub fn owed(&self) -> &[Owed] {
        &self.owed
    }

    pub(super) fn undecided(&self) -> &[Leaf] {
        &self.undecided
    }

    /// The scope's parts under this tree, in the tree's order: committees one by one, and the units
    /// that report straight to the scope together under the scope's own name. Their sums are the
    /// scope's.
    #[must_use]
    pub fn parts(&self) -> Vec<Basis<'a>> {
        let above = self.tree.place(self.scope, self.tree_day).path;
        let mut groups: BTreeMap<Ix, (Vec<Leaf>, Vec<Owed>)> = BTreeMap::new();
        let mut known: BTreeMap<Ix, Ix> = BTreeMap::new();
        let mut part_of = |unit: Ix| *known.entry(unit).or_insert_with(|| self.part_of(unit, &above));
        for leaf in self.leaves.iter() {
            groups.entry(part_of(leaf.unit)).or_default().0.push(leaf.clone());
        }
        for owed in self.owed.iter() {
            groups.entry(part_of(owed.unit)).or_default().1.push(owed.clone());
        }
        let basis = |(scope, (leaves, owed)): (Ix, (Vec<Leaf>, Vec<Owed>))| Basis {
            scope,
            leaves: leaves.into(),
            owed: owed.into(),
            undecided: Vec::new(),
            definitions: self.definitions,
            tree: self.tree,
            period: self.period,
            tree_day: self.tree_day,
        };
        groups.into_iter().map(basis).collect()
    }

    /// The unit just below the scope that `unit` counts in; the scope itself for units that report
    /// straight to it.
    fn part_of(&self, unit: Ix, above: &[Ix]) -> Ix {
        let path = self.tree.place(unit, self.tree_day).path;
        let meets = path.iter().position(|ix| above.contains(ix)).unwrap_or(path.len());
        match meets {
            0 | 1 => self.scope,
            n => path.get(n - 1).copied().unwrap_or(self.scope),
        }
    }

    /// The scope's figures taken apart: what is evaluated on each is what those units add to the scope's own
    /// figure, so that they come to it. `above` names the unit that a unit counts in, out of those that hold
    /// it, nearest first; none leaves it with the scope. Where a split lies between, what a group holds cannot
    /// be told, and its figures say so.
    #[must_use]
    pub fn groups(&self, above: &dyn Fn(&[Ix]) -> Option<Ix>) -> Vec<(Ix, Basis<'a>)> {
        let meets = self.tree.place(self.scope, self.tree_day).path;
        let mut known: BTreeMap<Ix, (Ix, Vec<Ix>)> = BTreeMap::new();
        let mut group_of = |unit: Ix| {
            let found = known.entry(unit).or_insert_with(|| {
                let place = self.tree.place(unit, self.tree_day);
                let inside = place.path.iter().position(|ix| meets.contains(ix)).unwrap_or(place.path.len());
                let group = above(&place.path[..inside]).unwrap_or(self.scope);
                // Of what a split became, each could be the one; those above where they meet hold it for certain.
                let maybe = place.undecided.into_iter().filter(|ix| {
                    let mut path = vec![*ix];
                    path.extend(self.tree.above(*ix, self.tree_day).take_while(|a| !meets.contains(a)));
                    !meets.contains(ix) && above(&path) == Some(*ix)
                });
                (group, maybe.filter(|ix| *ix != group).collect())
            });
            found.clone()
        };
        let mut groups: BTreeMap<Ix, Group> = BTreeMap::new();
        for leaf in self.leaves.iter() {
            let (group, maybe) = group_of(leaf.unit);
            groups.entry(group).or_default().leaves.push(leaf.clone());
            for other in maybe {
                groups.entry(other).or_default().undecided.push(leaf.clone());
            }
        }
        for leaf in &self.undecided {
            for other in group_of(leaf.unit).1 {
                groups.entry(other).or_default().undecided.push(leaf.clone());
            }
        }
        for owed in self.owed.iter() {
            groups.entry(group_of(owed.unit).0).or_default().owed.push(owed.clone());
        }
        let basis = |(ix, Group { leaves, owed, undecided }): (Ix, Group)| {
            (ix, Basis { leaves: leaves.into(), owed: owed.into(), undecided, ..self.bare() })
        };
        groups.into_iter().map(basis).collect()
    }

    /// The same scope with nothing in it.
    fn bare(&self) -> Self {
        Self {
            definitions: self.definitions,
            tree: self.tree,
            period: self.period,
            scope: self.scope,
            tree_day: self.tree_day,
            leaves: Vec::new().into(),
            owed: Vec::new().into(),
            undecided: Vec::new(),
        }
    }

    /// Whether it is the campaign's whole, and not a part of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.tree.id(self.scope) == &self.definitions.campaign.scope
    }

    /// Whether a filter lets a unit count. Kind and place are as of the period's last day.
    #[must_use]
    pub fn passes(&self, filter: &Filter, unit: Ix, kind: &KindId) -> bool {
        let then = self.period.last;
        // Of whatever unit it is asked, "direct" means: under the campaign's own.
        let direct = || {
            let top = self.tree.find(&self.definitions.campaign.scope).unwrap_or(self.scope);
            let parent = self.tree.parent(unit, then);
            parent == Some(top)
                || parent.is_some_and(|p| {
                    !self.tree.is_open(top, then)
                        && self.tree.place(p, self.tree_day).path.first() == Some(&top)
                })
        };
        let below = || {
            let mut above = self.tree.above(unit, then).take_while(|a| *a != self.scope);
            above.any(|a| filter.under.contains(self.tree.kind(a, then)))
        };
        (filter.kinds.is_empty() || filter.kinds.contains(kind))
            && filter.direct.is_none_or(|wanted| wanted == direct())
            && (filter.under.is_empty() || below())
    }
}
