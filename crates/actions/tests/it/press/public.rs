//! What the public reads: lists, languages, neighbours, feeds; and that caches hear of every change.

use nhipcau_actions::press::{
    Settings, add_notice, column_page, end_notice, feed, front, needs_translation, revise, save_settings,
    site, sitemap_entries, static_page,
};
use nhipcau_domain::press::{ArticleKind, ContentLang};
use nhipcau_testkit::each_database;

use super::*;
use crate::support::{each_house, open, open_beside};

const VI: ContentLang = ContentLang::Vi;

#[tokio::test]
async fn a_column_lists_its_own_articles_and_those_under_it_the_newest_first() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        published(ws, "Cũ").await;
        let under = NewArticle { column: Some("hoat-dong".into()), ..new("Mới") };
        let under = create_article(ws, &administrator(), "Quản", &under).await.expect("begins");
        put_out(ws, &under).await;
        draft(ws, "Nháp").await;
        let page = column_page(ws, "tin-tuc", 1, VI).await.expect("reads").expect("is there");
        let titles: Vec<&str> = page.articles.iter().map(|a| a.title.as_str()).collect();
        assert_eq!((titles, page.pages, page.total), (vec!["Mới", "Cũ"], 1, 2));
        assert_eq!(page.articles[0].href, "/hoat-dong/moi");
        assert_eq!(page.children.len(), 1);
        let inner = column_page(ws, "hoat-dong", 1, VI).await.expect("reads").expect("is there");
        assert_eq!((inner.articles.len(), inner.trail.len()), (1, 2));
        assert_eq!(column_page(ws, "tin-tuc", 2, VI).await.expect("reads"), None);
        assert_eq!(column_page(ws, "khong-co", 1, VI).await.expect("reads"), None);
        let front = front(ws, VI).await.expect("reads");
        assert_eq!((front.first.len(), front.columns.len()), (2, 1));
        let column: ColumnId = "hoat-dong".into();
        assert_eq!(feed(ws, Some(&column), VI, 10).await.expect("reads").len(), 1);
        assert_eq!(feed(ws, None, VI, 10).await.expect("reads").len(), 2);
        assert_eq!(sitemap_entries(ws).await.expect("reads").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_article_knows_its_neighbours_and_what_belongs_to_it() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let first = published(ws, "Một").await;
        let middle = published(ws, "Hai").await;
        let last = published(ws, "Ba").await;
        let related = Content { related: vec![last.id, first.id], ..content("Hai") };
        revise(ws, &writer(), "An", middle.id, 1, &related, "").await.expect("saves");
        does(ws, &middle, ArticleAct::Publish).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/hai").await else { panic!("is out") };
        assert_eq!(page.previous.as_ref().map(|a| a.title.as_str()), Some("Một"));
        assert_eq!(page.next.as_ref().map(|a| a.title.as_str()), Some("Ba"));
        let related: Vec<&str> = page.related.iter().map(|a| a.title.as_str()).collect();
        assert_eq!(related, ["Ba", "Một"]);
        does(ws, &last, ArticleAct::Withdraw).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/hai").await else { panic!("is out") };
        assert_eq!((page.next, page.related.len()), (None, 1), "what is not out is not named");
    })
    .await;
}

#[tokio::test]
async fn a_translation_says_when_it_is_older_than_its_original() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let original = published(ws, "Một năm").await;
        assert_eq!(needs_translation(ws, ContentLang::En).await.expect("reads").len(), 1);
        let english = Content { translates: Some(1), ..content("One year") };
        let new = NewArticle {
            lang: ContentLang::En,
            translation_of: Some(original.id),
            content: english,
            ..new("One year")
        };
        let english = create_article(ws, &writer(), "An", &new).await.expect("begins");
        assert_eq!(refusals(create_article(ws, &writer(), "An", &new).await), ["article-translation-exists"]);
        put_out(ws, &english).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/one-year").await else { panic!("is out") };
        assert_eq!(page.original.as_ref().map(|o| o.href.as_str()), Some("/tin-tuc/mot-nam"));
        assert!(!page.older_than_original);
        assert_eq!(needs_translation(ws, ContentLang::En).await.expect("reads"), []);
        let listed = column_page(ws, "tin-tuc", 1, ContentLang::En).await.expect("reads").expect("is there");
        assert_eq!((listed.total, listed.articles[0].title.as_str()), (1, "One year"));

        revise(ws, &writer(), "An", original.id, 1, &content("Một năm rưỡi"), "").await.expect("saves");
        let Found::Article(page) = at_address(ws, "/tin-tuc/one-year").await else { panic!("is out") };
        assert!(!page.older_than_original, "readers do not have the newer original yet");
        does(ws, &original, ArticleAct::Publish).await;
        let Found::Article(page) = at_address(ws, "/tin-tuc/one-year").await else { panic!("is out") };
        assert!(page.older_than_original);
        assert!(needs_translation(ws, ContentLang::En).await.expect("reads")[0].older);
        let Found::Article(page) = at_address(ws, "/tin-tuc/mot-nam").await else { panic!("is out") };
        assert_eq!(page.translations[0].href, "/tin-tuc/one-year");
    })
    .await;
}

#[tokio::test]
async fn a_static_page_is_in_no_column_and_only_those_who_hold_the_site_write_it() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let page = NewArticle { kind: ArticleKind::Page, column: None, ..new("Giới thiệu") };
        assert_eq!(refusals(create_article(ws, &writer(), "An", &page).await), ["office-may-not"]);
        let page = create_article(ws, &administrator(), "Quản", &page).await.expect("begins");
        assert_eq!(static_page(ws, "gioi-thieu").await.expect("reads"), Found::Missing);
        put_out(ws, &page).await;
        assert!(matches!(static_page(ws, "gioi-thieu").await.expect("reads"), Found::Article(_)));
        assert_eq!(site(ws).await.expect("reads").pages[0].href, "/trang/gioi-thieu");
        assert_eq!(feed(ws, None, VI, 10).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn the_identity_block_and_notices_are_the_administrators() {
    each_house(async |house| {
        let ws = &house.ws;
        let settings = Settings {
            name: Texts::vi("Trang thông tin điện tử xã An Mẫu"),
            email: "ubnd@anmau.vn".to_owned(),
            url: "https://anmau.vn".to_owned(),
            ..Settings::default()
        };
        assert_eq!(refusals(save_settings(ws, &publisher(), "Chi", &settings).await), ["office-may-not"]);
        let bad = Settings { url: "https://anmau.vn/".to_owned(), ..settings.clone() };
        assert_eq!(refusals(save_settings(ws, &administrator(), "Quản", &bad).await), ["settings-url"]);
        save_settings(ws, &administrator(), "Quản", &settings).await.expect("saves");
        assert_eq!(site(ws).await.expect("reads").settings, settings);
        let (from, until) = (ws.now(), ws.now() + jiff::SignedDuration::from_hours(2));
        let text = Texts::vi("Bảo trì máy chủ");
        let notice = add_notice(ws, &administrator(), "Quản", &text, from, until).await.expect("adds");
        let held = site(ws).await.expect("reads");
        assert_eq!((held.notices_at(from).count(), held.notices_at(until).count()), (1, 0));
        end_notice(ws, &administrator(), "Quản", notice).await.expect("ends");
        assert_eq!(site(ws).await.expect("reads").notices, []);
        assert_eq!(refusals(end_notice(ws, &administrator(), "Quản", notice).await), ["notice-over"]);
    })
    .await;
}

#[tokio::test]
async fn every_change_that_readers_see_is_heard_and_no_draft_is() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let mut changed = ws.changed();
        changed.mark_unchanged();
        let article = draft(ws, "Tin").await;
        does(ws, &article, ArticleAct::Submit).await;
        does(ws, &article, ArticleAct::Approve).await;
        assert!(!changed.has_changed().expect("open"));
        for what in [ArticleAct::Publish, ArticleAct::Withdraw] {
            does(ws, &article, what).await;
            assert!(changed.has_changed().expect("open"), "{what:?}");
            changed.mark_unchanged();
        }
    })
    .await;
}

#[tokio::test]
async fn another_process_sees_by_the_counter_that_the_site_has_changed() {
    each_database(async |database| {
        let ws = open(database).await;
        let beside = open_beside(database, &ws).await;
        columns(&ws).await;
        let (before, held) =
            (beside.store().change_peek().await.expect("reads"), site(&beside).await.expect("reads"));
        assert_eq!(held.change, before);
        add_column(&ws, &administrator(), "Quản", &column("thong-bao", None)).await.expect("adds");
        assert!(beside.store().change_peek().await.expect("reads") > before);
        assert!(site(&beside).await.expect("reads").column("thong-bao").is_some());
    })
    .await;
}
