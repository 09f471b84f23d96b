//! My account: password, codes, the other ways in, sessions.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Ways};
use uuid::Uuid;

use super::{keys, offices::posting_told, on_to};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    qr,
    received::Posted,
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

async fn sheet(state: &DeskState, signed: &SignedIn, error: &str) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tai-khoan");
    let csrf = signed.csrf();
    let mut rows = Vec::new();
    for session in accounts::sessions(state.ws(), signed.entered.holder).await? {
        let own = session.id == signed.entered.session;
        let end =
            Form::new(csrf, format!("/lam-viec/tai-khoan/phien/{}", session.id), page.t("desk-session-end"));
        let device =
            if session.device.is_empty() { page.t("desk-browser-unknown") } else { session.device.clone() };
        rows.push(vec![
            Cell::text(device).more(match (own, session.stage.as_str()) {
                (true, _) => page.t("desk-session-this"),
                // Somebody knows the password: its owner, or not.
                (false, "code") => page.t("desk-session-half"),
                _ => String::new(),
            }),
            Cell::text(page.time(session.created)),
            Cell::text(page.time(session.seen)),
            if own { Cell::default() } else { Cell::form(end.inline().grave()) },
        ]);
    }
    let head = ["desk-session-device", "desk-session-since", "desk-session-seen", "desk-actions"];
    let table = Table { caption: String::new(), head: head.iter().map(|id| page.t(id)).collect(), rows };
    let others = Form::new(csrf, "/lam-viec/tai-khoan/phien", page.t("desk-sessions-end")).inline().grave();
    let entered = &signed.entered;
    let ways = accounts::ways(state.ws(), entered).await?;
    let secret = if entered.by_pin {
        Some(pin_form(&page, csrf).error(error))
    } else {
        ways.password.then(|| {
            Form::new(csrf, "/lam-viec/tai-khoan/mat-khau", page.t("desk-password-change"))
                .heading(page.t("desk-password-change"))
                .error(error)
                .field(
                    Field::new("password", "password", page.t("desk-password-new"))
                        .hint(page.t("desk-password-hint"))
                        .required()
                        .complete("new-password"),
                )
        })
    };
    let codes = if signed.entered.has_codes { "desk-codes-on" } else { "desk-codes-off" };
    let link = if signed.entered.has_codes { "desk-codes-renew" } else { "desk-codes-enrol" };
    let grants = signed.acting().grants.iter().map(|g| {
        let column = g.column.as_ref().map_or_else(|| page.t("desk-whole-site"), ToString::to_string);
        format!("{} ({column})", page.role_name(g.role))
    });
    let mut tx = state.ws().store().read().await?;
    let setting = state.ws().setting(&mut tx).await.ok();
    drop(tx);
    let postings = signed.acting().postings.iter().map(|p| posting_told(&page, setting.as_deref(), p));
    let grants = grants.chain(postings);
    let lead = page.say(
        "desk-account-lead",
        &[
            ("holder", signed.holder().into()),
            ("office", signed.entered.office_name.as_str().into()),
            ("grants", grants.collect::<Vec<_>>().join("; ").into()),
        ],
    );
    let mut sheet = Sheet::new(page.clone(), page.t("desk-account")).lead(lead);
    if entered.by_pin {
        sheet.push(Block::Text(page.t("desk-pin-on")));
    } else if ways.password || entered.has_codes {
        sheet.push(Block::Heading(page.t("desk-codes")));
        sheet.push(Block::Text(page.t(codes)));
        sheet.push(Block::Links(vec![(page.t(link), "/lam-viec/tai-khoan/ma".to_owned())]));
    }
    sheet.push(Block::Heading(page.t("desk-ways")));
    sheet.push(Block::Links(way_links(state, signed, &ways)));
    sheet.push(Block::Links(vec![(page.t("desk-tokens"), super::tokens::HERE.to_owned())]));
    let sheet = sheet
        .with(Block::Heading(page.t("desk-sessions")))
        .with(Block::Table(table))
        .with(Block::Form(others));
    match secret {
        Some(secret) => sheet.with(Block::Form(secret)).html(),
        None => sheet.html(),
    }
}

/// To the pages of one's passkeys and of another's sign-in service.
fn way_links(state: &DeskState, signed: &SignedIn, ways: &Ways) -> Vec<(String, String)> {
    let page = &signed.page;
    let keys = page.say1("desk-keys-count", "count", ways.passkeys.len());
    let mut links = vec![(keys, keys::PATH.to_owned())];
    if let Some(service) = &state.service {
        links.push(service.account_link(page, !ways.identities.is_empty()));
    }
    links
}

/// Another PIN on this phone.
fn pin_form(page: &Page, csrf: &str) -> Form {
    Form::new(csrf, "/lam-viec/tai-khoan/ma-pin", page.t("desk-pin-change"))
        .heading(page.t("desk-pin-change"))
        .field(
            // Named as a password, so that nothing that was typed is ever written into a page again.
            Field::new("password", "password", page.t("desk-pin-new"))
                .hint(page.t("desk-pin-hint"))
                .keys("numeric")
                .required()
                .complete("new-password"),
        )
}

pub(crate) async fn pin(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    let asking = &signed.visitor.asking;
    match accounts::set_pin(&state.door, &signed.entered, posted.fields.get("password"), asking).await {
        Ok(device) => {
            let on = on_to("/lam-viec/tai-khoan?xong=pin");
            let session = signed.visitor.secret.clone().unwrap_or_default();
            Ok(signed.visitor.let_in(on, &session, Some(&device)))
        }
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, &said).await?).into_response())
        }
    }
}

pub(crate) async fn show(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    sheet(&state, &signed, "").await
}

pub(crate) async fn password(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, password) = (posted.signed, posted.fields.get("password"));
    match accounts::change_password(&state.door, &signed.entered, password, &signed.visitor.asking).await {
        Ok(()) => Ok(on_to("/lam-viec/tai-khoan?xong=password")),
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet(&state, &signed, &said).await?).into_response())
        }
    }
}

pub(crate) async fn end(
    State(state): State<DeskState>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response, Failure> {
    accounts::end_session(state.ws(), posted.signed.entered.holder, id).await?;
    Ok(on_to("/lam-viec/tai-khoan?xong=ended"))
}

pub(crate) async fn end_others(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    accounts::end_other_sessions(state.ws(), &signed.entered, &signed.visitor.asking).await?;
    Ok(on_to("/lam-viec/tai-khoan?xong=sessions"))
}

async fn enrol_sheet(state: &DeskState, signed: &SignedIn, error: &str) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/tai-khoan");
    let secret = accounts::begin_totp(&state.door, &signed.entered).await?;
    let uri = accounts::uri(&secret, "Nhịp Cầu", &signed.entered.office_name);
    let letters = accounts::base32(&secret);
    let fours: Vec<String> =
        letters.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    let form = Form::new(signed.csrf(), "/lam-viec/tai-khoan/ma", page.t("desk-codes-confirm"))
        .error(error)
        .field(Field::text("code", page.t("desk-code-shown")).required().complete("one-time-code"));
    Sheet::new(page.clone(), page.t("desk-codes-enrol"))
        .lead(page.t("desk-codes-enrol-long"))
        .with(Block::Svg(qr::svg(&uri, &page.t("desk-codes-qr"))))
        .with(Block::Text(page.t("desk-codes-by-hand")))
        .with(Block::Copy(fours.join(" ")))
        .with(Block::Form(form))
        .html()
}

/// Enrols, or renews; renewing what there is needs proof.
fn may_enrol(signed: &SignedIn) -> Result<(), Failure> {
    if signed.entered.has_codes { signed.require_proof() } else { Ok(()) }
}

pub(crate) async fn enrol(State(state): State<DeskState>, signed: SignedIn) -> Result<Html<String>, Failure> {
    may_enrol(&signed)?;
    enrol_sheet(&state, &signed, "").await
}

pub(crate) async fn confirm(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let signed = posted.signed;
    may_enrol(&signed)?;
    match accounts::confirm_totp(&state.door, &signed.entered, posted.fields.get("code")).await {
        Ok(codes) => {
            let page = signed.page.at("/lam-viec/tai-khoan");
            let mut sheet =
                Sheet::new(page.clone(), page.t("desk-codes-done")).lead(page.t("desk-codes-recovery"));
            for code in codes {
                sheet.push(Block::Copy(code));
            }
            sheet.push(Block::Links(vec![(page.t("desk-codes-kept"), "/lam-viec".to_owned())]));
            Ok(sheet.html()?.into_response())
        }
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, enrol_sheet(&state, &signed, &said).await?).into_response())
        }
    }
}
