//! The records of a part, and the form of one: the same page for every part.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::configuration::{
    self, Edit, Trouble,
    records::{Part, Record},
};
use nhipcau_domain::problem::Problem;

use super::{
    HERE, dry, part_name, power, segment, setting,
    typed::{self, Drawing},
};
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

fn part(name: &str) -> Result<Part, Failure> {
    Part::parse(name).ok_or(Failure::NotFound)
}

fn address(part: Part, name: &str) -> String {
    format!("{HERE}/phan/{}/{}", part.as_str(), segment(name))
}

pub(super) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(name): Path<String>,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(&state, &signed)?;
    let part = part(&name)?;
    let book = configuration::book(state.ws(), &power).await?;
    let rows: Vec<_> = book
        .records(part)
        .iter()
        .map(|r| {
            let name = part.name_of(r);
            let about = match part {
                Part::Element => r.text("data-set"),
                Part::Indicator => r.text("quote"),
                Part::Check => r.text("message"),
                Part::Form => r.text("calendar"),
                _ => "",
            };
            vec![Cell::link(part.title_of(r), address(part, &name)).more(name), Cell::text(about)]
        })
        .collect();
    let mut sheet = Sheet::new(page.clone(), part_name(&page, part))
        .lead(page.t(&format!("configuration-about-{}", part.as_str())));
    if part.is_list() {
        let to = format!("{HERE}/them/{}", part.as_str());
        sheet.push(Block::Links(vec![(page.t("configuration-add"), to)]));
    }
    sheet.push(if rows.is_empty() {
        Block::Text(page.t("configuration-no-records"))
    } else {
        Block::Table(Table { rows, ..Table::default() })
    });
    sheet.push(Block::Links(vec![(page.t("configuration-title"), HERE.to_owned())]));
    sheet.html()
}

pub(super) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path((part_word, name)): Path<(String, String)>,
) -> Result<Html<String>, Failure> {
    let power = power(&state, &signed)?;
    let part = part(&part_word)?;
    let book = configuration::book(state.ws(), &power).await?;
    let record = book.record(part, &name).ok_or(Failure::NotFound)?;
    draw(&state, &signed, part, Some(&name), record, &[]).await
}

pub(super) async fn new(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(name): Path<String>,
) -> Result<Html<String>, Failure> {
    power(&state, &signed)?;
    let part = part(&name)?;
    if !part.is_list() {
        return Err(Failure::NotFound);
    }
    draw(&state, &signed, part, None, &Record::default(), &[]).await
}

pub(super) async fn add(
    State(state): State<DeskState>,
    Path(name): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    power(&state, &posted.signed)?;
    let part = part(&name)?;
    try_it(&state, &posted, part, None).await
}

pub(super) async fn change(
    State(state): State<DeskState>,
    Path((part_word, name)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    power(&state, &posted.signed)?;
    let part = part(&part_word)?;
    try_it(&state, &posted, part, Some(name)).await
}

async fn try_it(
    state: &DeskState,
    posted: &Posted,
    part: Part,
    name: Option<String>,
) -> Result<Response, Failure> {
    let signed = &posted.signed;
    let record = typed::read(part, &posted.fields);
    let edit = Edit::Put { part, name: name.clone(), record: record.clone() };
    match dry::show(state, signed, &edit, &dry::Besides::default()).await? {
        Ok(page) => Ok(page),
        Err(wrong) => {
            let html = draw(state, signed, part, name.as_deref(), &record, &wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Back from a dry run: the form as it was typed.
pub(super) async fn again(State(state): State<DeskState>, posted: Posted) -> Result<Html<String>, Failure> {
    power(&state, &posted.signed)?;
    match dry::edit(&posted.fields)? {
        Edit::Put { part, name, record } => {
            draw(&state, &posted.signed, part, name.as_deref(), &record, &[]).await
        }
        _ => Err(Problem::new("configuration-edit-unreadable").into()),
    }
}

async fn draw(
    state: &DeskState,
    signed: &SignedIn,
    part: Part,
    name: Option<&str>,
    record: &Record,
    wrong: &[Trouble],
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(HERE);
    let power = power(state, signed)?;
    let (setting, book) = (setting(state).await?, configuration::book(state.ws(), &power).await?);
    let drawing = Drawing { page: &page, setting: &setting, book: &book, today: power.today() };
    let to = match name {
        Some(name) => address(part, name),
        None => format!("{HERE}/them/{}", part.as_str()),
    };
    let title = match name {
        Some(_) => part.title_of(record),
        None => page.say1("configuration-add-what", "what", part_name(&page, part).to_lowercase()),
    };
    let whole: Vec<Trouble> = wrong.iter().filter(|t| t.field.is_none()).cloned().collect();
    let mut sheet = Sheet::new(page.clone(), title);
    if let Some(name) = name {
        let args = [("part", part_name(&page, part).into()), ("name", name.into())];
        sheet = sheet.lead(page.say("configuration-record-of", &args));
    }
    if !wrong.is_empty() {
        sheet.push(super::super::below(&page));
    }
    let mut form = Form::new(signed.csrf(), to, page.t("configuration-try"));
    form.fields = drawing.fields(part, record, name.is_some(), wrong);
    // The way down needs somewhere to go, also where each field says its own.
    form.error = if whole.is_empty() && !wrong.is_empty() {
        page.t("configuration-see-fields")
    } else {
        super::said(&page, &whole)
    };
    sheet.push(Block::Form(form));
    if let Some(name) = name.filter(|_| part.is_list()) {
        let words = serde_json::to_string(&Edit::Remove { part, name: name.to_owned() });
        let words = words.map_err(|_| Failure::Internal)?;
        let remove = Form::new(signed.csrf(), format!("{HERE}/thu"), page.t("configuration-remove"))
            .heading(page.t("configuration-remove-heading"))
            .field(Field::hidden("thay-doi", words))
            .grave();
        sheet.push(Block::Form(remove));
    }
    let back = (part_name(&page, part), format!("{HERE}/phan/{}", part.as_str()));
    sheet.push(Block::Links(vec![back]));
    sheet.html()
}
