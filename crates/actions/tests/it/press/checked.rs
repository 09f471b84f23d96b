//! `verify` finds an article that does not stand where its acts have brought it.

use nhipcau_testkit::{district, each_database};

use super::*;
use crate::{support::House, tampering::behind_our_back};

#[tokio::test]
async fn an_article_that_was_moved_behind_our_back_is_named() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        columns(&house.ws).await;
        published(&house.ws, "Tin").await;
        house.agrees().await;
        // What is done, and how it is undone.
        let changes = [
            ("UPDATE article SET status = 'withdrawn'", "UPDATE article SET status = 'published'"),
            ("UPDATE article SET published_revision = NULL", "UPDATE article SET published_revision = 1"),
            ("UPDATE article SET last_revision = 2", "UPDATE article SET last_revision = 1"),
            (
                "UPDATE article_act SET act = 'return' WHERE ordinal = 3",
                "UPDATE article_act SET act = 'approve' WHERE ordinal = 3",
            ),
            ("UPDATE article_revision SET number = 4", "UPDATE article_revision SET number = 1"),
        ];
        for (doing, undoing) in changes {
            assert_eq!(behind_our_back(database, doing).await, 1, "{doing}");
            let found = house.differences().await;
            // What is not out is found no more: the index is seen to differ too.
            let known = found.iter().all(|d| d.what == "article" || d.what == "search");
            assert!(known && found.iter().any(|d| d.what == "article"), "{doing}: {found:?}");
            assert_eq!(behind_our_back(database, undoing).await, 1);
            house.agrees().await;
        }
    })
    .await;
}
