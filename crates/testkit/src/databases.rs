//! A database of its own for each test, of both kinds.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::postgres;

/// An empty database, not migrated. The `SQLite` one goes with this value.
#[derive(Debug)]
pub enum TestDatabase {
    /// A file in a folder of its own; not created yet.
    Sqlite {
        /// The file.
        file: PathBuf,
        /// Its folder: removed when this is dropped.
        folder: TempDir,
    },
    /// A database on the test process's own server.
    Postgres {
        /// Its address.
        url: String,
    },
}

impl TestDatabase {
    /// A `SQLite` database.
    ///
    /// # Panics
    /// If no temporary folder can be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = TempDir::with_prefix("nhipcau-").expect("a temporary folder");
        Self::Sqlite { file: folder.path().join("nhipcau.db"), folder }
    }

    /// A `PostgreSQL` database; none, and a line on stderr, where no server can be started.
    ///
    /// # Panics
    /// Where none can be started although `NHIPCAU_REQUIRE_POSTGRES=1` says that it must.
    #[must_use]
    pub fn postgres() -> Option<Self> {
        match postgres::new_database() {
            Ok(url) => Some(Self::Postgres { url }),
            Err(why) => {
                let required = std::env::var("NHIPCAU_REQUIRE_POSTGRES").is_ok_and(|v| v == "1");
                assert!(!required, "PostgreSQL is required, and cannot be started: {why}");
                eprintln!("skipped: PostgreSQL ({why})");
                None
            }
        }
    }

    /// Its kind, for messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }
}

/// Runs a test on both databases, one after the other, each time on a new one.
pub async fn each_database(test: impl AsyncFn(&TestDatabase)) {
    for database in [Some(TestDatabase::sqlite()), TestDatabase::postgres()].into_iter().flatten() {
        // Shown only with a failing test: which of the two it was.
        eprintln!("on {}:", database.name());
        test(&database).await;
    }
}
