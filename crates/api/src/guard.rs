//! What stands before every address, and what every answer wears.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts as _, Request, State},
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
            REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use nhipcau_actions::{
    access::hex,
    again::{self, Begun},
};
use nhipcau_domain::problem::Problem;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{body::unreadable, caller, caller::Caller, failure::Failure, state::ApiState};

/// The largest body without files, in bytes.
pub(crate) const JSON: usize = 4 << 20;
/// The largest body with a file, in bytes.
pub(crate) const FILE: usize = 40 << 20;
/// The longest key of a request, in bytes.
const KEY: usize = 200;

const HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Holds each client to its limit, says failures in the reader's language, and dresses the answer.
pub(crate) async fn guard(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let lang = caller::language(request.headers());
    let path = request.uri().path().to_owned();
    let answer = match api.take_client(caller::client(request.extensions())) {
        Ok(()) => next.run(request).await,
        Err(wait) => Failure::too_much(wait).into_response(),
    };
    let mut answer = match (answer.extensions().get::<Failure>(), answer.status()) {
        (Some(failure), _) => {
            if failure.status == StatusCode::FORBIDDEN
                && let Some(problem) = failure.problems.first()
            {
                tracing::warn!(path, problem = problem.id, "a request to the API was refused");
            }
            failure.said(lang)
        }
        (None, StatusCode::METHOD_NOT_ALLOWED) => {
            let allow = answer.headers().get("allow").cloned();
            let failure = Failure::new(StatusCode::METHOD_NOT_ALLOWED, Problem::new("api-method"));
            let mut said = failure.said(lang);
            if let Some(allow) = allow {
                said.headers_mut().insert("allow", allow);
            }
            said
        }
        (None, StatusCode::PAYLOAD_TOO_LARGE) => unreadable(StatusCode::PAYLOAD_TOO_LARGE).said(lang),
        (None, _) => answer,
    };
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    headers.append(VARY, HeaderValue::from_name(AUTHORIZATION));
    headers.append(VARY, HeaderValue::from_name(ACCEPT_LANGUAGE));
    answer
}

/// Answers a request that carries an `Idempotency-Key` as it was answered before.
pub(crate) async fn once(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").cloned();
    match key.filter(|_| request.method() == Method::POST) {
        Some(key) => match keyed(&api, request, next, &key).await {
            Ok(answer) => answer,
            Err(failure) => failure.into_response(),
        },
        None => next.run(request).await,
    }
}

async fn keyed(api: &ApiState, request: Request, next: Next, key: &HeaderValue) -> Result<Response, Failure> {
    let key = key.to_str().ok().filter(|k| !k.is_empty() && k.len() <= KEY);
    let key = key.ok_or_else(|| Failure::bad(Problem::new("api-key").with("most", KEY)))?.to_owned();
    let (mut parts, body) = request.into_parts();
    let token = Caller::from_request_parts(&mut parts, api).await?.bearer.token.id;
    let bytes = to_bytes(body, JSON).await.map_err(|_| unreadable(StatusCode::PAYLOAD_TOO_LARGE))?;
    let address = parts.uri.path_and_query().map_or("/", |a| a.as_str()).to_owned();
    let kind = parts.headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let hash = Sha256::new().chain_update(address.as_bytes()).chain_update(b"\n").chain_update(kind);
    let asked = hex(&hash.chain_update(b"\n").chain_update(&bytes).finalize());
    let request = Request::from_parts(parts, Body::from(bytes));
    // On its own: a client that hangs up does not leave it half done.
    let done = tokio::spawn(done_once(api.clone(), request, next, (token, key), asked)).await;
    done.unwrap_or_else(|_| Err(Failure::internal()))
}

async fn done_once(
    api: ApiState,
    request: Request,
    next: Next,
    (token, key): (Uuid, String),
    asked: String,
) -> Result<Response, Failure> {
    match again::begin(api.ws(), token, &key, &asked).await? {
        Begun::New => {}
        Begun::Answered { status, body } => {
            let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok());
            let headers = [(CONTENT_TYPE, "application/json"), (REPLAYED, "true")];
            return Ok((status.unwrap_or(StatusCode::OK), headers, body).into_response());
        }
        Begun::UnderWay => return Err(Failure::conflict(vec![Problem::new("api-key-under-way")])),
        Begun::Lost => return Err(Failure::conflict(vec![Problem::new("api-key-lost")])),
        Begun::Other => return Err(Failure::conflict(vec![Problem::new("api-key-other")])),
    }
    let answer = next.run(request).await;
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|_| Failure::internal())?;
    let kept = match parts.status {
        status if status.is_success() => {
            again::keep(api.ws(), token, &key, status.as_u16().into(), &bytes).await
        }
        status if status.is_server_error() => again::lose(api.ws(), token, &key).await,
        _ => again::forget(api.ws(), token, &key).await,
    };
    // It is answered all the same; asked again, it is not known what became of it.
    if let Err(error) = kept {
        tracing::error!(%error, "an answer to a request with a key could not be kept");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
