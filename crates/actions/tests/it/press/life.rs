//! An article goes from draft to page through the hands of those who may, and at its time by itself.

use jiff::SignedDuration;
use nhipcau_actions::press::{
    Doing, Found, act, attention, autosave, calendar, desk_article, next_due, revise, run_due, set_expiry,
};
use nhipcau_domain::press::{ArticleAct, ArticleStatus};
use nhipcau_store::site::Cover;

use super::*;
use crate::support::each_house;

#[tokio::test]
async fn three_offices_bring_an_article_to_its_readers() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Kết quả nổi bật 01 năm").await;
        let path = "/tin-tuc/ket-qua-noi-bat-01-nam";
        let step = async |who: &Acting, what| act(ws, who, "An", article.id, &Doing::new(what)).await;
        assert_eq!(refusals(step(&writer(), ArticleAct::Publish).await), ["office-may-not"]);
        assert_eq!(step(&writer(), ArticleAct::Submit).await.expect("hands in"), ArticleStatus::Submitted);
        assert_eq!(refusals(step(&writer(), ArticleAct::Approve).await), ["office-may-not"]);
        assert_eq!(attention(ws, &editor()).await.expect("reads").to_approve.len(), 1);
        step(&editor(), ArticleAct::Approve).await.expect("approves");
        assert_eq!(refusals(step(&editor(), ArticleAct::Publish).await), ["office-may-not"]);
        assert_eq!(attention(ws, &publisher()).await.expect("reads").to_publish.len(), 1);
        assert_eq!(at_address(ws, path).await, Found::Missing);
        step(&publisher(), ArticleAct::Publish).await.expect("publishes");
        assert_eq!(title_at(ws, path).await.as_deref(), Some("Kết quả nổi bật 01 năm"));
        let acts = desk_article(ws, &editor(), article.id).await.expect("reads").acts;
        let by: Vec<&str> = acts.iter().map(|a| a.office.as_str()).collect();
        assert_eq!(by, ["phong-vien", "phong-vien", "bien-tap", "truong-ban"]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn an_article_comes_back_with_its_reason() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        does(ws, &article, ArticleAct::Submit).await;
        let silent = act(ws, &editor(), "Bình", article.id, &Doing::new(ArticleAct::Return)).await;
        assert_eq!(refusals(silent), ["article-needs-reason"]);
        let doing = Doing::because(ArticleAct::Return, "thiếu nguồn");
        act(ws, &editor(), "Bình", article.id, &doing).await.expect("returns");
        let returned = attention(ws, &writer()).await.expect("reads").returned;
        assert_eq!(returned[0].1, "thiếu nguồn");
        assert_eq!(attention(ws, &editor()).await.expect("reads").returned, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_ready_is_not_handed_in() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "").await;
        let cover = Cover {
            media: article.id,
            focus_x: 500,
            focus_y: 500,
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
        };
        let bad = Content {
            title: "MẬT".to_owned(),
            body: "![](tep:khong-co) {{ khong.co }}".to_owned(),
            cover: Some(cover),
            ..Content::default()
        };
        let refused = act(ws, &writer(), "An", article.id, &Doing::new(ArticleAct::Submit)).await;
        assert_eq!(refusals(refused), ["article-needs-title"]);
        revise(ws, &writer(), "An", article.id, 1, &bad, "").await.expect("a draft may be bad");
        let refused = refusals(act(ws, &writer(), "An", article.id, &Doing::new(ArticleAct::Submit)).await);
        for id in ["article-needs-alt", "article-cover-unknown", "content-marked-secret"] {
            assert!(refused.iter().any(|r| r == id), "{id} in {refused:?}");
        }
        assert!(refused.iter().filter(|r| r.starts_with("writing-")).count() >= 2, "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_scheduled_goes_out_at_its_time_and_ends_at_its_time() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Lịch nghỉ lễ").await;
        for what in [ArticleAct::Submit, ArticleAct::Approve] {
            does(ws, &article, what).await;
        }
        let hour = SignedDuration::from_hours(1);
        let past = Doing::schedule(ws.now() - hour);
        assert_eq!(refusals(act(ws, &publisher(), "Chi", article.id, &past).await), ["schedule-in-the-past"]);
        let due = ws.now() + hour;
        act(ws, &publisher(), "Chi", article.id, &Doing::schedule(due)).await.expect("schedules");
        assert_eq!(next_due(ws).await.expect("reads"), Some(due));
        let second = SignedDuration::from_secs(1);
        assert!(run_due(ws, due - second).await.expect("runs").published.is_empty());
        let done = run_due(ws, due).await.expect("runs");
        assert_eq!((done.published, done.failed.len()), (vec![article.id], 0));
        assert!(run_due(ws, due).await.expect("runs").published.is_empty(), "once");
        assert!(title_at(ws, "/tin-tuc/lich-nghi-le").await.is_some());
        let last = desk_article(ws, &editor(), article.id).await.expect("reads").acts.pop().expect("an act");
        assert_eq!((last.office.as_str(), last.holder.as_str()), ("truong-ban", ""));

        let over = ws.now() + hour;
        set_expiry(ws, &publisher(), "Chi", article.id, Some(over)).await.expect("sets");
        let day = nhipcau_domain::text::local_day(over);
        let entries = calendar(ws, &editor(), day).await.expect("reads");
        assert_eq!(entries.len(), 2, "went out, and will end: {entries:?}");
        assert_eq!(run_due(ws, over).await.expect("runs").expired, [article.id]);
        let found = at_address(ws, "/tin-tuc/lich-nghi-le").await;
        assert!(matches!(found, Found::Gone(_)), "{found:?}");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_withdrawn_says_that_it_was_there_and_not_why() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = published(ws, "Tin").await;
        let doing = Doing::because(ArticleAct::Withdraw, "lộ thông tin cá nhân");
        act(ws, &publisher(), "Chi", article.id, &doing).await.expect("withdraws");
        let Found::Gone(gone) = at_address(ws, "/tin-tuc/tin").await else { panic!("gone") };
        assert!(!gone.expired);
        // Revised after that, it is still gone for readers.
        revise(ws, &writer(), "An", article.id, 1, &content("Tin đã sửa"), "").await.expect("revises");
        assert!(matches!(at_address(ws, "/tin-tuc/tin").await, Found::Gone(_)));
        put_out(ws, &article).await;
        assert_eq!(title_at(ws, "/tin-tuc/tin").await.as_deref(), Some("Tin đã sửa"));
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn readers_keep_the_revision_that_is_out_until_the_newer_one_is_published() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = published(ws, "Bản một").await;
        revise(ws, &writer(), "An", article.id, 1, &content("Bản hai"), "sửa").await.expect("revises");
        autosave(ws, &writer(), "An", article.id, 2, &content("Bản ba")).await.expect("keeps");
        assert_eq!(title_at(ws, "/tin-tuc/ban-mot").await.as_deref(), Some("Bản một"));
        assert_eq!(attention(ws, &publisher()).await.expect("reads").newer.len(), 1);
        does(ws, &article, ArticleAct::Publish).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/ban-mot").await else { panic!("is out") };
        assert_eq!((page.teaser.title.as_str(), page.revision), ("Bản hai", 2));
        assert!(page.teaser.updated_at > Some(page.teaser.published_at));
    })
    .await;
}
