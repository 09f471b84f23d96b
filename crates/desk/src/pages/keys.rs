//! Passkeys: signing in and proving anew by one, and the list of one's own.

use axum::{
    Form as FormBody, Router,
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{
    ActionError,
    accounts::{self, Entry, KeySetUp},
};
use nhipcau_web::held::{get, post};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{next_of, on_to, sign_in};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Cell, KeyForm, Sheet, Table},
    state::DeskState,
    visitor::{SignedIn, Visitor},
};

/// The page of one's own passkeys.
pub(crate) const PATH: &str = "/lam-viec/tai-khoan/khoa";

pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/dang-nhap/khoa", post(enter))
        .route("/lam-viec/dang-nhap/khoa/hoi", post(ask))
        .route("/lam-viec/thiet-lap/{token}/khoa", post(ask_new))
        .route("/lam-viec/phieu/{token}/khoa", post(ask_new))
        .route("/lam-viec/xac-nhan/khoa", post(prove))
        .route("/lam-viec/xac-nhan/khoa/hoi", post(ask_again))
        .route("/lam-viec/tai-khoan/khoa", get(show).merge(post(add)))
        .route("/lam-viec/tai-khoan/khoa/hoi", post(ask_another))
        .route("/lam-viec/tai-khoan/khoa/{id}", post(remove))
}

/// What to ask the device, or why not.
fn asked(page: &Page, asked: Result<Value, ActionError>) -> Result<Response, Failure> {
    let (status, value) = match asked {
        Ok(value) => (StatusCode::OK, value),
        Err(error) => {
            let problem = Failure::of_form(error)?;
            (StatusCode::UNPROCESSABLE_ENTITY, json!({ "problem": page.problem(&problem) }))
        }
    };
    Ok((status, [(CONTENT_TYPE, "application/json")], value.to_string()).into_response())
}

/// The button by which a passkey lets somebody in.
pub(super) fn sign_in_form(page: &Page, next: &str) -> KeyForm {
    let form = Form::new("", "/lam-viec/dang-nhap/khoa", page.t("desk-key-sign-in"))
        .field(Field::hidden("tiep", next));
    KeyForm::get(form, "/lam-viec/dang-nhap/khoa/hoi")
}

/// The button by which a passkey proves who one is.
pub(super) fn proof_form(signed: &SignedIn, error: &str, next: &str) -> KeyForm {
    let form = Form::new(signed.csrf(), "/lam-viec/xac-nhan/khoa", signed.page.t("desk-key-prove"))
        .error(error)
        .field(Field::hidden("tiep", next));
    KeyForm::get(form, "/lam-viec/xac-nhan/khoa/hoi")
}

async fn ask(State(state): State<DeskState>, visitor: Visitor) -> Result<Response, Failure> {
    asked(&visitor.page, accounts::ask_key(&state.door, &visitor.asking).await)
}

async fn enter(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let next = next_of(&fields);
    let entry = accounts::sign_in_by_key(&state.door, &fields.key_answer(), &visitor.asking).await?;
    if let Entry::In { session, device } = &entry {
        if let Some(old) = &visitor.secret {
            accounts::sign_out(state.ws(), old).await?;
        }
        return Ok(visitor.let_in(on_to(&next), session, device.as_deref()));
    }
    sign_in::refused(&visitor, &entry, |error| sign_in::sheet(&state, &visitor, error, "", &next))
}

/// What to ask the device of somebody who sets themselves up.
async fn ask_new(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let form = KeySetUp { name: fields.get("name").to_owned(), contact: fields.get("contact").to_owned() };
    let token = accounts::link_token(&token);
    asked(&visitor.page, accounts::ask_new_key(&state.door, &token, &form, &visitor.asking).await)
}

async fn ask_again(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    asked(&posted.signed.page, accounts::ask_key_again(&state.door, &posted.signed.entered).await)
}

async fn prove(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let secret = signed.visitor.secret.clone().unwrap_or_default();
    let asking = &signed.visitor.asking;
    let entry = accounts::prove_by_key(&state.door, &secret, &fields.key_answer(), asking).await?;
    sign_in::proven(&state, &signed, &entry, &next_of(&fields)).await
}

async fn sheet(state: &DeskState, signed: &SignedIn, error: &str) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tai-khoan");
    let ways = accounts::ways(state.ws(), &signed.entered).await?;
    let rows = ways.passkeys.into_iter().map(|key| {
        let name = if key.name.is_empty() { page.t("desk-browser-unknown") } else { key.name };
        let where_ = page.t(if key.portable { "desk-key-portable" } else { "desk-key-here" });
        let used = key.used.map_or_else(|| page.t("desk-key-unused"), |at| page.time(at));
        let end = Form::new(signed.csrf(), format!("{PATH}/{}", key.id), page.t("desk-key-remove"));
        vec![
            Cell::text(name).more(where_),
            Cell::text(page.time(key.at)),
            Cell::text(used),
            Cell::form(end.inline().grave()),
        ]
    });
    let head = ["desk-key", "desk-key-since", "desk-key-used", "desk-actions"];
    let rows: Vec<_> = rows.collect();
    let head = head.iter().map(|id| page.t(id)).collect();
    let lead = page.t(if rows.is_empty() { "desk-keys-nobody" } else { "desk-keys-lead" });
    let mut sheet = Sheet::new(page.clone(), page.t("desk-keys")).lead(lead);
    if !rows.is_empty() {
        sheet.push(Block::Table(Table { caption: String::new(), head, rows }));
    }
    if state.door.has_passkeys_at(&signed.visitor.authority) {
        let form = Form::new(signed.csrf(), PATH, page.t("desk-key-add"))
            .heading(page.t("desk-key-new"))
            .error(error)
            .field(Field::text("name", page.t("desk-key-name")).hint(page.t("desk-key-name-hint")));
        sheet.push(Block::Key(KeyForm::create(form, "/lam-viec/tai-khoan/khoa/hoi")));
    } else {
        sheet.push(Block::Text(page.t("desk-keys-elsewhere")));
    }
    let back = vec![(page.t("desk-account"), "/lam-viec/tai-khoan".to_owned())];
    sheet.with(Block::Links(back)).html()
}

async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    signed.require_proof()?;
    sheet(&state, &signed, "").await
}

async fn ask_another(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    asked(&posted.signed.page, accounts::ask_another_key(&state.door, &posted.signed.entered).await)
}

async fn add(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let asking = &signed.visitor.asking;
    let (name, answer) = (fields.get("name"), fields.key_answer());
    done(
        &state,
        &signed,
        accounts::add_key(&state.door, &signed.entered, name, &answer, asking).await,
        "key-added",
    )
    .await
}

async fn remove(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let signed = posted.signed;
    let removed = accounts::remove_key(state.ws(), &signed.entered, id).await;
    done(&state, &signed, removed, "key-removed").await
}

async fn done(
    state: &DeskState,
    signed: &SignedIn,
    outcome: Result<(), ActionError>,
    what: &str,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(on_to(&format!("{PATH}?xong={what}"))),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(state, signed, &said).await?).into_response())
        }
    }
}
