//! Why a page cannot be shown. The page that says so is made where language and navigation are known.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use nhipcau_domain::problem::Problem;

/// Why a page cannot be shown.
#[derive(Debug, Clone)]
pub enum Failure {
    /// There is no such page, unit, figure, return or edition.
    NotFound,
    /// What was asked cannot be: a sentence for the reader.
    Refused(Problem),
    /// Our fault; the detail is in the log, never on the page.
    Internal,
}

impl Failure {
    /// Its HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Without a body: [`crate::dress`] writes the page in the reader's language.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
