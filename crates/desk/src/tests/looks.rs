//! Every page in both languages: whole, by our own rules, and worded.

use std::sync::Arc;

use axum::http::StatusCode;
use nhipcau_domain::{office::Role, press::ArticleAct};
use nhipcau_testkit::at;
use nhipcau_visits::{Hit, Options, Visits};

use super::{
    house::{House, id_of},
    walls::addresses,
};

/// A browser that reads.
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn counted() -> (House, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let visits =
        Visits::open(folder.path(), Arc::new(|| at(60)), Arc::new(|| [4; 32]), Options::default()).unwrap();
    for n in 0..5 {
        let address = std::net::IpAddr::from([203, 0, 113, n]);
        visits.record(Hit { language: Some("vi"), ..Hit::of("/tin-tuc", address, Some(BROWSER)) });
        visits.record(Hit::of("/", address, Some("curl/8.0")));
    }
    (House::with(0, |state| state.with_visits(visits)).await, folder)
}

fn sound(path: &str, lang: &str, html: &str) {
    assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{path}");
    // A sentence that the catalogue lacks is said by its name.
    for mark in [">desk-", "\"desk-", " desk-", ">visits-"] {
        let said = html.find(mark);
        assert!(said.is_none(), "{path}: {}", html[said.unwrap_or(0)..].chars().take(60).collect::<String>());
    }
    assert_eq!(html.matches("<h1").count(), 1, "{path}: one heading of the first level");
    assert_eq!(html.matches("<main").count(), 1, "{path}");
    for forbidden in ["<script>", "<style", " style=\"", " onclick", " onload"] {
        assert!(!html.contains(forbidden), "{path} has {forbidden}");
    }
}

#[tokio::test]
async fn every_page_is_whole_and_worded_in_both_languages() {
    let (house, _folder) = counted().await;
    let article = house.article("Bài", &[ArticleAct::Submit]).await;
    let document = super::rooms::document(&house, "18-KH/HU", "Kế hoạch").await;
    let mut seen = 0;
    for (route, path) in addresses("get") {
        // The article and its revision that are there.
        let path = match route.strip_prefix("/lam-viec/bai-viet/{id}") {
            Some(rest) => format!("{}{}", id_of(&article), rest.replace("{number}", "1")),
            None if route == "/lam-viec/van-ban/{id}" => format!("/lam-viec/van-ban/{}", document.id),
            None => path,
        };
        for lang in ["vi", "en"] {
            for role in [Some(Role::Administrator), None] {
                let answer = house.get_in(role, &path, lang).await;
                assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
                if answer
                    .headers
                    .get("content-type")
                    .is_some_and(|t| t.to_str().unwrap().starts_with("text/html"))
                {
                    sound(&path, lang, &answer.body);
                    seen += usize::from(answer.status == StatusCode::OK);
                }
            }
        }
    }
    assert!(seen > 30, "only {seen} pages were seen");
}

#[tokio::test]
async fn the_visits_page_adds_up_and_says_what_was_left_out() {
    let (house, _folder) = counted().await;
    for days in ["", "?ngay=7", "?ngay=90", "?ngay=365", "?ngay=abc"] {
        let page = house.get(Some(Role::Writer), &format!("/lam-viec/luot-truy-cap{days}")).await;
        assert_eq!(page.status, StatusCode::OK, "{days}: {}", page.text());
        assert!(page.body.contains("<svg class=\"trend\""), "{days}");
    }
    let page = house.get(Some(Role::Editor), "/lam-viec/luot-truy-cap?ngay=7").await;
    insta::assert_snapshot!(page.text());
    let overview = house.get(Some(Role::Writer), "/lam-viec").await;
    assert!(overview.body.contains("/lam-viec/luot-truy-cap"));
}

#[tokio::test]
async fn without_counters_the_visits_page_says_so() {
    let house = House::new().await;
    let page = house.get(Some(Role::Writer), "/lam-viec/luot-truy-cap").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("không đếm lượt truy cập"), "{}", page.text());
}

#[tokio::test]
async fn the_overview_reads_well() {
    let house = House::new().await;
    house.article("Bài chờ duyệt", &[ArticleAct::Submit]).await;
    house.article("Bài chờ đăng", &[ArticleAct::Submit, ArticleAct::Approve]).await;
    house.article("Bài bị trả lại", &[ArticleAct::Submit, ArticleAct::Return]).await;
    insta::assert_snapshot!(house.get(Some(Role::Administrator), "/lam-viec").await.text());
}

#[tokio::test]
async fn the_article_s_page_reads_well() {
    let house = House::new().await;
    let article = house.article("Bài chờ duyệt", &[ArticleAct::Submit]).await;
    // Names of a stylesheet and a script that change with every touch of them are left out.
    let page = house.get(Some(Role::Editor), &id_of(&article)).await.body;
    let kept: Vec<&str> = page.lines().filter(|l| !l.contains("/lam-viec/giao-dien/")).collect();
    insta::assert_snapshot!(kept.join("\n"));
}
