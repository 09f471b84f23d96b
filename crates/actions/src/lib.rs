//! One function per use case, shared by the command line, the pages and jobs.
//!
//! Every use case takes the [`Workspace`] (store, clock, ids) and the office that acts. What is
//! decided is decided in `nhipcau_domain`; what is stored is stored by `nhipcau_store`; here the two
//! meet, one transaction a use case.

pub mod access;
pub mod accounts;
pub mod again;
pub mod analysis;
pub mod audit;
pub mod basis;
pub mod campaign;
pub mod configuration;
pub mod error;
pub mod explain;
pub mod figures;
pub mod heavy;
pub mod intake;
pub mod maps;
pub mod outbox;
pub mod powers;
pub mod press;
pub mod publication;
pub mod register;
pub mod report;
pub mod reporting;
pub mod returns;
pub mod review;
pub mod search;
pub mod totals;
pub mod verify;
pub mod workspace;

pub use self::{
    error::ActionError,
    workspace::{Clock, Ids, Setting, Workspace},
};
