//! Analysis: units, periods and figures against one another, drawn and explained; views that are kept and
//! shared. Every page that shows raw counts is put on record before it is answered.

mod cell;
mod drawn;
mod map;
mod saved;
mod table;

use axum::{
    Router,
    routing::{get, post},
};
use nhipcau_actions::{
    access,
    analysis::{Asked, Cell, Head, Key, Level, Pivot},
    powers::{Over, See},
};
use nhipcau_domain::{
    figure::{Figure, Status},
    text,
    wording::{exact_percent, exact_percent_en},
};
use nhipcau_messages::Lang;

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
        .route("/lam-viec/phan-tich/xem/{id}", get(saved::open).post(saved::change))
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
    match page.lang {
        Lang::En => text::number_en(n),
        _ => text::number(n),
    }
}

fn day(page: &Page, day: nhipcau_domain::Date) -> String {
    match page.lang {
        Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}

/// A figure with all its digits; a dash where nothing was reported: missing is not zero.
fn said(page: &Page, figure: &Figure, decimals: u8) -> String {
    match (figure.status, figure.numerator, figure.denominator) {
        (Status::Unanswerable, ..) => page.t("analysis-undecided"),
        (_, Some(n), Some(d)) => match page.lang {
            Lang::En => exact_percent_en(n, d, decimals),
            _ => exact_percent(n, d, decimals),
        },
        (_, Some(n), None) => number(page, n),
        // A rate that units give differently: from the least to the most, and never a sum.
        _ if !figure.wording.is_empty() => figure.wording.clone(),
        _ => page.t("analysis-none"),
    }
}

/// Numerator and denominator of a share.
fn fraction(page: &Page, figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(n), Some(d)) => format!("{}/{}", number(page, n), number(page, d)),
        _ => String::new(),
    }
}

/// What a figure rests on: returns accepted of returns owed.
fn covered(page: &Page, figure: &Figure) -> String {
    let c = &figure.coverage;
    page.say("analysis-rests", &[("accepted", c.accepted.into()), ("expected", c.expected.into())])
}

/// Whether what a figure rests on is worth a line of its own: of a whole always, else where some is missing.
fn worth(key: &Key, figure: &Figure) -> bool {
    let c = &figure.coverage;
    *key == Key::Whole || (c.expected > 1 && c.missing > 0)
}

/// What the head of a line or a column is called.
fn called(page: &Page, asked: &Asked, branch: &str, head: &Head) -> String {
    match (&head.key, &asked.level) {
        (Key::Whole, _) => page.say1("analysis-whole", "branch", branch),
        (Key::Rest, Level::Below) => page.say1("analysis-direct", "branch", branch),
        (Key::Rest, Level::Each) => branch.to_owned(),
        (Key::Rest, Level::Kind(_)) => page.t("analysis-rest"),
        _ => head.name.clone(),
    }
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
