//! Small-cell protection: what the public may see of counts of people.
//!
//! A people-count of a unit is withheld when the numerator, or those it leaves out, are fewer than
//! a threshold; 0 and 100% count as small. Then as many other cells are withheld as it takes so that
//! none of them can be worked out.
//!
//! **Whom this stands against.** A reader who has every edition of one publication, knows the tree
//! and how figures are made, and reasons exactly: by the sums over units, the relations between
//! figures of one unit, by what did not change between two editions (even where both are
//! withheld), and by 0 ≤ n ≤ d. Such a reader cannot fix the numerator of any withheld cell, nor
//! d − n, nor its denominator (unless another figure of the same unit prints that denominator). What
//! a reader guesses, or concludes from knowing the threshold and the method, is not covered;
//! nor is knowledge from elsewhere.
//!
//! The reader's inequalities are taken over the rational numbers. With sums alone that is the same
//! as over whole numbers.

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

pub use protect::{Edition, protect};
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
