//! Counts visits and views, exactly, and keeps no address.

mod clock;
mod error;
mod hit;
mod options;
mod words;

pub use clock::{Clock, local_date};
pub use error::VisitsError;
pub use hit::{Answer, Device, Hit, Method, Reason, Recorded};
pub use options::{Asked, Options};
