//! Reporting in the browser: what an office owes, the form, what is typed and not sent yet, sending, and
//! the same by workbook.
//!
//! A draft is not a return: it is kept as it was typed, by office, and ends when the return is sent.
//! What is sent goes the importer's way ([`crate::returns::submit_all`]): one engine, the same sentences.

mod answer;
mod attached;
mod check;
mod draft;
mod files;
mod form;
mod owed;
mod send;
mod sums;

pub use self::{
    answer::{Answer, Choice, Typed},
    attached::{Brought, FILES_MOST, attach, bring, detach, file, files},
    check::{Checked, check},
    draft::{Conflict, Differing, Save, Saved, Side, choose, conflict, discard, save},
    files::{Uploaded, template, upload},
    form::{Asked, FormView, Line, form},
    owed::{Near, OwedReturn, Span, owed, reports_for_others, units_near},
    send::{Changed, Receipt, Sent, receipt, send},
    sums::Sum,
};
