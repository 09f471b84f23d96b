//! The store on both databases. What each file protects stands in its first line.

mod accounts;
mod comments;
mod conflicts;
mod copying;
mod editions;
mod outbox;
mod records;
mod register;
mod returns;
mod schema;
mod site;
mod support;
mod totals;
