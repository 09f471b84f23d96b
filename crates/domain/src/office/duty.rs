//! What an office does with returns and reports, and over which part of the tree.

use serde::{Deserialize, Serialize};

use crate::{
    Date,
    id::UnitId,
    tree::{Ix, Tree},
};

/// What an office does with returns and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Fills returns in and sends them: a cell's secretary.
    Reporter,
    /// Reads returns, accepts them or sends them back; enters one that was told over the telephone.
    Reviewer,
    /// A reviewer who also chases, extends deadlines and drafts the report.
    Consolidator,
    /// Approves a report and freezes it: the leader who signs.
    Approver,
    /// Sees every number and who did what; changes nothing.
    Auditor,
}

/// What a duty allows. Powers do not include one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Power {
    /// To see returns as they were sent, without small-cell protection.
    See,
    /// To fill returns in and send them.
    Report,
    /// To accept returns, send them back, and excuse units.
    Review,
    /// To extend deadlines, to remind, to draft the report.
    Consolidate,
    /// To approve and freeze a report.
    Approve,
    /// To read who did what.
    Audit,
}

impl Power {
    /// Every power.
    pub const ALL: [Self; 6] =
        [Self::See, Self::Report, Self::Review, Self::Consolidate, Self::Approve, Self::Audit];
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 5] =
        [Self::Reporter, Self::Reviewer, Self::Consolidator, Self::Approver, Self::Auditor];

    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Reviewer => "reviewer",
            Self::Consolidator => "consolidator",
            Self::Approver => "approver",
            Self::Auditor => "auditor",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }

    /// What it allows.
    #[must_use]
    pub fn powers(self) -> &'static [Power] {
        use Power::{Approve, Audit, Consolidate, Report, Review, See};
        match self {
            Self::Reporter => &[See, Report],
            Self::Reviewer => &[See, Report, Review],
            Self::Consolidator => &[See, Report, Review, Consolidate],
            Self::Approver => &[See, Approve, Audit],
            Self::Auditor => &[See, Audit],
        }
    }
}

/// Which units a duty reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// One unit.
    Unit(UnitId),
    /// A unit with everyone below it.
    Branch(UnitId),
    /// Every unit.
    All,
}

/// A duty, over some units.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Posting {
    /// Which duty.
    pub duty: Duty,
    /// Over which units.
    pub reach: Reach,
}

impl Reach {
    /// Whether it reaches a unit under the tree of a day, or of today: an office sees what was under it
    /// then and what is under it now, so that nobody who moved is left without a reviewer. A unit that
    /// has closed is reached by whoever reaches what it became.
    #[must_use]
    pub fn reaches(&self, tree: &Tree, unit: Ix, then: Date, today: Date) -> bool {
        let (top, below) = match self {
            Self::All => return true,
            Self::Unit(id) => (id, false),
            Self::Branch(id) => (id, true),
        };
        let Some(top) = tree.find(top) else { return false };
        let on = |unit: Ix, day: Date| unit == top || (below && tree.above(unit, day).any(|a| a == top));
        let mut became = vec![unit];
        let mut next = 0;
        // The tree refuses cycles, so this ends.
        while let Some(at) = became.get(next).copied() {
            // A merge that is on record for a later day has not happened yet.
            if tree.closed(at).is_some_and(|closed| closed <= today) {
                let fresh: Vec<Ix> =
                    tree.successors(at).iter().copied().filter(|s| !became.contains(s)).collect();
                became.extend(fresh);
            }
            next += 1;
        }
        on(unit, then) || became.iter().any(|u| on(*u, today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Change, TreeEvent};

    const START: Date = jiff::civil::date(2022, 1, 1);
    const LATER: Date = jiff::civil::date(2023, 7, 1);

    /// A district of two communes; two cells in the first, one in the second.
    fn tree(then: impl IntoIterator<Item = Change>) -> Tree {
        let units = [
            ("h", None),
            ("xa-a", Some("h")),
            ("xa-b", Some("h")),
            ("a1", Some("xa-a")),
            ("a2", Some("xa-a")),
            ("b1", Some("xa-b")),
        ];
        let open = units.map(|(unit, parent)| TreeEvent { on: START, change: opening(unit, parent) });
        let then = then.into_iter().map(|change| TreeEvent { on: LATER, change });
        Tree::from_events(&open.into_iter().chain(then).collect::<Vec<_>>()).unwrap()
    }

    fn opening(unit: &str, parent: Option<&str>) -> Change {
        let (kind, name) = ("cell".into(), unit.to_owned());
        Change::Open { unit: unit.into(), kind, parent: parent.map(Into::into), name, code: None }
    }

    /// The units that it reaches, for something of the first months and as things stand on a day.
    fn reached(reach: &Reach, tree: &Tree, today: Date) -> Vec<String> {
        let reached = tree.all().filter(|u| reach.reaches(tree, *u, START, today));
        reached.map(|u| tree.id(u).to_string()).collect()
    }

    #[test]
    fn a_unit_is_itself_a_branch_is_everyone_below_and_all_is_all() {
        let tree = tree([]);
        assert_eq!(reached(&Reach::Unit("xa-a".into()), &tree, START), ["xa-a"]);
        assert_eq!(reached(&Reach::Branch("xa-a".into()), &tree, START), ["xa-a", "a1", "a2"]);
        assert_eq!(reached(&Reach::Branch("a1".into()), &tree, START), ["a1"]);
        assert_eq!(reached(&Reach::All, &tree, START).len(), 6);
        assert_eq!(reached(&Reach::Branch("khong-co".into()), &tree, START), Vec::<String>::new());
    }

    #[test]
    fn who_moved_is_reached_from_where_it_was_and_from_where_it_is() {
        let tree = tree([Change::Move { unit: "a2".into(), parent: Some("xa-b".into()) }]);
        let (old, new) = (Reach::Branch("xa-a".into()), Reach::Branch("xa-b".into()));
        assert_eq!(reached(&old, &tree, START), ["xa-a", "a1", "a2"]);
        assert_eq!(reached(&new, &tree, START), ["xa-b", "b1"], "it is not there yet");
        assert_eq!(reached(&old, &tree, LATER), ["xa-a", "a1", "a2"], "what it reported from there");
        assert_eq!(reached(&new, &tree, LATER), ["xa-b", "a2", "b1"]);
        let moved = tree.find("a2").unwrap();
        assert!(!old.reaches(&tree, moved, LATER, LATER), "what it reports from now on");
    }

    #[test]
    fn a_closed_unit_is_reached_through_what_it_became() {
        let (a1, whole) = ("a1".into(), vec!["b2".into()]);
        let merged =
            tree([opening("b2", Some("xa-b")), Change::Merge { from: vec!["a1".into()], into: "b2".into() }]);
        let unit = Reach::Unit("b2".into());
        assert_eq!(reached(&unit, &merged, LATER), ["a1", "b2"], "its successor answers for it");
        assert_eq!(reached(&Reach::Branch("xa-b".into()), &merged, LATER), ["xa-b", "a1", "b1", "b2"]);
        assert_eq!(reached(&unit, &merged, START), ["b2"], "nothing has happened yet");
        // A split: whoever reaches any of the parts.
        let split = tree([
            opening("b2", Some("xa-b")),
            opening("a3", Some("xa-a")),
            Change::Split { from: a1, into: [whole, vec!["a3".into()]].concat() },
        ]);
        for part in ["b2", "a3"] {
            assert!(reached(&Reach::Unit(part.into()), &split, LATER).contains(&"a1".to_owned()));
        }
        // Without a successor, whoever it reported to last.
        let closed = tree([Change::Close { unit: "a1".into() }]);
        assert!(reached(&Reach::Branch("xa-a".into()), &closed, LATER).contains(&"a1".to_owned()));
        assert!(!reached(&Reach::Branch("xa-b".into()), &closed, LATER).contains(&"a1".to_owned()));
    }

    #[test]
    fn a_duty_has_its_stored_name_and_only_its_own_powers() {
        for duty in Duty::ALL {
            assert_eq!(Duty::parse(duty.as_str()), Some(duty));
            assert!(duty.powers().contains(&Power::See));
        }
        assert_eq!(Duty::parse("chief"), None);
        let holders = |power| Duty::ALL.into_iter().filter(move |d| d.powers().contains(&power));
        assert!(holders(Power::Approve).eq([Duty::Approver]));
        assert!(holders(Power::Consolidate).eq([Duty::Consolidator]));
        assert!(holders(Power::Review).eq([Duty::Reviewer, Duty::Consolidator]));
    }
}
