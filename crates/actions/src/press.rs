//! The site's content: what editors do with it, and what the public reads of it.
//!
//! **For the public** (`read`, `site`; nobody acts, nothing is given out that is not out):
//! [`site`], [`front`], [`column_page`], [`article`], [`static_page`], [`feed`], [`sitemap_entries`], [`media`],
//! [`redirect`]. A page's body is `nhipcau_writing::render(&page.content.body, &page.resolved.saying(note), lang)`.
//! [`Workspace::changed`](crate::Workspace::changed) says when a cached page is stale, and
//! [`Store::change_peek`](nhipcau_store::Store::change_peek) whether another process has written.

mod read;
mod resolve;
mod site;

pub use self::{
    read::{
        ArticlePage, ColumnPage, Found, Front, Gone, MediaView, PAGE_SIZE, SitemapEntry, Teaser, Translation,
        article, column_page, feed, front, media, redirect, sitemap_entries, static_page,
    },
    resolve::{Resolved, media_href},
    site::{Abbreviation, ColumnView, PageLink, Settings, Site, site},
};
