//! One edition: what it says, what it leaves open, and what may be done with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    access,
    powers::{Approve, Over},
    report::{
        self,
        desk::{self, Change, EditionView},
    },
};
use nhipcau_domain::{Date, figure::Figure, problem::Problem};
use nhipcau_store::EditionStatus;

use super::{HERE, address, day, hands, public, status};
use crate::{
    assets,
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// The most lines of a list of open questions.
const LINES: usize = 200;

/// A report as it will be read.
#[derive(Template)]
#[template(path = "reading.html")]
struct Reading {
    page: Page,
    title: String,
    style: String,
    back: String,
    report: String,
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((report, number)): Path<(String, u32)>,
) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &report, number, &[]).await
}

/// The edition as readers will see it.
pub(super) async fn read(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((report, number)): Path<(String, u32)>,
) -> Result<Html<String>, Failure> {
    let hands = hands(&state, &signed)?;
    let view = desk::view(state.ws(), &hands, &report, number).await?;
    if view.seen_nothing() {
        return Err(Failure::NotFound);
    }
    let page = signed.page.at(HERE);
    let reading = Reading {
        title: view.title.clone(),
        style: assets::RESULTS_STYLE.href(),
        back: address(&report, number),
        report: report::page(&view.edition.body),
        page,
    };
    Ok(Html(reading.render()?))
}

pub(super) async fn approve(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let done = desk::approve(state.ws(), &over, &report, number, posted.fields.get("da-xem")).await;
    answer(&state, &signed, (&report, number), "approved", done).await
}

pub(super) async fn freeze(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let done = desk::freeze(state.ws(), &over, &report, number).await.map(drop);
    answer(&state, &signed, (&report, number), "frozen", done).await
}

pub(super) async fn attach(
    State(state): State<DeskState>,
    Path((report, number)): Path<(String, u32)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let signed = sent.signed;
    let over = Over::<Approve>::held_by(state.ws(), signed.acting(), signed.holder())?;
    let done = match sent.files.into_iter().next() {
        Some(file) => desk::attach(state.ws(), &over, &report, number, &file.name, file.bytes).await,
        None => Err(Problem::new("desk-no-file").into()),
    };
    answer(&state, &signed, (&report, number), "attached", done).await
}

/// Goes on to what was done, or shows the edition again with why not.
async fn answer(
    state: &DeskState,
    signed: &SignedIn,
    (report, number): (&str, u32),
    done: &str,
    outcome: Result<(), nhipcau_actions::ActionError>,
) -> Result<Response, Failure> {
    let Err(error) = outcome else {
        return Ok(on_to(&format!("{}?xong={done}", address(report, number))));
    };
    let told = Failure::all_of_form(error)?;
    let page = draw(state, signed, report, number, &told).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    report: &str,
    number: u32,
    told: &[Problem],
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let hands = hands(state, signed)?;
    let view = desk::view(state.ws(), &hands, report, number).await?;
    // Figures are shown raw: that they were looked at is on record before they are.
    access::log_office_view(state.ws(), &address(report, number), &signed.acting().office).await?;
    let e = &view.edition.record;
    let lead = page.say(
        "results-one-lead",
        &[
            ("number", number.into()),
            ("status", status(&page, e).into()),
            ("at", page.time(e.at).into()),
            ("office", e.office.as_str().into()),
        ],
    );
    let mut sheet = Sheet::new(page.clone(), view.title.clone()).lead(lead);
    for problem in told {
        sheet.push(Block::Text(page.problem(problem)));
    }
    let mut links = vec![(page.t("results-all"), HERE.to_owned())];
    if !view.seen_nothing() {
        links.push((page.t("results-read"), format!("{}/xem", address(report, number))));
    }
    if e.status == EditionStatus::Frozen {
        links.push((page.t("results-public"), public(report, number)));
    }
    sheet.push(Block::Links(links));
    let today = hands.draft.as_ref().map(Over::today);
    next(&mut sheet, signed, &page, &view, today);
    questions(&mut sheet, &page, &view);
    history(&mut sheet, &page, &view);
    sheet.html()
}

/// What may be done now, or why it may not.
fn next(sheet: &mut Sheet, signed: &SignedIn, page: &Page, view: &EditionView, today: Option<Date>) {
    let e = &view.edition.record;
    let to = |what: &str| format!("{}/{what}", address(&e.report, e.number));
    if view.questions.outdated {
        sheet.push(Block::Text(page.t("results-outdated")));
    }
    if view.may_draft {
        let front = &view.edition.body.document.front;
        let mut form = Form::new(signed.csrf(), HERE, page.t("results-draft-again"))
            .field(Field::hidden("bao-cao", &*e.report))
            .field(Field::hidden("ky", e.period.as_str()));
        let date = front.date.or(today).map(|d| d.to_string()).unwrap_or_default();
        form = form.field(Field::new("date", "ngay", page.t("results-date")).value(date).required());
        form = form.field(Field::text("so", page.t("results-number")).value(&*front.number));
        sheet.push(Block::Form(form.heading(page.t("results-draft-again-heading"))));
    }
    if let Some(problem) = &view.not_approve {
        sheet.push(Block::Text(page.problem(problem)));
    }
    if view.may_approve {
        let form = Form::new(signed.csrf(), to("duyet"), page.t("results-approve-button"))
            .heading(page.t("results-approve-heading"))
            .field(Field::hidden("da-xem", &*view.seen));
        sheet.push(Block::Form(form));
    }
    if view.may_freeze && e.status == EditionStatus::Approved {
        let form = Form::new(signed.csrf(), to("chot"), page.t("results-freeze-button"))
            .heading(page.t("results-freeze-heading"));
        sheet.push(Block::Form(form));
    }
    if view.may_freeze && e.status == EditionStatus::Frozen {
        let form = Form::new(signed.csrf(), to("ban-ky"), page.t("results-attach-button"))
            .heading(page.t("results-attach-heading"))
            .with_files()
            .field(
                Field::new("file", "file", page.t("results-attach-file"))
                    .accept(".pdf,.png,.jpg,.jpeg")
                    .required(),
            );
        sheet.push(Block::Form(form));
    }
}

/// Missing units, explained warnings, what is said otherwise.
fn questions(sheet: &mut Sheet, page: &Page, view: &EditionView) {
    let q = &view.questions;
    let table = |caption: String, head: &[&str], rows: Vec<Vec<Cell>>| {
        let head = head.iter().map(|id| page.t(id)).collect();
        Block::Table(Table { caption, head, rows: rows.into_iter().take(LINES).collect() })
    };
    sheet.push(Block::Heading(page.say1("results-missing", "count", q.missing.len())));
    if q.missing.is_empty() {
        sheet.push(Block::Text(page.t("results-missing-none")));
    } else {
        let rows = q.missing.iter().map(|m| {
            vec![
                Cell::text(&*m.unit_name).more(&*m.path),
                Cell::text(&*m.form).more(&*m.period),
                Cell::text(&*m.status),
            ]
        });
        let caption = shortened(page, q.missing.len());
        let head = ["column-unit", "results-form", "column-status"];
        sheet.push(table(caption, &head, rows.collect()));
    }
    sheet.push(Block::Heading(page.say1("results-explained", "count", q.explained.len())));
    if q.explained.is_empty() {
        sheet.push(Block::Text(page.t("results-explained-none")));
    } else {
        let rows = q
            .explained
            .iter()
            .map(|x| vec![Cell::text(&*x.unit), Cell::text(&*x.form), Cell::text(&*x.explanation)]);
        let caption = shortened(page, q.explained.len());
        let head = ["column-unit", "results-form", "results-explanation"];
        sheet.push(table(caption, &head, rows.collect()));
    }
    sheet.push(Block::Heading(page.say1("results-changes", "count", q.changes.len())));
    if q.changes.is_empty() {
        sheet.push(Block::Text(page.t("results-changes-none")));
    } else {
        let rows = q.changes.iter().map(|c| change(page, c)).collect();
        let head = ["results-figure", "results-before", "results-now"];
        sheet.push(table(shortened(page, q.changes.len()), &head, rows));
    }
}

fn shortened(page: &Page, count: usize) -> String {
    if count <= LINES { String::new() } else { page.say1("results-first", "count", LINES) }
}

fn change(page: &Page, c: &Change) -> Vec<Cell> {
    let said = |figure: &Option<Figure>| match figure {
        None => Cell::text(page.t("results-no-figure")),
        Some(f) => {
            let counted = match (f.numerator, f.denominator) {
                (Some(n), Some(d)) => format!("{n}/{d}"),
                (Some(n), None) => n.to_string(),
                _ => String::new(),
            };
            let coverage = page.say(
                "results-coverage",
                &[("accepted", f.coverage.accepted.into()), ("expected", f.coverage.expected.into())],
            );
            Cell::text(&*f.wording).more([counted, coverage].join("; ").trim_start_matches("; ").to_owned())
        }
    };
    vec![Cell::text(&*c.name), said(&c.before), said(&c.now)]
}

fn history(sheet: &mut Sheet, page: &Page, view: &EditionView) {
    sheet.push(Block::Heading(page.t("results-history")));
    let rows = view.acts.iter().map(|a| {
        let (what, more) = match a.act.split_once(' ') {
            Some(("attached", name)) => ("attached", name.to_owned()),
            Some(("opened", rest)) => {
                ("opened", rest.split_once(": ").map_or("", |(_, reason)| reason).to_owned())
            }
            _ => (a.act.as_str(), String::new()),
        };
        vec![
            Cell::text(page.t(&format!("results-act-{what}"))).more(more),
            Cell::text(a.office.as_str()),
            Cell::text(page.time(a.at)),
        ]
    });
    let head = ["audit-what", "audit-who", "audit-when"].map(|id| page.t(id)).to_vec();
    sheet.push(Block::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    let date = view.edition.body.document.front.date;
    if let Some(date) = date {
        sheet.push(Block::Text(page.say1("results-dated", "day", day(page, date))));
    }
}
