//! What is said when a page cannot be shown, with ways back.

use askama::Template;

use crate::page::Page;

/// The page of an error.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What every page carries.
    pub page: Page,
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What that means, and what to do.
    pub sentence: String,
}
