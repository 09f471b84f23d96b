//! What is said of the site as a whole, its abbreviations, its notices.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::press::{self, Abbreviation, Settings};
use uuid::Uuid;

use super::{
    columns::{texts, typed_texts},
    life::{instant, local},
    on_to,
};
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    s: &Settings,
    error: &str,
    notice: (&Fields, &str),
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/thiet-dat");
    let mut fields = Vec::new();
    for (name, label, value) in [
        ("name", "desk-site-name", &s.name),
        ("motto", "desk-site-motto", &s.motto),
        ("managing", "desk-site-managing", &s.managing_body),
        ("parent", "desk-site-parent", &s.parent_body),
        ("address", "desk-site-address", &s.address),
        ("responsible", "desk-site-responsible", &s.responsible),
        ("licence", "desk-site-licence", &s.licence),
    ] {
        fields.extend(texts(&page, name, label, value));
    }
    let short: Vec<String> = s.abbreviations.iter().map(|a| format!("{} = {}", a.short, a.long)).collect();
    let front: Vec<String> = s.front.iter().map(ToString::to_string).collect();
    fields.extend([
        Field::new("email", "email", page.t("desk-site-email")).value(&*s.email),
        Field::new("tel", "phone", page.t("desk-site-phone")).value(&*s.phone),
        Field::new("url", "url", page.t("desk-site-url")).value(&*s.url).hint(page.t("desk-site-url-hint")),
        Field::new("number", "feedback_days", page.t("desk-site-feedback-days"))
            .value(s.feedback_days.to_string()),
        Field::area("front", page.t("desk-site-front"), 3)
            .value(front.join("\n"))
            .hint(page.t("desk-site-front-hint")),
        Field::area("abbreviations", page.t("desk-site-abbreviations"), 8)
            .value(short.join("\n"))
            .hint(page.t("desk-site-abbreviations-hint")),
    ]);
    let form = Form {
        fields,
        ..Form::new(signed.csrf(), "/lam-viec/thiet-dat", page.t("desk-save"))
            .heading(page.t("desk-site-identity"))
            .error(error)
    };
    let site = press::site(state.ws()).await?;
    let rows: Vec<_> = site
        .notices_at(state.ws().now())
        .map(|n| {
            let end = Form::new(
                signed.csrf(),
                format!("/lam-viec/thiet-dat/thong-bao/{}", n.id),
                page.t("desk-notice-end"),
            );
            vec![
                Cell::text(&*n.text.vi),
                Cell::text(page.time(n.from)),
                Cell::text(page.time(n.until)),
                Cell::form(end.inline().grave()),
            ]
        })
        .collect();
    let head = ["desk-notice-text", "desk-notice-from", "desk-notice-until", "desk-actions"];
    let table = Table { caption: String::new(), head: head.iter().map(|h| page.t(h)).collect(), rows };
    let (typed, wrong) = notice;
    let from = typed.some("from").map_or_else(|| local(state.ws().now()), str::to_owned);
    let mut fields = texts(&page, "text", "desk-notice-text", &typed_texts(typed, "text"));
    fields.push(Field::new("datetime-local", "from", page.t("desk-notice-from")).value(from).required());
    fields.push(
        Field::new("datetime-local", "until", page.t("desk-notice-until"))
            .value(typed.get("until"))
            .required(),
    );
    let announce = Form {
        fields,
        ..Form::new(signed.csrf(), "/lam-viec/thiet-dat/thong-bao", page.t("desk-notice-button"))
            .heading(page.t("desk-notice-new"))
            .error(wrong)
    };
    let mut sheet = Sheet::new(page.clone(), page.t("desk-nav-settings"))
        .with(Block::Form(form))
        .with(Block::Heading(page.t("desk-notices")));
    sheet.push(if table.rows.is_empty() {
        Block::Text(page.t("desk-notices-none"))
    } else {
        Block::Table(table)
    });
    sheet.push(Block::Form(announce));
    sheet.html()
}

pub(crate) async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    let settings = press::desk_settings(state.ws(), signed.acting()).await?;
    sheet(&state, &signed, &settings, "", (&Fields::default(), "")).await
}

fn typed(f: &Fields) -> Settings {
    let abbreviation = |line: &str| {
        let (short, long) = line.split_once(['=', ':']).unwrap_or((line, ""));
        Abbreviation { short: short.trim().to_owned(), long: long.trim().to_owned() }
    };
    let front = f.get("front").split_whitespace();
    Settings {
        name: typed_texts(f, "name"),
        motto: typed_texts(f, "motto"),
        managing_body: typed_texts(f, "managing"),
        parent_body: typed_texts(f, "parent"),
        address: typed_texts(f, "address"),
        responsible: typed_texts(f, "responsible"),
        licence: typed_texts(f, "licence"),
        email: f.get("email").to_owned(),
        phone: f.get("phone").to_owned(),
        url: f.get("url").trim().trim_end_matches('/').to_owned(),
        front: front.filter_map(|a| a.rsplit('/').next()?.split('?').next()?.parse().ok()).collect(),
        abbreviations: f
            .get("abbreviations")
            .lines()
            .filter(|l| !l.trim().is_empty())
            .map(abbreviation)
            .collect(),
        feedback_days: f.get("feedback_days").trim().parse().unwrap_or(0),
    }
}

pub(crate) async fn save(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let settings = typed(&posted.fields);
    match press::save_settings(state.ws(), signed.acting(), signed.holder(), &settings).await {
        Ok(()) => Ok(on_to("/lam-viec/thiet-dat?xong=saved")),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let html = sheet(&state, &signed, &settings, &said, (&Fields::default(), "")).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

pub(crate) async fn announce(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, fields) = (posted.signed, posted.fields);
    let announced = async {
        let (Some(from), Some(until)) = (instant(fields.get("from"))?, instant(fields.get("until"))?) else {
            return Err(nhipcau_domain::problem::Problem::new("notice-time").into());
        };
        let text = typed_texts(&fields, "text");
        press::add_notice(state.ws(), signed.acting(), signed.holder(), &text, from, until).await
    };
    match announced.await {
        Ok(_) => Ok(on_to("/lam-viec/thiet-dat?xong=saved")),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let settings = press::desk_settings(state.ws(), signed.acting()).await?;
            let html = sheet(&state, &signed, &settings, "", (&fields, &said)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

pub(crate) async fn end_notice(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    press::end_notice(state.ws(), posted.signed.acting(), posted.signed.holder(), id).await?;
    Ok(on_to("/lam-viec/thiet-dat?xong=ended"))
}
