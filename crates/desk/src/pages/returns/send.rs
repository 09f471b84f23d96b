//! Sending a return: what it would change is shown first, what it wants is told at the fields, and what
//! came in is acknowledged.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::reporting::{self, Asked, Changed, Differing, Sent, Typed};
use nhipcau_domain::returns::{ReturnKey, Status};
use serde_json::json;

use super::{At, PATH, address, answer, form, key_of, looked, power, typed};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    pages::on_to,
    received::{Fields, Posted},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

pub(crate) async fn send(
    State(state): State<DeskState>,
    Path(at): At,
    posted: Posted,
) -> Result<Response, Failure> {
    let key = key_of(at);
    let (signed, fields) = (&posted.signed, &posted.fields);
    let over = power(&state, signed)?;
    let typed = typed::typed(fields);
    let confirmed = fields.get("xac-nhan") == "1";
    let sent = reporting::send(state.ws(), &over, &typed::saving(fields, &key, &typed), confirmed).await?;
    // A page that was away from the line sends what it kept: it is told where to go on.
    let by_script = fields.get("tra-loi") == "json";
    let go = |to: String| {
        if by_script { told(StatusCode::OK, &json!({ "to": to })) } else { on_to(&to) }
    };
    match sent {
        Sent::Received { unchanged } => {
            let how = if unchanged { "?nhu-cu=1" } else { "" };
            Ok(go(format!("{}/gui{how}", address(&key))))
        }
        Sent::Aside => Ok(go(format!("{}/chon?ban={}", address(&key), fields.get("ban")))),
        // What is to be mended or confirmed is shown by a page: the form is sent by its button.
        Sent::Refused(_) | Sent::Confirm(_) if by_script => {
            Ok(told(StatusCode::OK, &json!({ "again": true })))
        }
        Sent::Refused(more) => {
            let view = reporting::form(state.ws(), &over, &key, Asked::Sending).await?;
            looked(&state, &over, &key).await?;
            let html = form::html(&state, signed, &view, Asked::Sending, &more)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Sent::Confirm(changed) => {
            let view = reporting::form(state.ws(), &over, &key, Asked::Filling).await?;
            looked(&state, &over, &key).await?;
            let sheet = confirm(signed, &key, &changed, &typed, fields, &view)?;
            Ok(sheet.into_response())
        }
    }
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// A difference as a line of a table: what it is about, and both.
pub(super) fn difference(page: &Page, found: &Differing, reasons: &[(String, String)]) -> [String; 3] {
    match found {
        Differing::Line(_, name, a, b) => [name.clone(), answer(page, a, reasons), answer(page, b, reasons)],
        Differing::Words(field, name, a, b) => {
            let name = match field.as_str() {
                "giai-trinh" => page.t("returns-explanation"),
                "ly-do-sua" => page.t("returns-reason"),
                _ => name.clone(),
            };
            let said = |text: &String| {
                if text.is_empty() { page.t("returns-blank") } else { text.clone() }
            };
            [name, said(a), said(b)]
        }
    }
}

/// What would change, with the button that does it.
fn confirm(
    signed: &SignedIn,
    key: &ReturnKey,
    changed: &Changed,
    typed: &Typed,
    fields: &Fields,
    view: &reporting::FormView,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at(PATH);
    let rows = changed.differing.iter().map(|d| difference(&page, d, &view.reasons).map(Cell::text).to_vec());
    let table = Table {
        caption: page.say1("returns-changes-of", "at", page.time(changed.sent.0)),
        head: ["returns-line", "returns-stands", "returns-becomes"].map(|id| page.t(id)).to_vec(),
        rows: rows.collect(),
    };
    let button = page.t(if changed.accepted { "returns-send-correction" } else { "returns-send" });
    let mut form = Form::new(signed.csrf(), format!("{}/gui", address(key)), button)
        .field(Field::hidden("phien", view.version.to_string()))
        .field(Field::hidden("lan", changed.revision.to_string()))
        .field(Field::hidden("ban", fields.get("ban")))
        .field(Field::hidden("xac-nhan", "1"));
    form.fields.extend(typed::hidden(typed));
    let lead = if changed.accepted { "returns-confirm-accepted" } else { "returns-confirm-sent" };
    let mut sheet = Sheet::new(page.clone(), page.t("returns-confirm")).lead(page.t(lead));
    sheet.push(Block::Table(table));
    if changed.accepted {
        let because = page.say1("returns-because", "reason", typed.reason.as_str());
        sheet.push(Block::Text(because));
    }
    sheet.push(Block::Form(form));
    sheet.push(Block::Links(vec![(page.t("returns-back-to-form"), address(key))]));
    sheet.html()
}

/// What came in, when, and who reads it.
pub(crate) async fn receipt(
    State(state): State<DeskState>,
    signed: SignedIn,
    Path(at): At,
) -> Result<Html<String>, Failure> {
    let key = key_of(at);
    let over = power(&state, &signed)?;
    let found = reporting::receipt(state.ws(), &over, &key).await?.ok_or(Failure::NotFound)?;
    let page = signed.page.at(PATH);
    let unchanged = signed.visitor.query.as_deref() == Some("nhu-cu=1");
    let title = if unchanged { "returns-received-already" } else { "returns-received" };
    let at = page.time(found.at);
    let who = found.readers.join(", ");
    let lead = match found.status {
        Status::Submitted if !who.is_empty() => {
            page.say("returns-received-long", &[("at", at.into()), ("readers", who.into())])
        }
        _ => page.say1("returns-received-at", "at", at),
    };
    let about = [
        (page.t("returns-unit"), found.unit.clone()),
        (page.t("returns-form"), found.form.clone()),
        (page.t("returns-period"), found.period.clone()),
        (page.t("returns-status"), super::standing(&page, found.status, false)),
        (page.t("returns-revision"), found.revision.to_string()),
    ];
    let with = (!found.files.is_empty()).then(|| (page.t("returns-files"), found.files.join(", ")));
    let rows = about.into_iter().chain(with).map(|(name, said)| vec![Cell::text(name), Cell::text(said)]);
    let mut sheet = Sheet::new(page.clone(), page.t(title)).lead(lead);
    sheet.push(Block::Table(Table { rows: rows.collect(), ..Table::default() }));
    if found.on_behalf {
        sheet.push(Block::Text(page.say1("returns-received-for", "office", found.office.as_str())));
    }
    sheet.push(Block::Links(vec![
        (page.t("returns-owed-next"), PATH.to_owned()),
        (page.t("returns-see-sent"), address(&key)),
    ]));
    sheet.html()
}
