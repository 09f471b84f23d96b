//! Fields: links and tables of contents that Word computes.

use std::rc::Rc;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// What it is told to compute.
    pub code: String,
    /// What follows is its result.
    pub result: bool,
}

impl Field {
    /// Where it leads, if it is a link.
    pub(super) fn href(&self) -> Option<Rc<str>> {
        let rest = self.code.trim().strip_prefix("HYPERLINK")?.trim();
        // `\l` names a place inside the document.
        let address = rest.strip_prefix('"')?.split('"').next()?;
        Some(Rc::from(address)).filter(|a: &Rc<str>| !a.is_empty())
    }

    /// Whether its result is a table of contents, or an index.
    pub(super) fn is_contents(&self) -> bool {
        let name = self.code.split_whitespace().next().unwrap_or_default();
        matches!(name, "TOC" | "INDEX" | "TOA")
    }
}
