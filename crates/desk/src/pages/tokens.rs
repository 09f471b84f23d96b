//! Tokens by which programs act for the office: made after a proof of who one is, shown once, ended.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, GRAVE_DAYS_MAX, NewToken, Scope, TOKEN_DAYS, TOKEN_DAYS_MAX};
use nhipcau_domain::Timestamp;
use nhipcau_store::ApiToken;
use nhipcau_web::held::{get, post};
use uuid::Uuid;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// Its address.
pub(crate) const HERE: &str = "/lam-viec/tai-khoan/ma-truy-cap";

/// Its addresses.
pub(crate) fn routes() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/tai-khoan/ma-truy-cap", get(list).merge(post(make)))
        .route("/lam-viec/tai-khoan/ma-truy-cap/{id}", post(end))
}

async fn list(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    sheet(&state, &signed, &Fields::default(), "").await
}

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    typed: &Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tai-khoan");
    let (ws, office) = (state.ws(), &signed.acting().office);
    let now = ws.now();
    let found = accounts::tokens(ws, office).await?;
    let holders = ws.store().read().await?.holders(office).await?;
    let by = |token: &ApiToken| {
        holders.iter().find(|h| h.id == token.holder).map(|h| h.name.clone()).unwrap_or_default()
    };
    let rows: Vec<Vec<Cell>> = found.iter().map(|t| row(&page, signed.csrf(), t, by(t), now)).collect();
    let links = vec![
        (page.t("desk-account"), "/lam-viec/tai-khoan".to_owned()),
        (page.t("desk-token-described"), "/api/v1".to_owned()),
    ];
    let mut sheet = Sheet::new(page.clone(), page.t("desk-tokens"))
        .lead(page.t("desk-tokens-lead"))
        .with(Block::Links(links));
    if rows.is_empty() {
        sheet.push(Block::Text(page.t("desk-tokens-none")));
    } else {
        let head =
            ["desk-token-name", "desk-token-by", "desk-token-until", "desk-token-used", "desk-token-state"];
        let mut head: Vec<String> = head.iter().map(|id| page.t(id)).collect();
        head.push(page.t("desk-actions"));
        sheet.push(Block::Table(Table { caption: String::new(), head, rows }));
    }
    sheet.push(Block::Form(new_form(&page, signed, typed).error(error)));
    sheet.html()
}

fn row(page: &Page, csrf: &str, token: &ApiToken, by: String, now: Timestamp) -> Vec<Cell> {
    let good = accounts::is_good(token, now);
    let state = match (good, token.ended.is_some()) {
        (true, _) => "desk-token-good",
        (false, true) => "desk-token-ended",
        (false, false) => "desk-token-over",
    };
    let scopes: Vec<String> =
        token.scopes.split(' ').filter_map(Scope::parse).map(|s| words(page, s)).collect();
    let used = token.used.map_or_else(|| page.t("desk-token-never"), |day| date(page, day));
    let end = || Form::new(csrf, format!("{HERE}/{}", token.id), page.t("desk-token-end")).inline().grave();
    vec![
        Cell::text(&*token.name).more(scopes.join("; ")),
        Cell::text(by),
        Cell::text(page.time(token.expires)),
        Cell::text(used),
        Cell::text(page.t(state)),
        if good { Cell::form(end()) } else { Cell::default() },
    ]
}

fn words(page: &Page, scope: Scope) -> String {
    page.t(&format!("desk-scope-{}", scope.as_str()))
}

fn date(page: &Page, day: nhipcau_domain::Date) -> String {
    match page.lang {
        nhipcau_messages::Lang::En => nhipcau_domain::text::date_en(day),
        _ => nhipcau_domain::text::date(day),
    }
}

fn new_form(page: &Page, signed: &SignedIn, typed: &Fields) -> Form {
    let days = typed.some("ngay").map_or_else(|| TOKEN_DAYS.to_string(), str::to_owned);
    let most = [("most", TOKEN_DAYS_MAX.into()), ("grave", GRAVE_DAYS_MAX.into())];
    let mut form = Form::new(signed.csrf(), HERE, page.t("desk-token-make"))
        .heading(page.t("desk-token-make-heading"))
        .field(
            Field::text("ten", page.t("desk-token-name"))
                .hint(page.t("desk-token-name-hint"))
                .value(typed.get("ten"))
                .required(),
        );
    // Only what the office may do at all.
    for scope in Scope::ALL.into_iter().filter(|s| s.is_of_use_to(signed.acting())) {
        let name = field(scope);
        form = form.field(Field::new("check", &name, words(page, scope)).value(typed.get(&name)));
    }
    form.field(
        Field::new("number", "ngay", page.t("desk-token-days"))
            .hint(page.say("desk-token-days-hint", &most))
            .value(days)
            .required(),
    )
}

fn field(scope: Scope) -> String {
    format!("pham-vi-{}", scope.as_str())
}

async fn make(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, typed) = (posted.signed, posted.fields);
    let chosen = |scope: &Scope| !typed.get(&field(*scope)).is_empty();
    let new = NewToken {
        name: typed.get("ten").to_owned(),
        scopes: Scope::ALL.into_iter().filter(chosen).collect(),
        // What is no number is told as too few days.
        days: typed.get("ngay").trim().parse().unwrap_or(0),
    };
    let (acting, entered) = (signed.acting(), &signed.entered);
    let by = (&acting.office, signed.holder());
    match accounts::make_token(&state.door, by, acting, entered.holder, &new).await {
        Ok((token, secret)) => {
            let page = signed.page.at("/lam-viec/tai-khoan");
            let sheet = Sheet::new(page.clone(), page.t("desk-token-made"))
                .lead(page.t("desk-token-shown"))
                .with(Block::Heading(token.name))
                .with(Block::Copy(secret))
                .with(Block::Links(vec![(page.t("desk-token-back"), HERE.to_owned())]));
            Ok(sheet.html()?.into_response())
        }
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let html = sheet(&state, &signed, &typed, &said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn end(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    let office = &posted.signed.acting().office;
    accounts::end_token(state.ws(), (office, posted.signed.holder()), office, id).await?;
    Ok(on_to(&format!("{HERE}?xong=removed")))
}
