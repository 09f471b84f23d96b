//! Nothing that was typed is lost; a link shows an article before it is out, for as long as it works.

use axum::http::StatusCode;
use nhipcau_actions::press;
use nhipcau_domain::{office::Role, press::ArticleAct};

use super::house::{House, acting, form, id_of};

const TYPED: &str = "Những lời gõ hơn một giờ, không được mất.";

#[tokio::test]
async fn a_save_makes_a_revision_and_comes_back_to_the_article() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let fields = [("base", "1"), ("title", "Bài đã sửa"), ("body", TYPED), ("note", "sửa tiêu đề")];
    let answer = house.post(Role::Writer, &id_of(&article), &fields).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, &*format!("{}?xong=saved", id_of(&article)))
    );
    let page = house.get(Some(Role::Writer), &id_of(&article)).await;
    assert!(page.body.contains(TYPED) && page.body.contains("Bài đã sửa"));
    let change = house.get(Some(Role::Editor), &format!("{}/lich-su/2", id_of(&article))).await;
    assert!(change.body.contains("<ins>") && change.text().contains("sửa tiêu đề"), "{}", change.text());
}

#[tokio::test]
async fn a_save_that_is_refused_shows_what_was_typed_with_the_reason_beside_its_field() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let long = "dài ".repeat(100);
    let answer =
        house.post(Role::Writer, &id_of(&article), &[("base", "1"), ("title", &long), ("body", TYPED)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(TYPED) && answer.body.contains(long.trim()));
    assert!(answer.body.contains("id=\"e-title\""), "{}", answer.text());
}

#[tokio::test]
async fn two_who_write_at_once_both_keep_their_words() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let theirs = [("base", "1"), ("title", "Bài"), ("body", "Của biên tập.")];
    assert_eq!(house.post(Role::Editor, &id_of(&article), &theirs).await.status, StatusCode::SEE_OTHER);
    let mine = [("base", "1"), ("title", "Bài"), ("body", TYPED)];
    let answer = house.post(Role::Writer, &id_of(&article), &mine).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Anh editor đã lưu bản số 2"), "{}", answer.text());
    assert!(answer.body.contains(TYPED));
    // Sent again, it goes on top of theirs, which stays in the history.
    assert!(answer.body.contains("name=\"base\" value=\"2\""));
}

#[tokio::test]
async fn a_session_that_is_over_takes_nothing_away() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let kept = format!("{}/luu-tam", id_of(&article));
    let fields = [("base", "1"), ("title", "Bài"), ("body", TYPED)];
    assert_eq!(house.post(Role::Writer, &kept, &fields).await.status, StatusCode::OK);
    let page = house.get(Some(Role::Writer), &id_of(&article)).await;
    assert!(page.body.contains(TYPED), "the autosave is not shown");
    house.pass(3);
    let answer = house.post(Role::Writer, &id_of(&article), &fields).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains(TYPED), "{}", answer.text());
    assert!(answer.body.contains("/lam-viec/dang-nhap"));
}

#[tokio::test]
async fn an_article_does_not_go_on_without_what_was_typed_last() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let (here, fields) = (id_of(&article), [("base", "1"), ("title", "Bài"), ("body", TYPED)]);
    assert_eq!(house.post(Role::Writer, &format!("{here}/luu-tam"), &fields).await.status, StatusCode::OK);
    let on = format!("{here}/viec");
    let refused = house.post(Role::Writer, &on, &[("act", "submit")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Có nội dung đã gõ mà chưa lưu"), "{}", refused.text());
    assert!(refused.body.contains(TYPED), "what was typed is still there");
    assert_eq!(house.post(Role::Writer, &here, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.post(Role::Writer, &on, &[("act", "submit")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_preview_is_as_readers_will_see_it_and_runs_nothing() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let seen = format!("{}/xem-thu", id_of(&article));
    let body = "## Mục\n\n<script>alert(1)</script>\n\n**đậm** [đi](javascript:alert(1))";
    let answer = house.post(Role::Writer, &seen, &[("body", body)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("<strong>đậm</strong>"), "{}", answer.body);
    // What is said of it quotes it, and is shown as words.
    let html = answer.body.split("\"problems\"").next().unwrap();
    assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
}

#[tokio::test]
async fn what_is_pasted_from_word_becomes_markdown() {
    let house = House::new().await;
    let html = "<p class=MsoNormal><b>Đậm</b> và <i>nghiêng</i></p><h2>Mục</h2>";
    let answer = house.post(Role::Writer, "/lam-viec/chuyen/word", &[("html", html)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("**Đậm** và *nghiêng*"), "{}", answer.body);
}

#[tokio::test]
async fn a_link_shows_the_article_to_whoever_has_it_until_it_stops_working() {
    let house = House::new().await;
    let article = house.article("Bài sắp đăng", &[]).await;
    let made = house.post(Role::Writer, &format!("{}/lien-ket", id_of(&article)), &[("hours", "2")]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let link = made.body.split("https://caungang.example").nth(1).unwrap();
    let link = link.split(|c: char| c == '<' || c.is_whitespace()).next().unwrap().to_owned();
    let seen = house.get(None, &link).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.text().contains("Bài sắp đăng") && seen.text().contains("Đoạn thứ hai."), "{}", seen.text());
    assert!(seen.headers["x-robots-tag"].to_str().unwrap().contains("noindex"));
    assert_eq!(seen.headers["cache-control"], "private, no-store");
    let other = house.get(None, &format!("{link}/tep/018f0000-0000-7000-8000-000000000001/320.webp")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    house.pass(3);
    assert_eq!(house.get(None, &link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_script_that_has_lost_its_session_is_told_so_and_not_sent_elsewhere() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let mut request =
        form(&format!("{}/luu-tam", id_of(&article)), None, Some("same-origin"), &[("body", TYPED)]);
    request.headers_mut().insert("x-csrf", "0011".parse().unwrap());
    assert_eq!(house.ask(request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_is_editing_is_told_to_the_next_one_who_may_take_over() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    house.get(Some(Role::Writer), &id_of(&article)).await;
    let page = house.get(Some(Role::Editor), &id_of(&article)).await;
    assert!(page.text().contains("Anh writer"), "{}", page.text());
    assert!(page.body.contains("/mo-khoa"));
    house.post(Role::Editor, &format!("{}/mo-khoa", id_of(&article)), &[]).await;
    let mut tx = house.ws.store().read().await.unwrap();
    let lock = tx.article(article.id).await.unwrap().unwrap().lock.unwrap();
    assert_eq!(lock.holder, "Anh editor");
}

#[tokio::test]
async fn what_waits_stands_on_the_overview_of_whoever_may_deal_with_it() {
    let house = House::new().await;
    let article = house.article("Bài chờ duyệt", &[ArticleAct::Submit]).await;
    assert!(house.get(Some(Role::Editor), "/lam-viec").await.body.contains(&id_of(&article)));
    assert!(!house.get(Some(Role::Writer), "/lam-viec").await.body.contains(&id_of(&article)));
    let back = press::Doing::because(ArticleAct::Return, "Thiếu nguồn số liệu");
    press::act(&house.ws, &acting(Role::Editor), "Anh editor", article.id, &back).await.unwrap();
    let page = house.get(Some(Role::Writer), "/lam-viec").await;
    assert!(page.text().contains("Thiếu nguồn số liệu"), "{}", page.text());
}

#[tokio::test]
async fn what_goes_out_within_a_week_is_told_beyond_the_end_of_the_month_too() {
    // The 29th of January: the third day after it is another month's.
    let house = House::with(28 * 24, |state| state).await;
    let article = house.article("Bài hẹn giờ", &[ArticleAct::Submit, ArticleAct::Approve]).await;
    let due = nhipcau_testkit::at(33 * 86_400);
    let doing = press::Doing::schedule(due);
    press::act(&house.ws, &acting(Role::Publisher), "Anh publisher", article.id, &doing).await.unwrap();
    let page = house.get(Some(Role::Editor), "/lam-viec").await;
    assert!(page.text().contains("đăng lúc 07:00 ngày 03/02/2023"), "{}", page.text());
}
