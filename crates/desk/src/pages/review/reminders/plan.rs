//! Reminders by the calendar, for a branch; and whether this office is told each morning what waits.

use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    outbox::{self, PlanOf},
    powers::{Consolidate, Over, Review},
    review::{self, Asked},
};
use nhipcau_domain::{
    id::UnitId,
    office::Power,
    outbox::Plan,
    problem::{Arg, Problem},
};

use super::{super::over, LOG, REMIND};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

pub(super) async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    draw(&state, &signed, &Fields::default(), None).await
}

/// Sets the days of a branch.
pub(super) async fn save(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let over = over::<Consolidate>(&state, &signed)?;
    let branch: Option<UnitId> = fields.some("nhanh").map(Into::into);
    let set = match read(&fields) {
        Ok(plan) => outbox::set_plan(state.ws(), &over, branch.as_ref(), plan).await,
        Err(problem) => Err(problem.into()),
    };
    let Err(error) = set else { return Ok(on_to(&format!("{REMIND}/lich?xong=planned"))) };
    let told = Failure::of_form(error)?;
    let page = draw(&state, &signed, &fields, Some(&told)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// Turns the morning's message on or off.
pub(super) async fn digest(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let over = over::<Review>(&state, &posted.signed)?;
    outbox::set_digest(state.ws(), &over, posted.fields.get("bat") == "1").await?;
    Ok(on_to(&format!("{REMIND}/lich?xong=digest")))
}

fn read(fields: &Fields) -> Result<Plan, Problem> {
    let days = |name: &str| match fields.some(name) {
        None => Ok(None),
        Some(typed) => match typed.parse() {
            Ok(days) => Ok(Some(days)),
            Err(_) => Err(Problem::new("outbox-plan-unreadable").with("found", typed)),
        },
    };
    Ok(Plan { before: days("truoc")?, on_day: fields.some("dung").is_some(), after: days("sau")? })
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    told: Option<&Problem>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(super::super::MISSING);
    let reviews = over::<Review>(state, signed)?;
    let mut sheet = Sheet::new(page.clone(), page.t("plan-title"));
    if signed.acting().holds(Power::Consolidate) {
        let over = over::<Consolidate>(state, signed)?;
        sheet = sheet.lead(page.t("plan-lead"));
        if !state.ws().outbound().anyone() {
            sheet.push(Block::Text(page.t("plan-not-set-up")));
        }
        plans(state, &page, &over, typed, told, &mut sheet).await?;
    }
    let wanted = outbox::digest_wanted(state.ws(), &reviews).await?;
    sheet.push(Block::Heading(page.t("digest-title")));
    sheet.push(Block::Text(page.t("digest-lead")));
    sheet.push(Block::Text(page.t(if wanted { "digest-is-on" } else { "digest-is-off" })));
    let button = page.t(if wanted { "digest-off" } else { "digest-on" });
    let form = Form::new(&page.csrf, format!("{REMIND}/buoi-sang"), button);
    sheet.push(Block::Form(form.field(Field::hidden("bat", if wanted { "0" } else { "1" }))));
    sheet.push(Block::Links(vec![
        (page.t("desk-nav-missing"), super::super::MISSING.to_owned()),
        (page.t("remind-link-log"), LOG.to_owned()),
    ]));
    sheet.html()
}

async fn plans(
    state: &DeskState,
    page: &Page,
    over: &Over<Consolidate>,
    typed: &Fields,
    told: Option<&Problem>,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let found = outbox::plans(state.ws(), over).await?;
    sheet.push(Block::Heading(page.t("plan-in-force")));
    if found.is_empty() {
        sheet.push(Block::Text(page.t("plan-none")));
    } else {
        let head = ["plan-branch", "plan-days", "plan-by", "plan-at"];
        let rows = found.iter().map(|of| row(page, of)).collect();
        let head = head.iter().map(|id| page.t(id)).collect();
        sheet.push(Block::Table(Table { caption: String::new(), head, rows }));
    }
    let choices = review::choices(state.ws(), over, &Asked::default()).await?;
    let everyone = over.is_over_all().then(|| (String::new(), page.t("plan-everyone")));
    let branches: Vec<_> = everyone.into_iter().chain(choices.branches).collect();
    let number =
        |name: &str, label: &str| Field::text(name, page.t(label)).value(typed.get(name)).keys("numeric");
    let form = Form::new(&page.csrf, format!("{REMIND}/lich"), page.t("plan-save"))
        .heading(page.t("plan-set"))
        .error(told.map(|p| page.problem(p)).unwrap_or_default())
        .field(Field::select("nhanh", page.t("plan-branch"), branches).value(typed.get("nhanh")))
        .field(number("truoc", "plan-field-before"))
        .field(Field::new("check", "dung", page.t("plan-field-on-day")).value(typed.get("dung")))
        .field(number("sau", "plan-field-after").hint(page.t("plan-field-hint")));
    sheet.push(Block::Form(form));
    Ok(())
}

fn row(page: &Page, of: &PlanOf) -> Vec<Cell> {
    let days = |id: &str, days: Option<u8>| days.map(|n| page.say1(id, "days", Arg::from(i64::from(n))));
    let parts = [
        days("plan-before", of.plan.before),
        of.plan.on_day.then(|| page.t("plan-on-day")),
        days("plan-after", of.plan.after),
    ];
    let branch = if of.branch.is_none() { page.t("plan-everyone") } else { of.name.clone() };
    vec![
        Cell::text(branch),
        Cell::text(parts.into_iter().flatten().collect::<Vec<_>>().join("; ")),
        Cell::text(of.holder.clone()).more(of.office.as_str()),
        Cell::text(page.time(of.at)),
    ]
}
