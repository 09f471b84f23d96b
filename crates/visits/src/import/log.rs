//! A whole access log: read line by line, counted by the same rules as a running site.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read},
};

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::line::{self, BadLine, Line};
use crate::{
    Answer, Hit, Method, Options, Reason, VisitsError,
    agents::Agents,
    clock::{Day, day_of, timestamp},
    counters::Counters,
    error::at,
    judge::{self, Judged, Words},
    keys::{Keys, Random},
    record::{Reader, Record, What},
    tally::{Detail, Sums},
};

/// How an access log is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The old site's own host, so that its pages are not counted as referrers.
    pub host: String,
    /// Count also what overlaps another import in time: the log is of a second server of the same site.
    pub overlap: bool,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The same file was imported before: nothing was changed.
    pub already: bool,
    /// Lines in all, empty ones left.
    pub lines: u64,
    /// Visits that were added.
    pub visits: u64,
    /// Views that were added.
    pub views: u64,
    /// Lines that are no views, by reason.
    pub left_out: BTreeMap<Reason, u64>,
    /// Lines from the first hit on that this site counted itself.
    pub counted_here: u64,
    /// Lines on or before the last day of a total that was carried over: they are in that total.
    pub in_total: u64,
    /// Lines that could not be read, by reason.
    pub bad: BTreeMap<BadLine, u64>,
    /// The first hundred of them.
    pub problems: Vec<LineProblem>,
    /// Lines more than half an hour earlier than one before them: the log is not in order of time, and its
    /// number of visits is too high.
    pub out_of_order: u64,
    /// The first view.
    pub from: Option<Timestamp>,
    /// The last view.
    pub to: Option<Timestamp>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineProblem {
    /// Its number, from 1.
    pub line: u64,
    /// Why.
    pub why: BadLine,
}

/// The result of reading, before it is counted.
pub(crate) struct Gathered {
    pub report: ImportReport,
    pub days: BTreeMap<Day, (Sums, Detail)>,
    pub hash: String,
    pub from: i64,
    pub to: i64,
}

/// Longest line, in bytes; problems that are listed.
const LINE: u64 = 64 << 10;
const LISTED: usize = 100;
/// Paths with a count of their own per day: of an old log it is not known which are pages.
const PATHS: usize = 2_000;
const HALF_HOUR: i64 = 30 * 60_000;

/// Parts of a page, by the end of their path.
const PARTS: [&str; 27] = [
    "css",
    "js",
    "mjs",
    "map",
    "json",
    "xml",
    "txt",
    "ico",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "webp",
    "avif",
    "svg",
    "bmp",
    "woff",
    "woff2",
    "ttf",
    "eot",
    "mp3",
    "mp4",
    "webm",
    "swf",
    "axd",
    "ashx",
    "webmanifest",
];

/// What is counted already: from a moment on here, up to a day in a carried-over total.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    pub here: Option<i64>,
    pub in_total: Option<Day>,
}

/// Reads a log and counts it apart from everything else.
struct Gatherer<'a> {
    options: &'a ImportOptions,
    bounds: Options,
    counted: Counted,
    agents: Agents,
    keys: Keys,
    counters: Counters,
    report: ImportReport,
    /// The time up to which the log was read.
    reached: i64,
    views: Option<(i64, i64)>,
}

pub(crate) fn gather(
    mut reader: impl BufRead,
    options: &ImportOptions,
    bounds: &Options,
    counted: Counted,
    random: &Random,
) -> Result<Gathered, VisitsError> {
    let bounds = Options { paths_a_day: bounds.paths_a_day.min(PATHS), ..bounds.clone() };
    let mut gatherer = Gatherer {
        options,
        counted,
        agents: Agents::new(&bounds.more_robots),
        keys: Keys::passing(random),
        counters: Counters::new("".as_ref(), &bounds),
        bounds,
        report: ImportReport::default(),
        reached: i64::MIN,
        views: None,
    };
    let (mut hash, mut buffer, mut number) = (Sha256::new(), Vec::new(), 0);
    while let Some(whole) = next_line(&mut reader, &mut buffer, &mut hash)? {
        number += 1;
        let text = String::from_utf8_lossy(&buffer);
        if !text.trim().is_empty() || !whole {
            let line = if whole { line::parse(&text) } else { Err(BadLine::TooLong) };
            gatherer.line(number, line);
        }
    }
    let Gatherer { counters, mut report, views, .. } = gatherer;
    report.from = views.map(|(from, _)| timestamp(from));
    report.to = views.map(|(_, to)| timestamp(to));
    for sums in counters.days.values() {
        report.visits += sums.visits;
        report.views += sums.views;
        for (reason, n) in Reason::ALL.iter().zip(&sums.left_out).filter(|(_, n)| **n > 0) {
            *report.left_out.entry(*reason).or_default() += n;
        }
    }
    let mut hot = counters.hot;
    let days =
        counters.days.into_iter().map(|(day, sums)| (day, (sums, hot.remove(&day).unwrap_or_default())));
    let hash = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let (from, to) = views.unwrap_or_default();
    Ok(Gathered { report, days: days.collect(), hash, from, to })
}

/// Reads a line into the buffer; says whether it is whole. `None` at the end.
fn next_line(
    reader: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    hash: &mut Sha256,
) -> Result<Option<bool>, VisitsError> {
    let mut whole = true;
    loop {
        buffer.clear();
        let read = reader.by_ref().take(LINE).read_until(b'\n', buffer).map_err(at("access log"))?;
        hash.update(&*buffer);
        if read == 0 {
            return Ok((!whole).then_some(false));
        }
        if buffer.ends_with(b"\n") || (read as u64) < LINE {
            return Ok(Some(whole));
        }
        whole = false;
    }
}

impl Gatherer<'_> {
    fn line(&mut self, number: u64, line: Result<Line<'_>, BadLine>) {
        self.report.lines += 1;
        match line {
            Ok(line) if self.counted.here.is_some_and(|here| line.at >= here) => {
                self.report.counted_here += 1;
            }
            Ok(line) if self.counted.in_total.is_some_and(|day| day_of(line.at) <= day) => {
                self.report.in_total += 1;
            }
            Ok(line) => self.count(&line),
            Err(why) => {
                *self.report.bad.entry(why).or_default() += 1;
                if self.report.problems.len() < LISTED {
                    self.report.problems.push(LineProblem { line: number, why });
                }
            }
        }
    }

    fn count(&mut self, line: &Line<'_>) {
        // A server writes a line when its answer ends, so lines of slow answers come late.
        let at = if line.at < self.reached.saturating_sub(HALF_HOUR) {
            self.report.out_of_order += 1;
            line.at
        } else {
            line.at.max(self.reached)
        };
        self.reached = at;
        let some = |text| Some(text).filter(|t| *t != "-");
        let hit = Hit {
            referrer: some(line.referrer),
            host: &self.options.host,
            method: match line.method {
                "GET" => Method::Get,
                "HEAD" => Method::Head,
                _ => Method::Other,
            },
            answer: Answer::of_status(line.status),
            ..Hit::of(line.path, line.address, some(line.agent))
        };
        let class = self.agents.class(hit.user_agent);
        let judged = match judge::judge(&hit, &class, self.bounds.asked) {
            Judged::Followed if is_part(line.path) => Judged::LeftOut(Reason::PartOfPage),
            judged => judged,
        };
        let numbers = self.keys.numbers(line.address, &class.digest);
        let words = Words::of(&hit, judged);
        self.counters.visitors.advance(at);
        let by = judge::Bys {
            device: class.device,
            changes_a_minute: self.bounds.changes_a_minute,
            address: line.address,
        };
        let (what, _) = judge::decide(&mut self.counters, judged, Some(numbers), &words, by);
        let seq = self.counters.seq + 1;
        self.counters.apply(seq, &Record { at, what });
        if let What::View { reader, .. } = what {
            debug_assert_ne!(reader, Reader::Unfollowed, "a log does not say who asked not to be tracked");
            self.views = Some(self.views.map_or((at, at), |(from, to)| (from.min(at), to.max(at))));
        }
    }
}

fn is_part(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').is_some_and(|(_, end)| PARTS.iter().any(|p| p.eq_ignore_ascii_case(end)))
}
