//! What can go wrong in a use case: a plain sentence for the person, or a fault of the machine.

use std::pin::Pin;

use nhipcau_domain::problem::Problem;
use nhipcau_store::StoreError;

/// A use case under way. Boxed where many call it: a plain `async fn` is compiled anew in each crate
/// that waits for it.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Why a use case did not happen. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// What was asked cannot be: a sentence for the person who asked.
    #[error("{0}")]
    Refused(Problem),
    /// The same, with more than one reason.
    #[error("{} problems", .0.len())]
    RefusedFor(Vec<Problem>),
    /// The database failed, or holds what it should not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document could not be rendered.
    #[error(transparent)]
    Document(#[from] nhipcau_documents::DocumentError),
    /// A value could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A worker thread stopped.
    #[error("a worker stopped before it was done")]
    Worker,
}

impl From<Problem> for ActionError {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

/// The result of a use case.
pub type Result<T> = std::result::Result<T, ActionError>;

/// Attempts at a write that another writer got in the way of.
pub(crate) const ATTEMPTS: u32 = 5;

/// Does a whole write again where another writer was in its way: it stored nothing, and what it
/// decided may have changed. A macro, because the future that an async closure makes is not `Send`,
/// and pages need it to be.
macro_rules! again_if_busy {
    ($write:expr) => {{
        let mut attempt = 1;
        loop {
            match $write.await {
                Err($crate::ActionError::Store(
                    nhipcau_store::StoreError::Conflict { .. } | nhipcau_store::StoreError::Busy,
                )) if attempt < $crate::error::ATTEMPTS => attempt += 1,
                outcome => break outcome,
            }
        }
    }};
}
pub(crate) use again_if_busy;
