//! Reporting: what an office owes, the form, sending, the same by workbook.

pub(crate) mod autosave;
pub(crate) mod choose;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod owed;
pub(crate) mod send;
mod typed;
pub(crate) mod upload;

use nhipcau_actions::{
    access,
    powers::{Over, Report},
    reporting::{Answer, Choice},
};
use nhipcau_domain::{
    Date,
    returns::{ReturnKey, Status, Value},
    text,
};
use nhipcau_messages::Lang;

use crate::{failure::Failure, page::Page, state::DeskState, visitor::SignedIn};

/// Where what is owed is listed.
pub(crate) const PATH: &str = "/lam-viec/bao-cao";

/// A return's part of an address: form, period, unit.
pub(crate) type At = axum::extract::Path<(String, String, String)>;

fn key_of((data_set, period, unit): (String, String, String)) -> ReturnKey {
    ReturnKey { unit: unit.into(), data_set: data_set.into(), period: period.into() }
}

/// A return's address.
fn address(key: &ReturnKey) -> String {
    format!("{PATH}/{}/{}/{}", key.data_set, key.period, key.unit)
}

/// The power without which none of these pages is shown.
fn power(state: &DeskState, signed: &SignedIn) -> Result<Over<Report>, Failure> {
    Ok(Over::held_by(state.ws(), signed.acting(), signed.holder())?)
}

/// Another unit's counts are on this page: that they were looked at is put on record.
async fn looked(state: &DeskState, over: &Over<Report>, key: &ReturnKey) -> Result<(), Failure> {
    if over.office().as_str() == key.unit.as_str() {
        return Ok(());
    }
    Ok(access::log_office_view(state.ws(), &address(key), over.office()).await?)
}

/// The same for what a page asks for by itself as one types: the form under it was put on record when it was
/// shown, so that mostly nothing is written.
async fn looked_anew(state: &DeskState, over: &Over<Report>, key: &ReturnKey) -> Result<(), Failure> {
    if over.office().as_str() == key.unit.as_str() {
        return Ok(());
    }
    Ok(access::log_office_view_anew(state.ws(), &address(key), over.office()).await?)
}

fn date(page: &Page, day: Date) -> String {
    match page.lang {
        Lang::En => text::date_en(day),
        _ => text::date(day),
    }
}

fn number(page: &Page, n: i64) -> String {
    match page.lang {
        Lang::En => text::number_en(n),
        _ => text::number(n),
    }
}

/// A value in words; `reasons` are the exemptions, code and words.
fn value(page: &Page, value: &Value, reasons: &[(String, String)]) -> String {
    match value {
        Value::Number(n) => number(page, *n),
        Value::NotReported => page.t("returns-not-reported"),
        Value::NotApplicable => page.t("returns-not-applicable"),
        Value::Exempt(code) => {
            let words = reasons.iter().find(|(c, _)| c.as_str() == code.as_str()).map(|(_, words)| words);
            page.say1("returns-exempt-because", "reason", words.map_or(code.as_str(), String::as_str))
        }
    }
}

/// An answer as it was typed, in words.
fn answer(page: &Page, answer: &Answer, reasons: &[(String, String)]) -> String {
    match answer.choice {
        Choice::Number if answer.is_blank() => page.t("returns-blank"),
        Choice::Number => answer.text.clone(),
        Choice::NotReported => page.t("returns-not-reported"),
        Choice::NotApplicable => page.t("returns-not-applicable"),
        Choice::Exempt => value(page, &Value::Exempt(answer.reason.as_str().into()), reasons),
    }
}

/// Where a return stands, in words; one that a frozen report rests on says that too.
fn standing(page: &Page, status: Status, locked: bool) -> String {
    let said = page.t(&format!("returns-status-{}", status.as_str()));
    if locked { format!("{said}, {}", page.t("returns-locked")) } else { said }
}

/// How long there is, or how long it is past.
fn time_left(page: &Page, days: i32) -> String {
    match days {
        0 => page.t("returns-due-today"),
        d if d < 0 => page.say1("returns-overdue", "days", i64::from(-d)),
        d => page.say1("returns-days-left", "days", i64::from(d)),
    }
}
