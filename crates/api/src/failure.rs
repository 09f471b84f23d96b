//! Why there is no answer: RFC 9457, with the catalogue's sentence, its name and its values.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use nhipcau_actions::ActionError;
use nhipcau_domain::problem::Problem;
use nhipcau_messages::{Lang, sentence, word};
use nhipcau_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::shape::{Said, Value as Arg, args};

/// The media type of a problem.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub status: StatusCode,
    pub problems: Vec<Problem>,
    pub wait: Option<u64>,
}

/// A problem of what was asked (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Trouble {
    /// What kind of problem: `urn:nhipcau:problem:` and its id.
    #[serde(rename = "type")]
    kind: String,
    /// What the status means, in words.
    title: String,
    /// The status, again.
    status: u16,
    /// What is wrong, in a sentence, in Vietnamese or English as `Accept-Language` asks.
    detail: String,
    /// The sentence's name: it does not change with the words.
    id: String,
    /// The sentence's values.
    args: BTreeMap<String, Arg>,
    /// Everything that is wrong, each in a sentence of its own; the first is the one above.
    problems: Vec<Said>,
}

impl Failure {
    pub fn new(status: StatusCode, problem: Problem) -> Self {
        Self { status, problems: vec![problem], wait: None }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Problem::new("api-not-found"))
    }

    pub fn bad(problem: Problem) -> Self {
        Self::new(StatusCode::BAD_REQUEST, problem)
    }

    pub fn too_much(wait: Duration) -> Self {
        let seconds = wait.as_secs() + 1;
        let problem =
            Problem::new("api-too-much").with("seconds", i64::try_from(seconds).unwrap_or(i64::MAX));
        Self { wait: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, problem) }
    }

    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Problem::new("api-internal"))
    }

    /// Refused, for all of these.
    pub fn refused(problems: Vec<Problem>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, problems, wait: None }
    }

    /// Somebody else's change stands in the way of all of these.
    pub fn conflict(problems: Vec<Problem>) -> Self {
        Self { status: StatusCode::CONFLICT, problems, wait: None }
    }

    /// The answer, in a language.
    pub fn said(&self, lang: Lang) -> Response {
        let unknown = Problem::new("api-internal");
        let first = self.problems.first().unwrap_or(&unknown);
        let trouble = Trouble {
            kind: format!("urn:nhipcau:problem:{}", first.id),
            title: word(lang, title(self.status)),
            status: self.status.as_u16(),
            detail: sentence(lang, first),
            id: first.id.clone(),
            args: args(first),
            problems: self.problems.iter().map(|p| Said::of(lang, p)).collect(),
        };
        let body = serde_json::to_vec(&trouble).unwrap_or_default();
        let mut response = (self.status, [(CONTENT_TYPE, PROBLEM)], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.wait {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "api-status-bad",
        StatusCode::UNAUTHORIZED => "api-status-unauthorized",
        StatusCode::FORBIDDEN => "api-status-forbidden",
        StatusCode::NOT_FOUND => "api-status-not-found",
        StatusCode::METHOD_NOT_ALLOWED => "api-status-method",
        StatusCode::CONFLICT => "api-status-conflict",
        StatusCode::PAYLOAD_TOO_LARGE => "api-status-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "api-status-media",
        StatusCode::TOO_MANY_REQUESTS => "api-status-many",
        status if status.is_server_error() => "api-status-internal",
        _ => "api-status-refused",
    }
}

/// It is said once the reader's language is known: the guard writes it.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Sentences that tell of somebody else's change, or of a state that does not allow it.
const CONFLICTS: &[&str] = &[
    "review-changed-since",
    "review-decided-already",
    "review-not-sent",
    "edition-changed-since",
    "edition-inputs-changed",
    "edition-own-draft",
    "edition-open-comments",
    "edition-is-public",
    "edition-not-a-draft",
    "edition-not-approved",
    "edition-not-frozen",
    "comment-edition-frozen",
    "comment-passage-gone",
    "comment-stands-so",
    "article-act-refused",
    "article-changed-meanwhile",
    "article-translation-exists",
    "register-act-refused",
    "register-changed-meanwhile",
    "register-number-taken",
    "register-related-already",
    "feedback-handled",
    "column-exists",
    "slug-taken",
    "return-accepted-already",
    "return-not-submitted",
    "return-waits-for-review",
    "return-file-stays",
    "outbox-cannot",
    "outbox-changed-since",
];

/// Sentences that tell of what was sent, and not of what is asked for.
const OF_WHAT_WAS_SENT: &[&str] = &["picture-kind-unknown", "article-cover-unknown"];

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let status = match problem.id.as_str() {
            "office-may-not" | "article-of-another-office" | "unit-out-of-reach" | "token-scope-missing" => {
                StatusCode::FORBIDDEN
            }
            id if id.ends_with("-unknown") && !OF_WHAT_WAS_SENT.contains(&id) => StatusCode::NOT_FOUND,
            id if CONFLICTS.contains(&id) => StatusCode::CONFLICT,
            // One a minute.
            "outbox-test-just-now" => return Self::new(StatusCode::TOO_MANY_REQUESTS, problem).after(60),
            id if id.ends_with("-busy") => return Self::new(StatusCode::TOO_MANY_REQUESTS, problem).after(1),
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, problem)
    }
}

impl Failure {
    fn after(self, seconds: u64) -> Self {
        Self { wait: Some(seconds), ..self }
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(problem) => problem.into(),
            ActionError::RefusedFor(problems) if !problems.is_empty() => Self::refused(problems),
            // A name that no table can hold names nothing.
            ActionError::Store(StoreError::Invalid { .. }) => Self::not_found(),
            ActionError::Store(error @ (StoreError::Busy | StoreError::Conflict { .. })) => {
                Self::new(StatusCode::CONFLICT, error.problem())
            }
            other => {
                tracing::error!(error = %other, "the API failed");
                Self::internal()
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        ActionError::from(error).into()
    }
}
