//! Signing in and out, proving anew who one is, the language.

use axum::{
    Form as FormBody,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Entry, PinOwner, Stage};
use nhipcau_domain::problem::Problem;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted},
    sheet::{Block, Sheet},
    state::DeskState,
    visitor::{LANG_COOKIE, SignedIn, Visitor},
};

/// Where to go after signing in: a page of the desk, never another site's.
fn next(query: Option<&str>) -> String {
    let found = query.and_then(|q| q.split('&').find_map(|p| p.strip_prefix("tiep="))).unwrap_or_default();
    let found = found.replace("%2F", "/").replace("%2f", "/");
    let plain = found.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    let desk = found.starts_with("/lam-viec/") && !found.contains("//") && !found.contains("..");
    if plain && desk { found } else { "/lam-viec".to_owned() }
}

fn sheet(visitor: &Visitor, error: &str, typed: &str, next: &str) -> Result<Html<String>, Failure> {
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
    let slip = vec![(page.t("desk-slip-have"), "/lam-viec/phieu".to_owned())];
    Sheet::new(page, title).with(Block::Form(form)).with(Block::Text(help)).with(Block::Links(slip)).html()
}

/// On a phone that has a PIN: six digits, and nothing else.
fn pin_sheet(visitor: &Visitor, owner: &PinOwner, error: &str, next: &str) -> Result<Html<String>, Failure> {
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
    let others = vec![
        (page.t("desk-sign-in-by-password"), format!("/lam-viec/dang-nhap?cach=mat-khau&tiep={next}")),
        (page.t("desk-slip-have"), "/lam-viec/phieu".to_owned()),
    ];
    Sheet::new(page.clone(), page.t("desk-sign-in"))
        .lead(lead)
        .with(Block::Form(form))
        .with(Block::Text(page.t("desk-pin-help")))
        .with(Block::Links(others))
        .html()
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
    let owner = accounts::pin_owner(state.ws(), visitor.asking.device.as_deref()).await?;
    Ok(match owner.filter(|_| !by_password) {
        Some(owner) => pin_sheet(&visitor, &owner, "", &to)?.into_response(),
        None => sheet(&visitor, "", "", &to)?.into_response(),
    })
}

/// Takes a PIN. One that is void by now leads to the other ways in, and says so.
pub(crate) async fn pin(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let wanted = format!("tiep={}", fields.get("tiep"));
    let next = next(Some(&wanted));
    let entry = accounts::sign_in_by_pin(&state.door, fields.get("password"), &visitor.asking).await?;
    if let Entry::In { session, device } = &entry {
        if let Some(old) = &visitor.secret {
            accounts::sign_out(state.ws(), old).await?;
        }
        return Ok(visitor.let_in(on_to(&next), session, device.as_deref()));
    }
    let owner = accounts::pin_owner(state.ws(), visitor.asking.device.as_deref()).await?;
    refused(&visitor, &entry, |error| match &owner {
        Some(owner) => pin_sheet(&visitor, owner, error, &next),
        None => sheet(&visitor, error, "", &next),
    })
}

pub(crate) async fn enter(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let wanted = format!("tiep={}", fields.get("tiep"));
    let next = next(Some(&wanted));
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
        _ => refused(&visitor, &entry, |error| sheet(&visitor, error, fields.get("name"), &next)),
    }
}

fn refused(
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
    let wanted = format!("tiep={}", fields.get("tiep"));
    let next = next(Some(&wanted));
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

fn proof_sheet(signed: &SignedIn, error: &str, next: &str) -> Result<Html<String>, Failure> {
    let (page, by_pin) = (signed.page.clone(), signed.entered.by_pin);
    let form = Form::new(signed.csrf(), "/lam-viec/xac-nhan", page.t("desk-go-on"))
        .error(error)
        .field(Field::hidden("tiep", next))
        .field(
            Field::new("password", "password", page.t(if by_pin { "desk-pin" } else { "desk-password" }))
                .keys(if by_pin { "numeric" } else { "" })
                .required()
                .complete("current-password"),
        );
    let title = page.t(if by_pin { "desk-prove-pin" } else { "desk-prove" });
    let lead = page.t("desk-prove-long");
    Sheet::new(page, title).lead(lead).with(Block::Form(form)).html()
}

pub(crate) async fn ask_proof(signed: SignedIn, RawQuery(query): RawQuery) -> Result<Html<String>, Failure> {
    proof_sheet(&signed, "", &next(query.as_deref()))
}

pub(crate) async fn prove(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let wanted = format!("tiep={}", posted.fields.get("tiep"));
    let next = next(Some(&wanted));
    let secret = signed.visitor.secret.clone().unwrap_or_default();
    match accounts::prove(&state.door, &secret, posted.fields.get("password"), &signed.visitor.asking).await?
    {
        Entry::In { session, .. } => Ok(signed.visitor.let_in(on_to(&next), &session, None)),
        // Too many wrong tries: the session went with the PIN.
        Entry::NoPin => Err(Problem::new("pin-void").into()),
        entry => refused(&signed.visitor, &entry, |error| proof_sheet(&signed, error, &next)),
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

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn signing_in_leads_nowhere_but_to_the_desk() {
        assert_eq!(next(Some("tiep=/lam-viec/bai-viet")), "/lam-viec/bai-viet");
        for bad in
            ["https://x.vn", "//x.vn", "/lam-viec/..//x", "/lam-viec/\\x.vn", "/", "", "/lam-viec/a\r\nb"]
        {
            assert_eq!(next(Some(&format!("tiep={bad}"))), "/lam-viec", "{bad}");
        }
    }
}
