//! A Word file (.docx) as Markdown with its pictures.

use nhipcau_domain::problem::Problem;

/// Before a picture's number in [`Document::markdown`], until the pictures have identifiers.
pub const PICTURE_SCHEME: &str = "docx-picture:";

/// Bounds on time and memory. Sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocxLimits {
    /// The file as it was sent.
    pub max_file_bytes: u64,
    /// Its parts together, unpacked.
    pub max_unpacked_bytes: u64,
    /// Unpacked size for each packed byte; beyond it the file is a bomb. Small files are exempt.
    pub max_ratio: u64,
    /// Files inside it.
    pub max_parts: usize,
    /// Pictures that are taken over; the rest is left out, and told.
    pub max_pictures: usize,
    /// The Markdown it comes to; the rest is left out, and told.
    pub max_markdown_bytes: usize,
}

impl Default for DocxLimits {
    fn default() -> Self {
        Self {
            max_file_bytes: 32 << 20,
            max_unpacked_bytes: 128 << 20,
            max_ratio: 200,
            max_parts: 2_000,
            max_pictures: 100,
            max_markdown_bytes: crate::MAX_MARKDOWN_BYTES,
        }
    }
}

/// A picture of a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocxPicture {
    /// Its name inside the file: "image1.png". Only quoted: what it is, its bytes say.
    pub name: String,
    /// Its bytes, as they were: give them to `nhipcau_pictures::take`.
    pub bytes: Vec<u8>,
    /// Words for who cannot see it; empty if the file gives none.
    pub alt: String,
}

/// A Word file, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title: of the style Title, or its first heading. It is not in the text again.
    pub title: Option<String>,
    /// Its text. Pictures stand as `![alt](docx-picture:0)`, counted from 0.
    pub markdown: String,
    /// Its pictures, each once.
    pub pictures: Vec<DocxPicture>,
    /// What was left out, and what is worth looking at.
    pub problems: Vec<Problem>,
}

impl Document {
    /// The text with its pictures' identifiers in place; a picture without one is left out.
    #[must_use]
    pub fn markdown_with(&self, ids: &[Option<String>]) -> String {
        let _ = ids;
        self.markdown.clone()
    }
}

/// Reads a .docx.
///
/// # Errors
/// `docx-…`: it is no .docx, it is damaged, encrypted, or larger than the limits.
pub fn from_docx(bytes: &[u8], limits: &DocxLimits) -> Result<Document, Problem> {
    let _ = (bytes, limits);
    Err(Problem::new("docx-not-a-docx"))
}
