//! Why a page cannot be shown. The page that says so is made where language and navigation are known.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use nhipcau_actions::ActionError;
use nhipcau_domain::problem::Problem;
use nhipcau_store::StoreError;

/// Why a page cannot be shown.
#[derive(Debug, Clone)]
pub enum Failure {
    /// There is no such page, unit, figure, return or edition.
    NotFound,
    /// It was there, and was taken back or has expired.
    Gone,
    /// What was asked cannot be: a sentence for the reader.
    Refused(Problem),
    /// The page is only read.
    Method,
    /// Our fault; the detail is in the log, never on the page.
    Internal,
}

impl Failure {
    /// Its HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Without a body: the layer that dresses every answer writes the page in the reader's language.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(problem) => Self::Refused(problem),
            ActionError::RefusedFor(mut problems) if !problems.is_empty() => {
                Self::Refused(problems.remove(0))
            }
            // A name that no table can hold, such as one with a zero byte, names nothing.
            ActionError::Store(StoreError::Invalid { .. }) => Self::NotFound,
            other => {
                tracing::error!(error = %other, "a page failed");
                Self::Internal
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        ActionError::from(error).into()
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Internal
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}
