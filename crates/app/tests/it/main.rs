//! The program as people and scripts run it. What each file protects stands in its first line.

mod approving;
mod browser;
mod care;
mod contract;
mod filling;
mod hostile;
mod https;
mod kill;
mod messages;
mod offices;
mod outgoing;
mod reporting;
mod security;
mod support;
mod words;
