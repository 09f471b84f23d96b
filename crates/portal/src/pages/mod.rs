//! The pages, one file each: what it shows, its template, its handler.

pub mod article;
pub mod column;
pub mod coverage;
pub mod document;
pub mod edition;
pub mod error;
pub mod feedback;
pub mod figure;
pub mod figures;
pub mod front;
pub mod machine;
pub mod map;
pub mod media;
pub mod moved;
pub mod register;
pub mod reports;
pub mod results;
pub mod return_page;
pub mod search;
pub mod site_map;
pub mod tree;
pub mod unit;
pub mod visits;
