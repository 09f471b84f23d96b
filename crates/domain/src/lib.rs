//! The rules of returns, totals and figures, and nothing else: no I/O, no clock, no random.
//!
//! Read in the order in which a figure travels: [`tree`] (who reports to whom, when), [`period`],
//! [`element`] and [`dataset`] (what is owed), [`returns`] and [`checks`] (what came in),
//! [`totals`] (how it adds up), [`indicator`] and [`figure`] (what is said of it), [`wording`]
//! (how it is said) and [`disclosure`] (to whom).

pub mod checks;
pub mod dataset;
pub mod definitions;
pub mod disclosure;
pub mod element;
pub mod figure;
pub mod id;
pub mod indicator;
pub mod office;
pub mod outbox;
pub mod period;
pub mod press;
pub mod problem;
pub mod register;
pub mod returns;
pub mod text;
pub mod totals;
pub mod tree;
pub mod wording;

pub use jiff::{Timestamp, civil::Date};
