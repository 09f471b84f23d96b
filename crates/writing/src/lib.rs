//! What an editor writes: Markdown to safe HTML, Word to Markdown, and what changed between two texts.
//!
//! Keeps the Markdown, HTML and Word libraries out of everything else. Everything here is plain
//! and blocking, takes no clock and no store, and returns on any input: the caller runs the
//! converters under `spawn_blocking`.
//!
//! ```text
//! render(markdown, &resolve, lang) -> Rendered      the article's page: HTML, headings, what it uses, problems
//! plain(markdown, &resolve)        -> String        the words alone: search index
//! excerpt(markdown, &resolve, 160) -> String        the beginning, cut at a word: lists, feeds, OpenGraph
//! reading_minutes(words)           -> u32
//! from_word_html(html)             -> Converted     what was pasted from Word, Google Docs, LibreOffice
//! from_docx(bytes, &DocxLimits)    -> Result<Document, Problem>
//! diff(old, new)                   -> Vec<Block>    by paragraph and word
//! ```
//!
//! What the text may say besides Markdown, and what the caller's [`Resolve`] answers:
//!
//! | written | becomes |
//! |---|---|
//! | `{{ members.registered }}`, `{{ members.registered \| percent }}` | a figure's wording, with a link to its explanation ([`Form`] as in `docs/report-template.md`) |
//! | `![words for who cannot see it](tep:ID "caption")` | a picture in all its sizes; alone in its paragraph it becomes a `<figure>` |
//! | `[name](tep:ID)` | an attachment with its type and size |
//!
//! Pictures from elsewhere are not shown (a page makes no request to a third party), HTML is shown as it was
//! typed, headings begin at `h2`. Classes that a stylesheet may count on: `figure` (a bound figure),
//! `figure-protected`, `figure-unknown`, `picture`, `credit`, `attachment`, `attachment-note`, `table-scroll`,
//! `to-end` and `to-center` (cells), `footnotes`, `footnote-ref`, `footnote-backref`, `picture-missing`.

mod diff;
mod docx;
mod labels;
mod markdown;
mod mask;
mod model;
mod render;
mod resolve;
mod spans;
mod table;
mod text;
mod word;

pub use self::{
    diff::{Block, BlockKind, PartKind, diff},
    docx::{Document, DocxLimits, DocxPicture, PICTURE_SCHEME, from_docx},
    render::{FigureUse, Heading, Link, MAX_MARKDOWN_BYTES, Rendered, render},
    resolve::{Attachment, Bound, Form, NothingBound, Picture, Resolve, Source},
    text::{excerpt, plain, reading_minutes},
    word::{Converted, from_word_html},
};
