//! What can go wrong with storage, and the sentence for each.

use nhipcau_domain::problem::Problem;
use sqlx::{error::ErrorKind, migrate::MigrateError};

/// The store's results.
pub type Result<T> = std::result::Result<T, StoreError>;

/// What can go wrong with storage.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused, for a reason without a name of its own here.
    #[error("database: {0}")]
    Database(#[source] sqlx::Error),
    /// The database cannot be reached or opened.
    #[error("cannot open the database: {0}")]
    Unreachable(#[source] sqlx::Error),
    /// A stored record cannot be read: it was changed from outside, or is damaged.
    #[error("corrupt record: {what}")]
    Corrupt {
        /// Which.
        what: String,
    },
    /// The tables are not there, or older than this program: `migrate` first.
    #[error("the database is not migrated")]
    NotMigrated,
    /// The tables were made by a newer program.
    #[error("the database has schema version {found}, this program knows up to {known}")]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// There is one already, or another process was first: read again and decide anew.
    #[error("conflict: {what}")]
    Conflict {
        /// The table.
        what: String,
    },
    /// A record names another that is not there.
    #[error("missing reference: {what}")]
    MissingReference {
        /// The table, or empty where the database does not say (`SQLite`).
        what: String,
    },
    /// A value that the tables do not take.
    #[error("invalid value: {what}")]
    Invalid {
        /// Where.
        what: String,
    },
    /// Another writer holds what this one needs; trying again may succeed.
    #[error("the database is busy")]
    Busy,
    /// The disk is full. Nothing of this transaction was kept.
    #[error("the disk is full")]
    DiskFull,
    /// The target of a copy or a backup already holds something.
    #[error("the target is not empty: {what}")]
    NotEmpty {
        /// The table or file.
        what: String,
    },
    /// Not possible with this kind of database.
    #[error("only for SQLite")]
    OnlySqlite,
    /// A file could not be read or written.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A rule of the domain refused, such as a sum beyond 64 bits.
    #[error("{0}")]
    Rule(#[from] Problem),
}

impl StoreError {
    /// A record that cannot be read.
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// A clash with what is there.
    pub(crate) fn conflict(what: &str) -> Self {
        Self::Conflict { what: what.to_owned() }
    }

    /// The sentence for people. What only a programmer can read goes into its `detail`.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Database(e) => Problem::new("store-database").with("detail", e.to_string()),
            Self::Unreachable(e) => Problem::new("store-unreachable").with("detail", e.to_string()),
            Self::Corrupt { what } => Problem::new("store-corrupt").with("what", what.as_str()),
            Self::NotMigrated => Problem::new("store-not-migrated"),
            Self::NewerSchema { found, known } => {
                Problem::new("store-newer-schema").with("found", *found).with("known", *known)
            }
            Self::Conflict { what } => Problem::new("store-conflict").with("what", what.as_str()),
            Self::MissingReference { what } => {
                Problem::new("store-missing-reference").with("what", what.as_str())
            }
            Self::Invalid { what } => Problem::new("store-invalid").with("what", what.as_str()),
            Self::Busy => Problem::new("store-busy"),
            Self::DiskFull => Problem::new("store-disk-full"),
            Self::NotEmpty { what } => Problem::new("store-not-empty").with("what", what.as_str()),
            Self::OnlySqlite => Problem::new("store-only-sqlite"),
            Self::File(e) => Problem::new("store-file").with("detail", e.to_string()),
            Self::Rule(problem) => problem.clone(),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::ColumnDecode { index, source } => Self::corrupt(format!("column {index}: {source}")),
            sqlx::Error::Database(ref e) => {
                let code = e.code().unwrap_or_default();
                match (e.kind(), code.as_ref()) {
                    (ErrorKind::UniqueViolation, _) => Self::Conflict { what: table_of(e.as_ref()) },
                    (ErrorKind::ForeignKeyViolation, _) => {
                        Self::MissingReference { what: table_of(e.as_ref()) }
                    }
                    (ErrorKind::NotNullViolation | ErrorKind::CheckViolation, _) => {
                        Self::Invalid { what: table_of(e.as_ref()) }
                    }
                    // PostgreSQL: undefined table.
                    (_, "42P01") => Self::NotMigrated,
                    // SQLite: not a database, malformed.
                    (_, "26" | "11") => Self::corrupt(e.message()),
                    // Both: serialization failure, deadlock, lock timeout; busy and its kinds.
                    (_, "40001" | "40P01" | "55P03" | "5" | "261" | "517" | "773") => Self::Busy,
                    (_, "53100" | "13") => Self::DiskFull,
                    _ if e.message().starts_with("no such table") => Self::NotMigrated,
                    _ => Self::Database(error),
                }
            }
            other => Self::Database(other),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
            MigrateError::VersionMissing(found) => {
                Self::NewerSchema { found, known: crate::migrations::newest() }
            }
            other => Self::corrupt(other.to_string()),
        }
    }
}

/// The table that a constraint is on: `PostgreSQL` says it, `SQLite` says it in its message
/// (`UNIQUE constraint failed: revision.return_id, revision.number`) except for foreign keys.
fn table_of(error: &dyn sqlx::error::DatabaseError) -> String {
    if let Some(table) = error.table() {
        return table.to_owned();
    }
    let named = error.message().split_once("constraint failed: ").map(|(_, rest)| rest);
    named.map(|rest| rest.split(['.', ' ', ',']).next().unwrap_or(rest).to_owned()).unwrap_or_default()
}
