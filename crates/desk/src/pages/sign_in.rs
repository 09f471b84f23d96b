//! Signing in and out, proving anew who one is, the language.

use axum::{
    Form as FormBody,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Entry, PinOwner, Stage};
use nhipcau_domain::problem::Problem;

use super::{keys, next, next_of, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::{LANG_COOKIE, SignedIn, Visitor},
};

/// The page where one signs in by a name and a password, with the other ways beside it.
pub(super) fn sheet(
    state: &DeskState,
    visitor: &Visitor,
    error: &str,
    typed: &str,
    next: &str,
) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let form = Form::new("", "/lam-viec/dang-nhap", page.t("desk-sign-in"))
        .error(error)
        .field(Field::hidden("tiep", next))
        .field(Field::text("name", page.t("desk-sign-in-name")).value(typed).required().complete("username"))
        .field(
            Field::new("password", "password", page.t("desk-password"))
                .required()
                .complete("current-password"),
        );
    let title = page.t("desk-sign-in");
    let help = page.t("desk-sign-in-help");
    let mut sheet = Sheet::new(page.clone(), title).with(Block::Form(form));
    others(state, visitor, next, &mut sheet);
    let slip = vec![(page.t("desk-slip-have"), "/lam-viec/phieu".to_owned())];
    sheet.with(Block::Text(help)).with(Block::Links(slip)).html()
}

/// A passkey and another's sign-in service, where the site has them.
fn others(state: &DeskState, visitor: &Visitor, next: &str, sheet: &mut Sheet) {
    if state.door.has_passkeys_at(&visitor.authority) {
        sheet.push(Block::Key(keys::sign_in_form(&visitor.page, next)));
    }
    if let Some(service) = &state.service {
        sheet.push(Block::Links(vec![service.sign_in_link(&visitor.page, next)]));
    }
}

/// On a phone that has a PIN: six digits, and nothing else but the other ways.
fn pin_sheet(
    state: &DeskState,
    visitor: &Visitor,
    owner: &PinOwner,
    error: &str,
    next: &str,
) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let form = Form::new("", "/lam-viec/dang-nhap/pin", page.t("desk-sign-in"))
        .error(error)
        .field(Field::hidden("tiep", next))
        .field(
            Field::new("password", "password", page.t("desk-pin"))
                .keys("numeric")
                .required()
                .complete("current-password"),
        );
    let lead = page.say(
        "desk-pin-lead",
        &[("holder", owner.name.as_str().into()), ("office", owner.office.as_str().into())],
    );
    let links = vec![
        (page.t("desk-sign-in-by-password"), format!("/lam-viec/dang-nhap?cach=mat-khau&tiep={next}")),
        (page.t("desk-slip-have"), "/lam-viec/phieu".to_owned()),
    ];
    let mut sheet = Sheet::new(page.clone(), page.t("desk-sign-in")).lead(lead).with(Block::Form(form));
    others(state, visitor, next, &mut sheet);
    sheet.with(Block::Text(page.t("desk-pin-help"))).with(Block::Links(links)).html()
}

/// The page where this browser signs in: by its PIN, or by a name and a password.
pub(super) async fn sheet_for(
    state: &DeskState,
    visitor: &Visitor,
    error: &str,
    next: &str,
) -> Result<Html<String>, Failure> {
    let owner = accounts::pin_owner(state.ws(), visitor.asking.device.as_deref()).await?;
    match &owner {
        Some(owner) => pin_sheet(state, visitor, owner, error, next),
        None => sheet(state, visitor, error, "", next),
    }
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let to = next(query.as_deref());
    if let Some(Stage::Full | Stage::Enrol) = visitor.entered.as_ref().map(|e| e.stage) {
        return Ok(on_to(&to));
    }
    let by_password = query.as_deref().is_some_and(|q| q.split('&').any(|p| p == "cach=mat-khau"));
    let sheet = if by_password {
        sheet(&state, &visitor, "", "", &to)?
    } else {
        sheet_for(&state, &visitor, "", &to).await?
    };
    Ok(sheet.into_response())
}

/// Takes a PIN. One that is void by now leads to the other ways in, and says so.
pub(crate) async fn pin(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let next = next_of(&fields);
    let entry = accounts::sign_in_by_pin(&state.door, fields.get("password"), &visitor.asking).await?;
    if let Entry::In { session, device } = &entry {
        if let Some(old) = &visitor.secret {
            accounts::sign_out(state.ws(), old).await?;
        }
        return Ok(visitor.let_in(on_to(&next), session, device.as_deref()));
    }
    let owner = accounts::pin_owner(state.ws(), visitor.asking.device.as_deref()).await?;
    refused(&visitor, &entry, |error| match &owner {
        Some(owner) => pin_sheet(&state, &visitor, owner, error, &next),
        None => sheet(&state, &visitor, error, "", &next),
    })
}

pub(crate) async fn enter(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let next = next_of(&fields);
    // A session that there was ends: signing in always makes a new one.
    let entry =
        accounts::sign_in(&state.door, fields.get("name"), fields.get("password"), &visitor.asking).await?;
    if let (Entry::In { .. } | Entry::Code { .. }, Some(old)) = (&entry, &visitor.secret) {
        accounts::sign_out(state.ws(), old).await?;
    }
    match &entry {
        Entry::In { session, device } => Ok(visitor.let_in(on_to(&next), session, device.as_deref())),
        Entry::Code { session } => {
            let to = format!("/lam-viec/dang-nhap/ma?tiep={next}");
            Ok(visitor.let_in(on_to(&to), session, None))
        }
        _ => refused(&visitor, &entry, |error| sheet(&state, &visitor, error, fields.get("name"), &next)),
    }
}

/// The page again with why one is not in.
pub(super) fn refused(
    visitor: &Visitor,
    entry: &Entry,
    sheet: impl FnOnce(&str) -> Result<Html<String>, Failure>,
) -> Result<Response, Failure> {
    // Neither name nor address: what is typed as a name may be a password.
    tracing::warn!(
        path = visitor.path,
        waits = matches!(entry, Entry::Wait(_)),
        "a try to sign in was refused"
    );
    let said = entry.problem().map(|p| visitor.page.problem(&p)).unwrap_or_default();
    let html = sheet(&said)?;
    Ok(match entry {
        Entry::Wait(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds.to_string())], html).into_response()
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, html).into_response(),
    })
}

fn code_sheet(visitor: &Visitor, error: &str, next: &str) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let form = Form::new("", "/lam-viec/dang-nhap/ma", page.t("desk-go-on"))
        .error(error)
        .field(Field::hidden("tiep", next))
        .field(
            Field::text("code", page.t("desk-code"))
                .hint(page.t("desk-code-hint"))
                .required()
                .complete("one-time-code"),
        );
    let title = page.t("desk-code-title");
    let other = vec![(page.t("desk-sign-in-anew"), "/lam-viec/dang-nhap".to_owned())];
    Sheet::new(page, title).with(Block::Form(form)).with(Block::Links(other)).html()
}

pub(crate) async fn ask_code(visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    match visitor.entered.as_ref().map(|e| e.stage) {
        Some(Stage::Code) => Ok(code_sheet(&visitor, "", &next(query.as_deref()))?.into_response()),
        _ => Ok(on_to("/lam-viec/dang-nhap")),
    }
}

pub(crate) async fn code(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let next = next_of(&fields);
    let Some(secret) = visitor.secret.clone() else { return Ok(on_to("/lam-viec/dang-nhap")) };
    match accounts::second_step(&state.door, &secret, fields.get("code"), &visitor.asking).await? {
        Entry::In { session, device } => Ok(visitor.let_in(on_to(&next), &session, device.as_deref())),
        entry => refused(&visitor, &entry, |error| code_sheet(&visitor, error, &next)),
    }
}

pub(crate) async fn leave(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let visitor = posted.signed.visitor;
    if let Some(secret) = &visitor.secret {
        accounts::sign_out(state.ws(), secret).await?;
    }
    Ok(visitor.let_out(on_to("/lam-viec/dang-nhap")))
}

/// Where one proves anew who one is, by what one has: a PIN or a password, a passkey, another's service.
pub(super) async fn proof_sheet(
    state: &DeskState,
    signed: &SignedIn,
    error: &str,
    next: &str,
) -> Result<Html<String>, Failure> {
    let (page, by_pin) = (signed.page.clone(), signed.entered.by_pin);
    let ways = accounts::ways(state.ws(), &signed.entered).await?;
    let title = page.t(if by_pin { "desk-prove-pin" } else { "desk-prove" });
    let mut sheet = Sheet::new(page.clone(), title).lead(page.t("desk-prove-long"));
    let other = !ways.passkeys.is_empty() || !ways.identities.is_empty();
    let words = by_pin || ways.password || !other;
    if words {
        let form = Form::new(signed.csrf(), "/lam-viec/xac-nhan", page.t("desk-go-on"))
            .error(error)
            .field(Field::hidden("tiep", next))
            .field(
                Field::new("password", "password", page.t(if by_pin { "desk-pin" } else { "desk-password" }))
                    .keys(if by_pin { "numeric" } else { "" })
                    .required()
                    .complete("current-password"),
            );
        sheet.push(Block::Form(form));
    }
    if !ways.passkeys.is_empty() && state.door.has_passkeys_at(&signed.visitor.authority) {
        let said = if words { "" } else { error };
        sheet.push(Block::Key(keys::proof_form(signed, said, next)));
    }
    if let Some(service) = state.service.as_ref().filter(|_| !ways.identities.is_empty()) {
        sheet.push(Block::Form(service.proof_form(signed, next)));
    }
    sheet.html()
}

pub(crate) async fn ask_proof(
    State(state): State<DeskState>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    proof_sheet(&state, &signed, "", &next(query.as_deref())).await
}

pub(crate) async fn prove(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let next = next_of(&posted.fields);
    let secret = signed.visitor.secret.clone().unwrap_or_default();
    let entry =
        accounts::prove(&state.door, &secret, posted.fields.get("password"), &signed.visitor.asking).await?;
    proven(&state, &signed, &entry, &next).await
}

/// On to the page, or the proof once more.
pub(super) async fn proven(
    state: &DeskState,
    signed: &SignedIn,
    entry: &Entry,
    next: &str,
) -> Result<Response, Failure> {
    match entry {
        Entry::In { session, .. } => Ok(signed.visitor.let_in(on_to(next), session, None)),
        // Too many wrong tries: the session went with the PIN.
        Entry::NoPin => Err(Problem::new("pin-void").into()),
        entry => {
            let said = entry.problem().map(|p| signed.page.problem(&p)).unwrap_or_default();
            let html = proof_sheet(state, signed, &said, next).await?;
            refused(&signed.visitor, entry, |_| Ok(html))
        }
    }
}

pub(crate) async fn language(visitor: Visitor, RawQuery(query): RawQuery) -> Response {
    let english = query.is_some_and(|q| q == "lang=en");
    let mut response = on_to("/lam-viec");
    let place = if visitor.secure { "; Secure" } else { "" };
    let cookie = format!(
        "{LANG_COOKIE}={}; Path=/lam-viec; HttpOnly; SameSite=Lax; Max-Age=31536000{place}",
        if english { "en" } else { "vi" }
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
