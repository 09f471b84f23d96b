//! Returns: entering, sending, correcting, excusing; what the checks say; and the totals that follow.

mod apply;
mod check;
mod submit;

pub(crate) use self::submit::owes;
pub use self::{
    apply::{Intent, apply},
    check::{Findings, run_checks},
    submit::{Mode, Outcome, Sender, Verdict, submit_all},
};
