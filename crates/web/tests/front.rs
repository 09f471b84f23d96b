//! What a reader gets through the front: pages from the cache, counted, tagged, compressed, limited.

use std::{
    io::Read as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, Response, StatusCode, header},
    response::IntoResponse as _,
    routing::{get, post},
};
use nhipcau_web::{
    client::{Client, Proxies},
    front::Front,
    limits::Allowance,
    manners::{Kind, Limits, Manners, View, Visits, has_cookie},
    prepared::{Count, Counts, Mark},
};

const READER: &str = "203.0.113.7";

#[derive(Default)]
struct Counted(Mutex<Vec<(String, StatusCode)>>);

impl Visits for Counted {
    fn viewed(&self, view: &View<'_>) {
        self.0.lock().unwrap().push((view.path.to_owned(), view.status));
    }
    fn counts(&self) -> Counts {
        Counts { all: self.0.lock().unwrap().len() as u64, ..Counts::default() }
    }
}

fn manners() -> Manners {
    static MARKS: [Mark; 1] = [Mark { text: "@@all@@", count: Count::All, write: |n| n.to_string() }];
    Manners {
        is_counted: |path, html| html || path == "/robots.txt",
        is_private: |address, headers| address.contains("token=") || has_cookie(headers, "reviewer"),
        limited: |method, path| match (method, path) {
            (&Method::POST, _) => Some(Kind::Form),
            (_, "/tim-kiem") => Some(Kind::Search),
            _ => None,
        },
        too_much: |_| ("text/plain; charset=utf-8", "Xin chờ một chút.".into()),
        marks: &MARKS,
    }
}

struct Site {
    front: Arc<Front>,
    counted: Arc<Counted>,
    made: Arc<AtomicU32>,
}

fn site(limits: &Limits) -> Site {
    let made = Arc::new(AtomicU32::new(0));
    let times = Arc::clone(&made);
    let page = move || {
        let n = times.fetch_add(1, Ordering::Relaxed);
        async move {
            let filler = "Nhịp Cầu ".repeat(400);
            let html = format!("<p>made {n}</p>{filler}<b>@@all@@</b>{filler}");
            ([(header::CACHE_CONTROL, "no-cache"), (header::CONTENT_TYPE, "text/html; charset=utf-8")], html)
        }
    };
    let secret = || async {
        ([(header::CACHE_CONTROL, "private, no-store"), (header::CONTENT_TYPE, "text/html")], "raw")
    };
    let long_secret = || async {
        let html = format!("{}@@all@@", "Nhịp Cầu ".repeat(400));
        ([(header::CACHE_CONTROL, "private, no-store"), (header::CONTENT_TYPE, "text/html")], html)
    };
    let style = || async {
        let css = "p { color: red } ".repeat(200);
        ([(header::CACHE_CONTROL, "public, max-age=60"), (header::CONTENT_TYPE, "text/css")], css)
    };
    let whose = |axum::Extension(client): axum::Extension<Client>| async move {
        ([(header::CACHE_CONTROL, "no-store")], client.address.to_string())
    };
    let router = Router::new()
        .route("/", get(page.clone()))
        .route("/tim-kiem", get(page.clone()))
        .route("/{page}", get(page))
        .route("/secret", get(secret))
        .route("/long-secret", get(long_secret))
        .route("/style.css", get(style))
        .route("/whose", get(whose))
        .route("/feed.xml", get(|| async { ([(header::CACHE_CONTROL, "public, max-age=60")], "<rss/>") }))
        .route("/robots.txt", get(|| async { ([(header::CACHE_CONTROL, "public, max-age=60")], "") }))
        .fallback(|| async { (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html")], "không có") })
        .route("/gop-y", post(|| async { StatusCode::SEE_OTHER.into_response() }));
    let counted = Arc::new(Counted::default());
    let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
    let front =
        Front::new(router, manners(), limits, 1 << 20).counting(Arc::clone(&counted) as _).behind(proxies);
    Site { front: Arc::new(front), counted, made }
}

impl Site {
    async fn ask(&self, method: Method, address: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.front.answer(request.body(Body::empty()).unwrap(), READER.parse().unwrap(), false).await
    }

    async fn read(&self, address: &str) -> String {
        text(self.ask(Method::GET, address, &[]).await).await
    }

    fn views(&self) -> usize {
        self.counted.0.lock().unwrap().len()
    }
}

async fn text(answer: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn tag(headers: &HeaderMap) -> String {
    headers[header::ETAG].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_is_made_once_and_its_counters_are_of_this_moment() {
    let site = site(&Limits::default());
    let first = site.read("/").await;
    let second = site.read("/").await;
    assert!(first.starts_with("<p>made 0</p>") && first.contains("<b>1</b>"));
    assert!(second.starts_with("<p>made 0</p>") && second.contains("<b>2</b>"));
    site.front.cache().empty();
    assert!(site.read("/").await.starts_with("<p>made 1</p>"), "made anew after a change");
}

#[tokio::test]
async fn what_was_not_changed_is_not_sent_again_but_counts() {
    let site = site(&Limits::default());
    for coding in ["identity", "gzip", "br"] {
        let accept = ("accept-encoding", coding);
        let first = site.ask(Method::GET, "/", &[accept]).await;
        let known = tag(first.headers());
        let before = site.views();
        let again = site.ask(Method::GET, "/", &[accept, ("if-none-match", &known)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{coding}");
        assert_eq!(tag(again.headers()), known);
        assert_eq!(site.views(), before + 1);
    }
    let other = site.ask(Method::GET, "/", &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status(), StatusCode::OK);
}

#[tokio::test]
async fn feeds_and_heads_are_no_views() {
    let site = site(&Limits::default());
    assert_eq!(site.read("/feed.xml").await, "<rss/>");
    let head = site.ask(Method::HEAD, "/", &[]).await;
    assert_eq!(head.status(), StatusCode::OK);
    let length: usize = head.headers()[header::CONTENT_LENGTH].to_str().unwrap().parse().unwrap();
    assert_eq!(text(head).await, "");
    assert_eq!(site.views(), 0);
    assert_eq!(site.read("/").await.len(), length);
}

#[tokio::test]
async fn nothing_of_a_reviewer_is_kept_or_counted() {
    let site = site(&Limits::default());
    site.ask(Method::GET, "/", &[("cookie", "a=b; reviewer=s3cret")]).await;
    site.ask(Method::GET, "/?token=abc", &[]).await;
    assert_eq!(site.read("/secret").await, "raw");
    assert_eq!(site.front.cache().held().0, 0);
    assert_eq!(site.made.load(Ordering::Relaxed), 2);
    assert_eq!(site.views(), 1, "the public's own look at /secret");
    let raw = text(site.ask(Method::GET, "/?token=abc", &[]).await).await;
    assert!(raw.contains("<b>1</b>") && !raw.contains("@@"), "the counters stand in a reviewer's page too");
}

#[tokio::test]
async fn who_counts_hears_of_every_page_and_how_it_was_answered() {
    let site = site(&Limits::default());
    let known = tag(site.ask(Method::GET, "/", &[]).await.headers());
    site.ask(Method::GET, "/", &[("if-none-match", &known)]).await;
    assert_eq!(site.ask(Method::GET, "/a/b", &[]).await.status(), StatusCode::NOT_FOUND);
    site.ask(Method::GET, "/robots.txt", &[]).await;
    site.ask(Method::GET, "/feed.xml", &[]).await;
    let heard = site.counted.0.lock().unwrap().clone();
    let heard: Vec<_> = heard.iter().map(|(path, status)| (path.as_str(), status.as_u16())).collect();
    assert_eq!(heard, [("/", 200), ("/", 304), ("/a/b", 404), ("/robots.txt", 200)]);
}

#[tokio::test]
async fn many_readers_at_once_make_a_page_once() {
    let site = Arc::new(site(&Limits::default()));
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let site = Arc::clone(&site);
            tokio::spawn(async move { site.read("/bai-viet").await })
        })
        .collect();
    for reader in readers {
        assert!(reader.await.unwrap().starts_with("<p>made 0</p>"));
    }
    assert_eq!(site.views(), 50);
}

#[tokio::test]
async fn a_flood_meets_a_limit_and_cached_pages_do_not() {
    let none = Allowance { burst: 3, every: Duration::from_hours(1) };
    let site = site(&Limits { pages: none, searches: none, forms: none, uploads: none });
    for n in 0..3 {
        assert_eq!(site.ask(Method::GET, &format!("/{n}"), &[]).await.status(), StatusCode::OK);
        assert_eq!(site.ask(Method::POST, "/gop-y", &[]).await.status(), StatusCode::SEE_OTHER);
    }
    let refused = site.ask(Method::GET, "/3", &[]).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    assert_eq!(text(refused).await, "Xin chờ một chút.");
    assert_eq!(site.ask(Method::POST, "/gop-y", &[]).await.status(), StatusCode::TOO_MANY_REQUESTS);
    for _ in 0..100 {
        assert_eq!(site.ask(Method::GET, "/0", &[]).await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_forwarded_address_is_believed_of_a_trusted_proxy_only() {
    let site = site(&Limits::default());
    let forged = site.ask(Method::GET, "/whose", &[("x-forwarded-for", "198.51.100.1")]).await;
    assert_eq!(text(forged).await, READER);
    let request = Request::builder().uri("/whose").header("x-forwarded-for", "198.51.100.1");
    let answer =
        site.front.answer(request.body(Body::empty()).unwrap(), "10.1.2.3".parse().unwrap(), false).await;
    assert_eq!(text(answer).await, "198.51.100.1");
}

/// What gzip holds.
fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn what_is_one_readers_own_is_compressed_where_no_other_site_had_a_hand_in_it() {
    let site = site(&Limits::default());
    let ask = async |address: &str, from: Option<&str>| {
        let mut headers = vec![("cookie", "reviewer=s3cret"), ("accept-encoding", "gzip, br")];
        headers.extend(from.map(|from| ("sec-fetch-site", from)));
        let answer = site.ask(Method::GET, address, &headers).await;
        let coded = answer.headers().contains_key(header::CONTENT_ENCODING);
        (coded, axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap())
    };
    let (_, plain) = ask("/long-secret", None).await;
    for from in ["same-origin", "none"] {
        let (coded, bytes) = ask("/long-secret", Some(from)).await;
        assert!(coded && bytes.len() < 200, "{from}: {} bytes", bytes.len());
        assert_eq!(unpacked(&bytes), String::from_utf8(plain.to_vec()).unwrap());
        assert!(unpacked(&bytes).ends_with('0'), "the counters stand in it");
    }
    for from in [None, Some("cross-site"), Some("same-site")] {
        let (coded, bytes) = ask("/long-secret", from).await;
        assert!(!coded && bytes == plain, "its length would tell other sites what stands in it: {from:?}");
    }
    let (coded, bytes) = ask("/style.css", None).await;
    assert!(coded && bytes.len() < 200, "a stylesheet is everybody's");
    assert!(!ask("/secret", Some("same-origin")).await.0, "a few bytes are sent in any case");
}
