//! Whether anything was written, seen from beside.

use nhipcau_testkit::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _};

/// Sees whether anything was written: a refused step must leave no trace.
pub enum Watch {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Watch {
    /// Looks from beside, over a connection of its own.
    pub async fn on(database: &TestDatabase) -> Self {
        match database {
            TestDatabase::Sqlite { file, .. } => {
                let address = format!("sqlite:{}", file.display());
                Self::Sqlite(sqlx::SqliteConnection::connect(&address).await.expect("connects"))
            }
            TestDatabase::Postgres { url } => {
                Self::Postgres(sqlx::PgConnection::connect(url).await.expect("connects"))
            }
        }
    }

    /// A number or hash that changes with what is stored.
    pub async fn look(&mut self) -> String {
        match self {
            // Counts every commit of every other connection.
            Self::Sqlite(conn) => {
                let version: i64 =
                    sqlx::query_scalar("PRAGMA data_version").fetch_one(conn).await.expect("reads");
                version.to_string()
            }
            Self::Postgres(conn) => {
                let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
                let tables: Vec<String> =
                    sqlx::query_scalar(tables).fetch_all(&mut *conn).await.expect("reads");
                let mut all = String::new();
                for table in tables {
                    let hash = format!(
                        "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t"
                    );
                    let hash: String =
                        sqlx::query_scalar(AssertSqlSafe(hash)).fetch_one(&mut *conn).await.expect("reads");
                    all.push_str(&hash);
                }
                all
            }
        }
    }
}
