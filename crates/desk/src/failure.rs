//! Why a page cannot be shown; the guard writes the page that says so.

use axum::{
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use nhipcau_actions::ActionError;
use nhipcau_domain::problem::Problem;
use nhipcau_store::StoreError;

/// Why a page cannot be shown.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// There is no such thing.
    NotFound,
    /// What was asked cannot be.
    Refused(Problem),
    /// The office may not.
    Forbidden(Problem),
    /// Something else has to be done first, there.
    Elsewhere(String),
    /// Our fault; the detail is in the log.
    Internal,
}

impl Failure {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            // Nothing is wrong with what was sent: it is to be sent again.
            Self::Refused(problem) if problem.id.ends_with("-busy") => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Elsewhere(_) => StatusCode::SEE_OTHER,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// All that is wrong with what was asked, to be said beside its form; what is none goes on as a failure.
    pub fn all_of_form(error: ActionError) -> Result<Vec<Problem>, Self> {
        match error {
            ActionError::RefusedFor(problems) if !problems.is_empty() => Ok(problems),
            error => Ok(vec![Self::of_form(error)?]),
        }
    }

    /// The problem of a file that was sent: that its kind is unknown is said of the file, and no page is missing.
    pub fn of_file(error: ActionError) -> Result<Problem, Self> {
        match error {
            ActionError::Refused(problem) if problem.id != "office-may-not" => Ok(problem),
            error => Self::of_form(error),
        }
    }

    /// The problem of a refusal, to be said beside a form; what is none goes on as a failure.
    pub fn of_form(error: ActionError) -> Result<Problem, Self> {
        match Self::from(error) {
            Self::Refused(problem) => Ok(problem),
            other => Err(other),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Elsewhere(to) = &self {
            return (StatusCode::SEE_OTHER, [(LOCATION, to.clone())]).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        match problem.id.as_str() {
            "office-may-not" | "article-of-another-office" | "unit-out-of-reach" => Self::Forbidden(problem),
            id if id.ends_with("-unknown") && id != "article-cover-unknown" => Self::NotFound,
            _ => Self::Refused(problem),
        }
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(problem) => problem.into(),
            ActionError::RefusedFor(mut problems) if !problems.is_empty() => problems.remove(0).into(),
            // A name that no table can hold names nothing.
            ActionError::Store(StoreError::Invalid { .. }) => Self::NotFound,
            ActionError::Store(
                error @ (StoreError::Busy | StoreError::Conflict { .. } | StoreError::DiskFull),
            ) => Self::Refused(error.problem()),
            other => {
                tracing::error!(error = %other, "a page of the desk failed");
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
        tracing::error!(%error, "a page of the desk could not be written");
        Self::Internal
    }
}
