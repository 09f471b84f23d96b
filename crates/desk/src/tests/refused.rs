//! What is refused comes back on the page it was sent from, with the reason beside its form and what was typed
//! still there; and what helps a writer there: finding articles, choosing pictures, a Word file as text, a look
//! at what readers will see.

use axum::http::StatusCode;
use nhipcau_actions::press::{self, NewPicture};
use nhipcau_domain::{
    office::Role,
    press::{ArticleAct, Texts},
};
use nhipcau_store::site::NewRendition;
use uuid::Uuid;

use super::{
    house::{House, acting, id_of},
    rooms::send,
};

use ArticleAct as A;

/// What one line of a page must hold together: a form's address, its error, what was typed.
fn form_of<'a>(body: &'a str, action: &str, part: &str) -> &'a str {
    let mut forms = body.split("<form ").filter(|f| f.contains(&format!("action=\"{action}\"")));
    forms
        .find(|f| f.contains(part))
        .and_then(|f| f.split("</form>").next())
        .unwrap_or_else(|| panic!("no form {action} with {part}"))
}

/// The end of a form's address, what is typed, what tells the form from others, what must still stand in it.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

#[tokio::test]
async fn an_act_that_is_refused_is_told_beside_its_form_on_the_article_s_page() {
    let house = House::new().await;
    let article = house.article("Bài", &[A::Submit, A::Approve]).await;
    let here = id_of(&article);
    let cases: [Case; 5] = [
        (
            "viec",
            &[("act", "schedule"), ("due", "2001-01-01T08:00")],
            "value=\"schedule\"",
            "value=\"2001-01-01T08:00\"",
        ),
        ("viec", &[("act", "return"), ("reason-return", " ")], "value=\"return\"", "> </textarea>"),
        ("dia-chi", &[("slug", "Không phải địa chỉ!")], "slug", "value=\"Không phải địa chỉ!\""),
        ("het-han", &[("expires", "2001-01-01T08:00")], "expires", "value=\"2001-01-01T08:00\""),
        ("lien-ket", &[("hours", "100000")], "hours", "value=\"100000\""),
    ];
    for (what, fields, part, kept) in cases {
        let action = format!("{here}/{what}");
        let answer = house.post(Role::Publisher, &action, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", answer.text());
        let form = form_of(&answer.body, &action, part);
        assert!(form.contains("role=\"alert\" id=\"loi\""), "{what}: {form}");
        assert!(form.replace('\n', "").contains(kept), "{what}: {form}");
        assert_eq!(answer.body.matches("id=\"loi\"").count(), 1, "{what}");
        assert!(answer.body.contains("href=\"#loi\"") && answer.body.contains("id=\"bai\""), "{what}");
    }
}

#[tokio::test]
async fn all_that_keeps_an_article_from_going_on_is_told_at_once() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let here = id_of(&article);
    let picture = picture(&house, "cong-chao.jpg", "").await.to_string();
    let typed = [("base", "1"), ("title", "Bài"), ("body", " "), ("cover", picture.as_str())];
    assert_eq!(house.post(Role::Writer, &here, &typed).await.status, StatusCode::SEE_OTHER);
    let answer = house.post(Role::Writer, &format!("{here}/viec"), &[("act", "submit")]).await;
    let form = form_of(&answer.body, &format!("{here}/viec"), "value=\"submit\"");
    assert_eq!(form.matches("role=\"alert\"").count(), 2, "{form}");
}

#[tokio::test]
async fn an_act_that_is_offered_no_more_is_told_at_the_head_of_the_page() {
    let house = House::new().await;
    let article = house.article("Bài", &[A::Submit]).await;
    let answer = house.post(Role::Editor, &format!("{}/viec", id_of(&article)), &[("act", "submit")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("<p class=\"error\" role=\"alert\">"), "{}", answer.text());
    assert!(!answer.body.contains("href=\"#loi\""));
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_its_description_in_the_form() {
    let house = House::new().await;
    let fields = [("alt", "Bà con trồng hoa"), ("caption", "Ấp Mỹ Thập")];
    let answer = send(&house, "/lam-viec/tep", &fields, Some(("anh.jpg", b"khong phai anh"))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"loi\">anh.jpg: "), "{}", answer.text());
    assert!(
        answer.body.contains("value=\"Bà con trồng hoa\"") && answer.body.contains("value=\"Ấp Mỹ Thập\"")
    );
    // A script is told the sentence alone.
    let answer = send(&house, "/lam-viec/tep", &[("tra-loi", "json")], Some(("anh.jpg", b"khong"))).await;
    assert!(answer.body.starts_with("{\"problem\":\"anh.jpg: "), "{}", answer.body);
}

#[tokio::test]
async fn a_word_file_that_is_refused_is_told_where_it_was_chosen() {
    let house = House::new().await;
    let fields = [("chuyen-muc", "van-hoa")];
    let answer = send(&house, "/lam-viec/bai-viet/tu-word", &fields, Some(("bai.docx", b"khong"))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = form_of(&answer.body, "/lam-viec/bai-viet/tu-word", "chuyen-muc");
    assert!(form.contains("id=\"loi\">bai.docx: "), "{form}");
    assert!(form.contains("value=\"van-hoa\" selected"), "{form}");
    let answer = send(&house, "/lam-viec/chuyen/docx", &[], Some(("bai.docx", b"khong"))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.starts_with("{\"problem\":\"bai.docx: "), "{}", answer.body);
}

#[tokio::test]
async fn old_addresses_that_cannot_be_read_are_refused_on_their_page() {
    let house = House::new().await;
    let answer = send(&house, "/lam-viec/chuyen-huong", &[], Some(("cu.csv", b"\xff\xfe"))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"loi\">cu.csv: "), "{}", answer.text());
    let gone = house.post(Role::Administrator, "/lam-viec/chuyen-huong/bo", &[("path", "/khong-co")]).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.body.contains("type=\"file\""), "{}", gone.text());
}

#[tokio::test]
async fn articles_are_found_by_words_of_their_titles_and_every_page_but_the_last_is_full() {
    let house = House::new().await;
    house.article("Đẩy mạnh chuyển đổi số", &[A::Submit]).await;
    house.article("Ra quân trồng hoa", &[]).await;
    let found = house.get(Some(Role::Writer), "/lam-viec/bai-viet?q=chuyen+DAY&tinh-trang=submitted").await;
    assert!(found.text().contains("Đẩy mạnh") && !found.text().contains("trồng hoa"), "{}", found.text());
    assert!(found.body.contains("value=\"chuyen DAY\""), "what was asked for stays in the form");
    // Articles of another column stand between those that the writer may see.
    for n in 0..60 {
        let article = house.article(&format!("Bài số {n}"), &[]).await;
        if n % 2 == 0 {
            press::move_article(
                &house.ws,
                &acting(Role::Administrator),
                "Quản",
                article.id,
                &"van-hoa".into(),
            )
            .await
            .unwrap();
        }
    }
    let first = house.get(Some(Role::Writer), "/lam-viec/bai-viet?q=bài").await;
    assert_eq!(first.body.matches("Bài số").count(), 30);
    assert!(!first.body.contains("trang=2"));
    for n in 60..90 {
        house.article(&format!("Bài số {n}"), &[]).await;
    }
    let first = house.get(Some(Role::Writer), "/lam-viec/bai-viet?q=b%C3%A0i").await;
    assert_eq!(first.body.matches("Bài số").count(), 50);
    assert!(first.body.contains("q=b%C3%A0i&#38;trang=2"), "{}", first.text());
    let last = house.get(Some(Role::Writer), "/lam-viec/bai-viet?q=b%C3%A0i&trang=2").await;
    assert_eq!(last.body.matches("Bài số").count(), 10);
}

async fn picture(house: &House, name: &str, alt: &str) -> Uuid {
    let rendition = NewRendition {
        name: "320.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        sha256: name.to_owned(),
        width: 320,
        height: 240,
        bytes: vec![1, 2, 3],
    };
    let picture = NewPicture {
        name: name.to_owned(),
        media_type: "image/jpeg".to_owned(),
        sha256: name.to_owned(),
        width: 320,
        height: 240,
        alt: alt.to_owned(),
        renditions: vec![rendition],
        ..NewPicture::default()
    };
    press::add_picture(&house.ws, &acting(Role::Writer), picture).await.unwrap()
}

#[tokio::test]
async fn a_picture_is_chosen_without_its_id_for_the_text_and_for_the_cover() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let old = picture(&house, "cu.jpg", "Ảnh cũ").await;
    let pdf = b"%PDF-1.7\n%%EOF\n".to_vec();
    let file = press::add_attachment(&house.ws, &acting(Role::Writer), "ke-hoach.pdf", pdf).await.unwrap();
    let page = house.get(Some(Role::Writer), &id_of(&article)).await;
    assert!(page.body.contains(&format!("<code>![Ảnh cũ](tep:{old})</code>")), "{}", page.text());
    assert!(page.body.contains(&format!("<code>[ke-hoach.pdf](tep:{file})</code>")), "{}", page.text());
    assert!(page.body.contains(&format!("src=\"/lam-viec/tep/{old}/320.jpg\"")));
    let id = old.to_string();
    let typed =
        [("base", "1"), ("title", "Bài"), ("body", "Lời."), ("cover", id.as_str()), ("cover_alt", "Ảnh")];
    assert_eq!(house.post(Role::Writer, &id_of(&article), &typed).await.status, StatusCode::SEE_OTHER);
    // An older picture than those that are offered stays chosen.
    for n in 0..41 {
        picture(&house, &format!("{n}.jpg"), "").await;
    }
    let page = house.get(Some(Role::Writer), &id_of(&article)).await;
    let chosen = page.body.split("<label>").find(|l| l.contains(&format!("value=\"{old}\""))).unwrap();
    assert!(chosen.contains(" checked") && chosen.contains("cu.jpg"), "{chosen}");
    assert_eq!(page.body.matches("type=\"radio\"").count(), 26);
}

#[tokio::test]
async fn a_preview_wears_the_public_pages_look() {
    let house = House::with(0, |state| {
        state.with_look("/giao-dien/nhip-cau-1.css".to_owned(), "/giao-dien/nhip-cau-1.js".to_owned())
    })
    .await;
    let admin = acting(Role::Administrator);
    let settings = press::Settings {
        name: Texts::vi("Trang huyện Cầu Ngang"),
        ..press::settings(&house.ws).await.unwrap()
    };
    press::save_settings(&house.ws, &admin, "Quản", &settings).await.unwrap();
    let article = house.article("Bài sắp đăng", &[]).await;
    let made = house.post(Role::Writer, &format!("{}/lien-ket", id_of(&article)), &[("hours", "2")]).await;
    let link = made.body.split("https://caungang.example").nth(1).unwrap();
    let link = link.split(|c: char| c == '<' || c.is_whitespace()).next().unwrap();
    let seen = house.get(None, link).await;
    assert_eq!(seen.status, StatusCode::OK);
    for part in
        ["/giao-dien/nhip-cau-1.css", "<article class=\"reading\"", "Trang huyện Cầu Ngang", "chưa công bố"]
    {
        assert!(seen.body.contains(part), "«{part}»: {}", seen.body);
    }
    assert!(!seen.body.contains("/lam-viec/"), "nothing of the desk: {}", seen.body);
}
