//! Messages that the system sends: reminding, shown before it is sent; reminders by the calendar; what
//! became of each message.

mod log;
mod plan;
mod preview;

use axum::Router;
use nhipcau_web::held::{get, post};

use crate::state::DeskState;

/// Reminding.
pub(super) const REMIND: &str = "/lam-viec/nhac-viec";
/// What became of messages.
pub(super) const LOG: &str = "/lam-viec/tin-nhan";

/// Their addresses.
pub(super) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/nhac-viec", get(preview::show).merge(post(preview::send)))
        .route("/lam-viec/nhac-viec/lich", get(plan::show).merge(post(plan::save)))
        .route("/lam-viec/nhac-viec/buoi-sang", post(plan::digest))
        .route("/lam-viec/tin-nhan", get(log::list))
        .route("/lam-viec/tin-nhan/thu", post(log::test))
        .route("/lam-viec/tin-nhan/{id}", get(log::show).merge(post(log::decide)))
}
