//! What word processors write, before it is Markdown.
