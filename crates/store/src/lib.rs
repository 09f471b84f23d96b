//! All SQL, and nothing but storage: a concrete [`Store`] over one `SQLite` file or `PostgreSQL`.
//!
//! One SQL text serves both databases; what differs stands in `db.rs` and `value.rs`, and
//! elsewhere only with a reason beside it. The store has no clock and no random: times and ids are handed in. Times are kept as UTC
//! in microseconds (a `bigint` sorts, compares and copies alike on both; finer parts are cut), days
//! as ISO text, ids of acts as `UUIDv7`.
//!
//! A [`Tx`] that is dropped is rolled back. What [`Tx::commit`] acknowledged survives.

mod accepted;
mod access;
mod accounts;
pub mod audit;
mod backup;
mod care;
mod comments;
mod copy;
mod db;
mod deadlines;
mod definitions;
mod documents;
mod drafts;
mod editions;
mod error;
mod handovers;
mod layout;
mod maps;
mod meta;
mod migrations;
pub mod outbox;
mod packing;
pub mod register;
mod return_files;
mod returns;
mod review;
mod revisions;
mod schema;
mod search;
pub mod site;
mod statement;
mod steps;
mod totals;
mod tree;
mod value;
mod views;

pub use accepted::AcceptedRow;
pub use access::RawView;
pub use accounts::{
    holders::Holder,
    identities::DeskIdentity,
    offices::{OfficeEvent, OfficeRecord},
    passkeys::DeskPasskey,
    pins::DeskPin,
    sessions::DeskSession,
    tokens::{ApiAnswer, ApiToken},
};
pub use backup::backup_sqlite;
pub use comments::CommentRecord;
pub use copy::{CopyReport, copy_all};
pub use db::{Answer, DbKind, Store, Target, Tx};
pub use deadlines::DeadlineExtension;
pub use definitions::DefinitionVersion;
pub use documents::{Attachment, AttachmentSummary, DocumentSummary, StoredDocument};
pub use drafts::DraftRecord;
pub use editions::{EditionAct, EditionRecord, EditionStatus, EditionSummary};
pub use error::{Result, StoreError};
pub use handovers::HandoverRecord;
pub use maps::MapRecord;
pub use return_files::ReturnFile;
pub use returns::{ActRecord, ReportedPeriod, StoredReturn};
pub use review::OfficeContact;
pub use revisions::RevisionRecord;
pub use search::{Posting, SearchRecord};
pub use steps::{NewAct, NewRevision, Step};
pub use totals::{ContributionRow, NewContribution, NewTotal, TotalDelta, TotalRow};
pub use tree::{TreeBatch, TreeEventRecord};
pub use views::SavedView;
