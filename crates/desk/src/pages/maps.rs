//! The administrative map: the dated outlines that are held, and a new file, seen drawn before it counts.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::maps::{self, Fit};
use nhipcau_domain::{Date, office::Role, problem::Problem, text};
use nhipcau_maps::draw;

use super::{documents::day, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Sent},
    state::DeskState,
    visitor::SignedIn,
};

/// The address of the room.
pub(crate) const PATH: &str = "/lam-viec/ban-do";

/// Width of the drawing, in units of its view box; the portal's.
const WIDTH: u32 = 600;

/// How many lines of what does not fit are told; the rest is counted.
const TOLD: usize = 100;

/// A map as the page shows it.
struct Shown {
    /// What it is: from which day, how much of it fits.
    words: String,
    /// What the file says of itself.
    note: String,
    height: u32,
    areas: Vec<AreaView>,
    /// What does not fit.
    problems: Vec<String>,
}

struct AreaView {
    path: String,
    /// Whether a unit has its code.
    known: bool,
    /// x, y, words.
    lines: Vec<(String, String, String)>,
    tight: bool,
}

/// The room.
#[derive(Template)]
#[template(path = "desk_map.html")]
struct Room {
    page: Page,
    title: String,
    lead: String,
    links: Vec<(String, String)>,
    /// The maps that are held: words, address, whether it is shown.
    days: Vec<(String, String, bool)>,
    /// What keeps any map from being shown.
    error: String,
    shown: Option<Shown>,
    forms: Vec<Form>,
}

async fn shown(state: &DeskState, page: &Page, fit: Fit) -> Result<Shown, Failure> {
    let of = fit.map.areas.len();
    let words = page.say(
        "desk-map-fits",
        &[("day", text::date(fit.map.from).into()), ("matched", fit.matched.into()), ("of", of.into())],
    );
    let mut problems: Vec<String> = fit.problems.iter().take(TOLD).map(|p| page.problem(p)).collect();
    if fit.problems.len() > TOLD {
        problems.push(page.say1("desk-map-more", "count", fit.problems.len() - TOLD));
    }
    let (areas, units, note) = (fit.map.areas, fit.map.units, fit.map.note);
    let turn = state.heavy.enter()?;
    let drawing = turn.run(move || draw(&areas, WIDTH, |a| a.name.clone())).await?;
    let view = |area: nhipcau_maps::Drawn| AreaView {
        known: units.contains_key(&area.code),
        lines: area
            .label
            .lines
            .iter()
            .map(|l| (format!("{:.1}", l.x), format!("{:.1}", l.y), l.text.clone()))
            .collect(),
        tight: area.label.size < 16.0,
        path: area.path,
    };
    let areas = drawing.areas.into_iter().map(view).collect();
    Ok(Shown { words, note, height: drawing.height, areas, problems })
}

/// What is typed into the form for a file: its day.
async fn room(
    state: &DeskState,
    signed: &SignedIn,
    wanted: Option<Date>,
    typed: &Fields,
    error: String,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let starts = maps::held(state.ws(), signed.acting()).await?;
    let today = text::local_day(state.ws().now());
    // Without a wish the map that counts today, or the first one that will.
    let wanted = wanted.or_else(|| starts.iter().rev().find(|d| **d <= today).or(starts.first()).copied());
    let mut view = Room {
        title: page.t("desk-nav-map"),
        lead: page.t("desk-map-lead"),
        links: vec![(page.t("desk-map-public"), "/ban-do".to_owned())],
        days: Vec::new(),
        error: String::new(),
        shown: None,
        forms: Vec::new(),
        page: page.clone(),
    };
    let mut from = None;
    if let Some(wanted) = wanted {
        match maps::fit_on(state.ws(), signed.acting(), wanted).await {
            Ok(Some(fit)) => {
                from = Some(fit.map.from);
                view.shown = Some(shown(state, &page, fit).await?);
            }
            Ok(None) => view.error = page.say1("desk-map-none-on", "day", text::date(wanted)),
            Err(error) => view.error = page.problem(&Failure::of_form(error)?),
        }
    }
    let day_link = |d: &Date| {
        let words = page.say1("map-since", "day", text::date(*d));
        (words, format!("{PATH}?ngay={d}"), Some(*d) == from)
    };
    view.days = starts.iter().map(day_link).collect();
    let file = Form::new(signed.csrf(), PATH, page.t("desk-map-look"))
        .heading(page.t("desk-map-new"))
        .with_files()
        .field(
            Field::new("date", "from", page.t("desk-map-from"))
                .value(typed.get("from"))
                .hint(page.t("desk-map-from-hint"))
                .required(),
        )
        .field(
            Field::new("file", "file", page.t("desk-map-file"))
                .hint(page.t("desk-map-file-hint"))
                .accept(".geojson,.json")
                .required(),
        );
    view.forms.push(file.error(error));
    Ok(Html(view.render()?))
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let asked = Fields(asked);
    let wanted = day(asked.get("ngay")).unwrap_or(None);
    room(&state, &signed, wanted, &Fields::default(), String::new()).await
}

/// The day from which a file is to count.
fn from(fields: &Fields) -> Result<Date, Problem> {
    day(fields.get("from"))?.ok_or_else(|| Problem::new("desk-day-needed"))
}

async fn refused(
    state: &DeskState,
    signed: &SignedIn,
    fields: &Fields,
    problem: Problem,
) -> Result<Response, Failure> {
    let said = signed.page.problem(&problem);
    let status = Failure::Refused(problem).status();
    Ok((status, room(state, signed, None, fields, said).await?).into_response())
}

/// Shows a file drawn, with what does not fit; nothing is kept yet.
pub(crate) async fn look(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let (signed, fields) = (sent.signed, sent.fields);
    signed.acting().require(Role::Administrator, &[])?;
    let begun = match (from(&fields), sent.files.into_iter().next()) {
        (Err(problem), _) => Err(problem),
        (_, None) => Err(Problem::new("desk-no-file")),
        (Ok(from), Some(file)) => Ok((from, file)),
    };
    let (from, file) = match begun {
        Ok(found) => found,
        Err(problem) => return refused(&state, &signed, &fields, problem).await,
    };
    let kept = String::from_utf8_lossy(&file.bytes).into_owned();
    let fit = match maps::fit(state.ws(), signed.acting(), from, file.bytes).await {
        Ok(fit) => fit,
        Err(error) => {
            return refused(&state, &signed, &fields, Failure::of_file(error)?.in_file(&file.name)).await;
        }
    };
    let page = signed.page.at(PATH);
    // The page itself holds the file until it is taken: nothing lies about that nobody confirmed.
    let take = Form::new(signed.csrf(), format!("{PATH}/nhan"), page.t("desk-map-take"))
        .heading(page.t(if fit.replaces { "desk-map-replaces" } else { "desk-map-not-yet" }))
        .with_files()
        .field(Field::hidden("from", from.to_string()))
        .field(Field::hidden("map", kept));
    let view = Room {
        title: page.t("desk-map-look-title"),
        lead: page.say1("desk-map-look-lead", "name", file.name),
        links: vec![(page.t("desk-map-other"), PATH.to_owned())],
        days: Vec::new(),
        error: String::new(),
        shown: Some(shown(&state, &page, fit).await?),
        forms: vec![take],
        page,
    };
    Ok(Html(view.render()?).into_response())
}

/// Takes the file that was shown.
pub(crate) async fn take(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let (signed, fields) = (sent.signed, sent.fields);
    signed.acting().require(Role::Administrator, &[])?;
    let from = match from(&fields) {
        Ok(from) => from,
        Err(problem) => return refused(&state, &signed, &fields, problem).await,
    };
    match maps::load(state.ws(), signed.acting(), from, fields.get("map").as_bytes()).await {
        Ok(_) => Ok(on_to(&format!("{PATH}?ngay={from}&xong=saved"))),
        Err(error) => refused(&state, &signed, &fields, Failure::of_form(error)?).await,
    }
}
