//! The pages, one file each: what it shows, its template, its handler.

pub mod coverage;
pub mod document;
pub mod edition;
pub mod error;
pub mod figure;
pub mod figures;
pub mod home;
pub mod reports;
pub mod return_page;
pub mod tree;
pub mod unit;
