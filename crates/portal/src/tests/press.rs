//! The site's own pages as a reader meets them.

use std::collections::{BTreeSet, VecDeque};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use nhipcau_actions::press;
use nhipcau_domain::press::ArticleAct;

use super::{
    newsroom::{HOSTILE, article, office},
    site::{Answer, Site},
};

const ARTICLE: &str = "/hoat-dong/ket-qua-noi-bat";

#[tokio::test]
async fn from_the_front_page_a_bound_number_is_two_clicks_from_its_explanation() {
    let site = Site::with_content().await;
    let front = site.page("/").await;
    let article = site.page(&front.link(ARTICLE)).await;
    assert!(article.text().contains("trên 98%"), "{}", article.text());
    let figure = site.page(&article.link("/chi-so/members.registered")).await;
    assert!(figure.text().contains("Tỷ lệ đảng viên đăng ký"), "{}", figure.text());
}

#[tokio::test]
async fn the_front_page_has_the_campaign_s_figures_and_each_column_s_newest() {
    let site = Site::with_content().await;
    let text = site.page("/").await.text();
    for said in
        ["Huyện ủy Mẫu", "Ban Tuyên giáo Mẫu", "Kết quả nổi bật", "Con số của cuộc vận động", "Đang online"]
    {
        assert!(text.contains(said), "no «{said}» in {text}");
    }
    assert!(!text.contains("Cất giữ"), "a hidden column stands in the menu");
    let results = site.page("/ket-qua").await.text();
    assert!(results.contains("Cuộc vận động mẫu") && results.contains("Tình hình báo cáo"), "{results}");
}

#[tokio::test]
async fn every_link_of_the_site_leads_somewhere_and_every_id_stands_once() {
    let site = Site::with_content().await;
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from(["/".to_owned(), "/so-do".to_owned()]);
    while let Some(link) = open.pop_front() {
        let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(p, a)| (p, Some(a)));
        let path = path.strip_prefix(super::newsroom::BASE).unwrap_or(path).to_owned();
        // The same pages in another dress, in other languages and of other periods are looked at once.
        if path.is_empty() || path.matches(['&', '=']).count() > 1 || !seen.insert(path.clone()) {
            continue;
        }
        let page = site.page(&path).await;
        if let Some(anchor) = anchor {
            assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{link}");
        }
        if page.headers["content-type"].to_str().unwrap().starts_with("text/html") {
            assert_eq!(crate::samples::wellformed::mistakes(&page.body), [] as [&str; 0], "{path}");
            open.extend(page.links());
        }
    }
    for expected in
        [ARTICLE, "ket-qua-km", "/tep/", "/trang/gioi-thieu", "/rss.xml", "/feed.json", "/manifest", "co=lon"]
    {
        assert!(seen.iter().any(|p| p.contains(expected)), "nothing links to {expected}: {seen:#?}");
    }
}

#[tokio::test]
async fn a_long_column_is_read_page_by_page_with_what_is_below_it() {
    let site = Site::with_columns().await;
    for n in 0..23 {
        site.put_out(article("hoat-dong", &format!("Tin số {n}"))).await;
    }
    let first = site.page("/tin-tuc").await;
    assert!(first.text().contains("23 bài") && first.text().contains("Tin số 22"), "{}", first.text());
    let second = site.page(&first.link("trang=2")).await;
    assert!(second.text().contains("Tin số 0") && !second.text().contains("Tin số 22"));
    assert_eq!(second.link("/tin-tuc"), "https://mau.example/tin-tuc?trang=2", "its canonical address");
    assert_eq!(site.get("/tin-tuc?trang=3").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/tin-tuc?trang=0").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/tin-tuc?trang=hai").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn versions_in_other_languages_lead_to_each_other() {
    let site = Site::with_content().await;
    let original = site.page(ARTICLE).await;
    assert!(
        original.body.contains("hreflang=\"km\" href=\"https://mau.example/hoat-dong/ket-qua-km?lang=km\"")
    );
    let khmer = site.page(&original.link("/hoat-dong/ket-qua-km")).await;
    assert!(khmer.body.contains("<html lang=\"km\""), "{}", khmer.body);
    assert!(khmer.text().contains("សេចក្តីព្រាង"), "the draft does not say that it is one");
    assert!(khmer.links().iter().any(|l| l == ARTICLE));
    // Read with the Vietnamese interface, the text says that it is Khmer.
    let mixed = site.page("/hoat-dong/ket-qua-km").await;
    assert!(mixed.body.contains("<article class=\"reading\" lang=\"km\">"), "{}", mixed.body);
}

#[tokio::test]
async fn what_was_taken_back_is_gone_and_says_so() {
    let site = Site::with_columns().await;
    let out = site.put_out(article("tin-tuc", "Tin sai")).await;
    site.page("/tin-tuc/tin-sai").await;
    site.acts(&out, &[ArticleAct::Withdraw]).await;
    let gone = site.get("/tin-tuc/tin-sai").await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text().contains("không còn") && !gone.text().contains("vì thế"), "{}", gone.text());
    assert!(gone.links().iter().any(|l| l == "/tin-tuc"), "no way back");
}

#[tokio::test]
async fn a_draft_is_nowhere() {
    let site = Site::with_columns().await;
    site.draft(article("tin-tuc", "Bí mật chưa đăng")).await;
    assert_eq!(site.get("/tin-tuc/bi-mat-chua-dang").await.status, StatusCode::NOT_FOUND);
    for path in [
        "/",
        "/tin-tuc",
        "/so-do",
        "/rss.xml",
        "/atom.xml",
        "/feed.json",
        "/sitemap.xml",
        "/sitemap-news.xml",
    ] {
        assert!(!site.page(path).await.body.contains("Bí mật"), "{path}");
    }
}

#[tokio::test]
async fn a_changed_slug_and_a_former_site_s_address_lead_on() {
    let site = Site::with_columns().await;
    let out = site.put_out(article("tin-tuc", "Tin đầu")).await;
    press::set_slug(&site.workspace, &office(), "An", out.id, "tin-moi").await.unwrap();
    let moved = site.get("/tin-tuc/tin-dau?lang=en").await;
    assert_eq!(
        (moved.status, &moved.headers["location"]),
        (StatusCode::MOVED_PERMANENTLY, &"/tin-tuc/tin-moi?lang=en".parse().unwrap())
    );
    let old = "/Default.aspx?sid=1&id=77,/tin-tuc/tin-moi\n";
    press::import_redirects(&site.workspace, &office(), "An", old).await.unwrap();
    let moved = site.get("/Default.aspx?sid=1&id=77").await;
    assert_eq!(
        (moved.status, &moved.headers["location"]),
        (StatusCode::MOVED_PERMANENTLY, &"/tin-tuc/tin-moi".parse().unwrap())
    );
}

#[tokio::test]
async fn only_pictures_and_files_that_are_out_are_served_and_kept_for_good() {
    let site = Site::with_content().await;
    let page = site.page(ARTICLE).await;
    let picture = page.body.split("src=\"/tep/").nth(1).and_then(|p| p.split('"').next()).unwrap();
    let picture = site.page(&format!("/tep/{picture}")).await;
    assert_eq!(picture.headers["content-type"], "image/jpeg");
    assert_eq!(picture.headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(picture.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let file = site.page(&page.link("/tep/")).await;
    assert!(
        file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"),
        "{:?}",
        file.headers
    );
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    let unseen = site.draft(article("tin-tuc", "Chưa đăng")).await;
    for path in
        ["/tep/x/y".to_owned(), format!("/tep/{}/480.jpg", unseen.id), "/tep/../../etc/passwd".to_owned()]
    {
        assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn reading_aids_stay_in_the_address_and_out_of_the_canonical_one() {
    let site = Site::with_content().await;
    let page = site.page(&format!("{ARTICLE}?co=lon&nen=toi&gian=hep")).await;
    assert!(page.body.contains("class=\"co-lon nen-toi\""), "{}", page.body);
    assert_eq!(page.link("/tin-tuc?"), "/tin-tuc?co=lon&nen=toi");
    let figure = page.link("/chi-so/members.registered");
    assert!(figure.ends_with("co=lon&nen=toi"), "{figure}");
    assert!(page.body.contains(&format!("rel=\"canonical\" href=\"https://mau.example{ARTICLE}\"")));
    assert_eq!(page.link("tuong-phan=cao"), format!("{ARTICLE}?co=lon&nen=toi&tuong-phan=cao"));
}

#[tokio::test]
async fn no_public_page_sets_a_cookie_and_each_has_its_counters_once() {
    let site = Site::with_content().await;
    for path in [
        "/",
        "/tin-tuc",
        ARTICLE,
        "/trang/gioi-thieu",
        "/so-do",
        "/gop-y",
        "/luot-truy-cap",
        "/ket-qua",
        "/khong-co",
    ] {
        let page = site.get(path).await;
        assert!(page.headers.get("set-cookie").is_none(), "{path}");
        for marker in crate::COUNTERS {
            assert_eq!(page.body.matches(marker).count(), 1, "{path}");
        }
        // The same address gives the same bytes.
        assert_eq!(page.body, site.get(path).await.body, "{path}");
    }
}

#[tokio::test]
async fn an_english_page_has_the_counters_that_are_written_in_english() {
    let site = Site::with_content().await;
    let page = site.get("/?lang=en").await;
    for (vietnamese, english) in crate::COUNTERS.iter().zip(crate::COUNTERS_EN) {
        assert_eq!(page.body.matches(english).count(), 1);
        assert!(!page.body.contains(vietnamese));
    }
}

async fn post(site: &Site, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.ask(request.body(Body::from(form.to_owned())).unwrap()).await
}

const OWN: [(&str, &str); 1] = [("sec-fetch-site", "same-origin")];

#[tokio::test]
async fn a_message_is_taken_from_our_own_form_only_and_nothing_typed_is_lost() {
    let site = Site::with_content().await;
    let form = "message=Xin+l%E1%BB%8Bch+ti%E1%BA%BFp+d%C3%A2n&contact=an%40mau.example&about=%2Ftin-tuc";
    let sent = post(&site, "/gop-y", &OWN, form).await;
    assert_eq!(
        (sent.status, &sent.headers["location"]),
        (StatusCode::SEE_OTHER, &"/gop-y?xong=gop-y".parse().unwrap())
    );
    assert!(site.page("/gop-y?xong=gop-y").await.text().contains("Đã nhận góp ý"));
    let foreign = post(&site, "/gop-y", &[("sec-fetch-site", "cross-site")], form).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(foreign.body.contains("Xin lịch tiếp dân"), "what was typed is lost");
    assert_eq!(
        post(&site, "/gop-y", &OWN, "message=+&contact=a").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    // A machine that fills in every field is thanked, and nothing is kept.
    assert_eq!(post(&site, "/gop-y", &OWN, "message=mua&website=x").await.status, StatusCode::SEE_OTHER);
    let kept = press::feedback(&site.workspace, &office(), 10).await.unwrap();
    assert_eq!(
        kept.iter().map(|m| (m.message.as_str(), m.path.as_str())).collect::<Vec<_>>(),
        [("Xin lịch tiếp dân", "/tin-tuc")]
    );
    let flood = "message=".to_owned() + &"a".repeat(200_000);
    assert!(post(&site, "/gop-y", &OWN, &flood).await.status.is_client_error());
}

#[tokio::test]
async fn a_rating_is_only_added_to_a_count() {
    let site = Site::with_content().await;
    assert_eq!(
        post(&site, "/gop-y/danh-gia", &OWN, "score=5&about=%2Ftin-tuc").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(post(&site, "/gop-y/danh-gia", &OWN, "score=5").await.status, StatusCode::SEE_OTHER);
    for refused in ["score=6", "score=", "score=5&about=%2Fkhong-co%2Fgi"] {
        let answer = post(&site, "/gop-y/danh-gia", &OWN, refused).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
    let counted = press::ratings(&site.workspace, &office()).await.unwrap();
    assert_eq!(
        counted.iter().map(|r| (r.path.as_str(), r.score, r.count)).collect::<Vec<_>>(),
        [("/", 5, 1), ("/tin-tuc", 5, 1)]
    );
}

#[tokio::test]
async fn a_hostile_title_is_only_text() {
    let site = Site::with_content().await;
    for path in ["/", "/tin-tuc"] {
        let page = site.page(path).await;
        assert!(!page.body.contains("</script><b>") && page.body.contains("&#60;b&#62;"), "{path}");
    }
    let link = site.page("/tin-tuc").await.link("/tin-tuc/me-do-dau");
    let page = site.page(&link).await;
    assert!(!page.body.contains("</script><b>"), "{}", page.body);
    assert!(!page.body.contains(HOSTILE));
}
