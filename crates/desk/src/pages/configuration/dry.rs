//! The dry run's page, and the button that does it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use nhipcau_actions::{
    access,
    configuration::{self, Edit, Outcome, Pins, Preview, Trouble},
};
use nhipcau_domain::problem::Problem;

use super::{HERE, effects, power, said};
use crate::{
    failure::Failure,
    field::{Field, Form},
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::SignedIn,
};

/// What is said besides on a dry run's page.
#[derive(Default)]
pub(super) struct Besides<'a> {
    /// The reason, as it was typed.
    pub reason: &'a str,
    /// What is wrong with it.
    pub wrong: String,
    /// Whether the setting changed since the last dry run.
    pub meanwhile: bool,
}

/// A change that is asked for by its words alone: a record taken away, a version that is to hold again.
pub(super) async fn dry(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    power(&state, &signed)?;
    let edit = edit(&fields)?;
    match show(&state, &signed, &edit, &Besides::default()).await? {
        Ok(page) => Ok(page),
        Err(wrong) => refused(&signed, &edit, &wrong),
    }
}

/// Does what the dry run said, if it still would.
pub(super) async fn carry_out(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let power = power(&state, &signed)?;
    let edit = edit(&fields)?;
    let number = |name: &str| fields.get(name).parse::<i64>().unwrap_or(-1);
    let pins = Pins { version: number("phien-ban"), events: number("su-kien") };
    let reason = fields.get("ly-do");
    let _turn = state.heavy.enter()?;
    let again = match configuration::carry_out(state.ws(), &power, &edit, pins, reason).await? {
        Outcome::Done(_) => return Ok(on_to(&format!("{HERE}/lich-su?xong=configured"))),
        Outcome::Meanwhile => Besides { reason, meanwhile: true, ..Besides::default() },
        Outcome::Refused(wrong) if wrong.iter().all(|t| t.field == Some("reason")) => {
            Besides { reason, wrong: said(&signed.page, &wrong), meanwhile: false }
        }
        Outcome::Refused(wrong) => return refused(&signed, &edit, &wrong),
    };
    let status = if again.meanwhile { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    match show(&state, &signed, &edit, &again).await? {
        Ok(page) => Ok((status, page).into_response()),
        Err(wrong) => refused(&signed, &edit, &wrong),
    }
}

pub(super) fn edit(fields: &Fields) -> Result<Edit, Failure> {
    let read = serde_json::from_str(fields.get("thay-doi"));
    Ok(read.map_err(|_| Problem::new("configuration-edit-unreadable"))?)
}

/// The dry run's page, or why the change cannot be.
pub(super) async fn show(
    state: &DeskState,
    signed: &SignedIn,
    edit: &Edit,
    besides: &Besides<'_>,
) -> Result<Result<Response, Vec<Trouble>>, Failure> {
    let power = power(state, signed)?;
    let turn = state.heavy.enter()?;
    let preview = match configuration::preview(state.ws(), &power, edit).await? {
        Ok(preview) => preview,
        Err(wrong) => return Ok(Err(wrong)),
    };
    drop(turn);
    if preview.is_raw() {
        access::log_office_view(state.ws(), &format!("{HERE}/thu"), power.office()).await?;
    }
    Ok(Ok(draw(signed, edit, &preview, besides, power.today())?))
}

fn draw(
    signed: &SignedIn,
    edit: &Edit,
    preview: &Preview,
    besides: &Besides<'_>,
    today: nhipcau_domain::Date,
) -> Result<Response, Failure> {
    let page = signed.page.at(HERE);
    let mut sheet = Sheet::new(page.clone(), page.t("configuration-dry"));
    if besides.meanwhile {
        sheet.push(Block::Text(page.t("configuration-meanwhile")));
    }
    if preview.is_empty() {
        sheet = sheet.lead(page.t("configuration-nothing"));
        sheet.push(Block::Links(vec![(page.t("configuration-title"), HERE.to_owned())]));
        return Ok(sheet.html()?.into_response());
    }
    sheet = sheet.lead(page.t("configuration-dry-lead"));
    effects::draw(&page, preview, today, &mut sheet);
    let words = serde_json::to_string(edit).map_err(|_| Failure::Internal)?;
    let form = Form::new(signed.csrf(), format!("{HERE}/thuc-hien"), page.t("configuration-do"))
        .heading(page.t("configuration-do-heading"))
        .field(Field::hidden("thay-doi", &*words))
        .field(Field::hidden("phien-ban", preview.pins.version.to_string()))
        .field(Field::hidden("su-kien", preview.pins.events.to_string()))
        .field(
            Field::area("ly-do", page.t("configuration-reason"), 2)
                .hint(page.t("configuration-reason-hint"))
                .value(besides.reason)
                .error(&*besides.wrong)
                .required(),
        );
    sheet.push(Block::Form(form));
    back(signed, edit, &words, &mut sheet);
    Ok(sheet.html()?.into_response())
}

/// The way back to a record's form, with what was typed.
fn back(signed: &SignedIn, edit: &Edit, words: &str, sheet: &mut Sheet) {
    if matches!(edit, Edit::Put { .. }) {
        let form = Form::new(signed.csrf(), format!("{HERE}/sua"), signed.page.t("configuration-back"));
        sheet.push(Block::Form(form.field(Field::hidden("thay-doi", words)).inline()));
    }
    sheet.push(Block::Links(vec![(signed.page.t("configuration-title"), HERE.to_owned())]));
}

/// Why a change cannot be that has no form of its own to say it beside.
fn refused(signed: &SignedIn, edit: &Edit, wrong: &[Trouble]) -> Result<Response, Failure> {
    let page = signed.page.at(HERE);
    let mut sheet = Sheet::new(page.clone(), page.t("configuration-refused"));
    for line in said(&page, wrong).lines() {
        sheet.push(Block::Text(line.to_owned()));
    }
    let words = serde_json::to_string(edit).map_err(|_| Failure::Internal)?;
    back(signed, edit, &words, &mut sheet);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet.html()?).into_response())
}
