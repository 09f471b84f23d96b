//! What stands before the router: limits, the page cache, visit counting, tags.
//!
//! A page is made once and given until something changes. It must be the same for everyone who asks
//! for its address: requests with a cookie of a reviewer or an office go past the cache, and only
//! answers that say `no-cache` or `public` are kept.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{
        HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ETAG,
            IF_NONE_MATCH, RETRY_AFTER, SET_COOKIE, VARY,
        },
    },
};
use bytes::Bytes;
use http_body::Body as _;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::{
    body::Pieces,
    cache::{Kept, PageCache},
    client::{Client, Proxies},
    limits::{Allowance, Limit},
    measures::Measures,
    prepared::{Coding, Counts, Mark, Prepared},
};

/// The longest body that is kept in the cache.
const KEPT_MAX: u64 = 2 << 20;

/// A page that a reader looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Its path, without parameters.
    pub path: &'a str,
    /// Whose; used to tell visits apart, never stored.
    pub client: IpAddr,
    /// The request's headers.
    pub headers: &'a HeaderMap,
}

/// Counts visits.
pub trait Visits: Send + Sync {
    /// A page is about to be answered. When this returns, the view is on record.
    fn viewed(&self, view: &View<'_>);
    /// The counters of this moment.
    fn counts(&self) -> Counts;
}

/// What the pages' owner says of them.
#[derive(Clone)]
pub struct Manners {
    /// Whether a path is a page that a reader views, and not a feed, a file or a form's answer.
    pub is_page: fn(&str) -> bool,
    /// Whether a request is that of a reviewer or an office: nothing of it is kept.
    pub is_private: fn(&str, &HeaderMap) -> bool,
    /// Which requests are limited, and by how much, though they may be cheap to ask.
    pub limited: fn(&Method, &str) -> Option<Kind>,
    /// What a client reads that asks too much.
    pub too_much: fn(&str) -> (&'static str, String),
    /// Marks of the counters.
    pub marks: &'static [Mark],
}

/// Kinds of requests that have limits of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A search.
    Search,
    /// A form that is sent.
    Form,
    /// A file that is sent.
    Upload,
}

/// Limits per client.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages that are not in the cache.
    pub pages: Allowance,
    /// Searches.
    pub searches: Allowance,
    /// Forms.
    pub forms: Allowance,
    /// Uploads.
    pub uploads: Allowance,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: Allowance { burst: 200, every: Duration::from_millis(50) },
            searches: Allowance { burst: 30, every: Duration::from_secs(1) },
            forms: Allowance { burst: 20, every: Duration::from_secs(6) },
            uploads: Allowance { burst: 40, every: Duration::from_secs(3) },
        }
    }
}

/// What stands before the router.
pub struct Front {
    router: Router,
    cache: Arc<PageCache>,
    measures: Arc<Measures>,
    visits: Option<Arc<dyn Visits>>,
    proxies: Proxies,
    manners: Manners,
    pages: Limit,
    searches: Limit,
    forms: Limit,
    uploads: Limit,
}

impl Front {
    /// Stands before a router. Pages take at most `memory` bytes in the cache.
    #[must_use]
    pub fn new(router: Router, manners: Manners, limits: &Limits, memory: usize) -> Self {
        Self {
            router,
            cache: Arc::new(PageCache::new(memory)),
            measures: Arc::default(),
            visits: None,
            proxies: Proxies::default(),
            manners,
            pages: Limit::new(limits.pages),
            searches: Limit::new(limits.searches),
            forms: Limit::new(limits.forms),
            uploads: Limit::new(limits.uploads),
        }
    }

    /// Counts visits.
    #[must_use]
    pub fn counting(mut self, visits: Arc<dyn Visits>) -> Self {
        self.visits = Some(visits);
        self
    }

    /// Believes these proxies.
    #[must_use]
    pub fn behind(mut self, proxies: Proxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// The cache, for whoever knows of changes.
    #[must_use]
    pub fn cache(&self) -> Arc<PageCache> {
        Arc::clone(&self.cache)
    }

    /// The counters, for whoever shows them.
    #[must_use]
    pub fn measures(&self) -> Arc<Measures> {
        Arc::clone(&self.measures)
    }

    /// Answers a request that came from `peer`.
    pub async fn answer<B>(&self, request: Request<B>, peer: IpAddr, encrypted: bool) -> Response<Body>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let start = Instant::now();
        let answer = self.choose(request, peer, encrypted, start).await;
        self.measures.answered(answer.status().as_u16(), start.elapsed());
        answer
    }

    async fn choose<B>(
        &self,
        mut request: Request<B>,
        peer: IpAddr,
        encrypted: bool,
        now: Instant,
    ) -> Response<Body>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let client = self.proxies.client(peer, encrypted, request.headers());
        let path = request.uri().path();
        if let Some(kind) = (self.manners.limited)(request.method(), path) {
            let limit = match kind {
                Kind::Search => &self.searches,
                Kind::Form => &self.forms,
                Kind::Upload => &self.uploads,
            };
            if let Err(wait) = limit.take(client.address, now) {
                return self.too_much(path, wait);
            }
        }
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let address = request.uri().path_and_query().map_or("/", |a| a.as_str());
        if !reads || (self.manners.is_private)(address, request.headers()) {
            request.extensions_mut().insert(client);
            return self.pass(request).await;
        }
        if let Some(kept) = self.cache.get(address) {
            self.measures.hits.inc();
            return self.give(&kept, request.method(), request.uri().path(), request.headers(), &client);
        }
        if let Err(wait) = self.pages.take(client.address, now) {
            return self.too_much(request.uri().path(), wait);
        }
        self.make(request, client).await
    }

    /// Makes a page, keeps it if it may be kept, and gives it.
    async fn make<B>(&self, mut request: Request<B>, client: Client) -> Response<Body>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let address: Box<str> = request.uri().path_and_query().map_or("/", |a| a.as_str()).into();
        let turn = self.cache.turn(&address);
        let _turn = turn.lock().await;
        if let Some(kept) = self.cache.get(&address) {
            self.measures.hits.inc();
            return self.give(&kept, request.method(), request.uri().path(), request.headers(), &client);
        }
        self.measures.misses.inc();
        let since = self.cache.edition();
        let method = request.method().clone();
        let uri = request.uri().clone();
        let asked = request.headers().clone();
        request.extensions_mut().insert(client);
        // What is kept has a body, whoever asked for it first; and no conditions.
        *request.method_mut() = Method::GET;
        request.headers_mut().remove(IF_NONE_MATCH);
        let answer = self.pass(request).await;
        let (mut parts, body) = answer.into_parts();
        let small = body.size_hint().upper().is_some_and(|n| n <= KEPT_MAX);
        if !small || parts.headers.contains_key(SET_COOKIE) || parts.headers.contains_key(CONTENT_ENCODING) {
            return Response::from_parts(parts, body);
        }
        let Ok(bytes) = axum::body::to_bytes(body, usize::try_from(KEPT_MAX).unwrap_or(usize::MAX)).await
        else {
            return plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", String::new());
        };
        let control = parts.headers.get(CACHE_CONTROL).and_then(|v| v.to_str().ok()).unwrap_or("");
        let keep = parts.status == StatusCode::OK
            && !control.contains("private")
            && !control.contains("no-store")
            && (control.contains("no-cache") || control.contains("public"));
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let html = kind.starts_with("text/html");
        let text = html
            || ["text/", "application/json", "application/xml", "image/svg+xml", "application/manifest"]
                .iter()
                .any(|t| kind.starts_with(t))
            || kind.contains("+xml")
            || kind.contains("+json");
        let view = html && parts.status == StatusCode::OK && (self.manners.is_page)(uri.path());
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(ETAG);
        let marks = if html { self.manners.marks } else { &[] };
        // Compressing takes the processor: many pages at once must not hold up those that are made.
        let prepared = if text && keep && bytes.len() > 4096 {
            let task = tokio::task::spawn_blocking(move || Prepared::new(&bytes, marks, true));
            let Ok(prepared) = task.await else {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", String::new());
            };
            prepared
        } else {
            Prepared::new(&bytes, marks, text && keep)
        };
        let tag = tag(&prepared);
        let kept = Kept::new(parts.status, parts.headers, prepared, tag, view);
        let kept = if keep { self.cache.keep(&address, since, kept) } else { Arc::new(kept) };
        self.give(&kept, &method, uri.path(), &asked, &client)
    }

    async fn pass<B>(&self, request: Request<B>) -> Response<Body>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        match self.router.clone().oneshot(request.map(Body::new)).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        }
    }

    /// Gives a page: counted first, then answered. "Not changed" is a view too.
    fn give(
        &self,
        kept: &Kept,
        method: &Method,
        path: &str,
        asked: &HeaderMap,
        client: &Client,
    ) -> Response<Body> {
        let counts = match &self.visits {
            Some(visits) => {
                if kept.view && method == Method::GET {
                    visits.viewed(&View { path, client: client.address, headers: asked });
                }
                visits.counts()
            }
            None => Counts::default(),
        };
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
        let coding = kept.body.coding(Coding::best(accepted));
        let mut answer = Response::new(Body::empty());
        *answer.headers_mut() = kept.headers.clone();
        *answer.status_mut() = kept.status;
        let headers = answer.headers_mut();
        headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
        if kept.status == StatusCode::OK {
            let tag = match coding.name() {
                None => format!("\"{}\"", kept.tag),
                Some(name) => format!("\"{}-{name}\"", kept.tag),
            };
            let same = asked.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).any(|known| {
                known.split(',').any(|k| {
                    let k = k.trim();
                    k == "*" || k.strip_prefix("W/").unwrap_or(k) == tag
                })
            });
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                headers.insert(ETAG, tag);
            }
            if same {
                headers.remove(CONTENT_TYPE);
                *answer.status_mut() = StatusCode::NOT_MODIFIED;
                return answer;
            }
        }
        if let Some(name) = coding.name() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        let pieces = Pieces::new(kept.body.pieces(coding, &counts));
        if method == Method::HEAD {
            if let Some(length) = pieces.size_hint().exact() {
                headers.insert(CONTENT_LENGTH, length.into());
            }
        } else {
            *answer.body_mut() = Body::new(pieces);
        }
        answer
    }

    fn too_much(&self, path: &str, wait: Duration) -> Response<Body> {
        self.measures.limited.inc();
        let (kind, text) = (self.manners.too_much)(path);
        let mut answer = plain(StatusCode::TOO_MANY_REQUESTS, kind, text);
        answer.headers_mut().insert(RETRY_AFTER, (wait.as_secs() + 1).into());
        answer
    }
}

fn plain(status: StatusCode, kind: &'static str, text: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    answer
}

/// Whether a cookie of that name is sent.
#[must_use]
pub fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|cookies| cookies.split(';').any(|c| c.trim().split_once('=').is_some_and(|(n, _)| n == name)))
}

/// The first half of the SHA-256 of what a page says, counters left out.
fn tag(prepared: &Prepared) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    prepared.feed(|bytes| hash.update(bytes));
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
