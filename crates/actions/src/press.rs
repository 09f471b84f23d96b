//! The site's content: what editors do with it, and what the public reads of it.
//!
//! **For the public** (`read`, `site`, `preview`, `voices`; nobody acts, nothing is given out that is not out):
//! [`site`], [`front`], [`column_page`], [`article`], [`static_page`], [`feed`], [`sitemap_entries`], [`media`],
//! [`redirect`], [`preview`], [`preview_media`], [`give_feedback`], [`rate`]. A page's body is
//! `nhipcau_writing::render(&page.content.body, &page.resolved.saying(note), lang)`.
//! [`Workspace::changed`](crate::Workspace::changed) says when a cached page is stale, and
//! [`Store::change_peek`](nhipcau_store::Store::change_peek) whether another process has written.
//!
//! **For editors** (each takes the [`Acting`](nhipcau_domain::office::Acting) office; `holder` is the name of who
//! holds it, for the record): writing ([`create_article`], [`autosave`], [`revise`], [`restore_revision`],
//! [`lock`], [`unlock`], [`resolve`] for a live preview), the life of an article ([`act`], [`set_expiry`],
//! [`place_article`], [`set_slug`], [`move_article`]), looking ([`desk_article`], [`desk_revision`], [`desk_find`], [`attention`],
//! [`calendar`], [`needs_translation`], [`changed_figures`], [`preview_link`]), media ([`add_picture`],
//! [`add_attachment`], [`bring_in`], [`describe_media`], [`media_library`], [`desk_media`]; [`from_word`]).
//!
//! **For administrators**: [`columns`], [`add_column`], [`change_column`], [`desk_settings`], [`save_settings`],
//! [`add_notice`], [`end_notice`], [`load_redirects`], [`redirects`], [`remove_redirect`], [`events`],
//! [`feedback`], [`handle_feedback`], [`ratings`]. At the machine: [`settings`], [`import_redirects`].
//!
//! **For the program**: [`run_due`] at [`next_due`], [`forget`] once a day.
//!
//! A figure in an article is bound when the article goes out: as the report's frozen edition says it to the
//! public, else as it stands. The article is a record and says it so until it is published again;
//! [`changed_figures`] tells its editors that it is said otherwise by now.

mod bind;
mod check;
mod desk;
mod draft;
mod finding;
mod held;
mod incoming;
mod life;
mod marking;
mod media;
mod preview;
mod read;
mod redirects;
mod resolve;
mod setup;
mod site;
mod sniff;
mod teaser;
mod voices;
mod word;

pub(crate) use self::{
    bind::Live, check::verify_site, draft::create_in, media::check as check_attachment, resolve::shown_media,
    site::site_in, teaser::views,
};
pub use self::{
    bind::{ChangedFigure, ChangedFigures, changed_figures},
    desk::{
        Attention, CalendarEntry, DESK_PAGE, DeskArticle, Happening, NeedsTranslation, attention, calendar,
        desk_article, desk_revision, has_unsaved, needs_translation,
    },
    draft::{
        LEAD_MAX, NewArticle, TITLE_MAX, autosave, create_article, discard_autosave, restore_revision, revise,
    },
    finding::{DeskList, desk_find},
    held::{Locked, lock, move_article, place_article, set_slug, unlock},
    incoming::{Sent, bring_in, is_picture, take_picture, write_anew},
    life::{Doing, Due, act, next_due, run_due, set_expiry},
    marking::marked_secret,
    media::{
        ATTACHMENT_MAX, NewPicture, add_attachment, add_picture, describe_media, desk_media, media_library,
    },
    preview::{PREVIEW_HOURS_MAX, Preview, PreviewLink, preview, preview_link, preview_media, resolve},
    read::{
        ArticlePage, ColumnPage, Found, Front, Gone, PAGE_SIZE, SitemapEntry, Translation, article,
        column_page, feed, front, media, redirect, sitemap_entries, static_page,
    },
    redirects::{Imported, import_redirects, load_redirects, redirects, remove_redirect},
    resolve::{Resolved, media_href},
    setup::{
        add_column, add_notice, change_column, columns, desk_settings, end_notice, events, save_settings,
        settings,
    },
    site::{Abbreviation, ColumnView, PageLink, Settings, Site, site},
    teaser::{MediaView, Teaser},
    voices::{MESSAGE_MAX, feedback, forget, give_feedback, handle_feedback, rate, ratings},
    word::{FromWord, from_word},
};
