//! Whether a hit counts: what can be told from the request alone, then from how its visitor stands.

use std::net::IpAddr;

use crate::{
    Answer, Device, Hit, Method, Reason, Recorded,
    agents::Class,
    counters::{Counters, page},
    keys::{self, Numbers},
    options::Asked,
    record::{Reader, Visitor, What},
    visitors::Standing,
    words,
};

/// What the request alone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    LeftOut(Reason),
    /// Only a robot reads robots.txt.
    RobotsFile,
    /// Counted without a visitor.
    Unfollowed,
    Followed,
}

pub(crate) fn judge(hit: &Hit<'_>, class: &Class, asked: Asked) -> Judged {
    if let Some(robot) = class.robot {
        return Judged::LeftOut(robot);
    }
    if hit.method != Method::Get {
        return Judged::LeftOut(Reason::Method);
    }
    match hit.answer {
        Answer::Missing => return Judged::LeftOut(Reason::Missing),
        Answer::Redirect => return Judged::LeftOut(Reason::Redirect),
        Answer::Failed => return Judged::LeftOut(Reason::Failed),
        Answer::Page | Answer::NotModified => {}
    }
    if hit.purpose.is_some_and(in_advance) {
        return Judged::LeftOut(Reason::Prefetch);
    }
    match asked {
        Asked::ViewOnly if hit.dnt || hit.gpc => Judged::Unfollowed,
        Asked::LeaveOut if hit.dnt || hit.gpc => Judged::LeftOut(Reason::AskedNot),
        _ if hit.path == "/robots.txt" => Judged::RobotsFile,
        _ => Judged::Followed,
    }
}

/// `Sec-Purpose: prefetch;prerender`, `Purpose: prefetch`, `X-Purpose: preview`, `X-Moz: prefetch`.
fn in_advance(purpose: &str) -> bool {
    let lower = purpose.to_ascii_lowercase();
    ["prefetch", "prerender", "preview"].iter().any(|p| lower.contains(p))
}

/// What is kept of the request's words.
pub(crate) struct Words<'a> {
    path: &'a str,
    referrer: Option<String>,
    language: Option<String>,
}

impl<'a> Words<'a> {
    pub fn of(hit: &Hit<'a>, judged: Judged) -> Self {
        let followed = judged == Judged::Followed;
        Self {
            path: if hit.known { words::path(hit.path).unwrap_or_default() } else { "" },
            referrer: hit.referrer.filter(|_| followed).and_then(|r| words::referrer(r, hit.host)),
            language: hit.language.filter(|_| followed).and_then(words::language),
        }
    }
}

/// By what else it is decided.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bys {
    pub device: Device,
    pub changes_a_minute: u16,
    pub address: IpAddr,
}

/// Decides, with the table of open visits, what is recorded and what the site is told.
pub(crate) fn decide<'a>(
    counters: &mut Counters,
    judged: Judged,
    numbers: Option<Numbers>,
    words: &'a Words<'a>,
    by: Bys,
) -> (What<'a>, Recorded) {
    let path = words.path;
    let left_out = |reason, machine| (What::LeftOut { reason, machine }, Recorded::LeftOut(reason));
    let (reason, numbers) = match (judged, numbers) {
        (Judged::LeftOut(reason), _) => return left_out(reason, None),
        (Judged::Unfollowed, _) | (_, None) => {
            return (What::View { path, reader: Reader::Unfollowed }, Recorded::View);
        }
        (Judged::RobotsFile, Some(numbers)) => (Some(Reason::RobotsFile), numbers),
        (Judged::Followed, Some(numbers)) => (None, numbers),
    };
    let known = counters.visitors.known_as(numbers.now, numbers.before);
    let visitor = Visitor { number: numbers.now, before: known.filter(|n| *n != numbers.now) };
    let alone = !keys::shared(by.address);
    if let Some(reason) = reason {
        return left_out(reason, alone.then_some(visitor));
    }
    match counters.visitors.standing(known.unwrap_or(numbers.now), page(path)) {
        Standing::Robot => left_out(Reason::TooFast, Some(visitor)),
        Standing::Open { changes } if alone && changes > by.changes_a_minute => {
            left_out(Reason::TooFast, Some(visitor))
        }
        Standing::Open { .. } => (What::View { path, reader: Reader::Open(visitor) }, Recorded::View),
        Standing::NoRoom => (What::View { path, reader: Reader::Untracked }, Recorded::View),
        Standing::New => {
            let reader = Reader::Arrives {
                visitor: numbers.now,
                device: by.device,
                referrer: words.referrer.as_deref().unwrap_or_default(),
                language: words.language.as_deref().unwrap_or_default(),
            };
            (What::View { path, reader }, Recorded::Visit)
        }
    }
}
