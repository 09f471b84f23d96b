//! The reviewer's rooms: the queue, one return, who has not reported, the wide table. Every page that
//! shows raw counts is put on record before it is answered.

mod keys;
mod live;
mod missing;
mod one;
mod queue;
mod reminders;
mod table;

use std::fmt::Write as _;

use axum::Router;
use nhipcau_actions::{
    access,
    powers::{Kind, Over},
    review::{Asked, Choices, Standings, words},
};
use nhipcau_domain::{
    problem::{Arg, Problem},
    returns::{ReturnKey, Status, Value},
    text,
};
use nhipcau_messages::Lang;
use nhipcau_store::OfficeContact;
use nhipcau_web::held::{get, post};

use super::finding;
use crate::{
    failure::Failure, field::Field, page::Page, received::Fields, sheet::Block, state::DeskState,
    visitor::SignedIn,
};

/// Their addresses.
pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/duyet", get(queue::show).merge(post(queue::accept)))
        .route("/lam-viec/duyet/{data_set}/{period}/{unit}", get(one::show).merge(post(one::decide)))
        .route("/lam-viec/chua-bao-cao", get(missing::show))
        .route("/lam-viec/chua-bao-cao/gia-han", post(missing::extend))
        .route("/lam-viec/bang", get(table::show))
        .route("/lam-viec/bang.csv", get(table::csv))
        .route("/lam-viec/bang.xlsx", get(table::xlsx))
        .route("/lam-viec/bang/su-kien", get(live::events))
        .merge(reminders::routes())
}

/// The queue.
const QUEUE: &str = "/lam-viec/duyet";
/// Who has not reported.
const MISSING: &str = "/lam-viec/chua-bao-cao";
/// The wide table.
const TABLE: &str = "/lam-viec/bang";

/// The power of whoever is signed in.
fn over<K: Kind>(state: &DeskState, signed: &SignedIn) -> Result<Over<K>, Failure> {
    Ok(Over::held_by(state.ws(), signed.acting(), signed.holder())?)
}

/// Puts on record which page with raw counts an office looked at.
async fn seen(state: &DeskState, signed: &SignedIn) -> Result<(), Failure> {
    let what = match signed.visitor.query.as_deref().filter(|q| !q.is_empty()) {
        // As it was asked for, but never longer than an address needs to be.
        Some(query) => format!("{}?{}", signed.visitor.path, query.chars().take(300).collect::<String>()),
        None => signed.visitor.path.clone(),
    };
    Ok(access::log_office_view(state.ws(), &what, &signed.acting().office).await?)
}

/// The address of a return under review.
fn return_address(key: &ReturnKey) -> String {
    format!("{QUEUE}/{}/{}/{}", encode(&key.data_set), encode(&key.period), encode(&key.unit))
}

/// A part of an address (RFC 3986: all but the unreserved characters are encoded).
pub(crate) fn encode(part: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    part.bytes().fold(String::with_capacity(part.len()), |mut out, b| {
        if plain(b) {
            out.push(char::from(b));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// What an address asks for.
fn asked(fields: &Fields) -> Asked {
    Asked {
        data_set: fields.some("bieu").map(Into::into),
        period: fields.some("ky").map(Into::into),
        branch: fields.some("nhanh").map(Into::into),
    }
}

/// What was asked for, as an address says it.
fn query_of(asked: &Asked) -> String {
    let named = [
        ("bieu", asked.data_set.as_deref()),
        ("ky", asked.period.as_deref()),
        ("nhanh", asked.branch.as_deref()),
    ];
    let pairs = named.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(value?))));
    pairs.collect::<Vec<_>>().join("&")
}

/// Choosing form, period and branch. `any` stands first among forms and periods: nothing is chosen.
fn choosing(page: &Page, choices: &Choices, asked: &Asked, any: Option<&str>) -> Vec<Field> {
    let with = |first: Option<&str>, options: &[(String, String)]| -> Vec<(String, String)> {
        let first = first.map(|id| (String::new(), page.t(id)));
        first.into_iter().chain(options.iter().cloned()).collect()
    };
    let select = |name: &str, label: &str, options: Vec<(String, String)>, value: Option<&str>| {
        Field::select(name, page.t(label), options).value(value.unwrap_or_default())
    };
    let all = any.map(|_| "review-all-forms");
    vec![
        select("bieu", "review-form", with(all, &choices.forms), asked.data_set.as_deref()),
        select("ky", "review-period", with(any, &choices.periods), asked.period.as_deref()),
        select(
            "nhanh",
            "review-branch",
            with(Some("review-all-branches"), &choices.branches),
            asked.branch.as_deref(),
        ),
    ]
}

/// The form of filters, written out.
fn filters(page: &Page, fields: Vec<Field>) -> Result<String, Failure> {
    match finding::filters(page, fields)? {
        Block::Svg(html) => Ok(html),
        _ => Ok(String::new()),
    }
}

/// A whole number as the reader writes it.
fn number(page: &Page, n: i64) -> String {
    words::number(page.lang, n)
}

/// A day as the reader writes it.
fn day(page: &Page, day: nhipcau_domain::Date) -> String {
    match page.lang {
        Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}

/// An answer in words.
fn value(page: &Page, value: &Value) -> String {
    words::value(page.lang, value)
}

fn status(page: &Page, status: Status) -> String {
    words::status(page.lang, status)
}

/// Where all that is owed stands, in one sentence.
fn standings(page: &Page, s: &Standings) -> String {
    let args: [(&str, Arg); 6] = [
        ("expected", s.expected.into()),
        ("waiting", s.waiting.into()),
        ("overdue", s.overdue.into()),
        ("later", s.later.into()),
        ("accepted", s.accepted.into()),
        ("exempt", s.exempt.into()),
    ];
    page.say("review-standings", &args)
}

/// Who holds an office, and how to reach them.
fn contact(page: &Page, office: Option<&OfficeContact>) -> String {
    let Some(office) = office else { return page.t("review-no-office") };
    if office.holders.is_empty() {
        return page.t("review-no-holder");
    }
    let one = |(name, contact): &(String, String)| {
        [name.as_str(), contact.as_str()].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
    };
    office.holders.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn sentences(page: &Page, problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| page.problem(p)).collect()
}
