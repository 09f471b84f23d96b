//! The keys of the reviewer's rooms, said where they work. The script does what they say.

use askama::Template;

use crate::{failure::Failure, page::Page};

/// The line that says them.
#[derive(Template)]
#[template(path = "review/keys.html")]
struct Keys<'a> {
    page: &'a Page,
    /// Which keys.
    of: &'static str,
    said: String,
}

/// The keys of the queue.
pub(super) fn of_queue(page: &Page) -> Result<String, Failure> {
    let args = [("next", "j"), ("before", "k"), ("tick", "x"), ("open", "Enter"), ("accept", "a")];
    said(page, "queue", "review-keys-list", &args)
}

/// The keys of one return.
pub(super) fn of_one(page: &Page) -> Result<String, Failure> {
    let args = [("accept", "a"), ("back", "r"), ("next", "n"), ("queue", "q")];
    said(page, "one", "review-keys-one", &args)
}

fn said(
    page: &Page,
    of: &'static str,
    id: &str,
    keys: &[(&'static str, &'static str)],
) -> Result<String, Failure> {
    let args: Vec<_> = keys.iter().map(|(name, key)| (*name, (*key).into())).collect();
    Ok(Keys { page, of, said: page.say(id, &args) }.render()?)
}
