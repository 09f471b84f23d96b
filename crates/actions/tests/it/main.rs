//! Use cases on both databases. What each file protects stands in its first line.

mod accounts;
mod analysis;
mod audit;
mod comments;
mod concurrency;
mod editions;
mod figures;
mod histories;
mod maps;
mod oracle;
mod powers;
mod press;
mod register;
mod register_proof;
mod reporting;
mod returns;
mod review;
mod sealed;
mod search;
mod support;
mod tampering;
mod trees;
mod unit_offices;
mod watch;
