//! From a report's template to what an office signs: PDF, DOCX, HTML, the evidence annex and charts.
//!
//! Read in the order in which a report travels: [`template`] (prose whose numbers are bound, never
//! typed), [`mod@bind`] (figures come in through a trait of the caller's), [`model`] (the neutral
//! document that an edition keeps), then the formats: [`mod@pdf`], [`mod@docx`], [`mod@html`], [`mod@annex`], with
//! [`chart`] serving all of them. Pure: no database, no clock, no system fonts; the same document
//! gives the same bytes. Which numbers may be shown is decided before they come here.

pub mod annex;
pub mod bind;
pub mod chart;
pub mod docx;
mod escape;
mod fonts;
pub mod front;
pub mod grid;
pub mod html;
pub mod model;
pub mod pdf;
pub mod speech;
mod tables;
pub mod template;

pub use annex::annex;
pub use bind::{Binder, bind};
pub use docx::docx;
pub use html::html;
pub use model::Document;
pub use pdf::pdf;
pub use speech::Speech;
pub use template::Template;

/// A document could not be written. None of these is the reader's fault: a test should have met it.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Typst refused the document.
    #[error("typst: {0}")]
    Typst(String),
    /// The Word package could not be written.
    #[error("docx: {0}")]
    Docx(String),
    /// The workbook could not be written.
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A chart could not be drawn.
    #[error("chart: {0}")]
    Chart(String),
    /// The document could not be handed to the layout.
    #[error("data: {0}")]
    Data(#[from] serde_json::Error),
}
