//! What happens to units: the record that the tree comes from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{KindId, UnitId};

/// Something that happens to units, in force from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeEvent {
    /// First day on which it holds.
    pub on: Date,
    /// What happens.
    #[serde(flatten)]
    pub change: Change,
}

/// What can happen to units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// A unit opens.
    Open {
        /// The new unit.
        unit: UnitId,
        /// What it is.
        kind: KindId,
        /// Whom it reports to; none for a root.
        parent: Option<UnitId>,
        /// Its name.
        name: String,
        /// Its official code, if it has one.
        code: Option<String>,
    },
    /// A unit closes: its last day is the day before. Its children must have gone first.
    Close {
        /// Which.
        unit: UnitId,
    },
    /// A unit reports to another from now on.
    Move {
        /// Which.
        unit: UnitId,
        /// To whom; none makes it a root.
        parent: Option<UnitId>,
    },
    /// A unit has another name from now on.
    Rename {
        /// Which.
        unit: UnitId,
        /// The new name.
        name: String,
    },
    /// A unit has another official code from now on.
    Recode {
        /// Which.
        unit: UnitId,
        /// The new code; none takes it away.
        code: Option<String>,
    },
    /// A unit is of another kind from now on.
    Rekind {
        /// Which.
        unit: UnitId,
        /// The new kind.
        kind: KindId,
    },
    /// Units close and become part of another, which is open on that day. Their children move to it.
    Merge {
        /// Those that close.
        from: Vec<UnitId>,
        /// What they become part of.
        into: UnitId,
    },
    /// A unit closes and becomes several, which are open on that day. Its children must have moved.
    Split {
        /// What closes.
        from: UnitId,
        /// What it becomes.
        into: Vec<UnitId>,
    },
}
