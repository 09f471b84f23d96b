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
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
            IF_NONE_MATCH, RETRY_AFTER, SET_COOKIE, STRICT_TRANSPORT_SECURITY, VARY,
        },
        response::Parts,
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
    limits::Limit,
    manners::{Kind, Limits, Manners, View, Visits},
    measures::Measures,
    prepared::{Coding, Counts, Prepared, allows},
    quick,
};

/// The longest body that is kept in the cache.
const KEPT_MAX: u64 = 2 << 20;

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
        let client = self.proxies.client(peer, encrypted, request.headers());
        let mut answer = match self.again(&request, &client) {
            Some(answer) => answer,
            // Boxed: what is made takes long and a large future, what is given again neither.
            None => Box::pin(self.choose(request, client, start)).await,
        };
        if client.secure {
            // Not for subdomains: what stands beside this host may be others'.
            let year = HeaderValue::from_static("max-age=31536000");
            answer.headers_mut().entry(STRICT_TRANSPORT_SECURITY).or_insert(year);
        }
        self.measures.answered(answer.status().as_u16(), start.elapsed());
        answer
    }

    /// The answer to a page that is kept, if nothing has to be asked before.
    fn again<B>(&self, request: &Request<B>, client: &Client) -> Option<Response<Body>> {
        let (method, path) = (request.method(), request.uri().path());
        if !self.may_be_kept(request) || (self.manners.limited)(method, path).is_some() {
            return None;
        }
        let kept = self.cache.get(address(request))?;
        self.measures.hits.inc();
        Some(self.give(&kept, method, path, request.headers(), client))
    }

    /// Whether a request may be answered with what others get.
    fn may_be_kept<B>(&self, request: &Request<B>) -> bool {
        matches!(*request.method(), Method::GET | Method::HEAD)
            && !(self.manners.is_private)(address(request), request.headers())
    }

    async fn choose<B>(&self, mut request: Request<B>, client: Client, now: Instant) -> Response<Body>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
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
        if !self.may_be_kept(&request) {
            request.extensions_mut().insert(client);
            let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
            let asked = Asked { gzip: allows(accepted, "gzip"), own: quick::is_own(request.headers()) };
            return self.filled(self.pass(request).await, asked).await;
        }
        if let Some(kept) = self.cache.get(address(&request)) {
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
        let address: Box<str> = address(&request).into();
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
        let (mut parts, bytes) = match whole(self.pass(request).await).await {
            Ok(whole) => whole,
            Err(answer) => return answer,
        };
        let header = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        let keep = parts.status == StatusCode::OK
            && !parts.headers.contains_key(SET_COOKIE)
            && may_be_kept(header(CACHE_CONTROL));
        let (html, text) = (is_html(&parts.headers), is_text(header(CONTENT_TYPE)));
        let counted = (self.manners.is_counted)(uri.path(), html);
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
        let kept = Kept::new(parts.status, &parts.headers, prepared, &tag, counted);
        let kept = if keep { self.cache.keep(&address, since, kept) } else { Arc::new(kept) };
        self.give(&kept, &method, uri.path(), &asked, &client)
    }

    /// An answer of one reader's own, with the counters of this moment in it.
    async fn filled(&self, answer: Response<Body>, asked: Asked) -> Response<Body> {
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        if !is_text(kind) {
            return answer;
        }
        let html = is_html(answer.headers());
        let (mut parts, bytes) = match whole(answer).await {
            Ok(whole) => whole,
            Err(answer) => return answer,
        };
        parts.headers.remove(CONTENT_LENGTH);
        let pieces = if html {
            let prepared = Prepared::new(&bytes, self.manners.marks, false);
            prepared.pieces(Coding::Identity, &self.counts())
        } else {
            [bytes, Bytes::new(), Bytes::new(), Bytes::new()]
        };
        let control = parts.headers.get(CACHE_CONTROL).and_then(|v| v.to_str().ok()).unwrap_or("");
        // What is everybody's (a stylesheet) gives nothing away.
        if asked.own || may_be_kept(control) {
            parts.headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
            if asked.gzip
                && let Some(packed) = quick::gzip(joined(&pieces)).await
            {
                parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                return Response::from_parts(
                    parts,
                    Body::new(Pieces::new([packed, Bytes::new(), Bytes::new(), Bytes::new()])),
                );
            }
        }
        Response::from_parts(parts, Body::new(Pieces::new(pieces)))
    }

    fn counts(&self) -> Counts {
        self.visits.as_ref().map(|visits| visits.counts()).unwrap_or_default()
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
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
        let coding = kept.body.coding(Coding::best(accepted));
        let head = kept.head(coding);
        let same = kept.status == StatusCode::OK && knows(asked, &head.tag);
        let status = if same { StatusCode::NOT_MODIFIED } else { kept.status };
        if let Some(visits) = self.visits.as_ref().filter(|_| kept.counted && method == Method::GET) {
            visits.viewed(&View { path, client: client.address, headers: asked, status });
        }
        let mut answer = Response::new(Body::empty());
        *answer.headers_mut() = head.headers.clone();
        *answer.status_mut() = status;
        let headers = answer.headers_mut();
        if same {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_ENCODING);
            return answer;
        }
        let pieces = Pieces::new(kept.body.pieces(coding, &self.counts()));
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

/// How a reader asks for an answer of their own.
#[derive(Clone, Copy)]
struct Asked {
    /// Whether gzip is taken.
    gzip: bool,
    /// Whether no other site had a hand in it.
    own: bool,
}

/// The pieces as one.
fn joined(pieces: &[Bytes; 4]) -> Bytes {
    match pieces {
        [one, rest @ ..] if rest.iter().all(Bytes::is_empty) => one.clone(),
        pieces => pieces.concat().into(),
    }
}

/// A body in memory, or the answer as it is: too long to be kept, or coded already.
async fn whole(answer: Response<Body>) -> Result<(Parts, Bytes), Response<Body>> {
    let (parts, body) = answer.into_parts();
    let small = body.size_hint().upper().is_some_and(|n| n <= KEPT_MAX);
    if !small || parts.headers.contains_key(CONTENT_ENCODING) {
        return Err(Response::from_parts(parts, body));
    }
    match axum::body::to_bytes(body, usize::try_from(KEPT_MAX).unwrap_or(usize::MAX)).await {
        Ok(bytes) => Ok((parts, bytes)),
        Err(_) => Err(plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", String::new())),
    }
}

/// A request's path and parameters.
fn address<B>(request: &Request<B>) -> &str {
    request.uri().path_and_query().map_or("/", |a| a.as_str())
}

/// What `Cache-Control` says of keeping.
fn may_be_kept(control: &str) -> bool {
    !control.contains("private")
        && !control.contains("no-store")
        && (control.contains("no-cache") || control.contains("public"))
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether compressing is worth its while.
fn is_text(kind: &str) -> bool {
    ["text/", "application/json", "application/xml", "image/svg+xml", "application/manifest"]
        .iter()
        .any(|t| kind.starts_with(t))
        || kind.contains("+xml")
        || kind.contains("+json")
}

/// Whether the reader has the page of that tag already.
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let mut known = lists.flat_map(|list| list.split(',')).map(str::trim);
    known.any(|k| k == "*" || k.strip_prefix("W/").unwrap_or(k) == tag)
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
