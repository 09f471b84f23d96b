//! Use cases on both databases. What each file protects stands in its first line.

mod accounts;
mod concurrency;
mod editions;
mod figures;
mod histories;
mod maps;
mod oracle;
mod press;
mod register;
mod returns;
mod search;
mod support;
mod tampering;
mod trees;
mod watch;
