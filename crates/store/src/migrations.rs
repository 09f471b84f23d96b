//! The tables' history, add-only: the same files for both databases, each in its own dialect.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{Result, StoreError};

/// Migrations that a database has. Kept by sqlx's migrator.
pub(crate) const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";

macro_rules! migrations {
    ($folder:literal) => {
        [
            (
                1,
                "tree and definitions",
                include_str!(concat!("../migrations/", $folder, "/0001_tree_and_definitions.sql")),
            ),
            (2, "returns", include_str!(concat!("../migrations/", $folder, "/0002_returns.sql"))),
            (3, "totals", include_str!(concat!("../migrations/", $folder, "/0003_totals.sql"))),
            (4, "editions", include_str!(concat!("../migrations/", $folder, "/0004_editions.sql"))),
            (5, "access", include_str!(concat!("../migrations/", $folder, "/0005_access.sql"))),
            (6, "site", include_str!(concat!("../migrations/", $folder, "/0006_site.sql"))),
            (7, "accounts", include_str!(concat!("../migrations/", $folder, "/0007_accounts.sql"))),
            (8, "register", include_str!(concat!("../migrations/", $folder, "/0008_register.sql"))),
            (9, "search", include_str!(concat!("../migrations/", $folder, "/0009_search.sql"))),
            (10, "maps", include_str!(concat!("../migrations/", $folder, "/0010_maps.sql"))),
            (11, "postings", include_str!(concat!("../migrations/", $folder, "/0011_postings.sql"))),
            (12, "pins", include_str!(concat!("../migrations/", $folder, "/0012_pins.sql"))),
            (13, "drafts", include_str!(concat!("../migrations/", $folder, "/0013_drafts.sql"))),
            (14, "return files", include_str!(concat!("../migrations/", $folder, "/0014_return_files.sql"))),
            (15, "audit", include_str!(concat!("../migrations/", $folder, "/0015_audit.sql"))),
            (16, "outbox", include_str!(concat!("../migrations/", $folder, "/0016_outbox.sql"))),
            (17, "keys_and_sso", include_str!(concat!("../migrations/", $folder, "/0017_keys_and_sso.sql"))),
            (18, "api tokens", include_str!(concat!("../migrations/", $folder, "/0018_api_tokens.sql"))),
            (
                19,
                "comments and views",
                include_str!(concat!("../migrations/", $folder, "/0019_comments_and_views.sql")),
            ),
        ]
    };
}

// Embedded by hand: sqlx's macro would build both databases' drivers a second time, for itself.
const SQLITE: &[(i64, &str, &str)] = &migrations!("sqlite");
const POSTGRES: &[(i64, &str, &str)] = &migrations!("postgres");

/// For `SQLite`.
pub(crate) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// For `PostgreSQL`.
pub(crate) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(files: &[(i64, &'static str, &'static str)]) -> Migrator {
    let migrations = files.iter().map(|&(version, name, sql)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// The newest version that this program knows.
pub(crate) fn newest() -> i64 {
    SQLITE.iter().map(|m| m.0).max().unwrap_or(0)
}

/// Refuses a database that has fewer, more, or other migrations than this program.
pub(crate) fn check(known: &Migrator, applied: &[(i64, Vec<u8>)]) -> Result<()> {
    if let Some((found, _)) = applied.iter().find(|(version, _)| !known.version_exists(*version)) {
        return Err(StoreError::NewerSchema { found: *found, known: newest() });
    }
    for migration in known.iter() {
        match applied.iter().find(|(version, _)| *version == migration.version) {
            None => return Err(StoreError::NotMigrated),
            Some((_, checksum)) if checksum[..] != migration.checksum[..] => {
                return Err(StoreError::corrupt(format!("migration {}", migration.version)));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
