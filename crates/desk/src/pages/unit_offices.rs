//! Offices of units: who holds them, slips for those who do not sign in yet, holders who leave.

use std::collections::HashSet;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Keeper, UnitHolder, UnitOffice, UnitPage, Whom};
use nhipcau_domain::{id::UnitId, problem::Problem};
use uuid::Uuid;

use super::{on_to, slips::SlipsPage};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    state::DeskState,
    visitor::SignedIn,
};

/// The page's address.
pub(crate) const PATH: &str = "/lam-viec/don-vi-co-quan";

/// The most slips on one page to print: a browser has to draw them.
const MOST: usize = 400;

/// A holder, in words.
struct Held {
    id: Uuid,
    name: String,
    contact: String,
    told: String,
}

/// A unit, in words.
struct Line {
    unit: UnitId,
    name: String,
    below: String,
    /// What is to be said where nobody holds its office.
    none: String,
    holders: Vec<Held>,
    handed: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "unit_offices.html")]
struct UnitOffices {
    page: Page,
    title: String,
    lead: String,
    /// The unit below which these are; empty at the very top.
    here: String,
    trail: Vec<(UnitId, String)>,
    lines: Vec<Line>,
    /// The words of the button for those below it where nobody can sign in; empty where there are none.
    waiting: String,
    /// Makes the offices that are missing; for administrators.
    make: Option<Form>,
    error: String,
}

fn held(page: &Page, holder: &UnitHolder) -> Held {
    let told = match holder.slip {
        Some(until) => page.say1("desk-unit-slip-until", "at", page.time(until)),
        None if holder.set_up => page.say1("desk-unit-since", "at", page.time(holder.since)),
        None => page.t("desk-unit-slip-over"),
    };
    Held { id: holder.id, name: holder.name.clone(), contact: holder.contact.clone(), told }
}

fn line(page: &Page, unit: UnitOffice) -> Line {
    let below = if unit.below == 0 {
        String::new()
    } else {
        let args = [("count", unit.below.into()), ("waiting", unit.waiting.into())];
        page.say("desk-unit-below", &args)
    };
    let none = match (unit.open, unit.holders.is_empty()) {
        (false, _) => page.t("desk-unit-no-office"),
        (true, true) => page.t("desk-unit-nobody"),
        (true, false) => String::new(),
    };
    let holders = unit.holders.iter().map(|h| held(page, h)).collect();
    Line { unit: unit.unit, name: unit.name, below, none, holders, handed: unit.handed }
}

fn html(page: &Page, found: UnitPage, csrf: &str, error: String) -> Result<Html<String>, Failure> {
    let here = found.trail.last().map(|(unit, _)| unit.to_string()).unwrap_or_default();
    let waiting = match found.waiting {
        0 => String::new(),
        count => page.say1("desk-slips-print-waiting", "count", count),
    };
    let make = page.administers.then(|| {
        Form::new(csrf, format!("{PATH}/lap"), page.t("desk-unit-make-button"))
            .heading(page.t("desk-unit-make"))
            .field(Field::hidden("duoi", here.as_str()))
    });
    let title = match found.trail.last() {
        Some((_, name)) => page.say1("desk-unit-offices-of", "unit", name.as_str()),
        None => page.t("desk-nav-unit-offices"),
    };
    let lines = found.units.into_iter().map(|u| line(page, u)).collect();
    let lead = page.t("desk-unit-offices-lead");
    let (trail, page) = (found.trail, page.at(PATH));
    Ok(Html(UnitOffices { page, title, lead, here, trail, lines, waiting, make, error }.render()?))
}

async fn show_page(
    state: &DeskState,
    signed: &SignedIn,
    under: &str,
    error: String,
) -> Result<Html<String>, Failure> {
    let keeper = Keeper::held_by(state.ws(), signed.acting(), signed.holder())?;
    let under = Some(UnitId::from(under)).filter(|u| !u.is_empty());
    let found = accounts::unit_offices(state.ws(), &keeper, under.as_ref()).await?;
    html(&signed.page, found, signed.csrf(), error)
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    // Refused before anybody is asked for a password.
    Keeper::held_by(state.ws(), signed.acting(), signed.holder())?;
    signed.require_proof()?;
    show_page(&state, &signed, Fields(query).get("duoi"), String::new()).await
}

/// The page again, below the unit of the form; what is no unit's name goes into no address.
fn back(here: &str, done: &str) -> String {
    let plain = here.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    format!("{PATH}?duoi={}&xong={done}", if plain { here } else { "" })
}

/// Makes the offices that are missing.
pub(crate) async fn make(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let here = posted.fields.get("duoi");
    let under = Some(UnitId::from(here)).filter(|u| !u.is_empty());
    accounts::make_unit_offices(state.ws(), signed.acting(), signed.holder(), under.as_ref()).await?;
    Ok(on_to(&back(here, "made")))
}

/// Prints slips: those that there were are void from now on, and nothing shows these again.
pub(crate) async fn print(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let fields = posted.fields;
    let keeper = Keeper::held_by(state.ws(), signed.acting(), signed.holder())?;
    let here = UnitId::from(fields.get("duoi"));
    let chosen: HashSet<&str> =
        fields.0.iter().filter(|(n, _)| n == "don-vi").map(|(_, v)| v.as_str()).collect();
    let mut units: Vec<UnitId> = chosen.into_iter().map(UnitId::from).collect();
    units.sort();
    let whom = match fields.get("ai") {
        "cho" => Whom::Waiting(&here),
        _ => Whom::Units(&units),
    };
    if matches!(whom, Whom::Units([])) {
        let said = signed.page.problem(&Problem::new("slips-none-chosen"));
        return Ok(show_page(&state, &signed, &here, said).await?.into_response());
    }
    let count = accounts::count_slips(state.ws(), &keeper, whom).await?;
    if count > MOST {
        let problem = Problem::new("slips-too-many").with("found", count).with("most", MOST);
        let said = signed.page.problem(&problem);
        return Ok(show_page(&state, &signed, &here, said).await?.into_response());
    }
    let printed = accounts::print_slips(&state.door, &keeper, whom).await?;
    let back = back(&here, "saved");
    let page = SlipsPage::in_browser(signed.page.clone(), &printed, &state.base, state.ws().now(), back);
    Ok(Html(page.render()?).into_response())
}

/// Ends a holder.
pub(crate) async fn end(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let fields = posted.fields;
    let keeper = Keeper::held_by(state.ws(), signed.acting(), signed.holder())?;
    let chosen = fields.get("thoi").split_once(' ').and_then(|(id, unit)| Some((id.parse().ok()?, unit)));
    let Some((holder, unit)) = chosen else { return Err(Failure::NotFound) };
    accounts::end_unit_holder(state.ws(), &keeper, &unit.into(), holder).await?;
    Ok(on_to(&back(fields.get("duoi"), "removed")))
}
