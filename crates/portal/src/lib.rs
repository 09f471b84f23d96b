//! The pages that anyone may read: reports, and of any number where it comes from.

mod assets;
pub mod failure;
pub mod page;
pub mod pages;
pub mod routes;
#[cfg(test)]
mod samples;
pub mod shown;
pub mod views;
