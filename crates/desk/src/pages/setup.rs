//! A holder sets themselves up by a one-time link.

use axum::{
    Form as FormBody,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Entry, SetUp};
use nhipcau_domain::problem::Problem;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::Fields,
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::Visitor,
};

fn sheet(
    visitor: &Visitor,
    office: &str,
    token: &str,
    typed: &SetUp,
    problems: &[(&'static str, Problem)],
) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let error = |name: &str| {
        problems.iter().find(|(n, _)| *n == name).map(|(_, p)| page.problem(p)).unwrap_or_default()
    };
    let form = Form::new("", format!("/lam-viec/thiet-lap/{token}"), page.t("desk-setup-button"))
        .field(
            Field::text("name", page.t("desk-holder-name"))
                .value(&*typed.name)
                .error(error("name"))
                .required()
                .complete("name"),
        )
        .field(
            Field::text("contact", page.t("desk-holder-contact"))
                .value(&*typed.contact)
                .hint(page.t("desk-holder-contact-hint"))
                .error(error("contact")),
        )
        .field(
            Field::text("sign_in", page.t("desk-sign-in-name"))
                .value(&*typed.sign_in)
                .hint(page.t("desk-sign-in-name-hint"))
                .error(error("sign_in"))
                .required()
                .complete("username"),
        )
        .field(
            Field::new("password", "password", page.t("desk-password"))
                .hint(page.t("desk-password-hint"))
                .error(error("password"))
                .required()
                .complete("new-password"),
        );
    let title = page.say1("desk-setup", "office", office);
    let lead = page.t("desk-setup-long");
    Sheet::new(page, title).lead(lead).with(Block::Form(form)).html()
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    let found = accounts::open_link(state.ws(), &token).await?;
    let (holder, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
    let typed = SetUp {
        sign_in: holder.sign_in.clone().unwrap_or_else(|| office.id.as_str().to_owned()),
        name: holder.name,
        contact: holder.contact,
        ..SetUp::default()
    };
    sheet(&visitor, &office.name, &token, &typed, &[])
}

pub(crate) async fn set_up(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let typed = SetUp {
        name: fields.get("name").to_owned(),
        contact: fields.get("contact").to_owned(),
        sign_in: fields.get("sign_in").to_owned(),
        password: fields.get("password").to_owned(),
    };
    match accounts::set_up(&state.door, &token, &typed, &visitor.asking).await? {
        Ok(Entry::In { session, device }) => {
            Ok(visitor.let_in(on_to("/lam-viec"), &session, device.as_deref()))
        }
        Ok(_) => Ok(on_to("/lam-viec/dang-nhap")),
        Err(problems) => {
            let found = accounts::open_link(state.ws(), &token).await?;
            let (_, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
            let html = sheet(&visitor, &office.name, &token, &typed, &problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}
