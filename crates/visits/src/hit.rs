//! What the site says of a request, and what becomes of it.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The request's method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// GET: a person may be reading.
    #[default]
    Get,
    /// HEAD: nobody reads.
    Head,
    /// Anything else.
    Other,
}

/// What the site answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// A page (200).
    #[default]
    Page,
    /// "Not modified" (304): the reader sees the page, so it is a view.
    NotModified,
    /// A redirect (3xx): the page that it leads to is counted instead.
    Redirect,
    /// There is no such page (404, 410).
    Missing,
    /// Refused or failed (other 4xx, 5xx).
    Failed,
}

impl Answer {
    /// The answer of an HTTP status code.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            304 => Self::NotModified,
            200..300 => Self::Page,
            300..400 => Self::Redirect,
            404 | 410 => Self::Missing,
            _ => Self::Failed,
        }
    }
}

/// One request, as the site saw it. The address is used for a keyed hash and is never stored.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// The path; anything from `?` or `#` on is dropped.
    pub path: &'a str,
    /// Whether the path is a page of the site: only then it has a count of its own.
    pub known: bool,
    /// `Referer`: only the host of another site is kept.
    pub referrer: Option<&'a str>,
    /// `User-Agent`.
    pub user_agent: Option<&'a str>,
    /// The reader's address (behind a trusted proxy, the forwarded one).
    pub address: IpAddr,
    /// `Accept-Language`: only the first language is kept.
    pub language: Option<&'a str>,
    /// The site's own host, so that its own pages are not referrers.
    pub host: &'a str,
    /// The method.
    pub method: Method,
    /// What the site answered.
    pub answer: Answer,
    /// `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz`, whichever was sent.
    pub purpose: Option<&'a str>,
    /// `DNT: 1`.
    pub dnt: bool,
    /// `Sec-GPC: 1`.
    pub gpc: bool,
}

impl<'a> Hit<'a> {
    /// A GET of a known page that was answered; set the other fields as the request has them.
    #[must_use]
    pub fn of(path: &'a str, address: IpAddr, user_agent: Option<&'a str>) -> Self {
        Self {
            path,
            known: true,
            referrer: None,
            user_agent,
            address,
            language: None,
            host: "",
            method: Method::Get,
            answer: Answer::Page,
            purpose: None,
            dnt: false,
            gpc: false,
        }
    }
}

/// What became of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// Counted; a new visit began with it.
    Visit,
    /// Counted; within an open visit, or of a reader who is not followed.
    View,
    /// Left out of visits and views, and counted under its reason.
    LeftOut(Reason),
    /// The log could not be written (full disk): not counted; it is in [`crate::Gap`]. The page goes on.
    NotWritten,
}

/// Why a hit is left out of visits and views. The numbers are those of the file formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Reason {
    /// A search engine's crawler.
    SearchEngine = 0,
    /// A preview of a link in a social or messaging application.
    LinkPreview = 1,
    /// A crawler that gathers text for language models.
    Ai = 2,
    /// A tool or programming library, load generators too.
    Tool = 3,
    /// Watches whether the site is up.
    Monitor = 4,
    /// Another robot.
    Robot = 5,
    /// No user agent at all, or one without content.
    NoUserAgent = 6,
    /// Fetched in advance by a browser; perhaps nobody reads it.
    Prefetch = 7,
    /// HEAD or another method that nobody reads by.
    Method = 8,
    /// There is no such page.
    Missing = 9,
    /// A redirect.
    Redirect = 10,
    /// Refused or failed.
    Failed = 11,
    /// Asked not to be tracked, where the policy is to leave out.
    AskedNot = 12,
    /// Opened more different pages a minute than a person does.
    TooFast = 13,
    /// Read robots.txt, as only robots do.
    RobotsFile = 14,
    /// In an imported log: a picture, style sheet or other part of a page.
    PartOfPage = 15,
}

impl Reason {
    /// Every reason, in the order of the file formats.
    pub const ALL: [Self; 16] = [
        Self::SearchEngine,
        Self::LinkPreview,
        Self::Ai,
        Self::Tool,
        Self::Monitor,
        Self::Robot,
        Self::NoUserAgent,
        Self::Prefetch,
        Self::Method,
        Self::Missing,
        Self::Redirect,
        Self::Failed,
        Self::AskedNot,
        Self::TooFast,
        Self::RobotsFile,
        Self::PartOfPage,
    ];

    /// The message's name in `locales/*/visits.ftl`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::SearchEngine => "visits-left-out-search-engine",
            Self::LinkPreview => "visits-left-out-link-preview",
            Self::Ai => "visits-left-out-ai",
            Self::Tool => "visits-left-out-tool",
            Self::Monitor => "visits-left-out-monitor",
            Self::Robot => "visits-left-out-robot",
            Self::NoUserAgent => "visits-left-out-no-user-agent",
            Self::Prefetch => "visits-left-out-prefetch",
            Self::Method => "visits-left-out-method",
            Self::Missing => "visits-left-out-missing",
            Self::Redirect => "visits-left-out-redirect",
            Self::Failed => "visits-left-out-failed",
            Self::AskedNot => "visits-left-out-asked-not",
            Self::TooFast => "visits-left-out-too-fast",
            Self::RobotsFile => "visits-left-out-robots-file",
            Self::PartOfPage => "visits-left-out-part-of-page",
        }
    }
}

/// The class of a device, from its user agent. An iPad that calls itself a Macintosh counts as a desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Device {
    /// A telephone.
    Phone = 0,
    /// A tablet.
    Tablet = 1,
    /// A desktop or portable computer.
    Desktop = 2,
    /// None of these can be told.
    Unknown = 3,
}

impl Device {
    /// Every class, in the order of the file formats.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Tablet, Self::Desktop, Self::Unknown];

    /// The message's name in `locales/*/visits.ftl`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Phone => "visits-device-phone",
            Self::Tablet => "visits-device-tablet",
            Self::Desktop => "visits-device-desktop",
            Self::Unknown => "visits-device-unknown",
        }
    }
}
