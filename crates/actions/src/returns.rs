//! Returns: entering, sending, correcting, excusing; what the checks say; and the totals that follow.

mod apply;
mod check;
mod submit;

pub(crate) use self::submit::owes;
pub use self::{
    apply::{Intent, apply},
    check::{Findings, quotes_record, run_checks},
    submit::{Mode, OVERTAKEN, Outcome, Sender, Verdict, submit_all},
};
