//! Two dialects, one schema: what migrations made is the same on both, and every statement fits it.

use std::collections::BTreeSet;

use nhipcau_store::{Store, StoreError};
use nhipcau_testkit::{TestDatabase, each_database};
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use crate::support::{each_store, open, target};

/// Table, column, type as both call it, whether it may be missing, whether it is in the primary key.
type Catalogue = BTreeSet<(String, String, String, bool, bool)>;

async fn sqlite_catalogue(file: &std::path::Path) -> Catalogue {
    let mut conn = SqliteConnection::connect(file.to_str().expect("a path")).await.expect("connects");
    let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT t.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    )
    .fetch_all(&mut conn)
    .await
    .expect("catalogue");
    rows.into_iter().map(|(t, c, kind, not_null, pk)| (t, c, kind, not_null == 0, pk > 0)).collect()
}

async fn postgres_catalogue(url: &str) -> Catalogue {
    let mut conn = PgConnection::connect(url).await.expect("connects");
    let rows: Vec<(String, String, String, bool, bool, Option<String>)> = sqlx::query_as(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text, c.is_nullable = 'YES', \
                EXISTS (SELECT 1 FROM information_schema.key_column_usage k \
                        JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name) \
                        WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name \
                          AND k.column_name = c.column_name), \
                c.collation_name::text \
         FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut conn)
    .await
    .expect("catalogue");
    let column = |(table, column, kind, nullable, key, collation): (
        String,
        String,
        String,
        bool,
        bool,
        Option<String>,
    )| {
        if kind == "text" {
            assert_eq!(collation.as_deref(), Some("C"), "{table}.{column} sorts by bytes");
        }
        let kind = match kind.as_str() {
            "bigint" => "INTEGER",
            "text" => "TEXT",
            "bytea" | "uuid" => "BLOB",
            other => panic!("{table}.{column} is {other}"),
        };
        (table, column, kind.to_owned(), nullable, key)
    };
    rows.into_iter().map(column).collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_nullability() {
    let sqlite = TestDatabase::sqlite();
    open(&sqlite).await.close().await;
    let TestDatabase::Sqlite { file, .. } = &sqlite else { unreachable!() };
    let ours = sqlite_catalogue(file).await;
    assert!(ours.len() > 100, "{} columns", ours.len());
    let Some(postgres) = TestDatabase::postgres() else { return };
    open(&postgres).await.close().await;
    let TestDatabase::Postgres { url } = &postgres else { unreachable!() };
    let theirs = postgres_catalogue(url).await;
    assert_eq!(ours.difference(&theirs).collect::<Vec<_>>(), Vec::<&_>::new(), "only on SQLite");
    assert_eq!(theirs.difference(&ours).collect::<Vec<_>>(), Vec::<&_>::new(), "only on PostgreSQL");
}

/// Indexes and references by name of table and columns; unique or not.
#[tokio::test]
async fn both_databases_have_the_same_indexes_and_references() {
    let sqlite = TestDatabase::sqlite();
    open(&sqlite).await.close().await;
    let TestDatabase::Sqlite { file, .. } = &sqlite else { unreachable!() };
    let mut conn = SqliteConnection::connect(file.to_str().expect("a path")).await.expect("connects");
    let ours: Vec<String> = sqlx::query_scalar(
        "SELECT t.name || ' ' || (CASE i.\"unique\" WHEN 1 THEN 'unique ' ELSE '' END) || \
                (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) \
         FROM sqlite_schema t, pragma_index_list(t.name) i \
         WHERE t.type = 'table' AND i.origin <> 'pk' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
         UNION ALL \
         SELECT t.name || ' ' || f.\"from\" || ' -> ' || f.\"table\" || ' ' || f.\"to\" \
         FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
    )
    .fetch_all(&mut conn)
    .await
    .expect("catalogue");
    let ours: BTreeSet<String> = ours.into_iter().collect();
    assert!(ours.contains("revision unique return_id,number"), "{ours:?}");
    let Some(postgres) = TestDatabase::postgres() else { return };
    open(&postgres).await.close().await;
    let TestDatabase::Postgres { url } = &postgres else { unreachable!() };
    let mut conn = PgConnection::connect(url).await.expect("connects");
    let columns = "(SELECT string_agg(a.attname::text, ',' ORDER BY k.n) FROM unnest(KEYS) WITH ORDINALITY k(num, n) \
                    JOIN pg_attribute a ON a.attrelid = REL AND a.attnum = k.num)";
    let of = |keys: &str, rel: &str| columns.replace("KEYS", keys).replace("REL", rel);
    let sql = format!(
        "SELECT t.relname::text || ' ' || (CASE WHEN i.indisunique THEN 'unique ' ELSE '' END) || {} \
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
         WHERE n.nspname = 'public' AND NOT i.indisprimary AND t.relname <> '_sqlx_migrations' \
         UNION ALL \
         SELECT t.relname::text || ' ' || {} || ' -> ' || o.relname::text || ' ' || {} \
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid \
         WHERE c.contype = 'f'",
        of("i.indkey::int2[]", "i.indrelid"),
        of("c.conkey", "c.conrelid"),
        of("c.confkey", "c.confrelid"),
    );
    let theirs: Vec<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut conn).await.expect("catalogue");
    let theirs: BTreeSet<String> = theirs.into_iter().collect();
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn every_statement_is_understood_by_both() {
    each_store(async |store| {
        for tx in [store.read().await, store.write().await] {
            let problems = tx.expect("begins").statement_problems().await.expect("prepares");
            assert_eq!(problems, Vec::<String>::new());
        }
    })
    .await;
}

#[tokio::test]
async fn every_table_is_known_by_name_so_that_copies_are_whole() {
    each_database(async |database| {
        let store = open(database).await;
        let counted: BTreeSet<String> = store
            .read()
            .await
            .expect("begins")
            .table_counts()
            .await
            .expect("counts")
            .into_iter()
            .map(|c| c.0)
            .collect();
        store.close().await;
        let catalogue = match database {
            TestDatabase::Sqlite { file, .. } => sqlite_catalogue(file).await,
            TestDatabase::Postgres { url } => postgres_catalogue(url).await,
        };
        assert_eq!(counted, catalogue.into_iter().map(|c| c.0).collect());
    })
    .await;
}

#[tokio::test]
async fn migrating_twice_changes_nothing_and_only_this_programs_schema_is_taken() {
    each_database(async |database| {
        let store = Store::open(&target(database)).await.expect("opens");
        assert!(matches!(store.check_schema().await, Err(StoreError::NotMigrated)));
        let early = store.read().await.expect("begins").tree_events().await;
        assert!(matches!(early, Err(StoreError::NotMigrated)), "{early:?}");
        assert!(store.migrate().await.expect("migrates") >= 7);
        assert_eq!(store.migrate().await.expect("again"), 0);
        store.check_schema().await.expect("up to date");

        // A newer program was here.
        let sql = "UPDATE _sqlx_migrations SET version = 9999 \
                   WHERE version = (SELECT max(version) FROM _sqlx_migrations)";
        match database {
            TestDatabase::Sqlite { file, .. } => {
                let mut conn =
                    SqliteConnection::connect(file.to_str().expect("a path")).await.expect("connects");
                sqlx::query(sql).execute(&mut conn).await.expect("updates");
            }
            TestDatabase::Postgres { url } => {
                let mut conn = PgConnection::connect(url).await.expect("connects");
                sqlx::query(sql).execute(&mut conn).await.expect("updates");
            }
        }
        for refused in [store.check_schema().await, store.migrate().await.map(drop)] {
            assert!(
                matches!(refused, Err(StoreError::NewerSchema { found: 9999, known: 7.. })),
                "{refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_a_database_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ghi-chu.db");
    std::fs::write(&file, "đây không phải là cơ sở dữ liệu, ".repeat(100)).expect("writes");
    let refused = match Store::open(&nhipcau_store::Target::Sqlite(file)).await {
        Ok(store) => store.check_schema().await.expect_err("not a database"),
        Err(e) => e,
    };
    assert_eq!(refused.problem().id, "store-corrupt", "{refused}");
    let nowhere = nhipcau_store::Target::Sqlite(folder.path().join("khong-co/nhipcau.db"));
    let refused = Store::open(&nowhere).await.expect_err("no such folder");
    assert_eq!(refused.problem().id, "store-unreachable", "{refused}");
}
