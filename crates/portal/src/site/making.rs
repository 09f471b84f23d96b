//! From the records that the public may read to what pages show.

use std::fmt::Write as _;

use nhipcau_actions::press::{self, MediaView, Teaser};
use nhipcau_domain::{Timestamp, press::ContentLang, text};
use nhipcau_messages::Lang;
use nhipcau_store::site::Cover;
use nhipcau_writing::{Attachment, Bound, Form, Picture, Resolve};

use super::{
    frame::{Frame, Identity, NavColumn, NoticeView},
    views::{Card, Link, Moment, PictureView, SourceSet},
};
use crate::{page::Page, routes};

/// The content's language for an interface's.
#[must_use]
pub fn content_lang(lang: Lang) -> ContentLang {
    match lang {
        Lang::Vi => ContentLang::Vi,
        Lang::En => ContentLang::En,
        Lang::Km => ContentLang::Km,
    }
}

/// The interface's language for a content's.
#[must_use]
pub fn interface_lang(lang: ContentLang) -> Lang {
    match lang {
        ContentLang::Vi => Lang::Vi,
        ContentLang::En => Lang::En,
        ContentLang::Km => Lang::Km,
    }
}

/// An instant as machines write it (RFC 3339, UTC, whole seconds).
#[must_use]
pub fn machine(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The frame of every page, in a language, at a time.
#[must_use]
pub fn frame(site: &press::Site, lang: Lang, now: Timestamp, campaign: bool) -> Frame {
    let of = content_lang(lang);
    let s = &site.settings;
    let said = |texts: &nhipcau_domain::press::Texts| texts.get(of).to_owned();
    let time = |at| match lang {
        Lang::En => text::date_time_en(at),
        Lang::Vi | Lang::Km => text::date_time(at),
    };
    let mut columns = Vec::with_capacity(site.columns.len());
    let mut hidden_at = None;
    for column in &site.columns {
        // What is under a hidden column is hidden with it.
        match hidden_at {
            Some(depth) if column.depth > depth => continue,
            _ => hidden_at = column.hidden.then_some(column.depth),
        }
        if column.hidden {
            continue;
        }
        columns.push(NavColumn {
            id: column.id.to_string(),
            name: said(&column.names),
            slug: column.slug.clone(),
            description: said(&column.description),
            depth: usize::try_from(column.depth).unwrap_or(0),
        });
    }
    let notices: Vec<_> = site.notices_at(now).collect();
    Frame {
        authority: said(&s.name),
        motto: said(&s.motto),
        columns,
        identity: Identity {
            managing: said(&s.managing_body),
            parent: said(&s.parent_body),
            address: said(&s.address),
            email: s.email.clone(),
            phone: s.phone.clone(),
            responsible: said(&s.responsible),
            licence: said(&s.licence),
        },
        until: notices.iter().map(|n| n.until).min(),
        notices: notices
            .iter()
            .map(|n| NoticeView { text: said(&n.text), from: time(n.from), until: time(n.until) })
            .collect(),
        campaign,
        map: false,
    }
}

/// An article in a list.
#[must_use]
pub fn card(page: &Page, teaser: &Teaser) -> Card {
    let here = content_lang(page.lang);
    Card {
        title: teaser.title.clone(),
        href: page.to(&teaser.href, &[]),
        lang: (teaser.lang != here).then(|| teaser.lang.as_str()),
        lead: teaser.lead.clone(),
        picture: teaser.cover.as_ref().and_then(|(cover, view)| picture(cover, view)),
        column: teaser
            .column
            .as_ref()
            .map(|c| Link { name: c.names.get(here).to_owned(), href: page.to(&c.href(), &[]) }),
        day: page.date(&text::local_day(teaser.published_at)),
        machine_day: machine(teaser.published_at),
    }
}

/// Several of them.
#[must_use]
pub fn cards(page: &Page, teasers: &[Teaser]) -> Vec<Card> {
    teasers.iter().map(|t| card(page, t)).collect()
}

/// A moment in the reader's words.
#[must_use]
pub fn moment(page: &Page, at: Timestamp) -> Moment {
    Moment { words: page.time(at), machine: machine(at) }
}

/// How wide a picture is that is asked for where nothing is known of the screen.
const USUAL: u32 = 960;

/// A cover in all its sizes; none where it has none.
#[must_use]
pub fn picture(cover: &Cover, view: &MediaView) -> Option<PictureView> {
    let formats = ["image/avif", "image/webp"];
    let of = |media_type: &str| {
        let mut found: Vec<_> = view.renditions.iter().filter(|r| r.media_type == media_type).collect();
        found.sort_by_key(|r| r.width);
        found
    };
    let srcset = |renditions: &[&nhipcau_store::site::Rendition]| {
        renditions.iter().enumerate().fold(String::new(), |mut set, (i, r)| {
            let _ = write!(
                set,
                "{}{} {}w",
                if i == 0 { "" } else { ", " },
                press::media_href(r.media, &r.name),
                r.width
            );
            set
        })
    };
    // What every browser reads; where there is no such format, the best of the others.
    let plain = view.renditions.iter().map(|r| r.media_type.as_str()).find(|t| !formats.contains(t));
    let plain = plain.or_else(|| view.renditions.first().map(|r| r.media_type.as_str()))?;
    let all = of(plain);
    let usual = all.iter().copied().min_by_key(|r| r.width.abs_diff(USUAL))?;
    let widest = all.last()?;
    let sources = formats.iter().filter(|f| **f != plain).map(|f| (f, of(f))).filter(|(_, r)| !r.is_empty());
    let either = |own: &str, general: &str| if own.is_empty() { general.to_owned() } else { own.to_owned() };
    let fifth = |per_mille: u32| per_mille.min(1000).saturating_add(125) / 250;
    Some(PictureView {
        sources: sources
            .map(|(f, r)| SourceSet { media_type: (*f).to_owned(), srcset: srcset(&r) })
            .collect(),
        src: press::media_href(usual.media, &usual.name),
        srcset: srcset(&all),
        width: view.media.width,
        height: view.media.height,
        alt: either(&cover.alt, &view.media.alt),
        caption: either(&cover.caption, &view.media.caption),
        credit: either(&cover.credit, &view.media.credit),
        focus: format!("fx{} fy{}", fifth(cover.focus_x), fifth(cover.focus_y)),
        media_type: usual.media_type.clone(),
        size: usual.size,
        widest: (press::media_href(widest.media, &widest.name), widest.width, widest.height),
    })
}

/// What a text refers to, with links that carry language and reading aids on.
pub struct InPage {
    /// What it refers to.
    pub resolved: press::Resolved,
    /// The page that it stands on.
    pub page: Page,
}

impl Resolve for InPage {
    fn figure(&self, key: &str, form: Form) -> Option<Bound> {
        let mut bound = self.resolved.figure(key, form)?;
        if !bound.href.is_empty() {
            bound.href = routes::and(&bound.href, &self.page.carried());
        }
        Some(bound)
    }

    fn picture(&self, id: &str) -> Option<Picture> {
        self.resolved.picture(id)
    }

    fn attachment(&self, id: &str) -> Option<Attachment> {
        self.resolved.attachment(id)
    }
}

/// The alternates of an address that is there in every language.
#[must_use]
pub fn every_language(base: &str, path: &str) -> Vec<(&'static str, String)> {
    let one = |lang: Lang| (lang.code(), format!("{base}{}", in_language(path, lang)));
    let all = Lang::OF_PAGES.into_iter().map(one);
    all.chain([("x-default", format!("{base}{path}"))]).collect()
}

/// An address in a language.
#[must_use]
pub fn in_language(path: &str, lang: Lang) -> String {
    routes::and(path, &[(routes::LANG, (lang != Lang::default()).then(|| lang.code()))])
}
