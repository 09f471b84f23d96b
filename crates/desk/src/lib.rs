//! The editors' desk under `/lam-viec`: signing in, writing, reviewing, publishing, setting up.
//!
//! Server-rendered; everything works without JavaScript, and a small module of our own helps where it
//! can (preview, autosave, paste from Word). Every form carries its session's token, every request that
//! changes anything must come from our own pages, and nothing that was typed is lost: a form that comes
//! too late is shown again, to be sent once more.

mod assets;
mod failure;
mod field;
mod guard;
mod page;
mod pages;
mod qr;
mod received;
mod routes;
mod sheet;
mod state;
#[cfg(test)]
mod tests;
mod visitor;

pub use self::{pages::slips::slips_file, routes::router, state::DeskState};
