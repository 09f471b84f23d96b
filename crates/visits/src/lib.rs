//! Counts visits and views, exactly, and keeps no address.

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
pub use import::{BadLine, Carried, ImportOptions, ImportReport, LineProblem};
pub use opening::Opening;
pub use options::{Asked, Options};
pub use reading::Reading;
pub use search::Search;
pub use totals::{DayCount, Named, Searches, Top, Total, Totals};
pub use visits::Visits;
