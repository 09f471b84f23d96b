//! Whether a page is HTML without a mistake: every tag closed where it was opened, every id once.

use std::{cell::RefCell, collections::BTreeSet};

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, EndTag, ParseError, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
        TokenizerOpts, states::RawKind,
    },
};

const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "rect", "source", "path"];

#[derive(Default)]
struct Checked {
    open: RefCell<Vec<String>>,
    ids: RefCell<BTreeSet<String>>,
    wrong: RefCell<Vec<String>>,
}

impl TokenSink for Checked {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let wrong = |what: String| self.wrong.borrow_mut().push(format!("line {line}: {what}"));
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                for attribute in &tag.attrs {
                    if &*attribute.name.local == "id"
                        && !self.ids.borrow_mut().insert(attribute.value.to_string())
                    {
                        wrong(format!("id {} stands twice", attribute.value));
                    }
                }
                let name = tag.name.to_string();
                let parent = self.open.borrow().last().cloned().unwrap_or_default();
                if parent == "p"
                    && matches!(name.as_str(), "p" | "div" | "ul" | "table" | "section" | "h2" | "figure")
                {
                    wrong(format!("<{name}> in <p>"));
                }
                if matches!(parent.as_str(), "ul" | "ol") && name != "li" {
                    wrong(format!("<{name}> in <{parent}>"));
                }
                let raw = matches!(name.as_str(), "script");
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    self.open.borrow_mut().push(name);
                }
                if raw {
                    return TokenSinkResult::RawData(RawKind::ScriptData);
                }
            }
            TagToken(tag) if tag.kind == EndTag => {
                let open = self.open.borrow_mut().pop();
                if open.as_deref() != Some(&*tag.name) {
                    wrong(format!("</{}> closes {open:?}", tag.name));
                }
            }
            ParseError(error) => wrong(error.to_string()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What is wrong with a page; nothing.
pub(crate) fn mistakes(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer =
        Tokenizer::new(Checked::default(), TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() });
    // A script's end makes the tokenizer pause.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut wrong = tokenizer.sink.wrong.take();
    wrong.extend(tokenizer.sink.open.take().into_iter().map(|name| format!("<{name}> stays open")));
    wrong
}

#[test]
fn mistakes_are_found() {
    assert_eq!(mistakes("<!DOCTYPE html><html><p>a<br></p></html>"), [] as [&str; 0]);
    assert_eq!(mistakes("<b><i></b></i>").len(), 2);
    assert_eq!(mistakes("<p id=\"a\"></p><p id=\"a\"></p>").len(), 1);
    assert_eq!(mistakes("<ul><p></p></ul><div>").len(), 2);
}
