//! Counts visits and views, exactly, and keeps no address.
//!
//! [`Visits::record`] is told of every request before it is answered; [`Visits::totals`] is the live block
//! of every page; [`Visits::read`] reads the counters beside the process that counts.
//!
//! # What is counted
//!
//! - A **view** is a page that was answered to a person with GET: 200, or 304 ("not modified"). It belongs
//!   to its own local day. Local time is UTC+7.
//! - A **visit** is the views of one visitor with less than 30 minutes between one and the next. It belongs
//!   to the local day of its first view, also when it goes on past midnight.
//! - **Online** are the visitors with a view in the last five minutes (300 seconds).
//! - **Today**, **this week** (from Monday), **this month** and **all** are sums of the same days' visits;
//!   a total carried over from an old site is part of "all", on its own day.
//! - A **visitor** is an address and a browser. Two people behind one address with the same browser are one
//!   visitor; one person on two devices is two. Of IPv6 the network (64 bits) stands for the household.
//! - **Left out**, each under its [`Reason`]: robots by name, no user agent, fetched in advance, HEAD,
//!   missing pages, redirects, failures, and machines by what they do: more than 120 *changes of page* in a
//!   minute, or reading robots.txt. What a machine viewed before it was found out stays counted. Loopback
//!   and private addresses are never found to be machines: a proxy may stand there.
//! - **DNT and GPC**: the view is counted, and nothing else (see [`Asked`]).
//! - **Bounds**: see [`Options`]. Sums are always exact; names beyond a bound are counted together, first
//!   come first named; visits beyond the table of open visits are said as a doubt (`untracked_views`).
//!
//! # What is kept of a person
//!
//! No address, no user agent, no cookie. A visitor is 8 bytes of HMAC-SHA-256 under a random key that
//! changes at 04:00 and is destroyed at 04:30 (visits that are open at 04:00 go on: see `keys.rs`). The
//! numbers stand in the log until the next checkpoint (ten minutes, or 32 MB of log), and of open visits in
//! the checkpoint. Of a referrer the host is kept, of a language its first tag, of a search without result
//! its words, unless they may be personal; words are shown only if two visitors asked them on one day, or
//! somebody on three. A site that is stopped for days keeps its last key until it starts again. Overwriting
//! a file does not reach copies that a disk or a snapshot makes by itself.
//!
//! # What survives
//!
//! A hit is written to the log before [`Visits::record`] returns, so kill -9 loses nothing acknowledged; it
//! is on the disk (fsync) within a second, which is what a power cut may take. On a full disk the page goes
//! on, and [`Visits::gaps`] says from when to when and how many hits are missing, also after a restart.
//! A record has a number and a checksum; what a crash left of a last one is cut at the next start
//! ([`Opening`]); a checkpoint names the last record that it includes, so none counts twice.
//!
//! # The folder
//!
//! | file | is | format |
//! |---|---|---|
//! | `log-<first number>` | hits since the last checkpoint | `log.rs`, `record.rs` |
//! | `checkpoint.json` | sums of every day, open visits, gaps, imports | one line of JSON, one with its CRC-32 |
//! | `day-<date>.<generation>.json` | a day's counts by path, host, language, search | the same |
//! | `key-<date>` | the day's key, 32 bytes; yesterday's until 04:30 | – |
//! | `gap` | a gap that is still open, in a file of a fixed size | `gaps.rs` |
//! | `lock` | held by the process that counts | empty |
//!
//! **Backup**: copy `log-*` first, then `checkpoint.json`, then `day-*`; never `key-*`. If a file vanishes
//! while it is copied a checkpoint was just written: begin again. Or stop the site and copy the folder.
//! **Restore**: put the files into an empty folder and start. Without keys, visits that were open at the
//! time of the backup are counted anew, nothing else is lost.
//!
//! # Example
//!
//! ```
//! use std::{net::IpAddr, sync::Arc};
//!
//! use jiff::Timestamp;
//! use nhipcau_visits::{Hit, Options, Recorded, Visits};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let random = Arc::new(|| [4; 32]); // unpredictable bytes in earnest
//! let visits = Visits::open(folder, Arc::new(Timestamp::now), random, Options::default())?;
//! let address = IpAddr::from([203, 0, 113, 7]);
//! let browser = Some("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
//! let hit = Hit { language: Some("vi"), host: "xa.example", ..Hit::of("/tin-tuc", address, browser) };
//! assert_eq!(visits.record(hit), Recorded::Visit);
//! assert_eq!(visits.record(hit), Recorded::View);
//! assert_eq!((visits.totals().today, visits.totals().today_views), (1, 2));
//! # Ok(())
//! # }
//! ```

mod agents;
mod checkpoint;
mod clock;
mod counters;
mod error;
mod gaps;
mod hit;
mod import;
mod judge;
mod keeper;
mod keys;
mod log;
mod opening;
mod options;
mod questions;
mod reading;
mod record;
mod search;
mod tally;
mod totals;
mod visitors;
mod visits;
mod words;

pub use clock::{Clock, local_date};
pub use error::VisitsError;
pub use gaps::Gap;
pub use hit::{Answer, Device, Hit, Method, Reason, Recorded};
#[cfg(fuzzing)]
pub use import::fuzzing;
pub use import::{BadLine, Carried, ImportOptions, ImportReport, LineProblem};
pub use opening::Opening;
pub use options::{Asked, Options};
pub use reading::Reading;
pub use search::Search;
pub use totals::{DayCount, Named, Searches, Top, Total, Totals};
pub use visits::Visits;
