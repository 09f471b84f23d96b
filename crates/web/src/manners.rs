//! What the pages' owner says of them, and who counts their visits.

use std::{net::IpAddr, time::Duration};

use axum::http::{HeaderMap, Method, StatusCode, header::COOKIE};

use crate::{
    limits::Allowance,
    prepared::{Counts, Mark},
};

/// A page that is answered.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Its path, without parameters.
    pub path: &'a str,
    /// Whose; used to tell visits apart, never stored.
    pub client: IpAddr,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// How it is answered; "not changed" is a view too.
    pub status: StatusCode,
}

/// Counts visits.
pub trait Visits: Send + Sync {
    /// A page is about to be answered. When this returns, the view is on record.
    fn viewed(&self, view: &View<'_>);
    /// The counters of this moment.
    fn counts(&self) -> Counts;
}

/// What the pages' owner says of them.
#[derive(Clone)]
pub struct Manners {
    /// Whether an answer is told to who counts visits: a page that a reader views, and not a feed or a
    /// file. Given the path, and whether the answer is HTML.
    pub is_counted: fn(&str, bool) -> bool,
    /// Whether a request is that of a reviewer or an office: nothing of it is kept.
    pub is_private: fn(&str, &HeaderMap) -> bool,
    /// Which requests are limited, and by how much, though they may be cheap to ask.
    pub limited: fn(&Method, &str) -> Option<Kind>,
    /// What a client reads that asks too much.
    pub too_much: fn(&str) -> (&'static str, String),
    /// Marks of the counters.
    pub marks: &'static [Mark],
}

/// Kinds of requests that have limits of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A search.
    Search,
    /// A form that is sent.
    Form,
    /// A file that is sent.
    Upload,
}

/// Limits per client.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages that are not in the cache.
    pub pages: Allowance,
    /// Searches.
    pub searches: Allowance,
    /// Forms.
    pub forms: Allowance,
    /// Uploads.
    pub uploads: Allowance,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: Allowance { burst: 200, every: Duration::from_millis(50) },
            searches: Allowance { burst: 30, every: Duration::from_secs(1) },
            forms: Allowance { burst: 20, every: Duration::from_secs(6) },
            uploads: Allowance { burst: 40, every: Duration::from_secs(3) },
        }
    }
}

/// Whether a cookie of that name is sent.
#[must_use]
pub fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|cookies| cookies.split(';').any(|c| c.trim().split_once('=').is_some_and(|(n, _)| n == name)))
}
