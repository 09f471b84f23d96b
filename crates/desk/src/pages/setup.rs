//! A holder sets themselves up by a one-time link or the code of a slip: with a PIN on their phone where
//! their office may, else with a password.

use axum::{
    Form as FormBody,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Entry, PinSetUp, SetUp};
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

/// What was typed.
#[derive(Default)]
struct Typed {
    name: String,
    contact: String,
    sign_in: String,
}

/// What is shown of a link that is good.
struct Shown<'a> {
    office: &'a str,
    token: &'a str,
    /// Whether a PIN is asked for.
    by_pin: bool,
    /// Whether there is a choice between the two.
    choice: bool,
}

fn sheet(
    visitor: &Visitor,
    shown: &Shown<'_>,
    typed: &Typed,
    problems: &[(&'static str, Problem)],
) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let error = |name: &str| {
        problems.iter().find(|(n, _)| *n == name).map(|(_, p)| page.problem(p)).unwrap_or_default()
    };
    let address = format!("/lam-viec/thiet-lap/{}", shown.token);
    let (contact, hint) = if shown.by_pin {
        ("desk-setup-phone", "desk-setup-phone-hint")
    } else {
        ("desk-holder-contact", "desk-holder-contact-hint")
    };
    let mut form = Form::new("", address.as_str(), page.t("desk-setup-button"))
        .field(Field::hidden("cach", if shown.by_pin { "pin" } else { "mat-khau" }))
        .field(
            Field::text("name", page.t("desk-holder-name"))
                .value(&*typed.name)
                .error(error("name"))
                .required()
                .complete("name"),
        )
        .field(
            Field::text("contact", page.t(contact))
                .value(&*typed.contact)
                .hint(page.t(hint))
                .error(error("contact"))
                .complete(if shown.by_pin { "tel" } else { "" }),
        );
    if shown.by_pin {
        form = form.field(
            Field::text("pin", page.t("desk-pin-new"))
                .hint(page.t("desk-pin-hint"))
                .keys("numeric")
                .error(error("pin"))
                .required()
                .complete("off"),
        );
    } else {
        form = form
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
    }
    let title = page.say1("desk-setup", "office", shown.office);
    let lead = page.t(if shown.by_pin { "desk-setup-pin-long" } else { "desk-setup-long" });
    let mut sheet = Sheet::new(page.clone(), title).lead(lead).with(Block::Form(form));
    if shown.choice {
        let (words, way) =
            if shown.by_pin { ("desk-setup-by-password", "mat-khau") } else { ("desk-setup-by-pin", "pin") };
        sheet.push(Block::Links(vec![(page.t(words), format!("{address}?cach={way}"))]));
    }
    sheet.html()
}

/// Whether the way that was chosen is the PIN: it is offered first.
fn wants_pin(way: &str) -> bool {
    way != "mat-khau"
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let token = accounts::link_token(&token);
    let found = accounts::open_link(state.ws(), &token).await?;
    let (holder, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
    let choice = accounts::may_use_pin(state.ws(), &office.id).await?;
    let way = query.as_deref().and_then(|q| q.strip_prefix("cach=")).unwrap_or_default();
    let shown = Shown { office: &office.name, token: &token, by_pin: choice && wants_pin(way), choice };
    let typed = Typed {
        sign_in: holder.sign_in.clone().unwrap_or_else(|| office.id.as_str().to_owned()),
        name: holder.name,
        contact: holder.contact,
    };
    sheet(&visitor, &shown, &typed, &[])
}

pub(crate) async fn set_up(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let token = accounts::link_token(&token);
    let fields = Fields(fields);
    let text = |name: &str| fields.get(name).to_owned();
    let by_pin = fields.get("cach") == "pin";
    let entry = if by_pin {
        let form = PinSetUp { name: text("name"), contact: text("contact"), pin: text("pin") };
        accounts::set_up_by_pin(&state.door, &token, &form, &visitor.asking).await?
    } else {
        let form = SetUp {
            name: text("name"),
            contact: text("contact"),
            sign_in: text("sign_in"),
            password: text("password"),
        };
        accounts::set_up(&state.door, &token, &form, &visitor.asking).await?
    };
    match entry {
        Ok(Entry::In { session, device }) => {
            if let Some(old) = &visitor.secret {
                accounts::sign_out(state.ws(), old).await?;
            }
            Ok(visitor.let_in(on_to("/lam-viec"), &session, device.as_deref()))
        }
        Ok(_) => Ok(on_to("/lam-viec/dang-nhap")),
        Err(problems) => {
            let found = accounts::open_link(state.ws(), &token).await?;
            let (_, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
            let choice = accounts::may_use_pin(state.ws(), &office.id).await?;
            let shown = Shown { office: &office.name, token: &token, by_pin, choice };
            let typed = Typed { name: text("name"), contact: text("contact"), sign_in: text("sign_in") };
            let html = sheet(&visitor, &shown, &typed, &problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

fn code_sheet(visitor: &Visitor, typed: &str, error: &str) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let form = Form::new("", "/lam-viec/phieu", page.t("desk-go-on")).error(error).field(
        Field::text("ma", page.t("desk-slip-code-typed"))
            .value(typed)
            .hint(page.t("desk-slip-code-hint"))
            .required()
            .complete("off"),
    );
    Sheet::new(page.clone(), page.t("desk-slip-have")).with(Block::Form(form)).html()
}

/// Where the code of a slip is typed in by hand.
pub(crate) async fn ask_code(visitor: Visitor) -> Result<Html<String>, Failure> {
    code_sheet(&visitor, "", "")
}

pub(crate) async fn code(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let token = accounts::link_token(fields.get("ma"));
    if accounts::open_link(state.ws(), &token).await?.is_some() {
        // A token that a link is kept under has letters and digits only.
        return Ok(on_to(&format!("/lam-viec/phieu/{token}")));
    }
    let said = visitor.page.problem(&Problem::new("setup-link-spent"));
    let html = code_sheet(&visitor, fields.get("ma"), &said)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
