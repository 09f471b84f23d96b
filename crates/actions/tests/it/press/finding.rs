//! The desk's list: found by words and filters, only what the office may see, every page but the last full.

use nhipcau_actions::press::{DESK_PAGE, desk_find, move_article};
use nhipcau_domain::press::ArticleStatus;
use nhipcau_store::site::DeskFilter;

use super::*;
use crate::support::each_house;

#[tokio::test]
async fn articles_are_found_by_words_in_any_order_with_or_without_marks_and_by_filters() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let out = published(ws, "Đẩy mạnh chuyển đổi số ở ấp").await;
        let draft = draft(ws, "Chuyển đổi cây trồng").await;
        let find = async |words: &str, filter: &DeskFilter| {
            let found = desk_find(ws, &writer(), filter, words, 1).await.expect("finds").articles;
            found.into_iter().map(|a| a.id).collect::<Vec<_>>()
        };
        let all = DeskFilter::default();
        assert_eq!(find("DOI chuyen", &all).await, [draft.id, out.id], "the last changed first");
        assert_eq!(find("so day", &all).await, [out.id]);
        assert!(find("không có", &all).await.is_empty());
        let drafts = DeskFilter { status: Some(ArticleStatus::Draft), ..all.clone() };
        assert_eq!(find("chuyển", &drafts).await, [draft.id]);
        assert_eq!(find("", &drafts).await, [draft.id]);
        let elsewhere = DeskFilter { column: Some("van-hoa".into()), ..all };
        assert!(find("chuyển", &elsewhere).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_an_office_may_not_see_leaves_no_gap_in_its_pages() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        for n in 0..DESK_PAGE + 2 {
            draft(ws, &format!("Bài {n}")).await;
            let other = draft(ws, &format!("Bài của chuyên mục khác {n}")).await;
            move_article(ws, &administrator(), "Quản", other.id, &"van-hoa".into()).await.expect("moves");
        }
        for words in ["", "bai"] {
            let find = async |page| {
                desk_find(ws, &writer(), &DeskFilter::default(), words, page).await.expect("finds")
            };
            let (first, second) = (find(1).await, find(2).await);
            assert_eq!((first.articles.len(), first.more), (DESK_PAGE as usize, true), "«{words}»");
            assert_eq!((second.articles.len(), second.more), (2, false), "«{words}»");
            assert_eq!(first.articles[0].title, format!("Bài {}", DESK_PAGE + 1));
        }
        let all = desk_find(ws, &administrator(), &DeskFilter::default(), "", 3).await.expect("finds");
        assert_eq!((all.articles.len(), all.more), (4, false));
    })
    .await;
}
