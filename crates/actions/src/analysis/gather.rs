//! What figures are made from, within reach: a period's evidence without what an office does not see.

use std::collections::BTreeSet;

use nhipcau_domain::{figure::Basis, id::DataSetId, indicator::Indicator, period::Period, tree::Ix};
use nhipcau_store::Tx;

use super::{Asked, Level};
use crate::{
    basis::{Evidence, TreeDay},
    error::Result,
    powers::{Kind, Over},
    workspace::Setting,
};

/// A period's evidence within reach, and who was left out of it.
pub(super) struct Seen {
    pub evidence: Evidence,
    /// Units with something to report that are out of reach.
    pub out: BTreeSet<Ix>,
}

impl Seen {
    /// Reads what some indicators rest on, and takes away what is out of reach.
    pub async fn load<K: Kind>(
        tx: &mut Tx,
        setting: &Setting,
        over: &Over<K>,
        period: &Period,
        indicators: &[Indicator],
    ) -> Result<Self> {
        let forms: BTreeSet<DataSetId> =
            indicators.iter().flat_map(|i| setting.definitions.data_sets_of(i)).collect();
        let mut evidence = Evidence::load_of(tx, setting, period, &|form| forms.contains(form)).await?;
        let mut out = BTreeSet::new();
        let mut within = |unit: Ix| {
            let reached = over.reaches(setting, unit, period.last);
            if !reached {
                out.insert(unit);
            }
            reached
        };
        evidence.leaves.retain(|l| within(l.unit));
        evidence.owed.retain(|o| within(o.unit));
        Ok(Self { evidence, out })
    }

    /// What a branch's figures rest on; none where the branch is not there on the day.
    pub fn basis<'a>(&self, setting: &'a Setting, branch: Ix, tree: TreeDay) -> Option<Basis<'a>> {
        self.evidence.basis(setting, setting.tree.id(branch), tree).ok()
    }

    /// How many of those left out would count in a branch.
    pub fn left_out(&self, setting: &Setting, branch: Ix, period: &Period, tree: TreeDay) -> BTreeSet<Ix> {
        let day = tree.day(period);
        let inside = |unit: &Ix| {
            let place = setting.tree.place(*unit, day);
            place.path.contains(&branch) || place.undecided.contains(&branch)
        };
        self.out.iter().copied().filter(inside).collect()
    }
}

/// The lines of units that a basis is taken apart into.
pub(super) fn groups<'a>(asked: &Asked, basis: &Basis<'a>) -> Vec<(Ix, Basis<'a>)> {
    let (tree, day) = (basis.tree, basis.tree_day);
    match &asked.level {
        Level::Each => basis.groups(&|path| path.first().copied()),
        Level::Kind(kind) => {
            basis.groups(&|path| path.iter().rfind(|ix| tree.kind(**ix, day) == kind).copied())
        }
        Level::Below => {
            // A committee has a line of its own, also for what it reports itself; who has nobody below is
            // counted with the others that have not.
            let units = basis.leaves().iter().map(|l| l.unit).chain(basis.owed().iter().map(|o| o.unit));
            let mut committees: BTreeSet<Ix> = BTreeSet::new();
            for unit in units.collect::<BTreeSet<_>>() {
                let path = tree.place(unit, day).path;
                let inside = path.iter().position(|ix| *ix == basis.scope).unwrap_or(0);
                if let Some([.., below]) = path.get(1..inside) {
                    committees.insert(*below);
                }
            }
            if committees.is_empty() {
                return basis.groups(&|path| path.first().copied());
            }
            let is = |ix: &Ix| committees.contains(ix) || tree.children(*ix, day).next().is_some();
            basis.groups(&|path| path.last().copied().filter(is))
        }
    }
}
