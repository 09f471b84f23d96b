//! The counter as a site uses it.

mod counting;
mod import;
mod keeping;
mod reading;
mod reconcile;

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU8, Ordering},
    },
};

use jiff::{Timestamp, civil::Date};
use nhipcau_visits::{Clock, Hit, Options, Recorded, Visits, VisitsError, local_date};
use tempfile::TempDir;

pub(crate) const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
pub(crate) const DESKTOP: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;

/// A site with a folder and a clock of its own. It begins on Tuesday 24 November 2026 at 08:00 local time.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    now: Arc<AtomicI64>,
    random: Arc<AtomicU8>,
    pub(crate) options: Options,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let start: Timestamp = "2026-11-24T08:00:00+07:00".parse().unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            now: Arc::new(AtomicI64::new(start.as_millisecond())),
            random: Arc::default(),
            options,
        }
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        let now = Arc::clone(&self.now);
        Arc::new(move || Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap())
    }

    pub(crate) fn try_open(&self) -> Result<Visits, VisitsError> {
        let bytes = Arc::clone(&self.random);
        let random = move || [bytes.fetch_add(1, Ordering::SeqCst); 32];
        Visits::open(self.folder.path(), self.clock(), Arc::new(random), self.options.clone())
    }

    pub(crate) fn open(&self) -> Visits {
        self.try_open().unwrap()
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn set(&self, at: &str) {
        let at: Timestamp = at.parse().unwrap();
        self.now.store(at.as_millisecond(), Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    pub(crate) fn today(&self) -> Date {
        local_date(Timestamp::from_millisecond(self.now()).unwrap())
    }

    /// The names in the folder that begin so.
    pub(crate) fn files(&self, prefix: &str) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let names = names.map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|n| n.starts_with(prefix)).collect();
        names.sort();
        names
    }
}

/// The n-th reader's address.
pub(crate) fn reader(n: u32) -> IpAddr {
    IpAddr::from((0xCB00_7100 + n).to_be_bytes())
}

pub(crate) fn view(visits: &Visits, path: &str, n: u32) -> Recorded {
    visits.record(Hit::of(path, reader(n), Some(PHONE)))
}
