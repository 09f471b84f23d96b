//! Small-cell protection: what the public may see of counts of people.
//!
//! A people-count of a unit is withheld when the numerator, or those it leaves out, are fewer than
//! a threshold; 0 and 100% count as small. Then as many other cells are withheld as it takes so that
//! none of them can be worked out.
//!
//! **Whom this stands against.** A reader who has every edition of one publication, knows the tree
//! and how figures are made, and reasons exactly: by the sums over units, the relations between
//! figures of one unit, by 0 ≤ n ≤ d, and by which cells changed between two editions and which did
//! not, as published differences may tell even of withheld ones. Such a reader cannot fix the
//! numerator of any withheld cell, nor d − n, nor its denominator (unless another figure of the same
//! unit prints it). What an earlier edition printed and has not changed stays known.
//!
//! Not covered are guesses and probabilities, what follows from knowing the threshold and this
//! method, ranges that are narrow but hold more than one value, and knowledge from elsewhere. The
//! reader's inequalities are taken over the rational numbers; with sums over one tree alone that
//! is the same as over whole numbers.
//!
//! A shown cell that a correction makes small takes every total above it along, unless a cell
//! that was never shown was corrected with it: the difference of the totals would give it away.

mod cone;
mod infer;
mod linear;
mod protect;
mod shown;
mod state;
mod system;
mod table;
#[cfg(test)]
mod tests;

pub use protect::{Edition, protect, withhold_all};
pub use shown::{Protected, ProtectedCell, ProtectedFigure, Shown};
pub use table::{Cell, Part, Pattern, Relation, Table, Term, small};

/// The threshold where a campaign sets none.
pub const DEFAULT_THRESHOLD: i64 = 5;

/// For whom something is shown. Without a token, the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anyone: small counts of people are withheld.
    Public,
    /// A reviewer: raw counts, and that they looked is logged.
    Reviewer,
}
