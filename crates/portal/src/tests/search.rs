//! A reader's search, from the box to a result; what is typed is never markup; what is not found is heard of.

use std::sync::{Arc, Mutex};

use axum::{body::Body, http::Request};
use nhipcau_actions::press::{Doing, NewArticle, act, add_column, create_article};
use nhipcau_domain::{
    office::Acting,
    press::{ArticleAct, Texts},
};
use nhipcau_store::site::{ColumnRecord, Content};
use tower::ServiceExt as _;

use super::site::Site;
use crate::{PortalState, router};

async fn news() -> Site {
    let site = Site::empty().await;
    let (ws, acting) = (&site.workspace, Acting::at_the_machine("h".into()));
    let column = ColumnRecord {
        id: "tin-tuc".into(),
        parent: None,
        slug: "tin-tuc".to_owned(),
        names: Texts::vi("Tin tức"),
        description: Texts::default(),
        position: 0,
        hidden: false,
    };
    add_column(ws, &acting, "Quản", &column).await.unwrap();
    for (title, body) in [
        ("Nuôi cua đinh thương phẩm", "Ở **Long Sơn**."),
        ("Làm theo Hồ Chí Minh <i>một năm</i>", "Lời &amp; việc."),
    ] {
        let content = Content { title: title.into(), body: body.into(), ..Content::default() };
        let new = NewArticle { column: Some("tin-tuc".into()), content, ..NewArticle::default() };
        let article = create_article(ws, &acting, "An", &new).await.unwrap();
        for what in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish] {
            act(ws, &acting, "An", article.id, &Doing::new(what)).await.unwrap();
        }
    }
    site
}

#[tokio::test]
async fn a_reader_finds_an_article_without_marks() {
    let site = news().await;
    let found = site.page("/tim-kiem?q=cua+dinh").await;
    assert!(found.body.contains("Nuôi <mark>cua đinh</mark> thương phẩm"), "{}", found.text());
    assert!(found.body.contains("href=\"/tin-tuc/nuoi-cua-dinh-thuong-pham\""));
    assert!(found.body.contains("name=\"robots\" content=\"noindex\""));
    let all = site.page("/tim-kiem").await;
    assert!(all.body.contains("Nuôi cua đinh") && all.body.contains("Hồ Chí Minh"), "the newest");
    assert!(site.page("/").await.body.contains("action=\"/tim-kiem\""), "the box on every page");
}

#[tokio::test]
async fn where_nothing_is_found_there_are_ways_on() {
    let site = news().await;
    let none = site.page("/tim-kiem?q=ho+chi+mihn&chuyen-muc=tin-tuc").await;
    assert!(none.body.contains("<strong>Hồ Chí Minh</strong>"), "{}", none.text());
    assert!(none.body.contains("href=\"/tim-kiem?q=ho%20chi%20mihn\""), "without the filter");
    assert_eq!(none.headers["cache-control"], "no-store");
    let wrong = site.page("/tim-kiem?q=cua&tu=2024-02-02&den=2023-01-01").await;
    assert!(wrong.body.contains("role=\"alert\"") && wrong.body.contains("2024-02-02"));
    assert!(site.page("/tim-kiem?tu=hom-qua").await.body.contains("hom-qua"));
}

#[tokio::test]
async fn what_is_typed_or_published_is_never_markup() {
    let site = news().await;
    for path in [
        "/tim-kiem?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/tim-kiem?q=%22%3E%3Cimg+src=x%3E&tu=%22%3E&loai=%3Cb%3E&chuyen-muc=%27&trang=x",
        "/tim-kiem?q=mot+nam",
        "/tim-kiem?q=%00",
    ] {
        let page = site.page(path).await;
        let main = page.body.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        for forbidden in ["<script", "<img", "<i>", "<b>"] {
            assert!(!main.contains(forbidden), "{path}: {forbidden}");
        }
    }
    let shown = site.page("/tim-kiem?q=mot+nam").await;
    assert!(shown.body.contains("&#60;i&#62;<mark>một năm</mark>&#60;/i&#62;"), "{}", shown.body);
}

#[tokio::test]
async fn whoever_keeps_what_was_not_found_hears_of_each_search() {
    let site = news().await;
    let heard: Arc<Mutex<Vec<(String, u32)>>> = Arc::default();
    let hearing = Arc::clone(&heard);
    let state = PortalState::new(site.workspace.clone(), Arc::new(|| "s".to_owned())).on_search(Arc::new(
        move |event| hearing.lock().unwrap().push((event.query.to_owned(), event.results)),
    ));
    for path in ["/tim-kiem?q=cua", "/tim-kiem?q=khong-co-gi", "/tim-kiem", "/tim-kiem?q=+"] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert!(router(state.clone()).oneshot(request).await.unwrap().status().is_success());
    }
    assert_eq!(*heard.lock().unwrap(), [("cua".to_owned(), 1), ("khong-co-gi".to_owned(), 0)]);
}
