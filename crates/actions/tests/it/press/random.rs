//! Whatever is done in whatever order, an article stands where the rules say, and its record proves it.

use nhipcau_actions::press::{desk_article, revise};
use nhipcau_domain::press::{ArticleStatus, next};
use nhipcau_testkit::{TestDatabase, district};
use proptest::prelude::*;

use super::*;
use crate::support::House;

fn acts() -> impl Strategy<Value = Vec<ArticleAct>> {
    proptest::collection::vec(proptest::sample::select(ArticleAct::ALL.to_vec()), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_acts_is_taken_or_refused_by_the_rules(order in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let database = TestDatabase::sqlite();
            let house = House::on(&database, district()).await;
            let ws = &house.ws;
            columns(ws).await;
            let article = draft(ws, "Tin").await;
            let mut status = ArticleStatus::Draft;
            let mut revision = 1;
            for what in order {
                let expected = next(status, what);
                let outcome = if what == ArticleAct::Revise {
                    let content = content(&format!("Tin {revision}"));
                    revise(ws, &administrator(), "An", article.id, revision, &content, "").await.map(|n| revision = n)
                } else {
                    let due = ws.now() + jiff::SignedDuration::from_hours(1);
                    let doing = Doing { due: Some(due), ..Doing::because(what, "vì thế") };
                    act(ws, &administrator(), "An", article.id, &doing).await.map(drop)
                };
                assert_eq!(outcome.is_ok(), expected.is_ok(), "{what:?} of {status:?}: {outcome:?}");
                status = expected.unwrap_or(status);
                let kept = desk_article(ws, &administrator(), article.id).await.expect("reads");
                assert_eq!((kept.article.status, kept.article.last_revision), (status, revision));
                let seen = matches!(at_address(ws, &kept.href).await, Found::Article(_));
                assert_eq!(seen, status == ArticleStatus::Published, "{what:?} of {status:?}");
            }
            house.agrees().await;
        });
    }
}
