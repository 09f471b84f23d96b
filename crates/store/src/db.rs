//! Where there are two databases: opening them, transactions on them, running statements. The values
//! that go in and the rows that come out are in `value.rs`; elsewhere there is one.

use std::{collections::HashMap, path::PathBuf, pin::Pin, str::FromStr as _, sync::Arc, time::Duration};

use nhipcau_domain::id::ElementId;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Executor as _, Postgres, SqlSafeStr as _, Sqlite, Transaction,
    pool::PoolOptions,
    postgres::{PgConnectOptions, PgPool},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous},
};

use crate::{
    Result, StoreError, migrations, statement,
    value::{Arg, Row},
};

/// Where the records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The `SQLite` file.
    Sqlite(PathBuf),
    /// A `PostgreSQL` address, such as `postgres://user@host/name`.
    Postgres(String),
}

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DbKind {
    /// One file on this machine.
    Sqlite,
    /// A server.
    Postgres,
}

/// What a statement will answer. Boxed, so that the drivers' code is compiled here, once: a plain
/// `async fn` is compiled anew in each crate that waits for it.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// How long a writer waits for others before it gives up as [`StoreError::Busy`].
const PATIENCE: Duration = Duration::from_mins(1);

/// The records of one campaign. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
}

#[derive(Debug, Clone)]
enum Db {
    /// One connection writes, several read: a reader never waits for the writer (WAL).
    Sqlite {
        file: PathBuf,
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// How a `SQLite` file is opened, wherever it is opened.
pub(crate) fn sqlite_options(file: &std::path::Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(256)
        .row_buffer_size(512)
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging()
}

impl Store {
    /// Opens the database; creates the `SQLite` file if there is none. Does not migrate.
    pub async fn open(target: &Target) -> Result<Self> {
        let db = match target {
            Target::Sqlite(file) => {
                let common = sqlite_options(file);
                let write = common
                    .clone()
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .pragma("cache_size", "-65536")
                    .pragma("journal_size_limit", "67108864");
                // Not mapped into memory: a disk that fails is to be an error, not a signal that ends us.
                let read = common.pragma("cache_size", "-16384").pragma("query_only", "ON");
                let readers =
                    std::thread::available_parallelism().map_or(4, std::num::NonZero::get).clamp(4, 16);
                let options =
                    || PoolOptions::<Sqlite>::new().acquire_timeout(PATIENCE).test_before_acquire(false);
                let writer =
                    options().max_connections(1).connect_with(write).await.map_err(StoreError::opening)?;
                let readers =
                    options().max_connections(u32::try_from(readers).unwrap_or(4)).connect_lazy_with(read);
                Db::Sqlite { file: file.clone(), writer, readers }
            }
            Target::Postgres(url) => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(StoreError::opening)?
                    .application_name("nhipcau")
                    .statement_cache_capacity(256)
                    .disable_statement_logging();
                let pool = PoolOptions::<Postgres>::new().max_connections(16).acquire_timeout(PATIENCE);
                Db::Postgres(pool.connect_with(options).await.map_err(StoreError::opening)?)
            }
        };
        Ok(Self { db })
    }

    /// Brings the tables up to this program's version; how many migrations that took.
    pub async fn migrate(&self) -> Result<u32> {
        let before = self.applied().await?.len();
        match &self.db {
            Db::Sqlite { writer, .. } => migrations::sqlite().run(writer).await?,
            Db::Postgres(pool) => migrations::postgres().run(pool).await?,
        }
        let after = self.applied().await?.len();
        Ok(u32::try_from(after.saturating_sub(before)).unwrap_or(u32::MAX))
    }

    /// Refuses a database whose tables are not exactly this program's.
    pub async fn check_schema(&self) -> Result<()> {
        let applied = self.applied().await?;
        match &self.db {
            Db::Sqlite { .. } => migrations::check(&migrations::sqlite(), &applied),
            Db::Postgres(_) => migrations::check(&migrations::postgres(), &applied),
        }
    }

    /// Migrations that the database has: version and checksum.
    async fn applied(&self) -> Result<Vec<(i64, Vec<u8>)>> {
        let mut tx = self.read().await?;
        match tx.rows(migrations::APPLIED, &[]).await {
            Ok(rows) => rows.iter().map(|r| Ok((r.int(0)?, r.bytes(1)?.to_vec()))).collect(),
            Err(StoreError::NotMigrated) => Ok(Vec::new()),
            Err(e) => Err(e),
        }
    }

    /// A snapshot: from its first statement on it sees one state, whoever writes meanwhile.
    #[must_use = "nothing happens before it is awaited"]
    pub fn read(&self) -> Answer<'_, Tx> {
        Box::pin(async move {
            let conn = match &self.db {
                Db::Sqlite { readers, .. } => Conn::Sqlite(readers.begin_with("BEGIN").await?),
                Db::Postgres(pool) => {
                    Conn::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
                }
            };
            Ok(Tx { conn, write: false, layouts: HashMap::new() })
        })
    }

    /// A transaction that writes. On `SQLite` it is the only one; on `PostgreSQL` it locks the rows
    /// that it reads in order to change.
    #[must_use = "nothing happens before it is awaited"]
    pub fn write(&self) -> Answer<'_, Tx> {
        Box::pin(async move {
            let conn = match &self.db {
                Db::Sqlite { writer, .. } => Conn::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
                Db::Postgres(pool) => {
                    Conn::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?)
                }
            };
            Ok(Tx { conn, write: true, layouts: HashMap::new() })
        })
    }

    /// Which database it is.
    #[must_use]
    pub fn kind(&self) -> DbKind {
        match self.db {
            Db::Sqlite { .. } => DbKind::Sqlite,
            Db::Postgres(_) => DbKind::Postgres,
        }
    }

    /// The `SQLite` file.
    pub(crate) fn sqlite_file(&self) -> Option<PathBuf> {
        match &self.db {
            Db::Sqlite { file, .. } => Some(file.clone()),
            Db::Postgres(_) => None,
        }
    }

    /// Waits for running transactions and closes the connections.
    pub async fn close(self) {
        match self.db {
            Db::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub struct Tx {
    conn: Conn,
    write: bool,
    /// Layouts that this transaction has seen.
    pub(crate) layouts: HashMap<i64, Arc<[ElementId]>>,
}

#[derive(Debug)]
enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

macro_rules! on_conn {
    ($tx:expr, $sql:expr, $args:expr, $method:ident, $result:ident => $then:expr) => {{
        refuse_zero_bytes($args)?;
        let sql = statement::render($sql, $args.len(), $tx.kind(), $tx.write);
        match &mut $tx.conn {
            Conn::Sqlite(conn) => {
                let $result =
                    bind!(sqlx::query::<Sqlite>(AssertSqlSafe(sql)), $args).$method(&mut **conn).await?;
                $then
            }
            Conn::Postgres(conn) => {
                let $result =
                    bind!(sqlx::query::<Postgres>(AssertSqlSafe(sql)), $args).$method(&mut **conn).await?;
                $then
            }
        }
    }};
}

/// `PostgreSQL` takes no text with a zero byte: refused on both, or it could not be copied there.
fn refuse_zero_bytes(args: &[Arg<'_>]) -> Result<()> {
    let zero = |arg: &&Arg<'_>| match arg {
        Arg::Text(text) | Arg::MaybeText(Some(text)) => text.as_bytes().contains(&0),
        _ => false,
    };
    match args.iter().find(zero) {
        Some(_) => Err(StoreError::Invalid { what: "U+0000".to_owned() }),
        None => Ok(()),
    }
}

macro_rules! bind {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Int(v) => query.bind(*v),
                Arg::MaybeInt(v) => query.bind(*v),
                Arg::Text(v) => query.bind(v.as_ref()),
                Arg::MaybeText(v) => query.bind(v.as_deref()),
                Arg::Bytes(v) => query.bind(v.as_ref()),
                Arg::Id(v) => query.bind(*v),
            };
        }
        query
    }};
}

impl Tx {
    /// Keeps what was written. When this returns, it is on disk.
    #[must_use = "nothing happens before it is awaited"]
    pub fn commit(self) -> Answer<'static, ()> {
        Box::pin(async move {
            match self.conn {
                Conn::Sqlite(tx) => tx.commit().await?,
                Conn::Postgres(tx) => tx.commit().await?,
            }
            Ok(())
        })
    }

    /// Whether it may write.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.write
    }

    /// Which database it is in.
    #[must_use]
    pub fn kind(&self) -> DbKind {
        match self.conn {
            Conn::Sqlite(_) => DbKind::Sqlite,
            Conn::Postgres(_) => DbKind::Postgres,
        }
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) fn run<'a>(&'a mut self, sql: &'static str, args: &'a [Arg<'a>]) -> Answer<'a, u64> {
        Box::pin(async move { on_conn!(self, sql, args, execute, done => Ok(done.rows_affected())) })
    }

    /// All rows of a query.
    pub(crate) fn rows<'a>(&'a mut self, sql: &'static str, args: &'a [Arg<'a>]) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            on_conn!(self, sql, args, fetch_all, rows => Ok(rows.into_iter().map(Row::from).collect()))
        })
    }

    /// The row of a query that has at most one.
    pub(crate) fn row<'a>(&'a mut self, sql: &'static str, args: &'a [Arg<'a>]) -> Answer<'a, Option<Row>> {
        Box::pin(async move { on_conn!(self, sql, args, fetch_optional, row => Ok(row.map(Row::from))) })
    }

    /// Runs a statement with `/*rows:N*/` over any number of rows, in pieces. The pieces' sizes are
    /// powers of two, so that few texts are prepared and each is prepared once.
    pub(crate) async fn run_rows(
        &mut self,
        sql: &'static str,
        width: usize,
        args: &[Arg<'_>],
    ) -> Result<u64> {
        let mut touched = 0;
        let mut rest = args;
        let mut piece = 1_usize << (1024 / width.max(1)).max(1).ilog2();
        while !rest.is_empty() && piece > 0 {
            while let Some((now, later)) = rest.split_at_checked(piece * width) {
                touched += self.run(sql, now).await?;
                rest = later;
            }
            piece /= 2;
        }
        Ok(touched)
    }

    /// The same for a statement that was made from names in [`crate::schema`].
    pub(crate) async fn insert_rows_of(
        &mut self,
        insert: &str,
        width: usize,
        args: &[Arg<'_>],
    ) -> Result<()> {
        let mut rest = args;
        let mut piece = 1_usize << (1024 / width.max(1)).max(1).ilog2();
        while !rest.is_empty() && piece > 0 {
            while let Some((now, later)) = rest.split_at_checked(piece * width) {
                let sql = format!("{insert}{}", statement::rows_of(width, now.len(), self.kind()));
                self.rows_of(sql, now).await?;
                rest = later;
            }
            piece /= 2;
        }
        Ok(())
    }

    /// Runs a query with a `/*list*/` over any number of values, in pieces, `fixed` before each.
    pub(crate) async fn rows_in(
        &mut self,
        sql: &'static str,
        fixed: &[Arg<'_>],
        list: &[Arg<'_>],
    ) -> Result<Vec<Row>> {
        let mut found = Vec::new();
        for piece in list.chunks(statement::LIST) {
            let mut args = [fixed, piece].concat();
            // Filled up to a power of two with its last value: few texts are prepared.
            if let Some(last) = piece.last() {
                args.resize(fixed.len() + piece.len().next_power_of_two(), last.clone());
            }
            found.append(&mut self.rows(sql, &args).await?);
        }
        Ok(found)
    }

    /// Runs a statement that was made here from names in [`crate::schema`], never from input.
    pub(crate) fn rows_of<'a>(&'a mut self, sql: String, args: &'a [Arg<'a>]) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            match &mut self.conn {
                Conn::Sqlite(conn) => {
                    let rows =
                        bind!(sqlx::query::<Sqlite>(AssertSqlSafe(sql)), args).fetch_all(&mut **conn).await?;
                    Ok(rows.into_iter().map(Row::from).collect())
                }
                Conn::Postgres(conn) => {
                    let query = bind!(sqlx::query::<Postgres>(AssertSqlSafe(sql)), args);
                    let rows = query.fetch_all(&mut **conn).await?;
                    Ok(rows.into_iter().map(Row::from).collect())
                }
            }
        })
    }

    /// Prepares every statement of this program on this database; those that it refuses, with why.
    /// For `doctor`, and for the test that one text serves both databases.
    pub async fn statement_problems(&mut self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for text in statement::all() {
            // Enough values for one row of any width, or a list of some.
            let values = statement::width(text).map_or(16, |w| 2 * w);
            let sql = AssertSqlSafe(statement::render(text, values, self.kind(), self.write)).into_sql_str();
            let prepared = match &mut self.conn {
                Conn::Sqlite(conn) => conn.prepare(sql).await.map(drop),
                Conn::Postgres(conn) => conn.prepare(sql).await.map(drop),
            };
            if let Err(e) = prepared {
                problems.push(format!("{text}: {e}"));
                // PostgreSQL takes nothing more in a transaction that failed.
                if self.kind() == DbKind::Postgres {
                    break;
                }
            }
        }
        Ok(problems)
    }
}

impl StoreError {
    fn opening(error: sqlx::Error) -> Self {
        match Self::from(error) {
            Self::Database(e) => Self::Unreachable(e),
            other => other,
        }
    }
}
