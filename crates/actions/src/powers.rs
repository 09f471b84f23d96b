//! What an office may do, as values: a use case takes the power that it needs, and a page cannot make
//! one that its office lacks.

use std::marker::PhantomData;

use nhipcau_domain::{
    Date,
    id::{OfficeId, UnitId},
    office::{Acting, Power, Reach},
    problem::Problem,
    text,
    tree::{Ix, Tree},
};

use crate::workspace::{Setting, Workspace};

mod sealed {
    pub trait Sealed {}
}

/// A power that can be held over units.
pub trait Kind: sealed::Sealed {
    /// Which.
    const POWER: Power;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl Kind for $name {
            const POWER: Power = Power::$name;
        }
    )+};
}

kinds! {
    /// To see returns as they were sent.
    See,
    /// To fill returns in and send them.
    Report,
    /// To accept returns and send them back.
    Review,
    /// To extend deadlines, to remind, to draft the report.
    Consolidate,
    /// To approve and freeze a report.
    Approve,
    /// To read who did what.
    Audit,
}

/// A power, over the units that an office's postings reach. Made of what the office holds, and of
/// nothing else.
#[derive(Debug, Clone)]
pub struct Over<K> {
    office: OfficeId,
    holder: String,
    reaches: Vec<Reach>,
    today: Date,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Over<K> {
    /// The power of an office, held by whoever acts in it now.
    ///
    /// # Errors
    /// `office-may-not`, with the office, if it holds this power over no unit.
    pub fn held_by(ws: &Workspace, acting: &Acting, holder: &str) -> Result<Self, Problem> {
        let reaches: Vec<Reach> = acting
            .postings
            .iter()
            .filter(|p| p.duty.powers().contains(&K::POWER))
            .map(|p| p.reach.clone())
            .collect();
        if reaches.is_empty() {
            return Err(may_not(&acting.office));
        }
        Ok(Self {
            office: acting.office.clone(),
            holder: holder.to_owned(),
            reaches,
            today: text::local_day(ws.now()),
            kind: PhantomData,
        })
    }

    /// The office that holds it.
    #[must_use]
    pub fn office(&self) -> &OfficeId {
        &self.office
    }

    /// Who acts in the office.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The local day on which it is held.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// Whether it is held over every unit.
    #[must_use]
    pub fn is_over_all(&self) -> bool {
        self.reaches.contains(&Reach::All)
    }

    /// Whether it is held over a unit, for something of the period that ends on `then`.
    #[must_use]
    pub fn reaches(&self, setting: &Setting, unit: Ix, then: Date) -> bool {
        self.reaches.iter().any(|reach| reach.reaches(&setting.tree, unit, then, self.today))
    }

    /// Whether a unit is below one over which it is held, and so not that one itself.
    #[must_use]
    pub fn is_above(&self, setting: &Setting, unit: Ix, then: Date) -> bool {
        self.reaches.iter().any(|reach| match reach {
            Reach::All => true,
            Reach::Branch(top) => {
                top != setting.tree.id(unit) && reach.reaches(&setting.tree, unit, then, self.today)
            }
            Reach::Unit(_) => false,
        })
    }

    /// Refuses a unit over which it is not held.
    ///
    /// # Errors
    /// `unit-out-of-reach`, with the unit's name; the same for a unit that does not exist, so that
    /// nobody learns which do.
    pub fn require(&self, setting: &Setting, unit: &UnitId, then: Date) -> Result<Ix, Problem> {
        let found = setting.tree.find(unit).filter(|ix| self.reaches(setting, *ix, then));
        found.ok_or_else(|| Problem::new("unit-out-of-reach").with("unit", unit))
    }

    /// Refuses a branch over any unit of which it is not held. A branch is a unit with everyone below it on
    /// `then`, or on its own last day where it had closed by then.
    ///
    /// # Errors
    /// `unit-out-of-reach`, with the branch or with the unit of it that is not reached.
    pub fn require_branch(&self, setting: &Setting, branch: &UnitId, then: Date) -> Result<Ix, Problem> {
        let top = self.require(setting, branch, then)?;
        match outside(&self.reaches, &setting.tree, top, then, self.today) {
            Some(unit) => Err(Problem::new("unit-out-of-reach").with("unit", setting.tree.id(unit))),
            None => Ok(top),
        }
    }

    /// The units at the top of what it reaches: where a list of units begins. None named means all.
    pub fn tops(&self) -> impl Iterator<Item = &UnitId> {
        self.reaches.iter().filter_map(|reach| match reach {
            Reach::Unit(unit) | Reach::Branch(unit) => Some(unit),
            Reach::All => None,
        })
    }
}

/// The first unit of a branch that none of these reach. Whoever reaches one part of what was split reaches
/// the unit that it was, and still not all of it: here every part is asked for.
pub(crate) fn outside(reaches: &[Reach], tree: &Tree, top: Ix, then: Date, today: Date) -> Option<Ix> {
    if reaches.contains(&Reach::All) {
        return None;
    }
    let day = day_of(tree, top, then);
    tree.within(top, day).into_iter().find(|unit| !wholly(reaches, tree, *unit, day, today))
}

/// Whether a unit is reached as itself, or all that it became.
fn wholly(reaches: &[Reach], tree: &Tree, unit: Ix, on: Date, today: Date) -> bool {
    let day = day_of(tree, unit, on);
    // Asked as of a day on which it was open, it has not become anything yet.
    let itself = reaches.iter().any(|reach| reach.reaches(tree, unit, today, day));
    let gone = tree.closed(unit).is_some_and(|closed| closed <= today);
    let became = tree.successors(unit);
    itself || (gone && !became.is_empty() && became.iter().all(|u| wholly(reaches, tree, *u, today, today)))
}

/// A day, or a unit's last one where it had closed by then.
fn day_of(tree: &Tree, unit: Ix, on: Date) -> Date {
    let closed = tree.closed(unit).filter(|closed| *closed <= on);
    closed.and_then(|closed| closed.yesterday().ok()).unwrap_or(on)
}

fn may_not(office: &OfficeId) -> Problem {
    Problem::new("office-may-not").with("office", office.as_str())
}
