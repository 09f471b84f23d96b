//! Addresses stay good: what moves leads on, and nothing leads away from the site or in a circle.

use nhipcau_actions::press::{
    change_column, import_redirects, move_article, place_article, redirect, redirects, revise, set_slug,
};

use super::*;
use crate::support::each_house;

async fn leads_to(ws: &Workspace, path: &str) -> Option<String> {
    redirect(ws, path).await.expect("reads")
}

#[tokio::test]
async fn the_slug_follows_the_title_until_readers_know_it() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin thứ nhất").await;
        assert_eq!(article.slug, "tin-thu-nhat");
        revise(ws, &writer(), "An", article.id, 1, &content("Tin đầu tiên"), "").await.expect("saves");
        put_out(ws, &article).await;
        assert!(title_at(ws, "/tin-tuc/tin-dau-tien").await.is_some());
        revise(ws, &writer(), "An", article.id, 2, &content("Tin khác hẳn"), "").await.expect("saves");
        does(ws, &article, ArticleAct::Publish).await;
        assert_eq!(title_at(ws, "/tin-tuc/tin-dau-tien").await.as_deref(), Some("Tin khác hẳn"));
        // The same title again has an address of its own.
        assert_eq!(draft(ws, "Tin đầu tiên").await.slug, "tin-dau-tien-2");
        assert!(draft(ws, "…").await.slug.starts_with("bai-"));
    })
    .await;
}

#[tokio::test]
async fn a_changed_address_leads_to_the_new_one_and_back_without_a_circle() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = published(ws, "Một").await;
        let change = async |slug| set_slug(ws, &publisher(), "Chi", article.id, slug).await;
        assert_eq!(refusals(set_slug(ws, &writer(), "An", article.id, "hai").await), ["office-may-not"]);
        assert_eq!(refusals(change("Hai Ba").await), ["slug-invalid"]);
        published(ws, "Bốn").await;
        assert_eq!(refusals(change("bon").await), ["slug-taken"]);
        change("hai").await.expect("changes");
        change("ba").await.expect("changes");
        assert_eq!(at_address(ws, "/tin-tuc/mot").await, Found::Moved("/tin-tuc/ba".to_owned()));
        assert_eq!(at_address(ws, "/tin-tuc/hai").await, Found::Moved("/tin-tuc/ba".to_owned()));
        change("mot").await.expect("changes back");
        assert!(title_at(ws, "/tin-tuc/mot").await.is_some());
        assert_eq!(at_address(ws, "/tin-tuc/ba").await, Found::Moved("/tin-tuc/mot".to_owned()));
        let all = redirects(ws, &administrator(), "", 10).await.expect("reads");
        assert!(all.iter().all(|r| r.target == "/tin-tuc/mot" && r.path != r.target), "{all:?}");
    })
    .await;
}

#[tokio::test]
async fn articles_move_with_their_column_and_between_columns() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = published(ws, "Tin").await;
        let renamed = ColumnRecord { slug: "tin-moi".to_owned(), ..column("tin-tuc", None) };
        change_column(ws, &administrator(), "Quản", &renamed).await.expect("renames");
        assert_eq!(at_address(ws, "/tin-tuc/tin").await, Found::Moved("/tin-moi/tin".to_owned()));
        assert_eq!(leads_to(ws, "/tin-tuc").await.as_deref(), Some("/tin-moi"));
        assert_eq!(leads_to(ws, "/tin-tuc/rss.xml").await.as_deref(), Some("/tin-moi/rss.xml"));
        let to: ColumnId = "van-hoa".into();
        assert_eq!(
            refusals(move_article(ws, &publisher(), "Chi", article.id, &to).await),
            ["office-may-not"]
        );
        move_article(ws, &administrator(), "Quản", article.id, &to).await.expect("moves");
        assert_eq!(at_address(ws, "/tin-moi/tin").await, Found::Moved("/van-hoa/tin".to_owned()));
        assert!(title_at(ws, "/van-hoa/tin").await.is_some());
        // Both at once, or neither: a part of the address that is taken leaves the column too.
        published(ws, "Khác").await;
        let back: ColumnId = "tin-tuc".into();
        let place = async |slug| {
            place_article(ws, &administrator(), "Quản", article.id, Some(slug), Some(&back)).await
        };
        assert_eq!(refusals(place("khac").await), ["slug-taken"]);
        assert!(title_at(ws, "/van-hoa/tin").await.is_some());
        place("tin-hai").await.expect("places");
        assert_eq!(at_address(ws, "/van-hoa/tin").await, Found::Moved("/tin-moi/tin-hai".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_column_does_not_take_an_address_of_the_programs_own_nor_lie_under_itself() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let add = async |c: &ColumnRecord| add_column(ws, &administrator(), "Quản", c).await;
        assert_eq!(refusals(add(&column("lam-viec", None)).await), ["slug-reserved"]);
        assert_eq!(refusals(add(&column("tin-tuc", None)).await), ["column-exists"]);
        let twin = ColumnRecord { slug: "tin-tuc".to_owned(), ..column("tin-khac", None) };
        assert_eq!(refusals(add(&twin).await), ["slug-taken"]);
        let circle = change_column(ws, &administrator(), "Quản", &column("tin-tuc", Some("hoat-dong"))).await;
        assert_eq!(refusals(circle), ["column-under-itself"]);
        let editor = change_column(ws, &publisher(), "Chi", &column("tin-tuc", None)).await;
        assert_eq!(refusals(editor), ["office-may-not"]);
    })
    .await;
}

#[tokio::test]
async fn old_addresses_come_from_a_file_with_a_sentence_for_each_bad_line() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let csv = "cũ,mới\r\n\
                   https://cu.vn/News/Detail.aspx?id=5,/tin-tuc/tin\r\n\
                   /a;/b\n\
                   \"/b\",\"/c\"\n\
                   /c,/a\n\
                   /d,https://khac.vn/d\n\
                   /e,//khac.vn\n\
                   chỉ một cột\n\
                   /f,/f\n";
        let outcome = import_redirects(ws, &administrator(), "Quản", csv).await.expect("reads");
        let said: Vec<(Option<u32>, &str)> =
            outcome.problems.iter().map(|p| (p.place.line, p.id.as_str())).collect();
        assert_eq!(
            said,
            [
                (Some(5), "redirect-loop"),
                (Some(6), "redirect-to"),
                (Some(7), "redirect-to"),
                (Some(8), "redirect-columns"),
                (Some(9), "redirect-loop"),
            ]
        );
        assert_eq!(outcome.added, 3);
        assert_eq!(leads_to(ws, "/News/Detail.aspx?id=5").await.as_deref(), Some("/tin-tuc/tin"));
        assert_eq!(leads_to(ws, "/News/Detail.aspx?id=6").await, None);
        assert_eq!(leads_to(ws, "/a").await.as_deref(), Some("/c"), "in one step");
        assert_eq!(leads_to(ws, "/a?utm=1").await.as_deref(), Some("/c"));
        assert_eq!(refusals(import_redirects(ws, &publisher(), "Chi", csv).await), ["office-may-not"]);
    })
    .await;
}
