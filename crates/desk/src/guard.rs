//! What stands before every page of the desk, and what every answer of it wears.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
            X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
        uri::Authority,
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use nhipcau_domain::problem::Problem;

use crate::{
    failure::Failure,
    page::Page,
    sheet::{Block, Sheet},
    visitor,
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not "no-referrer": browsers would hide the origin of our own forms as well.
    (REFERRER_POLICY, "same-origin"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses what other sites' pages send, and dresses the answer.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let lang = visitor::language(request.headers());
    let path = request.uri().path().to_owned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let answer = if reads || is_ours(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        Failure::Forbidden(Problem::new("desk-other-site")).into_response()
    };
    if let Some(Failure::Forbidden(problem)) = answer.extensions().get::<Failure>() {
        let office = problem.args.iter().find(|(name, _)| name == "office").map(|(_, office)| office);
        tracing::warn!(path, problem = problem.id, ?office, "a page was refused");
    }
    let page = Page { lang, ..Page::default() };
    let mut answer = explained(answer, page);
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    answer
}

/// Whether a page of this site sent it. Browsers say so in one of two ways; who says neither is none.
fn is_ours(uri: &Uri, headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin = text(&ORIGIN).and_then(|o| o.split_once("://")).map(|(_, host)| host);
    // HTTP/2 says the host in the address.
    let host = uri.authority().map(Authority::as_str).or_else(|| text(&HOST));
    origin.is_some() && origin == host
}

/// A failure as a page, with ways back.
fn explained(answer: Response, page: Page) -> Response {
    let failure = match (answer.extensions().get::<Failure>(), answer.status()) {
        (Some(failure), _) => failure.clone(),
        (None, StatusCode::METHOD_NOT_ALLOWED) => Failure::NotFound,
        (None, _) => return answer,
    };
    let (title, said) = match &failure {
        Failure::NotFound => (page.t("desk-not-found"), page.t("desk-not-found-long")),
        Failure::Refused(problem) => (page.t("desk-refused"), page.problem(problem)),
        Failure::Forbidden(problem) => (page.t("desk-forbidden"), page.problem(problem)),
        Failure::Elsewhere(_) => return answer,
        Failure::Internal => (page.t("desk-internal"), page.t("desk-internal-long")),
    };
    let back = vec![
        (page.t("desk-nav-overview"), "/lam-viec".to_owned()),
        (page.t("desk-nav-articles"), "/lam-viec/bai-viet".to_owned()),
    ];
    let sheet = Sheet::new(page, title).lead(said.clone()).with(Block::Links(back));
    match sheet.html() {
        Ok(Html(html)) => (failure.status(), Html(html)).into_response(),
        Err(_) => (failure.status(), said).into_response(),
    }
}
