//! The life of a return: expected → draft → submitted → returned or accepted → locked; and corrections.
//!
//! A return is one unit, one form, one period. What happens to it is a list of acts, each by an
//! office at a time; its state is what the acts come to. Nothing is overwritten: a change is a new
//! revision, and totals rest on the last accepted one.

use serde::{Deserialize, Serialize};

use crate::{
    id::{DataSetId, ElementId, PeriodId, ReasonId, UnitId},
    problem::Problem,
};

/// Which return: one unit, one form, one period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReturnKey {
    /// Whose.
    pub unit: UnitId,
    /// Which form.
    pub data_set: DataSetId,
    /// For which period.
    pub period: PeriodId,
}

/// What a unit answered for an element. Missing is never zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// A whole number; zero is a number. Money is whole đồng.
    Number(i64),
    /// The unit says that it does not report this one, or left it empty.
    NotReported,
    /// Exempt, with the reason.
    Exempt(ReasonId),
    /// Does not apply to this unit.
    NotApplicable,
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// A value with the place that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which element.
    pub element: ElementId,
    /// What was answered.
    pub value: Value,
    /// The cell that it was read from, such as `D7`; none when it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// Where a revision's values came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// The file's name; empty when it was typed.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
}

/// What a unit sent, complete: a later one replaces it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Which return.
    pub key: ReturnKey,
    /// A value for each element of the form, in the form's order.
    pub entries: Vec<Entry>,
    /// Answers in words, by field.
    #[serde(default)]
    pub words: Vec<(String, String)>,
    /// The explanation given for warnings that ask for one; empty for none.
    #[serde(default)]
    pub explanation: String,
    /// Where it came from.
    #[serde(default)]
    pub origin: Origin,
}

impl Submission {
    /// The value of an element.
    #[must_use]
    pub fn value(&self, element: &str) -> Option<&Value> {
        self.entries.iter().find(|e| e.element.as_str() == element).map(|e| &e.value)
    }

    /// Whether both say the same, wherever they were read from. Explanations count.
    #[must_use]
    pub fn same_content(&self, other: &Self) -> bool {
        self.key == other.key
            && self.words == other.words
            && self.explanation == other.explanation
            && self.entries.len() == other.entries.len()
            && self
                .entries
                .iter()
                .zip(&other.entries)
                .all(|(a, b)| a.element == b.element && a.value == b.value)
    }

    /// The elements whose value differs from `before`, with both values.
    #[must_use]
    pub fn differences<'a>(&'a self, before: &'a Self) -> Vec<(&'a ElementId, Option<&'a Value>, &'a Value)> {
        self.entries
            .iter()
            .filter_map(|e| {
                let old = before.value(&e.element);
                (old != Some(&e.value)).then_some((&e.element, old, &e.value))
            })
            .collect()
    }
}

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Owed; nothing came.
    Expected,
    /// Entered, not sent.
    Draft,
    /// Sent; waiting for the reviewer.
    Submitted,
    /// Sent back with a reason.
    Returned,
    /// Accepted: counts in the totals.
    Accepted,
    /// The whole return is excused, with a reason.
    Exempt,
}

impl Status {
    /// The name that is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Exempt => "exempt",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Expected, Self::Draft, Self::Submitted, Self::Returned, Self::Accepted, Self::Exempt]
            .into_iter()
            .find(|s| s.as_str() == name)
    }
}

/// One thing that an office does to a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Saves a revision without sending it.
    Draft {
        /// The revision's number, from 1.
        revision: u32,
    },
    /// Sends a revision. On an accepted return this is a correction, and needs a reason.
    Submit {
        /// The revision's number, from 1.
        revision: u32,
        /// Why, when it corrects an accepted one.
        reason: String,
    },
    /// Sends the waiting revision back.
    SendBack {
        /// What is to be mended.
        reason: String,
    },
    /// Accepts the waiting revision.
    Accept,
    /// Excuses the unit from the whole return.
    Exempt {
        /// Why.
        reason: String,
    },
    /// A frozen report rests on the accepted revision.
    Lock {
        /// The edition's address, such as `ket-qua/1`.
        edition: String,
    },
}

/// Where a return stands after its acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnState {
    /// Its status. While a correction waits this is `Submitted` or `Returned`, and the accepted
    /// revision still counts.
    pub status: Status,
    /// The last revision's number; 0 for none.
    pub last: u32,
    /// The accepted revision that the totals rest on.
    pub accepted: Option<u32>,
    /// Whether a frozen report rests on it.
    pub locked: bool,
}

impl Default for ReturnState {
    fn default() -> Self {
        Self { status: Status::Expected, last: 0, accepted: None, locked: false }
    }
}

impl ReturnState {
    /// The state after one more act, or why that act cannot be.
    pub fn apply(&self, act: &Act) -> Result<Self, Problem> {
        let mut next = self.clone();
        match act {
            Act::Draft { revision } => {
                self.expect_next(*revision)?;
                if self.status == Status::Submitted {
                    return Err(Problem::new("return-waits-for-review"));
                }
                next.last = *revision;
                next.status = Status::Draft;
            }
            Act::Submit { revision, reason } => {
                let resubmits_draft = self.status == Status::Draft && *revision == self.last;
                if !resubmits_draft {
                    self.expect_next(*revision)?;
                }
                if self.accepted.is_some() && reason.trim().is_empty() {
                    return Err(Problem::new("correction-needs-reason"));
                }
                next.last = *revision;
                next.status = Status::Submitted;
            }
            Act::SendBack { reason } => {
                if self.status != Status::Submitted {
                    return Err(Problem::new("return-not-submitted"));
                }
                if reason.trim().is_empty() {
                    return Err(Problem::new("send-back-needs-reason"));
                }
                next.status = Status::Returned;
            }
            Act::Accept => {
                if self.status != Status::Submitted {
                    return Err(Problem::new("return-not-submitted"));
                }
                next.status = Status::Accepted;
                next.accepted = Some(self.last);
            }
            Act::Exempt { reason } => {
                if self.accepted.is_some() || self.status == Status::Submitted {
                    return Err(Problem::new("return-already-reported"));
                }
                if reason.trim().is_empty() {
                    return Err(Problem::new("exempt-needs-reason"));
                }
                next.status = Status::Exempt;
            }
            Act::Lock { .. } => {
                if self.accepted.is_none() && self.status != Status::Exempt {
                    return Err(Problem::new("return-not-accepted"));
                }
                next.locked = true;
            }
        }
        Ok(next)
    }

    fn expect_next(&self, revision: u32) -> Result<(), Problem> {
        if revision == self.last + 1 {
            Ok(())
        } else {
            Err(Problem::new("revision-out-of-order").with("found", revision).with("expected", self.last + 1))
        }
    }
}
