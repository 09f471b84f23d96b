//! An edition of a report, as it was frozen; whether it was corrected stands at its top.

use askama::Template;
use nhipcau_domain::Date;

use crate::{page::Page, views::EditionLine};

/// An edition's page.
#[derive(Debug, Clone, Template)]
#[template(path = "edition.html")]
pub struct Edition {
    /// What every page carries.
    pub page: Page,
    /// The report's title.
    pub title: String,
    /// The edition's number.
    pub number: u32,
    /// The day it was frozen.
    pub frozen: Date,
    /// The later edition that corrects it.
    pub corrected_by: Option<EditionLine>,
    /// The earlier edition that it corrects.
    pub corrects: Option<EditionLine>,
    /// Its documents.
    pub downloads: Vec<Download>,
    /// The report's HTML, as it was frozen: rendered and escaped by `nhipcau_documents`.
    pub body: String,
}

/// A file to take away.
#[derive(Debug, Clone)]
pub struct Download {
    /// What it is.
    pub label: String,
    /// Its size, in words.
    pub size: String,
    /// Its address.
    pub href: String,
}
