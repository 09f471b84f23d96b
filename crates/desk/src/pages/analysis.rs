//! Analysis: units, periods and figures against one another, drawn and explained; views that are kept and
//! shared. Every page that shows raw counts is put on record before it is answered.

mod cell;
mod drawn;
mod map;
mod saved;
mod table;

use axum::Router;
use nhipcau_actions::{
    access,
    analysis::{Asked, Cell, Head, Key, Pivot, words},
    powers::{Over, See},
};
use nhipcau_domain::figure::Figure;
use nhipcau_web::held::{get, post};

use super::review::encode;
use crate::{failure::Failure, page::Page, state::DeskState, visitor::SignedIn};

const HERE: &str = "/lam-viec/phan-tich";

/// Their addresses.
pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/phan-tich", get(table::show))
        .route("/lam-viec/phan-tich.csv", get(table::csv))
        .route("/lam-viec/phan-tich.xlsx", get(table::xlsx))
        .route("/lam-viec/phan-tich/o", get(cell::show))
        .route("/lam-viec/phan-tich/da-luu", get(saved::list))
        .route("/lam-viec/phan-tich/luu", post(saved::save))
        .route("/lam-viec/phan-tich/xem/{id}", get(saved::open).merge(post(saved::change)))
}

fn over(state: &DeskState, signed: &SignedIn) -> Result<Over<See>, Failure> {
    Ok(Over::held_by(state.ws(), signed.acting(), signed.holder())?)
}

/// Puts on record which page with raw counts an office looked at.
async fn seen(state: &DeskState, signed: &SignedIn, query: &str) -> Result<(), Failure> {
    // As it was asked for, but never longer than an address needs to be.
    let query: String = query.chars().take(300).collect();
    let what = if query.is_empty() {
        signed.visitor.path.clone()
    } else {
        format!("{}?{query}", signed.visitor.path)
    };
    Ok(access::log_office_view(state.ws(), &what, &signed.acting().office).await?)
}

/// What is asked for, as an address says it.
fn query(asked: &Asked) -> String {
    let pairs = asked.pairs();
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn address(asked: &Asked) -> String {
    format!("{HERE}?{}", query(asked))
}

fn number(page: &Page, n: i64) -> String {
    words::number(page.lang, n)
}

fn day(page: &Page, day: nhipcau_domain::Date) -> String {
    words::day(page.lang, day)
}

/// A figure with all its digits; a dash where nothing was reported.
fn said(page: &Page, figure: &Figure, decimals: u8) -> String {
    words::said(page.lang, figure, decimals)
}

/// Numerator and denominator of a share.
fn fraction(page: &Page, figure: &Figure) -> String {
    words::fraction(page.lang, figure)
}

/// What a figure rests on: returns accepted of returns owed.
fn covered(page: &Page, figure: &Figure) -> String {
    words::covered(page.lang, figure)
}

/// Whether what a figure rests on is worth a line of its own: of a whole always, else where some is missing.
fn worth(key: &Key, figure: &Figure) -> bool {
    let c = &figure.coverage;
    *key == Key::Whole || (c.expected > 1 && c.missing > 0)
}

/// What the head of a line or a column is called.
fn called(page: &Page, asked: &Asked, branch: &str, head: &Head) -> String {
    words::called(page.lang, asked, branch, head)
}

/// The target of a cell, in words.
fn target(page: &Page, cell: &Cell) -> Option<String> {
    let sign = if cell.figure.percent { "%" } else { "" };
    Some(page.say1("analysis-target", "target", format!("{}{sign}", number(page, cell.target?))))
}

/// The side and place of a key: rows first, then columns.
fn place(found: &Pivot, key: &str, rows: bool) -> Option<usize> {
    let heads = if rows { &found.rows } else { &found.columns };
    heads.iter().position(|h| h.key.name() == key)
}
