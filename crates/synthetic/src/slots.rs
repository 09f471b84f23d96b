//! The returns that will be filled in: who owes what, without those who never report.

use std::collections::HashMap;

use nhipcau_campaign::Loaded;
use nhipcau_domain::{
    dataset::DataSet,
    definitions::Definitions,
    id::KindId,
    period::Period,
    problem::Problem,
    returns::{Entry, ReturnKey, Submission, Value},
    tree::{Ix, Tree},
};

use crate::spec::{Fill, Spec};

/// One return, as far as it is filled in.
pub(crate) struct Slot<'a> {
    pub(crate) unit: Ix,
    pub(crate) data_set: &'a DataSet,
    pub(crate) period: &'a Period,
    /// The spec's period that this one lies within.
    pub(crate) within: &'a Period,
    pub(crate) kind: KindId,
    pub(crate) parent: Option<Ix>,
    parent_kind: Option<KindId>,
    pub(crate) values: HashMap<&'a str, i64>,
    pub(crate) words: Vec<(String, String)>,
}

/// All returns, and what they are of.
pub(crate) struct Slots<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) tree: Tree,
    pub(crate) all: Vec<Slot<'a>>,
}

/// A name in the file that names nothing.
pub(crate) fn unknown(name: &str) -> Problem {
    Problem::new("synthetic-unknown-name").with("name", name).in_file("synthetic.toml")
}

impl<'a> Slots<'a> {
    /// In order of form, period and unit.
    pub(crate) fn new(loaded: &'a Loaded, spec: &Spec) -> Result<Self, Problem> {
        let definitions = &loaded.definitions;
        let tree = Tree::from_events(&loaded.tree)?;
        let year = |name: &str| definitions.period(name).ok_or_else(|| unknown(name));
        let years = spec.periods().map(year).collect::<Result<Vec<_>, _>>()?;
        if let Some(name) = spec.never.iter().find(|u| tree.find(u).is_none()) {
            return Err(unknown(name));
        }
        let mut all = Vec::new();
        for data_set in &definitions.data_sets {
            let parts =
                years.iter().flat_map(|y| definitions.parts_of(data_set, y).into_iter().map(|p| (*y, p)));
            for (within, period) in parts {
                if !data_set.roster.in_force(period) {
                    continue;
                }
                for unit in tree.open_on(period.last) {
                    let (id, kind) = (tree.id(unit), tree.kind(unit, period.last));
                    if !data_set.roster.names(id, kind) || spec.never.iter().any(|n| n == id.as_str()) {
                        continue;
                    }
                    let parent = tree.parent(unit, period.last);
                    let parent_kind = parent.map(|p| tree.kind(p, period.last).clone());
                    let kind = kind.clone();
                    let (values, words) = (HashMap::new(), Vec::new());
                    all.push(Slot {
                        unit,
                        data_set,
                        period,
                        within,
                        kind,
                        parent,
                        parent_kind,
                        values,
                        words,
                    });
                }
            }
        }
        Ok(Self { definitions, tree, all })
    }

    /// The positions of the returns that a fill is for.
    pub(crate) fn chosen(&self, spec: &Spec, fill: &Fill) -> Result<Vec<usize>, Problem> {
        let element = self.definitions.element(&fill.element).ok_or_else(|| unknown(&fill.element))?;
        let named = fill.units.iter().chain(&fill.except);
        if let Some(name) = named.clone().find(|u| self.tree.find(u).is_none()) {
            return Err(unknown(name));
        }
        if let Some(name) =
            fill.kinds.iter().chain(&fill.parent_kinds).find(|k| self.definitions.kind(k).is_none())
        {
            return Err(unknown(name));
        }
        let year = fill.period.as_ref().unwrap_or(&spec.period);
        if !spec.periods().any(|p| p == year) {
            return Err(unknown(year));
        }
        let one_of = |names: &[String], id: Option<&str>| {
            names.is_empty() || id.is_some_and(|id| names.iter().any(|n| n == id))
        };
        let wanted = |slot: &Slot<'_>| {
            let id = self.tree.id(slot.unit).as_str();
            slot.data_set.id == element.data_set
                && slot.within.id.as_str() == year
                && one_of(&fill.kinds, Some(slot.kind.as_str()))
                && one_of(&fill.parent_kinds, slot.parent_kind.as_deref())
                && one_of(&fill.units, Some(id))
                && !fill.except.iter().any(|e| e == id)
        };
        Ok(self.all.iter().enumerate().filter(|(_, s)| wanted(s)).map(|(i, _)| i).collect())
    }

    /// The sum of elements in a return, `-` before those taken off; none where one is not filled in.
    pub(crate) fn reckon(&self, at: usize, terms: &[String]) -> Option<i64> {
        let slot = self.all.get(at)?;
        terms.iter().try_fold(0_i64, |sum, term| match term.strip_prefix('-') {
            Some(name) => sum.checked_sub(*slot.values.get(name.trim())?),
            None => sum.checked_add(*slot.values.get(term.trim())?),
        })
    }

    /// The returns; an element that nothing filled in is not reported.
    pub(crate) fn into_submissions(self) -> Vec<Submission> {
        let tree = self.tree;
        let submission = |slot: Slot<'_>| {
            let value = |id: &str| slot.values.get(id).map_or(Value::NotReported, |n| Value::Number(*n));
            let entries = slot.data_set.elements.iter();
            Submission {
                key: ReturnKey {
                    unit: tree.id(slot.unit).clone(),
                    data_set: slot.data_set.id.clone(),
                    period: slot.period.id.clone(),
                },
                entries: entries
                    .map(|id| Entry { element: id.clone(), value: value(id), cell: None })
                    .collect(),
                words: slot.words,
                explanation: String::new(),
                origin: nhipcau_domain::returns::Origin::default(),
            }
        };
        self.all.into_iter().map(submission).collect()
    }
}
