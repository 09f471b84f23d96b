//! What was pasted from Word, Google Docs or `LibreOffice`, as clean Markdown.
//!
//! Reads html5ever's tokens, not a tree: nothing nests deep, nothing recurses.

mod element;
mod reader;

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};
use nhipcau_domain::problem::{Problem, Severity};

use self::reader::Reader;
use crate::{MAX_MARKDOWN_BYTES, markdown};

/// What is read of a pasted text: Word brings many times what it says.
const MAX_HTML_BYTES: usize = 16 << 20;

/// A pasted text as Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Converted {
    /// Clean Markdown.
    pub markdown: String,
    /// What was left out, and what is worth looking at; all are notices.
    pub problems: Vec<Problem>,
}

/// Reads the HTML that a word processor puts on the clipboard. Returns on any input, in time that
/// grows with its length; beyond 16 MB, or beyond [`MAX_MARKDOWN_BYTES`] of Markdown, it is cut, and
/// that is told.
#[must_use]
pub fn from_word_html(html: &str) -> Converted {
    let mut cut = html.len() > MAX_HTML_BYTES;
    let html = html.get(..html.floor_char_boundary(MAX_HTML_BYTES)).unwrap_or_default();
    // Windows puts its own lines before the HTML.
    let html =
        if html.starts_with("Version:") { html.get(html.find('<').unwrap_or(0)..) } else { Some(html) };
    let queue = BufferQueue::default();
    queue.push_back(html.unwrap_or_default().into());
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let (draft, seen) = tokenizer.sink.0.into_inner().finish();
    let (markdown, too_long) = markdown::write(&draft, MAX_MARKDOWN_BYTES);
    cut |= too_long;
    let mut problems = Vec::new();
    let mut notice = |yes: bool, problem: Problem| {
        if yes {
            problems.push(problem.severity(Severity::Notice));
        }
    };
    notice(seen.pictures > 0, Problem::new("word-pictures-left-out").with("count", seen.pictures));
    notice(seen.merged > 0, Problem::new("word-cells-merged").with("count", seen.merged));
    notice(seen.contents, Problem::new("word-contents-left-out"));
    notice(cut, Problem::new("word-cut"));
    Converted { markdown, problems }
}

/// html5ever hands tokens to a shared reference.
#[derive(Default)]
struct Sink(std::cell::RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reader.text(&text),
            Token::TagToken(tag) => {
                let raw = raw(&tag);
                match tag.kind {
                    TagKind::StartTag => reader.start(&tag),
                    TagKind::EndTag => reader.end(&tag.name),
                }
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose content is no markup.
fn raw(tag: &Tag) -> Option<RawKind> {
    if tag.kind != TagKind::StartTag {
        return None;
    }
    match &*tag.name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}
