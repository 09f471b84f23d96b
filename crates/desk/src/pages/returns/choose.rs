//! Two devices typed different things: both are shown, field by field, to choose from.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::reporting::{self, Conflict, Differing};
use nhipcau_domain::returns::ReturnKey;

use super::{At, PATH, address, key_of, looked, power, send::difference};
use crate::{
    failure::Failure,
    field::{Field, Form},
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

fn html(
    signed: &SignedIn,
    key: &ReturnKey,
    copy: &str,
    found: &Conflict,
    again: bool,
    reasons: &[(String, String)],
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let side = |id: &str, side: &reporting::Side| {
        page.say(id, &[("holder", side.holder.as_str().into()), ("at", page.time(side.at).into())])
    };
    let (stands, aside) =
        (side("returns-side-stands", &found.stands), side("returns-side-aside", &found.aside));
    let rows = found.differing.iter().map(|d| difference(&page, d, reasons).map(Cell::text).to_vec());
    let table = Table {
        caption: page.say1("returns-differ", "count", found.differing.len()),
        head: vec![page.t("returns-line"), stands, aside],
        rows: rows.collect(),
    };
    let mut form =
        Form::new(signed.csrf(), format!("{}/chon", address(key)), page.t("returns-choose-button"))
            .heading(page.t("returns-choose-each"))
            .field(Field::hidden("ban", copy))
            .field(Field::hidden("phien", found.version.to_string()));
    for d in &found.differing {
        let id = match d {
            Differing::Line(id, ..) => id.as_str(),
            Differing::Words(id, ..) => id.as_str(),
        };
        form.fields.push(choice(&page, id, difference(&page, d, reasons)));
    }
    if again {
        form = form.error(page.t("returns-choose-again"));
    }
    Sheet::new(page.clone(), page.t("returns-choose"))
        .lead(page.t("returns-choose-long"))
        .with(Block::Table(table))
        .with(Block::Form(form))
        .with(Block::Links(vec![(page.t("returns-back-to-form"), address(key))]))
        .html()
}

fn choice(page: &crate::page::Page, id: &str, [name, stands, aside]: [String; 3]) -> Field {
    let short = |text: String| match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    };
    let options = vec![
        (String::new(), page.say1("returns-take-stands", "value", short(stands))),
        ("khac".to_owned(), page.say1("returns-take-aside", "value", short(aside))),
    ];
    Field::select(&format!("lay.{id}"), name, options)
}

/// What there is to choose from; that it was looked at is put on record before it is shown.
async fn found(
    state: &DeskState,
    signed: &SignedIn,
    key: &ReturnKey,
    copy: &str,
) -> Result<Option<Conflict>, Failure> {
    let over = power(state, signed)?;
    let found = reporting::conflict(state.ws(), &over, key, copy).await?;
    if found.is_some() {
        looked(state, &over, key).await?;
    }
    Ok(found)
}

async fn reasons(state: &DeskState) -> Result<Vec<(String, String)>, Failure> {
    let mut tx = state.ws().store().read().await?;
    let setting = state.ws().setting(&mut tx).await?;
    let reasons = &setting.definitions.exempt_reasons;
    Ok(reasons.iter().map(|(code, words)| (code.clone(), words.clone())).collect())
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (key, asked) = (key_of(at), Fields(asked));
    match found(&state, &signed, &key, asked.get("ban")).await? {
        // It was chosen already.
        None => Ok(on_to(&address(&key))),
        Some(found) => {
            let reasons = reasons(&state).await?;
            Ok(html(&signed, &key, asked.get("ban"), &found, false, &reasons)?.into_response())
        }
    }
}

pub(crate) async fn choose(
    State(state): State<DeskState>,
    Path(at): At,
    posted: Posted,
) -> Result<Response, Failure> {
    let (key, fields) = (key_of(at), &posted.fields);
    let over = power(&state, &posted.signed)?;
    let taken: Vec<String> = fields
        .0
        .iter()
        .filter(|(_, value)| value == "khac")
        .filter_map(|(name, _)| Some(name.strip_prefix("lay.")?.to_owned()))
        .collect();
    let (copy, version) = (fields.get("ban"), fields.get("phien").parse().unwrap_or(0));
    if reporting::choose(state.ws(), &over, &key, copy, version, &taken).await? {
        return Ok(on_to(&format!("{}?xong=saved", address(&key))));
    }
    match found(&state, &posted.signed, &key, copy).await? {
        None => Ok(on_to(&address(&key))),
        Some(found) => {
            let reasons = reasons(&state).await?;
            let html = html(&posted.signed, &key, copy, &found, true, &reasons)?;
            Ok((StatusCode::CONFLICT, html).into_response())
        }
    }
}
