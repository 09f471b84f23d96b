//! `verify` finds what was changed behind the program's back.

use nhipcau_testkit::{TestDatabase, district, each_database};
use sqlx::Connection as _;

use crate::{editions::publish, support::House};

/// Changes the records as somebody with the database's password would.
pub async fn behind_our_back(database: &TestDatabase, sql: &'static str) -> u64 {
    match database {
        TestDatabase::Sqlite { file, .. } => {
            let mut conn = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display()))
                .await
                .expect("connects");
            sqlx::query(sql).execute(&mut conn).await.expect("runs").rows_affected()
        }
        TestDatabase::Postgres { url } => {
            let mut conn = sqlx::PgConnection::connect(url).await.expect("connects");
            sqlx::query(sql).execute(&mut conn).await.expect("runs").rows_affected()
        }
    }
}

#[tokio::test]
async fn each_thing_that_was_tampered_with_is_named() {
    each_database(async |database| {
        let mut district = district();
        crate::editions::add_report(&mut district);
        let house = House::on(database, district).await;
        publish(&house).await;
        house.agrees().await;
        let sqlite = matches!(database, TestDatabase::Sqlite { .. });
        // What is done, how it is undone, and what `verify` must say.
        let changes: [(&'static str, &'static str, &str); 6] = [
            (
                "UPDATE total SET unit = 'xa-x' WHERE unit = 'xa-a' AND period = 'nam-1' AND data_set = 'dang-vien'",
                "UPDATE total SET unit = 'xa-a' WHERE unit = 'xa-x'",
                "total",
            ),
            (
                "UPDATE contribution SET unit = 'b9' WHERE unit = 'b1' AND period = 'nam-1'",
                "UPDATE contribution SET unit = 'b1' WHERE unit = 'b9'",
                "contribution",
            ),
            (
                "UPDATE return_state SET status = 'returned' WHERE unit = 'a1'",
                "UPDATE return_state SET status = 'accepted' WHERE unit = 'a1'",
                "state",
            ),
            (
                if sqlite {
                    "UPDATE edition_document SET bytes = CAST(bytes || x'20' AS BLOB) WHERE format = 'html'"
                } else {
                    r"UPDATE edition_document SET bytes = bytes || '\x20'::bytea WHERE format = 'html'"
                },
                "UPDATE edition_document SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE format = 'html'",
                "edition",
            ),
            (
                "UPDATE edition SET body = replace(body, 'Huyện Mẫu', 'Huyện Khác')",
                "UPDATE edition SET body = replace(body, 'Huyện Khác', 'Huyện Mẫu')",
                "edition",
            ),
            (
                "UPDATE return_act SET ordinal = 7 WHERE ordinal = 2 AND return_id = (SELECT id FROM return_state WHERE unit = 'b1' AND data_set = 'dang-vien')",
                "UPDATE return_act SET ordinal = 2 WHERE ordinal = 7",
                "state",
            ),
        ];
        for (done, undone, what) in changes {
            assert!(behind_our_back(database, done).await > 0, "nothing to change: {done}");
            let found = house.differences().await;
            assert!(found.iter().any(|d| d.what == what), "{done}: {found:?}");
            behind_our_back(database, undone).await;
            house.agrees().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_number_that_was_changed_in_a_revision_is_found_in_its_totals() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        house.take(vec![house.district.members("a1", 24, 30)]).await;
        let changed =
            behind_our_back(database, "UPDATE revision SET \"values\" = replace(\"values\", '24', '25')")
                .await;
        assert_eq!(changed, 1);
        let found = house.differences().await;
        assert!(found.iter().any(|d| d.what == "contribution" && d.which.contains("a1")), "{found:?}");
        assert!(found.iter().any(|d| d.what == "total" && d.which.contains("huyen/h")), "{found:?}");
    })
    .await;
}
