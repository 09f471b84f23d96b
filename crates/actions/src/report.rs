//! Reports: draft → approved → frozen edition → handed over to the site; a correction opens the next one.
//!
//! An edition pins its figures, definitions, tree and the revisions that it rests on, and keeps the
//! bytes of its documents with their hashes. Nothing in the bytes is random or read from a clock
//! that is not the edition's own, so the same inputs give the same bytes on either database.

mod annex;
mod binder;
mod build;
pub mod comments;
pub mod desk;
mod edition;
mod handover;
mod hands;
mod lifecycle;
pub mod passages;
mod public;
mod render;

use nhipcau_domain::{Date, definitions::Definitions, id::PeriodId, problem::Problem};

pub use nhipcau_documents::annex as evidence;

pub use self::{
    build::{Body, Build},
    edition::{Edition, edition, editions, open_next, verify_editions},
    handover::{columns, hand_over_by, publish},
    lifecycle::{approve, approve_despite, attach, draft, freeze},
    public::{OutEdition, out, out_edition},
    render::{FORMATS, Rendered, page, page_pieces, render},
};

/// Which report, for which period, as of which day.
#[derive(Debug, Clone)]
pub struct Request {
    /// The template's name.
    pub report: String,
    /// For which period.
    pub period: PeriodId,
    /// Under which tree.
    pub tree: crate::basis::TreeDay,
    /// The day that stands on the document.
    pub date: Date,
    /// Number and symbol, where one was given.
    pub number: Option<String>,
}

/// What a template's author should look at: figures that do not exist, and numbers that are typed
/// where a figure belongs.
#[must_use]
pub fn check_templates(definitions: &Definitions) -> Vec<Problem> {
    let known: Vec<&str> = definitions.indicators.iter().map(|i| i.id.as_str()).collect();
    let mut problems = Vec::new();
    for (name, source) in &definitions.reports {
        let file = format!("{name}.md");
        let found = match nhipcau_documents::Template::parse(source) {
            Ok(template) => nhipcau_documents::template::check(&template, &known),
            Err(found) => found,
        };
        problems.extend(found.into_iter().map(|p| p.in_file(&file)));
    }
    problems
}
