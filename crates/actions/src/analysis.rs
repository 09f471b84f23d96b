//! Analysis: units × elements or indicators × periods, with totals, over time, by unit; for an office within
//! its reach.
//!
//! Every number is a figure, made by [`nhipcau_domain::figure::Basis::evaluate`] as a report's are: an element
//! is asked for as the count (or, where it does not add, the rate) of itself. A row of units is what they add
//! to the whole's figure, so that rows come to the total. What is out of reach is taken away before anything
//! is made of it, and that it was is said.

mod asked;
mod cell;
mod choices;
mod file;
mod gather;
mod pivot;
mod scope;
mod views;
pub mod words;

pub use nhipcau_documents::chart;

pub use self::{
    asked::{Asked, Axis, Item, Level, TreeAsked, length},
    cell::{AskedCell, Explained, explain},
    choices::{Choices, choices_for},
    file::{PivotFile, file},
    pivot::{Break, Cell, Head, Key, Pivot, UNITS_ACROSS, pivot},
    scope::PERIODS_MOST,
    views::{VIEW_NAME_MAX, asks, delete_view, open_view, rename_view, save_view, views},
};
