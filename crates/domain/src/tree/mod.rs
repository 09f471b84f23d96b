//! The dated tree of units: who reports to whom, under which name and code, on which day.
//!
//! The record is a list of [`TreeEvent`]s; the [`Tree`] is what they come to. A unit's identity is
//! its [`UnitId`], never its official code: on 1 July 2025 codes were given to other territory.
//! Where a unit's returns count on a given day is its [`Placement`].

mod apply;
mod event;
mod place;
mod read;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::Date;

pub use self::{
    event::{Change, TreeEvent},
    place::Placement,
};
use crate::id::{KindId, UnitId};

/// A unit's place in this [`Tree`]: cheap to copy and compare, good for this tree only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ix(pub(crate) u32);

/// Values in force from a day on, in order of days.
pub(crate) type Dated<T> = Vec<(Date, T)>;

/// A unit with all that was ever so of it.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: UnitId,
    /// First day.
    pub(crate) opened: Date,
    /// First day on which it is no more.
    pub(crate) closed: Option<Date>,
    pub(crate) parents: Dated<Option<Ix>>,
    pub(crate) names: Dated<String>,
    pub(crate) codes: Dated<Option<String>>,
    pub(crate) kinds: Dated<KindId>,
    /// What it became when it closed: one after a merge, several after a split.
    pub(crate) successors: Vec<Ix>,
}

/// The tree, with its history.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) index: HashMap<UnitId, Ix>,
    /// Everyone who ever reported to a unit.
    pub(crate) ever_children: HashMap<Ix, Vec<Ix>>,
}
