//! Old addresses and where they lead.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::{ActionError, press};
use nhipcau_domain::problem::Problem;

use super::on_to;
use crate::{
    failure::Failure,
    field::{Field, Form},
    received::{Fields, Posted, Sent},
    sheet::{Block, Cell, Sheet, Table},
    state::DeskState,
    visitor::SignedIn,
};

/// How many are shown at a time.
const SHOWN: u32 = 100;

pub(crate) async fn list(
    State(state): State<DeskState>,
    signed: SignedIn,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    sheet(&state, &signed, Fields(asked).get("sau"), "", "").await
}

/// The list after a path; what kept something from being done, and why the file was not taken.
async fn sheet(
    state: &DeskState,
    signed: &SignedIn,
    after: &str,
    told: &str,
    wrong: &str,
) -> Result<Html<String>, Failure> {
    let page = signed.page.at("/lam-viec/chuyen-huong");
    let found = press::redirects(state.ws(), signed.acting(), after, SHOWN).await?;
    let rows = found.iter().map(|r| {
        let remove = Form::new(signed.csrf(), "/lam-viec/chuyen-huong/bo", page.t("desk-remove"))
            .field(Field::hidden("path", &*r.path));
        vec![
            Cell::text(&*r.path),
            Cell::text(&*r.target),
            Cell::text(page.t(&format!("desk-redirect-{}", r.source))).more(page.time(r.at)),
            Cell::form(remove.inline().grave()),
        ]
    });
    let head = ["desk-redirect-from", "desk-redirect-to", "desk-redirect-source", "desk-actions"];
    let table = Table {
        caption: String::new(),
        head: head.iter().map(|h| page.t(h)).collect(),
        rows: rows.collect(),
    };
    let form = Form::new(signed.csrf(), "/lam-viec/chuyen-huong", page.t("desk-redirects-button"))
        .heading(page.t("desk-redirects-import"))
        .with_files()
        .field(
            Field::new("file", "file", page.t("desk-redirects-file"))
                .hint(page.t("desk-redirects-hint"))
                .accept(".csv,.txt")
                .required(),
        )
        .error(wrong);
    let mut sheet = Sheet::new(page.clone(), page.t("desk-nav-redirects"))
        .lead(told)
        .with(Block::Form(form))
        .with(Block::Table(table));
    if let Some(last) = found.last().filter(|_| found.len() >= usize::try_from(SHOWN).unwrap_or(usize::MAX)) {
        let after = last.path.bytes().fold(String::new(), |mut out, b| {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(out, "%{b:02X}");
            out
        });
        sheet.push(Block::Links(vec![(
            page.t("desk-page-next"),
            format!("/lam-viec/chuyen-huong?sau={after}"),
        )]));
    }
    sheet.html()
}

pub(crate) async fn import(State(state): State<DeskState>, sent: Sent) -> Result<Response, Failure> {
    let signed = sent.signed;
    let file = sent.files.into_iter().next();
    let done = async {
        let file = file.ok_or_else(|| Problem::new("desk-no-file"))?;
        let (acting, holder) = (signed.acting(), signed.holder());
        press::load_redirects(state.ws(), acting, holder, &file.name, file.bytes).await
    };
    let done = match done.await {
        Ok(done) => done,
        Err(error) => {
            let said = signed.page.problem(&Failure::of_form(error)?);
            let html = sheet(&state, &signed, "", "", &said).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let page = signed.page.at("/lam-viec/chuyen-huong");
    let rows: Vec<_> = done.problems.iter().take(500).map(|p| vec![Cell::text(page.problem(p))]).collect();
    let lead = page
        .say("desk-redirects-done", &[("kept", done.added.into()), ("problems", done.problems.len().into())]);
    let mut sheet = Sheet::new(page.clone(), page.t("desk-redirects-import")).lead(lead);
    if !rows.is_empty() {
        sheet.push(Block::Table(Table { rows, ..Table::default() }));
    }
    sheet.push(Block::Links(vec![(page.t("desk-back"), "/lam-viec/chuyen-huong".to_owned())]));
    Ok(sheet.html()?.into_response())
}

pub(crate) async fn remove(State(state): State<DeskState>, posted: Posted) -> Result<Response, Failure> {
    let (signed, path) = (posted.signed, posted.fields.get("path"));
    match press::remove_redirect(state.ws(), signed.acting(), signed.holder(), path).await {
        Ok(()) => Ok(on_to("/lam-viec/chuyen-huong?xong=removed")),
        // Somebody else was quicker: the list says how it is now.
        Err(ActionError::Refused(problem)) if problem.id == "redirect-unknown" => {
            let html = sheet(&state, &signed, "", &signed.page.problem(&problem), "").await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
