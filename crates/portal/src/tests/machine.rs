//! What machines read, read by machines: feeds, site maps, JSON-LD, the manifest.

use quick_xml::{Reader as XmlReader, events::Event};
use serde_json::Value;

use super::{
    newsroom::{BASE, HOSTILE},
    site::Site,
};

#[tokio::test]
async fn feeds_are_read_by_a_feed_reader() {
    let site = Site::with_content().await;
    for path in
        ["/rss.xml", "/atom.xml", "/feed.json", "/tin-tuc/rss.xml", "/tin-tuc/atom.xml", "/hoat-dong/rss.xml"]
    {
        let answer = site.page(path).await;
        let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(!feed.entries.is_empty(), "{path}");
        for entry in &feed.entries {
            let link = entry.links.iter().map(|l| l.href.as_str()).find(|l| l.starts_with(BASE)).unwrap();
            site.page(link.strip_prefix(BASE).unwrap()).await;
            assert!(entry.published.is_some() && entry.id.starts_with("urn:uuid:"), "{path}: {entry:?}");
        }
        let titles: Vec<&str> =
            feed.entries.iter().filter_map(|e| e.title.as_ref()).map(|t| t.content.as_str()).collect();
        assert!(titles.contains(&"Kết quả nổi bật"), "{path}: {titles:?}");
        if !path.starts_with("/hoat-dong") {
            assert!(titles.contains(&HOSTILE) || path.ends_with("rss.xml"), "{path}: {titles:?}");
        }
    }
    assert_eq!(site.get("/khong-co/rss.xml").await.status, 404);
}

/// The text of every element of that name; the file must be well-formed to its end.
fn all(xml: &str, name: &str) -> Vec<String> {
    let mut reader = XmlReader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut inside, mut found) = (0_u32, Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == name => {
                inside += 1;
                found.push(String::new());
            }
            Event::End(e) if e.name().as_ref() == name => inside -= 1,
            Event::Text(t) if inside > 0 => found.last_mut().unwrap().push_str(&t),
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[tokio::test]
async fn the_site_map_names_every_page_once_and_each_is_there() {
    let site = Site::with_content().await;
    let map = site.page("/sitemap.xml").await;
    let places = all(&map.body, "loc");
    for expected in [
        "/",
        "/tin-tuc",
        "/hoat-dong/ket-qua-noi-bat",
        "/hoat-dong/ket-qua-km?lang=km",
        "/trang/gioi-thieu",
        "/ket-qua",
    ] {
        assert!(places.contains(&format!("{BASE}{expected}")), "{expected} is not in {places:#?}");
    }
    let mut once = places.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), places.len());
    for place in &places {
        site.page(place.strip_prefix(BASE).unwrap()).await;
    }
    assert!(!map.body.contains("cat-giu"), "a hidden column is told");
    for day in all(&map.body, "lastmod") {
        day.parse::<nhipcau_domain::Timestamp>().unwrap();
    }
    let news = site.page("/sitemap-news.xml").await;
    assert!(all(&news.body, "news:title").iter().any(|t| t == "Kết quả nổi bật"), "{}", news.body);
    assert!(!news.body.contains("/trang/"), "a static page is no news");
    assert_eq!(site.get("/sitemap/2.xml").await.status, 404);
    assert_eq!(site.get("/sitemap/0.xml").await.status, 404);
}

#[tokio::test]
async fn an_article_tells_search_engines_what_it_is() {
    let site = Site::with_content().await;
    let page = site.page("/hoat-dong/ket-qua-noi-bat").await;
    let told: Vec<Value> = page
        .body
        .split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|s| serde_json::from_str(s.split("</script>").next().unwrap()).unwrap())
        .collect();
    let news = told.iter().find(|v| v["@type"] == "NewsArticle").unwrap();
    assert_eq!(news["headline"], "Kết quả nổi bật");
    assert_eq!(news["author"]["name"], "Thanh Trúc");
    assert_eq!(news["url"], format!("{BASE}/hoat-dong/ket-qua-noi-bat"));
    for day in ["datePublished", "dateModified"] {
        news[day].as_str().unwrap().parse::<nhipcau_domain::Timestamp>().unwrap();
    }
    let image = news["image"][0]["url"].as_str().unwrap();
    site.page(image.strip_prefix(BASE).unwrap()).await;
    let crumbs = told.iter().find(|v| v["@type"] == "BreadcrumbList").unwrap();
    let names: Vec<&str> =
        crumbs["itemListElement"].as_array().unwrap().iter().map(|i| i["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Tin tức", "Hoạt động", "Kết quả nổi bật"]);
    for meta in ["og:title", "og:image", "article:published_time", "DC.title", "DC.date", "description"] {
        assert!(page.body.contains(&format!("\"{meta}\"")), "no {meta}");
    }
}

#[tokio::test]
async fn the_small_files_are_there() {
    let site = Site::with_content().await;
    let manifest: Value = serde_json::from_str(&site.page("/manifest.webmanifest").await.body).unwrap();
    assert_eq!(manifest["name"], "Huyện ủy Mẫu");
    site.page(manifest["icons"][0]["src"].as_str().unwrap()).await;
    let robots = site.page("/robots.txt").await.body;
    assert!(
        robots.contains("Sitemap: https://mau.example/sitemap.xml") && robots.contains("Disallow: /lam-viec"),
        "{robots}"
    );
    let security = site.page("/.well-known/security.txt").await.body;
    let line = |name: &str| security.lines().find_map(|l| l.strip_prefix(name)).unwrap().to_owned();
    assert_eq!(line("Contact: "), "mailto:vanphong@mau.example");
    let expires: nhipcau_domain::Timestamp = line("Expires: ").parse().unwrap();
    assert!(expires > site.workspace.now());
    let icon = site.page("/favicon.ico").await;
    assert_eq!(icon.headers["x-content-type-options"], "nosniff");
}
