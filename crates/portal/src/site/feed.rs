//! The feeds that a page announces.

use super::head::Feed;
use crate::{page::Page, routes};

const RSS: &str = "application/rss+xml";
const ATOM: &str = "application/atom+xml";

/// Those of the whole site.
#[must_use]
pub fn of_site(page: &Page) -> Vec<Feed> {
    let title = page.say1("site-feed-of", "name", page.authority());
    let feed = |media_type, path| Feed { media_type, title: title.clone(), href: page.spoken_in(path) };
    vec![feed(RSS, routes::RSS), feed(ATOM, routes::ATOM), feed("application/feed+json", routes::JSON_FEED)]
}

/// Those of a column.
#[must_use]
pub fn of_column(page: &Page, slug: &str, name: &str) -> Vec<Feed> {
    let title = page.say1("site-feed-of", "name", name);
    let feed = |media_type, file: &str| Feed {
        media_type,
        title: title.clone(),
        href: page.spoken_in(&format!("{}/{file}", routes::column(slug))),
    };
    vec![feed(RSS, "rss.xml"), feed(ATOM, "atom.xml")]
}
