//! What every answer wears: the audience is settled before, security headers and error pages after.

use askama::Template as _;
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, SET_COOKIE,
            VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use nhipcau_actions::access;
use nhipcau_domain::{disclosure::Audience, problem::Problem};
use nhipcau_messages::sentence;

use crate::{
    failure::Failure,
    page::{Page, Section},
    pages::error::ErrorPage,
    reader::{self, COOKIE_NAME, Reader},
    routes,
    state::PortalState,
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that every answer has.
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    ),
];

/// Settles who reads, shows what was asked or a page that says why not, and sets the headers.
pub(crate) async fn dress(State(state): State<PortalState>, mut request: Request, next: Next) -> Response {
    let read = Reader::of(request.uri());
    let mut reader = read.clone().unwrap_or_default();
    reader.frame = state.frame(reader.lang).await;
    let admitted = admit(&state, &reader, request.method(), request.headers()).await;
    let mut opened = None;
    let answer = match (read, admitted) {
        (Err(problem), _) => Failure::from(problem).into_response(),
        (_, Err(failure)) => failure.into_response(),
        (Ok(_), Ok(session)) => {
            if let Some(session) = &session {
                reader.audience = Audience::Reviewer;
                opened = session.fresh.then(|| session.secret.clone());
            }
            request.extensions_mut().insert(reader.clone());
            let answer = next.run(request).await;
            match session {
                Some(session) => on_record(&state, &reader, &session.secret, answer).await,
                None => answer,
            }
        }
    };
    let mut answer = explained(answer, &reader);
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        // A file that a reader may open has a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.append(VARY, HeaderValue::from_static("Cookie"));
    if reader.is_reviewer() {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    } else {
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    }
    if let Some(secret) = opened {
        let cookie = format!("{COOKIE_NAME}={secret}; Path=/; HttpOnly; SameSite=Strict");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
    answer
}

/// A reviewer's session.
struct Session {
    secret: String,
    /// Opened by this very request.
    fresh: bool,
}

/// Lets a reviewer in by an open session, or by a token that was not used.
async fn admit(
    state: &PortalState,
    reader: &Reader,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Option<Session>, Failure> {
    if let Some(secret) = reader::session(headers)
        && access::is_reviewer(&state.workspace, &secret).await?
    {
        return Ok(Some(Session { secret, fresh: false }));
    }
    // Only a page that is really read spends a token: HEAD is what link previews send.
    let Some(token) = reader.parameter(routes::TOKEN).filter(|_| method == Method::GET) else {
        return Ok(None);
    };
    let secret = (state.secrets)();
    if access::open_session(&state.workspace, token, &secret).await? {
        return Ok(Some(Session { secret, fresh: true }));
    }
    Err(Problem::new("portal-token-spent").into())
}

/// Raw counts are handed out only once it is on record that they were looked at.
async fn on_record(state: &PortalState, reader: &Reader, secret: &str, answer: Response) -> Response {
    if answer.status() != StatusCode::OK {
        return answer;
    }
    match access::log_raw_view(&state.workspace, &reader.address(), secret).await {
        Ok(()) => answer,
        Err(error) => Failure::from(error).into_response(),
    }
}

fn is_page(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// An error as a page, with ways back.
fn explained(answer: Response, reader: &Reader) -> Response {
    let failure = match (answer.extensions().get::<Failure>(), answer.status()) {
        (Some(failure), _) => failure.clone(),
        // A form that is shown again says itself what was wrong.
        (None, _) if is_page(&answer) => return answer,
        // Refused by the router or an extractor, before a page of ours was asked.
        (None, StatusCode::METHOD_NOT_ALLOWED) => Failure::Method,
        (None, status) if status.is_server_error() => Failure::Internal,
        (None, status) if status.is_client_error() => Failure::NotFound,
        (None, _) => return answer,
    };
    let mut page = Page::new(reader, Section::None);
    page.head.noindex = true;
    let (title, said) = match &failure {
        Failure::NotFound => ("portal-error-not-found", page.t("portal-error-not-found-long")),
        Failure::Gone => ("site-gone", page.t("site-gone-long")),
        Failure::Refused(problem) => ("portal-error-refused", sentence(reader.lang, problem)),
        Failure::Method => ("portal-error-method", page.t("portal-error-method-long")),
        Failure::Internal => ("portal-error-internal", page.t("portal-error-internal-long")),
    };
    let status = failure.status();
    let view = ErrorPage { title: page.t(title), sentence: said, status: status.as_u16(), page };
    let mut explained = match view.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], view.sentence).into_response(),
    };
    if let Some(allow) = answer.headers().get("allow") {
        explained.headers_mut().insert("allow", allow.clone());
    }
    explained
}
